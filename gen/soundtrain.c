/* soundtrain.c - learns data/world/sound_costs.txt from pairs of names.
 *
 *     soundtrain learn TABLE OUT EPOCHS SEED PAIRS.tsv... [-- VALID.tsv...]
 *     soundtrain mean OUT TABLE...
 *
 * PAIRS: a name in Latin letters TAB the same in another script; a file named twice counts twice. The table in the tree was
 * learned with seed 1 and eight epochs from the training parts of steveash/NETransliteration-COLING2018 (English labels of
 * Wikidata with Arabic, Hebrew and Russian ones; CC0), the Hebrew part named twice.
 *
 * Method: what is wanted is that among many candidates the right one comes first. So for each query its
 * name and CANDIDATES others, drawn anew each time, are ranked with the costs as they stand; the
 * chances that the distances give the best TOP of them (softmax of likeness over TEMPERATURE) are moved
 * towards the right one, by gradient on the costs of the steps that the cheapest alignments use (Adagrad),
 * with a pull back to the start that a person wrote (column `start`); what is written is their mean from the
 * third epoch on. Two classes for one begin at what
 * they cost step by step; in the end those stay that became at least PAIR_GAIN cheaper. Single trainings swing about
 * the best costs, each its own way; in the mean of several the swings cancel (a pair that one of them left out counts there
 * with its single steps). Nothing is learned about one name; the table holds sounds only.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "names/internal.h"
#include "names/names.h"

enum { CODES = 64, WORD = 48, CANDIDATES = 2000, TOP = 8, PAIR_GAIN = 6, VALID_QUERIES = 1000, VALID_NAMES = 5000 };

static const float TEMPERATURE = 0.03F, RATE = 2.0F, PULL = 0.0002F;

typedef struct word {
    uint8_t code[WORD + 1]; /* with the mark of the end */
    uint8_t count;
} word;

typedef struct pair {
    word latin, other;
    uint64_t key; /* of the written other name: candidates with the same are right as well */
} pair;

typedef struct pairs {
    pair *items;
    size_t count;
} pairs;

/* A cost: its value, what it began with, the sum of its squared gradients. */
typedef struct cost {
    float now, start, squares;
    double sum; /* of `now` at the steps that are averaged */
    bool used;
} cost;

static cost gap[CODES], near_cost[CODES][CODES], two[CODES][CODES][CODES];
static char letter_of[CODES];

static int code_of(char c)
{
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 1;
    }
    if (c >= 'A' && c <= 'Z') {
        return c - 'A' + 27;
    }
    return c == '_' ? 53 : c >= '0' && c <= '9' ? c - '0' + 54 : 0;
}

static word word_of(const char *text, size_t len)
{
    static kh_arena whole;
    if (!whole.begin) {
        whole = kh_arena_reserve((size_t)1 << 20, NULL);
    }
    kh_arena a = whole;
    kh_str sound = kh_sound_of(&a, (kh_str){text, len});
    word w = {0};
    for (size_t i = 0; i < sound.len && w.count < WORD - 1; i++) {
        if (sound.ptr[i] != ' ') {
            w.code[w.count++] = (uint8_t)code_of(sound.ptr[i]);
        }
    }
    w.code[w.count++] = 0;
    return w;
}

static pairs read_pairs(const char *path)
{
    FILE *in = fopen(path, "r");
    static char line[4096];
    pairs p = {calloc(400000, sizeof *p.items), 0};
    while (in && p.items && p.count < 400000 && fgets(line, sizeof line, in)) {
        char *tab = strchr(line, '\t');
        if (!tab) {
            continue;
        }
        char *end = tab + 1 + strcspn(tab + 1, "\t\r\n");
        pair *q = &p.items[p.count];
        *q = (pair){.latin = word_of(line, (size_t)(tab - line)), .other = word_of(tab + 1, (size_t)(end - tab - 1))};
        q->key = kh_hash((kh_str){tab + 1, (size_t)(end - tab - 1)});
        p.count += q->latin.count > 1 && q->other.count > 1;
    }
    if (in) {
        fclose(in);
    }
    fprintf(stderr, "%s: %zu pairs\n", path, p.count);
    return p;
}

/* ---- distance with the way there ---- */

typedef struct grid {
    float d[WORD + 2][WORD + 2];
    uint8_t step[WORD + 2][WORD + 2]; /* 1 gap in x, 2 gap in y, 3 one for one, 4 two of x, 5 two of y, 6 swap */
} grid;

static void try_step(grid *g, size_t i, size_t j, float d, uint8_t step)
{
    if (d < g->d[i][j]) {
        g->d[i][j] = d;
        g->step[i][j] = step;
    }
}

static float near_of(uint8_t x, uint8_t y)
{
    return x == y ? 0 : near_cost[x][y].now;
}

static float distance(grid *g, const word *a, const word *b, float limit)
{
    const uint8_t *x = a->code, *y = b->code;
    float row_before = 0;
    for (size_t i = 0; i <= a->count; i++) {
        float least = 1e9F;
        for (size_t j = 0; j <= b->count; j++) {
            g->d[i][j] = i || j ? 1e9F : 0;
            if (i) {
                try_step(g, i, j, g->d[i - 1][j] + gap[x[i - 1]].now, 1);
            }
            if (j) {
                try_step(g, i, j, g->d[i][j - 1] + gap[y[j - 1]].now, 2);
            }
            if (i && j) {
                try_step(g, i, j, g->d[i - 1][j - 1] + near_of(x[i - 1], y[j - 1]), 3);
            }
            if (i > 1 && j) {
                try_step(g, i, j, g->d[i - 2][j - 1] + two[x[i - 2]][x[i - 1]][y[j - 1]].now, 4);
            }
            if (i && j > 1) {
                try_step(g, i, j, g->d[i - 1][j - 2] + two[y[j - 2]][y[j - 1]][x[i - 1]].now, 5);
            }
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && x[i - 1] != y[j - 1]) {
                try_step(g, i, j, g->d[i - 2][j - 2] + 35, 6);
            }
            least = g->d[i][j] < least ? g->d[i][j] : least;
        }
        if (i && least >= limit && row_before >= limit) {
            return least;
        }
        row_before = least;
    }
    return g->d[a->count][b->count];
}

static float mean_length(const word *a, const word *b)
{
    return (float)(a->count + b->count - 2) / 2;
}

static void move_cost(cost *c, float gradient)
{
    gradient += PULL * (c->now - c->start);
    c->squares += gradient * gradient;
    c->now -= RATE * gradient / sqrtf(c->squares + 0.05F);
    c->now = c->now < 0 ? 0 : c->now > 120 ? 120 : c->now;
    c->used = true;
}

/* Moves the costs of the steps from A to B by GRADIENT. */
static void move_way(grid *g, const word *a, const word *b, float gradient)
{
    distance(g, a, b, 1e9F);
    const uint8_t *x = a->code, *y = b->code;
    for (size_t i = a->count, j = b->count; i || j;) {
        uint8_t step = g->step[i][j];
        if (step == 1) {
            move_cost(&gap[x[i - 1]], gradient);
        } else if (step == 2) {
            move_cost(&gap[y[j - 1]], gradient);
        } else if (step == 3 && x[i - 1] != y[j - 1]) {
            move_cost(&near_cost[x[i - 1]][y[j - 1]], gradient);
            near_cost[y[j - 1]][x[i - 1]] = near_cost[x[i - 1]][y[j - 1]];
        } else if (step == 4) {
            move_cost(&two[x[i - 2]][x[i - 1]][y[j - 1]], gradient);
        } else if (step == 5) {
            move_cost(&two[y[j - 2]][y[j - 1]][x[i - 1]], gradient);
        }
        i -= step == 2 ? 0 : step == 4 || step == 6 ? 2 : 1;
        j -= step == 1 ? 0 : step == 5 || step == 6 ? 2 : 1;
    }
}

/* ---- ranking ---- */

static uint64_t seed = 88172645463325252U;

static size_t draw(size_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % below);
}

typedef struct ranked {
    const pair *item;
    float far;
} ranked;

static size_t rank(const pairs *p, const pair *query, ranked best[TOP])
{
    static grid g;
    size_t count = 1;
    best[0] = (ranked){query, distance(&g, &query->latin, &query->other, 1e9F) / mean_length(&query->latin, &query->other)};
    for (size_t n = 0; n < CANDIDATES; n++) {
        const pair *c = &p->items[draw(p->count)];
        float mean = mean_length(&c->latin, &query->other);
        float bound = best[0].far + 4 * TEMPERATURE * 100;
        float limit = (count == TOP && best[TOP - 1].far < bound ? best[TOP - 1].far : bound) * mean;
        if (c->key == query->key || memcmp(&c->latin, &query->latin, sizeof c->latin) == 0) {
            continue;
        }
        float far = distance(&g, &c->latin, &query->other, limit) / mean;
        if (far * mean >= limit) {
            continue;
        }
        size_t at = count < TOP ? count++ : TOP - 1;
        while (at > 1 && best[at - 1].far > far) {
            best[at] = best[at - 1];
            at--;
        }
        best[at] = (ranked){c, far};
    }
    return count;
}

static float learn(const pairs *p, const pair *query)
{
    static grid g;
    ranked best[TOP];
    size_t count = rank(p, query, best);
    float chance[TOP], sum = 0;
    for (size_t i = 0; i < count; i++) {
        chance[i] = expf((best[0].far - best[i].far) / 100 / TEMPERATURE);
        sum += chance[i];
    }
    for (size_t i = 0; i < count; i++) {
        float wrong = (i == 0 ? 1 : 0) - chance[i] / sum;
        if (fabsf(wrong) > 0.01F) {
            move_way(&g, &best[i].item->latin, &query->other, wrong / mean_length(&best[i].item->latin, &query->other));
        }
    }
    return chance[0] / sum;
}

/* The share of queries whose right name comes first among VALID_NAMES. */
static float first_right(const pairs *p)
{
    static grid g;
    size_t right = 0, step = p->count / VALID_QUERIES;
    for (size_t q = 0; q < VALID_QUERIES; q++) {
        const pair *query = &p->items[q * step];
        float best = 1e9F;
        bool is_right = false;
        for (size_t i = 0; i <= VALID_NAMES; i++) {
            const pair *c = i == VALID_NAMES ? query : &p->items[i * 7 % p->count];
            float mean = mean_length(&c->latin, &query->other);
            float far = distance(&g, &c->latin, &query->other, best * mean) / mean;
            if (far < best) {
                best = far;
                is_right = c->key == query->key || memcmp(&c->latin, &query->latin, sizeof c->latin) == 0;
            }
        }
        right += is_right;
    }
    return (float)right / VALID_QUERIES;
}

/* ---- the mean of many steps: single ones swing about the best costs ---- */

static size_t summed;

static void for_all(void (*act)(cost *))
{
    for (int i = 0; i < CODES; i++) {
        act(&gap[i]);
        for (int k = 0; k < CODES; k++) {
            act(&near_cost[i][k]);
            for (int l = 0; l < CODES; l++) {
                act(&two[i][k][l]);
            }
        }
    }
}

static void add_to_sum(cost *c)
{
    c->sum += (double)c->now;
}

/* The mean and the last value change places. */
static void exchange(cost *c)
{
    float now = c->now;
    c->now = (float)(c->sum / (double)summed);
    c->sum = (double)now * (double)summed;
}

/* ---- the table ---- */

static float by_steps(int a, int b, int c)
{
    float first = (a == c ? 0 : near_cost[a][c].now) + gap[b].now;
    float second = (b == c ? 0 : near_cost[b][c].now) + gap[a].now;
    return first < second ? first : second;
}

static void read_table(const char *path)
{
    for (int i = 0; i < CODES; i++) {
        gap[i].now = gap[i].start = i ? 100 : 250;
        for (int k = 0; k < CODES; k++) {
            near_cost[i][k].now = near_cost[i][k].start = i && k ? 100 : 250;
        }
    }
    FILE *in = fopen(path, "r");
    char line[256], x[8], y[8];
    int learned = 0, start = 0;
    while (in && fgets(line, sizeof line, in)) {
        if (line[0] != '#' && sscanf(line, "%7s %7s %d %d", x, y, &learned, &start) == 4 && strlen(x) == 1) {
            cost *c = y[0] == '-' ? &gap[code_of(x[0])] : &near_cost[code_of(x[0])][code_of(y[0])];
            c->now = c->start = (float)start;
            if (y[0] != '-') {
                near_cost[code_of(y[0])][code_of(x[0])] = *c;
            }
        }
    }
    if (in) {
        fclose(in);
    }
    for (int a = 0; a < CODES; a++) {
        for (int b = 0; b < CODES; b++) {
            for (int c = 0; c < CODES; c++) {
                two[a][b][c].now = two[a][b][c].start = a ? by_steps(a, b, c) : 500;
            }
        }
    }
}

/* Adds a learned table, read from PATH, to the sums. */
static void add_table(const char *path)
{
    read_table(path);
    FILE *in = fopen(path, "r");
    char line[256], x[8], y[8];
    int learned = 0;
    while (in && fgets(line, sizeof line, in)) {
        if (line[0] != '#' && sscanf(line, "%7s %7s %d", x, y, &learned) == 3 && strlen(x) == 1) {
            int a = code_of(x[0]), b = code_of(y[0]);
            (y[0] == '-' ? &gap[a] : &near_cost[a][b])->now = (float)learned;
            near_cost[b][a].now = y[0] == '-' ? near_cost[b][a].now : (float)learned;
        }
    }
    for (int i = 0; i < CODES * CODES * CODES; i++) {
        int a = i / CODES / CODES, b = i / CODES % CODES, c = i % CODES;
        two[a][b][c].now = a ? by_steps(a, b, c) : 500;
    }
    if (in) {
        rewind(in);
    }
    while (in && fgets(line, sizeof line, in)) {
        if (line[0] != '#' && sscanf(line, "%7s %7s %d", x, y, &learned) == 3 && strlen(x) == 2) {
            cost *c = &two[code_of(x[0])][code_of(x[1])][code_of(y[0])];
            c->now = (float)learned;
            c->used = true;
        }
    }
    if (in) {
        fclose(in);
    }
    for_all(add_to_sum);
    summed++;
}

static void write_table(const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out) {
        exit(1);
    }
    fputs("# classes\tclasses\tcost\tstart\n"
          "# What it costs to take one class of sounds (src/names/sound.c) for another when two spellings of a name are compared,\n"
          "# in hundredths of a step: `-` is nothing, `$` the end of a word, two letters on the left two classes for one.\n"
          "# start: what a person wrote before gen/soundtrain.c learned from English labels of Wikidata with Arabic, Hebrew and\n"
          "# Russian ones (CC0, the training parts of steveash/NETransliteration-COLING2018).\n",
          out);
    for (int i = 1; i < CODES; i++) {
        if (gap[i].used || gap[i].start < 100 || lroundf(gap[i].now) != 100) {
            fprintf(out, "%c\t-\t%.0f\t%.0f\n", letter_of[i], (double)gap[i].now, (double)gap[i].start);
        }
    }
    for (int i = 1; i < CODES; i++) {
        for (int k = i + 1; k < CODES; k++) {
            if (near_cost[i][k].start < 100 || lroundf(near_cost[i][k].now) != 100) {
                fprintf(out, "%c\t%c\t%.0f\t%.0f\n", letter_of[i], letter_of[k], (double)near_cost[i][k].now,
                        (double)near_cost[i][k].start);
            }
        }
    }
    for (int i = 0; i < CODES * CODES * CODES; i++) {
        int a = i / CODES / CODES, b = i / CODES % CODES, c = i % CODES;
        cost *t = &two[a][b][c];
        if (a && t->used && t->now + PAIR_GAIN <= by_steps(a, b, c)) {
            fprintf(out, "%c%c\t%c\t%.0f\t%.0f\n", letter_of[a], letter_of[b], letter_of[c], (double)t->now, (double)t->start);
        }
    }
    fclose(out);
}

enum { SETS_MAX = 8 };

int main(int argc, char **argv)
{
    bool mean = argc >= 4 && strcmp(argv[1], "mean") == 0;
    if (!mean && (argc < 7 || strcmp(argv[1], "learn") != 0)) {
        fputs("usage: soundtrain learn TABLE OUT EPOCHS SEED PAIRS.tsv... [-- VALID.tsv...] | mean OUT TABLE...\n", stderr);
        return 64;
    }
    static const char names[] = "$abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    memcpy(letter_of, names, CODES);
    for (int i = 3; mean && i < argc; i++) {
        add_table(argv[i]);
    }
    if (mean) {
        for_all(exchange);
        write_table(argv[2]);
        return 0;
    }
    argv++;
    argc--;
    read_table(argv[1]);
    seed = seed * (uint64_t)atoi(argv[4]);
    pairs sets[SETS_MAX], valid[SETS_MAX];
    size_t set_count = 0, valid_count = 0, smallest = SIZE_MAX;
    bool behind = false;
    for (int i = 5; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            behind = true;
        } else if (behind && valid_count < SETS_MAX) {
            valid[valid_count++] = read_pairs(argv[i]);
        } else if (set_count < SETS_MAX) {
            sets[set_count] = read_pairs(argv[i]);
            smallest = sets[set_count].count < smallest ? sets[set_count].count : smallest;
            set_count++;
        }
    }
    for (int epoch = 0; epoch <= atoi(argv[3]); epoch++) {
        double sum = 0;
        size_t queries = epoch ? smallest / 4 : 0;
        for (size_t q = 0; q < queries * set_count; q++) {
            const pairs *p = &sets[q % set_count];
            sum += (double)learn(p, &p->items[draw(p->count)]);
            if (epoch > 2 && q % 500 == 0) {
                for_all(add_to_sum);
                summed++;
            }
        }
        if (summed) {
            for_all(exchange);
        }
        fprintf(stderr, "epoch %d: chance of the right one %.4f, first:", epoch, queries ? sum / (double)(queries * set_count) : 0);
        for (size_t v = 0; v < valid_count; v++) {
            fprintf(stderr, " %.4f", (double)first_right(&valid[v]));
        }
        fputc('\n', stderr);
        write_table(argv[2]);
        if (summed) {
            for_all(exchange);
        }
    }
    return 0;
}
