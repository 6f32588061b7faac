/* page_lines.c - days that a page shows in its lines.
 *
 * Decides what a dated line says of the page: "Von Jan Berg | 24.10.2023 | Zuletzt geändert: 07.11.2023" gives a
 * day of publication and one of a change, "نشر في: 5 أغسطس 2024" one with a label, "27.01.2022 Bericht" the head of a
 * headline. Each date is judged by the words between its neighbours, or up to a mark that parts what a line
 * tells; a label before it, in the line or alone in the line above, counts, one behind it only at the end.
 *
 * The score is the place's: above the text before below it, beside the headline before the rest of the page; a
 * list that names this report with a day is good evidence. Lines with many other words tell of something else.
 *
 * Gets wrong: today's day in the head of a site directly above the headline; the days of teasers that no class
 * word tells.
 */
#include "dates/page.h"

enum {
    FOOT_LINES = 25,         /* so far below the text a date line still belongs to it */
    OTHER_WORDS_MAX = 3,     /* words in a date line that belong to no date */
    BLOCK_WORDS_MAX = 6,     /* the same in a line outside the text */
    LABELLED_WORDS_MAX = 10, /* the same where "published" or an author stands beside */
    PLACE_WORD = 5,          /* bytes of "block" */
    TITLE_BYTES_MIN = 12,
    LABEL_LINES = 3,
    LABEL_TOKENS_MAX = 5
};

/* A list of reports that names this one with a day. */
static const float LISTED_SCORE = 0.64f;
/* A line that says "published on", wherever it stands. */
static const float SAID_SCORE = 0.72f;
static const float SAID_BLOCK_SCORE = 0.56f; /* of a line that is no part of the text */

/* What else stands beside a date in its line. */
typedef struct line_words {
    size_t others; /* words that belong to no date, label or time of day */
    bool published, modified;
    bool begins, ends; /* nothing before it, nothing behind it */
    bool stops;        /* nothing before it, and a mark behind it: "31. Oktober 2023." */
    bool touches;      /* a label stands directly before it */
} line_words;

/* TEXT_LINE of TEXT with the words of dates marked: kept, since its dates are asked for one by one. */
static const kh_date_scan *scan_of(kh_day_reader *r, const kh_text *text, uint8_t lang, size_t text_line)
{
    if (r->scanned != text || r->scanned_line != text_line || r->scan.lang != lang) {
        kh_arena a = r->scan_room;
        r->scan = kh_date_scan_of(&a, r->know, text, lang, text_line);
        r->scanned = text;
        r->scanned_line = text_line;
    }
    return &r->scan;
}

static bool is_border(const kh_date_scan *s, size_t i)
{
    return kh_scan_mark(s, i, "|;");
}

/* Counts the words of tokens FIRST..END into *found, and the labels among them where they are ASKED for. */
static void count_words(const kh_date_scan *s, size_t first, size_t end, bool asked, line_words *found)
{
    for (size_t i = first; i < end;) {
        bool published = kh_scan_has(s, i, KH_WORD_PUBLISHED);
        bool modified = kh_scan_has(s, i, KH_WORD_MODIFIED);
        if (asked && (published || modified)) {
            found->published = published;
            found->modified = modified && !published;
            found->touches = kh_scan_after(s, i) >= end;
        }
        bool clock = kh_scan_has(s, i, KH_WORD_CLOCK | KH_WORD_DAY_WORD | KH_WORD_JOINT);
        bool label = published || modified;
        found->others += !label && !clock && s->text->tokens.items[i].kind == KH_WORD;
        i = label ? kh_scan_after(s, i) : i + 1;
    }
}

/* What stands beside the date at *EXPR between its neighbours BEFORE and BEHIND (NULL for none) in its line,
 * or up to a mark that parts what a line tells ("Oct 24 | Zuletzt geändert: Nov 7"). The label before a date
 * counts; behind it only where no other date follows. */
static line_words words_beside(const kh_date_scan *s, const kh_date_expr *before, const kh_date_expr *expr, const kh_date_expr *behind)
{
    line_words found = {0};
    size_t first = expr->first, end = expr->end;
    size_t low = before && before->end > s->first ? before->end : s->first;
    size_t high = behind && behind->first < s->end ? behind->first : s->end;
    found.begins = first == s->first;
    found.ends = end >= s->end;
    found.stops = found.begins && kh_scan_mark(s, end, ".:-|");
    while (first > low && !is_border(s, first - 1)) {
        first--;
    }
    while (end < high && !is_border(s, end)) {
        end++;
    }
    count_words(s, first, expr->first, true, &found);
    bool labelled = found.published || found.modified;
    bool touches = found.touches;
    size_t last = end; /* "(updated)" behind a date; "Updated 8 hours ago" speaks of something else */
    while (last > expr->end && s->text->tokens.items[last - 1].kind == KH_PUNCT) {
        last--;
    }
    size_t label = expr->end;
    while (label < last && kh_scan_after(s, label) < last) {
        label = kh_scan_after(s, label);
    }
    bool only = high == s->end && label < last && kh_scan_has(s, label, KH_WORD_PUBLISHED | KH_WORD_MODIFIED);
    count_words(s, expr->end, end, !labelled && only, &found);
    found.touches = touches;
    return found;
}

/* The words of a line without a date. */
static line_words words_of_line(kh_day_reader *r, size_t text_line)
{
    line_words found = {0};
    const kh_date_scan *s = scan_of(r, r->art->tokens, r->lang, text_line);
    count_words(s, s->first, s->end, true, &found);
    return found;
}

/* ---- lines that are no part of the text ---- */

typedef struct place {
    const char *path;
    float score;
} place;

/* Where the page stage found a line, best first. */
static const place places[] = {{"block beside the headline", 0.62f}, {"block above the headline", 0.42f},
                               {"block within the text", 0.54f},     {"block below the text", 0.46f},
                               {"block of a caption", 0.30f},        {"block in a comment", 0},
                               {"block of another report", 0},       {"block", 0.42f}};

/* The dates of TEXT in LANG, or where it names no full one in that language, in any. */
static kh_date_exprs full_exprs(kh_day_reader *r, kh_arena *a, const kh_text *text, uint8_t *lang)
{
    for (int pass = 0; pass < 2; pass++) {
        kh_date_exprs exprs = {0};
        kh_time t = {0};
        kh_dates_parse(a, r->scratch, r->know, text, *lang, 0, text->lines.count, &exprs);
        KH_EACH(const kh_date_expr, expr, exprs) {
            if (kh_dates_full(expr, &t)) {
                return exprs;
            }
        }
        *lang = KH_LANG_NONE;
    }
    return (kh_date_exprs){0};
}

/* The days of one line RAW, each a kh_day_candidate; a label holds for the date behind it. */
void kh_day_block(kh_day_reader *r, kh_arena *a, kh_date *field, kh_str raw)
{
    const kh_text *text = kh_text_of(a, raw);
    uint8_t lang = r->lang;
    kh_date_exprs exprs = full_exprs(r, a, text, &lang);
    const place *where = places;
    while (!kh_str_eq(field->path, kh_str_z(where->path)) && where->path[PLACE_WORD] != 0) {
        where++;
    }
    kh_str title = r->art->title.value;
    bool own = title.len >= TITLE_BYTES_MIN && kh_str_find(raw, title) < raw.len;
    field->reason = kh_arena_printf(r->out, "no full date: " KH_FMT, KH_ARG(raw));
    for (size_t i = 0; i < exprs.count; i++) {
        const kh_date_expr *expr = &exprs.items[i];
        kh_time t = {0};
        if (!kh_dates_full(expr, &t)) {
            continue;
        }
        size_t text_line = text->tokens.items[expr->first].line;
        line_words words =
            words_beside(scan_of(r, text, lang, text_line), i ? expr - 1 : NULL, expr, i + 1 < exprs.count ? expr + 1 : NULL);
        bool labelled = words.published || words.modified;
        size_t most = labelled ? LABELLED_WORDS_MAX : BLOCK_WORDS_MAX;
        float score =
            where->score + (words.published ? 0.10f : 0) - (words.touches ? 0 : 0.01f * (float)(words.others < 10 ? words.others : 10));
        score = words.published && where->score > 0 && score < SAID_BLOCK_SCORE ? SAID_BLOCK_SCORE : score;
        score = where->score <= 0 || (words.others > most && !words.touches) ? 0 : score;
        score = own ? LISTED_SCORE : score;
        kh_day_candidate *c = kh_day_add(r, a, t, score, field->path, kh_arena_printf(r->out, "a line of the page: " KH_FMT, KH_ARG(raw)));
        c->refused = c->refused || c->date.score <= 0;
        c->modified = words.modified;
        c->published = words.published;
        c->own = own;
        c->swapped = expr->swapped;
        field->when.from = t;
        field->score = c->date.score;
        field->reason = c->date.reason;
    }
}

/* ---- visible lines ---- */

static float place_score(const kh_day_reader *r, uint32_t line, kh_str *where)
{
    if (r->first_body == UINT32_MAX || line < r->first_body) {
        bool above = r->title != UINT32_MAX && line < r->title;
        *where = above ? KH_STR("a date line above the headline") : KH_STR("a date line above the text");
        return above ? 0.70f : 0.78f;
    }
    if (line > r->last_body) {
        *where = KH_STR("a date line below the text");
        return line - r->last_body <= FOOT_LINES ? 0.62f : 0.35f;
    }
    *where = KH_STR("a date line in the text");
    return line - r->first_body <= 3 ? 0.60f : 0.40f;
}

/* A line above that is nothing but a label: "تاريخ النشر:". */
static line_words label_above(kh_day_reader *r, size_t text_line)
{
    for (int back = 0; text_line > 0 && back < LABEL_LINES; back++) {
        const kh_stretch *line = &r->art->tokens->lines.items[--text_line];
        if (line->end > line->first) {
            bool alone = line->end - line->first <= LABEL_TOKENS_MAX;
            line_words words = alone ? words_of_line(r, text_line) : (line_words){0};
            return words.others == 0 ? words : (line_words){0};
        }
    }
    return (line_words){0};
}

/* The score of a date at the head or end of a headline or of the first lines of the text, where a page has its
 * day without a line of its own; 0 for others. */
static float edge_score(const kh_day_reader *r, uint32_t line, const line_words *words, kh_str *where)
{
    bool title = r->art->lines.items[line].role == KH_ROLE_TITLE;
    bool head = r->first_body != UINT32_MAX && line <= r->first_body + 1 && (r->title == UINT32_MAX || line >= r->title);
    if ((title && (words->begins || words->ends)) || (head && (words->ends || words->stops))) {
        *where = title         ? KH_STR("a date in the headline")
                 : words->ends ? KH_STR("a date at the end of the lead")
                               : KH_STR("a date at the head of the text");
        return title ? 0.50f : 0.44f;
    }
    return 0;
}

static void read_line(kh_day_reader *r, kh_arena *a, size_t at, kh_time t)
{
    const kh_date_expr *expr = &r->exprs.items[at];
    size_t text_line = r->art->tokens->tokens.items[expr->first].line;
    uint32_t line = kh_day_line(r, expr->span.begin);
    if (line == UINT32_MAX || r->art->lines.items[line].role == KH_ROLE_CAPTION) {
        return;
    }
    line_words words =
        words_beside(scan_of(r, r->art->tokens, r->lang, text_line), at ? expr - 1 : NULL, expr, at + 1 < r->exprs.count ? expr + 1 : NULL);
    kh_line_role role = r->art->lines.items[line].role;
    bool beside = role == KH_ROLE_DATE || role == KH_ROLE_BYLINE || role == KH_ROLE_OUTLET || role == KH_ROLE_SOURCE;
    bool labelled = words.published || words.modified;
    kh_str where = {0};
    float score = 0;
    bool alone = words.others <= (labelled || beside ? LABELLED_WORDS_MAX : OTHER_WORDS_MAX);
    if (role == KH_ROLE_TITLE || !alone) {
        score = edge_score(r, line, &words, &where);
        if (score <= 0) {
            return;
        }
    } else {
        if (!labelled) {
            line_words above = label_above(r, text_line);
            words.published = above.published;
            words.modified = above.modified;
        }
        score = place_score(r, line, &where) + (words.published ? 0.08f : 0);
        score = words.published && score < SAID_SCORE ? SAID_SCORE : score;
    }
    kh_date read = kh_dates_resolve(expr, r->know, (kh_time){0});
    score = read.clash ? 0.2f : score;
    kh_day_candidate *c = kh_day_add(r, a, t, score, KH_STR("line"), read.clash ? KH_STR("a date line whose weekday does not fit") : where);
    c->modified = words.modified && !words.published;
    c->swapped = expr->swapped;
    c->line = alone && role != KH_ROLE_TITLE ? line : UINT32_MAX;
    c->date.span = expr->span;
    c->date.calendar = read.calendar;
    c->date.clash = read.clash;
    c->date.other = read.other;
}

void kh_day_lines(kh_day_reader *r, kh_arena *a)
{
    for (size_t i = 0; i < r->exprs.count; i++) {
        kh_time t = {0};
        if (kh_dates_full(&r->exprs.items[i], &t)) {
            read_line(r, a, i, t);
        }
    }
}
