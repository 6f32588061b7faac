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
 * year. The grammar follows what Persian time taggers annotate (parstdex, Hengam), written anew.
 *
 * Gets wrong: names of months borne by persons behind a preposition; years in words; titles of books and
 * films.
 */
#include "dates/times.h"

#include <string.h>

enum { SHORT_TEXT = 200, /* bytes of letters, in which a language is told badly */ NUMBERS_MAX = 6, PREFIXES_MAX = 6, PIECES_MAX = 24, ROUND_YEAR = 100 };

typedef enum kind {
    NOTHING,
    DURATION,
    WEEKDAY,
    SEASON,
    MONTH,
    YEAR,
    PART,
    WHOLE,
    DAY,
    CLOCK,
    NAMED_UNIT
} kind;

typedef struct parser {
    const kh_dates_know *know;
    const kh_text *text;
    kh_atoms atoms;
    uint8_t *types; /* of each atom in an expression */
} parser;

/* What stood before a piece. */
typedef struct before {
    bool any, from, during, edge, this;
    bool behind; /* another piece directly before it */
} before;

typedef struct piece {
    size_t end; /* atom behind it; 0: there is none */
    kind kind;
} piece;

static const piece none = {0, NOTHING};

/* ---- questions ---- */

static bool is(const parser *p, size_t i, uint32_t senses)
{
    return i < p->atoms.count && (p->atoms.items[i].senses & senses) &&
           !(p->atoms.items[i].senses & KH_TIME_NOT);
}

static bool uses(const parser *p, size_t i, uint8_t use)
{
    return i < p->atoms.count && (p->atoms.items[i].uses & use);
}

static uint8_t mark(const parser *p, size_t i)
{
    return i < p->atoms.count ? p->atoms.items[i].mark : (uint8_t)KH_ATOM_OTHER;
}

static bool word_is(const parser *p, size_t i, const char *key)
{
    return i < p->atoms.count &&
           kh_token_is(&p->text->tokens.items[p->atoms.items[i].first], key);
}

static void set_types(const parser *p, size_t first, size_t end, uint8_t type)
{
    for (size_t i = first; i < end; i++) {
        p->types[i] = type;
    }
}

/* ---- numbers ---- */

typedef struct numbers {
    size_t end;
    double last;
    uint8_t digits; /* of the last one */
    bool one;       /* a single number */
} numbers;

/* "۱۳، ۲۳ و ۲۴", "ششم و هفتم", "۳۰ تا ۶۰" at I; end 0 where no number stands. */
static numbers numbers_at(const parser *p, size_t i)
{
    uint32_t number = KH_TIME_NUMBER | KH_TIME_ORDINAL;
    numbers n = {0};
    if (!is(p, i, number)) {
        return n;
    }
    n = (numbers){i + 1, p->atoms.items[i].value, p->atoms.items[i].digits, true};
    for (int count = 1; count < NUMBERS_MAX; count++) {
        size_t next = n.end + 1;
        bool joined = is(p, n.end, KH_TIME_TO | KH_TIME_AND) || mark(p, n.end) == KH_ATOM_DASH ||
                      (mark(p, n.end) == KH_ATOM_COMMA && is(p, next, number) &&
                       (is(p, next + 1, KH_TIME_AND) || mark(p, next + 1) == KH_ATOM_COMMA));
        const kh_atom *a = &p->atoms.items[i];
        bool same = is(p, next, number) && (a->digits != 4 || p->atoms.items[next].digits == 4 ||
                                            p->atoms.items[next].digits == 2);
        if (!joined || !same || is(p, next, KH_TIME_AND)) {
            break;
        }
        n = (numbers){next + 1, p->atoms.items[next].value, p->atoms.items[next].digits, false};
    }
    return n;
}

static bool is_year(double value, uint8_t digits)
{
    return digits == 4 && ((value >= 1200 && value <= 1450) || (value >= 1500 && value <= 2150));
}

/* Does the number before I count something, or is it part of another number? */
static bool counts(const parser *p, size_t i)
{
    bool point = i + 1 < p->atoms.count && (word_is(p, i, ":") || word_is(p, i, "/") ||
                                            word_is(p, i, "%")) &&
                 !(p->text->tokens.items[p->atoms.items[i].first].flags & KH_SPACE_BEFORE);
    return point || is(p, i, KH_TIME_COUNTED);
}

/* ---- tails ---- */

static size_t era_tail(const parser *p, size_t i)
{
    while (is(p, i, KH_TIME_ERA) && !is(p, i, KH_TIME_WEAK_ERA)) {
        i++;
    }
    return i;
}

static size_t after_tail(const parser *p, size_t i)
{
    for (int k = 0; k < 2 && is(p, i, KH_TIME_AFTER); k++) {
        i++;
    }
    i = era_tail(p, i);
    return is(p, i, KH_TIME_TAIL) ? i + 1 : i;
}

/* "و نیم" behind a unit. */
static size_t half_tail(const parser *p, size_t i)
{
    return is(p, i, KH_TIME_AND) && is(p, i + 1, KH_TIME_FRACTION) &&
                   !is(p, i + 2, KH_TIME_UNIT)
               ? i + 2
               : i;
}

/* A year behind a month: "۱۴۰۲", "سال ۱۴۰۲", with a day also "۹۵". I itself when there is none. */
static size_t year_tail(const parser *p, size_t i, bool day)
{
    bool word = is(p, i, KH_TIME_HEAD) && word_is(p, i, "\u0633\u0627\u0644");
    size_t at = word ? i + 1 : i;
    if (!is(p, at, KH_TIME_NUMBER) || counts(p, at + 1) || is(p, at + 1, KH_TIME_UNIT)) {
        return i;
    }
    const kh_atom *a = &p->atoms.items[at];
    bool two = a->digits == 2 && (day || word || a->value > 31);
    bool words = !a->digits && is_year(a->value, 4);
    if (!two && !words && !is_year(a->value, a->digits) && !(word && a->value >= 1)) {
        return i;
    }
    size_t end = at + 1;
    while (is(p, end, KH_TIME_ERA | KH_TIME_WEAK_ERA)) {
        end++;
    }
    set_types(p, i, end, KH_TIME_OF_DAYS);
    return end;
}

/* "ماه" behind a month's name. */
static size_t month_word(const parser *p, size_t i)
{
    return is(p, i, KH_TIME_UNIT) && word_is(p, i, "\u0645\u0627\u0647") ? i + 1 : i;
}

/* ---- cores ---- */

/* Parts of the day behind a clock time. */
static size_t clock_tail(const parser *p, size_t i)
{
    while (is(p, i, KH_TIME_PART | KH_TIME_HALF)) {
        i++;
    }
    return i;
}

/* Minutes and seconds behind an hour: "و نیم", "و ۲۳ دقیقه و ۵ ثانیه", "و ده" before a part of the day. */
static size_t minutes_tail(const parser *p, size_t i)
{
    size_t end = i;
    while (is(p, end, KH_TIME_AND) && is(p, end + 1, KH_TIME_NUMBER) &&
           p->atoms.items[end + 1].value <= 59 && is(p, end + 2, KH_TIME_UNIT) &&
           p->atoms.items[end + 2].type == KH_TIME_OF_DAY) {
        end += 3;
    }
    if (end > i || !is(p, i, KH_TIME_AND)) {
        return end;
    }
    if (is(p, i + 1, KH_TIME_FRACTION)) {
        return i + 2;
    }
    bool minutes = is(p, i + 1, KH_TIME_NUMBER) && p->atoms.items[i + 1].value <= 59;
    return minutes && is(p, i + 2, KH_TIME_PART) ? i + 2 : i;
}

/* "ساعت ۸ صبح", "ساعت ۱۷ و ۲۳ دقیقه", "۱۰:۳۰ ب.ظ", "۵ و نیم عصر", "ساعت ۶ تا ۷ شب". */
static piece clock_at(const parser *p, size_t i)
{
    bool word = is(p, i, KH_TIME_HEAD) && p->atoms.items[i].type == KH_TIME_OF_DAY &&
                !is(p, i, KH_TIME_BEFORE);
    size_t at = word ? i + 1 : i, end = 0;
    bool colon = is(p, at, KH_TIME_DIGITS) && p->atoms.items[at].type == KH_TIME_OF_DAY;
    if (colon) {
        bool minutes = is(p, at + 1, KH_TIME_UNIT) && p->atoms.items[at + 1].type == KH_TIME_OF_DAY;
        end = minutes ? at + 2 : at + 1;
    } else {
        if (!is(p, at, KH_TIME_NUMBER | KH_TIME_ORDINAL) || p->atoms.items[at].value > 59) {
            return none;
        }
        numbers n = {at + 1, p->atoms.items[at].value, p->atoms.items[at].digits, true};
        end = minutes_tail(p, n.end);
        if (end == n.end) {
            n = numbers_at(p, at);
            end = minutes_tail(p, n.end);
        }
        bool part = is(p, end, KH_TIME_PART | KH_TIME_HALF) && !is(p, end, KH_TIME_UNIT);
        if (!word && (!part || n.last > 24 || is(p, at, KH_TIME_ORDINAL))) {
            return none;
        }
    }
    end = era_tail(p, clock_tail(p, end));
    set_types(p, i, end, KH_TIME_OF_DAY);
    return (piece){end, CLOCK};
}

/* "۱۵ مرداد ۱۴۰۳", "سوم تا پنجم همین ماه" behind the numbers that end at N. */
static piece day_of_month(const parser *p, size_t i, numbers n)
{
    size_t at = is(p, n.end, KH_TIME_OF) && word_is(p, n.end, "\u0627\u0632") ? n.end + 1 : n.end;
    at += month_word(p, at) > at && is(p, at + 1, KH_TIME_MONTH) ? 1 : 0;
    if (n.last >= 1 && n.last <= 31 && is(p, at, KH_TIME_MONTH)) {
        size_t end = year_tail(p, month_word(p, at + 1), true);
        end = after_tail(p, end);
        set_types(p, i, end, KH_TIME_OF_DAYS);
        return (piece){end, DAY};
    }
    if (n.last >= 1 && n.last <= 31 && is(p, n.end, KH_TIME_THIS) && is(p, n.end + 1, KH_TIME_UNIT) &&
        word_is(p, n.end + 1, "\u0645\u0627\u0647")) {
        set_types(p, i, n.end + 2, KH_TIME_OF_DAYS);
        return (piece){n.end + 2, DAY};
    }
    return none;
}

/* "سه سال و نیم گذشته", "چهل و هفتمین روز", "۴۸ ساعت آینده". */
static piece counted_unit(const parser *p, size_t i)
{
    size_t unit = i;
    if (!is(p, i, KH_TIME_DURATION)) {
        numbers n = numbers_at(p, i);
        unit = n.end;
        if (!n.end || !is(p, unit, KH_TIME_UNIT)) {
            return none;
        }
    }
    size_t end = half_tail(p, unit + 1);
    while (is(p, end, KH_TIME_ORDINAL) && !is(p, end + 1, KH_TIME_MONTH)) {
        end++;
    }
    end = after_tail(p, end);
    bool ordinal = unit > i && is(p, unit - 1, KH_TIME_ORDINAL);
    set_types(p, i, end, p->atoms.items[unit].type);
    return (piece){end, ordinal ? NAMED_UNIT : DURATION};
}

/* Years in digits: "۱۳۹۵", "1902 – 1979 میلادی", "۵۸۹ خورشیدی", "انتخابات ۹۶". */
static piece year_at(const parser *p, size_t i, bool to_now)
{
    const kh_atom *a = &p->atoms.items[i];
    if (!is(p, i, KH_TIME_NUMBER) || !a->digits) {
        return none;
    }
    numbers n = numbers_at(p, i);
    size_t end = era_tail(p, n.end);
    bool era = end > n.end;
    bool known = i > 0 && is(p, i - 1, KH_TIME_EVENT) && a->digits == 2 && n.one;
    bool year = is_year(a->value, a->digits) && is_year(n.last, n.digits) &&
                (!n.one || (long)a->value % ROUND_YEAR != 0);
    bool weak = is(p, n.end, KH_TIME_WEAK_ERA) && n.digits >= 2 && !word_is(p, n.end, "\u0645");
    if (counts(p, n.end) || is(p, n.end, KH_TIME_UNIT) ||
        (!year && !known && !weak && !(era && a->value <= 2200) && !(to_now && a->digits == 2))) {
        return none;
    }
    end += !era && is(p, end, KH_TIME_WEAK_ERA) ? 1 : 0;
    set_types(p, i, end, KH_TIME_OF_DAYS);
    return (piece){end, YEAR};
}

static piece number_first(const parser *p, size_t i)
{
    numbers n = numbers_at(p, i);
    if (!n.end) {
        return none;
    }
    piece found = day_of_month(p, i, n);
    found = found.end ? found : clock_at(p, i);
    found = found.end ? found : counted_unit(p, i);
    if (!found.end) {
        bool to_now = is(p, n.end, KH_TIME_UNTIL_NOW) ||
                      (is(p, n.end, KH_TIME_TO) && is(p, n.end + 1, KH_TIME_NOW));
        found = year_at(p, i, to_now);
    }
    return found;
}

/* "مهرماه ۱۳۸۸", "آبان همان سال", "در مهر". */
static piece month_at(const parser *p, size_t i, const before *b)
{
    size_t word = month_word(p, i + 1);
    size_t end = year_tail(p, word, false);
    bool pair = (mark(p, end) == KH_ATOM_DASH || is(p, end, KH_TIME_TO | KH_TIME_AND)) &&
                is(p, end + 1, KH_TIME_MONTH) && !is(p, end + 1, KH_TIME_UNIT);
    bool told = end > i + 1 || pair || b->edge || b->this || (b->any && !b->from && !b->during) ||
                is(p, end, KH_TIME_THIS | KH_TIME_HEAD) ||
                (is(p, end, KH_TIME_WHOLE) && !is(p, end, KH_TIME_ALSO_WORD));
    if (is(p, i, KH_TIME_ALSO_WORD) && !told) {
        return none;
    }
    if (pair) {
        size_t second = month_word(p, end + 2);
        end = year_tail(p, second, false);
    }
    end = after_tail(p, end);
    set_types(p, i, end, KH_TIME_OF_DAYS);
    return (piece){end, MONTH};
}

static piece season_at(const parser *p, size_t i, const before *b)
{
    size_t end = year_tail(p, i + 1, true);
    end = after_tail(p, end);
    bool pair = (mark(p, end) == KH_ATOM_DASH || is(p, end, KH_TIME_TO | KH_TIME_AND)) &&
                is(p, end + 1, KH_TIME_SEASON);
    bool told = end > i + 1 || pair || b->edge || b->this || b->during || (b->any && !b->from) ||
                is(p, end, KH_TIME_WHOLE | KH_TIME_HEAD);
    if (!told && is(p, i, KH_TIME_ALSO_WORD) && !is(p, i, KH_TIME_BEFORE)) {
        return none;
    }
    set_types(p, i, end, KH_TIME_OF_DAYS);
    return (piece){end, SEASON};
}

static piece piece_at(const parser *p, size_t i, const before *b);

/* A unit with its name or what tells which one: "سال ۹۲", "قرن ششم و هفتم هجری", "سال گذشته", "ماه مبارک رمضان",
 * "روز دوشنبه", "این سال". */
static piece unit_at(const parser *p, size_t i, const before *b)
{
    uint8_t type = p->atoms.items[i].type;
    size_t at = is(p, i + 1, KH_TIME_OF) && is(p, i + 2, KH_TIME_MONTH) ? i + 2 : i + 1;
    before inner = {.any = true, .edge = true, .behind = true};
    if (type == KH_TIME_OF_DAY && is(p, i, KH_TIME_HEAD)) {
        piece clock = clock_at(p, i);
        if (clock.end) {
            return clock;
        }
    }
    if (is(p, at, KH_TIME_MONTH | KH_TIME_WEEKDAY | KH_TIME_SEASON | KH_TIME_WHOLE |
                      KH_TIME_DIGITS) &&
        type == KH_TIME_OF_DAYS) {
        piece named = piece_at(p, at, &inner);
        if (named.end) {
            set_types(p, i, at, type);
            return (piece){named.end, named.kind};
        }
    }
    numbers n = numbers_at(p, at);
    if (n.end && at == i + 1 && is(p, i, KH_TIME_HEAD)) {
        piece day = day_of_month(p, at, n);
        if (day.end) {
            set_types(p, i, at, type);
            return day;
        }
        bool ordinal = is(p, at, KH_TIME_ORDINAL);
        bool era = is(p, n.end, KH_TIME_ERA);
        if (!counts(p, n.end) && (!is(p, n.end, KH_TIME_UNIT) || ordinal || n.digits == 4) &&
            (ordinal || era || p->atoms.items[at].digits || n.last >= 10)) {
            size_t end = n.end;
            while (is(p, end, KH_TIME_ERA | KH_TIME_WEAK_ERA)) {
                end++;
            }
            end = after_tail(p, end);
            set_types(p, i, end, type);
            return (piece){end, NAMED_UNIT};
        }
    }
    size_t end = after_tail(p, i + 1);
    while (is(p, end, KH_TIME_ORDINAL) && end > i + 1) {
        end++;
    }
    bool alone = b->edge || b->this || b->during ||
                 (b->behind && type == KH_TIME_OF_DAYS && is(p, i, KH_TIME_HEAD));
    if (end == i + 1 && !alone) {
        return none;
    }
    set_types(p, i, end, type);
    return (piece){end, NAMED_UNIT};
}

static piece word_first(const parser *p, size_t i, const before *b)
{
    size_t end = i + 1;
    if (is(p, i, KH_TIME_DURATION)) {
        return counted_unit(p, i);
    }
    if (uses(p, i, KH_TIME_RATE)) {
        numbers n = numbers_at(p, i + 1);
        if (n.end && (uses(p, n.end, KH_TIME_TIMES) || is(p, n.end, KH_TIME_UNIT))) {
            set_types(p, i, n.end + 1, KH_TIME_OF_DAYS);
            return (piece){n.end + 1, NAMED_UNIT};
        }
    }
    if (is(p, i, KH_TIME_MONTH)) {
        return month_at(p, i, b);
    }
    if (is(p, i, KH_TIME_SEASON)) {
        return season_at(p, i, b);
    }
    if (is(p, i, KH_TIME_UNIT | KH_TIME_HEAD)) {
        piece unit = unit_at(p, i, b);
        if (unit.end || !is(p, i, KH_TIME_PART | KH_TIME_WHOLE)) {
            return unit;
        }
    }
    if (is(p, i, KH_TIME_WHOLE | KH_TIME_WEEKDAY)) {
        end = after_tail(p, is(p, i, KH_TIME_WHOLE) ? year_tail(p, end, false) : end);
        set_types(p, i, end, p->atoms.items[i].type);
        return (piece){end, is(p, i, KH_TIME_WEEKDAY) ? WEEKDAY : WHOLE};
    }
    if (is(p, i, KH_TIME_PART)) {
        end = after_tail(p, end);
        bool weak = is(p, i, KH_TIME_ALSO_WORD) && end == i + 1 && !b->any && !b->behind;
        set_types(p, i, end, KH_TIME_OF_DAY);
        return weak ? none : (piece){end, PART};
    }
    return none;
}

static piece piece_at(const parser *p, size_t i, const before *b)
{
    if (i >= p->atoms.count || is(p, i, KH_TIME_NOT)) {
        return none;
    }
    if (is(p, i, KH_TIME_DIGITS)) {
        if (p->atoms.items[i].type == KH_TIME_OF_DAY) {
            return clock_at(p, i);
        }
        size_t end = era_tail(p, i + 1);
        set_types(p, i, end, KH_TIME_OF_DAYS);
        return (piece){end, DAY};
    }
    if (is(p, i, KH_TIME_NUMBER | KH_TIME_ORDINAL)) {
        piece number = number_first(p, i);
        if (number.end) {
            return number;
        }
    }
    return word_first(p, i, b);
}

/* ---- expressions ---- */

/* A piece with the prepositions and edge words before it. */
static piece with_before(const parser *p, size_t i, bool behind)
{
    before b = {.behind = behind};
    size_t at = i;
    piece found = none;
    for (int k = 0; k < PREFIXES_MAX; k++) {
        found = piece_at(p, at, &b);
        if (found.end ||
            !is(p, at, KH_TIME_BEFORE | KH_TIME_EDGE | KH_TIME_THIS | KH_TIME_DATEWORD)) {
            break;
        }
        if (b.this && is(p, at, KH_TIME_BEFORE | KH_TIME_THIS)) {
            return none;
        }
        p->types[at] = KH_TIME_NO_TYPE;
        b.any = true;
        b.from = word_is(p, at, "\u0627\u0632");
        b.during = b.during || is(p, at, KH_TIME_DURING);
        b.edge = b.edge || is(p, at, KH_TIME_EDGE);
        b.this = is(p, at, KH_TIME_THIS);
        at++;
    }
    return found;
}

/* What goes on behind END: the end of the next piece that belongs to the same expression, or END. */
static piece next_piece(const parser *p, piece last)
{
    size_t end = last.end;
    piece next = with_before(p, end, true);
    if (next.end) {
        return next;
    }
    if (is(p, end, KH_TIME_UNTIL_NOW)) {
        p->types[end] = KH_TIME_OF_DAYS;
        return (piece){end + 1, WHOLE};
    }
    if (is(p, end, KH_TIME_TO)) {
        p->types[end] = KH_TIME_NO_TYPE;
        if (is(p, end + 1, KH_TIME_NOW)) {
            p->types[end + 1] = KH_TIME_OF_DAYS;
            return (piece){end + 2, WHOLE};
        }
        return with_before(p, end + 1, true);
    }
    if (last.kind == DURATION && uses(p, end, KH_TIME_MINUTES_TO) &&
        p->types[end - 1] == KH_TIME_OF_DAY) {
        next = clock_at(p, end + 1);
        if (!next.end && is(p, end + 1, KH_TIME_NUMBER) && p->atoms.items[end + 1].value <= 24 &&
            !is(p, end + 2, KH_TIME_UNIT | KH_TIME_COUNTED)) {
            next = (piece){end + 2, CLOCK};
        }
        set_types(p, end, next.end, KH_TIME_OF_DAY);
        return next;
    }
    bool and = is(p, end, KH_TIME_AND);
    bool dash = mark(p, end) == KH_ATOM_DASH;
    if (and || dash) {
        before b = {.behind = true, .any = true};
        p->types[end] = KH_TIME_NO_TYPE;
        next = piece_at(p, end + 1, &b);
        bool listed = next.kind == WEEKDAY || next.kind == SEASON || next.kind == MONTH ||
                      next.kind == PART || (and && next.kind == CLOCK);
        if (next.kind == last.kind &&
            (listed || (and && (next.kind == DURATION || next.kind == WHOLE)))) {
            return next;
        }
    }
    return none;
}

/* ---- what is told ---- */

/* Atoms without a type take that of the next one that has one, at the end that of the one before. */
static void settle_types(const parser *p, size_t first, size_t end)
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

static void emit(kh_arena *out, const parser *p, size_t first, size_t end, kh_times *found)
{
    const kh_atom *atoms = p->atoms.items;
    kh_span whole = kh_text_span(p->text, atoms[first].first, atoms[end - 1].end);
    settle_types(p, first, end);
    for (size_t i = first; i < end && found->count < KH_ITEMS_MAX;) {
        size_t last = i + 1;
        while (last < end && p->types[last] == p->types[i]) {
            last++;
        }
        *KH_ADD(out, found) =
            (kh_time_words){.span = kh_text_span(p->text, atoms[i].first, atoms[last - 1].end),
                            .whole = whole,
                            .type = (kh_time_type)p->types[i]};
        i = last;
    }
}

static void read_line(kh_arena *out, kh_arena scratch, const kh_dates_know *know,
                      const kh_text *text, uint8_t lang, const kh_stretch *line, kh_times *found)
{
    parser p = {.know = know, .text = text};
    p.atoms = kh_time_atoms(&scratch, know, text, lang, line->first, line->end);
    p.types = KH_NEW_N(&scratch, uint8_t, p.atoms.count + 1);
    for (size_t i = 0; i < p.atoms.count;) {
        piece last = with_before(&p, i, false);
        if (!last.end) {
            i++;
            continue;
        }
        for (int k = 0; k < PIECES_MAX; k++) {
            piece next = next_piece(&p, last);
            if (!next.end) {
                break;
            }
            last = next;
        }
        if (last.kind == DURATION && uses(&p, last.end, KH_TIME_COUNTED_FROM)) {
            kh_atom *from = &p.atoms.items[last.end]; /* "هفت روز بعد" of "هفت روز بعد از" */
            from->end = from->first + 1;
            p.types[last.end] = p.types[last.end - 1];
            last.end++;
        }
        emit(out, &p, i, last.end, found);
        i = last.end;
    }
}

kh_times kh_times_find(kh_arena *out, kh_arena scratch, const kh_dates_know *know,
                       const kh_text *text, uint8_t lang)
{
    kh_times found = {0};
    if (!know->times->langs[lang]) {
        return found;
    }
    KH_EACH (const kh_stretch, line, text->lines) {
        read_line(out, scratch, know, text, lang, line, &found);
    }
    return found;
}

void kh_times_read(kh_arena *out, kh_arena scratch, const kh_dates_know *know, kh_article *art)
{
    uint8_t lang = kh_lexicon_lang(know->lex, art->lang);
    size_t letters = 0, arabic = 0;
    KH_EACH (const kh_token, token, art->tokens->tokens) {
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
