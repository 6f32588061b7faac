/* phrases.c - the large sets of phrases, made once, when the program is built.
 *
 *     phrases OUT.bin
 *
 * Makes of the tables of data/ what every start of khabar would have to make, and writes the sets that have a name
 * (kh_phrases_named) as they lie in memory; src/lexicon/phrases_image.c takes them up. No other build reads the file.
 */
#include "lexicon/embedded.h"
#include "names/names.h"
#include "story/story.h"

#include <stdio.h>

/* This program has no image yet. */
_Alignas(64) const char kh_phrase_image[64] = {0};

int main(int argc, char **argv)
{
    kh_arena out = kh_arena_reserve((size_t)4 << 30, NULL);
    FILE *file = argc == 2 && out.begin ? fopen(argv[1], "wb") : NULL;
    if (!file) {
        fprintf(stderr, "phrases: %s: cannot be written\n", argc == 2 ? argv[1] : "OUT.bin");
        return 1;
    }
    kh_arena scratch = kh_arena_split(&out);
    kh_named_sets made = {0};
    kh_lexicon *lex = kh_lexicon_builtin(&out);
    kh_lexicon_gather(lex, &made);
    kh_story_know_of(&out, lex, kh_names_know_of(&out, lex));
    kh_str image = kh_phrases_image(&out, scratch, &made);
    bool written = fwrite(image.ptr, 1, image.len, file) == image.len;
    if (fclose(file) || !written) {
        fprintf(stderr, "phrases: %s: cannot be written whole\n", argv[1]);
        return 1;
    }
    kh_arena_release(&out);
    return 0;
}
