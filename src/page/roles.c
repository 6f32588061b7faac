/* roles.c - what each line of a candidate is.
 *
 * Inside the part of the page that holds the article each line gets its role from the tables, its
 * marks, its links and its shape; between headline and that part standfirst, date and byline are kept:
 *
 *     <h1>سقوط الجسر</h1>                    title
 *     <div class=byline>كتب سالم ...          byline, class words
 *     <p>وقال الوزير إن ...                  body, prose
 *     <h2>ثلاثة قتلى</h2>                     subhead, a heading between prose
 *     <p><a>اقرأ أيضا: ...</a>                boilerplate, furniture
 *     <figcaption>الجسر أمس                  caption
 *
 * What it gets wrong: advertising written as paragraphs of the report; captions without a class of
 * their own.
 */
#include "page/body.h"

enum { STANDFIRST_DISTANCE = 12 /* blocks behind the headline */ };

static void set(kh_block *b, kh_line_role role, bool kept, const char *why)
{
    b->role = (uint8_t)role;
    b->kept = kept;
    b->why = why;
}

static bool set_by_tables(kh_block *b)
{
    switch (b->furniture) {
    case KH_FURNITURE_NONE:
        return false;
    case KH_FURNITURE_CAPTION:
        set(b, KH_ROLE_CAPTION, true, "furniture");
        return true;
    case KH_FURNITURE_BYLINE:
        set(b, KH_ROLE_BYLINE, true, "furniture");
        return true;
    case KH_FURNITURE_DATE:
        set(b, KH_ROLE_DATE, true, "date words");
        return true;
    case KH_FURNITURE_SOURCE:
    case KH_FURNITURE_GENERIC_SOURCE:
        set(b, KH_ROLE_SOURCE, true, "furniture");
        return true;
    default:
        set(b, KH_ROLE_BOILERPLATE, true, "furniture");
        return true;
    }
}

/* Short lines that their classes call an author, a date or a source. */
static bool set_by_marks(kh_block *b)
{
    if (b->prose || b->shape.words > 16) {
        return false;
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_BYLINE)) {
        set(b, KH_ROLE_BYLINE, true, "class words");
        return true;
    }
    if ((b->marks & KH_MARK_BIT(KH_MARK_SOURCE)) && !b->shape.ends_stop) {
        set(b, KH_ROLE_SOURCE, true, "class words");
        return true;
    }
    if ((b->marks & KH_MARK_BIT(KH_MARK_DATE)) && b->shape.digits) {
        set(b, KH_ROLE_DATE, true, "class words");
        return true;
    }
    return false;
}

/* A sentence of the report that is mostly a link to its source. */
static bool is_linked_sentence(const kh_block *b, bool between)
{
    return between && b->prose && b->shape.ends_stop && b->tag == KH_TAG_p &&
           b->link_letters * 10 <= b->shape.letters * 9;
}

/* The tables know "(Reporting by ...)" better than a class like "credit", which may mean
 * pictures. */
static bool is_credit_line(const kh_block *b)
{
    return b->furniture == KH_FURNITURE_BYLINE || b->furniture == KH_FURNITURE_SOURCE ||
           b->furniture == KH_FURNITURE_GENERIC_SOURCE;
}

/* A heading without a heading's element: a short line that no stop ends. */
static bool is_label(const kh_block *b)
{
    return !b->shape.ends_stop && !b->shape.ends_colon && b->shape.words <= 14 &&
           b->shape.words > 0 && b->tag != KH_TAG_li && b->tag != KH_TAG_td &&
           b->tag != KH_TAG_th && b->tag != KH_TAG_dd;
}

static void judge_inside(const kh_search *s, size_t i, size_t first_prose, size_t last_prose,
                         kh_trust strict)
{
    kh_block *b = &s->blocks[i];
    bool between = i > first_prose && i < last_prose;
    if (i == s->title) {
        set(b, KH_ROLE_TITLE, true, "title");
    } else if (is_credit_line(b) && set_by_tables(b)) {
        return;
    } else if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        set(b, KH_ROLE_CAPTION, true, "caption");
    } else if (kh_block_is_out(b, strict)) {
        set(b, KH_ROLE_BOILERPLATE, between && b->furniture != KH_FURNITURE_NONE && !kh_block_is_linky(b),
            "class words");
    } else if (set_by_tables(b) || set_by_marks(b)) {
        return;
    } else if (kh_block_is_linky(b) && !is_linked_sentence(b, between)) {
        set(b, KH_ROLE_BOILERPLATE, false, "link density");
    } else if (kh_block_is_heading(b)) {
        set(b, between ? KH_ROLE_SUBHEAD : KH_ROLE_BOILERPLATE, between, "heading");
    } else if (b->prose) {
        set(b, KH_ROLE_BODY, true, "prose");
    } else if (between && is_label(b)) {
        set(b, KH_ROLE_SUBHEAD, true, "short line between prose");
    } else if (between || (b->shape.ends_stop && b->shape.words > 3)) {
        set(b, KH_ROLE_BODY, true, "short sentence");
    } else {
        set(b, KH_ROLE_BOILERPLATE, false, "short line outside the prose");
    }
}

/* A standfirst by its class, close behind the headline, even where another class word speaks
 * against it ("teaser-text"). */
static bool is_standfirst(const kh_search *s, size_t i)
{
    static const uint32_t never = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) |
                                  KH_MARK_BIT(KH_MARK_NAV) | KH_MARK_BIT(KH_MARK_HIDDEN) |
                                  KH_MARK_BIT(KH_MARK_SHARE);
    const kh_block *b = &s->blocks[i];
    return (b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && !(b->marks & never) && b->prose &&
           s->title != KH_NO_BLOCK && i <= s->title + STANDFIRST_DISTANCE;
}

/* Between headline and body: a standfirst is body, dates and bylines are kept as such. */
static void judge_lead(const kh_search *s, size_t i, kh_trust strict)
{
    kh_block *b = &s->blocks[i];
    if ((kh_block_is_out(b, strict) && !is_standfirst(s, i)) || set_by_tables(b)) {
        return;
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        if (!kh_block_is_linky(b) && b->shape.words >= 3) {
            set(b, KH_ROLE_CAPTION, true, "caption");
        }
        return;
    }
    if (!set_by_marks(b) && !kh_block_is_linky(b) &&
        (b->prose || ((b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && b->shape.words >= 5))) {
        set(b, KH_ROLE_BODY, true, "standfirst");
    }
}

/* All lines from the headline, or the first of the container, to the container's last. */
void kh_roles_set(const kh_search *s, const kh_candidate *c)
{
    size_t first = c->first, end = c->end;
    kh_trust strict = c->trust;
    for (size_t i = first; i < s->from; i++) {
        kh_block *b = &s->blocks[i];
        if (!b->out && (b->furniture == KH_FURNITURE_DATE || b->furniture == KH_FURNITURE_BYLINE)) {
            set_by_tables(b);
        }
    }
    first = first > s->from ? first : s->from;
    size_t first_prose = s->count, last_prose = 0;
    for (size_t i = first; i < end; i++) {
        if (kh_block_weight(&s->blocks[i], strict) > 0) {
            first_prose = first_prose == s->count ? i : first_prose;
            last_prose = i;
        }
    }
    for (size_t i = first; i < end; i++) {
        judge_inside(s, i, first_prose, last_prose, strict);
    }
    for (size_t i = s->title == KH_NO_BLOCK ? first : s->title + 1; i < first; i++) {
        judge_lead(s, i, strict);
    }
}

