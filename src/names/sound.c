/* sound.c - how a name sounds, in any script: one ASCII letter per class of sounds.
 *
 * Decides: Arabic "أبليازوف" gives AblYAzWf, "ألبيازوف" AlbYAzWf, Persian "آبلیازوف" AblYAzWf, English
 * "Ablyazov" ablyazov, Russian "Аблязов" ablyazov. Two letters that write one sound are one class (tch,
 * дж, تش, Hebrew ג'), a doubled consonant of the Latin or Cyrillic alphabet sounds once. likeness.c
 * compares the class strings.
 *
 * Gets wrong: spellings that are read by the rules of one language (Polish w, French final consonants):
 * the learned costs forgive the common ones. Chinese has no classes.
 */
#include "names/internal.h"

#include <string.h>

/* ---- classes ---- */

/* U+0620..U+06FF, the letters of the Arabic script. */
static const char arabic_class[0xE0] = {
    [0x21 - 0x20] = '_', [0x22 - 0x20] = 'A', [0x23 - 0x20] = 'A', [0x24 - 0x20] = 'W', [0x25 - 0x20] = 'A', [0x26 - 0x20] = '_',
    [0x27 - 0x20] = 'A', [0x28 - 0x20] = 'b', [0x29 - 0x20] = 'a', [0x2A - 0x20] = 't', [0x2B - 0x20] = 'T', [0x2C - 0x20] = 'j',
    [0x2D - 0x20] = 'h', [0x2E - 0x20] = 'K', [0x2F - 0x20] = 'd', [0x30 - 0x20] = 'D', [0x31 - 0x20] = 'r', [0x32 - 0x20] = 'z',
    [0x33 - 0x20] = 's', [0x34 - 0x20] = 'S', [0x35 - 0x20] = 's', [0x36 - 0x20] = 'd', [0x37 - 0x20] = 't', [0x38 - 0x20] = 'z',
    [0x39 - 0x20] = 'E', [0x3A - 0x20] = 'G', [0x41 - 0x20] = 'f', [0x42 - 0x20] = 'q', [0x43 - 0x20] = 'k', [0x44 - 0x20] = 'l',
    [0x45 - 0x20] = 'm', [0x46 - 0x20] = 'n', [0x47 - 0x20] = 'h', [0x48 - 0x20] = 'W', [0x49 - 0x20] = 'A', [0x4A - 0x20] = 'Y',
    [0x71 - 0x20] = 'A', [0x79 - 0x20] = 't', [0x7C - 0x20] = 't', [0x7E - 0x20] = 'p', [0x81 - 0x20] = 'z', [0x85 - 0x20] = 'x',
    [0x86 - 0x20] = 'C', [0x88 - 0x20] = 'd', [0x89 - 0x20] = 'd', [0x91 - 0x20] = 'r', [0x93 - 0x20] = 'r', [0x95 - 0x20] = 'r',
    [0x96 - 0x20] = 'J', [0x98 - 0x20] = 'J', [0x9A - 0x20] = 'S', [0xA4 - 0x20] = 'v', [0xA9 - 0x20] = 'k', [0xAA - 0x20] = 'k',
    [0xAB - 0x20] = 'g', [0xAD - 0x20] = 'n', [0xAF - 0x20] = 'g', [0xB5 - 0x20] = 'l', [0xBA - 0x20] = 'n', [0xBC - 0x20] = 'n',
    [0xBE - 0x20] = 'h', [0xC0 - 0x20] = 'e', [0xC1 - 0x20] = 'h', [0xC3 - 0x20] = 'a', [0xC6 - 0x20] = 'o', [0xC7 - 0x20] = 'u',
    [0xC8 - 0x20] = 'u', [0xCB - 0x20] = 'v', [0xCC - 0x20] = 'Y', [0xCD - 0x20] = 'Y', [0xCE - 0x20] = 'Y', [0xD0 - 0x20] = 'e',
    [0xD2 - 0x20] = 'Y', [0xD5 - 0x20] = 'a',
};

/* U+0430..U+044F, Russian lower case. */
static const char *const cyrillic_class[0x20] = {
    "a", "b", "v", "g", "d", "e", "J", "z", "i", "y", "k", "l", "m", "n", "o",  "p",
    "r", "s", "t", "u", "f", "K", "x", "C", "S", "S", "",  "i", "",  "e", "yu", "ya",
};

/* U+05D0..U+05EA, Hebrew with final forms. Letters of two values have classes of their own: B is b and v,
 * V is v, o and u, H is h and kh, I is i and y, X is k and kh, P is p and f, Z is sh and s; O and U are mute
 * or any vowel. */
static const char hebrew_class[0x1B] = {
    'O', 'B', 'g', 'd', 'h', 'V', 'z', 'H', 't', 'I', 'X', 'X', 'l', 'm', 'm', 'n', 'n', 's', 'U', 'P', 'P', 'x', 'x', 'k', 'r', 'Z', 't',
};

static const struct {
    const char *letters;
    const char *classes;
} latin_groups[] = {
    {"tsch", "C"}, {"cz", "C"}, {"dj", "j"}, {"dz", "z"}, {"sch", "S"}, {"tch", "C"}, {"ch", "C"}, {"sh", "S"},  {"kh", "K"}, {"zh", "J"},
    {"ph", "f"},   {"gh", "G"}, {"th", "T"}, {"dh", "D"}, {"tz", "x"},  {"ts", "x"},  {"ck", "k"}, {"qu", "kw"}, {"x", "ks"},
};

typedef struct sounds {
    char *ptr;
    size_t len;
    bool latin; /* the word so far is Latin or Cyrillic: doubled letters sound once */
    bool hebrew;
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
    case 0x10D: return 'C';
    case 0x15A:
    case 0x15B:
    case 0x15E:
    case 0x15F:
    case 0x160:
    case 0x161: return 'S';
    case 0x17D:
    case 0x17E: return 'J';
    default: return 0;
    }
}

/* Two letters that write one sound in scripts that lack a letter for it: تش, تس, дж, дз. The second is C. */
static bool joins_before(sounds *s, char c)
{
    static const char pairs[][3] = {{'t', 'S', 'C'}, {'t', 's', 'x'}, {'d', 'j', 'j'}, {'d', 'J', 'j'}, {'d', 'z', 'z'}};
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
    case 0x454: return 'e';
    case 0x456:
    case 0x457: return 'i';
    case 0x458: return 'y';
    case 0x45E:
    case 0x4AF:
    case 0x4B1: return 'u';
    case 0x491: return 'g';
    case 0x493: return 'G';
    case 0x49B: return 'q';
    case 0x4A3: return 'n';
    case 0x4BB: return 'h';
    case 0x4B3: return 'h';
    case 0x4B7: return 'j';
    case 0x4D9: return 'a';
    case 0x4E9: return 'o';
    default: return 0;
    }
}

/* Latin letters that have no basic letter under their mark. */
static char more_latin(uint32_t cp)
{
    static const struct {
        uint32_t cp;
        char class;
    } letters[] = {{0xDF, 's'},  {0xE6, 'e'},  {0xF0, 'D'},  {0xF8, 'o'},  {0xFE, 'T'}, {0x111, 'j'},
                   {0x127, 'h'}, {0x131, 'i'}, {0x142, 'l'}, {0x153, 'e'}, {0x259, 'e'}};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].cp == cp) {
            return letters[i].class;
        }
    }
    return 0;
}

static void add_letter(sounds *s, uint32_t cp)
{
    if (cp >= 0x620 && cp <= 0x6FF) {
        char c = arabic_class[cp - 0x620];
        if (!joins_before(s, c)) {
            add_class(s, c);
        }
    } else if (cp >= 0x430 && cp <= 0x44F) {
        s->latin = true;
        for (const char *c = cyrillic_class[cp - 0x430]; *c; c++) {
            if (!joins_before(s, *c)) {
                add_class(s, *c);
            }
        }
    } else if (cp >= 0x5D0 && cp <= 0x5EA) {
        add_class(s, hebrew_class[cp - 0x5D0]);
    } else {
        add_class(s, cp < 0x400 ? more_latin(cp) : more_cyrillic(cp));
    }
}

/* A geresh behind a Hebrew letter makes another sound of it: ג' is j, צ' is ch. */
static void add_geresh(sounds *s)
{
    static const char before[] = "gzxtdHZ", after[] = "jJCTDKS";
    const char *at = s->len ? strchr(before, s->ptr[s->len - 1]) : NULL;
    if (at) {
        s->ptr[s->len - 1] = after[at - before];
    }
}

static bool is_geresh(uint32_t cp)
{
    return cp == '\'' || cp == 0x5F3 || cp == 0x2019 || cp == 0xB4;
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
            s.hebrew = false;
            n = marked ? 1 : add_latin(&s, f.key, i);
            add_class(&s, marked);
            continue;
        }
        s.latin = false;
        bool hebrew = s.hebrew;
        s.hebrew = cp >= 0x5D0 && cp <= 0x5EA;
        if (hebrew && is_geresh(cp)) {
            add_geresh(&s);
        } else if (cp == ' ' || cp == '-' || cp == '\n') {
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

/* The name without an Arabic article in front of a word long enough to do without it. */
static kh_str bare(kh_arena *out, kh_str name)
{
    bool maybe = false;
    for (size_t i = 0; i + 1 < name.len && !maybe; i++) {
        maybe = name.ptr[i] == '\xD9' && name.ptr[i + 1] == '\x84'; /* a lam: an article is possible */
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
