/* parse.c - date expressions in a line: where one begins and ends, and what it says.
 *
 * Examples: "في الساعات الأولى من يوم الأحد" is the weekday 7 with a part of the day before it; "أمس الأحد"
 * an offset of -1 with a weekday beside it; "10 جمادى الآخرة 1445 للهجرة الموافق 23 كانون الأول 2023" one
 * day said twice; "دوشنبه/ 15 مرداد 1403 / 14:25" weekday, Persian day and time. Which day that is, is said by
 * resolve.c.
 *
 * Method: recursive descent over the marked words of scan.c, the longest reading at each place from left
 * to right. Numbers in words are looked for backwards from the unit that they count ("three days ago").
 * Words like "every" take the date away from what follows; "two days before the vote" (من, از, of behind
 * it) does not count from the page's day and is left out, as is "the eighth day".
 *
 * Gets wrong: "the day before" and the like in languages whose tables do not say that they count from
 * another day.
 */
#include "dates/expr.h"

enum {
    SKIP_MAX = 3,       /* marks and small words between the parts of a date */
    LOOK_BACK = 4,      /* words of a number before a unit */
    COUNT_MAX = 400,    /* more days or years ago are no date */
    FUTURE_BEHIND = 12, /* tokens before one, where the verb closes the clause */
    FUTURE_REACH = 7    /* tokens behind a word for the future */
};

static const kh_token *token_at(const kh_date_scan *s, size_t i)
{
    return &s->text->tokens.items[i];
}

/* ---- one day said twice ---- */

/* "- 31 يوليو 2024م", "الموافق 23 كانون الأول 2023" behind a full day: the same day in another calendar. */
static size_t other_calendar(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    kh_time ignored;
    size_t at = i;
    if (!kh_dates_full(expr, &ignored)) {
        return i;
    }
    for (int skipped = 0; skipped < SKIP_MAX; skipped++) {
        if (!kh_scan_mark(s, at, ",-/|(=") && !kh_scan_has(s, at, KH_WORD_JOINT)) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    kh_date_expr other = {0};
    int64_t here = 0, there = 0;
    size_t end = kh_parse_named(s, at, &other);
    if (!end || other.kind != KH_EXPR_NAMED || other.calendar == expr->calendar || !other.day || !other.year ||
        !kh_dates_day_number(expr->calendar, expr->year, expr->month, expr->day, &here) ||
        !kh_dates_day_number(other.calendar, other.year, other.month, other.day, &there) || here - there > 2 || there - here > 2) {
        return i;
    }
    expr->has_alternative = true;
    expr->alternative = there;
    if (other.calendar == KH_GREGORIAN || (other.calendar == KH_PERSIAN && expr->calendar == KH_HIJRI)) {
        expr->alternative = here;
        expr->calendar = other.calendar;
        expr->year = other.year;
        expr->month = other.month;
        expr->day = other.day;
    }
    return kh_scan_mark(s, end, ")") ? end + 1 : end;
}

/* A weekday behind a date: "9 Mart 2024 Cumartesi", "5 қаңтар, бейсенбі". */
static size_t weekday_tail(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = i;
    for (int skipped = 0; skipped < 2 && kh_scan_mark(s, at, ",-/|("); skipped++) {
        at++;
    }
    if (expr->weekday || !expr->day || !kh_scan_has(s, at, KH_WORD_WEEKDAY)) {
        return i;
    }
    expr->weekday = kh_scan_word(s, at)->weekday;
    return kh_scan_after(s, at);
}

/* Copies what names a day from NAMED into *expr. */
static void join_named(kh_date_expr *expr, const kh_date_expr *named)
{
    kh_date_expr joined = *named;
    joined.weekday = expr->weekday ? expr->weekday : named->weekday;
    joined.first = expr->first;
    *expr = joined;
}

/* ---- weekdays and offsets ---- */

static size_t close_bracket(const kh_date_scan *s, size_t open, size_t end)
{
    return kh_scan_mark(s, open, "(") && kh_scan_mark(s, end, ")") ? end + 1 : end;
}

/* The full day at or just behind token I: "، 21 February 2023". 0 when there is none. */
static size_t named_day_behind(const kh_date_scan *s, size_t i, kh_date_expr *named)
{
    size_t at = i;
    for (int skipped = 0; skipped < 2; skipped++) {
        if (!kh_scan_mark(s, at, ",-/|(.") && !kh_scan_has(s, at, KH_WORD_JOINT)) {
            break;
        }
        at = kh_scan_after(s, at);
    }
    size_t end = kh_parse_named(s, at, named);
    return end && named->day ? close_bracket(s, i, end) : 0;
}

/* "چهارشنبه ... سخن خواهد گفت": the verb at the end of the sentence tells the future. */
static bool future_behind(const kh_date_scan *s, size_t i)
{
    if (!s->know->future_behind[s->lang]) {
        return false;
    }
    for (size_t n = 0; n < FUTURE_BEHIND && i < s->end; n++, i++) {
        if (kh_scan_has(s, i, KH_WORD_FUTURE)) {
            return true;
        }
        if (token_at(s, i)->kind == KH_PUNCT || kh_scan_has(s, i, KH_WORD_WEEKDAY)) {
            return false;
        }
    }
    return false;
}

static size_t parse_weekday(const kh_date_scan *s, size_t i, uint8_t before, kh_date_expr *expr)
{
    expr->kind = KH_EXPR_WEEKDAY;
    expr->weekday = kh_scan_word(s, i)->weekday;
    expr->modifier = before;
    size_t at = kh_scan_after(s, i);
    kh_date_expr named = {0};
    size_t end = named_day_behind(s, at, &named);
    if (end) {
        join_named(expr, &named);
        return end;
    }
    if (kh_scan_has(s, at, KH_WORD_MODIFIER) && !before && kh_scan_word(s, at)->modifier != KH_MODIFIER_THIS) {
        expr->modifier = kh_scan_word(s, at)->modifier;
        return kh_scan_after(s, at);
    }
    if (!before && (s->future || future_behind(s, at))) {
        expr->modifier = KH_MODIFIER_NEXT;
    }
    bool told = before || s->in || kh_scan_has(s, at, KH_WORD_DAY_WORD) || i > s->low;
    bool told_before = i > s->first && kh_scan_has(s, i - 1, KH_WORD_DAY_WORD | KH_WORD_DAYPART);
    bool weak = kh_scan_has(s, i, KH_WORD_WEAK);
    bool day_word = kh_scan_has(s, at, KH_WORD_DAY_WORD);
    if (weak && !(told && (before || day_word || told_before))) {
        return 0;
    }
    return day_word ? kh_scan_after(s, at) : at;
}

/* ---- so many days ago ---- */

/* "of", "من", "از" behind: the count begins elsewhere ("two days before the vote"). */
static bool counts_from_elsewhere(const kh_date_scan *s, size_t end)
{
    return kh_scan_has(s, end, KH_WORD_JOINT) || kh_scan_has(s, end, KH_WORD_WEEKDAY) ||
           (end < s->end && (kh_token_is(token_at(s, end), "\u0627\u0632")));
}

static void take_ago(uint8_t unit, double count, kh_date_expr *expr)
{
    expr->kind = KH_EXPR_OFFSET;
    expr->unit = unit;
    expr->offset = (int16_t)-count;
    if (unit == KH_UNIT_WEEK) {
        expr->unit = KH_UNIT_DAY;
        expr->offset = (int16_t)(-7 * count);
    }
}

static bool is_count(const kh_numeral *n)
{
    return n->min == n->max && n->min >= 1 && n->min <= COUNT_MAX && !n->ordinal && !n->vague && n->min == (double)(int)n->min;
}

/* "قبل ثلاثة أيام", "vor drei Tagen", "il y a un an" at the word for ago. */
static size_t ago_before(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t at = kh_scan_after(s, i);
    kh_numeral n = {.min = 1, .max = 1};
    int digits = 0, value = 0;
    if (kh_scan_number(s, at, &value, &digits) && digits <= 3) {
        n.min = n.max = value;
        at++;
    } else if (at < s->end && kh_numeral_at(s->know->numerals, s->text, at, s->lang, &n)) {
        at = n.end;
    }
    if (!is_count(&n) || !kh_scan_has(s, at, KH_WORD_UNIT)) {
        return 0;
    }
    size_t end = kh_scan_after(s, at);
    bool number_behind = end < s->end && token_at(s, end)->kind == KH_NUMBER;
    if (kh_scan_word(s, at)->unit < KH_UNIT_DAY || number_behind || counts_from_elsewhere(s, end)) {
        return 0;
    }
    take_ago(kh_scan_word(s, at)->unit, n.min, expr);
    return end;
}

/* The count that stands before token I, and where it begins; I and 1 when there is none. */
static size_t count_before(const kh_date_scan *s, size_t i, double *count)
{
    int value = 0, digits = 0;
    *count = 1;
    if (i > s->low && kh_scan_number(s, i - 1, &value, &digits)) {
        *count = value;
        return i - 1;
    }
    for (size_t back = 1; back <= LOOK_BACK && i >= s->low + back; back++) {
        kh_numeral n;
        if (kh_numeral_at(s->know->numerals, s->text, i - back, s->lang, &n) && n.end == i && is_count(&n)) {
            *count = n.min;
            return i - back;
        }
    }
    return i;
}

/* "three days ago", "سه روز پیش", "неделю назад" at the unit. */
static size_t ago_behind(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    size_t behind = kh_scan_after(s, i);
    if (!kh_scan_has(s, behind, KH_WORD_AGO) || !kh_scan_word(s, behind)->ago_after || kh_scan_word(s, i)->unit < KH_UNIT_DAY) {
        return 0;
    }
    size_t end = kh_scan_after(s, behind);
    if (counts_from_elsewhere(s, end)) {
        return 0;
    }
    double count = 1;
    size_t first = count_before(s, i, &count);
    if (first == i && i > s->low && kh_token_is(token_at(s, i - 1), "a")) {
        first = i - 1;
    }
    if (count < 1 || count > COUNT_MAX) {
        return 0;
    }
    expr->first = (uint32_t)first;
    take_ago(kh_scan_word(s, i)->unit, count, expr);
    return end;
}

/* Does "اليوم" here mean one of many days: "اليوم الثامن", "اليوم التالي"? */
static bool is_some_day(const kh_date_scan *s, size_t i, size_t behind)
{
    kh_numeral n;
    if (kh_scan_word(s, i)->offset != 0 || behind >= s->end) {
        return false;
    }
    if (kh_scan_has(s, behind, KH_WORD_MODIFIER) && s->lang == s->know->arabic) {
        return true;
    }
    return token_at(s, behind)->kind == KH_WORD && kh_numeral_at(s->know->numerals, s->text, behind, s->lang, &n) && n.ordinal;
}

/* A count before words that mean one day without it: "شش روز قبل" is no "day before", "سه روز گذشته" no day at
 * all. Gives where it begins, I when there is none. */
static size_t counted_days(const kh_date_scan *s, size_t i, size_t end, kh_date_expr *expr)
{
    double days = 1;
    bool words = kh_scan_word(s, i)->offset == -1 && end > i + 1 && kh_scan_has(s, end - 1, KH_WORD_AGO | KH_WORD_MODIFIER);
    size_t first = words ? count_before(s, i, &days) : i;
    if (first < i) {
        take_ago(KH_UNIT_DAY, days <= COUNT_MAX ? days : COUNT_MAX, expr);
        expr->first = (uint32_t)first;
    }
    return first;
}

static size_t parse_offset(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    const kh_date_word *word = kh_scan_word(s, i);
    size_t end = kh_scan_after(s, i);
    expr->kind = KH_EXPR_OFFSET;
    expr->unit = word->offset_unit;
    expr->offset = word->offset;
    if (word->offset_unit != KH_UNIT_DAY) {
        double count = 1;
        size_t first = word->offset ? count_before(s, i, &count) : i;
        if (first < i) { /* "سه هفته پیش" is no "last week", "3 سال گذشته" no date at all */
            take_ago(word->offset_unit, count, expr);
            expr->first = (uint32_t)first;
            return kh_scan_has(s, end - 1, KH_WORD_AGO) && count >= 1 && count <= COUNT_MAX ? end : 0;
        }
        expr->vague = word->offset == 0 || word->offset_unit == KH_UNIT_WEEK;
        if (kh_scan_has(s, end, KH_WORD_ERA)) {
            kh_date_expr era = {0};
            end = kh_parse_era(s, end, &era);
            expr->calendar = era.calendar;
        } else {
            expr->calendar = s->know->solar[s->lang] ? KH_PERSIAN : KH_GREGORIAN;
        }
        return end;
    }
    size_t first = counted_days(s, i, end, expr);
    if (first < i) {
        return kh_scan_has(s, end - 1, KH_WORD_AGO) ? end : 0;
    }
    bool far = word->offset > 1 || word->offset < -1;
    if (is_some_day(s, i, end) || (far && counts_from_elsewhere(s, end))) {
        return 0;
    }
    size_t at = kh_scan_mark(s, end, "(,") ? end + 1 : end;
    at = kh_scan_has(s, at, KH_WORD_DAY_WORD) ? kh_scan_after(s, at) : at;
    kh_date_expr named = {0};
    if (kh_scan_has(s, at, KH_WORD_WEEKDAY)) {
        size_t behind = kh_scan_after(s, at);
        expr->weekday = kh_scan_word(s, at)->weekday;
        size_t full = named_day_behind(s, behind, &named);
        if (full) {
            join_named(expr, &named);
            return close_bracket(s, end, full);
        }
        return close_bracket(s, end, behind);
    }
    size_t full = named_day_behind(s, end, &named);
    if (full) {
        join_named(expr, &named);
        return full;
    }
    return end;
}

/* ---- the whole expression ---- */

static size_t parse_core(const kh_date_scan *s, size_t i, uint8_t before, kh_date_expr *expr)
{
    size_t end = before ? 0 : kh_parse_period(s, i, expr);
    if (!end && kh_scan_has(s, i, KH_WORD_UNIT)) {
        end = ago_behind(s, i, expr);
    }
    if (!end && kh_scan_has(s, i, KH_WORD_AGO) && !kh_scan_word(s, i)->ago_after) {
        end = ago_before(s, i, expr);
    }
    if (!end && kh_scan_has(s, i, KH_WORD_OFFSET) && !kh_scan_has(s, i, KH_WORD_EVERY) && !before) {
        end = parse_offset(s, i, expr);
    }
    if (!end && kh_scan_has(s, i, KH_WORD_WEEKDAY)) {
        end = parse_weekday(s, i, before, expr);
    }
    if (!end && (!before || kh_scan_has(s, i, KH_WORD_MONTH))) {
        uint32_t first = expr->first;
        kh_date_expr named = {0};
        kh_date_scan inside = *s;
        inside.in = s->in || before;
        end = kh_parse_named(&inside, i, &named);
        named.first = end && named.back ? (uint32_t)i - named.back : first;
        named.modifier = end && before && !named.modifier ? before : named.modifier;
        *expr = named;
    }
    return end;
}

/* Parts of the day and the word for day before a date: "صباح يوم", "late on", "شامگاه روز". */
static size_t skip_before(const kh_date_scan *s, size_t i, uint8_t *modifier)
{
    size_t at = i;
    for (int skipped = 0; skipped < 4 && at < s->end; skipped++) {
        bool own = kh_scan_has(s, at, KH_WORD_OFFSET | KH_WORD_WEEKDAY | KH_WORD_MONTH);
        bool part = kh_scan_has(s, at, KH_WORD_DAYPART | KH_WORD_DAY_WORD);
        bool joint = at > i && kh_scan_has(s, at, KH_WORD_JOINT | KH_WORD_IN);
        bool last = kh_scan_has(s, at, KH_WORD_MODIFIER);
        if (own || (!part && !joint && !last)) {
            break;
        }
        if (last && !part) {
            *modifier = kh_scan_word(s, at)->modifier;
        }
        at = kh_scan_after(s, at);
    }
    return at;
}

static size_t parse_expr(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    uint8_t before = KH_MODIFIER_NONE;
    size_t core = skip_before(s, i, &before);
    expr->first = (uint32_t)i;
    size_t end = core < s->end ? parse_core(s, core, before, expr) : 0;
    if (!end && core > i) {
        *expr = (kh_date_expr){.first = (uint32_t)i};
        core = i;
        end = parse_core(s, i, KH_MODIFIER_NONE, expr);
    }
    if (!end) {
        return 0;
    }
    end = kh_parse_to_day(s, end, expr);
    if (expr->kind == KH_EXPR_NAMED && expr->day) {
        size_t at = weekday_tail(s, end, expr);
        at = other_calendar(s, at, expr);
        end = weekday_tail(s, at, expr);
    }
    if (kh_scan_has(s, end, KH_WORD_DAYPART) && expr->kind != KH_EXPR_RANGE && !kh_scan_has(s, end, KH_WORD_OFFSET | KH_WORD_WEEKDAY)) {
        end = kh_scan_after(s, end);
    }
    if ((expr->kind == KH_EXPR_NAMED && expr->day) || expr->kind == KH_EXPR_OFFSET || expr->kind == KH_EXPR_WEEKDAY) {
        end = kh_parse_clock(s, end, expr);
    }
    return end;
}

/* "14:25 - 05 أغسطس 2024": a time before its date. */
static size_t clock_then_date(const kh_date_scan *s, size_t i, kh_date_expr *expr)
{
    kh_date_expr clock = {0};
    size_t at = kh_parse_clock(s, i, &clock);
    if (at == i) {
        return 0;
    }
    for (int skipped = 0; skipped < 2 && (kh_scan_mark(s, at, ",-|/") || kh_scan_has(s, at, KH_WORD_JOINT)); skipped++) {
        at = kh_scan_after(s, at);
    }
    size_t end = at < s->end ? parse_expr(s, at, expr) : 0;
    kh_time ignored;
    if (!end || !kh_dates_full(expr, &ignored) || expr->has_clock) {
        return 0;
    }
    expr->first = (uint32_t)i;
    expr->has_clock = true;
    expr->hour = clock.hour;
    expr->minute = clock.minute;
    expr->second = clock.second;
    expr->has_seconds = clock.has_seconds;
    expr->has_offset = clock.has_offset;
    expr->offset_minutes = clock.offset_minutes;
    return end;
}

static void emit(kh_arena *out, kh_date_scan *s, size_t end, kh_date_expr *expr, kh_date_exprs *found)
{
    expr->end = (uint32_t)end;
    expr->lang = s->lang;
    expr->span = kh_text_span(s->text, expr->first, end);
    expr->span.begin = s->word_begins[expr->first - s->first];
    kh_time ignored;
    bool wanted = s->lang != KH_LANG_NONE || kh_dates_full(expr, &ignored);
    if (wanted && found->count < KH_ITEMS_MAX) {
        *KH_ADD(out, found) = *expr;
    }
    s->low = end;
    s->in = false;
}

/* Does the word at I make a month or a year behind it a date? */
static bool asks_for_date(const kh_date_scan *s, size_t i)
{
    bool joins = s->in && kh_scan_has(s, i, KH_WORD_JOINT | KH_WORD_MODIFIER | KH_WORD_DAYPART);
    return joins || kh_scan_month_unit(s, i) || kh_scan_has(s, i, KH_WORD_IN | KH_WORD_SINCE);
}

/* How far a word for the future still reaches behind token I: hours on the way ("from 8 to 10 p.m. on Sunday") cost nothing,
 * the end of a clause ends it. */
static size_t future_behind_token(const kh_date_scan *s, size_t i, size_t future_end)
{
    const kh_token *t = token_at(s, i);
    bool letter = i > s->first && token_at(s, i - 1)->key.len == 1;
    if (t->kind == KH_PUNCT) {
        return t->cp == ':' || (t->cp == '.' && letter) ? future_end + 1 : 0;
    }
    bool hour = t->kind == KH_NUMBER || (t->kind == KH_WORD && t->key.len == 1);
    return hour && i < future_end ? future_end + 1 : future_end;
}

static void parse_line(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t line,
                       kh_date_exprs *found)
{
    kh_date_scan s = kh_date_scan_of(&scratch, know, text, lang, line);
    bool every = false;
    size_t future_end = 0;
    for (size_t i = s.first; i < s.end;) {
        const kh_token *token = token_at(&s, i);
        kh_date_expr expr = {0};
        size_t end = 0;
        if (token->kind == KH_NUMBER) {
            end = clock_then_date(&s, i, &expr);
        }
        if (!end && (token->kind == KH_NUMBER || kh_scan_word(&s, i)->senses)) {
            expr = (kh_date_expr){0};
            end = parse_expr(&s, i, &expr);
        }
        bool told = kh_scan_has(&s, i, KH_WORD_IN | KH_WORD_YEAR_WORD);
        if (end && every && !told) { /* "the street in 2016" is a date */
            s.low = end;
            s.in = false;
        } else if (end) {
            emit(out, &s, end, &expr, found);
        } else {
            s.in = asks_for_date(&s, i);
            end = kh_scan_has(&s, i, KH_WORD_IN | KH_WORD_SINCE | KH_WORD_EVERY) ? kh_scan_after(&s, i) : i + 1;
        }
        every = kh_scan_has(&s, i, KH_WORD_EVERY) && !kh_scan_has(&s, i, KH_WORD_OFFSET);
        if (kh_scan_has(&s, i, KH_WORD_FUTURE)) {
            future_end = end + FUTURE_REACH;
        } else if (i < future_end) {
            future_end = future_behind_token(&s, i, future_end);
        }
        i = end;
        s.future = i < future_end;
    }
}

void kh_dates_parse(kh_arena *out, kh_arena scratch, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t first_line,
                    size_t end_line, kh_date_exprs *found)
{
    for (size_t line = first_line; line < end_line && line < text->lines.count; line++) {
        if (text->lines.items[line].end > text->lines.items[line].first) {
            parse_line(out, scratch, know, text, lang, line, found);
        }
    }
}
