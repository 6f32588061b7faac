/* title.c - which words are the headline.
 *
 * A page says its headline in several places, and they need not agree: the visible heading, og:title
 * and twitter:title for those who share it, JSON-LD for search engines, <title> with the outlet behind
 * it, and the address, whose words were taken from the first version. One of them may carry a
 * kicker, be a teaser, be cut short or be left over from an earlier version:
 *
 *     <h1>سقوط الجسر القديم</h1>                              1 vote of the heading
 *     og:title "درنة: سقوط الجسر القديم"                      both say so: with the address
 *     {"headline": "درنة: سقوط الجسر القديم"}                 they win against the heading
 *     /2024/derna-suqut-al-jisr
 *
 * So each place votes, once, for the words it has (headline.c frees them of the outlet and says which are
 * the same). The field of JSON-LD that the newsroom's own system fills weighs most; the visible heading,
 * which templates shorten and live pages replace, and og:title, which may be a teaser, weigh
 * about two thirds of it; the words of the address nearly as much as JSON-LD, twitter:title little since it
 * is mostly a copy, <title> next to nothing since it is written for search engines. A heading that holds
 * another candidate in one element and a kicker or standfirst in another votes for both. Which heading
 * votes is settled before: the one that agrees best with what is said elsewhere, h1 before h2, or the
 * only h1. The weights were set on half of the sites of three public sets and confirmed on the other
 * half. Where writings of one headline differ in quotes or capitals the visible one is shown. What it
 * gets wrong: pages whose editors rewrote the heading alone; teasers in both og:title and JSON-LD.
 */
#include "page/parts.h"

enum { CANDIDATES_MAX = 24, TITLE_WORDS_MAX = 60, HEADINGS_MAX = 2000 };

/* Places that vote, each once for the same words. */
typedef enum voter {
    VOTER_HEADING,
    VOTER_JSON,
    VOTER_OG,
    VOTER_TITLE,
    VOTER_TWITTER,
    VOTER_ITEMPROP,
    VOTER_META,
    VOTER_PART, /* the heading holds these words and others */
    VOTER_count
} voter;

static const float weights[VOTER_count] = {0.75f, 1.1f, 0.7f, 0.02f, 0.25f, 0.5f, 0.7f, 1.0f};
#define SLUG_WEIGHT 0.9f

typedef struct candidate {
    kh_str value, key;
    kh_str path;     /* of the place whose writing is shown */
    kh_str from;     /* all paths, joined */
    uint32_t voters; /* bits */
    float votes, slug, score;
    uint8_t order; /* of the voter whose writing is shown */
} candidate;

typedef struct chooser {
    kh_arena *out;
    kh_arena scratch;
    const kh_meta *meta;
    const kh_tree *tree;
    const kh_blocks *blocks;
    kh_strs names; /* what the page calls itself */
    candidate items[CANDIDATES_MAX];
    size_t count;
    uint32_t block;
    float agreement; /* of the block with what is said */
} chooser;

static float level_of(const kh_block *b)
{
    return b->tag == KH_TAG_h1 ? 1 : b->tag == KH_TAG_h2 ? 0.8f : 0.7f;
}

/* ---- the heading ---- */

/* What headings are held against, made ready once: a page may have hundreds. */
typedef struct others {
    kh_headline said[KH_IN_ITEMPROP + 1]; /* the title by each place; empty where it says none */
    kh_headline outlet, tail;             /* the site's name; what stands behind the last separator of <title> */
    bool tail_is_less;                    /* and is less than what stands before it */
} others;

static others others_of(kh_arena *a, const kh_meta *meta)
{
    others o = {0};
    for (int in = KH_IN_JSON; in <= KH_IN_ITEMPROP; in++) {
        const kh_said *said = kh_meta_said(meta, KH_SAID_TITLE, (kh_said_in)in);
        o.said[in] = said ? kh_headline_of(a, said->value) : (kh_headline){0};
    }
    const kh_said *site = kh_meta_said(meta, KH_SAID_SITE, KH_IN_OG);
    o.outlet = kh_headline_of(a, site ? site->value : meta->publisher);
    size_t at = 0, len = 0;
    if (kh_headline_last_separator(meta->title, meta->title.len, &at, &len)) {
        kh_str head = kh_str_trim(kh_str_head(meta->title, at));
        kh_str tail = kh_str_trim(kh_str_from(meta->title, at + len));
        o.tail = kh_headline_of(a, tail);
        o.tail_is_less = kh_shape_of(head).words > kh_shape_of(tail).words;
    }
    return o;
}

/* The heading is the name of the site: it stands alone behind (or before) a longer part of
 * <title>. */
static bool is_site_name(const others *o, const kh_headline *heading)
{
    return kh_headlines_agree(heading, &o->outlet) >= 1 ||
           (o->tail_is_less && kh_headlines_agree(heading, &o->tail) >= 1 && kh_headlines_agree(heading, &o->said[KH_IN_OG]) < 0.9f);
}

static bool is_heading(const kh_block *b)
{
    bool titled = (b->marks & KH_MARK_BIT(KH_MARK_TITLE)) && b->shape.words >= 3 && b->shape.words <= 40;
    return !b->hidden && b->shape.words <= TITLE_WORDS_MAX && ((b->tag >= KH_TAG_h1 && b->tag <= KH_TAG_h3) || titled);
}

/* How well the heading agrees with what the page says elsewhere, less what speaks against it. */
static float heading_score(const others *o, const kh_block *b, const kh_headline *heading)
{
    float score = 0;
    for (int in = KH_IN_JSON; in <= KH_IN_ITEMPROP; in++) {
        float s = kh_headlines_agree(heading, &o->said[in]);
        score = s > score ? s : score;
    }
    score -= b->tag == KH_TAG_h1 ? 0 : b->tag == KH_TAG_h2 ? 0.15f : 0.2f;
    score -= b->out ? 0.1f : 0;
    /* Of "Site - Section - Headline" all parts agree: the longest is the headline. */
    return score + 0.0008f * (float)(b->shape.words < 12 ? b->shape.words : 12);
}

/* Prose stands right behind block I. */
static bool heads_prose(const kh_blocks *blocks, uint32_t i)
{
    enum { NEAR = 6 };
    for (uint32_t k = i + 1; k < blocks->count && k <= i + NEAR; k++) {
        const kh_block *b = &blocks->items[k];
        if (b->prose && !b->out && b->link_letters * 2 <= b->shape.letters) {
            return true;
        }
    }
    return false;
}

/* The visible heading that agrees best with what is said elsewhere; else the only h1. */
static void find_heading(chooser *c)
{
    uint32_t only_h1 = KH_NO_BLOCK;
    size_t h1_count = 0;
    c->block = KH_NO_BLOCK;
    size_t seen = 0;
    kh_arena scratch = c->scratch;
    others o = others_of(&scratch, c->meta);
    for (uint32_t i = 0; i < c->blocks->count && seen < HEADINGS_MAX; i++) {
        const kh_block *b = &c->blocks->items[i];
        if (!is_heading(b)) {
            continue;
        }
        kh_arena rest = scratch;
        kh_headline heading = kh_headline_of(&rest, b->text);
        if (is_site_name(&o, &heading)) {
            continue;
        }
        seen++;
        bool enough = b->shape.words >= 3 || (b->shape.words >= 1 && heads_prose(c->blocks, i));
        if (b->tag == KH_TAG_h1 && enough && !b->out && b->furniture == KH_FURNITURE_NONE) {
            h1_count++;
            only_h1 = i;
        }
        float score = heading_score(&o, b, &heading);
        if (score > c->agreement + 0.001f && score >= 0.35f) {
            c->agreement = score;
            c->block = i;
        }
    }
    bool weak = c->block == KH_NO_BLOCK || (c->agreement < 0.7f && c->blocks->items[c->block].tag != KH_TAG_h1);
    if (weak && h1_count == 1) {
        c->agreement = 0.5f;
        c->block = only_h1;
    }
}

/* ---- candidates and votes ---- */

static candidate *candidate_of(chooser *c, kh_str key)
{
    for (size_t i = 0; i < c->count; i++) {
        if (kh_str_eq(c->items[i].key, key)) {
            return &c->items[i];
        }
    }
    return NULL;
}

static void add_from(chooser *c, candidate *found, kh_str path)
{
    size_t at = kh_str_find(found->from, path);
    if (at == found->from.len) {
        found->from = found->from.len ? kh_arena_join(c->out, kh_arena_join(c->out, found->from, KH_STR(", ")), path) : path;
    }
}

/* Of two writings of one headline: is NEXT's place better than that of the SHOWN one? A heading that
 * runs the words of two elements together, or parts its kicker by layout alone, is not. */
static bool shows_better(const candidate *shown, voter who, kh_str next)
{
    kh_shape a = kh_shape_of(shown->value), b = kh_shape_of(next);
    bool colon = kh_str_find(shown->value, KH_STR(":")) == shown->value.len && kh_str_find(next, KH_STR(":")) < next.len;
    return who < shown->order ? b.words >= a.words : b.words > a.words || colon;
}

static void vote(chooser *c, voter who, kh_str value, kh_str path, float weight)
{
    kh_str key = kh_headline_key(&c->scratch, value);
    candidate *found = key.len ? candidate_of(c, key) : NULL;
    if (!found) {
        if (!key.len || c->count == CANDIDATES_MAX) {
            return;
        }
        found = &c->items[c->count++];
        *found = (candidate){.value = value, .key = key, .path = path, .order = (uint8_t)who};
    }
    if (shows_better(found, who, value)) {
        found->order = (uint8_t)who;
        found->value = value;
        found->path = path;
    }
    if (!(found->voters & 1u << who)) {
        found->voters |= 1u << who;
        found->votes += weight;
    }
    add_from(c, found, path);
}

/* The part of SAID before or behind one of its separators that is a candidate already; the longest. */
static kh_str known_part(chooser *c, kh_str said)
{
    kh_str best = {0};
    size_t at = 0, len = 0;
    for (size_t end = said.len; kh_headline_last_separator(said, end, &at, &len); end = at) {
        if (said.ptr[at] == ':') {
            continue;
        }
        kh_str parts[] = {kh_str_trim(kh_str_head(said, at)), kh_str_trim(kh_str_from(said, at + len))};
        for (size_t i = 0; i < 2; i++) {
            kh_str key = kh_headline_key(&c->scratch, parts[i]);
            if (key.len && parts[i].len > best.len && candidate_of(c, key)) {
                best = parts[i];
            }
        }
    }
    return best;
}

static voter voter_of(kh_said_in in)
{
    switch (in) {
    case KH_IN_JSON: return VOTER_JSON;
    case KH_IN_OG: return VOTER_OG;
    case KH_IN_TITLE: return VOTER_TITLE;
    case KH_IN_TWITTER: return VOTER_TWITTER;
    case KH_IN_ITEMPROP: return VOTER_ITEMPROP;
    default: return VOTER_META;
    }
}

/* Does an element or text node of the heading end behind the first BYTES of its key? */
static bool is_seam(const chooser *c, kh_arena scratch, const kh_block *heading, size_t bytes)
{
    size_t n = 0;
    for (uint32_t i = heading->first; i < heading->last && n < bytes; i++) {
        const kh_node *node = &c->tree->nodes.items[i];
        n += node->tag == KH_TAG_TEXT ? kh_headline_key(&scratch, node->text).len : 0;
    }
    return n == bytes;
}

/* The heading has SAID's words in one element and a kicker before it or a standfirst behind it in
 * another. A kicker with a colon belongs to the headline. */
static bool holds_part(const chooser *c, const kh_block *heading, kh_str said)
{
    enum { PART_WORDS_MIN = 2 };
    kh_arena scratch = c->scratch;
    kh_str whole = kh_headline_key(&scratch, heading->text);
    kh_str part = kh_headline_key(&scratch, said);
    if (kh_shape_of(said).words < PART_WORDS_MIN || part.len >= whole.len) {
        return false;
    }
    return (kh_str_starts(whole, part) && is_seam(c, scratch, heading, part.len)) ||
           (kh_str_ends(whole, part) && is_seam(c, scratch, heading, whole.len - part.len));
}

/* "Chronik: Lotte ...": the section of the site before what the heading has. */
static kh_str without_section(const chooser *c, const kh_block *heading, kh_str said)
{
    size_t at = kh_str_find(said, KH_STR(":"));
    kh_str rest = kh_str_trim(kh_str_from(said, at + 1));
    if (!heading || at == 0 || at >= said.len || kh_headline_agreement(c->scratch, rest, heading->text) < 1) {
        return said;
    }
    kh_str label = kh_str_trim(kh_str_head(said, at));
    bool section = false;
    KH_EACH(const kh_said, s, c->meta->said[KH_SAID_SECTION]) {
        section = section || kh_headline_agreement(c->scratch, label, s->value) >= 1;
    }
    for (uint32_t i = 0; i < c->block && !section; i++) {
        const kh_block *b = &c->blocks->items[i];
        section =
            (b->marks & KH_MARK_BIT(KH_MARK_NAV)) && b->text.len < 2 * label.len && kh_headline_agreement(c->scratch, label, b->text) >= 1;
    }
    return section ? rest : said;
}

/* The parts behind the last separators of <title> are the site's: what else ends in one carries the site's
 * name as well. */
static bool ends_as_title(const chooser *c, kh_str said)
{
    size_t at = 0, len = 0, own = 0, own_len = 0;
    kh_str title = c->meta->title;
    return kh_headline_last_separator(said, said.len, &at, &len) && kh_headline_last_separator(title, title.len, &own, &own_len) &&
           kh_headline_agreement(c->scratch, kh_str_from(said, at + len), kh_str_from(title, own + own_len)) >= 1;
}

static void vote_said(chooser *c, const kh_block *heading, const kh_said *said)
{
    bool strict = said->in == KH_IN_JSON || said->in == KH_IN_ITEMPROP || (c->meta->title.len && !ends_as_title(c, said->value));
    bool whole = candidate_of(c, kh_headline_key(&c->scratch, said->value)) != NULL;
    /* <title> is made of the headline and names of the site; the others may only be. */
    bool composed = said->in == KH_IN_TITLE || !strict;
    kh_str part = whole || !composed ? (kh_str){0} : known_part(c, said->value);
    kh_str value = whole ? said->value : part.len ? part : kh_headline_alone(c->scratch, &c->names, said->value, strict);
    value = without_section(c, heading, value);
    voter who = voter_of((kh_said_in)said->in);
    vote(c, who, value, said->path, weights[who]);
    if (heading && holds_part(c, heading, value)) {
        vote(c, VOTER_PART, value, KH_STR("part of the heading"), weights[VOTER_PART] * level_of(heading));
    }
}

static void vote_all(chooser *c)
{
    const kh_block *heading = c->block == KH_NO_BLOCK ? NULL : &c->blocks->items[c->block];
    if (heading) {
        kh_str value = kh_headline_clean(c->out, heading->text);
        value = kh_headline_alone(c->scratch, &c->names, value, true);
        bool h = heading->tag >= KH_TAG_h1 && heading->tag <= KH_TAG_h6;
        vote(c, VOTER_HEADING, value, h ? kh_tag_name(heading->tag) : KH_STR("heading"), weights[VOTER_HEADING] * level_of(heading));
    }
    /* <title> last: it is most often made of one of the others. */
    for (int last = 0; last < 2; last++) {
        KH_EACH(const kh_said, said, c->meta->said[KH_SAID_TITLE]) {
            if ((said->in == KH_IN_TITLE) == (last == 1)) {
                vote_said(c, heading, said);
            }
        }
    }
}

/* ---- the count ---- */

/* The words of X are the first of Y's: cut at a character count, as search engines ask for 110. */
static bool is_cut_from(const candidate *x, const candidate *y)
{
    enum { CUT_CHARACTERS = 100 };
    bool shorter = y->key.len > x->key.len && kh_str_starts(y->key, x->key);
    return shorter && (y->voters & 1u << VOTER_HEADING) && (kh_headline_is_cut(x->value) || kh_utf8_count(x->value) >= CUT_CHARACTERS);
}

/* A candidate that ends in an ellipsis, or at the length where systems cut, hands its votes to the
 * one it was cut from. */
static void join_cut(chooser *c)
{
    for (size_t i = 0; i < c->count; i++) {
        candidate *cut = &c->items[i];
        for (size_t k = 0; k < c->count; k++) {
            candidate *whole = &c->items[k];
            if (is_cut_from(cut, whole)) {
                whole->votes += cut->votes;
                cut->votes = 0;
                break;
            }
        }
    }
}

static void count_votes(chooser *c, kh_str url)
{
    for (size_t i = 0; i < c->count; i++) {
        candidate *k = &c->items[i];
        k->slug = kh_headline_in_url(c->scratch, k->value, url);
        k->score = k->votes + SLUG_WEIGHT * k->slug;
        bool site = kh_is_name_of_site(c->scratch, &c->names, k->value, false) && !(k->voters & 1u << VOTER_HEADING) &&
                    kh_shape_of(k->value).words <= 4;
        k->score = site ? k->score * 0.1f : k->score;
    }
    for (size_t i = 1; i < c->count; i++) {
        candidate moved = c->items[i];
        size_t k = i;
        for (; k > 0 && c->items[k - 1].score < moved.score; k--) {
            c->items[k] = c->items[k - 1];
        }
        c->items[k] = moved;
    }
}

static kh_str why_of(chooser *c, const candidate *k, size_t voters)
{
    size_t agree = 0;
    for (uint32_t bits = k->voters & ~(1u << VOTER_PART); bits; bits &= bits - 1) {
        agree++;
    }
    return kh_arena_printf(c->out, "%zu of %zu places%s%s%s", agree, voters, k->voters & 1u << VOTER_PART ? ", part of the heading" : "",
                           k->slug >= 0.5f ? ", the address" : "", kh_headline_is_cut(k->value) && k->votes <= 0 ? ", cut short" : "");
}

static void add_clues(chooser *c, kh_article *art)
{
    float all = 0;
    uint32_t places = 0;
    for (size_t i = 0; i < c->count; i++) {
        all += c->items[i].score;
        places |= c->items[i].voters & ~(1u << VOTER_PART);
    }
    size_t voters = 0;
    for (; places; places &= places - 1) {
        voters++;
    }
    for (size_t i = 0; i < c->count && i < KH_CLUES_MAX; i++) {
        const candidate *k = &c->items[i];
        *KH_ADD(c->out, &art->clues) = (kh_clue){.field = KH_STR("title"),
                                                 .value = kh_arena_copy(c->out, k->value),
                                                 .from = k->from,
                                                 .why = why_of(c, k, voters),
                                                 .score = all > 0 ? k->score / all : 0,
                                                 .taken = i == 0};
    }
}

void kh_title_choose(kh_arena *out, kh_arena scratch, const kh_tree *tree, const kh_meta *meta, const kh_blocks *blocks, kh_str url,
                     kh_article *art, uint32_t *block)
{
    chooser c = {.out = out, .scratch = scratch, .meta = meta, .tree = tree, .blocks = blocks};
    c.names = kh_site_names(&c.scratch, meta, url);
    find_heading(&c);
    vote_all(&c);
    join_cut(&c);
    const kh_said *own = kh_meta_said(meta, KH_SAID_URL, KH_IN_LINK);
    count_votes(&c, kh_url_host(url).len ? url : own ? own->value : (kh_str){0});
    add_clues(&c, art);
    *block = c.block;
    if (c.count) {
        const kh_clue *best = &art->clues.items[0];
        art->title = (kh_field){.value = best->value, .path = c.items[0].path, .confidence = best->score};
    }
}
