/* when.c - days as people of a language and calendar write them.
 *
 *     2024-08-01T20:15   gregorian  en  1 August 2024, 20:15
 *                        jalali     fa  ۱۱ مرداد ۱۴۰۳، ۲۰:۱۵
 *                        hijri      ar  26 محرم 1446، 20:15      (Umm al-Qura)
 *
 * The machine's form stands in <time datetime>. A time keeps its offset as written; only its day is put into another calendar, and
 * only where the day is known: a bare Gregorian month is two months of any other calendar, so it stays as it is.
 *
 * Gets wrong: an evening already belongs to the next day of the Hijri calendar; the day until midnight is used, as papers do.
 */
#include "dates/dates.h"
#include "html/write.h"

typedef struct day {
    int year, month, number;
    const char *calendar;
} day;

static day day_of(const kh_html *h, kh_time t)
{
    day d = {t.year, t.month, t.day, "gregorian"};
    if (t.precision < KH_TO_DAY) {
        return d;
    }
    if (kh_str_eq(h->frame->calendar, KH_STR("jalali"))) {
        kh_persian_of_day(kh_day_number(t), &d.year, &d.month, &d.number);
        d.calendar = "jalali";
    } else if (kh_str_eq(h->frame->calendar, KH_STR("hijri"))) {
        kh_hijri_of_day(kh_day_number(t), &d.year, &d.month, &d.number);
        d.calendar = "hijri";
    }
    return d;
}

static kh_str month_of(const kh_html *h, const day *d)
{
    return kh_html_word(h, kh_arena_printf(h->out->arena, "month.%s.%d", d->calendar, d->month).ptr);
}

kh_str kh_html_day_label(const kh_html *h, kh_time t, bool with_year)
{
    kh_arena *out = h->out->arena;
    day d = day_of(h, t);
    if (t.precision == KH_NO_TIME) {
        return kh_html_word(h, "date_unknown");
    }
    kh_str year = kh_html_digits(h, kh_arena_printf(out, "%d", d.year));
    if (t.precision == KH_TO_YEAR) {
        return year;
    }
    kh_str month = month_of(h, &d);
    kh_str text = t.precision == KH_TO_MONTH
                      ? month
                      : kh_arena_printf(out, KH_FMT " " KH_FMT, KH_ARG(kh_html_number(h, (uint64_t)d.number)), KH_ARG(month));
    return with_year ? kh_arena_printf(out, KH_FMT " " KH_FMT, KH_ARG(text), KH_ARG(year)) : text;
}

kh_str kh_html_time_label(const kh_html *h, kh_time t)
{
    kh_str text = kh_html_day_label(h, t, true);
    if (t.precision < KH_TO_MINUTE) {
        return text;
    }
    kh_arena *out = h->out->arena;
    kh_str clock = kh_html_digits(h, kh_arena_printf(out, "%02d:%02d", t.hour, t.minute));
    return kh_arena_printf(out, KH_FMT KH_FMT " " KH_FMT, KH_ARG(text), KH_ARG(kh_html_word(h, "comma")), KH_ARG(clock));
}

kh_str kh_html_time_piece(const kh_html *h, kh_time t)
{
    kh_buf buf = {.arena = h->out->arena};
    kh_html part = {.out = &buf, .frame = h->frame, .texts = h->texts};
    if (!kh_time_known(t)) {
        kh_html_t(&part, "date_unknown");
        return kh_buf_str(&buf);
    }
    kh_time machine = t; /* the attribute knows seconds and offsets, no bare precision of ours beyond that */
    kh_html_put(&part, "<time");
    kh_html_attr(&part, "datetime", kh_time_text(buf.arena, machine));
    kh_html_put(&part, ">");
    kh_html_text(&part, kh_html_time_label(h, t));
    kh_html_put(&part, "</time>");
    return kh_buf_str(&buf);
}

void kh_html_time(kh_html *h, kh_time t)
{
    kh_buf_add(h->out, kh_html_time_piece(h, t));
}

void kh_html_when(kh_html *h, kh_when w)
{
    if (kh_time_known(w.from) && kh_time_known(w.to)) {
        KH_SAY(h, "from_to", kh_html_time_piece(h, w.from), kh_html_time_piece(h, w.to));
    } else {
        kh_html_time(h, w.from);
    }
}

void kh_html_iso(kh_html *h, kh_str iso)
{
    kh_time t = {0};
    if (!kh_time_parse(iso, &t)) {
        t = (kh_time){0};
    }
    kh_html_time(h, t);
}
