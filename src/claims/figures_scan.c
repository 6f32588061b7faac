/* figures_scan.c - the numbers of one sentence, and the cue words that may say what they count.
 *
 * Decides which numbers are worth reading: "وقُتل 58 شخصاً حتى الآن" holds the number 58, the cue قتل and
 * the bound حتى الآن. Not read: numbers inside dates, credits and names; clock times (04:50), phone numbers,
 * numbers behind a label (page 3, رقم 5), parts of words (G20, Covid-19), a name's number («امل ۳»), ordinals
 * other than of days and the like (لليوم الثامن), "a few".
 *
 * Method: one pass for numbers; only a sentence that has one is searched for cues. Between two numbers a
 * dash or "to" makes a range, unless the sentence says that something rose from one to the other; "and"
 * makes one only behind "between"; a range that ends in a time of day is one of times.
 *
 * Gets wrong: product and song names without quotation marks (iPhone 14, Seven Nation Army).
 */
#include "claims/figures_parts.h"

#include <math.h>
#include <string.h>

bool kh_figures_match(const kh_sentence *s, kh_field_kind field, size_t token, bool joined, kh_match *m)
{
    unsigned flags = joined && s->words->joined ? (unsigned)KH_CLITICS | (unsigned)KH_ARTICLE : 0u;
    return token < s->end && kh_phrases_match(s->words->sets[field], s->text, token, s->lang, flags, m) && m->end <= s->end &&
           kh_figures_opens(kh_figures_word(s, m), s->text->tokens.items[token].cp);
}

const kh_counted *kh_figures_word(const kh_sentence *s, const kh_match *m)
{
    return &s->know->counted.items[m->value];
}

bool kh_figures_stopword(const kh_sentence *s, size_t token)
{
    kh_match m;
    return kh_phrases_match(s->words->stopwords, s->text, token, s->lang, 0, &m);
}

static const kh_token *token_of(const kh_sentence *s, size_t i)
{
    return &s->text->tokens.items[i];
}

/* ---- numbers that count nothing ---- */

enum { LABEL_MAX = 10000 }; /* "مركز 12,500" is no name of a centre */

static bool touches(const kh_sentence *s, size_t i)
{
    return i > s->first && i < s->end && !(token_of(s, i)->flags & KH_SPACE_BEFORE);
}

/* "ל-30", "ו-37": a Hebrew proclitic, parted from the digits by a dash; the dash is token I. */
bool kh_figures_prefix_dash(const kh_sentence *s, size_t i)
{
    enum { PREFIX_BYTES_MAX = 4 }; /* two letters: של, כש */
    const kh_token *word = i > s->first ? token_of(s, i - 1) : NULL;
    return word && kh_is_dash(token_of(s, i)->cp) && touches(s, i) && word->kind == KH_WORD && word->script == KH_SCRIPT_HEBREW &&
           word->key.len <= PREFIX_BYTES_MAX;
}

/* A letter or digit is written onto the number: G20, Covid-19, +7 701, #5, 04:50. Arabic proclitics are not. */
static bool part_of_word(const kh_sentence *s, const kh_numeral *n)
{
    if (!n->digits) {
        return false;
    }
    size_t i = n->first;
    if (touches(s, i)) {
        const kh_token *before = token_of(s, i - 1);
        bool sign = before->cp == '+' || before->cp == '#' || before->cp == '@' || before->cp == 0x2116 || before->cp == '_' ||
                    before->cp == '/' || before->cp == '=';
        bool name = before->kind == KH_WORD && before->script != KH_SCRIPT_ARABIC;
        bool dashed =
            kh_is_dash(before->cp) && touches(s, i - 1) && token_of(s, i - 2)->kind == KH_WORD && !kh_figures_prefix_dash(s, i - 1);
        bool clock = before->cp == ':' && touches(s, i - 1) && token_of(s, i - 2)->kind == KH_NUMBER;
        if (sign || name || dashed || clock) {
            return true;
        }
    }
    bool clock =
        touches(s, n->end) && token_of(s, n->end)->cp == ':' && touches(s, n->end + 1) && token_of(s, n->end + 1)->kind == KH_NUMBER;
    bool slash = touches(s, n->end) && token_of(s, n->end)->cp == '/';
    return clock || slash || (n->end - n->first == 1 && token_of(s, i)->key.len > 9 && n->min > 1e9);
}

/* «امل ۳»: closed by a quotation mark that was opened at most three words before. */
static bool in_quoted_name(const kh_sentence *s, const kh_numeral *n)
{
    enum { NAME_WORDS_MAX = 3 };
    bool ending = touches(s, n->end + 1) && token_of(s, n->end + 1)->kind == KH_WORD; /* 13'e */
    if (!n->digits || n->end >= s->end || !kh_is_quote(token_of(s, n->end)->cp) || ending) {
        return false;
    }
    for (size_t i = n->first, words = 0; i > s->first && words <= NAME_WORDS_MAX; i--, words++) {
        if (kh_is_quote(token_of(s, i - 1)->cp)) {
            return words > 0;
        }
    }
    return false;
}

/* "the Amal 3.": behind a name and before a stop; not behind "Dead:". */
static bool is_numbered_name(const kh_sentence *s, const kh_numeral *n)
{
    if (!n->digits || n->first <= s->first + 1 || n->end - n->first > 1) {
        return false;
    }
    const kh_token *before = token_of(s, n->first - 1);
    bool stop = n->end >= s->end || token_of(s, n->end)->kind == KH_PUNCT;
    bool unit = n->end < s->end && (token_of(s, n->end)->cp == '%' || token_of(s, n->end)->cp == '\'' || token_of(s, n->end)->cp == 0x2019);
    return stop && !unit && before->kind == KH_WORD && (before->flags & KH_CAPITAL) && !(before->flags & KH_SENTENCE_START);
}

/* "أيد القرار 141 دولة": who is counted stands behind it, so that it is no number of a resolution. */
static bool has_noun(const kh_sentence *s, size_t i)
{
    kh_match m;
    bool scope = kh_figures_match(s, KH_FIELD_SCOPE, i, false, &m);
    return scope || (kh_figures_match(s, KH_FIELD_UNIT, i, false, &m) && kh_figures_word(s, &m)->kind != KH_FIGURE_COUNT);
}

static bool is_labelled(const kh_sentence *s, const kh_numeral *n)
{
    kh_match m;
    for (size_t back = 1; back <= 2 && n->first >= s->first + back; back++) {
        size_t i = n->first - back;
        if (kh_figures_match(s, KH_FIELD_LABEL, i, true, &m) && m.end == n->first && n->min < LABEL_MAX && n->min == floor(n->min) &&
            !has_noun(s, n->end)) {
            return true;
        }
    }
    return false;
}

static bool is_clock(const kh_sentence *s, const kh_numeral *n)
{
    kh_match m;
    return kh_figures_match(s, KH_FIELD_CLOCK, n->end, true, &m);
}

static bool is_list_number(const kh_sentence *s, const kh_numeral *n)
{
    bool mark = n->end < s->end && (token_of(s, n->end)->cp == '.' || token_of(s, n->end)->cp == ')');
    return n->digits && (token_of(s, n->first)->flags & KH_LINE_START) && mark && n->end + 1 < s->end;
}

static bool is_span_of_days(const kh_sentence *s, size_t token)
{
    kh_match m;
    return token >= s->first && kh_figures_match(s, KH_FIELD_UNIT, token, true, &m) && kh_figures_word(s, &m)->kind == KH_FIGURE_DURATION;
}

/* The eighth day, لليوم الثامن: an ordinal of a day, week, year. */
static bool counts_days(const kh_sentence *s, const kh_numeral *n)
{
    bool before = s->words->verb_first && n->first > s->first && is_span_of_days(s, n->first - 1);
    return before || is_span_of_days(s, n->end);
}

static bool is_blocked(const kh_sentence *s, const kh_numeral *n)
{
    for (size_t i = n->first; i < n->end; i++) {
        if (s->blocked[i]) {
            return true;
        }
    }
    return false;
}

static bool worth_reading(const kh_sentence *s, const kh_numeral *n)
{
    enum { VAGUE_MIN = 10 };
    if (n->end > s->end || is_blocked(s, n) || part_of_word(s, n) || in_quoted_name(s, n) || is_numbered_name(s, n) || is_labelled(s, n) ||
        is_list_number(s, n)) {
        return false;
    }
    return n->ordinal ? counts_days(s, n) : !n->vague || n->max >= VAGUE_MIN || n->max == 0;
}

/* ---- numbers ---- */

static bool dual_at(kh_arena *scratch, kh_sentence *s, size_t i, size_t *end)
{
    kh_match m;
    unsigned flags = KH_CLITICS;
    if (!s->words->joined || !kh_phrases_match(s->words->duals, s->text, i, s->lang, flags, &m)) {
        return false;
    }
    kh_numeral n = {.first = m.first, .end = m.end, .span = m.span, .min = 2, .max = 2};
    kh_count c = {.number = n, .dual = true};
    const kh_counted *word = kh_figures_word(s, &m);
    c.scope = word->field == KH_FIELD_SCOPE ? word : NULL;
    c.unit = word->field == KH_FIELD_UNIT ? word : NULL;
    c.noun_what = word->field == KH_FIELD_WHAT ? word : NULL;
    *KH_ADD(scratch, &s->counts) = c;
    *end = m.end;
    return true;
}

static void find_numbers(kh_arena *scratch, kh_sentence *s)
{
    for (size_t i = s->first; i < s->end && s->counts.count < KH_ITEMS_MAX;) {
        kh_numeral n;
        size_t end = i + 1;
        if (!s->blocked[i] && token_of(s, i)->kind != KH_PUNCT) {
            if (kh_numeral_at(s->know->numerals, s->text, i, s->lang, &n)) {
                if (worth_reading(s, &n)) {
                    *KH_ADD(scratch, &s->counts) = (kh_count){.number = n, .clock = is_clock(s, &n)};
                }
                end = n.vague && n.max < 10 ? i + 1 : n.end;
            } else {
                dual_at(scratch, s, i, &end);
            }
        }
        i = end;
    }
}

/* ---- cues ---- */

static void add_cue(kh_arena *scratch, kh_sentence *s, kh_field_kind field, const kh_match *m, bool weak)
{
    *KH_ADD(scratch, &s->cues[field]) = (kh_cue){.first = m->first, .end = m->end, .word = kh_figures_word(s, m), .weak = weak};
}

/* Words that say what happened. Inside the name of who is counted they say nothing: رجال الإنقاذ. */
static void find_whats(kh_arena *scratch, kh_sentence *s)
{
    for (size_t i = s->first; i < s->end;) {
        kh_match what, scope;
        size_t end = i + 1;
        if (token_of(s, i)->kind == KH_WORD) {
            bool is_scope = kh_figures_match(s, KH_FIELD_SCOPE, i, true, &scope);
            bool is_what = kh_figures_match(s, KH_FIELD_WHAT, i, true, &what);
            if (is_scope && (!is_what || scope.end > what.end)) {
                end = scope.end;
            } else if (is_what) {
                add_cue(scratch, s, KH_FIELD_WHAT, &what, is_scope && scope.end == what.end);
                end = what.end;
            }
        }
        i = end;
    }
}

static void find_others(kh_arena *scratch, kh_sentence *s)
{
    static const kh_field_kind fields[] = {KH_FIELD_AMONG, KH_FIELD_STATUS, KH_FIELD_LIFE, KH_FIELD_VERB};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
        for (size_t i = s->first; i < s->end; i++) {
            kh_match m;
            if (token_of(s, i)->kind == KH_WORD && kh_figures_match(s, fields[f], i, true, &m)) {
                add_cue(scratch, s, fields[f], &m, false);
                i = m.end - 1;
            }
        }
    }
}

static void find_bounds(kh_arena *scratch, kh_sentence *s)
{
    unsigned flags = s->words->joined ? KH_CLITICS : 0u;
    for (size_t i = s->first; i < s->end; i++) {
        kh_match m;
        if (!kh_phrases_match(s->words->bounds, s->text, i, s->lang, flags, &m) || m.end > s->end) {
            continue;
        }
        *KH_ADD(scratch, &s->bounds) = (kh_bound){.first = m.first,
                                                  .end = m.end,
                                                  .op = (uint8_t)(m.value & 15u),
                                                  .before = (m.value & KH_BOUND_BEFORE) != 0,
                                                  .after = (m.value & KH_BOUND_AFTER) != 0};
        i = m.end - 1;
    }
}

/* ---- ranges ---- */

static const kh_bound *bound_ending(const kh_sentence *s, size_t token)
{
    KH_EACH(const kh_bound, b, s->bounds) {
        if (b->end == token && b->before) {
            return b;
        }
    }
    return NULL;
}

/* A word of rising or falling shortly before token AT. */
static bool has_rise(const kh_sentence *s, size_t at)
{
    enum { REACH = 7 };
    KH_EACH(const kh_bound, b, s->bounds) {
        if (b->op == KH_BOUND_ROSE && b->first < at && at <= b->end + REACH) {
            return true;
        }
    }
    return false;
}

/* "im Alter von 5 und 7 Jahren": the word before TOKEN is of an age cue, so that its "von" opens no range. */
static bool is_behind_age(const kh_sentence *s, size_t token)
{
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_WHAT]) {
        if (cue->end == token && kh_str_eq(cue->word->value, KH_STR("age"))) {
            return true;
        }
    }
    return false;
}

/* How A and B hang together: 0 not at all, 1 a range, 2 from A to B by a rise or fall, 3 a score. */
static int link_of(const kh_sentence *s, const kh_count *a, const kh_count *b)
{
    size_t at = a->number.end;
    kh_match m;
    size_t next = b->number.first;
    next -= next > at + 1 && kh_figures_prefix_dash(s, next - 1); /* 20 ל-30 */
    if (a->dual || b->dual || a->number.ordinal || b->number.ordinal || next > at + 1) {
        return 0;
    }
    if (next == at + 1 && kh_is_dash(token_of(s, at)->cp)) {
        return 1;
    }
    const kh_bound *before = bound_ending(s, a->number.first);
    bool between = before && before->op == KH_BOUND_RANGE && !is_behind_age(s, a->number.first);
    bool glued = b->number.first == at && b->number.span.begin > token_of(s, at)->span.begin; /* بين 10 وعشرين */
    bool connected = next == at + 1 && kh_phrases_match(s->words->connectors, s->text, at, s->lang, 0, &m);
    if (connected && (m.value & 15u) == KH_BOUND_VERSUS) {
        return 3;
    }
    if (connected && (m.value & 15u) == KH_BOUND_BECAME) {
        return a->number.first > s->first && kh_figures_match(s, KH_FIELD_LINK, a->number.first - 1, false, &m) ? 2 : 0;
    }
    bool to = connected && (m.value & 15u) == KH_BOUND_TO;
    if (to && has_rise(s, a->number.first)) {
        return 2;
    }
    return to || (between && (glued || connected)) ? 1 : 0;
}

static bool is_glued_dash(const kh_sentence *s, size_t i)
{
    return kh_is_dash(token_of(s, i)->cp) && touches(s, i) && touches(s, i + 1);
}

/* The 1 of "2-1", where the 2 was no count. */
static bool is_second_of_score(const kh_sentence *s, const kh_count *c)
{
    size_t i = c->number.first;
    return c->number.digits && i > s->first + 1 && is_glued_dash(s, i - 1) && token_of(s, i - 2)->kind == KH_NUMBER;
}

/* "8 to 9 million": the scale is said once. */
static void share_scale(const kh_sentence *s, kh_count *low, const kh_count *high)
{
    double mantissa = 0;
    bool scaled = high->number.digits && high->number.end > high->number.first + 1 && !high->number.vague;
    if (!scaled || low->number.end > low->number.first + 1 || !kh_str_double(token_of(s, high->number.first)->key, &mantissa)) {
        return;
    }
    double scale = mantissa > 0 ? high->number.min / mantissa : 0;
    if (scale >= 100 && low->number.min < mantissa) {
        low->number.min *= scale;
    }
}

static void join_ranges(kh_sentence *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->counts.count; i++) {
        kh_count *c = &s->counts.items[i];
        kh_count *last = kept ? &s->counts.items[kept - 1] : NULL;
        int link = last ? link_of(s, last, c) : 0;
        link = link == 1 && !kh_is_dash(token_of(s, last->number.end)->cp) && last->number.min >= c->number.max ? 2 : link;
        bool dash = link == 1 && is_glued_dash(s, last->number.end);
        if (c->clock) {
            kept -= link != 0; /* "between 10 and 12 a.m.": neither counts anything */
        } else if (dash && last->number.min >= c->number.max) {
            kept--; /* a score: 7-0 */
        } else if (link == 1 && last->number.min < c->number.max) {
            last->range = true;
            share_scale(s, last, c);
            last->dashed = dash;
            last->number.max = c->number.max;
            last->number.end = c->number.end;
            last->number.span.end = c->number.span.end;
        } else if (link == 2) {
            c->rose = true;
            last->superseded = true;
            s->counts.items[kept++] = *c;
        } else if (link == 3) {
            kept--;
        } else if (!is_second_of_score(s, c)) {
            s->counts.items[kept++] = *c;
        }
    }
    s->counts.count = kept;
}

bool kh_figures_scan(kh_arena *scratch, kh_sentence *s)
{
    find_numbers(scratch, s);
    if (s->counts.count == 0) {
        return false;
    }
    find_whats(scratch, s);
    find_others(scratch, s);
    find_bounds(scratch, s);
    join_ranges(s);
    return true;
}
