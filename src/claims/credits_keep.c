/* credits_keep.c - which of the credits that the templates propose stay?
 *
 * Decides between proposals that share words, and joins what belongs together. Example: "المصدر: وكالة الأنباء
 * الأردنية (بترا)" fits a source line, a dateline and an agency in brackets; it is a source line. In "منبع:
 * خبرگزاری فرانسه، رویترز" one line names two sources, each of which is one; "با انتشار پستی | در اینستاگرام" is
 * one document.
 *
 * Method: the stronger type stays, then the longer proposal. An unnamed source inside the words of telling
 * or relaying stays beside them: it is another hop. A tag, or a second document, right behind a credit
 * belongs to it.
 *
 * Gets wrong: two documents that one sentence really names side by side.
 */
#include "claims/credits_internal.h"

#include <stdlib.h>

/* Which of two proposals on the same words is the better one: higher stays. */
static int rank_of(kh_credit_type type)
{
    switch (type) {
    case KH_CREDIT_DATELINE: return 9;
    case KH_CREDIT_PHOTO:                  /* "تصوير سامي نجار / رويترز" is no place with its agency */
    case KH_CREDIT_SOURCE_LINE: return 10; /* "المصدر: وكالة الأنباء الأردنية (بترا)" neither */
    case KH_CREDIT_AGENCY_CHAIN:
    case KH_CREDIT_BYLINE_FOOTER:
    case KH_CREDIT_TRANSLATION_LINE: /* "ترجمة وتحرير: سلمى كرم" has its editor too */ return 8;
    case KH_CREDIT_TOLD_AGENCY: return 7;
    case KH_CREDIT_AGENCY_ANAPHOR: return 6;
    case KH_CREDIT_RELAY: return 6;
    case KH_CREDIT_OWN_LABEL: return 5;
    case KH_CREDIT_AGENCY_TAG: return 2;
    default: return 4;
    }
}

static int by_rank(const void *a, const void *b)
{
    const kh_credit *x = a;
    const kh_credit *y = b;
    int rank = rank_of(y->type) - rank_of(x->type);
    if (rank == 0) {
        rank = (int)(y->span.end - y->span.begin) - (int)(x->span.end - x->span.begin);
    }
    if (rank == 0) {
        rank = (y->agency.len > 0) - (x->agency.len > 0);
    }
    return rank ? rank : (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

int kh_credits_by_place(const void *a, const void *b)
{
    const kh_credit *x = a;
    const kh_credit *y = b;
    return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

/* "A security source told Reuters", "a document that Reuters saw", "رویترز به نقل از دو منبع آگاه گزارش داد": the unnamed source stands inside the words of
 * telling and is its own credit; so is the desk's "+ وكالات" of a source line. */
static bool is_other_hop(const kh_credit *source, const kh_credit *told)
{
    bool hop = source->role == KH_CREDIT_INTERMEDIATE && (told->type == KH_CREDIT_TOLD_AGENCY || told->type == KH_CREDIT_RELAY) &&
               kh_span_holds(told->span, source->span) && told->agency.len;
    bool document = source->type == KH_CREDIT_NAMED_DOCUMENT && told->type == KH_CREDIT_RELAY && source->span.begin <= told->span.begin &&
                    source->span.end + 1 < told->agency_span.begin; /* not "a report of Reuters" */
    bool desk = source->role == KH_CREDIT_AGGREGATED && told->type == KH_CREDIT_SOURCE_LINE;
    return ((source->type == KH_CREDIT_GENERIC_SOURCE && (hop || desk)) || document) && !kh_span_meets(told->agency_span, source->span);
}

/* Keeps of each group of overlapping proposals the best, in order of text. */
static void keep_best(kh_credits *all)
{
    size_t kept = 0;
    if (all->count == 0) {
        return;
    }
    qsort(all->items, all->count, sizeof *all->items, by_rank);
    for (size_t i = 0; i < all->count; i++) {
        bool free = true;
        for (size_t k = 0; k < kept && free; k++) {
            free = !kh_span_meets(all->items[i].span, all->items[k].span) || is_other_hop(&all->items[i], &all->items[k]);
        }
        if (free) {
            all->items[kept++] = all->items[i];
        }
    }
    all->count = kept;
    qsort(all->items, all->count, sizeof *all->items, kh_credits_by_place);
}

/* "وفق ما ذكرت وكالة فرانس برس (أ ف ب)": a tag right behind a credit of its agency belongs to it. */
static bool is_tail(const kh_text *text, const kh_credit *before, const kh_credit *c)
{
    size_t end = kh_text_token_at(text, before->span.end);
    size_t first = kh_text_token_at(text, c->span.begin);
    bool tag = c->type == KH_CREDIT_AGENCY_TAG && kh_str_eq(c->agency, before->agency) && c->span.begin <= before->span.end + 2;
    bool place = c->type == KH_CREDIT_NAMED_DOCUMENT && before->type == KH_CREDIT_NAMED_DOCUMENT && first >= end &&
                 first <= end + 1; /* "in a clip | he posted | on Facebook" */
    return tag || place;
}

static void absorb_tails(kh_article *art)
{
    size_t kept = 0;
    for (size_t i = 0; i < art->credits.count; i++) {
        kh_credit *c = &art->credits.items[i];
        size_t k = kept; /* an unnamed source may stand between: "told an official of dpa (dpa)" */
        while (k > 0 && k + 2 > kept && !is_tail(art->tokens, &art->credits.items[k - 1], c)) {
            k--;
        }
        if (k > 0 && k + 2 > kept) {
            art->credits.items[k - 1].span.end = c->span.end;
        } else {
            art->credits.items[kept++] = *c;
        }
    }
    art->credits.count = kept;
}

void kh_credits_keep_best(kh_article *art)
{
    keep_best(&art->credits);
    absorb_tails(art);
}

/* ---- several sources of one line ---- */

static bool joins_sources(const kh_token *t)
{
    static const char *const marks[] = {",", "+", "/", "-", "\u2013", "&", "(", "و", "and", "и"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (kh_token_is(t, marks[i])) {
            return true;
        }
    }
    return false;
}

size_t kh_credits_source_behind(const kh_credits_know *know, const kh_article *art, size_t at, uint32_t *agency, kh_match *m)
{
    const kh_text *text = art->tokens;
    uint8_t lang = kh_lexicon_lang(know->lex, art->lang);
    size_t i = at;
    while (i < text->tokens.count && joins_sources(&text->tokens.items[i])) {
        i++;
    }
    bool glued = i == at && lang == know->arabic; /* رويترز وفرانس برس */
    while (i < text->tokens.count && (i > at || glued) && kh_phrases_match(know->agency_words, text, i, lang, KH_CLITICS, m)) {
        i = m->end;
    }
    bool named = (i > at || glued) && i < text->tokens.count && text->tokens.items[i].line == text->tokens.items[at].line &&
                 kh_credits_agency_at(know, art, i, true, agency, m);
    if (!named) {
        return 0;
    }
    bool closed = m->end < text->tokens.count && kh_token_is(&text->tokens.items[m->end], ")");
    return (size_t)m->end + closed;
}

void kh_credits_name_sources(kh_arena *out, const kh_credits_know *know, kh_article *art)
{
    size_t count = art->credits.count;
    for (size_t i = 0; i < count; i++) {
        kh_credit c = art->credits.items[i];
        uint32_t agency = 0;
        kh_match m;
        if (c.type != KH_CREDIT_SOURCE_LINE || c.agency.len == 0) {
            continue;
        }
        size_t at = kh_text_token_at(art->tokens, c.span.end);
        while (at < art->tokens->tokens.count && art->credits.count < KH_ITEMS_MAX &&
               (at = kh_credits_source_behind(know, art, at, &agency, &m)) > 0) {
            kh_str id = know->agencies.items[agency].id;
            if (kh_str_eq(c.agency, id)) {
                continue; /* وكالة الأنباء الأردنية (بترا) */
            }
            c.agency = id;
            c.label = know->agencies.items[agency].label;
            c.span = c.agency_span = m.span;
            *KH_ADD(out, &art->credits) = c;
        }
    }
}
