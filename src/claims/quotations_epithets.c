/* quotations_epithets.c - what somebody calls a thing, in marked words.
 *
 * Decides which marked words are what a verb of describing calls its object, and who calls it so. Examples:
 *   called the gate "a toy" and "a joke" and left       mixed: the gate "a toy" and "a joke"
 *   seen by the crews as a "lifeboat"                   partial: lifeboat, by the crews
 *   has been called "a toy" by Ada Brill                partial: a toy, by Ada Brill, not by what is called so
 *   a blog called "Feed"                                a name: nothing is said
 *   der die Wahl als „Fest“ und „Sieg“ bezeichnete      two fragments
 *
 * Method: behind the verb the words end with the last of the marks that a comma or coordinator joins. In the
 * passive the one who speaks stands behind "by" or nowhere.
 *
 * Gets wrong: names of plans and campaigns that a verb of describing gives ("dubbed the "Haven plan"").
 */
#include "claims/quotations_private.h"

static bool is_dash_at(const kh_reader *r, uint32_t i)
{
    const kh_token *t = kh_reader_token(r, i);
    return t->kind == KH_PUNCT && kh_is_dash(t->cp);
}

/* called the gate "a toy" and "a joke" | and left: behind the last of the marks that a coordinator joins. */
uint32_t kh_epithet_end(const kh_reader *r, const kh_marked *m, uint32_t end)
{
    uint32_t close = m->close;
    if (!m->closed || close >= end) {
        return end;
    }
    uint32_t next = close;
    while (next < end && (kh_is_comma(r, next) || (kh_trait_at(r, next, NULL) & KH_TRAIT_COORDINATOR))) {
        next++;
    }
    const kh_marked *more = next > close && next < end ? kh_marked_at(r, next) : NULL;
    uint32_t remark = KH_TRAIT_CHANNEL | KH_TRAIT_CONJUNCTION | KH_TRAIT_TIME;
    bool parted = kh_is_comma(r, m->end - 1) || next > close || (kh_trait_at(r, close, NULL) & remark) || is_dash_at(r, close);
    return more ? kh_epithet_end(r, more, end) : parted ? close : end;
}

/* "a blog called "Feed"": the name of a thing, not what somebody calls it ("what they called "fraud""). */
static bool names_thing(const kh_reader *r, const kh_unit *u, const kh_cue *cue, const kh_anchor *a)
{
    if (!kh_is_english(r) || cue->form->act != KH_ACT_DESCRIBE || a->at != cue->end || cue->relative || cue->end > cue->first + 1 ||
        cue->passive) {
        return false;
    }
    for (uint32_t i = cue->first; i > u->first && i + KH_LONG_MARK > cue->first; i--) {
        if ((kh_trait_at(r, i - 1, NULL) & KH_TRAIT_RELATIVE) || kh_token_is(kh_reader_token(r, i - 1), "what")) {
            return false;
        }
    }
    return cue->participle || kh_token_is(kh_reader_token(r, cue->first), "called");
}

/* Behind "by" at token AT, up to token END or the next comma: who a passive names; nobody known else. */
static kh_who who_by(kh_reader *r, uint32_t at, uint32_t end)
{
    kh_who none = {.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
    if (at + 1 >= end || !kh_token_is(kh_reader_token(r, at), "by")) {
        return none;
    }
    uint32_t stop = at + 1;
    while (stop < end && stop < at + KH_LONG_MARK && kh_reader_token(r, stop)->kind == KH_WORD) {
        stop++;
    }
    kh_who who = kh_who_in(r, at + 1, stop, true);
    if (who.kind == KH_WHO_NONE && stop > at + 1) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = at + 1, .end = stop, .name = KH_NO_NAME};
    }
    return who.kind != KH_WHO_NONE ? who : none;
}

/* The word that parts "by X" from what X says: "as" before marks, "if", "whether"; END for none. */
static uint32_t behind_agent(const kh_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i + 1 < end && i < first + KH_GAP_MAX; i++) {
        uint32_t behind = 0;
        const kh_token *t = kh_reader_token(r, i);
        if (kh_trait_at(r, i, NULL) & KH_TRAIT_AS || kh_is_that(r, i, &behind) || kh_marked_at(r, i)) {
            return i;
        }
        if (t->kind == KH_PUNCT && !kh_is_comma(r, i)) {
            break;
        }
    }
    return end;
}

bool kh_passive_read(kh_reader *r, kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    if (!kh_is_english(r) || cue->end >= u->end || !kh_token_is(kh_reader_token(r, cue->end), "by")) {
        return false;
    }
    uint32_t at = behind_agent(r, cue->end + 1, u->end);
    uint32_t behind = 0;
    kh_who who = who_by(r, cue->end, at);
    if (cue->form->act == KH_ACT_ASK) { /* Asked by Dane if the pier was safe, */
        uint32_t end = at;
        while (end < u->end && !(kh_is_comma(r, end) && !kh_marked_around(r, end))) {
            end++;
        }
        if (at < u->end && kh_is_that(r, at, &behind)) {
            kh_quotation_give(r, u, cue, behind, end, KH_FORM_INDIRECT, &who);
        }
        return true;
    }
    size_t mark = kh_marks_from(r, at);
    const kh_marked *m = mark < r->marks.count ? &r->marks.items[mark] : NULL;
    if (at < u->end && m && m->open < u->end && m->open <= at + KH_CONTENT_MIN) {
        kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_PARTIAL, &who);
    }
    return true;
}

bool kh_epithet_read(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a, const kh_who *who)
{
    const kh_cue *cue = &u->cues.items[index];
    if (names_thing(r, u, cue, a)) {
        return true;
    }
    if (cue->form->act != KH_ACT_DESCRIBE || !kh_is_english(r)) {
        return false;
    }
    uint32_t end = kh_epithet_end(r, a->mark, kh_clause_end(r, u, index, a->at));
    if (cue->passive) {
        kh_who by = who_by(r, a->mark->close, u->end);
        kh_quotation_give(r, u, cue, a->mark->first, a->mark->end, KH_FORM_PARTIAL, &by);
        return true;
    }
    bool object = a->at > cue->end + 1 && kh_reader_token(r, a->at - 1)->kind == KH_WORD;
    if (object) { /* called the gate "a toy": of what it was said belongs to it */
        kh_quotation_give(r, u, cue, cue->end, end, KH_FORM_MIXED, who);
    }
    return object;
}

/* German: der die Wahl als „Fest“ und „Sieg“ bezeichnete: what stands in marks behind "als", before the verb
 * at the end of its clause. */
bool kh_epithets_before(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    const kh_marked *last = kh_mark_last(r, from, cue->first);
    if (!(r->order & KH_ORDER_FRAGMENTS_APART) || cue->form->act != KH_ACT_DESCRIBE || !last || cue->first - last->close > 3) {
        return false;
    }
    uint32_t as = last->open;
    while (as > from && !kh_token_is(kh_reader_token(r, as - 1), "als")) {
        as--;
    }
    if (as == from) {
        return false;
    }
    kh_who who = kh_who_before(r, from, as - 1);
    if (who.kind == KH_WHO_OTHER && who.end == who.first + 1 && kh_is_article(r, who.first)) {
        who.end = who.first; /* die als „...“ bezeichnete Koalition: nobody is named */
    }
    for (size_t i = kh_marks_from(r, as); i < r->marks.count && r->marks.items[i].open < cue->first; i++) {
        const kh_marked *m = &r->marks.items[i];
        kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_PARTIAL, &who);
    }
    return true;
}
