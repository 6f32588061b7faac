/* article.c - small questions about an article, and the invariants that each stage must keep. */
#include "model/article.h"

#include <assert.h>

bool kh_line_is_content(const kh_line *line)
{
    return line->role == KH_ROLE_BODY || line->role == KH_ROLE_TITLE || line->role == KH_ROLE_SUBHEAD;
}

bool kh_clue_is_taken(const kh_article *a, const kh_clue *clue)
{
    bool outlet = kh_str_eq(clue->field, KH_STR("outlet"));
    return clue->taken && (!outlet || kh_str_eq(clue->value, a->outlet.value));
}

bool kh_figure_happened(const kh_figure *f)
{
    return f->what.len && !kh_str_eq(f->what, KH_STR("duration")) && !(f->kind == KH_FIGURE_COUNT && kh_str_eq(f->what, f->scope));
}

const kh_line *kh_article_line_at(const kh_article *a, uint32_t at)
{
    size_t low = 0;
    size_t high = a->lines.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (a->lines.items[mid].span.end <= at) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    bool inside = low < a->lines.count && a->lines.items[low].span.begin <= at;
    return inside ? &a->lines.items[low] : NULL;
}

kh_line_role kh_article_role_of(const kh_article *a, size_t token)
{
    const kh_line *line = kh_article_line_at(a, a->tokens->tokens.items[token].span.begin);
    return line ? line->role : KH_ROLE_BOILERPLATE;
}

kh_str kh_article_body(kh_arena *out, const kh_article *a, bool with_subheads)
{
    kh_buf b = {.arena = out};
    KH_EACH(const kh_line, line, a->lines) {
        if (line->role == KH_ROLE_BODY || (with_subheads && line->role == KH_ROLE_SUBHEAD)) {
            if (b.len) {
                kh_buf_char(&b, '\n');
            }
            kh_buf_add(&b, kh_slice(a->text, line->span));
        }
    }
    return kh_buf_str(&b);
}

static void check_span(const kh_article *a, kh_span span)
{
    assert(span.begin <= span.end && span.end <= a->text.len);
    (void)a;
    (void)span;
}

void kh_article_check(const kh_article *a)
{
    uint32_t at = 0;
    KH_EACH(const kh_line, line, a->lines) {
        check_span(a, line->span);
        assert(line->span.begin >= at);
        at = line->span.end;
    }
    KH_EACH(const kh_link, link, a->links) {
        check_span(a, link->span);
    }
    KH_EACH(const kh_date, date, a->dates) {
        check_span(a, date->span);
    }
    KH_EACH(const kh_credit, credit, a->credits) {
        check_span(a, credit->span);
        check_span(a, credit->agency_span);
    }
    at = 0;
    KH_EACH(const kh_mention, mention, a->mentions) {
        check_span(a, mention->span);
        assert(mention->span.begin >= at && mention->name < a->names.count);
        at = mention->span.begin;
    }
    KH_EACH(const kh_quotation, quotation, a->quotations) {
        check_span(a, quotation->span);
        check_span(a, quotation->cue);
        check_span(a, quotation->speaker_span);
        assert(quotation->speaker_name == KH_NO_NAME || quotation->speaker_name < a->names.count);
    }
    KH_EACH(const kh_figure, figure, a->figures) {
        check_span(a, figure->span);
        check_span(a, figure->hedge);
    }
    (void)at;
}
