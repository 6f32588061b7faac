/* marks.c - what a class, an id or a role says about a part of a page: world/markup.txt.
 *
 * Names are parted into words at '-', '_', spaces and capitals; each word and each pair of neighbours is
 * looked up, so that one row serves all spellings:
 *
 *     class="related-posts", "relatedPosts", "related_posts"     related
 *     class="label-hidden"                                       nothing: "hidden" hides only alone
 *     class="post tag-floods"                                    nothing: a topic of what carries it
 *
 * What it gets wrong: names that mean something else on one site ("lead" for a sales contact); blocks.c
 * and weights.c doubt marks that would take most of a page away.
 */
#include "page/know.h"

#include <string.h>

static const kh_str mark_names[] = {
#define NAME(key, name) {name, sizeof(name) - 1},
    KH_MARKS(NAME)
#undef NAME
};

kh_str kh_mark_name(kh_mark mark)
{
    return mark_names[mark];
}

void kh_marks_learn(kh_arena *out, kh_page_know *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_world(lex, "markup");
    for (size_t i = 0; i < rows.count; i++) {
        for (size_t m = 0; m < KH_MARK_count; m++) {
            if (kh_str_eq(kh_cell(&rows.items[i], 0), mark_names[m])) {
                uint32_t *bits = kh_map_put(out, &know->marks, kh_hash(kh_cell(&rows.items[i], 1)), NULL);
                *bits |= KH_MARK_BIT(m);
            }
        }
    }
}

static size_t markup_word(kh_str s, size_t at, char *word, size_t room, size_t *len)
{
    *len = 0;
    while (at < s.len) {
        char c = s.ptr[at];
        bool upper = c >= 'A' && c <= 'Z';
        bool letter = upper || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
        bool lower_before = at > 0 && s.ptr[at - 1] >= 'a' && s.ptr[at - 1] <= 'z';
        if (!letter || (upper && lower_before && *len)) {
            break;
        }
        if (*len < room) {
            word[(*len)++] = upper ? (char)(c + 32) : c;
        }
        at++;
    }
    return at;
}

static uint32_t marks_of_word(const kh_page_know *know, const char *word, size_t len)
{
    const uint32_t *bits = kh_map_get(&know->marks, kh_hash((kh_str){word, len}));
    return bits ? *bits : 0;
}

uint32_t kh_marks_of(const kh_page_know *know, kh_str attribute)
{
    enum { WORD = 32 };
    char pair[2 * WORD];
    size_t before = 0;
    uint32_t bits = 0;
    bool pair_first = false;
    for (size_t at = 0; at < attribute.len;) {
        size_t len = 0;
        size_t next = markup_word(attribute, at, pair + before, WORD, &len);
        if (!len) {
            before = attribute.ptr[at++] == ' ' ? 0 : before;
            continue;
        }
        /* "tag-floods" is a topic of what carries it, "post-tags" a list of tags: a word of that
         * kind speaks only at the end of its class. */
        bool last = next >= attribute.len || attribute.ptr[next] == ' ';
        uint32_t topic = KH_MARK_BIT(KH_MARK_TAGS) | KH_MARK_BIT(KH_MARK_SECTION);
        uint32_t word = marks_of_word(know, pair + before, len);
        word = last ? word : word & ~topic;
        /* "hidden" hides, "label-hidden" and "hidden-lg" speak of something else. */
        bool first = at == 0 || attribute.ptr[at - 1] == ' ';
        bits |= first && last ? word : word & ~KH_MARK_BIT(KH_MARK_HIDDEN);
        if (before) {
            uint32_t both = marks_of_word(know, pair, before + len);
            bits |= pair_first && last ? both : both & ~KH_MARK_BIT(KH_MARK_HIDDEN);
            memmove(pair, pair + before, len);
        }
        before = len;
        pair_first = first;
        at = next;
    }
    return bits;
}
