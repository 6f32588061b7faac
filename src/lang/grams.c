/* grams.c - from a text to the pieces of its words.
 *
 * Decides what counts as evidence of a language: "Köln'e gitti" is " köln'e gitti ", and of gitti the pieces
 * g, _g, gi, _gi, git ... and _gitti_ as a whole. ی and ي, ک and ك stay apart, since they tell Persian from
 * Arabic; vowel signs go, since any language in Arabic script may be written with or without them; ʻ, ’ and '
 * inside a word are one letter, since Uzbek o‘, Ukrainian м’я and French l’ are typed with any of them.
 *
 * Method: character n-grams within words with the ends marked (W. Cavnar, J. Trenkle 1994), and whole words. Keys
 * are 64-bit hashes of the letters: that two of some 100,000 share one does not happen.
 *
 * Gets wrong: letters outside the first plane are spaces.
 */
#include "lang/grams.h"

static uint32_t lower_latin(uint32_t cp)
{
    if (cp == 0x130) {
        return 'i';
    }
    if (cp == 0x178) {
        return 0xFF;
    }
    if (cp == 0x18F) {
        return 0x259;
    }
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E)) {
        return cp + (cp & 1); /* here capitals are odd */
    }
    bool paired = (cp >= 0x100 && cp <= 0x177) || (cp >= 0x218 && cp <= 0x21B) || (cp >= 0x1E00 && cp <= 0x1EFF);
    return paired ? cp | 1 : cp;
}

static uint32_t lower(uint32_t cp)
{
    if (cp < 0x80) {
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    }
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F)) {
        return cp + 32;
    }
    if (cp >= 0x400 && cp <= 0x40F) {
        return cp + 80;
    }
    if (cp >= 0x48A && cp <= 0x52F) {
        bool odd = cp >= 0x4C1 && cp <= 0x4CE; /* Ӂ to ӎ: capitals are odd */
        return odd ? cp + (cp & 1) : cp | 1;
    }
    return lower_latin(cp);
}

/* Vowel signs, tatweel and what turns text around: as if they were not there. */
static bool is_silent(uint32_t cp)
{
    return cp == 0x640 || cp == 0xAD || (cp >= 0x64B && cp <= 0x652) || (cp >= 0x200D && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E);
}

static bool is_apostrophe(uint32_t cp)
{
    return cp == '\'' || cp == 0x2018 || cp == 0x2019 || cp == 0x2BB || cp == 0x2BC || cp == 0xB4 || cp == '`';
}

static uint32_t letter_of(uint32_t cp, kh_script script)
{
    kh_script own = kh_script_of(cp);
    bool letter = cp <= 0xFFFF && (own == script || (own == KH_SCRIPT_NONE && kh_is_letter(cp)));
    return letter ? lower(cp) : ' ';
}

size_t kh_lang_letters(kh_str text, kh_script script, uint32_t *out, size_t room)
{
    size_t count = 0;
    bool apostrophe = false;
    out[count++] = ' ';
    for (size_t i = 0, n = 0; i < text.len && count + 3 < room; i += n) {
        uint32_t raw = kh_utf8_at(text, i, &n);
        if (is_silent(raw)) {
            continue;
        }
        if (is_apostrophe(raw) && out[count - 1] != ' ' && !apostrophe) {
            apostrophe = true;
            continue;
        }
        uint32_t cp = letter_of(raw, script);
        if (apostrophe && cp != ' ') {
            out[count++] = '\'';
        }
        apostrophe = false;
        if (cp != ' ' || out[count - 1] != ' ') {
            out[count++] = cp;
        }
    }
    if (out[count - 1] != ' ') {
        out[count++] = ' ';
    }
    return count;
}

static const uint64_t seed = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t step(uint64_t key, uint32_t letter)
{
    key = (key ^ letter) * UINT64_C(0xD6E8FEB86659FD93);
    return key ^ key >> 32;
}

size_t kh_grams_of_word(const uint32_t *word, size_t len, kh_gram *out)
{
    uint32_t cut[KH_GRAM_WORD_LETTERS + 2];
    if (len > KH_GRAM_WORD_LETTERS + 2) {
        len = KH_GRAM_WORD_LETTERS + 2;
        for (size_t i = 0; i < len; i++) {
            cut[i] = i + 1 < len ? word[i] : ' ';
        }
        word = cut;
    }
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        uint64_t key = seed;
        for (size_t n = 1; i + n <= len; n++) {
            key = step(key, word[i + n - 1]);
            bool piece = n <= KH_GRAM_LETTERS && !(n == 1 && word[i] == ' ');
            bool whole = i == 0 && n == len && n > KH_GRAM_LETTERS;
            if (piece || whole) {
                out[count++] = (kh_gram){.key = key, .first = (uint16_t)i, .len = (uint16_t)n};
            }
            if (i > 0 && n == KH_GRAM_LETTERS) {
                break;
            }
        }
    }
    return count;
}

uint64_t kh_gram_key(kh_str written)
{
    uint64_t key = seed;
    for (size_t i = 0, n = 0; i < written.len; i += n) {
        uint32_t cp = kh_utf8_at(written, i, &n);
        key = step(key, cp == '_' ? ' ' : cp);
    }
    return key;
}
