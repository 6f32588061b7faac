/* nametrain.c - learns data/languages/<tag>/name_weights.txt from sentences whose names are marked.
 *
 *     nametrain LANG ROUNDS LEAST HIDE FILE... > name_weights.txt
 *
 * A FILE has a token and its tag (IOB2; PER LOC ORG, others count as outside) on a line, parted by a TAB, and an
 * empty line between sentences. LEAST: a feature that fewer tokens have is left out. HIDE: of a hundred words that our
 * tables know as ordinary so many are shown as unknown ones, so that weights learned from few sentences do not take every
 * unknown word for a name. The Persian table was made by `nametrain fa 12 2 25 PARSTWINER OWN` from the training part of
 * ParsTwiNER (overfit-ir/persian-twitter-ner, MIT) and sentences of our own (`gen/names_samples.py fa . 40`, gen/names/fa.txt). Arabic
 * has sentences of its own as well, but no marked text that may be learned from, and without one the rules alone do better.
 *
 * Method: the averaged perceptron over whole sentences (Collins 2002): each sentence is tagged with the
 * weights as they stand; where the tags are wrong, the weights of the right ones go up and those of
 * the wrong ones down; what is kept is the mean over all sentences seen, and the mean of TRAININGS such trainings that see
 * them in another order. The features are those that
 * the program itself computes (src/names/tagger.c), the tags of its rules among them. Weights are
 * scaled to whole numbers of one byte, and rows whose largest is small are left out.
 */
#include "names/tagger.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKENS_MAX = 2000, TEXT_MAX = 1 << 16, ROWS_MAX = 1 << 22, SCALE = 8, ROW_LEAST = 7 };
enum { FEATURE_TEXT_MAX = 512, WEIGHT_MAX = 127, TRAININGS = 12 };

typedef struct token_features {
    uint32_t *rows; /* of the features that are learned */
    uint32_t count;
    uint8_t class, gold;
} token_features;

typedef struct sentence {
    token_features *tokens;
    size_t count;
} sentence;

typedef struct sentences {
    sentence *items;
    size_t count;
} sentences;

typedef struct weight {
    double sum[KH_TAGS]; /* of value times the steps it stood */
    float now[KH_TAGS];
    uint64_t last[KH_TAGS];
    float means[KH_TAGS]; /* of the trainings so far, added up */
} weight;

static kh_map rows; /* hash of a feature -> row */
static char **row_text;
static uint32_t *row_seen;
static weight *weights;
static weight steps[KH_TAGS][KH_CLASSES];
static size_t row_count = 1;
static uint64_t clock_now = 1;
static kh_arena keep;
static size_t hidden; /* of a hundred */

static void fail(const char *what)
{
    fprintf(stderr, "nametrain: %s\n", what);
    exit(1);
}

static void *some(size_t count, size_t size)
{
    void *p = calloc(count, size);
    if (!p) {
        fail("no memory");
    }
    return p;
}

/* Signs that part the cells and values of the table. */
static bool is_writable(kh_str part)
{
    for (size_t i = 0; i < part.len; i++) {
        if (strchr(",=#|\t\n", part.ptr[i])) {
            return false;
        }
    }
    return part.len > 0;
}

/* Feature KIND of token AT as the table writes it; false when it cannot. */
static bool write_feature(char text[FEATURE_TEXT_MAX], const kh_tagging *t, size_t at, size_t kind)
{
    const kh_tag_feature *k = &kh_tag_features[kind];
    int n = snprintf(text, FEATURE_TEXT_MAX, "%s=", k->name);
    for (size_t i = 0; i < k->count; i++) {
        kh_str part = kh_tag_fact_written(t, at, (kh_fact)k->facts[i]);
        if (!is_writable(part) || part.len > 100) {
            return false;
        }
        n += snprintf(text + n, FEATURE_TEXT_MAX - (size_t)n, "%s%.*s", i ? "," : "", (int)part.len, part.ptr);
    }
    return true;
}

static uint32_t row_of(const kh_tagging *t, size_t at, size_t kind, uint64_t hash)
{
    char text[FEATURE_TEXT_MAX];
    const uint32_t *have = kh_map_get(&rows, hash);
    if (!have && (row_count == ROWS_MAX || !write_feature(text, t, at, kind))) {
        return 0;
    }
    uint32_t *row = kh_map_put(&keep, &rows, hash, NULL);
    if (!have) {
        if (kh_tag_feature_hash_of(kh_str_z(text)) != hash) {
            fail(text);
        }
        row_text[row_count] = strdup(text);
        *row = (uint32_t)row_count++;
    }
    row_seen[*row]++;
    return *row;
}

static uint8_t tag_of(const char *tag)
{
    static const char *const types[] = {"PER", "LOC", "ORG"};
    for (size_t i = 0; i < 3 && strlen(tag) > 2; i++) {
        if (strcmp(tag + 2, types[i]) == 0) {
            return (uint8_t)(1 + 2 * i + (tag[0] == 'I'));
        }
    }
    return KH_TAG_OUT;
}

/* Gold tags by byte, brought to the tokens of Khabar. */
static void mark_gold(const kh_text *t, const uint8_t *gold_at, const uint32_t *mention_at, sentence *s)
{
    uint32_t last = 0;
    for (size_t i = 0; i < t->tokens.count; i++) {
        uint32_t begin = t->tokens.items[i].span.begin;
        uint8_t gold = gold_at[begin];
        uint8_t base = gold ? (uint8_t)((gold - 1) / 2 * 2 + 1) : 0;
        bool on = gold && mention_at[begin] == last;
        last = gold ? mention_at[begin] : 0;
        s->tokens[i].gold = gold ? (uint8_t)(base + on) : 0;
    }
}

static void add_sentence(const kh_names_know *know, kh_arena room, const char *lang, const char *text, size_t len, const uint8_t *gold_at,
                         const uint32_t *mention_at, sentences *all)
{
    kh_arena scratch = kh_arena_split(&room);
    kh_article *art = KH_NEW(&room, kh_article);
    art->lang = kh_str_z(lang);
    art->text = (kh_str){text, len};
    art->tokens = kh_text_of(&room, art->text);
    *KH_ADD(&room, &art->lines) = (kh_line){.span = {0, (uint32_t)len}, .role = KH_ROLE_BODY};
    kh_finder *f = kh_finder_of(&scratch, know, art);
    kh_names_find_by_rules(f);
    kh_tagging t = kh_tagging_of(f);
    for (size_t i = 0; i < art->tokens->tokens.count; i++) {
        bool hide = t.classes[i] == KH_CLASS_COMMON && (size_t)rand() % 100 < hidden;
        t.classes[i] = hide ? KH_CLASS_FREE : t.classes[i];
    }
    size_t count = art->tokens->tokens.count;
    sentence whole = {some(count + 1, sizeof(token_features)), count};
    mark_gold(art->tokens, gold_at, mention_at, &whole);
    KH_EACH(const kh_stretch, s, art->tokens->sentences) {
        t.first = s->first;
        t.end = s->end;
        for (size_t i = s->first; i < s->end; i++) {
            uint64_t facts[KH_FACTS];
            kh_tag_facts(&t, i, facts);
            token_features *k = &whole.tokens[i];
            k->rows = some(KH_TAG_FEATURES, sizeof *k->rows);
            k->class = t.classes[i];
            for (size_t kind = 0; kind < KH_TAG_FEATURES; kind++) {
                uint64_t hash = kh_tag_feature_hash(kind, facts);
                uint32_t row = hash ? row_of(&t, i, kind, hash) : 0;
                if (row) {
                    k->rows[k->count++] = row;
                }
            }
        }
        all->items[all->count++] = (sentence){whole.tokens + s->first, s->end - s->first};
    }
}

static void read_file(const kh_names_know *know, kh_arena room, const char *lang, const char *path, sentences *all)
{
    static char text[TEXT_MAX], line[4096];
    static uint8_t gold_at[TEXT_MAX];
    static uint32_t mention_at[TEXT_MAX];
    FILE *in = fopen(path, "r");
    size_t len = 0;
    uint32_t mention = 0;
    if (!in) {
        fail(path);
    }
    for (bool more = true; more;) {
        more = fgets(line, sizeof line, in) != NULL;
        char *tab = more ? strchr(line, '\t') : NULL;
        if (tab && len + 4096 < TEXT_MAX) {
            tab[strcspn(tab, "\r\n")] = 0;
            char *tag = strrchr(line, '\t') + 1;
            mention += tag[0] == 'B';
            size_t n = (size_t)(tab - line);
            memcpy(text + len, line, n);
            memset(gold_at + len, tag_of(tag), n);
            for (size_t i = 0; i < n; i++) {
                mention_at[len + i] = mention + 1;
            }
            text[len + n] = ' ';
            gold_at[len + n] = 0;
            len += n + 1;
        } else if (len) {
            add_sentence(know, room, lang, text, len - 1, gold_at, mention_at, all);
            len = 0;
        }
    }
    fclose(in);
}

/* ---- tagging and learning ---- */

static bool may_follow(size_t from, size_t to)
{
    bool on = to && to % 2 == 0;
    return !on || from == to || from + 1 == to;
}

static void best_tags(const sentence *s, uint8_t *tags)
{
    static uint8_t from[TOKENS_MAX][KH_TAGS];
    double best[KH_TAGS] = {0}, next[KH_TAGS];
    for (size_t i = 0; i < s->count; i++) {
        const token_features *k = &s->tokens[i];
        double own[KH_TAGS] = {0};
        for (size_t j = 0; j < k->count; j++) {
            for (size_t tag = 0; tag < KH_TAGS; tag++) {
                own[tag] += (double)weights[k->rows[j]].now[tag];
            }
        }
        for (size_t to = 0; to < KH_TAGS; to++) {
            next[to] = -1e18;
            for (size_t prior = 0; prior < (i ? KH_TAGS : 1); prior++) {
                double sum = (i ? best[prior] : 0) + (double)steps[prior][k->class].now[to] + own[to];
                if (may_follow(prior, to) && sum > next[to]) {
                    next[to] = sum;
                    from[i][to] = (uint8_t)prior;
                }
            }
        }
        memcpy(best, next, sizeof best);
    }
    size_t tag = 0;
    for (size_t k = 1; k < KH_TAGS; k++) {
        tag = best[k] > best[tag] ? k : tag;
    }
    for (size_t i = s->count; i-- > 0;) {
        tags[i] = (uint8_t)tag;
        tag = from[i][tag];
    }
}

static void change(weight *w, size_t tag, float by)
{
    w->sum[tag] += (double)w->now[tag] * (double)(clock_now - w->last[tag]);
    w->last[tag] = clock_now;
    w->now[tag] += by;
}

static size_t learn(const sentence *s)
{
    static uint8_t tags[TOKENS_MAX];
    size_t wrong = 0;
    best_tags(s, tags);
    clock_now++;
    for (size_t i = 0; i < s->count; i++) {
        const token_features *k = &s->tokens[i];
        size_t gold_before = i ? s->tokens[i - 1].gold : 0, before = i ? tags[i - 1] : 0;
        if (tags[i] == k->gold && before == gold_before) {
            continue;
        }
        change(&steps[gold_before][k->class], k->gold, 1);
        change(&steps[before][k->class], tags[i], -1);
        if (tags[i] == k->gold) {
            continue;
        }
        wrong++;
        for (size_t j = 0; j < k->count; j++) {
            change(&weights[k->rows[j]], k->gold, 1);
            change(&weights[k->rows[j]], tags[i], -1);
        }
    }
    return wrong;
}

/* Adds the mean of this training to the means and begins anew. */
static void settle(weight *w)
{
    for (size_t tag = 0; tag < KH_TAGS; tag++) {
        change(w, tag, 0);
        w->means[tag] += (float)(w->sum[tag] / (double)clock_now);
        w->now[tag] = 0;
        w->sum[tag] = 0;
        w->last[tag] = 1;
    }
}

static void settle_all(void)
{
    for (size_t from = 0; from < KH_TAGS; from++) {
        for (size_t class = 0; class < KH_CLASSES; class ++) {
            settle(&steps[from][class]);
        }
    }
    for (size_t i = 1; i < row_count; i++) {
        settle(&weights[i]);
    }
    clock_now = 1;
}

static void drop_rare(const sentences *all, uint32_t least)
{
    for (size_t i = 0; i < all->count; i++) {
        for (size_t k = 0; k < all->items[i].count; k++) {
            token_features *t = &all->items[i].tokens[k];
            uint32_t kept = 0;
            for (size_t j = 0; j < t->count; j++) {
                if (row_seen[t->rows[j]] >= least) {
                    t->rows[kept++] = t->rows[j];
                }
            }
            t->count = kept;
        }
    }
}

static void write_scores(const char *text, const weight *w)
{
    double most = 0;
    for (size_t tag = 0; tag < KH_TAGS; tag++) {
        double size = fabs((double)w->means[tag]) / TRAININGS * SCALE;
        most = size > most ? size : most;
    }
    if (most < ROW_LEAST) {
        return;
    }
    fputs(text, stdout);
    for (size_t tag = 0; tag < KH_TAGS; tag++) {
        long n = lround((double)w->means[tag] / TRAININGS * SCALE);
        n = n > WEIGHT_MAX ? WEIGHT_MAX : n < -WEIGHT_MAX ? -WEIGHT_MAX : n;
        printf(n ? "\t%ld" : "\t", n);
    }
    putchar('\n');
}

static int by_text(const void *a, const void *b)
{
    return strcmp(row_text[*(const uint32_t *)a], row_text[*(const uint32_t *)b]);
}

static void write_table(void)
{
    fputs("# feature", stdout);
    for (size_t tag = 0; tag < KH_TAGS; tag++) {
        printf("\t%s", kh_tag_names[tag]);
    }
    putchar('\n');
    for (size_t from = 0; from < KH_TAGS; from++) {
        for (size_t class = 0; class < KH_CLASSES; class ++) {
            char text[64];
            snprintf(text, sizeof text, "t,c=%s,%s", kh_tag_names[from], kh_class_names[class]);
            write_scores(text, &steps[from][class]);
        }
    }
    uint32_t *order = some(row_count, sizeof *order);
    for (uint32_t i = 1; i < row_count; i++) {
        order[i - 1] = i;
    }
    qsort(order, row_count - 1, sizeof *order, by_text);
    for (size_t i = 0; i + 1 < row_count; i++) {
        write_scores(row_text[order[i]], &weights[order[i]]);
    }
}

int main(int argc, char **argv)
{
    if (argc < 6) {
        fail("usage: nametrain LANG ROUNDS LEAST HIDE FILE...");
    }
    keep = kh_arena_reserve((size_t)4 << 30, NULL);
    kh_arena data = kh_arena_reserve((size_t)1 << 30, NULL), room = kh_arena_reserve((size_t)256 << 20, NULL);
    if (!keep.begin || !data.begin || !room.begin) {
        fail("no memory");
    }
    const kh_names_know *know = kh_names_know_of(&data, kh_lexicon_builtin(&data));
    row_text = some(ROWS_MAX, sizeof *row_text);
    row_seen = some(ROWS_MAX, sizeof *row_seen);
    weights = some(ROWS_MAX, sizeof *weights);
    sentences all = {some(200000, sizeof(sentence)), 0};
    hidden = (size_t)atoi(argv[4]);
    for (int i = 5; i < argc; i++) {
        read_file(know, room, argv[1], argv[i], &all);
        fprintf(stderr, "%s: %zu sentences, %zu features\n", argv[i], all.count, row_count);
    }
    drop_rare(&all, (uint32_t)atoi(argv[3]));
    uint64_t seed = 88172645463325252U;
    for (int training = 0; training < TRAININGS; training++) {
        for (int round = 0; round < atoi(argv[2]); round++) {
            size_t wrong = 0;
            for (size_t n = 0; n < all.count; n++) {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                const sentence *s = &all.items[seed % all.count];
                wrong += s->count < TOKENS_MAX ? learn(s) : 0;
            }
            fprintf(stderr, "training %d, round %d: %zu tokens wrong\n", training + 1, round + 1, wrong);
        }
        settle_all();
    }
    write_table();
    return 0;
}
