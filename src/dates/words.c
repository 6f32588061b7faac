/* words.c - which words can be parts of a date, from the tables of all languages.
 *
 * Decides what one phrase may mean: "شباط" is month 2 (Gregorian), "الخميس" weekday 4, "أمس" the day
 * before, "الماضي" a modifier, "دی" month 10 of the Persian calendar. One phrase may have several
 * senses, Urdu "ہفتہ" is a week and Saturday; parse.c takes the one that fits. A '?' before a form in
 * months.txt or weekdays.txt says that it is an ordinary word too (می, مه, May, Pazar).
 *
 * Beside the kinds of docs/DATA.md, relative_dates.txt may have: `in` (words behind which a month or a
 * year alone is a date), `joint` (words between the parts of a date: من, de, th), `range` (between,
 * and, to), `every` (words that make no date of what follows), `clock` (at, am, pm, oclock, utc), `code`
 * (labels of news codes), `future` (will, سوف: a weekday shortly behind is the next one), `decade`, `century`, `period`
 * (periods.c) and `order` (solar: years and numeric dates are Persian ones; month_first: "May 5"; bare_years: nouns
 * have capitals, so that "1989 gebaut" is a year; saturday: the week begins then; future_behind: the verb that tells
 * the future closes the clause).
 *
 * Gets wrong: one calendar for each month name of a language.
 */
#include "dates/times.h"
#include "lexicon/shelf.h"

typedef struct builder {
    kh_arena *out;
    kh_dates_know *know;
    kh_phrases *phrases;
    kh_map index; /* language and key -> index into know->words */
} builder;

static kh_date_word *word_for(builder *b, kh_str form, uint8_t lang)
{
    kh_str bare = kh_str_trim(form);
    if (kh_str_starts(bare, KH_STR("?"))) {
        bare = kh_str_trim(kh_str_from(bare, 1));
    }
    if (bare.len == 0) {
        return NULL;
    }
    uint64_t key = kh_hash_mix(lang, kh_hash(kh_fold_key(b->out, bare)));
    bool is_new = false;
    uint32_t *at = kh_map_put(b->out, &b->index, key, &is_new);
    if (is_new) {
        *at = (uint32_t)b->know->words.count;
        *KH_ADD(b->out, &b->know->words) = (kh_date_word){0};
    }
    kh_phrases_add(b->out, b->phrases, bare, lang, *at);
    kh_date_word *word = &b->know->words.items[*at];
    if (bare.ptr != kh_str_trim(form).ptr) {
        word->senses |= KH_WORD_WEAK;
    }
    if (bare.ptr[0] >= 'A' && bare.ptr[0] <= 'Z') {
        word->senses |= KH_WORD_CAPITAL;
    }
    return word;
}

/* A whole number with an optional sign; 0 when S is none. */
static int small_number(kh_str s)
{
    bool minus = kh_str_starts(s, KH_STR("-"));
    uint64_t value = 0;
    kh_str_u64(kh_str_from(s, minus || kh_str_starts(s, KH_STR("+"))), &value);
    int small = value < 10000 ? (int)value : 0;
    return minus ? -small : small;
}

typedef struct named {
    const char *name;
    uint8_t value;
} named;

/* The value of NAME in TABLE, whose last entry has no name. 0 when it is not in it. */
static uint8_t value_of(const named *table, kh_str name)
{
    for (; table->name; table++) {
        if (kh_str_eq(name, kh_str_z(table->name))) {
            return table->value;
        }
    }
    return 0;
}

static const named units[] = {{"second", KH_UNIT_SECOND}, {"minute", KH_UNIT_MINUTE}, {"hour", KH_UNIT_HOUR}, {"day", KH_UNIT_DAY},
                              {"week", KH_UNIT_WEEK},     {"month", KH_UNIT_MONTH},   {"year", KH_UNIT_YEAR}, {NULL, 0}};
static const named modifiers[] = {
    {"last", KH_MODIFIER_LAST}, {"next", KH_MODIFIER_NEXT}, {"this", KH_MODIFIER_THIS}, {"current", KH_MODIFIER_CURRENT}, {NULL, 0}};
static const named clocks[] = {{"at", KH_CLOCK_AT},         {"am", KH_CLOCK_AM},   {"pm", KH_CLOCK_PM},
                               {"oclock", KH_CLOCK_OCLOCK}, {"utc", KH_CLOCK_UTC}, {NULL, 0}};
static const named ranges[] = {{"between", KH_RANGE_BETWEEN}, {"and", KH_RANGE_AND}, {"to", KH_RANGE_TO}, {NULL, 0}};
static const named plain_senses[] = {{"year_word", 6}, {"daypart", 7},  {"day_word", 8},   {"clock", 10},    {"joint", 11}, {"in", 12},
                                     {"range", 13},    {"every", 14},   {"published", 16}, {"modified", 17}, {"code", 18},  {"future", 21},
                                     {"decade", 22},   {"century", 23}, {"period", 24},    {NULL, 0}};

static void add_order(builder *b, const kh_row *row)
{
    kh_str value = kh_cell(row, 1);
    b->know->solar[row->lang] |= kh_str_eq(value, KH_STR("solar"));
    b->know->month_first[row->lang] |= kh_str_eq(value, KH_STR("month_first"));
    b->know->saturday[row->lang] |= kh_str_eq(value, KH_STR("saturday"));
    b->know->future_behind[row->lang] |= kh_str_eq(value, KH_STR("future_behind"));
    b->know->bare_years[row->lang] |= kh_str_eq(value, KH_STR("bare_years"));
}

/* "7-9": the months of a quarter, half year or season. False where VALUE names none. */
static bool set_months(kh_date_word *word, kh_str value)
{
    size_t dash = kh_str_find(value, KH_STR("-"));
    int first = small_number((kh_str){value.ptr, dash < value.len ? dash : value.len});
    int last = dash < value.len ? small_number(kh_str_from(value, dash + 1)) : first;
    if (first < 1 || last < first || last > 12) {
        return false;
    }
    word->first_month = (uint8_t)first;
    word->last_month = (uint8_t)last;
    return true;
}

static void add_relative(builder *b, const kh_row *row)
{
    kh_str kind = kh_cell(row, 0);
    kh_str value = kh_cell(row, 1);
    if (kh_str_eq(kind, KH_STR("order"))) {
        add_order(b, row);
        return;
    }
    kh_date_word *word = word_for(b, kh_cell(row, 2), row->lang);
    if (!word) {
        return;
    }
    uint8_t unit = value_of(units, kind);
    uint8_t plain = value_of(plain_senses, kind);
    if (unit) {
        word->senses |= KH_WORD_OFFSET;
        word->offset_unit = unit;
        word->offset = (int16_t)small_number(value);
    } else if (kh_str_eq(kind, KH_STR("modifier"))) {
        word->senses |= KH_WORD_MODIFIER;
        word->modifier = value_of(modifiers, value);
    } else if (kh_str_eq(kind, KH_STR("unit"))) {
        word->senses |= KH_WORD_UNIT;
        word->unit = value_of(units, value);
    } else if (kh_str_eq(kind, KH_STR("ago"))) {
        word->senses |= KH_WORD_AGO;
        word->ago_after = kh_str_eq(value, KH_STR("after"));
    } else if (kh_str_eq(kind, KH_STR("era"))) {
        kh_calendar calendar = KH_GREGORIAN;
        if (kh_calendar_of(value, &calendar)) {
            word->senses |= KH_WORD_ERA;
            word->era = (uint8_t)calendar;
        }
    } else if (kh_str_eq(kind, KH_STR("duration"))) {
        word->senses |= kh_str_eq(value, KH_STR("for")) ? 0u : (uint32_t)KH_WORD_SINCE;
    } else if (plain && (plain != 24 || set_months(word, value))) {
        word->senses |= 1u << plain;
        word->clock = plain == 10 ? value_of(clocks, value) : word->clock;
        word->range = plain == 13 ? value_of(ranges, value) : word->range;
        if (plain == 22) {
            word->decade_mark = kh_str_eq(value, KH_STR("behind"));
            word->decade = (uint8_t)(word->decade_mark ? 0 : small_number(value) % 100);
        }
    }
}

static void add_months(builder *b, kh_rows rows)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_calendar calendar = KH_GREGORIAN;
        int month = small_number(kh_cell(row, 1));
        kh_date_word *word = word_for(b, kh_cell(row, 3), row->lang);
        if (!word || !kh_calendar_of(kh_cell(row, 0), &calendar) || month < 1 || month > 12) {
            continue;
        }
        kh_str variety = kh_cell(row, 2);
        bool short_form = kh_str_eq(variety, KH_STR("abbreviation")) || kh_str_starts(variety, KH_STR("cldr:"));
        word->senses |= short_form ? KH_WORD_WEAK : 0u;
        if (!(word->senses & KH_WORD_MONTH)) {
            word->month = (uint8_t)month;
            word->calendar = (uint8_t)calendar;
        }
        word->senses |= KH_WORD_MONTH;
    }
}

static void add_weekdays(builder *b, kh_rows rows)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        int weekday = small_number(kh_cell(row, 0));
        kh_date_word *word = word_for(b, kh_cell(row, 2), row->lang);
        if (!word || weekday < 1 || weekday > 7) {
            continue;
        }
        word->senses |= KH_WORD_WEEKDAY;
        word->senses |= kh_str_eq(kh_cell(row, 1), KH_STR("abbreviation")) ? KH_WORD_WEAK : 0u;
        word->weekday = (uint8_t)weekday;
    }
}

static void add_tables(builder *b, const kh_lexicon *lex)
{
    *KH_ADD(b->out, &b->know->words) = (kh_date_word){0};
    add_months(b, kh_lexicon_rows(lex, "months"));
    add_weekdays(b, kh_lexicon_rows(lex, "weekdays"));
    kh_rows rows = kh_lexicon_rows(lex, "relative_dates");
    for (size_t i = 0; i < rows.count; i++) {
        add_relative(b, &rows.items[i]);
    }
}

static void dates_parts(kh_shelf *shelf, void *thing)
{
    kh_dates_know *know = thing;
    KH_SHELF_LIST(shelf, know->words);
    KH_SHELF_VALUE(shelf, know->solar);
    KH_SHELF_VALUE(shelf, know->month_first);
    KH_SHELF_VALUE(shelf, know->saturday);
    KH_SHELF_VALUE(shelf, know->future_behind);
    KH_SHELF_VALUE(shelf, know->bare_years);
}

const kh_dates_know *kh_dates_know_of(kh_arena *out, const kh_lexicon *lex, const kh_numerals *numerals)
{
    kh_dates_know *know = KH_NEW(out, kh_dates_know);
    kh_shelf *shelf = kh_shelf_open(out, lex, "dates");
    builder b = {.out = out, .know = know, .phrases = kh_phrases_on(shelf)};
    kh_shelf_put(shelf, know, dates_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_tables(&b, lex);
    }
    kh_shelf_close(shelf);
    know->phrases = b.phrases;
    know->numerals = numerals;
    know->times = kh_times_know_of(out, lex);
    know->lex = lex;
    know->arabic = kh_lexicon_lang(lex, KH_STR("ar"));
    return know;
}

const kh_date_word *kh_dates_word_at(const kh_dates_know *know, const kh_text *text, size_t i, uint8_t lang, kh_match *match)
{
    unsigned flags = lang == know->arabic && lang ? KH_CLITICS : 0u;
    bool found = kh_phrases_match(know->phrases, text, i, lang ? lang : KH_LANG_ANY, flags, match);
    return &know->words.items[found ? match->value : 0];
}
