/* write.c - escaping, languages and directions, words of the interface, plurals.
 *
 * A title that came as  <b>«خبر»</b> U+202E evil  leaves as  &lt;b&gt;«خبر»&lt;/b&gt;  evil: no markup, nothing turned around.
 * Text and quoted attributes share one escape, which is the one of OWASP's rule 1 and 2 for HTML; nothing of a stranger is ever
 * written into a script, a style or an unquoted attribute, and a link out must begin with http:// or https://.
 *
 * Directions come from the language that was found for a text, not from its first letter: "BBC: ..." in an Arabic headline is
 * still right-to-left. Where the language is unknown the browser guesses (dir="auto"). Scripts by ISO 15924 subtag where the tag
 * has one (ug-Latn), else by the language's usual one.
 *
 * Gets wrong: a language written in two scripts without a subtag takes the usual one (ku: Latin, ckb: Arabic).
 */
#include "html/write.h"

#include <string.h>

/* ---- text ---- */

void kh_html_put(kh_html *h, const char *markup)
{
    kh_buf_z(h->out, markup);
}

static bool is_dropped(uint32_t cp)
{
    bool turns = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
    bool control = (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0) || cp == 0xFEFF;
    return turns || control || cp == 0x2028 || cp == 0x2029;
}

static const char *reference_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

static void escape(kh_buf *out, kh_str s)
{
    size_t from = 0;
    for (size_t at = 0; at < s.len;) {
        size_t len = 1;
        unsigned char c = (unsigned char)s.ptr[at];
        uint32_t cp = c < 0x80 ? c : kh_utf8_at(s, at, &len);
        const char *reference = c < 0x80 ? reference_of(s.ptr[at]) : NULL;
        bool broken = cp == 0xFFFD && len < 3;
        if (reference || broken || is_dropped(cp)) {
            kh_buf_add(out, (kh_str){s.ptr + from, at - from});
            kh_buf_z(out, reference ? reference : broken ? "\xEF\xBF\xBD" : "");
            from = at + len;
        }
        at += len;
    }
    kh_buf_add(out, kh_str_from(s, from));
}

void kh_html_text(kh_html *h, kh_str s)
{
    escape(h->out, s);
}

void kh_html_u(kh_html *h, uint64_t n)
{
    kh_buf_printf(h->out, "%llu", (unsigned long long)n);
}

void kh_html_attr(kh_html *h, const char *name, kh_str value)
{
    kh_buf_char(h->out, ' ');
    kh_buf_z(h->out, name);
    kh_buf_z(h->out, "=\"");
    escape(h->out, value);
    kh_buf_char(h->out, '"');
}

bool kh_html_is_full(const kh_html *h)
{
    return h->out->len >= KH_HTML_BYTES_MAX;
}

/* ---- language and direction ---- */

static bool is_one_of(kh_str s, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq_ascii_nocase(s, kh_str_z(list[i]))) {
            return true;
        }
    }
    return false;
}

kh_str kh_html_dir_of(kh_str lang)
{
    static const char *const languages[] = {"ar",  "fa",  "prs", "ur",  "ps",  "ckb", "ug",  "sd",  "dv", "he", "yi",
                                            "arc", "azb", "glk", "mzn", "pnb", "sdh", "lrc", "skr", "ks", "bal"};
    static const char *const scripts[] = {"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Aran"};
    kh_str rest = lang;
    kh_str first = {0};
    kh_str part = {0};
    if (lang.len == 0 || kh_str_eq(lang, KH_STR("und"))) {
        return KH_STR("auto");
    }
    kh_str_cut(&rest, '-', &first);
    bool rtl = is_one_of(first, languages, sizeof languages / sizeof *languages);
    while (kh_str_cut(&rest, '-', &part)) {
        if (part.len == 4) {
            rtl = is_one_of(part, scripts, sizeof scripts / sizeof *scripts);
        }
    }
    return rtl ? KH_STR("rtl") : KH_STR("ltr");
}

static void add_lang(kh_buf *out, kh_str lang)
{
    bool known = lang.len && !kh_str_eq(lang, KH_STR("und"));
    kh_buf_z(out, " lang=\"");
    escape(out, known ? lang : (kh_str){0});
    kh_buf_z(out, "\" dir=\"");
    kh_buf_add(out, kh_html_dir_of(lang));
    kh_buf_z(out, "\"");
}

void kh_html_lang(kh_html *h, kh_str lang)
{
    add_lang(h->out, lang);
}

static void add_bdi(kh_buf *out, kh_str s, kh_str lang)
{
    kh_buf_z(out, "<bdi");
    if (lang.len) {
        add_lang(out, lang);
    }
    kh_buf_z(out, ">");
    escape(out, s);
    kh_buf_z(out, "</bdi>");
}

void kh_html_bdi(kh_html *h, kh_str s, kh_str lang)
{
    add_bdi(h->out, s, lang);
}

kh_str kh_html_piece(const kh_html *h, kh_str s, kh_str lang)
{
    kh_buf piece = {.arena = h->out->arena};
    add_bdi(&piece, s, lang);
    return kh_buf_str(&piece);
}

bool kh_html_is_web(kh_str url)
{
    return kh_str_starts(url, KH_STR("https://")) || kh_str_starts(url, KH_STR("http://"));
}

void kh_html_href_out(kh_html *h, kh_str url)
{
    if (kh_html_is_web(url)) {
        kh_html_attr(h, "href", url);
        kh_html_put(h, " rel=\"noopener noreferrer nofollow\"");
    }
}

/* ---- words of the interface ---- */

void kh_html_t(kh_html *h, const char *key)
{
    escape(h->out, kh_html_word(h, key));
}

void kh_html_comma(kh_html *h)
{
    kh_html_t(h, "comma");
    kh_buf_char(h->out, ' ');
}

void kh_html_tn(kh_html *h, const char *group, kh_str name)
{
    escape(h->out, kh_html_named(h, group, name));
}

static void add_said(kh_buf *out, kh_str text, const kh_str *pieces, size_t count)
{
    size_t from = 0;
    for (size_t at = 0; at + 2 < text.len; at++) {
        size_t piece = (size_t)(unsigned char)text.ptr[at + 1] - '1';
        if (text.ptr[at] == '{' && text.ptr[at + 2] == '}' && piece < count) {
            escape(out, (kh_str){text.ptr + from, at - from});
            kh_buf_add(out, pieces[piece]);
            from = at + 3;
            at += 2;
        }
    }
    escape(out, kh_str_from(text, from));
}

void kh_html_say(kh_html *h, const char *key, const kh_str *pieces, size_t count)
{
    add_said(h->out, kh_html_word(h, key), pieces, count);
}

/* ---- numbers ---- */

/* Digit N of the ten characters of DIGITS; the ASCII one where a translation has fewer. */
static kh_str digit_of(kh_str digits, unsigned n, const char *ascii)
{
    size_t len = 0;
    for (size_t at = 0; at < digits.len; at += len) {
        kh_utf8_at(digits, at, &len);
        if (n-- == 0) {
            return (kh_str){digits.ptr + at, len};
        }
    }
    return (kh_str){ascii, 1};
}

kh_str kh_html_digits(const kh_html *h, kh_str ascii)
{
    kh_str digits = kh_html_word(h, "digits");
    kh_buf out = {.arena = h->out->arena};
    for (size_t i = 0; i < ascii.len; i++) {
        unsigned digit = (unsigned)((unsigned char)ascii.ptr[i] - '0');
        if (digit < 10) {
            kh_buf_add(&out, digit_of(digits, digit, ascii.ptr + i));
        } else {
            kh_buf_char(&out, ascii.ptr[i]);
        }
    }
    return kh_buf_str(&out);
}

kh_str kh_html_number(const kh_html *h, uint64_t n)
{
    return kh_html_digits(h, kh_arena_printf(h->out->arena, "%llu", (unsigned long long)n));
}

void kh_html_n(kh_html *h, uint64_t n)
{
    kh_buf_add(h->out, kh_html_number(h, n));
}

void kh_html_value(kh_html *h, kh_str value)
{
    static const struct {
        kh_str sign;
        const char *key;
    } bounds[] = {{{"\xE2\x89\xA5 ", 4}, "value.at_least"}, {{"\xE2\x89\xA4 ", 4}, "value.at_most"}};
    kh_html_put(h, "<bdi>");
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        if (kh_str_starts(value, bounds[i].sign)) {
            KH_SAY(h, bounds[i].key, kh_html_piece(h, kh_html_digits(h, kh_str_from(value, bounds[i].sign.len)), (kh_str){0}));
            kh_html_put(h, "</bdi>");
            return;
        }
    }
    kh_html_text(h, kh_str_eq(value, KH_STR("some")) ? kh_html_word(h, "value.some") : kh_html_digits(h, value));
    kh_html_put(h, "</bdi>");
}

static const char *plural_arabic(uint64_t n)
{
    uint64_t rest = n % 100;
    if (n < 3) {
        return n == 0 ? "zero" : n == 1 ? "one" : "two";
    }
    return rest >= 3 && rest <= 10 ? "few" : rest >= 11 ? "many" : "other";
}

static const char *plural_russian(uint64_t n)
{
    uint64_t last = n % 10;
    bool teen = n % 100 >= 11 && n % 100 <= 14;
    return teen || last == 0 || last >= 5 ? "many" : last == 1 ? "one" : "few";
}

const char *kh_plural_form(kh_str ui, uint64_t n)
{
    if (kh_str_eq(ui, KH_STR("ar"))) {
        return plural_arabic(n);
    }
    if (kh_str_eq(ui, KH_STR("ru"))) {
        return plural_russian(n);
    }
    return n == 1 || (n == 0 && kh_str_eq(ui, KH_STR("fa"))) ? "one" : "other";
}

kh_str kh_html_counted(const kh_html *h, const char *key, uint64_t n)
{
    kh_buf out = {.arena = h->out->arena};
    const char *form = kh_plural_form(h->frame->ui, n);
    kh_str number = kh_html_number(h, n);
    kh_str text = kh_html_word(h, kh_arena_printf(out.arena, "%s.%s", key, form).ptr);
    kh_buf_z(&out, "<bdi>");
    add_said(&out, text, &number, 1);
    kh_buf_z(&out, "</bdi>");
    return kh_buf_str(&out);
}

void kh_html_count(kh_html *h, const char *key, uint64_t n)
{
    kh_buf_add(h->out, kh_html_counted(h, key, n));
}
