/* time.h - points and stretches of calendar time with their precision, as pages state them.
 *
 * No clock and no time zone data: a time is what was written, with its offset where one was written.
 * Day arithmetic is proleptic Gregorian.
 */
#ifndef KHABAR_MODEL_TIME_H
#define KHABAR_MODEL_TIME_H

#include "base/base.h"

typedef enum kh_precision {
    KH_NO_TIME, /* unknown: the zero value */
    KH_TO_YEAR,
    KH_TO_MONTH,
    KH_TO_DAY,
    KH_TO_MINUTE,
    KH_TO_SECOND
} kh_precision;

typedef struct kh_time {
    int16_t year;
    int8_t month, day, hour, minute, second;
    uint8_t precision; /* kh_precision; finer fields are 0 */
    bool has_offset;
    int16_t offset_minutes; /* east of UTC */
} kh_time;

/* A day, month, year or time (to.precision == KH_NO_TIME), or the range from..to, both inside. */
typedef struct kh_when {
    kh_time from;
    kh_time to;
} kh_when;

kh_time kh_day(int year, int month, int day);
bool kh_time_known(kh_time t);
bool kh_when_known(kh_when w);
bool kh_day_valid(int year, int month, int day);

/* Days since 1970-01-01; a time of year or month precision counts from its first day. */
int64_t kh_day_number(kh_time t);
kh_time kh_day_of_number(int64_t day);
int kh_iso_weekday(kh_time t); /* 1 = Monday ... 7 = Sunday */

/* The last day that T may mean (31 December of a year). */
int64_t kh_last_day_number(kh_time t);

/* Seconds since 1970-01-01T00:00 UTC; without an offset the written time is taken as UTC. */
int64_t kh_time_seconds(kh_time t);
kh_time kh_time_of_seconds(int64_t seconds); /* UTC, to the second */

/* ISO 8601 / RFC 3339 with the precision known: "2022", "2022-01", "2024-08-05", "2024-08-05T14:25",
 * "2024-08-05T14:25:00+03:30"; the empty slice when unknown. A range is "from/to". */
kh_str kh_time_text(kh_arena *out, kh_time t);
kh_str kh_when_text(kh_arena *out, kh_when w);

/* Reads what kh_time_text writes, also with a space for T, a "Z", fractions of a second (dropped) and
 * "20220108". False when S is none of these. */
bool kh_time_parse(kh_str s, kh_time *t);
bool kh_when_parse(kh_str s, kh_when *w);

#endif
