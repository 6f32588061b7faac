/* chains.c - through whose hands did a speaker's words come to this page?
 *
 * Decides one chain for each speaker with quotations that count: the speaker, who passed it on (unnamed
 * local media), the agency, a second agency or outlet in between, the outlet; "page" closes the chain where
 * no outlet is known. Examples: the engineer, AFP, IRNA for the page that says "به گزارش ایرنا، به نقل از
 * خبرگزاری فرانسه"; a doctor, وسائل إعلام محلية, page for "نقلت وسائل إعلام محلية عن أحد الأطباء ...".
 *
 * Rules of the trade: under an agency's dateline, byline or source line the whole text is that agency's, and
 * words told to another agency came through both. A chain of agencies named once covers the text. Where a
 * single agency is credited, everything came through it. Where several are and none signs the text, words
 * came through the agency that their own sentence names ("told Reuters", "به گزارش ...", "this agency
 * wrote"), else through the one of their paragraph's relay, else through none. An agency quoted as the
 * speaker itself starts the chain. A statement, a broadcast or a post is a channel, not a hop.
 *
 * Gets wrong: pages that mix two agencies paragraph by paragraph without repeating the credit.
 */
#include "claims/credits_internal.h"

typedef struct reader {
    kh_arena *out;
    const kh_credits_know *know;
    kh_article *art;
    kh_str outlet_agency;  /* the outlet is this agency itself; empty */
    const kh_credit *main; /* the credit that covers the whole text; NULL */
} reader;

/* ---- what covers the whole text ---- */

static bool signs_text(kh_credit_type type)
{
    return type == KH_CREDIT_DATELINE || type == KH_CREDIT_SOURCE_LINE || type == KH_CREDIT_BYLINE || type == KH_CREDIT_SYNDICATION ||
           type == KH_CREDIT_AGENCY_CHAIN || type == KH_CREDIT_AGENCY_TAG;
}

static bool names_agency(const kh_credit *c)
{
    return c->agency.len && c->type != KH_CREDIT_PHOTO;
}

/* Lines of the site and a contribution say nothing about a single quotation. */
static bool passes_words(const kh_credit *c)
{
    return c->type == KH_CREDIT_RELAY || c->type == KH_CREDIT_TOLD_AGENCY || c->type == KH_CREDIT_AGENCY_ANAPHOR ||
           c->type == KH_CREDIT_AGENCY_CHAIN || c->type == KH_CREDIT_AGENCY_TAG;
}

static const kh_credit *main_credit(const kh_article *art)
{
    static const kh_credit_type order[] = {KH_CREDIT_DATELINE,    KH_CREDIT_SOURCE_LINE,  KH_CREDIT_BYLINE,
                                           KH_CREDIT_SYNDICATION, KH_CREDIT_AGENCY_CHAIN, KH_CREDIT_AGENCY_TAG};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        KH_EACH(const kh_credit, c, art->credits) {
            if (c->type == order[i] && names_agency(c)) {
                return c;
            }
        }
    }
    const kh_credit *only = NULL;
    KH_EACH(const kh_credit, c, art->credits) {
        if (!names_agency(c)) {
            continue;
        }
        if (only && !kh_str_eq(only->agency, c->agency)) {
            return NULL;
        }
        only = only ? only : c;
    }
    return only;
}

/* ---- what covers one quotation ---- */

static const kh_stretch *sentence_at(const kh_article *art, uint32_t at)
{
    size_t token = kh_text_token_at(art->tokens, at);
    if (token >= art->tokens->tokens.count) {
        return NULL;
    }
    return &art->tokens->sentences.items[art->tokens->tokens.items[token].sentence];
}

/* The sentences that hold the words and the cue: "X told Reuters" may close before the marks open. */
static kh_span surroundings(const kh_article *art, const kh_quotation *q)
{
    kh_span around = q->span;
    const kh_span parts[] = {q->span, q->cue, q->speaker_span};
    for (size_t i = 0; i < 3; i++) {
        const kh_stretch *s = parts[i].end > parts[i].begin ? sentence_at(art, parts[i].begin) : NULL;
        if (s) {
            around.begin = s->span.begin < around.begin ? s->span.begin : around.begin;
            around.end = s->span.end > around.end ? s->span.end : around.end;
        }
    }
    return around;
}

static const kh_credit *credit_in(const reader *r, kh_span around, bool (*wanted)(const kh_credit *))
{
    KH_EACH(const kh_credit, c, r->art->credits) {
        if (kh_span_meets(c->span, around) && wanted(c)) {
            return c;
        }
    }
    return NULL;
}

static bool is_hop(const kh_credit *c)
{
    return passes_words(c) && names_agency(c);
}

static bool is_unnamed(const kh_credit *c)
{
    return c->type == KH_CREDIT_GENERIC_SOURCE && c->role == KH_CREDIT_INTERMEDIATE;
}

/* ---- hops ---- */

static void add_hop(reader *r, kh_chain *chain, kh_hop hop)
{
    kh_hop *last = chain->hops.count ? &chain->hops.items[chain->hops.count - 1] : NULL;
    bool same = last && ((hop.id.len && kh_str_eq(last->id, hop.id)) || kh_str_eq(last->label, hop.label));
    if (!same) {
        *KH_ADD(r->out, &chain->hops) = hop;
    }
}

static void add_agency(reader *r, kh_chain *chain, kh_str id, kh_span span)
{
    if (id.len) {
        add_hop(r, chain, (kh_hop){.role = KH_HOP_AGENCY, .id = id, .label = kh_credits_agency_label(r->know, id), .span = span});
    }
}

static void close_chain(reader *r, kh_chain *chain)
{
    kh_str outlet = r->art->outlet.value;
    if (r->outlet_agency.len) {
        add_agency(r, chain, r->outlet_agency, r->art->outlet.span);
    } else if (outlet.len) {
        add_hop(r, chain, (kh_hop){.role = KH_HOP_OUTLET, .label = outlet, .span = r->art->outlet.span});
    } else {
        add_hop(r, chain, (kh_hop){.role = KH_HOP_PAGE, .label = KH_STR("page")});
    }
}

/* "وسائل إعلام محلية" of the phrase "نقلت وسائل إعلام محلية عن أحد الأطباء". */
static kh_span media_in(const reader *r, kh_span phrase)
{
    const kh_text *t = r->art->tokens;
    uint8_t lang = kh_lexicon_lang(r->know->lex, r->art->lang);
    unsigned flags = lang == r->know->arabic ? KH_CLITICS : 0;
    for (size_t i = kh_text_token_at(t, phrase.begin); i < t->tokens.count && t->tokens.items[i].span.begin < phrase.end; i++) {
        kh_match m;
        if (kh_phrases_match(r->know->media, t, i, lang, flags, &m)) {
            return m.span;
        }
    }
    return phrase;
}

static void add_unnamed(reader *r, kh_chain *chain, const kh_quotation *q, kh_span around)
{
    const kh_credit *c = credit_in(r, around, is_unnamed);
    if (!c || c->span.begin > q->span.begin) {
        return;
    }
    kh_span media = media_in(r, c->span);
    bool speaks_itself = kh_span_meets(media, q->speaker_span) || kh_str_eq(kh_slice(r->art->text, media), q->speaker);
    if (!speaks_itself) {
        add_hop(r, chain, (kh_hop){.role = KH_HOP_INTERMEDIATE, .label = kh_slice(r->art->text, media), .span = media});
    }
}

/* ---- chains ---- */

static kh_str speaker_id(const kh_article *art, const kh_quotation *q)
{
    return q->speaker_name == KH_NO_NAME ? (kh_str){0} : art->names.items[q->speaker_name].id;
}

static kh_str without_prefix(kh_str id, kh_str prefix)
{
    return kh_str_starts(id, prefix) ? kh_str_from(id, prefix.len) : (kh_str){0};
}

static void add_chain(reader *r, const kh_quotation *q)
{
    kh_chain chain = {0};
    kh_span around = surroundings(r->art, q);
    kh_str id = speaker_id(r->art, q);
    kh_str speaking_agency = without_prefix(id, KH_STR("agency:"));
    kh_span where = q->speaker_span.end > q->speaker_span.begin ? q->speaker_span : q->span;
    kh_hop speaker = {.role = KH_HOP_SPEAKER, .id = speaking_agency.len ? speaking_agency : id, .label = q->speaker, .span = where};
    add_hop(r, &chain, speaker);
    if (!speaking_agency.len) {
        add_unnamed(r, &chain, q, around);
        const kh_credit *near = credit_in(r, around, is_hop);
        kh_str told = q->told_to.len ? q->told_to : near ? near->agency : (kh_str){0};
        add_agency(r, &chain, told, near ? near->span : (kh_span){0});
        if (near && near->via.len) {
            add_agency(r, &chain, near->via, near->via_span);
        } else if (r->main && (!told.len || signs_text(r->main->type))) {
            if (!told.len || !kh_str_eq(told, r->main->via)) {
                add_agency(r, &chain, r->main->agency, r->main->span);
            }
            add_agency(r, &chain, r->main->via, r->main->via_span);
        }
    }
    close_chain(r, &chain);
    *KH_ADD(r->out, &r->art->chains) = chain;
}

static bool has_chain(const reader *r, const kh_quotation *q)
{
    KH_EACH(const kh_chain, c, r->art->chains) {
        const kh_hop *speaker = &c->hops.items[0];
        kh_str id = speaker_id(r->art, q);
        if ((id.len && kh_str_eq(speaker->id, id)) || kh_str_eq(speaker->label, q->speaker)) {
            return true;
        }
    }
    return false;
}

/* Words that count for a chain: not the outlet's own distance marks, not a bare appeal, not silence. */
static bool says_something(const kh_quotation *q)
{
    return q->core || (q->form != KH_FORM_SCARE && q->form != KH_FORM_NO_COMMENT && q->stance != KH_STANCE_URGING &&
                       q->stance != KH_STANCE_SCARE && q->stance != KH_STANCE_NO_COMMENT);
}

/* A quotation whose own sentence names the agency tells more than another of the same speaker. */
static bool is_explicit(const reader *r, const kh_quotation *q)
{
    return q->told_to.len || credit_in(r, surroundings(r->art, q), is_hop);
}

/* The agency that the outlet's name itself is; empty for none. */
static kh_str agency_named(const reader *r, kh_arena scratch, kh_str outlet)
{
    const kh_text *t = kh_text_of(&scratch, outlet);
    kh_match m;
    KH_EACH(const kh_agency, a, r->know->agencies) {
        if (kh_str_eq(a->label, outlet) || kh_str_eq(a->id, outlet)) {
            return a->id;
        }
    }
    bool whole = t->tokens.count && kh_phrases_match(r->know->agency_forms, t, 0, KH_LANG_ANY, 0, &m) && m.end == t->tokens.count;
    return whole ? r->know->agencies.items[r->know->forms.items[m.value].agency].id : (kh_str){0};
}

void kh_chains_read(kh_arena *out, kh_arena scratch, const kh_credits_know *know, kh_article *art)
{
    reader r = {.out = out, .know = know, .art = art, .main = main_credit(art)};
    r.outlet_agency = art->outlet.value.len ? agency_named(&r, scratch, art->outlet.value) : (kh_str){0};
    for (int pass = 0; pass < 2; pass++) {
        KH_EACH(const kh_quotation, q, art->quotations) {
            bool counts = says_something(q) && q->speaker.len && (pass || is_explicit(&r, q));
            if (counts && !has_chain(&r, q) && art->chains.count < KH_ITEMS_MAX) {
                add_chain(&r, q);
            }
        }
    }
}
