/* skeletons.c - what do the spellings of one name in several scripts share?
 *
 * Decides by consonants. Example: Arabic "بوتين", Persian "پوتین", "Путин" and "Putin" are all BTN; "ترامب",
 * "ترامپ", "Трамп" and "Trump" are TRMB. Unlike the sounds of names/, which are compared by distance, a
 * skeleton is a key: equal or not, so that it can be looked up among a hundred thousand articles.
 *
 * Method: classes of consonants that the scripts render by each other (b p, t th, k q c, g j gh zh, s z ts dh,
 * h kh, sh, f); vowels and half-vowels dropped, since Arabic script leaves the short ones out; a letter
 * written twice once; a final h dropped (it is mostly ة or a silent ه). v has two readings: f, as Arabic
 * writes it, and nothing, as the و of Persian. After Pouliquen and others, "Multilingual and cross-lingual
 * news topic tracking" (2004), who link news by cognates, and the soundex family.
 *
 * Gets wrong: names of one or two consonants have no skeleton (Xi, Iwa); many short common words share one
 * (كتب, كتاب): the document frequency of the skeleton has to tell that they say little.
 */
#include "story/internal.h"

#include <string.h>

enum { CONSONANTS_MIN = 3, SILENT = 0, V = 'V', TSH = 'C', KS = 'Q' };

static char arabic_class(uint32_t cp)
{
    switch (cp) {
    case 0x628:
    case 0x67E: return 'B';
    case 0x62A:
    case 0x62B:
    case 0x637:
    case 0x679:
    case 0x67C: return 'T';
    case 0x62F:
    case 0x636:
    case 0x688:
    case 0x689: return 'D';
    case 0x642:
    case 0x643:
    case 0x6A9:
    case 0x6AA: return 'K';
    case 0x62C:
    case 0x63A:
    case 0x6AF:
    case 0x698:
    case 0x6AD:
    case 0x6AB:
    case 0x696: return 'G';
    case 0x633:
    case 0x635:
    case 0x632:
    case 0x638:
    case 0x630: return 'S';
    case 0x634:
    case 0x69A: return 'X';
    case 0x686: return TSH;
    case 0x641:
    case 0x6A4: return 'F';
    case 0x645: return 'M';
    case 0x646:
    case 0x6BA:
    case 0x6BC: return 'N';
    case 0x644:
    case 0x6B5: return 'L';
    case 0x631:
    case 0x691:
    case 0x693:
    case 0x695: return 'R';
    case 0x62D:
    case 0x62E:
    case 0x647:
    case 0x681:
    case 0x685: return 'H';
    default: return SILENT;
    }
}

static char cyrillic_class(uint32_t cp)
{
    switch (cp) {
    case 0x431:
    case 0x43F: return 'B';
    case 0x442: return 'T';
    case 0x434: return 'D';
    case 0x43A:
    case 0x49B: return 'K';
    case 0x433:
    case 0x436:
    case 0x493:
    case 0x491:
    case 0x4B7: return 'G';
    case 0x441:
    case 0x437:
    case 0x446: return 'S';
    case 0x448:
    case 0x449: return 'X';
    case 0x447: return TSH;
    case 0x444: return 'F';
    case 0x432: return V;
    case 0x43C: return 'M';
    case 0x43D:
    case 0x4A3: return 'N';
    case 0x43B: return 'L';
    case 0x440: return 'R';
    case 0x445:
    case 0x4BB:
    case 0x4B3: return 'H';
    default: return SILENT;
    }
}

static char hebrew_class(uint32_t cp)
{
    static const char classes[] = "\0BGD\0\0SHT\0KKLMMNNS\0BBSSKRXT";
    return cp >= 0x5D0 && cp <= 0x5EA ? cp == 0x5D4 ? 'H' : classes[cp - 0x5D0] : SILENT;
}

/* The class of the Latin letters at AT of KEY, whose number goes to *n. */
static char latin_class(kh_str key, size_t at, size_t *n)
{
    static const struct {
        const char letters[5];
        uint8_t len;
        char class;
    } groups[] = {
        {"tsch", 4, TSH}, {"tch", 3, TSH}, {"sch", 3, 'X'}, {"sh", 2, 'X'}, {"ch", 2, TSH}, {"kh", 2, 'H'}, {"gh", 2, 'G'},
        {"zh", 2, 'G'},   {"ph", 2, 'F'},  {"th", 2, 'T'},  {"ck", 2, 'K'}, {"ts", 2, 'S'}, {"tz", 2, 'S'}, {"dj", 2, 'G'},
    };
    static const char single[] = "\0BKD\0FGH\0GKLMN\0BKRST\0V\0Q\0S"; /* a to z */
    kh_str rest = kh_str_from(key, at);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        kh_str letters = {groups[i].letters, groups[i].len};
        if (kh_str_starts(rest, letters)) {
            *n = letters.len;
            return groups[i].class;
        }
    }
    char c = rest.ptr[0];
    if (c == 'c' && rest.len > 1 && memchr("eiy", rest.ptr[1], 3)) {
        return 'S';
    }
    return c >= 'a' && c <= 'z' ? single[c - 'a'] : SILENT;
}

static char class_at(kh_str key, size_t at, kh_script script, size_t *n)
{
    uint32_t cp = kh_utf8_at(key, at, n);
    switch (script) {
    case KH_SCRIPT_LATIN: return latin_class(key, at, n);
    case KH_SCRIPT_ARABIC: return arabic_class(cp);
    case KH_SCRIPT_CYRILLIC: return cyrillic_class(cp);
    case KH_SCRIPT_HEBREW: return hebrew_class(cp);
    default: return SILENT;
    }
}

static void add(kh_skeletons *s, size_t reading, char c)
{
    kh_str *k = &s->items[reading];
    bool twice = k->len && s->room[reading][k->len - 1] == c;
    if (k->len < KH_SKELETON_MAX && !twice) {
        s->room[reading][k->len++] = c;
    }
}

static void add_class(kh_skeletons *s, size_t reading, char class)
{
    if (class == TSH) { /* Arabic writes tsh */
        add(s, reading, 'T');
        add(s, reading, 'X');
    } else if (class == KS) {
        add(s, reading, 'K');
        add(s, reading, 'S');
    } else if (class == V) {
        if (reading == 0) {
            add(s, reading, 'F');
        }
    } else if (class) {
        add(s, reading, class);
    }
}

/* Whether there is a second reading. */
static bool read_letters(kh_str key, kh_script script, kh_skeletons *s)
{
    bool has_v = false;
    *s = (kh_skeletons){.items = {{s->room[0], 0}, {s->room[1], 0}}};
    for (size_t at = 0, n = 0; at < key.len; at += n) {
        char class = class_at(key, at, script, &n);
        bool last_h = class == 'H' && at + n == key.len && n <= 2 && (script == KH_SCRIPT_ARABIC || script == KH_SCRIPT_LATIN);
        has_v = has_v || class == V;
        for (size_t reading = 0; reading < KH_SKELETONS && !last_h; reading++) {
            add_class(s, reading, class);
        }
    }
    return has_v;
}

void kh_skeleton_bare(kh_str key, kh_script script, kh_skeletons *s)
{
    read_letters(key, script, s);
    s->count = s->items[0].len > 0;
}

void kh_skeletons_of(kh_str key, kh_script script, kh_skeletons *s)
{
    bool has_v = read_letters(key, script, s);
    for (size_t reading = 0; reading < (has_v ? KH_SKELETONS : 1); reading++) {
        if (s->items[reading].len >= CONSONANTS_MIN) {
            s->items[s->count++] = s->items[reading];
        }
    }
}

kh_u64s kh_story_sounds(kh_arena *out, const kh_text *text)
{
    kh_u64s hashes = {0};
    KH_EACH(const kh_token, t, text->tokens) {
        kh_skeletons s = {0};
        if (t->kind == KH_WORD) {
            kh_skeletons_of(t->key, t->script, &s);
        }
        if (s.count) {
            *KH_ADD(out, &hashes) = kh_story_feature_key(KH_FEATURE_SOUND, s.items[0]);
        }
    }
    return hashes;
}
