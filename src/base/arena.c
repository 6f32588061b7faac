/* arena.c - reserve once, push, clear. See arena.h for the idea and its source. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KH_POISONS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define KH_POISONS 1
#endif

#ifdef KH_POISONS
#include <sanitizer/asan_interface.h>
enum { GAP = 16, PART = 1 << 18 };

/* Lies behind the reservation. To poison gigabytes that nobody comes near would take most of the time of a test: a part is
 * poisoned when something near it is taken for the first time, and again when the arena is cleared. */
struct kh_ground {
    char *begin;
    size_t bytes;
    size_t parts;
    bool used[];
};

static size_t ground_bytes(size_t size)
{
    return sizeof(struct kh_ground) + size / PART + 1 + 64;
}

static struct kh_ground *lay_ground(char *p, size_t size)
{
    struct kh_ground *g = (struct kh_ground *)(p + (size + 63) / 64 * 64);
    *g = (struct kh_ground){.begin = p, .bytes = size, .parts = size / PART + 1};
    return g;
}

/* The I-th part, as far as it lies between FROM and TO: poisoned, or open again. */
static void set_part(const struct kh_ground *g, size_t i, const char *from, const char *to, bool poison)
{
    const char *begin = g->begin + i * PART;
    const char *end = i + 1 < g->parts ? begin + PART : g->begin + g->bytes;
    begin = begin < from ? from : begin;
    end = end > to ? to : end;
    if (begin < end && poison) {
        ASAN_POISON_MEMORY_REGION(begin, (size_t)(end - begin));
    } else if (begin < end) {
        ASAN_UNPOISON_MEMORY_REGION(begin, (size_t)(end - begin));
    }
}

static void set_used(const kh_arena *a, const char *to, bool poison)
{
    for (size_t i = 0; a->ground && i < a->ground->parts; i++) {
        if (a->ground->used[i]) {
            set_part(a->ground, i, a->begin, to, poison);
        }
    }
}

/* Something is to be taken at P: its parts, and those around them. An arena over memory of somebody else's has no ground. */
static void come_near(const kh_arena *a, const char *p, size_t n)
{
    struct kh_ground *g = a->ground;
    size_t first = g ? (size_t)(p - g->begin) / PART : 0, last = g ? (size_t)(p + n - g->begin) / PART + 1 : 0;
    for (size_t i = first ? first - 1 : 0; g && i <= last && i < g->parts; i++) {
        if (!g->used[i]) {
            g->used[i] = true;
            set_part(g, i, g->begin, g->begin + g->bytes, true);
        }
    }
}

/* With what was split off. */
static size_t reserved_bytes(const kh_arena *a)
{
    return a->ground ? a->ground->bytes + ground_bytes(a->ground->bytes) : (size_t)(a->end - a->begin);
}
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ground_bytes(size) 0
#define lay_ground(p, size) NULL
#define come_near(a, p, n) ((void)0)
#define set_used(a, to, poison) ((void)0)
#define reserved_bytes(a) ((size_t)((a)->end - (a)->begin))
enum { GAP = 0 };
#endif

kh_arena kh_arena_reserve(size_t size, jmp_buf *full)
{
    char *p = mmap(NULL, size + ground_bytes(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        return (kh_arena){0};
    }
    return (kh_arena){.begin = p, .cur = p, .end = p + size, .full = full, .ground = lay_ground(p, size)};
}

void kh_arena_release(kh_arena *a)
{
    if (a->begin) {
        set_used(a, a->begin + reserved_bytes(a), false);
        munmap(a->begin, reserved_bytes(a));
    }
    *a = (kh_arena){0};
}

void kh_arena_give_back(const kh_arena *a, size_t keep)
{
    const uintptr_t page = 4096;
    size_t behind = (size_t)(a->end - a->cur);
    char *from = a->cur + (keep < behind ? keep : behind);
    from += -(uintptr_t)from & (page - 1);
    if (from < a->end) {
        madvise(from, (size_t)(a->end - from), MADV_DONTNEED);
    }
}

/* A page that took much more than usual gives its pages back, so that one monster does not stay. */
enum { KEEP_BYTES = 64 << 20 };

void kh_arena_clear(kh_arena *a)
{
    size_t used = (size_t)(a->cur - a->begin);
    set_used(a, a->end, true);
    if (used > KEEP_BYTES) {
        madvise(a->begin + KEEP_BYTES, (size_t)(a->end - a->begin) - KEEP_BYTES, MADV_DONTNEED);
    }
    a->cur = a->begin;
}

kh_arena kh_arena_split(kh_arena *a)
{
    char *middle = a->cur + (a->end - a->cur) / 2;
    middle -= (uintptr_t)middle % 64;
    kh_arena upper = {.begin = middle, .cur = middle, .end = a->end, .full = a->full, .ground = a->ground};
    a->end = middle;
    return upper;
}

void *kh_arena_take(kh_arena *a, size_t size, size_t align, size_t count)
{
    assert(size > 0 && align > 0 && (align & (align - 1)) == 0);
    size_t pad = -(uintptr_t)a->cur & (align - 1);
    size_t room = (size_t)(a->end - a->cur);
    if (pad + GAP > room || count > (room - pad - GAP) / size) {
        if (!a->full) {
            abort();
        }
        longjmp(*a->full, 1);
    }
    char *p = a->cur + pad;
    size_t n = size * count;
    a->cur = p + n + GAP;
    come_near(a, p, n + GAP);
    ASAN_UNPOISON_MEMORY_REGION(p, n);
    ASAN_POISON_MEMORY_REGION(p + n, GAP);
    return p;
}

void *kh_arena_push(kh_arena *a, size_t size, size_t align, size_t count)
{
    return memset(kh_arena_take(a, size, align, count), 0, size * count);
}

kh_str kh_arena_copy(kh_arena *a, kh_str s)
{
    char *p = KH_TAKE_N(a, char, s.len + 1);
    if (s.len) {
        memcpy(p, s.ptr, s.len);
    }
    p[s.len] = 0;
    return (kh_str){p, s.len};
}

kh_str kh_arena_join(kh_arena *a, kh_str x, kh_str y)
{
    char *p = KH_NEW_N(a, char, x.len + y.len + 1);
    if (x.len) {
        memcpy(p, x.ptr, x.len);
    }
    if (y.len) {
        memcpy(p + x.len, y.ptr, y.len);
    }
    return (kh_str){p, x.len + y.len};
}

kh_str kh_arena_printf(kh_arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t len = n > 0 ? (size_t)n : 0;
    char *p = KH_NEW_N(a, char, len + 1);
    vsnprintf(p, len + 1, format, again);
    va_end(again);
    return (kh_str){p, len};
}
