/* figures.c - two figures on one point: do they agree, and if not, must one be wrong?
 *
 * "The flood killed 24 people" on 31 July and "Число погибших выросло до 58" on 2 August are one count at two
 * times: update. "трое пожарных" among the 24 is a part: subset. "عشرات" and then 24 on the same day: the vague
 * made exact, refines. The ministry's 37 missing and the relief society's 92 on one evening cannot both hold:
 * conflict.
 *
 * A figure is compared by its frame: what is counted, of which population, where, on which day. Wounded and injured,
 * detained and arrested are near enough to be one. Then the intervals decide: "at least 8" is 8 and more, "about 210"
 * a tenth to either side, "dozens" 20 to 99. A vague interval never makes a conflict.
 *
 *  - A part stays a part at any time: it is checked only against the whole being smaller.
 *  - Miners in a mine and passengers on a ferry are all there were, unless the page has a larger figure for all;
 *    children, soldiers and rescuers are always a part.
 *  - Counts that only grow (killed, detained, rescued) are updated by a later and larger one. Counts that go either
 *    way (missing, trapped) are updated by any later one.
 *  - Where a page sets two claimers against each other, each is compared with its own earlier figures, and the
 *    other's remain in conflict with it.
 *  - Between a page and its copy the figure can only have been kept, or have lost its bound ("at least" gone), or
 *    been changed.
 *  - "Three of those detained" is a part of them. What a sentence gives up ("nine instead of 12") is held against nothing:
 *    pages that have it are revised. Two rates in one sentence are a change: either may stand alone elsewhere.
 *  - In a large story one page speaks for all that repeat its figure.
 *
 * Gets wrong: two events of one kind in one place that the page does not part; a figure whose day the page leaves
 * to the reader.
 */
#include "accounts/points.h"

#include <stdlib.h>

enum { HOURS_FOR_UPDATE = 2, WORDS_OF_LINK = 3, SECONDS_OF_HOUR = 3600 };

static kh_str topic_of(kh_case *c, const kh_point *p)
{
    kh_str what = p->what.len ? p->what : p->f->unit;
    return p->scope.len ? kh_arena_printf(c->out, KH_FMT " \u00b7 " KH_FMT, KH_ARG(what), KH_ARG(p->scope)) : what;
}

static void say(kh_case *c, kh_verdict_kind kind, const kh_point *a, const kh_point *b, kh_str reason, float confidence)
{
    kh_verdict_add(c, kind, (kh_place_in){a->article, a->f->span}, (kh_place_in){b->article, b->f->span}, topic_of(c, a), reason,
                   confidence);
}

static bool inside(const kh_point *a, const kh_point *b)
{
    return a->min >= b->min && a->max <= b->max && !kh_same_interval(a, b);
}

/* Seconds from the page of A to that of B, of copies from their originals'; 0 when unknown. */
static int64_t pages_apart(const kh_case *c, const kh_point *a, const kh_point *b)
{
    int64_t gap = 0;
    kh_time_between(c->sides[a->page].art->published.when.from, c->sides[b->page].art->published.when.from, &gap);
    return gap;
}

static void part_and_whole(kh_case *c, const kh_point *part, const kh_point *whole)
{
    if (part->min <= whole->max && !part->denied && !whole->denied && whole->total) {
        say(c, KH_SUBSET, part, whole, KH_STR("the first is a part of the population of the second"), 0.85F);
    }
}

/* On one page: two claimers; or, for what does not grow, a claimer in one sentence and somebody else in another. */
static bool set_against(const kh_point *a, const kh_point *b)
{
    bool one_claims = a->claimer_key.len || b->claimer_key.len;
    return kh_claimers(a, b) < 0 || (!kh_only_grows(a->what) && kh_claimers(a, b) == 0 && one_claims && a->sentence != b->sentence);
}

/* Shares of one whole that two have: they cannot both be. */
static bool both_over_hundred(const kh_point *a, const kh_point *b)
{
    return kh_str_eq(a->what, KH_STR("vote_share")) && a->subject != KH_NO_GROUP && b->subject != KH_NO_GROUP && a->subject != b->subject &&
           a->min + b->min > 100 && !kh_same_interval(a, b);
}

/* "five of the 14 injured": does the sentence of SMALL name the number of BIG too. */
static bool out_of(const kh_case *c, const kh_point *small, const kh_point *big)
{
    const kh_side *s = &c->sides[small->article];
    KH_EACH(const kh_figure, f, s->art->figures) {
        bool same = f != small->f && small->sentence != KH_NO_GROUP && f->min == big->f->min && f->max == big->f->max &&
                    kh_str_eq(kh_what_of(f), big->what) && kh_str_eq(f->claimed_by, small->f->claimed_by) &&
                    kh_span_meets(s->units.items[small->sentence].span, f->span);
        if (same) {
            return true;
        }
    }
    return false;
}

/* The claimer's own withdrawal or correction. True: nothing more is to be said of the two. */
static bool withdrawn(kh_case *c, const kh_point *a, const kh_point *b)
{
    const kh_point *old = b->f->status != KH_FIGURE_STANDING ? a : b;
    const kh_point *now = old == a ? b : a;
    if (now->f->status == KH_FIGURE_RETRACTED) {
        if (old->f->status == KH_FIGURE_STANDING && kh_same_interval(old, now)) {
            say(c, KH_RETRACTED, old, now, KH_STR("the figure was withdrawn"), 0.85F);
        }
        return true;
    }
    if (a->superseded != b->superseded) {
        bool meant = kh_same_day(a, b) && a->sentence == b->sentence && a->article == b->article && !kh_intervals_meet(a, b);
        if (meant) {
            say(c, KH_REVISED, a->superseded ? a : b, a->superseded ? b : a, KH_STR("the claimer gave another value"), 0.85F);
        }
        return meant || !kh_same_interval(a, b);
    }
    bool corrected = now->f->status == KH_FIGURE_REVISED && old->f->status == KH_FIGURE_STANDING && !kh_intervals_meet(old, now) &&
                     old->dated && now->dated && old->first_day <= now->last_day && old->total;
    if (corrected && (kh_claimers(old, now) > 0 || (kh_claimers(old, now) == 0 && old->min > now->max))) {
        say(c, KH_REVISED, old, now, KH_STR("the claimer gave another value"), 0.8F);
        return true;
    }
    return false;
}

static void on_one_page(kh_case *c, const kh_point *a, const kh_point *b)
{
    int scope = kh_scopes(c, a, b);
    bool one_sentence = a->sentence == b->sentence && a->sentence != KH_NO_GROUP;
    bool part_unnamed = scope == 2 && one_sentence && kh_claimers(a, b) >= 0 && a->f->kind == KH_FIGURE_COUNT;
    bool given_up = a->superseded || b->superseded;
    if (scope == 0 && !given_up && a->f->kind == KH_FIGURE_COUNT && !kh_intervals_meet(a, b) &&
        out_of(c, a->max < b->min ? a : b, a->max < b->min ? b : a)) {
        part_and_whole(c, a->max < b->min ? a : b, a->max < b->min ? b : a);
        return;
    }
    if (scope == 0 && withdrawn(c, a, b)) {
        return;
    }
    if (both_over_hundred(a, b)) {
        say(c, KH_CONFLICT, a, b, KH_STR("together the shares are more than the whole"), 0.8F);
    } else if (a->denied != b->denied && scope == 0 && !kh_intervals_meet(a, b) && kh_claimers(a, b) > 0) {
        say(c, KH_CONFLICT, a, b, KH_STR("the claimer denies the one and gives the other"), 0.75F);
    } else if (scope == -1 || (part_unnamed && a->max < b->min)) {
        part_and_whole(c, a, b);
    } else if (scope == 1 || (part_unnamed && b->max < a->min)) {
        part_and_whole(c, b, a);
    } else if (scope == 0 && !kh_intervals_meet(a, b) && !a->vague && !b->vague && set_against(a, b) && kh_same_day(a, b) &&
               kh_one_subject(c, a, b)) {
        say(c, KH_CONFLICT, a, b, KH_STR("two claimers on one page, one point and one day; both cannot hold"), 0.8F);
    }
}

static bool to_minute(const kh_case *c, const kh_point *p)
{
    return c->sides[p->page].art->published.when.from.precision >= KH_TO_MINUTE;
}

/* A count that only grows, two values of one day: conflict only where the pages are of one hour. */
static void grown_in_a_day(kh_case *c, const kh_point *a, const kh_point *b)
{
    const kh_point *less = a->max < b->min ? a : b;
    const kh_point *more = less == a ? b : a;
    int64_t gap = pages_apart(c, less, more);
    bool told = to_minute(c, a) && to_minute(c, b);
    if (!less->total || !more->total) {
        return;
    }
    if (kh_claimers(a, b) > 0 || !told || gap >= HOURS_FOR_UPDATE * SECONDS_OF_HOUR || a->soft || b->soft) {
        say(c, KH_UPDATE, less, more, KH_STR("a later count of the same day"), 0.7F);
    } else if (a->dated && b->dated) {
        say(c, KH_CONFLICT, a, b, KH_STR("one point, one day, two figures that cannot both hold"), 0.8F);
    }
}

static void same_time(kh_case *c, const kh_point *a, const kh_point *b)
{
    if (kh_intervals_meet(a, b)) {
        if (inside(a, b) || inside(b, a)) {
            say(c, KH_REFINES, inside(a, b) ? b : a, inside(a, b) ? a : b, KH_STR("one lies inside the other, the same day"), 0.8F);
        } else {
            say(c, KH_AGREE, a, b, KH_STR("both can hold"), 0.7F);
        }
    } else if (kh_only_grows(a->what)) {
        grown_in_a_day(c, a, b);
    } else if (a->vague || b->vague) {
        say(c, KH_UNKNOWN, a, b, KH_STR("a vague count and another outside its usual range: they may both hold"), 0.5F);
    } else if (a->dated && b->dated && a->what.len) {
        int64_t gap = pages_apart(c, a, b);
        bool own = kh_claimers(a, b) > 0 && !kh_of_one_moment(a->what);
        say(c, own ? KH_UPDATE : KH_CONFLICT, gap >= 0 ? a : b, gap >= 0 ? b : a,
            own ? KH_STR("the same claimer, the same day") : KH_STR("one point, one day, two figures that cannot both hold"), 0.8F);
    }
}

/* Does the page of B deny A's figure and give B in its place. */
static bool denied_there(const kh_points *all, const kh_point *a, const kh_point *b)
{
    KH_EACH(const kh_point, d, *all) {
        if (d->denied && d->article == b->article && kh_str_eq(d->what, a->what) && kh_same_interval(d, a) && d != b &&
            kh_claimers(d, b) > 0) {
            return true;
        }
    }
    return false;
}

/* Was the figure OLD withdrawn or given up on some page: then another value contradicts nothing. Who gives up "at least 12" says
 * "nine instead of 12": the number is the same, its bound is not repeated. */
static bool was_withdrawn(const kh_points *all, const kh_point *old)
{
    KH_EACH(const kh_point, p, *all) {
        bool gone = p->superseded || p->f->status == KH_FIGURE_RETRACTED;
        if (gone && kh_str_eq(p->what, old->what) && kh_str_eq(p->scope, old->scope) && p->min == old->min) {
            return true;
        }
    }
    return false;
}

static void later(kh_case *c, const kh_points *all, const kh_point *old, const kh_point *now)
{
    bool hard = !old->vague && !now->vague && !kh_intervals_meet(old, now);
    bool grows = kh_only_grows(now->what);
    if (old->vague && kh_intervals_meet(old, now)) {
        bool exact = inside(now, old);
        say(c, exact ? KH_REFINES : KH_AGREE, old, now, exact ? KH_STR("the vague count made exact") : KH_STR("both can hold"), 0.75F);
    } else if ((old->contested || now->contested) && kh_claimers(old, now) <= 0) {
        if (hard && kh_claimers(old, now) < 0) {
            say(c, KH_CONFLICT, old, now, KH_STR("two claimers who are set against each other"), 0.7F);
        }
    } else if (!old->total || !now->total) {
        return;
    } else if (kh_intervals_meet(old, now) && (!grows || now->min <= old->min)) {
        say(c, KH_AGREE, old, now, KH_STR("both can hold"), 0.7F);
    } else if (!grows || now->min > old->min) {
        say(c, KH_UPDATE, old, now, KH_STR("counted later, of the same people or things"), 0.85F);
    } else if (kh_claimers(old, now) > 0 && hard) {
        say(c, KH_REVISED, old, now, KH_STR("the same claimer later gave a smaller value"), 0.75F);
    } else if (hard && kh_str_eq(now->what, KH_STR("killed")) && was_withdrawn(all, old)) {
        say(c, KH_UPDATE, old, now, KH_STR("a count in place of one that was withdrawn"), 0.8F);
    } else if (hard && !old->soft && !now->soft && kh_str_eq(now->what, KH_STR("killed"))) {
        say(c, KH_CONFLICT, old, now, KH_STR("later and smaller, though such a count only grows"), 0.65F);
    }
}

/* A part is set against another page's whole only where its own page has none to set it against. */
static bool has_whole(const kh_case *c, const kh_points *all, const kh_point *part)
{
    KH_EACH(const kh_point, q, *all) {
        if (q->article == part->article && !q->vague && kh_str_eq(q->what, part->what) && kh_scopes(c, part, q) == -1 &&
            q->f->past_event == part->f->past_event) {
            return true;
        }
    }
    return false;
}

/* Does the page of NOW give the value OLD up where it gives its own: "nine dead instead of 12". */
static bool gives_up(const kh_points *all, const kh_point *old, const kh_point *now)
{
    KH_EACH(const kh_point, d, *all) {
        if (d->superseded && d->article == now->article && d->sentence == now->sentence && kh_one_thing(d, old) &&
            (d->f->has_min ? d->f->min : d->f->max) == (old->f->has_min ? old->f->min : old->f->max)) {
            return true;
        }
    }
    return false;
}

/* The same, told of the two. */
static bool replaced(kh_case *c, const kh_points *all, const kh_point *a, const kh_point *b)
{
    bool by_b = !b->superseded && gives_up(all, a, b);
    bool by_a = !a->superseded && gives_up(all, b, a);
    if (by_a != by_b) {
        say(c, KH_REVISED, by_b ? a : b, by_b ? b : a, KH_STR("the later page gives this value up and another in its place"), 0.85F);
    }
    return by_a != by_b;
}

static void between_accounts(kh_case *c, const kh_points *all, const kh_point *a, const kh_point *b)
{
    int scope = kh_scopes(c, a, b);
    if (scope == 1 || scope == -1) {
        const kh_point *part = scope < 0 ? a : b;
        if (!has_whole(c, all, part)) {
            part_and_whole(c, part, scope < 0 ? b : a);
        }
        return;
    }
    if (both_over_hundred(a, b)) {
        say(c, KH_CONFLICT, a, b, KH_STR("together the shares are more than the whole"), 0.8F);
        return;
    }
    if (scope != 0 || !kh_one_subject(c, a, b) || withdrawn(c, a, b) || a->denied || b->denied) {
        return;
    }
    if (kh_same_interval(a, b)) {
        say(c, KH_AGREE, a, b, KH_STR("the same figure"), 0.9F);
    } else if (replaced(c, all, a, b)) {
        return;
    } else if (!kh_intervals_meet(a, b) && (denied_there(all, a, b) || denied_there(all, b, a))) {
        say(c, KH_CONFLICT, a, b, KH_STR("the one page denies the other's figure and gives its own"), 0.8F);
    } else if (kh_only_a_claim(a->what)) {
        return;
    } else if (kh_same_day(a, b) || !a->dated || !b->dated || kh_of_one_moment(a->what)) {
        same_time(c, a, b);
    } else {
        later(c, all, a->first_day < b->first_day ? a : b, a->first_day < b->first_day ? b : a);
    }
}

/* Has the page of P no figure of its frame with the interval of Q. */
static bool lacks(const kh_case *c, const kh_points *all, const kh_point *p, const kh_point *q)
{
    KH_EACH(const kh_point, x, *all) {
        if (x->article == p->article && kh_same_interval(x, q) && kh_one_frame(c, x, q)) {
            return false;
        }
    }
    return true;
}

/* What the copier did to a figure. */
static void in_copy(kh_case *c, const kh_points *all, const kh_point *src, const kh_point *dst)
{
    bool same_number = (src->f->has_min ? src->f->min : src->f->max) == (dst->f->has_min ? dst->f->min : dst->f->max);
    bool bound_a = !src->f->has_min || !src->f->has_max || src->f->soft;
    bool bound_b = !dst->f->has_min || !dst->f->has_max || dst->f->soft;
    if (kh_scopes(c, src, dst) != 0 || !kh_one_subject(c, src, dst)) {
        return;
    }
    if (kh_same_interval(src, dst)) {
        say(c, KH_AGREE, src, dst, KH_STR("the copy has the same figure"), 0.9F);
    } else if (same_number && bound_a && !bound_b) {
        say(c, KH_HEDGE_LOST, src, dst, KH_STR("the copy dropped the bound and kept the number"), 0.8F);
    } else if (c->sides[src->article].lang != c->sides[dst->article].lang && !kh_intervals_meet(src, dst) && src->what.len &&
               kh_same_sentence(c, src, dst) && lacks(c, all, dst, src) && lacks(c, all, src, dst)) {
        say(c, KH_CONFLICT, src, dst, KH_STR("the copy has another number in the same sentence"), 0.75F);
    }
}

static const kh_copy *edge(const kh_case *c, uint32_t a, uint32_t b)
{
    const kh_copy *copy = kh_copy_between(c, a, b);
    return copy && copy->kind != KH_COPY_COMPILED ? copy : NULL;
}

/* "из 31 задержанного освобождены 19", "19 of the 31 detained were freed": in one sentence, the larger number of people
 * behind a word that takes a part of them. What happened to the part is another matter. */
static bool is_taken_from(const kh_case *c, const kh_point *part, const kh_point *whole)
{
    bool people = part->f->kind == KH_FIGURE_COUNT && whole->f->kind == KH_FIGURE_COUNT && part->article == whole->article &&
                  part->sentence == whole->sentence && part->sentence != KH_NO_GROUP && !kh_str_eq(part->what, whole->what) &&
                  part->max < whole->min && kh_scopes(c, part, whole) == 0;
    if (!people) {
        return false;
    }
    const kh_side *s = &c->sides[whole->article];
    size_t at = kh_text_token_at(s->art->tokens, whole->f->span.begin);
    for (size_t back = 1; back <= WORDS_OF_LINK && back <= at; back++) {
        kh_match m;
        if (kh_phrases_match(c->words->links, s->art->tokens, at - back, s->lang, 0, &m) && m.end == at) {
            return true;
        }
    }
    return false;
}

/* "to 19.5 percent from 18 percent": rates and prices that changed stand in one sentence, and either has its like elsewhere. */
static bool has_like_beside(const kh_points *all, const kh_point *p, const kh_point *q)
{
    bool changes = p->f->kind == KH_FIGURE_SHARE || p->f->kind == KH_FIGURE_MONEY || p->f->kind == KH_FIGURE_MEASURE;
    KH_EACH(const kh_point, r, *all) {
        if (changes && r != p && r->article == p->article && r->sentence == p->sentence && p->sentence != KH_NO_GROUP && !r->denied &&
            kh_claimers(r, p) >= 0 && kh_one_thing(r, p) && r->subject == p->subject && kh_same_interval(r, q)) {
            return true;
        }
    }
    return false;
}

static void compare(kh_case *c, const kh_points *all, const kh_point *a, const kh_point *b)
{
    if (is_taken_from(c, a, b) || is_taken_from(c, b, a)) {
        part_and_whole(c, a->max < b->min ? a : b, a->max < b->min ? b : a);
        return;
    }
    const kh_copy *copy = edge(c, a->article, b->article);
    if (!(copy ? kh_one_thing(a, b) : kh_one_frame(c, a, b)) || kh_bodies_only(a, b)) {
        return;
    }
    if (a->article == b->article) {
        on_one_page(c, a, b);
    } else if (!kh_same_interval(a, b) && (has_like_beside(all, a, b) || has_like_beside(all, b, a))) {
        return;
    } else if (copy) {
        in_copy(c, all, copy->src == a->article ? a : b, copy->src == a->article ? b : a);
    } else if (!kh_same_text(c, a->article, b->article)) {
        between_accounts(c, all, a, b);
    } else if (kh_same_interval(a, b) && kh_scopes(c, a, b) == 0 && kh_one_subject(c, a, b) && c->sides[a->article].parent == KH_NO_GROUP &&
               c->sides[b->article].parent == KH_NO_GROUP) {
        say(c, KH_AGREE, a, b, KH_STR("two pages of one text"), 0.9F);
    }
}

static void mark_contested(kh_case *c, kh_points *all)
{
    KH_EACH(kh_point, p, *all) {
        KH_EACH(const kh_point, q, *all) {
            p->contested |= q != p && q->article == p->article && kh_one_frame(c, p, q) && kh_scopes(c, p, q) == 0 &&
                            !kh_intervals_meet(p, q) && kh_claimers(p, q) < 0 && kh_same_day(p, q) && kh_one_subject(c, p, q) &&
                            !kh_bodies_only(p, q);
        }
    }
}

/* In a large story only originals speak; their copies would say the same again. */
static bool speaks(const kh_case *c, uint32_t i)
{
    return c->count <= KH_PAGES_ALL_PAIRS || c->sides[i].parent == KH_NO_GROUP;
}

/* One value of one thing on one day, from nobody else: what the one contradicts the other does too. */
static bool repeats(kh_case *c, const kh_point *p, const kh_point *q)
{
    return p->article != q->article && kh_same_interval(p, q) && p->first_day == q->first_day && p->last_day == q->last_day &&
           p->denied == q->denied && p->total == q->total && p->contested == q->contested && p->f->status == q->f->status &&
           kh_str_eq(p->scope, q->scope) && kh_str_eq(p->f->noun, q->f->noun) && kh_str_eq(p->claimer_key, q->claimer_key) &&
           p->subject == q->subject && kh_one_frame(c, p, q) && kh_one_subject(c, p, q);
}

static uint64_t key_of(const kh_point *p)
{
    uint64_t hash = kh_hash_mix(kh_hash(p->what), kh_hash(p->scope));
    hash = kh_hash_mix(hash, kh_hash((kh_str){(const char *)&p->min, sizeof p->min}));
    return kh_hash_mix(hash, (uint64_t)p->first_day);
}

/* In a large story the first page that gives a value speaks for those that repeat it: they agree with it, and only it is held
 * against the others. What is compared then grows with the values and not with the pages. */
static kh_points fold_repeats(kh_case *c, const kh_points *all)
{
    kh_points kept = {0};
    kh_map last = {0}; /* key -> the point kept last with it, + 1 */
    uint32_t *before = KH_NEW_N(c->scratch, uint32_t, all->count + 1);
    KH_EACH(const kh_point, p, *all) {
        uint32_t *head = kh_map_put(c->scratch, &last, key_of(p), NULL);
        uint32_t at = *head;
        while (at && !repeats(c, &kept.items[at - 1], p)) {
            at = before[at - 1];
        }
        if (at) {
            say(c, KH_AGREE, &kept.items[at - 1], p, KH_STR("the same figure"), 0.9F);
            continue;
        }
        before[kept.count] = *head;
        *KH_ADD(c->scratch, &kept) = *p;
        *head = (uint32_t)kept.count;
    }
    return kept;
}

void kh_figures_compare(kh_case *c)
{
    kh_points all = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        if (speaks(c, i)) {
            kh_points_read(c, i, &all);
        }
    }
    kh_widen_totals(c, &all);
    kh_mark_totals(&all);
    mark_contested(c, &all);
    kh_points held = c->count <= KH_PAGES_ALL_PAIRS ? all : fold_repeats(c, &all);
    for (size_t i = 0; i < held.count; i++) {
        for (size_t j = i + 1; j < held.count; j++) {
            compare(c, &all, &held.items[i], &held.items[j]);
        }
    }
}
