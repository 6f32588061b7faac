/* people.c - persons that no table knows, by what stands beside them.
 *
 * Decides by the company a name keeps:
 *  - a title, rank or form of address before it: "الرئيس الروسي فلاديمير بوتين", "آقای نظربایف", Gov. X;
 *  - a reporting verb before it (Arabic): "وقال باسل نورمان، رئيس نقابة ...";
 *  - a reporting verb behind it: "کیانی گفت:", "al-Mansur said", "сказала Карасова" (verb before as well);
 *  - an apposition: "پویا درخشانی، استاندار گلبهار", "Lena Varo, 34,";
 *  - a known given name that opens it.
 * Between a title and the name may stand what the title is of: places, adjectives, definite words.
 *
 * In the Arabic script an unknown name is cut short rather than long: a third word is taken only where it
 * occurs again in the text, since the word behind a name is often a verb that no table holds.
 *
 * Gets wrong: names of one word that are said once, without a title.
 */
#include "names/internal.h"

enum { MODIFIERS_MAX = 5 };

/* Past what a title is of: "الروسي", "of Iran", "الطوارئ". */
static size_t past_modifiers(kh_finder *f, size_t at)
{
    for (size_t n = 0; n < MODIFIERS_MAX && kh_finder_same_line(f, at - 1, at); n++) {
        const kh_token *t = &f->text->tokens.items[at];
        bool article = f->arabic && kh_str_starts(t->key, KH_STR("ال"));
        bool chain = t->script == KH_SCRIPT_CYRILLIC && t->kind == KH_WORD && !(t->flags & KH_CAPITAL) && !kh_finder_stop(f, at);
        bool known = f->taken[at] != 0;
        bool loose = !kh_finder_cased(t) && t->kind == KH_WORD && !kh_finder_given(f, at) && !kh_finder_stop(f, at) &&
                     (article || kh_finder_common(f, at));
        bool of = kh_finder_cased(t) && (kh_token_is(t, "of") || kh_token_is(t, "the"));
        kh_match verb;
        if (!(known || loose || of || chain) || t->kind == KH_PUNCT || kh_finder_verb(f, at, &verb)) {
            break;
        }
        at++;
    }
    return at;
}

/* The unknown name FIRST..END cut to what may be believed. */
static size_t cut_name(kh_finder *f, size_t *first, size_t end)
{
    bool opened = kh_finder_given(f, *first);
    for (size_t i = *first + 1; i + 1 < end && !opened; i++) {
        opened = kh_finder_given(f, i);
        *first = opened ? i : *first;
    }
    if (kh_finder_cased(&f->text->tokens.items[*first])) {
        return end;
    }
    size_t sure = *first + 2 + kh_finder_link(f, *first); /* عبد الرحمن is one of two */
    while (sure < end && (kh_finder_link(f, sure) || kh_finder_link(f, sure - 1))) {
        sure++;
    }
    while (sure < end && (kh_finder_given(f, sure - 1) || kh_finder_occurs(f, sure) > 1 || kh_finder_named(f, sure))) {
        sure++;
    }
    return end < sure ? end : sure;
}

static void add_person(kh_finder *f, size_t first, size_t end, kh_span role)
{
    kh_span span = kh_text_span(f->text, first, end);
    size_t clitic = kh_finder_given_behind(f, first);
    if (clitic != SIZE_MAX) {
        span.begin = kh_text_inside(f->text, first, clitic);
    }
    kh_finder_add(f, (kh_spot){.span = span,
                               .role_span = role,
                               .first = (uint32_t)first,
                               .end = (uint32_t)end,
                               .entry = KH_NO_ENTRY,
                               .type = KH_NAME_PERSON});
}

static kh_spot *spot_at(kh_finder *f, size_t token)
{
    KH_EACH(kh_spot, s, f->spots) {
        if (s->first == token) {
            return s;
        }
    }
    return NULL;
}

/* May BEGIN..END, behind the title that stands from FIRST to NEAR, be a person? With capital letters, yes. In
 * the Arabic script what follows a title is as often what it is the title of ("رئيس كذا", "وزیر کار تیرکو"). */
static bool is_titled_name(const kh_finder *f, size_t first, size_t near, size_t begin, size_t end)
{
    const kh_token *t = f->text->tokens.items;
    if (kh_finder_cased(&t[begin]) || kh_finder_given(f, begin)) {
        return true;
    }
    bool again = kh_finder_occurs(f, end - 1) > 1;
    if (end == begin + 1) {
        bool definite = f->arabic && kh_str_starts(t[first].key, KH_STR("ال"));
        return again && definite && t[begin].key.len >= 6;
    }
    bool closed = !kh_finder_same_line(f, begin, end) || t[end].kind == KH_PUNCT || kh_finder_stop(f, end);
    return begin == near || again || closed;
}

/* Between a name and its title stands a comma: the words behind such a title belong to the office. */
static bool is_apposed_title(const kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    if (first < 2 || !kh_finder_same_line(f, first - 2, first) || !kh_str_eq(t[first - 1].key, KH_STR(","))) {
        return false;
    }
    return f->taken[first - 2] == 1;
}

/* A title at FIRST and the person behind it. Gives where to go on. */
static size_t after_title(kh_finder *f, size_t first)
{
    kh_match m;
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_lead(f, first, KH_LEAD_PERSON, &m)) {
        return first;
    }
    kh_span role = m.span;
    size_t at = m.end;
    if (kh_finder_same_line(f, first, at) && t[at].cp == '.' && t[at].kind == KH_PUNCT) {
        at++; /* Gov. */
    }
    size_t near = at;
    size_t begin = past_modifiers(f, at);
    kh_spot *known = f->taken[begin < f->text->tokens.count ? begin : first] ? spot_at(f, begin) : NULL;
    for (size_t i = near; i < begin && !known; i++) {
        known = f->taken[i] == 1 ? spot_at(f, i) : NULL;
        known = known && known->type == KH_NAME_PERSON ? known : NULL;
    }
    if (known && known->type == KH_NAME_PERSON && known->role_span.end == 0) {
        known->role_span = (kh_span){role.begin, t[known->first - 1].span.end};
        return known->end;
    }
    if (!kh_finder_same_line(f, first, begin)) {
        return m.end;
    }
    size_t end = kh_finder_run(f, begin);
    if (end == begin + 1 && is_apposed_title(f, first) && kh_finder_ends_as_country(&t[begin])) {
        kh_finder_add(f, (kh_spot){.span = t[begin].span, /* "تیمور کاراسوف، وزیر نیروی دالوانیا،" */
                                   .first = (uint32_t)begin,
                                   .end = (uint32_t)end,
                                   .entry = KH_NO_ENTRY,
                                   .type = KH_NAME_PLACE});
        return end;
    }
    if (end == begin || (is_apposed_title(f, first) && !kh_finder_given(f, begin))) {
        return m.end;
    }
    size_t office = begin;
    end = cut_name(f, &begin, end);
    if (begin == office + 1 && t[office].script == KH_SCRIPT_CYRILLIC) { /* министр труда Далматии Илья Кедров */
        kh_finder_add(f, (kh_spot){.span = t[office].span,
                                   .first = (uint32_t)office,
                                   .end = (uint32_t)begin,
                                   .entry = KH_NO_ENTRY,
                                   .type = KH_NAME_PLACE});
    }
    if (!is_titled_name(f, first, near, begin, end)) {
        return m.end;
    }
    role.end = t[begin - 1].span.end;
    add_person(f, begin, end, role);
    return end;
}

/* Is there at AT a comma and then a role or an age? */
static bool has_apposition(kh_finder *f, size_t at, size_t first, kh_span *role)
{
    const kh_token *t = f->text->tokens.items;
    if (!kh_finder_same_line(f, first, at + 1) || t[at].kind != KH_PUNCT || t[at].key.ptr[0] != ',') {
        return false;
    }
    kh_match m;
    size_t next = at + 1;
    if (kh_finder_same_line(f, first, next + 1) && kh_finder_cased(&t[next]) &&
        (kh_token_is(&t[next], "the") || kh_token_is(&t[next], "a") || kh_token_is(&t[next], "an"))) {
        next++;
    }
    if (kh_finder_lead(f, next, KH_LEAD_PERSON, &m)) {
        *role = m.span;
        return true;
    }
    return t[next].kind == KH_NUMBER && t[next].key.len == 2 && kh_finder_cased(&t[first]);
}

/* Does a reporting verb stand right before FIRST (within its line)? */
static bool verb_before(const kh_finder *f, size_t first)
{
    for (size_t n = 1; n <= 3 && n <= first && kh_finder_same_line(f, first - n, first); n++) {
        kh_match m;
        if (kh_finder_verb(f, first - n, &m) && m.end == first) {
            return true;
        }
    }
    return false;
}

static bool opens_clause(const kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    if (t[first].flags & (KH_SENTENCE_START | KH_LINE_START)) {
        return true;
    }
    return t[first - 1].kind == KH_PUNCT || kh_finder_stop(f, first - 1);
}

/* "The port's mayor, Zelka Morin, said": between commas behind a title stands who holds it. */
static bool is_apposed_name(const kh_finder *f, size_t first, size_t end)
{
    const kh_token *t = f->text->tokens.items;
    bool commas = first >= 2 && end >= first + 2 && kh_finder_same_line(f, first - 2, end) && kh_str_eq(t[first - 1].key, KH_STR(",")) &&
                  kh_str_eq(t[end].key, KH_STR(","));
    for (size_t back = 2; commas && back <= 4 && back <= first; back++) {
        kh_match m;
        if (kh_finder_lead(f, first - back, KH_LEAD_PERSON, &m) && m.end == first - 1) {
            return kh_finder_cased(&t[first]);
        }
    }
    return false;
}

/* On lines that name the authors or the photographer, names stand by themselves: "تقرير X. تحرير Y و Z". */
static bool is_signature(const kh_finder *f, size_t first, size_t end)
{
    kh_line_role role = kh_article_role_of(f->art, first);
    const kh_token *t = f->text->tokens.items;
    if (role == KH_ROLE_BYLINE) {
        return true;
    }
    bool closed = !kh_finder_same_line(f, first, end) || t[end].kind == KH_PUNCT;
    return role == KH_ROLE_CAPTION && closed && first > 0 && t[first - 1].kind == KH_PUNCT && t[first - 1].cp == ':';
}

/* علي is mostly the preposition على where writers leave the dots: a name only before or behind a word of names. */
static bool is_doubtful_ali(kh_finder *f, size_t at, size_t end)
{
    const kh_token *t = f->text->tokens.items;
    bool ali = f->arabic && kh_token_is(&t[at], "علي");
    return ali && !(end > at + 1 && (kh_finder_named(f, at + 1) || kh_finder_link(f, at + 1)));
}

/* "أبو مصعب الزرقاوي", "ابن بطوطة", "عبد الغفور": a name that its first word shows. The word behind ابن and أبي, which are
 * "son" and "my father" too, must be no ordinary one. Gives where it ends, FIRST for none. */
static size_t by_kunya(kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    kh_match m;
    bool may = f->arabic && kh_finder_link(f, first) && !kh_token_is(&t[first], "ال") && !kh_token_is(&t[first], "ام") &&
               !f->taken[first] && !f->taken[first + 1];
    if (!may || kh_finder_stop(f, first + 1) || kh_finder_verb(f, first + 1, &m)) {
        return first;
    }
    bool sure = kh_token_is(&t[first], "ابو") || kh_token_is(&t[first], "عبد");
    if (!kh_finder_given(f, first + 1) && kh_finder_common(f, first + 1) && !(sure && t[first + 1].key.len >= 8)) {
        return first;
    }
    size_t end = first + 2;
    while (kh_finder_same_line(f, first, end) && end < first + 6 && !f->taken[end] && t[end].kind == KH_WORD) {
        bool nisba = kh_str_starts(t[end].key, KH_STR("ال")) && kh_str_ends(t[end].key, KH_STR("ي")) && !kh_finder_common(f, end);
        if (!nisba && !kh_finder_link(f, end) && !kh_finder_given(f, end) && !kh_finder_link(f, end - 1)) {
            break;
        }
        end++;
    }
    add_person(f, first, end, (kh_span){0});
    return end;
}

/* Behind a word of names: another, or in Arabic a long word that no table has ("ألبرت ميكلسون"). */
static bool goes_on(kh_finder *f, size_t at)
{
    kh_match m;
    bool foreign = f->arabic && f->text->tokens.items[at].key.len >= 10 && !kh_finder_verb(f, at, &m);
    return foreign || kh_finder_named(f, at);
}

/* A name at FIRST that verbs, appositions or its given name show. Gives where to go on. */
static size_t by_company(kh_finder *f, size_t first)
{
    const kh_token *t = f->text->tokens.items;
    size_t begin = first;
    bool small = kh_finder_cased(&t[first]) && !(t[first].flags & KH_CAPITAL) && t[first].key.len > 6;
    size_t run = small ? first : kh_finder_run(f, first);
    if (run == first) {
        return by_kunya(f, first);
    }
    size_t end = cut_name(f, &begin, run);
    bool cased = kh_finder_cased(&t[first]);
    size_t words = end - begin;
    kh_match m;
    kh_span role = {0};
    bool whole = end == run;
    bool apposed = whole && has_apposition(f, end, begin, &role);
    bool spoke = whole && kh_finder_same_line(f, begin, end) && kh_finder_verb(f, end, &m);
    bool asked = begin == first && verb_before(f, begin);
    bool named = !cased && words >= 2 && kh_finder_named(f, begin) && goes_on(f, begin + 1);
    bool given = named || (kh_finder_given(f, begin) && words >= 2);
    bool again = kh_finder_occurs(f, end - 1) > 1 || (words == 1 && kh_finder_named(f, begin));
    bool lone = !cased && words == 1 && t[begin].key.len >= 8 && !kh_finder_common(f, begin);
    bool alone = lone && (kh_finder_given(f, begin) ? again || spoke || asked
                                                    : kh_finder_named(f, begin) && (kh_finder_occurs(f, begin) > 1 || spoke || asked));
    bool signed_line = words >= 2 && whole && is_signature(f, begin, end);
    bool shown = given || alone || signed_line || (whole && is_apposed_name(f, begin, end)) ||
                 (apposed && words >= 2 && (cased || opens_clause(f, begin))) ||
                 (spoke && (cased || ((words >= 2 || again) && opens_clause(f, begin)))) || (asked && (words >= 2 || again || cased));
    if (!shown || is_doubtful_ali(f, begin, end) || ((t[begin].flags & KH_ALL_CAPS) && words == 1)) {
        return cased ? run : by_kunya(f, first);
    }
    add_person(f, begin, end, role);
    return end;
}

void kh_names_find_people(kh_finder *f)
{
    for (size_t i = 0; i < f->text->tokens.count;) {
        size_t next = i;
        if (!f->skipped[i] && f->text->tokens.items[i].kind == KH_WORD) {
            size_t found = f->spots.count;
            next = after_title(f, i);
            if (next == i || (found == f->spots.count && kh_finder_given(f, i))) {
                next = f->taken[i] ? i : by_company(f, i);
            }
        }
        i = next > i ? next : i + 1;
    }
}
