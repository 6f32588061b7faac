/* quotations_before.c - the subject that stands before its verb.
 *
 * Decides where the clause of a verb begins and which of its words are the subject. Examples:
 *   Ada Brill, head of the port, | said            the name, with its apposition
 *   La ministre, Hélène Vasseur, | a dit           the apposition, which is a name, known or not
 *   Glos hatte in einem Interview | gesagt         at the helper of a compound tense, far from the participle
 *   wird von der Stadt als „Sieg“ | bezeichnet     behind "von": a passive names its speaker there or nowhere
 *
 * Method: back from the verb over times and helpers, to a comma, a conjunction or a complementiser; an
 * apposition between commas leads to its head. Words that no list knows are the subject where nothing else
 * is, German noun phrases with what follows them in the genitive or behind "von".
 *
 * Gets wrong: German objects in front of the helper ("Den Streit hatte der Rat beklagt").
 */
#include "claims/quotations_private.h"

enum { PHRASE_MAX = 8, APPOSITION_MAX = 24 };

/* German: Moritz Walter von der „Aktion Hafen hilft“: a few words in marks behind "von" and an article name a body. */
static bool is_name_of_body(const kh_reader *r, const kh_marked *m, uint32_t first)
{
    uint32_t before = m->open;
    before -= before > first && kh_is_article(r, before - 1);
    return (r->order & KH_ORDER_FRAGMENTS_APART) && m->closed && m->end - m->first <= 5 && before > first + 1 &&
           (kh_trait_at(r, before - 1, NULL) & KH_TRAIT_ADJUNCT) && (kh_reader_token(r, m->first)->flags & KH_CAPITAL) &&
           (kh_reader_token(r, before - 2)->flags & KH_CAPITAL);
}

/* Where the clause whose verb stands at END begins: behind a comma, conjunction, complementiser or mark. */
uint32_t kh_clause_begin(const kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t i = end;
    while (i > first) {
        const kh_token *t = kh_reader_token(r, i - 1);
        uint32_t behind = 0;
        uint32_t bits = kh_trait_at(r, i - 1, &behind);
        bool joins = (bits & KH_TRAIT_CONJUNCTION) && behind == i && !kh_token_is(t, "and");
        const kh_marked *m = kh_marked_around(r, i - 1);
        bool named = m && m->open >= first && m->close == i && (kh_mark_is_name(r, m) || is_name_of_body(r, m, first));
        if (named) {
            i = m->open;
            continue;
        }
        bool part = t->kind == KH_PUNCT &&
                    (kh_token_is(t, ",") || kh_token_is(t, ";") || kh_token_is(t, ":") || kh_token_is(t, "\"") || kh_token_is(t, "-"));
        bool hyphen = part && kh_token_is(t, "-") && !(kh_reader_token(r, i)->flags & KH_SPACE_BEFORE);
        if ((part && !hyphen) || joins || kh_is_that(r, i - 1, &behind)) {
            break;
        }
        i--;
    }
    return i;
}

/* German: behind the noun phrase at token FIRST, with its genitives and what "von" adds to it: "der
 * russischen Militäraufklärung", "Ken Rice vom Institut für Astronomie". FIRST where none begins. */
uint32_t kh_noun_phrase_end(const kh_reader *r, uint32_t first, uint32_t end)
{
    static const char *const links[] = {"der", "des", "von", "vom",   "für",   "im",     "und",
                                        "am",  "in",  "zu",  "einer", "eines", "seiner", "ihrer"};
    enum { SMALL_MAX = 4 };
    uint32_t last = first;
    uint32_t small = 0;
    bool linked = true;
    for (uint32_t i = first; i < end && small <= SMALL_MAX; i++) {
        const kh_token *t = kh_reader_token(r, i);
        bool joint = t->kind == KH_PUNCT && !(t->flags & KH_SPACE_BEFORE) && (kh_token_is(t, "-") || kh_token_is(t, "."));
        if ((t->flags & KH_CAPITAL) && t->kind == KH_WORD) {
            if (!linked && small > 0) {
                break;
            }
            last = i + 1;
            small = 0;
            linked = false;
        } else if (kh_token_is(t, "(") && last == i && i + 2 < end && kh_token_is(kh_reader_token(r, i + 2), ")")) {
            last = i + 3;
            i += 2;
        } else if (t->kind == KH_WORD) {
            for (size_t j = 0; small == 0 && !linked && j < sizeof links / sizeof *links; j++) {
                linked = linked || kh_token_is(t, links[j]);
            }
            if (!linked) {
                break;
            }
            small++;
        } else if (!joint) {
            break;
        }
    }
    return last;
}

/* German: is there a word with a capital that does not owe it to the sentence's beginning. */
static bool holds_noun(const kh_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const kh_token *t = kh_reader_token(r, i);
        if ((t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START)) {
            return true;
        }
    }
    return false;
}

static kh_who other_words(const kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who none = {.name = KH_NO_NAME};
    while (first < end && (kh_reader_token(r, first)->kind != KH_WORD ||
                           (kh_trait_at(r, first, NULL) & (KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION | KH_TRAIT_BREAK | KH_TRAIT_AS)))) {
        first++;
    }
    if ((r->order & KH_ORDER_FRAGMENTS_APART) && !holds_noun(r, first, end)) {
        return none;
    }
    uint32_t none_of = KH_TRAIT_ADJUNCT; /* German "die" is an article more often than "who" */
    none_of |= (r->order & KH_ORDER_FRAGMENTS_APART) && kh_is_article(r, first) ? 0 : KH_TRAIT_RELATIVE;
    if (first >= end || end - first > PHRASE_MAX || (kh_trait_at(r, first, NULL) & none_of)) {
        return none;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = end, .name = KH_NO_NAME};
}

static bool is_passive_helper(const kh_reader *r, uint32_t i)
{
    static const char *const words[] = {"wird", "werden", "wurde", "wurden", "worden"};
    for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
        if (kh_token_is(kh_reader_token(r, i), words[j])) {
            return true;
        }
    }
    return false;
}

/* German: "Glos hatte in einem Interview | gesagt", "Am Montag hatte der Rat | erklärt", "wurde von der Stadt |
 * bezeichnet": the subject stands at the helper at token H, far from the participle at END. */
static kh_who who_at_helper(kh_reader *r, uint32_t first, uint32_t h, uint32_t end)
{
    bool cited = kh_token_is(kh_reader_token(r, end), "zitiert"); /* his own words are */
    if (is_passive_helper(r, h) && !cited) {
        for (uint32_t i = h + 1; i + 1 < end; i++) {
            if (kh_token_is(kh_reader_token(r, i), "von") || kh_token_is(kh_reader_token(r, i), "vom")) {
                uint32_t stop = kh_noun_phrase_end(r, i + 1, end);
                kh_who who = kh_who_in(r, i + 1, stop, true);
                return who.kind != KH_WHO_NONE || stop == i + 1
                           ? who
                           : (kh_who){.kind = KH_WHO_OTHER, .first = i + 1, .end = stop, .name = KH_NO_NAME};
            }
        }
        return (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME}; /* nobody is named */
    }
    kh_who who = kh_who_before(r, first, h);
    uint32_t begin = kh_clause_begin(r, first, h);
    bool inverted = begin == h || (kh_trait_at(r, begin, NULL) & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION));
    if (who.kind == KH_WHO_NONE && h + 1 < end && inverted) {
        who = kh_who_in(r, h + 1, end, true);
    }
    return who;
}

/* The helper of the participle at END in its clause, END for none. */
static uint32_t helper_before(const kh_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = end; i > first; i--) {
        if (kh_is_comma(r, i - 1) || kh_marked_around(r, i - 1)) {
            return end;
        }
        if (kh_trait_at(r, i - 1, NULL) & KH_TRAIT_HELPER) {
            return i - 1;
        }
    }
    return end;
}

/* ", Hélène Vasseur," : two to four words with capitals and nothing else are a name, known or not. */
static bool is_name_alone(const kh_reader *r, uint32_t first, uint32_t end)
{
    enum { NAME_TOKENS = 7 };
    uint32_t words = 0;
    for (uint32_t i = first; i < end; i++) {
        const kh_token *t = kh_reader_token(r, i);
        bool joint = t->kind == KH_PUNCT && !(t->flags & KH_SPACE_BEFORE);
        if (!joint && !(t->flags & KH_CAPITAL)) {
            return false;
        }
        words += t->kind == KH_WORD;
    }
    return words >= 2 && end - first <= NAME_TOKENS;
}

/* English: the article of the few words that stand right before the verb at END, FIRST for none. */
static uint32_t article_before(const kh_reader *r, uint32_t first, uint32_t end)
{
    enum { WORDS_MAX = 3 };
    uint32_t i = end;
    while (kh_is_english(r) && i > first + 1 && i + WORDS_MAX > end && kh_reader_token(r, i - 1)->kind == KH_WORD &&
           !kh_trait_at(r, i - 1, NULL)) {
        i--;
        if (i > first && kh_is_article(r, i - 1)) { /* officials with | the campaign said */
            bool hangs = i > first + 1 && kh_trait_at(r, i - 2, NULL);
            return hangs ? first : i - 1;
        }
    }
    return first;
}

/* Words that stand in marks do not speak: the town that he calls "the dullest place" | wants a circus. */
static bool is_quoted(const kh_reader *r, const kh_who *who)
{
    const kh_marked *m = who->end > who->first ? kh_marked_around(r, who->first) : NULL;
    return m && who->kind == KH_WHO_OTHER && m->closed && m->end - m->first > 1;
}

/* English: the comma before the "who" or "which" whose clause the comma at token CLOSE ends: "Dane, who knew that it was late, | told".
 * CLOSE where there is none. */
static uint32_t comma_of_relative(const kh_reader *r, uint32_t first, uint32_t close)
{
    enum { REACH = 40 };
    for (uint32_t i = close; kh_is_english(r) && i > first + 1 && i + REACH > close; i--) {
        const kh_token *t = kh_reader_token(r, i - 1);
        if (kh_token_is(t, ";") || kh_token_is(t, ":") || kh_marked_around(r, i - 1)) {
            break;
        }
        bool relative = i < close && !kh_token_is(kh_reader_token(r, i), "that") && (kh_trait_at(r, i, NULL) & KH_TRAIT_RELATIVE);
        if (relative && kh_is_comma(r, i - 1)) {
            return i - 1;
        }
    }
    return close;
}

/* Before a verb behind ", however,": the comma that closes the subject. */
static uint32_t pass_insertion(const kh_reader *r, uint32_t first, uint32_t end)
{
    bool inserted = kh_is_english(r) && end > first + 3 && kh_is_comma(r, end - 1) && kh_is_comma(r, end - 3) &&
                    (kh_trait_at(r, end - 2, NULL) & (KH_TRAIT_CONJUNCTION | KH_TRAIT_TIME));
    return inserted ? end - 3 : end;
}

static kh_who who_before(kh_reader *r, uint32_t first, uint32_t end);

/* "Ada Brill (Independent) | said": the bracket before token END that a name stands before. None where there is none. */
static kh_who who_before_bracket(kh_reader *r, uint32_t first, uint32_t end)
{
    if (end <= first || !kh_token_is(kh_reader_token(r, end - 1), ")")) {
        return (kh_who){.name = KH_NO_NAME};
    }
    uint32_t open = end - 1;
    while (open > first && open + 8 > end && !kh_token_is(kh_reader_token(r, open), "(")) {
        open--;
    }
    if (!kh_token_is(kh_reader_token(r, open), "(")) {
        return (kh_who){.name = KH_NO_NAME};
    }
    uint32_t begin = kh_clause_begin(r, first, open);
    kh_who named = kh_who_in(r, begin, open, true);
    named.end = named.kind == KH_WHO_NAME ? end : named.end;
    return named.kind != KH_WHO_NONE ? named : other_words(r, begin, open);
}

/* An apposition OUTER, INNER..END between commas: its head stands before it, or it is the name itself. */
static kh_who who_of_apposition(kh_reader *r, uint32_t outer, uint32_t inner, uint32_t end)
{
    bool german = (r->order & KH_ORDER_FRAGMENTS_APART) != 0;
    kh_who who = kh_who_in(r, outer, end, true);
    if (who.kind == KH_WHO_NONE) {
        return other_words(r, outer, inner > outer ? inner - 1 : end);
    }
    if (who.kind == KH_WHO_ROLE && inner > outer && is_name_alone(r, inner, end)) {
        bool whole = german && inner - outer <= PHRASE_MAX; /* Die Leiterin des Hafens, Ada Brill, */
        return (kh_who){.kind = KH_WHO_OTHER, .first = whole ? outer : inner, .end = end, .head = inner, .name = KH_NO_NAME};
    }
    who.end = who.kind == KH_WHO_ROLE || end + 1 - who.first > APPOSITION_MAX ? who.end : end;
    bool plain = who.kind == KH_WHO_NAME && who.first > outer && who.first - outer <= PHRASE_MAX && kh_is_comma(r, who.first - 1) &&
                 !(kh_trait_at(r, outer, NULL) & KH_TRAIT_ADJUNCT);
    who.first = plain ? outer : who.first; /* Der Leiter des Hafens, Omar Dane, */
    return who;
}

/* The subject before the comma at token COMMA, which closes an apposition or a clause of its own. */
static kh_who who_before_comma(kh_reader *r, uint32_t first, uint32_t comma)
{
    uint32_t relative = comma_of_relative(r, first, comma);
    if (relative < comma) {
        return who_before(r, first, relative);
    }
    uint32_t inner = kh_clause_begin(r, first, comma);
    uint32_t outer = inner > first ? kh_clause_begin(r, first, inner - 1) : inner;
    bool clause = inner > outer + 1 && !(r->order & KH_ORDER_FRAGMENTS_APART) && (kh_trait_at(r, inner, NULL) & KH_TRAIT_RELATIVE);
    if (clause) { /* The delegate, who backs Dane, */
        kh_who head = kh_who_in(r, outer, inner - 1, true);
        return head.kind != KH_WHO_NONE ? head : other_words(r, outer, inner - 1);
    }
    return who_of_apposition(r, outer, inner, comma);
}

/* The subject that touches the verb at token END. */
static kh_who who_at_verb(kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t behind = 0;
    uint32_t begin = kh_clause_begin(r, first, end);
    kh_who who = kh_who_in(r, begin, end, true);
    if (end > begin && kh_is_subject_pronoun(r, end - 1, &behind) && behind == end) { /* "..., she said" */
        return (kh_who){.kind = KH_WHO_PRONOUN, .first = end - 1, .end = end, .name = KH_NO_NAME};
    }
    uint32_t article = article_before(r, begin, end);
    if (who.kind == KH_WHO_ROLE && who.end < article) { /* Police hunt men | the government calls */
        kh_who own = kh_who_in(r, article, end, true);
        return own.kind != KH_WHO_NONE ? own : other_words(r, article, end);
    }
    return who.kind != KH_WHO_NONE ? kh_who_titled(r, who, end) : other_words(r, begin, end);
}

static kh_who who_before(kh_reader *r, uint32_t first, uint32_t end)
{
    if (r->order & (KH_ORDER_SUBJECT_FIRST | KH_ORDER_CONTENT_BEFORE)) {
        return kh_who_in(r, first, end, true);
    }
    if (r->order & KH_ORDER_FRAGMENTS_APART) {
        uint32_t helper = helper_before(r, first, end);
        if (helper < end) {
            return who_at_helper(r, first, helper, end);
        }
    }
    uint32_t passed = KH_TRAIT_TIME | KH_TRAIT_HELPER | KH_TRAIT_AUXILIARY;
    while (end > first && kh_trait_at(r, end - 1, NULL) & passed) {
        end--;
    }
    end = pass_insertion(r, first, end);
    kh_who bracketed = who_before_bracket(r, first, end);
    if (bracketed.kind != KH_WHO_NONE) {
        return bracketed;
    }
    bool comma = end > first + 1 && kh_is_comma(r, end - 1);
    return comma ? who_before_comma(r, first, end - 1) : who_at_verb(r, first, end);
}

kh_who kh_who_before(kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who who = who_before(r, first, end);
    return kh_is_english(r) && is_quoted(r, &who) ? (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME} : who;
}
