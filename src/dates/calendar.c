/* calendar.c - the Persian solar and the Umm al-Qura lunar calendar as day numbers.
 *
 * Decides which day a page means by "18 دی 1400" (day 19000: Saturday, 8 January 2022) or by
 * "5 جمادى الآخرة 1443" (the same day).
 *
 * Persian: the 33-year rule, eight leap years in each cycle, which agrees with the astronomical
 * calendar of Iran and Afghanistan for 1178-1633 (K. Borkowski, "The Persian calendar for 3000 years",
 * 1996; compared with ICU 72.1 for every month of 1200-1500). Months 1-6 have 31 days, 7-11 have 30.
 * Hijri: umalqura.h. Civil, tabular and sighted variants of the Hijri calendar differ from it by a day
 * at times, Morocco and Oman more often than the Gulf: callers allow one day wherever they compare.
 *
 * Gets wrong: the Afghan and Iranian calendars of before 1925 had other months; no news is that old.
 */
#include "dates/dates.h"
#include "dates/umalqura.h"

enum {
    PERSIAN_FIRST = 1178,
    PERSIAN_LAST = 1633,
    PERSIAN_EPOCH = 1948320 - 2440588, /* 1 Farvardin 1 less a day, from 1970-01-01 */
};

static int64_t persian_new_year(int year)
{
    return PERSIAN_EPOCH + 365 * ((int64_t)year - 1) + (8 * (int64_t)year + 21) / 33;
}

static int persian_month_start(int month)
{
    return month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
}

bool kh_persian_to_day(int year, int month, int day, int64_t *day_number)
{
    if (year < PERSIAN_FIRST || year > PERSIAN_LAST || month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    int64_t first = persian_new_year(year) + persian_month_start(month);
    int64_t next = month < 12 ? persian_new_year(year) + persian_month_start(month + 1) : persian_new_year(year + 1);
    if (first + day - 1 >= next) {
        return false;
    }
    *day_number = first + day - 1;
    return true;
}

void kh_persian_of_day(int64_t day_number, int *year, int *month, int *day)
{
    int y = (int)((day_number - PERSIAN_EPOCH) * 100 / 36525) + 1;
    while (persian_new_year(y) > day_number) {
        y--;
    }
    while (persian_new_year(y + 1) <= day_number) {
        y++;
    }
    int rest = (int)(day_number - persian_new_year(y));
    int m = rest < 186 ? rest / 31 + 1 : (rest - 186) / 30 + 7;
    *year = y;
    *month = m;
    *day = rest - persian_month_start(m) + 1;
}

static int hijri_month_days(int year, int month)
{
    return 29 + (umalqura_long_months[year - UMALQURA_FIRST] >> (month - 1) & 1);
}

static int hijri_year_days(int year)
{
    int days = 0;
    for (int month = 1; month <= 12; month++) {
        days += hijri_month_days(year, month);
    }
    return days;
}

bool kh_hijri_to_day(int year, int month, int day, int64_t *day_number)
{
    if (year < UMALQURA_FIRST || year > UMALQURA_LAST || month < 1 || month > 12 || day < 1 || day > 30) {
        return false;
    }
    int64_t at = UMALQURA_START;
    for (int y = UMALQURA_FIRST; y < year; y++) {
        at += hijri_year_days(y);
    }
    for (int m = 1; m < month; m++) {
        at += hijri_month_days(year, m);
    }
    /* day 30 of a month that has 29 here may exist where the moon was sighted a day earlier */
    *day_number = at + day - 1;
    return true;
}

void kh_hijri_of_day(int64_t day_number, int *year, int *month, int *day)
{
    int64_t at = UMALQURA_START;
    int y = UMALQURA_FIRST;
    while (y < UMALQURA_LAST && at + hijri_year_days(y) <= day_number) {
        at += hijri_year_days(y++);
    }
    int m = 1;
    while (m < 12 && at + hijri_month_days(y, m) <= day_number) {
        at += hijri_month_days(y, m++);
    }
    *year = y;
    *month = m;
    *day = (int)(day_number - at) + 1;
}
