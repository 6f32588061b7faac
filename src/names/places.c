/* places.c - places and organisations that no table knows, by the words beside them.
 *
 * Decides: a word for a kind of place opens a place's name ("إقليم تيركو", "استان تیرکوه", "the island of
 * Tarn") or closes it ("Quellin province", "Quellin bölgesi"); a preposition of place before a capital letter
 * shows one ("in Bayford", "в Лугарине"); what stands before the agency of a dateline is one ("كفرنوح
 * (رويترز)"). A word for a kind of body opens an organisation's name: in quotation marks, the marks bound it
 * (حزب "الأمل", компания «Заря»); a company's name is what follows the word company; in Arabic the
 * definite words that follow belong to it ("حزب الوحدة الوطنية").
 *
 * Gets wrong: organisations of common words in languages that write neither capitals nor articles.
 */
#include "names/internal.h"

#include <string.h>

static void add_unknown(kh_finder *f, size_t first, size_t end, kh_name_type type)
{
    kh_finder_add(f, (kh_spot){.span = kh_text_span(f->text, first, end),
                               .first = (uint32_t)first,
                               .end = (uint32_t)end,
                               .entry = KH_NO_ENTRY,
                               .type = type});
}

/* The spot added last begins at M's word, without its proclitic. */
static void set_begin(kh_finder *f, const kh_match *m)
{
    kh_spot *last = f->spots.count ? &f->spots.items[f->spots.count - 1] : NULL;
    if (last && last->first == m->first) {
        last->span.begin = kh_text_inside(f->text, m->first, m->clitic);
    }
}

/* "بندر نیلو", "رأس تيركو": the head belongs to the name. */
static void place_with_head(kh_finder *f, const kh_match *m)
{
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_same_line(f, m->first, m->end) || t[m->end].kind != KH_WORD || kh_finder_stop(f, m->end) || f->taken[m->first] ||
        f->taken[m->end]) {
        return;
    }
    bool noun = f->arabic && kh_finder_common(f, m->end); /* "رأس السنة", "أم متزوجة" */
    kh_match verb;
    if (noun || kh_finder_verb(f, m->end, &verb)) {
        return;
    }
    add_unknown(f, m->first, m->end + 1, KH_NAME_PLACE);
    set_begin(f, m);
}

/* The name behind a word of place at FIRST; in brackets of quotation marks as well ("шахта «Северная»"). */
static void place_behind(kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    if (kh_finder_same_line(f, at - 1, at + 1) && kh_finder_cased(&t[at]) && kh_token_is(&t[at], "of")) {
        at++;
    }
    bool quoted = kh_finder_same_line(f, at - 1, at + 1) && t[at].kind == KH_PUNCT && kh_is_quote(t[at].cp);
    at += quoted;
    if (!kh_finder_same_line(f, at - 1, at)) {
        return;
    }
    kh_match part;
    if (kh_finder_beside(f, at, &part) == KH_BESIDE_PART) {
        place_with_head(f, &part);
        return;
    }
    size_t end = kh_finder_run(f, at);
    if (end == at || (!quoted && kh_finder_given(f, at))) {
        return;
    }
    bool cased = kh_finder_cased(&t[at]);
    bool bounded = quoted && kh_finder_same_line(f, at, end) && kh_is_quote(t[end].cp);
    if (!cased && !bounded) {
        bool twice = end > at + 1 && kh_finder_occurs(f, at) > 1 && kh_finder_occurs(f, at) == kh_finder_occurs(f, at + 1);
        end = twice ? at + 2 : at + 1;
    }
    add_unknown(f, at, end, KH_NAME_PLACE);
}

/* Where the name before a closing word of place at AT begins; AT for none. */
static size_t place_before(kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    size_t first = at;
    while (first > 0 && kh_finder_same_line(f, first - 1, at) && kh_finder_cased(&t[first - 1]) && (t[first - 1].flags & KH_CAPITAL) &&
           kh_finder_name_word(f, first - 1, true) && !kh_finder_common(f, first - 1)) {
        first--;
        if (t[first].flags & KH_SENTENCE_START && first + 1 < at) {
            first++; /* the first word of a sentence has its capital anyway */
            break;
        }
    }
    return first;
}

/* A word behind في or در that no table knows: a place when it comes again, or ends as countries do. */
static void place_in(kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    kh_str key = t[at].key;
    if (kh_finder_cased(&t[at]) || !kh_finder_name_word(f, at, true) || key.len < 8 || kh_finder_given(f, at)) {
        return;
    }
    bool country = kh_finder_ends_as_country(&t[at]);
    kh_match verb;
    bool closed = !kh_finder_same_line(f, at, at + 1) || t[at + 1].kind == KH_PUNCT || kh_finder_stop(f, at + 1) || f->taken[at + 1] ||
                  kh_finder_verb(f, at + 1, &verb);
    if (country || (kh_finder_occurs(f, at) > 1 && closed)) {
        add_unknown(f, at, at + 1, KH_NAME_PLACE);
    }
}

/* An agency's mention at token AT, brackets or slashes passed over. */
static bool agency_at(const kh_finder *f, size_t at)
{
    if (f->taken[at] != 1) {
        return false;
    }
    KH_EACH(const kh_spot, s, f->spots) {
        if (s->first == at) {
            return s->entry != KH_NO_ENTRY && f->know->entries.items[s->entry].agency;
        }
    }
    return false;
}

enum { DATELINE_WORDS_MAX = 5, DATELINE_TOKENS_MAX = 14 };

/* "كفرنوح (رويترز) -", "PORT TARN, Quellin (AP) —", "БЕРЕЗОВКА, 3 мая. /ТАСС/." at the start of a line. */
static void dateline_place(kh_finder *f, const kh_stretch *line)
{
    const kh_token *t = f->text->tokens.items;
    if (line->first == line->end) {
        return;
    }
    size_t end = line->first;
    while (end < line->end && end - line->first < DATELINE_WORDS_MAX && t[end].kind == KH_WORD && !f->taken[end]) {
        end++;
        if (end + 1 < line->end && kh_is_dash(t[end].cp) && !(t[end].flags & KH_SPACE_BEFORE) && !(t[end + 1].flags & KH_SPACE_BEFORE)) {
            end++;
        }
    }
    size_t tail = end;
    while (tail < line->end && tail - line->first < DATELINE_TOKENS_MAX && !agency_at(f, tail) && !kh_is_quote(t[tail].cp) &&
           !(t[tail].kind == KH_WORD && kh_finder_stop(f, tail) && f->arabic)) {
        tail++;
    }
    bool body = kh_article_role_of(f->art, line->first) == KH_ROLE_BODY;
    bool marked = body && end < line->end && t[end].kind == KH_PUNCT;
    bool bounded = tail > line->first && tail < line->end && t[tail - 1].kind == KH_PUNCT;
    if (end == line->first || !marked || !bounded || f->skipped[line->first] || !agency_at(f, tail)) {
        return;
    }
    add_unknown(f, line->first, end, KH_NAME_PLACE);
    if (kh_str_eq(t[end].key, KH_STR(",")) && t[end + 1].kind == KH_WORD && kh_finder_cased(&t[end + 1]) && !f->taken[end + 1] &&
        kh_finder_name_word(f, end + 1, true)) {
        add_unknown(f, end + 1, kh_finder_run(f, end + 1), KH_NAME_PLACE); /* Port Tarn, Quellin */
    }
}

/* "Quellin'de", "Tarn'ın Quellin bölgesi"; "Quellin's election commission". */
static bool possessor_is_place(kh_finder *f, size_t end)
{
    static const char *const local[] = {"da", "de", "ta", "te", "dan", "den", "tan", "ten", "daki", "deki", "taki", "teki", "ya", "ye"};
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_same_line(f, end - 1, end + 2) || (t[end].cp != '\'' && t[end].cp != 0x2019) || (t[end + 1].flags & KH_SPACE_BEFORE)) {
        return false;
    }
    for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
        if (kh_token_is(&t[end + 1], local[i])) {
            return true;
        }
    }
    kh_match m;
    bool owns = kh_token_is(&t[end + 1], "s");
    kh_lead lead = owns ? kh_finder_lead_at(f, end + 2, &m) : (kh_lead)0;
    return lead == KH_LEAD_BODY || lead == KH_LEAD_OFFICE ||
           (owns && kh_finder_same_line(f, end, end + 3) && kh_finder_beside(f, end + 3, &m) == KH_BESIDE_AFTER);
}

/* Urdu "تازمیرا کے الیکشن کمیشن": what owns a body and comes again is a place. */
static bool owns_body(kh_finder *f, size_t at)
{
    static const char *const links[] = {"کے", "کی", "کا"};
    const kh_token *t = f->text->tokens.items;
    kh_match m;
    bool link = false;
    if (!kh_finder_same_line(f, at, at + 2) || t[at + 1].cp != 0x6A9) {
        return false;
    }
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        kh_str written = kh_text_slice(f->text, t[at + 1].span);
        link = link || kh_str_eq(written, kh_str_z(links[i]));
    }
    kh_lead lead = link ? kh_finder_lead_at(f, at + 2, &m) : (kh_lead)0;
    return (lead == KH_LEAD_BODY || lead == KH_LEAD_OFFICE) && kh_finder_occurs(f, at) > 1 && !kh_finder_given(f, at) &&
           kh_finder_name_word(f, at, true);
}

/* "in Bayford": a name with a capital behind a preposition of place. */
static void place_behind_preposition(kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_cased(&t[at])) {
        place_in(f, at);
        return;
    }
    size_t end = t[at].flags & KH_ALL_CAPS ? at : kh_finder_run(f, at);
    kh_match m;
    bool plain = end > at && !kh_finder_common(f, at) && !kh_finder_lead(f, at, KH_LEAD_PERSON, &m) && f->lang != f->know->german &&
                 !kh_finder_given(f, at);
    if (plain) {
        add_unknown(f, at, end, KH_NAME_PLACE);
    }
}

static void place_closed_by(kh_finder *f, size_t at, const kh_match *m)
{
    size_t first = place_before(f, at);
    if (first < at) {
        add_unknown(f, first, at, KH_NAME_PLACE);
    } else if (at == 0 || f->taken[at - 1] != 1) {
        return;
    }
    if (f->text->tokens.items[at].script == KH_SCRIPT_CYRILLIC && kh_finder_same_line(f, at, m->end)) {
        place_behind(f, m->end); /* Лугаринской области Далматии */
    }
}

void kh_names_find_places(kh_finder *f)
{
    const kh_token *t = f->text->tokens.items;
    KH_EACH(const kh_stretch, line, f->text->lines) {
        dateline_place(f, line);
    }
    for (size_t i = 0; i < f->text->tokens.count; i++) {
        kh_match m;
        if (f->skipped[i] || t[i].kind != KH_WORD || f->taken[i] == 1) {
            continue;
        }
        kh_beside beside = kh_finder_beside(f, i, &m);
        bool followed = beside && kh_finder_same_line(f, i, m.end);
        if (beside == KH_BESIDE_PART) {
            place_with_head(f, &m);
        } else if (beside == KH_BESIDE_BEFORE || beside == KH_BESIDE_WITH) {
            place_behind(f, m.end);
        } else if (beside == KH_BESIDE_AFTER) {
            place_closed_by(f, i, &m);
        } else if ((t[i].flags & KH_CAPITAL) && kh_finder_same_line(f, i, i + 3) && t[i + 1].kind == KH_PUNCT &&
                   kh_finder_name_word(f, i, true) && possessor_is_place(f, i + 1)) {
            add_unknown(f, i, i + 1, KH_NAME_PLACE);
        } else if (!beside && owns_body(f, i)) {
            add_unknown(f, i, i + 1, KH_NAME_PLACE);
        } else if (followed) {
            place_behind_preposition(f, m.end);
        }
    }
}

/* ---- organisations ---- */

enum { BODY_WORDS_MAX = 6 };

/* The closing mark of a quotation that opens at OPEN and holds at most BODY_WORDS_MAX words; OPEN for none. */
static size_t short_quotation(const kh_finder *f, size_t open)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t i = open + 1; i <= open + BODY_WORDS_MAX + 1 && kh_finder_same_line(f, open, i); i++) {
        if (t[i].kind == KH_PUNCT && kh_is_quote(t[i].cp)) {
            return i > open + 1 ? i : open;
        }
    }
    return open;
}

/* The definite words, and places behind ل, that continue an Arabic body's name at AT. */
static size_t arabic_rest(const kh_finder *f, size_t at)
{
    const kh_token *t = f->text->tokens.items;
    size_t end = at;
    bool construct = kh_finder_same_line(f, at, at + 2) && !kh_str_starts(t[at].key, KH_STR("ال")) && t[at].kind == KH_WORD &&
                     !kh_finder_stop(f, at) && kh_str_starts(t[at + 1].key, KH_STR("ال")) && kh_str_starts(t[at + 2].key, KH_STR("ال"));
    at += construct && !kh_str_starts(t[at - 1].key, KH_STR("ال")); /* منظمة معاهدة الأمن الجماعي */
    for (size_t i = at; i < at + BODY_WORDS_MAX && kh_finder_same_line(f, at - 1, i) && t[i].kind == KH_WORD; i++) {
        kh_str key = t[i].key;
        bool definite = kh_str_starts(key, KH_STR("ال")) || kh_str_starts(key, KH_STR("وال")) || kh_str_starts(key, KH_STR("لل"));
        kh_match m;
        bool relative = kh_token_is(&t[i], "الذي") || kh_token_is(&t[i], "التي") || kh_token_is(&t[i], "الذين");
        bool day = kh_finder_ask(f, KH_SET_STOPS, i, 0, &m);
        if ((!definite && !(f->taken[i] == 1 && kh_str_starts(key, KH_STR("ل")))) || relative || day) {
            break;
        }
        end = i + 1;
    }
    return end;
}

static bool all_free_words(kh_finder *f, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        kh_match m;
        if (f->text->tokens.items[i].kind != KH_WORD || kh_finder_stop(f, i) || kh_finder_verb(f, i, &m) || f->taken[i]) {
            return false;
        }
    }
    return true;
}

/* "شركة تيركوميد" is called تيركوميد; "شركة نفط تيركو", of a common word and a name, the whole. */
static void company_at(kh_finder *f, const kh_match *m)
{
    const kh_token *t = f->text->tokens.items;
    size_t at = m->end;
    if (m->end > m->first + 1 && !kh_finder_cased(&t[at]) && kh_finder_run(f, at) == at + 1) {
        add_unknown(f, m->first, at + 1, KH_NAME_ORGANISATION); /* "شرکت نفت" is one phrase of the table */
        set_begin(f, m);
        return;
    }
    bool comma = kh_finder_same_line(f, m->first, at + 1) && kh_str_eq(t[at].key, KH_STR(","));
    if (comma && kh_finder_cased(&t[at + 1])) {
        size_t end = kh_finder_run(f, at + 1); /* "The operator, Quellin Copper, denied" */
        bool closed = kh_finder_same_line(f, at, end) && kh_str_eq(t[end].key, KH_STR(","));
        if (end > at + 1 && closed && !kh_finder_given(f, at + 1)) {
            add_unknown(f, at + 1, end, KH_NAME_ORGANISATION);
        }
        return;
    }
    size_t run = kh_finder_run(f, at);
    if (kh_finder_cased(&t[at])) {
        if (run > at && !(t[m->first].flags & KH_CAPITAL)) {
            add_unknown(f, at, run, KH_NAME_ORGANISATION);
        }
        return;
    }
    bool indefinite = !kh_str_starts(kh_str_from(t[m->first].key, m->clitic), KH_STR("ال"));
    if (run > at && indefinite && t[at].key.len >= 8) {
        add_unknown(f, at, at + 1, KH_NAME_ORGANISATION);
    } else if (run == at && indefinite && kh_finder_same_line(f, at, at + 1) && all_free_words(f, at, at + 2) &&
               kh_finder_run(f, at + 1) > at + 1 && m->end == m->first + 1) {
        add_unknown(f, m->first, at + 2, KH_NAME_ORGANISATION);
        set_begin(f, m);
    }
}

/* "صحيفة «الشرق الأوسط»", "جريدة القدس": what stands behind a word for a medium is its name, a known place too; adjectives
 * ("صحيفة القدس العربية") and ordinary words are not. Behind "به گزارش" (REPORT) no place is meant, and a comma or colon
 * must close the name. */
static void media_at(kh_finder *f, const kh_match *m, bool report)
{
    const kh_token *t = f->text->tokens.items;
    size_t at = m->end, end = at;
    if (!kh_finder_same_line(f, m->first, at)) {
        return;
    }
    if (t[at].kind == KH_PUNCT && kh_is_open_quote(t[at].cp)) {
        size_t close = short_quotation(f, at);
        if (close > at) {
            add_unknown(f, at + 1, close, KH_NAME_ORGANISATION);
        }
        return;
    }
    bool agency = agency_at(f, at);
    while (f->taken[end] == 1 && !agency && !report && kh_finder_same_line(f, m->first, end)) {
        end++;
    }
    end = end == at ? kh_finder_run(f, at) : end;
    end = end > at + 2 ? at + 2 : end;
    bool closed = kh_finder_same_line(f, at, end) && (t[end].cp == ',' || t[end].cp == 0x60C || t[end].cp == ':');
    if (end > at && !agency && !kh_finder_given(f, at) && (closed || !report)) {
        add_unknown(f, at, end, KH_NAME_ORGANISATION);
    }
}

/* "Министерство нефти Гольнара": an office with its capital, what it is for, and its country. */
static void office_at(kh_finder *f, const kh_match *m)
{
    const kh_token *t = f->text->tokens.items;
    size_t at = m->end;
    if (t[m->first].script != KH_SCRIPT_CYRILLIC || !(t[m->first].flags & KH_CAPITAL) || (t[m->first].flags & KH_SENTENCE_START)) {
        return;
    }
    while (at < m->end + 2 && kh_finder_same_line(f, m->first, at) && t[at].kind == KH_WORD && !(t[at].flags & KH_CAPITAL) &&
           !kh_finder_stop(f, at)) {
        at++;
    }
    bool country = at > m->first && kh_finder_same_line(f, m->first, at) && t[at].kind == KH_WORD && (t[at].flags & KH_CAPITAL);
    if (country && (f->taken[at] || kh_finder_name_word(f, at, true))) {
        add_unknown(f, m->first, at + 1, KH_NAME_ORGANISATION);
    }
}

static void body_at(kh_finder *f, const kh_match *m, bool company)
{
    const kh_token *t = f->text->tokens.items;
    size_t at = m->end;
    if (!kh_finder_same_line(f, m->first, at)) {
        return;
    }
    bool one_between = t[at].kind == KH_WORD && kh_finder_same_line(f, at, at + 1) && kh_is_open_quote(t[at + 1].cp) &&
                       !kh_finder_stop(f, at) && !f->taken[at];
    at += one_between;
    if (t[at].kind == KH_PUNCT && kh_is_open_quote(t[at].cp)) {
        size_t close = short_quotation(f, at);
        if (close > at) {
            add_unknown(f, at + 1, close, KH_NAME_ORGANISATION);
        }
        return;
    }
    size_t end = f->arabic && m->end == m->first + 1 ? arabic_rest(f, at) : at;
    bool definite = kh_str_starts(kh_str_from(t[m->first].key, m->clitic), KH_STR("ال")) || m->clitic > 2;
    bool named = definite ? end >= at + 2 && kh_str_starts(t[end - 1].key, KH_STR("لل")) : end >= at + 2;
    if (named) {
        kh_spot spot = {.span = kh_text_span(f->text, m->first, end),
                        .first = m->first,
                        .end = (uint32_t)end,
                        .entry = KH_NO_ENTRY,
                        .type = KH_NAME_ORGANISATION};
        spot.span.begin = kh_text_inside(f->text, m->first, m->clitic > 2 ? m->clitic - 4 : m->clitic);
        kh_finder_add(f, spot);
    } else if (company) {
        company_at(f, m);
    }
}

/* "Tarn Lines", "Quellin Oil Company", "Bayford University": a run of capitals that ends in such a word. */
static bool ends_as_body(const kh_finder *f, size_t last)
{
    kh_match m;
    return kh_finder_ask(f, KH_SET_TAILS, last, 0, &m) && m.end == last + 1;
}

static size_t capital_body(kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    size_t end = first, body = first;
    while (end < first + BODY_WORDS_MAX && kh_finder_same_line(f, first, end) && t[end].kind == KH_WORD && (t[end].flags & KH_CAPITAL) &&
           kh_finder_cased(&t[end])) {
        body = end > first && ends_as_body(f, end) ? end + 1 : body;
        end++;
    }
    size_t begin = first;
    kh_match m;
    bool german = f->lang == f->know->german;
    while (begin + 1 < body && (kh_finder_stop(f, begin) || (german && (kh_finder_common(f, begin) || kh_finder_lead_at(f, begin, &m))))) {
        begin++;
    }
    if (body > begin + 1) {
        add_unknown(f, begin, body, KH_NAME_ORGANISATION);
        return body;
    }
    return first;
}

static bool is_headline(const kh_finder *f, size_t token)
{
    return kh_article_role_of(f->art, token) == KH_ROLE_TITLE;
}

void kh_names_find_capital_bodies(kh_finder *f)
{
    const kh_token *t = f->text->tokens.items;
    for (size_t i = 0; i < f->text->tokens.count;) {
        bool start = !f->skipped[i] && t[i].kind == KH_WORD && (t[i].flags & KH_CAPITAL) && !f->taken[i] && !is_headline(f, i);
        size_t end = start ? capital_body(f, i) : i;
        i = end > i ? end : i + 1;
    }
}

void kh_names_find_bodies(kh_finder *f)
{
    for (size_t i = 0; i < f->text->tokens.count; i++) {
        kh_match m;
        if (f->skipped[i] || f->text->tokens.items[i].kind != KH_WORD || f->taken[i] == 1) {
            continue;
        }
        kh_lead lead = kh_finder_lead_at(f, i, &m);
        if (lead == KH_LEAD_MEDIA || lead == KH_LEAD_REPORT) {
            media_at(f, &m, lead == KH_LEAD_REPORT);
        } else if (lead == KH_LEAD_OFFICE) {
            office_at(f, &m);
        } else if (lead == KH_LEAD_BODY || lead == KH_LEAD_COMPANY) {
            body_at(f, &m, lead == KH_LEAD_COMPANY);
        }
    }
}
