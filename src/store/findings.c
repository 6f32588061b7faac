/* findings.c - what was found in an article, packed into its row as lists of numbers; findings_read.c is the mirror.
 *
 * Every finding is a span of the article's text with a few words of our vocabulary: no row of its own is worth forty bytes of keys for
 * that. A list is a TEXT of one character a number (n is U+0020 + n), so many characters a finding: small numbers take one byte,
 * others two, and SQL still reads them, `unicode(substr(list, 3, 1)) - 32`. The views of schema.sql cut them into the tables that people know.
 *
 *     mentions  "\u0020\u0021\u0054\u0026\u0020 \u0020"     name 0, bytes 52 to 58; no role beside it, nor beside any
 *
 * What few of a kind have, the role beside a name or who gave a figure, does not stand with it: its last number says which of the records behind all
 * findings of the list holds that, counted from 1, or 0. The last number of the list is how many such records there are.
 *
 * Method: an offset is two numbers (its 2000s, the rest), so that no list needs more than two bytes for one in a text of usual length; words of
 * the vocabulary are numbers of table `term`, words of the page stand once in the article's own list `words`. A value that the article's row
 * has already, its title, is not kept again.
 *
 * Gets wrong: a number of a figure that is not within its words is lost; evidence of more than KH_EVIDENCE_BYTES_MAX bytes, one mention say, is cut there; lines and quotations are not.
 */
#include "store/findings.h"

#include "store/terms.h"

#include <math.h>
#include <stdio.h>

enum { NUMBER_MAX = 0x10FFFF - 10240 - KH_LIST_ZERO };

typedef struct pen {
    kh_store *store;
    kh_arena *out;
    kh_buf list;
    kh_buf rare; /* records of what few have */
    uint32_t rares;
    kh_map places; /* of the hashes of own words */
    kh_strs words;
    kh_status status;
    kh_error *err;
} pen;

static void number(pen *p, uint64_t n)
{
    if (n > NUMBER_MAX) {
        p->status =
            p->status ? p->status : kh_fail(p->err, KH_ERR_LIMIT, "too_complex", "more was found in the page than can be counted; skipped");
        n = 0;
    }
    uint32_t cp = (uint32_t)n + KH_LIST_ZERO;
    kh_buf_cp(&p->list, cp < 0xD800 ? cp : cp + 10240);
}

static void offset(pen *p, uint64_t n)
{
    number(p, n / KH_LIST_BASE);
    number(p, n % KH_LIST_BASE);
}

/* Begin and length, three numbers. */
static void span(pen *p, kh_span s)
{
    uint32_t len = s.end - s.begin;
    if (kh_span_empty(s)) {
        offset(p, 0);
        number(p, 0);
        return;
    }
    offset(p, s.begin + (uint64_t)KH_LIST_BASE);
    number(p, len < KH_EVIDENCE_BYTES_MAX ? len : KH_EVIDENCE_BYTES_MAX);
}

/* Four: for what may be as long as the text. */
static void long_span(pen *p, kh_span s)
{
    offset(p, s.begin + (uint64_t)KH_LIST_BASE);
    offset(p, s.end - s.begin);
}

static void term(pen *p, kh_str word)
{
    uint32_t n = 0;
    p->status = p->status ? p->status : kh_term_number(p->store, word, &n, p->err);
    number(p, n);
}

/* The place of WORD, counted from 1, in the article's own words. */
static void own(pen *p, kh_str word)
{
    if (word.len == 0) {
        number(p, 0);
        return;
    }
    bool fresh = false;
    uint64_t hash = kh_hash(word);
    uint32_t *place = kh_map_put(p->out, &p->places, hash, &fresh);
    while (!fresh && !kh_str_eq(p->words.items[*place], word)) {
        place = kh_map_put(p->out, &p->places, ++hash, &fresh);
    }
    if (fresh) {
        *place = (uint32_t)p->words.count;
        *KH_ADD(p->out, &p->words) = word;
    }
    number(p, *place + (uint64_t)1);
}

/* In as few digits as give it back; SINGLE: it was a float. */
static void real(pen *p, double value, bool single)
{
    static const int precisions[] = {6, 9, 17};
    char digits[40] = "";
    for (size_t i = 0; i < sizeof precisions / sizeof *precisions; i++) {
        double back = 0;
        int len = snprintf(digits, sizeof digits, "%.*g", precisions[i], value);
        if (kh_str_double((kh_str){digits, (size_t)len}, &back) && (single ? (float)back == (float)value : back == value)) {
            break;
        }
    }
    own(p, kh_arena_copy(p->out, kh_str_z(digits)));
}

/* ---- each kind ---- */

static void write_field(pen *p, const char *name, const kh_field *f, bool in_row)
{
    if (f->value.len) {
        term(p, kh_str_z(name));
        own(p, in_row ? (kh_str){0} : f->value);
        span(p, f->span);
        own(p, f->path);
        real(p, (double)f->confidence, true);
    }
}

static void write_fields(pen *p, const kh_article *a)
{
    write_field(p, "title", &a->title, true);
    write_field(p, "outlet", &a->outlet, true);
    write_field(p, "byline", &a->byline, false);
    write_field(p, "section", &a->section, false);
    write_field(p, "image", &a->image, false);
}

static void write_lines(pen *p, const kh_article *a)
{
    KH_EACH(const kh_line, line, a->lines) {
        term(p, kh_line_role_name(line->role));
        own(p, line->path);
        own(p, line->why);
        term(p, line->lang);
        long_span(p, line->span);
    }
}

static void write_date(pen *p, const char *role, const kh_date *d, bool inferred)
{
    term(p, kh_str_z(role));
    own(p, kh_when_text(p->out, d->when));
    span(p, d->span);
    term(p, kh_calendar_name(d->calendar));
    term(p, kh_date_how_name(d->how));
    number(p, (uint64_t)d->core + 2 * (uint64_t)d->clash + 4 * (uint64_t)inferred);
    own(p, kh_time_text(p->out, d->other));
    own(p, d->path);
    own(p, d->reason);
}

static void write_dates(pen *p, const kh_article *a)
{
    if (kh_when_known(a->published.when)) {
        write_date(p, "published", &a->published, a->published_inferred);
    }
    if (kh_when_known(a->modified.when)) {
        write_date(p, "modified", &a->modified, false);
    }
    KH_EACH(const kh_date, d, a->dates) {
        write_date(p, "text", d, false);
    }
}

/* What WRITE says of FINDING goes behind the list, if THERE, and its place ends the finding. */
static void rarely(pen *p, bool there, void (*write)(pen *, const void *), const void *finding)
{
    if (there) {
        kh_buf list = p->list;
        p->list = p->rare;
        write(p, finding);
        p->rare = p->list;
        p->list = list;
    }
    p->rares += there;
    number(p, there ? p->rares : 0);
}

static void end_rare(pen *p)
{
    kh_buf_add(&p->list, kh_buf_str(&p->rare));
    if (p->list.len) {
        number(p, p->rares);
    }
}

static void write_role(pen *p, const void *mention)
{
    span(p, ((const kh_mention *)mention)->role_span);
}

static void write_mentions(pen *p, const kh_article *a)
{
    KH_EACH(const kh_mention, m, a->mentions) {
        number(p, m->name);
        span(p, m->span);
        rarely(p, !kh_span_empty(m->role_span), write_role, m);
    }
    end_rare(p);
}

static void write_quotations(pen *p, const kh_article *a)
{
    KH_EACH(const kh_quotation, q, a->quotations) {
        long_span(p, q->span);
        own(p, q->speaker);
        number(p, q->speaker_name == KH_NO_NAME ? 0 : q->speaker_name + (uint64_t)1);
        span(p, q->speaker_span);
        span(p, q->cue);
        term(p, kh_act_name(q->act));
        term(p, kh_mode_name(q->mode));
        term(p, kh_form_name(q->form));
        term(p, kh_stance_name(q->stance));
        own(p, q->told_to);
        span(p, q->channel);
        span(p, q->hedge);
        number(p, (uint64_t)q->core + 2 * (uint64_t)q->continues);
    }
}

static void bound(pen *p, bool has, double value)
{
    if (has && isfinite(value)) {
        real(p, value, false);
    } else {
        number(p, 0);
    }
}

static void write_circumstances(pen *p, const void *figure)
{
    const kh_figure *f = figure;
    own(p, f->scope);
    own(p, f->claimed_by);
    number(p, f->quotation == UINT32_MAX ? 0 : f->quotation + (uint64_t)1);
    span(p, f->hedge);
    term(p, f->status == KH_FIGURE_STANDING ? (kh_str){0} : kh_figure_status_name(f->status));
}

static bool has_circumstances(const kh_figure *f)
{
    return f->scope.len || f->claimed_by.len || f->quotation != UINT32_MAX || !kh_span_empty(f->hedge) || f->status != KH_FIGURE_STANDING;
}

/* Where in SPAN the part of it begins, counted from 1, and how long it is; 0, 0 for what is no part. */
static void part(pen *p, kh_span whole, kh_span s)
{
    bool in = !kh_span_empty(s) && s.begin >= whole.begin && s.begin - whole.begin < KH_EVIDENCE_BYTES_MAX;
    uint32_t len = s.end - s.begin;
    number(p, in ? s.begin - whole.begin + (uint64_t)1 : 0);
    number(p, !in ? 0 : len < KH_EVIDENCE_BYTES_MAX ? len : KH_EVIDENCE_BYTES_MAX);
}

static void write_figures(pen *p, const kh_article *a)
{
    KH_EACH(const kh_figure, f, a->figures) {
        span(p, f->span);
        part(p, f->span, f->number);
        bound(p, f->has_min, f->min);
        bound(p, f->has_max, f->max);
        term(p, kh_figure_op_name(f->op));
        term(p, kh_figure_kind_name(f->kind));
        own(p, f->what);
        own(p, f->unit);
        own(p, f->noun);
        own(p, f->place);
        own(p, kh_when_text(p->out, f->as_of));
        number(p, (uint64_t)f->soft + 2 * (uint64_t)f->core + 4 * (uint64_t)f->past_event);
        rarely(p, has_circumstances(f), write_circumstances, f);
    }
    end_rare(p);
}

/* ["a","b"] */
static kh_str write_words(kh_arena *out, const kh_strs *words)
{
    kh_buf b = {.arena = out};
    for (size_t i = 0; i < words->count; i++) {
        kh_buf_z(&b, i ? ",\"" : "[\"");
        for (size_t k = 0; k < words->items[i].len; k++) {
            char c = words->items[i].ptr[k];
            if ((unsigned char)c < ' ') {
                kh_buf_printf(&b, "\\u%04x", (unsigned)c);
                continue;
            }
            if (c == '"' || c == '\\') {
                kh_buf_char(&b, '\\');
            }
            kh_buf_char(&b, c);
        }
        kh_buf_char(&b, '"');
    }
    if (b.len) {
        kh_buf_char(&b, ']');
    }
    return kh_buf_str(&b);
}

kh_status kh_found_pack(kh_store *store, kh_arena *out, const kh_article *article, kh_found *found, kh_error *err)
{
    static void (*const kinds[])(pen *, const kh_article *) = {write_fields,   write_lines,      write_dates,
                                                               write_mentions, write_quotations, write_figures};
    pen p = {.store = store, .out = out, .err = err};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !p.status; i++) {
        p.list = p.rare = (kh_buf){.arena = out};
        p.rares = 0;
        kinds[i](&p, article);
        found->of[i] = kh_buf_str(&p.list);
    }
    found->of[KH_FOUND_WORDS] = write_words(out, &p.words);
    return p.status;
}
