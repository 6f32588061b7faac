/* origins.c - how many voices stand behind the pages?
 *
 * Nine pages can be three accounts: an agency's report, its copies and translations, one interview of another
 * agency, a page that puts both together. An origin is the agency under whose name the words came, or, where a
 * page names none and was not taken from another page of the story, the outlet itself. A page that stands alone
 * and says "متابعات" or "agencies" has no origin that could be named: it is kept apart and does not count.
 *
 * A page belongs to the origin of the page it was taken from, whatever it says of itself; a compiled page stands
 * under each origin that it draws on. An agency that only handed a report on ("ISNA, quoting Reuters") is no
 * origin.
 *
 * Gets wrong: an outlet that prints an agency's text as its own, where no other page of the story has it.
 */
#include "accounts/internal.h"

enum { VOTES_OF_ORIGINAL = 8, VOTES_OF_COPY = 2 };

static kh_origin *origin_for(kh_case *c, kh_str agency, kh_str label, bool independent)
{
    KH_EACH(kh_origin, o, c->story->origins) {
        bool same = agency.len ? kh_str_eq(o->agency, agency) : !o->agency.len && label.len && kh_str_eq(o->label, label);
        if (same) {
            return o;
        }
    }
    kh_origin *o = KH_ADD(c->out, &c->story->origins);
    *o = (kh_origin){.agency = agency, .label = label, .independent = independent};
    return o;
}

static void rest_on(kh_case *c, kh_origin *o, uint32_t article)
{
    for (size_t i = 0; i < o->articles.count; i++) {
        if (o->articles.items[i] == article) {
            return;
        }
    }
    *KH_ADD(c->out, &o->articles) = article;
    o->compiled |= c->sides[article].compiled;
}

static void rest_on_agency(kh_case *c, kh_str agency, uint32_t article)
{
    rest_on(c, origin_for(c, agency, kh_credits_agency_label(c->know->credits, agency), true), article);
}

static bool handed_on(const kh_side *s, kh_str agency)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (kh_str_eq(cr->via, agency) && !kh_str_eq(cr->agency, agency)) {
            return true;
        }
    }
    return false;
}

/* How much the pages of WIRE speak for AGENCY: most the one that they were taken from. */
static int votes_for(const kh_case *c, uint32_t wire, kh_str agency)
{
    int votes = 0;
    for (uint32_t i = wire; i != KH_NO_GROUP; i = c->sides[i].next) {
        const kh_side *s = &c->sides[i];
        const kh_tie *tie = kh_tie_to(s, agency);
        if (tie && !handed_on(s, agency)) {
            votes += tie->nearness <= KH_NEAR_UNDER && s->parent == KH_NO_GROUP ? VOTES_OF_ORIGINAL : VOTES_OF_COPY;
        }
    }
    return votes;
}

/* The agency that the pages of I's wire have their text from: the one that most of them name as source. Where an
 * agency stands over a report of another ("dpa", told to AP) the one that was told is the source. */
static kh_str agency_of(const kh_case *c, uint32_t i)
{
    kh_str best = {0};
    int most = 0;
    for (uint32_t j = c->sides[i].wire; j != KH_NO_GROUP; j = c->sides[j].next) {
        KH_EACH(const kh_tie, t, c->sides[j].ties) {
            int votes = votes_for(c, c->sides[i].wire, t->agency);
            if (votes > most) {
                best = t->agency;
                most = votes;
            }
        }
    }
    return best;
}

static kh_str outlet_of(kh_case *c, const kh_article *art)
{
    if (art->outlet.value.len) {
        return art->outlet.value;
    }
    return kh_arena_join(c->out, KH_STR("page "), art->label.len ? art->label : art->key);
}

/* A compiled page stands under the origins of its sources and under each agency that it names. */
static void place_compiled(kh_case *c, uint32_t i)
{
    bool placed = false;
    KH_EACH(const kh_copy, copy, c->story->copies) {
        kh_str agency = copy->dst == i ? agency_of(c, copy->src) : (kh_str){0};
        if (agency.len) {
            rest_on_agency(c, agency, i);
            placed = true;
        }
    }
    KH_EACH(const kh_tie, t, c->sides[i].ties) {
        rest_on_agency(c, t->agency, i);
        placed = true;
    }
    if (!placed) {
        rest_on(c, origin_for(c, (kh_str){0}, outlet_of(c, c->sides[i].art), false), i);
    }
}

static void place_plain(kh_case *c, uint32_t i)
{
    kh_str agency = agency_of(c, i);
    if (agency.len) {
        rest_on_agency(c, agency, i);
        return;
    }
    uint32_t top = c->sides[i].wire;
    for (uint32_t at = i; at != KH_NO_GROUP; at = c->sides[at].parent) {
        top = at;
    }
    rest_on(c, origin_for(c, (kh_str){0}, outlet_of(c, c->sides[top].art), !c->sides[top].aggregated), i);
}

void kh_origins_find(kh_case *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        if (!c->sides[i].compiled) {
            place_plain(c, i);
        }
    }
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->sides[i].compiled) {
            place_compiled(c, i);
        }
    }
}

static bool rests_on(const kh_origin *o, const kh_case *c, const uint32_t *articles, size_t count, bool compiled)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < o->articles.count && c->sides[articles[i]].compiled == compiled; k++) {
            if (o->articles.items[k] == articles[i]) {
                return true;
            }
        }
    }
    return false;
}

uint32_t kh_origins_among(const kh_case *c, const uint32_t *articles, size_t count)
{
    uint32_t plain = 0;
    bool compiled = false;
    KH_EACH(const kh_origin, o, c->story->origins) {
        plain += o->independent && rests_on(o, c, articles, count, false);
        compiled = compiled || (o->independent && rests_on(o, c, articles, count, true));
    }
    return plain ? plain : compiled;
}
