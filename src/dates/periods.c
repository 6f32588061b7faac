/* periods.c - stretches of years and months that have a name: decades, centuries, quarters, seasons.
 *
 * Decides for "ستينيات القرن الماضي", "the 1960s", "1960-е годы" the years 1960 to 1969; for "دهه ۶۰ خورشیدی" the
 * Persian years 1360 to 1369; for "القرن الثاني عشر", "XII веке", "the 12th century" 1101 to 1200; for "the first
 * quarter of 2022" January to March of it; for "پاییز سال گذشته" the days of that autumn in the Persian
 * calendar; for "from June 28 to July 2, 2021" the days between.
 *
 * Method: words of the kinds `decade`, `century` and `period` of relative_dates.txt with the number beside them.
 * A decade of two digits is of the twentieth century, in Persian of the fourteenth one of the sun. A quarter or
 * season needs a year beside it, except where the calendar's own seasons are meant (Persian).
 *
 * Gets wrong: centuries before Christ; seasons of the Gregorian year, which begin on other days in each country.
 */
#include "dates/expr.h"

enum { LOOK_BACK = 3, CENTURY_MAX = 21, DECADE = 10 };

static const kh_token *token_at(const kh_date_scan *s, size_t i)
{
    return &s->text->tokens.items[i];
}

static void take_years(kh_date_expr *expr, kh_calendar calendar, int first, int last)
{
    expr->kind = KH_EXPR_RANGE;
    expr->calendar = calendar;
    expr->year = (int16_t)first;
    expr->year2 = (int16_t)last;
}

/* ---- centuries ---- */

/* XII, xix: 0 when the word is no such number. */
static int roman_at(const kh_date_scan *s, size_t i)
{
    kh_str key = token_at(s, i)->key;
    int sum = 0, last = 0;
    for (size_t k = key.len; k-- > 0;) {
        int value = key.ptr[k] == 'x' ? 10 : key.ptr[k] == 'v' ? 5 : key.ptr[k] == 'i' ? 1 : 0;
        if (!value) {
            return 0;
        }
        sum += value < last ? -value : value;
        last = value > last ? value : last;
    }
    return sum;
}

static bool is_century(const kh_numeral *n)
{
    return n->min == n->max && n->min >= 1 && n->min <= CENTURY_MAX && n->min == (double)(int)n->min;
}

/* The number of the century whose word stands at I: behind it (الثاني عشر, نوزدهم, الماضي) or before it. */
static int century_at(const kh_date_scan *s, size_t i, size_t *first, size_t *end)
{
    kh_numeral n;
    *first = i;
    *end = kh_scan_after(s, i);
    if (kh_scan_has(s, *end, KH_WORD_MODIFIER)) {
        int number = kh_scan_word(s, *end)->modifier == KH_MODIFIER_LAST   ? CENTURY_MAX - 1
                     : kh_scan_word(s, *end)->modifier == KH_MODIFIER_NEXT ? 0
                                                                           : CENTURY_MAX;
        *end = kh_scan_after(s, *end);
        return number;
    }
    if (*end < s->end && kh_numeral_at(s->know->numerals, s->text, *end, s->lang, &n) && is_century(&n) && (n.ordinal || n.digits)) {
        *end = n.end;
        return (int)n.min;
    }
    for (size_t back = 1; back <= LOOK_BACK && i >= s->low + back; back++) {
        size_t at = i - back;
        int roman = back == 1 ? roman_at(s, at) : 0;
        *first = at;
        if (roman >= 1 && roman <= CENTURY_MAX) {
            return roman;
        }
        if (kh_numeral_at(s->know->numerals, s->text, at, s->lang, &n) && is_century(&n) && (n.ordinal || n.digits)) {
            bool ending = n.end + 1 == i && kh_scan_has(s, n.end, KH_WORD_JOINT); /* 12 th */
            return n.end == i || ending ? (int)n.min : 0;
        }
    }
    return 0;
}

static size_t parse_century(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t first = i, end = 0;
    int number = century_at(s, i, &first, &end);
    if (!number) {
        return 0;
    }
    take_years(expr, KH_GREGORIAN, number * 100 - 99, number * 100);
    expr->first = (uint32_t)first;
    return kh_parse_era(s, end, expr);
}

/* ---- decades ---- */

/* "القرن الماضي", "من القرن العشرين" behind a decade: where its hundred years begin; 1900 without one. */
static int hundred_behind(const kh_date_scan *s, size_t *end)
{
    size_t at = kh_scan_has(s, *end, KH_WORD_JOINT) ? kh_scan_after(s, *end) : *end;
    size_t first = 0, behind = 0;
    int number = 0;
    if (kh_scan_has(s, at, KH_WORD_CENTURY)) {
        number = century_at(s, at, &first, &behind);
    }
    if (!number || first < at) {
        return 1900;
    }
    *end = behind;
    return (number - 1) * 100;
}

/* "دهه ۶۰", "دهه ۱۹۸۰", "دهه شصت خورشیدی". */
static size_t decade_behind_word(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    kh_numeral n;
    size_t at = kh_scan_after(s, i);
    if (at >= s->end || !kh_numeral_at(s->know->numerals, s->text, at, s->lang, &n) || n.min != n.max || n.ordinal || n.min < DECADE ||
        n.min > 2090 || (int)n.min % DECADE) {
        return 0;
    }
    int year = (int)n.min;
    bool solar = s->know->solar[s->lang];
    kh_calendar calendar = year >= 1500 ? KH_GREGORIAN : solar ? KH_PERSIAN : KH_GREGORIAN;
    size_t end = n.end;
    if (kh_scan_has(s, end, KH_WORD_ERA)) {
        calendar = (kh_calendar)kh_scan_word(s, end)->era;
        end = kh_scan_after(s, end);
    }
    if (year < 100) {
        year += calendar == KH_PERSIAN ? 1300 : hundred_behind(s, &end);
    }
    take_years(expr, calendar, year, year + DECADE - 1);
    return end;
}

/* "1960s", "1960-е годы", "90-х годов": a round number with the mark of a decade written onto it. */
static size_t decade_by_mark(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int year = 0, digits = 0;
    if (!kh_scan_number(s, i, &year, &digits) || year % DECADE || (digits != 4 && digits != 2)) {
        return 0;
    }
    size_t at = kh_scan_mark(s, i + 1, "-'") && !kh_scan_spaced(s, i + 1) ? i + 2 : i + 1;
    if (at >= s->end || kh_scan_spaced(s, at) || !kh_scan_has(s, at, KH_WORD_DECADE) || !kh_scan_word(s, at)->decade_mark) {
        return 0;
    }
    size_t end = kh_scan_after(s, at);
    bool years = kh_scan_has(s, end, KH_WORD_YEAR_WORD);
    if ((digits == 2 && !years) || (digits == 4 && (year < 1000 || year > 2090))) {
        return 0;
    }
    end = years ? kh_scan_after(s, end) : end;
    year += digits == 2 ? hundred_behind(s, &end) : 0;
    take_years(expr, KH_GREGORIAN, year, year + DECADE - 1);
    return end;
}

static size_t parse_decade(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    const kh_date_word *word = kh_scan_word(s, i);
    if (word->decade_mark) {
        return 0;
    }
    if (!word->decade) {
        return decade_behind_word(s, i, expr);
    }
    size_t end = kh_scan_after(s, i);
    int year = word->decade + hundred_behind(s, &end);
    take_years(expr, KH_GREGORIAN, year, year + DECADE - 1);
    return end;
}

/* ---- quarters, halves, seasons ---- */

static size_t parse_months(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    const kh_date_word *word = kh_scan_word(s, i);
    size_t end = kh_scan_after(s, i);
    size_t at = end;
    for (int skipped = 0; skipped < 3; skipped++) {
        if (!kh_scan_has(s, at, KH_WORD_JOINT | KH_WORD_YEAR_WORD) || kh_scan_has(s, at, KH_WORD_OFFSET)) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    int year = 0, digits = 0;
    bool solar = s->know->solar[s->lang];
    expr->kind = KH_EXPR_RANGE;
    expr->calendar = solar ? KH_PERSIAN : KH_GREGORIAN;
    expr->month = word->first_month;
    expr->month2 = word->last_month;
    if (kh_scan_number(s, at, &year, &digits) && digits == 4) {
        expr->year = (int16_t)year;
        expr->calendar = kh_calendar_of_year(s, year);
        at = kh_scan_has(s, at + 1, KH_WORD_YEAR_WORD) ? kh_scan_after(s, at + 1) : at + 1;
        return kh_parse_era(s, at, expr);
    }
    if (kh_scan_has(s, at, KH_WORD_OFFSET) && kh_scan_word(s, at)->offset_unit == KH_UNIT_YEAR) {
        expr->unit = KH_UNIT_YEAR;
        expr->offset = kh_scan_word(s, at)->offset;
        return kh_scan_after(s, at);
    }
    if (kh_scan_has(s, end, KH_WORD_MODIFIER) && solar) {
        expr->modifier = kh_scan_word(s, end)->modifier;
        return kh_scan_after(s, end);
    }
    return solar && s->in && !kh_scan_has(s, i, KH_WORD_WEAK) ? end : 0;
}

size_t kh_parse_period(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    uint32_t first = expr->first;
    size_t end = 0;
    *expr = (kh_date_expr){.first = first};
    if (token_at(s, i)->kind == KH_NUMBER) {
        end = decade_by_mark(s, i, expr);
    } else if (kh_scan_has(s, i, KH_WORD_CENTURY)) {
        end = parse_century(s, i, expr);
    } else if (kh_scan_has(s, i, KH_WORD_DECADE)) {
        end = parse_decade(s, i, expr);
    } else if (kh_scan_has(s, i, KH_WORD_PERIOD)) {
        end = parse_months(s, i, expr);
    }
    if (!end) {
        *expr = (kh_date_expr){.first = first};
    }
    return end;
}

/* ---- from one day to another ---- */

size_t kh_parse_to_day(const kh_date_scan *s, size_t end, kh_date_expr *expr)
{
    kh_date_expr last = {0};
    bool to = kh_scan_has(s, end, KH_WORD_RANGE) && kh_scan_word(s, end)->range == KH_RANGE_TO;
    if ((!to && !kh_scan_mark(s, end, "-")) || expr->kind != KH_EXPR_NAMED || !expr->day || !expr->month || expr->weekday) {
        return end;
    }
    size_t behind = kh_parse_named(s, kh_scan_after(s, end), &last);
    bool follows = last.month > expr->month || (last.month == expr->month && last.day > expr->day);
    bool over_new_year = !expr->year && last.year && !follows; /* December 28 to January 2, 2022 */
    bool years = expr->year && last.year && expr->year != last.year;
    bool later = years ? last.year > expr->year : follows || over_new_year;
    if (!behind || last.kind != KH_EXPR_NAMED || !last.day || !last.month || last.calendar != expr->calendar || last.back || !later ||
        (expr->year && !last.year)) {
        return end;
    }
    expr->kind = KH_EXPR_RANGE;
    expr->day2 = last.day;
    expr->month2 = last.month;
    expr->last_year = last.year;
    expr->year = expr->year ? expr->year : (int16_t)(last.year - over_new_year);
    return behind;
}
