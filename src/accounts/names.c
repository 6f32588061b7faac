/* names.c - the people, places and organisations of a story, each once.
 *
 * Decides nothing new: sides.c has joined the names of all pages (كازاخستان, قزاقستان and Kazakhstan are one
 * group); here each group becomes one entry with its members. The label is the spelling that is mentioned
 * most; the id that of the first member a gazetteer knows.
 */
#include "accounts/internal.h"

void kh_names_collect(kh_case *c)
{
    kh_shared_names *names = &c->story->names;
    kh_map places = {0}; /* group + 1 -> index + 1 */
    kh_map most = {0};   /* group + 1 -> mentions of the spelling chosen */
    for (size_t i = 0; i < c->count; i++) {
        const kh_side *s = &c->sides[i];
        for (size_t n = 0; n < s->art->names.count; n++) {
            const kh_name *name = &s->art->names.items[n];
            uint64_t group = (uint64_t)s->groups[n] + 1;
            uint32_t *place = kh_map_put(c->scratch, &places, group, NULL);
            if (!*place) {
                *KH_ADD(c->out, names) = (kh_shared_name){.type = name->type, .label = name->label};
                *place = (uint32_t)names->count;
            }
            kh_shared_name *shared = &names->items[*place - 1];
            uint32_t *best = kh_map_put(c->scratch, &most, group, NULL);
            if (name->mention_count > *best) {
                *best = name->mention_count;
                shared->label = name->label;
            }
            shared->id = shared->id.len ? shared->id : name->id;
            shared->mention_count += name->mention_count;
            *KH_ADD(c->out, &shared->members) = (kh_name_in){.article = (uint32_t)i, .name = (uint32_t)n};
        }
    }
}
