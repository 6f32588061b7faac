/* times.c - expressions of time in a line: dates, times of day, durations and frequencies, as words.
 *
 * Decides where "در ساعت ۴:۴۵ روز ۲۲ آذر سال جاری" begins and ends, and that ساعت ۴:۴۵ tells a time of the day
 * (TIM) and روز ۲۲ آذر سال جاری days (DAT). What day it is, dates_find says; here also stands what has no day:
 * "نیم ساعت پیش", "هر دوشنبه", "سه ماهه اول امسال", "قرن نوزدهم", "از ۲۰ تا ۲۵ خرداد".
 *
 * Method: a small grammar over the atoms of times_atoms.c. A piece is a core with what belongs to it: a number
 * with its unit (سه سال و نیم گذشته), a month with day and year, a unit with its name (دهه ۹۰, سال گذشته), a
 * time of day (ساعت ۸ صبح), a day's name, a year. Prepositions and words for the edges of a time (در, اوایل)
 * belong to the piece behind them. Pieces that touch, or that "until" joins, are one expression; "and" joins
 * pieces of one kind only. Words that are names as well (مهر, بهار) need support: a number, a preposition, a
 * year. The grammar follows what the taggers of Persian times annotate (parstdex, Hengam), written anew.
 *
 * Gets wrong: names of months borne by persons behind a preposition; years in words; titles of books and
 * films.
 */
#include "dates/times_parts.h"

enum {
    SHORT_TEXT = 400, /* bytes of letters, in which a language is told badly */
    HOURS = 24,
    PREFIXES_MAX = 6,
    PIECES_MAX = 24
};

static const kh_time_piece none = {0, KH_PIECE_NOTHING};

static uint8_t mark(const kh_times_parser *p, size_t i)
{
    return i < p->atoms.count ? p->atoms.items[i].mark : (uint8_t)KH_ATOM_OTHER;
}

/* ---- expressions ---- */

/* A piece with the prepositions and edge words before it. */
static kh_time_piece with_before(const kh_times_parser *p, size_t i, bool behind)
{
    kh_piece_before b = {.behind = behind};
    size_t at = i;
    kh_time_piece found = none;
    for (int k = 0; k < PREFIXES_MAX; k++) {
        found = kh_time_piece_at(p, at, &b);
        if (found.end || !kh_atom_is(p, at, KH_TIME_BEFORE | KH_TIME_EDGE | KH_TIME_THIS | KH_TIME_DATEWORD)) {
            break;
        }
        if (b.this && kh_atom_is(p, at, KH_TIME_BEFORE | KH_TIME_THIS)) {
            return none;
        }
        p->types[at] = KH_TIME_NO_TYPE;
        b.any = true;
        b.from = kh_atom_word(p, at, "\u0627\u0632");
        b.during = b.during || kh_atom_is(p, at, KH_TIME_DURING);
        b.edge = b.edge || kh_atom_is(p, at, KH_TIME_EDGE);
        b.this = kh_atom_is(p, at, KH_TIME_THIS);
        at++;
    }
    return found;
}

/* "به هشت", "مانده به ساعت ۸" at END, behind a count of minutes. */
static kh_time_piece hour_behind(const kh_times_parser *p, size_t end)
{
    kh_time_piece next = kh_time_clock_at(p, end + 1);
    if (!next.end && kh_atom_is(p, end + 1, KH_TIME_NUMBER) && p->atoms.items[end + 1].value <= HOURS &&
        !kh_atom_is(p, end + 2, KH_TIME_UNIT | KH_TIME_COUNTED)) {
        next = (kh_time_piece){end + 2, KH_PIECE_CLOCK};
    }
    kh_atom_types(p, end, next.end, KH_TIME_OF_DAY);
    return next;
}

/* What goes on behind END: the end of the next piece that belongs to the same expression, or END. */
static kh_time_piece next_piece(const kh_times_parser *p, kh_time_piece last)
{
    size_t end = last.end;
    kh_time_piece next = with_before(p, end, true);
    if (next.end) {
        return next;
    }
    if (kh_atom_is(p, end, KH_TIME_UNTIL_NOW)) {
        p->types[end] = KH_TIME_OF_DAYS;
        return (kh_time_piece){end + 1, KH_PIECE_WHOLE};
    }
    if (kh_atom_is(p, end, KH_TIME_TO)) {
        p->types[end] = KH_TIME_NO_TYPE;
        if (kh_atom_is(p, end + 1, KH_TIME_NOW)) {
            p->types[end + 1] = KH_TIME_OF_DAYS;
            return (kh_time_piece){end + 2, KH_PIECE_WHOLE};
        }
        return with_before(p, end + 1, true);
    }
    if (last.kind == KH_PIECE_DURATION && kh_atom_uses(p, end, KH_TIME_MINUTES_TO) && p->types[end - 1] == KH_TIME_OF_DAY) {
        return hour_behind(p, end);
    }
    bool joined = kh_atom_is(p, end, KH_TIME_AND);
    bool dash = mark(p, end) == KH_ATOM_DASH;
    if (joined || dash) {
        kh_piece_before b = {.behind = true, .any = true};
        p->types[end] = KH_TIME_NO_TYPE;
        next = kh_time_piece_at(p, end + 1, &b);
        bool listed =
            next.kind == KH_PIECE_WEEKDAY || next.kind == KH_PIECE_SEASON || next.kind == KH_PIECE_MONTH || next.kind == KH_PIECE_PART;
        bool open = next.kind == KH_PIECE_DURATION && !kh_atom_is(p, end - 1, KH_TIME_AFTER);
        if (next.kind == last.kind && (listed || (joined && (open || next.kind == KH_PIECE_CLOCK)))) {
            return next;
        }
    }
    return none;
}

/* ---- what is told ---- */

/* Atoms without a type take that of the next one that has one, at the end that of the one before. */
static void settle_types(const kh_times_parser *p, size_t first, size_t end)
{
    uint8_t type = KH_TIME_NO_TYPE;
    for (size_t i = end; i-- > first;) {
        type = p->types[i] ? p->types[i] : type;
        p->types[i] = type;
    }
    for (size_t i = first; i < end; i++) {
        type = p->types[i] ? p->types[i] : type;
        p->types[i] = type ? type : (uint8_t)KH_TIME_OF_DAYS;
    }
}

static void emit(kh_arena *out, const kh_times_parser *p, size_t first, size_t end, kh_times *found)
{
    const kh_atom *atoms = p->atoms.items;
    kh_span whole = kh_text_span(p->text, atoms[first].first, atoms[end - 1].end);
    settle_types(p, first, end);
    for (size_t i = first; i < end && found->count < KH_ITEMS_MAX;) {
        size_t last = i + 1;
        while (last < end && p->types[last] == p->types[i]) {
            last++;
        }
        *KH_ADD(out, found) = (kh_time_words){.span = kh_text_span(p->text, atoms[i].first, atoms[last - 1].end),
                                              .whole = whole,
                                              .type = (kh_time_type)p->types[i]};
        i = last;
    }
}

static void read_line(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, const kh_stretch *line,
                      kh_times *found)
{
    kh_times_parser p = {.know = know, .text = text};
    p.atoms = kh_time_atoms(&scratch, know, text, lang, line->first, line->end);
    p.types = KH_NEW_N(&scratch, uint8_t, p.atoms.count + 1);
    for (size_t i = 0; i < p.atoms.count;) {
        kh_time_piece last = with_before(&p, i, false);
        if (!last.end) {
            i++;
            continue;
        }
        for (int k = 0; k < PIECES_MAX; k++) {
            kh_time_piece next = next_piece(&p, last);
            if (!next.end) {
                break;
            }
            last = next;
        }
        if (last.kind == KH_PIECE_DURATION && kh_atom_uses(&p, last.end, KH_TIME_COUNTED_FROM)) {
            kh_atom *from = &p.atoms.items[last.end]; /* "هفت روز بعد" of "هفت روز بعد از" */
            from->end = from->first + 1;
            p.types[last.end] = p.types[last.end - 1];
            last.end++;
        }
        emit(out, &p, i, last.end, found);
        i = last.end;
    }
}

kh_times kh_times_find(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang)
{
    kh_times found = {0};
    if (!know->times->langs[lang]) {
        return found;
    }
    KH_EACH(const kh_stretch, line, text->lines) {
        read_line(out, scratch, know, text, lang, line, &found);
    }
    return found;
}

void kh_times_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, kh_article *art)
{
    uint8_t lang = kh_lexicon_lang(know->lex, art->lang);
    size_t letters = 0, arabic = 0;
    KH_EACH(const kh_token, token, art->tokens->tokens) {
        size_t len = token->kind == KH_WORD ? token->key.len : 0;
        letters += len;
        arabic += token->script == KH_SCRIPT_ARABIC ? len : 0;
    }
    bool unsure = art->lang_confidence < 1 && letters <= SHORT_TEXT;
    if (!know->times->langs[lang] && unsure && 2 * arabic >= letters) {
        lang = know->times->persian;
    }
    art->times = kh_times_find(out, scratch, know, art->tokens, lang);
}
