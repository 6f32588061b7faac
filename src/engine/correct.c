/* correct.c - what a person says against the program meets what the store has.
 *
 * Decides whether the target is there, what the program said of it (kept as `was`, so that a correction can be judged
 * later), and what a join and a split move. «ليست قصة واحدة»: of two floods in one week the page B fell into the story of
 * A. A split takes B out into a story of its own, and with it those pages that are one story with B and liker to B than
 * to A, its copies among them; all others stay with A. A join moves the smaller story into the larger one, whose name
 * stays; the other name leads there.
 *
 * Gets wrong: pages that came into the story because of B and are like neither stay with A.
 */
#include "engine/correct.h"

#include "engine/pairs.h"
#include "store/archive.h"

#include <string.h>

static const float ONE_STORY = 0.5F;

size_t kh_correct_args(kh_correction_kind kind, const char **names)
{
    static const char *const by_kind[kh_correction_kind_count] = {
        [KH_CORRECT_SPEAKER] = "ARTICLE WORDS SPEAKER", [KH_CORRECT_DATE] = "ARTICLE TIME",   [KH_CORRECT_JOIN] = "ARTICLE ARTICLE",
        [KH_CORRECT_SPLIT] = "ARTICLE ARTICLE",         [KH_CORRECT_SAME_NAME] = "NAME NAME", [KH_CORRECT_OTHER_NAME] = "NAME NAME",
        [KH_CORRECT_NO_COPY] = "ARTICLE ARTICLE"};
    if (names) {
        *names = by_kind[kind];
    }
    return kind == KH_CORRECT_SPEAKER ? 3 : 2;
}

typedef struct task {
    const kh_engine *engine;
    kh_store *store;
    kh_arena *out;
    kh_arena *scratch;
    const kh_correct_request *request;
    kh_correction *made;
    kh_error *err;
} task;

/* An article that the store itself does not have: it may have been sealed. */
static kh_status not_found(const task *t, kh_str ref)
{
    kh_arena room = *t->scratch;
    kh_archives archives = {0};
    kh_status status = kh_store_archives(t->store, &room, &archives, t->err);
    bool sealed = false;
    for (size_t i = archives.count; i > 0 && !status && !sealed; i--) { /* the newest first */
        const kh_archive *a = &archives.items[i - 1];
        kh_store *file = kh_archive_open(a, NULL);
        sealed = file && kh_store_find(file, ref);
        kh_store_close(file);
        if (sealed) {
            kh_fail(t->err, KH_ERR_USAGE, "sealed",
                    KH_FMT ": stands in the sealed archive " KH_FMT ", whose stories are not corrected; "
                           "khabar delete " KH_FMT " and add its page again, then correct that",
                    KH_ARG(ref), KH_ARG(a->path), KH_ARG(ref));
        }
    }
    return status   ? status
           : sealed ? KH_ERR_USAGE
                    : kh_fail(t->err, KH_ERR_NOINPUT, "no_such_article", KH_FMT ": no article of the store has this name", KH_ARG(ref));
}

static kh_status find_article(const task *t, kh_str ref, int64_t *id)
{
    *id = kh_store_find(t->store, ref);
    return *id ? KH_OK : not_found(t, ref);
}

static kh_status load(const task *t, kh_str ref, kh_article **a)
{
    int64_t id = 0;
    kh_status status = find_article(t, ref, &id);
    return status ? status : kh_store_article(t->store, t->out, id, a, t->err);
}

/* ---- speaker, date ---- */

/* The one quotation of A with the words WORDS in it. */
static kh_status find_quotation(const task *t, const kh_article *a, kh_str words, const kh_quotation **found)
{
    kh_arena scratch = *t->scratch;
    kh_str wanted = kh_str_trim(kh_fold_key(&scratch, words));
    size_t equal = 0;
    size_t count = 0;
    KH_EACH(const kh_quotation, q, a->quotations) {
        kh_arena fresh = scratch;
        kh_str has = kh_str_trim(kh_fold_key(&fresh, kh_slice(a->text, q->span)));
        bool same = kh_str_eq(has, wanted);
        bool part = wanted.len && kh_str_find(has, wanted) < has.len;
        if (same || (part && !equal)) {
            *found = q;
        }
        count += part;
        equal += same;
    }
    if (!count || !wanted.len) {
        return kh_fail(t->err, KH_ERR_USAGE, "no_such_quotation",
                       KH_FMT ": no quotation has these words; khabar article " KH_FMT " lists them", KH_ARG(a->label), KH_ARG(a->label));
    }
    if (count > 1 && equal != 1) {
        return kh_fail(t->err, KH_ERR_USAGE, "several_quotations", KH_FMT ": %zu quotations have these words; give more of them",
                       KH_ARG(a->label), count);
    }
    return KH_OK;
}

static kh_status make_speaker(const task *t)
{
    kh_article *a = NULL;
    const kh_quotation *q = NULL;
    kh_status status = load(t, t->request->args[0], &a);
    status = status ? status : find_quotation(t, a, t->request->args[1], &q);
    if (status) {
        return status;
    }
    t->made->article = a->key;
    t->made->words = kh_slice(a->text, q->span);
    t->made->begin = q->span.begin;
    t->made->value = t->request->args[2];
    t->made->was = q->corrected ? q->corrected->was : q->speaker.len ? q->speaker : KH_STR("unknown");
    if (q->corrected) {
        t->made->words = q->corrected->words;
        t->made->begin = q->corrected->begin;
    }
    return kh_store_correct(t->store, t->made, t->err);
}

static kh_status make_date(const task *t)
{
    kh_article *a = NULL;
    kh_when when = {0};
    kh_status status = load(t, t->request->args[0], &a);
    if (!status && !kh_when_parse(t->request->args[1], &when)) {
        status = kh_fail(t->err, KH_ERR_USAGE, "not_a_date", KH_FMT ": no time such as 2022-01-08 or 2022-01-08T09:59:00Z",
                         KH_ARG(t->request->args[1]));
    }
    if (status) {
        return status;
    }
    kh_str was = kh_when_text(t->out, a->published.when);
    t->made->article = a->key;
    t->made->value = kh_when_text(t->out, when);
    t->made->was = a->published.corrected ? a->published.corrected->was : was.len ? was : KH_STR("unknown");
    return kh_store_correct(t->store, t->made, t->err);
}

/* ---- stories ---- */

static kh_str reason_of(const task *t)
{
    const kh_correction *c = t->made;
    return kh_arena_printf(t->out, KH_FMT " by " KH_FMT "%s" KH_FMT, KH_ARG(kh_correction_kind_name(c->kind)), KH_ARG(c->by),
                           c->why.len ? ": " : "", KH_ARG(c->why));
}

static kh_status join_stories(const task *t, int64_t a, int64_t b)
{
    int64_t into = kh_store_story_of(t->store, a);
    int64_t from = kh_store_story_of(t->store, b);
    kh_ids ours = {0};
    kh_ids theirs = {0};
    kh_status status = kh_store_members(t->store, t->out, into, &ours, t->err);
    status = status ? status : kh_store_members(t->store, t->out, from, &theirs, t->err);
    if (theirs.count > ours.count) {
        into = from;
        theirs = ours;
    }
    kh_str reason = reason_of(t);
    KH_EACH(const int64_t, id, theirs) {
        status = status ? status : kh_store_move(t->store, *t->scratch, t->made->id, *id, &into, reason, t->request->now, t->err);
    }
    return status;
}

/* Does article M go with B, which leaves A? */
static kh_status goes_along(const task *t, int64_t m, kh_article *a, kh_article *b, bool *goes)
{
    kh_arena one = *t->scratch;
    kh_arena rest = kh_arena_split(&one);
    kh_article *x = NULL;
    kh_pair to_a = {0};
    kh_pair to_b = {0};
    kh_status status = kh_store_article(t->store, &one, m, &x, t->err);
    status = status ? status : kh_pair_compare(t->engine, t->store, &one, rest, x, a, &to_a, t->err);
    status = status ? status : kh_pair_compare(t->engine, t->store, &one, rest, x, b, &to_b, t->err);
    *goes = !status && to_b.relation.score > to_a.relation.score && (to_b.is_copy || to_b.relation.score >= ONE_STORY);
    return status;
}

static kh_status split_story(const task *t, int64_t ia, int64_t ib)
{
    kh_article *a = NULL;
    kh_article *b = NULL;
    kh_ids members = {0};
    kh_status status = kh_store_article(t->store, t->out, ia, &a, t->err);
    status = status ? status : kh_store_article(t->store, t->out, ib, &b, t->err);
    status = status ? status : kh_store_members(t->store, t->out, kh_store_story_of(t->store, ia), &members, t->err);
    kh_ids leaving = {0};
    *KH_ADD(t->out, &leaving) = ib;
    KH_EACH(const int64_t, id, members) {
        bool goes = false;
        if (!status && *id != ia && *id != ib) {
            status = goes_along(t, *id, a, b, &goes);
        }
        if (goes) {
            *KH_ADD(t->out, &leaving) = *id;
        }
    }
    int64_t fresh = 0;
    kh_str reason = reason_of(t);
    KH_EACH(const int64_t, id, leaving) {
        status = status ? status : kh_store_move(t->store, *t->scratch, t->made->id, *id, &fresh, reason, t->request->now, t->err);
    }
    return status;
}

static kh_status find_two(const task *t, int64_t *a, int64_t *b)
{
    kh_status status = find_article(t, t->request->args[0], a);
    status = status ? status : find_article(t, t->request->args[1], b);
    if (!status && *a == *b) {
        status = kh_fail(t->err, KH_ERR_USAGE, "one_article", KH_FMT " and " KH_FMT " are the same article", KH_ARG(t->request->args[0]),
                         KH_ARG(t->request->args[1]));
    }
    if (!status) {
        t->made->article = kh_store_key(t->store, t->out, *a);
        t->made->other = kh_store_key(t->store, t->out, *b);
    }
    return status;
}

static kh_status make_place(const task *t)
{
    int64_t a = 0;
    int64_t b = 0;
    kh_status status = find_two(t, &a, &b);
    if (status) {
        return status;
    }
    bool joins = t->made->kind == KH_CORRECT_JOIN;
    int64_t story_a = kh_store_story_of(t->store, a);
    int64_t story_b = kh_store_story_of(t->store, b);
    if (joins == (story_a == story_b)) {
        return kh_fail(t->err, KH_ERR_USAGE, joins ? "one_story_already" : "other_story_already",
                       joins ? "the two stand in one story already: " KH_FMT : "the two stand in different stories already: " KH_FMT,
                       KH_ARG(kh_store_story_name(t->store, t->out, story_a)));
    }
    t->made->was = joins ? kh_arena_printf(t->out, KH_FMT " and " KH_FMT, KH_ARG(kh_store_story_name(t->store, t->out, story_a)),
                                           KH_ARG(kh_store_story_name(t->store, t->out, story_b)))
                         : kh_store_story_name(t->store, t->out, story_a);
    status = kh_store_correct(t->store, t->made, t->err);
    if (!status) {
        status = joins ? join_stories(t, a, b) : split_story(t, a, b);
    }
    return status;
}

static kh_status make_no_copy(const task *t)
{
    int64_t a = 0;
    int64_t b = 0;
    kh_article *x = NULL;
    kh_article *y = NULL;
    kh_pair pair = {0};
    kh_status status = find_two(t, &a, &b);
    status = status ? status : kh_store_article(t->store, t->out, a, &x, t->err);
    status = status ? status : kh_store_article(t->store, t->out, b, &y, t->err);
    status = status ? status : kh_pair_compare(t->engine, t->store, t->out, *t->scratch, x, y, &pair, t->err);
    if (status) {
        return status;
    }
    kh_pair_in_story(t->engine, t->store, t->out, *t->scratch, x, y, &pair);
    if (!pair.is_copy) {
        return kh_fail(t->err, KH_ERR_USAGE, "no_copy_already", KH_FMT " and " KH_FMT ": neither is taken for a copy of the other",
                       KH_ARG(x->label), KH_ARG(y->label));
    }
    t->made->was = kh_copy_kind_name(pair.copy.kind);
    return kh_store_correct(t->store, t->made, t->err);
}

/* ---- names ---- */

/* Fills *name from the first name of the store that is written SPELLING; false when none is. */
static bool known_name(const task *t, const kh_name_rows *rows, kh_str spelling, kh_name *name)
{
    kh_str wanted = kh_str_trim(kh_fold_key(t->out, spelling));
    KH_EACH(const kh_name_row, row, *rows) {
        kh_arena scratch = *t->scratch;
        if (kh_str_eq(kh_str_trim(kh_fold_key(&scratch, row->label)), wanted)) {
            *name = (kh_name){.label = row->label, .id = row->known_as, .sound = row->sound};
            kh_name_type_of(row->type, &name->type);
            return true;
        }
    }
    return false;
}

/* Not as a label: does the spelling stand in a text? */
static kh_status find_spelling(const task *t, kh_str spelling)
{
    kh_hits hits = {0};
    kh_str quoted = kh_arena_printf(t->out, "\"" KH_FMT "\"", KH_ARG(spelling));
    kh_status status = kh_store_search(t->store, t->out, *t->scratch, quoted, 1, &hits, t->err);
    if (!status && !hits.count) {
        status = kh_fail(t->err, KH_ERR_USAGE, "no_such_name", KH_FMT ": no article of the store has this name", KH_ARG(spelling));
    }
    return status;
}

static kh_status make_names(const task *t)
{
    kh_name_rows rows = {0};
    kh_name found[2];
    bool known[2] = {false, false};
    const kh_str *names = t->request->args;
    kh_status status = kh_store_names(t->store, t->out, &rows, t->err);
    for (int i = 0; i < 2 && !status; i++) {
        known[i] = known_name(t, &rows, names[i], &found[i]);
        status = known[i] ? KH_OK : find_spelling(t, names[i]);
    }
    if (!status && kh_str_eq(kh_str_trim(kh_fold_key(t->out, names[0])), kh_str_trim(kh_fold_key(t->out, names[1])))) {
        status = kh_fail(t->err, KH_ERR_USAGE, "one_name", KH_FMT " and " KH_FMT " are one spelling", KH_ARG(names[0]), KH_ARG(names[1]));
    }
    if (status) {
        return status;
    }
    bool same = t->made->kind == KH_CORRECT_SAME_NAME;
    kh_str id = kh_names_lookup(kh_engine_names(t->engine), *t->scratch, names[0]);
    t->made->words = names[0];
    t->made->value = names[1];
    t->made->other = id.len || !same ? id : kh_names_lookup(kh_engine_names(t->engine), *t->scratch, names[1]);
    t->made->was = !known[0] || !known[1]                             ? KH_STR("unknown")
                   : kh_names_same(*t->scratch, &found[0], &found[1]) ? KH_STR("one name")
                                                                      : KH_STR("two names");
    return kh_store_correct(t->store, t->made, t->err);
}

/* ---- all ---- */

static kh_status make(const task *t)
{
    switch (t->made->kind) {
    case KH_CORRECT_SPEAKER: return make_speaker(t);
    case KH_CORRECT_DATE: return make_date(t);
    case KH_CORRECT_JOIN:
    case KH_CORRECT_SPLIT: return make_place(t);
    case KH_CORRECT_NO_COPY: return make_no_copy(t);
    default: return make_names(t);
    }
}

static kh_status finish(kh_store *store, kh_status status, kh_error *err)
{
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    return kh_store_commit(store, err);
}

kh_status kh_correct(const kh_engine *engine, kh_store *store, kh_arena *out, kh_arena scratch, const kh_correct_request *request,
                     kh_correction *made, kh_error *err)
{
    task t = {.engine = engine, .store = store, .out = out, .scratch = &scratch, .request = request, .made = made, .err = err};
    *made = (kh_correction){.kind = request->kind, .by = request->by, .why = request->why, .at = kh_time_text(out, request->now)};
    for (size_t i = 0; i < kh_correct_args(request->kind, NULL); i++) {
        if (kh_str_trim(request->args[i]).len == 0) {
            return kh_fail(err, KH_ERR_USAGE, "empty", "an argument is empty");
        }
    }
    kh_status status = kh_store_begin(store, err);
    return status ? status : finish(store, make(&t), err);
}

kh_status kh_correct_undo(kh_store *store, kh_arena scratch, int64_t id, kh_time now, kh_error *err)
{
    kh_status status = kh_store_begin(store, err);
    return status ? status : finish(store, kh_store_correction_undo(store, scratch, id, now, err), err);
}

/* ---- resting ---- */

/* Is one of the two spellings of C in the store, as a name or in a text? */
static kh_status spellings_there(const task *t, const kh_name_rows *rows, const kh_correction *c, bool *there)
{
    kh_name name;
    *there = known_name(t, rows, c->words, &name) || known_name(t, rows, c->value, &name);
    kh_status status = *there ? KH_OK : find_spelling(t, c->words);
    status = status == KH_ERR_USAGE ? find_spelling(t, c->value) : status;
    *there = status == KH_OK;
    return status == KH_ERR_USAGE ? KH_OK : status;
}

/* Has C, of a quotation or a day, effect on its article? */
static kh_status article_there(const task *t, const kh_correction *c, bool *there)
{
    kh_arena out = *t->scratch;
    kh_article *a = NULL;
    int64_t id = kh_store_find(t->store, c->article);
    kh_status status = id ? kh_store_article(t->store, &out, id, &a, t->err) : KH_OK;
    for (size_t i = 0; a && i < a->corrections.count; i++) {
        *there = *there || (a->corrections.items[i]->id == c->id && !a->corrections.items[i]->rests);
    }
    return status;
}

static kh_status has_effect(const task *t, const kh_name_rows *rows, const kh_correction *c, bool *there)
{
    *there = false;
    switch (c->kind) {
    case KH_CORRECT_SPEAKER:
    case KH_CORRECT_DATE: return article_there(t, c, there);
    case KH_CORRECT_SAME_NAME:
    case KH_CORRECT_OTHER_NAME: return spellings_there(t, rows, c, there);
    default: *there = kh_store_find(t->store, c->article) && kh_store_find(t->store, c->other); return KH_OK;
    }
}

kh_status kh_correct_resting(kh_store *store, kh_arena *out, kh_arena scratch, kh_corrections *list, kh_error *err)
{
    kh_arena names = kh_arena_split(&scratch);
    kh_name_rows rows = {0};
    task t = {.store = store, .out = &names, .scratch = &scratch, .err = err};
    kh_status status = list->count ? kh_store_names(store, &names, &rows, err) : KH_OK;
    for (size_t i = 0; i < list->count && !status; i++) {
        const kh_correction *c = list->items[i];
        bool there = true;
        status = c->undone.len ? KH_OK : has_effect(&t, &rows, c, &there);
        if (!status && !there) {
            kh_correction *copy = KH_NEW(out, kh_correction);
            *copy = *c;
            copy->rests = true;
            list->items[i] = copy;
        }
    }
    return status;
}

/* A join or split that is not so after ARTICLE was placed: of a split it is ARTICLE that leaves, if it is one of the two. */
static kh_status settle_one(const task *t, const kh_article *article)
{
    int64_t a = kh_store_find(t->store, t->made->article);
    int64_t b = kh_store_find(t->store, t->made->other);
    int64_t fresh = 0;
    if (t->made->kind == KH_CORRECT_JOIN) {
        return join_stories(t, a, b);
    }
    if (article->id == a || article->id == b) {
        return kh_store_move(t->store, *t->scratch, t->made->id, article->id, &fresh, reason_of(t), t->request->now, t->err);
    }
    return split_story(t, a, b);
}

kh_status kh_correct_settle(const kh_engine *engine, kh_store *store, kh_arena scratch, const kh_article *article, kh_time now,
                            kh_error *err)
{
    kh_arena out = kh_arena_split(&scratch);
    kh_corrections list = {0};
    kh_status status = kh_store_corrections_broken(store, &out, &list, err);
    for (size_t i = 0; i < list.count && !status; i++) {
        kh_correction c = *list.items[i];
        kh_correct_request request = {.kind = c.kind, .now = now};
        task t = {.engine = engine, .store = store, .out = &out, .scratch = &scratch, .request = &request, .made = &c, .err = err};
        status = settle_one(&t, article);
    }
    return status;
}
