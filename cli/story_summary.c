/* story_summary.c - khabar story of a story that was pruned: what was kept of it, as lines or as JSON. The store keeps the lists as JSON
 * arrays; JSON takes them as they are. */
#include "cli/story.h"

#include <sysexits.h>

static void print_summary_line(kh_print *p, const char *name, kh_str json)
{
    if (json.len) {
        kh_buf_printf(p->buf, "  %-10s ", name);
        kh_print_iso(p, json);
        kh_buf_char(p->buf, '\n');
    }
}

/* "[\"a\",\"b\"]" as "a, b": what stands between the quotes, for people. */
static kh_str plain_list(kh_arena *out, kh_str json)
{
    kh_buf b = {.arena = out};
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        bool mark = c == '"' || c == '[' || c == ']';
        if (c == '\\' && i + 1 < json.len) {
            kh_buf_char(&b, json.ptr[++i]);
        } else if (!mark) {
            kh_buf_char(&b, c);
            kh_buf_z(&b, c == ',' && json.ptr[i - 1] == '"' ? " " : "");
        }
    }
    return kh_arena_copy(out, kh_buf_str(&b));
}

static void print_summary(kh_print *p, kh_arena *out, const kh_story_summary *m)
{
    kh_print_style(p, "bold", m->title.len ? m->title : KH_STR("(no page of it had a title)"));
    kh_buf_char(p->buf, '\n');
    kh_print_style(p, "dim", m->name);
    kh_buf_printf(p->buf, " · %u page%s · pruned " KH_FMT ", this is what was kept\n", m->articles, m->articles == 1 ? "" : "s",
                  KH_ARG(m->pruned));
    print_summary_line(p, "first", m->first);
    print_summary_line(p, "last", m->last);
    print_summary_line(p, "languages", plain_list(out, m->languages));
    print_summary_line(p, "outlets", plain_list(out, m->outlets));
    print_summary_line(p, "origins", plain_list(out, m->origins));
}

static void add_list(kh_json *j, const char *key, kh_str json)
{
    kh_json_raw(j, key);
    kh_buf_add(j->buf, json);
}

static void summary_json(kh_buf *buf, const kh_story_summary *m)
{
    kh_json j = {.buf = buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    kh_json_str(&j, "id", m->name);
    kh_json_str_or_null(&j, "title", m->title);
    kh_json_str_or_null(&j, "language", m->title_lang);
    kh_json_str(&j, "pruned", m->pruned);
    kh_json_int(&j, "pages", m->articles);
    kh_json_str_or_null(&j, "first", m->first);
    kh_json_str_or_null(&j, "last", m->last);
    add_list(&j, "languages", m->languages);
    add_list(&j, "outlets", m->outlets);
    add_list(&j, "origins", m->origins);
    kh_json_close(&j, '}');
    kh_buf_char(buf, '\n');
}

int kh_show_summary(kh_session *s, const kh_options *o, const kh_story_summary *m)
{
    kh_buf buf = {.arena = &s->worker.scratch};
    if (o->format == KH_FORMAT_TABLE) {
        kh_print p = kh_print_begin(o, &buf);
        print_summary(&p, &s->worker.page, m);
    } else {
        summary_json(&buf, m);
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}
