/* marks.c - the text of an article with its findings marked: names, quotations, figures, dates, credits.
 *
 * Findings overlap as they like: a figure stands in a quotation, a name across its end. So a line is cut wherever a finding
 * begins or ends, and each piece is one <span> with the classes of all findings that hold it:
 *
 *     «أبلغتهم بذلك في ديسمبر»     <span class="q">أبلغتهم بذلك في </span><span class="q d">ديسمبر</span>
 *
 * Where a quotation or a figure begins, its first piece has the id "at-BYTE", which is where other pages' links to the words lead.
 */
#include "html/write.h"

#include <stdlib.h>

typedef struct finding {
    kh_span span;
    uint8_t kind; /* bit */
    kh_str note;  /* for the pointer: who speaks, which day */
} finding;

typedef KH_LIST(finding) findings;

enum { NAME = 1, QUOTATION = 2, FIGURE = 4, DATE = 8, CREDIT = 16 };

static void add(const kh_html *h, findings *all, kh_span span, uint8_t kind, kh_str note)
{
    if (!kh_span_empty(span)) {
        *KH_ADD(h->out->arena, all) = (finding){span, kind, note};
    }
}

static int by_begin(const void *a, const void *b)
{
    const finding *x = a;
    const finding *y = b;
    return (x->span.begin > y->span.begin) - (x->span.begin < y->span.begin);
}

static findings findings_of(const kh_html *h, const kh_article *a)
{
    findings all = {0};
    KH_EACH(const kh_mention, m, a->mentions) {
        add(h, &all, m->span, NAME, a->names.items[m->name].label);
    }
    KH_EACH(const kh_quotation, q, a->quotations) {
        add(h, &all, q->span, QUOTATION, q->speaker);
    }
    KH_EACH(const kh_figure, f, a->figures) {
        add(h, &all, f->span, FIGURE, f->what);
    }
    KH_EACH(const kh_date, d, a->dates) {
        add(h, &all, d->span, DATE, kh_when_text(h->out->arena, d->when));
    }
    KH_EACH(const kh_credit, c, a->credits) {
        add(h, &all, c->span, CREDIT, c->label);
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_begin);
    }
    return all;
}

/* Where the piece that begins at AT ends: the next begin or end of a finding, or END. FIRST..: findings that may hold AT. */
static uint32_t piece_end(const findings *all, size_t first, uint32_t at, uint32_t end)
{
    for (size_t i = first; i < all->count && all->items[i].span.begin < end; i++) {
        kh_span s = all->items[i].span;
        end = s.begin > at && s.begin < end ? s.begin : end;
        end = s.end > at && s.end < end ? s.end : end;
    }
    return end;
}

static void classes(kh_html *h, unsigned kinds)
{
    static const char *const names[] = {"n", "q", "f", "d", "c"};
    const char *before = " class=\"";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (kinds & 1U << i) {
            kh_html_put(h, before);
            kh_html_put(h, names[i]);
            before = " ";
        }
    }
    kh_html_put(h, "\"");
}

static void piece(kh_html *h, const kh_article *a, const findings *all, size_t first, kh_span span)
{
    unsigned kinds = 0;
    bool anchor = false;
    kh_str note = {0};
    for (size_t i = first; i < all->count && all->items[i].span.begin <= span.begin; i++) {
        const finding *f = &all->items[i];
        if (span.begin < f->span.end) {
            kinds |= f->kind;
            anchor = anchor || f->span.begin == span.begin;
            note = f->kind == QUOTATION && note.len ? note : f->note;
        }
    }
    if (kinds == 0) {
        kh_html_text(h, kh_slice(a->text, span));
        return;
    }
    kh_html_put(h, "<span");
    if (anchor) {
        kh_buf_printf(h->out, " id=\"at-%u\"", span.begin);
    }
    classes(h, kinds);
    if (note.len) {
        kh_html_attr(h, "title", note);
    }
    kh_html_put(h, ">");
    kh_html_text(h, kh_slice(a->text, span));
    kh_html_put(h, "</span>");
}

/* *first moves over findings that lie wholly behind: so a line is walked once, however many it has. */
static void line(kh_html *h, const kh_article *a, const kh_line *l, const findings *all, size_t *first)
{
    for (uint32_t at = l->span.begin; at < l->span.end;) {
        while (*first < all->count && all->items[*first].span.end <= at) {
            (*first)++;
        }
        uint32_t end = piece_end(all, *first, at, l->span.end);
        piece(h, a, all, *first, (kh_span){at, end});
        at = end;
    }
}

/* The line of text that is the headline, NULL when the page shows none. */
static const kh_line *headline_of(const kh_article *a)
{
    const kh_line *l = kh_span_empty(a->title.span) ? NULL : kh_article_line_at(a, a->title.span.begin);
    return l && l->role == KH_ROLE_TITLE ? l : NULL;
}

void kh_html_marked_title(kh_html *h, const kh_article *a)
{
    const kh_line *l = headline_of(a);
    if (l) {
        findings all = findings_of(h, a);
        size_t first = 0;
        line(h, a, l, &all, &first);
    } else {
        kh_html_text(h, a->title.value.len ? a->title.value : kh_html_word(h, "no_title"));
    }
}

void kh_html_marked_text(kh_html *h, const kh_article *a)
{
    findings all = findings_of(h, a);
    const kh_line *headline = headline_of(a);
    size_t first = 0;
    kh_html_put(h, "<div class=\"text marked\"");
    kh_html_lang(h, a->lang);
    kh_html_put(h, ">\n");
    KH_EACH(const kh_line, l, a->lines) {
        bool shown = kh_line_is_content(l) && l != headline && !kh_html_is_full(h);
        if (!shown) {
            continue;
        }
        bool head = l->role == KH_ROLE_TITLE || l->role == KH_ROLE_SUBHEAD;
        kh_html_put(h, head ? "<p class=\"subhead\"" : "<p");
        if (l->lang.len) {
            kh_html_lang(h, l->lang);
        }
        kh_html_put(h, ">");
        line(h, a, l, &all, &first);
        kh_html_put(h, "</p>\n");
    }
    kh_html_put(h, "</div>\n");
}
