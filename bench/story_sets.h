/* story_sets.h - what the measuring programs of grouping share: a set of documents as digests, with their stories.
 *
 * A set is a JSON Lines file of documents (id, title, text, lang, published) and a table id TAB story. Counts
 * are frozen for an epoch and grow by a quarter, as in the store, so that what is learned here holds there.
 */
#ifndef KHABAR_BENCH_STORY_SETS_H
#define KHABAR_BENCH_STORY_SETS_H

#include "engine/engine.h"
#include "input/input.h"
#include "story/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct story_doc {
    kh_digest digest;
    kh_str id;
    uint64_t gold; /* hash of the story's name; 0 for none */
} story_doc;

typedef struct story_set {
    KH_LIST(story_doc) docs;
} story_set;

static inline kh_str slurp(kh_arena *out, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(66);
    }
    kh_buf b = {.arena = out};
    char block[1 << 16];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) {
        kh_buf_add(&b, (kh_str){block, n});
    }
    fclose(f);
    return kh_buf_str(&b);
}

static inline kh_str until(kh_str s, char stop)
{
    const char *at = memchr(s.ptr, stop, s.len);
    return at ? (kh_str){s.ptr, (size_t)(at - s.ptr)} : s;
}

static inline kh_map read_gold(kh_arena *out, const char *path)
{
    kh_map stories = {0};
    kh_str rest = slurp(out, path);
    while (rest.len) {
        kh_str line = until(rest, '\n');
        rest = kh_str_from(rest, line.len + (line.len < rest.len));
        kh_str id = until(line, '\t');
        if (line.len && line.ptr[0] != '#' && id.len < line.len) {
            kh_str story = until(kh_str_from(line, id.len + 1), '\t');
            *kh_map_put(out, &stories, kh_hash(id), NULL) = (uint32_t)kh_hash(story) | 1;
        }
    }
    return stories;
}

/* DOCS is read with titles standing in for missing texts. GOLD may be NULL. */
static inline story_set read_set(kh_arena *out, const kh_engine *engine, kh_worker *worker, const char *docs, const char *gold)
{
    story_set set = {0};
    kh_map stories = gold ? read_gold(out, gold) : (kh_map){0};
    const char *const paths[] = {docs};
    kh_input *in = kh_input_open(paths, 1, NULL);
    for (bool done = false; !done;) {
        kh_page page = {0};
        kh_error err;
        kh_article *a = NULL;
        kh_worker_clear(worker);
        if (kh_input_next(in, &worker->page, &page, &done, &err) != KH_OK || done) {
            continue;
        }
        if (kh_engine_read(engine, worker, &page, (kh_time){0}, &a, &err) == KH_OK) {
            kh_digest d = kh_engine_digest(a);
            story_doc doc = {.id = kh_arena_copy(out, page.given_id)};
            doc.digest.id = (int64_t)set.docs.count + 1;
            doc.digest.lang = kh_arena_copy(out, d.lang);
            doc.digest.published = d.published;
            KH_EACH(const kh_feature, f, d.features) {
                *KH_ADD(out, &doc.digest.features) = *f;
            }
            KH_EACH(const uint64_t, p, d.prints) {
                *KH_ADD(out, &doc.digest.prints) = *p;
            }
            KH_EACH(const kh_str, s, d.agencies) {
                *KH_ADD(out, &doc.digest.agencies) = kh_arena_copy(out, *s);
            }
            const uint32_t *story = kh_map_get(&stories, kh_hash(doc.id));
            doc.gold = story ? *story : 0;
            *KH_ADD(out, &set.docs) = doc;
        }
    }
    kh_input_close(in);
    return set;
}

/* Counts of features in the order of arrival. */
typedef struct counting {
    kh_map live, frozen;
    uint64_t documents; /* of the epoch */
    uint64_t seen;
} counting;

static inline void count_document(kh_arena *out, counting *c, const kh_digest *d)
{
    KH_EACH(const kh_feature, f, d->features) {
        ++*kh_map_put(out, &c->live, f->hash, NULL);
    }
    if (++c->seen > c->documents + c->documents / 16) {
        c->documents = c->seen - 1;
        c->frozen = (kh_map){0};
        for (size_t i = 0; i < c->live.room; i++) {
            if (c->live.values[i]) {
                *kh_map_put(out, &c->frozen, c->live.keys[i], NULL) = c->live.values[i];
            }
        }
    }
}

/* What the store tells of A's features; of others it is not asked. */
static inline kh_frequencies counts_of(kh_arena *out, const counting *c, const kh_digest *a, kh_map *known)
{
    KH_EACH(const kh_feature, f, a->features) {
        const uint32_t *n = kh_map_get(&c->frozen, f->hash);
        if (n) {
            *kh_map_put(out, known, f->hash, NULL) = *n;
        }
    }
    return (kh_frequencies){.documents = c->documents, .counts = known};
}

#endif
