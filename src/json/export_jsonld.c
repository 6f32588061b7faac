/* export_jsonld.c - a story as schema.org JSON-LD: NewsArticle, Quotation, Claim, and who stands behind them.
 *
 * A copy isBasedOn its original, a translated one is also translationOfWork of it. A quotation isPartOf its article and is
 * spokenByCharacter its speaker; a later rendering isBasedOn the one that it was compared with. A claim is one value of one
 * figure (43 killed persons) with all articles that give it: appearance, firstAppearance, and its author, who claims it.
 * Verdicts have no word in schema.org and stay out: a claim here is not a review of it.
 */
#include "json/agents.h"

typedef struct graph {
    kh_json *j;
    kh_arena *arena;
    const kh_story *s;
    kh_agents agents;
} graph;

static kh_str id_of(graph *g, const char *kind, size_t a, size_t b)
{
    return b ? kh_arena_printf(g->arena, "urn:khabar:" KH_FMT ":%s-%zu-%zu", KH_ARG(g->s->id), kind, a, b)
             : kh_arena_printf(g->arena, "urn:khabar:" KH_FMT ":%s-%zu", KH_ARG(g->s->id), kind, a);
}

static void put_ref(graph *g, const char *key, kh_str id)
{
    kh_json_open(g->j, key, '{');
    kh_json_str(g->j, "@id", id);
    kh_json_close(g->j, '}');
}

static void put_agent_ref(graph *g, const char *key, uint32_t agent)
{
    if (agent != KH_NO_AGENT) {
        put_ref(g, key, id_of(g, "agent", (size_t)agent + 1, 0));
    }
}

static void put_if(graph *g, const char *key, kh_str value)
{
    if (value.len) {
        kh_json_str(g->j, key, value);
    }
}

static void begin(graph *g, const char *type, kh_str id)
{
    kh_json_open(g->j, NULL, '{');
    kh_json_str(g->j, "@type", kh_str_z(type));
    kh_json_str(g->j, "@id", id);
}

/* ---- articles ---- */

static void put_sources(graph *g, uint32_t i)
{
    kh_json_open(g->j, "isBasedOn", '[');
    KH_EACH(const kh_copy, c, g->s->copies) {
        if (c->dst == i) {
            put_ref(g, NULL, id_of(g, "article", (size_t)c->src + 1, 0));
        }
    }
    kh_json_close(g->j, ']');
    KH_EACH(const kh_copy, c, g->s->copies) {
        if (c->dst == i && c->kind == KH_COPY_TRANSLATED) {
            put_ref(g, "translationOfWork", id_of(g, "article", (size_t)c->src + 1, 0));
            break;
        }
    }
}

static void put_credit(graph *g, const kh_article *a)
{
    kh_buf credit = {.arena = g->arena};
    kh_json_open(g->j, "sourceOrganization", '[');
    KH_EACH(const kh_str, id, a->agencies) {
        uint32_t agent = kh_agent_agency(&g->agents, *id);
        put_agent_ref(g, NULL, agent);
        kh_buf_z(&credit, credit.len ? ", " : "");
        kh_buf_add(&credit, g->agents.list.items[agent].label);
    }
    kh_json_close(g->j, ']');
    put_if(g, "creditText", kh_buf_str(&credit));
}

static void put_article(graph *g, uint32_t i)
{
    const kh_article *a = g->s->articles.items[i];
    begin(g, "NewsArticle", id_of(g, "article", (size_t)i + 1, 0));
    put_if(g, "headline", a->title.value);
    kh_json_str(g->j, "identifier", a->key);
    put_if(g, "url", a->url);
    kh_json_str(g->j, "inLanguage", a->lang);
    put_if(g, "datePublished", kh_when_text(g->arena, a->published.when));
    put_if(g, "dateModified", kh_when_text(g->arena, a->modified.when));
    put_agent_ref(g, "publisher", kh_agent_outlet(&g->agents, i));
    put_credit(g, a);
    put_sources(g, i);
    kh_json_close(g->j, '}');
}

/* ---- quotations ---- */

/* The entry of quotation Q of ARTICLE and its passport; NULL when it has one rendering. */
static const kh_passport_entry *entry_of(const kh_story *s, uint32_t article, uint32_t q, const kh_passport **passport)
{
    KH_EACH(const kh_passport, p, s->passports) {
        KH_EACH(const kh_passport_entry, e, p->entries) {
            if (e->where.article == article && e->quotation == q) {
                *passport = p;
                return e;
            }
        }
    }
    return NULL;
}

static void put_origin(graph *g, uint32_t article, uint32_t q)
{
    const kh_passport *p = NULL;
    const kh_passport_entry *e = entry_of(g->s, article, q, &p);
    if (!e || e->from == UINT32_MAX) {
        return;
    }
    const kh_passport_entry *f = &p->entries.items[e->from];
    if (f->quotation == KH_NO_QUOTATION) {
        return;
    }
    kh_str id = id_of(g, "quotation", (size_t)f->where.article + 1, (size_t)f->quotation + 1);
    put_ref(g, "isBasedOn", id);
    if (!kh_str_eq(g->s->articles.items[article]->lang, g->s->articles.items[f->where.article]->lang)) {
        put_ref(g, "translationOfWork", id);
    }
}

static void put_quotation(graph *g, uint32_t article, uint32_t index)
{
    const kh_article *a = g->s->articles.items[article];
    const kh_quotation *q = &a->quotations.items[index];
    uint32_t speaker = kh_agent_speaker(&g->agents, article, q->speaker, q->speaker_name);
    begin(g, "Quotation", id_of(g, "quotation", (size_t)article + 1, (size_t)index + 1));
    kh_json_str(g->j, "text", kh_slice(a->text, q->span));
    kh_json_str(g->j, "inLanguage", a->lang);
    put_agent_ref(g, "spokenByCharacter", speaker);
    put_agent_ref(g, "creator", speaker);
    put_ref(g, "isPartOf", id_of(g, "article", (size_t)article + 1, 0));
    put_origin(g, article, index);
    if (q->corrected) {
        kh_json_str(g->j, "correction",
                    kh_arena_printf(g->arena, "speaker corrected by " KH_FMT ", was " KH_FMT, KH_ARG(q->corrected->by),
                                    KH_ARG(q->corrected->was)));
    }
    kh_json_close(g->j, '}');
}

/* ---- claims ---- */

static const kh_figure *figure_of(const kh_story *s, const kh_history_entry *e)
{
    return &s->articles.items[e->article]->figures.items[e->figure];
}

static bool one_value(const kh_figure *a, const kh_figure *b)
{
    bool low = a->has_min == b->has_min && (!a->has_min || !(a->min < b->min || a->min > b->min));
    bool high = a->has_max == b->has_max && (!a->has_max || !(a->max < b->max || a->max > b->max));
    return low && high && a->status == b->status;
}

/* Each article once, in order of publication. */
static void put_appearances(graph *g, const kh_history *h, const kh_figure *value)
{
    uint32_t last = UINT32_MAX;
    kh_json_open(g->j, "appearance", '[');
    KH_EACH(const kh_history_entry, e, h->entries) {
        if (one_value(figure_of(g->s, e), value) && e->article != last) {
            put_ref(g, NULL, id_of(g, "article", (size_t)e->article + 1, 0));
            last = e->article;
        }
    }
    kh_json_close(g->j, ']');
}

/* Whoever is first said to claim it. */
static void put_author(graph *g, const kh_history *h, const kh_figure *value)
{
    KH_EACH(const kh_history_entry, e, h->entries) {
        const kh_figure *f = figure_of(g->s, e);
        if (one_value(f, value) && f->claimed_by.len) {
            kh_hop hop = {.role = KH_HOP_SPEAKER, .label = f->claimed_by};
            put_agent_ref(g, "author", kh_agent_hop(&g->agents, e->article, &hop));
            return;
        }
    }
}

static void put_topic(graph *g, const kh_history *h)
{
    kh_json_open(g->j, "about", '{');
    kh_json_str(g->j, "@type", KH_STR("Thing"));
    kh_json_str(g->j, "name", kh_arena_printf(g->arena, KH_FMT "%s" KH_FMT, KH_ARG(h->what), h->scope.len ? ", " : "", KH_ARG(h->scope)));
    kh_json_close(g->j, '}');
}

static void put_claims(graph *g)
{
    size_t n = 0;
    KH_EACH(const kh_history, h, g->s->histories) {
        KH_EACH(const kh_history_entry, e, h->entries) {
            const kh_article *a = g->s->articles.items[e->article];
            const kh_figure *f = figure_of(g->s, e);
            if (!e->is_new) {
                continue;
            }
            begin(g, "Claim", id_of(g, "claim", ++n, 0));
            kh_json_str(g->j, "text", kh_slice(a->text, f->span));
            put_topic(g, h);
            kh_json_str(g->j, "inLanguage", a->lang);
            put_if(g, "datePublished", kh_when_text(g->arena, a->published.when));
            put_author(g, h, f);
            put_ref(g, "firstAppearance", id_of(g, "article", (size_t)e->article + 1, 0));
            put_appearances(g, h, f);
            kh_json_close(g->j, '}');
        }
    }
}

static void put_agents(graph *g)
{
    static const char *const types[] = {"Thing", "Person", "Organization"};
    for (size_t i = 0; i < g->agents.list.count; i++) {
        const kh_agent *a = &g->agents.list.items[i];
        begin(g, types[a->type], id_of(g, "agent", i + 1, 0));
        kh_json_str(g->j, "name", a->label);
        kh_json_close(g->j, '}');
    }
}

void kh_export_jsonld(kh_buf *out, const kh_story *s, const kh_json_labels *labels)
{
    kh_json j = {.buf = out};
    graph g = {.j = &j, .arena = out->arena, .s = s, .agents = kh_agents_of(out->arena, s, labels)};
    kh_json_open(&j, NULL, '{');
    kh_json_str(&j, "@context", KH_STR("https://schema.org"));
    kh_json_open(&j, "@graph", '[');
    for (uint32_t i = 0; i < s->articles.count; i++) {
        put_article(&g, i);
        for (uint32_t q = 0; q < s->articles.items[i]->quotations.count; q++) {
            put_quotation(&g, i, q);
        }
    }
    put_claims(&g);
    put_agents(&g);
    kh_json_close(&j, ']');
    kh_json_close(&j, '}');
}
