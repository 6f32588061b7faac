/* cards.c - what the lists tell of a story beyond what the store counts: its origins and how many figures disagree.
 *
 * Both come only from comparing the accounts, which beside.c does before somebody asks. The store keeps them (store/cards.c). Here is
 * what is on its way there, so that a story which was just opened is known at once, and, where the store cannot be written, all
 * there is: a table that forgets everything when it is full.
 */
#include "server/room.h"

#include "engine/room.h"

#include <string.h>

enum { SLOTS = 2 * KH_SERVE_CARDS_MAX };

int64_t kh_room_basis(kh_room *room, kh_desk *desk)
{
    return (int64_t)kh_hash_mix(room->basis, (uint64_t)kh_store_correction_count(desk->store));
}

static size_t home_of(int64_t story)
{
    return (size_t)(kh_hash_mix((uint64_t)story, 1) % SLOTS);
}

static kh_card *slot_of(kh_room *room, int64_t story)
{
    size_t at = home_of(story);
    while (room->cards[at].story && room->cards[at].story != story) {
        at = (at + 1) % SLOTS;
    }
    return &room->cards[at];
}

/* Empties slot AT; those behind it that could not stand nearer to their home move up. */
static void empty_slot(kh_room *room, size_t at)
{
    for (size_t next = (at + 1) % SLOTS; room->cards[next].story; next = (next + 1) % SLOTS) {
        size_t from_home = (next + SLOTS - home_of(room->cards[next].story)) % SLOTS;
        if (from_home >= (next + SLOTS - at) % SLOTS) {
            room->cards[at] = room->cards[next];
            at = next;
        }
    }
    room->cards[at] = (kh_card){0};
    room->card_count--;
}

bool kh_card_get(kh_room *room, kh_desk *desk, int64_t basis, int64_t story, kh_card *card)
{
    kh_story_state state;
    pthread_mutex_lock(&room->lock);
    *card = *slot_of(room, story);
    pthread_mutex_unlock(&room->lock);
    return card->story && card->basis == basis && kh_store_story_state(desk->store, &desk->worker.scratch, story, &state, NULL) == KH_OK &&
           state.revision == card->revision;
}

void kh_card_put(kh_room *room, int64_t basis, int64_t story, int64_t revision, const kh_story *compared)
{
    kh_card card = {.story = story,
                    .revision = revision,
                    .basis = basis,
                    .origins = kh_story_origin_count(compared),
                    .disagreements = kh_story_disagreement_count(compared),
                    .leading = compared->articles.count ? compared->articles.items[compared->leading]->id : 0};
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

size_t kh_cards_waiting(kh_room *room, kh_card *cards, size_t most)
{
    size_t count = 0;
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < SLOTS && room->card_count && count < most; i++) {
        if (room->cards[i].story) {
            cards[count++] = room->cards[i];
        }
    }
    pthread_mutex_unlock(&room->lock);
    return count;
}

void kh_cards_kept(kh_room *room, const kh_cards *cards)
{
    pthread_mutex_lock(&room->lock);
    KH_EACH(const kh_card, c, *cards) {
        kh_card *slot = slot_of(room, c->story);
        if (slot->story && slot->revision == c->revision && slot->basis == c->basis) {
            empty_slot(room, (size_t)(slot - room->cards));
        }
    }
    pthread_mutex_unlock(&room->lock);
}

kh_status kh_cards_disagreeing(kh_room *room, kh_desk *desk, kh_arena *out, kh_arena scratch, int64_t basis, kh_ids *stories, kh_error *err)
{
    kh_front_query kept = {.filter = {.disagree = true, .limit = KH_SERVE_CARDS_MAX}, .basis = basis};
    *stories = (kh_ids){.items = KH_NEW_N(out, int64_t, KH_SERVE_CARDS_MAX), .room = KH_SERVE_CARDS_MAX};
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < SLOTS; i++) {
        if (room->cards[i].story && room->cards[i].basis == basis && room->cards[i].disagreements) {
            stories->items[stories->count++] = room->cards[i].story;
        }
    }
    pthread_mutex_unlock(&room->lock);
    return kh_store_front_ids(desk->store, out, scratch, &kept, stories, err);
}
