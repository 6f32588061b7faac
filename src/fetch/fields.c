/* fields.c - what the header of an answer says, of the fields that `watch` keeps or heeds.
 *
 *     ETag: "a1"                      r->etag "\"a1\"", sent back as it came
 *     Cache-Control: no-cache
 *     Cache-Control: max-age=60       r->cache_control "no-cache, max-age=60"
 *
 * A field that came several times is one list, joined by commas (RFC 9110, section 5.3). What is no UTF-8, or longer than
 * KH_FETCH_FIELD_BYTES_MAX, is left out: it would be stored, and sent to the server again.
 *
 * Gets wrong: a field that is folded over two lines (obsolete since RFC 7230) loses its second line.
 */
#include "fetch/fetch.h"

static void keep_field(kh_arena *out, kh_str *field, kh_str value)
{
    size_t len = field->len + (field->len ? 2 : 0) + value.len;
    if (!kh_utf8_valid(value) || len > KH_FETCH_FIELD_BYTES_MAX) {
        return;
    }
    *field = field->len ? kh_arena_printf(out, KH_FMT ", " KH_FMT, KH_ARG(*field), KH_ARG(value)) : value;
}

void kh_response_fields(kh_arena *out, kh_response *r)
{
    const struct {
        kh_str name;
        kh_str *field;
    } known[] = {{KH_STR("content-type"), &r->type},
                 {KH_STR("etag"), &r->etag},
                 {KH_STR("last-modified"), &r->modified},
                 {KH_STR("cache-control"), &r->cache_control},
                 {KH_STR("expires"), &r->expires},
                 {KH_STR("date"), &r->date},
                 {KH_STR("age"), &r->age},
                 {KH_STR("retry-after"), &r->retry_after}};
    kh_str rest = r->header;
    for (kh_str line; kh_str_cut(&rest, '\n', &line);) {
        size_t colon = kh_str_find(line, KH_STR(":"));
        kh_str name = kh_str_trim(kh_str_head(line, colon));
        kh_str value = kh_str_trim(kh_str_from(line, colon + 1));
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (kh_str_eq_ascii_nocase(name, known[i].name)) {
                keep_field(out, known[i].field, value);
            }
        }
    }
}
