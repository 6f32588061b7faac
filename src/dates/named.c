/* named.c - days, months and years that are named by numbers and month names.
 *
 * Decides what "15 مرداد 1403", "2-5 مايو", "August 4, 2010", "الأول من يناير", "2012 ж. 5 қаңтар", "9 كانون
 * الثاني الجاري", "في حزيران", "بين 2005 و2009" and "1974 gebaut" name, and where the name ends. A number
 * of four digits is a year behind a word that says so (عام, سال) or asks for a time (في, in, seit), in
 * brackets, in a range, and in German before a small letter, since counted nouns have capitals there; not
 * before a unit, and not when it is round ("up to 2000 people").
 *
 * Gets wrong: years in words.
 */
#include "dates/expr.h"

enum { SKIP_MAX = 3, YEAR_MARKS_MAX = 5, SHORT_YEAR_OLD = 70, LOOK_BACK = 4, YEARS_APART_MAX = 200 };

static const kh_token *token_at(const kh_date_scan *s, size_t i)
{
    return &s->text->tokens.items[i];
}

/* ---- days and months ---- */

static bool year_fits(kh_calendar calendar, int year)
{
    switch (calendar) {
    case KH_PERSIAN: return year >= 1178 && year <= 1633;
    case KH_HIJRI: return year >= 1300 && year <= 1600;
    default: return year >= 1500 && year <= 2199;
    }
}

static bool day_number_at(const kh_date_scan *s, size_t i, int *day)
{
    int digits = 0;
    return kh_scan_number(s, i, day, &digits) && digits <= 2 && *day >= 1 && *day <= 31;
}

/* Is the number before token I a part of a clock or a share: "09:34", "12%"? "5 May: ..." is none. */
static bool is_part(const kh_date_scan *s, size_t i)
{
    int value = 0, digits = 0;
    bool clock = kh_scan_mark(s, i, ":") && kh_scan_number(s, i + 1, &value, &digits) && !kh_scan_spaced(s, i + 1);
    return (clock || kh_scan_mark(s, i, "%")) && !kh_scan_spaced(s, i);
}

static bool year_at(const kh_date_scan *s, size_t i, kh_calendar calendar, int *year)
{
    int digits = 0;
    return kh_scan_number(s, i, year, &digits) && digits == 4 && !is_part(s, i + 1) && year_fits(calendar, *year);
}

/* "/يناير", "(يناير)", "، يناير": the same month by its other name. */
static size_t second_name(const kh_date_scan *s, size_t i, const kh_date_expr *expr)
{
    size_t at = kh_scan_mark(s, i, "/(,-") ? i + 1 : i;
    if (at == i || !kh_scan_has(s, at, KH_WORD_MONTH) || kh_scan_word(s, at)->month != expr->month ||
        kh_scan_word(s, at)->calendar != (uint8_t)expr->calendar) {
        return i;
    }
    at = kh_scan_after(s, at);
    return kh_scan_mark(s, i, "(") ? at + (kh_scan_mark(s, at, ")") ? 1 : 0) : at;
}

/* "’20" behind a day and its month. */
static bool short_year(const kh_date_scan *s, size_t i, const kh_date_expr *expr, int *year)
{
    int digits = 0;
    bool mark = i + 1 < s->end && token_at(s, i)->kind == KH_PUNCT && (token_at(s, i)->cp == 0x2019 || token_at(s, i)->cp == '\'');
    if (!mark || expr->calendar != KH_GREGORIAN || kh_scan_spaced(s, i + 1) || !kh_scan_number(s, i + 1, year, &digits) || digits != 2) {
        return false;
    }
    *year += *year < SHORT_YEAR_OLD ? 2000 : 1900;
    return true;
}

/* Years behind a month: ", 2022", "عام 2022", "de 2022", "2022 г."; I itself when there is none. */
static size_t year_tail(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = i;
    int year = 0;
    for (int skipped = 0; skipped < SKIP_MAX; skipped++) {
        bool mark = kh_scan_mark(s, at, ",/-.") && skipped < 2;
        if (!mark && !kh_scan_has(s, at, KH_WORD_JOINT | KH_WORD_YEAR_WORD)) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    kh_calendar calendar = expr->calendar;
    if (short_year(s, at, expr, &year)) {
        expr->year = (int16_t)year;
        return at + 2;
    }
    if (!year_at(s, at, calendar, &year)) {
        return i;
    }
    expr->year = (int16_t)year;
    at++;
    if (kh_scan_has(s, at, KH_WORD_YEAR_WORD)) {
        at = kh_scan_after(s, at);
        at += kh_scan_mark(s, at, ".") && at + 1 < s->end ? 1 : 0;
    }
    size_t behind = kh_parse_era(s, at, expr);
    expr->calendar = calendar;
    return behind;
}

/* The mark behind an abbreviated month at token I: "Aug.", "ינו׳". AT itself where there is none. */
static size_t abbreviation_tail(const kh_date_scan *s, size_t i, size_t at)
{
    bool mark = at + 1 < s->end && token_at(s, at)->kind == KH_PUNCT && !kh_scan_spaced(s, at) &&
                (kh_scan_mark(s, at, ".") || token_at(s, at)->cp == 0x05F3 || token_at(s, at)->cp == '\'');
    return mark && kh_scan_has(s, i, KH_WORD_WEAK) ? at + 1 : at;
}

/* "الماضي", "Current", "last year" behind a day or month without a year; I itself when there is none. */
static size_t modifier_tail(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = kh_scan_has(s, i, KH_WORD_JOINT) ? kh_scan_after(s, i) : i;
    if (kh_scan_has(s, at, KH_WORD_OFFSET) && kh_scan_word(s, at)->offset_unit == KH_UNIT_YEAR) {
        expr->unit = KH_UNIT_YEAR;
        expr->offset = kh_scan_word(s, at)->offset;
        return kh_scan_after(s, at);
    }
    if (at == i && kh_scan_has(s, at, KH_WORD_MODIFIER) && kh_scan_word(s, at)->modifier != KH_MODIFIER_THIS) {
        expr->modifier = kh_scan_word(s, at)->modifier;
        return kh_scan_after(s, at);
    }
    return i;
}

/* What may follow a day and its month. */
static size_t month_tail(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = second_name(s, i, expr);
    at = kh_scan_month_unit(s, at) ? kh_scan_after(s, at) : at; /* دی ماه */
    size_t end = year_tail(s, at, expr);
    return end > at ? end : modifier_tail(s, at, expr);
}

static void take_month(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    expr->kind = KH_EXPR_NAMED;
    expr->month = kh_scan_word(s, i)->month;
    expr->calendar = (kh_calendar)kh_scan_word(s, i)->calendar;
}

/* A day that its month and, if said, its year do have. */
static bool day_exists(const kh_date_expr *expr)
{
    int64_t number = 0;
    int leap = expr->calendar == KH_PERSIAN ? 1399 : expr->calendar == KH_HIJRI ? 1440 : 2020;
    return kh_dates_day_number(expr->calendar, expr->year ? expr->year : leap, expr->month, expr->day, &number);
}

/* The apostrophe of "d’abril". */
static bool elision(const kh_date_scan *s, size_t i)
{
    bool mark = i < s->end && token_at(s, i)->kind == KH_PUNCT && !kh_scan_spaced(s, i) &&
                (token_at(s, i)->cp == 0x2019 || token_at(s, i)->cp == '\'');
    return mark && i > s->first && kh_scan_has(s, i - 1, KH_WORD_JOINT);
}

/* "15 مرداد 1403", "7th of August", "12. Mai 2013", "2-5 مايو". */
static size_t day_first(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int day = 0, last = 0;
    if (!day_number_at(s, i, &day)) {
        return 0;
    }
    size_t at = i + 1;
    bool to = kh_scan_mark(s, at, "-/") || (kh_scan_has(s, at, KH_WORD_RANGE) && kh_scan_word(s, at)->range != KH_RANGE_BETWEEN);
    if (to && day_number_at(s, kh_scan_after(s, at), &last) && last > day) {
        at = kh_scan_after(s, at) + 1;
    } else {
        last = 0;
    }
    for (int skipped = 0; skipped < SKIP_MAX && !kh_scan_has(s, at, KH_WORD_MONTH); skipped++) {
        if (!kh_scan_mark(s, at, ".-/") && !kh_scan_has(s, at, KH_WORD_JOINT) && !elision(s, at) && !kh_scan_month_unit(s, at)) {
            return 0;
        }
        at = kh_scan_after(s, at);
    }
    if (!kh_scan_has(s, at, KH_WORD_MONTH)) {
        return 0;
    }
    bool weak = kh_scan_has(s, at, KH_WORD_WEAK) && !kh_scan_has(s, at, KH_WORD_CAPITAL);
    take_month(s, at, expr);
    size_t behind = abbreviation_tail(s, at, kh_scan_after(s, at));
    bool month_word = kh_scan_month_unit(s, behind);
    size_t end = month_tail(s, behind, expr);
    expr->day = (int16_t)(last ? last : day);
    if (!day_exists(expr) || (weak && end == behind && !month_word && behind < s->end && token_at(s, behind)->kind == KH_WORD)) {
        return 0;
    }
    if (last) {
        expr->kind = KH_EXPR_RANGE;
        expr->day = (int16_t)day;
        expr->day2 = (int16_t)last;
    }
    return end;
}

/* "first of January", "الأول من يناير", "هجدهم دی": a day in words before the month at token I. */
static size_t day_in_words(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t end = i;
    if (i == s->low) {
        return 0;
    }
    if (kh_scan_has(s, i - 1, KH_WORD_JOINT)) {
        end = i - 1;
    }
    kh_numeral day = {0};
    size_t first = end;
    for (size_t back = 1; back <= LOOK_BACK && end >= s->low + back; back++) {
        kh_numeral n;
        size_t at = end - back;
        if (token_at(s, at)->kind == KH_WORD && kh_numeral_at(s->know->numerals, s->text, at, s->lang, &n) && n.end == end) {
            day = n; /* the longest: "بیست و سوم", not "سوم" */
            first = at;
        }
    }
    if (first == end || day.min != day.max || day.min < 1 || day.min > 31 || day.digits || !(day.ordinal || s->know->solar[s->lang])) {
        return 0;
    }
    take_month(s, i, expr);
    expr->day = (int16_t)day.min;
    expr->back = (uint8_t)(i - first);
    return month_tail(s, kh_scan_after(s, i), expr);
}

/* "Jan 04 09:34:12 +0000 2021" as programs write it. */
static size_t year_behind_clock(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int year = 0;
    kh_date_expr clock = *expr;
    size_t at = kh_parse_clock(s, i, &clock);
    if (at == i || !year_at(s, at, expr->calendar, &year)) {
        return i;
    }
    *expr = clock;
    expr->year = (int16_t)year;
    return at + 1;
}

/* "August 4, 2010", "January 2022", "حزيران" behind في. */
static size_t month_first(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int day = 0, year = 0;
    bool capital = !kh_scan_has(s, i, KH_WORD_CAPITAL) || (token_at(s, i)->flags & KH_CAPITAL);
    take_month(s, i, expr);
    size_t at = second_name(s, kh_scan_after(s, i), expr);
    at = abbreviation_tail(s, i, at); /* "Aug. 7" */
    size_t behind = kh_scan_mark(s, at, "-") ? at + 1 : at;
    if (day_number_at(s, behind, &day) && !is_part(s, behind + 1)) {
        size_t end = kh_scan_has(s, behind + 1, KH_WORD_JOINT) ? kh_scan_after(s, behind + 1) : behind + 1;
        expr->day = (int16_t)day;
        size_t full = year_tail(s, end, expr);
        full = full > end ? full : year_behind_clock(s, end, expr);
        if (day_exists(expr) && (full > end || (s->know->month_first[s->lang] && capital && behind == at))) {
            return full > end ? full : modifier_tail(s, end, expr);
        }
        expr->day = expr->year = 0;
        expr->has_clock = false;
    }
    at = kh_scan_month_unit(s, at) ? kh_scan_after(s, at) : at;
    size_t end = year_tail(s, at, expr);
    if (end == at) {
        end = modifier_tail(s, at, expr);
    }
    bool said = end > at || (s->in && !kh_scan_has(s, i, KH_WORD_WEAK));
    if (!capital || !said || (kh_scan_has(s, i, KH_WORD_WEAK) && year_at(s, at, KH_GREGORIAN, &year) && !expr->year)) {
        return 0;
    }
    return end;
}

/* "2009 ж. 9 шілде", "2009 13-نويابىر", "1393 د تله 12", "2010 حوزەیران 24". */
static size_t year_first(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int year = 0, digits = 0, day = 0;
    if (!kh_scan_number(s, i, &year, &digits) || digits != 4) {
        return 0;
    }
    size_t at = i + 1;
    for (int skipped = 0; skipped < YEAR_MARKS_MAX; skipped++) {
        if (!kh_scan_mark(s, at, ".,-") && !kh_scan_has(s, at, KH_WORD_JOINT | KH_WORD_YEAR_WORD)) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    size_t end = day_first(s, at, expr);
    if (!end && kh_scan_has(s, at, KH_WORD_MONTH)) {
        size_t behind = abbreviation_tail(s, at, kh_scan_after(s, at));
        behind = kh_scan_mark(s, behind, "-") ? behind + 1 : behind;
        if (day_number_at(s, behind, &day)) {
            take_month(s, at, expr);
            expr->day = (int16_t)day;
            end = behind + 1;
        }
    }
    if (!end || expr->year || expr->kind != KH_EXPR_NAMED || !year_fits(expr->calendar, year)) {
        return 0;
    }
    expr->year = (int16_t)year;
    return day_exists(expr) ? end : 0;
}

/* ---- years ---- */

static void take_year(const kh_date_scan *s, int year, kh_date_expr *expr)
{
    expr->kind = KH_EXPR_NAMED;
    expr->calendar = kh_calendar_of_year(s, year);
    expr->year = (int16_t)year;
}

static bool any_year_at(const kh_date_scan *s, size_t i, int *year)
{
    return year_at(s, i, KH_GREGORIAN, year) || year_at(s, i, KH_PERSIAN, year);
}

/* "2005-2009", "2005 إلى 2009", between and: the second year of a range whose first stands at I. */
static size_t second_year(const kh_date_scan *s, size_t i, bool between, kh_date_expr *expr)
{
    int year = 0;
    size_t at = i + 1;
    bool dash = kh_scan_mark(s, at, "-");
    bool word = kh_scan_has(s, at, KH_WORD_RANGE) &&
                (kh_scan_word(s, at)->range == KH_RANGE_TO || (between && kh_scan_word(s, at)->range == KH_RANGE_AND));
    if (!dash && !word) {
        return 0;
    }
    at = kh_scan_after(s, at);
    at = kh_scan_has(s, at, KH_WORD_YEAR_WORD) ? kh_scan_after(s, at) : at;
    if (!any_year_at(s, at, &year) || year <= expr->year || year - expr->year > YEARS_APART_MAX) {
        return 0;
    }
    expr->kind = KH_EXPR_RANGE;
    expr->year2 = (int16_t)year;
    return at + 1;
}

/* Is the number behind this place told to be a year by its neighbours: "(1991)", "2014.", "1974 gebaut"? */
static bool year_by_neighbours(const kh_date_scan *s, size_t i)
{
    if (s->in) {
        return true;
    }
    if (i + 1 >= s->end || i == s->first) {
        return false;
    }
    const kh_token *next = token_at(s, i + 1);
    bool bracket = kh_scan_mark(s, i - 1, "(") && kh_scan_mark(s, i + 1, ")");
    bool lower = next->kind == KH_WORD && !(next->flags & KH_CAPITAL);
    return bracket ||
           (s->know->bare_years[s->lang] && lower && token_at(s, i - 1)->kind == KH_WORD && !kh_scan_has(s, i + 1, KH_WORD_UNIT));
}

/* The year at token I, alone or as the beginning of a range. */
static size_t year_alone(const kh_date_scan *s, size_t i, bool told, kh_date_expr *expr)
{
    int year = 0;
    if (!any_year_at(s, i, &year)) {
        return 0;
    }
    take_year(s, year, expr);
    size_t end = second_year(s, i, told, expr);
    if (!end) {
        end = i + 1;
        bool word = kh_scan_has(s, end, KH_WORD_YEAR_WORD);
        end = word ? kh_scan_after(s, end) : end;
        bool next_counts = i + 1 < s->end && kh_scan_has(s, i + 1, KH_WORD_UNIT) && !word;
        bool round = year % 100 == 0 && !told && !word; /* "up to 2000 people" */
        if (next_counts || round || (!told && !word && !year_by_neighbours(s, i))) {
            return 0;
        }
    }
    return kh_parse_era(s, end, expr);
}

/* "عام 2016", "العام 2021", "سال 99", "between the years". */
static size_t year_word_first(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int year = 0, digits = 0;
    size_t at = kh_scan_after(s, i);
    at = kh_scan_has(s, at, KH_WORD_JOINT) ? kh_scan_after(s, at) : at;
    size_t end = year_alone(s, at, true, expr);
    kh_date_expr whole = *expr; /* "سال ۱۲/۱۲/۱۴۰۱" begins with a day */
    if (!end && s->know->solar[s->lang] && kh_scan_number(s, at, &year, &digits) && digits == 2 && !kh_parse_numeric(s, at, &whole)) {
        take_year(s, kh_solar_year(year), expr);
        end = at + 1;
    }
    return end;
}

/* Any date named by numbers and month names at token I. */
size_t kh_parse_named(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t end = 0;
    if (i >= s->end) {
        return 0;
    }
    if (token_at(s, i)->kind == KH_NUMBER) {
        end = kh_parse_numeric(s, i, expr);
        if (!end) {
            *expr = (kh_date_expr){0};
            end = day_first(s, i, expr);
        }
        if (!end) {
            *expr = (kh_date_expr){0};
            end = year_first(s, i, expr);
        }
        if (!end) {
            *expr = (kh_date_expr){0};
            end = year_alone(s, i, false, expr);
        }
        return end;
    }
    if (kh_scan_has(s, i, KH_WORD_MONTH)) {
        end = day_in_words(s, i, expr);
        if (!end) {
            *expr = (kh_date_expr){0};
            end = month_first(s, i, expr);
        }
        return end;
    }
    if (kh_scan_has(s, i, KH_WORD_YEAR_WORD)) {
        return year_word_first(s, i, expr);
    }
    if (kh_scan_has(s, i, KH_WORD_RANGE) && kh_scan_word(s, i)->range == KH_RANGE_BETWEEN) {
        size_t at = kh_scan_after(s, i);
        at = kh_scan_has(s, at, KH_WORD_YEAR_WORD) ? kh_scan_after(s, at) : at;
        end = year_alone(s, at, true, expr);
        return expr->kind == KH_EXPR_RANGE ? end : 0;
    }
    return 0;
}
