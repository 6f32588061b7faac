/* compare.c - khabar compare: how two articles are related, or many pairs of a store. */
#include "cli/pairs.h"

#include "engine/copies.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* ---- two articles ---- */

static void print_part(kh_print *p, const char *name, float value)
{
    kh_buf_printf(p->buf, "  %-10s %.2f\n", name, (double)value);
}

static void print_pair(kh_print *p, const kh_pair *pair, const kh_article *a, const kh_article *b)
{
    kh_print_style(p, "bold", kh_pair_name(pair));
    kh_buf_printf(p->buf, "  score %.2f\n", (double)pair->relation.score);
    if (pair->relation.reason.len) {
        kh_buf_z(p->buf, "  ");
        kh_print_wrap(p, pair->relation.reason, 2, (size_t)p->width - 4);
        kh_buf_z(p->buf, "\n");
    }
    if (pair->is_copy) {
        kh_print_copy(p, &pair->copy, a, b);
    }
    kh_buf_z(p->buf, "what they share, each from 0 to 1:\n");
    print_part(p, "words", pair->likeness.words);
    print_part(p, "concepts", pair->likeness.concepts);
    print_part(p, "names", pair->likeness.names);
    print_part(p, "places", pair->likeness.places);
    print_part(p, "numbers", pair->likeness.numbers);
    print_part(p, "time", pair->likeness.time);
}

static int compare_two(kh_session *s, const kh_options *o)
{
    kh_error err = {0};
    kh_article *a = NULL;
    kh_article *b = NULL;
    kh_pair pair;
    int code = kh_session_article(s, o, o->args[0], &a);
    kh_store *first = s->store;
    s->store = s->live;
    code = code ? code : kh_session_article(s, o, o->args[1], &b);
    if (code) {
        return code;
    }
    bool apart = s->store != first; /* of two files: neither knows the other's story */
    s->store = apart ? s->live : first;
    kh_arena *out = &s->worker.page;
    if (kh_pair_compare(s->engine, s->store, out, s->worker.scratch, a, b, &pair, &err)) {
        return kh_tell(&err);
    }
    if (!apart) {
        kh_pair_in_story(s->engine, s->store, out, s->worker.scratch, a, b, &pair);
    }
    kh_buf buf = {.arena = out};
    kh_print p = kh_print_begin(o, &buf);
    if (o->format == KH_FORMAT_JSONL) {
        kh_json_pair(&buf, a, b, &pair.relation, pair.is_copy ? &pair.copy : NULL);
        kh_buf_char(&buf, '\n');
    } else if (o->format == KH_FORMAT_TABLE) {
        print_pair(&p, &pair, a, b);
    } else {
        static const kh_column columns[] = {{"a", 0, false}, {"b", 0, false}, {"relation", 0, false}, {"score", 0, true}};
        kh_rows_head(&p, o->format, columns, 4);
        kh_rows_add(&p, o->format, columns, 4,
                    (kh_str[]){a->label, b->label, kh_pair_name(&pair), kh_score_text(out, pair.relation.score)});
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

/* ---- many ---- */

/* Loads and compares one pair; what it needed is forgotten afterwards, the row stays in BUF. */
static kh_status pair_row(kh_session *s, const kh_options *o, kh_print *p, int64_t ia, int64_t ib, kh_str la, kh_str lb, kh_error *err)
{
    kh_arena out = s->worker.page;
    kh_article *a = NULL;
    kh_article *b = NULL;
    kh_pair pair;
    kh_status status = kh_store_article(s->store, &out, ia, &a, err);
    status = status ? status : kh_store_article(s->store, &out, ib, &b, err);
    status = status ? status : kh_pair_compare(s->engine, s->store, &out, s->worker.scratch, a, b, &pair, err);
    if (!status) {
        kh_rows_add(p, o->format, kh_pair_columns, 4, (kh_str[]){la, lb, kh_pair_name(&pair), kh_score_text(&out, pair.relation.score)});
    }
    return status;
}

static int compare_file(kh_session *s, const kh_options *o, kh_print *p)
{
    kh_error err = {0};
    char line[2 * KH_PATH_BYTES_MAX];
    FILE *f = strcmp(o->pairs, "-") == 0 ? stdin : fopen(o->pairs, "rb");
    if (!f) {
        fprintf(stderr, "khabar: %s: %s\n", o->pairs, strerror(errno));
        return EX_NOINPUT;
    }
    int code = EX_OK;
    kh_rows_head(p, o->format, kh_pair_columns, 4);
    for (size_t number = 1; code != EX_IOERR && fgets(line, sizeof line, f); number++) {
        kh_str rest = kh_str_trim(kh_str_z(line));
        kh_str la, lb = {0};
        bool two = kh_str_cut(&rest, '\t', &la) && kh_str_cut(&rest, '\t', &lb);
        int64_t ia = two ? kh_store_find(s->store, la) : 0;
        int64_t ib = two ? kh_store_find(s->store, lb) : 0;
        if (!ia || !ib) {
            fprintf(stderr, "khabar: %s:%zu: %s; passed over\n", o->pairs, number,
                    two ? "an article that is not in the store" : "should be two labels with a TAB between");
            code = EX_DATAERR;
        } else if (pair_row(s, o, p, ia, ib, la, lb, &err)) {
            code = kh_tell(&err);
        }
        code = kh_flush(p->buf) ? code : EX_IOERR;
    }
    if (f != stdin) {
        fclose(f);
    }
    return code;
}

static int near_all(kh_session *s, const kh_options *o, kh_print *p)
{
    kh_error err = {0};
    kh_arena *out = &s->worker.page;
    kh_neighbours all = {0};
    if (kh_neighbours_load(s->store, out, &all, &err)) {
        return kh_tell(&err);
    }
    kh_rows_head(p, o->format, kh_pair_columns, 4);
    for (size_t i = 0; i < all.digests.count && !kh_interrupted; i++) {
        kh_arena row = *out;
        kh_str label = kh_store_label(s->store, &row, all.digests.items[i]->id);
        kh_nears near = kh_neighbours_of(s->engine, &row, s->worker.scratch, &all, i, o->lang, o->near);
        KH_EACH(const kh_near, n, near) {
            kh_str word = kh_relation_kind_name(n->score >= 0.5f ? KH_RELATED : KH_UNRELATED);
            kh_rows_add(p, o->format, kh_pair_columns, 4,
                        (kh_str[]){label, kh_store_label(s->store, &row, n->article), word, kh_score_text(&row, n->score)});
        }
        if (!kh_flush(p->buf)) {
            return EX_IOERR;
        }
    }
    return kh_interrupted ? 130 : EX_OK;
}

/* ---- every copy ---- */

static bool told(void *progress)
{
    kh_progress *p = progress;
    p->done++;
    kh_progress_step(p);
    return !kh_interrupted;
}

enum { COPY_COLUMNS = 9 };

static const kh_column copy_columns[COPY_COLUMNS] = {{"a", 26, false},          {"b", 26, false},        {"relation", 10, false},
                                                     {"score", 6, true},        {"cover_a", 7, true},    {"cover_b", 7, true},
                                                     {"lag_seconds", 11, true}, {"direction", 9, false}, {"cluster", 0, false}};

/* The cluster of both pages; empty where they are not of one: a part of a text, or several texts on one page. */
static kh_str cluster_of(const kh_copies_found *found, const kh_copy_row *r)
{
    uint32_t cluster = found->clusters[r->src];
    return cluster == found->clusters[r->dst] ? found->labels.items[cluster] : (kh_str){0};
}

static int copies_all(kh_session *s, const kh_options *o, kh_print *p)
{
    kh_error err = {0};
    kh_copies_found found = {0};
    kh_progress progress;
    kh_progress_begin(&progress);
    kh_status status = kh_copies_in_store(s->store, &s->worker.page, s->worker.scratch, told, &progress, &found, &err);
    kh_progress_end(&progress);
    if (status) {
        return kh_tell(&err);
    }
    kh_rows_head(p, o->format, copy_columns, COPY_COLUMNS);
    KH_EACH(const kh_copy_row, r, found.rows) {
        kh_arena row = s->worker.page;
        kh_rows_add(p, o->format, copy_columns, COPY_COLUMNS,
                    (kh_str[]){found.labels.items[r->src], found.labels.items[r->dst], kh_copy_kind_name(r->kind),
                               kh_score_text(&row, r->score), kh_score_text(&row, r->cover_src), kh_score_text(&row, r->cover_dst),
                               kh_arena_printf(&row, "%lld", (long long)r->lag_seconds), r->direction, cluster_of(&found, r)});
        if (!kh_flush(p->buf)) {
            return EX_IOERR;
        }
    }
    return kh_interrupted ? 130 : EX_OK;
}

int kh_run_compare(const kh_options *o)
{
    kh_session s;
    bool many = o->pairs || o->near || o->copies;
    if (!many && o->arg_count != 2) {
        return kh_tell_usage("compare", "give two files or articles, or --pairs FILE");
    }
    /* Two files need no store; what is not a file must be in one. */
    kh_error ignored;
    kh_store *there = many ? NULL : kh_store_open(o->db, KH_STORE_READ, &ignored);
    kh_store_close(there);
    int code = kh_session_open(&s, o, true, many || there, KH_STORE_READ);
    if (code) {
        return code;
    }
    kh_catch_signals();
    kh_arena memory = kh_arena_split(&s.worker.scratch);
    kh_buf buf = {.arena = &memory};
    kh_print p = kh_print_begin(o, &buf);
    code = o->pairs ? compare_file(&s, o, &p) : o->near ? near_all(&s, o, &p) : o->copies ? copies_all(&s, o, &p) : compare_two(&s, o);
    kh_session_close(&s);
    return code;
}
