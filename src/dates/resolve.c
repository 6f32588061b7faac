/* resolve.c - which day an expression means on a page of a known day.
 *
 * Decides, for the page of Monday 15 January 2024: "الخميس الماضي" is 11 January, "أمس" the 14th, "9 كانون
 * الثاني الجاري" the 9th, "23 نونبر الماضي" 23 November 2023. A bare weekday is the last such day up to
 * the page's own; "last" is never the page's own day; a day and month without a year is the last such day, or
 * one up to ten weeks ahead, since news is about now. Where the words disagree ("أمس الثلاثاء" on a Friday, whose yesterday was a
 * Thursday) both readings are kept: the weekday's first, because it is the part that a copier of an older
 * text does not adapt. A Hijri date is moved by one day where its weekday says so.
 *
 * A month or year of the Persian or Hijri calendar is given as the range of its days, since it begins and
 * ends inside Gregorian months.
 *
 * Gets wrong: announcements of coming weekdays without "next" ("returns on Monday").
 */
#include "dates/expr.h"

enum {
    AHEAD_MAX = 72, /* days, in months of 31: how far ahead a day without a year may lie */
    NEAR_DAYS = 7   /* so near to the page date that an open order of day and month is settled */
};

bool kh_dates_day_number(kh_calendar calendar, int year, int month, int day, int64_t *number)
{
    switch (calendar) {
    case KH_PERSIAN: return kh_persian_to_day(year, month, day, number);
    case KH_HIJRI: return kh_hijri_to_day(year, month, day, number);
    default:
        if (!kh_day_valid(year, month, day)) {
            return false;
        }
        *number = kh_day_number(kh_day(year, month, day));
        return true;
    }
}

static int weekday_of(int64_t number)
{
    return kh_iso_weekday(kh_day_of_number(number));
}

/* The day T with the time of EXPR. */
static kh_time with_clock(kh_time t, const kh_date_expr *expr)
{
    if (expr->has_clock) {
        t.precision = expr->has_seconds ? KH_TO_SECOND : KH_TO_MINUTE;
        t.hour = expr->hour;
        t.minute = expr->minute;
        t.second = expr->second;
        t.has_offset = expr->has_offset;
        t.offset_minutes = expr->offset_minutes;
    }
    return t;
}

bool kh_dates_full(const kh_date_expr *expr, kh_time *t)
{
    int64_t number = 0;
    if (expr->kind != KH_EXPR_NAMED || !expr->year || !expr->month || !expr->day ||
        !kh_dates_day_number(expr->calendar, expr->year, expr->month, expr->day, &number)) {
        return false;
    }
    if (expr->calendar == KH_HIJRI && expr->weekday) {
        int off = (expr->weekday - weekday_of(number) + 7) % 7;
        number += off == 1 ? 1 : off == 6 ? -1 : 0;
    }
    *t = with_clock(kh_day_of_number(number), expr);
    return true;
}

/* Year, month and day of BASE in CALENDAR. */
static void in_calendar(kh_calendar calendar, kh_time base, int *year, int *month, int *day)
{
    int64_t number = kh_day_number(base);
    if (calendar == KH_PERSIAN) {
        kh_persian_of_day(number, year, month, day);
    } else if (calendar == KH_HIJRI) {
        kh_hijri_of_day(number, year, month, day);
    } else {
        kh_time t = kh_day_of_number(number);
        *year = t.year;
        *month = t.month;
        *day = t.day;
    }
}

/* The days of FIRST..NEXT-1 as a range. */
static kh_when days(int64_t first, int64_t next)
{
    return (kh_when){.from = kh_day_of_number(first), .to = kh_day_of_number(next - 1)};
}

/* A whole month or, with month 0, a whole year; unknown when it is out of range. */
static kh_when whole(kh_calendar calendar, int year, int month)
{
    kh_when when = {0};
    int64_t first = 0, next = 0;
    if (calendar == KH_GREGORIAN) {
        bool fits = year >= 1 && year <= 9999;
        when.from = (kh_time){.year = (int16_t)year,
                              .month = (int8_t)month,
                              .precision = !fits   ? KH_NO_TIME
                                           : month ? KH_TO_MONTH
                                                   : KH_TO_YEAR};
        return when;
    }
    bool last = month == 0 || month == 12;
    if (kh_dates_day_number(calendar, year, month ? month : 1, 1, &first) &&
        kh_dates_day_number(calendar, last ? year + 1 : year, last ? 1 : month + 1, 1, &next)) {
        when = days(first, next);
    }
    return when;
}

/* The year that a day or month without one has, seen from BASE. */
static int year_of(const kh_date_expr *expr, kh_time base)
{
    int year = 0, month = 0, day = 0;
    in_calendar(expr->calendar, base, &year, &month, &day);
    if (expr->unit == KH_UNIT_YEAR) {
        return year + expr->offset;
    }
    int here = month * 31 + day;
    int there = expr->month * 31 + (expr->day ? expr->day : day);
    switch (expr->modifier) {
    case KH_MODIFIER_LAST: return there < here && (expr->month != month || expr->day) ? year : year - 1;
    case KH_MODIFIER_NEXT: return there > here ? year : year + 1;
    case KH_MODIFIER_CURRENT:
    case KH_MODIFIER_THIS: return year;
    default: return there - here > AHEAD_MAX ? year - 1 : here - there > 12 * 31 - AHEAD_MAX ? year + 1 : year;
    }
}

/* A numeric date of open order: the other reading where only it lies before the page date or close to it. (Both are days, and
 * weeks apart.) */
static void unswap(kh_date_expr *expr, kh_time base)
{
    if (!expr->swapped || !kh_time_known(base)) {
        return;
    }
    kh_time written = {0}, other = {0};
    kh_date_expr turned = *expr;
    turned.day = expr->month;
    turned.month = expr->day;
    kh_dates_full(expr, &written);
    kh_dates_full(&turned, &other);
    int64_t now = kh_day_number(base);
    bool ahead = kh_day_number(written) > now + 1;
    bool behind = kh_day_number(other) <= now + 1;
    if (behind && (ahead || now - kh_day_number(other) <= NEAR_DAYS)) {
        *expr = turned;
    }
}

static void resolve_named(const kh_date_expr *expr, kh_time base, kh_date *date)
{
    kh_date_expr named = *expr;
    unswap(&named, base);
    if (!named.year) {
        if (!kh_time_known(base)) {
            return;
        }
        named.year = (int16_t)year_of(&named, base);
    }
    if (!named.day) {
        date->when = whole(named.calendar, named.year, named.month);
        return;
    }
    int64_t number = 0;
    kh_time t = {0};
    if (!kh_dates_full(&named, &t)) {
        return;
    }
    date->when.from = t;
    number = kh_day_number(t);
    int off = expr->weekday ? (expr->weekday - weekday_of(number) + 7) % 7 : 0;
    if (off) {
        date->clash = true;
        date->other = kh_day_of_number(off <= 3 ? number + off : number + off - 7);
        date->reason = KH_STR("the weekday does not fit the date");
    }
}

/* From one month, or day of a month, to another. */
static void resolve_span(const kh_date_expr *expr, kh_time base, kh_date *date)
{
    kh_date_expr first = *expr, last = *expr;
    first.kind = last.kind = KH_EXPR_NAMED;
    last.month = expr->month2;
    last.day = expr->day2;
    if (!first.year && !kh_time_known(base)) {
        return;
    }
    first.year = (int16_t)(first.year ? first.year : year_of(expr, base));
    last.year = expr->last_year ? expr->last_year : (int16_t)(first.year + (last.month < first.month));
    kh_when from = whole(first.calendar, first.year, first.month);
    kh_when to = whole(last.calendar, last.year, last.month);
    if (!expr->day) {
        date->when.from = from.from;
        date->when.to = kh_time_known(to.to) ? to.to : to.from;
    } else if (kh_dates_full(&first, &from.from) && kh_dates_full(&last, &to.from)) {
        date->when = (kh_when){.from = from.from, .to = to.from};
    }
}

static void resolve_range(const kh_date_expr *expr, kh_time base, kh_date *date)
{
    kh_date_expr end = *expr;
    if (expr->year2) {
        kh_when first = whole(expr->calendar, expr->year, 0);
        kh_when last = whole(expr->calendar, expr->year2, 0);
        date->when.from = first.from;
        date->when.to = kh_time_known(last.to) ? last.to : last.from;
        return;
    }
    if (expr->month2) {
        resolve_span(expr, base, date);
        return;
    }
    end.kind = KH_EXPR_NAMED;
    end.year = (int16_t)(expr->year ? expr->year : kh_time_known(base) ? year_of(expr, base) : 0);
    kh_date_expr first = end;
    end.day = expr->day2;
    kh_time from = {0}, to = {0};
    if (end.year && kh_dates_full(&first, &from) && kh_dates_full(&end, &to)) {
        date->when = (kh_when){.from = from, .to = to};
    }
}

/* The last WEEKDAY up to BASE; with a modifier before or behind it. */
static int64_t weekday_number(int weekday, uint8_t modifier, kh_time base)
{
    int64_t number = kh_day_number(base);
    int back = (weekday_of(number) - weekday + 7) % 7;
    if (modifier == KH_MODIFIER_LAST) {
        return number - (back ? back : 7);
    }
    if (modifier == KH_MODIFIER_NEXT) {
        return number + 7 - back;
    }
    return number - back;
}

static void resolve_months(const kh_date_expr *expr, kh_time base, kh_date *date)
{
    int year = 0, month = 0, day = 0;
    in_calendar(expr->calendar, base, &year, &month, &day);
    if (expr->unit == KH_UNIT_YEAR) {
        date->when = whole(expr->calendar, year + expr->offset, 0);
        return;
    }
    int months = year * 12 + month - 1 + expr->offset;
    date->when = whole(expr->calendar, months / 12, months % 12 + 1);
}

static void resolve_offset(const kh_date_expr *expr, kh_time base, bool saturday, kh_date *date)
{
    int64_t number = kh_day_number(base);
    switch (expr->unit) {
    case KH_UNIT_DAY:
        number += expr->offset;
        date->when.from = with_clock(kh_day_of_number(number), expr);
        if (expr->weekday && weekday_of(number) != expr->weekday) {
            date->clash = true;
            date->other = kh_day_of_number(number);
            number = weekday_number(expr->weekday, expr->offset > 0 ? KH_MODIFIER_NEXT : KH_MODIFIER_NONE, base);
            date->when.from = with_clock(kh_day_of_number(number), expr);
            date->reason = KH_STR("the weekday does not fit the page date");
        }
        break;
    case KH_UNIT_WEEK: {
        int into = saturday ? (weekday_of(number) + 1) % 7 : weekday_of(number) - 1;
        int64_t start = number - into + 7 * expr->offset;
        date->when = days(start, start + 7);
        break;
    }
    default: resolve_months(expr, base, date);
    }
}

kh_date kh_dates_resolve(const kh_date_expr *expr, const kh_dates_know *know, kh_time base)
{
    kh_date date = {.span = expr->span, .calendar = expr->calendar, .how = KH_DATE_ABSOLUTE, .core = true};
    bool based = kh_time_known(base);
    switch (expr->kind) {
    case KH_EXPR_NAMED: resolve_named(expr, base, &date); break;
    case KH_EXPR_RANGE: resolve_range(expr, base, &date); break;
    case KH_EXPR_WEEKDAY:
        date.how = KH_DATE_WEEKDAY;
        if (based) {
            date.when.from = with_clock(kh_day_of_number(weekday_number(expr->weekday, expr->modifier, base)), expr);
        }
        break;
    default:
        date.how = KH_DATE_RELATIVE;
        if (based) {
            resolve_offset(expr, base, know->saturday[expr->lang], &date);
        }
    }
    date.core = !expr->vague && kh_when_known(date.when);
    return date;
}

kh_dates kh_dates_find(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, kh_time base)
{
    kh_dates found = {0};
    kh_date_exprs exprs = {0};
    kh_arena inner = kh_arena_split(&scratch);
    kh_dates_parse(&scratch, inner, know, text, lang, 0, text->lines.count, &exprs);
    KH_EACH(kh_date_expr, expr, exprs) {
        *KH_ADD(out, &found) = kh_dates_resolve(expr, know, base);
    }
    return found;
}
