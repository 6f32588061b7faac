/* sound.c - do two spellings, in any two scripts, name the same thing?
 *
 * Decides by sound: every script is brought to one small alphabet of sound classes, and the class strings
 * are compared. Example: Arabic "أبليازوف" gives AblYAzWf, "ألبيازوف" AlbYAzWf, Persian "آبلیازوف" AblYAzWf,
 * English "Ablyazov" ablyazov, Russian "Аблязов" ablyazov. Long vowels (A W Y), written in Arabic script
 * only where the writer cares, cost little to add or to leave out; b and p, v, f and w, k and q are near.
 *
 * Method: weighted Damerau-Levenshtein distance (a swap of neighbours is one step), divided by the mean
 * length; whole names are aligned word by word with the surname heavier, and also compared with the spaces
 * gone, since "نور سلطان" and "نورسلطان" are one name. The costs are written by hand from how the scripts
 * render each other, in hundredths, in the two tables below. After Pouliquen and Steinberger's work on the
 * Europe Media Monitor, and Damerau (1964).
 *
 * Gets wrong: exonyms (ألمانيا is not Deutschland: the gazetteer joins those), names that differ in one
 * short vowel alone (Hassan and Hussein are kept apart by the doubled s and the n only), Chinese.
 */
#include "names/internal.h"

#include <string.h>

/* ---- classes ---- */

/* U+0620..U+06FF, the letters of the Arabic script. */
static const char arabic_class[0xE0] = {
    [0x21 - 0x20] = '_', [0x22 - 0x20] = 'A', [0x23 - 0x20] = 'A', [0x24 - 0x20] = 'W',
    [0x25 - 0x20] = 'A', [0x26 - 0x20] = '_', [0x27 - 0x20] = 'A', [0x28 - 0x20] = 'b',
    [0x29 - 0x20] = 'a', [0x2A - 0x20] = 't', [0x2B - 0x20] = 'T', [0x2C - 0x20] = 'j',
    [0x2D - 0x20] = 'h', [0x2E - 0x20] = 'K', [0x2F - 0x20] = 'd', [0x30 - 0x20] = 'D',
    [0x31 - 0x20] = 'r', [0x32 - 0x20] = 'z', [0x33 - 0x20] = 's', [0x34 - 0x20] = 'S',
    [0x35 - 0x20] = 's', [0x36 - 0x20] = 'd', [0x37 - 0x20] = 't', [0x38 - 0x20] = 'z',
    [0x39 - 0x20] = 'E', [0x3A - 0x20] = 'G', [0x41 - 0x20] = 'f', [0x42 - 0x20] = 'q',
    [0x43 - 0x20] = 'k', [0x44 - 0x20] = 'l', [0x45 - 0x20] = 'm', [0x46 - 0x20] = 'n',
    [0x47 - 0x20] = 'h', [0x48 - 0x20] = 'W', [0x49 - 0x20] = 'A', [0x4A - 0x20] = 'Y',
    [0x71 - 0x20] = 'A', [0x79 - 0x20] = 't', [0x7C - 0x20] = 't', [0x7E - 0x20] = 'p',
    [0x81 - 0x20] = 'z', [0x85 - 0x20] = 'x', [0x86 - 0x20] = 'C', [0x88 - 0x20] = 'd',
    [0x89 - 0x20] = 'd', [0x91 - 0x20] = 'r', [0x93 - 0x20] = 'r', [0x95 - 0x20] = 'r',
    [0x96 - 0x20] = 'J', [0x98 - 0x20] = 'J', [0x9A - 0x20] = 'S', [0xA4 - 0x20] = 'v',
    [0xA9 - 0x20] = 'k', [0xAA - 0x20] = 'k', [0xAB - 0x20] = 'g', [0xAD - 0x20] = 'n',
    [0xAF - 0x20] = 'g', [0xB5 - 0x20] = 'l', [0xBA - 0x20] = 'n', [0xBC - 0x20] = 'n',
    [0xBE - 0x20] = 'h', [0xC0 - 0x20] = 'e', [0xC1 - 0x20] = 'h', [0xC3 - 0x20] = 'a',
    [0xC6 - 0x20] = 'o', [0xC7 - 0x20] = 'u', [0xC8 - 0x20] = 'u', [0xCB - 0x20] = 'v',
    [0xCC - 0x20] = 'Y', [0xCD - 0x20] = 'Y', [0xCE - 0x20] = 'Y', [0xD0 - 0x20] = 'e',
    [0xD2 - 0x20] = 'Y', [0xD5 - 0x20] = 'a',
};

/* U+0430..U+044F, Russian lower case. */
static const char *const cyrillic_class[0x20] = {
    "a", "b", "v", "g", "d", "e", "J", "z", "i", "y", "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "K", "x", "C", "S", "S", "",  "i", "",  "e", "yu", "ya",
};

/* U+05D0..U+05EA, Hebrew with final forms. */
static const char hebrew_class[0x1B] = {
    'A', 'b', 'g', 'd', 'h', 'W', 'z', 'h', 't', 'Y', 'k', 'k', 'l', 'm',
    'm', 'n', 'n', 's', 'E', 'p', 'p', 'x', 'x', 'k', 'r', 'S', 't',
};

static const struct {
    const char *letters;
    const char *classes;
} latin_groups[] = {
    {"tsch", "C"}, {"cz", "C"}, {"dj", "j"}, {"dz", "z"},  {"sch", "S"}, {"tch", "C"}, {"ch", "C"},
    {"sh", "S"},   {"kh", "K"}, {"zh", "J"}, {"ph", "f"},  {"gh", "G"},  {"th", "T"},  {"dh", "D"},
    {"tz", "x"},   {"ts", "x"}, {"ck", "k"}, {"qu", "kw"}, {"x", "ks"},
};

typedef struct sounds {
    char *ptr;
    size_t len;
    bool latin; /* the word so far is Latin: doubled letters sound once */
} sounds;

static void add_class(sounds *s, char c)
{
    bool doubled = s->latin && s->len && s->ptr[s->len - 1] == c && !strchr("aeiou", c);
    if (c && !doubled) {
        s->ptr[s->len++] = c;
    }
}

/* The class or classes of the Latin letters at AT of KEY; gives how many bytes they are. */
static size_t add_latin(sounds *s, kh_str key, size_t at)
{
    kh_str rest = kh_str_from(key, at);
    s->latin = true;
    for (size_t i = 0; i < sizeof latin_groups / sizeof *latin_groups; i++) {
        if (latin_groups[i].letters[0] != rest.ptr[0]) {
            continue;
        }
        kh_str group = kh_str_z(latin_groups[i].letters);
        if (kh_str_starts(rest, group)) {
            for (const char *c = latin_groups[i].classes; *c; c++) {
                add_class(s, *c);
            }
            return group.len;
        }
    }
    char c = rest.ptr[0];
    if (c == 'c') {
        c = rest.len > 1 && strchr("eiy", rest.ptr[1]) ? 's' : 'k';
    }
    add_class(s, c);
    return 1;
}

/* Latin letters whose mark makes another sound, which the fold takes away. */
static char marked_latin(uint32_t cp)
{
    switch (cp) {
    case 0xC7:
    case 0xE7:
    case 0x106:
    case 0x107:
    case 0x10C:
    case 0x10D:
        return 'C';
    case 0x15A:
    case 0x15B:
    case 0x15E:
    case 0x15F:
    case 0x160:
    case 0x161:
        return 'S';
    case 0x17D:
    case 0x17E:
        return 'J';
    default:
        return 0;
    }
}

/* Two letters that write one sound in scripts that lack a letter for it: تش, تس, дж, дз. The second is C. */
static bool joins_before(sounds *s, char c)
{
    static const char pairs[][3] = {
        {'t', 'S', 'C'}, {'t', 's', 'x'}, {'d', 'j', 'j'}, {'d', 'J', 'j'}, {'d', 'z', 'z'}};
    for (size_t i = 0; s->len && i < sizeof pairs / sizeof *pairs; i++) {
        if (s->ptr[s->len - 1] == pairs[i][0] && c == pairs[i][1]) {
            s->ptr[s->len - 1] = pairs[i][2];
            return true;
        }
    }
    return false;
}

/* Letters of Cyrillic alphabets beyond Russian. */
static char more_cyrillic(uint32_t cp)
{
    switch (cp) {
    case 0x454:
        return 'e';
    case 0x456:
    case 0x457:
        return 'i';
    case 0x458:
        return 'y';
    case 0x45E:
    case 0x4AF:
    case 0x4B1:
        return 'u';
    case 0x491:
        return 'g';
    case 0x493:
        return 'G';
    case 0x49B:
        return 'q';
    case 0x4A3:
        return 'n';
    case 0x4BB:
        return 'h';
    case 0x4B3:
        return 'h';
    case 0x4B7:
        return 'j';
    case 0x4D9:
        return 'a';
    case 0x4E9:
        return 'o';
    default:
        return 0;
    }
}

static void add_letter(sounds *s, uint32_t cp)
{
    if (cp >= 0x620 && cp <= 0x6FF) {
        char c = arabic_class[cp - 0x620];
        if (!joins_before(s, c)) {
            add_class(s, c);
        }
    } else if (cp >= 0x430 && cp <= 0x44F) {
        for (const char *c = cyrillic_class[cp - 0x430]; *c; c++) {
            if (!joins_before(s, *c)) {
                add_class(s, *c);
            }
        }
    } else if (cp >= 0x5D0 && cp <= 0x5EA) {
        add_class(s, hebrew_class[cp - 0x5D0]);
    } else {
        add_class(s, more_cyrillic(cp));
    }
}

kh_str kh_sound_of(kh_arena *out, kh_str name)
{
    kh_folded f = kh_fold(out, name);
    sounds s = {.ptr = KH_NEW_N(out, char, f.key.len * 2 + 1)};
    for (size_t i = 0, n = 1; i < f.key.len; i += n) {
        uint32_t cp = kh_utf8_at(f.key, i, &n);
        if (cp >= 'a' && cp <= 'z') {
            size_t written = 0;
            char marked = marked_latin(kh_utf8_at(name, f.map[i], &written));
            n = marked ? 1 : add_latin(&s, f.key, i);
            add_class(&s, marked);
            continue;
        }
        s.latin = false;
        if (cp == ' ' || cp == '-' || cp == '\n') {
            if (s.len && s.ptr[s.len - 1] != ' ') {
                s.ptr[s.len++] = ' ';
            }
        } else if (cp >= '0' && cp <= '9') {
            s.ptr[s.len++] = (char)cp;
        } else {
            size_t m = 0;
            uint32_t written = kh_utf8_at(name, f.map[i], &m);
            bool arabic = written >= 0x620 && written <= 0x6FF && arabic_class[written - 0x620];
            add_letter(&s, arabic ? written : cp); /* the fold drops what the sound can use: ة, ئ */
        }
    }
    while (s.len && s.ptr[s.len - 1] == ' ') {
        s.len--;
    }
    return (kh_str){s.ptr, s.len};
}

/* ---- costs, in hundredths ---- */

enum { STEP = 100, SWAP = 35 };

static unsigned gap_cost(unsigned char c)
{
    switch (c) {
    case 'a':
    case 'e':
    case 'i':
    case 'o':
    case 'u':
        return 25;
    case 'A':
        return 35;
    case 'W':
    case 'Y':
    case 'y':
        return 40;
    case 'E':
        return 30;
    case '_':
        return 20;
    case 'h':
        return 45;
    default:
        return STEP;
    }
}

#define NEAR(x, y, c) [x][y] = c, [y][x] = c

/* Replacing one class by another; 0 stands for STEP. */
static const uint8_t near_cost[128][128] = {
    NEAR('A', 'a', 2),  NEAR('A', 'e', 15), NEAR('A', 'o', 20), NEAR('A', 'i', 25),
    NEAR('A', 'u', 25), NEAR('A', 'E', 15), NEAR('A', '_', 10), NEAR('E', 'a', 10),
    NEAR('E', 'i', 25), NEAR('E', 'o', 25), NEAR('E', 'e', 20), NEAR('E', 'u', 25),
    NEAR('W', 'o', 5),  NEAR('W', 'u', 5),  NEAR('W', 'w', 5),  NEAR('W', 'v', 5),
    NEAR('W', 'f', 40), NEAR('W', 'a', 30), NEAR('Y', 'i', 5),  NEAR('Y', 'y', 5),
    NEAR('Y', 'e', 5),  NEAR('Y', 'a', 25), NEAR('Y', 'j', 40), NEAR('_', 'Y', 15),
    NEAR('_', 'e', 15), NEAR('_', 'i', 15), NEAR('_', 'a', 20), NEAR('_', 'y', 15),
    NEAR('a', 'e', 20), NEAR('a', 'i', 20), NEAR('a', 'o', 20), NEAR('a', 'u', 20),
    NEAR('e', 'i', 20), NEAR('e', 'o', 20), NEAR('e', 'u', 20), NEAR('i', 'o', 20),
    NEAR('i', 'u', 20), NEAR('o', 'u', 20), NEAR('y', 'i', 10), NEAR('y', 'e', 20),
    NEAR('y', 'u', 25), NEAR('y', 'j', 25), NEAR('w', 'u', 15), NEAR('w', 'o', 20),
    NEAR('b', 'p', 10), NEAR('b', 'v', 30), NEAR('f', 'v', 10), NEAR('v', 'w', 10),
    NEAR('f', 'w', 40), NEAR('p', 'f', 40), NEAR('k', 'q', 10), NEAR('k', 'c', 10),
    NEAR('k', 'K', 10), NEAR('q', 'K', 30), NEAR('q', 'g', 25), NEAR('q', 'G', 20),
    NEAR('k', 'g', 40), NEAR('k', 'C', 40), NEAR('k', 'x', 50), NEAR('s', 'C', 50),
    NEAR('t', 'T', 5),  NEAR('t', 'd', 40), NEAR('T', 's', 25), NEAR('T', 'd', 50),
    NEAR('t', 'x', 40), NEAR('D', 'd', 10), NEAR('D', 'z', 10), NEAR('G', 'g', 5),
    NEAR('G', 'j', 25), NEAR('z', 's', 25), NEAR('z', 'x', 30), NEAR('z', 'J', 40),
    NEAR('z', 'j', 40), NEAR('s', 'x', 20), NEAR('s', 'S', 30), NEAR('C', 'S', 20),
    NEAR('C', 'x', 25), NEAR('C', 'j', 30), NEAR('C', 'K', 25), NEAR('K', 'h', 25),
    NEAR('S', 'K', 60), NEAR('S', 'x', 50), NEAR('j', 'g', 15), NEAR('j', 'J', 10),
    NEAR('J', 'S', 40), NEAR('J', 'g', 30), NEAR('h', 'a', 30), NEAR('h', 'e', 30),
    NEAR('K', 'j', 45), NEAR('h', 'j', 45), NEAR('h', 'g', 50), NEAR('n', 'm', 60),
    NEAR('l', 'r', 70),
};

static unsigned swap_in(unsigned char a, unsigned char b)
{
    unsigned cost = near_cost[a & 127][b & 127];
    return a == b ? 0 : cost ? cost : STEP;
}

/* ---- distance ---- */

enum { WORD_MAX = 48, WORDS_MAX = 8 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* LIMIT or more where the distance is at least LIMIT. */
static unsigned distance(kh_str a, kh_str b, unsigned limit)
{
    unsigned rows[3][WORD_MAX + 1];
    const unsigned char *x = (const unsigned char *)a.ptr;
    const unsigned char *y = (const unsigned char *)b.ptr;
    unsigned gaps[WORD_MAX];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    above[0] = 0;
    for (size_t j = 0; j < b.len; j++) {
        gaps[j] = gap_cost(y[j]);
        above[j + 1] = above[j] + gaps[j];
    }
    for (size_t i = 0; i < a.len; i++) {
        unsigned gap = gap_cost(x[i]);
        row[0] = above[0] + gap;
        unsigned nearest = row[0];
        for (size_t j = 0; j < b.len; j++) {
            unsigned d = least(above[j + 1] + gap, row[j] + gaps[j]);
            d = least(d, above[j] + swap_in(x[i], y[j]));
            if (i && j && x[i] == y[j - 1] && x[i - 1] == y[j] && x[i] != y[j]) {
                d = least(d, before[j - 1] + SWAP);
            }
            row[j + 1] = d;
            nearest = least(nearest, d);
        }
        if (nearest >= limit + SWAP) {
            return nearest;
        }
        unsigned *freed = before;
        before = above;
        above = row;
        row = freed;
    }
    return above[b.len];
}

static float word_likeness(kh_str a, kh_str b)
{
    a = kh_str_head(a, WORD_MAX);
    b = kh_str_head(b, WORD_MAX);
    if (a.len == 0 || b.len == 0) {
        return 0;
    }
    float mean = (float)(a.len + b.len) / 2;
    unsigned limit = (unsigned)(a.len + b.len) * STEP / 2;
    float far = (float)distance(a, b, limit) / (float)STEP / mean;
    return far < 1 ? 1 - far : 0;
}

/* The first consonants of a word, at most two. */
static size_t first_consonants(kh_str s, unsigned char found[2])
{
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < 2; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (gap_cost(c) == STEP) {
            found[n++] = c;
        }
    }
    return n;
}

bool kh_sound_may_match(kh_str a, kh_str b)
{
    unsigned char x[2], y[2];
    size_t n = first_consonants(a, x), m = first_consonants(b, y);
    size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
    if (longer > 2 * shorter + 1) {
        return false;
    }
    if (n == 0 || m == 0) {
        return true;
    }
    bool swapped = (m > 1 && x[0] == y[1]) || (n > 1 && x[1] == y[0]);
    return swapped || swap_in(x[0], y[0]) < STEP;
}

/* ---- whole names ---- */

typedef struct words {
    kh_str items[WORDS_MAX];
    size_t count;
    kh_str joined; /* without the spaces */
    char room[WORD_MAX];
} words;

static void split(kh_str s, words *w)
{
    kh_str word;
    *w = (words){.joined = {w->room, 0}};
    while (kh_str_cut(&s, ' ', &word)) {
        if (word.len && w->count < WORDS_MAX) {
            w->items[w->count++] = word;
            size_t n = word.len < WORD_MAX - w->joined.len ? word.len : WORD_MAX - w->joined.len;
            memcpy(w->room + w->joined.len, word.ptr, n);
            w->joined.len += n;
        }
    }
}

/* The words of SHORT_ONE against those of LONG_ONE in order, the last against the last. */
static float aligned_likeness(const words *short_one, const words *long_one)
{
    float sum = 0, weight = 0;
    size_t from = 0;
    for (size_t i = 0; i < short_one->count; i++) {
        bool last = i + 1 == short_one->count;
        size_t first = last ? long_one->count - 1 : from;
        size_t end = last ? long_one->count : long_one->count - (short_one->count - i) + 1;
        float best = 0;
        for (size_t j = first; j < end; j++) {
            float like = word_likeness(short_one->items[i], long_one->items[j]);
            if (like > best) {
                best = like;
                from = j + 1;
            }
        }
        float w = last ? 2.0F : 1.0F;
        sum += best * w;
        weight += w;
    }
    return sum / weight - 0.03F * (float)(long_one->count - short_one->count);
}

float kh_sound_likeness(kh_arena scratch, kh_str a, kh_str b)
{
    (void)scratch;
    if (!memchr(a.ptr ? a.ptr : "", ' ', a.len) && !memchr(b.ptr ? b.ptr : "", ' ', b.len)) {
        return word_likeness(a, b);
    }
    words x, y;
    split(a, &x);
    split(b, &y);
    if (x.count == 0 || y.count == 0) {
        return 0;
    }
    float joined = word_likeness(x.joined, y.joined);
    float aligned = x.count <= y.count ? aligned_likeness(&x, &y) : aligned_likeness(&y, &x);
    return joined > aligned ? joined : aligned;
}

/* "Surname, Given" as "Given Surname"; anything else as it is. */
static kh_str in_order(kh_arena *out, kh_str name)
{
    kh_str family, given = name;
    if (!kh_str_cut(&given, ',', &family) || given.len == 0) {
        return name;
    }
    return kh_arena_printf(out, KH_FMT " " KH_FMT, KH_ARG(kh_str_trim(given)),
                           KH_ARG(kh_str_trim(family)));
}

/* The name without an Arabic article in front of a word long enough to do without it. */
static kh_str bare(kh_arena *out, kh_str name)
{
    bool maybe = false;
    for (size_t i = 0; i + 1 < name.len && !maybe; i++) {
        maybe =
            name.ptr[i] == '\xD9' && name.ptr[i + 1] == '\x84'; /* a lam: an article is possible */
    }
    if (!maybe) {
        return name;
    }
    kh_str word, rest = kh_fold_key(out, name);
    kh_buf b = {.arena = out};
    while (kh_str_cut(&rest, ' ', &word)) {
        bool article = kh_str_starts(word, KH_STR("ال")) && word.len >= 10;
        kh_buf_add(&b, article ? kh_str_from(word, 4) : word);
        kh_buf_char(&b, ' ');
    }
    return kh_str_trim(kh_buf_str(&b));
}

kh_str kh_sound_bare_of(kh_arena *out, kh_str name)
{
    return kh_sound_of(out, bare(out, name));
}

float kh_name_likeness(kh_arena scratch, kh_str a, kh_str b)
{
    a = in_order(&scratch, a);
    b = in_order(&scratch, b);
    kh_str sound_a = kh_sound_of(&scratch, a);
    kh_str sound_b = kh_sound_of(&scratch, b);
    float written = kh_sound_likeness(scratch, sound_a, sound_b);
    kh_str bare_a = kh_sound_bare_of(&scratch, a);
    kh_str bare_b = kh_sound_bare_of(&scratch, b);
    if (kh_str_eq(bare_a, sound_a) && kh_str_eq(bare_b, sound_b)) {
        return written;
    }
    float stripped = kh_sound_likeness(scratch, bare_a, bare_b);
    return written > stripped ? written : stripped;
}
