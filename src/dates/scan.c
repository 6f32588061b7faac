/* scan.c - one line of a text, each token with the longest phrase of the date tables that begins there.
 *
 * Decides nothing but what is looked up once instead of often: "بدأ صباح الخميس 6 يناير" becomes
 * - daypart weekday number month. Proclitics are passed over in Arabic ("والخميس", "بالأمس") and left
 * out of spans.
 */
#include "dates/expr.h"

#include <string.h>

kh_date_scan kh_date_scan_of(kh_arena *out, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t line)
{
    const kh_stretch *stretch = &text->lines.items[line];
    size_t count = stretch->end - stretch->first;
    kh_date_scan s = {.know = know, .text = text, .lang = lang, .first = stretch->first, .end = stretch->end, .low = stretch->first};
    s.words = KH_NEW_N(out, const kh_date_word *, count + 1);
    s.word_ends = KH_NEW_N(out, uint32_t, count + 1);
    s.word_begins = KH_NEW_N(out, uint32_t, count + 1);
    for (size_t k = 0; k < count; k++) {
        const kh_token *token = &text->tokens.items[s.first + k];
        kh_match match = {0};
        s.words[k] = &know->words.items[0];
        if (token->kind != KH_PUNCT) {
            s.words[k] = kh_dates_word_at(know, text, s.first + k, lang, &match);
        }
        s.word_ends[k] = s.words[k]->senses ? match.end : (uint32_t)(s.first + k + 1);
        s.word_begins[k] = s.words[k]->senses ? match.span.begin : token->span.begin;
    }
    return s;
}

/* Token I is of the line. */
static bool holds(const kh_date_scan *s, size_t i)
{
    return i - s->first < s->end - s->first;
}

const kh_date_word *kh_scan_word(const kh_date_scan *s, size_t i)
{
    return holds(s, i) ? s->words[i - s->first] : &s->know->words.items[0];
}

bool kh_scan_has(const kh_date_scan *s, size_t i, uint32_t sense)
{
    return (kh_scan_word(s, i)->senses & sense) != 0;
}

size_t kh_scan_after(const kh_date_scan *s, size_t i)
{
    return holds(s, i) ? s->word_ends[i - s->first] : i + 1;
}

bool kh_scan_mark(const kh_date_scan *s, size_t i, const char *marks)
{
    if (i >= s->end || s->text->tokens.items[i].kind != KH_PUNCT) {
        return false;
    }
    const kh_token *token = &s->text->tokens.items[i];
    bool bullet = token->cp == 0x2022 || token->cp == 0xB7 || token->cp == 0x25CF;
    char mark = bullet ? '|' : token->key.len == 1 ? token->key.ptr[0] : 0;
    return mark && strchr(marks, mark);
}

bool kh_scan_spaced(const kh_date_scan *s, size_t i)
{
    return i >= s->end || (s->text->tokens.items[i].flags & KH_SPACE_BEFORE);
}

bool kh_scan_number(const kh_date_scan *s, size_t i, int *value, int *digits)
{
    uint64_t number = 0;
    if (i >= s->end || s->text->tokens.items[i].kind != KH_NUMBER) {
        return false;
    }
    kh_str key = s->text->tokens.items[i].key;
    if (key.len > 4 || !kh_str_u64(key, &number)) {
        return false;
    }
    *value = (int)number;
    *digits = (int)key.len;
    return true;
}

bool kh_scan_month_unit(const kh_date_scan *s, size_t i)
{
    return kh_scan_has(s, i, KH_WORD_UNIT) && kh_scan_word(s, i)->unit == KH_UNIT_MONTH;
}
