/* figures_day.c - for which day a count holds, and whether it is of an earlier event.
 *
 * Decides for "A flood on the same river in 2003 killed 14 people" that the 14 are of 2003; for "۴۰ نفر تا شامگاه
 * پنجشنبه مفقود بودند" on a page of Friday that the forty are Thursday's; for "the flood comes six days after the
 * levee at Rusk broke and killed 30 people" that the thirty belong to what was six days ago.
 *
 * Method: the day is the page's. The nearest date of the sentence takes its place where it names another year or
 * month or a day long past, where it stands behind "as of" (حتى, تا, по состоянию на; with a corrected figure
 * also "for"), and where it says when the words around the figure were said. A day of its own with a verb in the
 * pluperfect tells of an event before that of the page (ölmüştü). A date is parted from the figure by an "and", and by a
 * comma with a word that opens a clause: "seven months before it broke, as the toll rose to
 * 30". A main clause, a duration with "after" and the figure behind both: another event, so long ago.
 *
 * Gets wrong: a day that the sentence before names; "on Thursday 40 were missing" on a page of Friday, which is
 * taken for news of the page's day.
 */
#include "claims/figures_parts.h"

enum { PAST_DAYS = 30, REACH_TOKENS = 30, EARLIER_DAYS = 2 };

static const kh_token *token_of(const kh_sentence *s, size_t i)
{
    return &s->text->tokens.items[i];
}

static bool is_comma(const kh_token *t)
{
    return t->cp == ',' || t->cp == 0x60C;
}

static kh_time day_of(kh_time t)
{
    if (t.precision > KH_TO_DAY) {
        t.hour = t.minute = t.second = 0;
        t.precision = KH_TO_DAY;
    }
    t.has_offset = false;
    t.offset_minutes = 0;
    return t;
}

static uint32_t distance(kh_span a, kh_span b)
{
    return a.end <= b.begin ? b.begin - a.end : b.end <= a.begin ? a.begin - b.end : 0;
}

/* "Law No. 142 of 2019", "القانون رقم 142 لعام 2019": the year of what has the number before it. */
static bool is_of_law(const kh_sentence *s, const kh_date *d)
{
    size_t date = kh_text_token_at(s->text, d->span.begin);
    size_t number = date;
    for (size_t back = 2; back >= 1; back--) { /* "of", "von" may stand between */
        number = date >= s->first + back && token_of(s, date - back)->kind == KH_NUMBER ? date - back : number;
    }
    if (number == date) {
        return false;
    }
    for (size_t back = 1; back <= 2 && number >= s->first + back; back++) {
        kh_match m;
        if (kh_figures_match(s, KH_FIELD_LABEL, number - back, true, &m) && m.end == number) {
            return true;
        }
    }
    return false;
}

/* The date of the sentence that stands nearest to F. */
static const kh_date *date_beside(const kh_sentence *s, const kh_figure *f)
{
    kh_span sentence = kh_text_span(s->text, s->first, s->end);
    const kh_date *best = NULL;
    KH_EACH(const kh_date, d, s->art->dates) {
        bool single = kh_when_known(d->when) && !kh_time_known(d->when.to) && !(d->when.from.precision == KH_TO_YEAR && is_of_law(s, d));
        if (single && kh_span_holds(sentence, d->span) && (!best || distance(d->span, f->span) < distance(best->span, f->span))) {
            best = d;
        }
    }
    return best;
}

static bool is_coarse(kh_time t, kh_time page)
{
    bool other_year = t.precision == KH_TO_YEAR && t.year != page.year;
    bool other_month = t.precision == KH_TO_MONTH && (t.year != page.year || t.month != page.month);
    return other_year || other_month;
}

/* ", as the toll rose": a comma and a word that opens a clause. */
static bool opens_clause(const kh_sentence *s, size_t i)
{
    kh_match m;
    return i > s->first && is_comma(token_of(s, i - 1)) && kh_figures_match(s, KH_FIELD_CLAUSE, i, false, &m);
}

/* An "and" or another clause between date and figure parts them: "opened in 1974 and repaired for 150 days". */
static bool is_parted(const kh_sentence *s, const kh_date *d, const kh_figure *f)
{
    uint32_t from = d->span.end <= f->span.begin ? d->span.end : f->span.end;
    uint32_t to = d->span.end <= f->span.begin ? f->span.begin : d->span.begin;
    for (size_t i = kh_text_token_at(s->text, from); i < s->end && token_of(s, i)->span.end <= to; i++) {
        if (kh_figures_joins(s, i) || opens_clause(s, i)) {
            return true;
        }
    }
    return false;
}

/* Does the date say when the words around F were said: it stands outside the quotation and near its verb. */
static bool dates_saying(const kh_sentence *s, const kh_date *d, const kh_figure *f)
{
    enum { NEAR_BYTES = 60 };
    if (f->quotation == UINT32_MAX) {
        return false;
    }
    const kh_quotation *q = &s->art->quotations.items[f->quotation];
    kh_span verb = kh_span_empty(q->cue) ? q->span : q->cue;
    return !kh_span_holds(q->span, d->span) && distance(verb, d->span) <= NEAR_BYTES;
}

/* "90,000 barrels lower on Wednesday": at most two words between. */
static bool is_beside(const kh_sentence *s, const kh_date *d, const kh_figure *f)
{
    size_t first = kh_text_token_at(s->text, d->span.end <= f->span.begin ? d->span.end : f->span.end);
    size_t end = kh_text_token_at(s->text, d->span.end <= f->span.begin ? f->span.begin : d->span.begin);
    return end <= first + 2;
}

static bool is_timeless(const kh_figure *f)
{
    return kh_str_eq(f->what, KH_STR("capacity")) || f->kind == KH_FIGURE_AGE || f->kind == KH_FIGURE_ORDINAL;
}

/* "as of Thursday evening", "к полудню пятницы": the phrase touches the date, or the part of the day before it.
 * "for Thursday" says so of a figure that is corrected. */
static bool is_as_of(const kh_sentence *s, const kh_date *d, const kh_figure *f)
{
    size_t date = kh_text_token_at(s->text, d->span.begin);
    for (size_t back = 1; back <= 4 && date >= s->first + back; back++) {
        kh_match m;
        if (kh_figures_match(s, KH_FIELD_AS_OF, date - back, false, &m) && m.end + 1 >= date) {
            bool until = kh_str_eq(kh_figures_word(s, &m)->value, KH_STR("until"));
            return until || f->status != KH_FIGURE_STANDING;
        }
    }
    return false;
}

static int64_t days_of(const kh_count *duration)
{
    static const struct {
        const char *unit;
        int days;
    } LENGTHS[] = {{"days", 1}, {"weeks", 7}, {"months", 30}, {"years", 365}};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++) {
        if (kh_str_eq(duration->unit->value, kh_str_z(LENGTHS[i].unit))) {
            return (int64_t)(duration->number.min * LENGTHS[i].days);
        }
    }
    return 0;
}

/* May the words from FIRST to END tell of one event: no clause of a speaker, and no comma but before "who". */
static bool is_one_clause(const kh_sentence *s, size_t first, size_t end)
{
    kh_match m;
    for (size_t i = first; i < end; i++) {
        bool relative = i + 1 < end && kh_figures_match(s, KH_FIELD_CLAUSE, i + 1, false, &m) &&
                        kh_str_eq(kh_figures_word(s, &m)->value, KH_STR("relative"));
        if (kh_figures_that(s, i) || (is_comma(token_of(s, i)) && !relative)) {
            return false;
        }
    }
    return true;
}

/* "... comes five days after the levee at Rusk broke and killed 30 people": days between page and that event. */
static int64_t days_since_other_event(const kh_sentence *s, const kh_count *c)
{
    if (!c->what || c->rose) {
        return 0;
    }
    for (const kh_count *d = c; d-- > s->counts.items && c->begin - d->end <= REACH_TOKENS;) {
        kh_match m;
        bool time = d->unit && d->unit->kind == KH_FIGURE_DURATION && d->begin > s->first + 1;
        bool behind = time && kh_figures_match(s, KH_FIELD_AFTER, d->end, false, &m);
        bool before = time && kh_figures_match(s, KH_FIELD_AFTER, d->begin - 1, false, &m);
        if (behind || before) {
            return is_one_clause(s, d->end, c->begin) ? days_of(d) : 0;
        }
    }
    return 0;
}

/* A count of another event. */
static bool is_of_other_event(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    bool counts = f->kind == KH_FIGURE_COUNT && kh_time_known(f->as_of.from);
    int64_t days = counts ? days_since_other_event(s, c) : 0;
    if (days > 0) {
        f->as_of.from = kh_day_of_number(kh_day_number(f->as_of.from) - days);
        f->past_event = true;
    }
    return days > 0;
}

/* "7 Ağustos'ta ... 17 kişi ölmüştü": behind the figure a verb in the pluperfect. */
static bool goes_back(const kh_sentence *s, const kh_count *c)
{
    kh_match m;
    for (size_t i = c->end; i < s->end && !is_comma(token_of(s, i)); i++) {
        if (kh_figures_match(s, KH_FIELD_EARLIER, i, false, &m)) {
            return true;
        }
    }
    return false;
}

void kh_figures_day(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    kh_time page = s->art->published.when.from;
    f->as_of.from = day_of(page);
    const kh_date *d = date_beside(s, f);
    if (is_timeless(f) || is_of_other_event(s, c, f) || !d) {
        return;
    }
    kh_time day = day_of(d->when.from);
    if (!kh_time_known(page)) {
        f->as_of.from = day;
        return;
    }
    int64_t ago = kh_day_number(page) - kh_day_number(day);
    if (is_coarse(day, page) || (day.precision == KH_TO_DAY && ago > PAST_DAYS)) {
        if (!is_parted(s, d, f)) {
            f->as_of.from = day;
            f->past_event = f->kind == KH_FIGURE_COUNT && ago > 0;
        }
        return;
    }
    if (f->kind == KH_FIGURE_COUNT && day.precision == KH_TO_DAY && ago >= EARLIER_DAYS && goes_back(s, c) && !is_parted(s, d, f)) {
        f->as_of.from = day;
        f->past_event = true;
        return;
    }
    bool state = f->kind == KH_FIGURE_MEASURE && is_beside(s, d, f);
    bool given = f->quotation == UINT32_MAX && f->claimed_by.len > 0 && is_beside(s, d, f); /* put at 58 on Friday */
    if (day.precision == KH_TO_DAY && ago > 0 && (dates_saying(s, d, f) || is_as_of(s, d, f) || state || given)) {
        f->as_of.from = day;
    }
}
