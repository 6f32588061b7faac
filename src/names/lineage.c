/* lineage.c - Arabic names that a word of descent shows.
 *
 * Decides: what stands on both sides of بن is one person's name, whatever its words are else. "سهل بن حنيف الأنصاري" has no
 * word that a table of names must know; "أبو الربيع سليمان بن موسى الكلاعي" begins with a kunya, "علي بن أبي طالب" goes on with one,
 * and a word with an article and the ending of a nisba closes it. ابن is also the plain word for a son, and is believed behind a
 * given name alone ("سعد ابن أبي وقاص", but not "قتل ابن عمه").
 *
 * Method: the grammar of the name: (kunya | عبد + word)* word (بن part)+ (آل word)? nisba?, where a part is a word or a
 * kunya. What the gazetteer knows already is left alone.
 *
 * Gets wrong: the second given name of "محمد علي بن سالم" stays outside when no table has the first; a nisba that belongs to what follows.
 */
#include "names/internal.h"

enum { PARTS_MAX = 6, BACK_MAX = 4 };

static bool is_descent(const kh_finder *f, size_t at)
{
    const kh_token *t = &f->text->tokens.items[at];
    return kh_token_is(t, "بن") || kh_token_is(t, "بنت") || kh_token_is(t, "ابن");
}

/* أبو, أبي, عبد: with the word behind it one part of a name. */
static bool opens_part(const kh_finder *f, size_t at)
{
    return kh_finder_link(f, at) && !is_descent(f, at) && !kh_token_is(&f->text->tokens.items[at], "ام");
}

static bool is_free_word(kh_finder *f, size_t at)
{
    kh_match m;
    return f->text->tokens.items[at].kind == KH_WORD && !f->taken[at] && !kh_finder_stop(f, at) && !kh_finder_verb(f, at, &m);
}

/* Where the name before the word of descent at AT begins; AT when none does. */
static size_t begin_of(kh_finder *f, size_t at)
{
    kh_match m;
    size_t begin = at - 1;
    bool part = at >= 2 && kh_finder_same_line(f, at - 2, at) && opens_part(f, at - 2) && !f->taken[at - 2];
    if (part) {
        begin = at - 2;
    } else if (!is_free_word(f, begin) || kh_finder_lead_at(f, begin, &m) || (!kh_finder_given(f, begin) && kh_finder_common(f, begin))) {
        return at;
    }
    if (kh_token_is(&f->text->tokens.items[at], "ابن") && !part && !kh_finder_given(f, begin)) {
        return at;
    }
    for (size_t n = 0; n < BACK_MAX && begin > 0 && kh_finder_same_line(f, begin - 1, at) && !f->taken[begin - 1]; n++) {
        bool two = begin >= 2 && kh_finder_same_line(f, begin - 2, at) && opens_part(f, begin - 2) && !f->taken[begin - 2];
        if (!two && !(kh_finder_given(f, begin - 1) && is_free_word(f, begin - 1))) {
            break;
        }
        begin -= two ? 2 : 1;
    }
    return begin;
}

/* "الأنصاري", "الكلاعي": where somebody is from. */
static bool is_nisba(kh_finder *f, size_t at)
{
    kh_str key = f->text->tokens.items[at].key;
    return kh_str_starts(key, KH_STR("ال")) && kh_str_ends(key, KH_STR("ي")) && key.len >= 10 && is_free_word(f, at) &&
           !kh_finder_common(f, at);
}

/* The end of the name whose first word of descent stands at AT. */
static size_t end_of(kh_finder *f, size_t at)
{
    size_t end = at;
    for (size_t parts = 0; parts < PARTS_MAX && kh_finder_same_line(f, at, end + 1) && is_descent(f, end); parts++) {
        size_t next = end + 1;
        next += opens_part(f, next);
        if (f->text->tokens.items[next].kind != KH_WORD || f->taken[next] == 1) {
            break;
        }
        end = next + 1;
        if (!kh_finder_same_line(f, at, end)) {
            return end;
        }
    }
    if (end > at && kh_finder_same_line(f, at, end + 1) && kh_token_is(&f->text->tokens.items[end], "ال")) {
        end += 2; /* آل سعود */
    }
    for (size_t n = 0; end > at && n < 2 && kh_finder_same_line(f, at, end) && is_nisba(f, end); n++) {
        end++;
    }
    return end;
}

void kh_names_find_lineages(kh_finder *f)
{
    for (size_t i = 1; f->arabic && i < f->text->tokens.count; i++) {
        bool may = !f->skipped[i] && !f->taken[i] && is_descent(f, i) && kh_finder_same_line(f, i - 1, i + 1);
        size_t begin = may ? begin_of(f, i) : i;
        size_t end = begin < i ? end_of(f, i) : i;
        if (end > i + 1) {
            kh_finder_add(f, (kh_spot){.span = kh_text_span(f->text, begin, end),
                                       .first = (uint32_t)begin,
                                       .end = (uint32_t)end,
                                       .entry = KH_NO_ENTRY,
                                       .type = KH_NAME_PERSON});
            i = end - 1;
        }
    }
}
