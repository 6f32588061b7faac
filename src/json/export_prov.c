/* export_prov.c - the copies, chains and quotations of a story as W3C PROV, in PROV-JSON (W3C Member Submission, 2013).
 *
 *     article 3 --wasDerivedFrom--> article 1             a copy, kh:translated
 *     article 3 --wasDerivedFrom--> report 1              Reuters, a hop of a chain
 *     report 1  --wasDerivedFrom--> statement 1           what the speaker said to Reuters
 *     quotation --wasDerivedFrom--> article (prov:Quotation: PROV's wasQuotedFrom; PROV-JSON has no member of that name)
 *     quotation --wasAttributedTo-> speaker
 *
 * Entities are articles, quotations, and for the hops between page and speaker a report of each agency and a statement of
 * each speaker, one for the story. Renderings of one quotation on pages that are tied by a copy are derived, others are
 * alternates. Ids are qualified names in a namespace of the story, so that documents of several stories can be laid
 * together.
 */
#include "json/agents.h"

typedef enum entity_kind { ARTICLE, QUOTATION, REPORT, STATEMENT } entity_kind;

typedef struct thing {
    entity_kind kind;
    uint32_t a, b; /* article and quotation; agent */
} thing;

typedef struct derivation {
    thing made, used;
    const char *type; /* qualified name */
    kh_str note;
} derivation;

typedef struct attribution {
    thing of;
    uint32_t agent;
} attribution;

typedef struct prov {
    kh_agents agents;
    kh_arena *arena;
    const kh_story *s;
    KH_LIST(thing) made; /* reports and statements */
    KH_LIST(derivation) derivations;
    KH_LIST(attribution) attributions;
    KH_LIST(derivation) alternates;
    kh_map seen; /* hashes of things and edges that are there */
} prov;

static uint64_t hash_of(thing x)
{
    return kh_hash_mix(kh_hash_mix((uint64_t)x.kind + 1, (uint64_t)x.a + 1), (uint64_t)x.b + 1);
}

static bool is_new(prov *p, uint64_t hash)
{
    bool fresh = false;
    kh_map_put(p->arena, &p->seen, hash, &fresh);
    return fresh;
}

static void derive(prov *p, thing made, thing used, const char *type, kh_str note)
{
    if (is_new(p, kh_hash_mix(kh_hash_mix(hash_of(made), hash_of(used)), kh_hash(kh_str_z(type))))) {
        *KH_ADD(p->arena, &p->derivations) = (derivation){made, used, type, note};
    }
}

static void attribute(prov *p, thing of, uint32_t agent)
{
    if (agent != KH_NO_AGENT && is_new(p, kh_hash_mix(hash_of(of), (uint64_t)agent + 77))) {
        *KH_ADD(p->arena, &p->attributions) = (attribution){of, agent};
    }
}

/* ---- gathering ---- */

static thing hop_thing(prov *p, uint32_t article, const kh_hop *hop)
{
    bool page = hop->role == KH_HOP_OUTLET || hop->role == KH_HOP_PAGE;
    uint32_t agent = page ? KH_NO_AGENT : kh_agent_hop(&p->agents, article, hop);
    if (agent == KH_NO_AGENT) {
        return (thing){ARTICLE, article, 0};
    }
    thing x = {hop->role == KH_HOP_SPEAKER ? STATEMENT : REPORT, agent, 0};
    if (is_new(p, hash_of(x))) {
        *KH_ADD(p->arena, &p->made) = x;
        attribute(p, x, agent);
    }
    return x;
}

static bool same_thing(thing x, thing y)
{
    return x.kind == y.kind && x.a == y.a && x.b == y.b;
}

static void gather_chain(prov *p, uint32_t article, const kh_chain *c)
{
    thing page = {ARTICLE, article, 0};
    thing before = page;
    for (size_t i = 0; i < c->hops.count; i++) {
        thing x = hop_thing(p, article, &c->hops.items[i]);
        if (i && !same_thing(x, before)) {
            derive(p, x, before, before.kind == STATEMENT ? "prov:PrimarySource" : "kh:relayed", (kh_str){0});
        }
        before = x;
    }
    if (!same_thing(before, page)) {
        derive(p, page, before, "kh:relayed", (kh_str){0});
    }
}

static void gather_article(prov *p, uint32_t i)
{
    const kh_article *a = p->s->articles.items[i];
    thing page = {ARTICLE, i, 0};
    attribute(p, page, kh_agent_outlet(&p->agents, i));
    KH_EACH(const kh_chain, c, a->chains) {
        gather_chain(p, i, c);
    }
    for (uint32_t q = 0; q < a->quotations.count; q++) {
        thing x = {QUOTATION, i, q};
        const kh_quotation *said = &a->quotations.items[q];
        derive(p, x, page, "prov:Quotation", (kh_str){0});
        attribute(p, x, kh_agent_speaker(&p->agents, i, said->speaker, said->speaker_name));
    }
}

static bool are_tied(const kh_story *s, uint32_t a, uint32_t b)
{
    KH_EACH(const kh_copy, c, s->copies) {
        if ((c->src == a && c->dst == b) || (c->src == b && c->dst == a)) {
            return true;
        }
    }
    return false;
}

static void gather_passport(prov *p, const kh_passport *passport)
{
    KH_EACH(const kh_passport_entry, e, passport->entries) {
        const kh_passport_entry *f = e->from == UINT32_MAX ? NULL : &passport->entries.items[e->from];
        if (!f || e->quotation == KH_NO_QUOTATION || f->quotation == KH_NO_QUOTATION) {
            continue;
        }
        thing x = {QUOTATION, e->where.article, e->quotation};
        thing y = {QUOTATION, f->where.article, f->quotation};
        if (are_tied(p->s, e->where.article, f->where.article)) {
            derive(p, x, y, "kh:rendering", (kh_str){0});
        } else {
            *KH_ADD(p->arena, &p->alternates) = (derivation){.made = x, .used = y};
        }
    }
}

static void gather(prov *p)
{
    for (uint32_t i = 0; i < p->s->articles.count; i++) {
        gather_article(p, i);
    }
    KH_EACH(const kh_copy, c, p->s->copies) {
        kh_str kind = kh_arena_printf(p->arena, "kh:" KH_FMT, KH_ARG(kh_copy_kind_name(c->kind)));
        derive(p, (thing){ARTICLE, c->dst, 0}, (thing){ARTICLE, c->src, 0}, kind.ptr, c->reason);
    }
    KH_EACH(const kh_passport, x, p->s->passports) {
        gather_passport(p, x);
    }
}

/* ---- writing ---- */

static kh_str name_of(prov *p, thing x)
{
    switch (x.kind) {
    case ARTICLE: return kh_arena_printf(p->arena, "kh:article-%u", x.a + 1);
    case QUOTATION: return kh_arena_printf(p->arena, "kh:quotation-%u-%u", x.a + 1, x.b + 1);
    case REPORT: return kh_arena_printf(p->arena, "kh:report-%u", x.a + 1);
    default: return kh_arena_printf(p->arena, "kh:statement-%u", x.a + 1);
    }
}

static void put_qname(kh_json *j, const char *key, const char *name)
{
    kh_json_open(j, key, '{');
    kh_json_str(j, "$", kh_str_z(name));
    kh_json_str(j, "type", KH_STR("xsd:QName"));
    kh_json_close(j, '}');
}

static void put_if(kh_json *j, const char *key, kh_str value)
{
    if (value.len) {
        kh_json_str(j, key, value);
    }
}

static void put_article(kh_json *j, const kh_article *a)
{
    put_qname(j, "prov:type", "schema:NewsArticle");
    put_if(j, "prov:label", a->title.value);
    kh_json_str(j, "kh:key", a->key);
    kh_json_str(j, "kh:label", a->label);
    put_if(j, "schema:url", a->url);
    kh_json_str(j, "schema:inLanguage", a->lang);
    put_if(j, "schema:datePublished", kh_when_text(j->buf->arena, a->published.when));
    put_if(j, "kh:sha256", a->sha256);
}

static void put_quotation(kh_json *j, const kh_article *a, const kh_quotation *q)
{
    put_qname(j, "prov:type", "schema:Quotation");
    kh_json_str(j, "prov:value", kh_slice(a->text, q->span));
    kh_json_int(j, "kh:begin", q->span.begin);
    kh_json_int(j, "kh:end", q->span.end);
    kh_json_str(j, "kh:mode", kh_mode_name(q->mode));
    kh_json_str(j, "kh:stance", kh_stance_name(q->stance));
    if (q->corrected) {
        kh_json_str(j, "kh:correctedBy", q->corrected->by);
        kh_json_str(j, "kh:was", q->corrected->was);
    }
}

static void put_entity(kh_json *j, prov *p, thing x)
{
    const kh_article *a = x.kind == ARTICLE || x.kind == QUOTATION ? p->s->articles.items[x.a] : NULL;
    kh_json_open(j, name_of(p, x).ptr, '{');
    if (x.kind == ARTICLE) {
        put_article(j, a);
    } else if (x.kind == QUOTATION) {
        put_quotation(j, a, &a->quotations.items[x.b]);
    } else {
        put_qname(j, "prov:type", x.kind == REPORT ? "kh:report" : "kh:statement");
        kh_json_str(j, "prov:label", p->agents.list.items[x.a].label);
    }
    kh_json_close(j, '}');
}

static void put_entities(kh_json *j, prov *p)
{
    kh_json_open(j, "entity", '{');
    for (uint32_t i = 0; i < p->s->articles.count; i++) {
        put_entity(j, p, (thing){ARTICLE, i, 0});
        for (uint32_t q = 0; q < p->s->articles.items[i]->quotations.count; q++) {
            put_entity(j, p, (thing){QUOTATION, i, q});
        }
    }
    KH_EACH(const thing, x, p->made) {
        put_entity(j, p, *x);
    }
    kh_json_close(j, '}');
}

static void put_agents(kh_json *j, prov *p)
{
    static const char *const types[] = {NULL, "prov:Person", "prov:Organization"};
    kh_json_open(j, "agent", '{');
    for (size_t i = 0; i < p->agents.list.count; i++) {
        const kh_agent *a = &p->agents.list.items[i];
        kh_json_open(j, kh_arena_printf(p->arena, "kh:agent-%zu", i + 1).ptr, '{');
        if (types[a->type]) {
            put_qname(j, "prov:type", types[a->type]);
        }
        kh_json_str(j, "prov:label", a->label);
        kh_json_close(j, '}');
    }
    kh_json_close(j, '}');
}

static void put_derivations(kh_json *j, prov *p)
{
    size_t n = 0;
    kh_json_open(j, "wasDerivedFrom", '{');
    KH_EACH(const derivation, d, p->derivations) {
        kh_json_open(j, kh_arena_printf(p->arena, "_:d%zu", ++n).ptr, '{');
        kh_json_str(j, "prov:generatedEntity", name_of(p, d->made));
        kh_json_str(j, "prov:usedEntity", name_of(p, d->used));
        put_qname(j, "prov:type", d->type);
        put_if(j, "kh:reason", d->note);
        kh_json_close(j, '}');
    }
    kh_json_close(j, '}');
}

static void put_attributions(kh_json *j, prov *p)
{
    size_t n = 0;
    kh_json_open(j, "wasAttributedTo", '{');
    KH_EACH(const attribution, x, p->attributions) {
        kh_json_open(j, kh_arena_printf(p->arena, "_:a%zu", ++n).ptr, '{');
        kh_json_str(j, "prov:entity", name_of(p, x->of));
        kh_json_str(j, "prov:agent", kh_arena_printf(p->arena, "kh:agent-%u", x->agent + 1));
        kh_json_close(j, '}');
    }
    kh_json_close(j, '}');
}

static void put_alternates(kh_json *j, prov *p)
{
    size_t n = 0;
    kh_json_open(j, "alternateOf", '{');
    KH_EACH(const derivation, d, p->alternates) {
        kh_json_open(j, kh_arena_printf(p->arena, "_:o%zu", ++n).ptr, '{');
        kh_json_str(j, "prov:alternate1", name_of(p, d->made));
        kh_json_str(j, "prov:alternate2", name_of(p, d->used));
        kh_json_close(j, '}');
    }
    kh_json_close(j, '}');
}

void kh_export_prov(kh_buf *out, const kh_story *s, const kh_json_labels *labels)
{
    kh_json j = {.buf = out};
    prov p = {.agents = kh_agents_of(out->arena, s, labels), .arena = out->arena, .s = s};
    gather(&p);
    kh_json_open(&j, NULL, '{');
    kh_json_open(&j, "prefix", '{');
    kh_json_str(&j, "prov", KH_STR("http://www.w3.org/ns/prov#"));
    kh_json_str(&j, "xsd", KH_STR("http://www.w3.org/2001/XMLSchema#"));
    kh_json_str(&j, "schema", KH_STR("https://schema.org/"));
    kh_json_str(&j, "kh", kh_arena_printf(out->arena, "urn:khabar:" KH_FMT ":", KH_ARG(s->id)));
    kh_json_close(&j, '}');
    put_entities(&j, &p);
    put_agents(&j, &p);
    put_derivations(&j, &p);
    put_attributions(&j, &p);
    put_alternates(&j, &p);
    kh_json_close(&j, '}');
}
