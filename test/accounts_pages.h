/* accounts_pages.h - pages made by hand, with what the stages before would have left in them, for the tests that compare. */
#ifndef KHABAR_ACCOUNTS_PAGES_H
#define KHABAR_ACCOUNTS_PAGES_H

#include "accounts_know.h"
#include "test.h"

#include "accounts/accounts.h"

#include <string.h>

/* ---- pages ---- */

static inline kh_span span_of(const kh_article *art, const char *part)
{
    size_t at = kh_str_find(art->text, kh_str_z(part));
    if (at >= art->text.len) {
        fail_msg("\"%s\" is not in the text", part);
    }
    return (kh_span){(uint32_t)at, (uint32_t)(at + strlen(part))};
}

static inline kh_article *page(kh_arena *a, const char *key, const char *lang, const char *published, const char *text)
{
    kh_article *art = KH_NEW(a, kh_article);
    art->key = art->label = kh_str_z(key);
    art->lang = kh_str_z(lang);
    art->text = kh_str_z(text);
    art->tokens = kh_text_of(a, art->text);
    if (*published) {
        assert_true(kh_time_parse(kh_str_z(published), &art->published.when.from));
    }
    KH_EACH(const kh_stretch, line, art->tokens->lines) {
        if (line->first < line->end) {
            *KH_ADD(a, &art->lines) = (kh_line){.span = line->span, .role = KH_ROLE_BODY};
        }
    }
    art->prints = kh_prints_of(a, kh_test_scratch(), art);
    return art;
}

static inline void credit(kh_arena *a, kh_article *art, kh_credit_type type, const char *agency, const char *phrase)
{
    *KH_ADD(a, &art->credits) = (kh_credit){.type = type, .agency = kh_str_z(agency), .span = span_of(art, phrase)};
}

/* A name with a mention wherever it stands. */
static inline uint32_t name(kh_arena *a, kh_article *art, kh_name_type type, const char *label)
{
    uint32_t index = (uint32_t)art->names.count;
    kh_str l = kh_str_z(label);
    *KH_ADD(a, &art->names) = (kh_name){.type = type, .label = l, .sound = kh_sound_of(a, l), .mention_count = 1};
    for (size_t at = kh_str_find(art->text, l); at < art->text.len;) {
        *KH_ADD(a, &art->mentions) = (kh_mention){.span = {(uint32_t)at, (uint32_t)(at + l.len)}, .name = index};
        at += l.len;
        at += kh_str_find(kh_str_from(art->text, at), l);
    }
    return index;
}

static inline kh_quotation *said(kh_arena *a, kh_article *art, uint32_t speaker, kh_form form, const char *words)
{
    kh_quotation *q = KH_ADD(a, &art->quotations);
    *q = (kh_quotation){.span = span_of(art, words),
                        .speaker = speaker == KH_NO_NAME ? (kh_str){0} : art->names.items[speaker].label,
                        .speaker_name = speaker,
                        .form = form,
                        .mode = form == KH_FORM_DIRECT ? KH_MODE_DIRECT : KH_MODE_INDIRECT,
                        .core = true};
    return q;
}

static inline kh_figure *figure(kh_arena *a, kh_article *art, const char *phrase, double value, const char *what, const char *scope)
{
    kh_figure *f = KH_ADD(a, &art->figures);
    *f = (kh_figure){.span = span_of(art, phrase),
                     .min = value,
                     .max = value,
                     .has_min = true,
                     .has_max = true,
                     .kind = KH_FIGURE_COUNT,
                     .what = kh_str_z(what),
                     .scope = kh_str_z(scope),
                     .as_of = art->published.when,
                     .quotation = UINT32_MAX,
                     .core = true};
    return f;
}

/* ---- questions ---- */

static inline kh_story compared(kh_arena *a, const kh_article *const *pages, size_t count)
{
    kh_story story = {0};
    kh_arena scratch = kh_arena_reserve((size_t)256 << 20, NULL);
    kh_accounts_compare(a, scratch, accounts_know(), pages, count, &story);
    kh_arena_release(&scratch);
    return story;
}

static inline const kh_article *at(const kh_story *s, uint32_t i)
{
    return s->articles.items[i];
}

static inline const kh_copy *copy_of(const kh_story *s, const kh_article *src, const kh_article *dst)
{
    KH_EACH(const kh_copy, c, s->copies) {
        if (at(s, c->src) == src && at(s, c->dst) == dst) {
            return c;
        }
    }
    return NULL;
}

static inline kh_relation_kind relation(const kh_story *s, const kh_article *x, const kh_article *y)
{
    KH_EACH(const kh_relation, r, s->relations) {
        if ((at(s, r->a) == x && at(s, r->b) == y) || (at(s, r->a) == y && at(s, r->b) == x)) {
            return r->kind;
        }
    }
    return KH_UNRELATED;
}

static inline size_t verdicts(const kh_story *s, kh_verdict_kind kind)
{
    size_t count = 0;
    KH_EACH(const kh_verdict, v, s->verdicts) {
        count += v->kind == kind;
    }
    return count;
}

#endif
