/* sound_costs.h - what it costs to take one class of sounds for another: data/world/sound_costs.txt as arrays,
 * made at build time by gen/sounds.c. */
#ifndef KHABAR_NAMES_SOUND_COSTS_H
#define KHABAR_NAMES_SOUND_COSTS_H

#include <stdint.h>

enum { KH_SOUND_CODES = 64, KH_SOUND_END = 0, KH_SOUND_STEP = 100 };

typedef struct kh_sound_costs {
    uint8_t code[128];                                            /* class letter -> its number; KH_SOUND_END is the end of a word */
    uint8_t gap[KH_SOUND_CODES];                                  /* adding or leaving out, in hundredths of a step */
    uint8_t near[KH_SOUND_CODES][KH_SOUND_CODES];                 /* one for another */
    uint64_t pairs[KH_SOUND_CODES][KH_SOUND_CODES];               /* [second][other]: bits of the firsts with a cost below */
    uint8_t pair[KH_SOUND_CODES][KH_SOUND_CODES][KH_SOUND_CODES]; /* [first][second][other]: two for one */
} kh_sound_costs;

extern const kh_sound_costs kh_sound_learned;

#endif
