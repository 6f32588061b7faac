/* relations.c - what two pages of one story have to do with each other.
 *
 * One text (same_wire), with or without a copy edge between the two; one person who spoke to two agencies
 * (same_speaker_other_interview); or just the same story (related). A compiled page is related to its sources: it
 * has a part of them.
 *
 * The interview: "وقال سرمت لهاليارد" on one page and "قال سرمت في حديث إلى ليفانتيس" on another are two
 * conversations with one man, however alike his words. Where only one page says that he spoke to an agency, the other
 * must quote him at length (two direct quotations) under another agency's name: one sentence may come from a
 * statement that all received. What a spokesperson says in public goes to all, so both pages must say it there.
 *
 * Gets wrong: a press conference at which two agencies took down the same sentences and one says "told".
 */
#include "accounts/wires.h"

enum { DIRECT_AT_LENGTH = 2, WORDS_BESIDE = 6 };

/* The person named nearest to SPAN in the sentence U. */
static uint32_t person_beside(const kh_side *s, const kh_unit *u, kh_span span)
{
    uint32_t person = KH_NO_GROUP;
    uint32_t nearest = UINT32_MAX;
    KH_EACH(const kh_mention, m, s->art->mentions) {
        uint32_t gap = m->span.end <= span.begin ? span.begin - m->span.end : m->span.begin >= span.end ? m->span.begin - span.end : 0;
        bool here = kh_span_meets(u->span, m->span) && s->art->names.items[m->name].type == KH_NAME_PERSON;
        if (here && gap < nearest) {
            nearest = gap;
            person = s->groups[m->name];
        }
    }
    return person;
}

/* Did GROUP say on this page that he spoke to an agency: which? Empty: no. The credit stands in the sentence
 * that names him, or one that a quotation of his belongs to. */
kh_str kh_told_here(const kh_side *s, uint32_t group)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        bool anaphor = cr->type == KH_CREDIT_AGENCY_ANAPHOR && !s->compiled;
        if ((cr->type != KH_CREDIT_TOLD_AGENCY && !anaphor) || !cr->agency.len) {
            continue;
        }
        KH_EACH(const kh_unit, u, s->units) {
            if (kh_span_meets(u->span, cr->span) && person_beside(s, u, cr->span) == group) {
                return cr->agency;
            }
        }
    }
    for (size_t q = 0; q < s->art->quotations.count && !s->compiled; q++) {
        if (s->speakers[q] == group && s->art->quotations.items[q].told_to.len) {
            return s->art->quotations.items[q].told_to;
        }
    }
    return (kh_str){0};
}

/* The same over all pages of the wire. */
static kh_str told_in_wire(const kh_case *c, uint32_t i, uint32_t group)
{
    kh_str told = kh_told_here(&c->sides[i], group);
    for (uint32_t j = c->sides[i].wire; j != KH_NO_GROUP && !told.len; j = c->sides[j].next) {
        told = kh_told_here(&c->sides[j], group);
    }
    return told;
}

static uint32_t direct_quotations(const kh_side *s, uint32_t group)
{
    uint32_t count = 0;
    for (size_t q = 0; q < s->art->quotations.count; q++) {
        kh_form form = s->art->quotations.items[q].form;
        bool direct = form == KH_FORM_DIRECT || form == KH_FORM_DIRECT_UNMARKED || form == KH_FORM_MIXED;
        count += s->speakers[q] == group && direct;
    }
    return count;
}

static bool quotes_group(const kh_side *s, uint32_t group)
{
    for (size_t q = 0; q < s->art->quotations.count; q++) {
        if (s->speakers[q] == group) {
            return true;
        }
    }
    return false;
}

/* Is GROUP called a spokesperson beside the name: what such a one says in public goes to all. */
static bool is_spokesperson(const kh_case *c, const kh_side *s, uint32_t group)
{
    KH_EACH(const kh_mention, m, s->art->mentions) {
        if (s->groups[m->name] == group) {
            size_t at = kh_text_token_at(s->art->tokens, m->span.begin);
            size_t end = kh_text_token_at(s->art->tokens, m->span.end) + WORDS_BESIDE;
            if (kh_phrases_in(s, c->words->spokespeople, at > WORDS_BESIDE ? at - WORDS_BESIDE : 0, end)) {
                return true;
            }
        }
    }
    return false;
}

/* Did the speaker GROUP talk to two: told an agency on one page and another on the other, or at length (two
 * direct quotations) under another agency's name. One direct sentence may be a statement that all received. */
static bool two_hearers(const kh_case *c, uint32_t a, uint32_t b, uint32_t group)
{
    kh_str told_a = told_in_wire(c, a, group);
    kh_str told_b = told_in_wire(c, b, group);
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    if (is_spokesperson(c, x, group) || is_spokesperson(c, y, group)) {
        return told_a.len && told_b.len && !kh_str_eq(told_a, told_b);
    }
    if (!told_b.len && told_a.len && !y->compiled && direct_quotations(y, group) >= DIRECT_AT_LENGTH) {
        told_b = c->sides[b].wire_agency;
    } else if (!told_a.len && told_b.len && !x->compiled && direct_quotations(x, group) >= DIRECT_AT_LENGTH) {
        told_a = c->sides[a].wire_agency;
    }
    return told_a.len && told_b.len && !kh_str_eq(told_a, told_b);
}

/* The person who spoke to two agencies on pages A and B: index into A's quotations, SIZE_MAX when there is none. */
static size_t spoke_twice(const kh_case *c, uint32_t a, uint32_t b)
{
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    kh_str agency_a = c->sides[a].wire_agency;
    kh_str agency_b = c->sides[b].wire_agency;
    bool taken_over = (x->compiled && agency_b.len && kh_tie_to(x, agency_b)) || (y->compiled && agency_a.len && kh_tie_to(y, agency_a)) ||
                      ((x->compiled || y->compiled) && kh_share_an_agency(x, y));
    if (taken_over) {
        return SIZE_MAX; /* the compiled page has his words from the other's agency */
    }
    for (size_t q = 0; q < x->art->quotations.count; q++) {
        uint32_t group = x->speakers[q];
        bool person = group != KH_NO_GROUP && x->art->names.items[x->art->quotations.items[q].speaker_name].type == KH_NAME_PERSON;
        if (person && quotes_group(y, group) && two_hearers(c, a, b, group)) {
            return q;
        }
    }
    return SIZE_MAX;
}

static kh_relation relation_of(const kh_decider *d, uint32_t a, uint32_t b)
{
    kh_case *c = d->c;
    kh_relation r = {.a = a, .b = b, .kind = KH_RELATED, .score = 0.5F, .reason = KH_STR("one story, no shared text")};
    const kh_copy *copy = kh_copy_between(c, a, b);
    if (kh_same_text(c, a, b)) {
        const kh_found_pair *p = kh_pair_of(d, a, b);
        r.kind = KH_SAME_WIRE;
        copy = !copy && p && p->printed ? &p->copy : copy;
        r.score = copy ? copy->score : p ? (p->alignment.cover_a + p->alignment.cover_b) / 2 : 0.5F;
        r.reason = copy ? copy->reason : p ? KH_STR("their sentences say the same in the same order") : KH_STR("both go back to one text");
        return r;
    }
    if (copy) {
        r.score = copy->score;
        r.reason = KH_STR("one has a part of the other");
        return r;
    }
    size_t q = spoke_twice(c, a, b);
    if (q != SIZE_MAX) {
        r.kind = KH_SAME_SPEAKER;
        r.score = 0.8F;
        r.reason = kh_arena_printf(c->out, KH_FMT " spoke to two agencies", KH_ARG(c->sides[a].art->quotations.items[q].speaker));
    }
    return r;
}

void kh_relations_decide(kh_case *c)
{
    kh_decider d = {.c = c};
    kh_wires_find(&d);
    kh_copies_find(&d);
    for (uint32_t a = 0; a < c->count; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            *KH_ADD(c->out, &c->story->relations) = relation_of(&d, a, b);
        }
    }
}
