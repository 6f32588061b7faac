/* accounts.c - one story compared: the order of its articles, then each comparison in turn.
 *
 * Decides the order of the work and what the reader sees first. Copies come before quotations and figures,
 * because what two pages of one text say alike is one account and not two that agree.
 *
 * Articles stand by publication time, unknown last. A page that gives only its day stands behind those of that
 * day that give the hour: it cannot be shown to be earlier. The leading article is the earliest one that others
 * were taken from, else the earliest.
 */
#include "accounts/internal.h"

#include "model/correction.h"

#include <stdlib.h>

/* ---- order ---- */

enum { SECONDS_OF_DAY = 86400 };

static int64_t order_of(const kh_article *a)
{
    kh_time t = a->published.when.from;
    if (t.precision < KH_TO_DAY) {
        return INT64_MAX;
    }
    return t.precision >= KH_TO_MINUTE ? kh_time_seconds(t) : (kh_day_number(t) + 1) * SECONDS_OF_DAY - 1;
}

static int by_time(const void *a, const void *b)
{
    const kh_article *x = *(const kh_article *const *)a;
    const kh_article *y = *(const kh_article *const *)b;
    int64_t s = order_of(x);
    int64_t t = order_of(y);
    if (s != t) {
        return s < t ? -1 : 1;
    }
    int by_key = kh_str_cmp(x->key, y->key);
    return by_key ? by_key : kh_str_cmp(x->label, y->label);
}

static void order_articles(kh_arena *out, const kh_article *const *articles, size_t count, kh_story *story)
{
    for (size_t i = 0; i < count; i++) {
        *KH_ADD(out, &story->articles) = articles[i];
    }
    if (count > 1) {
        qsort((void *)story->articles.items, count, sizeof *story->articles.items, by_time);
    }
}

/* ---- verdicts ---- */

void kh_verdict_add(kh_case *c, kh_verdict_kind kind, kh_place_in a, kh_place_in b, kh_str topic, kh_str reason, float confidence)
{
    *KH_ADD(c->out, &c->story->verdicts) =
        (kh_verdict){.kind = kind, .a = a, .b = b, .topic = topic, .reason = reason, .confidence = confidence};
}

void kh_alarm_add(kh_case *c, kh_alarm alarm, kh_verdict_kind kind, kh_place_in a, kh_place_in b, kh_str topic, kh_str reason,
                  float confidence)
{
    kh_verdict_add(c, kind, a, b, topic, reason, confidence);
    c->story->verdicts.items[c->story->verdicts.count - 1].alarm = alarm;
}

/* What a reader must see first. */
static int urgency(kh_verdict_kind kind)
{
    static const uint8_t rank[kh_verdict_kind_count] = {
        [KH_CONFLICT] = 0,         [KH_POLARITY_FLIP] = 1, [KH_RETRACTED] = 2, [KH_REVISED] = 3, [KH_HEDGE_LOST] = 4,
        [KH_ATTRIBUTION_LOST] = 5, [KH_FRAMING] = 6,       [KH_DIFFERS] = 7,   [KH_UPDATE] = 8,  [KH_REFINES] = 9,
        [KH_SUBSET] = 10,          [KH_AGREE] = 11,        [KH_UNKNOWN] = 12};
    return rank[kind];
}

static int compare_places(kh_place_in a, kh_place_in b)
{
    if (a.article != b.article) {
        return a.article < b.article ? -1 : 1;
    }
    if (a.span.begin != b.span.begin) {
        return a.span.begin < b.span.begin ? -1 : 1;
    }
    return (a.span.end > b.span.end) - (a.span.end < b.span.end);
}

static int by_urgency(const void *a, const void *b)
{
    const kh_verdict *x = a;
    const kh_verdict *y = b;
    int gap = urgency(x->kind) - urgency(y->kind);
    gap = gap ? gap : compare_places(x->a, y->a);
    return gap ? gap : compare_places(x->b, y->b);
}

/* One verdict for a pair of passages: the most urgent. */
static void settle_verdicts(kh_story *story)
{
    if (story->verdicts.count < 2) {
        return;
    }
    qsort(story->verdicts.items, story->verdicts.count, sizeof *story->verdicts.items, by_urgency);
    size_t kept = 0;
    for (size_t i = 0; i < story->verdicts.count; i++) {
        const kh_verdict *v = &story->verdicts.items[i];
        bool again = kept && !by_urgency(&story->verdicts.items[kept - 1], v);
        if (!again) {
            story->verdicts.items[kept++] = *v;
        }
    }
    story->verdicts_left_out = kept > KH_STORY_VERDICTS_MAX ? kept - KH_STORY_VERDICTS_MAX : 0;
    story->verdicts.count = kept - story->verdicts_left_out;
}

/* ---- the whole ---- */

static size_t copies_from(const kh_story *story, uint32_t article)
{
    size_t count = 0;
    KH_EACH(const kh_copy, copy, story->copies) {
        count += copy->src == article;
    }
    return count;
}

static void choose_leading(kh_story *story)
{
    story->leading = 0;
    for (uint32_t i = 0; i < story->articles.count; i++) {
        if (copies_from(story, i)) {
            story->leading = i;
            break;
        }
    }
    for (uint32_t i = 0; i < story->articles.count && !story->title.len; i++) {
        uint32_t at = (story->leading + i) % (uint32_t)story->articles.count;
        story->title = story->articles.items[at]->title.value;
    }
}

/* Those of all articles, each once, by id. */
static void collect_corrections(kh_arena *out, kh_story *story)
{
    int64_t last = 0;
    for (bool found = true; found;) {
        const kh_correction *next = NULL;
        for (size_t i = 0; i < story->articles.count; i++) {
            const kh_corrections *own = &story->articles.items[i]->corrections;
            for (size_t k = 0; k < own->count; k++) {
                const kh_correction *c = own->items[k];
                next = c->id > last && (!next || c->id < next->id) ? c : next;
            }
        }
        found = next != NULL;
        if (found) {
            last = next->id;
            *KH_ADD(out, &story->corrections) = next;
        }
    }
}

void kh_accounts_compare(kh_arena *out, kh_arena scratch, const kh_accounts_know *know, const kh_article *const *articles, size_t count,
                         kh_story *story)
{
    *story = (kh_story){.id = story->id};
    order_articles(out, articles, count, story);
    if (!count) {
        return;
    }
    story->compared = (uint32_t)(count < KH_STORY_ARTICLES_MAX ? count : KH_STORY_ARTICLES_MAX);
    kh_case c = {.know = know, .words = know->words, .out = out, .scratch = &scratch, .story = story};
    kh_sides_of(&c, story->articles.items, story->compared);
    kh_names_collect(&c);
    kh_relations_decide(&c);
    kh_origins_find(&c);
    kh_renderings renderings = kh_quotes_align(&c);
    kh_drift_find(&c, &renderings);
    kh_figures_compare(&c);
    kh_offices_compare(&c);
    kh_denials_compare(&c);
    kh_opposites_compare(&c);
    kh_framing_find(&c);
    kh_clashes_find(&c);
    kh_years_compare(&c);
    kh_timeline_find(&c);
    settle_verdicts(story);
    choose_leading(story);
    kh_passports_make(&c, &renderings);
    kh_histories_make(&c);
    collect_corrections(out, story);
}

/* ---- two pages alone ---- */

static const float ONE_STORY = 0.5F;
static const float SLIGHTLY_ALIKE = 0.2F;
static const float SOME_NAMES = 0.34F; /* of the page that has fewer */
static const float MOST_NAMES = 0.4F;

static kh_digest digest_of(const kh_article *a)
{
    return (kh_digest){.id = a->id,
                       .lang = a->lang,
                       .published = a->published.when.from,
                       .features = a->features,
                       .prints = a->prints,
                       .agencies = a->agencies};
}

static size_t own_names(const kh_side *s)
{
    size_t count = 0;
    KH_EACH(const kh_name, n, s->art->names) {
        count += !kh_str_starts(n->id, KH_STR("agency:"));
    }
    return count;
}

/* Share of the names of people, places and bodies that stand on the other page too; agencies are left out. */
static float shared_names(const kh_side *a, const kh_side *b)
{
    size_t count = 0;
    for (size_t n = 0; n < a->art->names.count; n++) {
        bool found = kh_str_starts(a->art->names.items[n].id, KH_STR("agency:"));
        for (size_t m = 0; !found && m < b->art->names.count; m++) {
            if (b->groups[m] == a->groups[n]) {
                count++;
                break;
            }
        }
    }
    size_t least = own_names(a) < own_names(b) ? own_names(a) : own_names(b);
    return least ? (float)count / (float)least : 0;
}

/* One story: alike, and in who or where too. Two floods are alike in all other words; a page that recalls another
 * flood has one or two of its names. */
static bool one_story(const kh_case *c, const kh_likeness *like)
{
    float names = shared_names(&c->sides[0], &c->sides[1]);
    return (like->score >= ONE_STORY && names >= SOME_NAMES) || (like->score >= SLIGHTLY_ALIKE && names >= MOST_NAMES);
}

bool kh_accounts_pair(kh_arena *out, kh_arena scratch, const kh_accounts_know *know, const kh_article *a, const kh_article *b,
                      kh_relation *relation, kh_copy *copy)
{
    const kh_article *articles[] = {a, b};
    kh_story story = {0};
    *KH_ADD(out, &story.articles) = a;
    *KH_ADD(out, &story.articles) = b;
    kh_case c = {.know = know, .words = know->words, .out = out, .scratch = &scratch, .story = &story};
    kh_sides_of(&c, articles, 2);
    kh_relations_decide(&c);
    *relation = story.relations.items[0];
    if (relation->kind == KH_RELATED && !story.copies.count) {
        kh_frequencies none = {0};
        kh_digest x = digest_of(a);
        kh_digest y = digest_of(b);
        kh_likeness like = kh_story_likeness(out, scratch, know->story, &none, &x, &y);
        relation->kind = one_story(&c, &like) ? KH_RELATED : KH_UNRELATED;
        relation->score = like.score;
        relation->reason = like.reason;
    }
    if (story.copies.count) {
        *copy = story.copies.items[0];
    }
    return story.copies.count > 0;
}
