/* ingest.c - where the pure grouping of story/ meets the store's counts and postings.
 *
 * Decides which stories are worth a closer look: those of the articles that probes.c finds, the first KH_STORY_ANY_DAY of any day, the others of
 * KH_STORY_FAR_DAYS before or behind, at most STORIES_MAX, each by its members that were found; the FILLED_MAX likest are filled up with their newest
 * ones. kh_story_place decides, which knows nothing of the store. Then the story that the article came to is looked at
 * again: whether one of its rivals tells the same event (they become one), and, at some sizes, whether it tells two
 * (it is parted). Then the few articles of other stories that the new one puts in doubt, if there is a reason to (kh_story_in_doubt), are placed
 * once more, unless a person said where they belong. All of this is logged; the larger story keeps its name. An article of days that were sealed and like no open story is held
 * against the sealed ones as well: it opens a story of its own, whose reason names the one it goes on with.
 *
 * What an article is held against may want more memory than there is, a hundred reports of a megabyte each. To put an article wants no more than its own
 * length does, so it is kept then, and stands where it had come to; only one of more than LARGE_BYTES, or at an address that is in the store, can be
 * taken back, to a mark that costs too much to be made before each.
 *
 * Gets wrong: of a story that has passed KH_SPLIT_MAX articles in one language only the newest can part from it.
 */
#include "engine/ingest.h"

#include "engine/correct.h"
#include "engine/furniture.h"
#include "engine/probes.h"
#include "engine/recent.h"
#include "store/archive.h"

enum { CANDIDATES_MAX = 96, STORIES_MAX = 16, FILLED_MAX = 4, MEMBERS_MAX = 12, NOBODY = 0 };
enum { LARGE_BYTES = 1 << 20, WRITING_BYTES = 1 << 16 };

typedef struct looked_at {
    kh_story_candidate stories[STORIES_MAX];
    size_t count;
} looked_at;

/* One article on its way to its story, or held against the stories again. */
typedef struct placing {
    const kh_engine *engine;
    kh_store *store;
    kh_recent *recent; /* NULL for none, and for a sealed store */
    kh_arena *out;
    kh_arena scratch;
    const kh_article *article;
    kh_digest digest;
    kh_probe_counts counts;
    kh_time now;
    looked_at *seen;   /* what the placement was decided from */
    kh_store **sealed; /* an archive that is open meanwhile */
    kh_error *err;
} placing;

static kh_story_candidate *story_of(placing *p, looked_at *l, int64_t story)
{
    for (size_t i = 0; i < l->count; i++) {
        if (l->stories[i].story == story) {
            return &l->stories[i];
        }
    }
    if (l->count == STORIES_MAX) {
        return NULL;
    }
    l->stories[l->count] = (kh_story_candidate){.story = story, .memo = kh_recent_memo(p->recent)};
    return &l->stories[l->count++];
}

static bool has(const kh_story_candidate *s, int64_t article)
{
    for (size_t i = 0; i < s->members.count; i++) {
        if (s->members.items[i]->id == article) {
            return true;
        }
    }
    return false;
}

static kh_status digest_of(placing *p, int64_t article, const kh_digest **digest)
{
    *digest = kh_recent_digest(p->recent, article);
    if (*digest) {
        return KH_OK;
    }
    kh_status status = kh_probe_digest(p->store, p->out, article, digest, p->err);
    if (!status && p->recent) {
        kh_recent_keep(p->recent, *digest);
    }
    return status;
}

static kh_status add_member(placing *p, kh_story_candidate *s, int64_t article)
{
    const kh_digest *digest = NULL;
    kh_status status = digest_of(p, article, &digest);
    if (!status) {
        *KH_ADD(p->out, &s->members) = digest;
    }
    return status;
}

/* The newest members of S that it has not yet, up to LIMIT in all, without article BUT. */
static kh_status fill(placing *p, kh_story_candidate *s, uint32_t limit, int64_t but)
{
    kh_ids newest = {0};
    kh_status status = kh_store_newest(p->store, p->out, s->story, limit, &newest, p->err);
    for (size_t i = 0; i < newest.count && s->members.count < limit && !status; i++) {
        if (newest.items[i] != but && !has(s, newest.items[i])) {
            status = add_member(p, s, newest.items[i]);
        }
    }
    return status;
}

/* Whether C, the RANK-th of those that were found, is of other days. */
static bool is_far(const placing *p, const kh_candidate *c, size_t rank)
{
    bool dated = c->day != KH_NO_DAY && p->digest.published.precision >= KH_TO_DAY;
    int64_t days = dated ? c->day - kh_day_number(p->digest.published) : 0;
    return rank >= KH_STORY_ANY_DAY && (days > KH_STORY_FAR_DAYS || days < -KH_STORY_FAR_DAYS);
}

/* The stories that the article may tell, into p->seen. */
static kh_status gather(placing *p)
{
    looked_at *l = KH_NEW(p->out, looked_at);
    kh_candidates found = {0};
    p->seen = l;
    kh_status status = kh_probe(p->store, p->out, p->scratch, &p->counts, p->article, CANDIDATES_MAX, &found, p->err);
    for (size_t i = 0; i < found.count && !status; i++) {
        const kh_candidate *c = &found.items[i];
        bool open = c->story && c->article != p->article->id && !is_far(p, c, i);
        kh_story_candidate *s = open ? story_of(p, l, c->story) : NULL;
        if (s && s->members.count < MEMBERS_MAX) {
            status = add_member(p, s, c->article);
        }
    }
    for (size_t i = 0; i < l->count && i < FILLED_MAX && !status; i++) {
        status = fill(p, &l->stories[i], MEMBERS_MAX, p->article->id);
    }
    return status;
}

/* What is decided is written whole or not at all: where memory for that is short, control leaves from here. */
static void want_room(kh_arena scratch)
{
    if ((size_t)(scratch.end - scratch.cur) < WRITING_BYTES) {
        kh_arena_take(&scratch, 1, 1, WRITING_BYTES);
    }
}

/* STORY takes up the likest of RIVALS that tells the same event, or is taken up; *story is what remains. */
static kh_status merge(placing *p, int64_t *story, const int64_t rivals[KH_RIVALS_MAX])
{
    kh_story_candidate mine = {.story = *story, .memo = kh_recent_memo(p->recent)};
    kh_status status = rivals[0] ? fill(p, &mine, MEMBERS_MAX, NOBODY) : KH_OK;
    float best = KH_STORY_MERGE;
    int64_t with = 0;
    for (size_t i = 0; i < KH_RIVALS_MAX && rivals[i] && !status; i++) {
        kh_story_candidate other = {.story = rivals[i], .memo = mine.memo};
        status = fill(p, &other, MEMBERS_MAX, NOBODY);
        float sure = status ? 0 : kh_story_merge(p->scratch, kh_engine_story(p->engine), &p->counts.df, &mine, &other);
        with = sure > best ? rivals[i] : with;
        best = sure > best ? sure : best;
    }
    if (!status && with) {
        want_room(p->scratch);
        status = kh_store_merge(p->store, p->scratch, *story, with, p->article->key, best, p->now, story, p->err);
    }
    return status;
}

/* Those of MEMBERS whose side is the smaller one. */
static kh_ids smaller_side(kh_arena *out, const kh_story_candidate *members, const uint8_t *side, size_t count)
{
    size_t ones = 0;
    for (size_t i = 0; i < count; i++) {
        ones += side[i];
    }
    uint8_t less = 2 * ones <= count;
    kh_ids ids = {0};
    for (size_t i = 0; i < count; i++) {
        if (side[i] == less) {
            *KH_ADD(out, &ids) = members->members.items[i]->id;
        }
    }
    return ids;
}

/* Each so many articles a story is looked at: while all of it is, and when there are more, of which the newest KH_SPLIT_MAX are, as many as a side has. */
enum { SPLIT_SOON = 2, SPLIT_LATER = 4 };

/* Parts STORY where what it has in the article's language tells two events. */
static kh_status split(placing *p, int64_t story)
{
    uint8_t side[KH_SPLIT_MAX];
    kh_story_candidate all = {.story = story}, own = {.story = story};
    kh_status status = fill(p, &all, KH_SPLIT_MAX, NOBODY);
    for (size_t i = 0; i < all.members.count; i++) {
        const kh_digest *m = all.members.items[i];
        if (kh_str_eq(m->lang, p->digest.lang)) {
            *KH_ADD(p->out, &own.members) = m;
        }
    }
    size_t count = own.members.count;
    bool comes_round = all.members.count == KH_SPLIT_MAX ? p->article->id % SPLIT_LATER == 0 : count % SPLIT_SOON == 0;
    bool due = !status && count >= KH_SPLIT_MIN && comes_round;
    if (due && kh_story_split(p->scratch, &p->counts.df, own.members.items, count, side)) {
        kh_ids parted = smaller_side(p->out, &own, side, count);
        want_room(p->scratch);
        status = kh_store_split(p->store, p->scratch, story, &parted, KH_STR("two events that share only what their kind shares"), p->now,
                                p->err);
    }
    return status;
}

/* Counts of the article's features, for all that follows. */
static kh_status count_features(placing *p)
{
    return kh_probe_frequencies(p->store, p->out, p->scratch, p->article, &p->counts, p->err);
}

/* Which of the stories of p->store it is. */
static kh_status choose(placing *p, kh_placement *found)
{
    kh_status status = count_features(p);
    status = status ? status : gather(p);
    if (!status) {
        *found =
            kh_story_place(p->out, p->scratch, kh_engine_story(p->engine), &p->counts.df, &p->digest, p->seen->stories, p->seen->count);
    }
    return status;
}

/* Makes P ready to look at article ID again, of which memory that FROM has goes to OUT. */
static kh_status prepare_again(const placing *from, int64_t id, kh_arena *out, kh_article *light, placing *p)
{
    const kh_digest *digest = NULL;
    *p = *from;
    p->out = out;
    p->article = light;
    p->counts = (kh_probe_counts){0};
    kh_status status = digest_of(p, id, &digest);
    if (status) {
        return status;
    }
    p->digest = *digest;
    *light = (kh_article){.id = id, .features = digest->features, .prints = digest->prints};
    return count_features(p);
}

/* The article is held against all stories again, and moves where it belongs. */
static kh_status place_again(placing *p, bool all_have_come)
{
    int64_t id = p->article->id;
    int64_t own = kh_store_story_of(p->store, id);
    kh_status status = gather(p);
    if (status) {
        return status;
    }
    kh_placement found = kh_story_again(p->out, p->scratch, kh_engine_story(p->engine), &p->counts.df, &p->digest, own, p->seen->stories,
                                        p->seen->count, all_have_come);
    bool stays = found.story == own || kh_store_placed_by_hand(p->store, id);
    want_room(p->scratch);
    return stays ? KH_OK : kh_store_place_again(p->store, p->scratch, id, found.story, found.score, found.reason, p->now, p->err);
}

/* Those whom the article, placed as FOUND says, puts in doubt. */
static kh_status place_doubtful(const placing *p, const kh_placement *found)
{
    const kh_story_know *know = kh_engine_story(p->engine);
    kh_doubtful list[KH_DOUBTFUL_MAX];
    size_t count = kh_story_doubtful(p->scratch, know, &p->counts.df, &p->digest, found, p->seen->stories, p->seen->count, list);
    int64_t story = kh_store_story_of(p->store, p->article->id);
    kh_status status = KH_OK;
    for (size_t i = 0; i < count && !status; i++) {
        if (kh_store_story_of(p->store, list[i].article) == story) {
            continue; /* the two stories are one now */
        }
        kh_arena out = *p->out;
        kh_article light;
        placing again;
        status = prepare_again(p, list[i].article, &out, &light, &again);
        bool doubt =
            !status && kh_story_in_doubt(p->scratch, know, &again.counts.df, &list[i], &p->digest, story, p->seen->stories, p->seen->count);
        status = doubt ? place_again(&again, false) : status;
    }
    return status;
}

/* The reason of an article that opens a story though one in ARCHIVE tells the same event; empty where none does. */
static kh_str goes_on_with(const placing *p, const kh_archive *archive)
{
    kh_error ignored = {0};
    kh_placement found = {0};
    placing there = *p;
    there.store = *p->sealed = kh_archive_open(archive, &ignored);
    there.recent = NULL;
    there.err = &ignored;
    kh_str reason = {0};
    if (there.store && choose(&there, &found) == KH_OK && found.story) {
        kh_str name = kh_store_story_name(there.store, p->out, found.story);
        reason = kh_arena_printf(p->out, "goes on with " KH_FMT ", which is sealed in " KH_FMT ": " KH_FMT, KH_ARG(name),
                                 KH_ARG(archive->path), KH_ARG(found.reason));
    }
    kh_store_close(there.store);
    *p->sealed = NULL;
    return reason;
}

/* Articles of a day that was sealed are looked up in the files that may hold their story. */
static kh_str sealed_reason(const placing *p)
{
    kh_archives archives = {0};
    kh_str day = kh_str_head(kh_time_text(p->out, p->digest.published), 10);
    kh_str reason = {0};
    if (day.len && kh_store_archives(p->store, p->out, &archives, NULL) == KH_OK) {
        for (size_t i = archives.count; i > 0 && reason.len == 0; i--) {
            const kh_archive *a = &archives.items[i - 1];
            reason = kh_str_cmp(day, a->before) < 0 ? goes_on_with(p, a) : reason;
        }
    }
    return reason;
}

/* An article that comes. */
typedef struct arrival {
    const kh_engine *engine;
    kh_store *store;
    kh_worker *worker;
    kh_article *article;
    const kh_put_options *options;
    kh_put_outcome *outcome;
    kh_store *sealed; /* an archive that is open meanwhile */
    kh_error *err;
} arrival;

static kh_status put(arrival *x)
{
    return kh_store_put(x->store, x->worker->scratch, x->article, x->options, x->outcome, x->err);
}

/* Finds its story, and looks at that story and its rivals again. */
static kh_status place(arrival *x)
{
    const kh_article *a = x->article;
    kh_arena out = x->worker->scratch;
    kh_placement found = {0};
    placing p = {.engine = x->engine,
                 .store = x->store,
                 .recent = x->worker->recent,
                 .article = a,
                 .digest = kh_engine_digest(a),
                 .now = x->options->now,
                 .sealed = &x->sealed,
                 .err = x->err};
    p.scratch = kh_arena_split(&out);
    p.out = &out;
    kh_status status = choose(&p, &found);
    if (status) {
        return status;
    }
    kh_str sealed = found.story ? (kh_str){0} : sealed_reason(&p);
    found.reason = sealed.len ? sealed : found.reason;
    want_room(p.scratch);
    status = kh_store_place(x->store, p.scratch, a->id, a->key, found.story, found.score, found.reason, p.now, x->err);
    int64_t story = kh_store_story_of(x->store, a->id);
    if (!status) {
        status = merge(&p, &story, found.rivals);
    }
    status = status ? status : split(&p, story);
    return status ? status : place_doubtful(&p, &found);
}

static kh_status apply_corrections(arrival *x)
{
    return kh_correct_settle(x->engine, x->store, x->worker->scratch, x->article, x->options->now, x->err);
}

static kh_status stand_alone(arrival *x)
{
    return kh_store_place(x->store, x->worker->scratch, x->article->id, x->article->key, 0, 0,
                          KH_STR("opens a story; to hold it against others wants more memory than is set aside"), x->options->now, x->err);
}

/* Takes STEP. *full: it wants more memory than there is, and control left it in the middle. */
static kh_status take(arrival *x, kh_status (*step)(arrival *), bool *full)
{
    kh_worker_guard(x->worker, true);
    *full = true;
    if (setjmp(x->worker->full)) {
        kh_worker_guard(x->worker, false);
        kh_store_close(x->sealed);
        x->sealed = NULL;
        return KH_OK;
    }
    kh_status status = step(x);
    kh_worker_guard(x->worker, false);
    *full = false;
    return status;
}

/* The same of a step that may be left out: what was read for it is forgotten. */
static kh_status take_or_leave(arrival *x, kh_status (*step)(arrival *))
{
    bool full = false;
    kh_status status = take(x, step, &full);
    if (full) {
        kh_recent_clear(x->worker->recent);
        status = kh_store_left(x->store, x->err);
    }
    return status;
}

static kh_status put_into_story(arrival *x)
{
    kh_status status = take_or_leave(x, place);
    status = status || kh_store_story_of(x->store, x->article->id) ? status : stand_alone(x);
    return status ? status : take_or_leave(x, apply_corrections);
}

/* To put it wants memory that is worth a mark: its text, and where each line stands in the page, are written several times as lists. */
static bool is_large(const kh_article *a)
{
    size_t bytes = a->text.len + a->title.value.len;
    KH_EACH(const kh_line, line, a->lines) {
        bytes += line->path.len;
    }
    return bytes > LARGE_BYTES;
}

/* Of an article that cannot be kept nothing is left, so that the caller goes on; where there is no mark the caller has to take all back. */
static kh_status give_up(arrival *x, bool full)
{
    kh_recent_clear(x->worker->recent);
    if (!kh_store_undo(x->store)) {
        return kh_fail(x->err, KH_ERR_MEMORY, "no_memory", "%.*s: there is not the memory to keep it", KH_ARG(x->article->source));
    }
    return full ? kh_fail(x->err, KH_ERR_LIMIT, "too_complex", "%.*s: more was found in the page than there is memory to keep; skipped",
                          KH_ARG(x->article->source))
                : KH_ERR_LIMIT;
}

kh_status kh_ingest(const kh_engine *engine, kh_store *store, kh_worker *worker, kh_article *article, const kh_put_options *options,
                    kh_put_outcome *outcome, kh_error *err)
{
    arrival x = {
        .engine = engine, .store = store, .worker = worker, .article = article, .options = options, .outcome = outcome, .err = err};
    if (kh_store_mark(store, article->key, is_large(article), err)) {
        return err->code;
    }
    bool full = false;
    kh_status status = take(&x, put, &full);
    kh_recent_tidy(worker->recent);
    if (status || full || *outcome != KH_PUT_NEW) {
        kh_recent_clear(worker->recent);
    }
    if (!status && !full && *outcome == KH_PUT_NEW) {
        status = put_into_story(&x);
    }
    if (full || status == KH_ERR_LIMIT) {
        return give_up(&x, full);
    }
    return status ? status : kh_store_keep(store, err);
}

/* An article is held against the others once more. */
static kh_status look_again(arrival *x)
{
    kh_arena out = x->worker->scratch;
    kh_article light;
    placing p, from = {.engine = x->engine,
                       .store = x->store,
                       .recent = x->worker->recent,
                       .now = x->options->now,
                       .sealed = &x->sealed,
                       .err = x->err};
    from.scratch = kh_arena_split(&out);
    kh_status status = prepare_again(&from, x->article->id, &out, &light, &p);
    return status ? status : place_again(&p, true);
}

kh_status kh_ingest_settle(const kh_engine *engine, kh_store *store, kh_worker *worker, int64_t id, kh_time now, kh_error *err)
{
    kh_article article = {.id = id};
    kh_put_options options = {.now = now};
    arrival x = {.engine = engine, .store = store, .worker = worker, .article = &article, .options = &options, .err = err};
    kh_worker_clear(worker);
    kh_recent_tidy(worker->recent);
    kh_status status = kh_store_mark(store, (kh_str){0}, false, err); /* what the store remembers is cleared here where it is full */
    status = status ? status : take_or_leave(&x, look_again);
    return status ? status : kh_store_keep(store, err);
}

kh_status kh_ingest_unsettled(kh_store *store, kh_arena *out, kh_arena scratch, kh_ids *brief, kh_error *err)
{
    int64_t from = kh_store_unsettled(store);
    kh_ids ids = {0};
    kh_status status = from ? kh_store_ids(store, &scratch, from, &ids, err) : KH_OK;
    for (size_t i = 0; i < ids.count && !status; i++) {
        kh_arena one = scratch;
        kh_article light = {0};
        status = kh_store_features(store, &one, ids.items[i], &light, err);
        if (!status && kh_story_is_brief(&light.features)) {
            *KH_ADD(out, brief) = ids.items[i];
        }
    }
    return status;
}

/* ---- a story out of the store ---- */

/* The members of story ID and MORE, compared. */
static kh_status load_story(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, const kh_article *more,
                            kh_story *story, kh_error *err)
{
    kh_ids members = {0};
    kh_status status = kh_store_members(store, out, id, &members, err);
    if (!status && members.count == 0) {
        status = kh_fail(err, KH_ERR_USAGE, "no_such_story", "there is no such story; khabar stories lists them");
    }
    const kh_article **articles = KH_NEW_N(out, const kh_article *, members.count + 2);
    size_t room = (size_t)(out->end - out->cur) / 2;
    for (size_t i = 0; i < members.count && !status; i++) {
        kh_article *a = NULL;
        bool whole = i < KH_STORY_ARTICLES_MAX && (size_t)(out->end - out->cur) > room;
        status =
            whole ? kh_store_article(store, out, members.items[i], &a, err) : kh_store_article_head(store, out, members.items[i], &a, err);
        status = status ? status : kh_furniture_mark(store, out, scratch, a, err);
        articles[i] = a;
    }
    if (status) {
        return status;
    }
    articles[members.count] = more;
    *story = (kh_story){0};
    kh_accounts_compare(out, scratch, kh_engine_accounts(engine), articles, members.count + (more != NULL), story);
    story->id = kh_store_story_name(store, out, id);
    return KH_OK;
}

kh_status kh_story_load_with(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, const kh_article *more,
                             kh_story *story, kh_error *err)
{
    jmp_buf full;
    const kh_arena before = *out;
    if (setjmp(full)) {
        *out = before;
        kh_store_end_questions(store);
        return kh_fail(err, KH_ERR_LIMIT, "too_complex", "the story wants more memory than is set aside for comparing one");
    }
    out->full = scratch.full = &full;
    kh_status status = load_story(engine, store, out, scratch, id, more, story, err);
    out->full = before.full;
    return status;
}

kh_status kh_story_load(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, int64_t id, kh_story *story,
                        kh_error *err)
{
    return kh_story_load_with(engine, store, out, scratch, id, NULL, story, err);
}
