/* quotations_verbs.c - from a reporting verb to what was said and by whom.
 *
 * Decides on which side of a verb its content stands, and on which its speaker. Examples:
 *   وقالت سلوى "انتظرنا طويلاً"                      verb, speaker, content (Arabic)
 *   «Дороги туда нет», - сказала Орлова             content, verb, speaker
 *   Liman Müdürlüğü, rıhtımın kapatıldığını açıkladı    speaker, content, verb
 *   وی غرب را «تماشاگر» خواند                        the marked words before the verb describe
 *
 * Method: marks that end right before the cue come first, then the anchor to the right (cues.c), then,
 * for languages with the subject before the verb, the clause to the left of "..., X said". What is the
 * verb's object and no clause of its own is read by quotations_objects.c.
 *
 * Gets wrong: English verbs with a noun for content ("claimed victory"), which look like a bare clause.
 */
#include "claims/quotations_private.h"

enum { UNIT_REACH = 4000 }; /* tokens that a quotation before its cue may have */

/* ---- speakers of a cue ---- */

void kh_subject_note(kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who who = kh_who_in(r, first, end, false);
    bool person = who.kind == KH_WHO_NAME && r->art->names.items[who.name].type == KH_NAME_PERSON;
    bool role = who.kind == KH_WHO_ROLE && who.definite &&
                (who.role->kind == KH_ROLEWORD_PERSON || who.role->kind == KH_ROLEWORD_ANAPHOR);
    if (!person && !role) {
        return;
    }
    kh_agent agent = kh_who_resolve(r, &who, who.first);
    if (agent.known && agent.name != KH_NO_NAME) {
        agent.stance = KH_STANCE_NEUTRAL;
        agent.words = kh_text_span(r->text, who.first, who.end);
        r->agent = agent;
    }
}

uint32_t kh_next_cue(const kh_unit *u, size_t index, uint32_t limit)
{
    return index + 1 < u->cues.count && u->cues.items[index + 1].first < limit
               ? u->cues.items[index + 1].first
               : limit;
}

kh_who kh_who_of_masdar(kh_reader *r, const kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t from = u->first;
    if (index > 0 && !(r->order & KH_ORDER_VERB_FIRST)) {
        const kh_cue *quoted = &u->cues.items[index - 1];
        return quoted->end == cue->first ? kh_who_before(r, u->first, quoted->first)
                                         : kh_who_in(r, quoted->end, cue->first, true);
    }
    for (uint32_t i = u->first; i < cue->first; i++) {
        from = kh_token_is(kh_reader_token(r, i), "عن") ? i + 1 : from;
    }
    kh_who who = kh_who_in(r, from, cue->first, true);
    if (who.kind == KH_WHO_NONE && from > u->first && from < cue->first &&
        cue->first - from <= KH_LONG_MARK) { /* عن زميل له قوله */
        who = (kh_who){.kind = KH_WHO_OTHER, .first = from, .end = cue->first, .name = KH_NO_NAME};
    }
    return who;
}

kh_who kh_nobody(void)
{
    return (kh_who){.name = KH_NO_NAME};
}

/* The words right behind a verb-first verb, when no name or role is among them: أحد الصيادين ، سكان. */
static kh_who words_behind(kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t i = first;
    while (i < end && i < first + 6) {
        const kh_token *t = kh_reader_token(r, i);
        uint32_t bits = kh_trait_at(r, i, NULL);
        if (t->kind != KH_WORD ||
            (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CHANNEL | KH_TRAIT_HEARER |
                     KH_TRAIT_RELATIVE)) ||
            kh_str_starts(t->key, KH_STR("لل"))) {
            break;
        }
        i++;
    }
    bool stops = i == end || kh_reader_token(r, i)->kind == KH_PUNCT ||
                 (kh_trait_at(r, i, NULL) & KH_TRAIT_ADJUNCT);
    kh_match m;
    bool country = i > first && kh_phrases_match(r->know->places, r->text, first, r->lang, 0, &m);
    bool object =
        i > first && kh_str_ends(kh_reader_token(r, first)->key, KH_STR("ين")); /* oblique plural */
    if (i == first || !stops || country || object) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = i, .name = KH_NO_NAME};
}

/* ، وهو اتهام رفضه فلان قائلا: a participle behind a remark that names a person is his, not the speaker's
 * before. */
static kh_who who_of_remark(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    for (uint32_t i = cue->first; i > u->first + 1; i--) {
        uint32_t behind = 0;
        if (kh_is_comma(r, i - 2) && (kh_trait_at(r, i - 1, &behind) & KH_TRAIT_BREAK)) {
            kh_who who = kh_who_in(r, behind, cue->first, true);
            bool person =
                who.kind == KH_WHO_NAME && r->art->names.items[who.name].type == KH_NAME_PERSON;
            return person ? who : kh_nobody();
        }
    }
    return kh_nobody();
}

/* "Im Bericht heißt es, ...", "heißt es in dem Bericht": nobody speaks but the document. */
static kh_who who_of_document(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t first = u->first, end = cue->first;
    if (end == first || !(kh_trait_at(r, first, NULL) & KH_TRAIT_ADJUNCT)) {
        first = cue->end + 1; /* behind "es" */
        end = first;
        while (end < u->end && end < first + KH_LONG_MARK &&
               kh_reader_token(r, end)->kind == KH_WORD) {
            end++;
        }
    }
    bool in = first < end && (kh_trait_at(r, first, NULL) & KH_TRAIT_ADJUNCT);
    first += in;
    if (!in || first >= end || end - first > KH_GAP_MAX) {
        return (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = end, .name = KH_NO_NAME};
}

static bool is_impersonal(const kh_cue *cue)
{
    return cue->form->impersonal;
}

/* نقلت وكالة عن شاهد أن : the speaker is the one from whom the agency has it, else the agency itself. */
static kh_who who_relayed(kh_reader *r, uint32_t first, uint32_t end, kh_who agency)
{
    for (uint32_t i = first; i + 1 < end; i++) {
        if (kh_token_is(kh_reader_token(r, i), "عن")) {
            kh_who who = kh_who_in(r, i + 1, end, true);
            who = who.kind != KH_WHO_NONE ? who : words_behind(r, i + 1, end);
            return who.kind != KH_WHO_NONE ? who : agency;
        }
    }
    return agency;
}

/* Persian: the words at the head of the clause FIRST..END that no list knows as a name: "مقامی که ... گفت",
 * "سعید ملکی در بخش دیگری ... گفت", "همسرش افزود". None where the object stands there. */
static kh_who words_at_head(const kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t skip = KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION | KH_TRAIT_BREAK;
    while (first < end && (kh_reader_token(r, first)->kind != KH_WORD ||
                           (kh_trait_at(r, first, NULL) & skip))) {
        first++;
    }
    uint32_t i = first;
    while (i < end && i < first + KH_LONG_MARK && kh_reader_token(r, i)->kind == KH_WORD &&
           !kh_trait_at(r, i, NULL) && !kh_token_is(kh_reader_token(r, i), "را") &&
           !kh_token_is(kh_reader_token(r, i), "که")) {
        i++;
    }
    bool object = i < end && kh_token_is(kh_reader_token(r, i), "را");
    if (i == first || object || i - first > 5) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = i, .name = KH_NO_NAME};
}

/* Persian: the subject of the verb at END, which stands at the head of its clause: behind the last
 * quotation of the sentence. */
static kh_who who_at_head(kh_reader *r, const kh_unit *u, uint32_t end)
{
    const kh_quotations *list = &r->art->quotations;
    bool quoted = list->count > u->quoted_from;
    uint32_t first = u->first;
    if (quoted) {
        first = (uint32_t)kh_text_token_at(r->text, list->items[list->count - 1].span.end);
        first = first < u->first || first > end ? u->first : first;
    }
    kh_who who = kh_who_in(r, first, end, true);
    if (who.kind != KH_WHO_NONE) {
        return who;
    }
    who = words_at_head(r, first, end);
    bool near = who.kind != KH_WHO_NONE && (!quoted || who.end == end);
    return near ? who : kh_nobody();
}

/* "his claim that", "the mayor's promise to", "fears that": whose claim it is stands right before the
 * noun as its possessor; without one nobody is named. */
static kh_who who_owns(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    kh_match m;
    uint32_t at = cue->first;
    while (at > u->first && at + 3 > cue->first) {
        bool possessive = kh_phrases_match(r->know->pronouns, r->text, at - 1, r->lang, 0, &m) &&
                          m.value == 2 && m.end == at;
        if (possessive) {
            return (kh_who){
                .kind = KH_WHO_PRONOUN, .first = at - 1, .end = at, .name = KH_NO_NAME};
        }
        const kh_token *t = kh_reader_token(r, at - 1);
        if (kh_token_is(t, "s") || kh_token_is(t, "'")) {
            return kh_who_in(r, kh_clause_begin(r, u->first, at - 1), at - 1, true);
        }
        at--;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
}

/* Words before a verb that are part of what its subject did before: "called it late and | said". */
static bool is_no_subject(const kh_reader *r, const kh_who *who)
{
    if (who->kind != KH_WHO_OTHER || who->end == who->first) {
        return false;
    }
    const kh_token *last = kh_reader_token(r, who->end - 1);
    return kh_token_is(last, "and") || kh_token_is(last, "but");
}

/* "Brill and Dane said": the second name belongs to the subject. */
static void join_subjects(const kh_reader *r, kh_who *who, uint32_t verb)
{
    bool near = who->kind == KH_WHO_NAME && who->end + 1 < verb && verb - who->end <= KH_LONG_MARK;
    if (near && kh_token_is(kh_reader_token(r, who->end), "and") &&
        (kh_reader_token(r, who->end + 1)->flags & KH_CAPITAL)) {
        uint32_t end = who->end + 1;
        while (end < verb && (kh_reader_token(r, end)->flags & KH_CAPITAL)) {
            end++;
        }
        who->end = end;
    }
}

/* The speaker of a cue whose content stands to its right, behind token AT. */
static kh_who who_right(kh_reader *r, const kh_unit *u, size_t index, uint32_t at)
{
    const kh_cue *cue = &u->cues.items[index];
    bool quoted_before = r->art->quotations.count > u->quoted_from;
    if (is_impersonal(cue)) {
        return who_of_document(r, u, cue);
    }
    if (cue->form->bound && cue->form->noun) {
        return who_owns(r, u, cue);
    }
    if (cue->form->masdar) {
        return kh_who_of_masdar(r, u, index);
    }
    if (r->order & KH_ORDER_VERB_FIRST) {
        kh_who who = kh_who_in(r, cue->end, at, cue->feminine);
        kh_who plain = cue->form->participle ? kh_nobody() : words_behind(r, cue->end, at);
        bool told = cue->form->act == KH_ACT_TELL && kh_who_is_agency(r, &who);
        if (told && who.first > cue->end) { /* أبلغ مصدر أمني وكالة ... أن : the agency was told */
            plain = (kh_who){
                .kind = KH_WHO_OTHER, .first = cue->end, .end = who.first, .name = KH_NO_NAME};
        }
        if (who.kind == KH_WHO_NONE || (told && plain.kind != KH_WHO_NONE)) {
            who = plain;
        }
        if (cue->form->act == KH_ACT_REPORT && kh_who_is_agency(r, &who)) {
            who = who_relayed(r, cue->end, at, who);
        }
        if (who.kind == KH_WHO_NONE && cue->form->participle && quoted_before) {
            who = who_of_remark(r, u, cue);
        }
        uint32_t begin = kh_clause_begin(r, u->first, cue->first);
        if (who.kind == KH_WHO_NONE && cue->clitic && !quoted_before && cue->first > u->first) {
            kh_subject_note(r, u->first, cue->first);
        }
        if (who.kind == KH_WHO_NONE && !cue->clitic && !(quoted_before && cue->form->participle)) {
            who = cue->form->participle ? kh_who_in(r, u->first, cue->first, true)
                                        : kh_who_in(r, begin, cue->first, true);
        }
        return who;
    }
    if (cue->form->participle && (quoted_before || !(r->order & KH_ORDER_SUBJECT_FIRST))) {
        return quoted_before ? kh_nobody() : kh_who_in(r, u->first, cue->first, true);
    }
    bool svo = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    kh_who who = (r->order & KH_ORDER_BARE_BEHIND) ? who_at_head(r, u, cue->first)
                                                   : kh_who_before(r, u->first, cue->first);
    if (svo && is_no_subject(r, &who)) {
        who = kh_who_in(r, u->first, cue->first, true); /* Brill called it late and | said */
    } else if (svo) {
        join_subjects(r, &who, cue->first);
    }
    if (who.kind == KH_WHO_NONE && at > cue->end) {
        who = kh_who_in(r, cue->end, at, true); /* inverted: "sagte X: ..." */
    }
    return who;
}

/* The speaker of a cue whose content ended before token GAP, to its left: "..., X said" or "..., said X". */
static kh_who who_left(kh_reader *r, const kh_unit *u, size_t index, uint32_t gap)
{
    const kh_cue *cue = &u->cues.items[index];
    if (is_impersonal(cue)) {
        return who_of_document(r, u, cue);
    }
    if (r->order & (KH_ORDER_CONTENT_BEFORE | KH_ORDER_SUBJECT_FIRST)) {
        kh_who who = gap < cue->first ? kh_who_in(r, gap, cue->first, true) : kh_nobody();
        return who;
    }
    uint32_t limit = kh_next_cue(u, index, u->end);
    if (r->order & KH_ORDER_VERB_FIRST) {
        kh_who who = kh_who_in(r, cue->end, limit, cue->feminine);
        return who.kind != KH_WHO_NONE ? who : words_behind(r, cue->end, limit);
    }
    kh_who who = gap < cue->first ? kh_who_before(r, gap, cue->first) : kh_nobody();
    if (who.kind == KH_WHO_NONE) {
        who = kh_who_in(r, cue->end, limit, true);
        uint32_t end = who.end;
        while (who.kind == KH_WHO_NAME && end < limit && end < who.end + 2 * KH_GAP_MAX &&
               kh_is_comma(r, who.end) && !kh_marked_at(r, end)) {
            end++; /* the apposition names him too */
        }
        who.end =
            end > who.end + 1 ? end - (kh_reader_token(r, end - 1)->kind == KH_PUNCT) : who.end;
    }
    if (who.kind == KH_WHO_NONE) {
        uint32_t i = cue->end;
        while (i < limit && i < cue->end + 6 && kh_reader_token(r, i)->kind == KH_WORD &&
               !(kh_trait_at(r, i, NULL) & KH_TRAIT_ADJUNCT)) {
            i++;
        }
        if (i > cue->end) {
            who = (kh_who){.kind = KH_WHO_OTHER, .first = cue->end, .end = i, .name = KH_NO_NAME};
        }
    }
    return who;
}

/* ---- contents ---- */

/* Last marked stretch inside FIRST..END. */
const kh_marked *kh_mark_last(const kh_reader *r, uint32_t first, uint32_t end)
{
    size_t behind = kh_marks_from(r, end);
    const kh_marked *last = behind > 0 ? &r->marks.items[behind - 1] : NULL;
    return last && last->open >= first ? last : NULL;
}

kh_form kh_form_of_act(kh_act act, kh_form form)
{
    return act == KH_ACT_DENY && form == KH_FORM_INDIRECT ? KH_FORM_DENIAL : form;
}

/* A reported clause FIRST..END: marks that stand round most of it make it direct. */
void kh_clause_give(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end,
                    const kh_who *who)
{
    kh_form form = kh_form_of_act(cue->form->act, KH_FORM_INDIRECT);
    for (size_t i = kh_marks_from(r, first); i < r->marks.count; i++) {
        const kh_marked *m = &r->marks.items[i];
        if (m->open >= end) {
            break;
        }
        if (m->end <= end &&
            10 * (m->end - m->first + 2) >= 9 * (end - first)) {
            bool whole = m->open == first && m->close + 1 >= end;
            kh_quotation_give(
                r, u, cue, m->first, m->end,
                whole || m->end - m->first >= KH_LONG_MARK ? KH_FORM_DIRECT : KH_FORM_PARTIAL, who);
            return;
        }
    }
    kh_quotation_give(r, u, cue, first, end, form, who);
}

static void give_mark(kh_reader *r, kh_unit *u, const kh_cue *cue, const kh_marked *m,
                      const kh_who *who)
{
    uint32_t end = 0;
    bool mixed = (r->order & KH_ORDER_VERB_FIRST) && kh_is_that(r, m->first, &end);
    bool describes = cue && cue->form->act == KH_ACT_DESCRIBE;
    bool held_off = m->end - m->first < KH_LONG_MARK &&
                    (kh_mark_distanced(r, m) || (cue && cue->form->stance == KH_STANCE_SCARE));
    if (held_off) { /* spoke of "sabotage", متحدثاً عما أسماه «...» */
        kh_quotation *q = kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_SCARE, who);
        if (q) {
            q->stance = KH_STANCE_SCARE;
        }
        return;
    }
    kh_form form = mixed                                           ? KH_FORM_MIXED
                   : describes && m->end - m->first < KH_LONG_MARK ? KH_FORM_PARTIAL
                                                                   : KH_FORM_DIRECT;
    uint32_t last = m->end;
    if (describes && form == KH_FORM_PARTIAL) {
        uint32_t clause = kh_clause_end(r, u, (size_t)(cue - u->cues.items), m->first);
        const kh_marked *more = kh_mark_last(r, m->open, clause);
        last = more ? more->end : last;
    }
    kh_quotation_give(r, u, cue, m->first, last, form, who);
}

/* Acts whose words may stand to the left of a clause-final verb. */
static bool says(kh_act act)
{
    return act != KH_ACT_DENY && act != KH_ACT_CALL_FOR && act != KH_ACT_THREATEN &&
           act != KH_ACT_DESCRIBE && act != KH_ACT_PRAISE && act != KH_ACT_ACCUSE &&
           act != KH_ACT_CONDEMN && act != KH_ACT_DECLINE;
}

/* ---- content to the left: "...", said X ---- */

/* The marked stretch that ends right before the cue or before its subject. */
const kh_marked *kh_mark_left(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    const kh_marked *best = NULL;
    for (size_t i = kh_marks_from(r, cue->first); i > 0 && !best; i--) {
        const kh_marked *m = &r->marks.items[i - 1];
        if (m->open < u->first || cue->first - m->open > UNIT_REACH) {
            break;
        }
        best = m->close <= cue->first && !m->single && !kh_mark_is_name(r, m) ? m : NULL;
    }
    if (!best || cue->first - best->close > KH_GAP_MAX) {
        return NULL;
    }
    const kh_token *inner = kh_reader_token(r, best->end - 1);
    bool inner_stop =
        inner->kind == KH_PUNCT && (kh_token_is(inner, ",") || kh_token_is(inner, "?") ||
                                    kh_token_is(inner, "!") || kh_token_is(inner, "."));
    bool outer_stop = best->close < cue->first && (kh_is_comma(r, best->close) ||
                                                   kh_is_dash(kh_reader_token(r, best->close)->cp));
    bool verb_follows = r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST);
    bool fragment =
        best->end - best->first < KH_CONTENT_MIN ||
        (best->open > u->first && (kh_trait_at(r, best->open - 1, NULL) & KH_TRAIT_ADJUNCT));
    bool touches = (best->close == cue->first && verb_follows && !fragment) || !best->closed;
    if (!inner_stop && !outer_stop && !touches) {
        return NULL;
    }
    for (uint32_t i = best->close + 1; i < cue->first; i++) {
        if (kh_token_is(kh_reader_token(r, i), ";") || kh_token_is(kh_reader_token(r, i), ":")) {
            return NULL;
        }
    }
    return best;
}

/* "CONTENT, X said": where the content to the left of a clause-final verb ends; 0 when there is none. */
static uint32_t clause_left(const kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from)
{
    uint32_t begin = kh_clause_begin(r, from, cue->first);
    if (begin <= from + KH_CONTENT_MIN || !kh_is_comma(r, begin - 1)) {
        return 0;
    }
    uint32_t bits = kh_trait_at(r, from, NULL);
    bool adverbial = (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION)) &&
                     !(bits & KH_TRAIT_COORDINATOR) &&
                     begin - from < 2 * KH_LONG_MARK;
    bool as = kh_token_is(kh_reader_token(r, u->first), "as") && from == u->first;
    return adverbial || as ? 0 : begin - 1;
}

/* The pier may be "beyond repair," said X: the marks close a clause that began before them. */
static bool is_end_of_clause(const kh_reader *r, const kh_unit *u, const kh_marked *m, uint32_t from)
{
    bool english = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    return english && from >= u->first && m->open > from + 1 &&
           kh_reader_token(r, m->open - 1)->kind == KH_WORD &&
           !(kh_reader_token(r, m->first)->flags & KH_CAPITAL);
}

/* ---- one verb ---- */

/* "Об этом сообщил X", "Das teilte X mit": what was said is the sentence before. */
static bool read_about_this(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index)
{
    uint32_t end = 0;
    const kh_cue *cue = &u->cues.items[index];
    if (!(kh_trait_at(r, u->first, &end) & KH_TRAIT_ABOUT_THIS) || !before ||
        before->end <= before->first || cue->first > end + 4) {
        return false;
    }
    kh_who who = kh_who_in(r, cue->end, u->end, true);
    if (who.kind == KH_WHO_NONE || r->art->quotations.count > before->quoted_from) {
        return false;
    }
    kh_quotation_give(r, u, cue, before->first, before->end, KH_FORM_INDIRECT, &who);
    return true;
}

/* Speech without marks runs to the end of the paragraph, or to a sentence that goes on with "وی افزود":
 * a pronoun at its head and a verb of saying shortly behind it. */
static uint32_t end_of_unmarked(const kh_reader *r, uint32_t begin)
{
    for (uint32_t i = begin + 1; i + 1 < r->line_end; i++) {
        kh_match m;
        if (!(kh_reader_token(r, i)->flags & KH_SENTENCE_START) ||
            !kh_phrases_match(r->know->pronouns, r->text, i, r->lang, 0, &m) || m.value != 1) {
            continue;
        }
        uint32_t sentence = kh_reader_token(r, i)->sentence;
        for (uint32_t j = m.end; j < r->line_end && j < i + KH_GAP_MAX &&
                                 kh_reader_token(r, j)->sentence == sentence;
             j++) {
            kh_match verb;
            if (kh_phrases_match(r->know->verbs, r->text, j, r->lang, 0, &verb)) {
                return i;
            }
        }
    }
    return r->line_end;
}

static void read_right(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a,
                       const kh_who *who)
{
    const kh_cue *cue = &u->cues.items[index];
    switch (a->kind) {
    case KH_ANCHOR_MARK: {
        uint32_t end = kh_clause_end(r, u, index, a->at);
        bool describes = cue->form->act == KH_ACT_DESCRIBE && a->at > cue->end + 1 &&
                         (r->order & KH_ORDER_BARE_CLAUSE) &&
                         !(r->order & KH_ORDER_THAT_AFTER_COMMA) &&
                         kh_reader_token(r, a->at - 1)->kind == KH_WORD;
        if (describes) { /* called the gate "a toy": of what it was said belongs to it */
            kh_quotation_give(r, u, cue, cue->end, end, KH_FORM_MIXED, who);
            break;
        }
        bool inside = (r->order & KH_ORDER_BARE_CLAUSE) && a->at == cue->end &&
                      end > a->mark->close + 1 && says(cue->form->act);
        if (inside) {
            kh_quotation_give(r, u, cue, a->at, end, KH_FORM_INDIRECT,
                              who); /* said "almost all" boats "came back" */
        } else {
            give_mark(r, u, cue, a->mark, who);
        }
        break;
    }
    case KH_ANCHOR_COLON:
        kh_quotation_give(r, u, cue, a->begin, end_of_unmarked(r, a->begin),
                          KH_FORM_DIRECT_UNMARKED, who);
        break;
    case KH_ANCHOR_THAT:
    case KH_ANCHOR_BARE: {
        uint32_t end = kh_clause_end(r, u, index, a->begin);
        const kh_marked *m = kh_marked_at(r, a->begin);
        if (cue->form->act == KH_ACT_DESCRIBE) {
            m = m ? m : kh_mark_last(r, a->begin, end);
            if (m) {
                give_mark(r, u, cue, m, who);
            }
        } else {
            kh_clause_give(r, u, cue, a->begin, end, who);
        }
        break;
    }
    default:
        break;
    }
}

/* A mark far behind the verb, inside a clause that began without a complementiser, is part of that clause. */
static kh_anchor anchor_of(kh_reader *r, const kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_anchor a = kh_cue_anchor(r, u, index);
    bool apart = a.kind == KH_ANCHOR_MARK && a.at > cue->end;
    if (!apart || cue->form->phrase || cue->form->act == KH_ACT_DESCRIBE) {
        return a;
    }
    const kh_token *before = kh_reader_token(r, a.at - 1);
    bool introduced =
        before->kind == KH_PUNCT && (kh_token_is(before, ",") || kh_token_is(before, ":"));
    if (r->order & (KH_ORDER_BARE_CLAUSE | KH_ORDER_BARE_BEHIND) && !introduced) {
        kh_unit alone = *u;
        kh_markeds marks = r->marks;
        r->marks.count = 0;
        kh_anchor bare = kh_cue_anchor(r, &alone, index);
        r->marks = marks;
        if (bare.kind == KH_ANCHOR_NONE && kh_takes_noun(r, cue->form->act)) {
            return bare; /* pledged to fix the "broken" gate: the marks are part of the object */
        }
        return bare.kind != KH_ANCHOR_NONE ? bare : a;
    }
    return a;
}

/* "Brill, who said she would stay, ...": the clause ends at the comma, the speaker stands before "who". */
static void read_relative(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t who_at = cue->first;
    while (who_at > u->first && !(kh_trait_at(r, who_at - 1, NULL) & KH_TRAIT_RELATIVE)) {
        who_at--;
    }
    uint32_t end = kh_clause_end(r, u, index, a->begin);
    for (uint32_t i = a->begin; i < end; i++) {
        end = kh_is_comma(r, i) && !kh_marked_around(r, i) ? i : end;
    }
    uint32_t before = who_at > u->first ? who_at - 1 : u->first;
    before -= before > u->first && kh_is_comma(r, before - 1);
    kh_who who = kh_who_before(r, u->first, before);
    if (who.kind == KH_WHO_NONE && who_at > u->first) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = who_at - 1, .end = who_at, .name = KH_NO_NAME};
    }
    if (who.kind == KH_WHO_NONE || end < a->begin + KH_CONTENT_MIN) {
        return;
    }
    if (a->kind == KH_ANCHOR_MARK) {
        give_mark(r, u, cue, a->mark, &who);
    } else {
        kh_clause_give(r, u, cue, a->begin, end, &who);
    }
}

/* "The ferry, they said, left late": the attribution stands inside the sentence it reports. */
static bool read_parenthesis(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t begin = kh_clause_begin(r, from, cue->first);
    uint32_t comma = cue->end;
    while (comma < u->end && comma < cue->end + KH_LONG_MARK &&
           kh_reader_token(r, comma)->kind == KH_WORD) {
        comma++;
    }
    bool inverted = begin == cue->first;
    bool closes = comma < u->end && kh_is_comma(r, comma) &&
                  (inverted ? comma > cue->end : comma == cue->end);
    bool opens = begin > from + 1 && kh_is_comma(r, begin - 1);
    bool svo =
        !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST | KH_ORDER_CONTENT_BEFORE));
    if (!svo || !opens || !closes || cue->form->participle || comma + KH_CONTENT_MIN >= u->end ||
        kh_marked_at(r, comma + 1) || cue->first - begin > KH_LONG_MARK || !says(cue->form->act)) {
        return false;
    }
    kh_who who =
        inverted ? kh_who_in(r, cue->end, comma, true) : kh_who_before(r, begin, cue->first);
    bool comma_language = r->order & KH_ORDER_THAT_AFTER_COMMA;
    if (who.kind == KH_WHO_NONE && inverted && comma_language && comma == cue->end + 1) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = cue->end, .end = comma, .name = KH_NO_NAME};
    }
    bool name_only = who.end == comma && (who.kind == KH_WHO_NAME || comma_language) &&
                     begin < from + KH_LONG_MARK;
    if (who.kind == KH_WHO_NONE || (inverted && !name_only)) {
        return false;
    }
    kh_clause_give(r, u, cue, from, begin - 1, &who);
    kh_who same = kh_nobody();
    kh_quotation *rest = kh_quotation_give(
        r, u, NULL, comma + 1, kh_clause_end(r, u, index, comma + 1), KH_FORM_INDIRECT, &same);
    if (rest) {
        rest->continues = true;
        rest->act = cue->form->act;
    }
    return true;
}

/* "CONTENT, said the port's director": a comma stands before the verb, and what is left of it is no name with
 * its apposition ("Ada Brill, head of the port, said ..."). */
static bool is_inverted(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from)
{
    if (cue->first < from + 2 * KH_CONTENT_MIN || !kh_is_comma(r, cue->first - 1) ||
        cue->form->participle) {
        return false;
    }
    uint32_t comma = from;
    while (!kh_is_comma(r, comma)) {
        comma++;
    }
    kh_who name = kh_who_in(r, from, comma, true);
    bool capitals = comma < from + KH_LONG_MARK;
    for (uint32_t i = from; i < comma; i++) {
        capitals = capitals && (kh_reader_token(r, i)->flags & KH_CAPITAL);
    }
    if (capitals && comma + 1 < cue->first) {
        return false; /* a name, known or not, and its apposition */
    }
    bool apposition = name.kind != KH_WHO_NONE && name.first <= from + 1 && name.end + 1 >= comma &&
                      comma + 1 < cue->first;
    kh_who behind = kh_who_in(r, cue->end, u->end, true);
    return !apposition && (behind.kind == KH_WHO_NAME || behind.kind == KH_WHO_ROLE) &&
           behind.first <= cue->end + 1;
}

void kh_verb_read(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    if (cue->form->act == KH_ACT_DECLINE || cue->comment) {
        kh_decline_read(r, u, index, from);
        return;
    }
    if (read_about_this(r, u, before, index)) {
        return;
    }
    if (r->order & KH_ORDER_CONTENT_BEFORE) {
        kh_anchor a = kh_cue_anchor(r, u, index);
        bool clause_before =
            cue->form->participle && cue->first > from && kh_is_accusative_end(r, cue->first - 1);
        if (clause_before) {
            kh_object_read(r, u, index, from);
        } else if (a.kind == KH_ANCHOR_COLON ||
                   (a.kind == KH_ANCHOR_MARK && a.at <= cue->end + 1)) {
            kh_who who = kh_who_in(r, u->first, cue->first, true);
            read_right(r, u, index, &a, &who);
        } else {
            kh_object_read(r, u, index, from);
        }
        return;
    }
    if (cue->form->act == KH_ACT_DESCRIBE && (r->order & KH_ORDER_SUBJECT_FIRST)) {
        const kh_marked *named = kh_mark_last(r, from, cue->first); /* او را «...» خواند */
        if (named && cue->first - named->close <= KH_LONG_MARK) {
            kh_who who = kh_who_in(r, from, named->open, true);
            kh_quotation_give(r, u, cue, named->first, named->end, KH_FORM_PARTIAL, &who);
        }
        return;
    }
    const kh_marked *left = kh_mark_left(r, u, cue);
    bool used = left && left->closed &&
                kh_quotation_taken(r, u, kh_text_span(r->text, left->first, left->end));
    if (used) {
        left = NULL; /* "...", said A, and B stressed that ... */
    }
    if (left && cue->form->act != KH_ACT_DESCRIBE && !cue->relative) {
        kh_who who = who_left(r, u, index, left->close);
        if (is_end_of_clause(r, u, left, from)) {
            kh_quotation_give(r, u, cue, from, left->end, KH_FORM_INDIRECT, &who);
        } else {
            kh_quotation_give(r, u, cue, left->first, left->end, KH_FORM_DIRECT, &who);
        }
    }
    kh_anchor a = anchor_of(r, u, index);
    bool goes_on = a.kind == KH_ANCHOR_MARK && kh_reader_token(r, a.at - 1)->kind == KH_PUNCT;
    if (left && !goes_on && !(a.kind == KH_ANCHOR_MARK && !left->closed)) {
        return;
    }
    bool relative = cue->relative && a.kind != KH_ANCHOR_NONE && a.kind != KH_ANCHOR_COLON &&
                    (r->order & KH_ORDER_BARE_CLAUSE);
    if (relative) {
        read_relative(r, u, index, &a);
        return;
    }
    if (read_parenthesis(r, u, index, from)) {
        return;
    }
    if (a.kind == KH_ANCHOR_BARE && is_inverted(r, u, cue, from)) {
        a.kind = KH_ANCHOR_NONE;
    }
    if (a.kind != KH_ANCHOR_NONE) {
        kh_who who = left ? kh_nobody() : who_right(r, u, index, a.at);
        bool deny = cue->form->act == KH_ACT_DENY && a.kind == KH_ANCHOR_THAT && a.at > cue->end;
        if (deny && !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST))) {
            a.begin = cue->end; /* "denied reports that ..." */
        }
        size_t count = r->art->quotations.count;
        if (!cue->relative) {
            read_right(r, u, index, &a, &who);
        }
        if (left && r->art->quotations.count == count + 1) {
            r->art->quotations.items[count].continues = true; /* "A," she said, "B" */
        }
        return;
    }
    uint32_t end = cue->form->participle || cue->relative ? 0 : clause_left(r, u, cue, from);
    bool speech = says(cue->form->act);
    bool svo = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST));
    if (end && speech && svo) {
        kh_who who = who_left(r, u, index, end + 1);
        if (who.kind != KH_WHO_NONE) {
            kh_clause_give(r, u, cue, from, end, &who);
        }
        return;
    }
    if (!used || !(r->order & KH_ORDER_VERB_FIRST)) {
        kh_noun_read(r, u, index, from);
    }
}
