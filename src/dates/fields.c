/* fields.c - the one date that a field of a page, its URL or a news code states.
 *
 * Decides what "2024-08-05T14:25:00+03:30", "1710271500", "Tue, 12 Mar 2024 19:25:00 +0000", "15 مرداد 1403"
 * mean; that ".../2024/08/05/..." in a URL is 5 August 2024; and that the news code 1403051514250 begins
 * with 15 Mordad 1403, as those of several Iranian agencies do. A code or URL counts only when its digits are
 * a day that exists; the caller refuses days outside the time that there has been a web.
 *
 * Gets wrong: 08/07/2023 in a field of an American page, where nothing else tells the order.
 */
#include "dates/fields.h"

enum { SOLAR_FROM = 1370, SOLAR_TO = 1450, WEB_FROM = 1990, WEB_TO = 2100 };

/* A value that kh_dates_of_field has no words for: Unix time, "20230807184000". */
static bool time_in_digits(kh_str s, kh_time *t)
{
    uint64_t value = 0;
    if (!kh_str_u64(s, &value)) {
        return false;
    }
    if (s.len == 10 || s.len == 13) {
        int64_t seconds = (int64_t)(s.len == 13 ? value / 1000 : value);
        *t = kh_day_of_number(seconds / 86400);
        int rest = (int)(seconds % 86400);
        t->precision = KH_TO_SECOND;
        t->hour = (int8_t)(rest / 3600);
        t->minute = (int8_t)(rest / 60 % 60);
        t->second = (int8_t)(rest % 60);
        t->has_offset = true;
        return true;
    }
    if ((s.len != 12 && s.len != 14) || !kh_time_parse(kh_str_head(s, 8), t)) {
        return false;
    }
    kh_str clock = kh_str_from(s, 8);
    uint64_t hour = 0, minute = 0;
    kh_str_u64(kh_str_head(clock, 2), &hour); /* S is all digits */
    kh_str_u64((kh_str){clock.ptr + 2, 2}, &minute);
    if (hour < 24 && minute < 60) {
        t->precision = KH_TO_MINUTE;
        t->hour = (int8_t)hour;
        t->minute = (int8_t)minute;
    }
    return true;
}

static bool first_full(kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, kh_time *t)
{
    kh_date_exprs exprs = {0};
    kh_arena inner = kh_arena_split(&scratch);
    kh_dates_parse(&scratch, inner, know, text, lang, 0, text->lines.count, &exprs);
    KH_EACH(kh_date_expr, expr, exprs) {
        if (kh_dates_full(expr, t)) {
            return true;
        }
    }
    return false;
}

bool kh_dates_of_field(kh_arena scratch, const kh_dates_know *know, kh_str raw, uint8_t lang, kh_time *t)
{
    raw = kh_str_trim(raw);
    if ((kh_time_parse(raw, t) && t->precision >= KH_TO_DAY && t->year > 1700) || time_in_digits(raw, t)) {
        return true;
    }
    const kh_text *text = kh_text_of(&scratch, raw);
    uint8_t english = kh_lexicon_lang(know->lex, KH_STR("en"));
    return first_full(scratch, know, text, lang, t) || first_full(scratch, know, text, english, t) ||
           first_full(scratch, know, text, KH_LANG_NONE, t);
}

/* The number in the first COUNT characters of S, which are digits of any script; -1 otherwise. */
static int digits_at(kh_str s, size_t at, size_t count)
{
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9') {
            return -1;
        }
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

static bool day_of_parts(int year, int month, int day, kh_time *t)
{
    int64_t number = 0;
    kh_calendar calendar = year >= SOLAR_FROM && year <= SOLAR_TO ? KH_PERSIAN : KH_GREGORIAN;
    bool web = calendar == KH_PERSIAN || (year >= WEB_FROM && year <= WEB_TO);
    if (!web || !kh_dates_day_number(calendar, year, month, day, &number)) {
        return false;
    }
    *t = kh_day_of_number(number);
    return true;
}

bool kh_dates_of_code(kh_str digits, kh_time *t)
{
    int year = digits_at(digits, 0, 4);
    bool solar = year >= SOLAR_FROM && year <= SOLAR_TO;
    return solar && digits.len >= 10 && digits.len <= 16 && day_of_parts(year, digits_at(digits, 4, 2), digits_at(digits, 6, 2), t);
}

static size_t digit_run(kh_str s, size_t at)
{
    size_t end = at;
    while (end < s.len && s.ptr[end] >= '0' && s.ptr[end] <= '9') {
        end++;
    }
    return end - at;
}

/* "2022/01/06", "2022-1-6", "06-01-2022" at AT, where a run of RUN digits begins. */
static bool day_in_path(kh_str s, size_t at, size_t run, kh_time *t)
{
    size_t second = at + run + 1;
    size_t second_run = second < s.len ? digit_run(s, second) : 0;
    size_t third = second + second_run + 1;
    size_t third_run = second_run && third < s.len ? digit_run(s, third) : 0;
    char mark = at + run < s.len ? s.ptr[at + run] : 0;
    bool joined = third_run && (mark == '/' || mark == '-' || mark == '_' || mark == '.') && s.ptr[third - 1] == mark;
    if (!joined || second_run > 2) {
        return false;
    }
    if (run == 4 && third_run <= 2) {
        return day_of_parts(digits_at(s, at, 4), digits_at(s, second, second_run), digits_at(s, third, third_run), t);
    }
    return run <= 2 && third_run == 4 && day_of_parts(digits_at(s, third, 4), digits_at(s, second, second_run), digits_at(s, at, run), t);
}

bool kh_dates_of_url(kh_str url, kh_time *t)
{
    size_t path = 0;
    for (size_t at = 0; at < url.len; at = path) { /* an archive's address holds the page's own */
        size_t next = path + kh_str_find(kh_str_from(url, path), KH_STR("://"));
        if (next >= url.len) {
            break;
        }
        path = next + 3;
    }
    for (size_t i = path; i < url.len;) {
        size_t run = digit_run(url, i);
        if (run == 0) {
            i++;
            continue;
        }
        kh_str digits = {url.ptr + i, run};
        bool compact = run == 8 || run == 12 || run == 14;
        if (day_in_path(url, i, run, t) || kh_dates_of_code(digits, t) ||
            (compact && day_of_parts(digits_at(digits, 0, 4), digits_at(digits, 4, 2), digits_at(digits, 6, 2), t))) {
            return true;
        }
        i += run;
    }
    return false;
}
