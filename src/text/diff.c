/* diff.c - what was changed between two states of a text.
 *
 *     before  قال الوزير إن 12 شخصاً قتلوا.     after  قال الوزير إن 21 شخصاً على الأقل قتلوا.
 *     changes 12 -> 21, "" -> "على الأقل"
 *
 * Twice the longest common subsequence (R. Wagner and M. Fischer, 1974): of lines first, so that paragraphs that were
 * moved or added do not pull words out of others; then, where lines went and others came, of their words. Pieces are
 * compared by their hashes. What is common at both ends is taken off before, so an edit of one word costs nothing; a
 * table that would have more than CELLS_MAX cells is not made, all of its stretch counts as replaced.
 *
 * Gets wrong: a paragraph that moved is told as removed here and added there.
 */
#include "text/diff.h"

enum { CELLS_MAX = 8 << 20, LENGTH_MAX = UINT16_MAX };

typedef struct piece {
    kh_span span;
    uint64_t hash;
} piece;

typedef KH_LIST(piece) pieces;

typedef struct differ {
    kh_arena *out;
    kh_str before, after;
    kh_edits changes;
} differ;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The words (or, with LINES, the lines) of SPAN in TEXT; lines without their white space at both ends. */
static pieces cut(kh_arena *out, kh_str text, kh_span span, bool lines)
{
    pieces found = {0};
    for (uint32_t at = span.begin; at < span.end;) {
        uint32_t end = at;
        if (is_space(text.ptr[at])) {
            at++;
            continue;
        }
        while (end < span.end && (lines ? text.ptr[end] != '\n' : !is_space(text.ptr[end]))) {
            end++;
        }
        uint32_t last = end;
        while (is_space(text.ptr[last - 1])) {
            last--;
        }
        kh_span s = {at, last};
        *KH_ADD(out, &found) = (piece){s, kh_hash(kh_slice(text, s))};
        at = end;
    }
    return found;
}

/* ---- one stretch: pieces of both sides, from and to ---- */

typedef struct stretch {
    const piece *a, *b;
    size_t a_count, b_count;
} stretch;

/* Takes off what is common at the ends. */
static void trim(stretch *s)
{
    while (s->a_count && s->b_count && s->a[0].hash == s->b[0].hash) {
        s->a++;
        s->b++;
        s->a_count--;
        s->b_count--;
    }
    while (s->a_count && s->b_count && s->a[s->a_count - 1].hash == s->b[s->b_count - 1].hash) {
        s->a_count--;
        s->b_count--;
    }
}

/* length[i * (b_count + 1) + j]: of the longest common subsequence of a[i..] and b[j..]; NULL where it would be too large. */
static const uint16_t *lengths(kh_arena *out, const stretch *s)
{
    size_t width = s->b_count + 1;
    if (s->a_count > LENGTH_MAX || s->b_count > LENGTH_MAX || (s->a_count + 1) * width > CELLS_MAX) {
        return NULL;
    }
    uint16_t *length = KH_NEW_N(out, uint16_t, (s->a_count + 1) * width);
    for (size_t i = s->a_count; i-- > 0;) {
        for (size_t j = s->b_count; j-- > 0;) {
            uint16_t down = length[(i + 1) * width + j];
            uint16_t right = length[i * width + j + 1];
            bool same = s->a[i].hash == s->b[j].hash;
            length[i * width + j] = same ? (uint16_t)(length[(i + 1) * width + j + 1] + 1) : down > right ? down : right;
        }
    }
    return length;
}

typedef void (*told_fn)(differ *d, kh_arena scratch, const stretch *gap);

/* Tells each run of pieces that are in one side only. */
static void compare(differ *d, kh_arena scratch, stretch s, told_fn tell)
{
    trim(&s);
    const uint16_t *length = s.a_count && s.b_count ? lengths(&scratch, &s) : NULL;
    size_t width = s.b_count + 1;
    size_t i = 0;
    size_t j = 0;
    while (i < s.a_count || j < s.b_count) {
        stretch gap = {.a = s.a + i, .b = s.b + j};
        while ((i < s.a_count || j < s.b_count) && !(length && i < s.a_count && j < s.b_count && s.a[i].hash == s.b[j].hash)) {
            bool from_a = j == s.b_count || (i < s.a_count && length && length[(i + 1) * width + j] >= length[i * width + j + 1]) ||
                          (!length && i < s.a_count);
            i += from_a;
            j += !from_a;
            gap.a_count += from_a;
            gap.b_count += !from_a;
        }
        if (gap.a_count || gap.b_count) {
            tell(d, scratch, &gap);
        }
        for (; i < s.a_count && j < s.b_count && s.a[i].hash == s.b[j].hash; i++, j++) {
        }
    }
}

/* From the first to the last of COUNT pieces; where there are none, the place of the piece that follows. */
static kh_span span_of(const piece *p, size_t count)
{
    return count ? (kh_span){p[0].span.begin, p[count - 1].span.end} : (kh_span){p[0].span.begin, p[0].span.begin};
}

static void tell_words(differ *d, kh_arena scratch, const stretch *gap)
{
    (void)scratch;
    *KH_ADD(d->out, &d->changes) = (kh_edit){span_of(gap->a, gap->a_count), span_of(gap->b, gap->b_count)};
}

/* One piece more, which is not counted: the place behind the last. */
static stretch bounded(kh_arena *out, pieces *a, uint32_t a_end, pieces *b, uint32_t b_end)
{
    *KH_ADD(out, a) = (piece){.span = {a_end, a_end}};
    *KH_ADD(out, b) = (piece){.span = {b_end, b_end}};
    return (stretch){a->items, b->items, a->count - 1, b->count - 1};
}

/* Words of lines that went against words of lines that came. */
static void tell_lines(differ *d, kh_arena scratch, const stretch *gap)
{
    pieces a = cut(&scratch, d->before, span_of(gap->a, gap->a_count), false);
    pieces b = cut(&scratch, d->after, span_of(gap->b, gap->b_count), false);
    uint32_t a_end = gap->a[gap->a_count].span.begin;
    uint32_t b_end = gap->b[gap->b_count].span.begin;
    compare(d, scratch, bounded(&scratch, &a, a_end, &b, b_end), tell_words);
}

kh_edits kh_diff(kh_arena *out, kh_arena scratch, kh_str before, kh_str after)
{
    differ d = {.out = out, .before = before, .after = after};
    kh_span all_before = {0, (uint32_t)before.len};
    kh_span all_after = {0, (uint32_t)after.len};
    pieces a = cut(&scratch, before, all_before, true);
    pieces b = cut(&scratch, after, all_after, true);
    compare(&d, scratch, bounded(&scratch, &a, all_before.end, &b, all_after.end), tell_lines);
    return d.changes;
}
