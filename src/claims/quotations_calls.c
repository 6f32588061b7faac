/* quotations_calls.c - commands, and refusals to say anything.
 *
 * Decides three things. Verbatim words that tell somebody what to do are a call, although the verb before
 * them is a plain "said": وقالت "لا تعودوا إلى البيوت" (a prohibition), "Do not go back", «Не возвращайтесь»,
 * "Everyone must leave". A Persian call needs neither که nor تا: از مردم خواست صبر کنند. And "declined to
 * comment on the report", امتنعت الشركة عن التعليق على ... say on what nothing was said: the words behind
 * "comment on" are given, as an optional item.
 *
 * Method: a call is shown by a word of the table at its head (do not, please, عليكم), by the form of a
 * verb that is nothing but a prohibition or a polite imperative (Arabic لا ت...وا, Russian -йте, -йтесь), at
 * the end by a Persian imperative, or by a general subject with "must" behind it. The refusing verb may
 * stand far from its "comment"; the table writes the gap with dots.
 *
 * Gets wrong: imperatives that look like a past tense (Arabic غادروا); "must" of a guess.
 */
#include "claims/quotations_private.h"

enum { HEAD = 3, MUST_REACH = 9, COMMENT_FAR = 26, COMMENT_NEAR = 8, TOPIC_MIN = 2 };

/* ---- calls ---- */

static bool is_word(const kh_reader *r, uint32_t i)
{
    return kh_reader_token(r, i)->kind == KH_WORD;
}

/* Forms that are nothing but imperatives: لا تعودوا ; не возвращайтесь. */
static bool is_imperative(const kh_reader *r, uint32_t i, uint32_t end)
{
    const kh_token *t = kh_reader_token(r, i);
    if (r->order & KH_ORDER_VERB_FIRST) {
        kh_str next = i + 1 < end ? kh_reader_token(r, i + 1)->key : (kh_str){0};
        return kh_token_is(t, "لا") && kh_str_starts(next, KH_STR("ت")) && kh_str_ends(next, KH_STR("وا"));
    }
    return t->script == KH_SCRIPT_CYRILLIC && (kh_str_ends(t->key, KH_STR("йте")) || kh_str_ends(t->key, KH_STR("йтесь")));
}

/* "Everyone must leave"; not the guess "must be", "must have". */
static bool is_general_order(const kh_reader *r, uint32_t i, uint32_t end)
{
    if (!(kh_trait_at(r, i, NULL) & KH_TRAIT_ADDRESSED)) {
        return false;
    }
    for (uint32_t j = i + 1; j + 1 < end && j < i + MUST_REACH; j++) {
        uint32_t behind = 0;
        if ((kh_trait_at(r, j, &behind) & KH_TRAIT_MUST) && behind < end) {
            const kh_token *next = kh_reader_token(r, behind);
            return !kh_token_is(next, "be") && !kh_token_is(next, "have");
        }
    }
    return false;
}

bool kh_is_call(const kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t head = 0;
    for (uint32_t i = first; i < end && head < HEAD; i++) {
        if (!is_word(r, i)) {
            continue;
        }
        bool opens = head == 0 && (kh_trait_at(r, i, NULL) & KH_TRAIT_CALL) && !(r->order & KH_ORDER_SUBJECT_FIRST);
        if (opens || (head < 2 && is_imperative(r, i, end)) || (head == 0 && is_general_order(r, i, end))) {
            return true;
        }
        head++;
    }
    uint32_t last = end;
    while (last > first && !is_word(r, last - 1)) {
        last--;
    }
    return (r->order & KH_ORDER_SUBJECT_FIRST) && last > first + 1 && (kh_trait_at(r, last - 1, NULL) & KH_TRAIT_CALL);
}

/* ---- no comment ---- */

uint32_t kh_comment_of(const kh_reader *r, const kh_unit *u, uint32_t first, uint32_t end)
{
    if (r->order & KH_ORDER_SUBJECT_FIRST) {
        for (uint32_t i = end; i > u->first && i + COMMENT_FAR > end; i--) {
            if (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_COMMENT) {
                return i - 1;
            }
        }
        return 0;
    }
    uint32_t reach = (r->order & KH_ORDER_VERB_FIRST) ? COMMENT_FAR : COMMENT_NEAR;
    for (uint32_t i = first + 1; i < u->end && i < end + reach; i++) {
        if (!kh_marked_around(r, i) && (kh_trait_at(r, i, NULL) & KH_TRAIT_COMMENT)) {
            return i;
        }
    }
    return 0;
}

/* Behind the preposition at token I, if one stands there: "on", على, درباره. */
static uint32_t behind_preposition(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t behind = i;
    return i < end && (kh_trait_at(r, i, &behind) & KH_TRAIT_ADJUNCT) && behind < end ? behind : i;
}

/* رفض is a denial elsewhere; refusing to comment denies nothing. */
static void give_topic(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end, const kh_who *who)
{
    kh_quotation *q = kh_quotation_give(r, u, cue, first, end, KH_FORM_NO_COMMENT, who);
    if (q) {
        q->act = KH_ACT_DECLINE;
        q->stance = KH_STANCE_NO_COMMENT;
    }
}

/* Persian: the subject is spoken about behind the word ("از اظهارنظر درباره X خودداری کرد") or before
 * it ("درباره X اظهارنظر نکرد"). */
static void give_topic_before(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t from)
{
    uint32_t word_end = cue->comment + 1;
    kh_trait_at(r, cue->comment, &word_end);
    uint32_t first = word_end, end = cue->first;
    if (cue->comment >= cue->first || word_end + 1 >= cue->first) {
        end = cue->comment < end ? cue->comment : end;
        first = end;
        while (first > from && !kh_is_comma(r, first - 1) && behind_preposition(r, first, end) == first) {
            first--;
        }
    }
    uint32_t begin = behind_preposition(r, first, end);
    kh_who who = kh_who_in(r, from, first, true);
    if (begin > first && end >= begin + TOPIC_MIN) {
        give_topic(r, u, cue, begin, end, &who);
    }
}

/* The speaker behind an Arabic verb; a name in marks is one too: امتنعت "نارفان". */
static kh_who who_declines(kh_reader *r, const kh_cue *cue)
{
    kh_who who = kh_who_in(r, cue->end, cue->comment, cue->feminine);
    const kh_marked *m = kh_marked_at(r, cue->end);
    if (who.kind == KH_WHO_NONE && m) {
        who = (kh_who){.kind = KH_WHO_OTHER, .first = m->first, .end = m->end, .name = KH_NO_NAME};
    }
    return who;
}

void kh_decline_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    if (!cue->comment || cue->relative || cue->comment < from) {
        return;
    }
    if (r->order & KH_ORDER_SUBJECT_FIRST) {
        give_topic_before(r, u, cue, from);
        return;
    }
    kh_who who = (r->order & KH_ORDER_VERB_FIRST) ? who_declines(r, cue) : kh_who_before(r, u->first, cue->first);
    uint32_t word_end = cue->comment + 1;
    kh_trait_at(r, cue->comment, &word_end);
    uint32_t end = kh_clause_end(r, u, index, cue->comment);
    uint32_t begin = behind_preposition(r, word_end, end);
    bool infinitive = kh_str_ends(kh_reader_token(r, cue->comment)->key, KH_STR("ть"));
    if ((begin > word_end || infinitive) && end >= begin + TOPIC_MIN) {
        give_topic(r, u, cue, begin, end, &who);
    }
}

/* ---- Persian calls ---- */

bool kh_urging_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    bool asked = false; /* از before the verb: of whom it is asked */
    for (uint32_t i = from; i < cue->first; i++) {
        asked = asked || kh_token_is(kh_reader_token(r, i), "از");
    }
    uint32_t end = kh_clause_end(r, u, index, cue->end);
    if (cue->form->act != KH_ACT_CALL_FOR || !asked || end < cue->end + KH_CONTENT_MIN) {
        return false;
    }
    kh_who who = kh_who_in(r, from, cue->first, true);
    if (who.kind == KH_WHO_NONE && !r->agent.known) {
        return false;
    }
    uint32_t begin = cue->end + kh_token_is(kh_reader_token(r, cue->end), "تا");
    kh_quotation_give(r, u, cue, begin, end, KH_FORM_SPEECH_ACT, &who);
    return true;
}
