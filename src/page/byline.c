/* byline.c - the persons who sign a report, out of what a byline really holds.
 *
 *     "By Samya Nader and Vera Ilyina, Nairobi | 4 May 2024, 09:36"     Samya Nader, Vera Ilyina
 *     "بقلم: هدى علي - رويترز"                                           هدى علي
 *     "Von Karim Nasser mit dpa", "Karim Nasser (kna)"                  Karim Nasser
 *     "Redaktion", "admin", "صوت الوادي", "AFP"                          nobody
 *
 * The line is parted at marks and at the words that join names; from each piece the words that introduce
 * it are taken off, and it ends before a word after which no name of a signer stands, before a digit and
 * before a bracket (data/world/bylines.txt). A piece is a person when two to six words are left that
 * look like a name, none of them is a function or a desk, and it is neither the outlet nor an agency. One word
 * is a name only where the page says so in metadata and nothing better stands beside it. What it gets
 * wrong: people whose name is an agency's or a desk's word; "and" in languages without a row.
 */
#include "page/parts.h"

#include "lexicon/shelf.h"

#include <string.h>

enum { NAME_WORDS_MAX = 6, NAME_BYTES_MAX = 100, FORM_WORDS_MAX = 3, LINE_BYTES_MAX = 600 };

/* Words around the names of a byline. */
typedef enum byline_word {
    WORD_NONE,
    WORD_INTRO,   /* by, بقلم */
    WORD_JOIN,    /* and */
    WORD_STOP,    /* with, in: no name of a signer follows */
    WORD_TITLE,   /* a function or a desk */
    WORD_LOGIN,   /* admin */
    WORD_PARTICLE /* von, bin: inside names, in small letters */
} byline_word;

struct kh_byline_know {
    kh_map words;    /* hash of the key -> byline_word */
    kh_map agencies; /* hash of the key of an agency's form */
};

typedef struct splitter {
    kh_arena *out;
    kh_arena scratch;
    const kh_byline_know *know;
    const kh_strs *names; /* of the site */
    bool single;          /* one word may be a name */
    kh_strs *found;
} splitter;

static void add_agencies(kh_arena *out, kh_byline_know *know, kh_rows rows, size_t column)
{
    for (size_t i = 0; i < rows.count; i++) {
        kh_str key = kh_headline_key(out, kh_cell(&rows.items[i], column));
        *kh_map_put(out, &know->agencies, kh_hash(key), NULL) = 1;
    }
}

static void add_words(kh_arena *out, kh_byline_know *know, const kh_lexicon *lex)
{
    static const char *const kinds[] = {"", "intro", "join", "stop", "title", "login", "particle"};
    kh_rows rows = kh_lexicon_world(lex, "bylines");
    for (size_t i = 0; i < rows.count; i++) {
        uint32_t *kind = kh_map_put(out, &know->words, kh_hash(kh_fold_key(out, kh_cell(&rows.items[i], 1))), NULL);
        for (uint32_t k = 1; !*kind && k < sizeof kinds / sizeof *kinds; k++) {
            *kind = kh_str_eq(kh_cell(&rows.items[i], 0), kh_str_z(kinds[k])) ? k : 0;
        }
    }
}

const kh_byline_know *kh_byline_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_byline_know *know = KH_NEW(out, kh_byline_know);
    kh_shelf *shelf = kh_shelf_open(out, lex, "bylines");
    kh_map_on(shelf, &know->words);
    kh_map_on(shelf, &know->agencies);
    if (!kh_shelf_is_ready(shelf)) {
        add_words(out, know, lex);
        add_agencies(out, know, kh_lexicon_rows(lex, "agencies"), 1);
        add_agencies(out, know, kh_lexicon_world(lex, "agencies"), 3);
    }
    kh_shelf_close(shelf);
    return know;
}

static byline_word word_of(const kh_byline_know *know, kh_arena scratch, kh_str word)
{
    kh_str key = kh_fold_key(&scratch, word);
    while (key.len && strchr(".:,;-", key.ptr[key.len - 1])) {
        key.len--;
    }
    const uint32_t *kind = kh_map_get(&know->words, kh_hash(key));
    return kind ? (byline_word)*kind : WORD_NONE;
}

static bool is_agency(const kh_byline_know *know, kh_arena scratch, kh_str name)
{
    return kh_map_get(&know->agencies, kh_hash(kh_headline_key(&scratch, name))) != NULL;
}

static bool parts_names(uint32_t cp)
{
    return cp == '|' || cp == 0xB7 || cp == 0x2022 || cp == ';' || cp == '/' || cp == ',' || cp == 0x60C || cp == 0x3001 || cp == 0xFF0C ||
           cp == '&' || cp == '+' || cp == 0x2013 || cp == 0x2014 || cp == ':' || cp == '(' || cp == ')' || cp == '[' || cp == ']' ||
           cp == 0xFF5C;
}

/* The words of S from AT on that make up a form of the table: its kind, *end behind the last. */
static byline_word form_at(const splitter *s, kh_str text, size_t at, size_t *end)
{
    byline_word kind = WORD_NONE;
    size_t stop = at;
    for (size_t words = 1; words <= FORM_WORDS_MAX && stop < text.len; words++) {
        stop += stop > at ? 1 : 0;
        kh_str rest = kh_str_from(text, stop);
        stop += kh_str_find(rest, KH_STR(" "));
        byline_word found = word_of(s->know, s->scratch, kh_slice(text, (kh_span){(uint32_t)at, (uint32_t)stop}));
        if (found != WORD_NONE) {
            kind = found;
            *end = stop;
        }
    }
    return kind;
}

/* A letter that has a capital form stands small. */
static bool is_small(kh_str word)
{
    size_t len = 0;
    uint32_t cp = kh_utf8_at(word, 0, &len);
    return (cp >= 'a' && cp <= 'z') || (cp >= 0xDF && cp <= 0xFF) || (cp >= 0x430 && cp <= 0x45F) || (cp >= 0x3AC && cp <= 0x3CE);
}

/* A letter of a script that has capitals. */
static bool is_cased(kh_str word)
{
    size_t len = 0;
    uint32_t cp = kh_utf8_at(word, 0, &len);
    return cp < 0x530 && kh_is_letter(cp);
}

static size_t word_end(kh_str s, size_t at)
{
    return at + kh_str_find(kh_str_from(s, at), KH_STR(" "));
}

/* Words that no name has: in small letters and not "von", "bin", or a function or a desk. */
static bool has_foreign_word(const splitter *s, kh_str name)
{
    for (size_t at = 0; at < name.len; at = word_end(name, at) + 1) {
        size_t end = at;
        byline_word kind = form_at(s, name, at, &end);
        kh_str word = kh_slice(name, (kh_span){(uint32_t)at, (uint32_t)word_end(name, at)});
        if (kind == WORD_TITLE || (is_small(word) && kind != WORD_PARTICLE)) {
            return true;
        }
    }
    return kh_str_find(name, KH_STR("?")) < name.len || kh_str_find(name, KH_STR("!")) < name.len;
}

static bool is_address(kh_str s)
{
    return kh_str_find(s, KH_STR("@")) < s.len || kh_str_find(s, KH_STR("www.")) < s.len || kh_str_find(s, KH_STR(".com")) < s.len;
}

static bool is_person(const splitter *s, kh_str name)
{
    kh_shape shape = kh_shape_of(name);
    byline_word word = word_of(s->know, s->scratch, name);
    bool one = shape.words == 1;
    if (name.len > NAME_BYTES_MAX || shape.words == 0 || shape.words > NAME_WORDS_MAX || shape.digits || shape.letters < 3 ||
        is_address(name) || word != WORD_NONE) {
        return false;
    }
    if ((one && !s->single) || has_foreign_word(s, name)) {
        return false;
    }
    return !kh_is_name_of_site(s->scratch, s->names, name, one) && !is_agency(s->know, s->scratch, name);
}

static void take_name(splitter *s, kh_str name)
{
    size_t at = 0;
    while (at < name.len && strchr("-*_'\". ", name.ptr[at])) {
        at++;
    }
    name = kh_str_trim(kh_str_from(name, at));
    while (name.len && strchr("-*_'\" ", name.ptr[name.len - 1])) {
        name.len--;
    }
    bool initials = name.len > 2 && name.ptr[name.len - 1] == '.' && name.ptr[name.len - 3] == ' ';
    name = !initials && kh_str_ends(name, KH_STR(".")) ? kh_str_head(name, name.len - 1) : name;
    if (!is_person(s, name)) {
        return;
    }
    kh_str key = kh_headline_key(&s->scratch, name);
    KH_EACH(const kh_str, known, *s->found) {
        if (kh_str_eq(kh_headline_key(&s->scratch, *known), key)) {
            return;
        }
    }
    if (s->found->count < KH_SAID_MAX) {
        *KH_ADD(s->out, s->found) = kh_arena_copy(s->out, name);
    }
}

/* "E" is an initial, "e" may join two names: no other form of the table is of one byte. */
static bool is_initial(kh_str text, size_t at, size_t end)
{
    return end - at == 1 && text.ptr[at] <= 'Z';
}

/* What stands at byte AT of a piece does to the name that is open there. */
typedef enum turn { TURN_NONE, TURN_SKIP, TURN_PART, TURN_END, TURN_REFUSE } turn;

static turn turn_at(const splitter *s, kh_str piece, size_t at, bool fresh, size_t *end)
{
    byline_word kind = form_at(s, piece, at, end);
    if (kind == WORD_NONE || kind == WORD_PARTICLE || is_initial(piece, at, *end)) {
        *end = word_end(piece, at);
        kh_str word = kh_slice(piece, (kh_span){(uint32_t)at, (uint32_t)*end});
        bool dash = kh_str_eq(word, KH_STR("-"));
        return dash || kh_shape_of(word).digits ? TURN_PART : TURN_NONE;
    }
    switch (kind) {
    case WORD_JOIN: return TURN_PART;
    case WORD_STOP: return fresh ? TURN_NONE : TURN_END;
    case WORD_INTRO: return TURN_SKIP;
    case WORD_LOGIN: return TURN_REFUSE;
    default: /* "Reporter Anna Smith"; in scripts without capitals also behind the name */
        return fresh ? TURN_SKIP : is_cased(kh_str_from(piece, at)) ? TURN_NONE : TURN_END;
    }
}

/* One piece between marks: names joined by words, with words around them. */
static void split_piece(splitter *s, kh_str piece)
{
    piece = kh_str_trim(piece);
    size_t from = 0, end = 0;
    bool fresh = true; /* no word of a name was seen since FROM */
    for (size_t at = 0; at < piece.len; at = end + 1) {
        turn what = turn_at(s, piece, at, fresh, &end);
        if (what == TURN_PART || what == TURN_END) {
            take_name(s, kh_slice(piece, (kh_span){(uint32_t)from, (uint32_t)at}));
        }
        if (what == TURN_END || what == TURN_REFUSE) {
            return;
        }
        fresh = what != TURN_NONE;
        from = fresh ? end + 1 : from;
    }
    take_name(s, kh_str_from(piece, from));
}

/* Where somebody has two names, one word beside them is a place or a desk. */
static void drop_single(kh_strs *found)
{
    size_t full = 0, kept = 0;
    KH_EACH(const kh_str, name, *found) {
        full += kh_shape_of(*name).words > 1;
    }
    for (size_t i = 0; full && i < found->count; i++) {
        if (kh_shape_of(found->items[i]).words > 1) {
            found->items[kept++] = found->items[i];
        }
    }
    found->count = full ? kept : found->count;
}

void kh_byline_names(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_strs *names, kh_str line, bool single,
                     kh_strs *found)
{
    splitter s = {.out = out, .scratch = scratch, .know = kh_page_bylines(know), .names = names, .single = single, .found = found};
    kh_str text = kh_headline_clean(&s.scratch, kh_str_head(line, LINE_BYTES_MAX));
    if (kh_str_find(text, KH_STR("://")) < text.len) {
        return;
    }
    size_t first = 0;
    bool wide = text.len && kh_utf8_at(text, 0, &first) >= 0x1100; /* a Korean or Chinese name is one word */
    s.single = single && (wide || kh_shape_of(text).words == 1);
    size_t from = 0;
    for (size_t at = 0, len = 0; at < text.len; at += len) {
        uint32_t cp = kh_utf8_at(text, at, &len);
        if (parts_names(cp)) {
            split_piece(&s, kh_slice(text, (kh_span){(uint32_t)from, (uint32_t)at}));
            from = at + len;
        }
    }
    split_piece(&s, kh_str_from(text, from));
    drop_single(found);
}

bool kh_byline_is_introduced(kh_arena scratch, const kh_page_know *know, kh_str line)
{
    splitter s = {.scratch = scratch, .know = kh_page_bylines(know)};
    kh_str text = kh_headline_clean(&s.scratch, kh_str_head(line, LINE_BYTES_MAX));
    for (size_t at = 0; at < text.len; at = word_end(text, at) + 1) {
        size_t end = at;
        if (form_at(&s, text, at, &end) == WORD_INTRO) {
            return true;
        }
    }
    return false;
}
