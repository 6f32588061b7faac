/* request.c - the target of a request and what it prefers, read strictly.
 *
 * Decides what an address is: steps of letters between slashes, each decoded once, none of them empty, ".", ".." or holding a
 * slash or a control character after decoding; so "/stories/%2e%2e/x" and "/a%2fb" are refused and an id can never become a
 * path. A form may stand behind the last step: "/stories/s1f0.json". The query is read as browsers write it ("+" is a space):
 * "q=%D8%AD%D8%B8%D8%B1+%D8%AA%D8%AC%D9%88%D9%84" is q = "حظر تجول". Ill-formed UTF-8 in a path
 * is refused; in a query it becomes U+FFFD, as in a page. Media types and languages are weighed by RFC 9110, section 12.
 *
 * Gets wrong: media type parameters other than q are passed over; "*" in Accept-Language counts as English.
 */
#include "server/request.h"

#include <string.h>

static const struct {
    kh_str type, suffix;
} forms[KH_FORMS] = {
    [KH_FORM_ANY] = {{"", 0}, {"", 0}},
    [KH_FORM_HTML] = {{"text/html", 9}, {"", 0}},
    [KH_FORM_JSON] = {{"application/json", 16}, {".json", 5}},
    [KH_FORM_NDJSON] = {{"application/x-ndjson", 20}, {".ndjson", 7}},
    [KH_FORM_ATOM] = {{"application/atom+xml", 20}, {".atom", 5}},
    [KH_FORM_FEED] = {{"application/feed+json", 21}, {".jsonfeed", 9}},
};

kh_str kh_form_type(kh_form_kind form)
{
    return forms[form].type;
}

kh_str kh_form_suffix(kh_form_kind form)
{
    return forms[form].suffix;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* S decoded; false where a percent sign is followed by no two hex digits. */
static bool decode(kh_arena *out, kh_str s, bool plus, kh_str *decoded)
{
    char *p = KH_NEW_N(out, char, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '%') {
            int high = i + 2 < s.len ? hex(s.ptr[i + 1]) : -1;
            int low = i + 2 < s.len ? hex(s.ptr[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return false;
            }
            p[len++] = (char)(high << 4 | low);
            i += 2;
        } else {
            p[len++] = plus && s.ptr[i] == '+' ? ' ' : s.ptr[i];
        }
    }
    *decoded = (kh_str){p, len};
    return true;
}

const char *kh_form_fields_read(kh_arena *out, kh_str query, kh_query_fields *fields)
{
    kh_str rest = query;
    kh_str piece;
    while (rest.len) {
        kh_str_cut(&rest, '&', &piece);
        kh_str name = {0};
        kh_str value = {0};
        kh_str after = piece;
        kh_str_cut(&after, '=', &name);
        if (piece.len == 0) {
            continue;
        }
        if (!decode(out, name, true, &name) || !decode(out, after, true, &value)) {
            return "bad_query";
        }
        if (fields->count == KH_SERVE_FIELDS_MAX) {
            return "too_many_fields";
        }
        *KH_ADD(out, fields) = (kh_query_field){kh_utf8_clean(out, name), kh_utf8_clean(out, value)};
    }
    return NULL;
}

/* Takes the suffix of a form off the path. */
static kh_form_kind take_suffix(kh_str *path)
{
    for (int f = KH_FORM_JSON; f < KH_FORMS; f++) {
        if (kh_str_ends(*path, forms[f].suffix) && path->len > forms[f].suffix.len + 1) {
            *path = kh_str_head(*path, path->len - forms[f].suffix.len);
            return (kh_form_kind)f;
        }
    }
    return KH_FORM_ANY;
}

static bool is_step(kh_str step)
{
    if (step.len == 0 || kh_str_eq(step, KH_STR(".")) || kh_str_eq(step, KH_STR("..")) || !kh_utf8_valid(step)) {
        return false;
    }
    for (size_t i = 0; i < step.len; i++) {
        unsigned char c = (unsigned char)step.ptr[i];
        if (c < ' ' || c == 0x7F || c == '/' || c == '\\') {
            return false;
        }
    }
    return true;
}

const char *kh_target_read(kh_arena *out, kh_str target, kh_target *t)
{
    kh_str path = {0};
    kh_str query = target;
    *t = (kh_target){0};
    kh_str_cut(&query, '?', &path);
    if (path.len == 0 || path.ptr[0] != '/') {
        return "bad_path";
    }
    t->form = take_suffix(&path);
    kh_str rest = kh_str_from(path, 1);
    kh_str step;
    kh_buf whole = {.arena = out};
    while (rest.len) {
        kh_str_cut(&rest, '/', &step);
        if (!decode(out, step, false, &step) || !is_step(step)) {
            return "bad_path";
        }
        kh_buf_char(&whole, '/');
        kh_buf_add(&whole, step);
        *KH_ADD(out, &t->steps) = step;
    }
    if (path.len > 1 && path.ptr[path.len - 1] == '/') {
        return "bad_path";
    }
    t->path = whole.len ? kh_buf_str(&whole) : KH_STR("/");
    return kh_form_fields_read(out, query, &t->fields);
}

kh_str kh_query_value(const kh_query_fields *fields, const char *name)
{
    KH_EACH(const kh_query_field, f, *fields) {
        if (kh_str_eq(f->name, kh_str_z(name))) {
            return kh_str_trim(f->value);
        }
    }
    return (kh_str){0};
}

/* The weight of one member of a list "text/html;q=0.8", 0..1000; *value is what stands before the ';'. */
static int weight_of(kh_str member, kh_str *value)
{
    kh_str rest = member;
    kh_str part;
    int weight = 1000;
    kh_str_cut(&rest, ';', value);
    *value = kh_str_trim(*value);
    while (rest.len) {
        kh_str_cut(&rest, ';', &part);
        part = kh_str_trim(part);
        double q = 1;
        if (part.len > 2 && (part.ptr[0] == 'q' || part.ptr[0] == 'Q') && part.ptr[1] == '=' && kh_str_double(kh_str_from(part, 2), &q)) {
            weight = q <= 0 ? 0 : q >= 1 ? 1000 : (int)(q * 1000);
        }
    }
    return weight;
}

/* How exactly RANGE names TYPE: 3 the type, 2 its group, 1 anything, 0 not. */
static int match_of(kh_str range, kh_str type)
{
    size_t slash = kh_str_find(type, KH_STR("/"));
    if (kh_str_eq_ascii_nocase(range, type)) {
        return 3;
    }
    bool group = range.len == slash + 2 && range.ptr[slash] == '/' && range.ptr[slash + 1] == '*';
    if (group && kh_str_eq_ascii_nocase(kh_str_head(range, slash), kh_str_head(type, slash))) {
        return 2;
    }
    return kh_str_eq(range, KH_STR("*/*")) ? 1 : 0;
}

kh_form_kind kh_form_wanted(kh_str accept, unsigned among)
{
    kh_form_kind best = KH_FORM_ANY;
    int best_weight = 0;
    for (int f = 1; f < KH_FORMS; f++) {
        int exact = 0;
        int weight = accept.len ? 0 : 1000;
        kh_str rest = accept;
        kh_str member, range;
        while (rest.len) {
            kh_str_cut(&rest, ',', &member);
            int w = weight_of(member, &range);
            int m = match_of(range, forms[f].type);
            if (m > exact) {
                exact = m;
                weight = w;
            }
        }
        if ((among >> f & 1U) && weight > best_weight) {
            best = (kh_form_kind)f;
            best_weight = weight;
        }
    }
    for (int f = 1; f < KH_FORMS && best == KH_FORM_ANY; f++) {
        best = among >> f & 1U ? (kh_form_kind)f : KH_FORM_ANY; /* nothing fits: a page is better than 406 */
    }
    return best;
}

kh_str kh_ui_wanted(kh_str accept_language)
{
    static const kh_str known[] = {{"en", 2}, {"ar", 2}, {"fa", 2}, {"ru", 2}};
    kh_str best = known[0];
    int best_weight = 0;
    kh_str rest = accept_language;
    kh_str member, tag;
    while (rest.len) {
        kh_str_cut(&rest, ',', &member);
        int weight = weight_of(member, &tag);
        kh_str primary = {0};
        kh_str_cut(&tag, '-', &primary);
        for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
            if (weight > best_weight && kh_str_eq_ascii_nocase(primary, known[i])) {
                best = known[i];
                best_weight = weight;
            }
        }
    }
    return best;
}

kh_str kh_cookie_of(kh_str cookies, const char *name)
{
    kh_str rest = cookies;
    kh_str pair;
    while (rest.len) {
        kh_str_cut(&rest, ';', &pair);
        kh_str key = {0};
        kh_str value = kh_str_trim(pair);
        kh_str_cut(&value, '=', &key);
        if (kh_str_eq(key, kh_str_z(name))) {
            return value;
        }
    }
    return (kh_str){0};
}
