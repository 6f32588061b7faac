/* cards.c - what the front page tells of a story beyond what the store counts: its origins and how many figures disagree.
 *
 * Both come only from comparing the accounts, which takes milliseconds for a small story and much more for a large one; so they are
 * kept under the story's revision and the number of corrections, and a list says nothing (null) where they are not known
 * yet, rather than something old. The table forgets everything when it is full: it fills again in the order in which people look.
 */
#include "server/room.h"

#include "engine/room.h"

#include <string.h>

enum { SLOTS = 2 * KH_SERVE_CARDS_MAX };

static kh_card *slot_of(kh_room *room, int64_t story)
{
    size_t at = (size_t)(kh_hash_mix((uint64_t)story, 1) % SLOTS);
    while (room->cards[at].story && room->cards[at].story != story) {
        at = (at + 1) % SLOTS;
    }
    return &room->cards[at];
}

bool kh_card_get(kh_room *room, int64_t story, int64_t revision, int64_t corrections, kh_card *card)
{
    pthread_mutex_lock(&room->lock);
    *card = *slot_of(room, story);
    pthread_mutex_unlock(&room->lock);
    return card->story && card->revision == revision && card->corrections == corrections;
}

void kh_card_put(kh_room *room, int64_t story, int64_t revision, int64_t corrections, const kh_story *compared)
{
    kh_card card = {.story = story,
                    .revision = revision,
                    .corrections = corrections,
                    .origins = kh_story_origin_count(compared),
                    .disagreements = kh_story_disagreement_count(compared),
                    .leading = compared->articles.items[compared->leading]->id};
    pthread_mutex_lock(&room->lock);
    kh_card *slot = slot_of(room, story);
    if (slot->story == 0 && room->card_count == KH_SERVE_CARDS_MAX) {
        memset(room->cards, 0, SLOTS * sizeof *room->cards);
        room->card_count = 0;
        slot = slot_of(room, story);
    }
    room->card_count += slot->story == 0;
    *slot = card;
    pthread_mutex_unlock(&room->lock);
}

void kh_card_disagreeing(kh_room *room, kh_arena *out, kh_ids *stories)
{
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < SLOTS; i++) {
        if (room->cards[i].story && room->cards[i].disagreements) {
            *KH_ADD(out, stories) = room->cards[i].story;
        }
    }
    pthread_mutex_unlock(&room->lock);
}
