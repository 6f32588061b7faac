/* findings_read.c - what was found in an article, out of the lists of its row: the mirror of findings.c.
 *
 * Decides what may be believed: a list whose characters do not come out even, a number of a word or term that is not there, words that are not the
 * JSON array that was written, are damage; khabar check tells of it and nothing is made up.
 *
 *     "\u0020\u0021\u0054\u0026\u0020 \u0020"     a mention of name 0, bytes 52 to 58
 *
 * Stores of schema 8 have all numbers of a mention or figure beside each other (old_mention, old_figure).
 *
 * Gets wrong: nothing known.
 */
#include "store/findings.h"

#include "store/terms.h"

#include "base/utf8.h"

typedef struct eye {
    kh_store *store;
    kh_arena *out;
    kh_str rest;    /* of the list */
    kh_str rare;    /* of the records behind its findings */
    uint32_t rares; /* of those that were read */
    kh_strs words;
    bool broken;
} eye;

static uint32_t number(eye *e)
{
    size_t len = 1;
    uint32_t cp = e->rest.len ? kh_utf8_at(e->rest, 0, &len) : 0;
    if (cp < KH_LIST_ZERO) {
        e->broken = true;
        return 0;
    }
    e->rest = (kh_str){e->rest.ptr + len, e->rest.len - len};
    return cp < 0xD800 ? cp - KH_LIST_ZERO : cp - KH_LIST_ZERO - 10240;
}

static uint32_t offset(eye *e)
{
    uint32_t high = number(e);
    uint32_t low = number(e);
    e->broken |= high > UINT32_MAX / KH_LIST_BASE - 1 || low >= KH_LIST_BASE;
    return e->broken ? 0 : high * KH_LIST_BASE + low;
}

static kh_span span_of(uint32_t begin, uint32_t len)
{
    if (begin < KH_LIST_BASE) {
        return (kh_span){0};
    }
    return (kh_span){begin - KH_LIST_BASE, begin - KH_LIST_BASE + len};
}

static kh_span span(eye *e)
{
    uint32_t begin = offset(e);
    return span_of(begin, number(e));
}

static kh_span long_span(eye *e)
{
    uint32_t begin = offset(e);
    return span_of(begin, offset(e));
}

static kh_str term(eye *e)
{
    uint32_t n = number(e);
    kh_str word = kh_term_word(e->store, e->out, n);
    e->broken |= n && !word.len;
    return word;
}

static kh_str own(eye *e)
{
    uint32_t place = number(e);
    e->broken |= place > e->words.count;
    return place && place <= e->words.count ? e->words.items[place - 1] : (kh_str){0};
}

static double real(eye *e)
{
    double value = 0;
    kh_str_double(own(e), &value);
    return value;
}

static kh_when day(eye *e)
{
    kh_when when = {0};
    kh_when_parse(own(e), &when);
    return when;
}

/* ---- each kind: one finding ---- */

kh_field *kh_field_named(kh_article *a, kh_str name)
{
    return kh_str_eq(name, KH_STR("title"))     ? &a->title
           : kh_str_eq(name, KH_STR("outlet"))  ? &a->outlet
           : kh_str_eq(name, KH_STR("byline"))  ? &a->byline
           : kh_str_eq(name, KH_STR("section")) ? &a->section
                                                : &a->image;
}

static void read_field(eye *e, kh_article *a)
{
    kh_field *f = kh_field_named(a, term(e));
    kh_str value = own(e);
    f->value = value.len ? value : f->value;
    f->span = span(e);
    f->path = own(e);
    f->confidence = (float)real(e);
}

static void read_line(eye *e, kh_article *a)
{
    kh_line *line = KH_ADD(e->out, &a->lines);
    kh_line_role_of(term(e), &line->role);
    line->path = own(e);
    line->why = own(e);
    line->lang = kh_arena_copy(e->out, term(e));
    line->span = long_span(e);
}

static void read_date(eye *e, kh_article *a)
{
    kh_str role = term(e);
    kh_date *d = kh_str_eq(role, KH_STR("published"))  ? &a->published
                 : kh_str_eq(role, KH_STR("modified")) ? &a->modified
                                                       : KH_ADD(e->out, &a->dates);
    d->when = day(e);
    d->span = span(e);
    kh_calendar_of(term(e), &d->calendar);
    kh_date_how_of(term(e), &d->how);
    uint32_t marks = number(e);
    d->core = marks & 1;
    d->clash = marks & 2;
    a->published_inferred |= d == &a->published && (marks & 4);
    kh_time_parse(own(e), &d->other);
    d->path = own(e);
    d->reason = own(e);
}

/* The last number of a finding: whether a record behind the list goes on with it, which is then what is read next, until end_rare. */
static bool begin_rare(eye *e)
{
    uint32_t place = number(e);
    if (place == 0 || e->broken) {
        return false;
    }
    e->broken |= place != ++e->rares;
    kh_str rest = e->rest;
    e->rest = e->rare;
    e->rare = rest;
    return true;
}

static void end_rare(eye *e)
{
    kh_str rare = e->rest;
    e->rest = e->rare;
    e->rare = rare;
}

static void read_mention(eye *e, kh_article *a)
{
    kh_mention *m = KH_ADD(e->out, &a->mentions);
    m->name = number(e);
    m->span = span(e);
    if (begin_rare(e)) {
        m->role_span = span(e);
        end_rare(e);
    }
}

static void old_mention(eye *e, kh_article *a)
{
    kh_mention *m = KH_ADD(e->out, &a->mentions);
    m->name = number(e);
    m->span = span(e);
    m->role_span = span(e);
}

static void read_quotation(eye *e, kh_article *a)
{
    kh_quotation *q = KH_ADD(e->out, &a->quotations);
    q->span = long_span(e);
    q->speaker = own(e);
    uint32_t name = number(e);
    q->speaker_name = name ? name - 1 : KH_NO_NAME;
    q->speaker_span = span(e);
    q->cue = span(e);
    kh_act_of(term(e), &q->act);
    kh_mode_of(term(e), &q->mode);
    kh_form_of(term(e), &q->form);
    kh_stance_of(term(e), &q->stance);
    q->told_to = own(e);
    q->channel = span(e);
    q->hedge = span(e);
    uint32_t marks = number(e);
    q->core = marks & 1;
    q->continues = marks & 2;
}

static void bound(eye *e, bool *has, double *value)
{
    kh_str word = own(e);
    *has = word.len > 0;
    kh_str_double(word, value);
}

static uint32_t place_of(eye *e)
{
    uint32_t place = number(e);
    return place ? place - 1 : UINT32_MAX;
}

static void read_marks(eye *e, kh_figure *f)
{
    uint32_t marks = number(e);
    f->soft = marks & 1;
    f->core = marks & 2;
    f->past_event = marks & 4;
}

static void read_figure(eye *e, kh_article *a)
{
    kh_figure *f = KH_ADD(e->out, &a->figures);
    f->span = span(e);
    uint32_t begin = number(e);
    uint32_t len = number(e);
    f->number = begin ? (kh_span){f->span.begin + begin - 1, f->span.begin + begin - 1 + len} : (kh_span){0};
    bound(e, &f->has_min, &f->min);
    bound(e, &f->has_max, &f->max);
    kh_figure_op_of(term(e), &f->op);
    kh_figure_kind_of(term(e), &f->kind);
    f->what = own(e);
    f->unit = own(e);
    f->noun = own(e);
    f->place = own(e);
    f->as_of = day(e);
    read_marks(e, f);
    f->quotation = UINT32_MAX;
    if (begin_rare(e)) {
        f->scope = own(e);
        f->claimed_by = own(e);
        f->quotation = place_of(e);
        f->hedge = span(e);
        kh_figure_status_of(term(e), &f->status);
        end_rare(e);
    }
}

static void old_figure(eye *e, kh_article *a)
{
    kh_figure *f = KH_ADD(e->out, &a->figures);
    f->span = span(e);
    f->number = span(e);
    bound(e, &f->has_min, &f->min);
    bound(e, &f->has_max, &f->max);
    kh_figure_op_of(term(e), &f->op);
    kh_figure_kind_of(term(e), &f->kind);
    f->what = own(e);
    f->scope = own(e);
    f->unit = own(e);
    f->noun = own(e);
    f->place = own(e);
    f->as_of = day(e);
    f->claimed_by = own(e);
    f->quotation = place_of(e);
    f->hedge = span(e);
    kh_figure_status_of(term(e), &f->status);
    read_marks(e, f);
}

/* ---- the words ---- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One string, whose first quote is behind *s, up to its last. */
static bool read_word(kh_arena *out, kh_str *s, kh_str *word)
{
    kh_buf b = {.arena = out};
    size_t i = 0;
    for (; i < s->len && s->ptr[i] != '"'; i++) {
        char c = s->ptr[i];
        if (c != '\\') {
            kh_buf_char(&b, c);
        } else if (i + 1 < s->len && s->ptr[i + 1] != 'u') {
            kh_buf_char(&b, s->ptr[++i]);
        } else if (i + 5 < s->len && hex_digit(s->ptr[i + 4]) >= 0 && hex_digit(s->ptr[i + 5]) >= 0) {
            kh_buf_char(&b, (char)(hex_digit(s->ptr[i + 4]) * 16 + hex_digit(s->ptr[i + 5])));
            i += 5;
        } else {
            return false;
        }
    }
    *word = kh_buf_str(&b);
    bool closed = i < s->len;
    *s = (kh_str){s->ptr + i + closed, s->len - i - closed};
    return closed;
}

static bool read_words(kh_arena *out, kh_str list, kh_strs *words)
{
    if (list.len == 0) {
        return true;
    }
    if (list.len < 4 || list.ptr[0] != '[' || list.ptr[1] != '"') {
        return false;
    }
    list = (kh_str){list.ptr + 2, list.len - 2};
    while (read_word(out, &list, KH_ADD(out, words))) {
        if (kh_str_eq(list, KH_STR("]"))) {
            return true;
        }
        if (!kh_str_starts(list, KH_STR(",\""))) {
            return false;
        }
        list = (kh_str){list.ptr + 2, list.len - 2};
    }
    return false;
}

/* ---- all ---- */

typedef void reader(eye *, kh_article *);
static reader *const readers[] = {read_field, read_line, read_date, read_mention, read_quotation, read_figure};
static const unsigned rare_widths[KH_FOUND_WORDS] = {[KH_FOUND_MENTIONS] = KH_MENTION_RARE, [KH_FOUND_FIGURES] = KH_FIGURE_RARE};

static bool is_wide(const eye *e, kh_finding kind)
{
    return e->store->is_wide && rare_widths[kind];
}

/* The last COUNT characters of *S, which are cut off it. */
static kh_str cut_last(eye *e, kh_str *s, uint64_t count)
{
    size_t at = s->len;
    for (; count > 0 && at > 0; count--) {
        for (at--; at > 0 && ((unsigned char)s->ptr[at] & 0xC0) == 0x80; at--) {
        }
    }
    e->broken |= count > 0;
    kh_str last = {s->ptr + at, s->len - at};
    s->len = at;
    return last;
}

/* LIST into its findings and the records behind them. */
static void open_list(eye *e, kh_str list, kh_finding kind)
{
    e->rest = list;
    e->rare = (kh_str){0};
    e->rares = 0;
    if (list.len && rare_widths[kind] && !is_wide(e, kind)) {
        kh_str findings = list;
        e->rest = cut_last(e, &findings, 1);
        uint64_t count = number(e);
        e->rare = cut_last(e, &findings, count * rare_widths[kind]);
        e->rest = findings;
    }
}

static bool read_list(eye *e, kh_str list, kh_finding kind, kh_article *article)
{
    reader *old = kind == KH_FOUND_MENTIONS ? old_mention : old_figure;
    open_list(e, list, kind);
    while (e->rest.len && !e->broken) {
        (is_wide(e, kind) ? old : readers[kind])(e, article);
    }
    e->broken |= e->rare.len > 0;
    return !e->broken;
}

bool kh_found_read(kh_store *store, kh_arena *out, const kh_found *found, kh_finding kind, kh_article *article)
{
    eye e = {.store = store, .out = out};
    return read_words(out, found->of[KH_FOUND_WORDS], &e.words) && read_list(&e, found->of[kind], kind, article);
}

bool kh_found_read_all(kh_store *store, kh_arena *out, const kh_found *found, kh_article *article)
{
    eye e = {.store = store, .out = out};
    bool whole = read_words(out, found->of[KH_FOUND_WORDS], &e.words);
    for (kh_finding kind = 0; kind < KH_FOUND_WORDS; kind++) {
        e.broken = false;
        whole &= read_list(&e, found->of[kind], kind, article);
    }
    return whole;
}

void kh_found_at(kh_arena *out, sqlite3_stmt *stmt, int column, kh_found *found)
{
    for (int i = 0; i < KH_FOUND_COUNT; i++) {
        found->of[i] = kh_sql_str(out, stmt, column + i);
    }
}

kh_span kh_found_mention(kh_store *store, kh_str mentions, uint32_t name)
{
    eye e = {.store = store};
    open_list(&e, mentions, KH_FOUND_MENTIONS);
    while (e.rest.len && !e.broken) {
        uint32_t whose = number(&e);
        kh_span where = span(&e);
        for (int i = KH_MENTION_WIDTH - 1; i < (store->is_wide ? KH_MENTION_WIDTH - 1 + KH_MENTION_RARE : KH_MENTION_WIDTH); i++) {
            number(&e);
        }
        if (whose == name && !e.broken) {
            return where;
        }
    }
    return (kh_span){0};
}
