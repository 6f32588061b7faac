/* quotations_clauses.c - attributions that stand inside, behind or beside the clause they report.
 *
 * Decides, in languages with the subject before the verb, what the clause is. Examples:
 *   The ferry, they said, left late               the clause on both sides, in two parts
 *   The gate was open, said the port's director   the clause before
 *   Ada Brill, head of the port, said             no clause: a name with its apposition
 *   As the paper noted, the gate was open         the clause behind the comma
 *   Brill, who said she would stay, left          the clause up to the comma, spoken by Brill
 *
 * Method: by the commas around verb and subject. Where two readings are open, the one that leaves a name
 * with an apposition whole is taken.
 *
 * Gets wrong: an adverbial clause before the comma that is long enough to pass for what was said.
 */
#include "claims/quotations_private.h"

/* "Ada Brill, head of the port, | said", "Sen. Omar Dane, a critic, | asked": is what stands before the verb at
 * token END, which follows a comma, a name with its apposition and no clause. */
static bool apposition_ends(kh_reader *r, uint32_t from, uint32_t end)
{
    uint32_t comma = from;
    while (comma < end && !kh_is_comma(r, comma)) {
        comma++;
    }
    if (comma + 2 >= end) {
        return false;
    }
    bool capitals = comma < from + KH_LONG_MARK;
    for (uint32_t i = from; i < comma; i++) {
        const kh_token *t = kh_reader_token(r, i);
        capitals = capitals && ((t->flags & KH_CAPITAL) || t->kind == KH_PUNCT);
    }
    kh_who name = kh_who_in(r, from, comma, true);
    return capitals || (name.kind != KH_WHO_NONE && name.first <= from + 1 && name.end + 1 >= comma);
}

/* "CONTENT, X said": where the content to the left of a clause-final verb ends; 0 when there is none. */
uint32_t kh_clause_left(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from)
{
    uint32_t begin = kh_clause_begin(r, from, cue->first);
    bool infinitive = kh_is_infinitive(r, cue); /* Brill, ..., seems to agree */
    uint32_t aside = KH_TRAIT_TIME | KH_TRAIT_ADJUNCT | KH_TRAIT_CHANNEL | KH_TRAIT_CONJUNCTION;
    bool object = kh_is_english(r) && begin < cue->first && cue->end < u->end && cue->form->act != KH_ACT_TELL &&
                  kh_is_subject_pronoun(r, cue->end, &(uint32_t){0}) &&
                  !(kh_trait_at(r, cue->end, NULL) & aside); /* Dane, the mayor, proposed | we go */
    if (object) {
        return 0;
    }
    if (begin <= from + KH_CONTENT_MIN || !kh_is_comma(r, begin - 1) || infinitive) {
        return 0;
    }
    uint32_t bits = kh_trait_at(r, from, NULL);
    bool adverbial =
        (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION)) && !(bits & KH_TRAIT_COORDINATOR) && begin - from < 2 * KH_LONG_MARK;
    bool as = kh_token_is(kh_reader_token(r, u->first), "as") && from == u->first;
    uint32_t subject = begin;
    while (subject < cue->first && (kh_trait_at(r, subject, NULL) & (KH_TRAIT_HELPER | KH_TRAIT_TIME))) {
        subject++;
    }
    bool same = subject == cue->first && begin < cue->first;                     /* Brill, resting at home, is | saying */
    bool inserted = begin == cue->first && apposition_ends(r, from, cue->first); /* Brill, an engineer, asked */
    bool second = (r->order & KH_ORDER_FRAGMENTS_APART) && begin == cue->first;  /* ..., sagte X */
    return (adverbial && !second) || as || same || inserted ? 0 : begin - 1;
}

/* "Brill, who said she would stay, ...": the clause ends at the comma, the speaker stands before "who". */
void kh_relative_read(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a)
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
    bool his = r->art->quotations.count > u->quoted_from && !(r->order & KH_ORDER_BARE_CLAUSE);
    if (who.kind == KH_WHO_NONE && his && who_at > u->first) { /* « A », a dit Dane, qui a ajouté */
        who = (kh_who){.kind = KH_WHO_PRONOUN, .first = who_at - 1, .end = who_at, .name = KH_NO_NAME};
    } else if (who.kind == KH_WHO_NONE && who_at > u->first) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = who_at - 1, .end = who_at, .name = KH_NO_NAME};
    }
    if (who.kind == KH_WHO_NONE || end < a->begin + KH_CONTENT_MIN) {
        return;
    }
    if (a->kind == KH_ANCHOR_MARK && kh_epithet_read(r, u, index, a, &who)) {
        return;
    }
    if (a->kind == KH_ANCHOR_MARK) {
        kh_mark_give(r, u, cue, a->mark, &who);
    } else {
        kh_clause_give(r, u, cue, a->begin, end, &who);
    }
}

/* Where an attribution stands inside the sentence it reports: FROM..BEGIN - 1, "they said", behind COMMA. */
typedef struct parenthesis {
    uint32_t begin; /* of the attribution */
    uint32_t comma; /* that closes it */
    bool inverted;  /* said Brill */
} parenthesis;

/* Is cue INDEX between two commas, with a clause before the first and words behind the second. */
static bool is_parenthesis(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from, parenthesis *p)
{
    *p = (parenthesis){.begin = kh_clause_begin(r, from, cue->first), .comma = cue->end};
    while (p->comma < u->end && p->comma < cue->end + KH_LONG_MARK && kh_reader_token(r, p->comma)->kind == KH_WORD) {
        p->comma++;
    }
    p->inverted = p->begin == cue->first;
    bool when = p->comma > cue->end && /* Dane explained | earlier in the hearing, */
                (kh_trait_at(r, cue->end, NULL) & (KH_TRAIT_TIME | KH_TRAIT_ADJUNCT));
    bool closes = p->comma < u->end && kh_is_comma(r, p->comma) && (p->inverted ? p->comma > cue->end : p->comma == cue->end || when);
    bool opens = p->begin > from + 1 && kh_is_comma(r, p->begin - 1);
    bool svo = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST | KH_ORDER_CONTENT_BEFORE));
    uint32_t behind = 0;
    bool that = closes && p->comma + 1 < u->end && /* Источник, близкий к делу, сообщил ТАСС, что */
                kh_is_that(r, p->comma + 1, &behind);
    return svo && opens && closes && !that && !cue->participle && p->comma + KH_CONTENT_MIN < u->end && !kh_marked_at(r, p->comma + 1) &&
           cue->first - p->begin <= KH_LONG_MARK && kh_act_says(cue->form->act);
}

/* Who speaks in the attribution P; none where it is an apposition or more than a name ("X, ein Sprecher, sagte, ..."). */
static kh_who who_in_parenthesis(kh_reader *r, const kh_cue *cue, uint32_t from, const parenthesis *p)
{
    bool comma_language = r->order & KH_ORDER_THAT_AFTER_COMMA;
    if (!p->inverted) {
        return comma_language ? kh_nobody() : kh_who_before(r, p->begin, cue->first);
    }
    kh_who who = kh_who_in(r, cue->end, p->comma, true);
    if (who.kind == KH_WHO_NONE && comma_language && p->comma == cue->end + 1) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = cue->end, .end = p->comma, .name = KH_NO_NAME};
    }
    bool name_only = who.end == p->comma && (who.kind == KH_WHO_NAME || comma_language) && p->begin < from + KH_LONG_MARK;
    return name_only ? who : kh_nobody();
}

/* "The ferry, they said, left late": the attribution stands inside the sentence it reports. */
bool kh_parenthesis_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    parenthesis p;
    if (!is_parenthesis(r, u, cue, from, &p)) {
        return false;
    }
    kh_who who = who_in_parenthesis(r, cue, from, &p);
    if (who.kind == KH_WHO_NONE) {
        return false;
    }
    kh_clause_give(r, u, cue, from, p.begin - 1, &who);
    if (index + 1 < u->cues.count && u->cues.items[index + 1].first == p.comma + 1) {
        return true; /* ..., she said, adding: that is read by its own verb */
    }
    kh_who same = kh_nobody();
    kh_quotation *rest = kh_quotation_give(r, u, NULL, p.comma + 1, kh_clause_end(r, u, index, p.comma + 1), KH_FORM_INDIRECT, &same);
    if (rest) {
        rest->continues = true;
        rest->act = cue->form->act;
    }
    return true;
}

/* "As the paper noted, the gate was open", "Wie die Polizei mitteilte, ...": the clause behind the comma. */
bool kh_as_read(kh_reader *r, kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t comma = cue->end;
    while (comma < u->end && comma < cue->end + KH_LONG_MARK && !kh_is_comma(r, comma)) {
        comma++;
    }
    bool as = (kh_trait_at(r, u->first, NULL) & KH_TRAIT_AS) && kh_act_says(cue->form->act);
    if (!as || cue->participle || comma + KH_CONTENT_MIN >= u->end || !kh_is_comma(r, comma) || cue->first > u->first + KH_GAP_MAX ||
        kh_marked_at(r, comma + 1)) {
        return false;
    }
    kh_who who = kh_who_cited(r, u, index, comma);
    who = who.kind != KH_WHO_NONE ? who : kh_who_before(r, u->first + 1, cue->first);
    if (who.kind == KH_WHO_NONE) {
        who = kh_who_in(r, u->first + 1, comma, true);
    }
    if (who.kind == KH_WHO_NONE) {
        return false;
    }
    kh_clause_give(r, u, cue, comma + 1, kh_clause_end(r, u, index, comma + 1), &who);
    return true;
}

/* "CONTENT, said the port's director": a comma stands before the verb, and what is left of it is no name with
 * its apposition ("Ada Brill, head of the port, said ..."). */
bool kh_clause_inverted(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from)
{
    if (cue->first < from + 2 * KH_CONTENT_MIN || !kh_is_comma(r, cue->first - 1) || cue->participle) {
        return false;
    }
    kh_who behind = kh_who_in(r, cue->end, u->end, true);
    return !apposition_ends(r, from, cue->first) && (behind.kind == KH_WHO_NAME || behind.kind == KH_WHO_ROLE) &&
           behind.first <= cue->end + 1;
}
