/* quotations_speakers.c - which words name the speaker.
 *
 * Decides which noun phrase next to a cue is its subject. Examples:
 *   وقالت سلوى حداد، مديرة الميناء، للصحفيين إن ...      سلوى حداد, not للصحفيين
 *   Ada Brill, head of the port, said ...                Ada Brill, not "port"
 *   مهدی کاوه، استاندار کوهسار، در نشستی خبری گفت: ...   مهدی کاوه
 *
 * Method: the head of the phrase is its first name, role or pronoun that no preposition takes away; a
 * person's name later in the same phrase is better than the role before it ("Transport Minister Ada
 * Brill", "رئيس اللجنة، الوزير سامي نجار"). Where the verb comes first the phrase stands behind it, where
 * the subject opens the sentence it is the first of the sentence, elsewhere it ends at the verb. Rules
 * after GenderGapTracker (speaker 86 %), and our own: an Arabic country is feminine, so a masculine verb
 * has another subject; behind a word with the article, one without it is the object.
 *
 * Gets wrong: coordinated subjects, of which the first is taken; a name inside a long role.
 */
#include "claims/quotations_private.h"

enum { PHRASE_MAX = 8 };

/* ---- words ---- */

/* The mention that begins in token I (behind a proclitic too); its last token in *end. */
const kh_mention *kh_mention_at(const kh_reader *r, uint32_t i, uint32_t *end)
{
    const kh_mentions *list = &r->art->mentions;
    kh_span span = kh_reader_token(r, i)->span;
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (list->items[mid].span.begin < span.begin) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    if (low == list->count || list->items[low].span.begin >= span.end) {
        return NULL;
    }
    const kh_mention *m = &list->items[low];
    *end = i + 1;
    while (*end < r->text->tokens.count && kh_reader_token(r, *end)->span.begin < m->span.end) {
        ++*end;
    }
    return m;
}

const kh_role_form *kh_role_at(const kh_reader *r, uint32_t i, uint32_t *end)
{
    kh_match m;
    unsigned flags = (r->order & KH_ORDER_VERB_FIRST) ? (unsigned)KH_ARTICLE : 0u;
    if (kh_reader_token(r, i)->kind != KH_WORD || !kh_phrases_match(r->know->role_words, r->text, i, r->lang, flags, &m)) {
        return NULL;
    }
    *end = m.end;
    return &r->know->roles.items[m.value];
}

uint32_t kh_place_at(const kh_reader *r, uint32_t i)
{
    kh_match m;
    bool found = kh_phrases_match(r->know->places, r->text, i, r->lang, KH_ARTICLE, &m);
    return found ? m.value + 1 : 0;
}

kh_name_type kh_mention_type(const kh_reader *r, const kh_mention *m)
{
    return r->art->names.items[m->name].type;
}

bool kh_is_subject_pronoun(const kh_reader *r, uint32_t i, uint32_t *end)
{
    kh_match m;
    if (!kh_phrases_match(r->know->pronouns, r->text, i, r->lang, 0, &m) || m.value != 1) {
        return false;
    }
    *end = m.end;
    return true;
}

bool kh_is_article(const kh_reader *r, uint32_t i)
{
    static const char *const words[] = {"the", "a",   "an",  "der", "die", "das", "el",  "la",
                                        "le",  "los", "les", "un",  "une", "una", "ein", "eine"};
    for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
        if (kh_token_is(kh_reader_token(r, i), words[j])) {
            return true;
        }
    }
    return false;
}

/* ---- the head of a phrase ---- */

typedef struct scan {
    kh_reader *r;
    kh_who best;
    bool taken;    /* a preposition takes the next name away */
    bool feminine; /* Arabic: the verb wants a feminine subject */
} scan;

static bool rejects_place(const scan *s)
{
    return (s->r->order & KH_ORDER_VERB_FIRST) && !s->feminine;
}

/* "сообщил агентству министр": an agency with another name or role right behind it was told, and did not speak. */
static bool is_hearer(const scan *s, uint32_t i)
{
    kh_match m;
    return s->best.kind == KH_WHO_NAME && s->best.end == i && !(s->r->order & KH_ORDER_GENITIVE_AFTER) &&
           kh_phrases_match(s->r->know->agencies, s->r->text, s->best.head, s->r->lang, 0, &m);
}

/* "Gen. | Piers Lomax": a rank cut short at tokens I..END, no name of its own. */
static bool is_short_rank(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t behind = 0;
    const kh_mention *next = end + 1 < r->text->tokens.count ? kh_mention_at(r, end + 1, &behind) : NULL;
    return end == i + 1 && next && kh_token_is(kh_reader_token(r, end), ".") && kh_mention_type(r, next) == KH_NAME_PERSON &&
           !(kh_reader_token(r, end + 1)->flags & KH_SENTENCE_START);
}

/* The first name, or one behind an agency that was told. True when the search is over. */
static bool take_name(scan *s, kh_who who, kh_name_type type)
{
    if (type == KH_NAME_PLACE && rejects_place(s)) {
        return false;
    }
    s->best = who;
    return type == KH_NAME_PERSON;
}

/* A name behind the name or role found before: the person of the office, the body's own name, its place. */
static bool join_name(scan *s, const kh_mention *m, kh_who who, kh_name_type type)
{
    bool person = type == KH_NAME_PERSON;
    bool role = s->best.kind == KH_WHO_ROLE;
    bool body = role && (s->best.role->kind == KH_ROLEWORD_BODY || s->best.role->kind == KH_ROLEWORD_MEDIA);
    bool touches = s->best.end == who.head || (s->best.end + 1 == who.head && kh_is_quote(kh_reader_token(s->r, who.head - 1)->cp));
    bool genitive = body && (s->r->order & KH_ORDER_GENITIVE_AFTER);
    bool other = s->best.kind == KH_WHO_NAME && kh_mention_type(s->r, m) != KH_NAME_PERSON;
    if (type == KH_NAME_PLACE && role) {
        s->best.place = s->best.place ? s->best.place : kh_place_at(s->r, who.head);
        s->best.end = touches ? who.end : s->best.end;
    } else if ((person && (!genitive || other)) || (type == KH_NAME_ORGANISATION && body && touches)) {
        who.first = s->best.first;
        who.role = s->best.role;
        s->best = who;
        return true;
    } else if (type == KH_NAME_ORGANISATION && touches) {
        s->best.end = who.end;
    }
    return false;
}

/* A name at tokens I..END. True when the search is over. */
static bool meet_name(scan *s, const kh_mention *m, uint32_t i, uint32_t end)
{
    kh_name_type type = kh_mention_type(s->r, m);
    bool person = type == KH_NAME_PERSON;
    if (s->taken) {
        s->taken = false;
        return false;
    }
    if (person && is_short_rank(s->r, i, end)) {
        return false;
    }
    kh_who who = {.kind = KH_WHO_NAME, .first = i, .end = end, .head = i, .name = m->name};
    bool told = person && s->best.kind == KH_WHO_NAME && i > s->best.end && i <= s->best.end + 2 &&
                kh_reader_token(s->r, i - 1)->kind == KH_WORD && is_hearer(s, s->best.end);
    if (s->best.kind == KH_WHO_NONE || told || is_hearer(s, i)) {
        return take_name(s, who, type);
    }
    if (s->best.kind == KH_WHO_PRONOUN) {
        return true;
    }
    bool svo = (s->r->order & KH_ORDER_BARE_CLAUSE) != 0;
    if (svo && person && s->best.kind == KH_WHO_NAME && s->best.role && i == s->best.end) {
        who.first = s->best.first; /* the Brill spokesman | Omar Dane */
        s->best = who;
        return true;
    }
    return join_name(s, m, who, type);
}

/* Arabic: a plural in ين is an object, never the subject: وصف المعلمين. */
static bool is_oblique(const kh_reader *r, uint32_t i)
{
    kh_str key = kh_reader_token(r, i)->key;
    return (r->order & KH_ORDER_VERB_FIRST) && kh_str_starts(key, KH_STR("ال")) && kh_str_ends(key, KH_STR("ين")) && key.len > 12;
}

/* The words FIRST..END with the role at token HEAD. */
static kh_who role_words(const kh_role_form *role, uint32_t first, uint32_t head, uint32_t end)
{
    return (kh_who){.kind = KH_WHO_ROLE, .first = first, .end = end, .head = head, .name = KH_NO_NAME, .role = role};
}

static void meet_role(scan *s, const kh_role_form *role, uint32_t i, uint32_t end)
{
    bool noun = role->kind != KH_ROLEWORD_HONORIFIC;
    if (s->taken) {
        s->taken = !noun && s->taken;
        return;
    }
    bool free = s->best.kind == KH_WHO_NONE || is_hearer(s, i);
    bool named = s->best.kind == KH_WHO_NAME;
    bool place = named && s->r->art->names.items[s->best.name].type == KH_NAME_PLACE;
    bool owner = named && !place && noun && i == s->best.end && role->kind == KH_ROLEWORD_PERSON &&
                 (kh_is_english(s->r) || (s->r->order & KH_ORDER_CONTENT_BEFORE));
    if (owner) { /* "Brill spokesman": his man speaks, not he */
        s->best = role_words(role, s->best.first, i, end);
    } else if (place && noun && i <= s->best.end + 2 && !(s->r->order & KH_ORDER_GENITIVE_AFTER)) {
        uint32_t first = s->best.first; /* "Jordan's water authority" */
        s->best = role_words(role, first, i, end);
        s->best.place = kh_place_at(s->r, first);
    } else if (free && noun && !is_oblique(s->r, i)) {
        s->best = role_words(role, i, i, end);
    } else if (s->best.kind == KH_WHO_ROLE && s->best.end == i) {
        s->best.end = end;
    }
}

/* Does an apposition that gives a name begin behind the comma at I: ", Ada Brill," "، الوزير سامي ..." */
static bool names_behind_comma(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t behind = 0;
    if (i + 1 >= end) {
        return false;
    }
    const kh_mention *m = kh_mention_at(r, i + 1, &behind);
    if (m) {
        return kh_mention_type(r, m) != KH_NAME_PLACE;
    }
    const kh_role_form *role = kh_role_at(r, i + 1, &behind);
    for (uint32_t j = behind; role && j < end && j < behind + 4 && !kh_is_comma(r, j); j++) {
        uint32_t k = 0;
        const kh_mention *n = kh_mention_at(r, j, &k);
        if (n && kh_mention_type(r, n) == KH_NAME_PERSON) {
            return true;
        }
    }
    return false;
}

/* Arabic: behind a word with the article an attribute has the article too; a word without it is the object:
 * نفت الشركة | تسرب الغاز. BEFORE is the word before token I. */
static bool starts_object(const kh_reader *r, uint32_t before, uint32_t i)
{
    bool definite = kh_str_starts(kh_reader_token(r, before)->key, KH_STR("ال"));
    return definite && !kh_str_starts(kh_reader_token(r, i)->key, KH_STR("ال"));
}

/* The words of the role go on with the word at token I. */
static void lengthen(scan *s, uint32_t i)
{
    const kh_reader *r = s->r;
    const kh_token *t = kh_reader_token(r, i);
    bool joint = t->kind == KH_PUNCT && !(t->flags & KH_SPACE_BEFORE) && (kh_token_is(t, "'") || kh_token_is(t, "-"));
    bool with = kh_str_starts(t->key, KH_STR("ب")) && t->key.len > 6;
    bool other = ((r->order & KH_ORDER_VERB_FIRST) && (with || starts_object(r, i - 1, i))) || (kh_trait_at(r, i, NULL) & KH_TRAIT_TOPIC) ||
                 (kh_is_english(r) && (kh_trait_at(r, i, NULL) & (KH_TRAIT_HELPER | KH_TRAIT_AUXILIARY)));
    bool named = kh_is_quote(kh_reader_token(r, i - 1)->cp); /* شركة "بحر الشمال" | المالكة */
    if (other || named || !(t->kind == KH_WORD || joint)) {
        return;
    }
    s->best.place = s->best.place ? s->best.place : kh_place_at(r, i);
    s->best.end = i + 1 - s->best.first <= PHRASE_MAX ? i + 1 : s->best.end;
}

/* Arabic: a name inside of a word that begins with "with" is no subject, and often none at all: بيان is not Yan. */
static bool is_behind_with(const kh_reader *r, const kh_mention *m, uint32_t i)
{
    return (r->order & KH_ORDER_VERB_FIRST) && m->span.begin > kh_reader_token(r, i)->span.begin &&
           kh_str_starts(kh_reader_token(r, i)->key, KH_STR("ب"));
}

/* A comma at token I: the phrase ends there unless an apposition names who holds the office. Gives the next token. */
static uint32_t meet_comma(scan *s, uint32_t i, uint32_t end)
{
    const kh_reader *r = s->r;
    s->taken = false;
    if (s->best.kind == KH_WHO_NONE) {
        return i + 1;
    }
    bool role = s->best.kind == KH_WHO_ROLE;
    bool media = role && s->best.role->kind == KH_ROLEWORD_MEDIA;
    if (media || !role || !names_behind_comma(r, i, end)) {
        return end;
    }
    uint32_t k = 0;
    bool body = s->best.role->kind == KH_ROLEWORD_BODY;
    const kh_mention *m = body ? kh_mention_at(r, i + 1, &k) : NULL;
    if (m && kh_mention_type(r, m) == KH_NAME_ORGANISATION) {
        s->best = (kh_who){.kind = KH_WHO_NAME, .first = s->best.first, .end = k, .head = i + 1, .name = m->name};
        return end;
    }
    return i + 1;
}

/* Words at token I that say when, where or whose clause it is. Gives the next token, I where it is none of these. */
static uint32_t meet_trait(scan *s, uint32_t i, uint32_t end)
{
    const kh_reader *r = s->r;
    uint32_t behind = i + 1;
    uint32_t bits = kh_trait_at(r, i, &behind);
    bool found = s->best.kind != KH_WHO_NONE;
    if (bits & KH_TRAIT_TIME) {
        return behind;
    }
    if ((bits & KH_TRAIT_CHANNEL) && (r->order & KH_ORDER_VERB_FIRST)) {
        s->taken = true; /* في مؤتمر | صحفي مشترك */
        return behind;
    }
    bool clause = !(r->order & KH_ORDER_THAT_AFTER_COMMA) || (i > 0 && kh_is_comma(r, i - 1));
    if ((bits & KH_TRAIT_RELATIVE) && clause && found) {
        return end;
    }
    if (bits & KH_TRAIT_ADJUNCT) {
        bool closes = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST)) && s->best.kind == KH_WHO_NAME;
        s->taken = true;
        return closes ? end : behind;
    }
    return i;
}

/* A role, a pronoun, or one more word of the role at token I. Gives the next token. */
static uint32_t meet_word(scan *s, uint32_t i, uint32_t end)
{
    kh_reader *r = s->r;
    uint32_t behind = i + 1;
    const kh_role_form *role = kh_role_at(r, i, &behind);
    if (role) {
        meet_role(s, role, i, behind);
        return behind;
    }
    if (s->best.kind == KH_WHO_NONE && !s->taken && !kh_is_article(r, i) && kh_is_subject_pronoun(r, i, &behind)) {
        s->best = (kh_who){.kind = KH_WHO_PRONOUN, .first = i, .end = behind, .name = KH_NO_NAME};
        return behind;
    }
    if (s->best.kind != KH_WHO_ROLE || s->best.end != i) {
        return i + 1;
    }
    const kh_marked *name = kh_marked_at(r, i);
    if (name && name->close <= end && kh_mark_names_office(r, name) && !kh_mention_at(r, name->first, &behind)) {
        s->best.end = name->close;
        return name->close;
    }
    lengthen(s, i);
    return i + 1;
}

/* One step of the search at token I: gives the next token, END to stop. */
static uint32_t scan_step(scan *s, uint32_t i, uint32_t end)
{
    kh_reader *r = s->r;
    uint32_t behind = i + 1;
    const kh_marked *speech = kh_marked_at(r, i);
    if (speech && speech->closed && speech->end - speech->first >= KH_LONG_MARK && speech->close <= end) {
        return speech->close; /* nobody whom the speech names */
    }
    if (kh_is_comma(r, i)) {
        return meet_comma(s, i, end);
    }
    if (s->best.kind == KH_WHO_ROLE && kh_token_is(kh_reader_token(r, i), "باسم")) {
        s->best.end = i + 1; /* المتحدث باسم : "in the name of", not Basim */
        return i + 1;
    }
    const kh_mention *m = kh_mention_at(r, i, &behind);
    m = m && is_behind_with(r, m, i) ? NULL : m;
    bool adverb = (kh_reader_token(r, i)->flags & KH_SENTENCE_START) && behind == i + 1 &&
                  (kh_trait_at(r, i, NULL) & KH_TRAIT_TIME); /* Unterdessen */
    if (m && !adverb) {
        return meet_name(s, m, i, behind) ? end : behind;
    }
    uint32_t next = meet_trait(s, i, end);
    return next > i ? next : meet_word(s, i, end);
}

bool kh_is_indefinite_word(const kh_reader *r, uint32_t i)
{
    static const char *const words[] = {"a", "an", "ein", "eine", "un", "une", "una", "يک", "يکي", "احد", "bir", "ايک"};
    for (size_t j = 0; j < sizeof words / sizeof *words; j++) {
        if (kh_token_is(kh_reader_token(r, i), words[j])) {
            return true;
        }
    }
    return false;
}

/* Words before the head that belong to it: "the acting mayor", "یک وزیر", "Jordan's". */
static uint32_t widen_left(const kh_reader *r, uint32_t first, uint32_t head)
{
    if (r->order & KH_ORDER_VERB_FIRST) { /* ورد | المتحدث */
        kh_match m;
        bool verb = first < head && kh_phrases_match(r->know->verbs, r->text, first, r->lang, KH_CLITICS, &m);
        return first + 3 >= head && !verb ? first : head;
    }
    uint32_t i = head;
    while (i > first && head - i < 5) {
        const kh_token *t = kh_reader_token(r, i - 1);
        bool apostrophe = t->kind == KH_PUNCT && kh_token_is(t, "'");
        kh_match verb;
        bool other = kh_trait_at(r, i - 1, NULL) & (KH_TRAIT_CONJUNCTION | KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_RELATIVE);
        if ((t->kind != KH_WORD && !apostrophe) || (other && !kh_is_article(r, i - 1)) ||
            kh_phrases_match(r->know->verbs, r->text, i - 1, r->lang, 0, &verb)) {
            break;
        }
        i--;
        if (kh_is_article(r, i)) {
            break;
        }
    }
    return i;
}

/* "سلیمه، باشنده کابل، گفت": up to four plain words at the head of the sentence and a comma right before
 * the role are a name that no list knows. */
static kh_who unknown_name(const kh_reader *r, uint32_t first, uint32_t role)
{
    kh_who none = {.name = KH_NO_NAME};
    if (role < first + 2 || role > first + 5 || !kh_is_comma(r, role - 1) || !(kh_reader_token(r, first)->flags & KH_SENTENCE_START)) {
        return none;
    }
    for (uint32_t i = first; i + 1 < role; i++) {
        if (kh_reader_token(r, i)->kind != KH_WORD || kh_trait_at(r, i, NULL)) {
            return none;
        }
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = role - 1, .name = KH_NO_NAME};
}

kh_who kh_who_in(kh_reader *r, uint32_t first, uint32_t end, bool feminine)
{
    scan s = {.r = r, .feminine = feminine};
    s.best.name = KH_NO_NAME;
    for (uint32_t i = first; i < end;) {
        i = scan_step(&s, i, end);
    }
    if (s.best.kind == KH_WHO_ROLE && (r->order & KH_ORDER_SUBJECT_FIRST)) {
        kh_who named = unknown_name(r, first, s.best.first);
        s.best = named.kind != KH_WHO_NONE ? named : s.best;
    }
    if (s.best.kind == KH_WHO_NAME && !(r->order & KH_ORDER_VERB_FIRST)) {
        s.best.first = widen_left(r, first, s.best.first);
        if ((r->order & KH_ORDER_FRAGMENTS_APART) && s.best.end < end) {
            s.best.end = kh_noun_phrase_end(r, s.best.end - 1, end);
        }
    }
    if (s.best.kind == KH_WHO_ROLE) {
        uint32_t last = s.best.end - 1; /* the governor's answer */
        s.best.end -= last > s.best.head && kh_token_is(kh_reader_token(r, last), "'");
        s.best.first = widen_left(r, first, s.best.first);
        bool article = (r->order & KH_ORDER_VERB_FIRST) && kh_str_starts(kh_reader_token(r, s.best.first)->key, KH_STR("ال"));
        bool bare = (r->order & (KH_ORDER_VERB_FIRST)) && !article && s.best.end == s.best.first + 1;
        s.best.definite = !kh_is_indefinite_word(r, s.best.first) && !bare;
    }
    return s.best;
}
