/* reasons.c - why: the reasons that the stages give, said in the language of the interface.
 *
 * A stage gives its reason as one English sentence, which the store keeps and the JSON tells. The rows "reason.*" of
 * data/interface/en.txt are the patterns of these sentences: what stands between the fixed words are the pieces, each isolated
 * with a direction of its own; the same row of another language says where they go there.
 *
 *     en  reason.denies   {1} denies what {2} says
 *     ar  reason.denies   ينفي {1} ما يقوله {2}
 *     "Nadia Kortan denies what سميرة فولدان says"  ->  ينفي <bdi>Nadia Kortan</bdi> ما يقوله <bdi>سميرة فولدان</bdi>
 *
 * Of several patterns that fit, the one with the most fixed words counts. A piece may be a reason itself ("the number changed: the
 * original has ..."), a number, which gets the digits of the interface, or a day, which gets its calendar; between quotation marks it is
 * an article's own words, and no reason though it may read like one ("the copy dropped \"shown\""). A sentence that no
 * pattern fits, as of a program newer than its words, stands in English and is marked as English.
 *
 * Gets wrong: a piece that holds the fixed words of its own sentence is cut at the first of them.
 */
#include "html/reasons.h"

enum { PIECES_MAX = 4, DEPTH_MAX = 2 };

typedef struct fit {
    const kh_reason_pattern *pattern;
    kh_str pieces[PIECES_MAX];
    bool quoted[PIECES_MAX]; /* between quotation marks */
    size_t fixed;            /* bytes of the pattern that are no piece */
} fit;

/* Parts PATTERN at its first "{n}": the words before it, the number of the piece (0: there is none), the rest. */
static kh_str words_before_piece(kh_str *pattern, size_t *piece)
{
    for (size_t at = 0; at + 2 < pattern->len; at++) {
        size_t number = (size_t)(unsigned char)pattern->ptr[at + 1] - '0';
        if (pattern->ptr[at] == '{' && pattern->ptr[at + 2] == '}' && number >= 1 && number <= PIECES_MAX) {
            kh_str words = kh_str_head(*pattern, at);
            *pattern = kh_str_from(*pattern, at + 3);
            *piece = number;
            return words;
        }
    }
    kh_str words = *pattern;
    *pattern = (kh_str){0};
    *piece = 0;
    return words;
}

/* Does REASON have the words of the pattern in their order, with something between them? */
static bool fits(const kh_reason_pattern *pattern, kh_str reason, fit *f)
{
    kh_str rest = pattern->words;
    size_t open = 0; /* the piece that began where REASON stands now */
    *f = (fit){.pattern = pattern};
    for (;;) {
        size_t next = 0;
        kh_str words = words_before_piece(&rest, &next);
        size_t at = words.len ? kh_str_find(reason, words) : next ? 0 : reason.len;
        if (!next && words.len && kh_str_ends(reason, words)) {
            at = reason.len - words.len; /* the last words end the sentence */
        }
        bool has = words.len <= reason.len && at <= reason.len - words.len;
        if (!has || (open ? at == 0 : at > 0)) {
            return false;
        }
        if (open) {
            f->pieces[open - 1] = kh_str_head(reason, at);
        }
        f->fixed += words.len;
        reason = kh_str_from(reason, at + words.len);
        open = next;
        if (open) {
            f->quoted[open - 1] = kh_str_ends(words, KH_STR("\""));
        }
        if (!next) {
            return reason.len == 0;
        }
    }
}

static bool find(const kh_html *h, kh_str reason, fit *best)
{
    bool found = false;
    KH_EACH(const kh_reason_pattern, p, *kh_texts_reasons(h->texts)) {
        fit f;
        if (kh_str_starts(reason, p->head) && fits(p, reason, &f) && (!found || f.fixed > best->fixed)) {
            *best = f;
            found = true;
        }
    }
    return found;
}

static bool is_number(kh_str s)
{
    bool digits = s.len > 0;
    for (size_t i = 0; i < s.len; i++) {
        digits = digits && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '.');
    }
    return digits;
}

static kh_str said(const kh_html *h, kh_str reason, int depth);

static kh_str piece(const kh_html *h, kh_str s, int depth)
{
    static const size_t day_bytes = sizeof "2024-08-01" - 1;
    kh_time t = {0};
    kh_str inner = depth < DEPTH_MAX ? said(h, s, depth + 1) : (kh_str){0};
    if (inner.len) {
        return inner;
    }
    if (is_number(s)) {
        return kh_html_piece(h, kh_html_digits(h, s), (kh_str){0});
    }
    return s.len >= day_bytes && s.ptr[4] == '-' && kh_time_parse(s, &t) ? kh_html_time_piece(h, t) : kh_html_piece(h, s, (kh_str){0});
}

/* REASON in the interface's words, as markup; empty when no pattern fits. */
static kh_str said(const kh_html *h, kh_str reason, int depth)
{
    fit f;
    if (!find(h, reason, &f)) {
        return (kh_str){0};
    }
    kh_str pieces[PIECES_MAX] = {{0}};
    for (size_t i = 0; i < PIECES_MAX; i++) {
        pieces[i] = f.pieces[i].len ? piece(h, f.pieces[i], f.quoted[i] ? DEPTH_MAX : depth) : (kh_str){0};
    }
    kh_buf out = {.arena = h->out->arena};
    kh_html inner = {.out = &out, .frame = h->frame, .texts = h->texts};
    kh_html_say(&inner, f.pattern->key.ptr, pieces, PIECES_MAX);
    return kh_buf_str(&out);
}

void kh_html_reason(kh_html *h, kh_str reason)
{
    kh_str words = said(h, reason, 0);
    if (words.len) {
        kh_buf_add(h->out, words);
    } else if (reason.len) {
        kh_html_put(h, "<span lang=\"en\" dir=\"ltr\">");
        kh_html_text(h, reason);
        kh_html_put(h, "</span>");
    }
}

static kh_str plain(const kh_html *h, kh_str reason, int depth)
{
    fit f;
    if (!find(h, reason, &f)) {
        return reason; /* "{1}" in it is no piece */
    }
    kh_str pattern = kh_html_word(h, f.pattern->key.ptr);
    kh_buf out = {.arena = h->out->arena};
    while (pattern.len) {
        size_t number = 0;
        kh_buf_add(&out, words_before_piece(&pattern, &number));
        kh_str p = number ? f.pieces[number - 1] : (kh_str){0};
        bool is_value = !number || f.quoted[number - 1] || depth == DEPTH_MAX;
        kh_buf_add(&out, p.len && !is_value ? plain(h, p, depth + 1) : p);
    }
    return kh_buf_str(&out);
}

kh_str kh_html_reason_plain(const kh_html *h, kh_str reason)
{
    return plain(h, reason, 0);
}
