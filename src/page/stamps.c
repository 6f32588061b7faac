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
 * too, lines anywhere that are nothing but a date are handed to the dates stage as fields with the
 * path "block", without a line. Comments, teasers, captions and hidden parts have dates of their
 * own and are left out. Which of all these is the page's day the dates stage decides.
 *
 * What it gets wrong: today's day in a site's head directly above the headline; teasers whose list
 * no class word gives away.
 */
#include "page/parts.h"

enum {
    STAMP_WORDS_MAX = 24,
    STAMP_BYTES_MAX = 240,
    NEAR_ABOVE = 8, /* blocks above the headline */
    NEAR_BELOW = 12 /* blocks below the last line of the text */
};

/* Parts of a page that carry days of something else. */
enum {
    FOREIGN_MARKS = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) |
                    KH_MARK_BIT(KH_MARK_ADS) | KH_MARK_BIT(KH_MARK_NEWSLETTER) |
                    KH_MARK_BIT(KH_MARK_CONSENT) | KH_MARK_BIT(KH_MARK_HIDDEN) |
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

static bool is_stamp(const kh_page_know *know, kh_arena scratch, const kh_block *b)
{
    bool heading = b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h3;
    return !b->kept && !heading && !b->prose && b->shape.digits && !(b->marks & FOREIGN_MARKS) &&
           b->furniture != KH_FURNITURE_COPYRIGHT && b->shape.words <= STAMP_WORDS_MAX &&
           b->text.len <= STAMP_BYTES_MAX && kh_line_holds_date(know, scratch, b->text);
}

static void keep(kh_block *b)
{
    b->role = KH_ROLE_DATE;
    b->kept = true;
    b->why = "a date near the text";
}

/* Keeps the stamps from block FROM to END; gives how many lines of them are dates now. */
static size_t keep_above(const kh_page_know *know, kh_arena scratch, kh_blocks *blocks, size_t from,
                         size_t end)
{
    size_t found = 0;
    for (size_t i = from; i < end; i++) {
        kh_block *b = &blocks->items[i];
        if (is_stamp(know, scratch, b)) {
            keep(b);
        }
        found +=
            b->kept && (b->role == KH_ROLE_DATE ||
                        (b->role == KH_ROLE_BYLINE && kh_line_holds_date(know, scratch, b->text)));
    }
    return found;
}

/* The one stamp below the text; several are the days of other reports. */
static bool keep_below(const kh_page_know *know, kh_arena scratch, kh_blocks *blocks, size_t from)
{
    kh_block *only = NULL;
    for (size_t i = from; i < blocks->count && i < from + NEAR_BELOW; i++) {
        kh_block *b = &blocks->items[i];
        if (is_stamp(know, scratch, b)) {
            if (only && !kh_str_eq(only->text, b->text)) {
                return false;
            }
            only = only ? only : b;
        }
    }
    if (only) {
        keep(only);
    }
    return only != NULL;
}

/* Lines anywhere else that are nothing but a date. */
static void hand_over(kh_arena *out, kh_arena scratch, const kh_page_know *know,
                      const kh_blocks *blocks, kh_dates *dates)
{
    KH_EACH (const kh_block, b, *blocks) {
        if (dates->count < KH_ITEMS_MAX && is_stamp(know, scratch, b) &&
            kh_line_is_date(know, scratch, b->text)) {
            *KH_ADD(out, dates) =
                (kh_date){.path = KH_STR("block"), .reason = kh_arena_copy(out, b->text)};
        }
    }
}

void kh_stamps_keep(kh_arena *out, kh_arena scratch, const kh_page_know *know, uint32_t title,
                    kh_blocks *blocks, kh_dates *dates)
{
    stretch text = text_of(blocks, title);
    if (text.found) {
        size_t from = text.head > NEAR_ABOVE ? text.head - NEAR_ABOVE : 0;
        if (keep_above(know, scratch, blocks, from, text.last) ||
            keep_below(know, scratch, blocks, text.last + 1)) {
            return;
        }
    }
    hand_over(out, scratch, know, blocks, dates);
}
