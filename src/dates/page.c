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
#include "dates/page.h"

#include <stdlib.h>

enum {
    FIRST_YEAR = 1990,
    DATE_LINE_TOKENS_MAX = 25,
    DATE_LINE_BYTES_MAX = 400, /* a longer line is prose, whatever days stand in it */
    CODE_DIGITS_MIN = 10,
    CANDIDATES_MAX = 24 /* that are told */
};

kh_day_candidate *kh_day_add(kh_day_reader *r, kh_arena *a, kh_time t, float score, kh_str path, kh_str reason)
{
    kh_day_candidate *c = KH_ADD(a, &r->found);
    *c = (kh_day_candidate){.line = UINT32_MAX};
    c->date = (kh_date){.when.from = t, .score = score, .path = path, .reason = reason, .core = true};
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
static const trust trusted[] = {{"modif", 0.80f, true},           {"updat", 0.80f, true},
                                {"lastmod", 0.80f, true},         {"revised", 0.70f, true},
                                {"webpage", 0.80f, false},        {"json-ld datepublished", 0.97f, false},
                                {"published_time", 0.95f, false}, {"datepublished", 0.93f, false},
                                {"publi", 0.92f, false},          {"pubdate", 0.92f, false},
                                {"pub-date", 0.92f, false},       {"pub_date", 0.92f, false},
                                {"issued", 0.88f, false},         {"creationdate", 0.30f, false},
                                {"creation_date", 0.30f, false},  {"uploaddate", 0.50f, false},
                                {"created", 0.80f, false},        {"available", 0.70f, false},
                                {"time[pubdate]", 0.85f, false},  {"time", 0.66f, false},
                                {"date", 0.86f, false},           {"", 0.50f, false}};

static void read_fields(kh_day_reader *r, kh_arena *a)
{
    size_t times = 0;
    KH_EACH(kh_date, field, r->art->page_dates) {
        kh_time t = {0};
        kh_str raw = field->reason;
        if (kh_str_starts(field->path, KH_STR("block"))) {
            kh_day_block(r, a, field, raw);
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
        kh_day_candidate *c = kh_day_add(r, a, t, score, field->path, kh_arena_printf(r->out, "a field of the page: " KH_FMT, KH_ARG(raw)));
        c->modified = how->modified;
        field->when.from = t;
        field->score = c->date.score;
        field->reason = c->date.reason;
    }
}

/* ---- lines ---- */

uint32_t kh_day_line(const kh_day_reader *r, uint32_t at)
{
    const kh_line *line = kh_article_line_at(r->art, at);
    return line ? (uint32_t)(line - r->art->lines.items) : UINT32_MAX;
}

static void find_body(kh_day_reader *r)
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

/* ---- codes and URLs ---- */

static void read_codes(kh_day_reader *r, kh_arena *a)
{
    const kh_text *text = r->art->tokens;
    for (size_t i = 0; i < text->tokens.count; i++) {
        const kh_token *token = &text->tokens.items[i];
        kh_time t = {0};
        if (token->kind != KH_NUMBER || token->key.len < CODE_DIGITS_MIN || !kh_dates_of_code(token->key, &t)) {
            continue;
        }
        kh_match match;
        size_t at = i;
        while (at > 0 && text->tokens.items[at - 1].kind == KH_PUNCT) {
            at--;
        }
        bool label = false;
        for (size_t back = 1; back <= 3 && back <= at; back++) {
            label = label || ((kh_dates_word_at(r->know, text, at - back, r->lang, &match)->senses & KH_WORD_CODE) && match.end == at);
        }
        if (label) {
            kh_day_candidate *c = kh_day_add(r, a, t, 0.55f, KH_STR("news code"), KH_STR("the news code begins with the day"));
            c->date.span = token->span;
            c->date.calendar = KH_PERSIAN;
            c->date.how = KH_DATE_CODE;
            c->line = kh_day_line(r, token->span.begin);
        }
    }
}

static void read_url(kh_day_reader *r, kh_arena *a, kh_str url)
{
    kh_time t = {0};
    if (url.len && kh_dates_of_url(url, &t)) {
        kh_day_add(r, a, t, 0.70f, KH_STR("url"), KH_STR("the address carries the day"))->date.how = KH_DATE_CODE;
    }
}

/* ---- the article's list of dates ---- */

/* Lines that are a date: the role says so, unless the page stage knew better. */
static void mark_lines(kh_day_reader *r)
{
    KH_EACH(const kh_day_candidate, c, r->found) {
        if (c->line == UINT32_MAX || c->refused || c->date.how == KH_DATE_CODE) {
            continue;
        }
        kh_line *line = &r->art->lines.items[c->line];
        bool published =
            kh_time_known(r->art->published.when.from) && kh_day_number(r->art->published.when.from) == kh_day_number(c->date.when.from);
        bool modified =
            kh_time_known(r->art->modified.when.from) && kh_day_number(r->art->modified.when.from) == kh_day_number(c->date.when.from);
        bool open = line->role == KH_ROLE_BODY || line->role == KH_ROLE_BOILERPLATE || line->role == KH_ROLE_SUBHEAD;
        bool line_of_days = line->span.end - line->span.begin <= DATE_LINE_BYTES_MAX;
        if ((published || modified) && open && line_of_days) {
            line->role = KH_ROLE_DATE;
            line->why = KH_STR("date line");
        }
    }
}

static void fill_dates(kh_day_reader *r)
{
    kh_time base = r->art->published.when.from;
    KH_EACH(kh_date_expr, expr, r->exprs) {
        const kh_line *line = kh_article_line_at(r->art, expr->span.begin);
        if (line && line->role != KH_ROLE_BOILERPLATE) {
            *KH_ADD(r->out, &r->art->dates) = kh_dates_resolve(expr, r->know, base);
        }
    }
}

/* Short lines: all of them, or those alone that the page stage holds for a date or a byline. */
static void parse_foreign(kh_day_reader *r, kh_arena *a, bool all, kh_date_exprs *foreign)
{
    const kh_text *text = r->art->tokens;
    size_t at = 0;
    for (size_t line = 0; line < text->lines.count; line++) {
        const kh_stretch *l = &text->lines.items[line];
        while (at < r->art->lines.count && r->art->lines.items[at].span.end <= l->span.begin) {
            at++;
        }
        kh_line_role role = at < r->art->lines.count ? r->art->lines.items[at].role : KH_ROLE_BOILERPLATE;
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
static void parse_text(kh_day_reader *r, kh_arena *a)
{
    const kh_text *text = r->art->tokens;
    bool full = false;
    kh_time t = {0};
    kh_date_exprs foreign = {0};
    kh_dates_parse(a, r->scratch, r->know, text, r->lang, 0, text->lines.count, &r->exprs);
    KH_EACH(kh_date_expr, expr, r->exprs) {
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
static void tell(kh_day_reader *r)
{
    kh_dates *told = &r->art->date_candidates;
    KH_EACH(const kh_day_candidate, c, r->found) {
        *KH_ADD(r->out, told) = c->date;
    }
    if (told->count > 1) {
        qsort(told->items, told->count, sizeof *told->items, by_score);
    }
    told->count = told->count < CANDIDATES_MAX ? told->count : CANDIDATES_MAX;
}

void kh_dates_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_page *page, kh_time now, kh_article *art)
{
    kh_arena inner = kh_arena_split(&scratch);
    kh_arena scan_room = kh_arena_split(&inner);
    kh_day_reader r = {.out = out,
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
    kh_day_lines(&r, &scratch);
    read_codes(&r, &scratch);
    read_url(&r, &scratch, page->url.len ? page->url : art->url);
    kh_day_choose(&r, &scratch);
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
