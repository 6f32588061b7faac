/* plausible.c - does a text that was decoded from some 8-bit charset look like writing?
 *
 * Decides nothing; charset.c compares the figures. The same bytes read in two ways:
 *
 *     CD DF E6 E3 C9    windows-1256 حكومة: frequent letters of one script           about  1
 *                       windows-1252 Íßæãé: five accents in a row inside one "word"  about -2
 *                       windows-1251 НЯжгЙ: capitals behind small letters            about -1
 *
 * Method: the mean over all characters outside ASCII. A letter of Cyrillic, Arabic, Hebrew or Greek counts by its
 * rank in the order of frequency of its script; a Latin letter with a mark by whether one alphabet of Europe has
 * all such letters of the text, and whether plain letters stand beside it; signs inside words, letters of two
 * scripts in one word, capitals behind small letters and control characters count against. The orders are those of
 * letter counts as textbooks give them, over the languages of a script together.
 *
 * Gets wrong: a list of names in capitals, a text of fewer than some ten letters outside ASCII; charsets that
 * differ in quotation marks only are alike to it.
 */
#include "input/parts.h"

enum { RANKED_MAX = 64, ALPHABETS = 18, ALPHABET_LETTERS_MAX = 40 };

static const char cyrillic_order[] = "оаеинтсрвлкмдпуяыьзбгчійхжшюцщэфёїєъғқәұңүөһўҳґ";
static const char arabic_order[] = "اليمنورتیهبدسعکكفقةحشجزخصأطىإگضپئءغثذچآظژؤہےھںٹڈڑ";
static const char hebrew_order[] = "יוהלאתרמבנשדכםעקחפןסגטצזךץף";
static const char greek_order[] = "αοιετνσςρκπμλυδωγηχθφβξζψάίόέήύώϊ";

/* Letters with marks, by language. */
static const char *const alphabets[ALPHABETS] = {
    "äöüß",                 /* German */
    "éèêëàâùûüïîôçœæÿ",     /* French */
    "áéíóúñüïçºª",          /* Spanish */
    "ãõáéíóúâêôçàü",        /* Portuguese */
    "àèéìòùî",              /* Italian */
    "àèéíïòóúüç",           /* Catalan */
    "çğıöşüâîû",            /* Turkish */
    "əçğıöşü",              /* Azeri */
    "åäöæøéü",              /* Scandinavian, Finnish */
    "áéíóúýþæðö",           /* Icelandic */
    "ąćęłńóśźż",            /* Polish */
    "áäčďéěíĺľňóôŕřšťúůýž", /* Czech, Slovak */
    "áéíóöőúüű",            /* Hungarian */
    "ăâîșțşţ",              /* Romanian */
    "čćđšž",                /* Croatian, Slovene */
    "āčēģīķļņšūž",          /* Latvian */
    "ąčęėįšųūž",            /* Lithuanian */
    "êîûşçéèëáíóúàï",       /* Kurdish, Dutch */
};

static uint32_t small_letter(uint32_t cp)
{
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F)) {
        return cp + 32;
    }
    if (cp >= 0x400 && cp <= 0x40F) {
        return cp + 80;
    }
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E)) {
        return cp + (cp & 1);
    }
    if (cp == 0x130) {
        return 'i';
    }
    bool paired = (cp >= 0x100 && cp <= 0x177) || (cp >= 0x218 && cp <= 0x21B) || (cp >= 0x490 && cp <= 0x4FF);
    return cp == 0x178 ? 0xFF : paired ? cp | 1 : cp;
}

static bool has_letter(const char *letters, uint32_t cp, size_t *rank)
{
    kh_str s = kh_str_z(letters);
    *rank = 0;
    for (size_t i = 0, n = 0; i < s.len; i += n, ++*rank) {
        if (kh_utf8_at(s, i, &n) == cp) {
            return true;
        }
    }
    return false;
}

static double rank_value(const char *order, uint32_t cp)
{
    size_t rank = 0;
    if (!has_letter(order, cp, &rank)) {
        return -1.5;
    }
    return rank < 10 ? 1 : rank < 20 ? 0.6 : rank < 30 ? 0 : -0.6;
}

/* The alphabet that has most of the marked Latin letters of TEXT; small letters and capitals alike. */
static const char *best_alphabet(kh_str text)
{
    size_t hits[ALPHABETS] = {0};
    size_t best = 0;
    for (size_t i = 0, n = 0; i < text.len; i += n) {
        uint32_t cp = kh_utf8_at(text, i, &n);
        if (cp < 0x80 || kh_script_of(cp) != KH_SCRIPT_LATIN) {
            continue;
        }
        for (size_t k = 0; k < ALPHABETS; k++) {
            size_t rank = 0;
            hits[k] += has_letter(alphabets[k], small_letter(cp), &rank);
        }
    }
    for (size_t k = 1; k < ALPHABETS; k++) {
        best = hits[k] > hits[best] ? k : best;
    }
    return alphabets[best];
}

static bool is_capital(uint32_t cp)
{
    return (cp >= 'A' && cp <= 'Z') || (cp >= 0x80 && small_letter(cp) != cp);
}

static bool is_arabic_mark(uint32_t cp)
{
    return (cp >= 0x64B && cp <= 0x652) || cp == 0x640 || cp == 0x200C || cp == 0x200D || cp == 0x200E || cp == 0x200F;
}

static bool is_text_sign(uint32_t cp)
{
    return cp == 0xA0 || cp == 0xAB || cp == 0xBB || cp == 0xB0 || cp == 0xA7 || cp == 0xB7 || cp == 0x2116 || cp == 0x20AC ||
           (cp >= 0x2010 && cp <= 0x2026) || (cp >= 0x2039 && cp <= 0x203A) || cp == 0x60C || cp == 0x61B || cp == 0x61F ||
           (cp >= 0x660 && cp <= 0x66C) || cp == 0xA1 || cp == 0xBF || cp == 0xA9 || cp == 0xAE || cp == 0x2122;
}

/* A sign between BEFORE and AFTER; 0x2019 is also an apostrophe. */
static double sign_value(uint32_t before, uint32_t cp, uint32_t after)
{
    bool inside = kh_is_letter(before) && kh_is_letter(after);
    if (is_text_sign(cp)) {
        bool joins = cp == 0x2019 || cp == 0xB7 || cp == 0xA0 || (cp >= 0x2010 && cp <= 0x2014);
        return inside && !joins ? -1.5 : 0.2;
    }
    return cp == KH_REPLACEMENT || cp < 0xA0 || (cp >= 0x2500 && cp <= 0x259F) || (cp >= 0xE000 && cp <= 0xF8FF) ? -3 : inside ? -2 : -1;
}

static double latin_value(uint32_t before, uint32_t cp, uint32_t after, const char *alphabet)
{
    size_t rank = 0;
    double value = has_letter(alphabet, small_letter(cp), &rank) ? 0.8 : -1;
    bool plain = (before < 0x80 && kh_is_letter(before)) || (after < 0x80 && kh_is_letter(after));
    return plain || !kh_is_letter(before) ? value : value - 1.5;
}

static double value_of(uint32_t before, uint32_t cp, uint32_t after, const char *alphabet)
{
    kh_script script = kh_script_of(cp);
    if (is_arabic_mark(cp)) {
        return kh_script_of(before) == KH_SCRIPT_ARABIC || kh_script_of(after) == KH_SCRIPT_ARABIC ? 0.1 : -1;
    }
    if (script == KH_SCRIPT_NONE) {
        return sign_value(before, cp, after);
    }
    double value = script == KH_SCRIPT_LATIN      ? latin_value(before, cp, after, alphabet)
                   : script == KH_SCRIPT_CYRILLIC ? rank_value(cyrillic_order, small_letter(cp))
                   : script == KH_SCRIPT_ARABIC   ? rank_value(arabic_order, cp)
                   : script == KH_SCRIPT_HEBREW   ? rank_value(hebrew_order, cp)
                   : script == KH_SCRIPT_GREEK    ? rank_value(greek_order, small_letter(cp))
                                                  : 0.5; /* Chinese, Thai: no order is known */
    kh_script next = kh_script_of(after);
    kh_script last = kh_script_of(before);
    bool mixed = (next != KH_SCRIPT_NONE && next != script) || (last != KH_SCRIPT_NONE && last != script);
    bool small_before = kh_is_letter(before) && !is_capital(before) && last == script;
    bool capital = is_capital(cp) && script != KH_SCRIPT_ARABIC && script != KH_SCRIPT_HEBREW;
    return value - (mixed ? 1.5 : 0) - (capital && small_before ? 2 : capital && last == script ? 0.15 : 0);
}

double kh_plausible(kh_str text)
{
    const char *alphabet = best_alphabet(text);
    double sum = 0;
    size_t count = 0;
    uint32_t before = ' ';
    for (size_t i = 0, n = 0; i < text.len; i += n) {
        uint32_t cp = kh_utf8_at(text, i, &n);
        size_t m = 0;
        uint32_t after = i + n < text.len ? kh_utf8_at(text, i + n, &m) : ' ';
        if (cp >= 0x80) {
            sum += value_of(before, cp, after, alphabet);
            count++;
        }
        before = cp;
    }
    return count ? sum / (double)count : 0;
}
