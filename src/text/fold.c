/* fold.c - the one key under which words of the Arabic, Latin, Cyrillic, Greek and Hebrew scripts meet.
 *
 * Decides when two spellings are the same word to the program. Example: Arabic "أبو ظبي" and "ابو ظبى",
 * Persian "می\u200cکند" and its damaged "میکند", "كازاخستان" and "کازاخستان", "۱۴۰۰" and "1400" have one
 * key each. Only matching uses the key; what is shown is the source, found through the map.
 *
 * Rules, over one pass, for the key alone:
 *  1. presentation forms and ligatures as their letters (NFKC); all spaces as ' ', '\n' kept;
 *  2. tatweel, Arabic and general combining marks, ZWNJ, ZWJ, bidi controls and U+FEFF: nothing;
 *  3. أ إ آ ٱ as ا; ى ی ے ێ ې ۍ ئ as ي; ك as ک and Pashto ګ as گ; ة ۀ ہ ھ ە ۃ as ه;
 *     ؤ ۇ ۆ ۈ as و; ء nothing. پ چ ژ گ ڤ stay, they carry sound;
 *  4. digits of all scripts as 0-9, ٫ as '.', ٬ as ',', ، as ',', ؛ as ';', ؟ as '?', ۔ as '.',
 *     double quotation marks as '"', single ones as '\'', dashes as '-';
 *  5. Latin, Cyrillic and Greek in lower case without marks; й stays apart from и, ё is е.
 *
 * The method is that of the search engines' normalisers (Lucene's Arabic, Persian and Sorani filters)
 * joined into one direction for all languages of the script. ZWNJ goes rather than becoming a space
 * because scraped Persian loses it: a key without it is the one that both spellings share.
 *
 * Gets wrong: words that differ only in what is folded (علی Ali, على "on"); ئ and ي in Uyghur and Kurdish,
 * where ئ only carries a vowel. Language identification therefore reads the source, not the key.
 */
#include "text/text.h"

#include "text/fold_tables.h"

#include <string.h>

enum { DROP = 1 };

/* U+0600..U+06FF: 0 keeps the character, DROP takes it away, else the letter it becomes. */
static const uint16_t arabic[256] = {
    [0x0C] = ',',   [0x1B] = ';',   [0x1F] = '?',   [0x40] = DROP,  [0x70] = DROP,  [0xD4] = '.',   [0x6A] = '%',   [0x6B] = '.',
    [0x6C] = ',',   [0x1C] = DROP,  [0x21] = DROP,  [0x22] = 0x627, [0x23] = 0x627, [0x25] = 0x627, [0x71] = 0x627, [0x72] = 0x627,
    [0x73] = 0x627, [0x24] = 0x648, [0xC6] = 0x648, [0xC7] = 0x648, [0xC8] = 0x648, [0x26] = 0x64A, [0x49] = 0x64A, [0xCC] = 0x64A,
    [0xCD] = 0x64A, [0xCE] = 0x64A, [0xD0] = 0x64A, [0xD2] = 0x64A, [0xD3] = 0x64A, [0x43] = 0x6A9, [0xAA] = 0x6A9, [0xAB] = 0x6AF,
    [0x29] = 0x647, [0xBE] = 0x647, [0xC0] = 0x647, [0xC1] = 0x647, [0xC2] = 0x647, [0xC3] = 0x647, [0xD5] = 0x647, [0x4B] = DROP,
    [0x4C] = DROP,  [0x4D] = DROP,  [0x4E] = DROP,  [0x4F] = DROP,  [0x50] = DROP,  [0x51] = DROP,  [0x52] = DROP,  [0x53] = DROP,
    [0x54] = DROP,  [0x55] = DROP,  [0x56] = DROP,  [0x57] = DROP,  [0x58] = DROP,  [0x59] = DROP,  [0x5A] = DROP,  [0x5B] = DROP,
    [0x5C] = DROP,  [0x5D] = DROP,  [0x5E] = DROP,  [0x5F] = DROP,  [0xD6] = DROP,  [0xD7] = DROP,  [0xD8] = DROP,  [0xD9] = DROP,
    [0xDA] = DROP,  [0xDB] = DROP,  [0xDC] = DROP,  [0xDF] = DROP,  [0xE0] = DROP,  [0xE1] = DROP,  [0xE2] = DROP,  [0xE3] = DROP,
    [0xE4] = DROP,  [0xE7] = DROP,  [0xE8] = DROP,  [0xEA] = DROP,  [0xEB] = DROP,  [0xEC] = DROP,  [0xED] = DROP,
};

int kh_digit_of(uint32_t cp)
{
    if (cp < 0x660) {
        return cp - '0' <= 9 ? (int)(cp - '0') : -1;
    }
    if (cp > 0x669 && cp < 0x6F0) { /* the letters of Persian and Urdu */
        return -1;
    }
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0x9E6, 0xFF10};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        if (cp >= zeros[i] && cp <= zeros[i] + 9) {
            return (int)(cp - zeros[i]);
        }
    }
    return -1;
}

static bool is_dropped(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x200B && cp <= 0x200F) || cp == 0xAD || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x2069) || cp == 0xFEFF || (cp >= 0x591 && cp <= 0x5C7 && cp != 0x5BE) ||
           (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x8D3 && cp <= 0x8FF);
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\r' || cp == 0x0B || cp == 0x0C || cp == 0xA0 || cp == 0x85 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

bool kh_is_quote(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == '`' || cp == 0xAB || cp == 0xBB || cp == 0x2018 || cp == 0x2019 || cp == 0x201A ||
           cp == 0x201B || (cp >= 0x201C && cp <= 0x201F) || cp == 0x2039 || cp == 0x203A || cp == 0x2033 || cp == 0x300C || cp == 0x300D ||
           cp == 0x300E || cp == 0x300F || cp == 0xFF02;
}

bool kh_is_open_quote(uint32_t cp)
{
    return kh_is_quote(cp) && cp != 0x2033 && cp != 0x300D && cp != 0x300F;
}

bool kh_is_close_quote(uint32_t cp)
{
    return kh_is_quote(cp) && cp != 0x201A && cp != 0x201E && cp != 0x300C && cp != 0x300E;
}

bool kh_is_dash(uint32_t cp)
{
    return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0x640 || cp == 0xFE58 || cp == 0xFF0D;
}

static uint32_t fold_mark(uint32_t cp)
{
    if (kh_is_quote(cp)) {
        bool single = cp == '\'' || cp == '`' || (cp >= 0x2018 && cp <= 0x201B) || cp == 0x2039 || cp == 0x203A;
        return single ? '\'' : '"';
    }
    if (kh_is_dash(cp)) {
        return '-';
    }
    switch (cp) {
    case 0x2026: return '.';
    case 0x3002: return '.';
    case 0x3001: return ',';
    case 0xFF0C: return ',';
    case 0xFF1A: return ':';
    case 0xFF1F: return '?';
    case 0xFF01: return '!';
    default: return cp;
    }
}

static uint32_t fold_cyrillic(uint32_t cp)
{
    if (cp >= 0x410 && cp <= 0x42F) {
        cp += 0x20;
    } else if (cp >= 0x400 && cp <= 0x40F) {
        cp += 0x50;
    } else if ((cp >= 0x460 && cp <= 0x481) || (cp >= 0x48A && cp <= 0x4BF) || (cp >= 0x4D0 && cp <= 0x52F)) {
        cp |= 1;
    } else if (cp >= 0x4C1 && cp <= 0x4CE) {
        cp += cp & 1;
    } else if (cp == 0x4C0) {
        cp = 0x4CF;
    }
    return cp == 0x451 || cp == 0x450 ? 0x435 : cp;
}

static uint32_t fold_greek(uint32_t cp)
{
    static const uint32_t marked[][2] = {{0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9}, {0x38C, 0x3BF}, {0x38E, 0x3C5},
                                         {0x38F, 0x3C9}, {0x390, 0x3B9}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5}, {0x3AE, 0x3B7}, {0x3AF, 0x3B9},
                                         {0x3B0, 0x3C5}, {0x3C2, 0x3C3}, {0x3CA, 0x3B9}, {0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5},
                                         {0x3CE, 0x3C9}, {0x3AA, 0x3B9}, {0x3AB, 0x3C5}};
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        if (cp == marked[i][0]) {
            return marked[i][1];
        }
    }
    return cp >= 0x391 && cp <= 0x3A9 && cp != 0x3A2 ? cp + 0x20 : cp; /* 0x3A2: no letter */
}

static size_t put_arabic(char *p, uint32_t cp)
{
    uint16_t to = arabic[cp - 0x600];
    cp = to ? to : cp;
    if (cp < 0x80) {
        *p = (char)cp;
        return cp != DROP;
    }
    p[0] = (char)(0xC0 | cp >> 6);
    p[1] = (char)(0x80 | (cp & 0x3F));
    return 2;
}

static size_t put_string(char *p, const char *s)
{
    size_t n = strlen(s);
    memcpy(p, s, n);
    return n;
}

/* A presentation form: its letters, each folded. */
static size_t put_form(char *p, const char *letters)
{
    kh_str s = kh_str_z(letters);
    size_t o = 0;
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        o += cp >= 0x600 && cp <= 0x6FF ? put_arabic(p + o, cp) : kh_utf8_put(p + o, cp);
    }
    return o;
}

enum { FOLDED_BYTES_MAX = 40 };

/* ASCII, which needs no decoding: most bytes of most pages. */
static char fold_ascii(unsigned char c)
{
    bool space = c == '\t' || c == '\r' || c == 0x0B || c == 0x0C;
    return (unsigned char)(c - 'A') < 26 ? (char)(c + 32) : space ? ' ' : c == '`' ? '\'' : (char)c;
}

/* Eight bytes of SOURCE at once, where they are ASCII without control characters and '`': capitals get the bit that
 * parts them from small letters. False leaves them to the others. */
static inline bool fold_eight(char *key, const char *source)
{
    const uint64_t each = 0x0101010101010101u;
    const uint64_t high = each * 0x80;
    uint64_t w = 0;
    memcpy(&w, source, sizeof w);
    uint64_t tick = w ^ each * '`';
    uint64_t other = w | (w - each * ' ') | ((tick - each) & ~tick);
    if (other & high) {
        return false;
    }
    uint64_t from_a = w + each * (0x80 - 'A');
    uint64_t beyond_z = w + each * (0x7F - 'Z');
    w |= (from_a & ~beyond_z & high) >> 2;
    memcpy(key, &w, sizeof w);
    return true;
}

/* The key of one character beyond ASCII; 0 bytes when it has none. */
static size_t put_folded(char *p, uint32_t cp)
{
    int digit = kh_digit_of(cp);
    if (digit >= 0) {
        *p = (char)('0' + digit);
        return 1;
    }
    if (cp >= 0x600 && cp <= 0x6FF) {
        return put_arabic(p, cp);
    }
    if (is_space(cp)) {
        *p = ' ';
        return 1;
    }
    if (is_dropped(cp)) {
        return 0;
    }
    if (cp >= LATIN_FIRST && cp <= LATIN_LAST && latin[cp - LATIN_FIRST][0]) {
        return put_string(p, latin[cp - LATIN_FIRST]);
    }
    if (cp >= LATIN_MORE_FIRST && cp <= LATIN_MORE_LAST && latin_more[cp - LATIN_MORE_FIRST][0]) {
        return put_string(p, latin_more[cp - LATIN_MORE_FIRST]);
    }
    if (cp == 0x259 || cp == 0x18F) {
        *p = 'e';
        return 1;
    }
    if (cp >= 0x400 && cp <= 0x52F) {
        return kh_utf8_put(p, fold_cyrillic(cp));
    }
    if (cp >= 0x370 && cp <= 0x3FF) {
        return kh_utf8_put(p, fold_greek(cp));
    }
    if (cp >= FORMS_A_FIRST && cp <= FORMS_A_LAST && forms_a[cp - FORMS_A_FIRST][0]) {
        return put_form(p, forms_a[cp - FORMS_A_FIRST]);
    }
    if (cp >= FORMS_B_FIRST && cp <= FORMS_B_LAST && forms_b[cp - FORMS_B_FIRST][0]) {
        return put_form(p, forms_b[cp - FORMS_B_FIRST]);
    }
    return kh_utf8_put(p, fold_mark(cp));
}

/* A decomposed й: the breve that follows и belongs to the letter. */
static bool joins_breve(const char *key, size_t len, uint32_t cp)
{
    return cp == 0x306 && len >= 2 && memcmp(key + len - 2, "\xD0\xB8", 2) == 0;
}

/* A key is no longer than its source, but for ligatures (U+FDFA is a whole sentence), whose UTF-8 begins
 * with 0xEF: each of those gets the room of the longest. */
static size_t room_for(kh_str source)
{
    size_t room = source.len + 1 + FOLDED_BYTES_MAX;
    for (size_t at = 0; at < source.len; at++) {
        const char *hit = memchr(source.ptr + at, 0xEF, source.len - at);
        if (!hit) {
            break;
        }
        at = (size_t)(hit - source.ptr);
        room += FOLDED_BYTES_MAX;
    }
    return room;
}

/* Folds SOURCE into KEY; fills MAP, if there is one. Returns the bytes of the key. */
static inline size_t fold_into(char *key, uint32_t *map, kh_str source)
{
    size_t o = 0;
    for (size_t i = 0, n = 0; i < source.len; i += n) {
        unsigned char c = (unsigned char)source.ptr[i];
        if (c < 0x80 && source.len - i >= 8 && fold_eight(key + o, source.ptr + i)) {
            for (uint32_t k = 0; map && k < 8; k++) {
                map[o + k] = (uint32_t)i + k;
            }
            o += 8;
            n = 8;
            continue;
        }
        if (c < 0x80) {
            key[o] = fold_ascii(c);
            if (map) {
                map[o] = (uint32_t)i;
            }
            o++;
            n = 1;
            continue;
        }
        uint32_t cp = kh_utf8_at(source, i, &n);
        if (joins_breve(key, o, cp)) {
            key[o - 1] = (char)0xB9;
            continue;
        }
        size_t len = put_folded(key + o, cp);
        for (size_t k = 0; map && k < len; k++) {
            map[o + k] = (uint32_t)i;
        }
        o += len;
    }
    key[o] = 0;
    return o;
}

kh_folded kh_fold(kh_arena *out, kh_str source)
{
    size_t room = room_for(source);
    char *key = KH_TAKE_N(out, char, room);
    uint32_t *map = KH_TAKE_N(out, uint32_t, room);
    size_t len = fold_into(key, map, source);
    map[len] = (uint32_t)source.len;
    return (kh_folded){.key = {key, len}, .map = map};
}

kh_str kh_fold_key(kh_arena *out, kh_str source)
{
    char *key = KH_TAKE_N(out, char, room_for(source));
    return (kh_str){key, fold_into(key, NULL, source)};
}
