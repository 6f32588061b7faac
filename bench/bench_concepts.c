/* bench_concepts.c PATH... - how much of what news says the concept tables know, by language.
 *
 * A content word is a word of a body line that is no stop word and stands in no name. It is known when it lies in
 * a form of world/concepts of its language, is made of such forms (story/words.c), or is a verb whose particle closes
 * the clause (story/verbs.c); ambiguous forms count apart. Prints a line for each language: articles,
 * content words, share known, share known only by ambiguous forms. With --unknown the commonest unknown words
 * follow, which are the next rows to write.
 */
#include "engine/engine.h"
#include "input/input.h"
#include "story/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGS_MAX = 256, UNKNOWN_SHOWN = 60 };

typedef struct counts {
    size_t articles, words, known, doubtful;
} counts;

typedef struct unknown {
    kh_str key;
    uint32_t count;
    uint8_t lang;
} unknown;

typedef struct survey {
    kh_arena keep;
    kh_lexicon *lex;
    kh_phrases *forms;
    const kh_word_parts *word_parts;
    kh_map stopwords;
    counts by_lang[LANGS_MAX];
    kh_map seen; /* language and word -> index + 1 */
    KH_LIST(unknown) words;
} survey;

static void learn(survey *s)
{
    s->lex = kh_lexicon_builtin(&s->keep);
    s->forms = kh_phrases_new(&s->keep);
    kh_rows forms = kh_lexicon_rows(s->lex, "concepts");
    for (size_t i = 0; i < forms.count; i++) {
        kh_phrases_add_list(&s->keep, s->forms, kh_cell(&forms.items[i], 1), forms.items[i].lang, 1);
    }
    s->word_parts = kh_word_parts_of(&s->keep, s->lex, s->forms);
    kh_rows stop = kh_lexicon_rows(s->lex, "stopwords");
    for (size_t i = 0; i < stop.count; i++) {
        const kh_text *t = kh_text_of(&s->keep, kh_cell(&stop.items[i], 0));
        KH_EACH(const kh_token, word, t->tokens) {
            *kh_map_put(&s->keep, &s->stopwords, kh_hash_mix(word->hash, stop.items[i].lang), NULL) = 1;
        }
    }
}

static bool in_name(const kh_article *a, kh_span span)
{
    KH_EACH(const kh_mention, m, a->mentions) {
        if (kh_span_meets(m->span, span)) {
            return true;
        }
    }
    return false;
}

static void note_unknown(survey *s, const kh_token *t, uint8_t lang)
{
    uint32_t *at = kh_map_put(&s->keep, &s->seen, kh_hash_mix(t->hash, lang), NULL);
    if (*at == 0) {
        *KH_ADD(&s->keep, &s->words) = (unknown){.key = kh_arena_copy(&s->keep, t->key), .lang = lang};
        *at = (uint32_t)s->words.count;
    }
    s->words.items[*at - 1].count++;
}

/* Behind the form that begins at token I, or I; *sure: it is not an ambiguous one. */
static size_t behind_form(const survey *s, const kh_article *a, size_t i, uint8_t lang, unsigned flags, bool *sure)
{
    kh_match m;
    uint32_t rows[KH_WORD_CONCEPTS_MAX];
    bool apart = kh_verb_apart(s->word_parts, a->tokens, i, lang) != 0;
    if (!apart && kh_phrases_match(s->forms, a->tokens, i, lang, flags, &m)) {
        *sure = !m.ambiguous;
        return m.end;
    }
    *sure = apart || kh_word_concepts(s->word_parts, a->tokens, i, lang, rows);
    return *sure ? i + 1 : i;
}

static void survey_article(survey *s, const kh_article *a)
{
    uint8_t lang = kh_lexicon_lang(s->lex, a->lang);
    bool joins = kh_str_eq(a->lang, KH_STR("ar")) || kh_str_eq(a->lang, KH_STR("he"));
    unsigned flags = joins ? KH_CLITICS | KH_ARTICLE : 0;
    counts *c = &s->by_lang[lang];
    size_t until = 0;
    bool sure = false;
    c->articles++;
    for (size_t i = 0; i < a->tokens->tokens.count; i++) {
        const kh_token *t = &a->tokens->tokens.items[i];
        const kh_line *line = t->kind == KH_WORD ? kh_article_line_at(a, t->span.begin) : NULL;
        if (!line || line->role != KH_ROLE_BODY) {
            continue;
        }
        if (i >= until) {
            until = behind_form(s, a, i, lang, flags, &sure);
        }
        if (kh_map_get(&s->stopwords, kh_hash_mix(t->hash, lang)) || in_name(a, t->span)) {
            continue;
        }
        c->words++;
        c->known += i < until && sure;
        c->doubtful += i < until && !sure;
        if (i >= until) {
            note_unknown(s, t, lang);
        }
    }
}

static int by_count(const void *a, const void *b)
{
    const unknown *x = a;
    const unknown *y = b;
    return x->lang != y->lang ? (x->lang > y->lang) - (x->lang < y->lang) : (x->count < y->count) - (x->count > y->count);
}

static void print_unknown(survey *s)
{
    size_t shown = 0;
    if (s->words.count) {
        qsort(s->words.items, s->words.count, sizeof *s->words.items, by_count);
    }
    for (size_t i = 0; i < s->words.count; i++) {
        const unknown *u = &s->words.items[i];
        shown = i && u[-1].lang == u->lang ? shown + 1 : 0;
        if (shown < UNKNOWN_SHOWN) {
            printf(KH_FMT "\t" KH_FMT "\t%u\n", KH_ARG(kh_lexicon_tag(s->lex, u->lang)), KH_ARG(u->key), u->count);
        }
    }
}

static void read_all(survey *s, const char *const *paths, size_t count)
{
    kh_error err;
    kh_worker worker;
    kh_engine *engine = kh_engine_open(NULL, &err);
    kh_input *in = kh_input_open(paths, count, NULL);
    if (!engine || !in || kh_worker_open(&worker, &err)) {
        exit(71);
    }
    for (bool done = false; !done;) {
        kh_page page = {0};
        kh_article *a = NULL;
        kh_worker_clear(&worker);
        bool read = kh_input_next(in, &worker.page, &page, &done, &err) == KH_OK && !done;
        if (read && kh_engine_read(engine, &worker, &page, (kh_time){0}, &a, &err) == KH_OK) {
            survey_article(s, a);
        }
    }
    kh_input_close(in);
    kh_worker_close(&worker);
    kh_engine_close(engine);
}

int main(int argc, char **argv)
{
    static survey s;
    bool unknown_too = argc > 1 && strcmp(argv[1], "--unknown") == 0;
    int first = unknown_too ? 2 : 1;
    if (argc <= first) {
        fputs("usage: bench_concepts [--unknown] PATH...\n", stderr);
        return 64;
    }
    s.keep = kh_arena_reserve((size_t)4 << 30, NULL);
    learn(&s);
    read_all(&s, (const char *const *)argv + first, (size_t)(argc - first));
    printf("language\tarticles\tcontent words\tknown\tonly by ambiguous forms\n");
    for (size_t i = 0; i < LANGS_MAX; i++) {
        const counts *c = &s.by_lang[i];
        if (c->words) {
            printf(KH_FMT "\t%zu\t%zu\t%.3f\t%.3f\n", KH_ARG(kh_lexicon_tag(s.lex, (uint8_t)i)), c->articles, c->words,
                   (double)c->known / (double)c->words, (double)c->doubtful / (double)c->words);
        }
    }
    if (unknown_too) {
        print_unknown(&s);
    }
    return 0;
}
