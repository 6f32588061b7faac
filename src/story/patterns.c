/* patterns.c - is a word made after a pattern, and which word would another pattern make of its letters?
 *
 * Decides by shapes that table word_parts.txt writes down. Examples: "أنهار" has the shape أ12ا3 of a broken plural, whose
 * singular has the shape 123: نهر; "ينفجر" has the shape ين123, whose verbal noun has ان12ا3: انفجار; German "gerettet" has
 * the shape ge-t, whose infinitive is -en: retten.
 *
 * Method: a digit stands for any one letter, the same digit for the same letter, a dash for any run of letters. The word that the
 * other shape makes is a mere proposal: the caller asks whether a concept has it. After Goweder and others, "Identifying broken
 * plurals in unvowelised Arabic text" (2004), whose patterns are accepted by a dictionary likewise.
 *
 * Gets wrong: two words of one shape, of which only one has the other ("نهار", day, is no plural of نهر, river): such shapes
 * do not belong in the table.
 */
#include "story/word_parts.h"

#include <string.h>

enum { LETTER_SLOTS = 10 };

typedef struct found {
    kh_str letters[LETTER_SLOTS]; /* what each digit stands for; empty for none */
    kh_str run;                   /* what the dash stands for */
} found;

static bool is_slot(kh_str shape, size_t at)
{
    return shape.ptr[at] >= '0' && shape.ptr[at] <= '9';
}

/* KEY against a SHAPE without a dash. */
static bool fits(kh_str key, kh_str shape, found *f)
{
    size_t at = 0;
    for (size_t i = 0, n = 0; i < shape.len; i += n) {
        kh_utf8_at(shape, i, &n);
        kh_str wanted = {shape.ptr + i, n};
        kh_str *slot = is_slot(shape, i) ? &f->letters[shape.ptr[i] - '0'] : NULL;
        if (slot && slot->len == 0 && at < key.len) {
            kh_utf8_at(key, at, &slot->len);
            slot->ptr = key.ptr + at;
        }
        wanted = slot ? *slot : wanted;
        if (wanted.len == 0 || !kh_str_starts(kh_str_from(key, at), wanted)) {
            return false;
        }
        at += wanted.len;
    }
    return at == key.len;
}

static bool fits_around(kh_str key, kh_str before, kh_str behind, size_t letters, found *f)
{
    bool room = key.len >= before.len + behind.len && kh_str_starts(key, before) && kh_str_ends(key, behind);
    f->run = room ? (kh_str){key.ptr + before.len, key.len - before.len - behind.len} : (kh_str){0};
    return room && kh_letters_of(f->run) >= letters;
}

static kh_str made_of(kh_str shape, const found *f, char room[KH_WORD_ROOM])
{
    size_t len = 0;
    for (size_t i = 0, n = 0; i < shape.len; i += n) {
        kh_utf8_at(shape, i, &n);
        kh_str piece = is_slot(shape, i) ? f->letters[shape.ptr[i] - '0'] : shape.ptr[i] == '-' ? f->run : (kh_str){shape.ptr + i, n};
        if (len + piece.len > KH_WORD_ROOM) {
            return (kh_str){0};
        }
        memcpy(room + len, piece.ptr, piece.len);
        len += piece.len;
    }
    return (kh_str){room, len};
}

kh_str kh_word_fitted(kh_str key, const kh_word_part *part, char room[KH_WORD_ROOM])
{
    found f = {0};
    bool fit = false;
    if (part->length == 0) {
        size_t dash = kh_str_find(part->form, KH_STR("-"));
        fit = fits_around(key, kh_str_head(part->form, dash), kh_str_from(part->form, dash + 1), part->letters, &f);
    } else {
        fit = fits(key, part->form, &f);
    }
    return fit ? made_of(part->instead_of, &f, room) : (kh_str){0};
}
