/* join.c - does an article tell the story that these articles tell?
 *
 * Decides with log-odds. Example: a headline "В Тарканде подняли на поверхность последних горняков" shares little with any
 * one report on the mine, but with all of them together Tarkand, mine and rescue, and Tarkand and mine are their core. A
 * report on another mine shares "mine" and "killed" with each of them and lacks Tarkand, the core's weight.
 *
 * Method. The article is held against the members added up to one article (evidence.c measures that), against the members
 * one by one, of which the likest two count, and against the core, kind by kind: which share of its weight the article
 * has. The weighted sum is a log-odds; the weights stand in world/join.txt, learned by bench/bench_stories.c from
 * stories of which the true ones are known. What can be learned from are headlines and leads; whole articles, in
 * which much more is shared by chance, have weights of their own, by hand: the likest member, pulled a fifth towards the
 * second and towards the mean of all, and a little less for a story of one article, which has no second one to speak for
 * it; between the two lengths both count in part. Headlines lose with size: with every member there is more to share by
 * chance. Where nothing weighs the members together, as among whole articles, they are not added up.
 *
 * Gets wrong: look-alikes in one week and place that give neither names nor figures.
 */
#include "story/internal.h"

#include <math.h>

static const float ALIKE = 0.5F;                          /* score from which two articles are alike by themselves */
static const float HEADLINE_WORDS = 30, WHOLE_WORDS = 60; /* different words, stop words not counted */

const char *kh_join_name(size_t evidence)
{
    static const char *const names[] = {
#define KH_EVIDENCE_NAME(key, name) name,
        KH_EVIDENCE(KH_EVIDENCE_NAME)
#undef KH_EVIDENCE_NAME
            "nearest",
        "second",
        "mean",
        "size",
        "cover_words",
        "cover_concepts",
        "cover_names",
        "cover_places",
        "cover_numbers",
        "cover_sounds",
        "cover_sites",
        "cover_spellings",
        "core_words",
        "core_concepts",
        "core_names",
        "core_places",
        "core_numbers",
        "core_sounds",
        "core_sites",
        "core_spellings",
    };
    _Static_assert(sizeof names / sizeof *names == KH_JOIN_count, "a name for each");
    return names[evidence];
}

static void set_weight(kh_join_weights *w, const kh_row *row)
{
    for (size_t i = 0; i < KH_JOIN_count; i++) {
        if (kh_str_eq(kh_cell(row, 0), kh_str_z(kh_join_name(i)))) {
            w->same[i] = kh_number_of(kh_cell(row, 1));
            w->whole[i] = kh_number_of(kh_cell(row, 2));
            w->across[i] = kh_number_of(kh_cell(row, 3));
        }
    }
}

/* Does any of WEIGHTS count that is measured against the members together? */
static bool asks_sum(const float *weights)
{
    for (size_t i = 0; i < KH_JOIN_count; i++) {
        bool of_sum = i < KH_EVIDENCE_count ? i != KH_EVIDENCE_CONSTANT : i >= KH_JOIN_COVER;
        if (of_sum && weights[i] != 0) {
            return true;
        }
    }
    return false;
}

void kh_join_weights_read(kh_join_weights *w, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_world(lex, "join");
    for (size_t i = 0; i < rows.count; i++) {
        set_weight(w, &rows.items[i]);
    }
    w->same_asks_sum = asks_sum(w->same);
    w->whole_asks_sum = asks_sum(w->whole);
    w->across_asks_sum = asks_sum(w->across);
}

/* ---- the members one by one ---- */

static void look_at_members(const kh_story_know *know, const kh_prepared *a, const kh_digest *const *members, size_t count, kh_join *j)
{
    float best = -INFINITY, second = -INFINITY, sum = 0;
    count = count < KH_GATHERED_MAX ? count : KH_GATHERED_MAX;
    for (size_t i = 0; i < count; i++) {
        kh_parts p = kh_parts_of(a, members[i]);
        float odds = kh_odds_of(kh_story_weights_of(know), &p) / 2;
        float score = 1 / (1 + expf(-odds));
        second = odds > best ? best : odds > second ? odds : second;
        best = odds > best ? odds : best;
        sum += odds;
        j->alike += score >= ALIKE;
        j->copied = p.copied >= KH_COPIED_MOST && score > j->copied ? score : j->copied;
    }
    j->e[KH_JOIN_NEAREST] = best / 4;
    j->e[KH_JOIN_MEAN] = (sum / (float)count - best) / 4;
    j->e[KH_JOIN_SECOND] = isfinite(second) ? (second - best) / 4 : 0;
}

/* ---- the members together ---- */

/* What A lacks weighs what its kind mostly weighs, as in evidence.c: nobody asked how many articles have it. */
static void look_at_core(const kh_prepared *a, const kh_gathered *g, kh_join *j)
{
    float all[KH_FEATURE_kinds] = {0};
    float has[KH_FEATURE_kinds] = {0};
    const kh_features *mine = &a->digest->features;
    size_t at = 0;
    KH_EACH(const kh_feature, f, g->core) {
        while (at < mine->count && mine->items[at].hash < f->hash) {
            at++;
        }
        bool mine_too = at < mine->count && mine->items[at].hash == f->hash;
        float weight = (mine_too ? a->weights[at] : sqrtf(a->typical[f->kind])) * (float)f->count / (float)g->members;
        all[f->kind] += weight;
        has[f->kind] += mine_too ? weight : 0;
    }
    for (size_t k = 0; k < KH_FEATURE_kinds; k++) {
        j->e[KH_JOIN_COVER + k] = all[k] > 0 ? has[k] / all[k] : 0;
        j->e[KH_JOIN_CORE + k] = all[k] > 0;
    }
}

/* Days from the time that the story spans. */
static void look_at_time(const kh_prepared *a, const kh_gathered *g, kh_parts *p)
{
    p->dated = g->dated && a->digest->published.precision >= KH_TO_DAY;
    if (p->dated) {
        int64_t day = kh_day_number(a->digest->published);
        int64_t away = day < g->oldest ? g->oldest - day : day > g->newest ? day - g->newest : 0;
        p->days = (float)away;
    }
}

/* 0 for headlines, 1 for articles, by the different words of both sides. */
static float wholeness(const kh_prepared *a, const kh_gathered *g)
{
    float own = (float)a->counts[KH_FEATURE_WORD];
    float words = own < g->words ? own : g->words;
    float share = (words - HEADLINE_WORDS) / (WHOLE_WORDS - HEADLINE_WORDS);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static float odds_of(const kh_join_weights *w, const kh_join *j)
{
    float brief = 0, whole = 0, across = 0;
    for (size_t i = 0; i < KH_JOIN_count; i++) {
        brief += w->same[i] * j->e[i];
        whole += w->whole[i] * j->e[i];
        across += w->across[i] * j->e[i];
    }
    return j->same_lang ? (1 - j->whole) * brief + j->whole * whole : across;
}

bool kh_join_asks_sum(const kh_story_know *know, const kh_prepared *a, const kh_gathered *g)
{
    const kh_join_weights *w = kh_join_weights_of(know);
    float whole = g->members ? wholeness(a, g) : 0;
    bool own = (whole < 1 && w->same_asks_sum) || (whole > 0 && w->whole_asks_sum);
    return g->members && (kh_str_eq(a->digest->lang, g->sum.lang) ? own : w->across_asks_sum);
}

void kh_join_of(const kh_story_know *know, const kh_prepared *a, const kh_digest *const *members, size_t count, const kh_gathered *g,
                kh_join *j)
{
    *j = (kh_join){0};
    if (count == 0) {
        return;
    }
    j->e[KH_EVIDENCE_CONSTANT] = 1;
    if (g->added_up) {
        kh_parts p = kh_parts_of(a, &g->sum);
        look_at_time(a, g, &p);
        kh_evidence_of(&p, j->e);
        look_at_core(a, g, j);
    }
    look_at_members(know, a, members, count, j);
    j->e[KH_JOIN_SIZE] = logf((float)g->members);
    j->same_lang = kh_str_eq(a->digest->lang, g->sum.lang);
    j->whole = wholeness(a, g);
    j->odds = odds_of(kh_join_weights_of(know), j);
}
