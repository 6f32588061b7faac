/* stamps.c - the visible lines that may tell the day of the page, but are no part of its text.
 *
 * A report's day stands close to it: above the headline, between headline and text, or below the
 * last line, often in a bar whose class speaks of navigation:
 *
 *     <div class="item-nav"><span>چهارشنبه / ۱۰ مرداد ۱۴۰۳ / ۱۵:۴۲</span> <span>کد خبر: 1403051007412</span></div>
 *     <h1>...</h1>
 *
 * Short lines with a whole date (day, month and year in any notation) that stand above the text's
 * end become lines of the canonical text with the role `date`. Where there is none, the line below
 * the text is looked for: one alone, since several are the days of other reports. Where that fails
 * too, nothing becomes a line. All other short lines with a date are handed to the dates stage as
 * fields whose path says where they stand ("block beside the headline", "block in a comment"), without
 * a line: comments, teasers and captions have dates of their own. Which of all these is the page's day
 * the dates stage decides.
 *
 * What it gets wrong: today's day in a site's head directly above the headline; teasers whose list
 * no class word gives away.
 */
#include "page/parts.h"

enum {
    STAMP_WORDS_MAX = 24,
    SENTENCE_WORDS_MAX = 48, /* "this article was posted on ... and is filed under ..." */
    WORD_BYTES = 10,
    LABEL_WORDS_MAX = 4,
    LABEL_BYTES_MAX = 48,
    HANDED_MAX = 400,
    NEAR_HEAD = 6,  /* blocks on either side of the headline */
    NEAR_ABOVE = 8, /* blocks above the headline */
    NEAR_BELOW = 12 /* blocks below the last line of the text */
};

/* Parts of a page that carry days of something else. */
enum {
    FOREIGN_MARKS = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) | KH_MARK_BIT(KH_MARK_ADS) |
                    KH_MARK_BIT(KH_MARK_NEWSLETTER) | KH_MARK_BIT(KH_MARK_CONSENT) | KH_MARK_BIT(KH_MARK_HIDDEN) |
                    KH_MARK_BIT(KH_MARK_CAPTION) | KH_MARK_BIT(KH_MARK_QUOTE)
};

typedef struct stretch {
    size_t head, last; /* the headline, or the first line of the text; the last line of the text */
    bool found;
} stretch;

/* Where the kept text begins and ends. */
static stretch text_of(const kh_blocks *blocks, uint32_t title)
{
    stretch s = {0};
    for (size_t i = 0; i < blocks->count; i++) {
        const kh_block *b = &blocks->items[i];
        if (b->kept && (b->role == KH_ROLE_BODY || b->role == KH_ROLE_SUBHEAD)) {
            s.head = s.found ? s.head : i;
            s.last = i;
            s.found = true;
        }
    }
    s.head = title != KH_NO_BLOCK && s.found && title < s.head ? title : s.head;
    return s;
}

/* A line of at most WORDS words that holds a whole date. */
static bool holds_date(const kh_page_know *know, kh_arena scratch, const kh_block *b, size_t words)
{
    return b->shape.digits && b->furniture != KH_FURNITURE_COPYRIGHT && b->shape.words <= words && b->text.len <= words * WORD_BYTES &&
           kh_line_holds_date(know, scratch, b->text);
}

static bool is_stamp(const kh_page_know *know, kh_arena scratch, const kh_block *b)
{
    bool heading = b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h3;
    return !b->kept && !heading && !b->prose && !(b->marks & FOREIGN_MARKS) && holds_date(know, scratch, b, STAMP_WORDS_MAX);
}

static void keep(kh_block *b)
{
    b->role = KH_ROLE_DATE;
    b->kept = true;
    b->why = "a date near the text";
}

/* Keeps the stamps from block FROM to END; gives how many lines of them are dates now. */
static size_t keep_above(const kh_page_know *know, kh_arena scratch, kh_blocks *blocks, size_t from, size_t end)
{
    size_t found = 0;
    for (size_t i = from; i < end; i++) {
        kh_block *b = &blocks->items[i];
        if (is_stamp(know, scratch, b)) {
            keep(b);
        }
        found += b->kept && (b->role == KH_ROLE_DATE || (b->role == KH_ROLE_BYLINE && kh_line_holds_date(know, scratch, b->text)));
    }
    return found;
}

/* The one stamp below the text; several are the days of other reports. */
static void keep_below(const kh_page_know *know, kh_arena scratch, kh_blocks *blocks, size_t from)
{
    kh_block *only = NULL;
    for (size_t i = from; i < blocks->count && i < from + NEAR_BELOW; i++) {
        kh_block *b = &blocks->items[i];
        if (is_stamp(know, scratch, b)) {
            if (only && !kh_str_eq(only->text, b->text)) {
                return;
            }
            only = only ? only : b;
        }
    }
    if (only) {
        keep(only);
    }
}

/* Where a line stands, in the words that the dates stage ranks by; ALONE: it is nothing but a date. Empty: it
 * tells nothing of the page. */
static kh_str place_of(const kh_block *b, size_t i, bool alone, stretch text, uint32_t title)
{
    size_t head = title != KH_NO_BLOCK ? title : text.head;
    bool near = (title != KH_NO_BLOCK || text.found) && i + NEAR_HEAD >= head && i <= head + NEAR_HEAD;
    if (b->marks & KH_MARK_BIT(KH_MARK_COMMENTS)) {
        return KH_STR("block in a comment");
    }
    if (b->marks &
        (KH_MARK_BIT(KH_MARK_RELATED) | KH_MARK_BIT(KH_MARK_ADS) | KH_MARK_BIT(KH_MARK_NEWSLETTER) | KH_MARK_BIT(KH_MARK_CONSENT))) {
        return KH_STR("block of another report");
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        return near || alone ? KH_STR("block of a caption") : (kh_str){0};
    }
    if (near) {
        return KH_STR("block beside the headline");
    }
    if (!text.found) {
        return KH_STR("block");
    }
    return i < head                      ? KH_STR("block above the headline")
           : i < text.last               ? KH_STR("block within the text")
           : i <= text.last + NEAR_BELOW ? KH_STR("block below the text")
                                         : KH_STR("block");
}

/* The line before B where it is a label for it: "Mise en ligne". */
static kh_str label_before(const kh_blocks *blocks, size_t i)
{
    const kh_block *b = i > 0 ? &blocks->items[i - 1] : NULL;
    bool label = b && !b->shape.digits && b->shape.words <= LABEL_WORDS_MAX && !b->prose && b->text.len <= LABEL_BYTES_MAX;
    return label ? b->text : (kh_str){0};
}

/* Lines that are no part of the text, with where they stand. */
static void hand_over(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_blocks *blocks, stretch text, uint32_t title,
                      kh_dates *dates)
{
    for (size_t i = 0; i < blocks->count && dates->count < HANDED_MAX; i++) {
        const kh_block *b = &blocks->items[i];
        bool heading = b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h3;
        if (b->kept || !holds_date(know, scratch, b, SENTENCE_WORDS_MAX) || (heading && !kh_line_is_date(know, scratch, b->text))) {
            continue;
        }
        kh_str place = place_of(b, i, kh_line_is_date(know, scratch, b->text), text, title);
        kh_str label = label_before(blocks, i);
        if (place.len) {
            *KH_ADD(out, dates) = (kh_date){.path = place,
                                            .reason = label.len ? kh_arena_printf(out, KH_FMT " | " KH_FMT, KH_ARG(label), KH_ARG(b->text))
                                                                : kh_arena_copy(out, b->text)};
        }
    }
}

void kh_stamps_keep(kh_arena *out, kh_arena scratch, const kh_page_know *know, uint32_t title, kh_blocks *blocks, kh_dates *dates)
{
    stretch text = text_of(blocks, title);
    if (text.found) {
        size_t from = text.head > NEAR_ABOVE ? text.head - NEAR_ABOVE : 0;
        if (!keep_above(know, scratch, blocks, from, text.last)) {
            keep_below(know, scratch, blocks, text.last + 1);
        }
    }
    hand_over(out, scratch, know, blocks, text, title, dates);
}
