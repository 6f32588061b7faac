/* quotes.c - which quotations on two pages are the same words said once?
 *
 * Example: "Do not go back for your things." and "لا تعودوا لأخذ أغراضكم" share no name, number or concept of
 * the tables; but both are the mayor's, of like length, and stand behind the sentence that urges people to stay
 * away from the river on two pages of one wire. "لا حاجة إلى زلزال" in an interview with one agency and "لم يكن
 * زلزالاً" in one with another share the speaker and the point, and are two utterances.
 *
 * So the pages decide first: only pages of one text, or a compiled page and its source, can have renderings of one
 * utterance. Between them the pieces (a quotation, or a sentence of a longer one) are aligned in order, by
 * speaker, by what they say, by length, and by whether the sentences around them are aligned; what is left over
 * is matched by content alone, since editors move quotations. A piece without any key is only taken where its
 * neighbours hold it.
 *
 * Shown are pairs of which one at least is direct speech, and a copy beside its original; two copies are compared
 * with each other only where the original is not in the story, and stand beside each other where both translate
 * one utterance into two languages.
 *
 * Gets wrong: two short utterances of one man side by side, of which the copier dropped the first.
 */
#include "accounts/internal.h"

#include <string.h>

enum { PIECES_MAX = 200, KEYS_OF_MOVED = 2, KEYS_OF_CERTAIN = 3 };
static const float CONTENT_OF_MOVED = 0.40F;
static const float CONTENT_OF_CERTAIN = 0.75F;
static const float LENGTH_LEAST = 0.2F;     /* of the longer */
static const float LENGTH_OF_MOVED = 0.35F; /* of the longer */
static const float TAKEN = 0.55F;

typedef struct piece {
    uint32_t quotation;
    kh_unit unit;
    uint32_t sentence; /* index of the unit of the side that it stands in */
    float letters;
    float best; /* the most of its content that any piece of the other page has */
    bool direct;
    bool taken;
} piece;

typedef KH_LIST(piece) pieces;

static bool is_direct(const kh_quotation *q)
{
    return q->form == KH_FORM_DIRECT || q->form == KH_FORM_DIRECT_UNMARKED || q->form == KH_FORM_MIXED || q->form == KH_FORM_PARTIAL;
}

static uint32_t sentence_of(const kh_side *s, kh_span span)
{
    for (uint32_t i = 0; i < s->units.count; i++) {
        if (kh_span_meets(s->units.items[i].span, span)) {
            return i;
        }
    }
    return KH_NO_GROUP;
}

static void add_piece(kh_case *c, const kh_side *s, uint32_t quotation, kh_span span, pieces *found)
{
    kh_str text = kh_str_trim(kh_slice(s->art->text, span));
    if (!text.len || found->count >= PIECES_MAX) {
        return;
    }
    span = kh_span_of(s->art->text, text);
    const kh_quotation *q = &s->art->quotations.items[quotation];
    *KH_ADD(c->scratch, found) = (piece){.quotation = quotation,
                                         .unit = kh_unit_of(c, s, span),
                                         .sentence = sentence_of(s, span),
                                         .letters = (float)kh_utf8_count(text),
                                         .direct = is_direct(q)};
}

/* Each quotation of the body, cut into its sentences. */
static pieces pieces_of(kh_case *c, const kh_side *s)
{
    pieces found = {0};
    for (uint32_t q = 0; q < s->art->quotations.count; q++) {
        const kh_quotation *quotation = &s->art->quotations.items[q];
        const kh_line *line = kh_article_line_at(s->art, quotation->span.begin);
        if (!line || line->role != KH_ROLE_BODY || quotation->form == KH_FORM_SCARE || quotation->form == KH_FORM_NO_COMMENT) {
            continue;
        }
        bool cut = false;
        KH_EACH(const kh_stretch, sentence, s->art->tokens->sentences) {
            if (kh_span_meets(sentence->span, quotation->span)) {
                kh_span part = {sentence->span.begin > quotation->span.begin ? sentence->span.begin : quotation->span.begin,
                                sentence->span.end < quotation->span.end ? sentence->span.end : quotation->span.end};
                add_piece(c, s, q, part, &found);
                cut = true;
            }
        }
        if (!cut) {
            add_piece(c, s, q, quotation->span, &found);
        }
    }
    return found;
}

/* ---- two pieces ---- */

typedef struct couple {
    kh_case *c;
    uint32_t a, b;
    pieces pa, pb;
    bool one_lang;
    kh_alignment sentences;
} couple;

static bool is_person(const kh_side *s, uint32_t quotation)
{
    uint32_t name = s->art->quotations.items[quotation].speaker_name;
    return name < s->art->names.count && s->art->names.items[name].type == KH_NAME_PERSON;
}

/* 1: one speaker; 0: cannot be said; -1: two. */
static int speakers(const couple *x, const piece *p, const piece *q)
{
    const kh_side *a = &x->c->sides[x->a];
    const kh_side *b = &x->c->sides[x->b];
    const kh_quotation *qa = &a->art->quotations.items[p->quotation];
    const kh_quotation *qb = &b->art->quotations.items[q->quotation];
    if (kh_same_speaker(x->c, x->a, qa, x->b, qb)) {
        return 1;
    }
    return is_person(a, p->quotation) && is_person(b, q->quotation) ? -1 : 0;
}

static float content(const couple *x, const piece *p, const piece *q, uint32_t *keys)
{
    float shared = kh_unit_shared(&p->unit, &q->unit, false, keys);
    float lighter = p->unit.weight < q->unit.weight ? p->unit.weight : q->unit.weight;
    if (x->one_lang) {
        float words_a = 0;
        float words_b = 0;
        KH_EACH(const kh_key, k, p->unit.words) {
            words_a += k->weight;
        }
        KH_EACH(const kh_key, k, q->unit.words) {
            words_b += k->weight;
        }
        shared = kh_unit_shared(&p->unit, &q->unit, true, keys);
        lighter = p->unit.weight + words_a < q->unit.weight + words_b ? p->unit.weight + words_a : q->unit.weight + words_b;
    }
    return lighter > 0 ? shared / lighter : 0;
}

/* Do the sentences of P and Q, or those beside them, stand in the alignment. */
static bool held(const couple *x, const piece *p, const piece *q)
{
    if (p->sentence == KH_NO_GROUP || q->sentence == KH_NO_GROUP) {
        return false;
    }
    KH_EACH(const kh_match_pair, m, x->sentences.pairs) {
        int64_t da = (int64_t)m->a - p->sentence;
        int64_t db = (int64_t)m->b - q->sentence;
        if (da >= -1 && da <= 1 && db >= -1 && db <= 1 && da * db >= 0) {
            return true;
        }
    }
    return false;
}

static float like_length(const piece *p, const piece *q)
{
    float shorter = p->letters < q->letters ? p->letters : q->letters;
    float longer = p->letters < q->letters ? q->letters : p->letters;
    return longer > 0 ? shorter / longer : 0;
}

/* What a piece says better elsewhere on the other page counts against this couple: it was moved there. */
static void find_best_content(couple *x)
{
    KH_EACH(piece, p, x->pa) {
        KH_EACH(piece, q, x->pb) {
            uint32_t keys = 0;
            float said = content(x, p, q, &keys);
            if (keys >= KEYS_OF_MOVED && speakers(x, p, q) > 0 && like_length(p, q) >= LENGTH_OF_MOVED) {
                p->best = said > p->best ? said : p->best;
                q->best = said > q->best ? said : q->best;
            }
        }
    }
}

static float likeness(const couple *x, const piece *p, const piece *q)
{
    uint32_t keys = 0;
    float said = content(x, p, q, &keys);
    int speaker = speakers(x, p, q);
    float length = like_length(p, q);
    float elsewhere = p->best > q->best ? p->best : q->best;
    bool by_place = held(x, p, q) && length >= 0.5F && (speaker > 0 || (!speaker && p->direct && q->direct));
    if (p->taken || q->taken || length < LENGTH_LEAST || (!keys && !by_place) || (x->one_lang && said < 0.3F)) {
        return 0;
    }
    float score = said + 0.3F * length + (p->direct && q->direct ? 0.15F : 0) + (held(x, p, q) ? 0.2F : 0);
    score += speaker > 0 ? 0.15F : speaker < 0 ? -0.5F : 0;
    score -= elsewhere > said ? elsewhere - said : 0;
    return score >= TAKEN ? score : 0;
}

/* ---- two pages ---- */

static void add_rendering(couple *x, size_t i, size_t j, float score, kh_renderings *found)
{
    piece *p = &x->pa.items[i];
    piece *q = &x->pb.items[j];
    p->taken = q->taken = true;
    *KH_ADD(x->c->scratch, found) = (kh_rendering){.article_a = x->a,
                                                   .article_b = x->b,
                                                   .a = p->quotation,
                                                   .b = q->quotation,
                                                   .span_a = p->unit.span,
                                                   .span_b = q->unit.span,
                                                   .score = score > 1 ? 1 : score};
}

/* The pieces in order: the alignment whose sum of likeness is the largest. */
static void align_in_order(couple *x, kh_renderings *found)
{
    size_t rows = x->pa.count;
    size_t width = x->pb.count + 1;
    kh_arena lower = *x->c->scratch;
    kh_arena room = kh_arena_split(&lower);
    float *best = KH_NEW_N(&room, float, (rows + 1) * width);
    float *gain = KH_NEW_N(&room, float, (rows + 1) * width);
    for (size_t i = 1; i <= rows; i++) {
        for (size_t j = 1; j < width; j++) {
            gain[i * width + j] = likeness(x, &x->pa.items[i - 1], &x->pb.items[j - 1]);
            float sum = best[(i - 1) * width + j - 1] + gain[i * width + j];
            float up = best[(i - 1) * width + j];
            float left = best[i * width + j - 1];
            sum = up > sum ? up : sum;
            best[i * width + j] = left > sum ? left : sum;
        }
    }
    for (size_t i = rows, j = width - 1; i && j;) {
        if (best[i * width + j] == best[(i - 1) * width + j]) {
            i--;
        } else if (best[i * width + j] == best[i * width + j - 1]) {
            j--;
        } else {
            add_rendering(x, i - 1, j - 1, gain[i * width + j], found);
            i--;
            j--;
        }
    }
}

/* Did the speaker of P tell it to an agency that the other page does not name: then it is another interview. */
static bool told_elsewhere(const couple *x, const piece *p, uint32_t side, uint32_t other)
{
    uint32_t group = x->c->sides[side].speakers[p->quotation];
    kh_str told = group == KH_NO_GROUP ? (kh_str){0} : kh_told_here(&x->c->sides[side], group);
    return told.len && x->c->sides[other].ties.count && !kh_tie_to(&x->c->sides[other], told);
}

/* Is what P and Q say enough to take them for one utterance wherever they stand. CERTAIN: nearly the same content. */
static float said_alike(const couple *x, const piece *p, const piece *q, bool certain)
{
    uint32_t keys = 0;
    float said = content(x, p, q, &keys);
    int speaker = speakers(x, p, q);
    bool denied_a = x->c->sides[x->a].art->quotations.items[p->quotation].stance == KH_STANCE_DENIAL;
    bool denied_b = x->c->sides[x->b].art->quotations.items[q->quotation].stance == KH_STANCE_DENIAL;
    bool one_denies = denied_a != denied_b;
    bool enough = said >= CONTENT_OF_CERTAIN && keys >= KEYS_OF_CERTAIN && speaker >= 0;
    if (!certain) {
        enough = enough || (said >= CONTENT_OF_MOVED && keys >= KEYS_OF_MOVED && speaker > 0 && !one_denies);
    }
    return enough && !p->taken && !q->taken && like_length(p, q) >= LENGTH_OF_MOVED ? said : 0;
}

/* By content alone, the best first: what nearly says the same before the order is looked at, what was moved after. */
static void align_by_content(couple *x, bool certain, kh_renderings *found)
{
    for (;;) {
        float best = 0;
        size_t bi = 0;
        size_t bj = 0;
        for (size_t i = 0; i < x->pa.count; i++) {
            for (size_t j = 0; j < x->pb.count && !x->pa.items[i].taken; j++) {
                float said = said_alike(x, &x->pa.items[i], &x->pb.items[j], certain);
                if (said > best) {
                    best = said;
                    bi = i;
                    bj = j;
                }
            }
        }
        if (best <= 0) {
            return;
        }
        add_rendering(x, bi, bj, best, found);
    }
}

static size_t direct_pieces(const couple *x, const pieces *list, uint32_t side, const piece *of)
{
    size_t count = 0;
    uint32_t group = x->c->sides[side].speakers[of->quotation];
    KH_EACH(const piece, p, *list) {
        count += p->direct && x->c->sides[side].speakers[p->quotation] == group;
    }
    return count;
}

/* The only words of one person on either page of a copy: one utterance, where nothing speaks against it. */
static void align_only_words(couple *x, kh_renderings *found)
{
    for (size_t i = 0; i < x->pa.count; i++) {
        for (size_t j = 0; j < x->pb.count; j++) {
            const piece *p = &x->pa.items[i];
            const piece *q = &x->pb.items[j];
            uint32_t keys = 0;
            content(x, p, q, &keys);
            bool other = !keys && p->unit.keys.count >= KEYS_OF_MOVED && q->unit.keys.count >= KEYS_OF_MOVED;
            bool only = !p->taken && !q->taken && p->direct && q->direct && is_person(&x->c->sides[x->a], p->quotation) &&
                        speakers(x, p, q) > 0 && direct_pieces(x, &x->pa, x->a, p) == 1 && direct_pieces(x, &x->pb, x->b, q) == 1;
            other = other || told_elsewhere(x, p, x->a, x->b) || told_elsewhere(x, q, x->b, x->a);
            if (only && !other && !x->one_lang && like_length(p, q) >= 0.5F) {
                add_rendering(x, i, j, TAKEN, found);
            }
        }
    }
}

static pieces anew(pieces of)
{
    KH_EACH(piece, p, of) {
        p->best = 0;
        p->taken = false;
    }
    return of;
}

/* PA and PB: what the two pages say, on which this couple leaves its marks. */
static couple couple_of(kh_case *c, uint32_t a, uint32_t b, pieces pa, pieces pb)
{
    return (couple){.c = c, .a = a, .b = b, .pa = anew(pa), .pb = anew(pb), .one_lang = c->sides[a].lang == c->sides[b].lang};
}

uint32_t kh_quotes_in_common(kh_case *c, uint32_t a, uint32_t b)
{
    kh_renderings found = {0};
    couple x = couple_of(c, a, b, pieces_of(c, &c->sides[a]), pieces_of(c, &c->sides[b]));
    align_by_content(&x, false, &found);
    return (uint32_t)found.count;
}

/* Does one of the two stand under an agency that the other names: it may have quotations from there. */
static bool one_agency(const kh_side *a, const kh_side *b)
{
    KH_EACH(const kh_tie, t, a->ties) {
        const kh_tie *other = kh_tie_to(b, t->agency);
        if (other && t->nearness <= KH_NEAR_UNDER && other->nearness > KH_NEAR_UNDER) {
            return true;
        }
    }
    return false;
}

/* A copy beside the page it was taken from; two pages of a wire whose original is not here; a page that names an
 * agency and one of that agency. */
static bool shown_together(const kh_case *c, uint32_t a, uint32_t b)
{
    const kh_side *x = &c->sides[a];
    const kh_side *y = &c->sides[b];
    bool no_original = kh_same_text(c, a, b) && x->parent == KH_NO_GROUP && y->parent == KH_NO_GROUP;
    bool free = !kh_same_text(c, a, b) && x->parent == KH_NO_GROUP && y->parent == KH_NO_GROUP && !x->compiled && !y->compiled;
    return kh_copy_between(c, a, b) || no_original || (free && (one_agency(x, y) || one_agency(y, x)));
}

static void show(kh_case *c, const kh_rendering *r)
{
    const kh_quotation *qa = &c->sides[r->article_a].art->quotations.items[r->a];
    const kh_quotation *qb = &c->sides[r->article_b].art->quotations.items[r->b];
    if (is_direct(qa) || is_direct(qb)) {
        *KH_ADD(c->out, &c->story->aligned) =
            (kh_aligned){.a = {r->article_a, r->span_a}, .b = {r->article_b, r->span_b}, .score = r->score};
    }
}

/* Direct words of a copy, and where its original has them. */
typedef struct daughter {
    kh_place_in original, copy;
    float score;
} daughter;

typedef KH_LIST(daughter) daughters;

static daughters daughters_of(kh_case *c, const kh_renderings *all)
{
    daughters found = {0};
    KH_EACH(const kh_rendering, r, *all) {
        const kh_copy *copy = kh_copy_between(c, r->article_a, r->article_b);
        kh_place_in a = {r->article_a, r->span_a};
        kh_place_in b = {r->article_b, r->span_b};
        bool turned = copy && copy->dst == r->article_a;
        if (copy && is_direct(&c->sides[copy->dst].art->quotations.items[turned ? r->a : r->b])) {
            *KH_ADD(c->scratch, &found) = (daughter){turned ? b : a, turned ? a : b, r->score};
        }
    }
    return found;
}

/* Two translations, into two languages, of one utterance: each may have lost something else. */
static void show_translations(kh_case *c, const kh_renderings *all)
{
    daughters found = c->count <= KH_PAGES_ALL_PAIRS ? daughters_of(c, all) : (daughters){0};
    for (size_t i = 0; i < found.count; i++) {
        for (size_t j = i + 1; j < found.count; j++) {
            const daughter *x = &found.items[i];
            const daughter *y = &found.items[j];
            if (x->original.article == y->original.article && kh_span_meets(x->original.span, y->original.span) &&
                c->sides[x->copy.article].lang != c->sides[y->copy.article].lang) {
                *KH_ADD(c->out, &c->story->aligned) =
                    (kh_aligned){.a = x->copy, .b = y->copy, .score = x->score < y->score ? x->score : y->score};
            }
        }
    }
}

kh_renderings kh_quotes_align(kh_case *c)
{
    kh_renderings all = {0};
    pieces *of = KH_NEW_N(c->scratch, pieces, c->count + 1);
    for (uint32_t i = 0; i < c->count; i++) {
        of[i] = pieces_of(c, &c->sides[i]);
    }
    for (uint32_t a = 0; a < c->count; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            if (!shown_together(c, a, b)) {
                continue;
            }
            couple x = couple_of(c, a, b, of[a], of[b]);
            size_t before = all.count;
            if (kh_same_text(c, a, b)) {
                x.sentences = kh_align(c, &c->sides[a], &c->sides[b], false);
                find_best_content(&x);
                align_by_content(&x, true, &all);
                align_in_order(&x, &all);
            }
            align_by_content(&x, false, &all);
            if (kh_copy_between(c, a, b)) {
                align_only_words(&x, &all);
            }
            for (size_t i = before; i < all.count; i++) {
                show(c, &all.items[i]);
            }
        }
    }
    show_translations(c, &all);
    return all;
}
