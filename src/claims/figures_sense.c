/* figures_sense.c - what happened to what is counted, and who says so.
 *
 * Decides for "إن 24 شخصاً قُتلوا وإن 37 آخرين فُقدوا" that 24 are killed and 37 missing; for "14 Menschen
 * starben, darunter drei Kinder" that the three are killed too, as a part of the 14; for "A flood on the same
 * river in 2003 killed 14 people" that the count is of 2003.
 *
 * Method: each cue word of the sentence that can be said of this kind of count has a price: the words
 * between, more for a comma, a conjunction, a complementiser, another number. Where the verb ends the clause
 * (Persian, Turkish) words to the right cost half; cues on the unusual side pay a little more unless they
 * touch. The cheapest wins. A clause with a verb of its own keeps its cue to itself: behind "وأن", behind a
 * Persian verb ("۸۰۰ نفر ... منتقل شدند و دو مأمور ... کشته شدند": the 800 are not killed), and before an English
 * count that is the subject ("... and 800 people were ..."). Counts joined by a conjunction share the cue. A
 * part (بينهم, of whom) takes over what the whole says, and where it is set in commas the whole reaches over it. Who says so is read by figures_claim.c, the day by
 * figures_day.c.
 *
 * Gets wrong: two events in one clause, a verb that belongs to the rescuers and not to the rescued.
 */
#include "claims/figures_parts.h"

#include <math.h>
#include <string.h>

enum {
    PRICE_MAX = 16,        /* of what happens to persons and things */
    PRICE_CLAUSE_MAX = 24, /* the same where the verb waits at the end of the clause */
    PRICE_UNKNOWN_MAX = 7, /* where the noun is in no table: it may be no victim */
    PRICE_UNIT_MAX = 44,   /* of units: few cues can be said of money or shares, so they reach further */
    REACH_TOKENS = 60,
    REACH_CUES = 10,
    ASIDE_TOKENS_MAX = 16,
    PRICE_COMMA = 4,
    PRICE_STOP = 30,
    PRICE_DASH = 4,
    PRICE_JOIN = 2,
    PRICE_THAT = 5,
    PRICE_NUMBER = 6,
    PRICE_OTHERS = 10, /* a number between, where the verb stands behind its subject: then the cue is the other's */
    PRICE_SIDE = 2,
    PRICE_WEAK = 8,
    PRICE_HINT = 3,
    PRICE_HINT_UNIT = 14, /* a verb of change beside the noun of what changed: "la inflación subió" */
    PRICE_OF_GROUP = 6    /* a verb this near says what happened to some of a group */
};

static const kh_token *token_of(const kh_sentence *s, size_t i)
{
    return &s->text->tokens.items[i];
}

/* ---- what ---- */

static unsigned class_of(const kh_count *c)
{
    if (c->unit) {
        switch (c->unit->kind) {
        case KH_FIGURE_SHARE: return KH_OF_SHARE;
        case KH_FIGURE_MONEY: return KH_OF_MONEY;
        case KH_FIGURE_DURATION: return KH_OF_DURATION;
        case KH_FIGURE_RATIO: return 0;
        default: return KH_OF_MEASURE;
        }
    }
    if (kh_figures_is_fraction(c)) {
        return KH_OF_SHARE;
    }
    if (c->scope) {
        return c->scope->of;
    }
    if (c->bare && c->number.digits && c->number.min != floor(c->number.min)) {
        return KH_OF_MEASURE; /* magnitude 6.1 */
    }
    return c->other ? KH_OF_PERSONS : (unsigned)KH_OF_PERSONS | (unsigned)KH_OF_THINGS;
}

bool kh_figures_joins(const kh_sentence *s, size_t i)
{
    const kh_token *t = token_of(s, i);
    kh_match m;
    if (kh_phrases_match(s->words->connectors, s->text, i, s->lang, 0, &m)) {
        return (m.value & 15u) == KH_BOUND_AND;
    }
    return s->words->joined && t->kind == KH_WORD && t->key.len > 4 && kh_str_starts(t->key, KH_STR("و"));
}

bool kh_figures_that(const kh_sentence *s, size_t i)
{
    kh_match m;
    unsigned flags = s->words->joined ? KH_CLITICS : 0u;
    return kh_phrases_match(s->words->thats, s->text, i, s->lang, flags, &m);
}

/* "وأن", "and that": a clause of its own begins, which says itself what happened. */
static bool opens_clause(const kh_sentence *s, size_t i)
{
    kh_match m;
    bool joined = kh_figures_joins(s, i) || (i > s->first && kh_phrases_match(s->words->connectors, s->text, i - 1, s->lang, 0, &m) &&
                                             m.end == i && (m.value & 15u) == KH_BOUND_AND);
    return joined && kh_figures_that(s, i);
}

static int price_of_token(const kh_sentence *s, size_t i, int word)
{
    const kh_token *t = token_of(s, i);
    if (t->kind == KH_NUMBER) {
        return 0;
    }
    if (t->kind == KH_WORD) {
        return word + (kh_figures_that(s, i) ? 2 * PRICE_THAT : 0) + (kh_figures_joins(s, i) ? 2 * PRICE_JOIN : 0) +
               (opens_clause(s, i) ? 2 * PRICE_STOP : 0);
    }
    switch (t->cp) {
    case ',':
    case 0x60C: return 2 * PRICE_COMMA;
    case ';':
    case 0x61B:
    case ':': return 2 * PRICE_STOP;
    case '(':
    case ')': return 2 * PRICE_DASH;
    default: return kh_is_dash(t->cp) && (t->flags & KH_SPACE_BEFORE) ? 2 * PRICE_DASH : 0;
    }
}

/* Other numbers between tokens FIRST and END. */
static int numbers_between(const kh_sentence *s, size_t first, size_t end)
{
    size_t low = 0, high = s->counts.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->counts.items[mid].begin < first) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    int n = 0;
    for (; low < s->counts.count && s->counts.items[low].end <= end; low++) {
        n += !s->counts.items[low].superseded;
    }
    return n;
}

static bool is_comma(uint32_t cp)
{
    return cp == ',' || cp == 0x60C;
}

/* ", including three children," before END: a part set in commas or brackets begins at token I. Where it ends; I: there is none. */
static size_t past_aside(const kh_sentence *s, size_t i, size_t end)
{
    kh_match m;
    bool opens = is_comma(token_of(s, i)->cp) || token_of(s, i)->cp == '(';
    if (!opens || !kh_figures_match(s, KH_FIELD_AMONG, i + 1, true, &m)) {
        return i;
    }
    for (size_t k = m.end; k < end && k < i + ASIDE_TOKENS_MAX; k++) {
        if (is_comma(token_of(s, k)->cp) || token_of(s, k)->cp == ')') {
            return k + 1;
        }
    }
    return i;
}

/* Half points for the way between FIRST and END: WORD for a word, NUMBER for a number of its own noun; what is said aside is free. */
static int price_between(const kh_sentence *s, size_t first, size_t end, int word, int number)
{
    int price = 0, numbers = numbers_between(s, first, end);
    for (size_t i = first; i < end && price <= 2 * PRICE_UNIT_MAX; i++) {
        size_t past = past_aside(s, i, end);
        if (past > i) {
            numbers -= numbers_between(s, i, past);
            i = past - 1;
        } else {
            price += price_of_token(s, i, word);
        }
    }
    return price + 2 * number * numbers;
}

/* Where the verb comes last: has the clause been closed between FIRST and END? A relative clause (که) spends a
 * verb of its own. */
static bool is_closed_between(const kh_sentence *s, size_t first, size_t end)
{
    int open = 1;
    KH_EACH(const kh_cue, verb, s->cues[KH_FIELD_VERB]) {
        open -= verb->first >= first && verb->end <= end;
    }
    for (size_t i = first; i < end && open <= 0; i++) {
        open += kh_figures_that(s, i);
    }
    return open <= 0;
}

/* "... and 800 people were ...": C is a subject with a verb behind it, parted from FIRST by a conjunction. */
static bool is_new_subject(const kh_sentence *s, const kh_count *c, size_t first)
{
    kh_match m;
    if (s->words->verb_last || !kh_figures_match(s, KH_FIELD_VERB, c->end, false, &m)) {
        return false;
    }
    for (size_t i = first; i < c->begin; i++) {
        if (kh_figures_joins(s, i)) {
            return true;
        }
    }
    return false;
}

/* The price of CUE for C, in half points. */
static int price_of(const kh_sentence *s, const kh_count *c, const kh_cue *cue)
{
    int hint = c->unit && c->unit->kind != KH_FIGURE_DURATION ? PRICE_HINT_UNIT : PRICE_HINT;
    int price = cue->weak ? 2 * PRICE_WEAK : cue->word->hint ? 2 * hint : 0;
    if (cue->first >= c->begin && cue->end <= c->end) {
        return price;
    }
    if (cue->end <= c->number.first) { /* a bound may reach over the cue: "выросло до" */
        int way = price_between(s, cue->end, c->begin, 2, PRICE_NUMBER);
        bool side = s->words->verb_last && way > 0;
        return price + way + (side ? 2 * PRICE_SIDE : 0) + 1 + (is_new_subject(s, c, cue->end) ? 2 * PRICE_STOP : 0);
    }
    if (cue->first >= c->end) {
        bool verb_last = s->words->verb_last;
        int way = price_between(s, c->end, cue->first, verb_last ? 1 : 2, verb_last ? PRICE_NUMBER : PRICE_OTHERS);
        bool opens = kh_figures_joins(s, cue->first); /* "164 وجرح": the cue begins the next clause */
        bool side = s->words->verb_first && way > 0;
        bool closed = verb_last && is_closed_between(s, c->end, cue->first);
        return price + way + (side ? 2 * PRICE_SIDE : 0) + (closed ? 2 * PRICE_STOP : 0) + (opens ? 2 * (PRICE_JOIN + PRICE_COMMA) : 0);
    }
    return 2 * PRICE_UNIT_MAX;
}

static size_t cues_before(const kh_cues *cues, size_t token)
{
    size_t low = 0, high = cues->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (cues->items[mid].first < token) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

/* The cue is the noun of another number: "12 blessés lors d'une marche de milliers ...". */
static bool is_owned(const kh_sentence *s, const kh_count *c, const kh_cue *cue)
{
    size_t low = 0, high = s->counts.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->counts.items[mid].end <= cue->first) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    const kh_count *owner = low < s->counts.count ? &s->counts.items[low] : NULL;
    return owner && owner != c && owner->noun_what && owner->begin <= cue->first && cue->end <= owner->end;
}

/* "ضابطين و4 أمناء شرطة": C follows the number before it with only a conjunction between. */
static bool is_joined_to(const kh_sentence *s, const kh_count *c)
{
    if (c == s->counts.items) {
        return false;
    }
    uint32_t end = c[-1].end;
    bool glued = c->begin == end && s->text->tokens.items[end].span.begin < c->begin_byte;
    return glued || (c->begin == end + 1 && kh_figures_joins(s, end));
}

/* "5 percent of output", "3,6% ВВП": what a share is a share of says nothing of what it measures. */
static bool is_base(const kh_sentence *s, const kh_count *c, const kh_cue *cue, unsigned class)
{
    kh_match m;
    bool whole = kh_str_eq(cue->word->value, KH_STR("growth")) || kh_str_eq(cue->word->value, KH_STR("production"));
    bool linked = cue->first == c->end || (kh_figures_match(s, KH_FIELD_LINK, c->end, false, &m) && m.end == cue->first);
    return class == KH_OF_SHARE && whole && cue->first >= c->end && linked;
}

/* "two injured died in hospital": what befell them since counts, where its verb follows and is near. Of "two of the five
 * injured" it is not the five. */
static bool may_have_died(const kh_sentence *s, const kh_count *c)
{
    const kh_count *end = s->counts.items + s->counts.count;
    bool whole = (c > s->counts.items && c[-1].of_group) || (c + 1 < end && c[1].of_group);
    return !whole && c->noun_what &&
           (kh_str_eq(c->noun_what->value, KH_STR("injured")) || kh_str_eq(c->noun_what->value, KH_STR("wounded"))) && !c->number.vague;
}

static bool died_since(const kh_count *c)
{
    return c->what && kh_str_eq(c->what->value, KH_STR("killed")) && c->what_at >= c->end && c->what_cost <= PRICE_OF_GROUP;
}

static int price_limit(const kh_sentence *s, const kh_count *c, unsigned class)
{
    if (c->unit && class != KH_OF_DURATION) {
        return 2 * PRICE_UNIT_MAX;
    }
    bool unknown = !c->scope && !c->unit && !c->other && !kh_span_empty(c->noun);
    int reach = s->words->verb_last ? PRICE_CLAUSE_MAX : PRICE_MAX;
    return 2 * (unknown ? PRICE_UNKNOWN_MAX : reach);
}

static void find_what(const kh_sentence *s, kh_count *c)
{
    const kh_cues *cues = &s->cues[KH_FIELD_WHAT];
    size_t at = cues_before(cues, c->begin);
    size_t first = at > REACH_CUES ? at - REACH_CUES : 0;
    size_t end = at + REACH_CUES < cues->count ? at + REACH_CUES : cues->count;
    unsigned class = class_of(c);
    int best = price_limit(s, c, class);
    for (size_t i = first; i < end; i++) {
        const kh_cue *cue = &cues->items[i];
        bool far = cue->first > c->end + REACH_TOKENS || cue->end + REACH_TOKENS < c->begin;
        bool age = kh_str_eq(cue->word->value, KH_STR("age"));
        bool group = (c->of_group || may_have_died(s, c)) && cue->first >= c->begin && cue->end <= c->end;
        if (far || age || group || is_base(s, c, cue, class) || !(cue->word->of & class) ||
            ((!c->bare || c->of_group) && is_owned(s, c, cue))) {
            continue;
        }
        int price = price_of(s, c, cue);
        if (price < best) {
            best = price;
            c->what = cue->word;
            c->what_at = cue->first;
        }
    }
    if (is_joined_to(s, c) && !is_new_subject(s, c, c[-1].end) && c[-1].what && (c[-1].what->of & class) &&
        2 * (c[-1].what_cost + PRICE_JOIN) < best) {
        c->what = c[-1].what;
        c->what_at = c[-1].what_at;
        best = 2 * (c[-1].what_cost + PRICE_JOIN);
    }
    c->what_cost = (best + 1) / 2;
}

/* A cue of a part stands inside the figure (of whom) or before it, with at most two words between. */
static bool is_part(const kh_sentence *s, const kh_count *c)
{
    if (c->among) {
        return true;
    }
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_AMONG]) {
        if (cue->end <= c->begin && cue->end + 2 >= c->begin && price_between(s, cue->end, c->begin, 2, PRICE_NUMBER) <= 4) {
            return true;
        }
    }
    return false;
}

static bool counts_persons(const kh_count *c)
{
    return !c->unit && (!c->scope || (c->scope->of & KH_OF_PERSONS));
}

/* The whole that C is a part of: the nearest count of persons before it in the sentence. */
static const kh_count *whole_of(const kh_sentence *s, const kh_count *c)
{
    for (const kh_count *w = c; w-- > s->counts.items;) {
        if (counts_persons(w) && w->what && !w->number.ordinal && !w->among) {
            return w;
        }
    }
    return NULL;
}

static void settle_part(const kh_sentence *s, kh_count *c)
{
    c->among = is_part(s, c);
    const kh_count *whole = c->among || c->other ? whole_of(s, c) : NULL;
    if (!whole) {
        return;
    }
    if (c->among && !c->noun_what && counts_persons(c)) {
        c->what = whole->what;
        c->what_cost = 0;
    }
    if (c->other && !c->scope && !c->noun_what) {
        c->scope = whole->scope;
    }
}

/* "Three sailors and two divers were among the dead": what stands behind C holds for the count joined to it. */
static void share_back(const kh_sentence *s, kh_count *first, const kh_count *c)
{
    bool behind = c->what && !c->noun_what && !c->among && c->what_at >= c->end;
    bool free = !first->noun_what && !first->number.ordinal && !first->age && !first->unit;
    if (behind && free && is_joined_to(s, c) && (c->what->of & class_of(first)) && c->what_cost + PRICE_JOIN < first->what_cost) {
        first->what = c->what;
        first->what_at = c->what_at;
        first->what_cost = c->what_cost + PRICE_JOIN;
    }
}

/* "Revised from 71 to 68 dead": both count the same. */
static void take_successor(kh_count *old, const kh_count *new)
{
    old->what = new->what;
    old->what_cost = new->what_cost;
    old->what_at = new->what_at;
    old->scope = new->scope;
    old->unit = new->unit;
    old->noun_what = new->noun_what;
}

/* Bodies that were found: neither rescued nor, by this sentence alone, the dead of this event. */
static bool is_bodies(const kh_count *c)
{
    return c->scope && kh_str_eq(c->scope->value, KH_STR("bodies"));
}

void kh_figures_what(const kh_sentence *s)
{
    for (size_t i = 0; i < s->counts.count; i++) {
        kh_count *c = &s->counts.items[i];
        if (c->number.ordinal || c->age || c->superseded || is_bodies(c)) {
            continue;
        }
        bool group = c->of_group || may_have_died(s, c);
        if (!c->noun_what || group) {
            find_what(s, c);
        }
        if (c->noun_what && (!c->what || c->what_cost > PRICE_OF_GROUP || (!c->of_group && !died_since(c)))) {
            c->what = c->noun_what;
            c->what_cost = 0;
        }
        settle_part(s, c);
    }
    for (size_t i = s->counts.count; i-- > 1;) {
        if (s->counts.items[i - 1].superseded) {
            take_successor(&s->counts.items[i - 1], &s->counts.items[i]);
            continue;
        }
        share_back(s, &s->counts.items[i - 1], &s->counts.items[i]);
    }
}

/* ---- where ---- */

static uint32_t distance(kh_span a, kh_span b)
{
    return a.end <= b.begin ? b.begin - a.end : b.end <= a.begin ? a.begin - b.end : 0;
}

static const kh_name *name_beside(const kh_sentence *s, const kh_figure *f, kh_name_type type)
{
    kh_span sentence = kh_text_span(s->text, s->first, s->end);
    const kh_article *art = s->art;
    const kh_name *best = NULL;
    uint32_t nearest = UINT32_MAX;
    size_t low = 0, high = art->mentions.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (art->mentions.items[mid].span.end <= sentence.begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (; low < art->mentions.count && art->mentions.items[low].span.begin < sentence.end; low++) {
        const kh_mention *m = &art->mentions.items[low];
        if (m->name < art->names.count && art->names.items[m->name].type == type && distance(m->span, f->span) < nearest) {
            nearest = distance(m->span, f->span);
            best = &art->names.items[m->name];
        }
    }
    return best;
}

static void set_place(const kh_sentence *s, kh_figure *f)
{
    const kh_name *place = name_beside(s, f, KH_NAME_PLACE);
    if (place) {
        f->place = place->id.len ? place->id : place->label;
    }
}

void kh_figures_claim(kh_arena *out, const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    (void)out;
    kh_figures_claimant(s, c, f);
    kh_figures_day(s, c, f);
    set_place(s, f);
    bool votes = kh_str_eq(f->what, KH_STR("vote_share"));
    if (c->age || (votes && !c->scope)) {
        const kh_name *who = name_beside(s, f, KH_NAME_PERSON);
        f->scope = who ? who->label : votes ? f->claimed_by : (kh_str){0};
    }
}
