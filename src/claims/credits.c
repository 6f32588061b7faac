/* credits.c - who does the page say that it has this from?
 *
 * Decides the typed credits of an article; whom its text is credited to, credits_text.c takes from them. Example: "به گزارش
 * ایرنا، به نقل از خبرگزاری فرانسه" is an agency_chain: AFP the origin, IRNA the hop nearer to the page;
 * "به این خبرگزاری" later is an agency_anaphor, which means the agency named last, AFP. "تصوير: سامي
 * نجار – رويترز" is a photo_credit and credits no text. "كفرنوح (رويترز) –" is a dateline only at the head of
 * the text.
 *
 * Method: templates (credits_match.c) propose; rules of place then keep or drop: a dateline opens one of the
 * first lines of the body, a source line and a byline are short lines of their own, an agency in brackets is
 * a tag, beside a caption a photo credit; lines of the site may carry site text and copyright, but no relay.
 * Of two proposals that share words credits_keep.c keeps one.
 *
 * Gets wrong: a newspaper quoted as a source that is in no table of agencies; an agency's name in a caption
 * that the page stage took for body text.
 */
#include "claims/credits_internal.h"

#include <stdlib.h>

enum { SHORT_LINE_TOKENS = 14, HEAD_LINES = 4, LABEL_WORDS = 5 };

typedef struct reader {
    kh_arena *out;
    const kh_credits_know *know;
    kh_article *art;
    const kh_text *text;
    uint32_t first_body; /* line index in text of the first body line */
    uint8_t lang;
} reader;

/* ---- lines ---- */

static kh_line *line_of(const reader *r, uint32_t token)
{
    return (kh_line *)kh_article_line_at(r->art, r->text->tokens.items[token].span.begin);
}

static bool covers_line(const reader *r, const kh_fit *fit)
{
    const kh_stretch *line = &r->text->lines.items[r->text->tokens.items[fit->first].line];
    size_t left = line->end - fit->end;
    return fit->first <= line->first + 1 && left <= 2;
}

/* A source line holds its source and, joined to it, others. */
static bool names_sources_only(const reader *r, const kh_fit *fit)
{
    kh_fit whole = *fit;
    size_t end = fit->end;
    while (end < r->text->tokens.count && (end = kh_credits_source_behind(r->know, r->art, end, &(uint32_t){0}, &(kh_match){0})) > 0) {
        whole.end = (uint32_t)end;
    }
    return covers_line(r, &whole);
}

static bool opens_line(const reader *r, const kh_fit *fit)
{
    const kh_stretch *line = &r->text->lines.items[r->text->tokens.items[fit->first].line];
    return fit->first <= line->first + 1;
}

static size_t line_tokens(const reader *r, uint32_t token)
{
    const kh_stretch *line = &r->text->lines.items[r->text->tokens.items[token].line];
    return line->end - line->first;
}

/* ---- what may stand where ---- */

bool kh_credit_is_site_text(kh_credit_type type)
{
    return type == KH_CREDIT_PAYWALL_LINE || type == KH_CREDIT_STANDARDS_LINE || type == KH_CREDIT_CMS_FURNITURE ||
           type == KH_CREDIT_CLOSING_FORMULA || type == KH_CREDIT_SITE_CODE || type == KH_CREDIT_SYNDICATION ||
           type == KH_CREDIT_TRANSLATION_LINE || type == KH_CREDIT_HAT_TIP;
}

static bool is_line_credit(kh_credit_type type)
{
    return type == KH_CREDIT_SOURCE_LINE || type == KH_CREDIT_BYLINE || type == KH_CREDIT_BYLINE_FOOTER ||
           type == KH_CREDIT_TRANSLATION_LINE || type == KH_CREDIT_OWN_LABEL;
}

static bool near_head(const reader *r, const kh_fit *fit)
{
    uint32_t line = r->text->tokens.items[fit->first].line;
    return line >= r->first_body && line < r->first_body + HEAD_LINES * 2;
}

static size_t line_words(const reader *r, uint32_t token)
{
    const kh_stretch *line = &r->text->lines.items[r->text->tokens.items[token].line];
    size_t words = 0;
    for (size_t i = line->first; i < line->end; i++) {
        words += r->text->tokens.items[i].kind == KH_WORD;
    }
    return words;
}

static bool generic_may_stand(const reader *r, const kh_fit *fit, kh_line_role role)
{
    if (fit->template->role != KH_CREDIT_AGGREGATED) {
        return role == KH_ROLE_BODY || role == KH_ROLE_SUBHEAD;
    }
    bool own_line = role == KH_ROLE_DATE || role == KH_ROLE_BYLINE || role == KH_ROLE_SOURCE || role == KH_ROLE_OUTLET;
    bool label = line_words(r, fit->first) <= LABEL_WORDS; /* "The Post - Agencies" */
    const kh_token *t = r->text->tokens.items;
    const kh_stretch *line = &r->text->lines.items[t[fit->first].line];
    uint32_t before = fit->first > line->first ? t[fit->first - 1].cp : 0;
    uint32_t behind = fit->end < line->end ? t[fit->end].cp : 0;
    bool joined = before == '+' || (kh_is_dash(before) && behind == 0 && label) ||
                  (fit->first == line->first && t[fit->first].cp == '(' && kh_is_dash(behind));
    return (own_line && label) || (role == KH_ROLE_BODY && (covers_line(r, fit) || joined));
}

/* "بنا به اعلام خبرگزاری رسمی سوریه (سانا)": words with a medium among them are no place. */
static bool names_medium(const reader *r, const kh_fit *fit)
{
    const kh_token *t = r->text->tokens.items;
    kh_match m;
    for (uint32_t i = fit->first; i < fit->end && t[i].kind == KH_WORD; i++) {
        if (t[i].span.begin >= fit->agency_spans[0].begin) {
            return false;
        }
        if (kh_phrases_match(r->know->agency_words, r->text, i, r->lang, 0, &m) ||
            kh_phrases_match(r->know->medium_words, r->text, i, r->lang, 0, &m)) {
            return true;
        }
    }
    return false;
}

/* "كفرنوح (رويترز) -" closes with a dash, a colon or the line; "أبلغ مصدر وكالة الأنباء (د ب أ) أن" does not, and a
 * place holds no full stop that its template has not ("The airport was shut. (Reuters)"). */
static bool closes_as_dateline(const reader *r, const kh_fit *fit)
{
    const kh_token *t = r->text->tokens.items;
    const kh_stretch *line = &r->text->lines.items[t[fit->first].line];
    size_t stops = 0, wanted = 0;
    for (uint32_t i = fit->first; i < fit->end; i++) {
        stops += t[i].cp == '.';
    }
    for (size_t e = 0; e < fit->template->count; e++) {
        wanted += kh_str_eq(fit->template->elements[e].key, KH_STR("."));
    }
    uint32_t last = t[fit->end - 1].cp;
    bool mark = (t[fit->end - 1].kind == KH_PUNCT && last != ')') || last == '.';
    for (uint32_t i = fit->first + 1; last == ')' && i < fit->end; i++) {
        mark |= t[i].cp == '(' && kh_is_dash(t[i - 1].cp); /* الجزائر - (واج) دشن الوزير */
    }
    return (mark || fit->end >= line->end || t[fit->end].kind != KH_WORD) && stops <= wanted;
}

/* "Ivan Petrov, TASS" on a line of its own: two to four words, each with a capital where the script has any. */
static bool is_signature(const reader *r, const kh_fit *fit)
{
    enum { WORDS_MIN = 2, WORDS_MAX = 4, SIGNED_BYTES = 16 }; /* the word "agency" may stand between */
    const kh_token *t = r->text->tokens.items;
    size_t i = fit->first, words = 0;
    for (; i < fit->end && t[i].kind == KH_WORD; i++, words++) {
        bool cased = t[i].script == KH_SCRIPT_LATIN || t[i].script == KH_SCRIPT_CYRILLIC;
        if (cased && !(t[i].flags & KH_CAPITAL)) {
            return false;
        }
    }
    bool comma = i < fit->end && t[i].kind == KH_PUNCT && kh_str_eq(t[i].key, KH_STR(",")) &&
                 fit->agency_spans[0].begin <= t[i].span.end + SIGNED_BYTES;
    return comma && words >= WORDS_MIN && words <= WORDS_MAX && covers_line(r, fit);
}

/* A byline of words and {NAME} before {A} fills its line: "من جهتها قالت رويترز إن ..." is none. */
static bool may_sign(const reader *r, const kh_fit *fit)
{
    const kh_template *t = fit->template;
    if (t->elements[0].slot == KH_SLOT_NAME) {
        return is_signature(r, fit);
    }
    bool name = t->count > 1 && t->elements[t->count - 1].slot == KH_SLOT_AGENCY && t->elements[t->count - 2].slot == KH_SLOT_NAME;
    bool opens = t->elements[0].slot == KH_SLOT_PLACE; /* القاهرة - من نهال الشربيني، رويترز */
    bool ends = t->count > 2 && kh_str_eq(t->elements[t->count - 1].key, KH_STR(":"));
    const kh_token *tokens = r->text->tokens.items;
    for (uint32_t i = fit->first; name && i < fit->end; i++) {
        if (tokens[i].cp == '.' || tokens[i].cp == ':' || (kh_is_dash(tokens[i].cp) && !opens)) {
            return false;
        }
    }
    return (!name && !ends) || covers_line(r, fit);
}

/* "... باخت./ایسنا": a tag behind a stroke, without brackets, ends its line. */
static bool closes_as_tag(const reader *r, const kh_fit *fit)
{
    const kh_token *t = r->text->tokens.items;
    const kh_stretch *line = &r->text->lines.items[t[fit->first].line];
    return t[fit->first].cp != '/' || fit->end + (t[fit->end - 1].cp != '.') >= line->end;
}

/* May a fit of its type stand on this line? */
static bool may_stand(const reader *r, const kh_fit *fit)
{
    const kh_line *line = line_of(r, fit->first);
    kh_credit_type type = fit->template->type;
    kh_line_role role = line ? line->role : KH_ROLE_BOILERPLATE;
    bool content = role == KH_ROLE_BODY || role == KH_ROLE_SUBHEAD;
    if (kh_credit_is_site_text(type)) {
        return opens_line(r, fit) && (role != KH_ROLE_BODY || line_tokens(r, fit->first) <= 2 * SHORT_LINE_TOKENS);
    }
    if (is_line_credit(type)) {
        bool long_allowed = type == KH_CREDIT_BYLINE_FOOTER; /* three reporters in three cities */
        bool short_line = opens_line(r, fit) && (long_allowed || line_tokens(r, fit->first) <= 2 * SHORT_LINE_TOKENS);
        bool own = type == KH_CREDIT_OWN_LABEL && content && opens_line(r, fit);
        bool source = type != KH_CREDIT_SOURCE_LINE || names_sources_only(r, fit);
        bool signs = type != KH_CREDIT_BYLINE || may_sign(r, fit);
        return (short_line && source && signs && role != KH_ROLE_TITLE) || own;
    }
    switch (type) {
    case KH_CREDIT_DATELINE:
        return content && near_head(r, fit) && opens_line(r, fit) && closes_as_dateline(r, fit) && !names_medium(r, fit);
    case KH_CREDIT_GENERIC_SOURCE: return generic_may_stand(r, fit, role);
    case KH_CREDIT_PHOTO: return role != KH_ROLE_TITLE;
    case KH_CREDIT_AGENCY_TAG: return role != KH_ROLE_BOILERPLATE && role != KH_ROLE_TITLE && closes_as_tag(r, fit);
    default: return content;
    }
}

/* ---- from fits to credits ---- */

static kh_str agency_id(const reader *r, uint32_t index)
{
    return index ? r->know->agencies.items[index - 1].id : (kh_str){0};
}

/* The agency named anywhere in FIRST..END: "Our Standards: The Thomson Reuters Trust Principles." */
static kh_str agency_within(const reader *r, uint32_t first, uint32_t end, kh_span *span)
{
    for (uint32_t i = first; i < end; i++) {
        uint32_t agency;
        kh_match m;
        if (kh_credits_agency_at(r->know, r->art, i, true, &agency, &m)) {
            *span = m.span;
            return r->know->agencies.items[agency].id;
        }
    }
    return (kh_str){0};
}

static kh_credit credit_of(const reader *r, const kh_fit *fit)
{
    bool chain = fit->template->type == KH_CREDIT_AGENCY_CHAIN && (fit->agencies[1] || !kh_span_empty(fit->agency_spans[1]));
    kh_credit c = {.type = fit->template->type, .role = fit->template->role};
    c.span = kh_text_span(r->text, fit->first, fit->end);
    c.agency = agency_id(r, fit->agencies[chain ? 1 : 0]);
    c.agency_span = fit->agency_spans[chain ? 1 : 0];
    if (c.agency.len == 0 && kh_credit_is_site_text(c.type)) {
        c.agency = agency_within(r, fit->first, fit->end, &c.agency_span);
    } else if (c.agency.len == 0) {
        c.agency = fit->template->house;
    }
    if (kh_str_eq(c.agency, KH_STR("?"))) { /* "this news agency", whichever it is */
        c.agency = (kh_str){0};
        c.nameless = true;
    }
    c.label = c.agency.len ? kh_credits_agency_label(r->know, c.agency) : kh_text_slice(r->text, c.span);
    if (chain) {
        c.via = agency_id(r, fit->agencies[0]);
        c.via_span = fit->agency_spans[0];
    }
    const kh_line *line = line_of(r, fit->first);
    if (line && line->role == KH_ROLE_CAPTION && c.agency.len) {
        c.type = KH_CREDIT_PHOTO;
        c.role = KH_CREDIT_PHOTO_ONLY;
    } else if (c.type == KH_CREDIT_SYNDICATION && line && line->role != KH_ROLE_BODY) {
        c.type = KH_CREDIT_STANDARDS_LINE; /* site text of the agency, carried along */
    }
    return c;
}

/* ---- traces that no phrase shows ---- */

static void add_credit(reader *r, kh_credit_type type, kh_credit_role role, kh_span span)
{
    if (r->art->credits.count < KH_ITEMS_MAX) {
        *KH_ADD(r->out, &r->art->credits) = (kh_credit){.type = type, .role = role, .span = span, .label = kh_text_slice(r->text, span)};
    }
}

/* A sentence of the news that ends in a full date is no line of the page's date. */
static bool is_sentence(const reader *r, const kh_line *line)
{
    enum { WORDS = 2 };
    size_t first = kh_text_token_at(r->text, line->span.begin);
    size_t end = kh_text_token_at(r->text, line->span.end);
    size_t words = 0;
    for (size_t i = first; i < end; i++) {
        const kh_token *t = &r->text->tokens.items[i];
        words += t->kind == KH_WORD && !kh_span_holds(r->art->published.span, t->span);
    }
    return end > first && words >= WORDS && r->text->tokens.items[end - 1].cp == '.';
}

static void add_page_dates(reader *r)
{
    bool dated = false;
    KH_EACH(const kh_line, line, r->art->lines) {
        if (line->role != KH_ROLE_DATE || is_sentence(r, line)) {
            continue;
        }
        kh_span published = r->art->published.span;
        bool known = published.end > published.begin && kh_span_holds(line->span, published);
        add_credit(r, KH_CREDIT_PAGE_DATE, KH_CREDIT_DATE, known ? published : line->span);
        dated = true;
        break;
    }
    if (dated || kh_when_known(r->art->published.when) || r->first_body >= r->text->lines.count) {
        return;
    }
    const kh_stretch *lead = &r->text->lines.items[r->first_body];
    unsigned flags = r->lang == r->know->arabic ? KH_CLITICS : 0;
    for (size_t i = lead->first; i < lead->end; i++) {
        kh_match m;
        if (kh_phrases_match(r->know->weekdays, r->text, i, r->lang, flags, &m) &&
            !(m.end < lead->end && r->text->tokens.items[m.end].kind == KH_NUMBER)) {
            add_credit(r, KH_CREDIT_WEEKDAY_DATELINE, KH_CREDIT_DATE, m.span);
            return;
        }
    }
}

/* Behind the bracket or the marks that open at token I and hold a short name: (آوا), «القدس العربي»; 0 for none. */
static size_t past_short_name(const reader *r, size_t i, size_t end)
{
    enum { WORDS_MAX = 3 };
    const kh_token *t = r->text->tokens.items;
    bool bracket = t[i].cp == '(';
    size_t k = i + 1;
    while (k < end && k <= i + WORDS_MAX && t[k].kind == KH_WORD && (!bracket || k < i + 2)) {
        k++;
    }
    bool opens = bracket || kh_is_quote(t[i].cp);
    bool closes = k < end && (bracket ? t[k].cp == ')' : kh_is_quote(t[k].cp));
    return opens && closes && k > i + 1 ? k + 1 : 0;
}

/* The mention of a place that opens at byte AT: its end, 0 for none. */
static uint32_t place_at(const reader *r, uint32_t at)
{
    KH_EACH(const kh_mention, m, r->art->mentions) {
        if (m->span.begin >= at) {
            bool place = r->art->names.items[m->name].type == KH_NAME_PLACE;
            return m->span.begin == at && place ? m->span.end : 0;
        }
    }
    return 0;
}

/* "کابل (آوا) –", "غزة - «القدس العربي»:": a known place at the head of the text and a name that no table of agencies has. */
static void add_nameless_dateline(reader *r)
{
    const kh_token *t = r->text->tokens.items;
    if (r->first_body >= r->text->lines.count) {
        return;
    }
    const kh_stretch *lead = &r->text->lines.items[r->first_body];
    uint32_t begin = lead->first < lead->end ? t[lead->first].span.begin : 0;
    uint32_t place = lead->first < lead->end ? place_at(r, begin) : 0;
    size_t i = place ? kh_text_token_at(r->text, place) : lead->end;
    bool dash = i < lead->end && kh_is_dash(t[i].cp);
    i += dash;
    size_t behind = i + 1 < lead->end && dash != (t[i].cp == '(') ? past_short_name(r, i, lead->end) : 0;
    bool closes = behind && (behind == lead->end || t[behind].cp == ':' || kh_is_dash(t[behind].cp));
    if (!closes || (t[i].cp == '(' && place_at(r, t[i + 1].span.begin))) { /* باريس (فرنسا) – */
        return;
    }
    kh_span span = kh_text_span(r->text, lead->first, behind);
    KH_EACH(const kh_credit, c, r->art->credits) {
        if (kh_span_meets(c->span, span)) {
            return;
        }
    }
    add_credit(r, KH_CREDIT_DATELINE, KH_CREDIT_ORIGIN, span);
}

/* "[Interior Minister Nadia]" inside Arabic words; then also "(MRS)". */
static void add_residue(reader *r)
{
    const kh_token *t = r->text->tokens.items;
    size_t brackets = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i + 2 < r->text->tokens.count; i++) {
            uint32_t open = pass ? '(' : '[', close = pass ? ')' : ']';
            size_t end = i + 1;
            while (end < r->text->tokens.count && end - i <= 8 && t[end].line == t[i].line && t[end].kind == KH_WORD &&
                   t[end].script == KH_SCRIPT_LATIN) {
                end++;
            }
            const kh_line *line = t[i].cp == open ? line_of(r, (uint32_t)i) : NULL;
            bool found = line && line->role == KH_ROLE_BODY && end > i + 1 && end < r->text->tokens.count && t[end].cp == close &&
                         (pass == 0 || (end == i + 2 && (t[i + 1].flags & KH_ALL_CAPS) && brackets));
            if (found) {
                add_credit(r, KH_CREDIT_MT_RESIDUE, KH_CREDIT_TRANSLATION_MARKER, kh_text_span(r->text, i, end + 1));
                brackets++;
            }
        }
    }
}

/* ---- roles of lines ---- */

static void give_line_roles(reader *r)
{
    KH_EACH(const kh_credit, c, r->art->credits) {
        kh_line *line = (kh_line *)kh_article_line_at(r->art, c->span.begin);
        if (!line || line->role == KH_ROLE_TITLE || line->role == KH_ROLE_BOILERPLATE || line->role == KH_ROLE_DATE) {
            continue;
        }
        if (c->type == KH_CREDIT_SOURCE_LINE || (c->type == KH_CREDIT_GENERIC_SOURCE && c->role == KH_CREDIT_AGGREGATED)) {
            line->role = KH_ROLE_SOURCE;
            line->why = KH_STR("credit");
        } else if (c->type == KH_CREDIT_BYLINE_FOOTER || (c->type == KH_CREDIT_BYLINE && line->role != KH_ROLE_BODY)) {
            line->role = KH_ROLE_BYLINE;
            line->why = KH_STR("credit");
        } else if (kh_credit_is_site_text(c->type)) {
            line->role = KH_ROLE_BOILERPLATE;
            line->why = KH_STR("credit");
        }
    }
}

static uint32_t first_body_line(const kh_article *art)
{
    KH_EACH(const kh_line, line, art->lines) {
        if (line->role == KH_ROLE_BODY && line->span.end > line->span.begin) {
            size_t token = kh_text_token_at(art->tokens, line->span.begin);
            return token < art->tokens->tokens.count ? art->tokens->tokens.items[token].line : 0;
        }
    }
    return UINT32_MAX;
}

void kh_credits_read(kh_arena *out, kh_arena scratch, const kh_credits_know *know, kh_article *art)
{
    reader r = {.out = out,
                .know = know,
                .art = art,
                .text = art->tokens,
                .first_body = first_body_line(art),
                .lang = kh_lexicon_lang(know->lex, art->lang)};
    kh_fits fits = {0};
    kh_credits_fit(&scratch, know, art, &fits);
    KH_EACH(const kh_fit, fit, fits) {
        if (may_stand(&r, fit)) {
            *KH_ADD(out, &art->credits) = credit_of(&r, fit);
        }
    }
    add_residue(&r);
    kh_credits_name_sources(out, know, art);
    kh_credits_keep_best(art);
    kh_credits_resolve_anaphors(know, art);
    add_nameless_dateline(&r);
    add_page_dates(&r);
    give_line_roles(&r);
    kh_credits_find_outlet(out, know, art);
    kh_credits_gather(out, know, art);
    if (art->credits.count) {
        qsort(art->credits.items, art->credits.count, sizeof *art->credits.items, kh_credits_by_place);
    }
}
