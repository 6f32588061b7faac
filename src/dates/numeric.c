/* numeric.c - dates and times in digits.
 *
 * Decides the order of the parts and the calendar: "10.08.2023" is 10 August (the day stands before the
 * month outside the United States), "1403/05/15" on a Persian page 15 Mordad 1403, "14-09-1432 هجري" 14
 * Ramadan, "2024-08-05 14:25:00" ISO. With four digits first the order is year, month, day. Years of
 * 1178-1633 are Persian ones where the language's tables say so; elsewhere years from 1411 on are Hijri
 * and the few before it Persian ones (1400-1410 as Hijri would be the 1980s, before there were pages).
 *
 * In English the order of 06/01/2022 is open: day first, and `swapped` lets resolve.c prefer the other
 * reading where the page date speaks for it.
 *
 * "۰۳/۰۵/۱۵" on a Persian page has its year first too: 15 Mordad 1403, and not the third day of a year to come. Where neither end
 * can be a year of the past it is no date.
 *
 * Gets wrong: years of two digits from 1411 on; two-digit years before 1970; American dates of which nothing else on the page tells.
 */
#include "dates/expr.h"

#include <string.h>

enum { HIJRI_FROM = 1411, SOLAR_YEARS_TO = 10 };

kh_calendar kh_calendar_of_year(const kh_date_scan *s, int year)
{
    if (year < 1178 || year > 1633) {
        return KH_GREGORIAN;
    }
    bool solar = s->know->solar[s->lang] || year < HIJRI_FROM;
    return solar ? KH_PERSIAN : KH_HIJRI;
}

int kh_solar_year(int digits)
{
    return digits <= SOLAR_YEARS_TO ? 1400 + digits : 1300 + digits;
}

typedef struct triple {
    int value[3];
    int digits[3];
    char separator;
    size_t end;
} triple;

/* "10.08.2023" is one token. */
static bool split_dotted(kh_str key, triple *t)
{
    kh_str part;
    for (int i = 0; i < 3; i++) {
        uint64_t value = 0;
        if (!kh_str_cut(&key, '.', &part) || part.len > 4 || !kh_str_u64(part, &value)) {
            return false;
        }
        t->value[i] = (int)value;
        t->digits[i] = (int)part.len;
    }
    t->separator = '.';
    return key.len == 0;
}

/* Digits joined to this place by a mark and no space: "12-34-5678-90" is no date. */
static bool goes_on(const kh_date_scan *s, size_t end)
{
    return kh_scan_mark(s, end, "-/.") && !kh_scan_spaced(s, end) && end + 1 < s->end && s->text->tokens.items[end + 1].kind == KH_NUMBER &&
           !kh_scan_spaced(s, end + 1);
}

/* Of the number I. */
static bool read_triple(const kh_date_scan *s, size_t i, triple *t)
{
    const kh_token *tokens = s->text->tokens.items;
    if (split_dotted(tokens[i].key, t)) {
        t->end = i + 1;
        return !goes_on(s, t->end);
    }
    if (i + 5 > s->end || !kh_scan_mark(s, i + 1, "-/.") || !kh_scan_mark(s, i + 3, "-/.") ||
        tokens[i + 1].key.ptr[0] != tokens[i + 3].key.ptr[0]) {
        return false;
    }
    bool spaced = false;
    for (int k = 0; k < 3; k++) {
        size_t at = i + 2 * (size_t)k;
        if (!kh_scan_number(s, at, &t->value[k], &t->digits[k])) {
            return false;
        }
        spaced = spaced || (k > 0 && kh_scan_spaced(s, at));
    }
    t->separator = tokens[i + 1].key.ptr[0];
    t->end = i + 5;
    bool long_year = t->digits[0] == 4 || t->digits[2] == 4;
    bool behind = i > s->first && kh_scan_mark(s, i - 1, "-/.") && !kh_scan_spaced(s, i) && !kh_scan_spaced(s, i - 1);
    return (!spaced || long_year) && !behind && !goes_on(s, t->end);
}

/* The full year of "23", "99", "02". */
static int long_year(const kh_date_scan *s, int year)
{
    if (s->know->solar[s->lang]) {
        return kh_solar_year(year);
    }
    return year < 70 ? 2000 + year : 1900 + year;
}

/* Two digits that are more likely those of a Persian year than a day. */
static bool is_solar_year(int digits)
{
    return digits <= SOLAR_YEARS_TO || digits >= 32;
}

/* Day, month and year of T in *expr. */
static bool order_parts(const kh_date_scan *s, const triple *t, kh_date_expr *expr)
{
    const int *v = t->value;
    int year = 0, month = v[1], day = 0;
    if (t->digits[0] == 4) {
        year = v[0];
        day = v[2];
    } else if (t->digits[2] == 4) {
        year = v[2];
        day = v[0];
    } else if (t->separator == '-' || t->digits[1] > 2 || t->digits[0] > 2 || t->digits[2] != 2) {
        return false;
    } else if (s->know->solar[s->lang] && is_solar_year(v[0]) && v[2] <= 31) {
        year = long_year(s, v[0]);
        day = v[2];
    } else if (s->know->solar[s->lang] && !is_solar_year(v[2])) {
        return false;
    } else {
        year = long_year(s, v[2]);
        day = v[0];
    }
    bool year_first = t->digits[0] == 4;
    if (!year_first && month > 12 && day <= 12) {
        int swap = month;
        month = day;
        day = swap;
    } else {
        expr->swapped = !year_first && s->know->month_first[s->lang] && day <= 12 && day != month && t->separator == '/';
    }
    expr->year = (int16_t)year;
    expr->month = (int16_t)month;
    expr->day = (int16_t)day;
    return year > 0;
}

size_t kh_parse_era(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    bool bracket = kh_scan_mark(s, i, "(");
    size_t at = bracket ? i + 1 : i;
    if (!kh_scan_has(s, at, KH_WORD_ERA)) {
        return i;
    }
    expr->calendar = (kh_calendar)kh_scan_word(s, at)->era;
    at = kh_scan_after(s, at);
    return bracket && kh_scan_mark(s, at, ")") ? at + 1 : at;
}

/* "2019年6月24日", "2020년 6월 24일": each number with its word behind it. */
static size_t read_worded(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int year = 0, month = 0, day = 0, digits = 0;
    int64_t number = 0;
    if (!kh_scan_number(s, i, &year, &digits) || digits != 4 || !kh_scan_has(s, i + 1, KH_WORD_YEAR_WORD) ||
        !kh_scan_number(s, i + 2, &month, &digits) || digits > 2 || !kh_scan_month_unit(s, i + 3) ||
        !kh_scan_number(s, i + 4, &day, &digits) || digits > 2 || !kh_scan_has(s, i + 5, KH_WORD_DAY_WORD) ||
        !kh_dates_day_number(KH_GREGORIAN, year, month, day, &number)) {
        return 0;
    }
    expr->kind = KH_EXPR_NAMED;
    expr->calendar = KH_GREGORIAN;
    expr->year = (int16_t)year;
    expr->month = (int16_t)month;
    expr->day = (int16_t)day;
    return i + 6;
}

size_t kh_parse_numeric(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t worded = read_worded(s, i, expr);
    if (worded) {
        return worded;
    }
    triple t = {0};
    int64_t number = 0;
    if (!read_triple(s, i, &t) || !order_parts(s, &t, expr)) {
        return 0;
    }
    expr->kind = KH_EXPR_NAMED;
    expr->calendar = kh_calendar_of_year(s, expr->year);
    size_t end = kh_parse_era(s, t.end, expr);
    return kh_dates_day_number(expr->calendar, expr->year, expr->month, expr->day, &number) ? end : 0;
}

/* ---- times of day ---- */

static bool seconds_of(const kh_date_scan *s, size_t i, int *value)
{
    if (i >= s->end || s->text->tokens.items[i].kind != KH_NUMBER) {
        return false;
    }
    kh_str whole = s->text->tokens.items[i].key;
    size_t point = kh_str_find(whole, KH_STR("."));
    uint64_t number = 0;
    if (point != 2 || !kh_str_u64(kh_str_head(whole, point), &number) || number > 60) {
        return false;
    }
    *value = number == 60 ? 59 : (int)number;
    return true;
}

/* "pm", "p.m." and "مساء", but not "م", which is also "metres". */
static bool more_than_a_letter(const kh_date_scan *s, size_t i)
{
    kh_str word = s->text->tokens.items[i].key;
    size_t len = 0;
    kh_utf8_at(word, 0, &len);
    return word.len > len || kh_scan_after(s, i) > i + 1;
}

/* "18:20", "18:20:07", "18h20", "18.20 Uhr", "3 pm" from token I on. */
static size_t read_clock(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int hour = 0, minute = 0, second = 0, digits = 0, minute_digits = 0;
    size_t end = 0;
    if (kh_scan_number(s, i, &hour, &digits) && digits <= 2 && hour < 24) {
        bool colon = kh_scan_mark(s, i + 1, ":");
        bool french = i + 1 < s->end && kh_token_is(&s->text->tokens.items[i + 1], "h");
        if ((colon || french) && kh_scan_number(s, i + 2, &minute, &minute_digits) && minute_digits == 2 && minute < 60) {
            end = i + 3;
        } else if (kh_scan_has(s, i + 1, KH_WORD_CLOCK) && hour <= 12 &&
                   (kh_scan_word(s, i + 1)->clock == KH_CLOCK_AM || kh_scan_word(s, i + 1)->clock == KH_CLOCK_PM) &&
                   more_than_a_letter(s, i + 1)) {
            end = i + 1;
        }
        if (end == i + 3 && colon && kh_scan_mark(s, end, ":")) {
            int seconds_digits = 0;
            bool plain =
                kh_scan_number(s, end + 1, &second, &seconds_digits) && (seconds_digits == 2 || !kh_scan_spaced(s, end + 2)) && second < 60;
            if (plain || seconds_of(s, end + 1, &second)) {
                expr->has_seconds = true;
                end += 2;
            }
        }
    } else if (s->text->tokens.items[i].kind == KH_NUMBER && kh_scan_has(s, i + 1, KH_WORD_CLOCK) &&
               kh_scan_word(s, i + 1)->clock == KH_CLOCK_OCLOCK) {
        kh_str key = s->text->tokens.items[i].key; /* "15.44 Uhr" */
        uint64_t h = 0, m = 0;
        size_t point = kh_str_find(key, KH_STR("."));
        if (point <= 2 && kh_str_u64(kh_str_head(key, point), &h) && kh_str_u64(kh_str_from(key, point + 1), &m) && h < 24 && m < 60) {
            hour = (int)h;
            minute = (int)m;
            end = i + 1;
        }
    }
    if (end) {
        expr->has_clock = true;
        expr->hour = (int8_t)hour;
        expr->minute = (int8_t)minute;
        expr->second = (int8_t)second;
    }
    return end;
}

/* "+0330", "+03:30", "Z", "GMT" from token I on; I itself when there is none. */
static size_t read_zone(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    int value = 0, digits = 0, minutes = 0, minute_digits = 0;
    bool utc = kh_scan_has(s, i, KH_WORD_CLOCK) && kh_scan_word(s, i)->clock == KH_CLOCK_UTC;
    if (utc || (i < s->end && !kh_scan_spaced(s, i) && kh_token_is(&s->text->tokens.items[i], "z"))) {
        expr->has_offset = true;
        return kh_scan_after(s, i);
    }
    if (!kh_scan_mark(s, i, "+-") || kh_scan_spaced(s, i + 1) || !kh_scan_number(s, i + 1, &value, &digits)) {
        return i;
    }
    size_t end = i + 2;
    if (digits == 2 && kh_scan_mark(s, end, ":") && kh_scan_number(s, end + 1, &minutes, &minute_digits)) {
        value = value * 100 + minutes;
        end += 2;
    } else if (digits != 4) {
        return i;
    }
    int total = value / 100 * 60 + value % 100;
    if (total > 14 * 60 || value % 100 > 59) {
        return i;
    }
    bool west = s->text->tokens.items[i].key.ptr[0] == '-';
    expr->has_offset = true;
    expr->offset_minutes = (int16_t)(west ? -total : total);
    return end;
}

/* "مساء", "pm", "Uhr", brackets behind a time. */
static size_t read_half(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    while (kh_scan_has(s, i, KH_WORD_CLOCK)) {
        uint8_t clock = kh_scan_word(s, i)->clock;
        if (clock == KH_CLOCK_PM && expr->hour < 12) {
            expr->hour = (int8_t)(expr->hour + 12);
        } else if (clock == KH_CLOCK_AM && expr->hour == 12) {
            expr->hour = 0;
        } else if (clock == KH_CLOCK_AT || clock == KH_CLOCK_UTC) {
            break;
        }
        i = kh_scan_after(s, i);
        i += kh_scan_mark(s, i, ".") && i + 1 == s->end ? 1 : 0;
    }
    return i;
}

size_t kh_parse_clock(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = i;
    bool t_mark = i < s->end && !kh_scan_spaced(s, i) && kh_token_is(&s->text->tokens.items[i], "t");
    if (t_mark) {
        at = i + 1;
    }
    for (int skipped = 0; skipped < 4 && at < s->end; skipped++) {
        bool at_word = kh_scan_has(s, at, KH_WORD_CLOCK) && kh_scan_word(s, at)->clock == KH_CLOCK_AT;
        if (!at_word && !kh_scan_mark(s, at, ",-|/(;:")) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    size_t end = at < s->end ? read_clock(s, at, expr) : 0;
    if (!end) {
        return i;
    }
    end = read_half(s, end, expr);
    return read_half(s, read_zone(s, end, expr), expr);
}
