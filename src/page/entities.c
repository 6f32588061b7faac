/* entities.c - character references of HTML: the characters that a page writes by name or number.
 *
 *     &laquo;قال&raquo;  &#1575;  &#x627;        « ... »  ا  ا
 *     &#146;                                      ’  (as in Windows-1252: HTML5, 13.2.5.80)
 *     &nbsp with no semicolon before a space      U+00A0
 *     R&D, ?a=1&copy=2                            nothing: as they stand
 *     R&amp;D&comma; &AMP;                        R&D, &  (names that HTML5 added for marks of ASCII)
 *
 * The names are those of HTML 4, which libxml2 lists; the ones that news pages use are tried first.
 * What it gets wrong: the two thousand names of letters and of mathematics that HTML5 added, and
 * "&nbspword", of which a browser reads the beginning.
 */
#include "page/html.h"

#include <libxml/HTMLparser.h>

#include <string.h>

enum { NAME_BYTES_MAX = 10 };

static const struct often {
    const char *name;
    uint16_t cp;
} often[] = {{"nbsp", 0xA0},    {"amp", '&'},      {"quot", '"'},     {"lt", '<'},        {"gt", '>'},      {"apos", '\''},
             {"rsquo", 0x2019}, {"lsquo", 0x2018}, {"ldquo", 0x201C}, {"rdquo", 0x201D},  {"laquo", 0xAB},  {"raquo", 0xBB},
             {"zwnj", 0x200C},  {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"copy", 0xA9},   {"uuml", 0xFC},
             {"auml", 0xE4},    {"ouml", 0xF6},    {"eacute", 0xE9},  {"agrave", 0xE0},   {"egrave", 0xE8}, {"szlig", 0xDF}};

/* Those of HTML5 that programs write which make a reference of every mark, and capitals of old. */
static const struct often later[] = {{"AMP", '&'},    {"LT", '<'},       {"GT", '>'},    {"QUOT", '"'},   {"COPY", 0xA9},  {"REG", 0xAE},
                                     {"Tab", '\t'},   {"NewLine", '\n'}, {"excl", '!'},  {"num", '#'},    {"dollar", '$'}, {"percnt", '%'},
                                     {"lpar", '('},   {"rpar", ')'},     {"ast", '*'},   {"plus", '+'},   {"comma", ','},  {"period", '.'},
                                     {"sol", '/'},    {"colon", ':'},    {"semi", ';'},  {"equals", '='}, {"quest", '?'},  {"commat", '@'},
                                     {"lsqb", '['},   {"lbrack", '['},   {"bsol", '\\'}, {"rsqb", ']'},   {"rbrack", ']'}, {"Hat", '^'},
                                     {"lowbar", '_'}, {"grave", '`'},    {"lcub", '{'},  {"lbrace", '{'}, {"verbar", '|'}, {"vert", '|'},
                                     {"rcub", '}'},   {"rbrace", '}'}};

/* Names that may be written without a semicolon: those of Latin-1 and their capitals, not the later ones. */
static bool is_legacy(uint32_t cp)
{
    return cp >= 0x80 ? cp < 0x100 : cp == '&' || cp == '<' || cp == '>' || cp == '"';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static uint32_t listed(const struct often *list, size_t count, kh_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(name, kh_str_z(list[i].name))) {
            return list[i].cp;
        }
    }
    return 0;
}

static uint32_t named(kh_str name)
{
    uint32_t cp = name.len > 1 ? listed(often, sizeof often / sizeof *often, name) : 0;
    if (name.len < 2 || cp) {
        return cp;
    }
    char z[NAME_BYTES_MAX + 1] = {0};
    memcpy(z, name.ptr, name.len);
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)z);
    return known ? known->value : listed(later, sizeof later / sizeof *later, name);
}

/* What the numbers 128 to 159 mean: nobody writes control characters, many wrote Windows-1252. */
static uint32_t of_windows(uint32_t cp)
{
    static const uint16_t table[32] = {0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                       0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                       0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};
    return table[cp - 0x80];
}

/* The digits of REST, which stands behind "&#". */
static uint32_t numbered(kh_str rest, size_t *len)
{
    bool hex = rest.len && (rest.ptr[0] | 32) == 'x';
    uint32_t cp = 0;
    size_t at = hex;
    for (; at < rest.len; at++) {
        char c = rest.ptr[at];
        char lower = (char)(c | 32);
        uint32_t digit = c >= '0' && c <= '9'                  ? (uint32_t)(c - '0')
                         : hex && lower >= 'a' && lower <= 'f' ? (uint32_t)(lower - 'a' + 10)
                                                               : 99;
        if (digit == 99) {
            break;
        }
        cp = cp > 0x10FFFF ? cp : cp * (hex ? 16 : 10) + digit;
    }
    *len = at > hex ? at : 0;
    if (cp >= 0x80 && cp < 0xA0) {
        return of_windows(cp);
    }
    bool control = cp < ' ' && !(cp >= '\t' && cp <= '\r');
    bool none = control || (cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF || cp == 0xFFFE || cp == 0xFFFF;
    return none ? 0 : cp;
}

uint32_t kh_html_entity(kh_str s, size_t at, size_t *len)
{
    kh_str rest = kh_str_from(s, at + 1);
    size_t n = 0;
    uint32_t cp = 0;
    *len = 0;
    if (rest.len && rest.ptr[0] == '#') {
        cp = numbered(kh_str_from(rest, 1), &n);
        n += n > 0;
    } else {
        while (n < rest.len && n <= NAME_BYTES_MAX && is_name_char(rest.ptr[n])) {
            n++;
        }
        cp = n && n <= NAME_BYTES_MAX ? named(kh_str_head(rest, n)) : 0;
        bool ended = n < rest.len && rest.ptr[n] == ';';
        /* "&copy=" is part of an address. */
        bool forgiven = is_legacy(cp) && (n == rest.len || rest.ptr[n] != '=');
        n = cp && (ended || forgiven) ? n : 0;
        cp = n ? cp : 0;
    }
    bool semicolon = n && n < rest.len && rest.ptr[n] == ';';
    *len = n ? n + 1 + semicolon : 0;
    return cp;
}

char *kh_html_decode(char *to, kh_str s)
{
    while (s.len) {
        const char *amp = memchr(s.ptr, '&', s.len);
        size_t plain = amp ? (size_t)(amp - s.ptr) : s.len;
        memcpy(to, s.ptr, plain);
        to += plain;
        s = kh_str_from(s, plain);
        if (amp) {
            size_t len = 0;
            uint32_t cp = kh_html_entity(s, 0, &len);
            if (!len) {
                *to++ = '&';
            } else if (cp) {
                to += kh_utf8_put(to, cp);
            }
            s = kh_str_from(s, len ? len : 1);
        }
    }
    return to;
}
