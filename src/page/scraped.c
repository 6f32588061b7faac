/* scraped.c - a scraped page as plain text: which lines are the report, which the site.
 *
 * There are no tags to go by, only lines. Each is judged by the tables (know.c), by its shape
 * (shape.c), and by where it stands to the prose of the page:
 *
 *     الرئيسية                                    furniture
 *     ميسكاريا: عشرات القتلى في انهيار سد ...           before the prose, the longest of the headings: title
 *     الأربعاء 31 يوليو 2024                       date
 *     المصدر هاليارد                               source
 *     قُتل عشرات الأشخاص عندما انهار سد على نهر ...      prose: body
 *     سقوط الجسر                                  between prose, short, not ended: subhead
 *     مقالات ذات صلة                               furniture, and short lines behind it too
 *
 * A page may have no title: then the first line is prose, or a caption. The method is that of
 * jusText (Pomikalek 2011: long sentences decide, short ones follow their neighbours) with
 * vocabulary in the place of its stop-word share. What it gets wrong: a last paragraph of one
 * short sentence without a full stop, and a slogan of the site that is longer than the headline.
 */
#include "page/parts.h"

typedef struct judged {
    kh_str text;
    kh_shape shape;
    uint64_t hash;
    kh_furniture furniture;
    bool date;
    bool prose;
    bool repeated; /* the same line stands elsewhere */
    bool again;    /* ... and before this one */
    kh_line_role role;
    const char *why;
} judged;

typedef struct page_lines {
    judged *items;
    size_t count;
    size_t first_prose, last_prose; /* count when there is none */
} page_lines;

static void judge(const kh_page_know *know, kh_arena scratch, judged *j)
{
    j->shape = kh_shape_of(j->text);
    j->furniture = kh_line_furniture(know, scratch, j->text, &j->shape);
    j->date = j->shape.digits > 0 && kh_line_is_date(know, scratch, j->text);
    j->hash = kh_hash(kh_fold_key(&scratch, j->text));
}

static void mark_repeats(kh_arena *a, page_lines *p)
{
    kh_map seen = {0};
    for (size_t i = 0; i < p->count; i++) {
        bool is_new = false;
        uint32_t *at = kh_map_put(a, &seen, p->items[i].hash, &is_new);
        if (is_new) {
            *at = (uint32_t)i;
        } else {
            p->items[i].again = true;
            p->items[i].repeated = true;
            p->items[*at].repeated = true;
        }
    }
}

/* The prose of the page: lines that read like sentences and that no table claims. */
static void find_prose(page_lines *p)
{
    p->first_prose = p->last_prose = p->count;
    for (size_t i = 0; i < p->count; i++) {
        judged *j = &p->items[i];
        j->prose = j->furniture == KH_FURNITURE_NONE && !j->date && !j->again && kh_shape_is_prose(&j->shape);
        if (j->prose) {
            p->first_prose = p->first_prose == p->count ? i : p->first_prose;
            p->last_prose = i;
        }
    }
}

static void set(judged *j, kh_line_role role, const char *why)
{
    j->role = role;
    j->why = why;
}

static const char *furniture_why(kh_furniture kind)
{
    static const char *const why[] = {
#define WHY(key, name) "furniture:" name,
        KH_FURNITURE(WHY)
#undef WHY
    };
    return why[kind];
}

/* Lines of which the tables say what they are. */
static bool set_by_tables(judged *j)
{
    switch (j->furniture) {
    case KH_FURNITURE_NONE: break;
    case KH_FURNITURE_CAPTION: set(j, KH_ROLE_CAPTION, "furniture:caption"); return true;
    case KH_FURNITURE_BYLINE: set(j, KH_ROLE_BYLINE, "furniture:byline"); return true;
    case KH_FURNITURE_SOURCE:
    case KH_FURNITURE_GENERIC_SOURCE: set(j, KH_ROLE_SOURCE, furniture_why(j->furniture)); return true;
    default: set(j, KH_ROLE_BOILERPLATE, furniture_why(j->furniture)); return true;
    }
    if (j->date) {
        set(j, KH_ROLE_DATE, "date words");
        return true;
    }
    return false;
}

static bool is_menu(const kh_shape *s)
{
    return s->separators >= 2 || (s->separators == 1 && s->words <= 6);
}

/* Could be a headline: some words, not a menu, no list mark. */
static bool is_headline(const judged *j)
{
    return j->furniture == KH_FURNITURE_NONE && !j->date && j->shape.words >= 3 && j->shape.words <= 40 && !j->shape.bullet &&
           !is_menu(&j->shape) && j->shape.letters > 3 * j->shape.digits;
}

/* The title: of the headlines before the first prose the one with most words, the first of these on
 * a tie. p->count when there is none. */
static size_t find_title(const page_lines *p)
{
    size_t best = p->count;
    for (size_t i = 0; i < p->first_prose; i++) {
        const judged *j = &p->items[i];
        if (is_headline(j) && (best == p->count || j->shape.words > p->items[best].shape.words)) {
            best = i;
        }
    }
    return best;
}

static void set_head(const page_lines *p, size_t title)
{
    for (size_t i = 0; i < p->first_prose; i++) {
        judged *j = &p->items[i];
        if (i == title) {
            set(j, KH_ROLE_TITLE, "longest heading before the prose");
        } else if (set_by_tables(j)) {
            continue;
        } else if (title < p->count && j->hash == p->items[title].hash) {
            set(j, KH_ROLE_BOILERPLATE, "repeats the title");
        } else if (i > title && j->shape.words >= 6 && !is_menu(&j->shape)) {
            set(j, j->shape.ends_stop ? KH_ROLE_BODY : KH_ROLE_SUBHEAD, "between title and prose");
        } else if (j->shape.words >= 1 && j->shape.words <= 6 && !is_menu(&j->shape)) {
            set(j, KH_ROLE_OUTLET, "short line at the head");
        } else {
            set(j, KH_ROLE_BOILERPLATE, "head");
        }
    }
}

/* Furniture that announces a list of other reports or a form: short lines behind it belong to it. */
static bool opens_list(kh_furniture kind)
{
    return kind == KH_FURNITURE_RELATED || kind == KH_FURNITURE_READ_MORE || kind == KH_FURNITURE_COMMENTS || kind == KH_FURNITURE_TAGS ||
           kind == KH_FURNITURE_NEWSLETTER;
}

static void set_middle(const page_lines *p)
{
    bool in_list = false;
    for (size_t i = p->first_prose; i <= p->last_prose; i++) {
        judged *j = &p->items[i];
        if (j->prose) {
            set(j, KH_ROLE_BODY, "prose");
            in_list = false;
        } else if (set_by_tables(j)) {
            in_list = opens_list(j->furniture);
        } else if (j->again) {
            set(j, KH_ROLE_BOILERPLATE, "repetition");
        } else if (j->shape.words >= 2 && j->shape.ends_stop) {
            set(j, KH_ROLE_BODY, "short sentence between prose");
        } else if (in_list || is_menu(&j->shape) || j->shape.words == 0) {
            set(j, KH_ROLE_BOILERPLATE, in_list ? "list behind furniture" : "menu");
        } else if (j->shape.words <= 14) {
            set(j, KH_ROLE_SUBHEAD, "short line between prose");
        } else {
            set(j, KH_ROLE_BODY, "between prose");
        }
    }
}

static void set_tail(const page_lines *p)
{
    bool site = false; /* once furniture has begun, nothing is body any more */
    for (size_t i = p->last_prose + 1; i < p->count; i++) {
        judged *j = &p->items[i];
        if (set_by_tables(j)) {
            site = site || j->role == KH_ROLE_BOILERPLATE;
        } else if (!site && !j->again && j->shape.ends_stop && j->shape.words >= 3 && !j->shape.bullet) {
            set(j, KH_ROLE_BODY, "short sentence behind prose");
        } else {
            set(j, KH_ROLE_BOILERPLATE, "behind the last prose");
            site = true;
        }
    }
}

/* Without any prose the page is a bare note: ended lines are body, the rest as at a head. */
static void set_without_prose(const page_lines *p, size_t title)
{
    set_head(p, title);
    for (size_t i = title < p->count ? title + 1 : 0; i < p->count; i++) {
        judged *j = &p->items[i];
        if (j->furniture == KH_FURNITURE_NONE && !j->date && j->shape.ends_stop && j->shape.words >= 4) {
            set(j, KH_ROLE_BODY, "ended line");
        }
    }
}

/* "صوت الوادي" of "جميع الحقوق محفوظة © صوت الوادي": what stands behind the sign and the
 * year. */
static kh_str copyright_holder(kh_str line)
{
    kh_str sign = KH_STR("\xC2\xA9");
    kh_str rest = kh_str_from(line, kh_str_find(line, sign) + sign.len);
    size_t at = 0;
    for (size_t len = 0; at < rest.len; at += len) {
        uint32_t cp = kh_utf8_at(rest, at, &len);
        if (kh_is_letter(cp)) {
            break;
        }
    }
    rest = kh_str_from(rest, at);
    size_t stop = kh_str_find(rest, KH_STR("."));
    return kh_str_trim(kh_str_head(rest, stop));
}

/* The outlet: a short line of its own at the head, the first piece of a menu that no table knows,
 * or the holder of the copyright. */
static void find_outlet(const kh_page_know *know, kh_arena scratch, const page_lines *p, kh_article *art)
{
    for (size_t i = 0; i < p->count && !art->outlet.value.len; i++) {
        const judged *j = &p->items[i];
        kh_str name = {0};
        if (j->role == KH_ROLE_OUTLET && j->shape.letters > 2) {
            name = j->text;
        } else if (i < p->first_prose && j->role == KH_ROLE_BOILERPLATE && is_menu(&j->shape)) {
            kh_str rest = j->text, piece;
            kh_str_cut(&rest, '|', &piece);
            piece = kh_str_trim(piece);
            kh_shape shape = kh_shape_of(piece);
            bool known = kh_line_furniture(know, scratch, piece, &shape) != KH_FURNITURE_NONE;
            name = known || shape.separators || piece.len == j->text.len || shape.words > 5 ? (kh_str){0} : piece;
        } else if (j->furniture == KH_FURNITURE_COPYRIGHT && kh_str_find(j->text, KH_STR("\xC2\xA9")) < j->text.len) {
            name = copyright_holder(j->text);
        }
        kh_shape shape = kh_shape_of(name);
        if (shape.words >= 1 && shape.words <= 6) {
            art->outlet = (kh_field){.value = name, .span = kh_span_of(art->text, name), .path = KH_STR("line"), .confidence = 0.5f};
        }
    }
}

static void give_lines(kh_arena *out, const page_lines *p, kh_article *art)
{
    for (size_t i = 0; i < p->count; i++) {
        judged *j = &p->items[i];
        kh_field field = {.value = j->text, .span = kh_span_of(art->text, j->text), .path = KH_STR("line"), .confidence = 0.8f};
        *KH_ADD(out, &art->lines) = (kh_line){.span = field.span, .role = j->role, .why = kh_str_z(j->why)};
        if (j->role == KH_ROLE_TITLE) {
            art->title = field;
        } else if (j->role == KH_ROLE_BYLINE && !art->byline.value.len) {
            art->byline = field;
        }
    }
}

void kh_scraped_roles(kh_arena *out, kh_arena scratch, const kh_page_know *know, kh_article *art)
{
    const kh_text *t = art->tokens;
    page_lines p = {.items = KH_NEW_N(&scratch, judged, t->lines.count + 1)};
    KH_EACH(const kh_stretch, line, t->lines) {
        kh_str text = kh_slice(art->text, line->span);
        if (text.len && p.count < KH_LINES_MAX) {
            p.items[p.count].text = text;
            judge(know, scratch, &p.items[p.count++]);
        }
    }
    mark_repeats(&scratch, &p);
    find_prose(&p);
    size_t title = find_title(&p);
    if (p.first_prose == p.count) {
        set_without_prose(&p, title);
    } else {
        set_head(&p, title);
        set_middle(&p);
        set_tail(&p);
    }
    find_outlet(know, scratch, &p, art);
    give_lines(out, &p, art);
}
