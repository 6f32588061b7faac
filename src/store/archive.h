/* archive.h - sealed files: stories that were moved out of a store, whole, and what is left of those that were pruned.
 *
 * A sealed file has the schema of a store and is never written to again, but by kh_archive_remove. Numbers of articles and stories
 * are those of one file: what is asked of several files is asked of each through its own kh_store.
 */
#ifndef KHABAR_STORE_ARCHIVE_H
#define KHABAR_STORE_ARCHIVE_H

#include "store/store.h"

/* ---- archive.c: the sealed files of a store ---- */

typedef struct kh_archive {
    int64_t id;
    kh_str path;   /* where it is; where it was sealed when it is not there */
    bool is_there; /* a file, not yet looked into */
    kh_str seal;   /* which file it must be */
    kh_str before; /* its stories ended before this day */
    kh_str sealed; /* when */
    uint64_t stories, articles;
} kh_archive;

typedef KH_LIST(kh_archive) kh_archives;

/* In the order of their days. None in a store of an older schema. */
kh_status kh_store_archives(kh_store *store, kh_arena *out, kh_archives *archives, kh_error *err);

/* Opens one for reading; NULL when the file is not there, is another or is damaged. */
kh_store *kh_archive_open(const kh_archive *archive, kh_error *err);

bool kh_archive_is_sealed(kh_store *store); /* is this file itself one? */

/* The archive of STORE in which the story NAME, the article KEY stands; 0: none. *same: with the bytes of this hash. */
int64_t kh_store_sealed_story(kh_store *store, kh_str name);
int64_t kh_store_sealed_article(kh_store *store, kh_str key, kh_str sha256, bool *same);

/* Takes the articles IDS out of ARCHIVE, with all their traces there and in STORE: a new file takes its place, whole or not at all. */
kh_status kh_archive_remove(kh_store *store, kh_arena scratch, const kh_archive *archive, const kh_ids *ids, kh_error *err);

/* Forgets what KEY stood in a sealed file; for one whose removal was broken off. */
kh_status kh_store_forget_sealed(kh_store *store, kh_str key, kh_error *err);

/* The archive that PATH names, by its whole path or its base name, is no longer one of STORE; the file stays. */
kh_status kh_store_forget_archive(kh_store *store, kh_arena scratch, kh_str path, kh_error *err);

/* ---- seal.c ---- */

typedef struct kh_sealing {
    uint64_t stories, articles;
} kh_sealing;

/* Moves every story that ended before the day BEFORE into the new file PATH: copied, compared, on the disk, and only then taken out
 * of STORE. A run that was broken off leaves all in STORE; the same call again does it. No story: no file. */
kh_status kh_store_seal(kh_store *store, kh_arena scratch, kh_str before, const char *path, kh_time now, kh_sealing *done, kh_error *err);

/* ---- prune.c ---- */

/* Stories behind row AFTER that ended before a day: their last report is older; of undated ones the last adding counts. At most LIMIT, 0: all. */
kh_status kh_store_ended(kh_store *store, kh_arena *out, kh_str before, int64_t after, uint32_t limit, kh_ids *stories, kh_error *err);
kh_status kh_store_ended_count(kh_store *store, kh_str before, kh_sealing *count, kh_error *err);

/* What stays of a story. Lists are JSON arrays of texts. */
typedef struct kh_story_summary {
    kh_str name, title, title_lang;
    kh_str first, last; /* empty: unknown */
    uint32_t articles;
    kh_str languages, outlets, origins;
    kh_str pruned; /* when */
} kh_story_summary;

/* Keeps SUMMARY of story ID and takes its articles out. Within a transaction. */
kh_status kh_store_prune(kh_store *store, int64_t id, const kh_story_summary *summary, kh_error *err);

/* The summary of story ID; *there is false when it was not pruned. */
kh_status kh_store_summary(kh_store *store, kh_arena *out, int64_t id, kh_story_summary *summary, bool *there, kh_error *err);

/* Summaries as rows of a list, newest first. */
kh_status kh_store_summaries(kh_store *store, kh_arena *out, const kh_story_filter *filter, kh_story_rows *rows, kh_error *err);

/* ---- backup.c ---- */

/* A copy of STORE as it is now at PATH, in place of an older backup; others may write meanwhile. KH_ERR_CREATE where another file is there. */
kh_status kh_store_backup(kh_store *store, const char *path, kh_error *err);

#endif
