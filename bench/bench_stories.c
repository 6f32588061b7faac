/* bench_stories.c - learns the weights of world/join.txt, and measures what they are worth.
 *
 *   bench_stories learn DOCS.jsonl:GOLD.tsv ...     prints the table, learned anew where a set has the evidence
 *   bench_stories validate DOCS.jsonl:GOLD.tsv ...  B-cubed F1 of each set with weights learned from the others
 *   bench_stories measure DOCS.jsonl:GOLD.tsv ...   B-cubed F1 of each set, grouped online in the order of the file
 *
 * Learning: logistic regression by Newton's method with a ridge. A row is an article and what came before it of one
 * story, in its language or in others: the true story, and the FALSE_MAX false ones whose likest member is most alike.
 * Stories are the true ones, cut to the newest members, so that the rows do not hang on the weights. Each set weighs the
 * same within each of the two columns. Evidence that no set has (times, agencies, copies) is not learned: its rows stay
 * as they are, and so does a column that has no rows. Half of the rows of true stories are of small ones, as
 * they arrive.
 *
 * What may be learned from: sets whose licence allows it. The shipped weights come from the train half of ECB+
 * (CC BY 3.0), ANS (Apache 2.0) and invented articles of our own.
 */
#include "story_sets.h"

#include <math.h>

enum { COUNT = KH_JOIN_count, ROUNDS = 25, FALSE_MAX = 3, STORIES_MAX = 16 };
static const size_t NOBODY = SIZE_MAX;
static const double RIDGE = 2e-3;
static const double LENIENCE = 1;      /* added to the constant: the false rows are the hardest ones, not all there are */
static const double SET_WEIGHT = 1000; /* of all rows of a set in a column */

typedef struct row {
    float e[COUNT];
    float weight;
    uint8_t set;
    bool same; /* one story */
    bool across;
} row;

typedef KH_LIST(row) row_list;

typedef struct lab {
    kh_engine *engine;
    const kh_story_know *know;
    kh_worker worker;
    kh_arena out, scratch;
} lab;

typedef struct members {
    KH_LIST(const kh_digest *) items;
} members;

/* ---- learning ---- */

/* The newest members of story GOLD before article I, in A's language or in others. */
static members newest(kh_arena *out, const story_set *set, size_t i, uint64_t gold, bool across)
{
    members m = {0};
    for (size_t j = i; j-- > 0 && m.items.count < KH_GATHERED_MAX;) {
        const story_doc *d = &set->docs.items[j];
        if (d->gold == gold && kh_str_eq(d->digest.lang, set->docs.items[i].digest.lang) != across) {
            *KH_ADD(out, &m.items) = &d->digest;
        }
    }
    return m;
}

/* Where among the FALSE_MAX rows of false stories one with NEAREST goes; NULL: it is less alike than all of them. */
static row *place_for(lab *x, row_list *all, size_t at[FALSE_MAX], size_t *count, float nearest)
{
    if (*count < FALSE_MAX) {
        at[(*count)++] = all->count;
        return KH_ADD(&x->out, all);
    }
    size_t worst = 0;
    for (size_t k = 1; k < FALSE_MAX; k++) {
        worst = all->items[at[k]].e[KH_JOIN_NEAREST] < all->items[at[worst]].e[KH_JOIN_NEAREST] ? k : worst;
    }
    row *r = &all->items[at[worst]];
    return nearest > r->e[KH_JOIN_NEAREST] ? r : NULL;
}

/* The rows of article I with each story before it. */
static void add_rows(lab *x, const story_set *set, size_t i, const kh_frequencies *df, bool across, row_list *all)
{
    const story_doc *a = &set->docs.items[i];
    kh_arena out = x->scratch;
    kh_arena scratch = kh_arena_split(&out);
    kh_prepared prepared = kh_prepare(&out, df, &a->digest);
    kh_map done = {0};
    size_t at[FALSE_MAX], count = 0;
    for (size_t j = i; j-- > 0;) {
        uint64_t gold = set->docs.items[j].gold;
        uint32_t *seen = gold ? kh_map_put(&out, &done, gold, NULL) : NULL;
        if (!seen || (*seen)++) {
            continue;
        }
        kh_arena rest = out;
        members m = newest(&rest, set, i, gold, across);
        if (m.items.count == 0) {
            continue;
        }
        kh_gathered together;
        kh_join join;
        kh_gather(&rest, scratch, m.items.items, m.items.count, &together);
        kh_join_of(x->know, &prepared, m.items.items, m.items.count, &together, &join);
        bool same = gold == a->gold;
        row *r = same ? KH_ADD(&x->out, all) : place_for(x, all, at, &count, join.e[KH_JOIN_NEAREST]);
        if (r) {
            *r = (row){.same = same, .across = across};
            memcpy(r->e, join.e, sizeof r->e);
        }
    }
}

static void add_set(lab *x, const story_set *set, uint8_t number, row_list *all)
{
    counting c = {0};
    size_t first = all->count;
    double sum[2] = {0};
    for (size_t i = 0; i < set->docs.count; i++) {
        kh_frequencies df = {.documents = c.documents, .counts = &c.frozen};
        for (int across = 0; across < 2 && set->docs.items[i].gold; across++) {
            add_rows(x, set, i, &df, across, all);
        }
        count_document(&x->out, &c, &set->docs.items[i].digest);
    }
    for (size_t i = first; i < all->count; i++) {
        sum[all->items[i].across]++;
    }
    for (size_t i = first; i < all->count; i++) {
        all->items[i].weight = (float)(SET_WEIGHT / sum[all->items[i].across]);
        all->items[i].set = number;
    }
    fprintf(stderr, "%.0f rows of one language, %.0f across\n", sum[0], sum[1]);
}

/* Solves A x = b in place by Gauss; A is symmetric and, with the ridge, regular. */
static void solve(double a[COUNT][COUNT + 1])
{
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t r = 0; r < COUNT; r++) {
            double f = r == i ? 0 : a[r][i] / a[i][i];
            for (size_t k = i; f != 0 && k <= COUNT; k++) {
                a[r][k] -= f * a[i][k];
            }
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        a[i][COUNT] /= a[i][i];
    }
}

static bool is_learned(size_t i)
{
    return i != KH_EVIDENCE_DATED && i != KH_EVIDENCE_DAYS && i != KH_EVIDENCE_AGENCY && i != KH_EVIDENCE_COPIED &&
           i != KH_EVIDENCE_NUMBERS_APART_DATED;
}

/* One step of Newton's towards the weights of the column ACROSS, from all sets but LEFT_OUT. */
static void step(const row_list *all, bool across, int left_out, double w[COUNT])
{
    static double a[COUNT][COUNT + 1];
    memset(a, 0, sizeof a);
    KH_EACH(const row, p, *all) {
        double z = 0;
        for (size_t i = 0; i < COUNT; i++) {
            z += is_learned(i) ? w[i] * (double)p->e[i] : 0;
        }
        double odds = 1 / (1 + exp(-z));
        double weight = p->across == across && p->set != left_out ? (double)p->weight : 0;
        for (size_t i = 0; i < COUNT && weight > 0; i++) {
            double e = is_learned(i) ? (double)p->e[i] : 0;
            for (size_t k = 0; e != 0 && k < COUNT; k++) {
                a[i][k] += is_learned(k) ? weight * odds * (1 - odds) * e * (double)p->e[k] : 0;
            }
            a[i][COUNT] += weight * ((double)p->same - odds) * e;
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        a[i][i] += RIDGE * SET_WEIGHT;
        a[i][COUNT] -= RIDGE * SET_WEIGHT * w[i];
    }
    solve(a);
    for (size_t i = 0; i < COUNT; i++) {
        w[i] += is_learned(i) ? a[i][COUNT] : 0;
    }
}

static bool has_rows(const row_list *all, bool across, int left_out)
{
    KH_EACH(const row, r, *all) {
        if (r->across == across && r->set != left_out) {
            return true;
        }
    }
    return false;
}

static void learn(lab *x, const row_list *all, int left_out, kh_join_weights *learned)
{
    double w[2][COUNT] = {{0}};
    const kh_join_weights *now = kh_join_weights_of(x->know);
    *learned = *now;
    for (int across = 0; across < 2; across++) {
        bool learns = has_rows(all, across, left_out);
        for (int round = 0; learns && round < ROUNDS; round++) {
            step(all, across, left_out, w[across]);
        }
        w[across][KH_EVIDENCE_CONSTANT] += across ? 0 : LENIENCE;
        for (size_t i = 0; i < COUNT && learns; i++) {
            float *to = across ? &learned->across[i] : &learned->same[i];
            *to = is_learned(i) ? (float)w[across][i] : *to;
        }
    }
}

static void print_table(const kh_join_weights *w)
{
    for (size_t i = 0; i < COUNT; i++) {
        printf("%s\t%.2f\t%.2f\t%.2f\t%s\n", kh_join_name(i), (double)w->same[i], (double)w->whole[i], (double)w->across[i],
               is_learned(i) ? "learned" : "hand");
    }
}

/* ---- measuring ---- */

/* The newest members of story WHICH among the first COUNT documents, all but BUT. */
static kh_story_candidate newest_of(kh_arena *out, const story_set *set, const uint32_t *story, size_t count, uint32_t which, size_t but)
{
    kh_story_candidate c = {.story = which};
    for (size_t j = count; j-- > 0 && c.members.count < KH_GATHERED_MAX;) {
        if (story[j] == which && j != but) {
            *KH_ADD(out, &c.members) = &set->docs.items[j].digest;
        }
    }
    return c;
}

/* The story of document I takes up the likest of its RIVALS that tells the same, as the store does it. */
static void merge(lab *x, kh_arena *out, kh_arena scratch, const story_set *set, uint32_t *story, size_t i, const kh_frequencies *df,
                  const int64_t rivals[KH_RIVALS_MAX])
{
    kh_story_candidate mine = newest_of(out, set, story, i + 1, story[i], NOBODY);
    float top = KH_STORY_MERGE;
    uint32_t with = 0;
    for (size_t k = 0; k < KH_RIVALS_MAX && rivals[k]; k++) {
        kh_story_candidate other = newest_of(out, set, story, i + 1, (uint32_t)rivals[k], NOBODY);
        float sure = kh_story_merge(scratch, x->know, df, &mine, &other);
        with = sure > top ? (uint32_t)rivals[k] : with;
        top = sure > top ? sure : top;
    }
    uint32_t old = story[i];
    for (size_t j = 0; with && j <= i; j++) {
        story[j] = story[j] == old ? with : story[j];
    }
}

/* The story of document I, if it has grown to two. */
static void split(kh_arena *out, const story_set *set, uint32_t *story, size_t i, const kh_frequencies *df, uint32_t *stories)
{
    KH_LIST(const kh_digest *) inside = {0};
    uint8_t side[KH_SPLIT_MAX];
    for (size_t j = i + 1; j-- > 0 && inside.count < KH_SPLIT_MAX;) {
        const kh_digest *d = &set->docs.items[j].digest;
        if (story[j] == story[i] && kh_str_eq(d->lang, set->docs.items[i].digest.lang)) {
            *KH_ADD(out, &inside) = d;
        }
    }
    bool due = inside.count >= KH_SPLIT_MIN && inside.count % 2 == 0;
    if (due && kh_story_split(*out, df, inside.items, inside.count, side)) {
        ++*stories;
        for (size_t k = 0; k < inside.count; k++) {
            uint32_t *of = &story[inside.items[k]->id - 1];
            *of = side[k] ? *stories : *of;
        }
    }
}

/* A set as it is grouped: the story of each of the first COUNT documents, by its index. */
typedef struct grouping {
    const story_set *set;
    uint32_t *story;
    uint32_t stories;
    float *best; /* room for the likeness of each story */
} grouping;

/* The likest stories of document I among the first COUNT, each by its newest members without I. */
static size_t candidates_of(lab *x, kh_arena *out, grouping *g, const kh_prepared *a, size_t i, size_t count,
                            kh_story_candidate found[STORIES_MAX])
{
    const kh_story_weights *w = kh_story_weights_of(x->know);
    size_t n = 0;
    memset(g->best, 0, (g->stories + 1) * sizeof *g->best);
    for (size_t j = 0; j < count; j++) {
        if (j != i) {
            kh_parts p = kh_parts_of(a, &g->set->docs.items[j].digest);
            float s = kh_score_of(w, &p);
            g->best[g->story[j]] = s > g->best[g->story[j]] ? s : g->best[g->story[j]];
        }
    }
    for (uint32_t top = 1; n < STORIES_MAX && top; n += top != 0) {
        top = 0;
        for (uint32_t k = 1; k <= g->stories; k++) {
            top = g->best[k] > g->best[top] ? k : top;
        }
        if (top) {
            g->best[top] = 0;
            found[n] = newest_of(out, g->set, g->story, count, top, i);
        }
    }
    return n;
}

/* Document I, which stands among the first COUNT already, is looked at again. */
static void look_again(lab *x, kh_arena out, kh_arena scratch, grouping *g, const counting *c, size_t i, size_t count, bool all_have_come)
{
    const kh_digest *a = &g->set->docs.items[i].digest;
    kh_map known = {0};
    kh_frequencies df = counts_of(&out, c, a, &known);
    kh_prepared prepared = kh_prepare(&out, &df, a);
    kh_story_candidate found[STORIES_MAX] = {0};
    size_t n = candidates_of(x, &out, g, &prepared, i, count, found);
    kh_placement p = kh_story_again(&out, scratch, x->know, &df, a, g->story[i], found, n, all_have_come);
    g->story[i] = p.story ? (uint32_t)p.story : ++g->stories;
}

static void place_one(lab *x, grouping *g, const counting *c, size_t i)
{
    const kh_digest *a = &g->set->docs.items[i].digest;
    kh_arena out = x->scratch;
    kh_arena scratch = kh_arena_split(&out);
    kh_map known = {0};
    kh_frequencies df = counts_of(&out, c, a, &known);
    kh_prepared prepared = kh_prepare(&out, &df, a);
    kh_story_candidate found[STORIES_MAX] = {0};
    size_t n = candidates_of(x, &out, g, &prepared, i, i, found);
    kh_placement p = kh_story_place(&out, scratch, x->know, &df, a, found, n);
    kh_doubtful doubtful[KH_DOUBTFUL_MAX];
    size_t doubts = kh_story_doubtful(scratch, x->know, &df, a, &p, found, n, doubtful);
    g->story[i] = p.story ? (uint32_t)p.story : ++g->stories;
    merge(x, &out, scratch, g->set, g->story, i, &df, p.rivals);
    split(&out, g->set, g->story, i, &df, &g->stories);
    for (size_t k = 0; k < doubts; k++) {
        size_t d = (size_t)doubtful[k].article - 1;
        kh_arena temporary = out;
        kh_map its = {0};
        kh_frequencies its_df = counts_of(&temporary, c, &g->set->docs.items[d].digest, &its);
        if (g->story[d] != g->story[i] && kh_story_in_doubt(scratch, x->know, &its_df, &doubtful[k], a, g->story[i], found, n)) {
            look_again(x, out, scratch, g, c, d, i + 1, false);
        }
    }
}

/* Groups SET online; the story of each document by its index. All stories that share anything are candidates, with
 * their newest members, as in the store. */
static uint32_t *group(lab *x, const story_set *set)
{
    counting c = {0};
    grouping g = {.set = set,
                  .story = KH_NEW_N(&x->out, uint32_t, set->docs.count + 1),
                  .best = KH_NEW_N(&x->out, float, 8 * set->docs.count + 2)};
    for (size_t i = 0; i < set->docs.count; i++) {
        place_one(x, &g, &c, i);
        count_document(&x->out, &c, &set->docs.items[i].digest);
    }
    for (size_t i = 0; i < set->docs.count; i++) {
        if (kh_story_is_brief(&set->docs.items[i].digest.features)) {
            kh_arena out = x->scratch;
            kh_arena scratch = kh_arena_split(&out);
            look_again(x, out, scratch, &g, &c, i, set->docs.count, true);
        }
    }
    return g.story;
}

static void measure(const char *name, const story_set *set, const uint32_t *story)
{
    double precision = 0, recall = 0, n = 0;
    for (size_t i = 0; i < set->docs.count; i++) {
        double both = 0, mine = 0, gold = 0;
        for (size_t j = 0; j < set->docs.count && set->docs.items[i].gold; j++) {
            bool counts = set->docs.items[j].gold != 0;
            bool a = counts && story[i] == story[j];
            bool b = counts && set->docs.items[i].gold == set->docs.items[j].gold;
            both += a && b;
            mine += a;
            gold += b;
        }
        if (gold > 0) {
            precision += both / mine;
            recall += both / gold;
            n++;
        }
    }
    precision /= n;
    recall /= n;
    double f = 2 * precision * recall / (precision + recall);
    printf("%-40s B3 P %.4f R %.4f F1 %.4f\n", name, precision, recall, f);
}

enum { SETS_MAX = 8, NONE_LEFT_OUT = -1 };

typedef enum task { LEARN, VALIDATE, MEASURE, TASKS } task;

static task task_named(const char *name)
{
    static const char *const names[TASKS] = {"learn", "validate", "measure"};
    int at = 0;
    while (at < TASKS && strcmp(names[at], name) != 0) {
        at++;
    }
    return (task)at;
}

/* DOCS:GOLD */
static story_set open_set(lab *x, char *name)
{
    char *gold = strchr(name, ':');
    if (!gold) {
        fprintf(stderr, "%s: no gold behind a colon\n", name);
        exit(64);
    }
    *gold = '\0';
    return read_set(&x->out, x->engine, &x->worker, name, gold + 1);
}

/* The weights that the engine was built with: ours to change, since this program made the engine for itself alone. */
static kh_join_weights *in_use(const lab *x)
{
    return (kh_join_weights *)(uintptr_t)kh_join_weights_of(x->know);
}

int main(int argc, char **argv)
{
    lab x = {.out = kh_arena_reserve((size_t)16 << 30, NULL), .scratch = kh_arena_reserve((size_t)1 << 30, NULL)};
    kh_error err;
    x.engine = kh_engine_open(getenv("KHABAR_DATA"), &err);
    task what = argc > 1 ? task_named(argv[1]) : TASKS;
    if (what == TASKS || argc < 3 || argc > 2 + SETS_MAX || !x.engine || kh_worker_open(&x.worker, &err)) {
        fputs("usage: bench_stories learn|validate|measure DOCS.jsonl:GOLD.tsv ...\n", stderr);
        return 64;
    }
    x.know = kh_engine_story(x.engine);
    story_set sets[SETS_MAX];
    row_list all = {0};
    int count = argc - 2;
    for (int i = 0; i < count; i++) {
        sets[i] = open_set(&x, argv[i + 2]);
        if (what != MEASURE) {
            add_set(&x, &sets[i], (uint8_t)i, &all);
        }
    }
    kh_join_weights *used = in_use(&x);
    kh_join_weights shipped = *used, learned = *used;
    for (int i = 0; i < count && what != LEARN; i++) {
        if (what == VALIDATE) {
            learn(&x, &all, i, &learned);
        }
        *used = learned;
        measure(argv[i + 2], &sets[i], group(&x, &sets[i]));
        *used = shipped;
    }
    if (what == LEARN) {
        learn(&x, &all, NONE_LEFT_OUT, &learned);
        print_table(&learned);
    }
    return 0;
}
