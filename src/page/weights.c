/* weights.c - what a line weighs when the body is sought, and how far class words are believed.
 *
 * A paragraph that is neither mostly links nor in a part whose class words speak of something else
 * weighs as much as it has letters; twice that inside a part called an article's body, four times
 * where the page's JSON-LD articleBody has the same words. Class words lie: a gallery's "lightbox"
 * holds half the report, a whole page stands in class="sidebar-layout". So each weight is asked at one
 * of four degrees of trust:
 *
 *     <div class="lightbox"><p>وقال الوزير ...     ALL 0   SURE 0   FEW 24   NONE 24
 *     <div class="comments"><p>رائع جدا ...         ALL 0   SURE 0   FEW 0    NONE 18
 *
 * What it gets wrong: a long comment outweighs a short report once nothing is believed.
 */
#include "page/body.h"

bool kh_block_is_linky(const kh_block *b)
{
    return b->link_letters * 2 > b->shape.letters;
}

bool kh_block_is_heading(const kh_block *b)
{
    return b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h6;
}

bool kh_block_is_out(const kh_block *b, kh_trust trust)
{
    static const uint32_t few = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_NAV) | KH_MARK_BIT(KH_MARK_HIDDEN);
    static const uint32_t sure = few | KH_MARK_BIT(KH_MARK_CONSENT);
    if (b->agrees) {
        return false;
    }
    return trust == KH_TRUST_ALL    ? b->out
           : trust == KH_TRUST_SURE ? (b->marks & sure) != 0
           : trust == KH_TRUST_FEW  ? (b->marks & few) != 0
                                    : false;
}

double kh_block_weight(const kh_block *b, kh_trust trust)
{
    if (b->agrees) {
        return 4.0 * b->shape.letters;
    }
    if (!b->prose || kh_block_is_linky(b) || kh_block_is_out(b, trust) ||
        (trust != KH_TRUST_NONE && (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)))) {
        return 0;
    }
    double letters = b->shape.letters - b->link_letters;
    return b->marks & KH_MARK_BIT(KH_MARK_BODY) ? 2 * letters : letters;
}

double kh_search_weigh(kh_search *s, kh_trust trust)
{
    for (size_t i = 0; i < s->count; i++) {
        s->mass[i + 1] = s->mass[i] + (i < s->from ? 0 : kh_block_weight(&s->blocks[i], trust));
    }
    return s->mass[s->count];
}

double kh_search_mass(const kh_search *s, uint32_t node)
{
    return s->mass[s->at[s->tree->nodes.items[node].end]] - s->mass[s->at[node]];
}
