/* quotations_verbs.c - from a reporting verb to what was said and by whom.
 *
 * Decides on which side of a verb its content stands, and on which its speaker. Examples:
 *   وقالت سلوى "انتظرنا طويلاً"                      verb, speaker, content (Arabic)
 *   «Дороги туда нет», - сказала Орлова             content, verb, speaker
 *   Liman Müdürlüğü, rıhtımın kapatıldığını açıkladı    speaker, content, verb
 *   وی غرب را «تماشاگر» خواند                        the marked words before the verb describe
 *
 * Method: marks that end right before the cue come first, then the anchor to the right (anchors.c), then,
 * for languages with the subject before the verb, the clause to the left of "..., X said". What is the
 * verb's object and no clause of its own is read by quotations_objects.c, what it calls a thing by
 * quotations_epithets.c, whose verb it is by quotations_subjects.c.
 *
 * Gets wrong: English verbs with a noun for content ("claimed victory"), which look like a bare clause.
 */
#include "claims/quotations_private.h"

enum { UNIT_REACH = 4000 }; /* tokens that a quotation before its cue may have */

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
void kh_clause_give(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end, const kh_who *who)
{
    kh_form form = kh_form_of_act(cue->form->act, KH_FORM_INDIRECT);
    for (size_t i = kh_marks_from(r, first); i < r->marks.count; i++) {
        const kh_marked *m = &r->marks.items[i];
        if (m->open >= end) {
            break;
        }
        if (m->end <= end && 10 * (m->end - m->first + 2) >= 9 * (end - first)) {
            bool whole = m->open == first && m->close + 1 >= end;
            kh_quotation_give(r, u, cue, m->first, m->end, whole || m->end - m->first >= KH_LONG_MARK ? KH_FORM_DIRECT : KH_FORM_PARTIAL,
                              who);
            return;
        }
    }
    kh_quotation_give(r, u, cue, first, end, form, who);
}

void kh_mark_give(kh_reader *r, kh_unit *u, const kh_cue *cue, const kh_marked *m, const kh_who *who)
{
    uint32_t end = 0;
    bool mixed = (r->order & KH_ORDER_VERB_FIRST) && kh_is_that(r, m->first, &end);
    bool describes = cue && cue->form->act == KH_ACT_DESCRIBE;
    bool held_off = m->end - m->first < KH_LONG_MARK && (kh_mark_distanced(r, m) || (cue && cue->form->stance == KH_STANCE_SCARE));
    if (held_off) { /* spoke of "sabotage", متحدثاً عما أسماه «...» */
        kh_quotation *q = kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_SCARE, who);
        if (q) {
            q->stance = KH_STANCE_SCARE;
        }
        return;
    }
    kh_form form = mixed ? KH_FORM_MIXED : describes && m->end - m->first < KH_LONG_MARK ? KH_FORM_PARTIAL : KH_FORM_DIRECT;
    uint32_t last = m->end;
    if (describes && form == KH_FORM_PARTIAL) {
        uint32_t clause = kh_clause_end(r, u, (size_t)(cue - u->cues.items), m->first);
        const kh_marked *more = kh_mark_last(r, m->open, kh_is_english(r) ? kh_epithet_end(r, m, clause) : clause);
        last = more ? more->end : last;
    }
    kh_quotation_give(r, u, cue, m->first, last, form, who);
}

/* Acts whose words may stand to the left of a clause-final verb. */
bool kh_act_says(kh_act act)
{
    return act != KH_ACT_DENY && act != KH_ACT_CALL_FOR && act != KH_ACT_THREATEN && act != KH_ACT_DESCRIBE && act != KH_ACT_PRAISE &&
           act != KH_ACT_ACCUSE && act != KH_ACT_CONDEMN && act != KH_ACT_DECLINE;
}

/* ---- content to the left: "...", said X ---- */

/* "Oh, My God," she said: what opens the sentence and has its comma before the closing mark is speech,
 * although every word has a capital. */
static bool exclaims(const kh_reader *r, const kh_unit *u, const kh_marked *m)
{
    return m->open == u->first && m->closed && !kh_mark_holds_name(r, m) && kh_is_comma(r, m->end - 1);
}

/* To chants of "More!," the mayor said the gate ...: a few marked words behind a preposition belong to the
 * clause before the verb, whose content follows. */
static bool hangs_on_preposition(const kh_reader *r, const kh_unit *u, const kh_marked *m)
{
    return m->open > u->first && m->end - m->first < KH_LONG_MARK && (r->order & KH_ORDER_BARE_CLAUSE) &&
           !(r->order & KH_ORDER_THAT_AFTER_COMMA) && (kh_trait_at(r, m->open - 1, NULL) & KH_TRAIT_ADJUNCT);
}

/* "Would you have told her?" He answered, "No": the pronoun opens another sentence; in "Why?" he asked it does not. */
static bool opens_sentence(const kh_reader *r, uint32_t i)
{
    const kh_token *t = kh_reader_token(r, i);
    return kh_is_english(r) && (t->flags & KH_CAPITAL) && t->key.len > 1 && kh_is_subject_pronoun(r, i, &(uint32_t){0});
}

/* The last marked stretch before the cue that holds speech and no name. */
static const kh_marked *speech_before(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    for (size_t i = kh_marks_from(r, cue->first); i > 0; i--) {
        const kh_marked *m = &r->marks.items[i - 1];
        if (m->open < u->first || cue->first - m->open > UNIT_REACH) {
            break;
        }
        if (m->close <= cue->first && !m->single && (!kh_mark_is_name(r, m) || exclaims(r, u, m))) {
            return m;
        }
    }
    return NULL;
}

/* Does something show that the attribution follows: a stop before the closing mark, a comma or dash behind it, or the verb itself
 * where the language puts it there. */
static bool awaits_attribution(const kh_reader *r, const kh_unit *u, const kh_cue *cue, const kh_marked *m)
{
    uint32_t last = m->end - 1; /* "a 'toy,'" Dane says */
    while (last > m->first && kh_reader_token(r, last)->kind == KH_PUNCT && kh_is_quote(kh_reader_token(r, last)->cp)) {
        last--;
    }
    const kh_token *inner = kh_reader_token(r, last);
    bool inner_stop = inner->kind == KH_PUNCT &&
                      (kh_token_is(inner, ",") || kh_token_is(inner, "?") || kh_token_is(inner, "!") || kh_token_is(inner, "."));
    bool outer_stop = m->close < cue->first && (kh_is_comma(r, m->close) || kh_is_dash(kh_reader_token(r, m->close)->cp));
    bool verb_follows = r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST);
    bool fragment = m->end - m->first < KH_CONTENT_MIN || (m->open > u->first && (kh_trait_at(r, m->open - 1, NULL) & KH_TRAIT_ADJUNCT));
    bool second = (r->order & KH_ORDER_FRAGMENTS_APART) && m->open == u->first && !fragment &&
                  (kh_trait_at(r, m->close, NULL) & KH_TRAIT_HELPER); /* „...“ wird X zitiert */
    bool touches = (m->close == cue->first && verb_follows && !fragment) || !m->closed || second;
    return inner_stop || outer_stop || touches;
}

/* The marked stretch that ends right before the cue or before its subject. */
const kh_marked *kh_mark_left(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    const kh_marked *m = speech_before(r, u, cue);
    bool near = m && cue->first - m->close <= KH_GAP_MAX && !(m->close < cue->first && opens_sentence(r, m->close));
    if (!near || !awaits_attribution(r, u, cue, m)) {
        return NULL;
    }
    for (uint32_t i = m->close + 1; i < cue->first; i++) {
        if (kh_token_is(kh_reader_token(r, i), ";") || kh_token_is(kh_reader_token(r, i), ":")) {
            return NULL;
        }
    }
    return m;
}

/* The pier may be "beyond repair," said X: the marks close a clause that began before them. */
static bool is_end_of_clause(const kh_reader *r, const kh_unit *u, const kh_marked *m, uint32_t from)
{
    bool english = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    return english && from >= u->first && m->open > from + 1 && kh_reader_token(r, m->open - 1)->kind == KH_WORD &&
           !(kh_reader_token(r, m->first)->flags & KH_CAPITAL);
}

/* ---- one verb ---- */

/* "Об этом сообщил X", "Das teilte X mit": what was said is the sentence before. */
static bool read_about_this(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index)
{
    uint32_t end = 0;
    const kh_cue *cue = &u->cues.items[index];
    if (!(kh_trait_at(r, u->first, &end) & KH_TRAIT_ABOUT_THIS) || !before || before->end <= before->first || cue->first > end + 4) {
        return false;
    }
    kh_who who = kh_who_in(r, cue->end, u->end, true);
    if (who.kind == KH_WHO_NONE || r->art->quotations.count > before->quoted_from) {
        return false;
    }
    kh_quotation_give(r, u, cue, before->first, before->end, KH_FORM_INDIRECT, &who);
    return true;
}

/* «...»؛ این را داوود صمیمی در نشست خبری گفت: Persian takes up with "this" what stands in marks right before, in the
 * same sentence or as the sentence before. */
static bool read_this(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t behind = 0;
    const kh_marked *m = kh_mark_last(r, before ? before->first : u->first, cue->first);
    if (!(r->order & KH_ORDER_SUBJECT_FIRST) || !m) {
        return false;
    }
    uint32_t at = m->close > u->first ? m->close : u->first;
    while (at < cue->first && kh_reader_token(r, at)->kind == KH_PUNCT) {
        at++;
    }
    if (at > m->close + 2 || !(kh_trait_at(r, at, &behind) & KH_TRAIT_ABOUT_THIS)) {
        return false;
    }
    kh_who who = kh_who_apposed(r, kh_who_in(r, behind, cue->first, true), cue->first);
    who = who.kind != KH_WHO_NONE ? who : kh_who_plain(r, behind, cue->first);
    kh_span span = kh_quotation_trim(r, m->first, m->end, true);
    kh_quotations *list = &r->art->quotations;
    kh_quotation *last = list->count ? &list->items[list->count - 1] : NULL;
    if (last && kh_span_meets(last->span, span)) {
        if (!kh_span_empty(last->cue)) {
            return false;
        }
        list->count--; /* given by the sentence before, and nobody knew whose */
        u->quoted_from = u->quoted_from > list->count ? list->count : u->quoted_from;
    }
    return kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_DIRECT, &who) != NULL;
}

/* Speech without marks runs to the end of the paragraph, or to a sentence that goes on with "وی افزود":
 * a pronoun at its head and a verb of saying shortly behind it. */
static uint32_t end_of_unmarked(const kh_reader *r, uint32_t begin)
{
    for (uint32_t i = begin + 1; i + 1 < r->line_end; i++) {
        kh_match m;
        if (!(kh_reader_token(r, i)->flags & KH_SENTENCE_START) || !kh_phrases_match(r->know->pronouns, r->text, i, r->lang, 0, &m) ||
            m.value != 1) {
            continue;
        }
        uint32_t sentence = kh_reader_token(r, i)->sentence;
        for (uint32_t j = m.end; j < r->line_end && j < i + KH_GAP_MAX && kh_reader_token(r, j)->sentence == sentence; j++) {
            kh_match verb;
            if (kh_phrases_match(r->know->verbs, r->text, j, r->lang, 0, &verb)) {
                return i;
            }
        }
    }
    return r->line_end;
}

/* A word of a script with capitals that has none: it goes on with a sentence. */
static bool is_small(const kh_token *t)
{
    bool cased = t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
    return cased && t->kind == KH_WORD && !(t->flags & KH_CAPITAL);
}

/* said, "all of it points" one way: no stop before the closing mark, and a word behind it. */
static bool goes_on_behind(const kh_reader *r, const kh_marked *m)
{
    return m->closed && m->close < r->line_end && kh_reader_token(r, m->end - 1)->kind == KH_WORD && is_small(kh_reader_token(r, m->close));
}

/* chanting "Bread or roses," raising questions: a comma or stop before the closing mark, and no other marks
 * joined to these, end what was said. */
static bool ends_within(const kh_reader *r, const kh_marked *m)
{
    uint32_t next = m->close;
    while (next < r->line_end && (kh_trait_at(r, next, NULL) & KH_TRAIT_COORDINATOR)) {
        next++;
    }
    const kh_token *last = kh_reader_token(r, m->end - 1);
    return m->closed && last->kind == KH_PUNCT && !(next < r->line_end && kh_marked_at(r, next));
}

/* "She wrote in her letter:" ends a paragraph: the next one is what she wrote. */
static void announce(kh_reader *r, const kh_cue *cue, const kh_anchor *a, const kh_who *who)
{
    kh_act act = cue->form->act;
    bool verbatim = act == KH_ACT_SAY || act == KH_ACT_TELL || act == KH_ACT_WRITE || act == KH_ACT_REPLY || act == KH_ACT_EXPLAIN;
    if (verbatim && a->begin >= r->line_end) {
        r->announced = cue->form;
        r->announced_cue = cue->span;
        r->announcer = kh_who_resolve(r, who, cue->first);
        r->announcer.words = kh_text_span(r->text, who->first, who->end);
    }
}

/* English: a sign reading "No way out" on the wall: what is read stands in the marks, all of it. */
static bool is_inscription(const kh_reader *r, const kh_cue *cue)
{
    return kh_is_english(r) && kh_str_starts(kh_reader_token(r, cue->first)->key, KH_STR("read"));
}

/* Marked words to the right of the cue: what it calls a thing, a clause that begins with them, or speech. */
static void read_right_mark(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a, const kh_who *who)
{
    const kh_cue *cue = &u->cues.items[index];
    if (kh_epithet_read(r, u, index, a, who)) {
        return;
    }
    uint32_t end = kh_clause_end(r, u, index, a->at);
    bool comma = a->at == cue->end + 1 && kh_is_comma(r, cue->end);
    bool inside = (r->order & KH_ORDER_BARE_CLAUSE) && (a->at == cue->end || (comma && goes_on_behind(r, a->mark))) &&
                  end > a->mark->close + 1 && kh_act_says(cue->form->act) && !ends_within(r, a->mark) && !is_inscription(r, cue);
    if (inside) { /* said "almost all" boats "came back" */
        kh_quotation_give(r, u, cue, a->at, end, KH_FORM_INDIRECT, who);
    } else {
        kh_mark_give(r, u, cue, a->mark, who);
    }
}

static void read_right_clause(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a, const kh_who *who)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t end = kh_clause_end(r, u, index, a->begin);
    if (cue->form->act != KH_ACT_DESCRIBE) {
        kh_clause_give(r, u, cue, a->begin, end, who);
        return;
    }
    const kh_marked *m = kh_marked_at(r, a->begin);
    m = m ? m : kh_mark_last(r, a->begin, end);
    if (m) {
        kh_mark_give(r, u, cue, m, who);
    }
}

static void read_right(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a, const kh_who *who)
{
    const kh_cue *cue = &u->cues.items[index];
    switch (a->kind) {
    case KH_ANCHOR_MARK: read_right_mark(r, u, index, a, who); break;
    case KH_ANCHOR_COLON:
        announce(r, cue, a, who);
        kh_quotation_give(r, u, cue, a->begin, end_of_unmarked(r, a->begin), KH_FORM_DIRECT_UNMARKED, who);
        break;
    case KH_ANCHOR_THAT:
    case KH_ANCHOR_BARE: read_right_clause(r, u, index, a, who); break;
    default: break;
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
    bool small = a.at > cue->end + 1 && is_small(kh_reader_token(r, a.mark->first));
    bool introduced = before->kind == KH_PUNCT && ((kh_token_is(before, ",") && !small) || kh_token_is(before, ":"));
    if (r->order & (KH_ORDER_BARE_CLAUSE | KH_ORDER_BARE_BEHIND) && !introduced) {
        kh_unit alone = *u;
        kh_markeds marks = r->marks;
        r->marks.count = 0;
        kh_anchor bare = kh_cue_anchor(r, &alone, index);
        r->marks = marks;
        bare.kind = bare.kind != KH_ANCHOR_NONE && bare.at > a.at ? KH_ANCHOR_NONE : bare.kind;
        if (bare.kind == KH_ANCHOR_NONE && kh_takes_noun(r, cue->form->act)) {
            return bare; /* pledged to fix the "broken" gate: the marks are part of the object */
        }
        return bare.kind != KH_ANCHOR_NONE ? bare : a;
    }
    return a;
}

/* emailed supporters | saying: the words belong to the participle that follows close behind. */
static bool says_next(const kh_reader *r, const kh_unit *u, size_t index, uint32_t begin)
{
    const kh_cue *next = index + 1 < u->cues.count ? &u->cues.items[index + 1] : NULL;
    return kh_is_english(r) && next && next->participle && next->form->act == KH_ACT_SAY && next->first <= begin + 2 &&
           next->end < u->end && kh_reader_token(r, next->end)->kind == KH_PUNCT;
}

/* Turkish and its like: the content stands before the verb, unless a colon or marks follow it. */
static void read_content_before(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_anchor a = kh_cue_anchor(r, u, index);
    bool clause_before = cue->participle && cue->first > from && kh_is_accusative_end(r, cue->first - 1);
    bool right = a.kind == KH_ANCHOR_COLON || (a.kind == KH_ANCHOR_MARK && a.at <= cue->end + 1);
    if (right && !clause_before) {
        kh_who who = kh_who_in(r, u->first, cue->first, true);
        read_right(r, u, index, &a, &who);
    } else {
        kh_object_read(r, u, index, from);
    }
}

/* Persian: او را «...» خواند */
static void read_described_before(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t from)
{
    const kh_marked *named = kh_mark_last(r, from, cue->first);
    if (named && cue->first - named->close <= KH_LONG_MARK) {
        kh_who who = kh_who_apposed(r, kh_who_in(r, from, named->open, true), named->open);
        kh_quotation_give(r, u, cue, named->first, named->end, KH_FORM_PARTIAL, &who);
    }
}

/* "Bad luck," he said, that both came here: a complementiser behind the attribution goes on with what was said. */
static void read_that_behind(kh_reader *r, kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t begin = 0;
    if (!kh_is_english(r) || cue->end + KH_CONTENT_MIN >= u->end || !kh_is_comma(r, cue->end) || !kh_is_that(r, cue->end + 1, &begin)) {
        return;
    }
    kh_who same = kh_nobody();
    kh_quotation *rest = kh_quotation_give(r, u, NULL, begin, kh_clause_end(r, u, index, begin), KH_FORM_INDIRECT, &same);
    if (rest) {
        rest->continues = true;
    }
}

/* "...", said X: the marks LEFT of the cue, or the clause that they close. */
static void read_left(kh_reader *r, kh_unit *u, size_t index, const kh_marked *left, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    if (cue->form->act == KH_ACT_DESCRIBE || cue->relative) {
        return;
    }
    kh_who who = kh_who_left(r, u, index, left->close);
    if (is_end_of_clause(r, u, left, from)) {
        kh_quotation_give(r, u, cue, from, left->end, KH_FORM_INDIRECT, &who);
    } else {
        kh_quotation_give(r, u, cue, left->first, left->end, KH_FORM_DIRECT, &who);
        read_that_behind(r, u, index);
    }
}

/* What anchor A ties to the cue, said by who stands between; by him of the words to the LEFT where there are such. */
static void read_anchored(kh_reader *r, kh_unit *u, size_t index, kh_anchor a, bool left)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_who who = left ? kh_nobody() : kh_who_right(r, u, index, a.at);
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
}

/* A cue that nothing to its right hangs on: the clause before it, else its object. USED: the marks before it belong to another. */
static void read_unanchored(kh_reader *r, kh_unit *u, size_t index, uint32_t from, bool used)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t end = cue->participle || cue->relative ? 0 : kh_clause_left(r, u, cue, from);
    bool svo = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST));
    if (end && kh_act_says(cue->form->act) && svo) {
        kh_who who = kh_who_left(r, u, index, end + 1);
        if (who.kind != KH_WHO_NONE) {
            kh_clause_give(r, u, cue, from, end, &who);
            return;
        }
        if (!kh_is_english(r)) {
            return;
        }
    }
    if (!used || !(r->order & KH_ORDER_VERB_FIRST)) {
        kh_noun_read(r, u, index, from);
    }
}

/* Languages whose content stands to the right of the verb, or between marks to its left. */
static void read_either_side(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    const kh_marked *left = kh_mark_left(r, u, cue);
    bool used = left && left->closed && kh_quotation_taken(r, u, kh_text_span(r->text, left->first, left->end));
    kh_anchor a = anchor_of(r, u, index);
    if (used || (left && a.kind == KH_ANCHOR_BARE && hangs_on_preposition(r, u, left))) {
        left = NULL; /* "...", said A, and B stressed that ... */
    }
    if (left) {
        read_left(r, u, index, left, from);
    }
    bool goes_on = a.kind == KH_ANCHOR_MARK && kh_reader_token(r, a.at - 1)->kind == KH_PUNCT;
    if (left && !goes_on && !(a.kind == KH_ANCHOR_MARK && !left->closed)) {
        return;
    }
    bool relative = cue->relative && a.kind != KH_ANCHOR_NONE && a.kind != KH_ANCHOR_COLON &&
                    (r->order & (KH_ORDER_BARE_CLAUSE | KH_ORDER_THAT_AFTER_HEARER));
    if (relative) {
        kh_relative_read(r, u, index, &a);
        return;
    }
    if (kh_parenthesis_read(r, u, index, from) || (!left && kh_as_read(r, u, index))) {
        return;
    }
    bool inverted = a.kind == KH_ANCHOR_BARE && kh_clause_inverted(r, u, cue, from);
    bool other = inverted || (a.kind == KH_ANCHOR_BARE && says_next(r, u, index, a.begin));
    if (a.kind != KH_ANCHOR_NONE && !other) {
        read_anchored(r, u, index, a, left != NULL);
    } else {
        read_unanchored(r, u, index, from, used);
    }
}

void kh_verb_read(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    if (cue->form->act == KH_ACT_DECLINE || cue->comment) {
        kh_decline_read(r, u, index, from);
    } else if (read_about_this(r, u, before, index) || read_this(r, u, before, index)) {
        return;
    } else if (r->order & KH_ORDER_CONTENT_BEFORE) {
        read_content_before(r, u, index, from);
    } else if (cue->form->act == KH_ACT_DESCRIBE && (r->order & KH_ORDER_SUBJECT_FIRST)) {
        read_described_before(r, u, cue, from);
    } else if (!kh_epithets_before(r, u, index, from) && !(cue->passive && kh_passive_read(r, u, index))) {
        read_either_side(r, u, index, from);
    }
}
