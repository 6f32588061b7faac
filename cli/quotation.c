/* quotation.c - khabar quotation: the passport of a quotation, every rendering of it in a story in order of time.
 *
 *     3  Yaqub Sermet  2024-08-01, 6 renderings in 4 languages
 *        1  2024-08-01T09:30  en  en04-tarn-observer   direct, told to Halyard
 *           “I put it in writing in December and nobody answered”
 *        2  2024-08-01T12:10  ar  ar03-rimal           of 1
 *           أبلغتهم بذلك كتابةً في ديسمبر ولم يجبني أحد
 *           told_to: halyard → nobody
 */
#include "cli/story.h"

#include <sysexits.h>

static size_t languages_of(const kh_view *v, const kh_passport *p)
{
    size_t count = 0;
    for (size_t i = 0; i < p->entries.count; i++) {
        bool seen = false;
        for (size_t k = 0; k < i; k++) {
            seen = seen || kh_str_eq(kh_view_article(v, p->entries.items[k].where.article)->lang,
                                     kh_view_article(v, p->entries.items[i].where.article)->lang);
        }
        count += !seen;
    }
    return count;
}

static void head(const kh_view *v, size_t index)
{
    const kh_passport *p = &v->s->passports.items[index];
    const kh_passport_entry *first = &p->entries.items[0];
    kh_buf_printf(v->b, "%3zu  ", index + 1);
    kh_print_style(v->p, "bold", p->speaker.len ? p->speaker : KH_STR("(speaker unknown)"));
    kh_view_put(v, "  ");
    kh_print_style(v->p, "dim", kh_view_day(v, kh_view_article(v, first->where.article)));
    kh_view_put(v, "  ");
    kh_view_counted(v, p->entries.count, "rendering", "renderings");
    kh_view_put(v, " in ");
    kh_view_counted(v, languages_of(v, p), "language", "languages");
    kh_view_put(v, ", ");
    kh_view_counted(v, p->origins, "origin", "origins");
    kh_view_put(v, "\n");
}

static void words(const kh_view *v, const kh_passport_entry *e, bool direct)
{
    kh_view_put(v, direct ? "          “" : "          — ");
    kh_print_wrap(v->p, kh_slice(kh_view_article(v, e->where.article)->text, e->where.span), 11,
                  (size_t)v->p->width > 60 ? (size_t)v->p->width - 16 : 44);
    kh_view_put(v, direct ? "”\n" : "\n");
}

static void rendering(const kh_view *v, const kh_passport *p, size_t i)
{
    const kh_passport_entry *e = &p->entries.items[i];
    const kh_article *a = kh_view_article(v, e->where.article);
    const kh_quotation *q = e->quotation == KH_NO_QUOTATION ? NULL : &a->quotations.items[e->quotation];
    kh_buf_printf(v->b, "     %2zu  ", i + 1);
    kh_print_pad(v->p, kh_view_day(v, a), 16);
    kh_view_put(v, "  ");
    kh_print_pad(v->p, a->lang, 3);
    kh_view_put(v, "  ");
    kh_view_label(v, e->where.article);
    kh_view_put(v, "  ");
    kh_print_iso(v->p, q ? kh_mode_name(q->mode) : KH_STR("as its own words"));
    if (q && q->told_to.len) {
        kh_view_put(v, ", told to ");
        kh_print_iso(v->p, kh_engine_agency_label(v->engine, q->told_to));
    }
    if (e->from != UINT32_MAX) {
        kh_buf_printf(v->b, ", beside %u", e->from + 1);
    }
    kh_view_put(v, "\n");
    words(v, e, q && q->mode != KH_MODE_INDIRECT);
    KH_EACH(const kh_change, x, e->changes) {
        kh_view_put(v, "          ");
        kh_print_style(v->p, "yellow", x->what);
        kh_view_put(v, ": ");
        if (x->was.len) {
            kh_print_iso(v->p, x->was);
            kh_view_put(v, " → ");
        }
        kh_print_iso(v->p, x->is.len ? x->is : KH_STR("nothing"));
        kh_view_put(v, "\n");
    }
}

static void show(const kh_view *v, size_t index)
{
    head(v, index);
    for (size_t i = 0; i < v->s->passports.items[index].entries.count; i++) {
        rendering(v, &v->s->passports.items[index], i);
    }
}

static void list_all(const kh_view *v)
{
    for (size_t i = 0; i < v->s->passports.count; i++) {
        head(v, i);
        const kh_passport_entry *e = &v->s->passports.items[i].entries.items[0];
        const kh_quotation *q = &kh_view_article(v, e->where.article)->quotations.items[e->quotation];
        words(v, e, q->mode != KH_MODE_INDIRECT);
    }
}

static int run(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_story story = {0};
    uint64_t number = 0;
    if (o->arg_count == 2 && (!kh_str_u64(kh_str_z(o->args[1]), &number) || !number)) {
        return kh_tell_usage("quotation", "%s: the number of a quotation is a whole number from 1", o->args[1]);
    }
    int code = kh_session_story(s, o, o->args[0], &story);
    if (code) {
        return code;
    }
    if (number > story.passports.count) {
        kh_fail(&err, KH_ERR_USAGE, "no_such_quotation", "%s: the story has %zu quotations with more than one rendering", o->args[1],
                story.passports.count);
        return kh_tell(&err);
    }
    kh_buf buf = {.arena = &s->worker.scratch};
    kh_print p = kh_print_begin(o, &buf);
    kh_view v = kh_view_begin(&p, &story, s->engine, &s->worker.page);
    for (size_t i = 0; i < story.passports.count && o->format == KH_FORMAT_JSONL; i++) {
        if (!number || i + 1 == number) {
            kh_json_passport(&buf, &story, i);
            kh_buf_char(&buf, '\n');
        }
    }
    if (o->format == KH_FORMAT_TABLE && number) {
        show(&v, (size_t)number - 1);
    } else if (o->format == KH_FORMAT_TABLE) {
        list_all(&v);
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

int kh_run_quotation(const kh_options *o)
{
    kh_session s;
    if (o->arg_count != 1 && o->arg_count != 2) {
        return kh_tell_usage("quotation", "give the name of a story, and the number of a quotation");
    }
    if (o->format == KH_FORMAT_TSV || o->format == KH_FORMAT_CSV) {
        return kh_tell_usage("quotation", "a passport is no table; use --format jsonl, or khabar export --format csv-quotations");
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_READ);
    if (!code) {
        code = run(&s, o);
        kh_session_close(&s);
    }
    return code;
}
