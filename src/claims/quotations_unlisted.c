/* quotations_unlisted.c - names that no list knows, and what the form of words tells of a person.
 *
 * Decides which plain words beside an office are the name of who holds it, and whether Arabic words mean a
 * man or a woman. Examples: in المرشح الرئاسي سفيان الكعبي two words behind the office are a name; in "وکیل خانواده،
 * لاله ایزدی، به خبرنگاران گفت" and "Selon le maire, Antoine Perrichet, le pont ..." the words between two commas;
 * وقالت behind a minister named طارق is not his.
 *
 * Method: grammar of the phrase alone. An Arabic office without its article ends before a name; an
 * apposition of two to four words between commas, none of them a role, a verb or a preposition, is one. Sex
 * is read from the office (رئيسة) and from the verb, whose gender agrees with its subject.
 *
 * Gets wrong: an apposition that describes (a common noun and its adjective) where the script has no
 * capitals; two men, or two women, whom verbs without a subject may mean.
 */
#include "claims/quotations_private.h"

/* المرشح الرئاسي سفيان الكعبي : behind an office with the article, two or three words of which the first has none are
 * a name that no list knows. They end where an adjunct, a ب or the clause at END begins. */
kh_who kh_who_named_behind(const kh_reader *r, kh_who who, uint32_t end)
{
    enum { NAME_MAX = 3 };
    bool person = who.kind == KH_WHO_ROLE && who.definite && who.role->kind == KH_ROLEWORD_PERSON;
    uint32_t i = who.end;
    while (person && i < end && i < who.end + NAME_MAX) {
        const kh_token *t = kh_reader_token(r, i);
        bool with = i > who.end && kh_str_starts(t->key, KH_STR("ب")) && t->key.len > 6;
        bool article = kh_str_starts(t->key, KH_STR("ال"));
        if (t->kind != KH_WORD || kh_trait_at(r, i, NULL) || with || (article && i == who.end) || kh_role_at(r, i, &(uint32_t){0})) {
            break;
        }
        i++;
    }
    bool stops = i >= end || kh_reader_token(r, i)->kind == KH_PUNCT || kh_trait_at(r, i, NULL) ||
                 kh_str_starts(kh_reader_token(r, i)->key, KH_STR("ب")) || kh_str_starts(kh_reader_token(r, i)->key, KH_STR("ل"));
    if (!person || i < who.end + 2 || !stops) {
        return who;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = who.first, .end = i, .head = who.end, .name = KH_NO_NAME};
}

/* May token I be part of a name that no list knows. */
static bool is_name_word(const kh_reader *r, uint32_t i)
{
    const kh_token *t = kh_reader_token(r, i);
    bool cased = t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
    kh_match verb;
    return t->kind == KH_WORD && (!cased || (t->flags & KH_CAPITAL)) && !kh_trait_at(r, i, NULL) && !kh_role_at(r, i, &(uint32_t){0}) &&
           !kh_place_at(r, i) && !kh_phrases_match(r->know->verbs, r->text, i, r->lang, 0, &verb);
}

/* The comma that closes the words of the office: le maire | de Valbourg | , ... */
static uint32_t behind_office(const kh_reader *r, uint32_t i, uint32_t end)
{
    enum { WORDS_MAX = 4 };
    for (uint32_t k = i; k < end && k <= i + WORDS_MAX; k++) {
        uint32_t next = 0;
        if (kh_is_comma(r, k)) {
            return k;
        }
        bool place = kh_mention_at(r, k, &next) || kh_place_at(r, k) || (kh_reader_token(r, k)->flags & KH_CAPITAL);
        if (!place && !(kh_trait_at(r, k, NULL) & KH_TRAIT_ADJUNCT) && !kh_is_article(r, k)) {
            return end;
        }
    }
    return end;
}

kh_who kh_who_apposed(const kh_reader *r, kh_who who, uint32_t end)
{
    enum { NAME_MIN = 2, NAME_MAX = 4 };
    bool office = who.kind == KH_WHO_ROLE && (who.role->kind == KH_ROLEWORD_PERSON || who.role->kind == KH_ROLEWORD_ANAPHOR);
    uint32_t i = office ? behind_office(r, who.end, end) + 1 : end;
    uint32_t next = 0;
    const kh_role_form *title = i < end ? kh_role_at(r, i, &next) : NULL;
    if (title && (title->kind == KH_ROLEWORD_HONORIFIC || title->kind == KH_ROLEWORD_RANK)) {
        i = next; /* الناطق باسم الوزارة، الدكتور | جمعة العتيبي، */
    }
    uint32_t first = i;
    while (i < end && i < first + NAME_MAX && is_name_word(r, i)) {
        i++;
    }
    bool closes = i < end ? kh_is_comma(r, i) || kh_token_is(kh_reader_token(r, i), ":") ||
                                ((r->order & KH_ORDER_THAT_AFTER_HEARER) && kh_token_is(kh_reader_token(r, i), "."))
                          : i > first;
    bool article = (r->order & KH_ORDER_VERB_FIRST) && first < end && kh_str_starts(kh_reader_token(r, first)->key, KH_STR("ال"));
    if (!office || i < first + NAME_MIN || !closes || article) {
        return who;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = who.first, .end = i, .head = first, .name = KH_NO_NAME};
}

/* WHO, or the name behind his office and what it is of: "le député de l'opposition Julien Marchetti a dit". Capitals right
 * behind a preposition are the place of the office. */
kh_who kh_who_titled(const kh_reader *r, kh_who who, uint32_t end)
{
    enum { OF_MAX = 4, NAME_MIN = 2, NAME_MAX = 4 };
    bool office = (r->order & KH_ORDER_THAT_AFTER_HEARER) && who.kind == KH_WHO_ROLE && who.role->kind == KH_ROLEWORD_PERSON;
    uint32_t i = who.end;
    while (office && i < end && i < who.end + OF_MAX && !kh_is_comma(r, i) && !(kh_reader_token(r, i)->flags & KH_CAPITAL)) {
        i++;
    }
    uint32_t first = i;
    bool place = first > 0 && (kh_reader_token(r, first - 1)->kind != KH_WORD || kh_is_article(r, first - 1) ||
                               (kh_trait_at(r, first - 1, NULL) & KH_TRAIT_ADJUNCT));
    while (office && i < end && i < first + NAME_MAX && is_name_word(r, i)) {
        i++;
    }
    if (!office || place || i < first + NAME_MIN) {
        return who;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = who.first, .end = i, .head = first, .name = KH_NO_NAME};
}

/* ---- men and women ---- */

kh_sex kh_sex_of_words(const kh_reader *r, uint32_t first, uint32_t end)
{
    if (!(r->order & KH_ORDER_VERB_FIRST) || end <= first) {
        return KH_SEX_UNKNOWN;
    }
    kh_str key = kh_reader_token(r, first)->key;
    bool feminine = kh_str_ends(key, KH_STR("ه")) || kh_str_ends(key, KH_STR("ة"));
    return feminine ? KH_SEX_FEMALE : KH_SEX_MALE;
}

/* تابع, توعد are men's in spite of their first letter, so that one tells nothing. */
kh_sex kh_sex_of_verb(const kh_reader *r, const kh_cue *cue)
{
    const kh_said_form *f = cue->form;
    if (!(r->order & KH_ORDER_VERB_FIRST) || f->phrase || f->masdar || f->noun || cue->participle || f->impersonal) {
        return KH_SEX_UNKNOWN;
    }
    kh_str key = f->head;
    if (kh_str_ends(key, KH_STR("ت"))) {
        return KH_SEX_FEMALE;
    }
    bool plural =
        kh_str_ends(key, KH_STR("وا")) || kh_str_ends(key, KH_STR("ون")) || kh_str_ends(key, KH_STR("ان")) || kh_str_ends(key, KH_STR("ن"));
    return plural || kh_str_starts(key, KH_STR("ت")) ? KH_SEX_UNKNOWN : KH_SEX_MALE;
}
