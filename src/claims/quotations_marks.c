/* quotations_marks.c - what stands between quotation marks.
 *
 * Decides which mark opens and which closes, from its place and not from its shape, because scraped pages
 * mix them: “ opens in English and closes in German, Arabic pages write ”…“ and «…”, and a machine
 * translation leaves marks open. Example: وقالت “نرى الدخان”. gives نرى الدخان ; in
 * “سألني الجيران:” متى نعود؟ “ the second mark stands behind a colon and opens, the third stands at the end
 * of the line and closes.
 *
 * Method: a state machine over the marks of one line (a paragraph). A mark with white space before it and
 * none behind opens, the other way round it closes; a colon or bracket before it opens, punctuation behind
 * it closes; where that says nothing, « opens and » closes, and a straight mark closes what is open. Doubled
 * marks (“” typed twice, '' , """") are one mark. A double mark that opens while the same mark is open
 * shows that the earlier one was never closed: it ends there. What is open at the end of the line ends
 * there; single marks count only in pairs, since ’ is also the apostrophe.
 *
 * Gets wrong: a straight mark for inches; a quotation inside one with the same straight marks.
 */
#include "claims/quotations_private.h"

typedef enum side { OPENS, CLOSES, SHAPE } side;

enum { DEPTH_MAX = 4 };

typedef struct open_mark {
    uint32_t cp;
    uint32_t at;    /* first token of the mark */
    uint32_t first; /* behind it */
} open_mark;

typedef struct machine {
    const kh_text *text;
    uint32_t first, end;
    open_mark open[DEPTH_MAX];
    size_t depth;
    kh_arena *out;
    kh_markeds *found;
} machine;

static const kh_token *at(const machine *m, uint32_t i)
{
    return &m->text->tokens.items[i];
}

static bool is_mark(const kh_token *t)
{
    return t->kind == KH_PUNCT && kh_is_quote(t->cp);
}

static bool is_single(uint32_t cp)
{
    return cp == '\'' || cp == '`' || (cp >= 0x2018 && cp <= 0x201B);
}

static bool is_one_of(const kh_token *t, const char *chars)
{
    return t->kind == KH_PUNCT && t->key.len == 1 && kh_str_find(kh_str_z(chars), t->key) < kh_str_z(chars).len;
}

/* Behind the run of marks at I that are written as one: the same character, no space between. */
static uint32_t run_of(const machine *m, uint32_t i)
{
    uint32_t end = i + 1;
    while (end < m->end && is_mark(at(m, end)) && at(m, end)->cp == at(m, i)->cp && !(at(m, end)->flags & KH_SPACE_BEFORE)) {
        end++;
    }
    return end;
}

/* By what stands around the mark at I..END. */
static side side_of(const machine *m, uint32_t i, uint32_t end)
{
    if (i == m->first) {
        return OPENS;
    }
    if (end == m->end) {
        return CLOSES;
    }
    const kh_token *before = at(m, i - 1);
    const kh_token *behind = at(m, end);
    bool space_before = at(m, i)->flags & KH_SPACE_BEFORE;
    bool space_behind = behind->flags & KH_SPACE_BEFORE;
    if (is_one_of(before, ":") && m->depth > 0) {
        return OPENS;
    }
    if (is_one_of(before, "([{") && !space_before) {
        return OPENS;
    }
    if (is_one_of(behind, ".,;:!?)]}") && !space_behind) {
        return CLOSES;
    }
    if (space_before != space_behind) {
        return space_before ? OPENS : CLOSES;
    }
    return SHAPE;
}

static void give(machine *m, const open_mark *o, uint32_t end, uint32_t close, bool closed)
{
    if (end > o->first) {
        *KH_ADD(m->out, m->found) =
            (kh_marked){.open = o->at, .first = o->first, .end = end, .close = close, .closed = closed, .single = is_single(o->cp)};
    }
}

/* The character that counts: '' is a double mark. */
static uint32_t sign_of(const machine *m, uint32_t i, uint32_t end)
{
    uint32_t cp = at(m, i)->cp;
    return is_single(cp) && end > i + 1 ? (uint32_t)'"' : cp;
}

/* „A „B“ C“: the next two double marks behind token I close, so both of the open ones are closed. Only where
 * the shapes of the two sides differ. */
static bool closes_twice(const machine *m, uint32_t i, uint32_t cp)
{
    int closings = 0;
    while (i < m->end && closings < 2 && cp != '"') {
        const kh_token *t = at(m, i);
        uint32_t behind = is_mark(t) ? run_of(m, i) : i + 1;
        uint32_t sign = is_mark(t) ? sign_of(m, i, behind) : 0;
        if (sign && !is_single(sign)) {
            if (sign == cp || side_of(m, i, behind) != CLOSES) {
                return false;
            }
            closings++;
        }
        i = behind;
    }
    return closings == 2;
}

static void open_at(machine *m, uint32_t i, uint32_t end)
{
    uint32_t cp = sign_of(m, i, end);
    bool colon = i > m->first && is_one_of(at(m, i - 1), ":");
    bool same = m->depth > 0 && m->open[m->depth - 1].cp == cp && !is_single(cp) && !closes_twice(m, end, cp);
    if (same && !colon) {
        m->depth--;
        if (m->depth == 0) {
            give(m, &m->open[0], i, i, false);
        }
    }
    if (m->depth < DEPTH_MAX) {
        m->open[m->depth++] = (open_mark){.cp = cp, .at = i, .first = end};
    }
}

static void close_at(machine *m, uint32_t i, uint32_t end)
{
    bool single = is_single(sign_of(m, i, end));
    size_t d = m->depth;
    while (d > 0 && is_single(m->open[d - 1].cp) != single) {
        d--;
    }
    if (d == 0 || (single && d != m->depth)) {
        return; /* an apostrophe, or a mark that nothing opened */
    }
    m->depth = d - 1;
    if (m->depth == 0) {
        give(m, &m->open[0], i, end, true);
    }
}

static void step(machine *m, uint32_t i, uint32_t end)
{
    uint32_t cp = sign_of(m, i, end);
    bool single = is_single(cp);
    side s = side_of(m, i, end);
    if (s == SHAPE && single) {
        return; /* inside a word, or alone between spaces */
    }
    if (s == SHAPE) {
        s = cp == 0xAB ? OPENS : cp == 0xBB ? CLOSES : m->depth > 0 ? CLOSES : OPENS;
    }
    if (s == OPENS) {
        open_at(m, i, end);
    } else {
        close_at(m, i, end);
    }
}

/* What is open at the end of the line ends there; a mark left over at the very end is not part of it. */
static void finish(machine *m)
{
    uint32_t end = m->end;
    while (end > m->first && is_mark(at(m, end - 1))) {
        end--;
    }
    if (m->depth > 0 && !is_single(m->open[0].cp)) {
        give(m, &m->open[0], end, m->end, false);
    }
}

void kh_marked_find(kh_arena *out, const kh_text *text, uint32_t first, uint32_t end, kh_markeds *found)
{
    machine m = {.text = text, .first = first, .end = end, .out = out, .found = found};
    for (uint32_t i = first; i < end;) {
        if (!is_mark(at(&m, i))) {
            i++;
            continue;
        }
        uint32_t behind = run_of(&m, i);
        step(&m, i, behind);
        i = behind;
    }
    finish(&m);
}
