/* page.c - when the page was published, and what days its text speaks of.
 *
 * Decides by candidates, each with a score and a reason that can be shown: fields of the page
 * (datePublished before article:published_time before <time>), visible lines that are little else than a
 * date ("دوشنبه/ 15 مرداد 1403 / 14:25", "نشر في: 5 أغسطس 2024"), the page's URL and the news code ("کد خبر:
 * 1403051514250" begins with the day). Candidates of one day support each other; the best day wins and,
 * among its candidates, the one that tells the time. Words for "updated" make a candidate for `modified`,
 * which serves for published only where nothing else does. Refused: days after now, days before 1990, a
 * line whose weekday does not fit its date.
 *
 * A page without a candidate keeps its date unknown: a photograph's caption, a date in the text, the words
 * "this week" say when something happened, not when the page was made.
 *
 * Gets wrong: pages whose only visible date is today's, printed by the site's head.
 */
#include "dates/fields.h"

#include <stdlib.h>

enum {
    FIRST_YEAR = 1990,
    FOOT_LINES = 25,         /* so far below the text a date line still belongs to it */
    OTHER_WORDS_MAX = 3,     /* words in a date line that belong to no date */
    BLOCK_WORDS_MAX = 6,     /* the same in a line outside the text */
    LABELLED_WORDS_MAX = 10, /* the same where "published" or an author stands beside */
    DATE_LINE_TOKENS_MAX = 25,
    CODE_DIGITS_MIN = 10,
    SUPPORT_WEAK = 3, /* hundredths of a score */
    SUPPORT_FULL = 8,
    SUPPORT_MAX = 24,
    EAST_FROM = 10,  /* UTC hours from which it is the next day somewhere in the east */
    WEST_UNTIL = 12, /* and before which it is the day before somewhere in the west */
    PLACE_WORD = 5, /* bytes of "block" */
    PLACE_DAYS_MAX = 4,
    ORDERS_MAX = 64,
    TITLE_BYTES_MIN = 12,
    LABEL_LINES = 3,
    LABEL_TOKENS_MAX = 5,
    CANDIDATES_MAX = 24 /* that are told */
};

/* A list of reports that names this one with a day. */
static const float LISTED_SCORE = 0.64f;
/* What is left of the score of a <time> where there are many. */
static const float LIST_FACTOR = 0.75f;
/* Candidates of less weight support others little. */
static const float WEAK_SCORE = 0.45f;
/* A line that says "published on", wherever it stands. */
static const float SAID_SCORE = 0.72f;
static const float SAID_BLOCK_SCORE = 0.56f; /* of a line that is no part of the text */
/* A shown day of less weight does not go before the page's own field. */
static const float SHOWN_SCORE = 0.5f;

typedef struct candidate {
    kh_date date; /* as it will be shown: path, reason, score, span */
    bool modified;
    bool refused;
    float support; /* by other kinds of evidence */
    bool published; /* a label says so */
    bool own;       /* the page's title stands beside it */
    bool swapped; /* the order of its day and month is open */
    uint32_t line; /* index into art->lines, UINT32_MAX for none */
} candidate;

typedef KH_LIST(candidate) candidates;

typedef struct reader {
    kh_arena *out;
    kh_arena scratch; /* for temporaries of single calls */
    const kh_dates_know *know;
    kh_article *art;
    uint8_t lang;
    int64_t last_day; /* no page is younger: INT64_MAX when unknown */
    candidates found;
    kh_date_exprs exprs;
    uint32_t first_body, last_body, title;
    kh_arena scan_room;
    kh_date_scan scan; /* of line scanned_line of `scanned` */
    const kh_text *scanned;
    size_t scanned_line;
} reader;

static candidate *add(reader *r, kh_arena *a, kh_time t, float score, kh_str path, kh_str reason)
{
    candidate *c = KH_ADD(a, &r->found);
    *c = (candidate){.line = UINT32_MAX};
    c->date =
        (kh_date){.when.from = t, .score = score, .path = path, .reason = reason, .core = true};
    int64_t day = kh_day_number(t);
    if (day > r->last_day) {
        c->refused = true;
        c->date.reason = KH_STR("refused: after the day on which the page was read");
    } else if (t.year < FIRST_YEAR) {
        c->refused = true;
        c->date.reason = KH_STR("refused: before there were news pages");
    }
    c->date.score = c->refused ? 0 : score;
    return c;
}

/* What else stands beside a date in its line. */
typedef struct line_words {
    size_t others; /* words that belong to no date, label or time of day */
    bool published, modified;
    bool begins, ends; /* nothing before it, nothing behind it */
    bool stops;        /* nothing before it, and a mark behind it: "31. Oktober 2023." */
    bool touches;      /* a label stands directly before it */
} line_words;

/* TEXT_LINE of TEXT with the words of dates marked: kept, since its dates are asked for one by one. */
static const kh_date_scan *scan_of(reader *r, const kh_text *text, uint8_t lang, size_t text_line)
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
static void count_words(const kh_date_scan *s, size_t first, size_t end, bool asked,
                        line_words *found)
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
static line_words words_beside(const kh_date_scan *s, const kh_date_expr *before,
                               const kh_date_expr *expr, const kh_date_expr *behind)
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
    bool only = high == s->end && label < last &&
                kh_scan_has(s, label, KH_WORD_PUBLISHED | KH_WORD_MODIFIED);
    count_words(s, expr->end, end, !labelled && only, &found);
    found.touches = touches;
    return found;
}

/* The words of a line without a date. */
static line_words words_of_line(reader *r, size_t text_line)
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
static const place places[] = {{"block beside the headline", 0.62f},
                               {"block above the headline", 0.42f},
                               {"block within the text", 0.54f},
                               {"block below the text", 0.46f},
                               {"block of a caption", 0.30f},
                               {"block in a comment", 0},
                               {"block of another report", 0},
                               {"block", 0.42f}};

/* The dates of TEXT in LANG, or where it names no full one in that language, in any. */
static kh_date_exprs full_exprs(reader *r, kh_arena *a, const kh_text *text, uint8_t *lang)
{
    for (int pass = 0; pass < 2; pass++) {
        kh_date_exprs exprs = {0};
        kh_time t = {0};
        kh_dates_parse(a, r->scratch, r->know, text, *lang, 0, text->lines.count, &exprs);
        KH_EACH (const kh_date_expr, expr, exprs) {
            if (kh_dates_full(expr, &t)) {
                return exprs;
            }
        }
        *lang = KH_LANG_NONE;
    }
    return (kh_date_exprs){0};
}

/* The days of one line RAW, each a candidate; a label holds for the date behind it. */
static void read_block(reader *r, kh_arena *a, kh_date *field, kh_str raw)
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
        line_words words = words_beside(scan_of(r, text, lang, text_line), i ? expr - 1 : NULL, expr,
                                        i + 1 < exprs.count ? expr + 1 : NULL);
        bool labelled = words.published || words.modified;
        size_t most = labelled ? LABELLED_WORDS_MAX : BLOCK_WORDS_MAX;
        float score = where->score + (words.published ? 0.10f : 0) -
                      (words.touches ? 0 : 0.01f * (float)(words.others < 10 ? words.others : 10));
        score = words.published && where->score > 0 && score < SAID_BLOCK_SCORE ? SAID_BLOCK_SCORE : score;
        score = where->score <= 0 || (words.others > most && !words.touches) ? 0 : score;
        score = own ? LISTED_SCORE : score;
        candidate *c = add(r, a, t, score, field->path,
                           kh_arena_printf(r->out, "a line of the page: " KH_FMT, KH_ARG(raw)));
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

/* ---- fields ---- */

static bool has_word(kh_str s, const char *word)
{
    kh_str w = kh_str_z(word);
    for (size_t i = 0; i + w.len <= s.len; i++) {
        if (kh_str_eq_ascii_nocase((kh_str){s.ptr + i, w.len}, w)) {
            return true;
        }
    }
    return false;
}

typedef struct trust {
    const char *word; /* in the path of the field */
    float score;
    bool modified;
} trust;

/* The first entry that fits counts. */
static const trust trusted[] = {{"modif", 0.80f, true},
                                {"updat", 0.80f, true},
                                {"lastmod", 0.80f, true},
                                {"revised", 0.70f, true},
                                {"webpage", 0.80f, false},
                                {"json-ld datepublished", 0.97f, false},
                                {"published_time", 0.95f, false},
                                {"datepublished", 0.93f, false},
                                {"publi", 0.92f, false},
                                {"pubdate", 0.92f, false},
                                {"pub-date", 0.92f, false},
                                {"pub_date", 0.92f, false},
                                {"issued", 0.88f, false},
                                {"creationdate", 0.30f, false},
                                {"creation_date", 0.30f, false},
                                {"uploaddate", 0.50f, false},
                                {"created", 0.80f, false},
                                {"available", 0.70f, false},
                                {"time[pubdate]", 0.85f, false},
                                {"time", 0.66f, false},
                                {"date", 0.86f, false},
                                {"", 0.50f, false}};

static void read_fields(reader *r, kh_arena *a)
{
    size_t times = 0;
    KH_EACH (kh_date, field, r->art->page_dates) {
        kh_time t = {0};
        kh_str raw = field->reason;
        if (kh_str_starts(field->path, KH_STR("block"))) {
            read_block(r, a, field, raw);
            continue;
        }
        if (!kh_dates_of_field(r->scratch, r->know, raw, r->lang, &t)) {
            field->reason = kh_arena_printf(r->out, "no full date: " KH_FMT, KH_ARG(raw));
            continue;
        }
        const trust *how = trusted;
        while (!has_word(field->path, how->word)) {
            how++;
        }
        bool element = kh_str_eq(field->path, KH_STR("time"));
        float score = how->score - (element ? 0.04f * (float)(times < 8 ? times : 8) : 0);
        times += element;
        candidate *c = add(r, a, t, score, field->path,
                           kh_arena_printf(r->out, "a field of the page: " KH_FMT, KH_ARG(raw)));
        c->modified = how->modified;
        field->when.from = t;
        field->score = c->date.score;
        field->reason = c->date.reason;
    }
}

/* Lines of one place speak of the page only where they agree: several days are those of other reports, of
 * events, of comments. Anywhere on the page two are too many, below and above the text three. */
static void settle_place(reader *r, const char *path, size_t days_max)
{
    int64_t days[PLACE_DAYS_MAX];
    size_t count = 0;
    KH_EACH (const candidate, c, r->found) {
        size_t i = 0;
        int64_t day = kh_day_number(c->date.when.from);
        if (c->refused || c->modified || !kh_str_eq(c->date.path, kh_str_z(path))) {
            continue;
        }
        while (i < count && days[i] != day) {
            i++;
        }
        if (i == count && count < PLACE_DAYS_MAX) {
            days[count++] = day;
        }
    }
    KH_EACH (candidate, c, r->found) {
        if (count > days_max && !c->own && !c->published &&
            kh_str_eq(c->date.path, kh_str_z(path))) {
            c->refused = true;
            c->date.score = 0;
            c->date.reason = KH_STR("refused: other dates stand beside it");
        }
    }
}

/* <time> elements of several days are those of a list of reports: none speaks for the page alone. */
static void settle_times(reader *r)
{
    int64_t first = 0, second = 0;
    bool many = false;
    size_t days = 0;
    KH_EACH (const candidate, c, r->found) {
        int64_t day = kh_day_number(c->date.when.from);
        if (!kh_str_eq(c->date.path, KH_STR("time")) || c->refused ||
            (days > 0 && day == first) || (days > 1 && day == second)) {
            continue;
        }
        many = many || days == 2;
        second = days == 1 ? day : second;
        first = days == 0 ? day : first;
        days++;
    }
    KH_EACH (candidate, c, r->found) {
        if (many && kh_str_eq(c->date.path, KH_STR("time")) && !c->refused) {
            c->date.score *= LIST_FACTOR;
        }
    }
}

static void settle_blocks(reader *r)
{
    settle_times(r);
    settle_place(r, "block", 1);
    settle_place(r, "block above the headline", 2);
    settle_place(r, "block below the text", 2);
    settle_place(r, "block of a caption", 1);
}

/* 06/01/2020 where the page says June 1, 2020 in words: its numbers are read in that order. */
static void settle_orders(reader *r)
{
    size_t asked = 0;
    KH_EACH (candidate, c, r->found) {
        kh_time turned = c->date.when.from;
        if (!c->swapped || c->refused || ++asked > ORDERS_MAX) {
            continue;
        }
        turned.month = c->date.when.from.day;
        turned.day = c->date.when.from.month;
        int64_t here = kh_day_number(c->date.when.from), there = kh_day_number(turned);
        bool here_said = false, there_said = false;
        KH_EACH (const candidate, other, r->found) {
            int64_t day = kh_day_number(other->date.when.from);
            bool sure = !other->swapped && day <= r->last_day;
            here_said = here_said || (sure && day == here);
            there_said = there_said || (sure && day == there);
        }
        if (there_said && !here_said) {
            c->date.when.from = turned;
            c->date.reason = KH_STR("month before day, as other dates of the page show");
        }
    }
}

/* ---- visible lines ---- */

static uint32_t line_index(const reader *r, uint32_t at)
{
    const kh_line *line = kh_article_line_at(r->art, at);
    return line ? (uint32_t)(line - r->art->lines.items) : UINT32_MAX;
}

static void find_body(reader *r)
{
    r->first_body = r->last_body = r->title = UINT32_MAX;
    for (uint32_t i = 0; i < r->art->lines.count; i++) {
        kh_line_role role = r->art->lines.items[i].role;
        if (role == KH_ROLE_BODY) {
            r->first_body = r->first_body == UINT32_MAX ? i : r->first_body;
            r->last_body = i;
        }
        r->title = role == KH_ROLE_TITLE && r->title == UINT32_MAX ? i : r->title;
    }
}

static float place_score(const reader *r, uint32_t line, kh_str *where)
{
    if (r->first_body == UINT32_MAX || line < r->first_body) {
        bool above = r->title != UINT32_MAX && line < r->title;
        *where =
            above ? KH_STR("a date line above the headline") : KH_STR("a date line above the text");
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
static line_words label_above(reader *r, size_t text_line)
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
static float edge_score(const reader *r, uint32_t line, const line_words *words, kh_str *where)
{
    bool title = r->art->lines.items[line].role == KH_ROLE_TITLE;
    bool head = r->first_body != UINT32_MAX && line <= r->first_body + 1 &&
                (r->title == UINT32_MAX || line >= r->title);
    if ((title && (words->begins || words->ends)) || (head && (words->ends || words->stops))) {
        *where = title         ? KH_STR("a date in the headline")
                 : words->ends ? KH_STR("a date at the end of the lead")
                               : KH_STR("a date at the head of the text");
        return title ? 0.50f : 0.44f;
    }
    return 0;
}

static void read_line(reader *r, kh_arena *a, size_t at, kh_time t)
{
    const kh_date_expr *expr = &r->exprs.items[at];
    size_t text_line = r->art->tokens->tokens.items[expr->first].line;
    uint32_t line = line_index(r, expr->span.begin);
    if (line == UINT32_MAX || r->art->lines.items[line].role == KH_ROLE_CAPTION) {
        return;
    }
    line_words words =
        words_beside(scan_of(r, r->art->tokens, r->lang, text_line), at ? expr - 1 : NULL, expr,
                     at + 1 < r->exprs.count ? expr + 1 : NULL);
    kh_line_role role = r->art->lines.items[line].role;
    bool beside = role == KH_ROLE_DATE || role == KH_ROLE_BYLINE || role == KH_ROLE_OUTLET ||
                  role == KH_ROLE_SOURCE;
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
    candidate *c = add(r, a, t, score, KH_STR("line"),
                       read.clash ? KH_STR("a date line whose weekday does not fit") : where);
    c->modified = words.modified && !words.published;
    c->swapped = expr->swapped;
    c->line = alone && role != KH_ROLE_TITLE ? line : UINT32_MAX;
    c->date.span = expr->span;
    c->date.calendar = read.calendar;
    c->date.clash = read.clash;
    c->date.other = read.other;
}

static void read_lines(reader *r, kh_arena *a)
{
    for (size_t i = 0; i < r->exprs.count; i++) {
        kh_time t = {0};
        if (kh_dates_full(&r->exprs.items[i], &t)) {
            read_line(r, a, i, t);
        }
    }
}

/* ---- codes and URLs ---- */

static void read_codes(reader *r, kh_arena *a)
{
    const kh_text *text = r->art->tokens;
    for (size_t i = 0; i < text->tokens.count; i++) {
        const kh_token *token = &text->tokens.items[i];
        kh_time t = {0};
        if (token->kind != KH_NUMBER || token->key.len < CODE_DIGITS_MIN ||
            !kh_dates_of_code(token->key, &t)) {
            continue;
        }
        kh_match match;
        size_t at = i;
        while (at > 0 && text->tokens.items[at - 1].kind == KH_PUNCT) {
            at--;
        }
        bool label = false;
        for (size_t back = 1; back <= 3 && back <= at; back++) {
            label = label || ((kh_dates_word_at(r->know, text, at - back, r->lang, &match)->senses &
                               KH_WORD_CODE) &&
                              match.end == at);
        }
        if (label) {
            candidate *c = add(r, a, t, 0.55f, KH_STR("news code"),
                               KH_STR("the news code begins with the day"));
            c->date.span = token->span;
            c->date.calendar = KH_PERSIAN;
            c->date.how = KH_DATE_CODE;
            c->line = line_index(r, token->span.begin);
        }
    }
}

static void read_url(reader *r, kh_arena *a, kh_str url)
{
    kh_time t = {0};
    if (url.len && kh_dates_of_url(url, &t)) {
        add(r, a, t, 0.70f, KH_STR("url"), KH_STR("the address carries the day"))->date.how =
            KH_DATE_CODE;
    }
}

/* ---- the choice ---- */

static uint64_t key_of(const candidate *c, bool with_path)
{
    uint64_t day = (uint64_t)kh_day_number(c->date.when.from);
    return kh_hash_mix(day, with_path ? kh_hash(c->date.path) : 1);
}

/* What other kinds of evidence for the same day add to each candidate: each kind once, the weak ones less. */
static void add_support(reader *r)
{
    kh_arena a = r->scratch;
    kh_map sums = {0}; /* hundredths, of a day and of a day and kind */
    KH_EACH (const candidate, c, r->found) {
        if (!c->refused) {
            uint32_t weight = c->date.score < WEAK_SCORE ? SUPPORT_WEAK : SUPPORT_FULL;
            uint32_t *own = kh_map_put(&a, &sums, key_of(c, true), NULL);
            uint32_t more = weight > *own ? weight - *own : 0;
            *own += more;
            *kh_map_put(&a, &sums, key_of(c, false), NULL) += more;
        }
    }
    KH_EACH (candidate, c, r->found) {
        if (!c->refused) {
            uint32_t others = *kh_map_get(&sums, key_of(c, false)) - *kh_map_get(&sums, key_of(c, true));
            c->support = 0.01f * (float)(others < SUPPORT_MAX ? others : SUPPORT_MAX);
        }
    }
}

static const candidate *best_of(const candidates *all, bool modified)
{
    const candidate *best = NULL;
    float best_score = 0;
    KH_EACH (const candidate, c, *all) {
        float score = c->date.score + c->support;
        if (!c->refused && c->modified == modified && score > best_score) {
            best = c;
            best_score = score;
        }
    }
    return best;
}

/* The same day with its time, from the best candidate that tells one. */
static void add_clock(const candidates *all, const candidate *best, kh_date *date)
{
    float score = 0;
    int64_t day = kh_day_number(best->date.when.from);
    KH_EACH (const candidate, c, *all) {
        bool tells =
            c->date.when.from.precision > KH_TO_DAY && !c->refused && c->modified == best->modified;
        if (date->when.from.precision == KH_TO_DAY && tells &&
            kh_day_number(c->date.when.from) == day && c->date.score > score) {
            date->when.from = c->date.when.from;
            score = c->date.score;
        }
    }
}

/* A moment in UTC may lie on another day where the page was written: the day that a visible line or the
 * address shows goes before, where some time zone makes both true. NULL where nothing shows one. */
static const candidate *shown_day(const candidates *all, const candidate *best)
{
    kh_time t = best->date.when.from;
    int64_t day = kh_day_number(t);
    const candidate *shown = NULL;
    if (t.precision < KH_TO_MINUTE || !t.has_offset || t.offset_minutes != 0) {
        return NULL;
    }
    KH_EACH (const candidate, c, *all) {
        int64_t apart = kh_day_number(c->date.when.from) - day;
        bool zone = (apart == 1 && t.hour >= EAST_FROM) || (apart == -1 && t.hour < WEST_UNTIL);
        bool visible = kh_str_eq(c->date.path, KH_STR("line")) ||
                       kh_str_eq(c->date.path, KH_STR("url")) ||
                       kh_str_starts(c->date.path, KH_STR("block beside"));
        if (c->refused || c->modified || !visible) {
            continue;
        }
        if (apart == 0) {
            return NULL;
        }
        if (zone && (!shown || c->date.score > shown->date.score)) {
            shown = c;
        }
    }
    return shown && shown->date.score >= SHOWN_SCORE ? shown : NULL;
}

static void choose(reader *r)
{
    kh_article *art = r->art;
    add_support(r);
    const candidate *published = best_of(&r->found, false);
    const candidate *modified = best_of(&r->found, true);
    if (modified) {
        art->modified = modified->date;
        add_clock(&r->found, modified, &art->modified);
    }
    if (!published && modified) {
        published = modified;
        art->published = modified->date;
        art->published.reason = KH_STR("only the day of a change is stated");
        art->published.score *= 0.5f;
    } else if (published) {
        const candidate *shown = shown_day(&r->found, published);
        published = shown ? shown : published;
        art->published = published->date;
        art->published.score = published->date.score + published->support;
        art->published.score = art->published.score > 1 ? 1 : art->published.score;
        add_clock(&r->found, published, &art->published);
    }
}

/* ---- the article's list of dates ---- */

/* Lines that are a date: the role says so, unless the page stage knew better. */
static void mark_lines(reader *r)
{
    KH_EACH (const candidate, c, r->found) {
        if (c->line == UINT32_MAX || c->refused || c->date.how == KH_DATE_CODE) {
            continue;
        }
        kh_line *line = &r->art->lines.items[c->line];
        bool published =
            kh_time_known(r->art->published.when.from) &&
            kh_day_number(r->art->published.when.from) == kh_day_number(c->date.when.from);
        bool modified =
            kh_time_known(r->art->modified.when.from) &&
            kh_day_number(r->art->modified.when.from) == kh_day_number(c->date.when.from);
        bool open = line->role == KH_ROLE_BODY || line->role == KH_ROLE_BOILERPLATE ||
                    line->role == KH_ROLE_SUBHEAD;
        if ((published || modified) && open) {
            line->role = KH_ROLE_DATE;
            line->why = KH_STR("date line");
        }
    }
}

static void fill_dates(reader *r)
{
    kh_time base = r->art->published.when.from;
    KH_EACH (kh_date_expr, expr, r->exprs) {
        const kh_line *line = kh_article_line_at(r->art, expr->span.begin);
        if (line && line->role != KH_ROLE_BOILERPLATE) {
            *KH_ADD(r->out, &r->art->dates) = kh_dates_resolve(expr, r->know, base);
        }
    }
}

/* Short lines: all of them, or those alone that the page stage holds for a date or a byline. */
static void parse_foreign(reader *r, kh_arena *a, bool all, kh_date_exprs *foreign)
{
    const kh_text *text = r->art->tokens;
    size_t at = 0;
    for (size_t line = 0; line < text->lines.count; line++) {
        const kh_stretch *l = &text->lines.items[line];
        while (at < r->art->lines.count && r->art->lines.items[at].span.end <= l->span.begin) {
            at++;
        }
        kh_line_role role =
            at < r->art->lines.count ? r->art->lines.items[at].role : KH_ROLE_BOILERPLATE;
        bool dated = role == KH_ROLE_DATE || role == KH_ROLE_BYLINE || role == KH_ROLE_SOURCE;
        if ((all || dated) && l->end - l->first <= DATE_LINE_TOKENS_MAX) {
            kh_dates_parse(a, r->scratch, r->know, text, KH_LANG_NONE, line, line + 1, foreign);
        }
    }
}

/* OWN with those of FOREIGN that touch none of them. */
static kh_date_exprs merged(kh_arena *a, kh_date_exprs own, kh_date_exprs foreign)
{
    kh_date_exprs both = {0};
    size_t k = 0;
    for (size_t i = 0; i < own.count || k < foreign.count;) {
        bool before = k < foreign.count && (i == own.count || foreign.items[k].end <= own.items[i].first);
        if (before) {
            *KH_ADD(a, &both) = foreign.items[k++];
        } else if (k < foreign.count && foreign.items[k].first < own.items[i].end) {
            k++;
        } else {
            *KH_ADD(a, &both) = own.items[i++];
        }
    }
    return both;
}

/* A page may carry dates in another language than its text: Kurdish pages with Arabic month names, any page
 * with an English date. Date lines are read so always, other short lines where nothing else is found. */
static void parse_text(reader *r, kh_arena *a)
{
    const kh_text *text = r->art->tokens;
    bool full = false;
    kh_time t = {0};
    kh_date_exprs foreign = {0};
    kh_dates_parse(a, r->scratch, r->know, text, r->lang, 0, text->lines.count, &r->exprs);
    KH_EACH (kh_date_expr, expr, r->exprs) {
        full = full || kh_dates_full(expr, &t);
    }
    if (r->lang != KH_LANG_NONE) {
        parse_foreign(r, a, !full, &foreign);
        r->exprs = merged(a, r->exprs, foreign);
    }
}

static int by_score(const void *x, const void *y)
{
    const kh_date *a = x, *b = y;
    return a->score > b->score ? -1 : a->score < b->score ? 1 : 0;
}

/* Keeps the best candidates, so that the choice can be checked. */
static void tell(reader *r)
{
    kh_dates *told = &r->art->date_candidates;
    KH_EACH (const candidate, c, r->found) {
        *KH_ADD(r->out, told) = c->date;
    }
    if (told->count > 1) {
        qsort(told->items, told->count, sizeof *told->items, by_score);
    }
    told->count = told->count < CANDIDATES_MAX ? told->count : CANDIDATES_MAX;
}

void kh_dates_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_page *page,
                   kh_time now, kh_article *art)
{
    kh_arena inner = kh_arena_split(&scratch);
    kh_arena scan_room = kh_arena_split(&inner);
    reader r = {.out = out,
                .scratch = inner,
                .scan_room = scan_room,
                .know = know,
                .art = art,
                .lang = kh_lexicon_lang(know->lex, art->lang),
                .last_day = INT64_MAX};
    kh_time limit = kh_time_known(now) ? now : page->captured;
    if (kh_time_known(limit)) {
        r.last_day = kh_last_day_number(limit) + 1;
    }
    find_body(&r);
    parse_text(&r, &scratch);
    read_fields(&r, &scratch);
    settle_blocks(&r);
    read_lines(&r, &scratch);
    read_codes(&r, &scratch);
    read_url(&r, &scratch, page->url.len ? page->url : art->url);
    settle_orders(&r);
    choose(&r);
    tell(&r);
    if (kh_time_known(page->published)) {
        art->published = (kh_date){.when.from = page->published,
                                   .how = KH_DATE_GIVEN,
                                   .core = true,
                                   .score = 1,
                                   .path = KH_STR("given"),
                                   .reason = KH_STR("supplied with the page")};
    }
    mark_lines(&r);
    fill_dates(&r);
}
