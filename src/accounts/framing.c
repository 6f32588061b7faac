/* framing.c - one thing under several names: charges that differ, words that speakers choose.
 *
 * Two pages say what a man is charged with: "به اتهام ارتشا، کلاهبرداری و جعل اسناد" (bribery, fraud, forging
 * papers) and "بتهمة الرشوة والإهمال" (bribery and negligence). The lists overlap and differ: differs, no
 * contradiction. One speaker calls a deployment an occupation (احتلال), another peacekeeping (حفظ سلام): framing.
 *
 * Charges: the concepts between the phrase and the end of its clause, for one person named in the sentence. Names:
 * rival words for one thing (table framing.txt: group, name, forms), in the quotations of two different speakers, or
 * behind a person and a verb of naming that touch ("Orlo spoke of neglect", تحدث أورلو عن إهمال). One verdict for each
 * pair of speakers, at their first such words; none where both use one of the names somewhere.
 *
 * Gets wrong: two speakers who use rival words of two different things.
 */
#include "accounts/internal.h"

enum { CLAUSE_TOKENS = 9, PLACES_MAX = 400 };

typedef struct named {
    uint32_t article;
    kh_span span;
    uint32_t speaker; /* group: of the speaker, or of the person charged */
    kh_str label;
    uint64_t group, concept;
    kh_u64s concepts; /* of a list of charges */
} named;

typedef KH_LIST(named) nameds;

/* ---- charges ---- */

static bool ends_clause(const kh_token *t)
{
    return t->kind == KH_PUNCT && (t->cp == '.' || t->cp == ';' || t->cp == ')' || t->cp == ':' || t->cp == 0x061B);
}

/* The person named nearest before token AT in its sentence. */
static uint32_t person_before(const kh_side *s, size_t at)
{
    const kh_token *tokens = s->art->tokens->tokens.items;
    uint32_t person = KH_NO_GROUP;
    KH_EACH(const kh_mention, m, s->art->mentions) {
        size_t t = kh_text_token_at(s->art->tokens, m->span.begin);
        bool here = m->span.begin < tokens[at].span.begin && tokens[t].line == tokens[at].line;
        if (here && s->art->names.items[m->name].type == KH_NAME_PERSON) {
            person = s->groups[m->name];
        }
    }
    return person;
}

static void read_charges(kh_case *c, uint32_t article, nameds *found)
{
    const kh_side *s = &c->sides[article];
    const kh_text *t = s->art->tokens;
    for (size_t i = 0; i < t->tokens.count && found->count < PLACES_MAX; i++) {
        kh_match m;
        const kh_line *line = kh_article_line_at(s->art, t->tokens.items[i].span.begin);
        if (t->tokens.items[i].kind != KH_WORD || !line || line->role != KH_ROLE_BODY ||
            !kh_phrases_match(c->words->charges, t, i, s->lang, KH_CLITICS, &m)) {
            continue;
        }
        size_t end = m.end;
        while (end < t->tokens.count && end < m.end + CLAUSE_TOKENS && !ends_clause(&t->tokens.items[end]) &&
               t->tokens.items[end].line == t->tokens.items[i].line) {
            end++;
        }
        kh_u64s concepts = kh_story_concepts(c->scratch, c->know->story, t, s->lang, m.end, end);
        if (concepts.count) {
            kh_span span = {m.span.begin, t->tokens.items[end - 1].span.end};
            *KH_ADD(c->scratch, found) = (named){.article = article, .span = span, .speaker = person_before(s, i), .concepts = concepts};
        }
        i = end - 1;
    }
}

static bool has_concept(const kh_u64s *list, uint64_t concept)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i] == concept) {
            return true;
        }
    }
    return false;
}

static bool same_concepts(const kh_u64s *a, const kh_u64s *b)
{
    for (size_t i = 0; i < a->count; i++) {
        if (!has_concept(b, a->items[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < b->count; i++) {
        if (!has_concept(a, b->items[i])) {
            return false;
        }
    }
    return true;
}

static void compare_charges(kh_case *c)
{
    nameds found = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        read_charges(c, i, &found);
    }
    for (size_t i = 0; i < found.count; i++) {
        for (size_t j = i + 1; j < found.count; j++) {
            const named *a = &found.items[i];
            const named *b = &found.items[j];
            if (a->article == b->article || a->speaker == KH_NO_GROUP || a->speaker != b->speaker) {
                continue;
            }
            bool same = same_concepts(&a->concepts, &b->concepts);
            kh_verdict_add(c, same ? KH_AGREE : KH_DIFFERS, (kh_place_in){a->article, a->span}, (kh_place_in){b->article, b->span},
                           KH_STR("charges"), same ? KH_STR("the same charges") : KH_STR("the lists of charges differ"), 0.7F);
        }
    }
}

/* ---- rival names ---- */

/* His own words: marks round a clause with "that" are house style, not verbatim. */
static bool is_direct(const kh_quotation *q)
{
    return q->form != KH_FORM_INDIRECT && q->form != KH_FORM_MIXED && q->form != KH_FORM_SPEECH_ACT && q->form != KH_FORM_DENIAL;
}

static void read_names(kh_case *c, uint32_t article, bool direct, nameds *found)
{
    const kh_side *s = &c->sides[article];
    const kh_text *t = s->art->tokens;
    for (size_t q = 0; q < s->art->quotations.count; q++) {
        const kh_quotation *quotation = &s->art->quotations.items[q];
        const kh_line *line = kh_article_line_at(s->art, quotation->span.begin);
        bool spoken = line && line->role == KH_ROLE_BODY && quotation->speaker.len && quotation->stance != KH_STANCE_DENIAL &&
                      is_direct(quotation) == direct;
        size_t at = kh_text_token_at(t, quotation->span.begin);
        for (; spoken && at < t->tokens.count && t->tokens.items[at].span.begin < quotation->span.end; at++) {
            kh_match m;
            bool rival = t->tokens.items[at].kind == KH_WORD && found->count < PLACES_MAX &&
                         kh_phrases_match(c->words->rivals, t, at, s->lang, KH_CLITICS | KH_ARTICLE, &m);
            if (!rival) {
                continue;
            }
            const kh_row *row = &c->words->rival_rows.items[m.value];
            *KH_ADD(c->scratch, found) = (named){.article = article,
                                                 .span = m.span,
                                                 .speaker = s->speakers[q],
                                                 .label = quotation->speaker,
                                                 .group = kh_hash(kh_cell(row, 0)),
                                                 .concept = kh_hash(kh_cell(row, 1))};
            at = m.end - 1;
        }
    }
}

static bool in_quotation(const kh_article *art, kh_span span)
{
    KH_EACH(const kh_quotation, q, art->quotations) {
        if (kh_span_meets(q->span, span)) {
            return true;
        }
    }
    return false;
}

/* The person whose name touches the words first..end on either side; NULL: none. */
static const kh_mention *person_beside(const kh_side *s, size_t first, size_t end)
{
    const kh_text *t = s->art->tokens;
    KH_EACH(const kh_mention, m, s->art->mentions) {
        bool person = s->art->names.items[m->name].type == KH_NAME_PERSON;
        bool before = first > 0 && kh_span_meets(m->span, t->tokens.items[first - 1].span);
        bool behind = end < t->tokens.count && kh_span_meets(m->span, t->tokens.items[end].span);
        if (person && (before || behind)) {
            return m;
        }
    }
    return NULL;
}

/* Who names it so at token AT, outside quotations: a verb of naming at most WORDS_TO_NAME words before, with a person
 * beside it. */
static const kh_mention *who_names(const kh_case *c, const kh_side *s, size_t at)
{
    enum { WORDS_TO_NAME = 5 };
    const kh_text *t = s->art->tokens;
    for (size_t back = 1; back <= WORDS_TO_NAME && back <= at; back++) {
        kh_match m;
        size_t i = at - back;
        if (t->tokens.items[i].line != t->tokens.items[at].line || ends_clause(&t->tokens.items[i])) {
            return NULL;
        }
        if (t->tokens.items[i].kind == KH_WORD && kh_phrases_match(c->words->naming, t, i, s->lang, KH_CLITICS, &m) && m.end <= at &&
            !m.ambiguous) {
            return person_beside(s, m.first, m.end);
        }
    }
    return NULL;
}

static void read_told(kh_case *c, uint32_t article, nameds *found)
{
    const kh_side *s = &c->sides[article];
    const kh_text *t = s->art->tokens;
    for (size_t i = 0; i < t->tokens.count && found->count < PLACES_MAX; i++) {
        kh_match m;
        if (t->tokens.items[i].kind != KH_WORD || !kh_phrases_match(c->words->rivals, t, i, s->lang, KH_CLITICS | KH_ARTICLE, &m)) {
            continue;
        }
        const kh_line *line = kh_article_line_at(s->art, m.span.begin);
        bool told = line && line->role == KH_ROLE_BODY && !in_quotation(s->art, m.span);
        const kh_mention *who = told ? who_names(c, s, i) : NULL;
        const kh_row *row = &c->words->rival_rows.items[m.value];
        if (who) {
            *KH_ADD(c->scratch, found) = (named){.article = article,
                                                 .span = m.span,
                                                 .speaker = s->groups[who->name],
                                                 .label = s->art->names.items[who->name].label,
                                                 .group = kh_hash(kh_cell(row, 0)),
                                                 .concept = kh_hash(kh_cell(row, 1))};
        }
        i = m.end - 1;
    }
}

/* Two mouths: different people, or different words for who speaks on one page. */
static bool two_speakers(kh_case *c, const named *a, const named *b)
{
    if (a->speaker != KH_NO_GROUP && b->speaker != KH_NO_GROUP) {
        return a->speaker != b->speaker;
    }
    return !kh_str_eq(kh_fold_key(c->scratch, a->label), kh_fold_key(c->scratch, b->label)) && a->article == b->article;
}

/* Who speaks: the person over all pages, else the words for him on this page. */
static bool one_speaker(kh_case *c, const named *a, const named *b)
{
    if (a->speaker != KH_NO_GROUP || b->speaker != KH_NO_GROUP) {
        return a->speaker == b->speaker;
    }
    return a->article == b->article && kh_str_eq(kh_fold_key(c->scratch, a->label), kh_fold_key(c->scratch, b->label));
}

/* Do the speakers of A and B use one name of this group somewhere: then they do not differ on it. */
static bool share_a_name(kh_case *c, const nameds *found, const named *a, const named *b)
{
    KH_EACH(const named, x, *found) {
        KH_EACH(const named, y, *found) {
            if (x->group == a->group && y->group == a->group && x->concept == y->concept && one_speaker(c, x, a) && one_speaker(c, y, b)) {
                return true;
            }
        }
    }
    return false;
}

/* Was the pair of these two speakers shown before I, J. */
static bool shown_before(kh_case *c, const nameds *found, size_t i, size_t j)
{
    const named *a = &found->items[i];
    const named *b = &found->items[j];
    for (size_t k = 0; k < i; k++) {
        const named *x = &found->items[k];
        if (x->group == a->group && (one_speaker(c, x, a) || one_speaker(c, x, b))) {
            return true;
        }
    }
    for (size_t l = i + 1; l < j; l++) {
        if (found->items[l].group == b->group && one_speaker(c, &found->items[l], b)) {
            return true;
        }
    }
    return false;
}

static void compare_names(kh_case *c)
{
    nameds found = {0};
    for (uint32_t i = 0; i < c->count; i++) {
        read_names(c, i, true, &found); /* what they said themselves first */
    }
    for (uint32_t i = 0; i < c->count; i++) {
        read_names(c, i, false, &found);
    }
    for (uint32_t i = 0; i < c->count; i++) {
        read_told(c, i, &found);
    }
    for (size_t i = 0; i < found.count; i++) {
        for (size_t j = i + 1; j < found.count; j++) {
            const named *a = &found.items[i];
            const named *b = &found.items[j];
            if (a->group == b->group && a->concept != b->concept && two_speakers(c, a, b) && !shown_before(c, &found, i, j) &&
                !share_a_name(c, &found, a, b)) {
                kh_str reason = kh_arena_printf(c->out, KH_FMT " and " KH_FMT " name it differently", KH_ARG(a->label), KH_ARG(b->label));
                kh_verdict_add(c, KH_FRAMING, (kh_place_in){a->article, a->span}, (kh_place_in){b->article, b->span},
                               KH_STR("name of the thing"), reason, 0.6F);
            }
        }
    }
}

void kh_framing_find(kh_case *c)
{
    compare_charges(c);
    compare_names(c);
}
