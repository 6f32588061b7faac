/* agents.c - speakers, agencies and outlets of a story, each once.
 *
 * Decides when two are one agent in an export: a name that the story has joined over its pages (Аблязов, أبليازوف), an
 * agency by its id, and besides whatever has the same folded words: the outlet Halyard is the agency Halyard.
 */
#include "json/agents.h"

static uint64_t name_key(uint32_t article, uint32_t name)
{
    return ((uint64_t)article + 1) << 32 | name;
}

kh_agents kh_agents_of(kh_arena *arena, const kh_story *story, const kh_json_labels *labels)
{
    kh_agents x = {.arena = arena, .story = story, .labels = labels};
    for (uint32_t i = 0; i < story->names.count; i++) {
        KH_EACH(const kh_name_in, m, story->names.items[i].members) {
            *kh_map_put(arena, &x.shared, name_key(m->article, m->name), NULL) = i + 1;
        }
    }
    return x;
}

/* Known by KEY in SPACE, else by the words of LABEL, else new. */
static uint32_t put(kh_agents *x, const char *space, kh_str key, kh_str label, kh_agent_type type)
{
    kh_str words = kh_str_trim(kh_fold_key(x->arena, label));
    if (!key.len || !words.len) {
        return KH_NO_AGENT;
    }
    uint32_t by_words = *kh_map_put(x->arena, &x->by_key, kh_hash_mix(1, kh_hash(words)), NULL);
    uint32_t *place = kh_map_put(x->arena, &x->by_key, kh_hash_mix(kh_hash(kh_str_z(space)), kh_hash(key)), NULL);
    if (!*place && !by_words) {
        *KH_ADD(x->arena, &x->list) = (kh_agent){.label = label, .type = type};
    }
    *place = *place ? *place : by_words ? by_words : (uint32_t)x->list.count;
    uint32_t index = *place - 1;
    if (!by_words) {
        *kh_map_put(x->arena, &x->by_key, kh_hash_mix(1, kh_hash(words)), NULL) = index + 1;
    }
    kh_agent *a = &x->list.items[index];
    a->type = a->type == KH_AGENT_UNKNOWN ? type : a->type;
    return index;
}

uint32_t kh_agent_agency(kh_agents *x, kh_str id)
{
    kh_str label = x->labels && x->labels->agency && id.len ? x->labels->agency(x->labels->know, id) : id;
    return put(x, "agency", id, label.len ? label : id, KH_AGENT_ORGANISATION);
}

static uint32_t by_words(kh_agents *x, kh_str label, kh_agent_type type)
{
    return put(x, "words", label, label, type);
}

uint32_t kh_agent_speaker(kh_agents *x, uint32_t article, kh_str label, uint32_t name)
{
    const uint32_t *place = name == KH_NO_NAME ? NULL : kh_map_get(&x->shared, name_key(article, name));
    if (!place) {
        return by_words(x, label, KH_AGENT_UNKNOWN);
    }
    const kh_shared_name *n = &x->story->names.items[*place - 1];
    if (kh_str_starts(n->id, KH_STR("agency:"))) {
        return kh_agent_agency(x, kh_str_from(n->id, 7));
    }
    kh_agent_type type = n->type == KH_NAME_PERSON ? KH_AGENT_PERSON : KH_AGENT_ORGANISATION;
    return put(x, "name", kh_arena_printf(x->arena, "%u", *place), n->label, type);
}

static uint32_t name_labelled(const kh_article *a, kh_str label)
{
    for (uint32_t i = 0; i < a->names.count; i++) {
        if (kh_str_eq(a->names.items[i].label, label)) {
            return i;
        }
    }
    return KH_NO_NAME;
}

uint32_t kh_agent_hop(kh_agents *x, uint32_t article, const kh_hop *hop)
{
    if (hop->role == KH_HOP_AGENCY && hop->id.len) {
        return kh_agent_agency(x, hop->id);
    }
    if (hop->role == KH_HOP_SPEAKER) {
        return kh_agent_speaker(x, article, hop->label, name_labelled(x->story->articles.items[article], hop->label));
    }
    return by_words(x, hop->label, KH_AGENT_ORGANISATION);
}

uint32_t kh_agent_outlet(kh_agents *x, uint32_t article)
{
    return by_words(x, x->story->articles.items[article]->outlet.value, KH_AGENT_ORGANISATION);
}
