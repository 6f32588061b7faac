/* bench_copies.c [N] - copy search beside MinHash with LSH, over the same made-up articles in the same run, on one core.
 *
 * The generator is deterministic: articles of 200 to 600 invented words drawn by rank (Zipf), three in ten of them a noisy
 * copy of an earlier one: 2 to 25 % of the words dropped, replaced or inserted, some cut to 60-100 %. Both searches begin
 * with the words, cut and hashed, which every stage needs anyway (their time is told apart), and end with the copies,
 * each candidate compared word by word by the same function. Ratios are told for finding the
 * candidates, which is all that MinHash does, and with the comparing, and beside them the share of the planted copies found.
 *
 * The reference: 128 permutations of the 5-grams, (a x + b) mod 2^61 - 1 as in the literature (Broder 1997), with bands
 * (Leskovec and others, "Mining of Massive Datasets", ch. 3) of 5 rows, which is its usual setting and finds pairs of a
 * Jaccard likeness about 0.5, and of 2 rows, which find nearly all that prints find.
 */
#include "prints/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WORDS_KNOWN = 50000, WORDS_MIN = 200, WORDS_MAX = 600, COPIES_PERCENT = 30, PERMUTATIONS = 128, BANDS_MAX = PERMUTATIONS / 2 };
enum { CANDIDATES = 64 };

/* ---- articles ---- */

static uint64_t state = 7;

static uint32_t draw(uint32_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((state >> 33) % below);
}

typedef struct made {
    uint32_t *words;
    size_t count;
    uint32_t copy_of; /* UINT32_MAX: of none */
} made;

static double cumulated[WORDS_KNOWN];

static uint32_t draw_word(void)
{
    double at = cumulated[WORDS_KNOWN - 1] * (double)draw(1u << 30) / (double)(1u << 30);
    size_t low = 0;
    size_t high = WORDS_KNOWN - 1;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (cumulated[mid] < at) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return (uint32_t)low;
}

static void add_noise(kh_arena *a, const made *from, made *to)
{
    uint32_t noise = 20 + draw(231); /* of a thousand */
    to->words = KH_NEW_N(a, uint32_t, from->count * 2 + 1);
    for (size_t i = 0; i < from->count; i++) {
        uint32_t x = draw(1000);
        if (x * 10 >= noise * 4) {
            to->words[to->count++] = x * 10 < noise * 8 ? draw_word() : from->words[i];
        }
        if (x * 10 >= noise * 8 && x < noise) {
            to->words[to->count++] = draw_word();
        }
    }
    if (draw(10) < 3) {
        size_t kept = to->count * (60 + draw(41)) / 100;
        to->count = kept > 60 ? kept : to->count;
    }
}

static made *make(kh_arena *a, size_t count)
{
    made *all = KH_NEW_N(a, made, count + 1);
    double sum = 0;
    for (size_t i = 0; i < WORDS_KNOWN; i++) {
        cumulated[i] = sum += 1.0 / (double)(i + 6);
    }
    for (size_t i = 0; i < count; i++) {
        made *m = &all[i];
        m->copy_of = i > 10 && draw(100) < COPIES_PERCENT ? draw((uint32_t)i) : UINT32_MAX;
        if (m->copy_of != UINT32_MAX) {
            add_noise(a, &all[m->copy_of], m);
            continue;
        }
        m->count = WORDS_MIN + draw(WORDS_MAX - WORDS_MIN + 1);
        m->words = KH_NEW_N(a, uint32_t, m->count);
        for (size_t w = 0; w < m->count; w++) {
            m->words[w] = draw_word();
        }
    }
    return all;
}

/* The word of rank N: consonant and vowel by turns. */
static void write_word(kh_buf *b, uint32_t n)
{
    static const char consonants[] = "bcdfghjklmnprstvz";
    static const char vowels[] = "aeiou";
    for (n += 20; n; n /= 85) {
        kh_buf_char(b, consonants[n % 17]);
        kh_buf_char(b, vowels[n / 17 % 5]);
    }
}

static kh_article *article_of(kh_arena *a, const made *m, size_t *bytes)
{
    kh_buf b = {.arena = a};
    for (size_t i = 0; i < m->count; i++) {
        write_word(&b, m->words[i]);
        kh_buf_char(&b, i + 1 == m->count ? '.' : ' ');
    }
    kh_article *art = KH_NEW(a, kh_article);
    art->text = kh_buf_str(&b);
    *bytes += art->text.len;
    return art;
}

/* ---- the reference ---- */

static const uint64_t PRIME = (UINT64_C(1) << 61) - 1;

typedef struct minhash {
    uint64_t a[PERMUTATIONS], b[PERMUTATIONS];
    size_t rows;
    kh_map bands[BANDS_MAX];            /* hash of a band -> newest article + 1 */
    KH_LIST(uint32_t) older[BANDS_MAX]; /* per article: the one before it in its bucket + 1 */
} minhash;

/* (a x + b) mod 2^61 - 1, without overflow and without a division. */
static uint64_t permuted(uint64_t a, uint64_t x, uint64_t b)
{
    unsigned __int128 y = (unsigned __int128)a * x + b;
    uint64_t folded = (uint64_t)(y & PRIME) + (uint64_t)(y >> 61);
    return folded >= PRIME ? folded - PRIME : folded;
}

static void sign(const minhash *m, const kh_body *body, uint32_t signature[PERMUTATIONS])
{
    memset(signature, 0xff, PERMUTATIONS * sizeof *signature);
    for (size_t i = 0; i < body->print_count; i++) {
        uint64_t x = body->prints[i] >> 32;
        for (size_t k = 0; k < PERMUTATIONS; k++) {
            uint32_t h = (uint32_t)permuted(m->a[k], x, m->b[k]);
            signature[k] = h < signature[k] ? h : signature[k];
        }
    }
}

/* Candidates of BODY; puts it in under its number. */
static kh_print_matches minhash_step(kh_arena *keep, kh_arena *out, minhash *m, uint32_t article, const kh_body *body)
{
    uint32_t signature[PERMUTATIONS];
    kh_print_matches found = {0};
    kh_map seen = {0};
    sign(m, body, signature);
    for (size_t band = 0; band < PERMUTATIONS / m->rows; band++) {
        uint64_t hash = band + 1;
        for (size_t row = 0; row < m->rows; row++) {
            hash = kh_hash_mix(hash, signature[band * m->rows + row]);
        }
        uint32_t *newest = kh_map_put(keep, &m->bands[band], hash, NULL);
        size_t left = CANDIDATES;
        for (uint32_t at = *newest; at && left; at = m->older[band].items[at - 1], left--) {
            bool fresh = false;
            kh_map_put(out, &seen, at, &fresh);
            if (fresh) {
                *KH_ADD(out, &found) = (kh_print_match){at - 1, 1};
            }
        }
        *KH_ADD(keep, &m->older[band]) = *newest;
        *newest = article + 1;
    }
    return found;
}

/* ---- the two searches ---- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

typedef struct outcome {
    double seconds;
    size_t copies, planted; /* edges; those between a copy and what it was made from */
} outcome;

typedef struct corpus {
    const made *made;
    kh_wording *wordings;
    size_t count;
} corpus;

/* Adds the copies among FOUND; the table of places is made for a page that has candidates. */
static void compare_all(const corpus *c, kh_arena out, kh_arena scratch, uint32_t i, const kh_print_matches *found, outcome *o)
{
    kh_wording mine = c->wordings[i];
    if (found->count) {
        kh_prints_places(&out, &mine);
    }
    KH_EACH(const kh_print_match, m, *found) {
        kh_arena one = out;
        kh_copy copy;
        if (kh_prints_copy_of(&one, scratch, &c->wordings[m->article], m->article, &mine, i, &copy)) {
            o->copies++;
            o->planted += c->made[i].copy_of == m->article;
        }
    }
}

/* With COMPARE the copies, else the candidates alone. */
static outcome search_ours(const corpus *c, kh_arena keep, kh_arena out, kh_arena scratch, bool compare)
{
    outcome o = {0};
    kh_print_index index = {0};
    double begun = seconds();
    for (uint32_t i = 0; i < c->count; i++) {
        kh_arena one = out;
        kh_u64s prints = kh_prints_of_body(&one, scratch, &c->wordings[i].body);
        kh_print_matches found = kh_print_index_find(&one, scratch, &index, &prints, CANDIDATES);
        kh_print_index_add(&keep, &index, i, &prints);
        if (compare) {
            compare_all(c, one, scratch, i, &found, &o);
        }
    }
    o.seconds = seconds() - begun;
    return o;
}

static outcome search_minhash(const corpus *c, kh_arena keep, kh_arena out, kh_arena scratch, size_t rows, bool compare)
{
    outcome o = {0};
    minhash *m = KH_NEW(&keep, minhash);
    m->rows = rows;
    for (size_t k = 0; k < PERMUTATIONS; k++) {
        m->a[k] = (((uint64_t)draw(1u << 30) << 31) | draw(1u << 30)) | 1;
        m->b[k] = ((uint64_t)draw(1u << 30) << 31) | draw(1u << 30);
    }
    double begun = seconds();
    for (uint32_t i = 0; i < c->count; i++) {
        kh_arena one = out;
        kh_print_matches found = minhash_step(&keep, &one, m, i, &c->wordings[i].body);
        if (compare) {
            compare_all(c, one, scratch, i, &found, &o);
        }
    }
    o.seconds = seconds() - begun;
    return o;
}

static void report(const char *name, const outcome *all, const outcome *alone, const corpus *c, size_t planted)
{
    double count = (double)c->count;
    printf("  %-24s %8.0f articles/s, candidates alone %8.0f/s; %.2f of the planted copies found, %zu edges\n", name, count / all->seconds,
           count / alone->seconds, (double)all->planted / (double)planted, all->copies);
}

static kh_article *cut(kh_arena *a, kh_article *art)
{
    art->tokens = kh_text_of(a, art->text);
    *KH_ADD(a, &art->lines) = (kh_line){.span = {0, (uint32_t)art->text.len}, .role = KH_ROLE_BODY};
    return art;
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 20000;
    kh_arena a = kh_arena_reserve((size_t)32 << 30, NULL);
    kh_arena keep = kh_arena_reserve((size_t)8 << 30, NULL);
    kh_arena out = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_arena scratch = kh_arena_reserve((size_t)1 << 30, NULL);
    corpus c = {.made = make(&a, count), .wordings = KH_NEW_N(&a, kh_wording, count + 1), .count = count};
    size_t bytes = 0;
    size_t planted = 0;
    double cutting = 0;
    for (size_t i = 0; i < count; i++) {
        kh_article *art = article_of(&a, &c.made[i], &bytes);
        double begun = seconds();
        kh_arena forgotten = a; /* tokens are only needed for their words */
        kh_body body = kh_body_words(&scratch, cut(&forgotten, art));
        cutting += seconds() - begun;
        kh_body kept = {KH_NEW_N(&a, kh_body_word, body.count + 1), body.count, KH_NEW_N(&a, uint64_t, body.print_count + 1),
                        body.print_count};
        memcpy(kept.items, body.items, body.count * sizeof *body.items);
        memcpy(kept.prints, body.prints, body.print_count * sizeof *body.prints);
        c.wordings[i] = (kh_wording){.art = art, .body = kept};
        kh_arena_clear(&scratch);
        planted += c.made[i].copy_of != UINT32_MAX;
    }
    printf("copy search: %zu articles of %.2f KB, %zu of them copies\n", count, (double)bytes / 1e3 / (double)count, planted);
    outcome ours = search_ours(&c, keep, out, scratch, true);
    outcome ours_alone = search_ours(&c, keep, out, scratch, false);
    report("prints, postings, runs", &ours, &ours_alone, &c, planted);
    for (int setting = 0; setting < 2; setting++) {
        size_t rows = setting ? 2 : 5;
        outcome theirs = search_minhash(&c, keep, out, scratch, rows, true);
        outcome theirs_alone = search_minhash(&c, keep, out, scratch, rows, false);
        report(rows == 5 ? "MinHash 128, rows of 5" : "MinHash 128, rows of 2", &theirs, &theirs_alone, &c, planted);
        printf("    prints find candidates %.1f times as fast, compared copies %.1f times\n", theirs_alone.seconds / ours_alone.seconds,
               theirs.seconds / ours.seconds);
    }
    printf("  prints, with cutting the texts into words: %.0f articles/s\n\n", (double)count / (ours.seconds + cutting));
    return 0;
}
