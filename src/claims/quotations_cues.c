/* quotations_cues.c - the words that say "this was said".
 *
 * Decides which words of a sentence report speech. Example: in
 *   وحذر من أن النهر مهدد بالجفاف
 * حذر (warn) does; in "its claims" the same form is a noun, in يُعتقد a passive without a speaker, in
 * "a union-backed plan" a participle, and in "بعد أن" the أن is part of a conjunction and opens nothing.
 *
 * Method: verbs and attribution phrases come from the tables; a form is dropped where its neighbours (a
 * determiner, a negator, a hedge, "by", a missing German particle) show that nobody says anything. What a
 * cue governs is quotations_anchors.c. Patterns after GenderGapTracker and the ADAQ rules.
 *
 * Gets wrong: a verb form that is a noun in its place ("its claims") beyond the determiners in the table.
 */
#include "claims/quotations_private.h"

enum { CUES_MAX = 64 };

/* ---- small questions ---- */

bool kh_is_comma(const kh_reader *r, uint32_t i)
{
    return kh_token_is(kh_reader_token(r, i), ",");
}

bool kh_is_punct(const kh_reader *r, uint32_t i, const char *key)
{
    const kh_token *t = kh_reader_token(r, i);
    return t->kind == KH_PUNCT && kh_token_is(t, key);
}

uint32_t kh_trait_at(const kh_reader *r, uint32_t i, uint32_t *end)
{
    kh_match m;
    if (!kh_phrases_match(r->know->traits, r->text, i, r->lang, 0, &m)) {
        return 0;
    }
    if (end) {
        *end = m.end;
    }
    return m.value;
}

size_t kh_marks_from(const kh_reader *r, uint32_t i)
{
    size_t low = 0, high = r->marks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->marks.items[middle].open < i) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const kh_marked *kh_marked_at(const kh_reader *r, uint32_t i)
{
    size_t at = kh_marks_from(r, i);
    return at < r->marks.count && r->marks.items[at].open == i ? &r->marks.items[at] : NULL;
}

const kh_marked *kh_marked_around(const kh_reader *r, uint32_t i)
{
    size_t behind = kh_marks_from(r, i + 1);
    const kh_marked *m = behind > 0 ? &r->marks.items[behind - 1] : NULL;
    return m && m->open <= i && i < m->close ? m : NULL;
}

/* Is the word before I one that makes a complementiser at I a conjunction: "بعد أن". */
static bool makes_conjunction(const kh_reader *r, uint32_t i)
{
    if (kh_trait_at(r, i, NULL) & KH_TRAIT_NOT_THAT) {
        return true;
    }
    return i > 0 && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_NOT_THAT);
}

bool kh_is_that(const kh_reader *r, uint32_t i, uint32_t *end)
{
    kh_match m;
    if (!kh_phrases_match(r->know->thats, r->text, i, r->lang, 0, &m) || makes_conjunction(r, i)) {
        return false;
    }
    *end = m.end;
    return true;
}

/* ---- cues ---- */

/* Is a negator right before token I. "did not respond" is a cue of its own and is found before. */
static bool is_negated(const kh_reader *r, uint32_t first, uint32_t i)
{
    kh_match m;
    for (uint32_t back = 1; back <= 2 && i >= first + back; back++) {
        if (kh_phrases_match(r->know->negators, r->text, i - back, r->lang, 0, &m) && m.end == i) {
            return true;
        }
    }
    return false;
}

/* German: the separated particle at the end of the clause of the verb at I. */
static bool particle_follows(const kh_reader *r, uint32_t i, uint32_t end, kh_str particle)
{
    for (uint32_t j = i + 1; j < end && j < i + 30; j++) {
        if (kh_str_eq(kh_reader_token(r, j)->key, particle)) {
            bool closes = j + 1 == end || kh_reader_token(r, j + 1)->kind == KH_PUNCT;
            return closes || j == i + 1;
        }
    }
    return false;
}

static bool is_feminine(const kh_reader *r, uint32_t i, uint32_t clitic)
{
    kh_str key = kh_str_from(kh_reader_token(r, i)->key, clitic);
    if (clitic == 0 && kh_str_starts(key, KH_STR("و")) && key.len > 8) {
        key = kh_str_from(key, 2);
    }
    return kh_str_ends(key, KH_STR("ت")) || kh_str_starts(key, KH_STR("ت"));
}

/* A verb form that is a noun where it stands: behind a determiner, or written with a capital inside a sentence. */
static bool is_noun_here(const kh_reader *r, uint32_t first, uint32_t i)
{
    const kh_token *t = kh_reader_token(r, i);
    if (i == first || (r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST))) {
        return false;
    }
    const kh_token *before = kh_reader_token(r, i - 1);
    bool capital = (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START) && !r->headline &&
                   !(before->flags & KH_CAPITAL && before->kind == KH_PUNCT);
    const kh_marked *m = kh_marked_around(r, i - 1);
    bool closes = m && m->closed && m->close == i && !m->single; /* ''Stay,'' said Dane */
    return capital || (!closes && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_NOUN_BEFORE));
}

/* Arabic يُعتقد : a damma on the first letter makes the verb passive; nobody speaks. */
static bool is_passive(const kh_reader *r, uint32_t i, uint32_t clitic)
{
    kh_str word = kh_text_slice(r->text, kh_reader_token(r, i)->span);
    word = kh_str_from(word, kh_text_inside(r->text, i, clitic) - kh_reader_token(r, i)->span.begin);
    size_t n = 0;
    return word.len > 4 && kh_utf8_at(word, 0, &n) && kh_str_starts(kh_str_from(word, n), KH_STR("\u064f"));
}

/* Arabic: ويدعى حسن tells his name and is not يدّعي "claims", which a page may write alike only before its complementiser. */
static bool is_called(const kh_reader *r, uint32_t i, uint32_t end, const kh_said_form *form)
{
    kh_str word = kh_text_slice(r->text, kh_reader_token(r, i)->span);
    uint32_t behind = 0;
    return form->act == KH_ACT_CLAIM && kh_str_ends(word, KH_STR("دعى")) && kh_str_ends(form->head, KH_STR("دعي")) &&
           !(end < r->line_end && kh_is_that(r, end, &behind));
}

/* "لا يزال يعتقد", "is believed to": the words belong to a hedge, which has no speaker. */
static bool in_hedge(const kh_reader *r, const kh_unit *u, uint32_t i, uint32_t end)
{
    for (uint32_t back = 0; back <= 2 && i >= u->first + back; back++) {
        kh_match m;
        if (kh_phrases_match(r->know->hedges, r->text, i - back, r->lang, 0, &m) && m.end >= end) {
            return true;
        }
    }
    return false;
}

/* A form that is another word without its marks (بين "between", عبر "via") speaks only right before the speech,
 * or where the page writes the shadda. */
static bool speaks_at_once(const kh_reader *r, uint32_t i, uint32_t end)
{
    kh_match pronoun = {0};
    if (i > 0 && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_AUXILIARY)) {
        return true;
    }
    bool svo = (r->order & KH_ORDER_BARE_CLAUSE) && i > 0;
    if (svo && kh_phrases_match(r->know->pronouns, r->text, i - 1, r->lang, 0, &pronoun) && pronoun.value == 1 &&
        pronoun.end == i) { /* "they state", not "the state" */
        return true;
    }
    if (svo && end + 1 < r->line_end && kh_marked_at(r, end + 1) &&
        kh_phrases_match(r->know->pronouns, r->text, end, r->lang, 0, &pronoun)) {
        return true; /* call them "lone wolves" */
    }
    size_t marks = kh_marks_from(r, i);
    const kh_marked *m = marks > 0 ? &r->marks.items[marks - 1] : NULL;
    if (m && m->close <= i && i - m->close <= 6 && !m->single) { /* "...," she continued */
        return true;
    }
    if (svo && end + 1 < r->line_end && kh_is_comma(r, end) && kh_marked_at(r, end + 1) &&
        kh_str_ends(kh_reader_token(r, i)->key, KH_STR("ing"))) {
        return true; /* a sign reading, "No way out" */
    }
    uint32_t behind = 0;
    kh_str word = kh_text_slice(r->text, kh_reader_token(r, i)->span);
    bool shadda = kh_str_find(word, KH_STR("\u0651")) < word.len;
    return shadda || (end < r->line_end && (kh_is_that(r, end, &behind) || kh_marked_at(r, end) || kh_is_punct(r, end, ":")));
}

static bool is_by_at(const kh_reader *r, uint32_t i)
{
    return i < r->line_end && kh_token_is(kh_reader_token(r, i), "by");
}

/* English: "opposed by", "a union-backed plan": another is the subject, or nobody says anything. What one is
 * called or asked "by X" is said by X. */
static bool is_passive_participle(const kh_reader *r, uint32_t first, uint32_t i, uint32_t end, kh_act act)
{
    if (!kh_is_english(r)) {
        return false;
    }
    bool joined = i > 0 && kh_token_is(kh_reader_token(r, i - 1), "-") && !(kh_reader_token(r, i)->flags & KH_SPACE_BEFORE);
    bool names = act == KH_ACT_DESCRIBE || (act == KH_ACT_ASK && i == first);
    return joined || (is_by_at(r, end) && !names);
}

/* English: "has been called", "was often described as", "seen by X": who calls it so is not the subject. */
static bool is_passive_verb(const kh_reader *r, uint32_t first, uint32_t i, uint32_t end)
{
    static const char *const forms[] = {"been", "is", "are", "was", "were", "be", "being"};
    while (i > first && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_TIME)) {
        i--;
    }
    for (size_t j = 0; j < sizeof forms / sizeof *forms && i > first; j++) {
        if (kh_token_is(kh_reader_token(r, i - 1), forms[j])) {
            return true;
        }
    }
    return is_by_at(r, end);
}

/* English: "is pledging", "were also telling": a verb of the clause, not a participle beside another. "who had
 * been warning people" tells what they did, and stays none. */
static bool is_progressive(const kh_reader *r, uint32_t first, uint32_t i)
{
    uint32_t helpers = 0;
    while (i > first && (kh_trait_at(r, i - 1, NULL) & (KH_TRAIT_TIME | KH_TRAIT_HELPER))) {
        i--;
        helpers += (kh_trait_at(r, i, NULL) & KH_TRAIT_HELPER) != 0;
    }
    bool relative = i > first && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_RELATIVE);
    return helpers > 0 && !relative;
}

/* "by saying", "accused of claiming": behind a preposition the form is still a verb, beside its clause. */
static bool is_gerund(const kh_reader *r, uint32_t first, uint32_t i)
{
    return (r->order & KH_ORDER_BARE_CLAUSE) && i > first && (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_ADJUNCT);
}

/* English: calls the plan "rotten", cast her as a "fighter", used the term "harbour terror": marked words close
 * behind the verb, no preposition but "as" between. */
static bool describes_at_once(const kh_reader *r, uint32_t end)
{
    for (uint32_t i = end; i < r->line_end && i < end + KH_DESCRIBED_MAX; i++) {
        const kh_marked *m = kh_marked_at(r, i);
        if (m) {
            return !m->single;
        }
        uint32_t bits = i == end && is_by_at(r, i) ? 0 : kh_trait_at(r, i, NULL);
        if (kh_reader_token(r, i)->kind == KH_PUNCT ||
            (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_CONJUNCTION | KH_TRAIT_RELATIVE) && !(bits & KH_TRAIT_AS))) {
            return false;
        }
    }
    return false;
}

/* English: what they are talking about is ...: a preposition left without its noun governs nothing that follows. */
static bool is_stranded(const kh_reader *r, uint32_t first, uint32_t end)
{
    return (r->order & KH_ORDER_BARE_CLAUSE) && end > first + 1 && end < r->line_end &&
           (kh_trait_at(r, end - 1, NULL) & KH_TRAIT_ADJUNCT) && (kh_trait_at(r, end, NULL) & KH_TRAIT_HELPER);
}

/* English: "using a program called WipeIt": behind a noun that nobody named yet and that opens no clause, the word gives a name. */
static bool gives_name(const kh_reader *r, uint32_t first, uint32_t i, uint32_t end)
{
    enum { NOUN_MAX = 4 };
    if (!kh_is_english(r) || end >= r->line_end || !kh_token_is(kh_reader_token(r, i), "called") ||
        !(kh_reader_token(r, end)->flags & KH_CAPITAL)) {
        return false;
    }
    for (uint32_t j = i; j > first + 1 && j + NOUN_MAX > i; j--) {
        const kh_token *t = kh_reader_token(r, j - 1);
        if (t->kind != KH_WORD || kh_trait_at(r, j - 1, NULL)) {
            return false;
        }
        if (kh_is_indefinite_word(r, j - 1)) {
            const kh_token *before = kh_reader_token(r, j - 2);
            return before->kind == KH_WORD && !(kh_trait_at(r, j - 2, NULL) & KH_TRAIT_CONJUNCTION);
        }
    }
    return false;
}

/* What the form at I..END is by the words around it. */
typedef struct verb_use {
    bool described;   /* English: marks close behind it say what it calls a thing */
    bool passive;     /* English: "been called" */
    bool progressive; /* "is saying" */
    bool decline;
} verb_use;

static verb_use use_of(const kh_reader *r, const kh_unit *u, const kh_said_form *form, uint32_t i, uint32_t end)
{
    bool english = kh_is_english(r);
    return (verb_use){.described = english && form->act == KH_ACT_DESCRIBE && describes_at_once(r, end),
                      .passive = english && !form->participle && is_passive_verb(r, u->first, i, end),
                      .progressive = form->participle && is_progressive(r, u->first, i),
                      .decline = form->act == KH_ACT_DECLINE};
}

/* Does the form at match M report nothing where it stands: negated, a noun, a hedge, a name, an ambiguous word far from speech. */
static bool says_nothing(const kh_reader *r, const kh_unit *u, uint32_t i, const kh_match *m, const verb_use *use)
{
    const kh_said_form *form = &r->know->said.items[m->value];
    bool verbal = use->progressive || (form->participle && is_gerund(r, u->first, i)) || (use->passive && use->described);
    bool before = r->order & KH_ORDER_CONTENT_BEFORE; /* what stands before is the content, negated or not */
    return (!use->decline && !before && is_negated(r, u->first, i)) || (!form->bound && !verbal && is_noun_here(r, u->first, i)) ||
           is_passive_participle(r, u->first, i, m->end, form->act) || is_stranded(r, i, m->end) || gives_name(r, u->first, i, m->end) ||
           is_called(r, i, m->end, form) || (!form->impersonal && in_hedge(r, u, i, m->end)) ||
           (m->ambiguous && !use->described && !speaks_at_once(r, i, m->end)) ||
           ((r->order & KH_ORDER_VERB_FIRST) && is_passive(r, i, m->clitic));
}

/* German: FORM, or another with the same first word, whose particle closes the clause; NULL for none. */
static const kh_said_form *form_with_particle(const kh_reader *r, const kh_unit *u, uint32_t i, const kh_said_form *form)
{
    while (form->particle.len && !particle_follows(r, i, u->end, form->particle)) {
        if (!form->other) {
            return NULL;
        }
        form = &r->know->said.items[form->other];
    }
    return form;
}

static bool verb_at(const kh_reader *r, const kh_unit *u, uint32_t i, kh_cue *cue)
{
    kh_match m;
    bool vso = r->order & KH_ORDER_VERB_FIRST;
    if (!kh_phrases_match(r->know->verbs, r->text, i, r->lang, vso ? (unsigned)KH_CLITICS : 0u, &m) || m.end > u->end) {
        return false;
    }
    const kh_said_form *form = &r->know->said.items[m.value];
    kh_str clitic = kh_str_head(kh_reader_token(r, i)->key, m.clitic);
    bool joined = clitic.len == 0 || kh_str_eq(clitic, KH_STR("و")) || kh_str_eq(clitic, KH_STR("ف"));
    verb_use use = form->none || !joined ? (verb_use){0} : use_of(r, u, form, i, m.end);
    if (form->none || !joined || says_nothing(r, u, i, &m, &use)) {
        return false;
    }
    uint32_t comment = use.decline || form->act == KH_ACT_DENY ? kh_comment_of(r, u, i, m.end) : 0;
    form = form->gap && !comment ? NULL : form_with_particle(r, u, i, form);
    if (!form) {
        return false;
    }
    bool w = vso && kh_str_starts(kh_reader_token(r, i)->key, KH_STR("و"));
    *cue = (kh_cue){.first = i,
                    .end = m.end,
                    .span = m.span,
                    .form = form,
                    .clitic = w || m.clitic > 0,
                    .feminine = is_feminine(r, i, m.clitic),
                    .participle = form->participle && !use.progressive,
                    .passive = use.passive,
                    .comment = comment};
    cue->span.begin = kh_reader_token(r, i)->span.begin;
    return true;
}

/* Do longer words at token I, up to END at least, form a phrase that reports nothing: "laut über", "laut geworden". */
static bool is_idle_phrase(const kh_reader *r, uint32_t i, uint32_t end)
{
    kh_match m;
    return kh_phrases_match(r->know->verbs, r->text, i, r->lang, 0, &m) && m.end > end && r->know->said.items[m.value].none;
}

/* An attribution phrase; with a verb right behind it ("وفق ما أعلن", "as he said") the two are one cue. */
static bool phrase_at(const kh_reader *r, const kh_unit *u, uint32_t i, kh_cue *cue)
{
    kh_match m;
    unsigned flags = (r->order & KH_ORDER_VERB_FIRST) ? (unsigned)KH_CLITICS : 0u;
    if (!kh_phrases_match(r->know->attributions, r->text, i, r->lang, flags, &m) || m.end > u->end || is_idle_phrase(r, i, m.end)) {
        return false;
    }
    uint32_t behind = 0;
    bool name = m.end < u->end && (kh_reader_token(r, m.end)->flags & KH_CAPITAL);
    bool parted = i > u->first && (kh_reader_token(r, i - 1)->kind == KH_PUNCT || !(r->order & KH_ORDER_THAT_AFTER_COMMA));
    bool article = m.end < u->end && (r->order & KH_ORDER_THAT_AFTER_COMMA) && (kh_trait_at(r, m.end, NULL) & KH_TRAIT_RELATIVE);
    bool office = false; /* Pour l'économiste Jeanne Roux, */
    for (uint32_t j = m.end; m.ambiguous && i == u->first && j < m.end + 3 && j < u->end && !office; j++) {
        const kh_role_form *role = kh_role_at(r, j, &behind);
        office = role && role->kind == KH_ROLEWORD_PERSON && (r->order & KH_ORDER_THAT_AFTER_HEARER);
    }
    bool romance = (r->order & KH_ORDER_THAT_AFTER_HEARER) != 0;
    if (m.ambiguous && !office && (romance || (!((name || article) && parted) && !kh_is_that(r, m.end, &behind)))) {
        return false;
    }
    *cue = (kh_cue){.first = i, .end = m.end, .span = m.span, .form = &r->know->said.items[m.value], .clitic = m.clitic > 0};
    cue->span.begin = kh_reader_token(r, i)->span.begin;
    kh_cue verb;
    if (m.end < u->end && verb_at(r, u, m.end, &verb) && (r->order & KH_ORDER_VERB_FIRST)) {
        cue->end = verb.end;
        cue->span.end = verb.span.end;
        cue->feminine = verb.feminine;
    }
    return true;
}

static bool in_relative_clause(const kh_reader *r, const kh_unit *u, uint32_t i)
{
    kh_match subject;
    bool english = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    if (english && i > u->first && !(kh_trait_at(r, i - 1, NULL) & KH_TRAIT_RELATIVE) &&
        kh_phrases_match(r->know->pronouns, r->text, i - 1, r->lang, 0, &subject) && subject.value == 1 && subject.end == i) {
        return false; /* "in which she called for": she is the subject */
    }
    for (uint32_t back = 1; back <= 2 && i >= u->first + back; back++) {
        uint32_t end = 0;
        bool comma = i > u->first + back && kh_is_comma(r, i - back - 1);
        if ((kh_trait_at(r, i - back, &end) & KH_TRAIT_RELATIVE) && end <= i) {
            return comma || !(r->order & KH_ORDER_THAT_AFTER_COMMA) ||
                   !(r->order & KH_ORDER_BARE_CLAUSE); /* German "die" is an article elsewhere */
        }
        if (kh_reader_token(r, i - back)->kind == KH_PUNCT) {
            return false;
        }
    }
    return false;
}

void kh_cues_find(kh_reader *r, kh_unit *u)
{
    for (uint32_t i = u->first; i < u->end;) {
        const kh_marked *m = kh_marked_around(r, i);
        kh_cue cue;
        if (m) {
            i = m->close > i ? m->close : i + 1;
            continue;
        }
        if (kh_reader_token(r, i)->kind == KH_WORD && (phrase_at(r, u, i, &cue) || verb_at(r, u, i, &cue))) {
            if (u->cues.count == CUES_MAX) {
                return; /* no sentence that anybody wrote */
            }
            cue.relative = in_relative_clause(r, u, i);
            *KH_ADD(&r->scratch, &u->cues) = cue;
            i = cue.end;
        } else {
            i++;
        }
    }
}
