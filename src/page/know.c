/* know.c - the tables of data/ that tell a line of the site from a line of the report.
 *
 * furniture.txt of every language at once (a page in Arabic carries LEAVE A REPLY as often as
 * اترك تعليقاً), the fixed parts of credits.txt ("المصدر: {A}" -> a line that begins with
 * المصدر), and the words that dates are made of (months.txt, weekdays.txt, relative_dates.txt).
 *
 *     "اقرأ المزيد"                    read_more, whole line
 *     "جميع الحقوق محفوظة © الوادي"      copyright, begins with
 *     "الأربعاء 31 يوليو 2024"         a date: two date words, two numbers, nothing else
 *
 * Lines and forms are folded the same way; decoration at both ends and a count behind ("Comments
 * (3)") are cut off. A form that only begins or stands in a line decides nothing where the line
 * is a long paragraph: "شارك في التظاهرة آلاف ..." is a sentence, not a button. What it gets
 * wrong: a headline that is exactly a furniture phrase ("Share").
 */
#include "page/know.h"

#include "lexicon/shelf.h"

#include <string.h>

static const kh_str furniture_names[] = {
#define NAME(key, name) {name, sizeof(name) - 1},
    KH_FURNITURE(NAME)
#undef NAME
};

kh_str kh_furniture_name(kh_furniture kind)
{
    return furniture_names[kind];
}

/* ---- keys ---- */

/* Without the arrow of "» Home", "› Home". A quotation has no space behind such a mark, and folded both are quotes. */
static kh_str without_arrow(kh_str s)
{
    bool arrow = kh_str_starts(s, KH_STR("\u00bb ")) || kh_str_starts(s, KH_STR("\u203a "));
    return arrow ? kh_str_from(s, kh_str_find(s, KH_STR(" ")) + 1) : s;
}

/* Folded, decoration cut off the front, spaces collapsed. Gives S's key in A. */
static kh_str line_key(kh_arena *a, kh_str s)
{
    kh_str folded = kh_fold_key(a, without_arrow(s));
    char *to = (char *)(uintptr_t)folded.ptr;
    size_t n = 0;
    while (n < folded.len && to[n] != '\n' && (to[n] != ' ' || (n > 0 && to[n - 1] != ' '))) {
        n++; /* most lines have nothing to collapse */
    }
    for (size_t i = n; i < folded.len; i++) {
        char c = folded.ptr[i] == '\n' ? ' ' : folded.ptr[i];
        if (c != ' ' || (n > 0 && to[n - 1] != ' ')) {
            to[n++] = c;
        }
    }
    n -= n > 0 && to[n - 1] == ' ';
    size_t from = 0;
    while (from < n && strchr("-*>|/.:,;+~ ", to[from])) {
        from++;
    }
    for (size_t len = 0; from < n; from += len) {
        uint32_t cp = kh_utf8_at((kh_str){to, n}, from, &len);
        if (cp != 0x2022 && !(cp >= 0x2190 && cp <= 0x21FF) && !(cp >= 0x25A0 && cp <= 0x27BF) && cp != ' ' && cp != 0xB7 && cp != '>') {
            break;
        }
    }
    return from < n ? (kh_str){to + from, n - from} : (kh_str){to, n};
}

static kh_str cut_end(kh_str key)
{
    size_t n = key.len;
    while (n > 0 && strchr(".:,;!?>|/*-+ ", key.ptr[n - 1])) {
        n--;
    }
    return n ? kh_str_head(key, n) : key;
}

/* For whole lines: without what trails, "(3)" included. */
static kh_str whole_key(kh_str key)
{
    kh_str cut = cut_end(key);
    size_t n = cut.len;
    while (n > 0 && ((cut.ptr[n - 1] >= '0' && cut.ptr[n - 1] <= '9') || strchr("()[] ", cut.ptr[n - 1]))) {
        n--;
    }
    bool counted = n > 0 && n < cut.len && memchr(cut.ptr + n, '(', cut.len - n) != NULL && cut.ptr[cut.len - 1] == ')';
    return counted ? cut_end(kh_str_head(cut, n)) : cut;
}

static kh_str first_word(kh_str key)
{
    size_t n = 0;
    while (n < key.len && kh_in_word(key.ptr[n])) {
        n++;
    }
    return kh_str_head(key, n ? n : 1);
}

/* The bit of the first HEAD_BYTES of KEY, which has as many. */
static size_t head_bit(kh_str key)
{
    uint32_t head;
    memcpy(&head, key.ptr, HEAD_BYTES);
    return head * 0x9E3779B1u >> (32 - HEAD_BITS);
}

/* ---- building ---- */

static void add_head(form_heads *heads, kh_str key)
{
    if (key.len < HEAD_BYTES) {
        heads->shorter[(unsigned char)key.ptr[0]] = true;
        return;
    }
    size_t bit = head_bit(key);
    heads->bits[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void add_form(kh_arena *out, kh_page_know *know, kh_furniture kind, form_match match, kh_str text)
{
    kh_str key = line_key(out, text);
    if (!key.len) {
        return;
    }
    if (match == WHOLE) {
        *kh_map_put(out, &know->whole, kh_hash(whole_key(key)), NULL) = kind;
        return;
    }
    kh_shape shape = kh_shape_of(text);
    uint32_t *slot = kh_map_put(out, &know->first, kh_hash(first_word(key)), NULL);
    form *f = KH_ADD(out, &know->forms);
    *f = (form){.key = (uint32_t)know->keys.len,
                .key_len = (uint32_t)key.len,
                .next = *slot,
                .kind = (uint8_t)kind,
                .match = (uint8_t)match,
                .words = (uint8_t)(shape.words > 200 ? 200 : shape.words)};
    *slot = (uint32_t)know->forms.count;
    kh_buf_add(&know->keys, key);
    if (match == CONTAINS) {
        add_head(&know->heads, key);
    }
}

static kh_furniture furniture_of_name(kh_str name)
{
    for (size_t i = 1; i < KH_FURNITURE_count; i++) {
        if (kh_str_eq(name, furniture_names[i])) {
            return (kh_furniture)i;
        }
    }
    return KH_FURNITURE_NONE;
}

static void add_furniture(kh_arena *out, kh_page_know *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "furniture");
    for (size_t i = 0; i < rows.count; i++) {
        kh_furniture kind = furniture_of_name(kh_cell(&rows.items[i], 0));
        kh_str match = kh_cell(&rows.items[i], 1);
        if (kind != KH_FURNITURE_NONE) {
            form_match how = kh_str_eq(match, KH_STR("prefix")) ? PREFIX : kh_str_eq(match, KH_STR("contains")) ? CONTAINS : WHOLE;
            add_form(out, know, kind, how, kh_cell(&rows.items[i], 2));
        }
    }
}

/* The part of a credit template before its first slot, which begins a line of that kind; a template
 * without slots is the whole line. Unnamed sources ("an {WORD} source") begin sentences, no lines. */
static void add_credit(kh_arena *out, kh_page_know *know, kh_furniture kind, kh_str template)
{
    size_t slot = kh_str_find(template, KH_STR("{"));
    kh_str fixed = kh_str_trim(kh_str_head(template, slot));
    if (slot == template.len) {
        add_form(out, know, kind, WHOLE, template);
    } else if (fixed.len > 1 && kind != KH_FURNITURE_GENERIC_SOURCE) {
        add_form(out, know, kind, PREFIX, fixed);
    }
}

static void add_credits(kh_arena *out, kh_page_know *know, const kh_lexicon *lex)
{
    static const struct {
        const char *type;
        kh_furniture kind;
    } kinds[] = {{"byline", KH_FURNITURE_BYLINE},
                 {"byline_footer", KH_FURNITURE_BYLINE},
                 {"source_line", KH_FURNITURE_SOURCE},
                 {"generic_source", KH_FURNITURE_GENERIC_SOURCE},
                 {"photo_credit", KH_FURNITURE_CAPTION},
                 {"paywall_line", KH_FURNITURE_PAYWALL},
                 {"standards_line", KH_FURNITURE_STANDARDS},
                 {"closing_formula", KH_FURNITURE_CLOSING},
                 {"site_code", KH_FURNITURE_SITE_CODE},
                 {"syndication_notice", KH_FURNITURE_COPYRIGHT},
                 {"translation_line", KH_FURNITURE_SOURCE}};
    kh_rows rows = kh_lexicon_rows(lex, "credits");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str type = kh_cell(&rows.items[i], 0);
        kh_str template = kh_cell(&rows.items[i], 2);
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (kh_str_eq(type, kh_str_z(kinds[k].type))) {
                add_credit(out, know, kinds[k].kind, template);
            }
        }
    }
}

static void add_date_words(kh_arena *out, kh_page_know *know, kh_str text, date_word kind)
{
    kh_str key = kh_fold_key(out, text);
    for (size_t i = 0; i < key.len;) {
        size_t n = i;
        while (n < key.len && kh_in_word(key.ptr[n])) {
            n++;
        }
        if (n > i) {
            *kh_map_put(out, &know->dates, kh_hash((kh_str){key.ptr + i, n - i}), NULL) |= kind;
        }
        i = n + 1;
    }
}

static void add_dates(kh_arena *out, kh_page_know *know, const kh_lexicon *lex)
{
    kh_rows months = kh_lexicon_rows(lex, "months");
    for (size_t i = 0; i < months.count; i++) {
        add_date_words(out, know, kh_cell(&months.items[i], 3), MONTH_WORD);
    }
    kh_rows days = kh_lexicon_rows(lex, "weekdays");
    for (size_t i = 0; i < days.count; i++) {
        add_date_words(out, know, kh_cell(&days.items[i], 2), DATE_WORD);
    }
    static const char *const kinds[] = {"published", "modified", "era", "year_word", "daypart", "day_word", "unit"};
    kh_rows words = kh_lexicon_rows(lex, "relative_dates");
    for (size_t i = 0; i < words.count; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (kh_str_eq(kh_cell(&words.items[i], 0), kh_str_z(kinds[k]))) {
                add_date_words(out, know, kh_cell(&words.items[i], 2), DATE_WORD);
            }
        }
    }
    add_date_words(out, know, KH_STR("am pm a.m. p.m. utc gmt est edt cet cest et uhr mesz"), DATE_WORD);
}

static void add_stops(kh_arena *out, kh_page_know *know, const kh_lexicon *lex)
{
    kh_rows rows = kh_lexicon_rows(lex, "stopwords");
    for (size_t i = 0; i < rows.count; i++) {
        kh_str key = kh_fold_key(out, kh_cell(&rows.items[i], 0));
        kh_map_put(out, &know->stops, kh_hash(key), NULL);
    }
}

bool kh_word_is_stop(const kh_page_know *know, uint64_t hash)
{
    return kh_map_get(&know->stops, hash) != NULL;
}

static void form_parts(kh_shelf *shelf, void *thing)
{
    kh_page_know *know = thing;
    KH_SHELF_LIST(shelf, know->forms);
    KH_SHELF_VALUE(shelf, know->keys.len);
    KH_SHELF_ARRAY(shelf, know->keys.ptr, know->keys.len);
    KH_SHELF_VALUE(shelf, know->heads);
}

const kh_page_know *kh_page_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_page_know *know = KH_NEW(out, kh_page_know);
    kh_shelf *shelf = kh_shelf_open(out, lex, "page");
    know->keys.arena = out;
    kh_map *const maps[] = {&know->whole, &know->first, &know->dates, &know->marks, &know->stops};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
        kh_map_on(shelf, maps[i]);
    }
    kh_shelf_put(shelf, know, form_parts);
    if (!kh_shelf_is_ready(shelf)) {
        add_credits(out, know, lex);
        add_furniture(out, know, lex);
        add_dates(out, know, lex);
        kh_marks_learn(out, know, lex);
        add_stops(out, know, lex);
    }
    kh_shelf_close(shelf);
    know->bylines = kh_byline_know_of(out, lex);
    return know;
}

/* ---- asking ---- */

/* Kinds that speak for themselves wherever they stand, also in a long line. */
static bool is_strong(kh_furniture kind)
{
    return kind == KH_FURNITURE_PAYWALL || kind == KH_FURNITURE_STANDARDS || kind == KH_FURNITURE_COPYRIGHT ||
           kind == KH_FURNITURE_NEWSLETTER || kind == KH_FURNITURE_CMS || kind == KH_FURNITURE_COMMENTS ||
           kind == KH_FURNITURE_SUBSCRIPTION;
}

static kh_str key_of(const kh_page_know *know, const form *f)
{
    return (kh_str){know->keys.ptr + f->key, f->key_len};
}

/* How long a line may be for a form that does not fill it. */
static uint32_t words_max(const form *f, kh_str key, const kh_shape *shape)
{
    if (f->match == CONTAINS) {
        return f->kind == KH_FURNITURE_COPYRIGHT || f->words > 2 ? 60 : 20;
    }
    if (is_strong((kh_furniture)f->kind)) {
        return f->words > 1 ? 60 : 16;
    }
    switch (f->kind) {
    case KH_FURNITURE_CAPTION: return f->words > 1 || !shape->ends_stop ? 60 : 14;
    case KH_FURNITURE_BYLINE: return key.ptr[0] == '(' ? 40 : 14;
    case KH_FURNITURE_SOURCE: return 9;
    case KH_FURNITURE_SITE_CODE: return 8;
    case KH_FURNITURE_RELATED:
    case KH_FURNITURE_READ_MORE: return 30;
    case KH_FURNITURE_TAGS: return 40;
    default: return shape->ends_stop && f->words < 2 ? 9 : 20;
    }
}

static bool fits(const kh_page_know *know, const form *f, kh_str rest, bool at_start, const kh_shape *shape)
{
    kh_str key = key_of(know, f);
    if ((f->match == PREFIX && !at_start) || shape->words > words_max(f, key, shape) || !kh_str_starts(rest, key)) {
        return false;
    }
    bool open_end = kh_in_word(key.ptr[key.len - 1]);
    return !open_end || rest.len == key.len || !kh_in_word(rest.ptr[key.len]);
}

/* May a form that need not begin the line begin at REST? */
static bool may_begin(const form_heads *heads, kh_str rest)
{
    size_t bit = rest.len >= HEAD_BYTES ? head_bit(rest) : 0;
    return heads->shorter[(unsigned char)rest.ptr[0]] || (rest.len >= HEAD_BYTES && heads->bits[bit / 64] >> bit % 64 & 1);
}

static kh_furniture form_at(const kh_page_know *know, kh_str rest, bool at_start, const kh_shape *shape)
{
    const uint32_t *slot = kh_map_get(&know->first, kh_hash(first_word(rest)));
    const form *best = NULL;
    for (uint32_t i = slot ? *slot : 0; i; i = know->forms.items[i - 1].next) {
        const form *f = &know->forms.items[i - 1];
        if (fits(know, f, rest, at_start, shape) && (!best || f->key_len > best->key_len)) {
            best = f;
        }
    }
    return best ? (kh_furniture)best->kind : KH_FURNITURE_NONE;
}

/* The same at the words and marks behind the first. */
static kh_furniture form_inside(const kh_page_know *know, kh_str key, const kh_shape *shape)
{
    kh_furniture found = KH_FURNITURE_NONE;
    for (size_t i = 0; i < key.len && found == KH_FURNITURE_NONE;) {
        size_t begin = i;
        while (i < key.len && kh_in_word(key.ptr[i])) {
            i++;
        }
        i += i == begin;
        kh_str rest = {key.ptr + begin, key.len - begin};
        if (begin > 0 && rest.ptr[0] != ' ' && may_begin(&know->heads, rest)) {
            found = form_at(know, rest, false, shape);
        }
    }
    return found;
}

/* A caption form with a colon ("تصوير:", "Photo:") behind the last sentence of the line. */
static bool trails_photo_credit(const kh_page_know *know, kh_str key)
{
    size_t from = key.len > 90 ? key.len - 90 : 1;
    bool colon = memchr(key.ptr, ':', key.len) != NULL;
    for (size_t i = from; colon && i < key.len; i++) {
        bool starts = key.ptr[i - 1] == ' ' && i > 1 && strchr(".!?)|-", key.ptr[i - 2]) && key.ptr[i - 2];
        if (!starts) {
            continue;
        }
        kh_str rest = kh_str_from(key, i);
        const uint32_t *slot = kh_map_get(&know->first, kh_hash(first_word(rest)));
        for (uint32_t k = slot ? *slot : 0; k; k = know->forms.items[k - 1].next) {
            const form *f = &know->forms.items[k - 1];
            if (f->kind == KH_FURNITURE_CAPTION && kh_str_ends(key_of(know, f), KH_STR(":")) && kh_str_starts(rest, key_of(know, f))) {
                return true;
            }
        }
    }
    return false;
}

/* "OUTLET - وكالات": the last piece is a desk label. */
static bool ends_in_generic_source(const kh_page_know *know, kh_str key)
{
    for (size_t i = key.len; i-- > 1;) {
        char c = key.ptr[i];
        if (c == '-' || c == '|' || c == '/' || c == ',') {
            kh_str last = kh_str_trim(kh_str_from(key, i + 1));
            const uint32_t *kind = last.len ? kh_map_get(&know->whole, kh_hash(whole_key(last))) : NULL;
            return kind && *kind == KH_FURNITURE_GENERIC_SOURCE;
        }
    }
    return false;
}

kh_furniture kh_line_furniture(const kh_page_know *know, kh_arena scratch, kh_str line, const kh_shape *shape)
{
    if (shape->words > 80 || line.len > 1200) {
        return KH_FURNITURE_NONE;
    }
    kh_str key = line_key(&scratch, line);
    if (!key.len) {
        return KH_FURNITURE_NONE;
    }
    const uint32_t *whole = kh_map_get(&know->whole, kh_hash(whole_key(key)));
    if (whole) {
        return (kh_furniture)*whole;
    }
    kh_furniture found = form_at(know, key, true, shape);
    if (found == KH_FURNITURE_NONE) {
        found = form_inside(know, key, shape);
    }
    if (found == KH_FURNITURE_NONE && shape->words <= 7 && ends_in_generic_source(know, key)) {
        found = KH_FURNITURE_GENERIC_SOURCE;
    }
    if (found == KH_FURNITURE_NONE && trails_photo_credit(know, key)) {
        found = KH_FURNITURE_CAPTION;
    }
    return found;
}

/* Numbers that look like a day or a clock: 2024-08-05, 31.07.2024, ۱۴۰۳/۰۵/۱۵, 14:25. A part of three
 * digits is of a sum: 9.500.000. */
static bool is_date_number(kh_str number)
{
    size_t parts = 1, digits = 0;
    bool sum = false;
    for (size_t i = 0; i < number.len; i++) {
        bool digit = number.ptr[i] >= '0' && number.ptr[i] <= '9';
        parts += !digit;
        sum = sum || (!digit && digits == 3);
        digits = digit ? digits + 1 : 0;
    }
    bool clock = parts >= 2 && memchr(number.ptr, ':', number.len) != NULL;
    return clock || (parts == 3 && !sum && digits != 3 && number.len >= 6 && number.len <= 10);
}

bool kh_line_is_date(const kh_page_know *know, kh_arena scratch, kh_str line)
{
    if (line.len > 160) {
        return false;
    }
    kh_str key = line_key(&scratch, line);
    size_t numbers = 0, shaped = 0, date_words = 0, others = 0, years = 0;
    for (size_t i = 0; i < key.len;) {
        size_t n = i;
        if (key.ptr[i] >= '0' && key.ptr[i] <= '9') {
            while (n < key.len && ((key.ptr[n] >= '0' && key.ptr[n] <= '9') ||
                                   (strchr(".:/-", key.ptr[n]) && n + 1 < key.len && key.ptr[n + 1] >= '0' && key.ptr[n + 1] <= '9'))) {
                n++;
            }
            kh_str number = {key.ptr + i, n - i};
            numbers++;
            shaped += is_date_number(number);
            years += number.len == 4;
        } else if (kh_in_word(key.ptr[i])) {
            while (n < key.len && kh_in_word(key.ptr[n])) {
                n++;
            }
            kh_str word = {key.ptr + i, n - i};
            if (kh_map_get(&know->dates, kh_hash(word))) {
                date_words++;
            } else {
                others += n - i > 2;
            }
        }
        i = n > i ? n : i + 1;
    }
    if (!numbers || numbers > 9 || others > 3) {
        return false;
    }
    return (shaped > 0 && others <= 1 + date_words) || (date_words > 0 && years > 0 && others <= 2) || (date_words >= 2 && others <= 1);
}

/* What a piece of a line may be in a date. */
typedef enum date_part { PART_OTHER, PART_DAY, PART_MONTH, PART_YEAR, PART_WHOLE } date_part;

static date_part part_of_number(kh_str number)
{
    bool plain = true;
    for (size_t i = 0; i < number.len; i++) {
        plain = plain && number.ptr[i] >= '0' && number.ptr[i] <= '9';
    }
    if (!plain) {
        bool clock = memchr(number.ptr, ':', number.len) != NULL;
        return !clock && is_date_number(number) ? PART_WHOLE : PART_OTHER;
    }
    return number.len <= 2 ? PART_DAY : number.len == 4 ? PART_YEAR : PART_OTHER;
}

/* The next word or number of KEY from *AT on, which moves behind it; empty at the end. */
static kh_str next_piece(kh_str key, size_t *at)
{
    size_t i = *at;
    while (i < key.len && !kh_in_word(key.ptr[i])) {
        i++;
    }
    size_t n = i;
    bool digit = n < key.len && key.ptr[n] >= '0' && key.ptr[n] <= '9';
    while (n < key.len) {
        bool more = key.ptr[n] >= '0' && key.ptr[n] <= '9';
        bool joint = digit && strchr(".:/-", key.ptr[n]) && n + 1 < key.len && key.ptr[n + 1] >= '0' && key.ptr[n + 1] <= '9';
        if (digit ? !more && !joint : more || !kh_in_word(key.ptr[n])) {
            break;
        }
        n++;
    }
    *at = n;
    return (kh_str){key.ptr + i, n - i};
}

bool kh_line_holds_date(const kh_page_know *know, kh_arena scratch, kh_str line)
{
    enum { REACH = 4 }; /* "3rd of June, 2020" */
    kh_str key = line_key(&scratch, line);
    size_t seen[PART_WHOLE + 1] = {0}, place = REACH;
    for (size_t at = 0; at < key.len;) {
        kh_str piece = next_piece(key, &at);
        if (!piece.len) {
            break;
        }
        bool digit = piece.ptr[0] >= '0' && piece.ptr[0] <= '9';
        const uint32_t *word = digit ? NULL : kh_map_get(&know->dates, kh_hash(piece));
        date_part part = digit ? part_of_number(piece) : word && *word & MONTH_WORD ? PART_MONTH : PART_OTHER;
        seen[part] = ++place;
        size_t from = place - REACH;
        if (part == PART_WHOLE || (seen[PART_DAY] >= from && seen[PART_MONTH] >= from && seen[PART_YEAR] >= from)) {
            return true;
        }
    }
    return false;
}

const kh_byline_know *kh_page_bylines(const kh_page_know *know)
{
    return know->bylines;
}
