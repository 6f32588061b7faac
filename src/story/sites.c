/* sites.c - which mine, which dam, which ship?
 *
 * Decides which names stand beside a noun that says what they name, and whether two articles tell of two such things. Example:
 * "на шахте «Улан-Тау» в Селькенской области", "منجم أولان تاو للفحم في إقليم سلكن" and "Selken bölgesindeki Ulan-Tau kömür ocağı" all
 * name the mine LNT and the province SLKN. A report on the mine at Karagan (KRGN) three days later has the country, two
 * surnames and every word of the trade in common with them, and yet tells another event.
 *
 * Method. The nouns are concepts, named in world/sites.txt, so that every language that has their words has the sites. The
 * name is what stands in quotation marks behind the noun, else the words with capitals beside it; where the script has none,
 * the one or two words behind it that are neither stop words nor concepts, and then one mention is not enough, as in German, where
 * all nouns have capitals. In the
 * languages that the table names the name stands before the noun. A site's feature is 24 bits of the noun and up to eight consonants of the name, so that
 * names can be compared letter by letter: two are one when less than half of the longer would have to be changed, or one
 * begins the other. Articles are apart by a noun when both say it with a name in the title or at the beginning of the first
 * paragraph, no name of one stands among the sounds of the other, and they have no site in common there.
 *
 * Gets wrong: a site with two names ("the Central", "Hospital no. 3"); where two of a kind are told of in one event (two
 * ships collide) and each report leads with one; an adjective in a script without capitals that is taken for a name twice.
 */
#include "story/internal.h"

#include <string.h>

enum { NAME_WORDS = 3, BETWEEN_MAX = 1, LETTER_BITS = 5, PACKED_BITS = KH_SITE_LETTERS * LETTER_BITS };

/* ---- the feature ---- */

static uint64_t packed(kh_str skeleton)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < KH_SITE_LETTERS; i++) {
        uint64_t letter = i < skeleton.len ? (uint64_t)(skeleton.ptr[i] - 'A' + 1) : 0;
        bits = bits << LETTER_BITS | letter;
    }
    return bits;
}

static size_t letters_of(uint64_t site, char letters[KH_SITE_LETTERS])
{
    size_t n = 0;
    for (int shift = PACKED_BITS - LETTER_BITS; shift >= 0; shift -= LETTER_BITS) {
        uint64_t letter = site >> shift & 31;
        if (letter) {
            letters[n++] = (char)('A' + letter - 1);
        }
    }
    return n;
}

static uint64_t kind_of(uint64_t site)
{
    return site >> PACKED_BITS;
}

static bool holds_others(uint64_t site)
{
    return kind_of(site) & 1;
}

static void add_skeleton(kh_site_names *names, uint64_t kind, kh_str skeleton)
{
    if (skeleton.len >= KH_SITE_LETTERS_MIN && names->count < KH_SITE_NAMES) {
        names->items[names->count++] = kind << PACKED_BITS | packed(skeleton);
    }
}

/* ---- the name beside the noun ---- */

typedef struct reader {
    const kh_story_know *know;
    const kh_text *text;
    uint8_t lang;
    size_t line_first, line_end; /* tokens of the noun's line */
} reader;

static const kh_token *token(const reader *r, size_t i)
{
    return &r->text->tokens.items[i];
}

static bool has_case(const kh_token *t)
{
    return t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC || t->script == KH_SCRIPT_GREEK;
}

static bool is_plain(const reader *r, size_t i)
{
    size_t end;
    return kh_story_is_stopword(r->know, token(r, i), r->lang) || kh_story_concept_at(r->know, r->text, i, r->lang, &end);
}

/* May token I be a word of a name? */
static bool is_name_word(const reader *r, size_t i)
{
    const kh_token *t = token(r, i);
    bool looks_so = has_case(t) ? (t->flags & KH_CAPITAL) && !(t->flags & KH_SENTENCE_START) : t->key.len >= 4;
    return t->kind == KH_WORD && looks_so && !is_plain(r, i);
}

static bool joins_words(const kh_token *t)
{
    return t->kind == KH_PUNCT && kh_is_dash(t->cp) && !(t->flags & KH_SPACE_BEFORE);
}

/* The words of a name from FIRST on, at most NAME_WORDS; the token behind them. */
static size_t name_end(const reader *r, size_t first)
{
    size_t words = 0;
    size_t end = first;
    for (size_t i = first; i < r->line_end && words < NAME_WORDS; i++) {
        if (is_name_word(r, i)) {
            words++;
            end = i + 1;
        } else if (words == 0 || !joins_words(token(r, i))) {
            break;
        }
    }
    return end;
}

/* Likewise backwards from behind LAST. */
static size_t name_begin(const reader *r, size_t last)
{
    size_t words = 0;
    size_t begin = last;
    for (size_t i = last; i-- > r->line_first && words < NAME_WORDS;) {
        if (is_name_word(r, i)) {
            words++;
            begin = i;
        } else if (words == 0 || !joins_words(token(r, i))) {
            break;
        }
    }
    return begin;
}

/* What stands between the noun and its name: "of", "imeni", "coal" in "coal mine"; never a full stop. */
static size_t skip_between(const reader *r, size_t i, bool only_links)
{
    for (size_t n = 0; n < BETWEEN_MAX && i < r->line_end; n++) {
        size_t end = i + 1;
        const kh_token *t = token(r, i);
        bool link = t->kind == KH_WORD && kh_story_links_sites(r->know, t, r->lang);
        bool concept = !only_links && t->kind == KH_WORD && kh_story_concept_at(r->know, r->text, i, r->lang, &end);
        if (!link && !concept) {
            break;
        }
        i = end;
    }
    return i;
}

static bool quoted(const reader *r, size_t i, size_t *first, size_t *end)
{
    if (i >= r->line_end || token(r, i)->kind != KH_PUNCT || !kh_is_open_quote(token(r, i)->cp)) {
        return false;
    }
    size_t close = i + 1;
    while (close < r->line_end && close <= i + 2 * NAME_WORDS && !kh_is_quote(token(r, close)->cp)) {
        close++;
    }
    *first = i + 1;
    *end = close;
    return close < r->line_end && close > i + 1 && kh_is_quote(token(r, close)->cp);
}

static size_t name_place(const reader *r, size_t noun_end)
{
    return skip_between(r, noun_end, has_case(token(r, noun_end - 1)));
}

/* Where names stand before the noun, only a link makes what is behind it a name: "church Anna Gray attends". */
static bool behind(const reader *r, size_t noun_end, bool name_first, size_t *first, size_t *end)
{
    *first = name_place(r, noun_end);
    *end = name_first && *first == noun_end ? *first : name_end(r, *first);
    return *end > *first;
}

/* "Селькенской области Далвании": the country behind is not the name. */
static bool adjective_before(const reader *r, size_t noun)
{
    const kh_token *t = noun > r->line_first ? token(r, noun - 1) : NULL;
    return t && t->kind == KH_WORD && kh_story_site_stem(r->know, t->key, r->lang).len < t->key.len;
}

/* One word may stand between: "Karagan coal mine", "Ulan-Tau kömür ocağı"; nothing that has a full stop. */
static bool before(const reader *r, size_t noun, size_t *first, size_t *end)
{
    for (size_t skipped = 0; skipped <= BETWEEN_MAX && noun >= r->line_first + skipped; skipped++) {
        size_t last = noun - skipped;
        if (skipped && token(r, last)->kind != KH_WORD) {
            break;
        }
        *first = name_begin(r, last);
        *end = last;
        if (*end > *first) {
            return true;
        }
    }
    return false;
}

/* ---- its consonants ---- */

/* The consonants of tokens FIRST to END as one word, each without an adjective's ending ("Селькенской"). */
static kh_str joined(const reader *r, size_t first, size_t end, char room[KH_SKELETON_MAX])
{
    char letters[128];
    size_t n = 0;
    kh_script script = KH_SCRIPT_NONE;
    for (size_t i = first; i < end; i++) {
        const kh_token *t = token(r, i);
        kh_str key = t->kind == KH_WORD ? kh_story_site_stem(r->know, t->key, r->lang) : KH_STR("");
        if (n + key.len <= sizeof letters) {
            memcpy(letters + n, key.ptr, key.len);
            n += key.len;
            script = key.len ? (kh_script)t->script : script;
        }
    }
    kh_skeletons s;
    kh_skeleton_bare((kh_str){letters, n}, script, &s);
    memcpy(room, s.room[0], sizeof s.room[0]);
    return (kh_str){room, s.items[0].len};
}

static void read_name(const reader *r, uint64_t kind, size_t first, size_t end, kh_site_names *names)
{
    char room[KH_SKELETON_MAX];
    bool with_case = has_case(token(r, first));
    for (size_t stop = with_case || names->sure ? end : first + 1; stop <= end; stop++) {
        add_skeleton(names, kind, joined(r, first, stop, room));
    }
}

void kh_site_read(const kh_story_know *know, const kh_text *text, uint8_t lang, uint32_t noun, size_t first, size_t end,
                  kh_site_names *names)
{
    *names = (kh_site_names){0};
    uint64_t kind = kh_story_site_kind(know, noun);
    if (!kind) {
        return;
    }
    const kh_stretch *line = &text->lines.items[text->tokens.items[first].line];
    reader r = {.know = know, .text = text, .lang = lang, .line_first = line->first, .line_end = line->end};
    bool with_case = has_case(&text->tokens.items[first]);
    bool name_first = kh_story_name_first(know, lang);
    size_t begin, stop;
    bool found = quoted(&r, name_place(&r, end), &begin, &stop);
    found = found || (adjective_before(&r, first) && before(&r, first, &begin, &stop));
    found = found || behind(&r, end, name_first, &begin, &stop);
    found = found || ((with_case || name_first) && before(&r, first, &begin, &stop));
    if (found) {
        bool marks = begin > 0 && text->tokens.items[begin - 1].kind == KH_PUNCT && kh_is_quote(text->tokens.items[begin - 1].cp);
        names->span = kh_text_span(text, begin, stop);
        names->sure = (with_case && kh_story_capitals_name(know, lang)) || marks;
        read_name(&r, kind, begin, stop, names);
    }
}

/* ---- two articles ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to change, add or take away (Levenshtein) between two names. */
static size_t changes(const char *a, size_t n, const char *b, size_t m)
{
    size_t row[KH_SITE_LETTERS + 1];
    for (size_t k = 0; k <= m; k++) {
        row[k] = k;
    }
    for (size_t i = 0; i < n; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < m; k++) {
            size_t above = row[k + 1];
            row[k + 1] = least(least(above, row[k]) + 1, corner + (a[i] != b[k]));
            corner = above;
        }
    }
    return row[m];
}

static bool alike(uint64_t x, uint64_t y)
{
    char a[KH_SITE_LETTERS], b[KH_SITE_LETTERS];
    size_t n = letters_of(x, a), m = letters_of(y, b);
    size_t longer = n > m ? n : m;
    return memcmp(a, b, least(n, m)) == 0 || 2 * changes(a, n, b, m) < longer;
}

static bool has_sound(const kh_features *f, uint64_t site)
{
    char letters[KH_SITE_LETTERS];
    size_t n = letters_of(site, letters);
    uint64_t hash = kh_story_feature_key(KH_FEATURE_SOUND, (kh_str){letters, n});
    size_t low = 0, high = f->count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (f->items[mid].hash < hash) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < f->count && f->items[low].hash == hash;
}

/* One site in common, and the other names may be those of its parts and neighbours. */
static bool any_alike(const kh_sites *a, const kh_sites *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t k = 0; k < b->count; k++) {
            if (kind_of(a->items[i]) == kind_of(b->items[k]) && alike(a->items[i], b->items[k])) {
                return true;
            }
        }
    }
    return false;
}

/* Do the sounds of TEXT hold a name of SITES of this KIND? */
static bool heard(const kh_sites *sites, uint64_t kind, const kh_features *text)
{
    for (size_t i = 0; i < sites->count; i++) {
        if (kind_of(sites->items[i]) == kind && has_sound(text, sites->items[i])) {
            return true;
        }
    }
    return false;
}

static bool has_kind(const kh_sites *sites, uint64_t kind)
{
    for (size_t i = 0; i < sites->count; i++) {
        if (kind_of(sites->items[i]) == kind) {
            return true;
        }
    }
    return false;
}

void kh_sites_add(kh_sites *sites, const kh_feature *f)
{
    if (f->lead && f->count >= KH_SITE_MENTIONS && sites->count < KH_SITES_MAX) {
        sites->items[sites->count++] = f->hash;
    }
}

float kh_sites_apart(const kh_sites *a, const kh_features *text_a, const kh_sites *b, const kh_features *text_b)
{
    float most = 0;
    bool shared = any_alike(a, b);
    for (size_t i = 0; i < a->count && !shared; i++) {
        uint64_t kind = kind_of(a->items[i]);
        if (has_kind(b, kind)) {
            bool told = heard(a, kind, text_b) || heard(b, kind, text_a);
            float says = (holds_others(a->items[i]) ? 0.5F : 1) * (told ? 0.5F : 1);
            most = says > most ? says : most;
        }
    }
    return most;
}
