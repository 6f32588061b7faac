/* shelves.c - what the stages make of the tables of data/, made once, when the program is built.
 *
 *     shelves OUT.bin
 *
 * Has all stages make their knowledge, as every start of khabar would have to, and writes what they put on their shelves as it lies
 * in memory; src/lexicon/shelf.c takes it up. No other build reads the file.
 */
#include "engine/knowledge.h"
#include "lexicon/embedded.h"
#include "lexicon/shelf.h"

#include <stdio.h>

/* In this program the shelves are empty. */
_Alignas(64) const char kh_shelves_built[64] = {0};

enum { ROOM = 1 << 30 }; /* for the knowledge of all stages and its image */

int main(int argc, char **argv)
{
    kh_arena out = kh_arena_reserve(ROOM, NULL);
    FILE *file = argc == 2 && out.begin ? fopen(argv[1], "wb") : NULL;
    if (!file) {
        fprintf(stderr, "shelves: %s: %s\n", argc == 2 ? argv[1] : "OUT.bin", out.begin ? "cannot be written" : "no address space");
        return 1;
    }
    kh_lexicon *lex = kh_lexicon_builtin(&out);
    kh_shelves *shelves = kh_shelves_gather(&out, lex);
    kh_knowledge knowledge;
    kh_knowledge_of(&out, lex, &knowledge);
    kh_str image = kh_shelves_image(&out, shelves);
    bool written = fwrite(image.ptr, 1, image.len, file) == image.len;
    if (fclose(file) || !written) {
        fprintf(stderr, "shelves: %s: cannot be written whole\n", argv[1]);
        return 1;
    }
    kh_arena_release(&out);
    return 0;
}
