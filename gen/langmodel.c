/* langmodel.c - data/languages/<tag>/ngrams.txt from lines of text in known languages.
 *
 *     zcat TRAIN.tsv.gz | langmodel SAMPLES_DIR data/languages
 *
 * Standard input has four columns: language, source, licence, text. SAMPLES_DIR/<tag>.txt are sentences of our own, a
 * line each, for languages that TRAIN has little of or nothing. What comes out are weights of pieces of words
 * (src/lang/grams.h), no text. Run once in a while by hand (cmake --build build/release --target langmodel); the tables
 * are committed, and src/lang/lang.c says how they are read.
 *
 * Weight of piece g in language L, in twelfths of a natural logarithm:
 *
 *     12 * ln((c/P + A) / (n + A))      c: count of g in L, n: of all pieces in L, A: smoothing,
 *                                       P: mean share of g among the languages of the script
 *
 * so a piece that L does not have weighs 12 * ln(A / (n + A)), the `absent` row. Example: of "چی" in Urdu and Persian
 * news little follows, "ھ" all but excludes Persian, "جە" is Gorani and no Sorani.
 *
 * Not taken: rows whose text must not be passed on in any form (sources_out). Languages that news is rarely written in
 * pay for it (rare): a small prior and a little for each piece, since their samples are full of the words of the large
 * language next to them. Of Gorani one line in ten is taken, because it is news and the sample of Sorani is not: else
 * every Sorani report on politics would be Gorani. One Persian line in two is read a second time with Arabic yeh and
 * kaf, as many sites type it.
 */
#include "base/base.h"
#include "lang/grams.h"
#include "lang/parts.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    LANGS_MAX = 64,
    PIECE_LETTERS_MAX = 4, /* longer pieces only as whole words */
    COUNT_MIN = 2,         /* of a piece over all languages of the script */
    COUNT_MIN_LONG = 4,    /* of four letters, and of words */
    LINE_LETTERS = 8192,
    SOURCES_MAX = 8
};

static const double smoothing = 400, scale = 12, rare_prior = 3, rare_cost = 0.1, own_weight = 3;

static const char *const sources_out[] = {"kurdishmt-ted"};
static const char *const rare[] = {"az-Arab", "bal", "brh", "glk", "hac", "ks", "pnb", "sd", "skr", "trw", "uz-Cyrl"};

/* Natural logarithms of how much less is published in a language than in the first of its script; for `prior`. */
static const struct {
    const char *tag;
    double news;
} volume[] = {
    {"az-Arab", -5}, {"bal", -5},  {"brh", -6},  {"ckb", -2},  {"fa", -0.5}, {"glk", -6},  {"hac", -6},  {"ks", -5},
    {"pnb", -4},     {"ps", -2},   {"sd", -2.5}, {"skr", -5},  {"trw", -7},  {"ug", -2.5}, {"ur", -0.8}, {"az", -3},
    {"de", -1},      {"es", -0.7}, {"fr", -1},   {"it", -1.3}, {"kmr", -4},  {"pl", -1.7}, {"pt", -1.2}, {"tr", -1.5},
    {"uz", -3.5},    {"be", -3.5}, {"bg", -2},   {"kk", -2.5}, {"ky", -3.5}, {"tg", -3.5}, {"uk", -1},   {"uz-Cyrl", -4},
};

/* Who must be named for counts over texts under CC BY-SA. */
static const struct {
    const char *tag, *text_by;
} attribution[] = {
    {"ckb", "S. Ahmadi, KurdishTokenization (github.com/sinaahmadi/KurdishTokenization)"},
    {"kmr", "S. Ahmadi, KurdishTokenization (github.com/sinaahmadi/KurdishTokenization)"},
    {"ug", "Universal Dependencies, UD_Uyghur-UDT"},
    {"ps", "Universal Dependencies, UD_Pashto-Sikaram"},
};

typedef struct piece {
    uint64_t key;
    char *written;
    kh_script script;
    size_t seen; /* times in all lines */
    float counts[LANGS_MAX];
} piece;

typedef struct language {
    char tag[16];
    kh_script script;
    size_t lines;
    double total;
    char *sources[SOURCES_MAX];
    size_t source_count;
} language;

typedef struct model {
    language langs[LANGS_MAX];
    size_t lang_count;
    piece *pieces;
    size_t room, count;
} model;

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "langmodel: %s: %s\n", name, what);
    exit(1);
}

static void *allocated(void *p)
{
    if (!p) {
        stop("no memory", "langmodel");
    }
    return p;
}

static bool one_of(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_rare(const char *tag)
{
    return one_of(rare, sizeof rare / sizeof *rare, tag);
}

static language *language_of(model *m, const char *tag)
{
    for (size_t i = 0; i < m->lang_count; i++) {
        if (strcmp(m->langs[i].tag, tag) == 0) {
            return &m->langs[i];
        }
    }
    if (m->lang_count == LANGS_MAX || strlen(tag) >= sizeof m->langs[0].tag) {
        stop("too many languages, or too long a tag", tag);
    }
    language *l = &m->langs[m->lang_count++];
    strcpy(l->tag, tag);
    return l;
}

static void add_source(language *l, const char *source, const char *licence)
{
    char *name = allocated(malloc(strlen(source) + strlen(licence) + 4));
    sprintf(name, "%s (%s)", source, licence);
    for (size_t i = 0; i < l->source_count; i++) {
        if (strcmp(l->sources[i], name) == 0) {
            free(name);
            return;
        }
    }
    if (l->source_count < SOURCES_MAX) {
        l->sources[l->source_count++] = name;
    }
}

static piece *slot_of(piece *pieces, size_t room, uint64_t key, kh_script script)
{
    size_t i = (size_t)(key >> 20) & (room - 1);
    while (pieces[i].key && (pieces[i].key != key || pieces[i].script != script)) {
        i = (i + 1) & (room - 1);
    }
    return &pieces[i];
}

static void grow(model *m)
{
    size_t room = m->room ? m->room * 2 : (size_t)1 << 16;
    piece *pieces = allocated(calloc(room, sizeof *pieces));
    for (size_t i = 0; i < m->room; i++) {
        if (m->pieces[i].key) {
            *slot_of(pieces, room, m->pieces[i].key, m->pieces[i].script) = m->pieces[i];
        }
    }
    free(m->pieces);
    m->pieces = pieces;
    m->room = room;
}

static char *as_written(const uint32_t *letters, size_t len)
{
    char *text = allocated(malloc(len * 4 + 1));
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        n += kh_utf8_put(text + n, letters[i] == ' ' ? '_' : letters[i]);
    }
    text[n] = 0;
    return text;
}

static void count_word(model *m, const language *l, const uint32_t *word, size_t len, double weight)
{
    kh_gram grams[KH_GRAMS_OF_WORD];
    size_t count = kh_grams_of_word(word, len, grams);
    for (size_t i = 0; i < count; i++) {
        if ((m->count + 1) * 2 > m->room) {
            grow(m);
        }
        piece *p = slot_of(m->pieces, m->room, grams[i].key, l->script);
        if (!p->key) {
            p->key = grams[i].key;
            p->script = l->script;
            p->written = as_written(word + grams[i].first, grams[i].len);
            m->count++;
        }
        p->seen++;
        p->counts[l - m->langs] += (float)weight;
    }
}

static void count_line(model *m, language *l, kh_str text, double weight)
{
    static uint32_t letters[LINE_LETTERS];
    size_t count = kh_lang_letters(text, l->script, letters, LINE_LETTERS);
    size_t begin = 0;
    for (size_t i = 1; i < count; i++) {
        if (letters[i] == ' ') {
            count_word(m, l, letters + begin, i - begin + 1, weight);
            begin = i;
        }
    }
}

/* Persian as typed with an Arabic keyboard, in place. */
static void arabic_keyboard(char *text)
{
    for (char *p = text; *p; p++) {
        if (strncmp(p, "\u06cc", 2) == 0) {
            memcpy(p, "\u064a", 2);
        } else if (strncmp(p, "\u06a9", 2) == 0) {
            memcpy(p, "\u0643", 2);
        }
    }
}

static void take_line(model *m, const char *tag, const char *source, const char *licence, char *text)
{
    if (one_of(sources_out, sizeof sources_out / sizeof *sources_out, source)) {
        return;
    }
    language *l = language_of(m, tag);
    kh_script script = kh_lang_script_of(kh_str_z(text));
    if (l->lines++ == 0) {
        l->script = script;
    }
    if (script != l->script || (strcmp(tag, "hac") == 0 && l->lines % 10 != 0)) {
        return;
    }
    add_source(l, source, licence);
    double weight = strcmp(source, "klpt-words") == 0 ? 0.3 : strcmp(source, "own sentences") == 0 ? own_weight : 1;
    count_line(m, l, kh_str_z(text), weight);
    if (strcmp(tag, "fa") == 0 && l->lines % 2 == 0) {
        arabic_keyboard(text);
        count_line(m, l, kh_str_z(text), weight);
    }
}

static void read_rows(model *m, FILE *in)
{
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, in) > 0) {
        line[strcspn(line, "\n")] = 0;
        char *cells[4] = {line};
        size_t n = 1;
        for (char *tab = line; n < 4 && (tab = strchr(tab, '\t')) != NULL; n++) {
            *tab++ = 0;
            cells[n] = tab;
        }
        if (n == 4) {
            take_line(m, cells[0], cells[1], cells[2], cells[3]);
        }
    }
    free(line);
}

static void read_samples(model *m, const char *folder)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, NULL, alphasort);
    if (count < 0) {
        stop(strerror(errno), folder);
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        char *dot = strstr(names[i]->d_name, ".txt");
        snprintf(path, sizeof path, "%s/%s", folder, names[i]->d_name);
        FILE *in = dot ? fopen(path, "r") : NULL;
        char *line = NULL;
        size_t room = 0;
        while (in && getline(&line, &room, in) > 0) {
            line[strcspn(line, "\n")] = 0;
            *dot = 0;
            if (line[0] && line[0] != '#') {
                take_line(m, names[i]->d_name, "own sentences", "MIT", line);
            }
        }
        free(line);
        if (in) {
            fclose(in);
        }
        free(names[i]);
    }
    free(names);
}

static size_t letters_of(const char *written)
{
    size_t count = 0;
    for (const char *p = written; *p; p++) {
        count += ((unsigned char)*p & 0xC0) != 0x80;
    }
    return count;
}

static bool is_kept(const piece *p)
{
    size_t letters = letters_of(p->written);
    bool word = p->written[0] == '_' && p->written[strlen(p->written) - 1] == '_';
    return p->seen >= (letters < PIECE_LETTERS_MAX ? COUNT_MIN : COUNT_MIN_LONG) && (letters <= PIECE_LETTERS_MAX || word);
}

static double mean_share(const model *m, const piece *p)
{
    double sum = 0;
    size_t langs = 0;
    for (size_t i = 0; i < m->lang_count; i++) {
        if (m->langs[i].script == p->script) {
            sum += p->counts[i] / m->langs[i].total;
            langs++;
        }
    }
    return sum / (double)langs;
}

static int weight_of(const language *l, double share_of_mean)
{
    double w = scale * (log((share_of_mean + smoothing) / (l->total + smoothing)) - (is_rare(l->tag) ? rare_cost : 0));
    return (int)lround(w < -127 ? -127 : w > 127 ? 127 : w);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void write_head(const language *l, FILE *out)
{
    fprintf(out, "# weight\tn-grams\n# Written by gen/langmodel.c from counts over: ");
    bool share_alike = false;
    for (size_t i = 0; i < l->source_count; i++) {
        fprintf(out, "%s%s", i ? ", " : "", l->sources[i]);
        share_alike |= strstr(l->sources[i], "CC BY-SA") != NULL;
    }
    fprintf(out, "\n");
    for (size_t i = 0; share_alike && i < sizeof attribution / sizeof *attribution; i++) {
        if (strcmp(attribution[i].tag, l->tag) == 0) {
            fprintf(out, "# This file is CC BY-SA 4.0 like its source. Text by: %s\n", attribution[i].text_by);
        }
    }
    double news = 0;
    for (size_t i = 0; i < sizeof volume / sizeof *volume; i++) {
        news = strcmp(volume[i].tag, l->tag) == 0 ? volume[i].news : news;
    }
    fprintf(out, "prior\t%ld\t%ld\n", is_rare(l->tag) ? lround(-rare_prior * scale) : 0, lround(news * scale));
    fprintf(out, "absent\t%d\n", weight_of(l, 0));
}

static void write_table(const model *m, const language *l, const char *folder)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, l->tag);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s/ngrams.txt", folder, l->tag);
    FILE *out = fopen(path, "w");
    if (!out) {
        stop(strerror(errno), path);
    }
    write_head(l, out);
    char **grams = allocated(malloc(m->count * sizeof *grams));
    signed char *weights = allocated(malloc(m->room));
    for (size_t i = 0; i < m->room; i++) {
        const piece *p = &m->pieces[i];
        bool own = p->key && p->counts[l - m->langs] > 0 && is_kept(p);
        weights[i] = (signed char)(own ? weight_of(l, p->counts[l - m->langs] / mean_share(m, p)) : -128);
    }
    for (int w = 127; w >= -127; w--) {
        size_t n = 0;
        for (size_t i = 0; i < m->room; i++) {
            if (weights[i] == w) {
                grams[n++] = m->pieces[i].written;
            }
        }
        qsort(grams, n, sizeof *grams, by_text);
        for (size_t i = 0; i < n; i++) {
            if (i == 0) {
                fprintf(out, "%d\t%s", w, grams[i]);
            } else {
                fprintf(out, " %s", grams[i]);
            }
        }
        if (n) {
            fprintf(out, "\n");
        }
    }
    free(weights);
    free(grams);
    if (fclose(out) != 0) {
        stop(strerror(errno), path);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        stop("usage: zcat TRAIN.tsv.gz | langmodel SAMPLES_DIR data/languages", argv[0]);
    }
    static model m;
    read_rows(&m, stdin);
    read_samples(&m, argv[1]);
    for (size_t i = 0; i < m.room; i++) {
        for (size_t k = 0; m.pieces[i].key && k < m.lang_count; k++) {
            m.langs[k].total += m.pieces[i].counts[k];
        }
    }
    for (size_t k = 0; k < m.lang_count; k++) {
        kh_script s = m.langs[k].script;
        if (s == KH_SCRIPT_ARABIC || s == KH_SCRIPT_LATIN || s == KH_SCRIPT_CYRILLIC) {
            write_table(&m, &m.langs[k], argv[2]);
        }
    }
    return 0;
}
