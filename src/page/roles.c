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
    case KH_FURNITURE_NONE: return false;
    case KH_FURNITURE_CAPTION: set(b, KH_ROLE_CAPTION, true, "furniture"); return true;
    case KH_FURNITURE_BYLINE: set(b, KH_ROLE_BYLINE, true, "furniture"); return true;
    case KH_FURNITURE_DATE: set(b, KH_ROLE_DATE, true, "date words"); return true;
    case KH_FURNITURE_SOURCE:
    case KH_FURNITURE_GENERIC_SOURCE: set(b, KH_ROLE_SOURCE, true, "furniture"); return true;
    default: set(b, KH_ROLE_BOILERPLATE, true, "furniture"); return true;
    }
}

/* A candidate while its lines are judged. */
typedef struct region {
    const kh_search *s;
    const kh_candidate *c;
    size_t first_prose, last_prose; /* first_prose: s->count where there is none */
    uint32_t parent;                /* element around the last paragraph */
    uint32_t loose;                 /* marks that prose carries too: a report in class="author-text" is no byline */
    uint32_t head;                  /* marks of the headline: what stands with it in class="topic-page" is no list */
} region;

static bool is_between(const region *r, size_t i)
{
    return i > r->first_prose && i < r->last_prose;
}

/* Short lines that their classes call an author, a date or a source. */
static bool set_by_marks(kh_block *b, uint32_t loose)
{
    uint32_t marks = b->marks & ~loose;
    if (b->prose || b->shape.words > 16) {
        return false;
    }
    if (marks & KH_MARK_BIT(KH_MARK_BYLINE)) {
        set(b, KH_ROLE_BYLINE, true, "class words");
        return true;
    }
    if ((marks & KH_MARK_BIT(KH_MARK_SOURCE)) && !b->shape.ends_stop) {
        set(b, KH_ROLE_SOURCE, true, "class words");
        return true;
    }
    if ((marks & KH_MARK_BIT(KH_MARK_DATE)) && b->shape.digits) {
        set(b, KH_ROLE_DATE, true, "class words");
        return true;
    }
    return false;
}

static bool is_paragraph(const kh_block *b)
{
    return b->tag == KH_TAG_p || b->tag == KH_TAG_li || b->tag == KH_TAG_blockquote;
}

/* A sentence of the report that is mostly a link to its source. "DON'T MISS <a>the bridge</a>" is none:
 * no stop ends it. */
static bool is_linked_sentence(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    uint32_t tenths = b->shape.ends_stop ? 9 : b->tag == KH_TAG_p ? 6 : 0;
    return is_between(r, i) && is_paragraph(b) && b->shape.words > 6 && b->link_letters * 10 <= b->shape.letters * tenths;
}

/* A heading that is a link and heads prose of the report: "1. The bridge", not the next report. */
static bool is_linked_heading(const region *r, size_t i)
{
    const kh_block *next = &r->s->blocks[i + 1];
    return is_between(r, i) && kh_block_is_heading(&r->s->blocks[i]) && !kh_block_is_linky(next) && !next->out;
}

/* The tables know "(Reporting by ...)" better than a class like "credit", which may mean
 * pictures. */
static bool is_credit_line(const kh_block *b)
{
    return b->furniture == KH_FURNITURE_BYLINE || b->furniture == KH_FURNITURE_SOURCE || b->furniture == KH_FURNITURE_GENERIC_SOURCE;
}

/* "6 pm: the bridge is closed" over an entry, "#3: the bridge" in a list: a heading between prose
 * whatever its words look like. */
static bool is_dated_heading(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    return is_between(r, i) && kh_block_is_heading(b) && !kh_block_is_linky(b) &&
           (b->furniture == KH_FURNITURE_DATE || b->furniture == KH_FURNITURE_TAGS ||
            (b->furniture == KH_FURNITURE_NONE && (b->marks & KH_MARK_BIT(KH_MARK_DATE))));
}

/* A heading without a heading's element: a short line that neither stop nor comma ends. */
static bool is_label(const kh_block *b)
{
    bool goes_on = kh_str_ends(b->text, KH_STR(",")) || kh_str_ends(b->text, KH_STR("\u060c"));
    return !b->shape.ends_stop && !b->shape.ends_colon && !goes_on && b->shape.words <= 14 && b->shape.words > 0 && b->tag != KH_TAG_li &&
           b->tag != KH_TAG_td && b->tag != KH_TAG_th && b->tag != KH_TAG_dd;
}

/* Han and kana: many pages end no sentence there, so that a line without a stop says nothing. */
static bool is_wide(const kh_block *b)
{
    return b->text.len * 2 > 5 * (size_t)b->shape.letters;
}

/* A short line right below a picture, without a class of its own. */
static bool is_bare_caption(const kh_block *b)
{
    return b->after_image && !is_wide(b) && !b->shape.ends_stop && !b->shape.ends_colon && !b->prose && !b->link_letters &&
           !(b->text.ptr[0] >= '0' && b->text.ptr[0] <= '9') && b->shape.words >= 3 && b->tag != KH_TAG_li;
}

/* "... on Monday morning / Foto Agency", "... at noon. Photo/Agency": a sentence below a picture, with
 * its source behind a stroke. */
static bool is_credited_caption(const kh_block *b)
{
    enum { SOURCE_BYTES = 40 };
    kh_str t = b->text;
    size_t from = t.len > SOURCE_BYTES ? t.len - SOURCE_BYTES : 0;
    kh_str tail = kh_str_from(t, from);
    return b->after_image && !b->shape.ends_stop && !b->link_letters && kh_str_find(tail, KH_STR("/")) < tail.len;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "20:24 Salem Karim", "2 hours ago 10:05" over an entry of a live report. */
static bool is_entry_time(const kh_block *b)
{
    enum { HEAD_BYTES = 20, WORDS = 8 };
    kh_str head = kh_str_head(b->text, HEAD_BYTES);
    size_t colon = kh_str_find(head, KH_STR(":"));
    bool clock = colon > 0 && colon + 1 < head.len && is_digit(head.ptr[colon - 1]) && is_digit(head.ptr[colon + 1]);
    return clock && is_digit(head.ptr[0]) && !b->shape.ends_stop && b->shape.words <= WORDS;
}

/* TEXT begins with one of the page's authors, first name and all. */
static bool begins_with_author(const kh_meta *meta, kh_str text)
{
    KH_EACH(const kh_said, said, meta->said[KH_SAID_AUTHOR]) {
        kh_str name = said->value;
        if (name.len >= 5 && kh_str_find(name, KH_STR(" ")) < name.len && kh_str_starts(text, name)) {
            return true;
        }
    }
    return false;
}

/* The report's last words about who wrote it: "Salem Karim is a reporter for ...". */
static bool is_bio(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    return i >= r->last_prose && i > r->first_prose && b->shape.words >= 5 && begins_with_author(r->s->meta, b->text);
}

/* The last lines of a report need no full stop: "The paper is found here:", "Main Street 14, Lyon". A
 * name alone is more often the author's, "(ل.ح/ر.ن)" the desk's. */
static bool ends_report(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    const kh_node *nodes = r->s->tree->nodes.items;
    return i > r->last_prose && b->tag == KH_TAG_p && nodes[b->node].parent == r->parent && b->shape.words >= 4 &&
           b->shape.letters >= 3 * b->shape.words && b->text.ptr[0] != '(';
}

/* A list goes on behind the last paragraph. */
static bool continues_list(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    const kh_block *before = &r->s->blocks[i - 1];
    return i > r->last_prose && b->tag == KH_TAG_li && b->shape.words >= 2 && before->kept && before->role == KH_ROLE_BODY &&
           (before->tag == KH_TAG_li || before->shape.ends_colon);
}

/* A heading over the first paragraph; a long one is a standfirst. */
static void set_heading(const region *r, size_t i)
{
    kh_block *b = &r->s->blocks[i];
    if (is_between(r, i)) {
        set(b, KH_ROLE_SUBHEAD, true, "heading");
    } else if (i <= r->first_prose && (b->prose || b->shape.words >= 12)) {
        set(b, KH_ROLE_BODY, true, "standfirst");
    } else if (i + 1 == r->first_prose && b->shape.digits < 4 && r->s->title != KH_NO_BLOCK && i > r->s->title) {
        set(b, KH_ROLE_SUBHEAD, true, "heading");
    } else {
        set(b, KH_ROLE_BOILERPLATE, false, "heading");
    }
}

static void set_by_shape(const region *r, size_t i)
{
    kh_block *b = &r->s->blocks[i];
    if (kh_block_is_heading(b)) {
        set_heading(r, i);
    } else if (is_bio(r, i)) {
        set(b, KH_ROLE_BOILERPLATE, true, "about the author");
    } else if (is_between(r, i) && is_entry_time(b)) {
        set(b, KH_ROLE_BOILERPLATE, true, "time of an entry");
    } else if (is_bare_caption(b) || is_credited_caption(b)) {
        set(b, KH_ROLE_CAPTION, true, "below a picture");
    } else if (b->prose) {
        set(b, KH_ROLE_BODY, true, "prose");
    } else if (is_between(r, i) && is_label(b)) {
        set(b, KH_ROLE_SUBHEAD, true, "short line between prose");
    } else if (is_between(r, i) || (b->shape.ends_stop && b->shape.words > 3)) {
        set(b, KH_ROLE_BODY, true, "short sentence");
    } else if (ends_report(r, i) || (i > 0 && continues_list(r, i))) {
        set(b, KH_ROLE_BODY, true, "behind the last paragraph");
    } else {
        set(b, KH_ROLE_BOILERPLATE, false, "short line outside the prose");
    }
}

/* A standfirst by its class, close behind the headline, even where another class word speaks
 * against it ("teaser-text"). */
static bool is_standfirst(const kh_search *s, size_t i)
{
    static const uint32_t never = KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) | KH_MARK_BIT(KH_MARK_NAV) |
                                  KH_MARK_BIT(KH_MARK_HIDDEN) | KH_MARK_BIT(KH_MARK_SHARE);
    const kh_block *b = &s->blocks[i];
    return (b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && !(b->marks & never) && !kh_block_is_linky(b) && (b->prose || b->shape.words >= 8) &&
           s->title != KH_NO_BLOCK && i > s->title && i <= s->title + STANDFIRST_DISTANCE;
}

/* A paragraph right below the headline, with no mark that the headline has not. */
static bool stands_with_headline(const region *r, size_t i)
{
    const kh_block *b = &r->s->blocks[i];
    return r->s->title != KH_NO_BLOCK && i > r->s->title && i <= r->first_prose && i <= r->s->title + 3 && b->prose &&
           !(b->marks & KH_OUT_MARKS & ~r->head);
}

static void judge_inside(const region *r, size_t i)
{
    kh_block *b = &r->s->blocks[i];
    bool linky = kh_block_is_linky(b);
    if (i == r->s->title) {
        set(b, KH_ROLE_TITLE, true, "title");
    } else if (is_credit_line(b) && set_by_tables(b)) {
        return;
    } else if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        set(b, KH_ROLE_CAPTION, true, "caption");
    } else if (kh_block_is_out(b, r->c->trust) && !stands_with_headline(r, i)) {
        if (i < r->first_prose && is_standfirst(r->s, i) && b->furniture == KH_FURNITURE_NONE) {
            set(b, KH_ROLE_BODY, true, "standfirst");
        } else {
            bool told = is_between(r, i) && b->furniture != KH_FURNITURE_NONE && !linky;
            set(b, KH_ROLE_BOILERPLATE, told, "class words");
        }
    } else if (is_dated_heading(r, i)) {
        set(b, KH_ROLE_SUBHEAD, true, "heading");
    } else if (linky && is_between(r, i) && b->furniture == KH_FURNITURE_DATE) {
        set(b, KH_ROLE_BOILERPLATE, false, "link density"); /* "The flood of 1911", another report */
    } else if (set_by_tables(b) || set_by_marks(b, r->loose)) {
        return;
    } else if (linky && i + 1 < r->s->count && is_linked_heading(r, i)) {
        set(b, KH_ROLE_SUBHEAD, true, "heading");
    } else if (linky && is_linked_sentence(r, i)) {
        set(b, KH_ROLE_BODY, true, "sentence with a link");
    } else if (linky) {
        set(b, KH_ROLE_BOILERPLATE, false, "link density");
    } else {
        set_by_shape(r, i);
    }
}

/* A short sentence right behind a paragraph of the standfirst. */
static bool goes_on_with_standfirst(const kh_block *b)
{
    return b->tag == KH_TAG_p && b[-1].kept && b[-1].role == KH_ROLE_BODY && b->shape.ends_stop && b->shape.words >= 4;
}

/* Between headline and body: a standfirst is body, dates and bylines are kept as such. */
static void judge_lead(const region *r, size_t i)
{
    kh_block *b = &r->s->blocks[i];
    bool standfirst = is_standfirst(r->s, i) || stands_with_headline(r, i);
    if ((kh_block_is_out(b, r->c->trust) && !standfirst) || set_by_tables(b)) {
        return;
    }
    if (b->marks & KH_MARK_BIT(KH_MARK_CAPTION)) {
        if (!kh_block_is_linky(b) && b->shape.words >= 3) {
            set(b, KH_ROLE_CAPTION, true, "caption");
        }
        return;
    }
    if (set_by_marks(b, 0) || kh_block_is_linky(b)) {
        return;
    }
    if (is_credited_caption(b)) {
        set(b, KH_ROLE_CAPTION, true, "below a picture");
    } else if (b->prose || goes_on_with_standfirst(b) || ((b->marks & KH_MARK_BIT(KH_MARK_LEAD)) && b->shape.words >= 5)) {
        set(b, KH_ROLE_BODY, true, "standfirst");
    }
}

static region region_of(const kh_search *s, const kh_candidate *c)
{
    region r = {.s = s, .c = c, .first_prose = s->count};
    size_t prose = 0, bylines = 0;
    for (size_t i = c->first; i < c->end; i++) {
        const kh_block *b = &s->blocks[i];
        if (kh_block_weight(b, c->trust) > 0) {
            r.first_prose = r.first_prose == s->count ? i : r.first_prose;
            r.last_prose = i;
            prose++;
            bylines += (b->marks & KH_MARK_BIT(KH_MARK_BYLINE)) != 0;
        }
    }
    r.loose = bylines * 2 > prose ? KH_MARK_BIT(KH_MARK_BYLINE) : 0;
    static const uint32_t sure = KH_MARK_BIT(KH_MARK_NAV) | KH_MARK_BIT(KH_MARK_HIDDEN) | KH_MARK_BIT(KH_MARK_COMMENTS);
    r.head = s->title == KH_NO_BLOCK ? 0 : s->blocks[s->title].marks & ~sure;
    r.parent = s->tree->nodes.items[s->blocks[r.last_prose].node].parent;
    return r;
}

/* A paragraph that says what an earlier one did is told as such; a short line that comes again and
 * again ("Advertisement") is no heading. */
static void drop_repeats(const kh_search *s, size_t first, size_t end)
{
    kh_arena scratch = *s->a;
    kh_map seen = {0};
    for (size_t i = first; i < end; i++) {
        kh_block *b = &s->blocks[i];
        if (!b->kept || (b->role != KH_ROLE_BODY && b->role != KH_ROLE_SUBHEAD)) {
            continue;
        }
        bool is_new = false;
        uint32_t *at = kh_map_put(&scratch, &seen, kh_hash(b->text), &is_new);
        if (is_new) {
            *at = (uint32_t)i;
        } else if (b->prose) {
            set(b, KH_ROLE_BOILERPLATE, true, "repetition");
        } else if (b->role == KH_ROLE_SUBHEAD && !kh_block_is_heading(b) && b->shape.words <= 2) {
            set(b, KH_ROLE_BOILERPLATE, true, "repetition");
            set(&s->blocks[*at], KH_ROLE_BOILERPLATE, true, "repetition");
        }
    }
}

/* All lines from the headline, or the first of the candidate (never before S->from), to the candidate's last. */
void kh_roles_set(const kh_search *s, const kh_candidate *c)
{
    region r = region_of(s, c);
    for (size_t i = c->first; i < c->end; i++) {
        judge_inside(&r, i);
    }
    size_t lead = s->title == KH_NO_BLOCK ? c->first : s->title + 1;
    for (size_t i = lead; i < c->first; i++) {
        judge_lead(&r, i);
    }
    drop_repeats(s, lead < c->first ? lead : c->first, c->end);
}
