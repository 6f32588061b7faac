/* furniture.c - which words under a report are its outlet's, and no report at all?
 *
 * "Never miss a story: choose the plan that is right for you" stands under every page of one paper, the captions of
 * its picture gallery and its paragraph on how it all began under a dozen. Two reports of that paper share these
 * words, and neither was taken from the other.
 *
 * Method: a print (5-gram) that stands in KH_FURNITURE_PAGES documents of one outlet and of no other is furniture;
 * the caller asks its postings. Prints are a sample of the 5-grams, so a stretch runs from one furniture print to the
 * next, over words that no print vouches for, and ends at the first print that is not furniture. What another outlet
 * has too is agency text, however often one outlet prints it.
 *
 * Gets wrong: the first words of an outlet's own series on one matter, which it repeats from day to day, are furniture
 * as well; a few words at either end of a stretch are missed, since the sample has no print there.
 */
#include "prints/internal.h"

enum { GAP_WORDS = 24, MOST_PERCENT = 67 };

typedef struct stretch {
    size_t first, end; /* words */
} stretch;

typedef KH_LIST(stretch) stretches;

static stretches stretches_of(kh_arena *out, const kh_body *body, const kh_map *repeated)
{
    stretches found = {0};
    bool open = false;
    for (size_t i = 0; i < body->print_count; i++) {
        uint64_t print = body->prints[i];
        if (print % KH_PRINT_SAMPLE) {
            continue;
        }
        bool furniture = kh_map_get(repeated, kh_print_of(print)) != NULL;
        stretch *last = open ? &found.items[found.count - 1] : NULL;
        if (furniture && last && i < last->end + GAP_WORDS) {
            last->end = i + KH_PRINT_WORDS;
        } else if (furniture) {
            *KH_ADD(out, &found) = (stretch){i, i + KH_PRINT_WORDS};
        }
        open = furniture;
    }
    return found;
}

kh_spans kh_prints_furniture(kh_arena *out, kh_arena scratch, const kh_article *art, const kh_map *repeated)
{
    kh_body body = kh_body_words(&scratch, art);
    stretches found = stretches_of(&scratch, &body, repeated);
    kh_spans spans = {0};
    size_t words = 0;
    size_t at = 0;
    KH_EACH(const stretch, s, found) {
        size_t first = s->first > at ? s->first : at; /* two stretches may meet inside one 5-gram */
        if (first < s->end) {
            *KH_ADD(out, &spans) = (kh_span){body.items[first].span.begin, body.items[s->end - 1].span.end};
            words += s->end - first;
            at = s->end;
        }
    }
    return words * 100 > body.count * MOST_PERCENT ? (kh_spans){0} : spans;
}
