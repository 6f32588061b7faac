/* quotations_private.h - what the files of the quotation reader share; nobody else includes it.
 *
 * marks.c finds what stands between quotation marks, cues.c the words that say "this was said", anchors.c
 * the clause they govern, subjects.c where its speaker stands, before.c the subject before its verb, unlisted.c
 * names that no list knows,
 * speakers.c the words that name who said it and resolve.c who that is, verbs.c, clauses.c, objects.c and
 * phrases.c tie these together, calls.c reads commands and refusals, give.c makes the quotation,
 * quotations.c goes through the page. Positions are token indices of art->tokens, half open.
 */
#ifndef KHABAR_CLAIMS_QUOTATIONS_PRIVATE_H
#define KHABAR_CLAIMS_QUOTATIONS_PRIVATE_H

#include "claims/claims.h"

/* ---- knowledge ---- */

/* Kinds of reporting.txt, as bits: one word may be several ("while" joins and breaks). */
enum {
    KH_TRAIT_ADJUNCT = 1 << 0,
    KH_TRAIT_BREAK = 1 << 1,
    KH_TRAIT_RELATIVE = 1 << 2,
    KH_TRAIT_NOT_THAT = 1 << 3,
    KH_TRAIT_NOUN_BEFORE = 1 << 4,
    KH_TRAIT_ABOUT_THIS = 1 << 5,
    KH_TRAIT_TOPIC = 1 << 6,
    KH_TRAIT_CHANNEL = 1 << 7,
    KH_TRAIT_CONJUNCTION = 1 << 8,
    KH_TRAIT_TIME = 1 << 9,
    KH_TRAIT_HEARER = 1 << 10,
    KH_TRAIT_SELF = 1 << 11,
    KH_TRAIT_SUBJUNCTIVE = 1 << 13, /* German sei, habe: marks reported speech without a cue */
    KH_TRAIT_COMMENT = 1 << 14,     /* the word for what is declined: comment, التعليق */
    KH_TRAIT_CALL = 1 << 15,        /* makes a sentence a command: do not, please */
    KH_TRAIT_ADDRESSED = 1 << 16,   /* subject of a general order: everyone, whoever */
    KH_TRAIT_MUST = 1 << 17,
    KH_TRAIT_AUXILIARY = 1 << 20,   /* to, will, not: the form behind is a verb and no noun */
    KH_TRAIT_HELPER = 1 << 22,      /* is, had, hatte: makes a finite verb of the participle behind */
    KH_TRAIT_AS = 1 << 23,          /* as, wie: "as X noted, ..." reports what stands behind the comma */
    KH_TRAIT_OBJECT = 1 << 24,      /* Urdu کا, کو: stands between the object and its verb */
    KH_TRAIT_NAMING = 1 << 21,      /* the marks beside it hold a name: titled, Motto, под названием */
    KH_TRAIT_REPORTS = 1 << 19,     /* German subjunctive that says "reported" on its own: sei, habe */
    KH_TRAIT_COORDINATOR = 1 << 18, /* and, but: joins two main clauses */
    KH_TRAIT_POSTPOSITION = 1 << 12 /* attribution phrase that stands behind the name: zufolge, göre */
};

/* Rows `order` of reporting.txt: how the sentences of a language are built. */
enum {
    KH_ORDER_VERB_FIRST = 1 << 0,        /* verb, speaker, content (Arabic) */
    KH_ORDER_CONTENT_BEFORE = 1 << 1,    /* speaker, content, verb (Turkish) */
    KH_ORDER_BARE_CLAUSE = 1 << 2,       /* the complementiser may be left out (English, German) */
    KH_ORDER_THAT_TOUCHES = 1 << 3,      /* the complementiser stands right behind the verb (Persian) */
    KH_ORDER_THAT_AFTER_COMMA = 1 << 4,  /* a comma stands before the complementiser (Russian) */
    KH_ORDER_SUBJECT_FIRST = 1 << 5,     /* the subject opens the sentence, far from the verb (Persian) */
    KH_ORDER_FRAGMENTS_APART = 1 << 7,   /* the clause is in the subjunctive, so words in marks inside of it are verbatim (German) */
    KH_ORDER_BARE_BEHIND = 1 << 8,       /* the clause may follow the verb without a complementiser: "گفت جاده بسته است" */
    KH_ORDER_THAT_AFTER_HEARER = 1 << 9, /* the hearer or an insertion may stand before it: "a dit au maire que" */
    KH_ORDER_GENITIVE_AFTER = 1 << 6     /* idafa, ezafe: "the office of minister X" is the office, not X */
};

/* One form of a reporting verb or attribution phrase. Lies on a shelf, as kh_role_form: a new field is named in quotations_know.c too. */
typedef struct kh_said_form {
    kh_act act;
    kh_stance stance;
    bool continues;
    bool phrase;     /* attribution phrase: "according to" */
    bool participle; /* قائلا, saying, -erek: the subject is that of the clause */
    bool bound;      /* holds its own "that" or "to": "claim that", "confident that" */
    bool noun;       /* "claim that": whose it is stands before it as possessor */
    bool impersonal; /* قيل, گفته می شود: somebody says, nobody is named */
    bool masdar;     /* قوله: the speaker stands before it, behind عن */
    bool none;       /* holds a verb's form and reports nothing: "think tank", "show up" */
    bool gap;        /* "امتنع ...": speaks only beside a word of the kind `comment` */
    bool chain;      /* names a source of the page more often than a speaker: به گزارش */
    kh_str particle; /* German: folded particle that must follow ("mit" of teilte ... mit) */
    kh_str head;     /* the form as it is matched */
    uint8_t lang;
    uint32_t other; /* another form with the same first word and another particle, 0 for none */
} kh_said_form;

typedef enum kh_role_kind {
    KH_ROLEWORD_PERSON,
    KH_ROLEWORD_BODY,
    KH_ROLEWORD_HONORIFIC,
    KH_ROLEWORD_RANK,
    KH_ROLEWORD_ANAPHOR,
    KH_ROLEWORD_MEDIA
} kh_role_kind;

typedef struct kh_role_form {
    kh_role_kind kind;
    kh_str id;        /* "governor" */
    bool institution; /* an anaphor that means a body: الوزارة */
} kh_role_form;

struct kh_quotations_know {
    const kh_lexicon *lex;
    KH_LIST(kh_said_form) said;
    KH_LIST(kh_role_form) roles;
    kh_strs place_ids;
    kh_phrases *verbs, *attributions; /* value: index into said */
    kh_phrases *thats;                /* value: 1 that, 2 whether */
    kh_phrases *pronouns;             /* value: 1 subject, 2 other */
    kh_phrases *role_words;           /* value: index into roles */
    kh_phrases *hedges;               /* value: kh_stance that it forces, or KH_STANCE_NEUTRAL */
    kh_phrases *negators;
    kh_phrases *traits;   /* value: KH_TRAIT bits */
    kh_phrases *places;   /* value: index into place_ids */
    kh_phrases *agencies; /* value: 1 */
    uint32_t orders[KH_LANGS_MAX + 1];
};

/* ---- marks.c ---- */

/* What stands between two marks: tokens first..end, the marks themselves outside. */
typedef struct kh_marked {
    uint32_t open; /* first token of the opening mark */
    uint32_t first;
    uint32_t end;
    uint32_t close; /* behind the closing mark; == end where nothing closes it */
    bool closed;
    bool single; /* ‘ ’ marks */
} kh_marked;

typedef KH_LIST(kh_marked) kh_markeds;

/* The outermost marked stretches of tokens FIRST..END (one line), in order. */
void kh_marked_find(kh_arena *out, const kh_text *text, uint32_t first, uint32_t end, kh_markeds *found);

/* ---- the reader ---- */

typedef enum kh_who_kind { KH_WHO_NONE, KH_WHO_PRONOUN, KH_WHO_NAME, KH_WHO_ROLE, KH_WHO_OTHER } kh_who_kind;

/* The words that name a speaker, before they are resolved. */
typedef struct kh_who {
    kh_who_kind kind;
    uint32_t first, end; /* tokens; equal for a dropped subject */
    uint32_t head;       /* the token at which the name or role word itself begins */
    uint32_t name;       /* index into names, or KH_NO_NAME */
    const kh_role_form *role;
    uint32_t place; /* index + 1 into place_ids of an adjective or name beside the role, 0 for none */
    bool definite;
    bool goes_on; /* the verb says that somebody adds to his words: добавил, added */
} kh_who;

typedef enum kh_sex { KH_SEX_UNKNOWN, KH_SEX_MALE, KH_SEX_FEMALE } kh_sex;

/* A speaker as the reader goes on: who "he" is. */
typedef struct kh_agent {
    kh_str label;
    uint32_t name;
    kh_stance stance; /* of the words last quoted */
    kh_span words;    /* that named him last, may be empty */
    kh_sex sex;       /* Arabic: as his office or verb says */
    bool known;
} kh_agent;

typedef struct kh_cue {
    uint32_t first, end;
    kh_span span;
    const kh_said_form *form;
    bool clitic;      /* stands behind و or ف */
    bool relative;    /* "who said": its clause belongs to another */
    bool feminine;    /* Arabic: the verb's form is feminine */
    bool participle;  /* قائلا, saying; not "is saying" */
    bool passive;     /* English: "been called", "seen by X" */
    uint32_t comment; /* the word "comment" of a speaker who declines to; 0 for none */
} kh_cue;

typedef KH_LIST(kh_cue) kh_cues;

/* Which person holds which office, as the page says. */
typedef struct kh_office {
    uint32_t name;
    kh_str role;
    uint32_t place; /* index + 1, 0 for none */
    uint32_t token;
} kh_office;

/* A stretch of text that is read at once: a sentence, quoted full stops not counted. */
typedef struct kh_unit {
    uint32_t first; /* behind a dateline */
    uint32_t end;
    kh_cues cues;
    size_t quoted_from; /* index of the first quotation that this unit gave */
} kh_unit;

typedef struct kh_reader {
    kh_arena *out;
    kh_arena scratch;
    const kh_quotations_know *know;
    kh_article *art;
    const kh_text *text;
    uint8_t lang;
    uint32_t order;
    kh_markeds marks;           /* of the line */
    KH_LIST(kh_office) offices; /* filled when the first role is resolved */
    bool offices_known;
    kh_agent agent;
    uint32_t line_end;
    bool unclosed;                 /* the line before ended inside of marks that nothing closed */
    uint32_t last_unit;            /* first token of the last sentence of the line before */
    const kh_said_form *announced; /* the verb before a colon that ended the line before, or NULL */
    kh_span announced_cue;
    kh_agent announcer;
    bool title;
    bool lead;     /* the first line of the body */
    bool headline; /* a title, or the first line of a bare text */
} kh_reader;

/* English and the like: a bare clause may follow the verb, and no comma before it. */
static inline bool kh_is_english(const kh_reader *r)
{
    return (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
}

static inline const kh_token *kh_reader_token(const kh_reader *r, uint32_t i)
{
    return &r->text->tokens.items[i];
}

/* ---- cues.c ---- */

void kh_cues_find(kh_reader *r, kh_unit *unit);

/* Trait bits of the longest phrase at token I; *end is behind it. 0 for none. */
uint32_t kh_trait_at(const kh_reader *r, uint32_t i, uint32_t *end);
bool kh_is_punct(const kh_reader *r, uint32_t i, const char *key);
bool kh_is_that(const kh_reader *r, uint32_t i, uint32_t *end);
bool kh_is_comma(const kh_reader *r, uint32_t i);

/* Index of the first mark of the line that opens at token I or behind it; their number for none. */
size_t kh_marks_from(const kh_reader *r, uint32_t i);

/* The outermost mark that opens at token I, NULL for none. */
const kh_marked *kh_marked_at(const kh_reader *r, uint32_t i);
const kh_marked *kh_marked_around(const kh_reader *r, uint32_t i);

/* ---- anchors.c ---- */

typedef enum kh_anchor_kind { KH_ANCHOR_NONE, KH_ANCHOR_THAT, KH_ANCHOR_COLON, KH_ANCHOR_MARK, KH_ANCHOR_BARE } kh_anchor_kind;

/* What ties a cue to the words on its right. */
typedef struct kh_anchor {
    kh_anchor_kind kind;
    uint32_t at;    /* the complementiser, colon or mark: what lies between the cue and this is speaker and adjuncts */
    uint32_t begin; /* first token of the content */
    const kh_marked *mark;
} kh_anchor;

kh_anchor kh_cue_anchor(kh_reader *r, const kh_unit *unit, size_t cue);

/* The end of the reported clause that begins at token BEGIN and hangs on cue CUE. */
uint32_t kh_clause_end(kh_reader *r, const kh_unit *unit, size_t cue, uint32_t begin);

/* ---- give.c ---- */

enum {
    KH_CONTENT_MIN = 3,   /* tokens of a clause that says something */
    KH_LONG_MARK = 7,     /* tokens of marked words that are no mere name or epithet */
    KH_GAP_MAX = 14,      /* tokens between marks and their cue */
    KH_DESCRIBED_MAX = 6, /* tokens of what marked words describe, before them */
    KH_SUBJECT_REACH = 14 /* tokens at the head of a sentence among which its subject stands */
};

/* The bytes of tokens FIRST..END without commas and dashes at the ends; without a final stop unless
 * KEEP_STOP. */
kh_span kh_quotation_trim(const kh_reader *r, uint32_t first, uint32_t end, bool keep_stop);

/* Does SPAN meet a quotation that this unit gave. */
bool kh_quotation_taken(const kh_reader *r, const kh_unit *u, kh_span span);

/* Adds tokens FIRST..END as a quotation; CUE may be NULL. NULL when they are empty, taken, or no
 * quotation. The pointer is good until the next one is given. */
kh_quotation *kh_quotation_give(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end, kh_form form, const kh_who *who);

/* ---- subjects.c ---- */

kh_who kh_nobody(void);

/* The person that the words FIRST..END, which hold no quotation, are about: the next dropped subject
 * means him. */
void kh_subject_note(kh_reader *r, uint32_t first, uint32_t end);

/* Persian: the words at the head of FIRST..END that no list knows as a name. */
kh_who kh_who_plain(const kh_reader *r, uint32_t first, uint32_t end);

/* Who stands before the particle that marks the subject, among tokens FIRST..END (Urdu). */
kh_who kh_who_of_topic(kh_reader *r, uint32_t first, uint32_t end);

/* English: does CUE stand behind "to": its subject is that of the verb before. */
bool kh_is_infinitive(const kh_reader *r, const kh_cue *cue);

/* The first token of the cue behind cue INDEX, at most LIMIT. */
uint32_t kh_next_cue(const kh_unit *u, size_t index, uint32_t limit);

/* The speaker of a masdar or participle, behind عن before it: "نقلت الإذاعة عن مدير السد قوله";
 * "quoted X as saying". */
kh_who kh_who_of_masdar(kh_reader *r, const kh_unit *u, size_t index);

/* Whom the agency that is the subject of cue INDEX cites before token AT; nobody where it cites none. */
kh_who kh_who_cited(kh_reader *r, const kh_unit *u, size_t index, uint32_t at);

/* The speaker of cue INDEX whose content stands to its right, behind token AT. */
kh_who kh_who_right(kh_reader *r, const kh_unit *u, size_t index, uint32_t at);

/* The speaker of cue INDEX whose content ended before token GAP, to its left: "..., X said", "..., said X". */
kh_who kh_who_left(kh_reader *r, const kh_unit *u, size_t index, uint32_t gap);

/* ---- unlisted.c ---- */

/* WHO, or the unknown name that stands behind his office and before token END (Arabic). */
kh_who kh_who_named_behind(const kh_reader *r, kh_who who, uint32_t end);

/* WHO, or the unknown name between commas behind his office and before token END: "le maire, Antoine Perrichet,". */
kh_who kh_who_apposed(const kh_reader *r, kh_who who, uint32_t end);

/* WHO, or the unknown name behind his office and what it is of: "le député de l'opposition Julien Marchetti". */
kh_who kh_who_titled(const kh_reader *r, kh_who who, uint32_t end);

/* Arabic: man or woman, by the first of the words FIRST..END of an office, by the form of a verb. */
kh_sex kh_sex_of_words(const kh_reader *r, uint32_t first, uint32_t end);
kh_sex kh_sex_of_verb(const kh_reader *r, const kh_cue *cue);

/* ---- verbs.c ---- */

/* The marked stretch that ends right before a cue or its subject; NULL for none. */
const kh_marked *kh_mark_left(const kh_reader *r, const kh_unit *u, const kh_cue *cue);

/* The last marked stretch that opens among tokens FIRST..END. */
const kh_marked *kh_mark_last(const kh_reader *r, uint32_t first, uint32_t end);

/* Gives the reported clause FIRST..END, or the marks in it where they stand round most of it. */
void kh_clause_give(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t first, uint32_t end, const kh_who *who);

/* Acts whose words may stand to the left of a clause-final verb. */
bool kh_act_says(kh_act act);

/* Gives marked words M that hang on CUE. */
void kh_mark_give(kh_reader *r, kh_unit *u, const kh_cue *cue, const kh_marked *m, const kh_who *who);

/* FORM, or the form that the act asks for. */
kh_form kh_form_of_act(kh_act act, kh_form form);

/* Reads cue INDEX; FROM is the first token that no quotation of the unit has used, BEFORE the unit
 * before or NULL. */
void kh_verb_read(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index, uint32_t from);

/* ---- epithets.c ---- */

/* Behind the last of the marks that are joined to M before token END: "a toy" and "a joke". */
uint32_t kh_epithet_end(const kh_reader *r, const kh_marked *m, uint32_t end);

/* Marked words of anchor A that cue INDEX calls a thing; true when they are given, or are a name. */
bool kh_epithet_read(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a, const kh_who *who);

/* "seen by the crews as a "lifeboat"", "asked by Dane if ...": false where cue INDEX has no "by" behind it. */
bool kh_passive_read(kh_reader *r, kh_unit *u, size_t index);

/* German: marked words behind "als" before cue INDEX at the end of its clause. */
bool kh_epithets_before(kh_reader *r, kh_unit *u, size_t index, uint32_t from);

/* ---- clauses.c ---- */

/* "CONTENT, X said": where the content to the left of a clause-final verb ends; 0 when there is none. */
uint32_t kh_clause_left(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from);

/* Does CUE stand behind its content and before its subject: "CONTENT, said X". */
bool kh_clause_inverted(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t from);

/* "Brill, who said ...": reads cue INDEX of a relative clause with its anchor. */
void kh_relative_read(kh_reader *r, kh_unit *u, size_t index, const kh_anchor *a);

/* "The ferry, they said, left late", "As the paper noted, ...": false when cue INDEX is none. */
bool kh_parenthesis_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);
bool kh_as_read(kh_reader *r, kh_unit *u, size_t index);

/* ---- objects.c ---- */

/* Does token I end like a nominalised clause of Turkish and its relatives in the accusative: -ığını. */
bool kh_is_accusative_end(const kh_reader *r, uint32_t i);

/* Content that stands before cue INDEX: marked words, or a nominalised clause that ends at the cue.
 * FROM is the first token that no quotation of the unit has used. */
void kh_object_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);

/* Does a verb of this act take a noun or an infinitive for its content. */
bool kh_takes_noun(const kh_reader *r, kh_act act);

/* A noun as content, of acts that take one: "denied X", نفى X, X را رد کرد. */
void kh_noun_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);

/* ---- calls.c ---- */

/* Do the verbatim words FIRST..END tell somebody what to do: "Do not go back", لا تعودوا. */
bool kh_is_call(const kh_reader *r, uint32_t first, uint32_t end);

/* The word "comment" that the verb at FIRST..END of the unit governs; 0 for none. */
uint32_t kh_comment_of(const kh_reader *r, const kh_unit *u, uint32_t first, uint32_t end);

/* "declined to comment on X": gives "comment on X". */
void kh_decline_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);

/* "urged people" without a complementiser in Persian: از مردم خواست صبر کنند. False when it is none. */
bool kh_urging_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);

/* ---- phrases.c ---- */

/* Do words such as "so-called", ما أسماه stand right before the mark. */
bool kh_mark_distanced(const kh_reader *r, const kh_marked *m);

void kh_phrase_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from);
/* BEFORE is the unit before of the same line, or NULL. */
void kh_mark_read(kh_reader *r, kh_unit *u, const kh_unit *before, const kh_marked *m);

/* ---- speakers.c ---- */

/* The mention that begins in token I (behind a proclitic too), NULL for none; *end is behind it. */
const kh_mention *kh_mention_at(const kh_reader *r, uint32_t i, uint32_t *end);
kh_name_type kh_mention_type(const kh_reader *r, const kh_mention *m);

/* The role word or phrase at token I, NULL for none; *end is behind it. */
const kh_role_form *kh_role_at(const kh_reader *r, uint32_t i, uint32_t *end);

/* The place or nationality at token I as index + 1 into place_ids, 0 for none. */
uint32_t kh_place_at(const kh_reader *r, uint32_t i);

/* The first noun phrase among tokens FIRST..END that can speak. */
kh_who kh_who_in(kh_reader *r, uint32_t first, uint32_t end, bool feminine);

/* A pronoun that can be a subject at token I; *end is behind it. */
bool kh_is_subject_pronoun(const kh_reader *r, uint32_t i, uint32_t *end);
bool kh_is_article(const kh_reader *r, uint32_t i);

/* "a", "one", یک, أحد: somebody who is not named yet. */
bool kh_is_indefinite_word(const kh_reader *r, uint32_t i);

/* ---- before.c ---- */

/* Where the clause whose verb stands at token END begins, not before token FIRST. */
uint32_t kh_clause_begin(const kh_reader *r, uint32_t first, uint32_t end);

/* German: behind the noun phrase that begins at token FIRST, FIRST for none. */
uint32_t kh_noun_phrase_end(const kh_reader *r, uint32_t first, uint32_t end);

/* The subject that stands before a verb at token END, not before token FIRST. */
kh_who kh_who_before(kh_reader *r, uint32_t first, uint32_t end);

/* ---- resolve.c ---- */

/* Label and name of WHO; the agent for pronouns and dropped subjects. */
kh_agent kh_who_resolve(kh_reader *r, const kh_who *who, uint32_t at);

/* Is what these marks hold a name, not speech: «Северный мост», شركة "...". */
bool kh_mark_is_name(const kh_reader *r, const kh_marked *m);

/* Do the marks hold the name of a medium that was told: рассказала «Вестнику» врач, قال ل«الخبر». */
bool kh_mark_is_medium(const kh_reader *r, const kh_marked *m);

/* Do the marks hold the name that belongs to a body or office before them: شركة «...». */
bool kh_mark_names_office(const kh_reader *r, const kh_marked *m);

/* Is all of it one name of the page or of an agency. */
bool kh_mark_holds_name(const kh_reader *r, const kh_marked *m);

bool kh_who_is_agency(const kh_reader *r, const kh_who *who);

/* The unnamed person of the lead is the one who speaks next: "a retired judge told this paper". */
void kh_speakers_name_later(kh_reader *r);

#endif
