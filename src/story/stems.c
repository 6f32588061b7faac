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
#define LETTERS(n) ((size_t)(n)*2)

/* PREFIXES and suffixes are constants whose lengths are known; the last of a list has none. */
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
    static const kh_str articles[] = {KH_STR_INIT("وبال"), KH_STR_INIT("وال"), KH_STR_INIT("بال"), KH_STR_INIT("کال"), KH_STR_INIT("فال"),
                                      KH_STR_INIT("ولل"),  KH_STR_INIT("لل"),  KH_STR_INIT("ال"),  KH_STR_INIT("و"),   {0}};
    static const kh_str clitics[] = {KH_STR_INIT("ب"), KH_STR_INIT("ل"), KH_STR_INIT("ک"), KH_STR_INIT("ف"), KH_STR_INIT("س"), {0}};
    static const kh_str persons[] = {KH_STR_INIT("ي"), KH_STR_INIT("ت"), {0}};
    static const kh_str suffixes[] = {KH_STR_INIT("تهم"), KH_STR_INIT("تها"),
                                      KH_STR_INIT("ها"),  KH_STR_INIT("هم"),
                                      KH_STR_INIT("وا"),  KH_STR_INIT("ات"),
                                      KH_STR_INIT("ون"),  KH_STR_INIT("ين"),
                                      KH_STR_INIT("ان"),  KH_STR_INIT("يه"),
                                      KH_STR_INIT("ته"),  KH_STR_INIT("ه"),
                                      KH_STR_INIT("ي"),   {0}};
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
    static const kh_str articles[] = {KH_STR_INIT("ال"), {0}};
    static const kh_str suffixes[] = {KH_STR_INIT("هايي"),
                                      KH_STR_INIT("هاي"),
                                      KH_STR_INIT("ها"),
                                      KH_STR_INIT("ات"),
                                      KH_STR_INIT("ون"),
                                      KH_STR_INIT("ين"),
                                      KH_STR_INIT("ان"),
                                      KH_STR_INIT("يه"),
                                      KH_STR_INIT("ه"),
                                      KH_STR_INIT("ي"),
                                      {0}};
    key = without_prefix(key, articles, LETTERS(3));
    return without_suffix(key, suffixes, LETTERS(3));
}

static kh_str english_stem(kh_str key)
{
    static const kh_str suffixes[] = {KH_STR_INIT("ings"), KH_STR_INIT("ing"), KH_STR_INIT("ies"), KH_STR_INIT("ied"),
                                      KH_STR_INIT("ed"),   KH_STR_INIT("es"),  KH_STR_INIT("ers"), KH_STR_INIT("er"),
                                      KH_STR_INIT("s"),    KH_STR_INIT("y"),   KH_STR_INIT("e"),   {0}};
    return without_suffix(key, suffixes, 3);
}

static kh_str latin_stem(kh_str key)
{
    static const kh_str suffixes[] = {KH_STR_INIT("en"),
                                      KH_STR_INIT("er"),
                                      KH_STR_INIT("es"),
                                      KH_STR_INIT("as"),
                                      KH_STR_INIT("os"),
                                      KH_STR_INIT("e"),
                                      KH_STR_INIT("a"),
                                      KH_STR_INIT("o"),
                                      KH_STR_INIT("n"),
                                      KH_STR_INIT("s"),
                                      {0}};
    return without_suffix(key, suffixes, 4);
}

static kh_str cyrillic_stem(kh_str key)
{
    static const kh_str suffixes[] = {KH_STR_INIT("ов"),
                                      KH_STR_INIT("ев"),
                                      KH_STR_INIT("ам"),
                                      KH_STR_INIT("ом"),
                                      KH_STR_INIT("ах"),
                                      KH_STR_INIT("ой"),
                                      KH_STR_INIT("ый"),
                                      KH_STR_INIT("а"),
                                      KH_STR_INIT("е"),
                                      KH_STR_INIT("и"),
                                      KH_STR_INIT("о"),
                                      KH_STR_INIT("у"),
                                      KH_STR_INIT("ы"),
                                      KH_STR_INIT("э"),
                                      KH_STR_INIT("ю"),
                                      KH_STR_INIT("я"),
                                      KH_STR_INIT("ь"),
                                      KH_STR_INIT("й"),
                                      {0}};
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
    case KH_SCRIPT_ARABIC: return kh_str_eq(tag, KH_STR("ar")) ? consonants_of(arabic_stem(key), room) : persian_stem(key);
    case KH_SCRIPT_CYRILLIC: return cut_to(cyrillic_stem(key), 5);
    case KH_SCRIPT_LATIN:
        if (kh_str_eq(tag, KH_STR("tr"))) {
            return cut_to(key, 5);
        }
        return cut_to(kh_str_eq(tag, KH_STR("en")) ? english_stem(key) : latin_stem(key), 6);
    default: return key;
    }
}

/* The clitics و ف ب ل ک are letters of too many names to be cut. */
kh_str kh_stem_name(kh_str key, kh_script script)
{
    bool article = script == KH_SCRIPT_ARABIC && kh_str_starts(key, KH_STR("\u0627\u0644")) && key.len >= 10;
    return article ? kh_str_from(key, 4) : key;
}
