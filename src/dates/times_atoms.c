/* times_atoms.c - the words and numbers of a line that can be parts of an expression of time.
 *
 * Decides, for "از ساعت ۸ صبح تا نیم ساعت پیش", the atoms از (before), ساعت (head and unit), ۸ (number), صبح
 * (part of the day), تا (to), نیم ساعت (number and unit in one), پیش (after). The longest phrase of the table
 * time_expressions.txt counts; months.txt and weekdays.txt of the language are read with it. Numbers are
 * those of lexicon/numerals.c, numeric dates ("۱۳۹۵ . ۸ . ۱۹", "1395/9/11") and times ("17 : 32") one atom each,
 * also with blanks, as pages that went through a tokenizer have them.
 *
 * Numbers and units are often written as one word (شش ماهه, صدسال), prepositions as one with what follows
 * (درسال): these forms are made from the table, since the fold takes the ZWNJ away.
 *
 * Gets wrong: numbers of several words written together.
 */
#include "dates/times.h"
#include "lexicon/shelf.h"

enum { HOURS_MAX = 24, MINUTES_MAX = 59, FORM_BYTES_MAX = 64, NUMBER_WORD_MAX = 14, GLUED_MAX = 60 };

/* ---- the table made ready ---- */

typedef struct builder {
    kh_arena *out;
    struct kh_times_know *know;
    kh_phrases *phrases;
    kh_map index; /* language and key -> index into forms */
} builder;

typedef struct named {
    const char *name;
    uint32_t senses;
    uint8_t uses;
} named;

static const named kinds[] = {{"unit", KH_TIME_UNIT, 0},
                              {"head", KH_TIME_HEAD, 0},
                              {"whole", KH_TIME_WHOLE, 0},
                              {"part", KH_TIME_PART, 0},
                              {"season", KH_TIME_SEASON, 0},
                              {"before", KH_TIME_BEFORE, 0},
                              {"during", KH_TIME_BEFORE | KH_TIME_DURING, 0},
                              {"edge", KH_TIME_EDGE, 0},
                              {"dateword", KH_TIME_DATEWORD, 0},
                              {"this", KH_TIME_THIS, 0},
                              {"after", KH_TIME_AFTER, 0},
                              {"tail", KH_TIME_TAIL, 0},
                              {"era", KH_TIME_ERA, 0},
                              {"weak_era", KH_TIME_WEAK_ERA, 0},
                              {"to", KH_TIME_TO, 0},
                              {"and", KH_TIME_AND, 0},
                              {"of", KH_TIME_OF, 0},
                              {"number", KH_TIME_NUMBER, 0},
                              {"fraction", KH_TIME_FRACTION, 0},
                              {"event", KH_TIME_EVENT, 0},
                              {"counted", KH_TIME_COUNTED, 0},
                              {"not", KH_TIME_NOT, 0},
                              {"half", KH_TIME_HALF, 0},
                              {"now", KH_TIME_NOW, 0},
                              {"untilnow", KH_TIME_UNTIL_NOW, 0},
                              {"also_word", KH_TIME_ALSO_WORD, 0},
                              {"rate", 0, KH_TIME_RATE},
                              {"times", 0, KH_TIME_TIMES},
                              {"counted_from", 0, KH_TIME_COUNTED_FROM},
                              {"minutes_to", 0, KH_TIME_MINUTES_TO},
                              {NULL, 0, 0}};

static kh_time_form *add_form(builder *b, kh_str form, uint8_t lang, uint32_t senses, uint8_t type)
{
    if (kh_str_starts(form, KH_STR("?"))) {
        form = kh_str_from(form, 1);
        senses |= KH_TIME_ALSO_WORD;
    }
    uint64_t key = kh_hash_mix(lang, kh_hash(kh_fold_key(b->out, kh_str_trim(form))));
    bool is_new = false;
    uint32_t *at = kh_map_put(b->out, &b->index, key, &is_new);
    if (is_new) {
        *at = (uint32_t)b->know->forms.count;
        *KH_ADD(b->out, &b->know->forms) = (kh_time_form){0};
        kh_phrases_add(b->out, b->phrases, form, lang, *at);
    }
    kh_time_form *f = &b->know->forms.items[*at];
    f->senses |= senses;
    f->type = f->type ? f->type : type;
    return f;
}

static void add_row(builder *b, const kh_row *row)
{
    const named *kind = kinds;
    while (kind->name && !kh_str_eq(kh_cell(row, 0), kh_str_z(kind->name))) {
        kind++;
    }
    if (!kind->name) {
        return;
    }
    kh_str type = kh_cell(row, 1), forms = kh_cell(row, 2), form;
    uint8_t as = kh_str_eq(type, KH_STR("date")) ? KH_TIME_OF_DAYS : kh_str_eq(type, KH_STR("time")) ? KH_TIME_OF_DAY : KH_TIME_NO_TYPE;
    while (kh_str_cut(&forms, '|', &form)) {
        add_form(b, form, row->lang, kind->senses, as)->uses |= kind->uses;
    }
}

/* Each form of LEFT's rows of kind KIND, written as one word before FORM. */
static void add_glued(builder *b, kh_rows rows, const char *kind, const kh_row *row, kh_str form, uint32_t senses, uint8_t type)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *left = &rows.items[i];
        kh_str words = kh_cell(left, 2), word;
        if (left->lang != row->lang || !kh_str_eq(kh_cell(left, 0), kh_str_z(kind))) {
            continue;
        }
        while (kh_str_cut(&words, '|', &word)) {
            kh_str glued = kh_arena_join(b->out, word, form);
            if (glued.len <= FORM_BYTES_MAX) {
                add_form(b, glued, row->lang, senses, type);
            }
        }
    }
}

/* "شش ماهه", "درسال", "امروزدوشنبه". */
static void add_row_glued(builder *b, kh_rows rows, const kh_row *row)
{
    bool unit = kh_str_eq(kh_cell(row, 0), KH_STR("unit"));
    bool season = kh_str_eq(kh_cell(row, 0), KH_STR("season"));
    bool head = kh_str_eq(kh_cell(row, 0), KH_STR("head"));
    kh_str forms = kh_cell(row, 2), form;
    uint8_t type = kh_str_eq(kh_cell(row, 1), KH_STR("time")) ? KH_TIME_OF_DAY : KH_TIME_OF_DAYS;
    while ((unit || season || head) && kh_str_cut(&forms, '|', &form)) {
        if (unit) {
            add_glued(b, rows, "number_word", row, form, KH_TIME_DURATION, type);
        } else {
            add_glued(b, rows, "glued_before", row, form, KH_TIME_BEFORE | (season ? KH_TIME_SEASON : KH_TIME_HEAD), type);
        }
    }
}

/* "یکشنبه شب", "پنجشنبه ها". */
static void add_with_tails(builder *b, kh_rows rows, const kh_row *row, kh_str form, uint32_t sense)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *tail = &rows.items[i];
        kh_str tails = kh_cell(tail, 2), word;
        bool fits = tail->lang == row->lang && kh_str_eq(kh_cell(tail, 0), KH_STR("weekday_tail"));
        while (fits && kh_str_cut(&tails, '|', &word)) {
            add_form(b, kh_arena_join(b->out, form, word), row->lang, sense, KH_TIME_OF_DAYS);
        }
    }
}

/* Months and weekdays: the form is in COLUMN. */
static void add_calendar(builder *b, kh_rows table, kh_rows rows, size_t column, uint32_t sense)
{
    for (size_t i = 0; i < table.count; i++) {
        const kh_row *row = &table.items[i];
        kh_str form = kh_cell(row, column);
        if (!b->know->langs[row->lang] || !form.len) {
            continue;
        }
        add_form(b, form, row->lang, sense, KH_TIME_OF_DAYS);
        kh_str bare = kh_str_starts(form, KH_STR("?")) ? kh_str_from(form, 1) : form;
        add_glued(b, rows, sense == KH_TIME_MONTH ? "glued_before" : "glued_day", row, bare, sense, KH_TIME_OF_DAYS);
        if (sense == KH_TIME_WEEKDAY) {
            add_with_tails(b, rows, row, bare, sense);
        }
    }
}

/* Number words, for numbers that are written as one word. */
static void add_numbers(builder *b, kh_rows rows)
{
    *KH_ADD(b->out, &b->know->numbers) = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        kh_str kind = kh_cell(row, 0), key = kh_fold_key(b->out, kh_cell(row, 4));
        bool plain = kh_str_eq(kind, KH_STR("unit")) || kh_str_eq(kind, KH_STR("teen")) || kh_str_eq(kind, KH_STR("ten")) ||
                     kh_str_eq(kind, KH_STR("hundred")) || kh_str_eq(kind, KH_STR("scale"));
        uint64_t value = 0;
        if (plain && b->know->langs[row->lang] && key.len <= NUMBER_WORD_MAX && kh_str_u64(kh_cell(row, 2), &value)) {
            bool is_new = false;
            uint32_t *at = kh_map_put(b->out, &b->know->number_words, kh_hash_mix(row->lang, kh_hash(key)), &is_new);
            *at = is_new ? (uint32_t)b->know->numbers.count : *at;
            if (is_new) {
                *KH_ADD(b->out, &b->know->numbers) = (double)value;
            }
        }
    }
}

static void add_tables(builder *b, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "time_expressions");
    *KH_ADD(b->out, &b->know->forms) = (kh_time_form){0};
    for (size_t i = 0; i < rows.count; i++) {
        b->know->langs[rows.items[i].lang] = true;
        add_row(b, &rows.items[i]);
    }
    for (size_t i = 0; i < rows.count; i++) {
        add_row_glued(b, rows, &rows.items[i]);
    }
    add_calendar(b, kh_lexicon_rows(lex, "months"), rows, 3, KH_TIME_MONTH);
    add_calendar(b, kh_lexicon_rows(lex, "weekdays"), rows, 2, KH_TIME_WEEKDAY);
    add_numbers(b, kh_lexicon_rows(lex, "numbers"));
}

static void times_parts(kh_shelf *shelf, void *thing)
{
    struct kh_times_know *know = thing;
    KH_SHELF_LIST(shelf, know->forms);
    KH_SHELF_LIST(shelf, know->numbers);
    KH_SHELF_VALUE(shelf, know->langs);
}

const struct kh_times_know *kh_times_know_of(kh_arena *out, const kh_lexicon *lex)
{
    struct kh_times_know *know = KH_NEW(out, struct kh_times_know);
    kh_shelf *shelf = kh_shelf_open(out, lex, "times");
    builder b = {.out = out, .know = know, .phrases = kh_phrases_on(shelf)};
    kh_map_on(shelf, &know->number_words);
    kh_shelf_put(shelf, know, times_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_tables(&b, lex);
    }
    kh_shelf_close(shelf);
    know->phrases = b.phrases;
    know->persian = kh_lexicon_lang(lex, KH_STR("fa"));
    return know;
}

/* ---- numbers ---- */

typedef struct line {
    const kh_dates_know *know;
    const kh_text *text;
    uint8_t lang;
    size_t end;
} line;

static bool small_number(const line *l, size_t i, int *value, uint8_t *digits)
{
    uint64_t number = 0;
    if (i >= l->end || l->text->tokens.items[i].kind != KH_NUMBER) {
        return false;
    }
    kh_str key = l->text->tokens.items[i].key;
    if (key.len > 4 || !kh_str_u64(key, &number)) {
        return false;
    }
    *value = (int)number;
    *digits = (uint8_t)key.len;
    return true;
}

static bool is_mark(const line *l, size_t i, char mark)
{
    return i < l->end && l->text->tokens.items[i].kind == KH_PUNCT && l->text->tokens.items[i].key.len == 1 &&
           l->text->tokens.items[i].key.ptr[0] == mark;
}

/* The token behind "17 : 32" or "5 : 32 : 00" at I; 0 when there is no such thing. */
static size_t clock_end(const line *l, size_t i)
{
    int hour = 0, minute = 0;
    uint8_t digits = 0;
    if (!small_number(l, i, &hour, &digits) || digits > 2 || hour > HOURS_MAX || !is_mark(l, i + 1, ':') ||
        !small_number(l, i + 2, &minute, &digits) || digits != 2 || minute > MINUTES_MAX) {
        return 0;
    }
    bool seconds = is_mark(l, i + 3, ':') && small_number(l, i + 4, &minute, &digits) && digits == 2 && minute <= MINUTES_MAX;
    return seconds ? i + 5 : i + 3;
}

/* Two of V can be a day and a month, and the third a year. */
static bool is_day(const int *v, const uint8_t *digits)
{
    int year = digits[0] == 4 || (digits[2] != 4 && v[0] > 31) ? 0 : 2;
    int first = v[year == 0 ? 1 : 0], second = v[year == 0 ? 2 : 1];
    bool two = digits[year] == 2 && digits[1] <= 2;
    return first >= 1 && second >= 1 && first <= 31 && second <= 31 && (first <= 12 || second <= 12) &&
           (two || (v[year] >= 1000 && v[year] <= 2200));
}

/* The token behind "11 . 24 . 2016", "1395/09/11" at I. */
static size_t day_end(const line *l, size_t i)
{
    int v[3] = {0};
    uint8_t digits[3] = {0};
    static const char marks[] = "./-\\";
    const kh_token *token = &l->text->tokens.items[i];
    if (token->kind == KH_NUMBER && token->key.len >= 6 && token->key.len <= 10) {
        kh_str rest = token->key, part;
        for (int k = 0; k < 3 && kh_str_cut(&rest, '.', &part); k++) {
            uint64_t value = 0;
            digits[k] = (uint8_t)part.len;
            v[k] = part.len <= 4 && kh_str_u64(part, &value) ? (int)value : 0;
        }
        return rest.len == 0 && is_day(v, digits) ? i + 1 : 0;
    }
    for (const char *mark = marks; *mark; mark++) {
        if (small_number(l, i, &v[0], &digits[0]) && is_mark(l, i + 1, *mark) && small_number(l, i + 2, &v[1], &digits[1]) &&
            is_mark(l, i + 3, *mark) && small_number(l, i + 4, &v[2], &digits[2])) {
            return is_day(v, digits) ? i + 5 : 0;
        }
    }
    return 0;
}

/* ---- atoms ---- */

/* The longest number word at byte AT of KEY, its end in *end. */
static bool number_word(const line *l, kh_str key, size_t at, size_t *end, double *value)
{
    const struct kh_times_know *t = l->know->times;
    for (size_t len = key.len - at < NUMBER_WORD_MAX ? key.len - at : NUMBER_WORD_MAX; len; len--) {
        kh_str word = {key.ptr + at, len};
        const uint32_t *found = kh_map_get(&t->number_words, kh_hash_mix(l->lang, kh_hash(word)));
        if (found) {
            *end = at + len;
            *value = t->numbers.items[*found];
            return true;
        }
    }
    return false;
}

/* "هزارونهصدونود", "بیست ویکمین": number words joined by و in one token. */
static bool glued_number(const line *l, kh_str key, double *value, bool *ordinal)
{
    static const char *endings[] = {"", "\u0645", "\u0645\u064a\u0646", "\u0627\u0645"};
    double total = 0, part = 0, word = 0;
    size_t at = 0, words = 0;
    while (key.len <= GLUED_MAX && at < key.len && number_word(l, key, at, &at, &word)) {
        part = word >= 1000 ? (part > 0 ? part : 1) * word : part + word;
        total += word >= 1000 ? part : 0;
        part = word >= 1000 ? 0 : part;
        words++;
        kh_str rest = kh_str_from(key, at);
        for (size_t k = 0; k < sizeof endings / sizeof *endings; k++) {
            if (kh_str_eq(rest, kh_str_z(endings[k]))) {
                *value = total + part;
                *ordinal = k > 0;
                return words > 1 || k > 0;
            }
        }
        at += kh_str_starts(rest, KH_STR("\u0648")) ? 2 : 0;
    }
    return false;
}

static kh_atom number_atom(const line *l, size_t i)
{
    kh_atom a = {.first = (uint32_t)i, .end = (uint32_t)i};
    kh_numeral n;
    int value = 0;
    size_t end = clock_end(l, i);
    size_t day = day_end(l, i);
    if (day || end) {
        a.senses = KH_TIME_DIGITS;
        a.type = day ? KH_TIME_OF_DAYS : KH_TIME_OF_DAY;
        a.end = (uint32_t)(day ? day : end);
        return a;
    }
    if (kh_numeral_at(l->know->numerals, l->text, i, l->lang, &n) && !n.vague) {
        a.senses = n.ordinal ? KH_TIME_ORDINAL : KH_TIME_NUMBER;
        a.end = n.end;
        a.value = n.min;
        if (n.end == i + 1 && small_number(l, i, &value, &a.digits)) {
            a.value = value;
        }
    }
    bool ordinal = false;
    double glued = 0;
    const kh_token *token = &l->text->tokens.items[i];
    if (a.end <= i + 1 && token->kind == KH_WORD && glued_number(l, token->key, &glued, &ordinal)) {
        a.senses = ordinal ? KH_TIME_ORDINAL : KH_TIME_NUMBER;
        a.end = (uint32_t)(i + 1);
        a.value = glued;
    }
    return a;
}

static uint8_t mark_of(const kh_token *token)
{
    if (token->kind != KH_PUNCT) {
        return KH_ATOM_NO_MARK;
    }
    bool comma = token->key.len == 1 && token->key.ptr[0] == ',';
    return kh_is_dash(token->cp) ? KH_ATOM_DASH : comma ? KH_ATOM_COMMA : KH_ATOM_OTHER;
}

static kh_atom atom_at(const line *l, size_t i)
{
    const struct kh_times_know *times = l->know->times;
    kh_match match = {0};
    const kh_token *token = &l->text->tokens.items[i];
    kh_atom a = {.first = (uint32_t)i, .end = (uint32_t)(i + 1), .mark = mark_of(token)};
    if (a.mark) {
        return a;
    }
    kh_atom number = number_atom(l, i);
    if (kh_phrases_match(times->phrases, l->text, i, l->lang, 0, &match) && match.end >= number.end && match.end <= l->end) {
        const kh_time_form *form = &times->forms.items[match.value];
        a.senses = form->senses;
        a.type = form->type;
        a.uses = form->uses;
        a.end = match.end;
        if (match.end == number.end) {
            a.senses |= number.senses;
            a.value = number.value;
        }
        return a;
    }
    return number.end > i ? number : a;
}

/* "هزار" "و" "سیصدوپنج" at the end of ATOMS are one number. */
static void join_numbers(kh_atoms *atoms)
{
    if (atoms->count < 3) {
        return;
    }
    kh_atom *a = &atoms->items[atoms->count - 3];
    const kh_atom *b = &a[2];
    bool words = (a->senses & KH_TIME_NUMBER) && (b->senses & (KH_TIME_NUMBER | KH_TIME_ORDINAL)) && (a[1].senses & KH_TIME_AND) &&
                 !a->digits && !b->digits && b->value >= 1;
    long value = words ? (long)a->value : 0;
    bool fits = (value >= 1000 && value % 1000 == 0 && b->value < 1000) || (value >= 100 && value % 100 == 0 && b->value < 100) ||
                (value >= 20 && value % 10 == 0 && b->value < 10);
    if (words && fits) {
        a->senses = b->senses;
        a->value += b->value;
        a->end = b->end;
        atoms->count -= 2;
    }
}

kh_atoms kh_time_atoms(kh_arena *out, const kh_dates_know *know, const kh_text *text, uint8_t lang, size_t first, size_t end)
{
    line l = {.know = know, .text = text, .lang = lang, .end = end};
    kh_atoms atoms = {0};
    for (size_t i = first; i < end;) {
        kh_atom a = atom_at(&l, i);
        *KH_ADD(out, &atoms) = a;
        join_numbers(&atoms);
        i = a.end;
    }
    return atoms;
}
