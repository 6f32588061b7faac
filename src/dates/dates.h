/* dates.h - dates in the text, and the date of the page. */
#ifndef KHABAR_DATES_DATES_H
#define KHABAR_DATES_DATES_H

#include "lexicon/lexicon.h"
#include "model/article.h"

/* The tables months, weekdays, relative_dates of all languages, made ready. */
typedef struct kh_dates_know kh_dates_know;

/* NUMERALS may be NULL: then numbers written as words ("three days ago") are not read. Both LEX and
 * NUMERALS must outlive the result, which is read-only and may be shared by threads. */
const kh_dates_know *kh_dates_know_of(kh_arena *out, const kh_lexicon *lex, const kh_numerals *numerals);

/* All date expressions of TEXT in order of text; they do not overlap. BASE is the day that relative
 * words count from; where it is unknown they are found without a value. LANG is kh_lexicon_lang;
 * KH_LANG_NONE: only full dates (day, month and year) are looked for, in all languages at once.
 * At most KH_ITEMS_MAX. */
kh_dates kh_dates_find(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, kh_time base);

/* Expressions of time in TEXT in order, whether or not they name a day of the calendar: dates, times of day,
 * durations, frequencies. Empty for a language without a table time_expressions. At most KH_ITEMS_MAX. */
kh_times kh_times_find(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang);

/* Fills ART's times. A text whose language was guessed with little to go by and that is written in Arabic
 * letters is read as Persian. */
void kh_times_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, kh_article *art);

/* The one date that a field of a page states: an ISO time, a Unix time in seconds or milliseconds, or
 * words in language LANG ("15 مرداد 1403", "Tue, 12 Mar 2024 19:25:00 +0000"). False when RAW states no
 * full date. */
bool kh_dates_of_field(kh_arena scratch, const kh_dates_know *know, kh_str raw, uint8_t lang, kh_time *t);

/* Decides ART's published and modified from the page's fields (page_dates), its visible date lines, news
 * codes and URL, each with its reason, and fills its dates. Lines that are nothing but a date get the
 * role `date`. What PAGE was given as published is believed. A date after NOW (or, where NOW is unknown,
 * the capture time) by more than a day, or before 1990, is refused. A page that states no date keeps an
 * unknown one; nothing is inferred. Each of ART's page_dates gets its reading, score and reason. */
void kh_dates_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_page *page, kh_time now, kh_article *art);

/* ---- calendar.c: days are numbered as in model/time.h ---- */

/* False where there is no such day, or the year is outside 1178-1633. */
bool kh_persian_to_day(int year, int month, int day, int64_t *day_number);
void kh_persian_of_day(int64_t day_number, int *year, int *month, int *day);

/* Umm al-Qura, 1300-1600 AH. Day 30 of a month that has 29 there is accepted as the day after: the
 * calendar is kept by sight in places. */
bool kh_hijri_to_day(int year, int month, int day, int64_t *day_number);
void kh_hijri_of_day(int64_t day_number, int *year, int *month, int *day);

#endif
