/* lang.c - which language a text is in.
 *
 * Decides by the script of most letters, then by pieces of words: "الحكومة قالت" is Arabic, "دولت گفت" is
 * Persian, "حکومت نے کہا" Urdu, "حکوومەت گوتی" Sorani Kurdish, though all four are in one script. Scripts of
 * one language on the web decide alone (Hebrew, Greek, Hangul, kana: world/scripts.txt).
 *
 * Method: naive Bayes over runs of 1 to 4 letters inside words and over whole words (W. Cavnar and J. Trenkle 1994
 * for the runs; T. Dunning 1994 for the probabilities), as weights against the mean of the languages of a script,
 * from data/languages/<tag>/ngrams.txt (gen/langmodel.c writes it and says how). Nothing is folded before:
 * ی and ي, ک and ك are evidence. Of a long text four pieces are read, so that one line in another language,
 * or a head of site words, does not decide.
 *
 * Languages without such a table (Dutch, Romanian, Serbian, Indonesian ...) are known by their function words
 * (world/function_words.txt): they win over the best language of the table where their words are a good part of
 * the text and clearly more than its own. Dari is told from Persian in the same way, by words of Afghanistan.
 *
 * `und` when there are fewer than three letters, when the script or the words are none that any table knows.
 *
 * Gets wrong: two words that are Persian and Urdu alike; Gilaki and Torwali written like their neighbours; a
 * headline of three words in a language that only has function words is taken for its neighbour.
 */
#include "lang/grams.h"
#include "lang/parts.h"

#include <string.h>

enum {
    PIECES = 4,
    PIECE_BYTES = 240,
    LETTERS_LEAST = 3, /* fewer: never */
    LETTERS_MAX = PIECES * PIECE_BYTES + 8,
    FOREIGN_LETTERS = 60, /* so many letters of a known language fit one of the tables */
    KNOWN_SHARE_MIN = 78, /* per cent of the pieces that some table has; 82 and more in texts of their languages */
    FIT_MIN = -42,        /* weight of ten pieces; -0.35 nats each, where Basque as Spanish has -0.7 */
    WORDS_MIN = 5,        /* fewer: function words are no evidence */
    HITS_MIN = 3,         /* different ones */
    WORDS_MET = 64,
    SETTLED_WORDS = 8, /* a line is asked so often whether it is in the language expected of it */
    SETTLED_LEAD = 30  /* nats; another language must have 20 to be believed of a line */
};

static const kh_lang_guess undecided = {.tag = {"und", 3}, .confidence = 0};

/* ---- pieces of a long text ---- */

typedef struct pieces {
    kh_str items[PIECES];
    size_t count;
} pieces;

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

static pieces cut(kh_str text)
{
    pieces p = {.count = 1, .items = {text}};
    if (text.len > PIECES * PIECE_BYTES) {
        for (p.count = 0; p.count < PIECES; p.count++) {
            p.items[p.count] = piece_at(text, p.count * (text.len - PIECE_BYTES) / (PIECES - 1) / 8 * 7);
        }
    }
    return p;
}

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
    size_t best = KH_SCRIPT_NONE;
    for (size_t s = KH_SCRIPT_NONE + 1; s <= KH_SCRIPT_OTHER; s++) {
        if (t->by_script[s] > (best ? t->by_script[best] : 0)) {
            best = s;
        }
    }
    return (kh_script)best;
}

/* The language of most letters of P that stand in a run of one language; empty when there is none. */
static kh_str by_range(const kh_lang_know *know, const pieces *p, kh_script script, const tally *t)
{
    size_t most = 0;
    kh_str tag = {0};
    KH_EACH(const kh_script_range, r, know->ranges) {
        size_t count = 0;
        for (size_t k = 0; k < p->count; k++) {
            for (size_t i = 0, n = 0; i < p->items[k].len; i += n) {
                uint32_t cp = kh_utf8_at(p->items[k], i, &n);
                count += cp >= r->first && cp <= r->last && kh_script_of(cp) == script;
            }
        }
        if (count > most) {
            most = count;
            tag = r->tag;
        }
    }
    bool kana = script == KH_SCRIPT_HAN && t->kana * 10 > t->by_script[KH_SCRIPT_HAN];
    return kana ? KH_STR("ja") : tag;
}

/* ---- scores ---- */

typedef struct scores {
    int32_t sums[KH_GROUP_LANGS_MAX];
    size_t grams; /* pieces of words met that some language knows */
    size_t seen;  /* all pieces of words met */
    size_t letters;
    size_t words;
    size_t hits[KH_WORD_LANGS_MAX];  /* function words met, by row */
    size_t kinds[KH_WORD_LANGS_MAX]; /* different ones */
    uint64_t met[WORDS_MET];
    size_t met_count;
} scores;

/* The rows that have the word as a function word take note of it. */
static void note_word(uint64_t key, uint64_t rows, scores *out)
{
    bool again = false;
    for (size_t i = 0; i < out->met_count; i++) {
        again |= out->met[i] == key;
    }
    if (!again && out->met_count < WORDS_MET) {
        out->met[out->met_count++] = key;
    }
    for (size_t k = 0; rows; k++, rows >>= 1) {
        out->hits[k] += rows & 1;
        out->kinds[k] += (rows & 1) && !again;
    }
}

/* The weights of a word's pieces, summed up eight at once. KH_GRAMS_OF_WORD of them fit sixteen bits. */
typedef int8_t eight_bytes __attribute__((vector_size(8)));
typedef int16_t eight_sums __attribute__((vector_size(16)));

enum { EIGHTS = KH_GROUP_LANGS_MAX / 8 };

_Static_assert(KH_GRAMS_OF_WORD * 128 <= 32768, "the sums of a word fit sixteen bits");

static void add_weights(eight_sums sums[EIGHTS], const int8_t *weights)
{
    for (size_t j = 0; j < EIGHTS; j++) {
        eight_bytes eight;
        memcpy(&eight, weights + 8 * j, sizeof eight);
        sums[j] += __builtin_convertvector(eight, eight_sums);
    }
}

static void add_sums(const eight_sums of_word[EIGHTS], int32_t *sums)
{
    for (size_t k = 0; k < KH_GROUP_LANGS_MAX; k++) {
        sums[k] += of_word[k / 8][k % 8];
    }
}

static void score_word(const kh_lang_know *know, const kh_lang_group *g, const uint32_t *word, size_t len, scores *out)
{
    kh_gram grams[KH_GRAMS_OF_WORD];
    size_t count = kh_grams_of_word(word, len, grams);
    out->words++;
    out->letters += len - 2;
    if (g->count) {
        kh_lang_fetch(g, grams, count);
    }
    eight_sums sums[EIGHTS] = {0};
    for (size_t i = 0; i < count; i++) {
        out->seen++;
        const int8_t *weights = g->count ? kh_lang_weights(g, grams[i].key) : NULL;
        if (weights) {
            add_weights(sums, weights);
            out->grams++;
        }
        uint64_t rows = grams[i].first == 0 && grams[i].len == len ? kh_lang_word_rows(&know->words, grams[i].key) : 0;
        if (rows) {
            note_word(grams[i].key, rows, out);
        }
    }
    add_sums(sums, out->sums);
}

/* ---- function words ---- */

static bool has_table(const kh_lang_know *know, const kh_lang_group *g, kh_str tag)
{
    for (size_t k = 0; k < g->lang_count; k++) {
        if (kh_str_eq(kh_lexicon_tag(know->lex, g->langs[k]), tag)) {
            return true;
        }
    }
    return false;
}

/* Do the function words of the language BEST speak for it too? Where its table is small they are the better witness. */
static bool has_own_words(const kh_word_langs *w, const scores *s, kh_str best)
{
    for (size_t k = 0; k < w->count; k++) {
        if (kh_str_eq(w->tags[k], best)) {
            return s->kinds[k] >= HITS_MIN && s->hits[k] * 10 >= s->words;
        }
    }
    return false;
}

/* The language without a table whose function words speak against BEST; empty when there is none. A variety
 * (prs over fa) needs its few words only. */
static kh_str by_words(const kh_lang_know *know, kh_script script, const scores *s, kh_str best)
{
    const kh_word_langs *w = &know->words;
    size_t own = 0;
    bool known = !best.len;
    for (size_t k = 0; k < w->count; k++) {
        if (kh_str_eq(w->tags[k], best)) {
            own = s->hits[k];
            known = true;
        }
    }
    size_t most = own + own / 4 + 1;
    kh_str tag = {0};
    for (size_t k = 0; k < w->count; k++) {
        size_t hits = s->hits[k];
        if (w->over[k].len) {
            if (kh_str_eq(w->over[k], best) && s->kinds[k] >= HITS_MIN && hits * 30 >= s->words) {
                return w->tags[k];
            }
        } else if (known && w->scripts[k] == script && hits > most && s->kinds[k] >= HITS_MIN && hits * 5 >= s->words &&
                   s->words >= WORDS_MIN && !has_table(know, &know->groups[script], w->tags[k])) {
            most = hits;
            tag = w->tags[k];
        }
    }
    return tag;
}

/* ---- the decision ---- */

static int32_t total_of(const kh_lang_group *g, const scores *s, kh_lang_prior prior, size_t k)
{
    return s->sums[k] + g->prior[k] + (prior == KH_LANG_NEWS ? g->news[k] : 0);
}

/* The place of TAG in G; lang_count where it has none. */
static size_t place_of(const kh_lang_know *know, const kh_lang_group *g, kh_str tag)
{
    size_t k = 0;
    while (k < g->lang_count && !kh_str_eq(kh_lexicon_tag(know->lex, g->langs[k]), tag)) {
        k++;
    }
    return k;
}

/* Does what was read so far speak for EXPECTED so clearly that the rest need not be read? Its function words must too. */
static bool is_settled(const kh_lang_know *know, kh_script script, const scores *s, kh_str expected)
{
    const kh_lang_group *g = &know->groups[script];
    size_t own = place_of(know, g, expected);
    if (own == g->lang_count || s->words < SETTLED_WORDS) {
        return false;
    }
    int32_t enough = total_of(g, s, KH_LANG_NEWS, own) - SETTLED_LEAD * KH_LOG_SCALE;
    for (size_t k = 0; k < g->lang_count; k++) {
        if (k != own && total_of(g, s, KH_LANG_NEWS, k) > enough) {
            return false;
        }
    }
    return s->grams * 100 >= s->seen * KNOWN_SHARE_MIN && s->sums[own] * 10 >= FIT_MIN * (int32_t)s->seen &&
           has_own_words(&know->words, s, expected) && by_words(know, script, s, expected).len == 0;
}

/* Reads S; only as far as it needs to be sure of EXPECTED, where that is given. */
static void score_piece(const kh_lang_know *know, kh_script script, kh_str s, kh_str expected, scores *out)
{
    uint32_t letters[LETTERS_MAX];
    size_t count = kh_lang_letters(s, script, letters, LETTERS_MAX);
    for (size_t i = 1, begin = 0; i < count; i++) {
        if (letters[i] == ' ') {
            score_word(know, &know->groups[script], letters + begin, i - begin + 1, out);
            begin = i;
            if (expected.len && out->words % SETTLED_WORDS == 0 && is_settled(know, script, out, expected)) {
                return;
            }
        }
    }
}

/* The best language of the group; a variety or neighbour of it by function words; `und` when nothing fits. */
static kh_lang_guess choose(const kh_lang_know *know, kh_script script, const scores *s, kh_lang_prior prior)
{
    const kh_lang_group *g = &know->groups[script];
    size_t best = 0;
    int32_t second = INT32_MIN;
    for (size_t k = 1; k < g->lang_count; k++) {
        best = total_of(g, s, prior, k) > total_of(g, s, prior, best) ? k : best;
    }
    for (size_t k = 0; k < g->lang_count; k++) {
        int32_t total = total_of(g, s, prior, k);
        second = k != best && total > second ? total : second;
    }
    kh_str tag = g->lang_count ? kh_lexicon_tag(know->lex, g->langs[best]) : (kh_str){0};
    kh_str other = by_words(know, script, s, tag);
    if (other.len) {
        return (kh_lang_guess){.tag = other, .confidence = 0.8f};
    }
    bool foreign =
        s->letters >= FOREIGN_LETTERS && (s->grams * 100 < s->seen * KNOWN_SHARE_MIN || s->sums[best] * 10 < FIT_MIN * (int32_t)s->seen);
    if (s->letters < LETTERS_LEAST || s->grams == 0 || (foreign && !has_own_words(&know->words, s, tag))) {
        return undecided;
    }
    float lead = g->lang_count > 1 ? (float)(total_of(g, s, prior, best) - second) / KH_LOG_SCALE : 20;
    return (kh_lang_guess){.tag = tag, .confidence = lead > 20 ? 1 : 0.5f + lead / 40};
}

static kh_lang_guess guess_of(kh_arena scratch, const kh_lang_know *know, kh_str text, kh_lang_prior prior, kh_str expected)
{
    tally t = {0};
    pieces p = cut(text);
    for (size_t i = 0; i < p.count; i++) {
        count_scripts(p.items[i], &t);
    }
    kh_script script = main_script(&t);
    if (t.letters < (script == KH_SCRIPT_HAN ? 1 : LETTERS_LEAST)) {
        return undecided;
    }
    scores *s = KH_NEW(&scratch, scores);
    for (size_t i = 0; i < p.count; i++) {
        score_piece(know, script, p.items[i], expected, s);
        if (expected.len && is_settled(know, script, s, expected)) {
            break;
        }
    }
    kh_lang_guess guess = choose(know, script, s, prior);
    if (know->groups[script].lang_count == 0 && kh_str_eq(guess.tag, undecided.tag)) {
        kh_str alone = by_range(know, &p, script, &t);
        guess = alone.len ? (kh_lang_guess){.tag = alone, .confidence = 0.9f} : undecided;
    }
    return guess;
}

kh_lang_guess kh_lang_guess_of(kh_arena scratch, const kh_lang_know *know, kh_str text, kh_lang_prior prior)
{
    return guess_of(scratch, know, text, prior, (kh_str){0});
}

kh_lang_guess kh_lang_of(kh_arena scratch, const kh_lang_know *know, kh_str text)
{
    return guess_of(scratch, know, text, KH_LANG_NEWS, (kh_str){0});
}

kh_lang_guess kh_lang_of_line(kh_arena scratch, const kh_lang_know *know, kh_str line, kh_str expected)
{
    return guess_of(scratch, know, line, KH_LANG_NEWS, expected);
}

bool kh_lang_same(const kh_lang_know *know, kh_str a, kh_str b)
{
    uint8_t lang = kh_lexicon_lang(know->lex, a);
    return kh_str_eq(a, b) || (lang != KH_LANG_NONE && lang == kh_lexicon_lang(know->lex, b));
}
