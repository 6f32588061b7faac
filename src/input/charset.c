/* charset.c - from bytes in any charset to UTF-8.
 *
 * In this order: byte order mark; UTF-16 without a mark; valid UTF-8 that is more than ASCII; UTF-8 with some
 * damage; and of the 8-bit charsets the one that gives the best writing (plausible.c), where the one that the page
 * declares has an advance and what uchardet thinks a small one.
 *
 *     C8 ED D1 E6 CA           windows-1256 for "بيروت", never valid UTF-8
 *     charset=windows-1256     over bytes that are valid UTF-8: a saved page whose <meta> was left as it was
 *     charset=iso-8859-1       over the first line: a server's default; ÈíÑæÊ is no word of any language
 *
 * UTF-8 stands before the declaration because archives and scrapers convert pages and leave the old <meta> in
 * place, while text of an 8-bit charset is as good as never valid UTF-8 by chance. What was encoded twice is
 * undone by mojibake.c. As on the web ISO-8859-1 means windows-1252, and so for its kin.
 *
 * Gets wrong: texts of a few words in an 8-bit charset that nobody declares; the Macintosh charset for Arabic, which
 * iconv does not know; charsets of one family whose letters lie alike (windows-1255 and ISO-8859-8).
 */
#include "input/parts.h"

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
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || strchr("-_.:+", c) != NULL;
}

/* The name behind "charset=" or "encoding=" in the first bytes of a page. */
static kh_str declared_name(kh_str raw)
{
    kh_str head = kh_str_head(raw, DECLARED_IN);
    for (size_t i = 0; i + 9 < head.len; i++) {
        char c = (char)(head.ptr[i] | 32);
        bool charset = c == 'c' && kh_str_eq_ascii_nocase(kh_str_head(kh_str_from(head, i), 7), KH_STR("charset"));
        bool encoding = c == 'e' && i < 200 && kh_str_eq_ascii_nocase(kh_str_head(kh_str_from(head, i), 8), KH_STR("encoding"));
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

bool kh_convert(kh_arena *out, kh_str raw, kh_str charset, kh_str *text, size_t *bad)
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
    for (size_t at = kh_utf8_past_ascii(raw, 0); at < raw.len; at = kh_utf8_past_ascii(raw, at + len)) {
        uint32_t cp = kh_utf8_at(raw, at, &len);
        look.wide += len > 1;
        look.bad += cp == KH_REPLACEMENT && len == 1;
    }
    return look;
}

kh_str kh_utf16_of(kh_str head)
{
    head = kh_str_head(head, SAMPLE);
    size_t high[2] = {0}; /* the bytes above of Latin, Greek, Cyrillic, Hebrew and Arabic, no character of 8-bit text */
    size_t half = head.len / 2;
    for (size_t i = 0; i < half * 2; i++) {
        high[i & 1] += (unsigned char)head.ptr[i] < 9;
    }
    size_t most = high[1] > high[0];
    if (half < 2 || high[most] * 4 < half * 3 || high[1 - most] * 10 > half) {
        return (kh_str){0};
    }
    return most ? KH_STR("utf-16le") : KH_STR("utf-16be");
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

static kh_str guessed_name(kh_arena *a, kh_str sample)
{
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

/* ---- the choice among charsets of one byte, and those of several that are declared or guessed ---- */

static const char *const eight_bit[] = {"windows-1252", "windows-1256", "iso-8859-6",   "windows-1251", "koi8-r",
                                        "koi8-u",       "cp866",        "iso-8859-5",   "windows-1254", "windows-1250",
                                        "iso-8859-2",   "windows-1253", "windows-1255", "windows-1257", "maccyrillic"};

/* Advances, in the unit of kh_plausible, and what is needed to overrule a declaration. */
static const double declared_ahead = 0.06, guessed_ahead = 0.05, implausible = -9;
enum { LETTERS_ENOUGH = 12 };

typedef struct choice {
    kh_str name;
    double score;
} choice;

static double score_of(kh_arena scratch, kh_str sample, kh_str name)
{
    kh_str text = {0};
    size_t bad = 0;
    bool known = kh_convert(&scratch, sample, name, &text, &bad);
    return known ? kh_plausible(text) : implausible;
}

static size_t count_high(kh_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        count += (unsigned char)s.ptr[i] >= 0x80;
    }
    return count;
}

/* The declared charset unless its letters make no sense and those of another do; DECLARED may be empty. */
static choice choose(kh_arena *out, kh_arena scratch, kh_str sample, kh_str declared, kh_str *why)
{
    kh_str guess = kh_arena_copy(out, guessed_name(&scratch, sample));
    choice best = {guess, score_of(scratch, sample, guess) + guessed_ahead};
    for (size_t i = 0; i < sizeof eight_bit / sizeof *eight_bit; i++) {
        choice c = {kh_str_z(eight_bit[i]), score_of(scratch, sample, kh_str_z(eight_bit[i]))};
        best = c.score > best.score ? c : best;
    }
    if (!declared.len) {
        *why = kh_arena_printf(out, "letters: %.*s %.2f", KH_ARG(best.name), best.score);
        return best;
    }
    choice own = {declared, score_of(scratch, sample, declared)};
    bool few = count_high(sample) < LETTERS_ENOUGH && own.score > implausible;
    if (few || own.score + declared_ahead >= best.score) {
        *why = KH_STR("declared");
        return own;
    }
    *why = kh_arena_printf(out, "letters: %.*s %.2f, declared %.*s %.2f", KH_ARG(best.name), best.score, KH_ARG(declared), own.score);
    return best;
}

/* ---- the whole decision ---- */

static kh_str with_mark(kh_arena *out, kh_str raw, kh_str *charset, kh_str *why)
{
    kh_str text = {0};
    size_t bad = 0;
    *why = KH_STR("byte order mark");
    if (kh_str_starts(raw, KH_STR("\xEF\xBB\xBF"))) {
        *charset = KH_STR("utf-8");
        return kh_utf8_clean(out, kh_str_from(raw, 3));
    }
    bool little = kh_str_starts(raw, KH_STR("\xFF\xFE"));
    if (little || kh_str_starts(raw, KH_STR("\xFE\xFF"))) {
        *charset = little ? KH_STR("utf-16le") : KH_STR("utf-16be");
        kh_convert(out, kh_str_from(raw, 2), *charset, &text, &bad);
    }
    return text;
}

static kh_str from_utf8(kh_arena *out, kh_arena scratch, kh_str raw, bool damaged, kh_str declared, kh_str *why)
{
    kh_str text = kh_utf8_clean(out, raw);
    kh_str repaired = {0};
    switch (damaged ? KH_MOJIBAKE_NONE : kh_mojibake_of(out, scratch, text, &repaired)) {
    case KH_MOJIBAKE_REPAIRED: *why = KH_STR("valid UTF-8, encoded twice: repaired"); return repaired;
    case KH_MOJIBAKE_TOLD: *why = KH_STR("valid UTF-8, encoded twice in part: left as it is"); return text;
    default: break;
    }
    const char *form = damaged ? "UTF-8 with damaged bytes" : "valid UTF-8";
    *why = kh_str_z(form);
    if (declared.len && !kh_str_eq(declared, KH_STR("utf-8"))) {
        *why = kh_arena_printf(out, "%s, though %.*s is declared", form, KH_ARG(declared));
    }
    return text;
}

static bool is_escaped(kh_str raw, kh_str declared)
{
    return kh_str_starts(declared, KH_STR("iso-2022-")) && memchr(raw.ptr, 27, raw.len) != NULL;
}

/* What is declared: by the header of the response, unless that is the default of a server and the page says
 * something else. */
static kh_str declared_of(kh_arena *out, kh_str raw, bool html, kh_str sent)
{
    sent = lower_name(out, sent);
    kh_str own = html ? lower_name(out, declared_name(raw)) : (kh_str){0};
    bool believed = sent.len && !kh_str_eq(sent, KH_STR("windows-1252")) && !kh_str_eq(sent, KH_STR("utf-8"));
    return believed || !own.len ? sent : own;
}

kh_str kh_decode(kh_arena *out, kh_str raw, bool html, kh_str *charset, kh_str *why)
{
    return kh_decode_as(out, raw, html, (kh_str){0}, charset, why);
}

kh_str kh_decode_as(kh_arena *out, kh_str raw, bool html, kh_str sent, kh_str *charset, kh_str *why)
{
    kh_str text = with_mark(out, raw, charset, why);
    if (text.len) {
        return text;
    }
    kh_arena lower_half = *out;
    kh_arena scratch = kh_arena_split(&lower_half);
    size_t bad = 0;
    kh_str declared = declared_of(out, raw, html, sent);
    kh_str sixteen = kh_utf16_of(raw);
    if (sixteen.len && kh_convert(out, raw, sixteen, &text, &bad) && bad * 50 <= raw.len) {
        *charset = sixteen;
        *why = KH_STR("every second byte");
        return text;
    }
    utf8_look look = look_at(raw);
    bool ascii = look.bad == 0 && look.wide == 0;
    *charset = KH_STR("utf-8");
    if (ascii && !is_escaped(raw, declared)) {
        *why = KH_STR("ASCII");
        return kh_utf8_clean(out, raw);
    }
    if (!ascii && (look.bad == 0 || look.wide > 4 * look.bad)) {
        return from_utf8(out, scratch, raw, look.bad > 0, declared, why);
    }
    declared = kh_str_eq(declared, KH_STR("utf-8")) ? (kh_str){0} : declared;
    choice c = ascii ? (choice){declared, 0} : choose(out, scratch, sample_of(&scratch, raw), declared, why);
    *why = ascii ? KH_STR("declared") : *why;
    if (!kh_convert(out, raw, c.name, &text, &bad)) {
        c.name = KH_STR("windows-1252");
        kh_convert(out, raw, c.name, &text, &bad);
    }
    *charset = c.name;
    return text;
}
