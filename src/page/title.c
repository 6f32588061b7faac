/* title.c - which words are the headline, and whose page it is.
 *
 * The headline as readers see it is an <h1>; pages also say it in og:title, JSON-LD and <title>,
 * there often with the outlet behind it:
 *
 *     <title>سقوط الجسر | أخبار اليوم</title>, <h1>سقوط الجسر</h1>      title سقوط الجسر, outlet أخبار اليوم
 *
 * The visible heading is preferred where one of the others agrees with it (equal folded, or one
 * holds the other, or most words are shared); a page whose <h1> is the site's name is thereby
 * seen. Where no heading agrees og:title is taken, then JSON-LD, then <title> without its last
 * part. Candidates stay with their evidence. What it gets wrong: teasers in og:title that share
 * few words with the headline.
 */
#include "page/parts.h"

#include <string.h>

static bool is_separator_at(kh_str s, size_t at, size_t *len)
{
    uint32_t cp = kh_utf8_at(s, at, len);
    bool dash = kh_is_dash(cp) || cp == '|' || cp == 0xB7 || cp == 0xBB || cp == 0xAB ||
                cp == 0x2039 || cp == 0x203A || cp == ':' || cp == '/' || cp == 0x2022 ||
                cp == '>' || cp == '<' || cp == '~' || cp == 0xFF5C;
    bool spaced = at > 0 && s.ptr[at - 1] == ' ' && at + *len < s.len && s.ptr[at + *len] == ' ';
    return dash && (spaced || cp == '|' || cp == 0xFF5C);
}

/* The last separator of TITLE that stands before END; false when there is none. */
static bool last_separator(kh_str title, size_t end, size_t *at, size_t *len)
{
    for (size_t i = end; i-- > 1;) {
        if (((unsigned char)title.ptr[i] & 0xC0) != 0x80 && is_separator_at(title, i, len)) {
            *at = i;
            return true;
        }
    }
    return false;
}

static size_t words_of(kh_str s)
{
    return kh_shape_of(s).words;
}

/* Letters and digits of the fold alone, so that punctuation and spaces do not part equal titles. */
static kh_str bare_key(kh_arena *a, kh_str s)
{
    kh_str folded = kh_fold_key(a, s);
    char *p = KH_NEW_N(a, char, folded.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        bool soft_hyphen =
            c == 0xC2 && i + 1 < folded.len && (unsigned char)folded.ptr[i + 1] == 0xAD;
        if (soft_hyphen) {
            i++;
        } else if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            p[n++] = (char)c;
        }
    }
    return (kh_str){p, n};
}

/* How well two headlines agree: 1 equal, 0.9 one holds the other, else the share of common words. */
static float agreement(kh_arena scratch, kh_str x, kh_str y)
{
    kh_str a = bare_key(&scratch, x);
    kh_str b = bare_key(&scratch, y);
    if (!a.len || !b.len) {
        return 0;
    }
    if (kh_str_eq(a, b)) {
        return 1;
    }
    kh_str shorter = a.len < b.len ? a : b;
    kh_str longer = a.len < b.len ? b : a;
    if (shorter.len >= 12 && kh_str_find(longer, shorter) < longer.len) {
        return 0.9f;
    }
    kh_str fx = kh_fold_key(&scratch, x);
    kh_str fy = kh_fold_key(&scratch, y);
    kh_map words = {0};
    size_t total = 0, common = 0;
    for (kh_str rest = fx, word; kh_str_cut(&rest, ' ', &word);) {
        if (word.len > 2) {
            kh_map_put(&scratch, &words, kh_hash(word), NULL);
            total++;
        }
    }
    size_t other = 0;
    for (kh_str rest = fy, word; kh_str_cut(&rest, ' ', &word);) {
        if (word.len > 2) {
            other++;
            common += kh_map_get(&words, kh_hash(word)) != NULL;
        }
    }
    size_t most = total > other ? total : other;
    return most ? (float)common / (float)most * 0.9f : 0;
}

kh_str kh_title_suffix(kh_arena scratch, kh_str title, kh_str headline)
{
    size_t at = 0, len = 0;
    for (size_t end = title.len; last_separator(title, end, &at, &len); end = at) {
        kh_str head = kh_str_trim(kh_str_head(title, at));
        if (agreement(scratch, head, headline) >= 1) {
            return kh_str_trim(kh_str_from(title, at + len));
        }
    }
    return (kh_str){0};
}

/* "Outlet - headline": the headline, where the outlet is known by name. */
static kh_str without_first_part(kh_arena scratch, kh_str title, kh_str outlet)
{
    size_t len = 0;
    for (size_t i = 1; i < title.len && outlet.len; i++) {
        if (((unsigned char)title.ptr[i] & 0xC0) != 0x80 && is_separator_at(title, i, &len)) {
            kh_str first = kh_str_trim(kh_str_head(title, i));
            return agreement(scratch, first, outlet) >= 0.9f
                       ? kh_str_trim(kh_str_from(title, i + len))
                       : title;
        }
    }
    return title;
}

/* A headline without the outlet behind or before it: parts are taken off the end while they are the
 * outlet's name, or short beside what stands before them. */
static kh_str without_outlet(kh_arena scratch, kh_str title, kh_str outlet)
{
    size_t at = 0, len = 0;
    while (last_separator(title, title.len, &at, &len)) {
        kh_str head = kh_str_trim(kh_str_head(title, at));
        kh_str tail = kh_str_trim(kh_str_from(title, at + len));
        bool named = outlet.len && agreement(scratch, tail, outlet) >= 0.9f;
        bool colon = title.ptr[at] == ':';
        bool slight =
            words_of(tail) <= 4 && words_of(head) >= 4 && words_of(head) > 2 * words_of(tail);
        if (!named && (colon || !slight)) {
            return without_first_part(scratch, title, outlet);
        }
        title = head;
    }
    return title;
}

static void add_candidate(kh_arena *out, kh_article *art, kh_str value, const char *path,
                          float confidence)
{
    if (value.len) {
        *KH_ADD(out, &art->titles) =
            (kh_field){.value = value, .path = kh_str_z(path), .confidence = confidence};
    }
}

/* The heading is the name of the site: it stands alone behind (or before) a longer part of
 * <title>. */
static bool is_site_name(kh_arena scratch, const kh_meta *meta, kh_str heading)
{
    kh_str outlet = meta->site_name.len ? meta->site_name : meta->publisher;
    if (agreement(scratch, heading, outlet) >= 1) {
        return true;
    }
    size_t at = 0, len = 0;
    if (!last_separator(meta->title, meta->title.len, &at, &len)) {
        return false;
    }
    kh_str head = kh_str_trim(kh_str_head(meta->title, at));
    kh_str tail = kh_str_trim(kh_str_from(meta->title, at + len));
    return agreement(scratch, heading, tail) >= 1 && words_of(head) >= words_of(tail) &&
           agreement(scratch, heading, meta->og_title) < 0.9f;
}

static bool is_heading(const kh_block *b)
{
    bool titled =
        (b->marks & KH_MARK_BIT(KH_MARK_TITLE)) && b->shape.words >= 3 && b->shape.words <= 40;
    return !b->hidden && b->shape.words <= 60 &&
           ((b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h3) || titled);
}

/* The visible heading that agrees best with what the page says of itself, h1 before h2; else the
 * only h1. */
static uint32_t best_heading(kh_arena scratch, const kh_meta *meta, const kh_str *said,
                             size_t said_count, const kh_blocks *blocks, float *best_score)
{
    uint32_t best = KH_NO_BLOCK, only_h1 = KH_NO_BLOCK;
    size_t h1_count = 0;
    *best_score = 0;
    for (uint32_t i = 0; i < blocks->count; i++) {
        const kh_block *b = &blocks->items[i];
        if (!is_heading(b) || is_site_name(scratch, meta, b->text)) {
            continue;
        }
        if (b->tag == KH_TAG_h1 && b->shape.words >= 3 && !b->out) {
            h1_count++;
            only_h1 = i;
        }
        float score = 0;
        for (size_t k = 0; k < said_count; k++) {
            float s = agreement(scratch, b->text, said[k]);
            score = s > score ? s : score;
        }
        score -= (b->tag == KH_TAG_h1   ? 0
                  : b->tag == KH_TAG_h2 ? 0.15f
                                        : 0.2f) +
                 (b->out ? 0.1f : 0);
        if (score > *best_score + 0.001f && score >= 0.35f) {
            *best_score = score;
            best = i;
        }
    }
    bool weak = best == KH_NO_BLOCK || (*best_score < 0.7f && blocks->items[best].tag != KH_TAG_h1);
    if (weak && h1_count == 1) {
        *best_score = 0.5f;
        best = only_h1;
    }
    return best;
}

/* The headline without a kicker that shares its element: "Ernährung Minister reist nach Rom"
 * where og:title is "Minister reist nach Rom". A kicker with a colon belongs to the headline. */
static kh_str without_kicker(kh_str heading, kh_str said)
{
    if (!said.len || said.len >= heading.len || !kh_str_ends(heading, said)) {
        return heading;
    }
    kh_str kicker = kh_str_trim(kh_str_head(heading, heading.len - said.len));
    bool colon = kh_str_ends(kicker, KH_STR(":")) || kh_str_ends(kicker, KH_STR("\xE2\x80\x93"));
    return !colon && words_of(kicker) <= 6 && words_of(said) >= 4
               ? kh_str_from(heading, heading.len - said.len)
               : heading;
}

void kh_title_choose(kh_arena *out, kh_arena scratch, const kh_meta *meta, const kh_blocks *blocks,
                     kh_article *art, uint32_t *block)
{
    kh_str outlet = meta->site_name.len ? meta->site_name : meta->publisher;
    const kh_str said[] = {meta->og_title, meta->json_title, meta->title};
    float score = 0;
    *block = best_heading(scratch, meta, said, 3, blocks, &score);
    if (*block != KH_NO_BLOCK) {
        const kh_block *b = &blocks->items[*block];
        kh_str og = without_outlet(scratch, meta->og_title, outlet);
        kh_str value = without_kicker(without_kicker(b->text, og), meta->json_title);
        add_candidate(out, art, value,
                      b->tag == KH_TAG_h1   ? "h1"
                      : b->tag == KH_TAG_h2 ? "h2"
                                            : "heading",
                      score);
    }
    kh_str og = without_outlet(scratch, meta->og_title, outlet);
    add_candidate(out, art, og, "meta[property=og:title]", 0.8f);
    add_candidate(out, art, without_outlet(scratch, meta->json_title, outlet), "json-ld headline",
                  0.75f);
    add_candidate(out, art, without_outlet(scratch, meta->title, outlet), "title", 0.6f);
    if (art->titles.count) {
        art->title = art->titles.items[0];
    }
}
