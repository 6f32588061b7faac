/* quotations_anchors.c - the clause that a cue governs: where it begins and where it ends.
 *
 * Decides where reported speech begins and ends. Example:
 *   وحذر من أن النهر مهدد بالجفاف، حيث تتراجع الأمطار ...
 * has the cue حذر (warn), the complementiser أن, and the clause النهر ... بالجفاف : the comma with حيث
 * opens what the reporter adds.
 *
 * Method: from a cue to the right, the first of complementiser, colon and quotation mark is its anchor, as
 * far as the language allows a speaker and adjuncts between: Persian wants که right behind the verb,
 * Russian a comma before что, Arabic lets long appositions stand between; English and German may leave the
 * complementiser out. A clause ends at the end of the sentence, at a semicolon, before the next cue of the
 * same level, and where a comma and a word of the table's `break` open a remark of the reporter.
 *
 * Gets wrong: a clause that goes on behind a remark.
 */
#include "claims/quotations_private.h"

enum { FAR = 45, NEAR = 14 };

/* Acts whose verb takes a whole clause without a complementiser in English and German. */
static bool takes_bare_clause(kh_act act)
{
    switch (act) {
    case KH_ACT_SAY:
    case KH_ACT_TELL:
    case KH_ACT_WRITE:
    case KH_ACT_ANNOUNCE:
    case KH_ACT_EXPLAIN:
    case KH_ACT_CONFIRM:
    case KH_ACT_CLAIM:
    case KH_ACT_ADMIT:
    case KH_ACT_CONSIDER:
    case KH_ACT_PREDICT:
    case KH_ACT_WARN:
    case KH_ACT_REPLY: return true;
    default: return false;
    }
}

/* Passes over the hearer, times, channels and adverbials that may stand between the verb and a bare clause. */
static uint32_t pass_adjuncts(const kh_reader *r, uint32_t i, uint32_t end, bool hearer)
{
    while (i < end) {
        uint32_t behind = 0;
        kh_match m;
        uint32_t bits = kh_trait_at(r, i, &behind);
        if ((bits & (KH_TRAIT_TIME | KH_TRAIT_CHANNEL)) || (hearer && (bits & KH_TRAIT_HEARER))) {
            i = behind;
        } else if ((bits & KH_TRAIT_ADJUNCT) && behind < end && (kh_trait_at(r, behind, NULL) & KH_TRAIT_TIME)) {
            kh_trait_at(r, behind, &behind);
            i = behind;
        } else if (hearer && kh_phrases_match(r->know->agencies, r->text, i, r->lang, 0, &m)) {
            i = m.end;
        } else if (hearer && kh_token_is(kh_reader_token(r, i), "the")) {
            i++;
        } else {
            return i;
        }
    }
    return i;
}

/* "told Radio Haven", "told Ada Brill": capitalised words behind a verb of telling. */
static uint32_t pass_hearer_name(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t from = i;
    while (i < end && i < from + 6) {
        const kh_token *t = kh_reader_token(r, i);
        bool hyphen = i > from && kh_token_is(t, "-") && !(t->flags & KH_SPACE_BEFORE);
        if (!hyphen && (!(t->flags & KH_CAPITAL) || kh_token_is(t, "i"))) {
            break;
        }
        i++;
    }
    return i;
}

/* German: "sagte in seiner Rede vor dem Rat, der Hafen werde geschlossen": the clause begins behind a
 * comma further on and stands in the subjunctive. */
static kh_anchor subjunctive_anchor(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t comma = cue->end;
    while (comma < u->end && comma < cue->end + NEAR && !kh_is_comma(r, comma) && !kh_is_punct(r, comma, ":")) {
        comma++;
    }
    if (comma >= u->end || !kh_is_comma(r, comma)) {
        return (kh_anchor){0};
    }
    for (uint32_t i = comma + 1; i < u->end && i < comma + 2 * NEAR; i++) {
        if (!kh_marked_around(r, i) && (kh_trait_at(r, i, NULL) & KH_TRAIT_SUBJUNCTIVE)) {
            return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = comma, .begin = comma + 1};
        }
    }
    return (kh_anchor){0};
}

/* Persian: وزیر گفت جاده بسته است. A participle ("گفته") and a verb with its object before it ("این را
 * گفت") have no clause behind them. */
static kh_anchor clause_behind(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    kh_act act = cue->form->act;
    bool takes = takes_bare_clause(act) || act == KH_ACT_PROMISE || act == KH_ACT_PROPOSE || act == KH_ACT_EXPRESS || act == KH_ACT_REPORT;
    bool object = cue->first > u->first && kh_token_is(kh_reader_token(r, cue->first - 1), "را");
    bool participle = cue->end == cue->first + 1 && kh_str_ends(kh_reader_token(r, cue->first)->key, KH_STR("ه"));
    uint32_t i = cue->end;
    bool adverbial = kh_trait_at(r, cue->end - 1, NULL) & KH_TRAIT_ADJUNCT; /* در گفت وگو با */
    if (!takes || object || participle || adverbial || i + KH_CONTENT_MIN >= u->end || kh_reader_token(r, i)->kind == KH_PUNCT ||
        (kh_trait_at(r, i, NULL) & (KH_TRAIT_CONJUNCTION | KH_TRAIT_BREAK))) {
        return (kh_anchor){0};
    }
    return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i};
}

/* French, Spanish: "affirme ne pas avoir été informé", "asegura no haber sido informado", "dit vouloir partir": an infinitive
 * right behind the verb reports what its subject says of itself. */
static kh_anchor infinitive_behind(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    static const char *const endings[] = {"er", "ir", "re", "ar"};
    kh_act act = cue->form->act;
    bool takes = act == KH_ACT_SAY || act == KH_ACT_CLAIM || act == KH_ACT_CONSIDER || act == KH_ACT_ADMIT || act == KH_ACT_CONFIRM ||
                 act == KH_ACT_ANNOUNCE || act == KH_ACT_EXPRESS || act == KH_ACT_EXPLAIN;
    uint32_t i = cue->end;
    while (i < u->end && i < cue->end + 2 &&
           (kh_token_is(kh_reader_token(r, i), "ne") || kh_token_is(kh_reader_token(r, i), "pas") ||
            kh_token_is(kh_reader_token(r, i), "no") || kh_token_is(kh_reader_token(r, i), "plus"))) {
        i++;
    }
    for (size_t j = 0; takes && i + 1 < u->end && j < sizeof endings / sizeof *endings; j++) {
        const kh_token *t = kh_reader_token(r, i);
        bool verb = t->kind == KH_WORD && !(t->flags & KH_CAPITAL) && t->key.len > 3 && kh_str_ends(t->key, kh_str_z(endings[j]));
        if (verb && !kh_role_at(r, i, &(uint32_t){0}) && u->end > i + KH_CONTENT_MIN) {
            return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = cue->end, .begin = cue->end};
        }
    }
    return (kh_anchor){0};
}

/* Does the subject of the verb stand right behind a comma or marks, so that its words may stand before. */
static bool follows_comma(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t begin = kh_clause_begin(r, u->first, cue->first);
    return begin > u->first + KH_CONTENT_MIN && kh_reader_token(r, begin - 1)->kind == KH_PUNCT;
}

static kh_anchor bare_anchor(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    kh_anchor none = {0};
    bool tell = cue->form->act == KH_ACT_TELL;
    bool comma_needed = (r->order & KH_ORDER_THAT_AFTER_COMMA) != 0; /* German */
    uint32_t i = pass_adjuncts(r, cue->end, u->end, tell);
    if (tell && i == cue->end) {
        i = pass_adjuncts(r, pass_hearer_name(r, i, u->end), u->end, false);
    }
    bool told_to =
        tell && i > cue->end && i + 2 < u->end && !comma_needed && kh_token_is(kh_reader_token(r, i), "to"); /* told Dane to leave */
    if (told_to) {
        return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i};
    }
    bool dated = cue->form->act == KH_ACT_REPORT && i > cue->end; /* reported on Monday the ... had */
    if (i + 2 >= u->end || !(takes_bare_clause(cue->form->act) || dated)) {
        return none;
    }
    if (comma_needed) {
        return kh_is_comma(r, i) ? (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i + 1} : subjunctive_anchor(r, u, cue);
    }
    uint32_t bits = kh_trait_at(r, i, NULL);
    bool about = (bits & KH_TRAIT_ADJUNCT) && kh_reader_token(r, i + 1)->kind == KH_NUMBER; /* "about 4,200", "in 2020" */
    if (about) {
        return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i};
    }
    if (kh_reader_token(r, i)->kind == KH_PUNCT || (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION | KH_TRAIT_BREAK))) {
        bool clause_opener = (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION)) && cue->form->act == KH_ACT_SAY && i == cue->end &&
                             u->end - i > 8 && !follows_comma(r, u, cue); /* "..., he said after a walk" */
        return clause_opener ? (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i} : none;
    }
    return (kh_anchor){.kind = KH_ANCHOR_BARE, .at = i, .begin = i};
}

static bool that_allowed(const kh_reader *r, const kh_cue *cue, uint32_t i)
{
    if (r->order & KH_ORDER_THAT_TOUCHES) {
        uint32_t hearer = KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CHANNEL | KH_TRAIT_HEARER;
        bool inserted = i > cue->end && kh_is_comma(r, cue->end) && kh_is_comma(r, i - 1);
        return i <= cue->end + 1 || ((r->order & KH_ORDER_THAT_AFTER_HEARER) && (inserted || (kh_trait_at(r, cue->end, NULL) & hearer)));
    }
    if ((r->order & KH_ORDER_THAT_AFTER_COMMA) && !(r->order & KH_ORDER_BARE_CLAUSE)) {
        kh_match m;
        bool own_comma = kh_phrases_match(r->know->thats, r->text, i, r->lang, 0, &m) && m.end > i + 1;
        return kh_is_comma(r, i - 1) || own_comma;
    }
    if (r->order & KH_ORDER_BARE_CLAUSE) { /* English: a "that" further on belongs to a word inside the clause */
        uint32_t open = pass_adjuncts(r, cue->end, i, true);
        uint32_t bits = open < i ? kh_trait_at(r, open, NULL) : 0;
        bool plain = cue->form->act == KH_ACT_TELL || cue->form->act == KH_ACT_WARN || cue->form->phrase || cue->participle;
        return open >= i || (bits & KH_TRAIT_ADJUNCT) || (plain && i < cue->end + 8) || kh_is_comma(r, i - 1);
    }
    return true;
}

static kh_anchor mark_anchor(const kh_reader *r, uint32_t i)
{
    const kh_marked *m = kh_marked_at(r, i);
    return (kh_anchor){.kind = KH_ANCHOR_MARK, .at = i, .begin = m->first, .mark = m};
}

/* Persian and Urdu forms may hold the complementiser themselves: "کہا کہ". */
static bool form_ends_in_that(const kh_reader *r, const kh_cue *cue)
{
    uint32_t end = 0;
    return (r->order & KH_ORDER_THAT_TOUCHES) && cue->end > cue->first + 1 && kh_is_that(r, cue->end - 1, &end) && end == cue->end;
}

/* Do marks M at token I hold a name that the verb is not about: a newspaper, a title, the name of a body. */
static bool names_only(const kh_reader *r, const kh_cue *cue, const kh_marked *m, uint32_t i)
{
    bool describes = cue->form->act == KH_ACT_DESCRIBE;
    bool name = !describes && (kh_mark_holds_name(r, m) || kh_mark_is_medium(r, m));
    bool touches = kh_is_english(r) && i == cue->end + 1 && kh_is_comma(r, cue->end);
    bool title = i > cue->end && !touches && !kh_token_is(kh_reader_token(r, i - 1), ":") &&
                 !(kh_trait_at(r, i - 1, NULL) & KH_TRAIT_AS) && /* riefen Sprüche wie „X“ */
                 !describes && kh_mark_is_name(r, m);
    return name || title || (i > cue->end && kh_mark_names_office(r, m));
}

/* Does another cue of the unit, from index *NEXT on, begin at token I. */
static bool is_other_cue(const kh_unit *u, size_t *next, uint32_t i)
{
    while (*next < u->cues.count && u->cues.items[*next].first < i) {
        ++*next;
    }
    return *next < u->cues.count && u->cues.items[*next].first == i && !u->cues.items[*next].relative;
}

/* The colon at token I ties the cue to what follows; none behind a REMARK unless marks follow, or far from the verb. */
static kh_anchor colon_anchor(const kh_reader *r, const kh_cue *cue, uint32_t i, bool remark)
{
    bool mark = i + 1 < r->line_end && kh_marked_at(r, i + 1);
    if ((i > cue->end + 6 && !(r->order & KH_ORDER_VERB_FIRST)) || (remark && !mark)) {
        return (kh_anchor){0};
    }
    return mark ? mark_anchor(r, i + 1) : (kh_anchor){.kind = KH_ANCHOR_COLON, .at = i, .begin = i + 1};
}

/* The words behind the cue when no complementiser, colon or mark ties them. */
static kh_anchor untied_anchor(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    if (cue->form->phrase) {
        return (kh_anchor){0};
    }
    if (r->order & KH_ORDER_BARE_BEHIND) {
        return clause_behind(r, u, cue);
    }
    if ((r->order & KH_ORDER_THAT_AFTER_HEARER) && !cue->participle) {
        return infinitive_behind(r, u, cue);
    }
    return r->order & KH_ORDER_BARE_CLAUSE ? bare_anchor(r, u, cue) : (kh_anchor){0};
}

kh_anchor kh_cue_anchor(kh_reader *r, const kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t reach = cue->end + ((r->order & KH_ORDER_VERB_FIRST) ? FAR : NEAR);
    uint32_t limit = reach < u->end ? reach : u->end;
    size_t next = index + 1;
    if (cue->form->bound) {
        return (kh_anchor){.kind = KH_ANCHOR_THAT, .at = cue->end, .begin = cue->end};
    }
    if (form_ends_in_that(r, cue)) {
        return (kh_anchor){.kind = KH_ANCHOR_THAT, .at = cue->end - 1, .begin = cue->end};
    }
    bool remark = false; /* ، وهو خباز نجا: only a colon and a mark can still follow */
    for (uint32_t i = cue->end; i < limit; i++) {
        uint32_t behind = 0;
        const kh_marked *m = kh_marked_at(r, i);
        if (m && names_only(r, cue, m, i)) {
            i = m->close > i ? m->close - 1 : i;
            continue;
        }
        if (m && !remark) {
            return mark_anchor(r, i);
        }
        if (is_other_cue(u, &next, i) || kh_is_punct(r, i, ";")) {
            break;
        }
        if (kh_is_punct(r, i, ":")) {
            kh_anchor colon = colon_anchor(r, cue, i, remark);
            if (colon.kind == KH_ANCHOR_NONE) {
                break;
            }
            return colon;
        }
        if (!remark && kh_is_that(r, i, &behind) && that_allowed(r, cue, i)) {
            behind += behind < u->end && kh_is_comma(r, behind);
            return (kh_anchor){.kind = KH_ANCHOR_THAT, .at = i, .begin = behind};
        }
        remark = remark || (i > cue->end && kh_is_comma(r, i - 1) && (kh_trait_at(r, i, NULL) & KH_TRAIT_BREAK));
    }
    return untied_anchor(r, u, cue);
}

/* ---- the end of a clause ---- */

/* Persian: the verb at the end is the clause's own, unless "and" stands near before cue C. */
static uint32_t part_at_and(const kh_reader *r, const kh_cue *c, uint32_t begin)
{
    for (uint32_t i = c->first; i > begin && i + 4 > c->first; i--) {
        if (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_CONJUNCTION) {
            return i - 1;
        }
    }
    return begin;
}

/* Behind the comma or at the conjunction before the subject of cue C; BEGIN for one clause: "rattled" and
 * "frustrated" by opposition to ... */
static uint32_t part_at_subject(const kh_reader *r, const kh_cue *head, const kh_cue *c, uint32_t begin)
{
    bool svo = (r->order & KH_ORDER_BARE_CLAUSE) != 0;
    uint32_t joins = svo ? KH_TRAIT_COORDINATOR : KH_TRAIT_CONJUNCTION;
    for (uint32_t i = c->first; i > begin && i + 12 > c->first; i--) {
        uint32_t behind = 0;
        if (kh_is_comma(r, i - 1)) {
            bool inner = svo && head->form->act == KH_ACT_SAY && !c->form->phrase && (kh_trait_at(r, i, NULL) & KH_TRAIT_RELATIVE);
            return inner ? begin : i; /* Vote for Dane, whom he called late, or ... */
        }
        bool joined = i > begin + 1 && kh_marked_around(r, i - 2) && kh_marked_at(r, i);
        if (!joined && (kh_trait_at(r, i - 1, &behind) & joins) && behind == i) {
            return i - 1;
        }
    }
    return begin;
}

/* The token at which the part of cue C begins, in the clause of cue HEAD: behind the comma or conjunction before its subject. BEGIN when
 * nothing parts it from the clause: it is reported itself. */
static uint32_t part_of_cue(const kh_reader *r, const kh_cue *head, const kh_cue *c, uint32_t begin)
{
    bool svo = (r->order & KH_ORDER_BARE_CLAUSE) != 0;
    bool apart = c->first > begin && kh_reader_token(r, c->first - 1)->kind == KH_PUNCT;
    if (c->form->phrase || (c->participle && (apart || !svo))) {
        return c->first;
    }
    bool second = head->participle && c->participle && c->first > begin + KH_CONTENT_MIN &&
                  (kh_trait_at(r, c->first - 1, NULL) & KH_TRAIT_COORDINATOR);
    if (second) {
        return c->first - 1; /* saying that the bill was sound | and arguing that */
    }
    if (c->participle || c->form->noun) {
        return begin; /* that they should respond by | claiming more */
    }
    if (r->order & KH_ORDER_SUBJECT_FIRST) {
        return part_at_and(r, c, begin);
    }
    bool comma = c->first > begin && kh_is_comma(r, c->first - 1);
    if ((r->order & KH_ORDER_VERB_FIRST) && (c->clitic || comma)) {
        return c->first;
    }
    return part_at_subject(r, head, c, begin);
}

static uint32_t trim_end(const kh_reader *r, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        const kh_token *t = kh_reader_token(r, end - 1);
        bool stop = t->kind == KH_PUNCT && (kh_token_is(t, ".") || kh_token_is(t, ",") || kh_token_is(t, ";") || kh_token_is(t, ":") ||
                                            kh_token_is(t, "-") || t->cp == 0x6D4);
        if (!stop) {
            break;
        }
        end--;
    }
    return end;
}

/* English: "..., and he left", "..., but they stayed" goes on with what somebody did: a comma, a
 * coordinator and a pronoun as subject open the reporter's next clause. */
static bool opens_next_clause(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t behind = 0;
    kh_match m;
    return (r->order & KH_ORDER_BARE_CLAUSE) && kh_is_comma(r, i) && i + 2 < end &&
           (kh_trait_at(r, i + 1, &behind) & KH_TRAIT_COORDINATOR) && behind < end &&
           kh_phrases_match(r->know->pronouns, r->text, behind, r->lang, 0, &m) && m.value == 1;
}

/* Does the clause of the cue hang on a conjunction that opens the sentence: "After the mayor asked
 * people to leave, ..." - then it ends at the next comma. */
static bool is_subordinate(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t bits = kh_trait_at(r, u->first, NULL);
    bool opens = (bits & KH_TRAIT_CONJUNCTION) && !(bits & KH_TRAIT_COORDINATOR);
    for (uint32_t i = u->first; i < cue->first && opens; i++) {
        opens = !kh_is_comma(r, i);
    }
    if (!opens && kh_is_english(r)) { /* ..., and while he said he would stay, it is late */
        uint32_t begin = kh_clause_begin(r, u->first, cue->first);
        uint32_t before = begin > u->first ? kh_trait_at(r, begin - 1, NULL) : 0;
        opens = (before & KH_TRAIT_CONJUNCTION) && (before & KH_TRAIT_BREAK);
    }
    return opens && (r->order & KH_ORDER_BARE_CLAUSE) && !cue->form->phrase;
}

/* SVO languages: do the words FIRST..END, before a comma, only say when or where: "that in March, ...". */
static bool is_adverbial(const kh_reader *r, uint32_t first, uint32_t end)
{
    bool svo = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST | KH_ORDER_CONTENT_BEFORE));
    if (!svo || end > first + KH_GAP_MAX || !(kh_trait_at(r, first, NULL) & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION))) {
        return false;
    }
    for (uint32_t i = first; i < end; i++) {
        if (kh_is_comma(r, i)) {
            return false;
        }
    }
    return true;
}

/* English: "rigged," angering many; "losing the port," part of it: behind marks that hold their comma, a participle
 * or a remark of the reporter. */
static bool remarks_behind(const kh_reader *r, const kh_marked *m, uint32_t end)
{
    if (!kh_is_english(r) || !m->closed || m->close + 1 >= end || !kh_is_comma(r, m->end - 1)) {
        return false;
    }
    const kh_token *t = kh_reader_token(r, m->close);
    uint32_t bits = kh_trait_at(r, m->close, NULL);
    bool conjunction = (bits & KH_TRAIT_CONJUNCTION) && !(bits & KH_TRAIT_COORDINATOR);
    return conjunction || (bits & KH_TRAIT_BREAK) || (t->key.len > 4 && kh_str_ends(t->key, KH_STR("ing")));
}

uint32_t kh_clause_end(kh_reader *r, const kh_unit *u, size_t index, uint32_t begin)
{
    bool subordinate = is_subordinate(r, u, &u->cues.items[index]);
    uint32_t end = u->end;
    for (size_t j = 0; j < u->cues.count; j++) {
        const kh_cue *c = &u->cues.items[j];
        if (j == index || c->first <= begin || c->first >= end || c->relative) {
            continue;
        }
        uint32_t part = part_of_cue(r, &u->cues.items[index], c, begin);
        if (part > begin && kh_is_comma(r, part - 1) && is_adverbial(r, begin, part - 1)) {
            continue; /* that in March, Dane described ...: one clause */
        }
        bool joined_names =
            part < begin + KH_CONTENT_MIN && part + 1 < c->first && !kh_is_comma(r, part - 1); /* Mills | and another aide asked */
        if (part > begin && part < end && !joined_names) {
            end = part;
        }
    }
    for (uint32_t i = begin; i < end; i++) {
        const kh_marked *m = kh_marked_at(r, i);
        if (m) {
            end = remarks_behind(r, m, end) ? m->close : end;
            i = m->close > i ? m->close - 1 : i;
            continue;
        }
        bool breaks = i > begin && kh_is_comma(r, i - 1) && (kh_trait_at(r, i, NULL) & KH_TRAIT_BREAK);
        if (breaks || kh_is_punct(r, i, ";") || (i > begin && opens_next_clause(r, i, end)) ||
            (subordinate && i > begin && kh_is_comma(r, i))) {
            end = i;
        }
    }
    return trim_end(r, begin, end);
}
