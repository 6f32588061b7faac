/* credits_outlet.c - whose page is this, when neither its head nor its supplier said?
 *
 * Decides by lines of the site, best first: a name on a line of its own between the title and the text
 * ("المغرب تحت المجهر" between date and source); the name before an agency label ("صوت الوادي -
 * وكالات"); the holder of the copyright ("جميع الحقوق محفوظة © صوت الوادي"); the link home ("Zur
 * Startseite von Bachbote"); the first line of the page that is no section and no furniture ("روزنامه دره
 * | صفحه نخست | جهان").
 *
 * Gets wrong: a site whose first line is a section of one word that no table of furniture holds.
 */
#include "claims/credits_internal.h"

#include <string.h>

enum { OUTLET_TOKENS_MAX = 7, HOME_LINK = 65 };

typedef struct candidate {
    kh_span span;
    int score;
    bool line; /* makes an outlet_line */
} candidate;

typedef struct finder {
    const kh_credits_know *know;
    const kh_article *art;
    const kh_text *text;
    uint8_t lang;
    candidate best;
} finder;

static bool is_separator(const kh_token *t)
{
    return t->kind == KH_PUNCT &&
           (t->cp == '|' || t->cp == '/' || t->cp == '>' || t->cp == 0xBB || t->cp == 0x203A || t->cp == 0xB7 || t->cp == 0x2022);
}

/* Is FIRST..END a phrase of site furniture, as a whole? */
static bool is_furniture(const finder *f, size_t first, size_t end)
{
    kh_match m;
    return kh_phrases_match(f->know->site_words, f->text, first, f->lang, 0, &m) && m.end >= end;
}

static bool has_outlet_word(const finder *f, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        kh_match m;
        if (kh_phrases_match(f->know->outlet_words, f->text, i, f->lang, 0, &m)) {
            return true;
        }
    }
    return false;
}

static bool may_be_name(const finder *f, size_t first, size_t end)
{
    const kh_token *t = f->text->tokens.items;
    if (end <= first || end - first > OUTLET_TOKENS_MAX || is_furniture(f, first, end)) {
        return false;
    }
    for (size_t i = first; i < end; i++) {
        bool plain = t[i].kind == KH_WORD || kh_is_dash(t[i].cp) || t[i].cp == '\'' || t[i].cp == 0x2019 || t[i].cp == '.';
        if (!plain || t[i].span.begin > t[first].span.end + 400) {
            return false;
        }
    }
    return true;
}

static void offer(finder *f, size_t first, size_t end, int score, bool line)
{
    if (may_be_name(f, first, end) && score > f->best.score) {
        f->best = (candidate){.span = kh_text_span(f->text, first, end), .score = score, .line = line};
    }
}

/* Words set apart by wide spaces are sections side by side. */
static bool has_wide_gap(const finder *f, const kh_stretch *line)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t i = line->first + 1; i < line->end; i++) {
        if (t[i].span.begin > t[i - 1].span.end + 2) {
            return true;
        }
    }
    return false;
}

static void offer_top_line(finder *f, const kh_stretch *line, int order)
{
    const kh_token *t = f->text->tokens.items;
    size_t end = line->first;
    while (end < line->end && !is_separator(&t[end])) {
        end++;
    }
    size_t words = end - line->first;
    bool trail = end < line->end && t[end].cp != '|'; /* "Home > World": a path, not a name */
    if (words == 0 || trail || has_wide_gap(f, line)) {
        return;
    }
    uint32_t agency;
    kh_match m;
    bool known = kh_credits_agency_at(f->know, f->art, line->first, true, &agency, &m) && m.end == end;
    bool named = has_outlet_word(f, line->first, end) || known;
    int score = (named ? 60 : words > 1 ? 50 : 20) - order;
    offer(f, line->first, end, score, false);
}

/* Behind © and a year, or before "All rights reserved". */
static void offer_copyright(finder *f, const kh_stretch *line)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t i = line->first; i < line->end; i++) {
        if (t[i].cp != 0xA9) {
            continue;
        }
        size_t first = i + 1;
        while (first < line->end && (t[first].kind == KH_NUMBER || kh_is_dash(t[first].cp))) {
            first++;
        }
        size_t end = first;
        while (end < line->end && t[end].kind == KH_WORD) {
            end++;
        }
        uint32_t agency;
        kh_match m;
        bool agencys = first < line->end && kh_credits_agency_at(f->know, f->art, first, true, &agency, &m);
        if (!agencys) {
            offer(f, first, end, 70, false);
        }
    }
}

static void offer_home_link(finder *f, const kh_stretch *line)
{
    static const char *const heads[][4] = {{"zur", "startseite", "von", NULL}, {"go", "to", "homepage", NULL}};
    const kh_token *t = f->text->tokens.items;
    for (size_t h = 0; h < 1; h++) {
        size_t n = 0;
        while (heads[h][n] && line->first + n < line->end && kh_token_is(&t[line->first + n], heads[h][n])) {
            n++;
        }
        if (!heads[h][n]) {
            offer(f, line->first + n, line->end, HOME_LINK, false);
        }
    }
}

/* A line between the title and the text that is nothing else. */
static void offer_own_line(finder *f, const kh_stretch *line, const kh_line *role)
{
    const kh_token *t = f->text->tokens.items;
    size_t end = line->end;
    if (role->role == KH_ROLE_SOURCE) {
        end = line->first;
        while (end < line->end && !kh_is_dash(t[end].cp)) {
            end++;
        }
        if (end == line->end) {
            return;
        }
        offer(f, line->first, end, 75, false);
    } else if (role->role == KH_ROLE_OUTLET) {
        offer(f, line->first, end, 90, true);
    }
}

/* The words at SPAN begin with an agency's name: the copyright of what the outlet carries. */
static bool is_agencys(const finder *f, kh_span span)
{
    size_t token = kh_text_token_at(f->text, span.begin);
    uint32_t agency;
    kh_match m;
    return !kh_span_empty(span) && token < f->text->tokens.count && kh_credits_agency_at(f->know, f->art, token, true, &agency, &m);
}

static bool is_about_page(const kh_line *line)
{
    return line->role == KH_ROLE_DATE || line->role == KH_ROLE_SOURCE || line->role == KH_ROLE_BYLINE;
}

/* A line that the page stage could not place, between the date and the source: the outlet's name. */
static bool is_sandwiched(const kh_article *art, size_t i)
{
    if (i == 0 || i + 1 >= art->lines.count) {
        return false;
    }
    const kh_line *before = &art->lines.items[i - 1];
    const kh_line *line = &art->lines.items[i];
    const kh_line *after = &art->lines.items[i + 1];
    bool dated = before->role == KH_ROLE_DATE || after->role == KH_ROLE_DATE;
    bool above = is_about_page(before) || before->role == KH_ROLE_TITLE;
    return line->role != KH_ROLE_TITLE && !is_about_page(line) && dated && above && is_about_page(after);
}

static void find_own_lines(kh_article *art)
{
    for (size_t i = 0; i < art->lines.count; i++) {
        kh_line *line = &art->lines.items[i];
        if (line->role == KH_ROLE_BODY) {
            size_t first = kh_text_token_at(art->tokens, line->span.begin);
            size_t end = kh_text_token_at(art->tokens, line->span.end);
            if (end - first > OUTLET_TOKENS_MAX) {
                return; /* the text has begun */
            }
        }
        if (is_sandwiched(art, i)) {
            line->role = KH_ROLE_OUTLET;
            line->why = KH_STR("between date and source");
        }
    }
}

/* Goes through the lines of the page and keeps the best name. */
static void find_best(finder *f)
{
    bool body = false;
    int order = 0;
    KH_EACH(const kh_stretch, line, f->text->lines) {
        const kh_line *role = line->end > line->first ? kh_article_line_at(f->art, line->span.begin) : NULL;
        if (!role) {
            continue;
        }
        body = body || role->role == KH_ROLE_BODY;
        if (role->role == KH_ROLE_BOILERPLATE) {
            offer_copyright(f, line);
            offer_home_link(f, line);
            if (!body && order < 8) {
                offer_top_line(f, line, order++);
            }
        } else {
            offer_own_line(f, line, role);
        }
    }
}

/* Does SPAN stand below the title: the masthead above it is no line of credit. */
static bool is_below_title(const kh_article *art, kh_span span)
{
    bool titled = false;
    KH_EACH(const kh_line, line, art->lines) {
        titled = titled || (line->span.end <= span.begin && line->role == KH_ROLE_TITLE);
    }
    return titled;
}

void kh_credits_find_outlet(kh_arena *out, const kh_credits_know *know, kh_article *art)
{
    finder f = {.know = know, .art = art, .text = art->tokens, .lang = kh_lexicon_lang(know->lex, art->lang)};
    find_own_lines(art);
    find_best(&f);
    if (f.best.score == 0) {
        return;
    }
    kh_str name = kh_text_slice(f.text, f.best.span);
    if (f.best.line && is_below_title(art, f.best.span)) {
        *KH_ADD(out, &art->credits) = (kh_credit){
            .type = KH_CREDIT_OUTLET_LINE, .role = KH_CREDIT_REPUBLISHER, .label = name, .span = f.best.span, .agency_span = f.best.span};
    }
    bool agencys = f.best.score >= HOME_LINK && is_agencys(&f, art->outlet.span);
    if (art->outlet.value.len == 0 || agencys) {
        art->outlet = (kh_field){.value = name, .span = f.best.span, .path = KH_STR("line"), .confidence = 0.7F};
    }
}
