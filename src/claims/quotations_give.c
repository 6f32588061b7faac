/* quotations_give.c - one quotation with all that belongs to it.
 *
 * Decides how a stretch of tokens becomes a quotation: where its span ends, what mode its form has,
 * who its resolved speaker is, what stance it takes over, in which channel and to which agency it was
 * said. Example: وأضاف أن لديه نسخة behind a sentence with زعم is given with the stance doubt,
 * because وأضاف goes on with words that the reporter keeps at a distance; "told Reuters" in the
 * sentence sets told_to by the credit found before.
 *
 * Method: a span loses commas and dashes at its ends, and its full stop unless it stood between marks.
 * Words that meet an earlier quotation of the same sentence are not given twice. What an agency says in
 * a clause is a credit, not a quotation, and headlines give only what is marked or stands behind a
 * colon.
 *
 * Gets wrong: two speakers of one sentence who quote each other.
 */
#include "claims/quotations_private.h"

kh_span kh_quotation_trim(const kh_reader *r, uint32_t first, uint32_t end, bool keep_stop)
{
    while (end > first) {
        const kh_token *t = kh_reader_token(r, end - 1);
        bool off = t->kind == KH_PUNCT && (kh_token_is(t, ",") || kh_token_is(t, "-") || kh_token_is(t, ":") || kh_token_is(t, ";") ||
                                           (!keep_stop && kh_token_is(t, ".")));
        if (!off) {
            break;
        }
        end--;
    }
    while (first < end && kh_reader_token(r, first)->kind == KH_PUNCT &&
           (kh_is_comma(r, first) || kh_is_dash(kh_reader_token(r, first)->cp) || kh_token_is(kh_reader_token(r, first), ":"))) {
        first++;
    }
    kh_span span = kh_text_span(r->text, first, end);
    if (span.end - span.begin > KH_QUOTATION_BYTES_MAX) {
        span.end = span.begin + KH_QUOTATION_BYTES_MAX;
        while (span.end > span.begin && ((unsigned char)r->text->source.ptr[span.end] & 0xC0) == 0x80) {
            span.end--;
        }
    }
    return span;
}

bool kh_quotation_taken(const kh_reader *r, const kh_unit *u, kh_span span)
{
    for (size_t i = u->quoted_from; i < r->art->quotations.count; i++) {
        kh_span old = r->art->quotations.items[i].span;
        if (kh_span_meets(old, span)) {
            return true;
        }
    }
    return false;
}

static bool is_core(kh_form form)
{
    return form == KH_FORM_DIRECT || form == KH_FORM_DIRECT_UNMARKED || form == KH_FORM_PARTIAL || form == KH_FORM_MIXED ||
           form == KH_FORM_INDIRECT;
}

/* Does AGENT go on, or has somebody else begun to speak. */
static bool goes_on(const kh_reader *r, const kh_who *who, const kh_agent *agent)
{
    bool unsaid = who->kind == KH_WHO_NONE || who->kind == KH_WHO_PRONOUN;
    bool same_name = agent->name != KH_NO_NAME && agent->name == r->agent.name;
    return unsaid || same_name || kh_str_eq(agent->label, r->agent.label);
}

/* Doubt passes on to what the same speaker says next, never to another. */
static kh_stance stance_of(const kh_reader *r, const kh_unit *u, const kh_cue *cue, bool same)
{
    if (!cue) {
        return same && r->agent.stance == KH_STANCE_DOUBT ? KH_STANCE_DOUBT : KH_STANCE_NEUTRAL;
    }
    bool inherits = cue->form->continues || (cue->participle && r->art->quotations.count > u->quoted_from);
    if (cue->form->stance == KH_STANCE_NEUTRAL && inherits && same && r->agent.stance == KH_STANCE_DOUBT) {
        return KH_STANCE_DOUBT;
    }
    return cue->form->stance;
}

static kh_span channel_of(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t first = cue->first > u->first + KH_SUBJECT_REACH ? cue->first - KH_SUBJECT_REACH : u->first;
    for (uint32_t i = first; i < u->end && i < cue->end + KH_GAP_MAX; i++) {
        uint32_t end = 0;
        if (!kh_marked_around(r, i) && (kh_trait_at(r, i, &end) & KH_TRAIT_CHANNEL)) {
            return kh_text_span(r->text, i, end);
        }
    }
    return (kh_span){0};
}

static kh_str told_to(const kh_reader *r, const kh_unit *u)
{
    kh_span span = kh_text_span(r->text, u->first, u->end);
    KH_EACH(kh_credit, c, r->art->credits) {
        if (c->type == KH_CREDIT_TOLD_AGENCY && kh_span_meets(c->span, span)) {
            return c->agency;
        }
    }
    return (kh_str){0};
}

static kh_mode mode_of(kh_form form)
{
    switch (form) {
    case KH_FORM_MIXED: return KH_MODE_MIXED;
    case KH_FORM_DIRECT:
    case KH_FORM_DIRECT_UNMARKED:
    case KH_FORM_PARTIAL:
    case KH_FORM_SCARE: return KH_MODE_DIRECT;
    default: return KH_MODE_INDIRECT;
    }
}

/* « Qui va payer ? », demande X */
static bool is_question(const kh_reader *r, const kh_cue *cue, uint32_t first, uint32_t end)
{
    return cue && cue->form->act == KH_ACT_CALL_FOR && end > first && kh_token_is(kh_reader_token(r, end - 1), "?");
}

/* The stance of Q, urging where its verbatim words tell somebody what to do. */
static kh_stance stance_of_call(const kh_reader *r, const kh_cue *cue, const kh_quotation *q, uint32_t first, uint32_t end)
{
    bool verbatim = q->form == KH_FORM_DIRECT || q->form == KH_FORM_DIRECT_UNMARKED;
    bool says = !cue || cue->form->act == KH_ACT_SAY;
    bool call = verbatim && q->stance == KH_STANCE_NEUTRAL && says && kh_is_call(r, first, end);
    return call ? KH_STANCE_URGING : q->stance;
}

/* Whom WHO means. A verb without a subject whose gender is not that of the last speaker means somebody else. */
static kh_agent speaker_of(kh_reader *r, const kh_cue *cue, const kh_who *who, uint32_t first)
{
    kh_agent agent = kh_who_resolve(r, who, cue ? cue->first : first);
    kh_sex sex = cue ? kh_sex_of_verb(r, cue) : KH_SEX_UNKNOWN;
    if (who->kind == KH_WHO_NONE || who->kind == KH_WHO_PRONOUN) {
        bool other = sex != KH_SEX_UNKNOWN && agent.sex != KH_SEX_UNKNOWN && agent.sex != sex;
        return other ? (kh_agent){.name = KH_NO_NAME} : agent;
    }
    bool touches = cue && who->first == cue->end;
    agent.sex = touches ? sex : KH_SEX_UNKNOWN;
    return agent;
}

/* May tokens at SPAN be a quotation of the unit: headlines are the outlet's words, and nothing is given twice. */
static bool may_give(const kh_reader *r, const kh_unit *u, kh_span span, bool reported)
{
    return !(reported && r->title) && !kh_span_empty(span) && !kh_quotation_taken(r, u, span) && r->art->quotations.count < KH_ITEMS_MAX;
}

/* The words that name the speaker here, or those that named him before. */
static kh_span words_of_speaker(const kh_reader *r, const kh_who *who, const kh_agent *agent)
{
    bool here = who->end > who->first && who->kind != KH_WHO_NONE;
    return here ? kh_text_span(r->text, who->first, who->end) : agent->known ? agent->words : (kh_span){0};
}

kh_quotation *kh_quotation_give(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end, kh_form form, const kh_who *who)
{
    bool keep_stop = form == KH_FORM_DIRECT || form == KH_FORM_DIRECT_UNMARKED || form == KH_FORM_MIXED;
    kh_span span = first < end ? kh_quotation_trim(r, first, end, keep_stop) : (kh_span){0};
    bool reported = form == KH_FORM_INDIRECT || form == KH_FORM_SPEECH_ACT || form == KH_FORM_DENIAL;
    if (!may_give(r, u, span, reported)) {
        return NULL;
    }
    bool agency = cue && kh_who_is_agency(r, who);
    kh_who named = *who;
    named.goes_on = cue && cue->form->continues;
    kh_agent agent = speaker_of(r, cue, &named, first);
    kh_quotation q = {.span = span,
                      .form = form,
                      .mode = mode_of(form),
                      .act = KH_ACT_SAY,
                      .stance = stance_of(r, u, cue, goes_on(r, who, &agent)),
                      .speaker = agent.label,
                      .speaker_name = agent.known ? agent.name : KH_NO_NAME,
                      .speaker_span = words_of_speaker(r, who, &agent),
                      .told_to = told_to(r, u)};
    q.core = is_core(form) && !r->title && !(reported && agency); /* that is a credit first */
    bool question = is_question(r, cue, first, end) && q.mode == KH_MODE_DIRECT;
    q.stance = question ? KH_STANCE_NEUTRAL : stance_of_call(r, cue, &q, first, end);
    if (cue) {
        q.cue = cue->span;
        q.act = question ? KH_ACT_ASK : cue->form->act;
        q.channel = channel_of(r, u, cue);
    }
    agent.words = q.speaker_span;
    agent.stance = q.stance;
    *KH_ADD(r->out, &r->art->quotations) = q;
    if (agent.known) {
        r->agent = agent;
    }
    return &r->art->quotations.items[r->art->quotations.count - 1];
}
