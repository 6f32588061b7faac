/* numerals.c - which number begins at this token?
 *
 * Decides the value of numbers as news write them: "3 آلاف و412" is 3412, "2,2 مليون" 2,200,000, "50 ألفا"
 * 50,000 (the tanwin is lost, it is no dual), "ألفا" alone 2000, "عشرات الآلاف" 20,000..99,999 and vague,
 * "سی و سه هزار" 33,000, "двадцать пять тысяч" 25,000, "three hundred and five" 305, "half a million"
 * 500,000, "الخامس والعشرين" the ordinal 25.
 *
 * Method: one grammar for all languages. A number is a sum of parts, each a group times its scales; a group
 * fills the slots of hundreds, tens and units, each once; what joins the parts (و, and, y, nothing) and
 * which mark parts thousands and which decimals is said by the rows "join" and "mark" of numbers.txt. Arabic
 * names units before tens. Digits stand for a group. A mark between digits that could be either is read by
 * the language, then by shape: three digits behind it are thousands, unless a scale or percent follows.
 *
 * Gets wrong: long German compounds (zweihundertfünfzigtausend), "1.234" in an English text of a German
 * writer, numbers that miss their conjunction. It says nothing about words that have another meaning (نه is
 * nine and no): callers ask for a noun behind the number.
 */
#include "lexicon/numerals_parts.h"

enum { PARTS_MAX = 8 };

/* ---- reading ---- */

const kh_token *kh_numeral_token(const kh_numeral_reader *r, size_t i)
{
    if (i >= r->text->tokens.count || r->text->tokens.items[i].line != r->line) {
        return NULL;
    }
    return &r->text->tokens.items[i];
}

/* The word of KIND that begins at token I; *end is the token behind it. GLUED: only behind the join that is
 * written onto it; otherwise proclitics are passed over if FREE. */
const kh_number_word *kh_numeral_word(const kh_numeral_reader *r, kh_numeral_kind kind, size_t i, bool glued, bool free, kh_match *m)
{
    const kh_token *t = kh_numeral_token(r, i);
    if (!t || t->kind != KH_WORD) {
        return NULL;
    }
    unsigned flags = glued || free ? (unsigned)KH_CLITICS | (unsigned)KH_ARTICLE : 0u;
    if (!kh_phrases_match(r->habits->sets[kind], r->text, i, r->lang, flags, m)) {
        return NULL;
    }
    const kh_number_word *w = &r->know->words.items[m->value];
    kh_str off = kh_str_head(t->key, m->clitic);
    if (glued) {
        return m->clitic && kh_str_starts(off, r->habits->joins[0]) ? w : NULL;
    }
    bool monday = kind == KH_NUMERAL_UNIT && w->min == 2 && kh_str_ends(off, KH_STR("ال")); /* الاثنين */
    return monday ? NULL : w;
}

/* Passes a join word or a hyphen at token I. *glued: it is written onto the word at I. False when there is
 * none and the language needs one. */
static bool pass_join(const kh_numeral_reader *r, size_t *i, bool *glued)
{
    const kh_token *t = kh_numeral_token(r, *i);
    *glued = false;
    if (!t) {
        return false;
    }
    for (size_t k = 0; k < r->habits->join_count; k++) {
        if (kh_str_eq(t->key, r->habits->joins[k])) {
            ++*i;
            return true;
        }
    }
    if (r->habits->join_glued && t->kind == KH_WORD && kh_str_starts(t->key, r->habits->joins[0])) {
        *glued = true;
        return true;
    }
    if (t->cp == '-' && !(t->flags & KH_SPACE_BEFORE) && !r->habits->join_needed) {
        const kh_token *next = kh_numeral_token(r, *i + 1);
        if (next && next->kind == KH_WORD && !(next->flags & KH_SPACE_BEFORE)) {
            ++*i;
            return true;
        }
    }
    return !r->habits->join_needed;
}

/* ---- groups: below a thousand in words, or digits ---- */

enum { SLOT_UNITS = 1, SLOT_TENS = 2, SLOT_HUNDREDS = 4, SLOT_ALL = 7 };

typedef struct group {
    double value;
    unsigned filled;
    size_t end;
    uint32_t begin_byte;
    bool digits;
} group;

static unsigned slots_of(const kh_number_word *w)
{
    switch (w->kind) {
    case KH_NUMERAL_UNIT: return w->min == 10 ? SLOT_UNITS | SLOT_TENS : SLOT_UNITS;
    case KH_NUMERAL_TEEN: return SLOT_UNITS | SLOT_TENS;
    case KH_NUMERAL_TEN: return SLOT_TENS;
    default: return SLOT_HUNDREDS;
    }
}

/* The longest group word at token I. */
static const kh_number_word *group_word(const kh_numeral_reader *r, size_t i, bool glued, bool free, kh_match *best)
{
    const kh_number_word *found = NULL;
    for (int kind = KH_NUMERAL_UNIT; kind <= KH_NUMERAL_HUNDRED; kind++) {
        kh_match m = {0};
        const kh_number_word *w = kh_numeral_word(r, (kh_numeral_kind)kind, i, glued, free, &m);
        if (w && (!found || m.end > best->end || (m.end == best->end && m.clitic < best->clitic))) {
            found = w;
            *best = m;
        }
    }
    return found;
}

/* May slots WANTED be filled behind those that are? Larger ones come first, but in Arabic units before tens. */
static bool slots_free(const kh_numeral_reader *r, unsigned filled, unsigned wanted, bool joined)
{
    if (filled & wanted) {
        return false;
    }
    bool unit_then_ten = r->habits->units_first && joined && (filled & SLOT_UNITS) && wanted == SLOT_TENS;
    return unit_then_ten || wanted < (filled & (~filled + 1u));
}

/* "two hundred", "iki yüz": a scale of 100 multiplies the group itself. */
static void pass_hundred(const kh_numeral_reader *r, group *g)
{
    kh_match m = {0};
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_SCALE, g->end, false, false, &m);
    if (w && w->min == 100 && g->value >= 1 && g->value < 100 && !g->digits) {
        g->value *= 100;
        g->filled = SLOT_HUNDREDS;
        g->end = m.end;
    }
}

static bool grow_group(const kh_numeral_reader *r, group *g)
{
    size_t i = g->end;
    bool glued;
    kh_match m = {0};
    if (!pass_join(r, &i, &glued)) {
        return false;
    }
    bool joined = i > g->end || glued;
    const kh_number_word *w = group_word(r, i, glued, false, &m);
    if (!w || w->min < 1 || !slots_free(r, g->filled, slots_of(w), joined)) {
        return false;
    }
    g->value += w->min;
    g->filled |= slots_of(w);
    g->end = m.end;
    return true;
}

/* The group at token I. FREE: any proclitics may stand before it. */
static bool group_at(const kh_numeral_reader *r, size_t i, bool glued, bool free, group *g)
{
    kh_match m;
    const kh_token *t = kh_numeral_token(r, i);
    *g = (group){.end = i};
    if (!t) {
        return false;
    }
    if (t->kind == KH_NUMBER) {
        g->digits = true;
        g->filled = SLOT_ALL;
        g->begin_byte = t->span.begin;
        return !glued && kh_numeral_digits(r, &g->end, &g->value);
    }
    const kh_number_word *w = group_word(r, i, glued, free, &m);
    if (!w) {
        w = kh_numeral_word(r, KH_NUMERAL_SCALE, i, glued, free, &m);
        if (!w || w->min != 100) {
            return false;
        }
    }
    *g = (group){.value = w->min,
                 .filled = w->kind == KH_NUMERAL_SCALE ? SLOT_HUNDREDS : slots_of(w),
                 .end = m.end,
                 .begin_byte = m.span.begin};
    do {
        pass_hundred(r, g);
    } while (grow_group(r, g));
    return true;
}

/* ---- parts: a group times its scales ---- */

typedef struct part {
    double value;
    double scale; /* the largest power named, 1 for none */
    size_t end;
    uint32_t begin_byte;
    bool digits;
} part;

/* A fraction behind the join: مليون ونصف, two and a half. */
static const kh_number_word *joined_fraction(const kh_numeral_reader *r, size_t i, kh_match *m)
{
    bool glued;
    size_t at = i;
    if (!pass_join(r, &at, &glued) || (at == i && !glued)) {
        return NULL;
    }
    const kh_token *t = kh_numeral_token(r, at);
    kh_match article;
    if (t && kh_numeral_word(r, KH_NUMERAL_ARTICLE, at, false, false, &article)) {
        at = article.end;
    }
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_FRACTION, at, glued, false, m);
    return w && w->min < 1 ? w : NULL;
}

static void pass_scales(const kh_numeral_reader *r, part *p)
{
    kh_match m;
    const kh_number_word *w;
    while ((w = kh_numeral_word(r, KH_NUMERAL_SCALE, p->end, false, false, &m)) && w->min > p->scale) {
        p->value *= w->min;
        p->scale *= w->min;
        p->end = m.end;
    }
}

static void pass_fraction(const kh_numeral_reader *r, part *p)
{
    kh_match m;
    const kh_number_word *w = joined_fraction(r, p->end, &m);
    if (w) {
        p->value += w->min * p->scale;
        p->end = m.end;
        if (p->scale == 1) {
            pass_scales(r, p);
        } else if (kh_numeral_word(r, KH_NUMERAL_SCALE, p->end, false, true, &m)) {
            p->end = m.end; /* مليون ونصف المليون */
        }
    }
}

/* A part that begins with a scale word, alone: ألف, a million, ألفان. */
static bool scale_part(const kh_numeral_reader *r, size_t i, bool glued, bool free, part *p)
{
    kh_match m, article;
    size_t at = i;
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_DUAL, i, glued, free, &m);
    *p = (part){.scale = 1};
    if (w) {
        *p = (part){.value = w->min, .scale = w->min / 2, .end = m.end, .begin_byte = m.span.begin};
        return true;
    }
    bool with_article = kh_numeral_word(r, KH_NUMERAL_ARTICLE, i, false, false, &article);
    if (with_article) {
        at = article.end;
    }
    w = kh_numeral_word(r, KH_NUMERAL_SCALE, at, glued, free, &m);
    if (!w) {
        return false;
    }
    *p = (part){.value = w->min, .scale = w->min, .end = m.end, .begin_byte = with_article ? article.span.begin : m.span.begin};
    pass_scales(r, p);
    return true;
}

static bool part_at(const kh_numeral_reader *r, size_t i, bool glued, bool free, part *p)
{
    group g;
    if (group_at(r, i, glued, free, &g)) {
        *p = (part){.value = g.value, .scale = 1, .end = g.end, .begin_byte = g.begin_byte, .digits = g.digits};
        pass_scales(r, p);
    } else if (!scale_part(r, i, glued, free, p)) {
        return false;
    }
    pass_fraction(r, p);
    return true;
}

/* The sum of parts with falling scales from token FIRST on. */
static bool cardinal_at(const kh_numeral_reader *r, size_t first, kh_numeral *out)
{
    part p;
    if (!part_at(r, first, false, true, &p)) {
        return false;
    }
    *out = (kh_numeral){.first = (uint32_t)first, .end = (uint32_t)p.end, .min = p.value, .digits = p.digits};
    out->span.begin = p.begin_byte;
    for (int i = 0; i < PARTS_MAX && p.scale > 1; i++) {
        size_t at = p.end;
        bool glued;
        part next;
        if (!pass_join(r, &at, &glued) || !part_at(r, at, glued, false, &next) || next.value >= p.scale) {
            break;
        }
        out->min += next.value;
        out->digits = out->digits || next.digits;
        out->end = (uint32_t)next.end;
        p = next;
    }
    out->max = out->min;
    out->article = !out->digits && out->min == 1 && !r->habits->units_first;
    return true;
}

/* ---- the other kinds ---- */

/* عشرون ونيف: a vague unit behind a round number. */
static void pass_odd_units(const kh_numeral_reader *r, kh_numeral *n)
{
    kh_match m;
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_VAGUE, n->end, false, true, &m);
    bool joined = w && kh_str_starts(r->text->tokens.items[n->end].key, r->habits->join_count ? r->habits->joins[0] : KH_STR(" "));
    if (w && joined && w->max >= 1 && w->max < 10 && !n->vague) {
        n->min += w->min;
        n->max += w->max;
        n->vague = true;
        n->end = m.end;
    }
}

static bool vague_at(const kh_numeral_reader *r, size_t first, kh_numeral *out)
{
    kh_match m;
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_VAGUE, first, false, true, &m);
    if (!w) {
        return false;
    }
    *out = (kh_numeral){.first = (uint32_t)first, .end = m.end, .span = m.span, .min = w->min, .max = w->max, .vague = true};
    return true;
}

static bool fraction_at(const kh_numeral_reader *r, size_t first, kh_numeral *out)
{
    kh_match m, next;
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_FRACTION, first, false, true, &m);
    if (!w) {
        return false;
    }
    *out = (kh_numeral){.first = (uint32_t)first, .end = m.end, .span = m.span, .min = w->min};
    size_t at = kh_numeral_word(r, KH_NUMERAL_ARTICLE, m.end, false, false, &next) ? next.end : m.end;
    const kh_number_word *scale = kh_numeral_word(r, KH_NUMERAL_SCALE, at, false, false, &next);
    if (scale) {
        out->min *= scale->min;
        out->end = next.end;
    }
    out->max = out->min;
    return true;
}

/* What stands behind an ordinal and belongs to it: عشر (الخامس عشر), a ten (الخامس والعشرين). */
static double rest_of_ordinal(const kh_numeral_reader *r, double value, size_t *end)
{
    kh_match m;
    const kh_number_word *w = value < 10 ? kh_numeral_word(r, KH_NUMERAL_UNIT, *end, false, false, &m) : NULL;
    if (r->habits->units_first && w && w->min == 10) {
        *end = m.end;
        return 10;
    }
    w = value < 10 && r->habits->units_first ? kh_numeral_word(r, KH_NUMERAL_TEN, *end, true, false, &m) : NULL;
    if (w) {
        *end = m.end;
        return w->min;
    }
    return 0;
}

/* Ordinals in words, alone or behind tens: twenty-first, двадцать первого, بیست و یکم. */
static bool ordinal_at(const kh_numeral_reader *r, size_t first, kh_numeral *out)
{
    kh_match m, ten;
    double value = 0;
    size_t at = first;
    bool glued = false;
    const kh_number_word *tens = r->habits->units_first ? NULL : kh_numeral_word(r, KH_NUMERAL_TEN, first, false, false, &ten);
    if (tens) {
        at = ten.end;
        value = tens->min;
        if (!pass_join(r, &at, &glued)) {
            return false;
        }
    }
    const kh_number_word *w = kh_numeral_word(r, KH_NUMERAL_ORDINAL, at, false, !tens, &m);
    if (!w || (tens && w->min >= 10)) {
        return false;
    }
    size_t end = m.end;
    value += w->min;
    value += rest_of_ordinal(r, value, &end);
    *out = (kh_numeral){.first = (uint32_t)first, .end = (uint32_t)end, .min = value, .max = value, .ordinal = true};
    out->span.begin = tens ? ten.span.begin : m.span.begin;
    return true;
}

/* 20th, 25-го, 8'inci, 1er: an ordinal's ending behind digits, written onto them. */
static void pass_ordinal_ending(const kh_numeral_reader *r, kh_numeral *n)
{
    size_t at = n->end;
    const kh_token *t = kh_numeral_token(r, at);
    if (t && (t->cp == '-' || t->cp == '\'' || t->cp == 0x2019) && !(t->flags & KH_SPACE_BEFORE)) {
        t = kh_numeral_token(r, ++at);
    }
    kh_match m;
    if (!t || t->kind != KH_WORD || (t->flags & KH_SPACE_BEFORE) ||
        !kh_phrases_match(r->habits->sets[KH_NUMERAL_ORDINAL], r->text, at, r->lang, 0, &m)) {
        return;
    }
    if (r->know->words.items[m.value].min < 0) { /* an ending has no value of its own: -1 in the table */
        n->ordinal = true;
        n->end = m.end;
    }
}

static bool worth_reading(const kh_numeral_reader *r, const kh_token *t, size_t first)
{
    kh_match m;
    if (t->kind == KH_NUMBER) {
        return true;
    }
    return t->kind == KH_WORD &&
           kh_phrases_match(r->habits->starts, r->text, first, r->lang, (unsigned)KH_CLITICS | (unsigned)KH_ARTICLE, &m);
}

bool kh_numeral_at(const kh_numerals *know, const kh_text *text, size_t first, uint8_t lang, kh_numeral *out)
{
    if (first >= text->tokens.count || lang >= KH_LANGS_MAX) {
        return false;
    }
    const kh_token *t = &text->tokens.items[first];
    kh_numeral_reader r = {.know = know, .text = text, .habits = &know->langs[lang], .lang = lang, .line = t->line};
    if (!worth_reading(&r, t, first)) {
        return false;
    }
    kh_numeral best = {0}, n;
    bool found = ordinal_at(&r, first, &best) && best.min > 0;
    bool (*const readers[])(const kh_numeral_reader *, size_t, kh_numeral *) = {vague_at, cardinal_at, fraction_at};
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (readers[i](&r, first, &n) && (!found || n.end > best.end)) {
            best = n;
            found = true;
        }
    }
    if (!found) {
        return false;
    }
    if (best.digits && best.end == first + 1) {
        pass_ordinal_ending(&r, &best);
    } else if (!best.ordinal) {
        pass_odd_units(&r, &best);
    }
    best.span.end = text->tokens.items[best.end - 1].span.end;
    *out = best;
    return true;
}
