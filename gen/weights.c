/* weights.c - the tables that names are found with and that are too large to be read at every start, as C.
 *
 *     weights OUT.c DATA_FOLDER
 *
 * languages/<tag>/name_weights.txt: a feature ("w-1,c=شهر,free", src/names/features.h) and a weight for each tag; rows
 * "t,c=PER,free" are steps from one tag at a token of a class. A feature is written as its hash with its weights, one byte each,
 * in the order of its bucket. languages/<tag>/name_words.txt: a word in each row, written as half of its hash.
 * The languages that have such a table are named here.
 */
#include "names/features.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1 << 20, LINE_MAX_BYTES = 4096 };

static const char *const weight_languages[] = {"fa"}, *const word_languages[] = {"ar", "fa"};

typedef struct row {
    uint64_t hash;
    int scores[KH_TAGS];
} row;

static row rows[ROWS_MAX];
static size_t row_count;
static int steps[KH_TAGS][KH_CLASSES][KH_TAGS];

static void stop(const char *what, const char *where)
{
    fprintf(stderr, "weights: %s: %s\n", what, where);
    exit(1);
}

static FILE *open_table(const char *folder, const char *lang, const char *table)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/languages/%s/%s.txt", folder, lang, table);
    FILE *in = fopen(path, "r");
    if (!in) {
        stop("cannot be opened", path);
    }
    return in;
}

static void scores_of(kh_str cells, int scores[KH_TAGS], int most, const char *line)
{
    kh_str cell;
    for (size_t k = 0; k < KH_TAGS && kh_str_cut(&cells, '\t', &cell); k++) {
        char text[16] = {0};
        memcpy(text, cell.ptr ? cell.ptr : "", cell.len < 15 ? cell.len : 15);
        scores[k] = atoi(text);
        if (scores[k] > most || scores[k] < -most) {
            stop("a weight out of range", line);
        }
    }
}

/* "O,number" of a row "t,c=O,number". */
static void take_step(kh_str values, kh_str cells, const char *line)
{
    kh_str tag;
    kh_str_cut(&values, ',', &tag);
    uint64_t from = kh_fact_value(KH_FACT_RULE, tag), class = kh_fact_value(KH_FACT_CLASS, values);
    if (from == 0 || from > KH_TAGS || class == 0) {
        stop("no tag or no class", line);
    }
    scores_of(cells, steps[from - 1][class - 1], INT16_MAX, line);
}

static void take_row(uint64_t hash, kh_str cells, const char *line)
{
    if (hash == 0 || row_count == ROWS_MAX) {
        stop(hash ? "too many rows" : "no feature", line);
    }
    row *r = &rows[row_count++];
    *r = (row){.hash = hash};
    scores_of(cells, r->scores, INT8_MAX, line);
}

static void read_weights(FILE *in)
{
    static char line[LINE_MAX_BYTES];
    memset(steps, 0, sizeof steps);
    for (row_count = 0; fgets(line, sizeof line, in);) {
        line[strcspn(line, "\r\n")] = 0;
        kh_str cells = kh_str_z(line), feature;
        if (line[0] == '#' || !kh_str_cut(&cells, '\t', &feature)) {
            continue;
        }
        if (kh_str_starts(feature, KH_STR("t,c="))) {
            take_step(kh_str_from(feature, 4), cells, line);
        } else {
            take_row(kh_tag_feature_hash_of(feature), cells, line);
        }
    }
}

static void read_words(FILE *in, kh_arena room)
{
    static char line[LINE_MAX_BYTES];
    for (row_count = 0; fgets(line, sizeof line, in);) {
        line[strcspn(line, "\t\r\n")] = 0;
        kh_arena scratch = room;
        if (line[0] && line[0] != '#') {
            take_row(kh_hash(kh_fold_key(&scratch, kh_str_z(line))), (kh_str){0}, line);
        }
    }
}

static int by_bucket(const void *a, const void *b)
{
    const row *x = a, *y = b;
    size_t i = kh_weight_bucket(x->hash), k = kh_weight_bucket(y->hash);
    if (i != k) {
        return i < k ? -1 : 1;
    }
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Sieve and starts of the rows, which are brought into order. */
static void write_index(FILE *out, const char *what, const char *lang)
{
    static uint64_t sieve[KH_WEIGHT_SIEVE_BITS / 64];
    memset(sieve, 0, sizeof sieve);
    qsort(rows, row_count, sizeof *rows, by_bucket);
    for (size_t i = 0; i < row_count; i++) {
        size_t bit = kh_weight_bit(rows[i].hash);
        sieve[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    fprintf(out, "static const uint64_t %s_sieve_%s[] = {", what, lang);
    for (size_t i = 0; i < KH_WEIGHT_SIEVE_BITS / 64; i++) {
        fprintf(out, "%s0x%llXu,", i % 8 ? "" : "\n    ", (unsigned long long)sieve[i]);
    }
    fprintf(out, "\n};\n\nstatic const uint32_t %s_starts_%s[] = {", what, lang);
    for (size_t bucket = 0, i = 0; bucket <= KH_WEIGHT_BUCKETS; bucket++) {
        while (i < row_count && kh_weight_bucket(rows[i].hash) < bucket) {
            i++;
        }
        fprintf(out, "%s%zu,", bucket % 16 ? "" : "\n    ", i);
    }
    fputs("\n};\n\n", out);
}

static void write_weights(FILE *out, const char *lang)
{
    write_index(out, "weight", lang);
    fprintf(out, "static const kh_weight_row weight_rows_%s[] = {\n", lang);
    for (size_t i = 0; i < row_count; i++) {
        fprintf(out, "    {0x%llXu, {", (unsigned long long)(rows[i].hash >> 32));
        for (size_t k = 0; k < KH_TAGS; k++) {
            fprintf(out, "%d,", rows[i].scores[k]);
        }
        fputs("}},\n", out);
    }
    fprintf(out, "};\n\nstatic const int16_t weight_steps_%s[KH_TAGS][KH_CLASSES][KH_TAGS] = {\n", lang);
    for (size_t from = 0; from < KH_TAGS; from++) {
        fputs("    {\n", out);
        for (size_t class = 0; class < KH_CLASSES; class ++) {
            fputs("        {", out);
            for (size_t k = 0; k < KH_TAGS; k++) {
                fprintf(out, "%d,", steps[from][class][k]);
            }
            fputs("},\n", out);
        }
        fputs("    },\n", out);
    }
    fputs("};\n\n", out);
}

static void write_words(FILE *out, const char *lang)
{
    write_index(out, "word", lang);
    fprintf(out, "static const uint32_t word_checks_%s[] = {", lang);
    for (size_t i = 0; i < row_count; i++) {
        fprintf(out, "%s0x%llXu,", i % 8 ? "" : "\n    ", (unsigned long long)(rows[i].hash >> 32));
    }
    fputs("\n};\n\n", out);
}

int main(int argc, char **argv)
{
    kh_arena room = kh_arena_reserve((size_t)16 << 20, NULL);
    FILE *out = argc == 3 ? fopen(argv[1], "w") : NULL;
    if (!out || !room.begin) {
        stop("usage", "weights OUT.c DATA_FOLDER");
    }
    fputs("/* Made by gen/weights.c from data/languages. */\n#include \"names/features.h\"\n\n", out);
    for (size_t i = 0; i < sizeof weight_languages / sizeof *weight_languages; i++) {
        FILE *in = open_table(argv[2], weight_languages[i], "name_weights");
        read_weights(in);
        fclose(in);
        write_weights(out, weight_languages[i]);
    }
    for (size_t i = 0; i < sizeof word_languages / sizeof *word_languages; i++) {
        FILE *in = open_table(argv[2], word_languages[i], "name_words");
        read_words(in, room);
        fclose(in);
        write_words(out, word_languages[i]);
    }
    fputs("const kh_name_weights kh_name_weights_built[] = {\n", out);
    for (size_t i = 0; i < sizeof weight_languages / sizeof *weight_languages; i++) {
        const char *l = weight_languages[i];
        fprintf(out, "    {\"%s\", weight_sieve_%s, weight_starts_%s, weight_rows_%s, weight_steps_%s},\n", l, l, l, l, l);
    }
    fputs("    {0}};\n\nconst kh_word_table kh_name_words_built[] = {\n", out);
    for (size_t i = 0; i < sizeof word_languages / sizeof *word_languages; i++) {
        const char *l = word_languages[i];
        fprintf(out, "    {\"%s\", word_sieve_%s, word_starts_%s, word_checks_%s},\n", l, l, l, l);
    }
    fputs("    {0}};\n", out);
    return fclose(out) == 0 ? 0 : 1;
}
