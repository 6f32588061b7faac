/* times.h - inside dates/: expressions of time as words in the text.
 *
 *     line -> times_atoms.c (which words speak of time, and as what) -> times.c (which of them belong together)
 */
#ifndef KHABAR_DATES_TIMES_H
#define KHABAR_DATES_TIMES_H

#include "dates/expr.h"

/* What a word or number can be in an expression of time: a set. */
enum {
    KH_TIME_UNIT = 1 << 0,       /* is counted: روز, ساعت */
    KH_TIME_HEAD = 1 << 1,       /* is named by what follows: سال ۹۲, ماه رجب */
    KH_TIME_WHOLE = 1 << 2,      /* says enough alone: دیروز, نوروز, سالانه */
    KH_TIME_PART = 1 << 3,       /* part of a day: صبح */
    KH_TIME_SEASON = 1 << 4,     /* بهار */
    KH_TIME_MONTH = 1 << 5,      /* by months.txt */
    KH_TIME_WEEKDAY = 1 << 6,    /* by weekdays.txt */
    KH_TIME_BEFORE = 1 << 7,     /* در, از, پس از */
    KH_TIME_DURING = 1 << 8,     /* طول: a bare unit may follow */
    KH_TIME_EDGE = 1 << 9,       /* اوایل, پایان */
    KH_TIME_DATEWORD = 1 << 10,  /* مورخ, روز */
    KH_TIME_THIS = 1 << 11,      /* این, همان, هر */
    KH_TIME_AFTER = 1 << 12,     /* گذشته, آینده */
    KH_TIME_TAIL = 1 << 13,      /* در میان */
    KH_TIME_ERA = 1 << 14,       /* میلادی */
    KH_TIME_TO = 1 << 15,        /* تا, الی */
    KH_TIME_AND = 1 << 16,       /* و, یا */
    KH_TIME_OF = 1 << 17,        /* between a head and its name: مبارک */
    KH_TIME_FRACTION = 1 << 18,  /* نیم, ربع behind و */
    KH_TIME_EVENT = 1 << 19,     /* a year of two digits may follow: انتخابات ۹۶ */
    KH_TIME_COUNTED = 1 << 20,   /* a number before it is no year: نفر */
    KH_TIME_NOT = 1 << 21,       /* no time at all: نماز جمعه */
    KH_TIME_HALF = 1 << 22,      /* ب.ظ */
    KH_TIME_NOW = 1 << 23,       /* اکنون behind تا */
    KH_TIME_UNTIL_NOW = 1 << 24, /* تاکنون behind a time */
    KH_TIME_ALSO_WORD = 1 << 25, /* an ordinary word or a name too: مهر, بهار */
    KH_TIME_WEAK_ERA = 1 << 26,  /* م, ش, ق */
    KH_TIME_DURATION = 1 << 27,  /* number and unit in one: شش ماهه */
    KH_TIME_NUMBER = 1 << 28,
    KH_TIME_ORDINAL = 1 << 29,
    KH_TIME_DIGITS = 1 << 30, /* a numeric date or time of day, with a type */
};

/* More, in kh_atom.uses. */
enum {
    KH_TIME_RATE = 1 << 0,         /* روزی, before "۱۲ بار" */
    KH_TIME_TIMES = 1 << 1,        /* بار */
    KH_TIME_COUNTED_FROM = 1 << 2, /* بعد از: its first word belongs to the count before it */
    KH_TIME_MINUTES_TO = 1 << 3    /* به: "ده دقیقه به هشت" */
};

typedef enum kh_atom_mark { KH_ATOM_NO_MARK, KH_ATOM_DASH, KH_ATOM_COMMA, KH_ATOM_OTHER } kh_atom_mark;

/* A word, a phrase, a number or a mark of the line. */
typedef struct kh_atom {
    uint32_t senses;
    uint32_t first, end; /* tokens */
    uint8_t uses;
    uint8_t type;   /* kh_time_type, KH_TIME_NO_TYPE where its neighbours decide */
    uint8_t mark;   /* kh_atom_mark */
    uint8_t digits; /* of a whole number in digits */
    double value;   /* of a number */
} kh_atom;

typedef KH_LIST(kh_atom) kh_atoms;

typedef struct kh_time_form {
    uint32_t senses;
    uint8_t uses;
    uint8_t type;
    uint8_t none[2]; /* no padding: forms lie on a shelf */
} kh_time_form;

struct kh_times_know {           /* lies on a shelf: a new field is named in times_parts too */
    const kh_phrases *phrases;   /* values are indices into forms */
    KH_LIST(kh_time_form) forms; /* [0] has no sense */
    kh_map number_words;         /* language and key -> index into numbers */
    KH_LIST(double) numbers;
    bool langs[KH_LANGS_MAX]; /* has a table of its own */
    uint8_t persian;
};

const struct kh_times_know *kh_times_know_of(kh_arena *out, const kh_lexicon *lex);

/* The atoms of tokens FIRST..END of TEXT. */
kh_atoms kh_time_atoms(kh_arena *out, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t first, size_t end);

#endif
