/* bench_lang.c - how well and how fast languages are told, over lines whose language is known.
 *
 *     bench_lang [FILE]     FILE: language TAB source TAB text, a line each
 *
 * Prints, for each of the two priors of lang.h, the mean over the languages of the share of lines right, the mean
 * of F1, and CPU time. Without FILE the sentences of gen/samples, which the tables were counted over, stand in: then
 * only the speed means anything, and it says so. Dari counts as Persian.
 */
#include "base/base.h"
#include "lang/lang.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LANGS = 128 };

typedef struct line {
    kh_str tag, text;
} line;

typedef KH_LIST(line) lines;

typedef struct tallies {
    kh_str tags[LANGS];
    size_t right[LANGS], missed[LANGS], wrong[LANGS], count;
} tallies;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t place_of(tallies *t, kh_str tag)
{
    tag = kh_str_eq(tag, KH_STR("prs")) ? KH_STR("fa") : tag;
    for (size_t i = 0; i < t->count; i++) {
        if (kh_str_eq(t->tags[i], tag)) {
            return i;
        }
    }
    if (t->count == LANGS) {
        return LANGS - 1;
    }
    t->tags[t->count] = tag;
    return t->count++;
}

static void read_file(kh_arena *a, const char *path, kh_str tag, lines *out)
{
    FILE *in = fopen(path, "r");
    char *row = NULL;
    size_t room = 0;
    while (in && getline(&row, &room, in) > 0) {
        row[strcspn(row, "\n")] = 0;
        kh_str rest = kh_arena_copy(a, kh_str_z(row));
        kh_str own = tag;
        kh_str source;
        if (!tag.len) {
            kh_str_cut(&rest, '\t', &own);
            kh_str_cut(&rest, '\t', &source);
        }
        *KH_ADD(a, out) = (line){.tag = own, .text = rest};
    }
    free(row);
    if (!in) {
        perror(path);
        exit(66);
    }
    fclose(in);
}

static void read_samples(kh_arena *a, lines *out)
{
    struct dirent **names = NULL;
    int count = scandir("gen/samples", &names, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        kh_str name = kh_arena_copy(a, kh_str_z(names[i]->d_name));
        if (kh_str_ends(name, KH_STR(".txt"))) {
            read_file(a, kh_arena_printf(a, "gen/samples/%s", name.ptr).ptr, kh_str_head(name, name.len - 4), out);
        }
        free(names[i]);
    }
    free(names);
}

static void measure(kh_arena *a, const kh_lang_know *know, const lines *all, kh_lang_prior prior)
{
    tallies *t = KH_NEW(a, tallies);
    kh_arena scratch = kh_arena_split(a);
    size_t bytes = 0;
    double begin = seconds();
    KH_EACH(const line, l, *all) {
        kh_str tag = kh_lang_guess_of(scratch, know, l->text, prior).tag;
        size_t gold = place_of(t, l->tag);
        size_t got = place_of(t, tag);
        t->right[gold] += got == gold;
        t->missed[gold] += got != gold;
        t->wrong[got] += got != gold;
        bytes += l->text.len;
    }
    double spent = seconds() - begin;
    double share = 0;
    double f1 = 0;
    size_t langs = 0;
    for (size_t i = 0; i < t->count; i++) {
        size_t lines_of = t->right[i] + t->missed[i];
        if (lines_of) {
            langs++;
            share += (double)t->right[i] / (double)lines_of;
            f1 += 2.0 * (double)t->right[i] / (double)(2 * t->right[i] + t->missed[i] + t->wrong[i]);
        }
    }
    printf("language, %-10s  macro accuracy %.4f  macro F1 %.4f  (%zu languages, %zu lines, %.1f MB/s)\n",
           prior == KH_LANG_NEWS ? "news prior" : "even prior", share / (double)langs, f1 / (double)langs, langs, all->count,
           (double)bytes / spent / 1e6);
}

int main(int argc, char **argv)
{
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL);
    const kh_lang_know *know = kh_lang_know_of(&a, kh_lexicon_builtin(&a));
    lines all = {0};
    if (argc > 1) {
        read_file(&a, argv[1], (kh_str){0}, &all);
    } else {
        read_samples(&a, &all);
        printf("language: own sentences, which the tables know; read the speed only\n");
    }
    if (all.count) {
        measure(&a, know, &all, KH_LANG_EVEN);
        measure(&a, know, &all, KH_LANG_NEWS);
    }
    kh_arena_release(&a);
    return 0;
}
