/* correction.c - a person's corrections laid over what was read.
 *
 * Decides which quotation or name a correction means now. A person said of «لم نتلق أي رد» that the minister said it,
 * not the mayor; since then the outlet changed a paragraph above. The words are found again by their fold, wherever
 * they stand; of two equal ones the one nearer to the old place is taken. Where the page now has «لم نتلق أي رد حتى
 * الآن», the longer words hold the shorter ones, which are more than half of them: still the same quotation.
 *
 * A corrected speaker goes into the figures of that quotation and into the chain: the hop of the old speaker is
 * renamed when nothing else on the page is his, else a chain of the new one is put beside it. Names are joined and
 * parted by their ids, which decide wherever names are compared: two spellings that are one get one id, two that are
 * not get different ones; the first spelling keeps what the gazetteer knows of it.
 *
 * Gets wrong: a quotation rewritten by more than half is not found, the correction rests; two people written alike
 * cannot be parted, since a spelling is all that names have in common across pages.
 */
#include "model/correction.h"

#include <string.h>

static kh_str folded(kh_arena *out, kh_str s)
{
    return kh_str_trim(kh_fold_key(out, s));
}

/* ---- finding the target ---- */

/* How sure it is that the words X are Y, both folded: 2 equal, 1 one holds the other and is at most twice as long. */
static int likeness(kh_str x, kh_str y)
{
    kh_str longer = x.len > y.len ? x : y;
    kh_str shorter = x.len > y.len ? y : x;
    if (kh_str_eq(x, y)) {
        return 2;
    }
    return shorter.len * 2 >= longer.len && kh_str_find(longer, shorter) < longer.len;
}

kh_quotation *kh_correction_quotation(kh_arena scratch, const kh_article *a, kh_str words, uint32_t begin)
{
    kh_quotation *best = NULL;
    int most = 0;
    uint32_t nearest = UINT32_MAX;
    kh_str wanted = folded(&scratch, words);
    for (size_t i = 0; i < a->quotations.count && wanted.len; i++) {
        kh_quotation *q = &a->quotations.items[i];
        kh_arena fresh = scratch;
        int like = likeness(folded(&fresh, kh_slice(a->text, q->span)), wanted);
        uint32_t gap = q->span.begin > begin ? q->span.begin - begin : begin - q->span.begin;
        if (like > most || (like == most && like && gap < nearest)) {
            most = like;
            nearest = gap;
            best = q;
        }
    }
    return best;
}

uint32_t kh_correction_name(kh_arena scratch, const kh_article *a, kh_str spelling)
{
    kh_str wanted = folded(&scratch, spelling);
    for (size_t i = 0; i < a->names.count && wanted.len; i++) {
        kh_arena fresh = scratch;
        if (kh_str_eq(folded(&fresh, a->names.items[i].label), wanted)) {
            return (uint32_t)i;
        }
    }
    KH_EACH(const kh_mention, m, a->mentions) {
        kh_arena fresh = scratch;
        if (wanted.len && kh_str_eq(folded(&fresh, kh_slice(a->text, m->span)), wanted)) {
            return m->name;
        }
    }
    return KH_NO_NAME;
}

/* ---- speakers ---- */

static bool speaks_elsewhere(const kh_article *a, const kh_quotation *q)
{
    KH_EACH(const kh_quotation, other, a->quotations) {
        if (other != q && kh_str_eq(other->speaker, q->speaker)) {
            return true;
        }
    }
    return false;
}

/* The chain that begins with the speaker LABEL; NULL. */
static kh_chain *chain_of(kh_article *a, kh_str label)
{
    KH_EACH(kh_chain, c, a->chains) {
        if (c->hops.count && c->hops.items[0].role == KH_HOP_SPEAKER && kh_str_eq(c->hops.items[0].label, label)) {
            return c;
        }
    }
    return NULL;
}

/* A chain of its own with the hops of C, without its speaker. */
static kh_chain without_speaker(kh_arena *out, const kh_chain *c)
{
    kh_chain bare = {0};
    for (size_t i = 1; i < c->hops.count; i++) {
        *KH_ADD(out, &bare.hops) = c->hops.items[i];
    }
    return bare;
}

static kh_chain with_speaker(kh_arena *out, const kh_chain *bare, kh_str label, kh_str id)
{
    kh_chain c = {0};
    *KH_ADD(out, &c.hops) = (kh_hop){.role = KH_HOP_SPEAKER, .id = id, .label = label};
    KH_EACH(const kh_hop, h, bare->hops) {
        *KH_ADD(out, &c.hops) = *h;
    }
    return c;
}

static void correct_chain(kh_arena *out, kh_article *a, const kh_quotation *q, kh_str label, kh_str id)
{
    kh_chain *old = q->speaker.len ? chain_of(a, q->speaker) : NULL;
    if (!old || (label.len && chain_of(a, label))) {
        return;
    }
    kh_chain bare = without_speaker(out, old);
    kh_chain fresh = label.len ? with_speaker(out, &bare, label, id) : bare;
    if (!speaks_elsewhere(a, q)) {
        *old = fresh;
    } else if (label.len) {
        *KH_ADD(out, &a->chains) = fresh;
    }
}

/* False where the words are gone. */
static bool correct_speaker(kh_arena *out, kh_article *a, const kh_correction *c)
{
    kh_quotation *q = kh_correction_quotation(*out, a, c->words, c->begin);
    if (!q) {
        return false;
    }
    bool unknown = kh_str_eq(c->value, KH_STR("unknown"));
    uint32_t name = unknown ? KH_NO_NAME : kh_correction_name(*out, a, c->value);
    kh_str label = unknown ? (kh_str){0} : name == KH_NO_NAME ? c->value : a->names.items[name].label;
    uint32_t index = (uint32_t)(q - a->quotations.items);
    correct_chain(out, a, q, label, name == KH_NO_NAME ? (kh_str){0} : a->names.items[name].id);
    KH_EACH(kh_figure, f, a->figures) {
        if (f->quotation == index && (kh_str_eq(f->claimed_by, q->speaker) || !f->claimed_by.len)) {
            f->claimed_by = label;
        }
    }
    q->speaker = label;
    q->speaker_name = name;
    q->speaker_span = (kh_span){0, 0};
    q->corrected = c;
    return true;
}

/* ---- dates ---- */

static void correct_date(kh_article *a, const kh_correction *c)
{
    kh_when when = {0};
    if (kh_when_parse(c->value, &when)) {
        a->published = (kh_date){.when = when,
                                 .how = KH_DATE_GIVEN,
                                 .core = true,
                                 .path = KH_STR("correction"),
                                 .reason = KH_STR("said by a person"),
                                 .corrected = c};
        a->published_inferred = false;
    }
}

/* ---- names ---- */

/* Name FROM becomes part of name INTO; FROM's entry goes, the ones behind it move up. */
static void merge_names(kh_article *a, uint32_t into, uint32_t from)
{
    a->names.items[into].mention_count += a->names.items[from].mention_count;
    KH_EACH(kh_mention, m, a->mentions) {
        m->name = m->name == from ? into : m->name;
        m->name -= m->name > from;
    }
    KH_EACH(kh_quotation, q, a->quotations) {
        if (q->speaker_name != KH_NO_NAME) {
            q->speaker_name = q->speaker_name == from ? into : q->speaker_name;
            q->speaker_name -= q->speaker_name > from;
        }
    }
    memmove(&a->names.items[from], &a->names.items[from + 1], (a->names.count - from - 1) * sizeof *a->names.items);
    a->names.count--;
}

static void correct_same_name(kh_arena *out, kh_article *a, const kh_correction *c)
{
    uint32_t x = kh_correction_name(*out, a, c->words);
    uint32_t y = kh_correction_name(*out, a, c->value);
    kh_str id = kh_arena_printf(out, "corrected:%lld", (long long)c->id);
    if (x != KH_NO_NAME && y != KH_NO_NAME && x != y) {
        id = a->names.items[x].id.len ? a->names.items[x].id : a->names.items[y].id.len ? a->names.items[y].id : id;
        merge_names(a, x < y ? x : y, x < y ? y : x);
        x = x < y ? x : y;
    }
    uint32_t at = x != KH_NO_NAME ? x : y;
    if (at != KH_NO_NAME) {
        a->names.items[at].id = c->other.len ? c->other : id;
        a->names.items[at].corrected = c;
    }
}

/* The mentions written SPELLING of name OLD become a name of their own; its index. */
static uint32_t part_name(kh_arena *out, kh_article *a, uint32_t old, kh_str spelling)
{
    uint32_t fresh = (uint32_t)a->names.count;
    kh_str wanted = folded(out, spelling);
    *KH_ADD(out, &a->names) = (kh_name){.type = a->names.items[old].type, .label = spelling};
    KH_EACH(kh_mention, m, a->mentions) {
        kh_arena scratch = *out;
        if (m->name == old && kh_str_eq(folded(&scratch, kh_slice(a->text, m->span)), wanted)) {
            m->name = fresh;
            a->names.items[fresh].mention_count++;
            a->names.items[old].mention_count -= a->names.items[old].mention_count > 0;
        }
    }
    KH_EACH(kh_quotation, q, a->quotations) {
        kh_arena scratch = *out;
        if (q->speaker_name == old && kh_str_eq(folded(&scratch, kh_slice(a->text, q->speaker_span)), wanted)) {
            q->speaker_name = fresh;
            q->speaker = spelling;
        }
    }
    return fresh;
}

static void correct_other_name(kh_arena *out, kh_article *a, const kh_correction *c)
{
    uint32_t x = kh_correction_name(*out, a, c->words);
    uint32_t y = kh_correction_name(*out, a, c->value);
    if (x != KH_NO_NAME && x == y) {
        kh_arena scratch = *out;
        bool label_is_y = kh_str_eq(folded(&scratch, a->names.items[x].label), folded(&scratch, c->value));
        uint32_t fresh = part_name(out, a, x, label_is_y ? c->words : c->value);
        x = label_is_y ? fresh : x;
        y = label_is_y ? y : fresh;
    }
    bool known = x != KH_NO_NAME && a->names.items[x].id.len;
    if (y != KH_NO_NAME) {
        kh_name *n = &a->names.items[y];
        bool own = n->id.len && !kh_str_eq(n->id, c->other) && !(known && kh_str_eq(n->id, a->names.items[x].id));
        n->id = own ? n->id : kh_arena_printf(out, "corrected:%lld:b", (long long)c->id);
        n->corrected = c;
    }
    if (x != KH_NO_NAME) {
        kh_name *n = &a->names.items[x];
        n->id = known ? n->id : kh_arena_printf(out, "corrected:%lld:a", (long long)c->id);
        n->corrected = c;
    }
}

/* ---- all ---- */

/* Does C, which holds, touch A: by key, or by a name that A has. */
static bool touches(kh_arena scratch, const kh_article *a, const kh_correction *c)
{
    if (c->kind == KH_CORRECT_SAME_NAME || c->kind == KH_CORRECT_OTHER_NAME) {
        return kh_correction_name(scratch, a, c->words) != KH_NO_NAME || kh_correction_name(scratch, a, c->value) != KH_NO_NAME;
    }
    return kh_str_eq(c->article, a->key) || kh_str_eq(c->other, a->key);
}

/* False where C rests. */
static bool apply(kh_arena *out, kh_article *a, const kh_correction *c)
{
    switch (c->kind) {
    case KH_CORRECT_SPEAKER: return correct_speaker(out, a, c);
    case KH_CORRECT_DATE: correct_date(a, c); break;
    case KH_CORRECT_SAME_NAME: correct_same_name(out, a, c); break;
    case KH_CORRECT_OTHER_NAME: correct_other_name(out, a, c); break;
    case KH_CORRECT_NO_COPY: *KH_ADD(out, &a->no_copy_of) = kh_str_eq(c->article, a->key) ? c->other : c->article; break;
    default: break; /* join and split are kept as the place of the articles */
    }
    return true;
}

static const kh_correction *resting(kh_arena *out, const kh_correction *c)
{
    kh_correction *copy = KH_NEW(out, kh_correction);
    *copy = *c;
    copy->rests = true;
    return copy;
}

void kh_article_correct(kh_arena *out, kh_article *a, const kh_corrections *all)
{
    for (size_t i = 0; i < all->count; i++) {
        const kh_correction *c = all->items[i];
        if (touches(*out, a, c)) {
            bool effect = apply(out, a, c);
            *KH_ADD(out, &a->corrections) = effect ? c : resting(out, c);
        }
    }
}
