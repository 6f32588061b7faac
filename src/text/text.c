/* text.c - lines, sentences and tokens of a text, on top of the fold.
 *
 * Decides what a word, a number and a sentence are. Example: "وأُجلي 3 آلاف و412 شخصاً." gives the tokens
 * واجلي 3 الاف و 412 شخصا "." : a change between letters and digits always parts tokens, because Arabic
 * writes its conjunction onto the digits. "2,2" and "48.5" are one number each. Apostrophes and hyphens
 * are tokens of their own ("Putin'in" gives Putin ' in), so that endings never hide a name.
 *
 * Sentences end at . ! ? … ؟ ۔ 。 before white space, closing marks included; a full stop after an
 * initial, a known abbreviation or a number that goes on in lower case ends none. A line's end always
 * ends a sentence, because a line is a block of the page. After Unicode UAX 29 in spirit, with the rules
 * that news prose needs and no others.
 *
 * Each Chinese character is a token, so that a word of the tables is found as a phrase of several.
 *
 * Gets wrong: abbreviations outside the list before a capital ("approx. Three"), Thai words (a run of letters
 * is one).
 */
#include "text/text.h"

#include <string.h>

kh_script kh_script_beyond(uint32_t cp)
{
    if ((cp >= 0xC0 && cp <= 0x2AF && cp != 0xD7 && cp != 0xF7) || (cp >= 0x1E00 && cp <= 0x1EFF)) {
        return KH_SCRIPT_LATIN;
    }
    if (cp < 0x370) {
        return KH_SCRIPT_NONE;
    }
    if (cp <= 0x3FF) {
        return KH_SCRIPT_GREEK;
    }
    if (cp <= 0x52F) {
        return KH_SCRIPT_CYRILLIC;
    }
    if (cp >= 0x5D0 && cp <= 0x5F2) {
        return KH_SCRIPT_HEBREW;
    }
    if ((cp >= 0x620 && cp <= 0x6D3 && !(cp >= 0x660 && cp <= 0x66D)) || cp == 0x6D5 || (cp >= 0x6EE && cp <= 0x6EF) ||
        (cp >= 0x6FA && cp <= 0x6FF) || (cp >= 0x750 && cp <= 0x77F) || (cp >= 0x8A0 && cp <= 0x8C9) ||
        (cp >= 0xFB50 && cp <= 0xFDFB && cp != 0xFD3E && cp != 0xFD3F) || (cp >= 0xFE70 && cp <= 0xFEFC)) {
        return KH_SCRIPT_ARABIC;
    }
    if (cp >= 0x900 && cp <= 0x97F) {
        return KH_SCRIPT_DEVANAGARI;
    }
    if ((cp >= 0x3041 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF)) {
        return KH_SCRIPT_HAN;
    }
    if ((cp >= 0xAC00 && cp <= 0xD7AF) || (cp >= 0x1100 && cp <= 0x11FF)) {
        return KH_SCRIPT_HANGUL;
    }
    bool letter = (cp >= 0x531 && cp <= 0x587) || (cp >= 0x980 && cp <= 0x10FF) || (cp >= 0x1200 && cp <= 0x1DFF);
    return letter ? KH_SCRIPT_OTHER : KH_SCRIPT_NONE;
}

bool kh_script_rtl(kh_script script)
{
    return script == KH_SCRIPT_ARABIC || script == KH_SCRIPT_HEBREW;
}

/* Marks that stand inside words and make no word alone. */
static bool is_mark(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x591 && cp <= 0x5C7) || (cp >= 0x610 && cp <= 0x61A) || (cp >= 0x64B && cp <= 0x65F) ||
           cp == 0x640 || cp == 0x670 || (cp >= 0x6D6 && cp <= 0x6ED && cp != 0x6D4) || cp == 0x200C || cp == 0x200D || cp == 0xAD ||
           (cp >= 0x8D3 && cp <= 0x8FF);
}

bool kh_is_letter(uint32_t cp)
{
    return kh_script_of(cp) != KH_SCRIPT_NONE || is_mark(cp);
}

static bool is_upper(uint32_t cp)
{
    if (cp < 0x80) {
        return cp >= 'A' && cp <= 'Z';
    }
    if (cp < 0x100) {
        return cp >= 0xC0 && cp <= 0xDE && cp != 0xD7;
    }
    if (cp < 0x250) {
        bool odd_pairs = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E) || (cp >= 0x1CD && cp <= 0x1DC);
        return cp == 0x178 || cp == 0x18F || (odd_pairs ? (cp & 1) : !(cp & 1));
    }
    if (cp >= 0x391 && cp <= 0x3AB) {
        return true;
    }
    if (cp >= 0x400 && cp <= 0x42F) {
        return true;
    }
    return ((cp >= 0x460 && cp <= 0x481) || (cp >= 0x48A && cp <= 0x52F) || (cp >= 0x1E00 && cp <= 0x1EFF)) && !(cp & 1);
}

/* ---- tokens ---- */

typedef struct cutter {
    kh_arena *out;
    kh_text *text;
    kh_str source;
    size_t at;     /* source byte */
    size_t key_at; /* key byte of `at` */
    bool space;    /* white space was passed since the last token */
    bool line_start;
} cutter;

typedef enum char_class { CLASS_SPACE, CLASS_LETTER, CLASS_DIGIT, CLASS_PUNCT } char_class;

static char_class class_of(uint32_t cp)
{
    if ((cp | 32) - 'a' < 26 || cp - 0x620 < 0x40) { /* Latin and Arabic letters, most of all characters */
        return CLASS_LETTER;
    }
    if (kh_digit_of(cp) >= 0) {
        return CLASS_DIGIT;
    }
    if (kh_is_letter(cp)) {
        return CLASS_LETTER;
    }
    bool space = cp <= ' ' || cp == 0x85 || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
                 cp == 0x205F || cp == 0x3000;
    bool invisible = (cp >= 0x200E && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x2069) || cp == 0xFEFF ||
                     (cp >= 0xFE00 && cp <= 0xFE0F);
    return space || invisible ? CLASS_SPACE : CLASS_PUNCT;
}

/* The key byte at which source byte AT's character begins; moves forward only. */
static size_t key_of(cutter *c, size_t at)
{
    const kh_folded *f = &c->text->folded;
    while (c->key_at < f->key.len && f->map[c->key_at] < at) {
        c->key_at++;
    }
    return c->key_at;
}

static bool is_separator(uint32_t cp)
{
    return cp == '.' || cp == ',' || cp == 0x66B || cp == 0x66C;
}

/* Chinese and Japanese ideographs, of which words are written without spaces. */
static bool is_ideograph(uint32_t cp)
{
    return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF);
}

/* The end of the word or number that begins at AT; an ideograph is a word of its own. */
static size_t run_end(kh_str s, size_t at, char_class class)
{
    size_t n = 0;
    size_t first = at;
    while (at < s.len) {
        if (class == CLASS_LETTER && (unsigned char)((s.ptr[at] | 32) - 'a') < 26) {
            at++;
            continue;
        }
        uint32_t cp = kh_utf8_at(s, at, &n);
        if (is_ideograph(cp)) {
            return at > first ? at : at + n;
        }
        if (class_of(cp) == class) {
            at += n;
            continue;
        }
        size_t m = 0;
        bool joined = class == CLASS_DIGIT && is_separator(cp) && at + n < s.len && kh_digit_of(kh_utf8_at(s, at + n, &m)) >= 0;
        if (!joined) {
            break;
        }
        at += n;
    }
    return at;
}

static uint8_t case_flags(kh_str word)
{
    unsigned flags = 0;
    size_t letters = 0;
    size_t upper = 0;
    for (size_t i = 0, n = 0; i < word.len; i += n) {
        uint32_t cp = kh_utf8_at(word, i, &n);
        if (cp < 0x80 || !is_mark(cp)) {
            letters++;
            upper += is_upper(cp);
            if (letters == 1 && upper) {
                flags = KH_CAPITAL;
            }
        }
    }
    return (uint8_t)(flags | (letters > 1 && upper == letters ? (unsigned)KH_ALL_CAPS : 0u));
}

static kh_script first_script(kh_str word)
{
    for (size_t i = 0, n = 0; i < word.len; i += n) {
        kh_script script = kh_script_of(kh_utf8_at(word, i, &n));
        if (script != KH_SCRIPT_NONE) {
            return script;
        }
    }
    return KH_SCRIPT_NONE;
}

static void add_token(cutter *c, size_t end, kh_token_kind kind, uint32_t cp)
{
    kh_text *t = c->text;
    size_t k0 = key_of(c, c->at);
    size_t k1 = key_of(c, end);
    kh_str key = {t->folded.key.ptr + k0, k1 - k0};
    kh_str word = {c->source.ptr + c->at, end - c->at};
    kh_script script = kind == KH_WORD ? first_script(word) : KH_SCRIPT_NONE;
    if (kind == KH_WORD && (key.len == 0 || script == KH_SCRIPT_NONE)) {
        if (cp != 0x640) {
            return; /* stray marks make no token */
        }
        kind = KH_PUNCT; /* a tatweel alone is a dash */
        key = KH_STR("-");
    }
    unsigned flags = (c->space ? (unsigned)KH_SPACE_BEFORE : 0u) | (c->line_start ? (unsigned)KH_LINE_START : 0u);
    if (kind == KH_WORD && script != KH_SCRIPT_ARABIC) {
        flags |= case_flags(word);
    }
    *KH_ADD(c->out, &t->tokens) = (kh_token){
        .span = {(uint32_t)c->at, (uint32_t)end},
        .key = key,
        .hash = kh_hash(key),
        .cp = cp,
        .line = (uint32_t)t->lines.count,
        .kind = (uint8_t)kind,
        .script = (uint8_t)script,
        .flags = (uint8_t)flags,
    };
    c->space = false;
    c->line_start = false;
}

static void cut_line(cutter *c, size_t line_end)
{
    kh_str line = {c->source.ptr, line_end};
    c->space = true;
    c->line_start = true;
    while (c->at < line_end && c->text->tokens.count < KH_TOKENS_MAX) {
        size_t n = 0;
        uint32_t cp = kh_utf8_at(line, c->at, &n);
        char_class class = class_of(cp);
        size_t end = c->at + n;
        if (class == CLASS_SPACE) {
            c->space = c->space || n != 3 || cp < 0x200C || cp > 0x2069; /* bidi controls part nothing */
        } else if (class == CLASS_PUNCT) {
            add_token(c, end, KH_PUNCT, cp);
        } else {
            end = run_end(line, c->at, class);
            add_token(c, end, class == CLASS_LETTER ? KH_WORD : KH_NUMBER, cp);
        }
        c->at = end;
    }
    c->at = line_end;
}

/* ---- sentences ---- */

static bool is_one_of(kh_str key, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq(key, kh_str_z(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Folded words before a full stop that ends no sentence: what follows belongs to them. */
static bool is_title(kh_str key)
{
    static const char *const known[] = {"mr",  "mrs",  "ms",   "dr",  "st",  "gen", "brig", "col", "lt",  "sgt", "capt", "sen",
                                        "rep", "gov",  "prof", "no",  "vs",  "jan", "feb",  "mar", "apr", "jun", "jul",  "aug",
                                        "sep", "sept", "oct",  "nov", "dec", "bzw", "ca",   "nr",  "hr",  "fr",  "sra",  "mme",
                                        "mm",  "ул",   "им",   "т",   "д",   "см",  "др",   "пр",  "doc", "av",  "г"};
    return is_one_of(key, known, sizeof known / sizeof *known);
}

/* Those that also stand at a sentence's end: a capital behind them begins a new one. */
static bool is_unit(kh_str key)
{
    static const char *const known[] = {"тыс",  "млн", "млрд", "руб", "гг",     "р",   "jr",  "sr", "inc",
                                        "corp", "co",  "ltd",  "etc", "approx", "usw", "str", "yrd"};
    return is_one_of(key, known, sizeof known / sizeof *known);
}

static bool is_cased(const kh_token *t)
{
    return t->kind == KH_WORD && (t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC);
}

/* Does the full stop at token I end a sentence? */
static bool stop_ends(const kh_text *t, size_t i, size_t line_end)
{
    if (i + 1 >= line_end) {
        return true;
    }
    const kh_token *next = &t->tokens.items[i + 1];
    if (!(next->flags & KH_SPACE_BEFORE) && !kh_is_close_quote(next->cp) && next->cp != ')') {
        return false;
    }
    if (i == 0 || t->tokens.items[i].cp != '.') {
        return true;
    }
    if (is_cased(next) && !(next->flags & KH_CAPITAL)) {
        return false; /* 5 p.m. on Monday; 3. kerrosta */
    }
    const kh_token *before = &t->tokens.items[i - 1];
    if (!is_cased(before)) {
        return true;
    }
    bool initial = (before->flags & KH_CAPITAL) && kh_utf8_count(before->key) == 1;
    bool of_a_number = i >= 2 && t->tokens.items[i - 2].kind == KH_NUMBER; /* в 2020 г. Он ... */
    if (is_unit(before->key)) {
        return is_cased(next);
    }
    return !initial && (of_a_number || !is_title(before->key));
}

static bool is_final(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x61F || cp == 0x6D4 || cp == 0x3002 || cp == 0x964;
}

static void close_sentence(cutter *c, size_t first, size_t end, uint32_t line)
{
    kh_text *t = c->text;
    uint32_t index = (uint32_t)t->sentences.count;
    for (size_t i = first; i < end; i++) {
        t->tokens.items[i].sentence = index;
    }
    t->tokens.items[first].flags |= KH_SENTENCE_START;
    *KH_ADD(c->out, &t->sentences) =
        (kh_stretch){.span = kh_text_span(t, first, end), .first = (uint32_t)first, .end = (uint32_t)end, .line = line};
}

static void cut_sentences(cutter *c, size_t first, size_t end, uint32_t line)
{
    kh_text *t = c->text;
    size_t begin = first;
    for (size_t i = first; i < end; i++) {
        if (t->tokens.items[i].kind != KH_PUNCT || !is_final(t->tokens.items[i].cp) || !stop_ends(t, i, end)) {
            continue;
        }
        while (i + 1 < end && t->tokens.items[i + 1].kind == KH_PUNCT && !(t->tokens.items[i + 1].flags & KH_SPACE_BEFORE) &&
               (is_final(t->tokens.items[i + 1].cp) || kh_is_close_quote(t->tokens.items[i + 1].cp) || t->tokens.items[i + 1].cp == ')')) {
            i++;
        }
        close_sentence(c, begin, i + 1, line);
        begin = i + 1;
    }
    if (begin < end) {
        close_sentence(c, begin, end, line);
    }
}

kh_text *kh_text_of(kh_arena *out, kh_str source)
{
    kh_text *t = KH_NEW(out, kh_text);
    t->source = source;
    t->folded = kh_fold(out, source);
    cutter c = {.out = out, .text = t, .source = source};
    while (c.at < source.len) {
        const char *stop = memchr(source.ptr + c.at, '\n', source.len - c.at);
        size_t line_end = stop ? (size_t)(stop - source.ptr) : source.len;
        size_t first = t->tokens.count;
        kh_str bytes = kh_str_trim((kh_str){source.ptr + c.at, line_end - c.at});
        cut_line(&c, line_end);
        uint32_t line = (uint32_t)t->lines.count;
        size_t end = t->tokens.count;
        *KH_ADD(out, &t->lines) =
            (kh_stretch){.span = kh_span_of(source, bytes), .first = (uint32_t)first, .end = (uint32_t)end, .line = line};
        cut_sentences(&c, first, end, line);
        c.at = line_end + 1;
    }
    return t;
}

kh_span kh_text_span(const kh_text *t, size_t first, size_t end)
{
    if (end <= first || end > t->tokens.count) {
        return (kh_span){0};
    }
    return (kh_span){t->tokens.items[first].span.begin, t->tokens.items[end - 1].span.end};
}

kh_str kh_text_slice(const kh_text *t, kh_span span)
{
    return kh_slice(t->source, span);
}

size_t kh_text_token_at(const kh_text *t, uint32_t at)
{
    size_t low = 0;
    size_t high = t->tokens.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (t->tokens.items[mid].span.end <= at) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low;
}

uint32_t kh_text_inside(const kh_text *t, size_t token, size_t key_bytes)
{
    const kh_token *k = &t->tokens.items[token];
    if (key_bytes == 0 || k->kind == KH_PUNCT) {
        return k->span.begin;
    }
    if (key_bytes >= k->key.len) {
        return k->span.end;
    }
    return t->folded.map[(size_t)(k->key.ptr - t->folded.key.ptr) + key_bytes];
}
