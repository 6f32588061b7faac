/* arena.h - the only way a stage gets memory.
 *
 * An arena is a reserved run of addresses and a cursor. Results go into `out`, passed by pointer;
 * temporaries go into `scratch`, passed BY COPY, so that they are gone when the function returns.
 * Nothing is freed singly. After Chris Wellons, "Arena allocator tips and tricks" (2023).
 *
 * An arena that runs out jumps to *full: the engine sets that buffer once per page, so a page that
 * wants more than its share is abandoned with a reason code and the program goes on. Under ASan the
 * unused room and a gap behind each allocation are poisoned, so overruns inside an arena are seen.
 */
#ifndef KHABAR_BASE_ARENA_H
#define KHABAR_BASE_ARENA_H

#include "base/str.h"

#include <setjmp.h>

typedef struct kh_arena {
    char *begin;
    char *cur;
    char *end;
    jmp_buf *full;            /* where to go when there is no room; NULL aborts the program */
    struct kh_ground *ground; /* under ASan what of the reservation was in use; NULL otherwise */
} kh_arena;

/* Reserves SIZE bytes of address space; pages are taken from the system as they are touched.
 * begin == NULL when the system refuses. */
kh_arena kh_arena_reserve(size_t size, jmp_buf *full);
void kh_arena_release(kh_arena *a); /* gives the addresses back; accepts a null arena */
void kh_arena_clear(kh_arena *a);   /* the cursor back to the start; all that was pushed is gone */

/* Gives the memory from KEEP bytes behind the cursor on back to the system: for what temporaries have touched. The addresses stay. */
void kh_arena_give_back(const kh_arena *a, size_t keep);

/* Takes the upper half of A's free room off as an arena of its own, for a caller that has one arena and
 * needs results and temporaries. */
kh_arena kh_arena_split(kh_arena *a);

/* COUNT zeroed objects of SIZE bytes at ALIGN. Never NULL: jumps to *full when there is no room. */
void *kh_arena_push(kh_arena *a, size_t size, size_t align, size_t count);

/* The same without zeroes: for what is written whole at once. */
void *kh_arena_take(kh_arena *a, size_t size, size_t align, size_t count);

#define KH_NEW(a, T) ((T *)kh_arena_push((a), sizeof(T), _Alignof(T), 1))
#define KH_NEW_N(a, T, n) ((T *)kh_arena_push((a), sizeof(T), _Alignof(T), (n)))
#define KH_TAKE_N(a, T, n) ((T *)kh_arena_take((a), sizeof(T), _Alignof(T), (n)))

kh_str kh_arena_copy(kh_arena *a, kh_str s);           /* a copy, NUL behind it */
kh_str kh_arena_join(kh_arena *a, kh_str x, kh_str y); /* x then y */
kh_str kh_arena_printf(kh_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
