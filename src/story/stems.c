/* stems.c - what do the inflected forms of one word share?
 *
 * Decides when two words count as the same in grouping. Examples: "المفاوضات" and "مفاوضات" have the stem
 * مفاوض, Persian "کتاب\u200cهای" and "کتاب" the stem کتاب, "шахтёров" and "шахтёры" the stem шахте, "miners" and
 * "miner" the stem min.
 *
 * Method: light stems, since grouping needs the same key for the forms of one word and not a linguist's root.
 * Arabic after Larkey, Ballesteros and Connell (2002, "light10"), with the plural endings of Persian added,
 * because both languages share words and should share stems; Russian, Turkish, German and others by cutting
 * to the first letters, which for Turkish loses nothing to a real analysis (Can et al. 2008); English by its
 * common endings. Of what is left of an Arabic word only the consonants count, if there are four: a verb and the noun made
 * from it differ in their long vowels, and so do a noun and its broken plural ("يرتفع" and "ارتفاع", "صندوق" and "صناديق"),
 * and a doubled letter is written once in some forms and twice in others ("يستقر", "استقرار"). Words of three consonants stay
 * as they are: too many roots lie side by side (عالم world, علم flag).
 *
 * Gets wrong: broken plurals of three consonants (كتاب, كتب), German compounds (their concepts: words.c), short words with one
 * stem by chance (English "universe" and "university").
 */
#include "story/internal.h"

#include <string.h>

enum { CONSONANTS_MIN = 4 };

/* Bytes of N letters of a script whose letters take two. */
#define LETTERS(n) ((size_t)(n) * 2)

/* A form with its length, which a constant may be: one of a list whose last has none. */
#define FORM(lit) {"" lit, sizeof(lit) - 1}

static kh_str without_prefix(kh_str key, const kh_str *prefixes, size_t rest_min)
{
    for (size_t i = 0; prefixes[i].len; i++) {
        kh_str prefix = prefixes[i];
        if (kh_str_starts(key, prefix) && key.len - prefix.len >= rest_min) {
            return kh_str_from(key, prefix.len);
        }
    }
    return key;
}

static kh_str without_suffix(kh_str key, const kh_str *suffixes, size_t rest_min)
{
    for (size_t i = 0; suffixes[i].len; i++) {
        kh_str suffix = suffixes[i];
        if (kh_str_ends(key, suffix) && key.len - suffix.len >= rest_min) {
            return kh_str_head(key, key.len - suffix.len);
        }
    }
    return key;
}

/* Folded letters: ة is ه, ى and ی are ي, ك is ک. Arabic alone: و ف ب ل ک س written onto a word of four letters
 * and more, and the ي and ت of the present tense, which يعلن and أعلن lose alike. */
static kh_str arabic_stem(kh_str key)
{
    static const kh_str articles[] = {FORM("وبال"), FORM("وال"), FORM("بال"), FORM("کال"), FORM("فال"), FORM("ولل"),
                                      FORM("لل"), FORM("ال"), FORM("و"), {0}};
    static const kh_str clitics[] = {FORM("ب"), FORM("ل"), FORM("ک"), FORM("ف"), FORM("س"), {0}};
    static const kh_str persons[] = {FORM("ي"), FORM("ت"), {0}};
    static const kh_str suffixes[] = {FORM("تهم"), FORM("تها"), FORM("ها"), FORM("هم"), FORM("وا"), FORM("ات"),
                                      FORM("ون"), FORM("ين"), FORM("ان"), FORM("يه"), FORM("ته"), FORM("ه"), FORM("ي"),
                                      {0}};
    key = without_prefix(key, articles, LETTERS(3));
    key = without_prefix(key, clitics, LETTERS(4));
    key = without_prefix(key, persons, LETTERS(3));
    return without_suffix(key, suffixes, LETTERS(3));
}

static size_t letters_of(kh_str key)
{
    size_t count = 0;
    for (size_t at = 0, n = 0; at < key.len; at += n) {
        kh_utf8_at(key, at, &n);
        count++;
    }
    return count;
}

/* ا و ي, of which folding leaves no other forms. */
static bool is_long_vowel(uint32_t cp)
{
    return cp == 0x627 || cp == 0x648 || cp == 0x64A;
}

/* The letters of STEM in ROOM without long vowels, doubled ones once; STEM itself where fewer than CONSONANTS_MIN are left. */
static kh_str consonants_of(kh_str stem, char room[KH_STEM_MAX])
{
    size_t len = 0;
    uint32_t before = 0;
    for (size_t at = 0, n = 0; at < stem.len; at += n) {
        uint32_t cp = kh_utf8_at(stem, at, &n);
        if (is_long_vowel(cp) || cp == before) {
            continue;
        }
        if (len + n > KH_STEM_MAX) {
            return stem;
        }
        memcpy(room + len, stem.ptr + at, n);
        len += n;
        before = cp;
    }
    kh_str consonants = {room, len};
    return letters_of(consonants) >= CONSONANTS_MIN ? consonants : stem;
}

/* Persian, and what Urdu, Kurdish, Uyghur and Pashto have from Arabic. */
static kh_str persian_stem(kh_str key)
{
    static const kh_str articles[] = {FORM("ال"), {0}};
    static const kh_str suffixes[] = {FORM("هايي"), FORM("هاي"), FORM("ها"), FORM("ات"), FORM("ون"), FORM("ين"),
                                      FORM("ان"), FORM("يه"), FORM("ه"), FORM("ي"), {0}};
    key = without_prefix(key, articles, LETTERS(3));
    return without_suffix(key, suffixes, LETTERS(3));
}

static kh_str english_stem(kh_str key)
{
    static const kh_str suffixes[] = {FORM("ings"), FORM("ing"), FORM("ies"), FORM("ied"), FORM("ed"), FORM("es"),
                                      FORM("ers"), FORM("er"), FORM("s"), FORM("y"), FORM("e"), {0}};
    return without_suffix(key, suffixes, 3);
}

static kh_str latin_stem(kh_str key)
{
    static const kh_str suffixes[] = {FORM("en"), FORM("er"), FORM("es"), FORM("as"), FORM("os"), FORM("e"), FORM("a"),
                                      FORM("o"), FORM("n"), FORM("s"), {0}};
    return without_suffix(key, suffixes, 4);
}

static kh_str cyrillic_stem(kh_str key)
{
    static const kh_str suffixes[] = {FORM("ов"), FORM("ев"), FORM("ам"), FORM("ом"), FORM("ах"), FORM("ой"),
                                      FORM("ый"), FORM("а"), FORM("е"), FORM("и"), FORM("о"), FORM("у"), FORM("ы"),
                                      FORM("э"), FORM("ю"), FORM("я"), FORM("ь"), FORM("й"), {0}};
    return without_suffix(key, suffixes, 6);
}

/* The first LETTERS letters. */
static kh_str cut_to(kh_str key, size_t letters)
{
    size_t at = 0;
    for (size_t i = 0, n = 0; i < letters && at < key.len; i++, at += n) {
        kh_utf8_at(key, at, &n);
    }
    return kh_str_head(key, at);
}

kh_str kh_stem(kh_str key, kh_script script, kh_str tag, char room[KH_STEM_MAX])
{
    switch (script) {
    case KH_SCRIPT_ARABIC:
        return kh_str_eq(tag, KH_STR("ar")) ? consonants_of(arabic_stem(key), room) : persian_stem(key);
    case KH_SCRIPT_CYRILLIC:
        return cut_to(cyrillic_stem(key), 5);
    case KH_SCRIPT_LATIN:
        if (kh_str_eq(tag, KH_STR("tr"))) {
            return cut_to(key, 5);
        }
        return cut_to(kh_str_eq(tag, KH_STR("en")) ? english_stem(key) : latin_stem(key), 6);
    default:
        return key;
    }
}

/* The clitics و ف ب ل ک are letters of too many names to be cut. */
kh_str kh_stem_name(kh_str key, kh_script script)
{
    bool article = script == KH_SCRIPT_ARABIC && kh_str_starts(key, KH_STR("\u0627\u0644")) && key.len >= 10;
    return article ? kh_str_from(key, 4) : key;
}
