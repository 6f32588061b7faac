/* times_pieces.c - the pieces that expressions of time are made of.
 *
 * Decides what stands at one place: a time of day ("ساعت ۱۷ و ۲۳ دقیقه", "۵ و نیم عصر", "۱۰:۳۰ ب.ظ"), a day of a month
 * ("۲۲ آذر ۹۵", "سوم تا پنجم همین ماه"), a number with its unit ("سه سال و نیم گذشته"), a unit with its name ("دهه ۹۰",
 * "قرن ششم و هفتم هجری", "سال گذشته"), a month, season, weekday or feast, a year. Each takes the words behind it
 * that belong to it: eras, "گذشته", "و نیم".
 *
 * Method: one function for each, tried in the order of how much they ask for. Names of months and seasons that
 * are also names of persons or things need a number, a year or a preposition; years of two digits a word for an
 * event before them, or a month.
 *
 * Gets wrong: "۱۰ شب" is always a time of day when صبح or عصر could stand there too, ten nights otherwise.
 */
#include "dates/times_parts.h"

enum { NUMBERS_MAX = 6, ROUND_YEAR = 100 };

static const kh_time_piece none = {0, KH_PIECE_NOTHING};

/* ---- questions ---- */

bool kh_atom_is(const kh_times_parser *p, size_t i, uint32_t senses)
{
    return i < p->atoms.count && (p->atoms.items[i].senses & senses) && !(p->atoms.items[i].senses & KH_TIME_NOT);
}

bool kh_atom_uses(const kh_times_parser *p, size_t i, uint8_t use)
{
    return i < p->atoms.count && (p->atoms.items[i].uses & use);
}

static uint8_t mark(const kh_times_parser *p, size_t i)
{
    return i < p->atoms.count ? p->atoms.items[i].mark : (uint8_t)KH_ATOM_OTHER;
}

bool kh_atom_word(const kh_times_parser *p, size_t i, const char *key)
{
    return i < p->atoms.count && kh_token_is(&p->text->tokens.items[p->atoms.items[i].first], key);
}

void kh_atom_types(const kh_times_parser *p, size_t first, size_t end, uint8_t type)
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
static numbers numbers_at(const kh_times_parser *p, size_t i)
{
    uint32_t number = KH_TIME_NUMBER | KH_TIME_ORDINAL;
    numbers n = {0};
    if (!kh_atom_is(p, i, number)) {
        return n;
    }
    n = (numbers){i + 1, p->atoms.items[i].value, p->atoms.items[i].digits, true};
    for (int count = 1; count < NUMBERS_MAX; count++) {
        size_t next = n.end + 1;
        bool joined = kh_atom_is(p, n.end, KH_TIME_TO | KH_TIME_AND) || mark(p, n.end) == KH_ATOM_DASH ||
                      (mark(p, n.end) == KH_ATOM_COMMA && kh_atom_is(p, next, number) &&
                       (kh_atom_is(p, next + 1, KH_TIME_AND) || mark(p, next + 1) == KH_ATOM_COMMA));
        const kh_atom *a = &p->atoms.items[i];
        bool same = kh_atom_is(p, next, number) && (a->digits != 4 || p->atoms.items[next].digits == 4 || p->atoms.items[next].digits == 2);
        if (!joined || !same || kh_atom_is(p, next, KH_TIME_AND)) {
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
static bool counts(const kh_times_parser *p, size_t i)
{
    bool point = i + 1 < p->atoms.count && (kh_atom_word(p, i, ":") || kh_atom_word(p, i, "/") || kh_atom_word(p, i, "%")) &&
                 !(p->text->tokens.items[p->atoms.items[i].first].flags & KH_SPACE_BEFORE);
    return point || kh_atom_is(p, i, KH_TIME_COUNTED);
}

/* ---- tails ---- */

static size_t era_tail(const kh_times_parser *p, size_t i)
{
    while (kh_atom_is(p, i, KH_TIME_ERA) && !kh_atom_is(p, i, KH_TIME_WEAK_ERA)) {
        i++;
    }
    return i;
}

static size_t after_tail(const kh_times_parser *p, size_t i)
{
    for (int k = 0; k < 2 && kh_atom_is(p, i, KH_TIME_AFTER); k++) {
        i++;
    }
    i = era_tail(p, i);
    return kh_atom_is(p, i, KH_TIME_TAIL) ? i + 1 : i;
}

/* "و نیم" behind a unit. */
static size_t half_tail(const kh_times_parser *p, size_t i)
{
    return kh_atom_is(p, i, KH_TIME_AND) && kh_atom_is(p, i + 1, KH_TIME_FRACTION) && !kh_atom_is(p, i + 2, KH_TIME_UNIT) ? i + 2 : i;
}

/* A year behind a month: "۱۴۰۲", "سال ۱۴۰۲", with a day also "۹۵". I itself when there is none. */
static size_t year_tail(const kh_times_parser *p, size_t i, bool day)
{
    bool word = kh_atom_is(p, i, KH_TIME_HEAD) && kh_atom_word(p, i, "\u0633\u0627\u0644");
    size_t at = word ? i + 1 : i;
    if (!kh_atom_is(p, at, KH_TIME_NUMBER) || counts(p, at + 1) || kh_atom_is(p, at + 1, KH_TIME_UNIT)) {
        return i;
    }
    const kh_atom *a = &p->atoms.items[at];
    bool two = a->digits == 2 && (day || word || a->value > 31);
    bool words = !a->digits && is_year(a->value, 4);
    if (!two && !words && !is_year(a->value, a->digits) && !(word && a->value >= 1)) {
        return i;
    }
    size_t end = at + 1;
    while (kh_atom_is(p, end, KH_TIME_ERA | KH_TIME_WEAK_ERA)) {
        end++;
    }
    kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
    return end;
}

/* "ماه" behind a month's name. */
static size_t month_word(const kh_times_parser *p, size_t i)
{
    return kh_atom_is(p, i, KH_TIME_UNIT) && kh_atom_word(p, i, "\u0645\u0627\u0647") ? i + 1 : i;
}

/* ---- cores ---- */

/* Parts of the day behind a clock time. */
static size_t clock_tail(const kh_times_parser *p, size_t i)
{
    while (kh_atom_is(p, i, KH_TIME_PART | KH_TIME_HALF)) {
        i++;
    }
    return i;
}

/* Minutes and seconds behind an hour: "و نیم", "و ۲۳ دقیقه و ۵ ثانیه", "و ده" before a part of the day. */
static size_t minutes_tail(const kh_times_parser *p, size_t i)
{
    size_t end = i;
    while (kh_atom_is(p, end, KH_TIME_AND) && kh_atom_is(p, end + 1, KH_TIME_NUMBER) && p->atoms.items[end + 1].value <= 59 &&
           kh_atom_is(p, end + 2, KH_TIME_UNIT) && p->atoms.items[end + 2].type == KH_TIME_OF_DAY) {
        end += 3;
    }
    if (end > i || !kh_atom_is(p, i, KH_TIME_AND)) {
        return end;
    }
    if (kh_atom_is(p, i + 1, KH_TIME_FRACTION)) {
        return i + 2;
    }
    bool minutes = kh_atom_is(p, i + 1, KH_TIME_NUMBER) && p->atoms.items[i + 1].value <= 59;
    return minutes && kh_atom_is(p, i + 2, KH_TIME_PART) ? i + 2 : i;
}

/* "ساعت ۸ صبح", "ساعت ۱۷ و ۲۳ دقیقه", "۱۰:۳۰ ب.ظ", "۵ و نیم عصر", "ساعت ۶ تا ۷ شب". */
kh_time_piece kh_time_clock_at(const kh_times_parser *p, size_t i)
{
    bool word = kh_atom_is(p, i, KH_TIME_HEAD) && p->atoms.items[i].type == KH_TIME_OF_DAY && !kh_atom_is(p, i, KH_TIME_BEFORE);
    size_t at = word ? i + 1 : i, end = 0;
    bool colon = kh_atom_is(p, at, KH_TIME_DIGITS) && p->atoms.items[at].type == KH_TIME_OF_DAY;
    if (colon) {
        bool minutes = kh_atom_is(p, at + 1, KH_TIME_UNIT) && p->atoms.items[at + 1].type == KH_TIME_OF_DAY;
        end = minutes ? at + 2 : at + 1;
    } else {
        if (!kh_atom_is(p, at, KH_TIME_NUMBER | KH_TIME_ORDINAL) || p->atoms.items[at].value > 59) {
            return none;
        }
        numbers n = {at + 1, p->atoms.items[at].value, p->atoms.items[at].digits, true};
        end = minutes_tail(p, n.end);
        if (end == n.end) {
            n = numbers_at(p, at);
            end = minutes_tail(p, n.end);
        }
        bool part = kh_atom_is(p, end, KH_TIME_PART | KH_TIME_HALF) && !kh_atom_is(p, end, KH_TIME_UNIT);
        if (!word && (!part || n.last > 24 || kh_atom_is(p, at, KH_TIME_ORDINAL))) {
            return none;
        }
    }
    end = era_tail(p, clock_tail(p, end));
    kh_atom_types(p, i, end, KH_TIME_OF_DAY);
    return (kh_time_piece){end, KH_PIECE_CLOCK};
}

/* "۱۵ مرداد ۱۴۰۳", "سوم تا پنجم همین ماه" behind the numbers that end at N. */
static kh_time_piece day_of_month(const kh_times_parser *p, size_t i, numbers n)
{
    size_t at = kh_atom_is(p, n.end, KH_TIME_OF) && kh_atom_word(p, n.end, "\u0627\u0632") ? n.end + 1 : n.end;
    at += month_word(p, at) > at && kh_atom_is(p, at + 1, KH_TIME_MONTH) ? 1 : 0;
    if (n.last >= 1 && n.last <= 31 && kh_atom_is(p, at, KH_TIME_MONTH)) {
        size_t end = year_tail(p, month_word(p, at + 1), true);
        end = after_tail(p, end);
        kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
        return (kh_time_piece){end, KH_PIECE_DAY};
    }
    if (n.last >= 1 && n.last <= 31 && kh_atom_is(p, n.end, KH_TIME_THIS) && kh_atom_is(p, n.end + 1, KH_TIME_UNIT) &&
        kh_atom_word(p, n.end + 1, "\u0645\u0627\u0647")) {
        kh_atom_types(p, i, n.end + 2, KH_TIME_OF_DAYS);
        return (kh_time_piece){n.end + 2, KH_PIECE_DAY};
    }
    return none;
}

/* "سه سال و نیم گذشته", "چهل و هفتمین روز", "۴۸ ساعت آینده". */
static kh_time_piece counted_unit(const kh_times_parser *p, size_t i)
{
    size_t unit = i;
    if (!kh_atom_is(p, i, KH_TIME_DURATION)) {
        numbers n = numbers_at(p, i);
        unit = n.end;
        if (!n.end || !kh_atom_is(p, unit, KH_TIME_UNIT)) {
            return none;
        }
    }
    size_t end = half_tail(p, unit + 1);
    while (kh_atom_is(p, end, KH_TIME_ORDINAL) && !kh_atom_is(p, end + 1, KH_TIME_MONTH)) {
        end++;
    }
    end = after_tail(p, end);
    bool ordinal = unit > i && kh_atom_is(p, unit - 1, KH_TIME_ORDINAL);
    kh_atom_types(p, i, end, p->atoms.items[unit].type);
    return (kh_time_piece){end, ordinal ? KH_PIECE_NAMED_UNIT : KH_PIECE_DURATION};
}

/* Years in digits: "۱۳۹۵", "1902 – 1979 میلادی", "۵۸۹ خورشیدی", "انتخابات ۹۶". */
static kh_time_piece year_at(const kh_times_parser *p, size_t i, bool to_now)
{
    const kh_atom *a = &p->atoms.items[i];
    if (!kh_atom_is(p, i, KH_TIME_NUMBER) || !a->digits) {
        return none;
    }
    numbers n = numbers_at(p, i);
    size_t end = era_tail(p, n.end);
    bool era = end > n.end;
    bool known = i > 0 && kh_atom_is(p, i - 1, KH_TIME_EVENT) && a->digits == 2 && n.one;
    bool year = is_year(a->value, a->digits) && is_year(n.last, n.digits) && (!n.one || (long)a->value % ROUND_YEAR != 0);
    bool weak = kh_atom_is(p, n.end, KH_TIME_WEAK_ERA) && n.digits >= 2 && !kh_atom_word(p, n.end, "\u0645");
    if (counts(p, n.end) || kh_atom_is(p, n.end, KH_TIME_UNIT) ||
        (!year && !known && !weak && !(era && a->value <= 2200) && !(to_now && a->digits == 2))) {
        return none;
    }
    end += !era && kh_atom_is(p, end, KH_TIME_WEAK_ERA) ? 1 : 0;
    kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
    return (kh_time_piece){end, KH_PIECE_YEAR};
}

static kh_time_piece number_first(const kh_times_parser *p, size_t i)
{
    numbers n = numbers_at(p, i);
    if (!n.end) {
        return none;
    }
    kh_time_piece found = day_of_month(p, i, n);
    found = found.end ? found : kh_time_clock_at(p, i);
    found = found.end ? found : counted_unit(p, i);
    if (!found.end) {
        bool to_now =
            kh_atom_is(p, n.end, KH_TIME_UNTIL_NOW) || (kh_atom_is(p, n.end, KH_TIME_TO) && kh_atom_is(p, n.end + 1, KH_TIME_NOW));
        found = year_at(p, i, to_now);
    }
    return found;
}

/* "مهرماه ۱۳۸۸", "آبان همان سال", "در مهر". */
static kh_time_piece month_at(const kh_times_parser *p, size_t i, const kh_piece_before *b)
{
    size_t word = month_word(p, i + 1);
    size_t end = year_tail(p, word, false);
    bool pair = (mark(p, end) == KH_ATOM_DASH || kh_atom_is(p, end, KH_TIME_TO | KH_TIME_AND)) && kh_atom_is(p, end + 1, KH_TIME_MONTH) &&
                !kh_atom_is(p, end + 1, KH_TIME_UNIT);
    bool told = end > i + 1 || pair || b->edge || b->this || (b->any && !b->from && !b->during) ||
                kh_atom_is(p, end, KH_TIME_THIS | KH_TIME_HEAD) ||
                (kh_atom_is(p, end, KH_TIME_WHOLE) && !kh_atom_is(p, end, KH_TIME_ALSO_WORD));
    if (kh_atom_is(p, i, KH_TIME_ALSO_WORD) && !told) {
        return none;
    }
    if (pair) {
        size_t second = month_word(p, end + 2);
        end = year_tail(p, second, false);
    }
    end = after_tail(p, end);
    kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
    return (kh_time_piece){end, KH_PIECE_MONTH};
}

static kh_time_piece season_at(const kh_times_parser *p, size_t i, const kh_piece_before *b)
{
    size_t end = year_tail(p, i + 1, true);
    end = after_tail(p, end);
    bool pair = (mark(p, end) == KH_ATOM_DASH || kh_atom_is(p, end, KH_TIME_TO | KH_TIME_AND)) && kh_atom_is(p, end + 1, KH_TIME_SEASON);
    bool told =
        end > i + 1 || pair || b->edge || b->this || b->during || (b->any && !b->from) || kh_atom_is(p, end, KH_TIME_WHOLE | KH_TIME_HEAD);
    if (!told && kh_atom_is(p, i, KH_TIME_ALSO_WORD) && !kh_atom_is(p, i, KH_TIME_BEFORE)) {
        return none;
    }
    kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
    return (kh_time_piece){end, KH_PIECE_SEASON};
}

/* "سال ۹۲", "روز ۲۲ آذر", "قرن ششم و هفتم هجری". */
static kh_time_piece unit_with_number(const kh_times_parser *p, size_t i)
{
    uint8_t type = p->atoms.items[i].type;
    size_t at = i + 1;
    numbers n = numbers_at(p, at);
    kh_time_piece day = n.end ? day_of_month(p, at, n) : none;
    if (day.end) {
        kh_atom_types(p, i, at, type);
        return day;
    }
    bool ordinal = kh_atom_is(p, at, KH_TIME_ORDINAL);
    bool names = ordinal || kh_atom_is(p, n.end, KH_TIME_ERA) || (n.end && p->atoms.items[at].digits) || n.last >= 10;
    bool counted = kh_atom_is(p, n.end, KH_TIME_UNIT) && !ordinal && n.digits != 4;
    if (!n.end || counts(p, n.end) || counted || !names) {
        return none;
    }
    size_t end = n.end;
    while (kh_atom_is(p, end, KH_TIME_ERA | KH_TIME_WEAK_ERA)) {
        end++;
    }
    end = after_tail(p, end);
    kh_atom_types(p, i, end, type);
    return (kh_time_piece){end, KH_PIECE_NAMED_UNIT};
}

/* A unit with its name or what tells which one: "سال ۹۲", "قرن ششم و هفتم هجری", "سال گذشته", "ماه مبارک رمضان",
 * "روز دوشنبه", "این سال". */
static kh_time_piece unit_at(const kh_times_parser *p, size_t i, const kh_piece_before *b)
{
    uint8_t type = p->atoms.items[i].type;
    size_t at = kh_atom_is(p, i + 1, KH_TIME_OF) && kh_atom_is(p, i + 2, KH_TIME_MONTH) ? i + 2 : i + 1;
    kh_piece_before inner = {.any = true, .edge = true, .behind = true};
    if (type == KH_TIME_OF_DAY && kh_atom_is(p, i, KH_TIME_HEAD)) {
        kh_time_piece clock = kh_time_clock_at(p, i);
        if (clock.end) {
            return clock;
        }
    }
    if (kh_atom_is(p, at, KH_TIME_MONTH | KH_TIME_WEEKDAY | KH_TIME_SEASON | KH_TIME_WHOLE | KH_TIME_DIGITS) && type == KH_TIME_OF_DAYS) {
        kh_time_piece named = kh_time_piece_at(p, at, &inner);
        if (named.end) {
            kh_atom_types(p, i, at, type);
            return (kh_time_piece){named.end, named.kind};
        }
    }
    if (at == i + 1 && kh_atom_is(p, i, KH_TIME_HEAD)) {
        kh_time_piece numbered = unit_with_number(p, i);
        if (numbered.end) {
            return numbered;
        }
    }
    size_t end = after_tail(p, i + 1);
    while (kh_atom_is(p, end, KH_TIME_ORDINAL) && end > i + 1) {
        end++;
    }
    bool alone = b->edge || b->this || b->during || (b->behind && type == KH_TIME_OF_DAYS && kh_atom_is(p, i, KH_TIME_HEAD));
    if (end == i + 1 && !alone) {
        return none;
    }
    kh_atom_types(p, i, end, type);
    return (kh_time_piece){end, KH_PIECE_NAMED_UNIT};
}

static kh_time_piece word_first(const kh_times_parser *p, size_t i, const kh_piece_before *b)
{
    size_t end = i + 1;
    if (kh_atom_is(p, i, KH_TIME_DURATION)) {
        return counted_unit(p, i);
    }
    if (kh_atom_uses(p, i, KH_TIME_RATE)) {
        numbers n = numbers_at(p, i + 1);
        if (n.end && (kh_atom_uses(p, n.end, KH_TIME_TIMES) || kh_atom_is(p, n.end, KH_TIME_UNIT))) {
            kh_atom_types(p, i, n.end + 1, KH_TIME_OF_DAYS);
            return (kh_time_piece){n.end + 1, KH_PIECE_NAMED_UNIT};
        }
    }
    if (kh_atom_is(p, i, KH_TIME_MONTH)) {
        return month_at(p, i, b);
    }
    if (kh_atom_is(p, i, KH_TIME_SEASON)) {
        return season_at(p, i, b);
    }
    if (kh_atom_is(p, i, KH_TIME_UNIT | KH_TIME_HEAD)) {
        kh_time_piece unit = unit_at(p, i, b);
        if (unit.end || !kh_atom_is(p, i, KH_TIME_PART | KH_TIME_WHOLE)) {
            return unit;
        }
    }
    if (kh_atom_is(p, i, KH_TIME_WHOLE | KH_TIME_WEEKDAY)) {
        end = after_tail(p, kh_atom_is(p, i, KH_TIME_WHOLE) ? year_tail(p, end, false) : end);
        kh_atom_types(p, i, end, p->atoms.items[i].type);
        return (kh_time_piece){end, kh_atom_is(p, i, KH_TIME_WEEKDAY) ? KH_PIECE_WEEKDAY : KH_PIECE_WHOLE};
    }
    if (kh_atom_is(p, i, KH_TIME_PART)) {
        end = after_tail(p, end);
        bool weak = kh_atom_is(p, i, KH_TIME_ALSO_WORD) && end == i + 1 && !b->any && !b->behind;
        kh_atom_types(p, i, end, KH_TIME_OF_DAY);
        return weak ? none : (kh_time_piece){end, KH_PIECE_PART};
    }
    return none;
}

kh_time_piece kh_time_piece_at(const kh_times_parser *p, size_t i, const kh_piece_before *b)
{
    if (i >= p->atoms.count || kh_atom_is(p, i, KH_TIME_NOT)) {
        return none;
    }
    if (kh_atom_is(p, i, KH_TIME_DIGITS)) {
        if (p->atoms.items[i].type == KH_TIME_OF_DAY) {
            return kh_time_clock_at(p, i);
        }
        size_t end = era_tail(p, i + 1);
        kh_atom_types(p, i, end, KH_TIME_OF_DAYS);
        return (kh_time_piece){end, KH_PIECE_DAY};
    }
    if (kh_atom_is(p, i, KH_TIME_NUMBER | KH_TIME_ORDINAL)) {
        kh_time_piece number = number_first(p, i);
        if (number.end) {
            return number;
        }
    }
    return word_first(p, i, b);
}
