/* embedded.h - the tree data/ as it was when the program was built. The definitions are written by
 * gen/embed.c; the text stays in the program for its whole life. */
#ifndef KHABAR_LEXICON_EMBEDDED_H
#define KHABAR_LEXICON_EMBEDDED_H

#include <stddef.h>
#include <stdint.h>

typedef struct kh_embedded {
    const char *path;  /* below data/: "languages/fa/months.txt" */
    const char *bytes; /* the file, with a NUL behind it that len does not count */
    size_t len;
    size_t lines;
    uint64_t version; /* kh_file_version */
} kh_embedded;

extern const kh_embedded kh_embedded_files[]; /* sorted by path */
extern const size_t kh_embedded_count;

/* Sixteen hexadecimal digits over the paths and bytes of these files and of those of data/ that became arrays instead (weights and
 * words of names, costs of sounds): part of kh_lexicon_version, which is recorded with every row that they produced. */
extern const char kh_knowledge_version[];

/* What the stages made of these files, 64-byte aligned: shelf.c knows its form. In the programs of the build itself a header
 * of zeros. */
extern const char kh_shelves_built[];

#endif
