/* expr.h - inside dates/: what the words of a date say, before a page date gives them a value.
 *
 *     text -> words.c, scan.c (which words belong to dates) -> numeric.c, named.c, parse.c (kh_date_expr)
 *          -> resolve.c (kh_date) -> page.c (the date of the page)
 */
#ifndef KHABAR_DATES_EXPR_H
#define KHABAR_DATES_EXPR_H

#include "dates/dates.h"

/* ---- words.c ---- */

typedef enum kh_date_unit {
    KH_UNIT_NONE,
    KH_UNIT_SECOND,
    KH_UNIT_MINUTE,
    KH_UNIT_HOUR,
    KH_UNIT_DAY,
    KH_UNIT_WEEK,
    KH_UNIT_MONTH,
    KH_UNIT_YEAR
} kh_date_unit;

typedef enum kh_date_modifier {
    KH_MODIFIER_NONE,
    KH_MODIFIER_LAST,   /* الماضي, گذشته, last */
    KH_MODIFIER_NEXT,   /* المقبل, آینده, next */
    KH_MODIFIER_THIS,   /* هذا, این, this */
    KH_MODIFIER_CURRENT /* الجاري, جاری */
} kh_date_modifier;

/* What a phrase of the tables can be: a set, since forms have several senses (Urdu ہفتہ, French "mars"). */
enum {
    KH_WORD_MONTH = 1 << 0,     /* month, calendar */
    KH_WORD_WEEKDAY = 1 << 1,   /* weekday */
    KH_WORD_OFFSET = 1 << 2,    /* offset_unit, offset: yesterday, last week */
    KH_WORD_MODIFIER = 1 << 3,  /* modifier */
    KH_WORD_UNIT = 1 << 4,      /* unit */
    KH_WORD_AGO = 1 << 5,       /* ago_after */
    KH_WORD_YEAR_WORD = 1 << 6, /* عام, سال, года */
    KH_WORD_DAYPART = 1 << 7,
    KH_WORD_DAY_WORD = 1 << 8, /* يوم, روز, günü */
    KH_WORD_ERA = 1 << 9,      /* era */
    KH_WORD_CLOCK = 1 << 10,   /* clock */
    KH_WORD_JOINT = 1 << 11,   /* stands between the parts of a date: من, de, of, th */
    KH_WORD_IN = 1 << 12,      /* a month or a year alone is a date behind it: في, در, in, с */
    KH_WORD_RANGE = 1 << 13,   /* range */
    KH_WORD_EVERY = 1 << 14,   /* makes no date of what follows: كل, هر, every */
    KH_WORD_SINCE = 1 << 15,   /* since, until, during */
    KH_WORD_PUBLISHED = 1 << 16,
    KH_WORD_MODIFIED = 1 << 17,
    KH_WORD_CODE = 1 << 18,    /* news codes: کد خبر */
    KH_WORD_WEAK = 1 << 19,    /* also an ordinary word: no date without day or year beside it */
    KH_WORD_CAPITAL = 1 << 20, /* the table writes it with a capital */
    KH_WORD_FUTURE = 1 << 21,  /* will, سوف: a weekday shortly behind it is the next one */
    KH_WORD_DECADE = 1 << 22,  /* decade, decade_mark: دهه, ستينيات, the s of 1960s */
    KH_WORD_CENTURY = 1 << 23, /* القرن, century */
    KH_WORD_PERIOD = 1 << 24   /* first_month, last_month: first quarter of, پاییز */
};

typedef enum kh_clock_word { KH_CLOCK_AT, KH_CLOCK_AM, KH_CLOCK_PM, KH_CLOCK_OCLOCK, KH_CLOCK_UTC } kh_clock_word;
typedef enum kh_range_word { KH_RANGE_BETWEEN, KH_RANGE_AND, KH_RANGE_TO } kh_range_word;

typedef struct kh_date_word { /* without padding: words lie on a shelf */
    uint32_t senses;
    uint8_t month, calendar, weekday;
    uint8_t offset_unit, modifier, unit, era, clock, range;
    uint8_t decade, first_month, last_month;
    int16_t offset;
    bool ago_after, decade_mark;
} kh_date_word;

struct kh_dates_know {           /* lies on a shelf: a new field is named in dates_parts too */
    const kh_phrases *phrases;   /* values are indices into words */
    KH_LIST(kh_date_word) words; /* [0] has no sense */
    const kh_numerals *numerals;
    const struct kh_times_know *times; /* times.h */
    const kh_lexicon *lex;
    uint8_t arabic;                   /* languages by their own rules: kh_lexicon_lang */
    bool solar[KH_LANGS_MAX];         /* its numeric dates and years are Persian solar ones (table `order`) */
    bool month_first[KH_LANGS_MAX];   /* "August 4" without a year is a date */
    bool saturday[KH_LANGS_MAX];      /* its week begins on Saturday */
    bool future_behind[KH_LANGS_MAX]; /* its verb, with the future in it, closes the clause */
    bool bare_years[KH_LANGS_MAX];    /* "1989 gebaut": counted nouns have capitals, so a year is told from a count */
};

/* ---- what is parsed ---- */

typedef enum kh_expr_kind {
    KH_EXPR_NONE,
    KH_EXPR_NAMED,  /* year, month, day as far as said */
    KH_EXPR_RANGE,  /* year..year2, month..month2, or day..day2 of one month or, with month2, of two */
    KH_EXPR_OFFSET, /* offset units from the page date; weekday 0 or beside it */
    KH_EXPR_WEEKDAY /* weekday and modifier */
} kh_expr_kind;

typedef struct kh_date_expr {
    kh_expr_kind kind;
    uint32_t first, end; /* tokens, half open */
    uint8_t back;        /* tokens before the one it was found by that belong to it: the day in words before a month */
    kh_span span;
    kh_calendar calendar;
    int16_t year, month, day; /* 0: not said */
    int16_t year2, day2, month2;
    int16_t last_year; /* of day2 and month2, 0: not said */
    bool swapped;      /* numeric, and the order of day and month is open: 06/01/2022 in English */
    uint8_t weekday;   /* 1-7, 0: not said */
    uint8_t modifier;  /* kh_date_modifier */
    uint8_t unit;      /* kh_date_unit of offset */
    int16_t offset;
    bool has_clock, has_seconds, has_offset;
    int8_t hour, minute, second;
    int16_t offset_minutes;
    bool has_alternative; /* the same day in the Hijri or Persian calendar stands beside it */
    int64_t alternative;  /* its day number */
    bool vague;
    uint8_t lang;
} kh_date_expr;

typedef KH_LIST(kh_date_expr) kh_date_exprs;

/* ---- scan.c: one line of a text with the words of dates marked ---- */

typedef struct kh_date_scan {
    const kh_dates_know *know;
    const kh_text *text;
    uint8_t lang;
    size_t first, end;          /* tokens of the line */
    size_t low;                 /* what was found ends here: nothing may begin before it */
    bool future;                /* shortly behind a word for the future: "will meet on Sunday" */
    bool in;                    /* the word before this place is `in`, or the word for a month */
    const kh_date_word **words; /* of token first + k, longest phrase that begins there */
    uint32_t *word_ends;
    uint32_t *word_begins; /* source byte, behind a proclitic */
} kh_date_scan;

/* LINE of TEXT made ready; its arrays live in *OUT. */
kh_date_scan kh_date_scan_of(kh_arena *out, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t line);

bool kh_scan_has(const kh_date_scan *s, size_t i, uint32_t sense); /* false beyond the line */
const kh_date_word *kh_scan_word(const kh_date_scan *s, size_t i);
size_t kh_scan_after(const kh_date_scan *s, size_t i);                 /* the token behind the word at I */
bool kh_scan_mark(const kh_date_scan *s, size_t i, const char *marks); /* one of the folded marks */
bool kh_scan_spaced(const kh_date_scan *s, size_t i);                  /* white space before token I, or the line's end */

bool kh_scan_month_unit(const kh_date_scan *s, size_t i); /* the word for month: شهر, ماه */

/* A number of digits alone, at most four of them. */
bool kh_scan_number(const kh_date_scan *s, size_t i, int *value, int *digits);

/* ---- numeric.c: each gives the token behind what it read, or 0 (clock: I itself) when there is nothing ---- */

size_t kh_parse_numeric(const kh_date_scan *s, size_t i, kh_date_expr *expr); /* at a number: 10.08.2023, 1400/10/18, 2022-01-10 */
size_t kh_parse_clock(const kh_date_scan *s, size_t i, kh_date_expr *expr);   /* ", 18:20 Uhr", "T14:25:00Z" */
size_t kh_parse_era(const kh_date_scan *s, size_t i, kh_date_expr *expr);     /* هجري, م; I itself without one */

/* The calendar that a year of four digits belongs to in this language when no era is said. */
kh_calendar kh_calendar_of_year(const kh_date_scan *s, int year);

/* The Persian year of two digits: 1403 of 03, 1398 of 98; none to come, so 1340 of 40. */
int kh_solar_year(int digits);

/* ---- named.c ---- */

/* Any date named by numbers and month names at token I; the token behind it, 0 when there is none. A day in
 * words may begin before I: expr->back tokens earlier. */
size_t kh_parse_named(const kh_date_scan *s, size_t i, kh_date_expr *expr);

/* ---- periods.c ---- */

/* A decade, century, quarter or season at token I; the token behind it, 0 when there is none. What is named by a number
 * before I sets expr->first. */
size_t kh_parse_period(const kh_date_scan *s, size_t i, kh_date_expr *expr);

/* The day and month of *EXPR, which end at END, with "to July 2, 2021" behind: a range of days. END when there is none. */
size_t kh_parse_to_day(const kh_date_scan *s, size_t end, kh_date_expr *expr);

/* ---- parse.c ---- */

/* The expressions of lines FIRST_LINE..END_LINE of TEXT, in order. */
void kh_dates_parse(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t first_line,
                    size_t end_line, kh_date_exprs *found);

/* The word of the tables at token I, longest; its end in *end. The word without a sense when there is none. */
const kh_date_word *kh_dates_word_at(const kh_dates_know *know, const kh_text *text, size_t i, uint8_t lang, kh_match *match);

/* ---- resolve.c ---- */

/* The day, month or year that EXPR means on a page of day BASE. */
kh_date kh_dates_resolve(const kh_date_expr *expr, const kh_dates_know *know, kh_time base);

/* The full day that EXPR names by itself; false for anything less. With its time, where one is said. */
bool kh_dates_full(const kh_date_expr *expr, kh_time *t);

/* A named day of any calendar as a day number. */
bool kh_dates_day_number(kh_calendar calendar, int year, int month, int day, int64_t *number);

#endif
