/* store.h - the one file: articles with all that was found in them, stories, full-text search.
 *
 * The schema (schema.sql) is a documented interface. A store belongs to one thread. Several processes may
 * write to one file: each write transaction takes the lock at its start and waits for it up to
 * KH_STORE_WAIT_MS. What a committed transaction holds survives a crash (WAL, synchronous=FULL).
 */
#ifndef KHABAR_STORE_STORE_H
#define KHABAR_STORE_STORE_H

#include "model/correction.h"
#include "model/views.h"

enum { KH_STORE_WAIT_MS = 60000, KH_STORE_SCHEMA = 10 };

typedef struct kh_store kh_store;

typedef enum kh_store_mode {
    KH_STORE_READ,     /* must exist; one of an older schema is held (kh_store_hold) from the beginning */
    KH_STORE_WRITE,    /* is made, with mode 0600, when it does not exist */
    KH_STORE_SEALED,   /* must exist; nobody changes it (archive.h) */
    KH_STORE_UNSEALED, /* must exist; a sealed file that is being made or changed */
    KH_STORE_MEMORY    /* no file; PATH is not looked at */
} kh_store_mode;

/* For a program that uses SQLite through these functions alone, before its first store is opened: SQLite keeps no count of the
 * memory it takes, which costs a lock for each piece. */
void kh_store_alone(void);

/* NULL on failure: no such file, not a database, a database of another program, a newer schema. */
kh_store *kh_store_open(const char *path, kh_store_mode mode, kh_error *err);
void kh_store_close(kh_store *store); /* accepts NULL; what was not committed is gone */

/* For a server: through STORE nothing can be written any more, functions of the file's own schema are not trusted, and
 * deadlines are kept. */
kh_status kh_store_harden(kh_store *store, kh_error *err);

/* What is asked from now on ends after MS milliseconds with KH_ERR_LIMIT, "too_slow"; 0: takes as long as it takes. */
void kh_store_deadline(kh_store *store, int64_t ms);

/* From now on STORE, which only reads, shows the file as it is at the next question, whatever is written meanwhile, until
 * kh_store_let_go; and takes the locks of the file once instead of for every question. */
void kh_store_hold(kh_store *store);

/* Ends every question that was left in its middle, by a jump out of it, so that no old snapshot is held and the log of the file can be emptied. */
void kh_store_end_questions(kh_store *store);

/* The same, and what kh_store_hold began. */
void kh_store_let_go(kh_store *store);

/* The schema of the file: a store that is only read may be of an older one than KH_STORE_SCHEMA. */
int kh_store_schema_of(kh_store *store);

kh_status kh_store_begin(kh_store *store, kh_error *err); /* takes the write lock */
kh_status kh_store_commit(kh_store *store, kh_error *err);
void kh_store_rollback(kh_store *store);

/* Whether what was read before this transaction may have been changed by another program, or by one that was taken back. */
bool kh_store_others_wrote(const kh_store *store);

/* Inside a transaction, around one article, that of KEY, which is put and placed; what is written of its words and postings is written with those of
 * others, at the latest when the transaction ends. BACK, or where KEY is in the store: with a mark to which kh_store_undo goes back, leaving the rest of
 * the transaction whole. It costs a copy of each page of the file that the article changes, some six percent of all that `add` does. */
kh_status kh_store_mark(kh_store *store, kh_str key, bool back, kh_error *err);
kh_status kh_store_keep(kh_store *store, kh_error *err); /* takes the mark away, if there is one */
bool kh_store_undo(kh_store *store);                     /* false: there is none */

/* The caller left questions in the middle, by a longjmp: they end, the mark goes, and what the store remembered, which may be half of
 * something, is forgotten. */
kh_status kh_store_left(kh_store *store, kh_error *err);

/* ---- articles: rows.c ---- */

typedef enum kh_put_outcome { KH_PUT_NEW, KH_PUT_UNCHANGED, KH_PUT_REVISED } kh_put_outcome;

/* What takes long to pack, as the store keeps it. */
typedef struct kh_packed {
    kh_str raw;  /* the bytes as they arrived */
    kh_str text; /* of an old article; empty where it is new */
} kh_packed;

typedef struct kh_put_options {
    kh_str raw;       /* the bytes as they arrived; empty: not kept */
    kh_packed packed; /* kh_store_pack of both; what is empty is still to be done */
    kh_time now;      /* for the column `added` */
    kh_str program;
    bool again; /* the bytes that the row has, read by other knowledge: found anew, with no revision; the raw bytes and the
                     time of adding stay */
} kh_put_options;

/* RAW, which may be empty, and the text of ARTICLE, in OUT; empty what there is no room for. SINCE: kh_store_plain_since. Needs no store, so that any thread
 * can do it. */
kh_packed kh_store_pack(kh_arena *out, kh_str raw, const kh_article *article, kh_str since);

/* The day from which on texts are kept as they are, at NOW; empty: all are. */
kh_str kh_store_plain_since(kh_store *store, kh_arena *out, kh_time now);

/* Writes ARTICLE with all its findings, postings and search text; sets article->id. The same key with the
 * same bytes changes nothing; with other bytes the old state becomes a revision. Within a transaction. */
kh_status kh_store_put(kh_store *store, kh_arena scratch, kh_article *article, const kh_put_options *options, kh_put_outcome *outcome,
                       kh_error *err);

/* Whether the article at URL holds just the bytes with this hash: putting it again would change nothing. */
bool kh_store_knows(kh_store *store, kh_str url, kh_str sha256);

/* The article of row ID made anew from its rows, with what a person corrected; KH_ERR_USAGE when there is none. */
kh_status kh_store_article(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err);

/* The same without what was found in its text: what it was when it came. */
kh_status kh_store_article_bare(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err);

/* The same without its text and what points into it: identity, fields, agencies, time of publication. */
kh_status kh_store_article_head(kh_store *store, kh_arena *out, int64_t id, kh_article **article, kh_error *err);

/* The first article that a run of khabar add has still to hold against the stories once more, when it was broken off; 0: there is none. Set
 * within a transaction. */
int64_t kh_store_unsettled(kh_store *store);
kh_status kh_store_set_unsettled(kh_store *store, int64_t id, kh_error *err);

/* The row that REF names: a number, a key, a URL or a label (the newest where several share it); 0: none. */
int64_t kh_store_find(kh_store *store, kh_str ref);

/* The raw bytes of article ID; KH_ERR_USAGE when they were not kept, KH_ERR_STORE "damaged" when they cannot be unpacked. */
kh_status kh_store_raw(kh_store *store, kh_arena *out, int64_t id, kh_str *bytes, kh_error *err);

/* ---- revisions.c ---- */

/* What an article was at one time. */
typedef struct kh_state {
    kh_str sha256, title, text;
    kh_str published, captured, added; /* ISO 8601; empty: unknown */
} kh_state;

typedef KH_LIST(kh_state) kh_states;

/* The states of article ID, oldest first; the last is the present one. */
kh_status kh_store_states(kh_store *store, kh_arena *out, int64_t id, kh_states *states, kh_error *err);

/* ---- stories: stories.c ---- */

typedef struct kh_story_row {
    int64_t id;
    kh_str name;
    kh_str title; /* of the first article */
    kh_str title_lang;
    kh_str languages;   /* "ar,fa" */
    kh_str agencies;    /* "reuters,afp" */
    kh_str first, last; /* publication, ISO 8601; empty: unknown */
    uint32_t articles;
    uint32_t outlets;
    uint32_t sources; /* agencies credited, and outlets with a report that credits none */
    uint32_t language_count;
    double last_day; /* reports of the day that ends with the newest report of the store, or with the last adding if that is earlier */
    kh_str kept;     /* "live", "sealed" (archive.h) or "summary"; set by who lists them */
    double before, before_days; /* reports before that, and the time from the first of them to the last, in days */
} kh_story_row;

typedef KH_LIST(kh_story_row) kh_story_rows;

typedef struct kh_story_filter {
    kh_str since;   /* stories whose last article is of this day or later */
    kh_str lang;    /* stories with an article in this language */
    uint32_t limit; /* 0: all */
} kh_story_filter;

/* Newest first, stories of unknown date last. */
kh_status kh_store_stories(kh_store *store, kh_arena *out, const kh_story_filter *filter, kh_story_rows *rows, kh_error *err);

/* The story that REF names: its name, a beginning of it that is unique, or an article of it; 0: none. Follows merges. */
int64_t kh_store_find_story(kh_store *store, kh_str ref);
int64_t kh_store_story_of(kh_store *store, int64_t article); /* 0: not placed */
kh_str kh_store_story_name(kh_store *store, kh_arena *out, int64_t story);

typedef KH_LIST(int64_t) kh_ids;

kh_status kh_store_members(kh_store *store, kh_arena *out, int64_t story, kh_ids *articles, kh_error *err);

/* Every article from row FROM on, in order; and the label and the key of one. */
kh_status kh_store_ids(kh_store *store, kh_arena *out, int64_t from, kh_ids *articles, kh_error *err);
kh_str kh_store_label(kh_store *store, kh_arena *out, int64_t id);
kh_str kh_store_key(kh_store *store, kh_arena *out, int64_t id);
kh_str kh_store_sum(kh_store *store, kh_arena *out, int64_t id); /* SHA-256 of its bytes as they arrived, in hex */

/* Rows of `revision` whose bytes were kept, and one of them: its bytes, the sum that they had when they arrived, whose it is. KH_ERR_STORE
 * "damaged" when the bytes cannot be unpacked; the rest is given all the same. */
typedef struct kh_revision_bytes {
    kh_str bytes, sha256;
    int64_t article;
} kh_revision_bytes;

kh_status kh_store_revision_ids(kh_store *store, kh_arena *out, kh_ids *ids, kh_error *err);
kh_status kh_store_revision_raw(kh_store *store, kh_arena *out, int64_t id, kh_revision_bytes *revision, kh_error *err);

/* Label and story name of every article, in order of rows: what `stories --format tsv` prints. */
typedef struct kh_assignment {
    int64_t article;
    kh_str label;
    kh_str story;
} kh_assignment;

typedef KH_LIST(kh_assignment) kh_assignments;

kh_status kh_store_assignments(kh_store *store, kh_arena *out, kh_assignments *rows, kh_error *err);

/* Articles that share features or prints with the hashes given, by the sum of WEIGHTS of what they share, best
 * first, at most LIMIT; rows above PER_HASH of one hash are not looked at. */
typedef struct kh_candidate {
    int64_t article;
    int64_t story; /* 0: not placed */
    int64_t day;   /* of publication (kh_day_number); KH_NO_DAY where that is not known, or was not asked for */
    float weight;
} kh_candidate;

#define KH_NO_DAY INT64_MIN

typedef KH_LIST(kh_candidate) kh_candidates;

kh_status kh_store_candidates(kh_store *store, kh_arena *out, kh_arena scratch, const uint64_t *hashes, const float *weights, size_t count,
                              uint32_t per_hash, uint32_t limit, kh_candidates *candidates, kh_error *err);

/* ---- prints.c ---- */

/* Articles that share one of the prints, by how many they share, best first, at most LIMIT; ties by row. Of a print that
 * very many have the newest rows count. */
kh_status kh_store_print_candidates(kh_store *store, kh_arena *out, kh_arena scratch, const kh_u64s *prints, uint32_t limit,
                                    kh_candidates *candidates, kh_error *err);

/* Puts into *REPEATED, in OUT, those of the prints that at least PAGES articles of OUTLET have, article SELF counted
 * whether it is stored or not, and no article of another outlet. */
kh_status kh_store_repeated(kh_store *store, kh_arena *out, kh_arena scratch, kh_str outlet, int64_t self, const kh_u64s *prints,
                            uint32_t pages, kh_map *repeated, kh_error *err);

/* What placement needs of row ID (features and prints as stored). */
kh_status kh_store_features(kh_store *store, kh_arena *out, int64_t id, kh_article *light, kh_error *err);

/* Whom the text of row ID is credited to. */
kh_status kh_store_agencies(kh_store *store, kh_arena *out, int64_t id, kh_strs *agencies, kh_error *err);

/* Document counts for the hashes given: frozen at the start of the present epoch, for scores that can be explained later,
 * and as they are now, for knowing whether there is a posting at all. *documents is of the epoch. */
kh_status kh_store_frequencies(kh_store *store, kh_arena *out, const uint64_t *hashes, size_t count, uint64_t *documents, kh_map *frozen,
                               kh_map *live, kh_error *err);

/* Puts article ID into STORY (0: a new one, named from KEY), and logs it. */
kh_status kh_store_place(kh_store *store, kh_arena scratch, int64_t id, kh_str key, int64_t story, float score, kh_str reason, kh_time now,
                         kh_error *err);

/* Likewise for an article that is in a story already; one that is left empty leads to the new one. */
kh_status kh_store_place_again(kh_store *store, kh_arena scratch, int64_t id, int64_t story, float score, kh_str reason, kh_time now,
                               kh_error *err);

/* Did a person say of article ID where it belongs, or what belongs to it? */
bool kh_store_placed_by_hand(kh_store *store, int64_t id);

/* At most LIMIT members of STORY, the newest rows first. */
kh_status kh_store_newest(kh_store *store, kh_arena *out, int64_t story, uint32_t limit, kh_ids *articles, kh_error *err);

/* Two stories are one: the one with more articles keeps its name (of equals the older), *kept; the other leads to it. Logged,
 * with the article KEY that brought them together. */
kh_status kh_store_merge(kh_store *store, kh_arena scratch, int64_t a, int64_t b, kh_str key, float score, kh_time now, int64_t *kept,
                         kh_error *err);

/* The MEMBERS of STORY become a story of their own, named from the first of them. Logged. */
kh_status kh_store_split(kh_store *store, kh_arena scratch, int64_t story, const kh_ids *members, kh_str reason, kh_time now,
                         kh_error *err);

/* ---- cards.c: what comparing told of each story, for lists ---- */

/* Holds while the story has this revision; `basis` is a hash of what else it rests on: program, knowledge, corrections. */
typedef struct kh_card {
    int64_t story, revision, basis;
    uint32_t origins, disagreements;
    int64_t leading; /* article */
} kh_card;

typedef KH_LIST(kh_card) kh_cards;

/* The card of STORY as it is now; false when there is none that holds. */
bool kh_store_card(kh_store *store, int64_t story, int64_t basis, kh_card *card);

/* Keeps CARDS, in a transaction of its own. KH_ERR_STORE, "busy", when another program writes for longer than WAIT_MS. */
kh_status kh_store_keep_cards(kh_store *store, const kh_cards *cards, int wait_ms, kh_error *err);

/* A way through all stories, the newest first: begins zeroed, ends with `ended`. */
typedef struct kh_card_walk {
    char last[64]; /* where it stands: of the story seen last */
    int64_t id;
    bool begun, ended;
} kh_card_walk;

/* Of the next WINDOW stories on the walk those without a card that holds, with their revision, into *cards, in OUT. */
kh_status kh_store_without_card(kh_store *store, kh_arena *out, int64_t basis, uint32_t window, kh_card_walk *walk, kh_cards *cards,
                                kh_error *err);

/* Another number whenever another connection has written to the file. */
int64_t kh_store_writes_seen(kh_store *store);

/* ---- front.c: lists of the reading room ---- */

typedef struct kh_front_query {
    kh_filter filter;   /* words and order are not looked at; limit at least 1; disagree: of the stories whose card holds */
    int64_t basis;      /* of the cards */
    const kh_ids *only; /* among these stories; NULL: all */
} kh_front_query;

/* The newest stories that match, with what the store knows of them, `compared` where it has a card; no facets. *ids are the rows of the
 * stories. KH_ERR_USAGE when the cursor is none. */
kh_status kh_store_front(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_front_view *view, kh_ids *ids,
                         kh_error *err);

/* The facets of all stories that match, labelled by their values, into *view. */
kh_status kh_store_front_facets(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_front_view *view,
                                kh_error *err);

/* The newest stories that match, from the first on: their rows alone. */
kh_status kh_store_front_ids(kh_store *store, kh_arena *out, kh_arena scratch, const kh_front_query *query, kh_ids *ids, kh_error *err);

/* What CARD tells of the story of *row. */
void kh_store_front_card(kh_store *store, kh_arena *out, const kh_card *card, kh_front_row *row);

/* Title, languages, agencies, outlets, first and spark of story ID into *row. */
kh_status kh_store_front_row(kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_front_row *row, kh_error *err);

typedef struct kh_story_state {
    int64_t id;
    kh_str name;      /* empty: there is no such story */
    int64_t revision; /* another one when its articles came, went or were revised */
    uint32_t articles;
    kh_str last, changed;
} kh_story_state;

kh_status kh_store_story_state(kh_store *store, kh_arena *out, int64_t id, kh_story_state *state, kh_error *err);

/* What the importance of a story is made of (story/importance.c), for STORIES in any order; those without articles are left out. */
typedef struct kh_story_weight {
    int64_t story;
    uint32_t sources, languages;
    double last_day, before, before_days;
} kh_story_weight;

typedef KH_LIST(kh_story_weight) kh_story_weights;

kh_status kh_store_weights(kh_store *store, kh_arena *out, kh_arena scratch, const kh_ids *stories, kh_story_weights *weights,
                           kh_error *err);

/* The story of just this name, or the one it was merged into; 0: none. */
int64_t kh_store_story_named(kh_store *store, kh_str name);

/* Title and language of article ID; what is not there leaves both as they are. */
kh_status kh_store_title(kh_store *store, kh_arena *out, int64_t id, kh_str *title, kh_str *lang, kh_error *err);

/* Where article ID stands and since when, and what its address held before; not the article itself. */
kh_status kh_store_custody(kh_store *store, kh_arena *out, int64_t id, kh_article_view *view, kh_error *err);

typedef struct kh_store_totals {
    uint64_t stories, articles;
    int64_t corrections; /* grows whenever one was made, taken back or deleted with its article; never falls */
    kh_time changed;     /* when an article was last added or revised, or a correction made; unknown: never */
} kh_store_totals;

kh_store_totals kh_store_count(kh_store *store);
int64_t kh_store_correction_count(kh_store *store); /* .corrections of these alone */

/* ---- watch.c: saved searches ---- */

/* All, the newest first. */
kh_status kh_store_watch_lists(kh_store *store, kh_arena *out, kh_watch_lists_view *view, kh_error *err);

/* Keeps LIST under a new id, which it is given; in a transaction of its own, like the next one. */
kh_status kh_store_watch(kh_store *store, kh_arena *out, kh_watch_list *list, kh_time now, kh_error *err);

/* Forgets the list; KH_ERR_USAGE, "no_such_watch_list", when there is none. */
kh_status kh_store_unwatch(kh_store *store, kh_str id, kh_error *err);

/* ---- search.c ---- */

typedef struct kh_hit {
    int64_t article;
    kh_str label, title, lang, outlet, published, story;
    kh_str snippet; /* slice of the article text around the first word found */
    kh_span found;  /* of that word in `snippet` */
    double rank;    /* smaller is better */
} kh_hit;

typedef KH_LIST(kh_hit) kh_hits;

/* Articles that hold all words of QUERY in any spelling that folds alike; "..." keeps words together. */
kh_status kh_store_search(kh_store *store, kh_arena *out, kh_arena scratch, kh_str query, uint32_t limit, kh_hits *hits, kh_error *err);

/* What a page of search results is made of. */
typedef struct kh_find {
    kh_filter filter;   /* words; language, outlet, agency, place, since, until; after; limit at least 1 */
    const kh_ids *also; /* articles found otherwise, as by a name in another script; shown behind those found by words */
} kh_find;

/* Articles that hold all words of the query, at most KH_SERVE_HITS_MAX, the best first; where more hold them, the newest first.
 * Facets count what was found, labelled by their values. Rows have no `name`. */
kh_status kh_store_find_page(kh_store *store, kh_arena *out, kh_arena scratch, const kh_find *find, kh_search_view *view, kh_error *err);

/* The articles that hold all words and are among `also` where that is given, and match the filter; without words and `also`
 * among the newest KH_SERVE_HITS_MAX. */
kh_status kh_store_find_ids(kh_store *store, kh_arena *out, kh_arena scratch, const kh_find *find, kh_ids *ids, kh_error *err);

/* Articles, the newest first, at most LIMIT each call, that have the gazetteer's KNOWN_AS among their names; that hold all
 * the HASHES as features. */
kh_status kh_store_with_known(kh_store *store, kh_arena *out, kh_str known_as, uint32_t limit, kh_ids *articles, kh_error *err);
kh_status kh_store_with_features(kh_store *store, kh_arena *out, kh_arena scratch, const kh_u64s *hashes, uint32_t limit, kh_ids *articles,
                                 kh_error *err);

typedef struct kh_name_sound {
    kh_str label, sound;
} kh_name_sound;

typedef KH_LIST(kh_name_sound) kh_name_sounds;

/* The names of article ID with their class strings. */
kh_status kh_store_names_of(kh_store *store, kh_arena *out, int64_t id, kh_name_sounds *names, kh_error *err);

/* Names of the store, each label with its type, known_as, sound and number of articles. */
typedef struct kh_name_row {
    kh_str label, type, known_as, sound;
    uint32_t articles;
} kh_name_row;

typedef KH_LIST(kh_name_row) kh_name_rows;

kh_status kh_store_names(kh_store *store, kh_arena *out, kh_name_rows *rows, kh_error *err);

/* Where several files are counted together, an article may stand in two. Puts the hash of each article's key into SEEN; the names of those
 * that were in it already go to AGAIN, with label, type and the number of such articles. */
kh_status kh_store_names_again(kh_store *store, kh_arena *out, kh_map *seen, kh_name_rows *again, kh_error *err);

/* Each class string of the store's names once: what to compare a name with, some thousand rows of an index instead of all names. */
kh_status kh_store_sounds(kh_store *store, kh_arena *out, kh_strs *sounds, kh_error *err);

/* The labels with this class string; those of the gazetteer's entry KNOWN_AS. Rows have label, known_as and sound. */
kh_status kh_store_names_sounding(kh_store *store, kh_arena *out, kh_str sound, kh_name_rows *rows, kh_error *err);
kh_status kh_store_names_known(kh_store *store, kh_arena *out, kh_str known_as, kh_name_rows *rows, kh_error *err);

/* Articles with one of NAMES, told by label and sound. */
kh_status kh_store_named(kh_store *store, kh_arena *out, const kh_name_rows *names, uint32_t limit, kh_hits *hits, kh_error *err);

/* ---- correct.c: what a person said ---- */

/* All corrections, oldest first; with UNDONE those too that were taken back. */
kh_status kh_store_corrections(kh_store *store, kh_arena *out, bool undone, kh_corrections *list, kh_error *err);

/* Those that hold and may touch the article KEY: its own, and all of names. */
kh_status kh_store_corrections_of(kh_store *store, kh_arena *out, kh_str key, kh_corrections *list, kh_error *err);

/* Joins and splits that hold but are not so in the rows: a page came back, or stories were merged or parted since. */
kh_status kh_store_corrections_broken(kh_store *store, kh_arena *out, kh_corrections *list, kh_error *err);

/* Did a person say that an article of STORY and one of OTHER are not one story? Not to be merged. */
bool kh_store_parted(kh_store *store, int64_t story, int64_t other);

/* Keeps C, sets its id; an earlier one on the same target is marked as undone. Within a transaction, like all below. */
kh_status kh_store_correct(kh_store *store, kh_correction *c, kh_error *err);

/* Takes correction ID back and puts the articles that it moved where they were. KH_ERR_USAGE when there is none. */
kh_status kh_store_correction_undo(kh_store *store, kh_arena scratch, int64_t id, kh_time now, kh_error *err);

/* Moves article ARTICLE into STORY (0: a new one, set by this call) for correction ID, and logs it with REASON. A story
 * that is left empty becomes a redirect to STORY. */
kh_status kh_store_move(kh_store *store, kh_arena scratch, int64_t id, int64_t article, int64_t *story, kh_str reason, kh_time now,
                        kh_error *err);

/* ---- remove.c ---- */

/* Takes article ID out with all its traces: revisions, counts, its key in logs and corrections, a story left empty. Within a
 * transaction. */
kh_status kh_store_delete(kh_store *store, kh_arena scratch, int64_t id, kh_error *err);

/* Outside a transaction: the file written anew without what was deleted from it, the log beside it emptied. Needs as much room
 * on the disk as the file has, and as long as copying it takes. */
kh_status kh_store_sweep(kh_store *store, kh_error *err);

/* ---- refreshing: rows.c ---- */

/* The first article behind row AFTER that was read by other knowledge than KNOWLEDGE; 0: none. */
int64_t kh_store_next_outdated(kh_store *store, kh_str knowledge, int64_t after);

/* The time of publication that was supplied with article ID; *published is untouched when none was. */
void kh_store_given_date(kh_store *store, kh_arena *out, int64_t id, kh_time *published);

/* ---- check.c ---- */

typedef struct kh_check {
    kh_strs problems; /* what is wrong and what to do; empty: all is well */
    bool damaged;     /* parts of the file cannot be read */
    uint64_t articles, stories, revisions;
    int64_t bytes;
} kh_check;

kh_status kh_store_check(kh_store *store, kh_arena *out, kh_check *result, kh_error *err);

#endif
