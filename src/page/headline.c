/* headline.c - the words of a headline: cleaned, compared, freed of what a site puts around them.
 *
 * The same headline stands in a page up to eight times, each time in other clothes:
 *
 *     <h1> سقوط الجسر  </h1>                                    white space
 *     {"headline": "&quot;سقوط&quot; الجسر"}                     entities inside JSON
 *     <title>سقوط الجسر | أخبار اليوم</title>                    the outlet behind it
 *     og:title "أخبار اليوم: سقوط الجسر"                         the outlet before it
 *     twitter:title "سقوط الج…"                                  cut short
 *
 * Two of them are one headline when the letters and digits of their folds are the same. What stands
 * behind the last separator is the outlet when it is named so elsewhere in the page (og:site_name,
 * the publisher, the section, the host), or when it is short beside the rest; in Chinese, Japanese and
 * Korean pages the separator has no spaces around it. A colon parts a kicker from its headline,
 * so it counts only beside a name that is known. What it gets wrong: a headline of a quotation and
 * its short source ("... - the minister") loses the source where nothing else in the page has it.
 */
#include "page/parts.h"

#include <string.h>

/* ---- cleaning ---- */

/* The length of the tag at S.ptr[at] ('<'), 0 when it is a sign ("5 < 6"). */
static size_t tag_at(kh_str s, size_t at)
{
    kh_str rest = kh_str_from(s, at + 1);
    bool name = rest.len && (rest.ptr[0] == '/' || ((rest.ptr[0] | 32) >= 'a' && (rest.ptr[0] | 32) <= 'z'));
    size_t end = kh_str_find(rest, KH_STR(">"));
    return name && end < rest.len ? end + 2 : 0;
}

/* A space, a line break, or a mark that only turns the direction or allows a break. */
static bool is_blank(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x3000 ||
           cp == 0xFEFF;
}

static bool is_unseen(uint32_t cp)
{
    return cp == 0xAD || cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

kh_str kh_headline_clean(kh_arena *out, kh_str s)
{
    kh_buf b = {.arena = out};
    bool space = false;
    s = kh_str_head(s, KH_FIELD_BYTES_MAX * 4);
    for (size_t at = 0, len = 0; at < s.len && b.len < KH_FIELD_BYTES_MAX; at += len) {
        uint32_t cp = kh_utf8_at(s, at, &len);
        if (cp == '&') {
            size_t bytes = 0;
            uint32_t meant = kh_html_entity(s, at, &bytes);
            cp = bytes ? meant : cp;
            len = bytes ? bytes : len;
        } else if (cp == '<' && tag_at(s, at)) {
            len = tag_at(s, at);
            cp = ' ';
        }
        if (is_blank(cp)) {
            space = true;
        } else if (!is_unseen(cp)) {
            if (space && b.len) {
                kh_buf_char(&b, ' ');
            }
            space = false;
            kh_buf_cp(&b, cp);
        }
    }
    return kh_buf_str(&b);
}

/* ---- comparing ---- */

/* The letters and digits of FOLDED. */
static kh_str key_of(kh_arena *a, kh_str folded)
{
    char *p = KH_NEW_N(a, char, folded.len + 1);
    size_t n = 0;
    for (size_t i = 0, len = 0; i < folded.len; i += len) {
        uint32_t cp = kh_utf8_at(folded, i, &len);
        if (cp < 0x80 ? (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') : kh_is_letter(cp)) {
            memcpy(p + n, folded.ptr + i, len);
            n += len;
        }
    }
    return (kh_str){p, n};
}

kh_str kh_headline_key(kh_arena *a, kh_str s)
{
    return key_of(a, kh_fold_key(a, s));
}

kh_headline kh_headline_of(kh_arena *a, kh_str s)
{
    kh_str folded = kh_fold_key(a, s);
    kh_headline h = {.key = key_of(a, folded)};
    kh_str word;
    while (kh_str_cut(&folded, ' ', &word)) {
        if (word.len > 2) {
            uint64_t hash = kh_hash(word);
            *KH_ADD(a, &h.words) = hash;
            kh_map_put(a, &h.has, hash, NULL);
        }
    }
    return h;
}

float kh_headlines_agree(const kh_headline *x, const kh_headline *y)
{
    enum { HELD_BYTES_MIN = 12 };
    if (!x->key.len || !y->key.len) {
        return 0;
    }
    if (kh_str_eq(x->key, y->key)) {
        return 1;
    }
    kh_str shorter = x->key.len < y->key.len ? x->key : y->key;
    kh_str longer = x->key.len < y->key.len ? y->key : x->key;
    if (shorter.len >= HELD_BYTES_MIN && kh_str_find(longer, shorter) < longer.len) {
        return 0.9f;
    }
    size_t common = 0;
    KH_EACH(const uint64_t, word, y->words) {
        common += kh_map_get(&x->has, *word) != NULL;
    }
    size_t most = x->words.count > y->words.count ? x->words.count : y->words.count;
    return most ? (float)common / (float)most * 0.9f : 0;
}

float kh_headline_agreement(kh_arena scratch, kh_str x, kh_str y)
{
    kh_headline a = kh_headline_of(&scratch, x);
    kh_headline b = kh_headline_of(&scratch, y);
    return kh_headlines_agree(&a, &b);
}

/* ---- separators and what stands behind them ---- */

/* A mark behind the first character that parts headline and outlet. Without spaces around it only the bar does, and in East
 * Asian writing dash and underscore. */
static bool is_separator_at(kh_str s, size_t at, size_t *len)
{
    uint32_t cp = kh_utf8_at(s, at, len);
    bool bar = cp == '|' || cp == 0xFF5C || cp == 0x3163 || cp == 0xA6;
    bool mark = bar || kh_is_dash(cp) || cp == 0xB7 || cp == 0xBB || cp == 0xAB || cp == 0x2039 || cp == 0x203A || cp == ':' || cp == '/' ||
                cp == 0x2022 || cp == '>' || cp == '<' || cp == '~' || cp == '_' || cp == '*';
    if (!mark || at + *len >= s.len) {
        return false;
    }
    size_t n = 0;
    uint32_t before = kh_utf8_before(s, at, &n);
    uint32_t behind = kh_utf8_at(s, at + *len, &n);
    bool spaced = (before == ' ' || cp == ':') && behind == ' ';
    bool joined = (cp == '-' || cp == '_') && before >= 0x2E80 && behind >= 0x2E80;
    return spaced || bar || joined;
}

bool kh_headline_last_separator(kh_str title, size_t end, size_t *at, size_t *len)
{
    for (size_t i = end; i-- > 1;) {
        if (!kh_utf8_is_trail((unsigned char)title.ptr[i]) && is_separator_at(title, i, len)) {
            *at = i;
            return true;
        }
    }
    return false;
}

static bool first_separator(kh_str title, size_t *at, size_t *len)
{
    for (size_t i = 1; i < title.len; i++) {
        if (!kh_utf8_is_trail((unsigned char)title.ptr[i]) && is_separator_at(title, i, len)) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* PART is one of NAMES; or, unless EXACT, one holds the other and little else. */
bool kh_is_name_of_site(kh_arena scratch, const kh_strs *names, kh_str part, bool exact)
{
    kh_str key = kh_headline_key(&scratch, part);
    KH_EACH(const kh_str, name, *names) {
        kh_arena again = scratch;
        kh_str known = kh_headline_key(&again, *name);
        bool same = known.len && kh_str_eq(key, known);
        bool holds = known.len >= 5 && key.len < 3 * known.len && kh_str_find(key, known) < key.len;
        bool held = key.len >= 5 && known.len < 3 * key.len && kh_str_find(known, key) < known.len;
        if (same || (!exact && (holds || held))) {
            return true;
        }
    }
    return false;
}

static bool is_slight(kh_str head, kh_str tail)
{
    size_t h = kh_shape_of(head).words, t = kh_shape_of(tail).words;
    return t <= 4 && h >= 4 && h > 2 * t;
}

/* "23.01.2022 - Headline": the headline. */
static kh_str without_numbers_before(kh_str title)
{
    size_t at = 0, len = 0;
    if (!first_separator(title, &at, &len)) {
        return title;
    }
    kh_shape head = kh_shape_of(kh_str_head(title, at));
    bool date = head.digits >= 6 && head.letters == 0 && title.ptr[at] != ':';
    return date ? kh_str_trim(kh_str_from(title, at + len)) : title;
}

kh_str kh_headline_alone(kh_arena scratch, const kh_strs *names, kh_str title, bool strict)
{
    size_t at = 0, len = 0;
    bool cut = false;
    title = without_numbers_before(title);
    while (kh_headline_last_separator(title, title.len, &at, &len)) {
        kh_str head = kh_str_trim(kh_str_head(title, at));
        kh_str tail = kh_str_trim(kh_str_from(title, at + len));
        bool colon = title.ptr[at] == ':';
        bool named = kh_is_name_of_site(scratch, names, tail, strict || colon);
        if (!named && (strict || colon || !is_slight(head, tail))) {
            break;
        }
        title = head;
        cut = true;
    }
    while (!cut && first_separator(title, &at, &len)) {
        kh_str head = kh_str_trim(kh_str_head(title, at));
        if (!kh_is_name_of_site(scratch, names, head, strict || title.ptr[at] == ':')) {
            break;
        }
        title = kh_str_trim(kh_str_from(title, at + len));
    }
    return title;
}

kh_str kh_title_suffix(kh_arena scratch, kh_str title, kh_str headline)
{
    size_t at = 0, len = 0;
    for (size_t end = title.len; kh_headline_last_separator(title, end, &at, &len); end = at) {
        kh_str head = kh_str_trim(kh_str_head(title, at));
        if (kh_headline_agreement(scratch, head, headline) >= 1) {
            return kh_str_trim(kh_str_from(title, at + len));
        }
    }
    return (kh_str){0};
}

bool kh_headline_is_cut(kh_str title)
{
    return kh_str_ends(title, KH_STR("...")) || kh_str_ends(title, KH_STR("\xE2\x80\xA6")) || kh_str_ends(title, KH_STR("[...]"));
}

/* ---- the address ---- */

/* The words of S folded, one space between; apostrophes leave no gap. */
static kh_str words_only(kh_arena *a, kh_str s)
{
    kh_buf b = {.arena = a};
    for (size_t at = 0, len = 0; at < s.len; at += len) {
        uint32_t cp = kh_utf8_at(s, at, &len);
        bool letter = kh_is_letter(cp) || kh_digit_of(cp) >= 0;
        if (letter) {
            kh_buf_cp(&b, cp);
        } else if (cp != '\'' && cp != 0x2019 && b.len && b.ptr[b.len - 1] != ' ') {
            kh_buf_char(&b, ' ');
        }
    }
    return kh_fold_key(a, kh_buf_str(&b));
}

/* The words of that part of URL's path which has most of them. */
static kh_str slug_of(kh_arena *a, kh_str url)
{
    size_t scheme = kh_str_find(url, KH_STR("://"));
    kh_str path = scheme < url.len ? kh_str_from(url, scheme + 3) : url;
    path = kh_str_head(path, kh_str_find(path, KH_STR("?")));
    path = kh_str_head(path, kh_str_find(path, KH_STR("#")));
    kh_str best = {0}, part = {0};
    size_t most = 0;
    kh_str_cut(&path, '/', &part); /* the host */
    while (kh_str_cut(&path, '/', &part)) {
        kh_str words = words_only(a, kh_url_decode(a, kh_str_head(part, KH_FIELD_BYTES_MAX)));
        size_t count = kh_shape_of(words).words;
        if (count >= most) {
            most = count;
            best = words;
        }
    }
    return best;
}

/* "fur" and "fuer" for a folded "fur": slugs write the umlauts out. A key without the e behind a, o, u. */
static uint64_t slug_hash(kh_str word)
{
    char key[64];
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < sizeof key; i++) {
        bool umlaut = i > 0 && word.ptr[i] == 'e' && strchr("aou", word.ptr[i - 1]);
        if (!umlaut) {
            key[n++] = word.ptr[i];
        }
    }
    return kh_hash((kh_str){key, n});
}

float kh_headline_in_url(kh_arena scratch, kh_str title, kh_str url)
{
    enum { WORD_BYTES_MIN = 3 };
    kh_str slug = slug_of(&scratch, url);
    kh_str words = words_only(&scratch, title);
    kh_map set = {0};
    size_t said = 0, there = 0, common = 0;
    for (kh_str rest = slug, word; kh_str_cut(&rest, ' ', &word);) {
        if (word.len >= WORD_BYTES_MIN) {
            kh_map_put(&scratch, &set, slug_hash(word), NULL);
            there++;
        }
    }
    for (kh_str rest = words, word; kh_str_cut(&rest, ' ', &word);) {
        if (word.len >= WORD_BYTES_MIN) {
            said++;
            common += kh_map_get(&set, slug_hash(word)) != NULL;
        }
    }
    return there >= 3 && said ? 2 * (float)common / (float)(there + said) : 0;
}
