/* points.c - what a figure is about: its frame, its interval, its day, its claimer.
 *
 * "مقتل 24 شخصاً على الأقل" claimed by the ministry on 31 July: killed, persons, 24 and more, that day. The
 * frame says with which figures of other pages it can be compared at all:
 *
 *  - Wounded and injured, detained and arrested, strikers and participants are near enough to be one.
 *  - "about 210" is a tenth to either side, "at least 8" is 8 and more, dozens are 20 to 99 and vague.
 *  - A figure in a copy holds for the day that the original gives it: printing it again does not make it newer.
 *  - Miners in a mine and passengers on a ferry are all there were, unless the page has a larger figure for all;
 *    children, soldiers and rescuers are a part wherever they stand.
 *  - Two places part two figures unless each page names the other's place too; the town of a dateline is only where
 *    the reporter sits.
 *
 * Gets wrong: two events of one kind in one place that the page does not part.
 */
#include "accounts/points.h"

#include <math.h>

enum { KEYS_OF_A_POINT = 3 };
static const double ABOUT = 0.1;

/* ---- frames ---- */

static bool one_of(kh_str word, const char *const *list)
{
    for (; *list; list++) {
        if (kh_str_eq(word, kh_str_z(*list))) {
            return true;
        }
    }
    return false;
}

kh_str kh_what_of(const kh_figure *f)
{
    if (kh_str_eq(f->what, KH_STR("wounded"))) {
        return KH_STR("injured");
    }
    if (kh_str_eq(f->what, KH_STR("strikers")) || kh_str_eq(f->what, KH_STR("protesters"))) {
        return KH_STR("participants");
    }
    return kh_str_eq(f->what, KH_STR("arrested")) ? KH_STR("detained") : f->what;
}

/* Counts that only grow while an event goes on. */
bool kh_only_grows(kh_str what)
{
    static const char *const LIST[] = {"killed",    "injured",  "casualties", "detained", "rescued",   "evacuated",
                                       "displaced", "infected", "destroyed",  "damaged",  "sentenced", "charged",
                                       "abducted",  "deported", "released",   "executed", NULL};
    return one_of(what, LIST);
}

/* How many there were at a given moment: a later page cannot raise it, another value contradicts. */
bool kh_of_one_moment(kh_str what)
{
    static const char *const LIST[] = {"aboard", "underground", "capacity", NULL};
    return one_of(what, LIST);
}

/* What is asked for or agreed upon: another value is another proposal, not news of the same. */
bool kh_only_a_claim(kh_str what)
{
    static const char *const LIST[] = {"wage_rise", "prison_sentence", "fine", "price", "aid", NULL};
    return one_of(what, LIST);
}

/* Populations that are a part wherever they stand: by age and sex, and those who came to the event by duty. */
static bool always_a_part(const kh_case *c, kh_str scope)
{
    static const char *const LIST[] = {"children", "women",  "men",         "youths",    "elderly",     "security_forces",
                                       "rescuers", "medics", "journalists", "officials", "aid_workers", NULL};
    for (const char *const *l = LIST; *l; l++) {
        kh_str wider = kh_str_z(*l);
        if (kh_str_eq(scope, wider) || kh_scope_inside(c->know->figures, scope, wider)) {
            return true;
        }
    }
    return false;
}

static void set_interval(kh_point *p)
{
    const kh_figure *f = p->f;
    p->min = f->has_min ? f->min : -INFINITY;
    p->max = f->has_max ? f->max : INFINITY;
    p->vague = f->op == KH_FIGURE_VAGUE;
    p->soft = f->soft || p->vague;
    if (f->soft && !p->vague && f->has_min && f->has_max && f->min == f->max) {
        p->min = f->min * (1 - ABOUT);
        p->max = f->max * (1 + ABOUT);
    }
}

static uint32_t sentence_of(const kh_side *s, kh_span span)
{
    for (uint32_t i = 0; i < s->units.count; i++) {
        if (kh_span_meets(s->units.items[i].span, span)) {
            return i;
        }
    }
    return KH_NO_GROUP;
}

/* The day that the original of P's page gives for the same figure: a copy does not make it newer. Its time is the original's too. */
static kh_when day_of_original(const kh_case *c, kh_point *p)
{
    kh_when when = p->f->as_of;
    for (uint32_t at = c->sides[p->article].parent; at != KH_NO_GROUP; at = c->sides[at].parent) {
        KH_EACH(const kh_figure, f, c->sides[at].art->figures) {
            bool same = f->core && f->past_event == p->f->past_event && f->min == p->f->min && f->max == p->f->max &&
                        kh_when_known(f->as_of) && kh_str_eq(kh_what_of(f), p->what);
            if (same) {
                when = f->as_of;
                p->page = at;
            }
        }
    }
    return when;
}

static void set_day(const kh_case *c, kh_point *p)
{
    kh_when when = day_of_original(c, p);
    for (uint32_t at = p->article; at != KH_NO_GROUP && !kh_when_known(when); at = c->sides[at].parent) {
        when = (kh_when){.from = c->sides[at].art->published.when.from}; /* a copy holds for its original's day */
    }
    p->dated = kh_when_known(when) && when.from.precision >= KH_TO_YEAR;
    if (p->dated) {
        p->first_day = kh_day_number(when.from);
        p->last_day = kh_last_day_number(kh_time_known(when.to) ? when.to : when.from);
    }
}

static uint32_t group_of_label(const kh_side *s, kh_str label)
{
    for (size_t n = 0; label.len && n < s->art->names.count; n++) {
        if (kh_str_eq(s->art->names.items[n].label, label)) {
            return s->groups[n];
        }
    }
    return KH_NO_GROUP;
}

/* The kind of body that the words name, in any language: one event has one election commission and one police. */
static uint32_t body_of(const kh_case *c, const kh_side *s, kh_str words)
{
    kh_arena lower = *c->scratch;
    kh_arena tmp = kh_arena_split(&lower);
    const kh_text *t = kh_text_of(&tmp, words);
    uint32_t found = 0;
    for (size_t i = 0; i < t->tokens.count; i++) {
        kh_match m;
        if (kh_phrases_match(c->words->bodies_of_state, t, i, s->lang, KH_CLITICS | KH_ARTICLE, &m)) {
            found = found ? found : m.value;
        }
    }
    return found;
}

static void set_claimer(const kh_case *c, kh_point *p)
{
    const kh_side *s = &c->sides[p->article];
    p->claimer = KH_NO_GROUP;
    if (!p->f->claimed_by.len) {
        return;
    }
    p->claimer_role = body_of(c, s, p->f->claimed_by);
    p->claimer_key = kh_fold_key(c->scratch, p->f->claimed_by);
    p->claimer = group_of_label(s, p->f->claimed_by);
    if (p->claimer == KH_NO_GROUP && p->f->quotation < s->art->quotations.count) {
        p->claimer = s->speakers[p->f->quotation];
    }
    for (size_t n = 0; n < s->art->names.count && p->claimer != KH_NO_GROUP; n++) {
        p->claimer_person = p->claimer_person || (s->groups[n] == p->claimer && s->art->names.items[n].type == KH_NAME_PERSON);
    }
}

/* 1: one; 0: cannot be said; -1: two. */
int kh_claimers(const kh_point *a, const kh_point *b)
{
    if (!a->claimer_key.len || !b->claimer_key.len) {
        return 0;
    }
    if (a->claimer_role && a->claimer_role == b->claimer_role) {
        return 1;
    }
    if (a->claimer != KH_NO_GROUP && b->claimer != KH_NO_GROUP) {
        bool two = a->claimer_person == b->claimer_person; /* a person may speak for the body */
        return a->claimer == b->claimer ? 1 : two ? -1 : 0;
    }
    if (kh_str_eq(a->claimer_key, b->claimer_key)) {
        return 1;
    }
    return a->article == b->article ? -1 : 0;
}

/* "three of those detained", "ثلاثة من الموقوفين": behind a word that takes a part stands what befell them all. */
static bool is_part_of_group(const kh_case *c, const kh_side *s, const kh_point *p)
{
    const kh_text *t = s->art->tokens;
    size_t end = kh_text_token_at(t, p->f->span.end);
    for (size_t i = kh_text_token_at(t, p->f->number.end); i < end; i++) {
        kh_match link;
        kh_match group;
        bool taken = kh_phrases_match(c->words->links, t, i, s->lang, 0, &link) && link.end < end &&
                     kh_phrases_match(c->words->groups, t, link.end, s->lang, KH_CLITICS | KH_ARTICLE, &group);
        if (taken && kh_str_eq(p->what, kh_group_name(group.value))) {
            return true;
        }
    }
    return false;
}

static bool is_person_scope(kh_str scope)
{
    return !scope.len || kh_str_eq(scope, KH_STR("persons"));
}

bool kh_same_interval(const kh_point *a, const kh_point *b)
{
    return a->min == b->min && a->max == b->max;
}

bool kh_intervals_meet(const kh_point *a, const kh_point *b)
{
    return a->min <= b->max && b->min <= a->max;
}

bool kh_bodies_only(const kh_point *a, const kh_point *b)
{
    const kh_point *less = a->max < b->min ? a : b;
    const kh_point *more = less == a ? b : a;
    return less->max < more->min && less->bodies && !more->bodies && less->first_day >= more->first_day;
}

bool kh_same_day(const kh_point *a, const kh_point *b)
{
    return a->dated && b->dated && a->first_day <= b->last_day && b->first_day <= a->last_day;
}

static bool seen_before(const kh_points *found, size_t first, const kh_point *p)
{
    for (size_t i = first; i < found->count; i++) {
        const kh_point *q = &found->items[i];
        bool same = kh_same_interval(p, q) && kh_str_eq(p->what, q->what) && kh_str_eq(p->scope, q->scope) &&
                    kh_str_eq(p->f->unit, q->f->unit) && kh_str_eq(p->f->noun, q->f->noun) && kh_claimers(p, q) >= 0 &&
                    p->first_day == q->first_day && p->f->status == q->f->status;
        if (same) {
            return true;
        }
    }
    return false;
}

/* Does the frame say enough to be compared. */
static bool has_frame(const kh_figure *f)
{
    bool kind = f->kind == KH_FIGURE_COUNT || f->kind == KH_FIGURE_MONEY || f->kind == KH_FIGURE_MEASURE || f->kind == KH_FIGURE_SHARE ||
                f->kind == KH_FIGURE_AGE;
    return f->core && kind && f->op != KH_FIGURE_LIFE && (f->has_min || f->has_max);
}

/* "she corrected her figure to 84": a corrected figure goes on with the figure before it, in what is counted and in
 * who says so. */
static void go_on(const kh_points *found, size_t first, kh_point *p)
{
    for (size_t i = found->count; i > first; i--) {
        const kh_point *q = &found->items[i - 1];
        if (q->f->kind != KH_FIGURE_COUNT || !q->what.len || (p->what.len && !kh_str_eq(p->what, q->what))) {
            continue;
        }
        p->what = q->what;
        if (!p->claimer_key.len) {
            p->claimer_key = q->claimer_key;
            p->claimer = q->claimer;
        }
        return;
    }
}

/* "the figure of 90 was wrong": what it counted, an earlier page says where the same claimer gave it. */
static void take_withdrawn(const kh_points *found, kh_point *p)
{
    KH_EACH(const kh_point, q, *found) {
        bool given = q->f->kind == p->f->kind && q->what.len && kh_claimers(q, p) > 0 &&
                     (q->f->has_min ? q->f->min : q->f->max) == (p->f->has_min ? p->f->min : p->f->max);
        if (given) {
            p->what = q->what;
            p->scope = q->scope;
            p->min = q->min;
            p->max = q->max;
        }
    }
}

/* Of two values of one thing in one sentence the one that is marked as revised is the one that was given up. */
static void mark_superseded(kh_points *found, size_t first)
{
    for (size_t i = first; i < found->count; i++) {
        kh_point *p = &found->items[i];
        for (size_t k = first; k < found->count && p->f->status == KH_FIGURE_REVISED; k++) {
            const kh_point *q = &found->items[k];
            p->superseded |= q->f->status == KH_FIGURE_STANDING && q->sentence == p->sentence && p->sentence != KH_NO_GROUP &&
                             kh_one_thing(p, q) && kh_str_eq(p->scope, q->scope) && kh_claimers(p, q) >= 0;
        }
    }
}

void kh_points_read(kh_case *c, uint32_t article, kh_points *found)
{
    const kh_side *s = &c->sides[article];
    size_t first = found->count;
    KH_EACH(const kh_figure, f, s->art->figures) {
        const kh_line *line = kh_article_line_at(s->art, f->span.begin);
        if (!has_frame(f) || !line || line->role != KH_ROLE_BODY) {
            continue;
        }
        kh_point p = {.f = f,
                      .article = article,
                      .page = article,
                      .what = kh_figure_happened(f) ? kh_what_of(f) : (kh_str){0},
                      .scope = f->scope,
                      .sentence = sentence_of(s, f->span)};
        set_claimer(c, &p);
        if (f->status == KH_FIGURE_REVISED && f->kind == KH_FIGURE_COUNT) {
            go_on(found, first, &p);
        }
        set_interval(&p);
        if (f->status == KH_FIGURE_RETRACTED && !p.what.len) {
            take_withdrawn(found, &p);
        }
        set_day(c, &p);
        p.part = is_person_scope(p.scope) && is_part_of_group(c, s, &p);
        p.subject = group_of_label(s, f->scope);
        size_t begin = kh_text_token_at(s->art->tokens, f->span.begin);
        p.bodies = kh_phrases_in(s, c->words->bodies, begin, kh_text_token_at(s->art->tokens, f->span.end)) > 0;
        p.denied = f->quotation < s->art->quotations.count && s->art->quotations.items[f->quotation].stance == KH_STANCE_DENIAL;
        if (!p.what.len && !f->unit.len) {
            continue;
        }
        if (!seen_before(found, first, &p)) {
            *KH_ADD(c->scratch, found) = p;
        }
    }
    mark_superseded(found, first);
}

/* The largest figure of a page for what happened is for all, when its population is not always a part. */
void kh_widen_totals(const kh_case *c, kh_points *all)
{
    KH_EACH(kh_point, p, *all) {
        bool largest =
            !is_person_scope(p->scope) && !always_a_part(c, p->scope) && kh_scope_inside(c->know->figures, p->scope, KH_STR("persons"));
        KH_EACH(const kh_point, q, *all) {
            bool rival = q != p && q->article == p->article && kh_str_eq(q->what, p->what) && kh_same_day(p, q) &&
                         q->f->past_event == p->f->past_event && q->min > p->max;
            largest = largest && !rival;
        }
        p->scope = largest ? KH_STR("persons") : p->scope;
    }
}

/* Of one claimer's figures on a page the largest is the count; smaller ones are earlier counts or parts. */
void kh_mark_totals(kh_points *all)
{
    KH_EACH(kh_point, p, *all) {
        p->total = true;
        KH_EACH(const kh_point, q, *all) {
            bool rival = q->article == p->article && kh_str_eq(q->what, p->what) && kh_str_eq(q->scope, p->scope) &&
                         q->f->past_event == p->f->past_event && q->min > p->max && (kh_claimers(p, q) >= 0 || p->bodies) && !q->denied &&
                         q->f->status != KH_FIGURE_RETRACTED && !q->superseded;
            p->total = p->total && !rival;
        }
    }
}

/* ---- one point ---- */

/* Words for the same things, in any language: the sentences share names and concepts beside the number. */
bool kh_same_sentence(kh_case *c, const kh_point *a, const kh_point *b)
{
    if (a->sentence == KH_NO_GROUP || b->sentence == KH_NO_GROUP) {
        return false;
    }
    uint32_t keys = 0;
    const kh_side *x = &c->sides[a->article];
    const kh_side *y = &c->sides[b->article];
    kh_unit_shared(&x->units.items[a->sentence], &y->units.items[b->sentence], false, &keys);
    return keys >= KEYS_OF_A_POINT;
}

/* Does page Y name the place of point A, which stands on page X. */
static bool names_place(const kh_side *x, const kh_point *a, const kh_side *y)
{
    uint32_t group = KH_NO_GROUP;
    for (size_t n = 0; n < x->art->names.count; n++) {
        const kh_name *name = &x->art->names.items[n];
        if (kh_str_eq(name->label, a->f->place) || (name->id.len && kh_str_eq(name->id, a->f->place))) {
            group = x->groups[n];
        }
    }
    for (size_t n = 0; group != KH_NO_GROUP && n < y->art->names.count; n++) {
        if (y->groups[n] == group) {
            return true;
        }
    }
    return false;
}

/* The town of a dateline is where the reporter sits. */
static bool of_dateline(const kh_side *s, const kh_point *p)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (cr->type == KH_CREDIT_DATELINE &&
            kh_str_find(kh_slice(s->art->text, cr->span), p->f->place) < (size_t)(cr->span.end - cr->span.begin)) {
            return true;
        }
    }
    return false;
}

static bool in_dateline(const kh_side *s, kh_span span)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (cr->type == KH_CREDIT_DATELINE && kh_span_meets(cr->span, span)) {
            return true;
        }
    }
    return false;
}

/* Is the place NAME of page S named in the sentence of Q on page Y. */
static bool named_beside(const kh_side *s, uint32_t name, const kh_side *y, const kh_point *q)
{
    KH_EACH(const kh_mention, m, y->art->mentions) {
        if (kh_span_meets(y->units.items[q->sentence].span, m->span) && y->groups[m->name] == s->groups[name] && !in_dateline(y, m->span)) {
            return true;
        }
    }
    return false;
}

/* "the Brod bridge in Kalmia" and "the Brod bridge": both sentences name one place. */
static bool share_a_place(const kh_case *c, const kh_point *a, const kh_point *b)
{
    const kh_side *x = &c->sides[a->article];
    const kh_side *y = &c->sides[b->article];
    if (a->sentence == KH_NO_GROUP || b->sentence == KH_NO_GROUP) {
        return false;
    }
    KH_EACH(const kh_mention, m, x->art->mentions) {
        bool place = x->art->names.items[m->name].type == KH_NAME_PLACE && kh_span_meets(x->units.items[a->sentence].span, m->span) &&
                     !in_dateline(x, m->span);
        if (place && named_beside(x, m->name, y, b)) {
            return true;
        }
    }
    return false;
}

/* Two places part two figures unless each page names the other's place too, or both sentences name a third: a town
 * lies in its country. */
static bool one_place(const kh_case *c, const kh_point *a, const kh_point *b)
{
    const kh_side *x = &c->sides[a->article];
    const kh_side *y = &c->sides[b->article];
    return !a->f->place.len || !b->f->place.len || kh_str_eq(a->f->place, b->f->place) || of_dateline(x, a) || of_dateline(y, b) ||
           (names_place(x, a, y) && names_place(y, b, x)) || share_a_place(c, a, b);
}

bool kh_one_subject(kh_case *c, const kh_point *a, const kh_point *b)
{
    if (a->subject != KH_NO_GROUP || b->subject != KH_NO_GROUP) {
        return a->subject == b->subject;
    }
    if (a->f->kind == KH_FIGURE_AGE || kh_str_eq(a->what, KH_STR("vote_share"))) {
        return false;
    }
    bool known = (is_person_scope(a->scope) && is_person_scope(b->scope)) || (a->scope.len && kh_str_eq(a->scope, b->scope));
    if (a->f->kind == KH_FIGURE_COUNT && a->what.len && known) {
        return true;
    }
    return kh_str_eq(a->what, KH_STR("turnout")) || kh_str_eq(a->what, KH_STR("output_loss")) || kh_same_sentence(c, a, b);
}

bool kh_one_thing(const kh_point *a, const kh_point *b)
{
    return a->f->kind == b->f->kind && kh_str_eq(a->what, b->what) && kh_str_eq(a->f->unit, b->f->unit) &&
           a->f->past_event == b->f->past_event;
}

bool kh_one_frame(const kh_case *c, const kh_point *a, const kh_point *b)
{
    return kh_one_thing(a, b) && one_place(c, a, b) && (!a->f->past_event || kh_same_day(a, b));
}

/* -1: A is inside B; 1: B is inside A; 0: the same; 2: neither. */
int kh_scopes(const kh_case *c, const kh_point *a, const kh_point *b)
{
    if (a->subject != KH_NO_GROUP || b->subject != KH_NO_GROUP) {
        return a->subject == b->subject ? 0 : 2;
    }
    if (a->part != b->part && is_person_scope(a->scope) && is_person_scope(b->scope) && !kh_same_interval(a, b)) {
        return a->part ? -1 : 1;
    }
    bool all_a = is_person_scope(a->scope) && !a->f->noun.len;
    bool all_b = is_person_scope(b->scope) && !b->f->noun.len;
    if (kh_str_eq(a->scope, b->scope) || (all_a && all_b)) {
        return 0;
    }
    kh_str wide_a = all_a ? KH_STR("persons") : a->scope;
    kh_str wide_b = all_b ? KH_STR("persons") : b->scope;
    if (kh_scope_inside(c->know->figures, wide_a, wide_b)) {
        return -1;
    }
    return kh_scope_inside(c->know->figures, wide_b, wide_a) ? 1 : 2;
}
