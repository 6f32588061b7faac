/* sounds.c - the costs of taking one class of sounds for another as C, at build time.
 *
 *     sounds OUT.c data/world/sound_costs.txt
 *
 * Rows: classes, classes, cost, where `-` stands for nothing and `$` for the end of a word: "a - 25" is what
 * a vowel costs that one spelling leaves out, "b p 10" one letter for another, "e$ $ 7" a silent e, "ya Y 4"
 * two classes for one. Costs are hundredths of a step; one class for another costs 100 where no row says
 * less. The numbers of the classes are given here: 0 the end, then a-z, A-Z, _, 0-9.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 64, STEP = 100, END_STEP = 250 };

static unsigned char gap[CODES], near_cost[CODES][CODES], pair[CODES][CODES][CODES];
static unsigned long long pairs[CODES][CODES];

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

static void stop(const char *what, const char *where)
{
    fprintf(stderr, "sounds: %s: %s\n", what, where);
    exit(1);
}

static bool is_class(char c)
{
    return c == '$' || (code_of(c) != 0 && c < 127);
}

static void take_row(const char *x, const char *y, unsigned char cost, const char *line)
{
    size_t n = strlen(x), m = strlen(y);
    if (n < m) {
        take_row(y, x, cost, line);
        return;
    }
    bool gap_row = n == 1 && strcmp(y, "-") == 0;
    if (!is_class(x[0]) || (n == 2 && !is_class(x[1])) || n > 2 || m != 1 || (!gap_row && !is_class(y[0]))) {
        stop("these are no classes", line);
    }
    int a = code_of(x[0]), b = n == 2 ? code_of(x[1]) : 0, c = gap_row ? 0 : code_of(y[0]);
    if (gap_row) {
        gap[a] = cost;
    } else if (n == 1) {
        near_cost[a][c] = near_cost[c][a] = cost;
    } else {
        pair[a][b][c] = cost;
        pairs[b][c] |= 1ULL << a;
    }
}

static void read_table(const char *path)
{
    FILE *in = fopen(path, "r");
    char line[256], x[8], y[8];
    unsigned cost = 0;
    if (!in) {
        stop("cannot be opened", path);
    }
    while (fgets(line, sizeof line, in)) {
        if (line[0] == '#' || line[0] == '\n') {
            continue;
        }
        if (sscanf(line, "%7s %7s %u", x, y, &cost) != 3 || cost > 255) {
            stop("a row without two sides and a cost", line);
        }
        take_row(x, y, (unsigned char)cost, line);
    }
    fclose(in);
}

static void begin_costs(void)
{
    for (int i = 0; i < CODES; i++) {
        gap[i] = i ? STEP : END_STEP;
        for (int k = 0; k < CODES; k++) {
            near_cost[i][k] = i == k ? 0 : i && k ? STEP : END_STEP;
        }
    }
}

static void write_costs(FILE *out)
{
    fputs("/* Made by gen/sounds.c from data/world/sound_costs.txt. */\n#include \"names/sound_costs.h\"\n\n"
          "const kh_sound_costs kh_sound_learned = {\n    .code = {",
          out);
    for (int c = 0; c < 128; c++) {
        fprintf(out, "%d,", code_of((char)c));
    }
    fputs("},\n    .gap = {", out);
    for (int i = 0; i < CODES; i++) {
        fprintf(out, "%d,", gap[i]);
    }
    fputs("},\n    .near = {\n", out);
    for (int i = 0; i < CODES; i++) {
        fputs("        {", out);
        for (int k = 0; k < CODES; k++) {
            fprintf(out, "%d,", near_cost[i][k]);
        }
        fputs("},\n", out);
    }
    fputs("    },\n    .pairs = {\n        [63][63] = 0,\n", out);
    for (int i = 0; i < CODES * CODES; i++) {
        if (pairs[i / CODES][i % CODES]) {
            fprintf(out, "        [%d][%d] = 0x%llXu,\n", i / CODES, i % CODES, pairs[i / CODES][i % CODES]);
        }
    }
    fputs("    },\n    .pair = {\n        [63][63][63] = 0,\n", out);
    for (int i = 0; i < CODES * CODES * CODES; i++) {
        int a = i / CODES / CODES, b = i / CODES % CODES, c = i % CODES;
        if (pairs[b][c] >> a & 1) {
            fprintf(out, "        [%d][%d][%d] = %d,\n", a, b, c, pair[a][b][c]);
        }
    }
    fputs("    },\n};\n", out);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        stop("usage", "sounds OUT.c TABLE");
    }
    begin_costs();
    read_table(argv[2]);
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        stop("cannot be written", argv[1]);
    }
    write_costs(out);
    return fclose(out) == 0 ? 0 : 1;
}
