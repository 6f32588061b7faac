/* numerals_digits.c - the value of a number written in digits.
 *
 * Decides which marks part thousands and which begin decimals: "2,2 مليون" is 2.2 million, "1,200 people"
 * 1200, "3.412 Menschen" 3412, "۲/۵ درصد" 2.5, "1 200 человек" 1200, "1,00,000" 100,000; "05.08.2024" and
 * "1.2.3" are no numbers.
 *
 * Method: several equal marks with three digits each part thousands; the last of two different marks is the
 * decimal one; one mark with another count of digits behind it than three is decimal. What is left, three
 * digits behind one mark, is read as the language writes it (rows "mark" of numbers.txt); where it writes
 * both, as Arabic does, a scale or percent behind it says decimal. Spaces part thousands where the language
 * does so, or where the space does not break.
 *
 * Gets wrong: "1.234" in an English text of a German writer; two separate numbers with a space between,
 * the second of three digits, in Russian or French ("в 2 300 человек").
 */
#include "lexicon/numerals_parts.h"

static bool percent_at(const kh_numeral_reader *r, size_t i)
{
    const kh_token *t = kh_numeral_token(r, i);
    kh_match m;
    return t && (t->cp == '%' || t->cp == 0x66A || kh_phrases_match(r->habits->percent, r->text, i, r->lang, 0, &m));
}

static bool scale_or_percent_at(const kh_numeral_reader *r, size_t i)
{
    kh_match m;
    return kh_numeral_word(r, KH_NUMERAL_SCALE, i, false, false, &m) || percent_at(r, i);
}

/* Is every part of DIGITS between the marks MARK a group of three (the first 1..3), or of two before a last
 * three as in South Asia. */
static bool is_grouped(kh_str digits, char mark)
{
    kh_str part;
    size_t n = 0, last = 0, twos = 0, threes = 0;
    while (kh_str_cut(&digits, mark, &part)) {
        if (n == 0 && (part.len > 3 || part.len == 0 || part.ptr[0] == '0')) {
            return false;
        }
        twos += n && part.len == 2;
        threes += n && part.len == 3;
        last = part.len;
        n++;
    }
    return n > 1 && last == 3 && (threes == n - 1 || (mark == ',' && threes == 1 && twos == n - 2));
}

/* Could be either: what does the mark in "1.234" mean here? */
static bool reads_as_group(const kh_numeral_reader *r, size_t token, char mark)
{
    uint8_t bit = mark == ',' ? KH_MARK_COMMA : KH_MARK_DOT;
    kh_str source = kh_text_slice(r->text, r->text->tokens.items[token].span);
    if (kh_str_find(source, KH_STR("\u066b")) < source.len) {
        return false;
    }
    bool group = r->habits->group & bit, decimal = r->habits->decimal & bit;
    if (group != decimal) {
        return group;
    }
    return !scale_or_percent_at(r, token + 1);
}

static size_t count_of(kh_str s, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n += s.ptr[i] == c;
    }
    return n;
}

/* The value of number token TOKEN; false for dates, versions and the like. */
static bool digits_value(const kh_numeral_reader *r, size_t token, double *value)
{
    kh_str key = r->text->tokens.items[token].key;
    size_t commas = count_of(key, ','), dots = count_of(key, '.');
    char plain[48];
    char decimal = 0;
    if (key.len >= sizeof plain) {
        return false;
    }
    if (commas && dots) {
        decimal = kh_str_find(key, KH_STR(",")) < kh_str_find(key, KH_STR(".")) ? '.' : ',';
        size_t at = kh_str_find(key, decimal == '.' ? KH_STR(".") : KH_STR(","));
        if (count_of(key, decimal) > 1 || !is_grouped(kh_str_head(key, at), decimal == '.' ? ',' : '.')) {
            return false;
        }
    } else if (commas || dots) {
        char mark = commas ? ',' : '.';
        bool grouped = is_grouped(key, mark);
        if (commas + dots > 1 && !grouped) {
            return false;
        }
        decimal = grouped && (commas + dots > 1 || reads_as_group(r, token, mark)) ? '\0' : mark;
    }
    size_t n = 0;
    for (size_t i = 0; i < key.len; i++) {
        bool digit = key.ptr[i] >= '0' && key.ptr[i] <= '9';
        if (digit || key.ptr[i] == decimal) {
            plain[n++] = digit ? key.ptr[i] : '.';
        }
    }
    return kh_str_double((kh_str){plain, n}, value);
}

static bool is_plain_digits(const kh_token *t, size_t min, size_t max)
{
    return t && t->kind == KH_NUMBER && t->key.len >= min && t->key.len <= max && count_of(t->key, '.') == 0 && count_of(t->key, ',') == 0;
}

/* One space of any width, and is it one that does not break. */
static bool one_space_between(const kh_numeral_reader *r, const kh_token *a, const kh_token *b, bool *no_break)
{
    kh_str gap = kh_slice(r->text->source, (kh_span){a->span.end, b->span.begin});
    *no_break = kh_str_eq(gap, KH_STR("\u00a0")) || kh_str_eq(gap, KH_STR("\u202f")) || kh_str_eq(gap, KH_STR("\u2009"));
    return *no_break || kh_str_eq(gap, KH_STR(" "));
}

/* "1 200 000" from token *i on: the groups behind the first are added to *value. */
static void spaced_groups(const kh_numeral_reader *r, size_t *i, double *value)
{
    const kh_token *first = kh_numeral_token(r, *i - 1);
    if (!is_plain_digits(first, 1, 3) || first->key.ptr[0] == '0') {
        return;
    }
    const kh_token *next;
    bool no_break;
    while ((next = kh_numeral_token(r, *i)) && is_plain_digits(next, 3, 3) && one_space_between(r, next - 1, next, &no_break) &&
           (no_break || (r->habits->group & KH_MARK_SPACE))) {
        double more = 0;
        kh_str_double(next->key, &more);
        *value = *value * 1000 + more;
        ++*i;
    }
}

/* Persian writes ۲/۵ درصد for 2.5 per cent. */
static bool slash_decimal(const kh_numeral_reader *r, size_t *i, double *value)
{
    const kh_token *a = kh_numeral_token(r, *i - 1), *slash = kh_numeral_token(r, *i), *b = kh_numeral_token(r, *i + 1);
    if (!(r->habits->decimal & KH_MARK_SLASH) || !slash || slash->cp != '/' || !is_plain_digits(a, 1, 4) || !is_plain_digits(b, 1, 2) ||
        !scale_or_percent_at(r, *i + 2)) {
        return false;
    }
    double part = 0;
    kh_str_double(b->key, &part);
    *value += part / (b->key.len == 1 ? 10 : 100);
    *i += 2;
    return true;
}

bool kh_numeral_digits(const kh_numeral_reader *r, size_t *i, double *value)
{
    const kh_token *t = kh_numeral_token(r, *i);
    if (!t || t->kind != KH_NUMBER || !digits_value(r, *i, value)) {
        return false;
    }
    ++*i;
    if (!slash_decimal(r, i, value)) {
        spaced_groups(r, i, value);
    }
    return true;
}
