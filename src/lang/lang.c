/* lang.c - which language a text is in.
 *
 * Decides by the script of most letters, then by character n-grams: "الحكومة قالت" is Arabic, "دولت گفت" is
 * Persian, "حکومت نے کہا" Urdu, "حکوومەت گوتی" Sorani Kurdish, though all four are in one script. Scripts of
 * one language on the web decide alone (Hebrew, Greek, Hangul, kana).
 *
 * Method: naive Bayes over n-grams of 1 to 4 characters inside words (W. Cavnar and J. Trenkle 1994 for the
 * n-grams; T. Dunning 1994 for the probabilities), as weights against the mean of the languages of a script,
 * from data/languages/<tag>/ngrams.txt (gen/langmodel.py writes it and says how). Nothing is folded before:
 * ی and ي, ک and ك are evidence. Of a long text four pieces are read, so that one line in another language,
 * or a head of site words, does not decide. A language that has letters.txt but no ngrams.txt (Sindhi) wins
 * where the letters that it alone has are frequent.
 *
 * `und` when there are fewer than 12 letters and the best is not clear, when the text is no words, and when
 * the n-grams fit no known language (Dutch is no bad German).
 *
 * Gets wrong: two words that are Persian and Urdu alike; Gilaki and Torwali written like their neighbours.
 */
#include "lang/lang.h"

#include <string.h>

enum {
    GROUP_LANGS_MAX = 16, /* languages of one script */
    GRAM_MAX = 4,
    PIECES = 4,
    PIECE_BYTES = 240,
    PIECE_LETTERS = 110,
    LETTERS_MAX = PIECES * PIECE_LETTERS,
    LETTERS_MIN = 12,  /* below: only a clear winner */
    LETTERS_LEAST = 4, /* below: never */
    LOUD_LETTERS = 30, /* one letter in so many speaks for a language without n-grams */
    SCALE = 16         /* weights are sixteenths of a natural logarithm */
};

typedef struct gram {
    uint64_t key; /* up to four characters of 16 bits, the last one lowest */
    int8_t weights[GROUP_LANGS_MAX];
} gram;

/* The languages of one script and their n-grams: open addressing. */
typedef struct group {
    gram *grams;
    size_t room; /* power of two */
    size_t count;
    uint8_t langs[GROUP_LANGS_MAX];
    int16_t prior[GROUP_LANGS_MAX];
    size_t lang_count;
} group;

typedef struct letters_of {
    uint8_t lang;
    uint32_t letters[32];
    size_t count;
} letters_of;

struct kh_lang_know {
    const kh_lexicon *lex;
    group groups[KH_SCRIPT_OTHER + 1];
    KH_LIST(letters_of) rare; /* languages without n-grams */
};

/* ---- scripts ---- */

typedef struct tally {
    size_t letters;
    size_t by_script[KH_SCRIPT_OTHER + 1];
    size_t kana;
} tally;

static void count_scripts(kh_str s, tally *t)
{
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        kh_script script = kh_script_of(cp);
        t->by_script[script]++;
        t->letters += script != KH_SCRIPT_NONE;
        t->kana += cp >= 0x3041 && cp <= 0x30FF;
    }
}

static kh_script main_script(const tally *t)
{
    kh_script best = KH_SCRIPT_NONE;
    size_t most = 0;
    for (int s = KH_SCRIPT_NONE + 1; s <= KH_SCRIPT_OTHER; s++) {
        if (t->by_script[s] > most) {
            most = t->by_script[s];
            best = (kh_script)s;
        }
    }
    return best;
}

/* ---- the model ---- */

static size_t slot_of(const group *g, uint64_t key)
{
    size_t i = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (g->room - 1);
    while (g->grams[i].key && g->grams[i].key != key) {
        i = (i + 1) & (g->room - 1);
    }
    return i;
}

static void grow(kh_arena *out, group *g)
{
    group old = *g;
    g->room = old.room ? old.room * 2 : 4096;
    g->grams = KH_NEW_N(out, gram, g->room);
    for (size_t i = 0; i < old.room; i++) {
        if (old.grams[i].key) {
            g->grams[slot_of(g, old.grams[i].key)] = old.grams[i];
        }
    }
}

/* "_ab" with '_' for the space; 0 when it is too long. */
static uint64_t key_of(kh_str word)
{
    uint64_t key = 0;
    size_t count = 0;
    for (size_t i = 0, n = 0; i < word.len; i += n) {
        uint32_t cp = kh_utf8_at(word, i, &n);
        key = key << 16 | (cp == '_' ? ' ' : cp & 0xFFFF);
        count++;
    }
    return count <= GRAM_MAX ? key : 0;
}

static size_t key_length(uint64_t key)
{
    return key >> 48 ? 4 : key >> 32 ? 3 : key >> 16 ? 2 : 1;
}

static int small_number(kh_str s)
{
    bool minus = s.len && s.ptr[0] == '-';
    uint64_t value = 0;
    kh_str_u64(kh_str_from(s, minus), &value);
    int small = value > 1000 ? 1000 : (int)value;
    return minus ? -small : small;
}

enum { UNSET = -128 };

/* The place of LANG in G, added when it is new; GROUP_LANGS_MAX when there is no room. */
static size_t place_of(group *g, uint8_t lang)
{
    for (size_t k = 0; k < g->lang_count; k++) {
        if (g->langs[k] == lang) {
            return k;
        }
    }
    if (g->lang_count < GROUP_LANGS_MAX) {
        g->langs[g->lang_count] = lang;
        return g->lang_count++;
    }
    return GROUP_LANGS_MAX;
}

static void add_grams(kh_arena *out, group *g, size_t place, int weight, kh_str grams)
{
    kh_str word;
    while (kh_str_cut(&grams, ' ', &word)) {
        uint64_t key = key_of(word);
        if (!key) {
            continue;
        }
        if ((g->count + 1) * 2 > g->room) {
            grow(out, g);
        }
        gram *at = &g->grams[slot_of(g, key)];
        if (!at->key) {
            at->key = key;
            memset(at->weights, UNSET, sizeof at->weights);
            g->count++;
        }
        at->weights[place] = (int8_t)(weight < -127 ? -127 : weight > 127 ? 127 : weight);
    }
}

/* The script of most letters of the table of one language, whose rows begin at FIRST. */
static kh_script script_of_table(kh_rows rows, size_t first)
{
    tally t = {0};
    for (size_t i = first; i < rows.count && rows.items[i].lang == rows.items[first].lang; i++) {
        count_scripts(kh_cell(&rows.items[i], 1), &t);
    }
    return main_script(&t);
}

/* Gives the n-grams that LANG's table does not have the weights of its `absent` row, by length. */
static void fill_absent(group *g, size_t place, const int *absent)
{
    for (size_t i = 0; i < g->room; i++) {
        if (g->grams[i].key && g->grams[i].weights[place] == UNSET) {
            g->grams[i].weights[place] = (int8_t)absent[key_length(g->grams[i].key)];
        }
    }
}

static void read_absent(kh_str cell, int *absent)
{
    kh_str number;
    for (size_t n = 1; n <= GRAM_MAX && kh_str_cut(&cell, ' ', &number); n++) {
        absent[n] = small_number(number);
        absent[n] = absent[n] < -127 ? -127 : absent[n] > 127 ? 127 : absent[n];
    }
}

static void add_tables(kh_arena *out, kh_lang_know *know, kh_rows rows)
{
    int absent[KH_LANGS_MAX][GRAM_MAX + 1];
    memset(absent, 0, sizeof absent);
    kh_script script = KH_SCRIPT_NONE;
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (i == 0 || rows.items[i - 1].lang != row->lang) {
            script = script_of_table(rows, i);
        }
        group *g = &know->groups[script];
        size_t place = place_of(g, row->lang);
        kh_str kind = kh_cell(row, 0);
        if (place == GROUP_LANGS_MAX) {
            continue;
        }
        if (kh_str_eq(kind, KH_STR("absent"))) {
            read_absent(kh_cell(row, 1), absent[row->lang]);
        } else if (kh_str_eq(kind, KH_STR("prior"))) {
            g->prior[place] = (int16_t)small_number(kh_cell(row, 1));
        } else {
            add_grams(out, g, place, small_number(kind), kh_cell(row, 1));
        }
    }
    for (size_t s = 0; s <= KH_SCRIPT_OTHER; s++) {
        for (size_t k = 0; k < know->groups[s].lang_count; k++) {
            fill_absent(&know->groups[s], k, absent[know->groups[s].langs[k]]);
        }
    }
}

static bool has_model(const kh_lang_know *know, uint8_t lang)
{
    for (size_t s = 0; s <= KH_SCRIPT_OTHER; s++) {
        for (size_t k = 0; k < know->groups[s].lang_count; k++) {
            if (know->groups[s].langs[k] == lang) {
                return true;
            }
        }
    }
    return false;
}

static void add_letters(kh_arena *out, kh_lang_know *know, kh_rows rows)
{
    for (size_t i = 0; i < rows.count; i++) {
        const kh_row *row = &rows.items[i];
        if (!kh_str_eq(kh_cell(row, 0), KH_STR("for")) || has_model(know, row->lang)) {
            continue;
        }
        letters_of *r = KH_ADD(out, &know->rare);
        *r = (letters_of){.lang = row->lang};
        kh_str cell = kh_cell(row, 1);
        for (size_t at = 0, n = 0; at < cell.len && r->count < 32; at += n) {
            uint32_t cp = kh_utf8_at(cell, at, &n);
            if (cp > ' ' && cp != '|') {
                r->letters[r->count++] = cp;
            }
        }
    }
}

const kh_lang_know *kh_lang_know_of(kh_arena *out, const kh_lexicon *lex)
{
    kh_lang_know *know = KH_NEW(out, kh_lang_know);
    know->lex = lex;
    add_tables(out, know, kh_lexicon_rows(lex, "ngrams"));
    add_letters(out, know, kh_lexicon_rows(lex, "letters"));
    return know;
}

/* ---- reading ---- */

static uint32_t lower(uint32_t cp)
{
    if (cp < 0x80) {
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    }
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) || (cp >= 0x391 && cp <= 0x3A9) ||
        (cp >= 0x410 && cp <= 0x42F)) {
        return cp + 32;
    }
    if (cp >= 0x400 && cp <= 0x40F) {
        return cp + 80;
    }
    if (cp == 0x130) {
        return 'i';
    }
    if (cp == 0x178) {
        return 0xFF;
    }
    if (cp == 0x18F) {
        return 0x259;
    }
    bool odd_first = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
    bool paired = (cp >= 0x100 && cp <= 0x177) || (cp >= 0x48A && cp <= 0x52F) ||
                  (cp >= 0x1E00 && cp <= 0x1EFF);
    if (odd_first) {
        return cp + (cp & 1);
    }
    return paired ? cp | 1 : cp;
}

/* Vowel signs, tatweel and what turns text around: as if they were not there. */
static bool is_silent(uint32_t cp)
{
    return cp == 0x640 || cp == 0xAD || (cp >= 0x64B && cp <= 0x652) ||
           (cp >= 0x200D && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || cp > 0xFFFF;
}

typedef struct scores {
    int32_t sums[GROUP_LANGS_MAX];
    size_t grams; /* n-grams met that some language knows */
    size_t seen;  /* all n-grams met */
    size_t letters;
} scores;

static void score_grams(const group *g, uint64_t recent, scores *out)
{
    static const uint64_t masks[] = {0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, UINT64_MAX};
    for (size_t n = 0; n < GRAM_MAX; n++) {
        uint64_t key = recent & masks[n];
        uint64_t first = key >> (16 * n);
        if (!first || (n >= 2 && (key >> (16 * (n - 1)) & 0xFFFF) == ' ')) {
            return; /* beyond the beginning, or a space inside */
        }
        if (key == ' ') {
            continue;
        }
        out->seen++;
        const gram *found = &g->grams[slot_of(g, key)];
        if (found->key) {
            out->grams++;
            for (size_t k = 0; k < GROUP_LANGS_MAX; k++) {
                out->sums[k] += found->weights[k];
            }
        }
    }
}

static void score_piece(const group *g, kh_script script, kh_str s, size_t letters_max, scores *out)
{
    uint64_t recent = ' ';
    size_t enough = out->letters + letters_max;
    for (size_t i = 0, n = 0; i <= s.len; i += n) {
        uint32_t cp = ' ';
        n = 1;
        if (i < s.len) {
            cp = kh_utf8_at(s, i, &n);
        }
        if (is_silent(cp)) {
            continue;
        }
        kh_script own = kh_script_of(cp);
        bool letter = own == script || (own == KH_SCRIPT_NONE && kh_is_letter(cp));
        cp = letter ? lower(cp) : ' ';
        if (cp == ' ' && (recent & 0xFFFF) == ' ') {
            continue;
        }
        out->letters += cp != ' ';
        recent = recent << 16 | cp;
        score_grams(g, recent, out);
        if (out->letters >= enough && cp == ' ') {
            return;
        }
    }
}

/* The piece of TEXT that begins at the first space at or after AT. */
static kh_str piece_at(kh_str text, size_t at)
{
    while (at > 0 && at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\n') {
        at++;
    }
    size_t end = at + PIECE_BYTES < text.len ? at + PIECE_BYTES : text.len;
    while (end > at && end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) {
        end--;
    }
    return at < end ? (kh_str){text.ptr + at, end - at} : (kh_str){0};
}

typedef struct pieces {
    kh_str items[PIECES];
    size_t count;
} pieces;

static pieces cut(kh_str text)
{
    pieces p = {.count = 1, .items = {text}};
    if (text.len > PIECES * PIECE_BYTES) {
        for (p.count = 0; p.count < PIECES; p.count++) {
            p.items[p.count] =
                piece_at(text, p.count * (text.len - PIECE_BYTES) / (PIECES - 1) / 8 * 7);
        }
    }
    return p;
}

/* A language without n-grams whose own letters are frequent; KH_LANG_NONE when there is none. */
static uint8_t by_letters(const kh_lang_know *know, const pieces *p, size_t letters)
{
    KH_EACH (const letters_of, r, know->rare) {
        size_t own = 0;
        for (size_t i = 0; i < p->count; i++) {
            for (size_t at = 0, n = 0; at < p->items[i].len; at += n) {
                uint32_t cp = kh_utf8_at(p->items[i], at, &n);
                for (size_t k = 0; cp >= 0x80 && k < r->count; k++) {
                    own += cp == r->letters[k];
                }
            }
        }
        if (own >= 3 && own * LOUD_LETTERS >= letters) {
            return r->lang;
        }
    }
    return KH_LANG_NONE;
}

/* The language of a script that has one on the web. */
static kh_str by_script(kh_script script, const tally *t)
{
    switch (script) {
    case KH_SCRIPT_HEBREW:
        return KH_STR("he");
    case KH_SCRIPT_GREEK:
        return KH_STR("el");
    case KH_SCRIPT_HANGUL:
        return KH_STR("ko");
    case KH_SCRIPT_HAN:
        return t->kana * 10 > t->by_script[KH_SCRIPT_HAN] ? KH_STR("ja") : KH_STR("zh");
    case KH_SCRIPT_DEVANAGARI:
        return KH_STR("hi");
    default:
        return (kh_str){0};
    }
}

static const kh_lang_guess undecided = {.tag = {"und", 3}, .confidence = 0};

/* The best language of the group; `und` when it is not clear or fits badly. */
static kh_lang_guess choose(const kh_lang_know *know, const group *g, const scores *s)
{
    size_t best = 0;
    int32_t second = INT32_MIN;
    for (size_t k = 1; k < g->lang_count; k++) {
        best = s->sums[k] + g->prior[k] > s->sums[best] + g->prior[best] ? k : best;
    }
    int32_t top = s->sums[best] + g->prior[best];
    for (size_t k = 0; k < g->lang_count; k++) {
        if (k != best && s->sums[k] + g->prior[k] > second) {
            second = s->sums[k] + g->prior[k];
        }
    }
    float lead = g->lang_count > 1 ? (float)(top - second) / SCALE : 10;
    bool poor = s->letters >= 40 && (s->sums[best] < 0 || s->grams * 2 < s->seen);
    if (s->letters < LETTERS_LEAST || (s->letters < LETTERS_MIN && lead < 1) || poor) {
        return undecided;
    }
    float confidence = lead > 20 ? 1 : 0.5f + lead / 40;
    return (kh_lang_guess){.tag = kh_lexicon_tag(know->lex, g->langs[best]),
                           .confidence = confidence};
}

kh_lang_guess kh_lang_of(kh_arena scratch, const kh_lang_know *know, kh_str text)
{
    (void)scratch;
    tally t = {0};
    pieces p = cut(text);
    for (size_t i = 0; i < p.count; i++) {
        count_scripts(p.items[i], &t);
    }
    kh_script script = main_script(&t);
    if (t.letters == 0) {
        return undecided;
    }
    kh_str alone = by_script(script, &t);
    if (alone.len) {
        bool enough = t.letters >= LETTERS_LEAST || script == KH_SCRIPT_HAN;
        return enough ? (kh_lang_guess){.tag = alone, .confidence = 0.9f} : undecided;
    }
    uint8_t rare = by_letters(know, &p, t.by_script[script]);
    if (rare != KH_LANG_NONE) {
        return (kh_lang_guess){.tag = kh_lexicon_tag(know->lex, rare), .confidence = 0.8f};
    }
    const group *g = &know->groups[script];
    if (g->lang_count == 0) {
        return undecided;
    }
    scores s = {0};
    for (size_t i = 0; i < p.count; i++) {
        score_piece(g, script, p.items[i], p.count > 1 ? PIECE_LETTERS : LETTERS_MAX, &s);
    }
    return choose(know, g, &s);
}
