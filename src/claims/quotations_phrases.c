/* quotations_phrases.c - "according to X", and marked words that no cue governs.
 *
 * Decides which part of a sentence an attribution phrase covers. In هطل المطر يومين، بحسب الرصد، في حين
 * the phrase stands behind its clause and covers what is before it; at the head of a sentence
 * (به گفته او، این حادثه ...) it covers what follows. "على حد تعبيره" behind a quotation says nothing of its
 * own, but keeps distance from that quotation.
 *
 * Method: by place, as above; a phrase of the lead that names an agency is a credit and gives no quotation. A marked
 * sentence without a cue goes on with the last speaker; a name and a colon before marks give the
 * speaker; long fragments are partial quotations; short ones are given as scare quotes only behind a
 * distancing phrase.
 *
 * Gets wrong: a phrase in the middle of its clause, of which only one half is given.
 */
#include "claims/quotations_private.h"

enum { POSTPOSED_MAX = 5 }; /* tokens of a name before its postposition that no list knows */

/* ---- attribution phrases ---- */

/* "على حد تعبيره", "as he put it" behind a quotation of the sentence: keeps distance from that. */
static bool keeps_distance(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    if (cue->form->stance == KH_STANCE_NEUTRAL || r->art->quotations.count <= u->quoted_from) {
        return false;
    }
    kh_quotation *q = &r->art->quotations.items[r->art->quotations.count - 1];
    if (q->span.end > cue->span.begin) {
        return false;
    }
    q->stance = cue->form->stance;
    q->hedge = cue->span;
    r->agent.stance = cue->form->stance;
    return true;
}

static kh_who some_words(uint32_t first, uint32_t end)
{
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = end, .name = KH_NO_NAME};
}

/* Kurtarma ekiplerine göre, den Angaben zufolge: whose words they are stands before the phrase. */
static kh_who who_of_postposed(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t begin = kh_clause_begin(r, u->first, cue->first);
    kh_who who = kh_who_in(r, begin, cue->first, true);
    bool near = cue->first > begin && cue->first - begin <= POSTPOSED_MAX &&
                !(kh_trait_at(r, begin, NULL) & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME)) &&
                (r->order & (KH_ORDER_CONTENT_BEFORE | KH_ORDER_SUBJECT_FIRST));
    return who.kind == KH_WHO_NONE && near ? some_words(begin, cue->first) : who;
}

/* German: Nach eigenen Angaben hat | die Firma ...: the subject of the clause speaks, and the clause is whole. */
static kh_who who_of_own_words(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t limit)
{
    kh_who own = cue->first == u->first ? kh_who_in(r, cue->end + 1, limit, true) : kh_who_in(r, u->first, cue->first, true);
    uint32_t end = own.kind == KH_WHO_ROLE ? kh_noun_phrase_end(r, own.first, own.end) : own.end;
    own.end = end > own.first ? end : own.end;
    return own.kind != KH_WHO_NONE ? own : some_words(0, 0);
}

/* Where the name behind the phrase begins: behind a preposition (Germanic), behind عن (حسبما نقلت وكالة ... عن X). */
static uint32_t source_begin(const kh_reader *r, const kh_cue *cue, uint32_t limit)
{
    uint32_t from = cue->end;
    from += from < limit && (kh_trait_at(r, from, NULL) & KH_TRAIT_ADJUNCT) && (r->order & KH_ORDER_THAT_AFTER_COMMA);
    bool arabic = kh_reader_token(r, cue->first)->script == KH_SCRIPT_ARABIC;
    for (uint32_t i = cue->end; arabic && i < limit && i < cue->end + 8; i++) {
        from = kh_token_is(kh_reader_token(r, i), "عن") ? i + 1 : from;
    }
    return from;
}

/* German: the noun phrase FROM..NOUN right behind the phrase, whether a list knows its words or not; WHO is what one
 * knows of it. "so Ada Brill, die Leiterin des Hafens." takes its apposition along. */
static kh_who who_of_noun_phrase(const kh_reader *r, const kh_unit *u, kh_who who, uint32_t from, uint32_t noun, uint32_t limit)
{
    who.kind = who.kind == KH_WHO_NONE ? KH_WHO_OTHER : who.kind;
    who.first = from;
    bool closes = who.kind == KH_WHO_NAME && noun < limit && kh_is_comma(r, noun) && limit == u->end && limit - noun <= KH_GAP_MAX;
    who.end = closes ? limit - 1 : noun;
    return who;
}

/* WHO, or the words from FROM on up to a stop, where WHO is nobody or stands far off. In German they have capitals. */
static kh_who who_of_words(const kh_reader *r, kh_who who, uint32_t from, uint32_t limit)
{
    if (who.kind != KH_WHO_NONE && who.first <= from + 3) {
        return who;
    }
    uint32_t i = from;
    bool capitals = (r->order & KH_ORDER_THAT_AFTER_COMMA) && (r->order & KH_ORDER_BARE_CLAUSE);
    while (i < limit && i < from + KH_GAP_MAX && kh_reader_token(r, i)->kind == KH_WORD &&
           !(capitals && i > from && !(kh_reader_token(r, i)->flags & KH_CAPITAL))) {
        i++;
    }
    bool stops = capitals || i == limit || kh_reader_token(r, i)->kind == KH_PUNCT;
    return i > from && stops ? some_words(from, i) : who;
}

static kh_who who_of_phrase(kh_reader *r, const kh_unit *u, size_t index, bool postposed)
{
    const kh_cue *cue = &u->cues.items[index];
    if (postposed) {
        return who_of_postposed(r, u, cue);
    }
    uint32_t limit = kh_next_cue(u, index, u->end);
    bool german = (r->order & KH_ORDER_FRAGMENTS_APART) != 0;
    if (german && cue->form->continues) {
        return who_of_own_words(r, u, cue, limit);
    }
    bool self = limit > cue->end && (kh_trait_at(r, cue->end, NULL) & KH_TRAIT_SELF);
    if (self || cue->form->continues) {
        kh_who who = kh_nobody();
        who.first = cue->end;
        who.end = self ? cue->end + 2 : cue->end;
        return who;
    }
    uint32_t from = source_begin(r, cue, limit);
    uint32_t noun = german ? kh_noun_phrase_end(r, from, limit) : from;
    kh_who who = kh_who_in(r, from, noun > from ? noun : limit, true);
    return noun > from ? who_of_noun_phrase(r, u, who, from, noun, limit) : who_of_words(r, who, from, limit);
}

/* The comma that closes the name behind token I; LIMIT when none is near. */
static uint32_t comma_behind(const kh_reader *r, uint32_t i, uint32_t limit)
{
    for (uint32_t j = i; j < limit && j < i + KH_GAP_MAX; j++) {
        if (kh_is_comma(r, j) && !kh_marked_around(r, j)) {
            return j;
        }
    }
    return limit;
}

/* "به گزارش", "نقلا عن" before a person or an office is speech; before anything else it is a credit. */
static bool is_speaker_of_chain(const kh_reader *r, const kh_who *who)
{
    if (who->kind == KH_WHO_NAME) {
        return r->art->names.items[who->name].type == KH_NAME_PERSON;
    }
    bool office = who->kind == KH_WHO_ROLE && (who->role->kind == KH_ROLEWORD_PERSON || who->role->kind == KH_ROLEWORD_BODY);
    return office && !kh_str_eq(who->role->id, KH_STR("journalist")) && !kh_str_eq(who->role->id, KH_STR("reporter")) &&
           !kh_str_eq(who->role->id, KH_STR("correspondent"));
}

/* "The yard, according to one report, employs ...": the clause goes on behind the comma that closes the
 * phrase, unless a conjunction opens another. */
static void give_rest(kh_reader *r, kh_unit *u, size_t index, uint32_t name_end)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t comma = comma_behind(r, name_end, u->end);
    uint32_t other = KH_TRAIT_BREAK | KH_TRAIT_CONJUNCTION | KH_TRAIT_RELATIVE;
    bool opened = cue->first > u->first && kh_is_comma(r, cue->first - 1);
    if (!opened || comma + KH_CONTENT_MIN >= u->end || (kh_trait_at(r, comma + 1, NULL) & other)) {
        return;
    }
    kh_who same = kh_nobody();
    kh_quotation *rest = kh_quotation_give(r, u, NULL, comma + 1, kh_clause_end(r, u, index, comma + 1), KH_FORM_INDIRECT, &same);
    if (rest) {
        rest->continues = true;
    }
}

/* Her answer was: "Who is it?" The caller is a clerk, according to ...: marks that end in ? or ! before a capital
 * leave the clause behind them. */
static uint32_t behind_question(const kh_reader *r, uint32_t from, uint32_t end)
{
    const kh_marked *m = kh_is_english(r) ? kh_mark_last(r, from, end) : NULL;
    bool asks = m && m->closed && m->close + KH_CONTENT_MIN < end &&
                (kh_token_is(kh_reader_token(r, m->end - 1), "?") || kh_token_is(kh_reader_token(r, m->end - 1), "!"));
    return asks && (kh_reader_token(r, m->close)->flags & KH_CAPITAL) ? m->close : from;
}

/* The words of the phrase and whose they are. */
typedef struct phrase {
    const kh_cue *cue;
    size_t index;
    kh_who who;
    bool postposed;
    uint32_t before;   /* where phrase and name begin */
    uint32_t name_end; /* behind them */
} phrase;

/* Is the phrase a credit, or does it name nobody and say nothing. */
static bool is_idle(kh_reader *r, const phrase *p)
{
    const kh_said_form *form = p->cue->form;
    bool self = p->who.kind == KH_WHO_NONE && (form->continues || p->who.end > p->who.first);
    bool credits = r->lead && kh_who_is_agency(r, &p->who); /* the whole report is the agency's */
    bool nobody = p->who.kind == KH_WHO_NONE && !self && form->stance == KH_STANCE_NEUTRAL;
    return credits || nobody || (form->chain && !is_speaker_of_chain(r, &p->who));
}

/* Behind what opens the clause that the phrase stands before: فإن, Urdu ہے کہ. */
static uint32_t behind_opener(const kh_reader *r, uint32_t begin, uint32_t end)
{
    if (begin < end && kh_token_is(kh_reader_token(r, begin), "فان")) { /* بحسب فلان، فإن ... */
        begin++;
    }
    bool urdu = (r->order & KH_ORDER_SUBJECT_FIRST) != 0;
    for (uint32_t i = begin; urdu && i + 1 < end && i <= begin + 1; i++) {
        uint32_t behind = 0;
        if (kh_is_that(r, i, &behind)) { /* کا کہنا ہے کہ */
            return behind;
        }
    }
    return begin;
}

/* The clause behind the phrase, which opens it. German has no comma there. */
static void read_clause_behind(kh_reader *r, kh_unit *u, const phrase *p)
{
    bool german = (r->order & KH_ORDER_THAT_AFTER_COMMA) && (r->order & KH_ORDER_BARE_CLAUSE);
    uint32_t comma = german ? u->end : comma_behind(r, p->name_end, u->end);
    uint32_t begin = behind_opener(r, comma < u->end ? comma + 1 : p->name_end, u->end);
    if (begin < u->end) {
        kh_clause_give(r, u, p->cue, begin, kh_clause_end(r, u, p->index, begin), &p->who);
    }
}

static phrase phrase_of(kh_reader *r, const kh_unit *u, size_t index)
{
    phrase p = {.cue = &u->cues.items[index], .index = index};
    p.postposed = kh_trait_at(r, p.cue->first, NULL) & KH_TRAIT_POSTPOSITION;
    p.who = who_of_phrase(r, u, index, p.postposed);
    uint32_t limit = kh_next_cue(u, index, u->end);
    p.who = p.postposed ? p.who : kh_who_apposed(r, kh_who_titled(r, p.who, limit), limit);
    bool apart = p.postposed || ((r->order & KH_ORDER_FRAGMENTS_APART) && p.cue->form->continues);
    p.name_end = !apart && p.who.end > p.cue->end ? p.who.end : p.cue->end;
    p.before = p.postposed && p.who.kind != KH_WHO_NONE ? p.who.first : p.cue->first;
    return p;
}

void kh_phrase_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    from = behind_question(r, from, cue->first);
    if (keeps_distance(r, u, cue)) {
        return;
    }
    phrase p = phrase_of(r, u, index);
    if (is_idle(r, &p)) {
        return;
    }
    bool english = kh_is_english(r);
    const kh_marked *left = kh_mark_left(r, u, cue);
    bool own = left && (!english || p.before <= left->close + 1); /* "...", according to X */
    if (own && !kh_quotation_taken(r, u, kh_text_span(r->text, left->first, left->end))) {
        kh_quotation_give(r, u, cue, left->first, left->end, KH_FORM_DIRECT, &p.who);
        return;
    }
    kh_anchor a = kh_cue_anchor(r, u, index);
    bool mark = a.kind == KH_ANCHOR_MARK && a.at <= p.name_end + 2;
    if (english && from > u->first && p.before < from + KH_LONG_MARK && !mark) {
        return; /* "...," she said in May, according to the paper: her words are given */
    }
    if (p.before < from + KH_CONTENT_MIN || mark) {
        read_clause_behind(r, u, &p);
        return;
    }
    size_t count = r->art->quotations.count;
    kh_clause_give(r, u, cue, from, p.before, &p.who);
    if (english && r->art->quotations.count > count) {
        give_rest(r, u, index, p.name_end);
    }
}

/* ---- marks without a cue ---- */

bool kh_mark_distanced(const kh_reader *r, const kh_marked *m)
{
    for (uint32_t back = 1; back <= 4 && m->open >= back; back++) {
        kh_match match;
        if (kh_phrases_match(r->know->hedges, r->text, m->open - back, r->lang, KH_CLITICS, &match) && match.value == KH_STANCE_DOUBT &&
            match.end + 1 >= m->open) {
            return true;
        }
    }
    return false;
}

/* Two words or more that begin small: not a name, and part of somebody's sentence. */
static bool is_fragment(const kh_reader *r, const kh_marked *m)
{
    const kh_token *t = kh_reader_token(r, m->first);
    bool cased = t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
    return m->end - m->first > 1 && cased && t->kind == KH_WORD && !(t->flags & KH_CAPITAL);
}

/* «A», said X. «B»: nothing but the attribution of A stands between it and B; or the line before ended
 * with his words, or inside of its marks, and this one opens them again. */
static bool continues_last(const kh_reader *r, const kh_unit *u, const kh_unit *before, const kh_marked *m)
{
    const kh_quotations *list = &r->art->quotations;
    bool own =
        (r->order & KH_ORDER_FRAGMENTS_APART) && (kh_reader_token(r, m->first)->flags & KH_CAPITAL); /* kept apart, as fragments are */
    if (list->count == 0 || m->open != u->first || own) {
        return false;
    }
    const kh_quotation *last = &list->items[list->count - 1];
    bool verbatim = last->form == KH_FORM_DIRECT || last->form == KH_FORM_PARTIAL;
    uint32_t at = (uint32_t)kh_text_token_at(r->text, last->span.begin);
    if (!before) {
        return verbatim && (r->unclosed || at >= r->last_unit);
    }
    bool interrupted = last->continues || last->cue.begin >= last->span.end;
    return verbatim && interrupted && at >= before->first;
}

/* "Where is my vote?", the crowd wants to know: marks at the head of the sentence round one that asks or cries. */
static bool is_outcry(const kh_reader *r, const kh_unit *u, const kh_marked *m)
{
    const kh_token *last = kh_reader_token(r, m->end - 1);
    return m->open == u->first && m->closed && m->end - m->first >= KH_CONTENT_MIN && last->kind == KH_PUNCT &&
           (kh_token_is(last, "?") || kh_token_is(last, "!"));
}

/* Long marked words inside of a sentence, or a fragment where it shows that somebody is quoted. */
static void read_partial(kh_reader *r, kh_unit *u, const kh_marked *m)
{
    kh_who who = kh_who_in(r, u->first, m->open, true);
    kh_agent kept = r->agent;
    if (who.kind == KH_WHO_NONE && m->end - m->first < KH_LONG_MARK) {
        if (!(r->order & KH_ORDER_FRAGMENTS_APART) || kh_mark_distanced(r, m)) {
            return;
        }
        r->agent = (kh_agent){.name = KH_NO_NAME}; /* somebody's words, nobody knows whose */
    }
    kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_PARTIAL, &who);
    r->agent = r->agent.known ? r->agent : kept;
}

/* A word held at arm's length: nobody is its speaker. */
static void read_scare(kh_reader *r, kh_unit *u, const kh_marked *m)
{
    kh_who who = kh_nobody();
    kh_agent kept = r->agent;
    r->agent = (kh_agent){.name = KH_NO_NAME};
    kh_quotation *q = kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_SCARE, &who);
    if (q) {
        q->stance = KH_STANCE_SCARE;
    }
    r->agent = kept;
}

/* May marked words M behind a colon be what the words before it announce. */
static bool is_announced(const kh_reader *r, const kh_unit *u, const kh_marked *m)
{
    bool colon = m->open > u->first && kh_token_is(kh_reader_token(r, m->open - 1), ":");
    bool long_words = m->end - m->first >= KH_LONG_MARK && m->closed;
    bool last_words = m->closed && m->close + 1 >= u->end && kh_reader_token(r, m->end - 1)->kind == KH_PUNCT;
    return colon && (m->open - u->first <= KH_GAP_MAX || long_words || last_words);
}

void kh_mark_read(kh_reader *r, kh_unit *u, const kh_unit *before, const kh_marked *m)
{
    uint32_t size = m->end - m->first;
    bool whole = 10 * (m->close - m->open) >= 7 * (u->end - u->first);
    bool fragments = !(r->order & KH_ORDER_BARE_CLAUSE) || (r->order & KH_ORDER_FRAGMENTS_APART);
    if (is_announced(r, u, m)) {
        kh_who who = kh_who_in(r, u->first, m->open - 1, true);
        kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_DIRECT, &who);
    } else if (whole && size >= KH_CONTENT_MIN && !r->title) {
        kh_who who = kh_nobody();
        bool continues = continues_last(r, u, before, m);
        kh_quotation *q = kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_DIRECT, &who);
        if (q) {
            q->continues = continues;
        }
    } else if (is_outcry(r, u, m) && !r->title) {
        kh_who who = {.kind = KH_WHO_OTHER, .name = KH_NO_NAME}; /* nobody whom a cue names */
        kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_DIRECT, &who);
    } else if (size >= KH_LONG_MARK || (fragments && is_fragment(r, m))) {
        read_partial(r, u, m);
    } else if (kh_mark_distanced(r, m)) {
        read_scare(r, u, m);
    }
}
