/* freshness.c - what the fields of an answer say of time: how long it holds, when one may come again.
 *
 *     Cache-Control: public, max-age=600      Age: 100            fresh for 500 seconds
 *     Expires: Thu, 06 Jan 2022 10:30:00 GMT  Date: ... 10:00     for 1800
 *     Cache-Control: no-store                                     for 0: it may be asked for at once
 *     Retry-After: 120, Retry-After: Thu, 06 Jan 2022 10:02:00 GMT
 *
 * RFC 9111 sections 4.2 and 5.2, RFC 9110 sections 5.6.7 and 10.2.3. A private cache of one user: max-age counts,
 * s-maxage does not. The three forms of a date are read by their parts, whatever stands between: a day of the month, a
 * month's name, a year, a time. Gets wrong: Expires without Date, which says nothing here.
 */
#include "model/time.h"
#include "watch/watch.h"

#include <string.h>

enum { DIGITS_MAX = 9, YEAR_PIVOT = 70 };

/* The next run of letters, or of digits, of *rest. */
static bool take_word(kh_str *rest, kh_str *word)
{
    size_t i = 0;
    while (i < rest->len && (!rest->ptr[i] || strchr(" ,-\t", rest->ptr[i]))) {
        i++;
    }
    *rest = kh_str_from(*rest, i);
    i = 0;
    while (i < rest->len && rest->ptr[i] && !strchr(" ,-\t", rest->ptr[i])) {
        i++;
    }
    *word = kh_str_head(*rest, i);
    *rest = kh_str_from(*rest, i);
    return word->len > 0;
}

static int month_of(kh_str word)
{
    static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    for (int i = 0; i < 12 && word.len == 3; i++) {
        if (kh_str_eq_ascii_nocase(word, (kh_str){names + i * 3, 3})) {
            return i + 1;
        }
    }
    return 0;
}

static bool read_number(kh_str word, int most, int *value)
{
    uint64_t n = 0;
    if (word.len > DIGITS_MAX || !kh_str_u64(word, &n) || n > (uint64_t)most) {
        return false;
    }
    *value = (int)n;
    return true;
}

static bool read_clock(kh_str word, kh_time *t)
{
    kh_str part = {0};
    int value[3] = {0};
    for (int i = 0; i < 3; i++) {
        if (!kh_str_cut(&word, ':', &part) || !read_number(part, i == 0 ? 23 : 60, &value[i])) {
            return false;
        }
    }
    t->hour = (int8_t)value[0];
    t->minute = (int8_t)value[1];
    t->second = (int8_t)(value[2] > 59 ? 59 : value[2]);
    return word.len == 0;
}

bool kh_http_date(kh_str words, int64_t *seconds)
{
    int day = 0;
    int month = 0;
    int year = -1;
    kh_time clock = {.precision = KH_NO_TIME};
    for (kh_str word; take_word(&words, &word);) {
        int value = 0;
        if (kh_str_find(word, KH_STR(":")) < word.len) {
            clock.precision = read_clock(word, &clock) ? KH_TO_SECOND : KH_NO_TIME;
        } else if (month_of(word)) {
            month = month_of(word);
        } else if (read_number(word, 9999, &value) && !day) {
            day = value;
        } else if (read_number(word, 9999, &value)) {
            year = word.len <= 2 ? value + (value < YEAR_PIVOT ? 2000 : 1900) : value;
        }
    }
    if (year < 0 || !kh_day_valid(year, month, day) || !kh_time_known(clock)) {
        return false;
    }
    kh_time t = kh_day(year, month, day);
    *seconds = kh_time_seconds(t) + clock.hour * 3600 + clock.minute * 60 + clock.second;
    return true;
}

/* A number of seconds, quoted or not; what is larger than a year is a year. */
static int64_t read_seconds(kh_str value)
{
    enum { YEAR = 365 * 86400 };
    uint64_t n = 0;
    value = kh_str_trim(value);
    if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"') {
        value = (kh_str){value.ptr + 1, value.len - 2};
    }
    size_t digits = 0;
    while (digits < value.len && value.ptr[digits] >= '0' && value.ptr[digits] <= '9') {
        digits++;
    }
    if (!digits || digits < value.len) {
        return KH_NOT_SAID;
    }
    return digits > DIGITS_MAX || !kh_str_u64(value, &n) || n > YEAR ? YEAR : (int64_t)n;
}

int64_t kh_fresh_for(kh_str cache_control, kh_str expires, kh_str date, kh_str age)
{
    int64_t fresh = KH_NOT_SAID;
    int64_t end = 0;
    int64_t begin = 0;
    for (kh_str piece; kh_str_cut(&cache_control, ',', &piece);) {
        piece = kh_str_trim(piece);
        if (kh_str_eq_ascii_nocase(piece, KH_STR("no-store")) || kh_str_eq_ascii_nocase(kh_str_head(piece, 8), KH_STR("no-cache"))) {
            return 0;
        }
        if (kh_str_eq_ascii_nocase(kh_str_head(piece, 8), KH_STR("max-age="))) {
            fresh = read_seconds(kh_str_from(piece, 8));
        }
    }
    if (fresh == KH_NOT_SAID && kh_http_date(expires, &end) && kh_http_date(date, &begin)) {
        fresh = end > begin ? end - begin : 0;
    }
    int64_t old = read_seconds(age);
    return fresh > 0 && old > 0 ? (old < fresh ? fresh - old : 0) : fresh;
}

int64_t kh_retry_after(kh_str value, int64_t now)
{
    int64_t seconds = read_seconds(value);
    int64_t at = 0;
    if (seconds == KH_NOT_SAID && kh_http_date(value, &at)) {
        seconds = at > now ? at - now : 0;
    }
    return seconds;
}
