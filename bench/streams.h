/* streams.h - made-up news: dated articles in several languages whose stories are known.
 *
 * A story has a kind (mine disaster, election, strike ...: concepts of the lexicon that belong to it), a place, a person and
 * a site with invented names, a figure and a day. Each of its articles is written in one of the languages that have words
 * for the concepts: a title and three paragraphs of sentences, in which two of three of the story's concepts stand in that
 * language's own words, with its names in that script, and other words of the lexicon between them. Of the articles
 * some are copies of an earlier one under another outlet's name, some updates with a new figure and a new concept, a few
 * days later, some come late, days behind their date. One story of four is a look-alike: of the same kind as the story before it,
 * three days later, with other names and figures.
 *
 * Nothing is taken from any text but the lexicon; the same seed gives the same stream in every run.
 */
#ifndef KHABAR_BENCH_STREAMS_H
#define KHABAR_BENCH_STREAMS_H

#include "engine/engine.h"

#include <string.h>

enum { STREAM_KINDS = 10, STREAM_CONCEPTS = 10, STREAM_LANGUAGES = 5, STREAM_NAMES = 3, STREAM_SENTENCES = 6 };

static const char *const stream_kinds[STREAM_KINDS][STREAM_CONCEPTS] = {
    {"mine_place", "explosion", "rescue", "coal", "collapse", "gas", "wound", "miner", "investigation", "company"},
    {"election", "vote", "candidate", "opposition", "majority", "campaign", "party", "election_result", "election_observer", "fraud"},
    {"flood", "dam", "river", "evacuate", "rain", "village", "victim", "tent", "bridge", "aid_delivery"},
    {"earthquake", "rubble", "magnitude", "tremor", "hospital", "aid_delivery", "building_collapse", "wound", "tent", "rescue"},
    {"court", "verdict", "judge", "lawyer", "prison", "accuse", "journalist", "appeal_court", "trial", "witness"},
    {"protest", "police", "arrest", "square", "riot", "tear_gas", "slogan", "student", "wound", "interior_ministry"},
    {"ship", "port", "sea", "rescue", "passenger", "storm", "sink", "sailor_captain", "boat", "coast_shore"},
    {"ceasefire", "negotiation", "army", "border", "attack", "missile", "mediation", "civilians", "hostage", "agreement"},
    {"inflation", "price", "central_bank", "money_currency", "interest_rate", "budget", "market", "wage", "tax", "export"},
    {"vaccine", "epidemic", "hospital", "infection", "doctor", "patient", "virus", "health_ministry", "test_try", "quarantine"},
};

static const char *const stream_languages[STREAM_LANGUAGES] = {"en", "ar", "fa", "ru", "tr"};

typedef struct stream_story {
    uint32_t kind, day, figure;
    char names[STREAM_NAMES][8]; /* consonants and vowels: "karagan" is written in each script */
} stream_story;

typedef struct stream_article {
    kh_page page;
    uint32_t story;   /* from 0 */
    uint32_t arrival; /* hours since the beginning */
} stream_article;

typedef KH_LIST(stream_article) stream_articles;

typedef struct stream {
    kh_arena *out;
    uint64_t state;
    const kh_lexicon *lex;
    uint8_t langs[STREAM_LANGUAGES];
    KH_LIST(kh_str) words[STREAM_LANGUAGES];                     /* of all concepts */
    kh_str own[STREAM_LANGUAGES][STREAM_KINDS][STREAM_CONCEPTS]; /* of the concepts of stories; empty where a language has none */
    size_t sentences;                                            /* of an article */
    stream_articles articles;
} stream;

static inline uint32_t stream_draw(stream *s, uint32_t below)
{
    s->state = s->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((s->state >> 33) % below);
}

/* ---- words ---- */

/* The first whole form of a cell of forms: no pattern, no ambiguous one. */
static inline kh_str stream_form(kh_str cell)
{
    kh_str rest = cell, form;
    while (rest.len) {
        const char *bar = memchr(rest.ptr, '|', rest.len);
        form = bar ? (kh_str){rest.ptr, (size_t)(bar - rest.ptr)} : rest;
        rest = kh_str_from(rest, form.len + (bar != NULL));
        if (form.len && form.ptr[0] != '?' && !memchr(form.ptr, '*', form.len)) {
            return form;
        }
    }
    return (kh_str){0};
}

/* The word of CONCEPT in language L; empty where it has none. */
static inline kh_str stream_word(const stream *s, size_t l, const char *concept)
{
    kh_rows rows = kh_lexicon_rows(s->lex, "concepts");
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.items[i].lang == s->langs[l] && kh_str_eq(kh_cell(&rows.items[i], 0), kh_str_z(concept))) {
            return stream_form(kh_cell(&rows.items[i], 1));
        }
    }
    return (kh_str){0};
}

static inline void stream_open(stream *s, kh_arena *out, const kh_lexicon *lex, uint64_t seed)
{
    *s = (stream){.out = out, .state = seed, .lex = lex, .sentences = STREAM_SENTENCES};
    kh_rows rows = kh_lexicon_rows(lex, "concepts");
    for (size_t l = 0; l < STREAM_LANGUAGES; l++) {
        s->langs[l] = kh_lexicon_lang(lex, kh_str_z(stream_languages[l]));
        for (size_t i = 0; i < rows.count; i++) {
            kh_str form = rows.items[i].lang == s->langs[l] ? stream_form(kh_cell(&rows.items[i], 1)) : (kh_str){0};
            if (form.len) {
                *KH_ADD(out, &s->words[l]) = form;
            }
        }
        for (size_t k = 0; k < STREAM_KINDS * STREAM_CONCEPTS; k++) {
            s->own[l][k / STREAM_CONCEPTS][k % STREAM_CONCEPTS] = stream_word(s, l, stream_kinds[k / STREAM_CONCEPTS][k % STREAM_CONCEPTS]);
        }
    }
}

/* ---- names ---- */

static const char stream_consonants[] = "bdgklmnrst";
static const char *const stream_arabic[] = {"ب", "د", "غ", "ك", "ل", "م", "ن", "ر", "س", "ت"};
static const char *const stream_persian[] = {"ب", "د", "گ", "ک", "ل", "م", "ن", "ر", "س", "ت"};
static const char *const stream_cyrillic[] = {"б", "д", "г", "к", "л", "м", "н", "р", "с", "т"};

/* Four consonants with vowels between: "karugin". */
static inline void stream_name(stream *s, char name[8])
{
    for (size_t i = 0; i < 7; i++) {
        name[i] = i % 2 ? "aiu"[stream_draw(s, 3)] : stream_consonants[stream_draw(s, 10)];
    }
    name[7] = 0;
}

static inline const char *stream_letter(size_t l, char c)
{
    static const char vowels[] = "aiu";
    static const char *const arabic[] = {"ا", "ي", "و"}, *const persian[] = {"ا", "ی", "و"}, *const cyrillic[] = {"а", "и", "у"};
    const char *consonant = strchr(stream_consonants, c);
    size_t at = consonant ? (size_t)(consonant - stream_consonants) : (size_t)(strchr(vowels, c) - vowels);
    switch (l) {
    case 1: return consonant ? stream_arabic[at] : arabic[at];
    case 2: return consonant ? stream_persian[at] : persian[at];
    default: return consonant ? stream_cyrillic[at] : cyrillic[at];
    }
}

static inline void stream_add_name(kh_buf *b, size_t l, const char *name)
{
    if (l == 1 || l == 2) {
        for (; *name; name++) {
            kh_buf_z(b, stream_letter(l, *name));
        }
    } else if (l == 3) {
        static const char *const capitals[] = {"Б", "Д", "Г", "К", "Л", "М", "Н", "Р", "С", "Т"};
        kh_buf_z(b, capitals[strchr(stream_consonants, *name) - stream_consonants]);
        while (*++name) {
            kh_buf_z(b, stream_letter(l, *name));
        }
    } else {
        kh_buf_char(b, (char)(*name - 'a' + 'A'));
        kh_buf_z(b, name + 1);
    }
}

/* ---- articles ---- */

/* COUNT words: of ten five are concepts of the story, two names, one the figure, the rest any. */
static inline void stream_sentence(stream *s, kh_buf *b, size_t l, const stream_story *story, uint32_t figure, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t kind = stream_draw(s, 10);
        kh_str own = kind < 5 ? s->own[l][story->kind][stream_draw(s, STREAM_CONCEPTS)] : (kh_str){0};
        kh_buf_z(b, i ? " " : "");
        if (own.len) {
            kh_buf_add(b, own);
        } else if (kind == 5 || kind == 6) {
            stream_add_name(b, l, story->names[stream_draw(s, STREAM_NAMES)]);
        } else if (kind == 7) {
            kh_buf_add(b, kh_arena_printf(s->out, "%u", figure));
        } else {
            kh_buf_add(b, s->words[l].items[stream_draw(s, (uint32_t)s->words[l].count)]);
        }
    }
    kh_buf_z(b, ".");
}

static inline kh_time stream_day(uint32_t day)
{
    return kh_day(2024 + (int)(day / 336), 1 + (int)(day / 28) % 12, 1 + (int)(day % 28));
}

static inline kh_page stream_page(stream *s, const stream_story *story, uint32_t day, uint32_t figure, size_t number)
{
    size_t l = stream_draw(s, STREAM_LANGUAGES);
    kh_buf title = {.arena = s->out}, text = {.arena = s->out};
    stream_add_name(&title, l, story->names[0]);
    kh_buf_z(&title, " ");
    stream_sentence(s, &title, l, story, figure, 6);
    kh_str headline = kh_arena_copy(s->out, kh_buf_str(&title));
    for (size_t i = 0; i < s->sentences; i++) {
        stream_add_name(&text, l, story->names[i % STREAM_NAMES]);
        kh_buf_z(&text, " ");
        stream_sentence(s, &text, l, story, figure, 9 + stream_draw(s, 8));
        kh_buf_z(&text, i % 2 ? "\n" : " ");
    }
    return (kh_page){.source = KH_STR("stream"),
                     .given_id = kh_arena_printf(s->out, "a%zu", number),
                     .text = kh_arena_copy(s->out, kh_buf_str(&text)),
                     .charset = KH_STR("utf-8"),
                     .kind = KH_PAGE_TEXT,
                     .title = headline,
                     .lang = kh_str_z(stream_languages[l]),
                     .published = stream_day(day)};
}

/* What becomes of an article of a story. */
typedef struct stream_fate {
    uint32_t update; /* days after the story's day; 0: it tells what was known first */
    uint32_t late;   /* hours that it comes behind its date */
    bool copy;
} stream_fate;

static inline stream_fate stream_draw_fate(stream *s, bool is_first)
{
    stream_fate f = {0};
    f.update = stream_draw(s, 5) == 0 ? 1 + stream_draw(s, 3) : 0;
    f.late = stream_draw(s, 12) == 0 ? 24 * (2 + stream_draw(s, 9)) : 0;
    f.copy = !is_first && stream_draw(s, 8) == 0;
    return f;
}

static inline uint32_t stream_size(stream *s)
{
    uint32_t a = stream_draw(s, 4);
    return 1 + a * stream_draw(s, 4);
}

static inline uint32_t stream_figure(const stream_story *story, const stream_fate *fate)
{
    return story->figure + fate->update * 7;
}

static inline void stream_add_story(stream *s, const stream_story *story, uint32_t number)
{
    uint32_t count = stream_size(s);
    size_t first = s->articles.count;
    for (uint32_t i = 0; i < count; i++) {
        stream_fate fate = stream_draw_fate(s, i == 0);
        stream_article a = {.story = number};
        if (fate.copy) {
            a.page = s->articles.items[first + stream_draw(s, i)].page;
            a.page.given_id = kh_arena_printf(s->out, "a%zu", s->articles.count);
        } else {
            a.page = stream_page(s, story, story->day + fate.update, stream_figure(story, &fate), s->articles.count);
        }
        a.arrival = (story->day + fate.update) * 24 + stream_draw(s, 24) + fate.late;
        *KH_ADD(s->out, &s->articles) = a;
    }
}

/* The story that comes after BEFORE as number NUMBER; without look-alike on DAY. */
static inline stream_story stream_next_story(stream *s, const stream_story *before, uint32_t number, uint32_t days)
{
    bool look_alike = number % 4 == 3;
    stream_story story = {.kind = look_alike ? before->kind : stream_draw(s, STREAM_KINDS),
                          .day = look_alike ? before->day + 3 : stream_draw(s, days),
                          .figure = 100 + stream_draw(s, 900)};
    for (size_t n = 0; n < STREAM_NAMES; n++) {
        stream_name(s, story.names[n]);
    }
    return story;
}

static inline void stream_make(stream *s, uint32_t stories)
{
    stream_story before = {0};
    for (uint32_t i = 0; i < stories; i++) {
        before = stream_next_story(s, &before, i, 20 + stories / 12);
        stream_add_story(s, &before, i);
    }
}

#endif
