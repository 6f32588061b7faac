/* fuzz_request.c - one HTTP request as strangers write it: "METHOD TARGET\nheader lines\n\nbody". Read, guarded, its form chosen. */
#include "server/request.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static kh_str header(kh_str lines, kh_str name)
{
    kh_str line;
    while (lines.len && kh_str_cut(&lines, '\n', &line)) {
        kh_str key = {0};
        kh_str value = line;
        kh_str_cut(&value, ':', &key);
        if (kh_str_eq_ascii_nocase(key, name)) {
            return kh_str_trim(value);
        }
    }
    return (kh_str){0};
}

static void check_target(kh_arena *out, kh_str text)
{
    kh_target t;
    if (kh_target_read(out, text, &t)) {
        return;
    }
    must(t.path.len > 0 && t.path.ptr[0] == '/' && kh_utf8_valid(t.path));
    KH_EACH(const kh_str, step, t.steps) {
        must(step->len > 0 && kh_str_find(*step, KH_STR("/")) == step->len);
        must(!kh_str_eq(*step, KH_STR("..")) && !kh_str_eq(*step, KH_STR(".")));
    }
    must(t.fields.count <= KH_SERVE_FIELDS_MAX);
    KH_EACH(const kh_query_field, f, t.fields) {
        must(kh_utf8_valid(f->name) && kh_utf8_valid(f->value));
        kh_buf again = {.arena = out};
        kh_query_fields back = {0};
        kh_query_add(&again, "x", f->value);
        must(kh_form_fields_read(out, kh_buf_str(&again), &back) == NULL && back.count == 1);
        must(kh_str_eq(back.items[0].value, f->value));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kh_arena out;
    static jmp_buf full;
    if (!out.begin) {
        out = kh_arena_reserve(KH_SERVE_CALL_BYTES, &full);
    }
    kh_arena_clear(&out);
    if (setjmp(full)) {
        return 0;
    }
    kh_str rest = kh_arena_copy(&out, (kh_str){(const char *)data, size});
    kh_str first = {0};
    kh_str_cut(&rest, '\n', &first);
    size_t blank = kh_str_find(rest, KH_STR("\n\n"));
    kh_str lines = kh_str_head(rest, blank);
    kh_str body = kh_str_from(rest, blank);
    kh_str method = {0};
    kh_str target = first;
    kh_str_cut(&target, ' ', &method);
    kh_request r = {.method = method.len % 2 ? KH_POST : KH_GET,
                    .target = target,
                    .host = header(lines, KH_STR("host")),
                    .hosts = 1,
                    .origin = header(lines, KH_STR("origin")),
                    .site = header(lines, KH_STR("sec-fetch-site")),
                    .authorization = header(lines, KH_STR("authorization")),
                    .accept = header(lines, KH_STR("accept")),
                    .body = body};
    kh_guard guard = {.token = KH_STR("0123456789abcdef")};
    *KH_ADD(&out, &guard.hosts) = KH_STR("127.0.0.1:8080");
    kh_refusal refusal = kh_guard_check(&guard, &r);
    must(refusal.status != 0 || (kh_str_eq_ascii_nocase(r.host, KH_STR("127.0.0.1:8080")) && r.authorization.len > 16));
    check_target(&out, target);
    kh_query_fields fields = {0};
    kh_form_fields_read(&out, body, &fields);
    kh_form_wanted(r.accept, 6);
    kh_ui_wanted(header(lines, KH_STR("accept-language")));
    kh_cookie_of(header(lines, KH_STR("cookie")), "ui");
    kh_listen listen;
    kh_listen_read(target, &listen);
    return 0;
}
