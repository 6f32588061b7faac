/* figures_parts.h - shared inside the figures stage only: the knowledge, one sentence's cues, one figure in
 * the making. Order of work: figures_scan.c finds numbers and cues of a sentence, figures_noun.c reads what
 * stands around a number, figures_sense.c says what happened to what is counted, figures_claim.c who says so, figures_day.c
 * for which day, figures_status.c whether it stands, figures.c decides which become figures. */
#ifndef KHABAR_CLAIMS_FIGURES_PARTS_H
#define KHABAR_CLAIMS_FIGURES_PARTS_H

#include "claims/claims.h"

/* The fields of counted.txt. */
typedef enum kh_field_kind {
    KH_FIELD_WHAT,
    KH_FIELD_SCOPE,
    KH_FIELD_UNIT,
    KH_FIELD_AMONG,   /* بينهم, of whom: a part of the figure before */
    KH_FIELD_OTHER,   /* آخرين, others */
    KH_FIELD_LINK,    /* من, of: between number and noun */
    KH_FIELD_LABEL,   /* page, رقم: the number behind it counts nothing */
    KH_FIELD_CLOCK,   /* صباحا, Uhr: the number before it is a time */
    KH_FIELD_STATUS,  /* withdrew, صحح */
    KH_FIELD_LIFE,    /* life sentence */
    KH_FIELD_VERB,    /* شدند, were: finite verbs that say nothing themselves but close or open a clause */
    KH_FIELD_AS_OF,   /* as of, حتى: the day behind it is the day for which a count holds */
    KH_FIELD_CLAUSE,  /* ", while", "، فيما": behind the comma a clause of its own begins */
    KH_FIELD_AFTER,   /* after, بعد: with a duration, how long ago another event was */
    KH_FIELD_EARLIER, /* ölmüştü, کشته شده بودند: a verb that goes back behind what the page tells */
    KH_FIELD_count
} kh_field_kind;

/* What a word of counted.txt can be said of. */
enum { KH_OF_PERSONS = 1, KH_OF_THINGS = 2, KH_OF_SHARE = 4, KH_OF_MONEY = 8, KH_OF_MEASURE = 16, KH_OF_DURATION = 32 };

typedef struct kh_counted { /* lies on a shelf: a new field is named in counted_parts too */
    kh_str value;           /* "killed", "persons", "EUR" */
    kh_str share;           /* of a what: its name for a share */
    kh_str by_force;        /* of a what: its name where the article tells of shots, blows or fights, */
    kh_str by_accident;     /* and where it does not; empty: always `value` */
    kh_field_kind field;
    kh_figure_kind kind; /* of a unit */
    uint8_t of;          /* of a what: KH_OF_...; of a scope: persons or things */
    uint32_t opens;      /* the letter a Turkish form must open with: öldü (died) is not oldu (became); 0: any */
    bool crowd;          /* of a scope: says who was there, sets no part apart */
    bool hint;           /* of a what: says so only where no other word does: to higher ground */
} kh_counted;

typedef enum kh_bound_op {
    KH_BOUND_GE,
    KH_BOUND_GT,
    KH_BOUND_LE,
    KH_BOUND_LT,
    KH_BOUND_ABOUT,
    KH_BOUND_RANGE, /* between, from */
    KH_BOUND_TO,    /* to, إلى: between the two numbers of a range */
    KH_BOUND_AND,   /* the same, behind "between" */
    KH_BOUND_ROSE,  /* rose to: no bound */
    KH_BOUND_SO_FAR,
    KH_BOUND_VERSUS, /* بر between two numbers: a score */
    KH_BOUND_BECAME, /* به between two numbers: from the first to the second */
    KH_BOUND_count
} kh_bound_op;

enum { KH_BOUND_BEFORE = 16, KH_BOUND_AFTER = 32 }; /* where the phrase stands; added to the op */

/* The words and the grammar of one language; a set of its own for each keeps the search short. */
typedef struct kh_figures_lang {
    kh_phrases *sets[KH_FIELD_count]; /* values: index into counted */
    kh_phrases *duals;                /* values: index into counted */
    kh_phrases *bounds;               /* values: kh_bound_op with KH_BOUND_BEFORE, KH_BOUND_AFTER */
    kh_phrases *connectors;           /* values: KH_BOUND_TO, KH_BOUND_AND */
    kh_phrases *stopwords;
    kh_phrases *thats;     /* complementisers */
    kh_phrases *force;     /* words of shots, blows and fights */
    kh_phrases *estimates; /* verbs that give a count: put at, قدّر, bezifferte */
    kh_phrases *roles;     /* who may give one: the police, المنظمون */
    bool verb_last;        /* Persian, Turkish: the verb ends the clause */
    bool verb_first;       /* Arabic */
    bool adjective_first;  /* English, Russian: adjectives stand before the noun */
    bool dotted;           /* Turkish: ö and o, ü and u are different letters */
    bool capital_nouns;    /* German */
    bool joined;           /* Arabic: proclitics */
} kh_figures_lang;

struct kh_figures_know {
    const kh_lexicon *lex;
    const kh_numerals *numerals;
    KH_LIST(kh_counted) counted;
    KH_LIST(kh_str) narrower; /* pairs with wider */
    KH_LIST(kh_str) wider;
    kh_figures_lang langs[KH_LANGS_MAX]; /* [0]: no words */
};

typedef struct kh_cue {
    uint32_t first, end;
    const kh_counted *word;
    bool weak; /* the same words also name who is counted: المحتجين */
} kh_cue;

typedef struct kh_bound {
    uint32_t first, end;
    uint8_t op; /* kh_bound_op */
    bool before, after;
} kh_bound;

typedef KH_LIST(kh_cue) kh_cues;
typedef KH_LIST(kh_bound) kh_bounds;

/* A number on its way to a figure. */
typedef struct kh_count {
    kh_numeral number;
    uint32_t begin, end; /* tokens of the whole: bound, number, noun */
    uint32_t begin_byte, end_byte;
    const kh_counted *scope;
    const kh_counted *unit;
    const kh_counted *noun_what; /* the noun itself says what: قتلى */
    const kh_counted *what;
    kh_span noun; /* the counted noun as written, where it is in no table */
    kh_bound bound;
    bool has_bound;
    bool rose; /* behind "rose to" */
    bool among, other, dual, bare, range, age;
    bool bare_age;   /* an age without the word for years: more may follow */
    bool of_group;   /* "two of the injured": the noun says of whom, a verb what happened to the two */
    bool superseded; /* the 71 of "revised from 71 to 68": the count behind it says of what */
    bool dashed;     /* 1-3: a range or a score */
    bool clock;      /* a time of day; only while ranges are joined */
    int what_cost;
    uint32_t what_at; /* first token of the cue */
} kh_count;

typedef KH_LIST(kh_count) kh_counts;

/* One sentence under work. */
typedef struct kh_sentence {
    const kh_figures_know *know;
    const kh_figures_lang *words;
    const kh_article *art;
    const kh_text *text;
    bool estimated;         /* somebody in it gives a count */
    bool force;             /* the article tells of shots, blows or fights */
    const uint8_t *blocked; /* per token: part of a date, a credit or a name that holds a number */
    uint32_t first, end;    /* tokens */
    uint8_t lang;
    kh_cues cues[KH_FIELD_count];
    kh_bounds bounds;
    kh_counts counts;
} kh_sentence;

/* figures_know.c: may WORD stand where the text's first letter is CP */
bool kh_figures_opens(const kh_counted *word, uint32_t cp);

/* figures_scan.c */
bool kh_figures_scan(kh_arena *scratch, kh_sentence *s); /* false: no number worth reading */
bool kh_figures_match(const kh_sentence *s, kh_field_kind field, size_t token, bool joined, kh_match *m);
const kh_counted *kh_figures_word(const kh_sentence *s, const kh_match *m);
bool kh_figures_stopword(const kh_sentence *s, size_t token);
bool kh_figures_prefix_dash(const kh_sentence *s, size_t dash); /* the dash of ל-30 */

/* figures_noun.c */
bool kh_figures_is_fraction(const kh_count *c); /* a third, نصف */
void kh_figures_noun(const kh_sentence *s, kh_count *c);

/* figures_sense.c */
void kh_figures_what(const kh_sentence *s);
bool kh_figures_joins(const kh_sentence *s, size_t token); /* an "and" */
bool kh_figures_that(const kh_sentence *s, size_t token);  /* a complementiser */
void kh_figures_claim(kh_arena *out, const kh_sentence *s, const kh_count *c, kh_figure *f);

/* figures_claim.c: f->claimed_by and f->quotation */
bool kh_figures_estimated(const kh_sentence *s); /* has a verb of estimates.txt */
void kh_figures_claimant(const kh_sentence *s, const kh_count *c, kh_figure *f);

/* figures_status.c: f->status; wants f->kind */
void kh_figures_status(const kh_sentence *s, const kh_count *c, kh_figure *f);
bool kh_figures_given_up(const kh_sentence *s, const kh_count *c); /* "12" of "nine instead of 12" */
bool kh_figures_retracts(const kh_cue *cue);

/* figures_day.c: f->as_of and f->past_event; wants f->quotation and f->status */
void kh_figures_day(const kh_sentence *s, const kh_count *c, kh_figure *f);

#endif
