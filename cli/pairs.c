/* pairs.c - how a pair of articles is shown; compare and trace share it. */
#include "cli/pairs.h"

const kh_column kh_pair_columns[KH_PAIR_COLUMNS] = {{"a", 26, false}, {"b", 26, false}, {"relation", 28, false}, {"score", 0, true}};

kh_str kh_score_text(kh_arena *out, float score)
{
    return kh_arena_printf(out, "%.4f", (double)score);
}

kh_str kh_pair_name(const kh_pair *pair)
{
    return pair->is_copy ? kh_copy_kind_name(pair->copy.kind) : kh_relation_kind_name(pair->relation.kind);
}

enum { SHARED_SHOWN = 5 };

static void print_shared(kh_print *p, const kh_copy *c, const kh_article *src, const kh_article *dst)
{
    size_t shown = 0;
    KH_EACH(const kh_shared_span, x, c->shared) {
        if (shown++ == SHARED_SHOWN) {
            kh_buf_printf(p->buf, "  and %zu more (--format jsonl shows all)\n", c->shared.count - SHARED_SHOWN);
            break;
        }
        kh_buf_z(p->buf, "  ");
        kh_print_wrap(p, kh_slice(src->text, x->a), 2, (size_t)p->width - 4);
        if (c->kind == KH_COPY_TRANSLATED) {
            kh_buf_z(p->buf, "\n  ≈ ");
            kh_print_wrap(p, kh_slice(dst->text, x->b), 4, (size_t)p->width - 6);
        }
        kh_buf_z(p->buf, "\n");
    }
}

void kh_print_copy(kh_print *p, const kh_copy *c, const kh_article *a, const kh_article *b)
{
    const kh_article *src = c->src == 0 ? a : b;
    const kh_article *dst = c->src == 0 ? b : a;
    kh_print_style(p, "cyan", dst->label);
    kh_buf_z(p->buf, " is ");
    kh_print_style(p, "yellow", kh_copy_kind_name(c->kind));
    kh_buf_z(p->buf, " from ");
    kh_print_style(p, "cyan", src->label);
    kh_buf_printf(p->buf, ": %.0f %% of it, %.0f %% of the original; ", (double)c->cover_dst * 100, (double)c->cover_src * 100);
    kh_buf_printf(p->buf, c->direction.len ? "direction by " KH_FMT "\n" : "nothing tells which was first\n", KH_ARG(c->direction));
    print_shared(p, c, src, dst);
}
