/* sides.c - the articles of a story made ready: what their sentences say in terms that every language has.
 *
 * A sentence becomes a set of keys. "قُتل 24 شخصاً في انهيار سد أشكول يوم الأربعاء" and "The collapse of the
 * Ashkul dam on Wednesday killed 24 people" share the concepts kill, collapse and dam, the name Ashkul, the number
 * 24 and the day, whatever the words are. Pages of one language are compared by their words as well.
 *
 * Names are joined over all pages of the story first (kh_names_same), so that a key for a name is the same
 * wherever it stands. A key weighs more the fewer sentences of the story have it: in a story about a dam
 * the word dam says little about which sentence this is. (Inverse document frequency, Sparck Jones 1972,
 * with sentences as documents.)
 *
 * Gets wrong: a language without a concept table has only names, numbers and dates; two people of one surname
 * who are both written without a given name are one.
 */
#include "accounts/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_COMPARED_MAX = 600 };
static const float LABELS_LIKE = 0.86F;

/* ---- names over all pages ---- */

typedef struct joined {
    const kh_name *name; /* the first seen of the group */
    uint32_t group;
} joined;

typedef struct joiner {
    KH_LIST(joined) heads;
    kh_map exact; /* id, or type and sound -> group + 1 */
    uint32_t next;
    bool any_corrected;
} joiner;

static uint64_t exact_key(const kh_name *n)
{
    return n->id.len ? kh_hash(n->id) : kh_hash_mix(kh_hash(n->sound.len ? n->sound : n->label), (uint64_t)n->type + 1);
}

/* Unknown people are compared by their labels too, which knows the Arabic article of a family name: الكرماني, کرمانی. */
static bool same_name(const kh_case *c, const kh_name *a, const kh_name *b)
{
    bool unknown = a->type == KH_NAME_PERSON && b->type == KH_NAME_PERSON && !a->id.len && !b->id.len;
    return kh_names_same(*c->scratch, a, b) || (unknown && kh_name_likeness(*c->scratch, a->label, b->label) >= LABELS_LIKE);
}

/* Has GROUP a name that a person said is another than N? */
static bool is_parted(const joiner *j, uint32_t group, const kh_name *n)
{
    for (size_t i = 0; i < j->heads.count && (n->corrected || j->any_corrected); i++) {
        const kh_name *head = j->heads.items[i].name;
        bool other = head->id.len && n->id.len && !kh_str_eq(head->id, n->id);
        if (j->heads.items[i].group == group && other && (n->corrected || head->corrected)) {
            return true;
        }
    }
    return false;
}

static uint32_t group_of(kh_case *c, joiner *j, const kh_name *n)
{
    j->any_corrected = j->any_corrected || n->corrected;
    uint32_t *known = kh_map_put(c->scratch, &j->exact, exact_key(n), NULL);
    if (*known) {
        return *known - 1;
    }
    for (size_t i = 0; i < j->heads.count && i < NAMES_COMPARED_MAX; i++) {
        if (same_name(c, j->heads.items[i].name, n) && !is_parted(j, j->heads.items[i].group, n)) {
            *known = j->heads.items[i].group + 1;
            *KH_ADD(c->scratch, &j->heads) = (joined){n, *known - 1};
            return *known - 1;
        }
    }
    *KH_ADD(c->scratch, &j->heads) = (joined){n, j->next};
    *known = ++j->next;
    return *known - 1;
}

static void join_names(kh_case *c)
{
    joiner j = {0};
    for (size_t i = 0; i < c->count; i++) {
        kh_side *s = &c->sides[i];
        s->groups = KH_NEW_N(c->scratch, uint32_t, s->art->names.count + 1);
        for (size_t n = 0; n < s->art->names.count; n++) {
            s->groups[n] = group_of(c, &j, &s->art->names.items[n]);
        }
    }
    for (size_t i = 0; i < c->count; i++) {
        kh_side *s = &c->sides[i];
        s->speakers = KH_NEW_N(c->scratch, uint32_t, s->art->quotations.count + 1);
        for (size_t q = 0; q < s->art->quotations.count; q++) {
            uint32_t name = s->art->quotations.items[q].speaker_name;
            s->speakers[q] = name < s->art->names.count ? s->groups[name] : KH_NO_GROUP;
        }
    }
}

bool kh_same_speaker(const kh_case *c, uint32_t a, const kh_quotation *qa, uint32_t b, const kh_quotation *qb)
{
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    uint32_t ga = x->speakers[qa - x->art->quotations.items];
    uint32_t gb = y->speakers[qb - y->art->quotations.items];
    if (ga != KH_NO_GROUP && gb != KH_NO_GROUP) {
        return ga == gb;
    }
    return qa->speaker.len && qb->speaker.len && kh_str_eq(kh_fold_key(c->scratch, qa->speaker), kh_fold_key(c->scratch, qb->speaker));
}

/* ---- keys ---- */

static int by_hash(const void *a, const void *b)
{
    uint64_t x = ((const kh_key *)a)->hash;
    uint64_t y = ((const kh_key *)b)->hash;
    return (x > y) - (x < y);
}

static void sort_keys(kh_keys *keys)
{
    if (keys->count > 1) {
        qsort(keys->items, keys->count, sizeof *keys->items, by_hash);
    }
    size_t kept = 0;
    for (size_t i = 0; i < keys->count; i++) {
        if (!kept || keys->items[kept - 1].hash != keys->items[i].hash) {
            keys->items[kept++] = keys->items[i];
        }
    }
    keys->count = kept;
}

static void add_key(kh_case *c, kh_keys *keys, char kind, uint64_t value)
{
    uint64_t hash = kh_hash_mix(kh_hash((kh_str){&kind, 1}), value + 1);
    *KH_ADD(c->scratch, keys) = (kh_key){.hash = hash, .concept = kind == 'c'};
}

static void add_number(kh_case *c, kh_keys *keys, double value)
{
    add_key(c, keys, '#', (uint64_t)(int64_t)llround(value * 100));
}

static void add_concepts(kh_case *c, const kh_side *s, kh_unit *u)
{
    kh_u64s found = kh_story_concepts(c->scratch, c->know->story, s->art->tokens, s->lang, u->first, u->end);
    KH_EACH(uint64_t, concept, found) {
        add_key(c, &u->keys, 'c', *concept);
    }
}

static void add_names(kh_case *c, const kh_side *s, kh_unit *u)
{
    KH_EACH(const kh_mention, m, s->art->mentions) {
        if (kh_span_holds(u->span, m->span) && m->name < s->art->names.count) {
            add_key(c, &u->keys, 'n', s->groups[m->name]);
        }
    }
}

static void add_figures(kh_case *c, const kh_side *s, kh_unit *u)
{
    KH_EACH(const kh_figure, f, s->art->figures) {
        if (!kh_span_meets(u->span, f->span) || (f->has_min && f->has_max && f->min < f->max)) {
            continue;
        }
        if (f->has_min || f->has_max) {
            add_number(c, &u->keys, f->has_min ? f->min : f->max);
        }
    }
}

static void add_dates(kh_case *c, const kh_side *s, kh_unit *u)
{
    KH_EACH(const kh_date, d, s->art->dates) {
        kh_time t = d->when.from;
        if (!kh_span_meets(u->span, d->span) || !kh_time_known(t)) {
            continue;
        }
        if (t.precision >= KH_TO_DAY) {
            add_key(c, &u->keys, 'd', (uint64_t)kh_day_number(t));
        }
        if (t.precision == KH_TO_MONTH) {
            add_key(c, &u->keys, 'm', (uint64_t)t.month);
        }
        if (t.precision == KH_TO_YEAR) {
            add_number(c, &u->keys, t.year);
        }
    }
}

static bool inside_date(const kh_side *s, kh_span span)
{
    KH_EACH(const kh_date, d, s->art->dates) {
        if (kh_span_meets(d->span, span)) {
            return true;
        }
    }
    return false;
}

static void add_tokens(kh_case *c, const kh_side *s, kh_unit *u)
{
    for (uint32_t i = u->first; i < u->end; i++) {
        const kh_token *t = &s->art->tokens->tokens.items[i];
        double value = 0;
        if (t->kind == KH_NUMBER && kh_str_double(t->key, &value) && !inside_date(s, t->span)) {
            add_number(c, &u->keys, value);
        }
        if (t->kind == KH_WORD && t->key.len > 2) {
            add_key(c, &u->words, 'w', t->hash);
        }
    }
}

/* How often a translation of a sentence meets a concept of it by a form that a table has. What is shared counts
 * whole, what a page could share counts as often as it would be met. */
static const float CONCEPT_MET = 0.6F;

static void weigh(const kh_case *c, kh_keys *keys, float *sum)
{
    KH_EACH(kh_key, k, *keys) {
        const uint32_t *df = kh_map_get(&c->df, k->hash);
        float n = df && *df ? (float)*df : 1;
        k->weight = logf(1 + (float)(c->unit_count ? c->unit_count : 1) / n);
        *sum += k->concept ? CONCEPT_MET * k->weight : k->weight;
    }
}

static kh_unit read_unit(kh_case *c, const kh_side *s, kh_span span)
{
    const kh_text *t = s->art->tokens;
    kh_unit u = {.span = span, .first = (uint32_t)kh_text_token_at(t, span.begin)};
    u.end = u.first;
    while (u.end < t->tokens.count && t->tokens.items[u.end].span.begin < span.end) {
        u.end++;
    }
    add_concepts(c, s, &u);
    add_names(c, s, &u);
    add_figures(c, s, &u);
    add_dates(c, s, &u);
    add_tokens(c, s, &u);
    sort_keys(&u.keys);
    sort_keys(&u.words);
    return u;
}

kh_unit kh_unit_of(kh_case *c, const kh_side *s, kh_span span)
{
    kh_unit u = read_unit(c, s, span);
    float words = 0;
    weigh(c, &u.keys, &u.weight);
    weigh(c, &u.words, &words);
    return u;
}

static float shared_keys(const kh_keys *a, const kh_keys *b, uint32_t *count)
{
    float sum = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint64_t x = a->items[i].hash;
        uint64_t y = b->items[j].hash;
        if (x == y) {
            sum += a->items[i].weight;
            ++*count;
        }
        i += x <= y;
        j += y <= x;
    }
    return sum;
}

float kh_unit_shared(const kh_unit *a, const kh_unit *b, bool words, uint32_t *count)
{
    uint32_t n = 0;
    float sum = shared_keys(&a->keys, &b->keys, &n);
    if (words) {
        sum += shared_keys(&a->words, &b->words, &n);
    }
    *count = n;
    return sum;
}

/* ---- sentences ---- */

static void count_keys(kh_case *c, const kh_keys *keys)
{
    KH_EACH(const kh_key, k, *keys) {
        ++*kh_map_put(c->scratch, &c->df, k->hash, NULL);
    }
}

static void read_units(kh_case *c, kh_side *s)
{
    const kh_text *t = s->art->tokens;
    size_t furniture = 0;
    KH_EACH(const kh_stretch, sentence, t->sentences) {
        const kh_line *line = kh_article_line_at(s->art, sentence->span.begin);
        while (furniture < s->art->furniture.count && s->art->furniture.items[furniture].end <= sentence->span.begin) {
            furniture++;
        }
        bool aside = furniture < s->art->furniture.count && s->art->furniture.items[furniture].begin <= sentence->span.begin;
        if (sentence->first == sentence->end || aside || !line || line->role != KH_ROLE_BODY) {
            continue;
        }
        kh_unit u = read_unit(c, s, sentence->span);
        if (u.keys.count + u.words.count == 0) {
            continue;
        }
        count_keys(c, &u.keys);
        count_keys(c, &u.words);
        *KH_ADD(c->scratch, &s->units) = u;
        c->unit_count++;
    }
}

/* ---- agencies ---- */

static kh_nearness nearness_of(kh_credit_type type)
{
    switch (type) {
    case KH_CREDIT_DATELINE:
    case KH_CREDIT_BYLINE:
    case KH_CREDIT_BYLINE_FOOTER:
    case KH_CREDIT_AGENCY_TAG:
    case KH_CREDIT_SYNDICATION: return KH_NEAR_UNDER;
    case KH_CREDIT_SOURCE_LINE:
    case KH_CREDIT_RELAY:
    case KH_CREDIT_CONTRIBUTION:
    case KH_CREDIT_TRANSLATION_LINE: return KH_NEAR_TAKEN;
    case KH_CREDIT_AGENCY_CHAIN: return KH_NEAR_CHAIN;
    case KH_CREDIT_TOLD_AGENCY:
    case KH_CREDIT_AGENCY_ANAPHOR: return KH_NEAR_TOLD;
    default: return KH_NEAR_NOT;
    }
}

static void tie_to(kh_case *c, kh_side *s, kh_str agency, kh_nearness nearness)
{
    if (!agency.len || nearness == KH_NEAR_NOT) {
        return;
    }
    KH_EACH(kh_tie, t, s->ties) {
        if (kh_str_eq(t->agency, agency)) {
            t->nearness = nearness < t->nearness ? nearness : t->nearness;
            t->marks++;
            return;
        }
    }
    *KH_ADD(c->scratch, &s->ties) = (kh_tie){agency, nearness, 1};
}

/* Is the page the agency's own: the outlet's name is the agency's. */
static bool is_own(const kh_case *c, const kh_article *art, kh_str agency)
{
    kh_arena tmp = *c->scratch;
    kh_str outlet = kh_fold_key(&tmp, art->outlet.value);
    kh_str label = kh_fold_key(&tmp, kh_credits_agency_label(c->know->credits, agency));
    if (!outlet.len || !label.len) {
        return false;
    }
    if (kh_str_eq(outlet, label)) {
        return true;
    }
    kh_str id = kh_names_lookup(c->know->names, tmp, art->outlet.value);
    return kh_str_starts(id, KH_STR("agency:")) && kh_str_eq(kh_str_from(id, 7), agency);
}

static void read_ties(kh_case *c, kh_side *s)
{
    KH_EACH(const kh_credit, cr, s->art->credits) {
        s->aggregated |= cr->type == KH_CREDIT_GENERIC_SOURCE && cr->role == KH_CREDIT_AGGREGATED;
        if (cr->type == KH_CREDIT_BYLINE_FOOTER && kh_span_empty(cr->agency_span)) {
            continue; /* names reporters, not an agency */
        }
        tie_to(c, s, cr->agency, nearness_of(cr->type));
        if (cr->via.len && !kh_str_eq(cr->via, cr->agency)) {
            tie_to(c, s, cr->via, KH_NEAR_TAKEN);
        }
    }
    KH_EACH(const kh_credit, cr, s->art->credits) {
        if (cr->type == KH_CREDIT_BYLINE_FOOTER && s->ties.count && s->ties.items[0].nearness == KH_NEAR_UNDER) {
            s->ties.items[0].marks++;
        }
    }
    KH_EACH(kh_tie, t, s->ties) {
        if (is_own(c, s->art, t->agency) && t->nearness <= KH_NEAR_TAKEN) {
            t->nearness = KH_NEAR_OWN;
        }
    }
}

const kh_tie *kh_tie_to(const kh_side *s, kh_str agency)
{
    KH_EACH(const kh_tie, t, s->ties) {
        if (kh_str_eq(t->agency, agency)) {
            return t;
        }
    }
    return NULL;
}

/* ---- time ---- */

bool kh_time_between(kh_time a, kh_time b, int64_t *seconds)
{
    if (a.precision < KH_TO_DAY || b.precision < KH_TO_DAY) {
        return false;
    }
    bool to_minute = a.precision >= KH_TO_MINUTE && b.precision >= KH_TO_MINUTE;
    *seconds = to_minute ? kh_time_seconds(b) - kh_time_seconds(a) : (kh_day_number(b) - kh_day_number(a)) * 86400;
    return true;
}

void kh_sides_of(kh_case *c, const kh_article *const *articles, size_t count)
{
    c->sides = KH_NEW_N(c->scratch, kh_side, count + 1);
    c->count = count;
    for (size_t i = 0; i < count; i++) {
        kh_side *s = &c->sides[i];
        *s = (kh_side){.art = articles[i], .wire = (uint32_t)i, .next = KH_NO_GROUP, .parent = KH_NO_GROUP};
        s->lang = kh_lexicon_lang(c->know->lex, articles[i]->lang);
        s->wording = kh_prints_wording(c->scratch, articles[i]);
        read_ties(c, s);
    }
    join_names(c);
    for (size_t i = 0; i < count; i++) {
        read_units(c, &c->sides[i]);
    }
    for (size_t i = 0; i < count; i++) {
        KH_EACH(kh_unit, u, c->sides[i].units) {
            float words = 0;
            weigh(c, &u->keys, &u->weight);
            weigh(c, &u->words, &words);
            c->sides[i].weight += u->weight;
        }
    }
}
