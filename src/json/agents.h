/* agents.h - inside json/: who stands behind the things of a story, each once: speakers, agencies, outlets. */
#ifndef KHABAR_JSON_AGENTS_H
#define KHABAR_JSON_AGENTS_H

#include "json/json.h"

enum { KH_NO_AGENT = UINT32_MAX };

typedef enum kh_agent_type { KH_AGENT_UNKNOWN, KH_AGENT_PERSON, KH_AGENT_ORGANISATION } kh_agent_type;

typedef struct kh_agent {
    kh_str label;
    kh_agent_type type;
} kh_agent;

typedef struct kh_agents {
    kh_arena *arena;
    const kh_story *story;
    const kh_json_labels *labels;
    KH_LIST(kh_agent) list;
    kh_map by_key;
    kh_map shared; /* article and name -> index into story->names + 1 */
} kh_agents;

kh_agents kh_agents_of(kh_arena *arena, const kh_story *story, const kh_json_labels *labels);

/* Indexes into the list, where the agent is put when it is new; KH_NO_AGENT where nobody is known. */
uint32_t kh_agent_speaker(kh_agents *x, uint32_t article, kh_str label, uint32_t name);
uint32_t kh_agent_hop(kh_agents *x, uint32_t article, const kh_hop *hop);
uint32_t kh_agent_outlet(kh_agents *x, uint32_t article);
uint32_t kh_agent_agency(kh_agents *x, kh_str id);

#endif
