/* choose.c - which of the candidates is the article: a linear decision from features one can look at.
 *
 * Each candidate's lines are given their roles, and its body is described by a handful of numbers
 * between 0 and 1 (the table in body.h): how much of the page's prose it has, how much of it is links,
 * furniture or parts that class words call something else, how well it agrees with what the page says
 * of itself (JSON-LD articleBody, headline, description), how many of its words are function words as
 * in running text. The score is the sum of the features times their weights; the best wins, the first
 * on a tie.
 *
 *     dense, all class words believed   share .31 alike .33 title .4 marked 0      the lead alone
 *     dense, few believed               share 1   alike 1   title .9 marked .6     the report: its
 *                                                                     paragraphs stood in "lightbox"
 *
 * The weights were found by hill climbing on half of the pages of public sets and rounded; a page
 * whose candidates all give the same lines is not judged at all. What it gets wrong: pages where no
 * candidate is right; languages without function words between spaces, where that feature says
 * nothing.
 */
#include "page/body.h"

#define GAP_SHARE 0.3
#define LIST_SHARE 0.1
#define NOTE_LETTERS 250

/* What the words of a block say, whoever takes it. */
typedef struct told {
    uint64_t title, summary; /* bits of the words of headline and description that it uses */
    uint32_t words, stops;
    uint64_t kind; /* hash of its element, its parent and their classes: paragraphs of one text agree */
} told;

typedef struct judge {
    const kh_search *s;
    told *told;
    uint64_t title, summary; /* all bits in use */
    double agreeing;         /* letters of all blocks that JSON-LD says too */
} judge;

/* ---- words ---- */

/* The next word of a folded KEY from *AT on; empty at the end. */
static kh_str next_word(kh_str key, size_t *at)
{
    size_t i = *at;
    while (i < key.len && !kh_in_word(key.ptr[i])) {
        i++;
    }
    size_t n = i;
    while (n < key.len && kh_in_word(key.ptr[n])) {
        n++;
    }
    *at = n;
    return (kh_str){key.ptr + i, n - i};
}

/* The words of TEXT that are no function words, at most 64, each with a bit. */
static kh_map words_of(kh_arena *a, const kh_page_know *know, kh_str text, uint64_t *all)
{
    enum { BITS = 64 };
    kh_map words = {0};
    kh_str key = kh_fold_key(a, text);
    *all = 0;
    for (size_t at = 0; words.count < BITS;) {
        kh_str word = next_word(key, &at);
        if (!word.len) {
            break;
        }
        uint64_t hash = kh_hash(word);
        if (word.len > 2 && !kh_word_is_stop(know, hash)) {
            bool is_new = false;
            uint32_t *bit = kh_map_put(a, &words, hash, &is_new);
            if (is_new) {
                *bit = (uint32_t)words.count - 1;
                *all |= (uint64_t)1 << *bit;
            }
        }
    }
    return words;
}

static uint64_t bit_of(const kh_map *words, uint64_t hash)
{
    const uint32_t *bit = words->count ? kh_map_get(words, hash) : NULL;
    return bit ? (uint64_t)1 << *bit : 0;
}

static uint64_t kind_of(const kh_tree *tree, const kh_block *b)
{
    const kh_node *own = &tree->nodes.items[b->node];
    const kh_node *parent = &tree->nodes.items[own->parent];
    uint64_t kind = kh_hash(kh_node_attr(tree, own, KH_ATTR_CLASS));
    kind = kh_hash_mix(kind, kh_hash(kh_node_attr(tree, parent, KH_ATTR_CLASS)));
    return kh_hash_mix(kind, (uint64_t)own->tag << 8 | parent->tag);
}

static void read_words(judge *j)
{
    const kh_search *s = j->s;
    kh_map title = {0};
    if (s->title != KH_NO_BLOCK) {
        title = words_of(s->a, s->know, s->blocks[s->title].text, &j->title);
    }
    kh_map summary = words_of(s->a, s->know, s->meta->description, &j->summary);
    for (size_t i = 0; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        j->agreeing += b->agrees ? b->shape.letters : 0;
        j->told[i].kind = kind_of(s->tree, b);
        if (!b->prose || kh_block_is_linky(b)) {
            continue;
        }
        kh_arena local = *s->a;
        kh_str key = kh_fold_key(&local, b->text);
        for (size_t at = 0;;) {
            kh_str word = next_word(key, &at);
            if (!word.len) {
                break;
            }
            uint64_t hash = kh_hash(word);
            j->told[i].words++;
            j->told[i].stops += kh_word_is_stop(s->know, hash);
            j->told[i].title |= bit_of(&title, hash);
            j->told[i].summary |= bit_of(&summary, hash);
        }
    }
}

/* ---- features ---- */

typedef struct sums {
    double letters, links, prose, agreeing, marked, never; /* of its body lines */
    double skipped;
    double words, stops;
    double alike, others; /* prose in elements like its own: inside, outside */
    size_t lines, furniture, foreign;
    uint64_t title, summary;
    size_t first, last; /* body lines */
} sums;

static bool is_body(const kh_block *b)
{
    return b->kept && (b->role == KH_ROLE_BODY || b->role == KH_ROLE_SUBHEAD);
}

static double part(double x, double of)
{
    return of > 0 ? (x < of ? x / of : 1) : 0;
}

static double bits_share(uint64_t x, uint64_t all)
{
    return part(__builtin_popcountll(x & all), __builtin_popcountll(all));
}

static void add_body_line(const judge *j, sums *u, size_t i)
{
    const kh_block *b = &j->s->blocks[i];
    double letters = b->shape.letters;
    u->first = u->lines && u->letters > 0 ? u->first : i;
    u->last = i;
    u->letters += letters;
    u->links += b->link_letters;
    u->prose += b->prose ? letters : 0;
    u->agreeing += b->agrees ? letters : 0;
    u->marked += b->out ? letters : 0;
    u->never += kh_block_is_out(b, KH_TRUST_FEW) ? letters : 0;
    u->words += j->told[i].words;
    u->stops += j->told[i].stops;
    u->title |= j->told[i].title;
    u->summary |= j->told[i].summary;
}

/* Prose that no menu and no comment holds, whichever candidate is looked at. */
static double plain_prose(const kh_block *b)
{
    return kh_block_weight(b, KH_TRUST_FEW) > 0 ? b->shape.letters : 0;
}

static void add_surroundings(const judge *j, const kh_candidate *c, sums *u)
{
    const kh_search *s = j->s;
    kh_arena scratch = *s->a;
    kh_map kinds = {0};
    for (size_t i = u->first; i <= u->last; i++) {
        if (is_body(&s->blocks[i]) && s->blocks[i].prose) {
            kh_map_put(&scratch, &kinds, j->told[i].kind, NULL);
        }
    }
    for (size_t i = s->from; i < s->count; i++) {
        const kh_block *b = &s->blocks[i];
        double prose = plain_prose(b);
        if (prose <= 0) {
            continue;
        }
        bool taken = is_body(b);
        bool like = kh_map_get(&kinds, j->told[i].kind) != NULL;
        u->alike += like && taken ? prose : 0;
        u->others += like && !taken ? prose : 0;
        u->skipped += !taken && i > u->first && i < u->last ? prose : 0;
    }
    for (size_t i = c->first; i < c->end; i++) {
        const kh_block *b = &s->blocks[i];
        u->foreign += kh_block_is_heading(b) && kh_block_is_linky(b) && b->shape.words >= 2;
        u->furniture += b->furniture != KH_FURNITURE_NONE;
    }
}

static sums sums_of(const judge *j, const kh_candidate *c)
{
    sums u = {0};
    const kh_search *s = j->s;
    for (size_t i = 0; i < s->count; i++) {
        s->blocks[i].kept = false;
        s->blocks[i].role = 0;
        s->blocks[i].why = NULL;
    }
    kh_roles_set(s, c);
    for (size_t i = s->from; i < c->end; i++) {
        if (is_body(&s->blocks[i])) {
            add_body_line(j, &u, i);
            u.lines++;
        }
    }
    if (u.lines) {
        add_surroundings(j, c, &u);
    }
    return u;
}

static bool is_named(const kh_candidate *c, const char *name)
{
    return kh_str_eq(kh_str_z(c->name), kh_str_z(name));
}

static kh_judgement judgement_of(const judge *j, const kh_candidate *c)
{
    sums u = sums_of(j, c);
    double span = c->end - c->first;
    kh_judgement g = {.letters = u.letters};
    g.by[KH_BY_links] = part(u.links, u.letters);
    g.by[KH_BY_prose] = part(u.prose, u.letters);
    g.by[KH_BY_said] = part(u.agreeing, j->agreeing);
    g.by[KH_BY_title] = bits_share(u.title, j->title);
    g.by[KH_BY_summary] = bits_share(u.summary, j->summary);
    g.by[KH_BY_stops] = part(2 * u.stops, u.words);
    g.by[KH_BY_furniture] = part((double)u.furniture, span);
    g.by[KH_BY_marked] = part(u.marked, u.letters);
    g.by[KH_BY_never] = part(u.never, u.letters);
    g.by[KH_BY_skipped] = part(u.skipped, u.letters);
    g.by[KH_BY_gap] = g.by[KH_BY_skipped] > GAP_SHARE;
    g.by[KH_BY_alike] = part(u.alike, u.alike + u.others);
    g.by[KH_BY_foreign] = part((double)u.foreign, span);
    g.by[KH_BY_list] = g.by[KH_BY_foreign] > LIST_SHARE;
    g.by[KH_BY_dense] = is_named(c, "dense");
    g.by[KH_BY_named] = is_named(c, "named");
    g.by[KH_BY_headed] = is_named(c, "headed");
    g.by[KH_BY_scored] = is_named(c, "scored");
    g.by[KH_BY_run] = is_named(c, "run");
    g.by[KH_BY_sure] = c->trust == KH_TRUST_SURE;
    g.by[KH_BY_few] = c->trust == KH_TRUST_FEW;
    g.by[KH_BY_none] = c->trust == KH_TRUST_NONE;
    return g;
}

static double score_of(const kh_judgement *g)
{
    static const double weights[] = {
#define WEIGHT(name, weight) [KH_BY_##name] = (weight),
        KH_FEATURES(WEIGHT)
#undef WEIGHT
    };
    double sum = 0;
    for (size_t i = 0; i < KH_BY_count; i++) {
        sum += weights[i] * g->by[i];
    }
    return sum;
}

kh_judgement *kh_candidates_judge(const kh_search *s, const kh_candidates *found)
{
    judge j = {.s = s, .told = KH_NEW_N(s->a, told, s->count + 1)};
    kh_judgement *all = KH_NEW_N(s->a, kh_judgement, found->count + 1);
    read_words(&j);
    double most = 0;
    for (size_t i = 0; i < found->count; i++) {
        all[i] = judgement_of(&j, &found->items[i]);
        most = all[i].letters > most ? all[i].letters : most;
    }
    for (size_t i = 0; i < found->count; i++) {
        all[i].by[KH_BY_thin] = 1 - part(all[i].letters, most / 2);
        all[i].by[KH_BY_tiny] = all[i].letters < NOTE_LETTERS && all[i].letters * 5 < most;
        all[i].score = score_of(&all[i]);
    }
    return all;
}

size_t kh_candidate_choose(const kh_search *s, const kh_candidates *found)
{
    size_t best = 0;
    if (found->count > 1) {
        const kh_judgement *all = kh_candidates_judge(s, found);
        for (size_t i = 1; i < found->count; i++) {
            best = all[i].score > all[best].score ? i : best;
        }
        for (size_t i = 0; i < s->count; i++) {
            s->blocks[i].kept = false;
            s->blocks[i].role = 0;
            s->blocks[i].why = NULL;
        }
    }
    return best;
}
