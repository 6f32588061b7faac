/* credits_text.c - from the credits of an article to the agencies that its text is credited to.
 *
 * Decides which of the typed credits speak for the whole text, in which order. Example: a page with the
 * dateline "كفرنوح (رويترز) -" and a passing "وقال لشبكة سي إن إن" in its tenth paragraph is Reuters' alone;
 * "به این خبرگزاری" means the agency named last; "(Reporting by ...; Editing by ...)" without a name is
 * signed by the agency that the page credits otherwise, else by the one whose house style it is.
 *
 * Method: types are weighed: a dateline says most, a photo credit nothing; telling and relaying count only
 * where an agency opens the text or the text is short.
 *
 * Gets wrong: a long report of an outlet that has its second paragraph from an agency.
 */
#include "claims/credits_internal.h"

typedef struct reader {
    kh_arena *out;
    const kh_credits_know *know;
    kh_article *art;
} reader;

/* How much a credit says about the whole text; 0: nothing. */
static int weight_of(kh_credit_type type)
{
    switch (type) {
    case KH_CREDIT_DATELINE: return 9;
    case KH_CREDIT_SOURCE_LINE: return 8;
    case KH_CREDIT_BYLINE: return 8;
    case KH_CREDIT_SYNDICATION: return 7;
    case KH_CREDIT_AGENCY_CHAIN: return 6;
    case KH_CREDIT_AGENCY_TAG: return 6;
    case KH_CREDIT_BYLINE_FOOTER: return 5;
    case KH_CREDIT_STANDARDS_LINE: return 5;
    case KH_CREDIT_PAYWALL_LINE: return 5;
    case KH_CREDIT_TOLD_AGENCY: return 4;
    case KH_CREDIT_RELAY: return 4;
    case KH_CREDIT_CONTRIBUTION: return 2;
    default: return 0;
    }
}

static void add_agency(reader *r, kh_str id)
{
    KH_EACH(const kh_str, have, r->art->agencies) {
        if (kh_str_eq(*have, id)) {
            return;
        }
    }
    *KH_ADD(r->out, &r->art->agencies) = id;
}

static bool is_outlet(const reader *r, kh_str agency, kh_str label)
{
    kh_str outlet = r->art->outlet.value;
    return kh_str_eq(outlet, label) || kh_str_eq(outlet, agency);
}

enum { SHORT_TEXT_LINES = 6, LEAD_LINES = 3 };

/* The body line, counted from 0, that holds byte AT. */
static size_t body_line_of(const kh_article *art, uint32_t at)
{
    size_t n = 0;
    KH_EACH(const kh_line, line, art->lines) {
        if (line->span.begin <= at && at < line->span.end) {
            return n;
        }
        n += line->role == KH_ROLE_BODY;
    }
    return n;
}

/* A passing "told CNN" deep in an outlet's own report credits nobody with the text: the words of an agency
 * must open it, or it must be short. */
static bool carries_text(const reader *r, const kh_credit *c)
{
    if (c->type != KH_CREDIT_TOLD_AGENCY && c->type != KH_CREDIT_RELAY) {
        return true;
    }
    const uint32_t *a = kh_map_get(&r->know->agency_by_id, kh_hash(c->agency));
    bool wire = a && r->know->agencies.items[*a - 1].wire;
    bool short_text = body_line_of(r->art, UINT32_MAX) <= SHORT_TEXT_LINES;
    return wire && (short_text || body_line_of(r->art, c->span.begin) < LEAD_LINES);
}

/* ---- agencies without a name: anaphors, bylines of an agency's reporters ---- */

/* Whose reporters sign "(Reporting by ...; Editing by ...)": many agencies sign so, hence any agency that the
 * page credits by its name, or that is its outlet, goes before the one whose house style it first was. */
static kh_str signing_agency(const reader *r)
{
    kh_str best = {0};
    int weight = 0;
    KH_EACH(const kh_credit, c, r->art->credits) {
        bool named = c->agency.len && !kh_span_empty(c->agency_span);
        if (named && weight_of(c->type) > weight && carries_text(r, c)) {
            best = c->agency;
            weight = weight_of(c->type);
        }
    }
    KH_EACH(const kh_agency, agency, r->know->agencies) {
        if (best.len == 0 && agency->wire && is_outlet(r, agency->id, agency->label)) {
            best = agency->id;
        }
    }
    return best;
}

/* "وأوضحت الصحيفة": the word for a medium alone, with the article, means the one that was named before. */
static bool is_medium_again(const reader *r, const kh_credit *c)
{
    const kh_text *text = r->art->tokens;
    size_t at = kh_text_token_at(text, c->agency_span.begin);
    bool relay = c->type == KH_CREDIT_RELAY && c->agency.len == 0 && !kh_span_empty(c->agency_span);
    return relay && at < text->tokens.count && text->tokens.items[at].span.end == c->agency_span.end &&
           kh_str_starts(text->tokens.items[at].key, KH_STR("ال"));
}

static void resolve_anaphors(reader *r)
{
    kh_str last = {0};
    bool named = false; /* a medium that no table holds was named */
    kh_str signing = signing_agency(r);
    size_t kept = 0;
    for (size_t i = 0; i < r->art->credits.count; i++) {
        kh_credit c = r->art->credits.items[i];
        if (named && is_medium_again(r, &c)) {
            c.type = KH_CREDIT_AGENCY_ANAPHOR;
        } else if (c.type == KH_CREDIT_AGENCY_ANAPHOR) {
            if (last.len == 0 && !c.nameless && !named) {
                continue; /* no agency was named: "the agency" is some other body */
            }
            c.agency = last;
            c.label = last.len ? kh_credits_agency_label(r->know, last) : c.label;
        } else if (c.type == KH_CREDIT_BYLINE_FOOTER && kh_span_empty(c.agency_span)) {
            c.agency = signing.len ? signing : c.agency;
            c.label = c.agency.len ? kh_credits_agency_label(r->know, c.agency) : c.label;
        } else if (c.agency.len && c.type != KH_CREDIT_PHOTO && !kh_credit_is_site_text(c.type)) {
            last = c.agency;
        } else if (c.agency.len == 0 && (c.type == KH_CREDIT_RELAY || c.type == KH_CREDIT_TOLD_AGENCY)) {
            named = true;
            last = (kh_str){0};
        }
        r->art->credits.items[kept++] = c;
    }
    r->art->credits.count = kept;
}

/* ---- the list ---- */

static void gather_agencies(reader *r)
{
    for (int weight = 9; weight > 0; weight--) {
        KH_EACH(const kh_credit, c, r->art->credits) {
            if (weight_of(c->type) == weight && c->agency.len && carries_text(r, c)) {
                add_agency(r, c->agency);
            }
        }
    }
    KH_EACH(const kh_credit, c, r->art->credits) {
        if (c->via.len && !is_outlet(r, c->via, kh_credits_agency_label(r->know, c->via))) {
            add_agency(r, c->via);
        }
    }
}

/* The page that says "ISNA reports, quoting Reuters" and names no other outlet is ISNA's own. */
static void outlet_from_chain(reader *r)
{
    KH_EACH(const kh_credit, c, r->art->credits) {
        if (r->art->outlet.value.len == 0 && c->via.len) {
            r->art->outlet = (kh_field){.value = kh_credits_agency_label(r->know, c->via),
                                        .span = c->via_span,
                                        .path = KH_STR("agency_chain"),
                                        .confidence = 0.6F};
        }
    }
}

void kh_credits_resolve_anaphors(const kh_credits_know *know, kh_article *art)
{
    resolve_anaphors(&(reader){.know = know, .art = art});
}

void kh_credits_gather(kh_arena *out, const kh_credits_know *know, kh_article *art)
{
    reader r = {.out = out, .know = know, .art = art};
    outlet_from_chain(&r);
    gather_agencies(&r);
}
