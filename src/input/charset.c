/* charset.c - from bytes in any charset to UTF-8.
 *
 * In this order: byte order mark; valid UTF-8 that is more than ASCII; the charset the page
 * declares, where it decodes; ASCII; UTF-16 without a mark; UTF-8 with some damage; what uchardet
 * thinks of the text; windows-1252.
 *
 *     C8 ED D1 E6 CA           windows-1256 for "بيروت", never valid UTF-8
 *     charset=windows-1256     over bytes that are valid UTF-8: a saved page whose <meta> was left as it was
 *
 * UTF-8 stands before the declaration because archives and scrapers convert pages and leave the
 * old <meta> in place, while text of an 8-bit charset is as good as never valid UTF-8 by chance.
 * As on the web ISO-8859-1 means windows-1252, and so for its kin. What it gets wrong: very short
 * texts in an 8-bit charset that nobody declares.
 */
#include "input/input.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

enum { DECLARED_IN = 4096, SAMPLE = 4096 };

/* What a name means on the web; NULL-terminated pairs, small letters. */
static const char *const aliases[][2] = {
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"cp1256", "windows-1256"},
    {"cp-1256", "windows-1256"},
    {"cp1251", "windows-1251"},
    {"win-1251", "windows-1251"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"shift_jis", "cp932"},
    {"shift-jis", "cp932"},
    {"x-sjis", "cp932"},
    {"sjis", "cp932"},
    {"euc-kr", "cp949"},
    {"ks_c_5601-1987", "cp949"},
    {"uhc", "cp949"},
    {"tis-620", "cp874"},
    {"iso-8859-11", "cp874"},
    {"windows-874", "cp874"},
    {"utf8", "utf-8"},
    {"unicode", "utf-8"},
    {"utf-16", "utf-8"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"x-mac-cyrillic", "maccyrillic"},
};

static kh_str lower_name(kh_arena *a, kh_str name)
{
    char *p = KH_NEW_N(a, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        p[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    kh_str lower = {p, name.len};
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (kh_str_eq(lower, kh_str_z(aliases[i][0]))) {
            return kh_str_z(aliases[i][1]);
        }
    }
    return lower;
}

static bool is_name_char(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           strchr("-_.:+", c) != NULL;
}

/* The name behind "charset=" or "encoding=" in the first bytes of a page. */
static kh_str declared_name(kh_str raw)
{
    kh_str head = kh_str_head(raw, DECLARED_IN);
    for (size_t i = 0; i + 9 < head.len; i++) {
        char c = (char)(head.ptr[i] | 32);
        bool charset = c == 'c' && kh_str_eq_ascii_nocase(kh_str_head(kh_str_from(head, i), 7),
                                                          KH_STR("charset"));
        bool encoding =
            c == 'e' && i < 200 &&
            kh_str_eq_ascii_nocase(kh_str_head(kh_str_from(head, i), 8), KH_STR("encoding"));
        if (!charset && !encoding) {
            continue;
        }
        size_t at = i + (charset ? 7 : 8);
        while (at < head.len && strchr(" =\"'\t", head.ptr[at]) && head.ptr[at]) {
            at++;
        }
        size_t end = at;
        while (end < head.len && head.ptr[end] && is_name_char(head.ptr[end])) {
            end++;
        }
        if (end > at + 2 && end - at < 40) {
            return (kh_str){head.ptr + at, end - at};
        }
    }
    return (kh_str){0};
}

/* RAW through iconv; bytes that do not decode become U+FFFD and are counted. False when the name
 * is unknown. */
static bool convert(kh_arena *out, kh_str raw, kh_str charset, kh_str *text, size_t *bad)
{
    char name[64];
    if (charset.len >= sizeof name) {
        return false;
    }
    memcpy(name, charset.ptr, charset.len);
    name[charset.len] = 0;
    size_t room = raw.len * 3 + 64;
    char *buffer = KH_NEW_N(out, char, room);
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1) {
        return false;
    }
    char *in = (char *)(uintptr_t)raw.ptr;
    size_t in_left = raw.len;
    char *to = buffer;
    size_t to_left = room;
    *bad = 0;
    while (in_left > 0 && to_left >= 8) {
        if (iconv(cd, &in, &in_left, &to, &to_left) != (size_t)-1) {
            break;
        }
        if (errno != EILSEQ && errno != EINVAL) {
            break;
        }
        size_t n = kh_utf8_put(to, KH_REPLACEMENT);
        to += n;
        to_left -= n;
        in++;
        in_left--;
        ++*bad;
    }
    iconv_close(cd);
    *text = kh_utf8_clean(out, (kh_str){buffer, (size_t)(to - buffer)});
    return true;
}

typedef struct utf8_look {
    size_t wide; /* well-formed characters of more than one byte */
    size_t bad;  /* bytes that fit nowhere */
} utf8_look;

static utf8_look look_at(kh_str raw)
{
    utf8_look look = {0};
    size_t len = 0;
    for (size_t at = 0; at < raw.len; at += len) {
        if ((unsigned char)raw.ptr[at] < 0x80) {
            len = 1;
            continue;
        }
        uint32_t cp = kh_utf8_at(raw, at, &len);
        look.wide += len > 1;
        look.bad += cp == KH_REPLACEMENT && len == 1;
    }
    return look;
}

/* "utf-16le" or "utf-16be" where every second byte of the head is mostly zero. */
static kh_str utf16_without_mark(kh_str raw)
{
    kh_str head = kh_str_head(raw, SAMPLE);
    size_t zeros[2] = {0};
    for (size_t i = 0; i < head.len; i++) {
        zeros[i & 1] += head.ptr[i] == 0;
    }
    size_t all = zeros[0] + zeros[1];
    if (head.len < 4 || all * 5 < head.len) {
        return (kh_str){0};
    }
    return zeros[1] > zeros[0] ? KH_STR("utf-16le") : KH_STR("utf-16be");
}

/* Up to SAMPLE bytes of text without tags and runs of ASCII, where the other bytes are: that is
 * where the charset speaks. */
static kh_str sample_of(kh_arena *a, kh_str raw)
{
    char *p = KH_NEW_N(a, char, SAMPLE);
    size_t n = 0;
    bool tag = false;
    size_t ascii = 0;
    for (size_t i = 0; i < raw.len && n < SAMPLE; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        if (c == '<' || c == '>') {
            tag = c == '<';
        } else if (!tag && c != 0) {
            ascii = c < 0x80 ? ascii + 1 : 0;
            if (ascii <= 12) {
                p[n++] = (char)c;
            }
        }
    }
    return (kh_str){p, n};
}

static kh_str guessed_name(kh_arena *a, kh_str raw)
{
    kh_str sample = sample_of(a, raw);
    uchardet_t detector = uchardet_new();
    kh_str name = {0};
    if (detector && uchardet_handle_data(detector, sample.ptr, sample.len) == 0) {
        uchardet_data_end(detector);
        name = kh_arena_copy(a, kh_str_z(uchardet_get_charset(detector)));
    }
    if (detector) {
        uchardet_delete(detector);
    }
    bool plain = !name.len || kh_str_eq(name, KH_STR("ASCII")) || kh_str_eq(name, KH_STR("UTF-8"));
    return plain ? KH_STR("windows-1252") : lower_name(a, name);
}

static kh_str with_mark(kh_arena *out, kh_str raw, kh_str *charset)
{
    kh_str text = {0};
    size_t bad = 0;
    if (kh_str_starts(raw, KH_STR("\xEF\xBB\xBF"))) {
        *charset = KH_STR("utf-8");
        return kh_utf8_clean(out, kh_str_from(raw, 3));
    }
    bool little = kh_str_starts(raw, KH_STR("\xFF\xFE"));
    if (little || kh_str_starts(raw, KH_STR("\xFE\xFF"))) {
        *charset = little ? KH_STR("utf-16le") : KH_STR("utf-16be");
        convert(out, kh_str_from(raw, 2), *charset, &text, &bad);
    }
    return text;
}

kh_str kh_decode(kh_arena *out, kh_str raw, bool html, kh_str *charset)
{
    kh_str text = with_mark(out, raw, charset);
    if (text.len) {
        return text;
    }
    utf8_look look = look_at(raw);
    bool zero = raw.len && memchr(raw.ptr, 0, raw.len) != NULL;
    *charset = KH_STR("utf-8");
    if (look.bad == 0 && look.wide > 0) {
        return kh_utf8_clean(out, raw);
    }
    size_t bad = 0;
    kh_str declared = html ? lower_name(out, declared_name(raw)) : (kh_str){0};
    bool eight_bit = declared.len && !kh_str_eq(declared, KH_STR("utf-8"));
    if (eight_bit && convert(out, raw, declared, &text, &bad) && bad * 200 <= raw.len) {
        *charset = declared;
        return text;
    }
    kh_str sixteen = zero ? utf16_without_mark(raw) : (kh_str){0};
    if (sixteen.len && convert(out, raw, sixteen, &text, &bad) && bad * 50 <= raw.len) {
        *charset = sixteen;
        return text;
    }
    if (look.bad == 0 || look.wide > 4 * look.bad) {
        return kh_utf8_clean(out, raw);
    }
    kh_str guess = guessed_name(out, raw);
    if (!convert(out, raw, guess, &text, &bad)) {
        guess = KH_STR("windows-1252");
        convert(out, raw, guess, &text, &bad);
    }
    *charset = guess;
    return text;
}
