/* figures.c - the figures of an article: which numbers become one, and with what values.
 *
 * Decides for "أعلنت الشرطة أن عدد الموقوفين بلغ 3 آلاف و412 شخصاً، وأن 58 شخصاً قُتلوا حتى الآن" the two
 * figures 3412 (detained, persons) and 58 (killed, persons, hedge "so far"). A figure is an
 * interval: "at least 8" is 8..open, "about 210" is 210 and soft, عشرات is 20..99 and soft.
 *
 * A number becomes a figure when it has a unit, a noun of counted.txt, or something that happened close by.
 * A number with an unknown noun is taken in digits ("163 Namen"), in words only with a cue; a number with no
 * noun at all only with a cue beside it, behind "rose to", or, with a scale or bound, as another value of the
 * figure before it in the paragraph ("not more than 45 thousand"). "A" and "one" are articles unless the noun
 * is a person and something happened to it. Years without a noun are never figures. Ordinals of days,
 * durations, duals of things, and the figures of titles are kept but not core.
 *
 * Gets wrong: numbers whose meaning stands in another paragraph; scores; house numbers without a label.
 */
#include "claims/figures_parts.h"

#include <math.h>
#include <string.h>

enum { BARE_PRICE_MAX = 3, WORD_PRICE_MAX = 10, ARTICLE_PRICE_MAX = 4 };
static const double CROWD_MAX = 1e6; /* millions alone are money as often as people */

static const kh_token *token_of(const kh_sentence *s, size_t i)
{
    return &s->text->tokens.items[i];
}

/* ---- which numbers are figures ---- */

/* 1998, ۱۴۰۲ */
static bool like_year(const kh_sentence *s, const kh_count *c)
{
    bool plain = c->number.digits && c->number.end == c->number.first + 1 && c->number.min == floor(c->number.min) &&
                 token_of(s, c->number.first)->key.len == 4;
    return plain && ((c->number.min >= 1800 && c->number.min <= 2100) || (c->number.min >= 1280 && c->number.min <= 1460));
}

static bool has_known_noun(const kh_count *c)
{
    return c->scope || c->noun_what || c->other;
}

/* The figure before it in the same paragraph, whose noun a bare number may share. */
static const kh_figure *before_in_line(const kh_sentence *s)
{
    const kh_figures *all = &s->art->figures;
    const kh_figure *last = all->count ? &all->items[all->count - 1] : NULL;
    kh_span line = s->text->lines.items[token_of(s, s->first)->line].span;
    return last && kh_span_holds(line, last->span) ? last : NULL;
}

static bool is_followed_by_stop(const kh_sentence *s, const kh_count *c)
{
    return c->end >= s->end || token_of(s, c->end)->kind == KH_PUNCT || token_of(s, c->end - 1)->cp == '.';
}

/* Shares noun and meaning with the figure before: "... а не 64", "не больше 80 тыс." */
static bool continues(const kh_sentence *s, const kh_count *c)
{
    const kh_figure *last = before_in_line(s);
    bool persons = c->what && c->what->of == KH_OF_PERSONS; /* behind seven months: 43 dead */
    bool spelled = !c->number.digits && !c->number.vague && c->number.min >= 1000;
    if (!c->bare || (!c->number.digits && !spelled) || like_year(s, c) || !last || last->kind == KH_FIGURE_ORDINAL ||
        last->kind == KH_FIGURE_AGE || (persons && last->kind != KH_FIGURE_COUNT)) {
        return false;
    }
    enum { LEAST = 10, TIMES = 5 };
    bool like =
        kh_figure_happened(last) && c->number.min >= LEAST && c->number.min <= TIMES * last->min && c->number.min * TIMES >= last->max;
    return c->rose || ((c->number.end > c->number.first + 1 || c->has_bound || like) && is_followed_by_stop(s, c));
}

/* "A" and "one" count only persons named as such, to whom something happened: یک نفر کشته شد. */
static bool is_article_only(const kh_count *c)
{
    bool person = c->scope && (c->scope->of & KH_OF_PERSONS) && !c->unit;
    bool happened = c->scope && !c->unit && c->what && (c->what->of & c->scope->of) && c->what_cost <= ARTICLE_PRICE_MAX;
    return c->number.article && !happened && !(c->has_bound && person) && !(c->unit && c->noun_what);
}

/* "The Lark 7 capsized": digits behind a name, with no noun that is known. */
static bool is_behind_name(const kh_sentence *s, const kh_count *c)
{
    const kh_token *before = c->number.first > s->first ? token_of(s, c->number.first - 1) : NULL;
    return c->number.digits && before && before->kind == KH_WORD && (before->flags & KH_CAPITAL) && !(before->flags & KH_SENTENCE_START);
}

/* "ثلاثة مهرجانات", "three festivals": a number spelled out, with a noun behind it. Short words that mean other things
 * too (نه is nine and no) need more. */
static bool is_spelled_count(const kh_sentence *s, const kh_count *c)
{
    enum { SHORT_KEY = 4 };
    bool word = !c->number.digits && !c->number.article && !c->number.vague;
    bool long_enough = c->number.end > c->number.first + 1 || !s->words->verb_last || token_of(s, c->number.first)->key.len > SHORT_KEY;
    return word && c->number.min >= 2 && long_enough && !kh_figures_is_fraction(c);
}

/* "خرج عشرات الآلاف إلى الشوارع", "Hundreds took to the streets": a vague number alone means people. "They count the dead
 * in hundreds" (بالمئات) is a manner of counting. */
static bool stands_for_people(const kh_sentence *s, const kh_count *c)
{
    enum { CROWD_MIN = 20 };
    kh_match m;
    bool crowd = c->bare && c->number.vague && c->number.min >= CROWD_MIN && c->number.max < CROWD_MAX;
    return crowd && !kh_figures_match(s, KH_FIELD_LINK, c->number.end, false, &m);
}

/* "in hundreds", "in the hundreds", "بالمئات": how something is counted, no count of it. */
static bool is_manner(const kh_sentence *s, const kh_count *c)
{
    if (!c->number.vague || c->number.first == s->first || !c->bare) {
        return false;
    }
    kh_str word = kh_slice(s->art->text, c->number.span);
    size_t i = c->number.first - 1;
    i -= i > s->first && kh_token_is(token_of(s, i), "the");
    return kh_str_starts(word, KH_STR("\u0628\u0627\u0644")) ||
           kh_str_starts(token_of(s, c->number.first)->key, KH_STR("\u0628\u0627\u0644")) || kh_token_is(token_of(s, i), "in") ||
           kh_token_is(token_of(s, i), "by");
}

static bool is_figure(const kh_sentence *s, const kh_count *c)
{
    if (c->number.ordinal) {
        return c->unit != NULL;
    }
    if (c->superseded) { /* of persons only: a price that rose is no count corrected */
        return c->what && (c->what->of & KH_OF_PERSONS) && !c->unit && c->number.digits && !like_year(s, c);
    }
    if (is_manner(s, c)) {
        return false;
    }
    if (is_article_only(c) || (like_year(s, c) && !has_known_noun(c) && !(c->unit && c->unit->kind != KH_FIGURE_DURATION))) {
        return false;
    }
    if (c->dual) {
        return c->unit || c->noun_what || c->among || c->what || c->scope;
    }
    if (c->unit || c->age || has_known_noun(c) || (c->number.digits && kh_figures_given_up(s, c))) {
        return true;
    }
    if (stands_for_people(s, c)) {
        return true;
    }
    bool cue = c->what && !c->number.article;
    if (!c->bare && is_behind_name(s, c)) {
        return false;
    }
    if (c->dashed) {
        return false;
    }
    if (!c->bare) {
        return (c->number.digits && !like_year(s, c)) || (cue && c->what_cost <= WORD_PRICE_MAX) || c->among || is_spelled_count(s, c);
    }
    return (cue && c->what_cost <= BARE_PRICE_MAX) || (c->rose && cue) || (c->of_group && cue) || c->among || continues(s, c);
}

/* ---- its values ---- */

static void set_bounds(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    f->min = c->number.min;
    f->max = c->number.max;
    f->has_min = f->has_max = true;
    f->op = c->number.vague ? KH_FIGURE_VAGUE : KH_FIGURE_EQ;
    bool bare_scale = !c->number.digits && c->number.min >= 1000 && c->number.end == c->number.first + 1 && !c->number.vague;
    f->soft = c->number.vague || bare_scale;
    f->has_max = !(c->number.vague && c->number.max == 0); /* a few: two and more */
    if (!c->has_bound) {
        return;
    }
    f->hedge = kh_text_span(s->text, c->bound.first, c->bound.end);
    switch ((kh_bound_op)c->bound.op) {
    case KH_BOUND_GE:
    case KH_BOUND_GT:
        f->has_max = false;
        f->op = c->bound.op == KH_BOUND_GE ? KH_FIGURE_GE : KH_FIGURE_GT;
        break;
    case KH_BOUND_LE:
    case KH_BOUND_LT:
        f->has_min = false;
        f->op = c->bound.op == KH_BOUND_LE ? KH_FIGURE_LE : KH_FIGURE_LT;
        break;
    default: f->soft = true; break;
    }
}

static kh_figure_kind kind_of(const kh_count *c)
{
    if (c->number.ordinal) {
        return KH_FIGURE_ORDINAL;
    }
    if (c->age) {
        return KH_FIGURE_AGE;
    }
    if (c->unit && c->unit->kind == KH_FIGURE_RATIO) {
        return KH_FIGURE_COUNT;
    }
    if (kh_figures_is_fraction(c)) {
        return KH_FIGURE_SHARE;
    }
    return c->unit ? c->unit->kind : KH_FIGURE_COUNT;
}

static kh_str name_of_what(const kh_sentence *s, const kh_counted *what, kh_figure_kind kind)
{
    if (kind == KH_FIGURE_SHARE && what->share.len) {
        return what->share;
    }
    kh_str name = s->force ? what->by_force : what->by_accident;
    return name.len ? name : what->value;
}

static void set_what(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    if (c->age) {
        f->what = KH_STR("age");
        f->unit = KH_STR("years");
    } else if (c->what) {
        f->what = name_of_what(s, c->what, f->kind);
    } else if (f->kind == KH_FIGURE_DURATION) {
        f->what = KH_STR("duration");
    } else if (f->kind == KH_FIGURE_COUNT && c->scope && (c->scope->of & KH_OF_THINGS)) {
        f->what = c->scope->value; /* two buses, of which nothing more is said */
    }
}

/* Who is counted: the narrow group where a part is set apart, else the people of the event. */
static void set_scope(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    if (c->scope) {
        bool general = c->scope->crowd && !c->among && !kh_str_eq(f->what, KH_STR("capacity"));
        f->scope = general && f->kind == KH_FIGURE_COUNT ? KH_STR("persons") : c->scope->value;
    } else if (f->kind == KH_FIGURE_COUNT && c->what && (c->what->of == KH_OF_PERSONS || c->bare) && c->what->of & KH_OF_PERSONS) {
        f->scope = KH_STR("persons");
    } else if (c->other || (f->kind == KH_FIGURE_COUNT && stands_for_people(s, c))) {
        f->scope = KH_STR("persons");
    }
}

/* Half of the residents is 50 percent of them. */
static void set_share(const kh_count *c, kh_figure *f)
{
    if (f->kind == KH_FIGURE_SHARE && kh_figures_is_fraction(c)) {
        f->min = round(f->min * 1e4) / 100;
        f->max = round(f->max * 1e4) / 100;
        f->unit = KH_STR("percent");
    }
}

static bool is_core(const kh_sentence *s, const kh_count *c, const kh_figure *f)
{
    bool title = kh_article_role_of(s->art, c->begin) == KH_ROLE_TITLE;
    bool time = f->kind == KH_FIGURE_ORDINAL || (f->kind == KH_FIGURE_DURATION && !c->what);
    bool thing = c->dual && !(c->what && (!c->scope || (c->scope->of & KH_OF_PERSONS)));
    bool times = c->unit && c->unit->kind == KH_FIGURE_RATIO;
    bool unknown = f->kind == KH_FIGURE_COUNT && f->what.len == 0 && f->scope.len == 0;
    bool few = c->number.vague && c->number.max == 0;
    return !few && !title && !time && !thing && !times && !unknown && !(c->number.article && !c->what && !c->age);
}

static void take_over(const kh_figure *last, const kh_count *c, kh_figure *f)
{
    f->scope = f->scope.len && c->what ? f->scope : last->scope;
    f->unit = last->unit;
    f->noun = last->noun;
    f->kind = last->kind;
    f->what = f->what.len ? f->what : last->what;
}

/* "On Friday she corrected her figure to 84 people": of what, the figure before it in the paragraph says. */
static void take_over_revised(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    const kh_figure *last = before_in_line(s);
    if (c->what || f->kind != KH_FIGURE_COUNT || !last || last->kind != KH_FIGURE_COUNT || !f->scope.len ||
        !kh_str_eq(f->scope, last->scope)) {
        return;
    }
    KH_EACH(const kh_cue, cue, s->cues[KH_FIELD_STATUS]) {
        if (!kh_figures_retracts(cue) && cue->end <= c->begin) {
            f->what = last->what;
        }
    }
}

/* The bare number that was given up counted what the other number of the sentence counts. */
static void take_over_instead(const kh_sentence *s, const kh_count *c, kh_figure *f)
{
    if (f->status != KH_FIGURE_REVISED || !c->bare) {
        return;
    }
    KH_EACH(const kh_count, other, s->counts) {
        if (other != c && other->what && !other->unit && !other->number.ordinal && f->kind == KH_FIGURE_COUNT) {
            f->what = name_of_what(s, other->what, f->kind);
            set_scope(s, other, f);
            return;
        }
    }
}

/* "so far" says that the count goes on: a hedge where there is no other. */
static void set_so_far(const kh_sentence *s, kh_figure *f)
{
    KH_EACH(const kh_bound, b, s->bounds) {
        if (b->op == KH_BOUND_SO_FAR && kh_span_empty(f->hedge)) {
            f->hedge = kh_text_span(s->text, b->first, b->end);
        }
    }
}

static void add_figure(kh_arena *out, const kh_sentence *s, const kh_count *c, kh_article *art)
{
    kh_figure f = {.number = c->number.span, .quotation = UINT32_MAX};
    f.span = (kh_span){c->begin_byte, c->end_byte};
    if (c->begin_byte > c->number.span.begin) {
        f.span.begin = c->number.span.begin;
    }
    f.kind = kind_of(c);
    f.unit = c->unit && c->unit->kind != KH_FIGURE_RATIO ? c->unit->value : (kh_str){0};
    f.noun = c->scope || c->noun_what ? (kh_str){0} : kh_text_slice(s->text, c->noun);
    set_bounds(s, c, &f);
    set_what(s, c, &f);
    set_scope(s, c, &f);
    set_share(c, &f);
    if (continues(s, c) && !(c->what && c->what_cost <= BARE_PRICE_MAX)) {
        take_over(before_in_line(s), c, &f);
    }
    take_over_revised(s, c, &f);
    kh_figures_status(s, c, &f);
    take_over_instead(s, c, &f);
    set_so_far(s, &f);
    f.status = c->superseded ? KH_FIGURE_REVISED : f.status;
    f.core = is_core(s, c, &f);
    kh_figures_claim(out, s, c, &f);
    *KH_ADD(out, &art->figures) = f;
}

/* حبس ابد, life imprisonment: a sentence without a number. */
static void add_life(kh_arena *out, const kh_sentence *s, kh_article *art)
{
    for (size_t i = s->first; i < s->end; i++) {
        kh_match m;
        if (token_of(s, i)->kind != KH_WORD || !kh_figures_match(s, KH_FIELD_LIFE, i, true, &m)) {
            continue;
        }
        kh_figure f = {.span = m.span, .number = m.span, .op = KH_FIGURE_LIFE, .kind = KH_FIGURE_DURATION};
        f.what = KH_STR("prison_sentence");
        f.unit = KH_STR("years");
        kh_figures_claim(out, s, &(kh_count){0}, &f);
        *KH_ADD(out, &art->figures) = f;
        i = m.end - 1;
    }
}

/* ---- sentences ---- */

static void block_tokens(const kh_text *text, kh_span span, uint8_t *blocked)
{
    for (size_t i = kh_text_token_at(text, span.begin); i < text->tokens.count && text->tokens.items[i].span.begin < span.end; i++) {
        blocked[i] = 1;
    }
}

/* Tokens of dates and credits, and of persons' and organisations' names that hold a number (Channel 4). */
static const uint8_t *blocked_of(kh_arena *scratch, const kh_article *art)
{
    uint8_t *blocked = KH_NEW_N(scratch, uint8_t, art->tokens->tokens.count + 1);
    KH_EACH(const kh_date, d, art->dates) {
        block_tokens(art->tokens, d->span, blocked);
    }
    KH_EACH(const kh_credit, c, art->credits) {
        if (c->type == KH_CREDIT_DATELINE || c->type == KH_CREDIT_AGENCY_TAG || c->type == KH_CREDIT_PHOTO) {
            block_tokens(art->tokens, c->span, blocked);
        }
    }
    KH_EACH(const kh_mention, m, art->mentions) {
        block_tokens(art->tokens, m->span, blocked);
    }
    return blocked;
}

/* Life sentences are found after the numbers of their sentence. */
static void sort_by_place(kh_article *art)
{
    for (size_t i = 1; i < art->figures.count; i++) {
        kh_figure f = art->figures.items[i];
        size_t k = i;
        for (; k > 0 && art->figures.items[k - 1].span.begin > f.span.begin; k--) {
            art->figures.items[k] = art->figures.items[k - 1];
        }
        art->figures.items[k] = f;
    }
}

static bool is_years(const kh_count *c)
{
    return c->unit && kh_str_eq(c->unit->value, KH_STR("years")) && !c->scope && !c->noun_what;
}

/* "aged 5 and 7", "۵ و ۷ ساله", "im Alter von 5 und 7 Jahren", "aged 15, 16 and 17": numbers joined to an age by "and" or a
 * comma alone are ages too. */
static void share_age(const kh_sentence *s, kh_count *first, kh_count *c)
{
    enum { AGE_MAX = 110 };
    kh_count *other = first->age ? c : first;
    const kh_token *between = c->begin == first->end + 1 ? token_of(s, first->end) : NULL;
    bool joined = between && (between->kind == KH_WORD ? kh_figures_joins(s, first->end)
                                                       : first->age && first->bare_age && (between->cp == ',' || between->cp == 0x60C));
    if (joined && first->age != c->age && (other->bare || is_years(other)) && !other->number.vague && other->number.max <= AGE_MAX) {
        other->age = true;
        other->bare_age = other->bare;
        other->bare = false;
    }
}

/* "40 yaralıdan 12'si": the noun before it says of whom, by its case; a verb says what happened to the twelve. */
static void take_out_of(const kh_sentence *s, const kh_count *whole, kh_count *c)
{
    static const char *const OUT_OF[] = {"dan", "den", "tan", "ten"};
    kh_str noun = token_of(s, whole->end - 1)->key;
    bool declined = c->number.end < s->end && (token_of(s, c->number.end)->cp == '\'' || token_of(s, c->number.end)->cp == 0x2019);
    for (size_t i = 0; i < sizeof OUT_OF / sizeof *OUT_OF; i++) {
        if (s->words->dotted && c->bare && declined && c->begin == whole->end && kh_str_ends(noun, kh_str_z(OUT_OF[i]))) {
            c->of_group = true;
        }
    }
}

/* Reads what stands around each number; a number inside the words of the one before it goes (51,3 بالمئة). */
static void read_nouns(kh_sentence *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->counts.count; i++) {
        kh_count c = s->counts.items[i];
        if (kept && c.number.first < s->counts.items[kept - 1].end) {
            continue;
        }
        kh_figures_noun(s, &c);
        if (kept) {
            share_age(s, &s->counts.items[kept - 1], &c);
            take_out_of(s, &s->counts.items[kept - 1], &c);
        }
        s->counts.items[kept++] = c;
    }
    s->counts.count = kept;
}

/* Does the head of the article tell of shots, blows or fights? Then the hurt are wounded, else injured. */
static bool tells_of_force(const kh_figures_lang *words, const kh_article *art, uint8_t lang)
{
    enum { HEAD_LINES = 4 };
    const kh_text *text = art->tokens;
    unsigned flags = words->joined ? (unsigned)KH_CLITICS | (unsigned)KH_ARTICLE : 0u;
    size_t lines = 0;
    KH_EACH(const kh_stretch, part, text->lines) {
        const kh_line *line = part->first < part->end ? kh_article_line_at(art, part->span.begin) : NULL;
        if (!line || !kh_line_is_content(line)) {
            continue;
        }
        for (size_t i = part->first; i < part->end; i++) {
            kh_match m;
            if (text->tokens.items[i].kind == KH_WORD && kh_phrases_match(words->force, text, i, lang, flags, &m) && !m.ambiguous) {
                return true;
            }
        }
        if (++lines == HEAD_LINES) {
            return false;
        }
    }
    return false;
}

static void read_sentence(kh_arena *out, kh_arena scratch, kh_sentence *s, kh_article *art)
{
    if (kh_figures_scan(&scratch, s)) {
        read_nouns(s);
        kh_figures_what(s);
        s->estimated = kh_figures_estimated(s);
        KH_EACH(const kh_count, count, s->counts) {
            if (art->figures.count < KH_ITEMS_MAX && is_figure(s, count)) {
                add_figure(out, s, count, art);
            }
        }
    }
    add_life(out, s, art);
}

/* The body says who claims what a title says: the first body figure of the same value. */
static void tell_titles(kh_article *art)
{
    KH_EACH(kh_figure, t, art->figures) {
        const kh_line *line = kh_article_line_at(art, t->span.begin);
        if (!line || line->role != KH_ROLE_TITLE) {
            continue;
        }
        KH_EACH(const kh_figure, b, art->figures) {
            bool same =
                b->min == t->min && b->max == t->max && b->kind == t->kind && b->core && (t->what.len == 0 || kh_str_eq(t->what, b->what));
            if (same) {
                t->what = b->what;
                t->scope = b->scope;
                t->claimed_by = t->claimed_by.len ? t->claimed_by : b->claimed_by;
                t->as_of = b->as_of;
                t->place = t->place.len ? t->place : b->place;
                break;
            }
        }
    }
}

void kh_figures_read(kh_arena *out, kh_arena scratch, const kh_figures_know *know, kh_article *art)
{
    const kh_text *text = art->tokens;
    const uint8_t *blocked = blocked_of(&scratch, art);
    uint8_t lang = kh_lexicon_lang(know->lex, art->lang);
    bool force = tells_of_force(&know->langs[lang], art, lang);
    KH_EACH(const kh_stretch, part, text->sentences) {
        const kh_line *line = kh_article_line_at(art, part->span.begin);
        if (line && kh_line_is_content(line)) {
            kh_sentence s = {
                .know = know, .words = &know->langs[lang], .art = art, .text = text, .blocked = blocked, .lang = lang, .force = force};
            s.first = part->first;
            s.end = part->end;
            read_sentence(out, scratch, &s, art);
        }
    }
    sort_by_place(art);
    tell_titles(art);
}
