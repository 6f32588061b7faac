/* times_parts.h - shared by times.c and times_pieces.c alone: pieces of expressions of time. */
#ifndef KHABAR_DATES_TIMES_PARTS_H
#define KHABAR_DATES_TIMES_PARTS_H

#include "dates/times.h"

typedef enum kh_piece_kind {
    KH_PIECE_NOTHING,
    KH_PIECE_DURATION,
    KH_PIECE_WEEKDAY,
    KH_PIECE_SEASON,
    KH_PIECE_MONTH,
    KH_PIECE_YEAR,
    KH_PIECE_PART,
    KH_PIECE_WHOLE,
    KH_PIECE_DAY,
    KH_PIECE_CLOCK,
    KH_PIECE_NAMED_UNIT
} kh_piece_kind;

typedef struct kh_times_parser {
    const kh_dates_know *know;
    const kh_text *text;
    kh_atoms atoms;
    uint8_t *types; /* of each atom in an expression */
} kh_times_parser;

/* What stood before a piece. */
typedef struct kh_piece_before {
    bool any, from, during, edge, this;
    bool behind; /* another piece directly before it */
} kh_piece_before;

typedef struct kh_time_piece {
    size_t end; /* atom behind it; 0: there is none */
    kh_piece_kind kind;
} kh_time_piece;

/* Atom I has one of SENSES, and is not told to be no time at all. */
bool kh_atom_is(const kh_times_parser *p, size_t i, uint32_t senses);
bool kh_atom_uses(const kh_times_parser *p, size_t i, uint8_t use);
bool kh_atom_word(const kh_times_parser *p, size_t i, const char *key); /* its first token's key */
void kh_atom_types(const kh_times_parser *p, size_t first, size_t end, uint8_t type);

/* The core of an expression at atom I with what belongs to it; end 0 where there is none. */
kh_time_piece kh_time_piece_at(const kh_times_parser *p, size_t i, const kh_piece_before *b);

/* A time of day at atom I. */
kh_time_piece kh_time_clock_at(const kh_times_parser *p, size_t i);

#endif
