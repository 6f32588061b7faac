/* figures_claim.c - who gives a count?
 *
 * The speaker of the quotation around the number, or the agency that is quoted: "بحسب الوزارة قُتل 24 شخصاً".
 * Counts are also given without any quotation. "Police put the crowd at 3,000, organisers at 10,000"; "قدرت الشرطة
 * عدد المشاركين بثلاثة آلاف شخص، بينما تحدث المنظمون عن عشرة آلاف"; "برگزارکنندگان ده هزار نفر برآورد کردند". Then the
 * sentence has a verb of estimates.txt, and each number belongs to the first person or body that is named between
 * the number before it and itself: in verb-first and in verb-last languages alike, who counts stands before what is
 * counted.
 *
 * Gets wrong: a body that is only what is counted ("put the damage to the ministry at 3 million").
 */
#include "claims/figures_parts.h"

enum { REACH_TOKENS = 60, WORDS_OF_BODY = 6 };

/* "According to ISNA, quoting Reuters, ...": what follows is the agency's. */
static void set_relayed(const kh_sentence *s, kh_figure *f)
{
    kh_span sentence = kh_text_span(s->text, s->first, s->end);
    KH_EACH(const kh_credit, credit, s->art->credits) {
        bool relays = credit->type == KH_CREDIT_RELAY || credit->type == KH_CREDIT_AGENCY_CHAIN;
        if (relays && credit->agency.len && kh_span_holds(sentence, credit->span)) {
            f->claimed_by = credit->label;
        }
    }
}

bool kh_figures_estimated(const kh_sentence *s)
{
    for (uint32_t i = s->first; i < s->end; i++) {
        kh_match m;
        if (kh_phrases_match(s->words->estimates, s->text, i, s->lang, s->words->joined ? KH_CLITICS : 0u, &m)) {
            return true;
        }
    }
    return false;
}

/* The person or body named at TOKEN; mentions stand in order. */
static const kh_mention *mention_at(const kh_sentence *s, uint32_t token)
{
    kh_span span = s->text->tokens.items[token].span;
    size_t low = 0;
    size_t high = s->art->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->art->mentions.items[middle].span.end <= span.begin) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const kh_mention *m = low < s->art->mentions.count ? &s->art->mentions.items[low] : NULL;
    bool named = m && kh_span_meets(m->span, span);
    return named && s->art->names.items[m->name].type != KH_NAME_PLACE ? m : NULL;
}

/* Is SPAN whom a quotation is ascribed to: "61.8, according to the commission, ..." speaks of the number before. */
static bool speaks_elsewhere(const kh_sentence *s, kh_span span)
{
    KH_EACH(const kh_quotation, q, s->art->quotations) {
        if (kh_span_meets(q->speaker_span, span)) {
            return true;
        }
    }
    return false;
}

/* "قدرتها شبكة المراقبين ب54": in a verb-first language who counts stands between the verb and the number. */
static kh_str behind_verb(const kh_sentence *s, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && s->words->verb_first; i++) {
        kh_match m;
        if (!kh_phrases_match(s->words->estimates, s->text, i, s->lang, KH_CLITICS, &m) || m.end >= end) {
            continue;
        }
        uint32_t last = end;
        while (last > m.end && s->text->tokens.items[last - 1].key.len <= 2) {
            last--; /* the preposition before the number */
        }
        return last > m.end && last <= m.end + WORDS_OF_BODY ? kh_slice(s->art->text, kh_text_span(s->text, m.end, last)) : (kh_str){0};
    }
    return (kh_str){0};
}

/* "Police put ... at 3,000, organisers at 10,000": the first who is named before the number. */
static void set_estimator(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    uint32_t end = (uint32_t)kh_text_token_at(s->text, f->number.begin);
    unsigned flags = s->words->joined ? (unsigned)KH_CLITICS | (unsigned)KH_ARTICLE : 0u;
    uint32_t first = c > s->counts.items ? c[-1].end : s->first;
    first = end > first + REACH_TOKENS ? end - REACH_TOKENS : first;
    for (uint32_t i = first; i < end; i++) {
        kh_match m;
        const kh_mention *name = mention_at(s, i);
        bool role = kh_phrases_match(s->words->roles, s->text, i, s->lang, flags, &m) && m.end <= end;
        if ((!name && !role) || speaks_elsewhere(s, name ? name->span : m.span)) {
            continue;
        }
        f->claimed_by = name ? s->art->names.items[name->name].label : kh_slice(s->art->text, m.span);
        return;
    }
    f->claimed_by = behind_verb(s, first, end);
}

void kh_figures_claimant(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    const kh_quotations *quotations = &s->art->quotations;
    uint32_t best = UINT32_MAX;
    f->quotation = UINT32_MAX;
    for (size_t i = 0; i < quotations->count; i++) {
        const kh_quotation *q = &quotations->items[i];
        bool inside = q->span.begin <= f->number.begin && f->number.begin < q->span.end; /* "45 тыс." ends a sentence too */
        if (inside && q->span.end - q->span.begin < best) {
            best = q->span.end - q->span.begin;
            f->quotation = (uint32_t)i;
            f->claimed_by = q->speaker;
        }
    }
    if (f->quotation == UINT32_MAX) {
        set_relayed(s, f);
    }
    if (!f->claimed_by.len && s->estimated) {
        set_estimator(s, c, f);
    }
}
