/* time.c - calendar arithmetic and the ISO 8601 form of times.
 *
 * Day numbers by Howard Hinnant's "chrono-compatible low-level date algorithms" (2013): civil days in
 * 400-year eras, exact for every proleptic Gregorian date. Example: 2022-01-08 is day 19000, a Saturday.
 */
#include "model/time.h"

#include <stdio.h>
#include <string.h>

static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in(int year, int month)
{
    return month_days[month - 1] + (month == 2 && is_leap(year));
}

kh_time kh_day(int year, int month, int day)
{
    return (kh_time){.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day, .precision = KH_TO_DAY};
}

bool kh_time_known(kh_time t)
{
    return t.precision != KH_NO_TIME;
}

bool kh_when_known(kh_when w)
{
    return kh_time_known(w.from);
}

bool kh_day_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

static int64_t day_number(int64_t y, int m, int d)
{
    y -= m <= 2;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int64_t kh_day_number(kh_time t)
{
    return day_number(t.year, t.precision >= KH_TO_MONTH ? t.month : 1, t.precision >= KH_TO_DAY ? t.day : 1);
}

int64_t kh_last_day_number(kh_time t)
{
    int month = t.precision >= KH_TO_MONTH ? t.month : 12;
    int day = t.precision >= KH_TO_DAY ? t.day : days_in(t.year, month);
    return day_number(t.year, month, day);
}

kh_time kh_day_of_number(int64_t day)
{
    day += 719468;
    int64_t era = (day >= 0 ? day : day - 146096) / 146097;
    int64_t day_of_era = day - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    int64_t year = year_of_era + era * 400 + (month <= 2);
    return kh_day((int)year, month, (int)(day_of_year - (153 * shifted + 2) / 5 + 1));
}

int kh_iso_weekday(kh_time t)
{
    int64_t from_monday = (kh_day_number(t) + 3) % 7; /* day 0 was a Thursday */
    return (int)(from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

int64_t kh_time_seconds(kh_time t)
{
    int64_t seconds = kh_day_number(t) * 86400;
    if (t.precision >= KH_TO_MINUTE) {
        seconds += t.hour * 3600 + t.minute * 60 + t.second;
    }
    return seconds - (t.has_offset ? t.offset_minutes * 60 : 0);
}

kh_time kh_time_of_seconds(int64_t seconds)
{
    int64_t day = (seconds >= 0 ? seconds : seconds - 86399) / 86400;
    int64_t second = seconds - day * 86400;
    kh_time t = kh_day_of_number(day);
    t.hour = (int8_t)(second / 3600);
    t.minute = (int8_t)(second / 60 % 60);
    t.second = (int8_t)(second % 60);
    t.precision = KH_TO_SECOND;
    t.has_offset = true;
    return t;
}

kh_str kh_time_text(kh_arena *out, kh_time t)
{
    kh_buf b = {.arena = out};
    if (t.precision >= KH_TO_YEAR) {
        kh_buf_printf(&b, "%04d", t.year);
    }
    if (t.precision >= KH_TO_MONTH) {
        kh_buf_printf(&b, "-%02d", t.month);
    }
    if (t.precision >= KH_TO_DAY) {
        kh_buf_printf(&b, "-%02d", t.day);
    }
    if (t.precision >= KH_TO_MINUTE) {
        kh_buf_printf(&b, "T%02d:%02d", t.hour, t.minute);
    }
    if (t.precision >= KH_TO_SECOND) {
        kh_buf_printf(&b, ":%02d", t.second);
    }
    if (t.precision >= KH_TO_MINUTE && t.has_offset) {
        int minutes = t.offset_minutes < 0 ? -t.offset_minutes : t.offset_minutes;
        if (minutes == 0) {
            kh_buf_char(&b, 'Z');
        } else {
            kh_buf_printf(&b, "%c%02d:%02d", t.offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
        }
    }
    return kh_buf_str(&b);
}

kh_str kh_when_text(kh_arena *out, kh_when w)
{
    kh_str from = kh_time_text(out, w.from);
    if (!kh_time_known(w.to)) {
        return from;
    }
    return kh_arena_join(out, kh_arena_join(out, from, KH_STR("/")), kh_time_text(out, w.to));
}

/* Takes COUNT digits off *s. */
static bool take_digits(kh_str *s, size_t count, int *value)
{
    uint64_t v = 0;
    if (s->len < count || !kh_str_u64(kh_str_head(*s, count), &v)) {
        return false;
    }
    *value = (int)v;
    *s = (kh_str){s->ptr + count, s->len - count};
    return true;
}

static bool take_char(kh_str *s, char c)
{
    if (s->len == 0 || s->ptr[0] != c) {
        return false;
    }
    *s = (kh_str){s->ptr + 1, s->len - 1};
    return true;
}

static bool parse_offset(kh_str *s, kh_time *t)
{
    int hours = 0, minutes = 0;
    take_char(s, ' ');
    if (s->len == 0) {
        return true;
    }
    t->has_offset = true;
    if (take_char(s, 'Z') || take_char(s, 'z') ||
        (s->len == 3 && (kh_str_eq(*s, KH_STR("UTC")) || kh_str_eq(*s, KH_STR("GMT"))) && (s->len = 0, true))) {
        return true;
    }
    bool west = s->len && s->ptr[0] == '-';
    if (!(take_char(s, '+') || take_char(s, '-')) || !take_digits(s, 2, &hours)) {
        return false;
    }
    take_char(s, ':');
    if (s->len && !take_digits(s, 2, &minutes)) {
        return false;
    }
    int total = hours * 60 + minutes;
    t->offset_minutes = (int16_t)(west ? -total : total);
    return hours <= 14 && minutes < 60;
}

static bool parse_clock(kh_str *s, kh_time *t)
{
    int hour = 0, minute = 0, second = 0;
    bool ok = take_digits(s, 2, &hour) && take_char(s, ':') && take_digits(s, 2, &minute);
    if (!ok || hour > 24 || minute > 59) {
        return false;
    }
    t->precision = KH_TO_MINUTE;
    if (take_char(s, ':')) {
        if (!take_digits(s, 2, &second) || second > 60) {
            return false;
        }
        t->precision = KH_TO_SECOND;
        if (take_char(s, '.') || take_char(s, ',')) {
            int digit = 0;
            while (take_digits(s, 1, &digit)) {
            }
        }
    }
    t->hour = (int8_t)(hour % 24);
    t->minute = (int8_t)minute;
    t->second = (int8_t)(second > 59 ? 59 : second);
    return parse_offset(s, t);
}

bool kh_time_parse(kh_str s, kh_time *t)
{
    kh_time v = {0};
    int year = 0, month = 1, day = 1;
    s = kh_str_trim(s);
    if (!take_digits(&s, 4, &year)) {
        return false;
    }
    v.precision = KH_TO_YEAR;
    bool dashes = take_char(&s, '-');
    if (dashes || s.len) {
        if (!take_digits(&s, 2, &month)) {
            return false;
        }
        v.precision = KH_TO_MONTH;
        if (dashes ? take_char(&s, '-') : s.len > 0) {
            if (!take_digits(&s, 2, &day)) {
                return false;
            }
            v.precision = KH_TO_DAY;
        }
    }
    if (!kh_day_valid(year, month, day) || (!dashes && v.precision == KH_TO_MONTH)) {
        return false;
    }
    v.year = (int16_t)year;
    v.month = v.precision >= KH_TO_MONTH ? (int8_t)month : 0;
    v.day = v.precision >= KH_TO_DAY ? (int8_t)day : 0;
    if (s.len) {
        bool clock = v.precision == KH_TO_DAY && (take_char(&s, 'T') || take_char(&s, 't') || take_char(&s, ' '));
        if (!clock || !parse_clock(&s, &v) || s.len) {
            return false;
        }
    }
    *t = v;
    return true;
}

bool kh_when_parse(kh_str s, kh_when *w)
{
    kh_str from;
    kh_str rest = s;
    kh_when v = {0};
    if (!kh_str_cut(&rest, '/', &from) || !kh_time_parse(from, &v.from)) {
        return false;
    }
    if (rest.ptr && !kh_time_parse(rest, &v.to)) {
        return false;
    }
    *w = v;
    return true;
}
