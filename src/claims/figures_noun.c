/* figures_noun.c - what stands around a number: its bound, its unit, what it counts.
 *
 * Decides how far a figure reaches. "ستة على الأقل من رجال الإطفاء" is the number ستة, the bound "at
 * least", and the counted noun "firefighters"; "۷ تن از آنها کودک" counts children who are a part of
 * those before; "Leyla Bastur, 47," and "۵۸ ساله" are ages, "۱۵ سال زندان" a sentence of 15 years.
 *
 * Method: from the number to the right over post-posed bounds, endings written with an apostrophe, linking
 * words (من, of, از) and at most two adjectives where the language puts them first, to the longest form of
 * counted.txt; from the number to the left a currency or percent sign and a bound that ends there. A
 * classifier (نفر, أفراد, people) gives way to a narrower noun behind it.
 *
 * Gets wrong: adjectives before the noun beyond two, nouns separated from their number by a clause.
 */
#include "claims/figures_parts.h"

#include <math.h>
#include <string.h>

enum { ADJECTIVES_MAX = 2, STEPS_MAX = 6, AGE_MAX = 110 };

static const kh_token *token_of(const kh_sentence *s, size_t i)
{
    return &s->text->tokens.items[i];
}

static bool is_glued(const kh_sentence *s, size_t i)
{
    return i > s->first && i < s->end && !(token_of(s, i)->flags & KH_SPACE_BEFORE);
}

static void reach_to(const kh_sentence *s, kh_count *c, size_t end)
{
    c->end = (uint32_t)end;
    c->end_byte = token_of(s, end - 1)->span.end;
}

bool kh_figures_is_fraction(const kh_count *c)
{
    return !c->unit && !c->number.digits && c->number.max < 1 && c->number.max > 0;
}

/* ---- before the number ---- */

/* $5m, US$5, €3, %52, yüzde 52. */
static void read_prefix(const kh_sentence *s, kh_count *c)
{
    for (size_t back = 2; back >= 1; back--) {
        kh_match m;
        if (c->begin < s->first + back || !kh_figures_match(s, KH_FIELD_UNIT, c->begin - back, false, &m) || m.end != c->begin) {
            continue;
        }
        kh_figure_kind kind = kh_figures_word(s, &m)->kind;
        if (kind == KH_FIGURE_MONEY || kind == KH_FIGURE_SHARE) {
            c->unit = kh_figures_word(s, &m);
            c->begin = m.first;
            c->begin_byte = token_of(s, m.first)->span.begin;
            return;
        }
    }
}

static bool is_bound_at(const kh_sentence *s, size_t p)
{
    KH_EACH(const kh_bound, b, s->bounds) {
        if (b->first == p) {
            return true;
        }
    }
    return false;
}

static bool takes_bound(const kh_bound *b)
{
    return b->op == KH_BOUND_GE || b->op == KH_BOUND_GT || b->op == KH_BOUND_LE || b->op == KH_BOUND_LT || b->op == KH_BOUND_ABOUT;
}

/* "выросли до 357": behind a rise, up to says where it ended and sets no bound. */
static bool is_way_up(const kh_sentence *s, const kh_count *c, const kh_bound *b)
{
    kh_match m;
    bool rises = c->rose;
    for (size_t i = 0; i < s->bounds.count && !rises; i++) {
        rises = s->bounds.items[i].op == KH_BOUND_ROSE && s->bounds.items[i].first < b->first;
    }
    return rises && b->op == KH_BOUND_LE && kh_phrases_match(s->words->connectors, s->text, b->first, s->lang, 0, &m) && m.end == b->end;
}

/* أكثر من, "rose to at least": the nearest bound counts, a rise before it is remembered. */
static void read_bound_before(const kh_sentence *s, kh_count *c)
{
    for (size_t i = s->bounds.count; i-- > 0;) {
        const kh_bound *b = &s->bounds.items[i];
        bool dashed = b->end + 1 == c->begin && kh_figures_prefix_dash(s, b->end); /* כ-2,400 */
        if (b->end != c->begin && !dashed) {
            continue;
        }
        if (b->op == KH_BOUND_ROSE || is_way_up(s, c, b)) {
            c->rose = true;
        } else if (takes_bound(b) && b->before && !c->has_bound) {
            c->bound = *b;
            c->has_bound = true;
        } else if (b->op != KH_BOUND_RANGE) {
            return;
        }
        c->begin = b->first;
    }
}

/* ---- behind the number ---- */

static bool pass_bound_after(const kh_sentence *s, kh_count *c, size_t *p)
{
    KH_EACH(const kh_bound, b, s->bounds) {
        if (b->first == *p && b->after && takes_bound(b)) {
            if (!c->has_bound) {
                c->bound = *b;
                c->has_bound = true;
            }
            *p = b->end;
            return true;
        }
    }
    return false;
}

/* An ending behind an apostrophe: 80'den, 11'inin. */
static bool pass_ending(const kh_sentence *s, size_t *p)
{
    if (is_glued(s, *p) && (token_of(s, *p)->cp == '\'' || token_of(s, *p)->cp == 0x2019) && is_glued(s, *p + 1) &&
        token_of(s, *p + 1)->kind == KH_WORD) {
        *p += 2;
        return true;
    }
    if (is_glued(s, *p) && token_of(s, *p)->cp == '-' && is_glued(s, *p + 1)) {
        *p += 1; /* 34-jährige, 58-year-old */
    }
    return false;
}

typedef struct nouns {
    kh_match unit, scope, what;
    bool is_unit, is_scope, is_what;
    size_t end; /* of the longest, 0 for none */
} nouns;

static nouns nouns_at(const kh_sentence *s, size_t p)
{
    nouns n = {0};
    if (p >= s->end) {
        return n;
    }
    bool word = token_of(s, p)->kind == KH_WORD;
    n.is_unit = kh_figures_match(s, KH_FIELD_UNIT, p, false, &n.unit);
    n.is_scope = word && kh_figures_match(s, KH_FIELD_SCOPE, p, true, &n.scope);
    n.is_what = word && kh_figures_match(s, KH_FIELD_WHAT, p, true, &n.what) && !kh_figures_word(s, &n.what)->hint;
    n.end = n.is_unit ? n.unit.end : 0;
    n.end = n.is_scope && n.scope.end > n.end ? n.scope.end : n.end;
    n.end = n.is_what && n.what.end > n.end ? n.what.end : n.end;
    return n;
}

static bool is_joined(const kh_match *m)
{
    return m->clitic != 0;
}

/* "وقتل 164 وجرح 20": a word behind a conjunction begins something new and is not the noun. */
static bool starts_anew(const kh_sentence *s, size_t p, const kh_match *m)
{
    return is_joined(m) && kh_str_starts(token_of(s, p)->key, KH_STR("و"));
}

static bool is_years(const kh_counted *unit)
{
    return unit && kh_str_eq(unit->value, KH_STR("years"));
}

static bool says(const kh_counted *word, const char *value)
{
    return word && kh_str_eq(word->value, kh_str_z(value));
}

static void take_what(const kh_sentence *s, kh_count *c, const kh_match *m)
{
    const kh_counted *word = kh_figures_word(s, m);
    if (says(word, "age")) {
        c->age = true;
    } else if (!c->unit || (word->of & (c->unit->kind == KH_FIGURE_SHARE ? KH_OF_SHARE : KH_OF_DURATION))) {
        c->noun_what = word;
    }
}

/* Takes the longest noun at P. A scope of the same length as a what names who is counted: المحتجين. */
static bool take_noun(const kh_sentence *s, kh_count *c, size_t p)
{
    nouns n = nouns_at(s, p);
    if (n.end == 0 || (n.is_unit && c->unit && !n.is_scope && !n.is_what)) {
        return false;
    }
    if ((n.is_scope && n.scope.end == n.end && starts_anew(s, p, &n.scope)) ||
        (n.is_what && n.what.end == n.end && starts_anew(s, p, &n.what))) {
        return false;
    }
    if (n.is_scope && n.scope.end == n.end) {
        c->scope = kh_figures_word(s, &n.scope);
    } else if (n.is_unit && n.unit.end == n.end) {
        c->unit = kh_figures_word(s, &n.unit);
    } else {
        c->unit = n.is_unit ? kh_figures_word(s, &n.unit) : c->unit;
        take_what(s, c, &n.what);
    }
    reach_to(s, c, n.end);
    return true;
}

/* نفر کارگر, أفراد من الشرطة, members of the guard: the classifier gives way to the noun behind it. */
static void narrow_scope(const kh_sentence *s, kh_count *c)
{
    kh_match m, scope;
    if (!says(c->scope, "persons")) {
        return;
    }
    size_t p = c->end;
    bool linked = false;
    for (;;) {
        bool among = kh_figures_match(s, KH_FIELD_AMONG, p, false, &m);
        if (!among && !kh_figures_match(s, KH_FIELD_LINK, p, false, &m)) {
            break;
        }
        c->among = c->among || among;
        p = m.end;
        linked = true;
    }
    bool classifier = s->words->verb_last || s->words->joined;
    if (!(linked || classifier) || !kh_figures_match(s, KH_FIELD_SCOPE, p, true, &scope) || starts_anew(s, p, &scope)) {
        return;
    }
    const kh_counted *word = kh_figures_word(s, &scope);
    if (!says(word, "persons") && (word->of & KH_OF_PERSONS)) {
        c->scope = word;
        reach_to(s, c, scope.end);
    }
}

static bool is_plain_word(const kh_sentence *s, size_t p)
{
    const kh_token *t = p < s->end ? token_of(s, p) : NULL;
    return t && t->kind == KH_WORD && !s->blocked[p] && t->key.len > 1 && !kh_figures_stopword(s, p);
}

/* coal miners, молодых шахтёров: words that may stand before the noun. */
static size_t past_adjectives(const kh_sentence *s, size_t p)
{
    bool capital_nouns = s->words->capital_nouns;
    if (!s->words->adjective_first) {
        return 0;
    }
    for (int n = 0; n < ADJECTIVES_MAX && is_plain_word(s, p); n++) {
        if (capital_nouns && (token_of(s, p)->flags & KH_CAPITAL)) {
            return 0;
        }
        bool hyphen = is_glued(s, p + 1) && token_of(s, p + 1)->cp == '-' && is_glued(s, p + 2);
        p += hyphen ? 3 : 1; /* high-ranking */
        nouns next = nouns_at(s, p);
        bool name = next.end && (token_of(s, p)->flags & KH_CAPITAL) && !capital_nouns;
        if (next.end) {
            return (next.is_scope || next.is_unit) && !name ? p : 0;
        }
    }
    return 0;
}

/* Another number of the sentence begins here: "two of the five". */
static bool is_number_at(const kh_sentence *s, size_t p)
{
    size_t low = 0, high = s->counts.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->counts.items[mid].number.first < p) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < s->counts.count && s->counts.items[low].number.first == p;
}

/* The noun in no table: "163 Namen". Where common nouns are small, a capital opens a name or a sentence. */
static void take_unknown(const kh_sentence *s, kh_count *c, size_t p)
{
    bool whole = c->number.min == floor(c->number.min) || kh_figures_is_fraction(c);
    if (whole && is_plain_word(s, p) && (token_of(s, p)->flags & KH_SPACE_BEFORE) && !is_number_at(s, p)) {
        kh_match m;
        bool name = (token_of(s, p)->flags & KH_CAPITAL) && !s->words->capital_nouns;
        if (name || kh_phrases_match(s->words->thats, s->text, p, s->lang, 0, &m) || is_bound_at(s, p)) {
            return;
        }
        c->noun = token_of(s, p)->span;
        reach_to(s, c, p + 1);
    }
}

static void read_noun(const kh_sentence *s, kh_count *c)
{
    size_t p = c->number.end;
    kh_match m;
    bool linked = false;
    bool declined = false; /* 9'a: the number bears the case, so no noun follows */
    for (int step = 0; step < STEPS_MAX && p < s->end; step++) {
        size_t adjectives;
        declined = pass_ending(s, &p) || declined;
        if (pass_bound_after(s, c, &p)) {
            continue;
        }
        if (kh_figures_match(s, KH_FIELD_AMONG, p, true, &m) && !starts_anew(s, p, &m) && p > s->first &&
            !kh_figures_match(s, KH_FIELD_SCOPE, p, true, &(kh_match){0})) {
            c->among = true;
            p = m.end;
        } else if (take_noun(s, c, p)) {
            c->of_group = linked && c->noun_what && !c->number.vague;
            return;
        } else if (kh_figures_match(s, KH_FIELD_OTHER, p, true, &m) && !starts_anew(s, p, &m)) {
            c->other = true;
            reach_to(s, c, m.end);
            p = m.end;
        } else if (kh_figures_match(s, KH_FIELD_LINK, p, false, &m)) {
            linked = true;
            p = m.end;
        } else if (c->other && s->words->adjective_first) {
            uint32_t end = c->end;
            take_unknown(s, c, p); /* "10,000 other sites": no persons */
            c->other = c->end == end;
            break;
        } else if ((adjectives = past_adjectives(s, p)) != 0 && take_noun(s, c, adjectives)) {
            return;
        } else {
            break;
        }
    }
    c->of_group = linked && is_number_at(s, p); /* two of the five injured */
    if (!c->other && !c->unit && !declined) {
        take_unknown(s, c, p);
    }
}

/* "3% of the houses", "80 بالمئة من المنازل": what the share is of. */
static void read_base(const kh_sentence *s, kh_count *c)
{
    kh_match m, scope;
    if (!c->unit || c->unit->kind != KH_FIGURE_SHARE || c->scope || !kh_figures_match(s, KH_FIELD_LINK, c->end, false, &m)) {
        return;
    }
    size_t p = m.end;
    if (!kh_figures_match(s, KH_FIELD_SCOPE, p, true, &scope)) {
        p = past_adjectives(s, p);
    }
    if (p && kh_figures_match(s, KH_FIELD_SCOPE, p, true, &scope)) {
        c->scope = kh_figures_word(s, &scope);
        reach_to(s, c, scope.end);
    }
}

/* "13'e yükseldi", "3 bin olarak açıkladı": where the verb stands last, the words of a rise follow. */
static void read_rise_behind(const kh_sentence *s, kh_count *c)
{
    size_t p = c->end;
    pass_ending(s, &p);
    KH_EACH(const kh_bound, b, s->bounds) {
        bool here = b->first >= c->end && b->first <= p; /* "'e yükseldi" is one of them */
        c->rose = c->rose || (here && b->after && b->op == KH_BOUND_ROSE);
    }
}

/* What a noun may still carry: دیگر, على الأقل, "per day", زندان behind سال. */
static void read_tail(const kh_sentence *s, kh_count *c)
{
    kh_match m;
    size_t p = c->end;
    if (c->scope || c->noun_what) {
        if (kh_figures_match(s, KH_FIELD_OTHER, p, false, &m) && !starts_anew(s, p, &m)) {
            c->other = true;
            reach_to(s, c, m.end);
            p = m.end;
        }
    }
    if (c->unit && c->unit->kind == KH_FIGURE_DURATION && kh_figures_match(s, KH_FIELD_WHAT, p, true, &m) &&
        says(kh_figures_word(s, &m), "prison_sentence")) {
        c->noun_what = kh_figures_word(s, &m);
        reach_to(s, c, m.end);
        p = m.end;
    }
    size_t after = p;
    if (pass_bound_after(s, c, &after)) {
        reach_to(s, c, after);
    }
}

/* ---- ages ---- */

static bool name_ends_at(const kh_article *art, uint32_t byte)
{
    size_t low = 0, high = art->mentions.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (art->mentions.items[mid].span.end < byte) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    for (; low < art->mentions.count && art->mentions.items[low].span.end == byte; low++) {
        uint32_t name = art->mentions.items[low].name;
        if (name < art->names.count && art->names.items[name].type == KH_NAME_PERSON) {
            return true;
        }
    }
    return false;
}

static bool is_comma(uint32_t cp)
{
    return cp == ',' || cp == 0x60C || cp == 0x3001;
}

/* "(41 عاماً)", "(41 ans)": years in brackets behind a word are somebody's, whatever the name before them looks like. */
static bool bracketed_age(const kh_sentence *s, const kh_count *c)
{
    enum { LEAST = 5 };
    return c->begin > s->first + 1 && c->end < s->end && is_years(c->unit) && !c->scope && !c->noun_what && !c->has_bound &&
           c->number.digits && c->number.min >= LEAST && token_of(s, c->begin - 1)->cp == '(' && token_of(s, c->end)->cp == ')' &&
           token_of(s, c->begin - 2)->kind == KH_WORD;
}

/* "Leyla Bastur, 47,", "أحمد (47 عاما)": behind a person's name, closed on the right. */
static bool apposed_age(const kh_sentence *s, const kh_count *c)
{
    size_t at = c->begin;
    kh_match m;
    if (at > s->first + 2 && is_years(c->unit) && kh_figures_match(s, KH_FIELD_LINK, at - 1, false, &m)) {
        at--; /* Gamal, de 47 años, */
    }
    if (at < s->first + 2 || c->end >= s->end || c->number.min > AGE_MAX || c->number.min < 1) {
        return false;
    }
    uint32_t left = token_of(s, at - 1)->cp, right = token_of(s, c->end)->cp;
    bool closed = (is_comma(left) && (is_comma(right) || right == '.')) || (left == '(' && right == ')');
    return closed && (!c->unit || is_years(c->unit)) && !c->scope && name_ends_at(s->art, token_of(s, at - 2)->span.end);
}

/* "the driver of the truck, 47, was arrested": a small number between two commas that nothing is counted by. */
static bool between_commas(const kh_sentence *s, const kh_count *c)
{
    enum { LEAST = 15, MOST = 99 };
    return c->begin > s->first + 2 && c->end + 1 < s->end && c->number.digits && !c->unit && !c->scope && !c->has_bound &&
           kh_span_empty(c->noun) && c->number.min >= LEAST && c->number.max <= MOST && is_comma(token_of(s, c->begin - 1)->cp) &&
           is_comma(token_of(s, c->end)->cp) && token_of(s, c->begin - 2)->kind == KH_WORD && token_of(s, c->end + 1)->kind == KH_WORD &&
           !kh_figures_joins(s, c->end + 1);
}

static void read_age(const kh_sentence *s, kh_count *c)
{
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_WHAT]) {
        bool beside = cue->end == c->begin || cue->end == c->number.first || cue->first == c->end;
        bool years = is_years(c->unit) || (!c->unit && !cue->word->hint); /* tiene 34 años */
        if (beside && says(cue->word, "age") && years && !c->scope) {
            c->age = true;
        }
    }
    if (!c->age && (apposed_age(s, c) || bracketed_age(s, c) || between_commas(s, c))) {
        c->age = true;
    }
    c->bare_age = c->age && !c->unit;
    if (c->number.min > AGE_MAX || c->number.max > AGE_MAX) {
        c->age = false;
    }
}

/* "يوم واحد", "وزير واحد": the Arabic one stands behind its noun. */
static void read_noun_before(const kh_sentence *s, kh_count *c)
{
    bool one = s->words->joined && !c->number.digits && c->number.min == 1 && c->number.max == 1;
    if (!one || c->number.first == s->first || c->scope || c->unit || c->begin < c->number.first) {
        return;
    }
    nouns n = nouns_at(s, c->number.first - 1);
    bool unit = n.is_unit && n.unit.end == c->number.first;
    bool scope = n.is_scope && n.scope.end == c->number.first;
    if (unit || scope) {
        c->unit = unit ? kh_figures_word(s, &n.unit) : NULL;
        c->scope = unit ? NULL : kh_figures_word(s, &n.scope);
        c->noun = (kh_span){0};
        c->begin = c->number.first - 1;
        c->begin_byte = token_of(s, c->begin)->span.begin;
        c->end = c->number.end;
        c->end_byte = c->number.span.end;
    }
}

void kh_figures_noun(const kh_sentence *s, kh_count *c)
{
    c->begin = c->number.first;
    c->end = c->number.end;
    c->begin_byte = c->number.span.begin;
    c->end_byte = c->number.span.end;
    if (c->superseded) {
        c->bare = true;
        return;
    }
    if (!c->dual) {
        read_prefix(s, c);
    }
    read_bound_before(s, c);
    if (!c->dual && !c->number.ordinal) {
        read_noun(s, c);
    } else if (c->number.ordinal) {
        kh_match m;
        if (kh_figures_match(s, KH_FIELD_UNIT, c->end, true, &m)) {
            c->unit = kh_figures_word(s, &m);
            reach_to(s, c, m.end);
        } else if (c->begin > s->first && kh_figures_match(s, KH_FIELD_UNIT, c->begin - 1, true, &m)) {
            c->unit = kh_figures_word(s, &m);
            c->begin--;
            c->begin_byte = token_of(s, c->begin)->span.begin;
        }
        return;
    }
    narrow_scope(s, c);
    read_base(s, c);
    read_tail(s, c);
    read_rise_behind(s, c);
    read_age(s, c);
    read_noun_before(s, c);
    c->bare = !c->scope && !c->unit && !c->noun_what && !c->other && !c->age && kh_span_empty(c->noun);
}
