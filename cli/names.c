/* names.c - khabar names: which names are this name, in any script. Among the names of the store, or among
 * the lines of a file; one query from the command line, or many from a file. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum { BEST_MAX = 10, FILE_BYTES_MAX = 64 << 20 };

typedef struct candidate {
    kh_str label;
    kh_str detail; /* type and number of articles; empty for a file's */
    kh_str known_as;
    kh_str sound; /* class string, made once for all queries */
    float likeness;
    uint32_t order;
} candidate;

typedef KH_LIST(candidate) candidates;

/* The whole file, clean UTF-8; an empty slice and false (told) when it cannot be read. */
static bool read_file(kh_arena *out, const char *path, kh_str *bytes)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        fprintf(stderr, "khabar: %s: %s\n", path, strerror(errno));
        return false;
    }
    char *p = KH_NEW_N(out, char, FILE_BYTES_MAX);
    size_t n = fread(p, 1, FILE_BYTES_MAX, f);
    bool ok = !ferror(f) && n < FILE_BYTES_MAX;
    fclose(f);
    if (!ok) {
        fprintf(stderr, "khabar: %s: not readable, or over %d MB\n", path, FILE_BYTES_MAX >> 20);
        return false;
    }
    *bytes = kh_utf8_clean(out, (kh_str){p, n});
    return true;
}

static void lines_of(kh_arena *out, kh_str bytes, kh_strs *lines)
{
    kh_str line;
    while (kh_str_cut(&bytes, '\n', &line)) {
        line = kh_str_trim(line);
        if (line.len) {
            *KH_ADD(out, lines) = line;
        }
    }
}

static uint64_t place_of(const kh_name_row *r)
{
    return kh_hash_mix(kh_hash(r->label), kh_hash(r->type));
}

/* An article that stands in two files, such as one that came back and was sealed again, counts once. */
static kh_status take_again(kh_session *s, kh_store *store, kh_map *seen, const kh_map *places, kh_name_rows *all, kh_error *err)
{
    kh_name_rows again = {0};
    kh_status status = kh_store_names_again(store, &s->worker.page, seen, &again, err);
    KH_EACH(const kh_name_row, r, again) {
        const uint32_t *place = kh_map_get(places, place_of(r));
        if (place && all->items[*place].articles > 0) {
            all->items[*place].articles--;
        }
    }
    return status;
}

/* The names of STORE into ALL; one that is there already has its articles added. */
static kh_status add_names(kh_session *s, kh_store *store, kh_map *places, kh_name_rows *all, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_name_rows rows = {0};
    kh_status status = kh_store_names(store, out, &rows, err);
    KH_EACH(const kh_name_row, r, rows) {
        bool fresh = false;
        uint32_t *place = kh_map_put(out, places, place_of(r), &fresh);
        if (fresh) {
            *place = (uint32_t)all->count;
            *KH_ADD(out, all) = *r;
        } else {
            all->items[*place].articles += r->articles;
        }
    }
    return status;
}

static kh_status names_of_store(kh_session *s, candidates *among, kh_error *err)
{
    kh_arena *out = &s->worker.page;
    kh_name_rows rows = {0};
    kh_map places = {0}, seen = {0};
    kh_store *store;
    kh_status status = KH_OK;
    bool several = kh_session_store(s, 1) != NULL;
    for (size_t i = 0; !status && (store = kh_session_store(s, i)) != NULL; i++) {
        status = add_names(s, store, &places, &rows, err);
        status = status || !several ? status : take_again(s, store, &seen, &places, &rows, err);
    }
    KH_EACH(const kh_name_row, r, rows) {
        if (r->articles == 0) {
            continue;
        }
        *KH_ADD(out, among) =
            (candidate){.label = r->label,
                        .detail = kh_arena_printf(out, KH_FMT " in %u page%s", KH_ARG(r->type), r->articles, r->articles == 1 ? "" : "s"),
                        .known_as = r->known_as};
    }
    return status;
}

static int by_likeness(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    int order = (y->likeness > x->likeness) - (y->likeness < x->likeness);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void sound_all(kh_arena *out, candidates *among)
{
    uint32_t order = 0;
    KH_EACH(candidate, c, *among) {
        c->sound = kh_sound_of(out, c->label);
        c->order = order++;
    }
}

static size_t rank(const kh_engine *engine, kh_arena scratch, kh_str query, candidates *among)
{
    kh_str known = kh_names_lookup(kh_engine_names(engine), scratch, query);
    kh_str sound = kh_sound_of(&scratch, query);
    kh_str bare = kh_sound_bare_of(&scratch, query);
    bool two = !kh_str_eq(sound, bare);
    KH_EACH(candidate, c, *among) {
        bool same = known.len && kh_str_eq(known, c->known_as);
        float whole = same ? 1 : kh_sound_likeness(scratch, sound, c->sound);
        float without = !same && two ? kh_sound_likeness(scratch, bare, c->sound) : 0;
        c->likeness = whole > without ? whole : without;
    }
    if (among->count) {
        qsort(among->items, among->count, sizeof *among->items, by_likeness);
    }
    return among->count < BEST_MAX ? among->count : BEST_MAX;
}

/* Many queries: one line each, the query and its best candidates. */
static void print_line(kh_buf *b, kh_str query, const candidates *among, size_t count)
{
    kh_buf_add(b, query);
    for (size_t i = 0; i < count; i++) {
        kh_buf_char(b, '\t');
        kh_buf_add(b, among->items[i].label);
    }
    kh_buf_char(b, '\n');
}

static void print_ranked(kh_print *p, kh_format format, kh_arena *out, const candidates *among, size_t count)
{
    static const kh_column columns[] = {{"likeness", 8, true}, {"name", 32, false}, {"known_as", 26, false}, {"where", 0, false}};
    kh_rows_head(p, format, columns, 4);
    for (size_t i = 0; i < count; i++) {
        const candidate *c = &among->items[i];
        if (c->likeness >= 0.5f) {
            kh_rows_add(p, format, columns, 4,
                        (kh_str[]){kh_arena_printf(out, "%.3f", (double)c->likeness), c->label, c->known_as, c->detail});
        }
    }
}

static int run(kh_session *s, const kh_options *o)
{
    kh_arena *out = &s->worker.page;
    kh_error err = {0};
    kh_strs queries = {0};
    candidates among = {0};
    kh_str bytes = {0};
    if (o->among) {
        kh_strs lines = {0};
        if (!read_file(out, o->among, &bytes)) {
            return EX_NOINPUT;
        }
        lines_of(out, bytes, &lines);
        KH_EACH(const kh_str, line, lines) {
            *KH_ADD(out, &among) = (candidate){.label = *line};
        }
    } else if (names_of_store(s, &among, &err)) {
        return kh_tell(&err);
    }
    if (o->queries) {
        if (!read_file(out, o->queries, &bytes)) {
            return EX_NOINPUT;
        }
        lines_of(out, bytes, &queries);
    }
    for (size_t i = 0; i < o->arg_count; i++) {
        *KH_ADD(out, &queries) = kh_utf8_clean(out, kh_str_z(o->args[i]));
    }
    sound_all(out, &among);
    kh_buf buf = {.arena = out};
    kh_print p = kh_print_begin(o, &buf);
    KH_EACH(const kh_str, query, queries) {
        size_t count = rank(s->engine, s->worker.scratch, *query, &among);
        if (o->queries || o->format == KH_FORMAT_TSV) {
            print_line(&buf, *query, &among, count);
        } else {
            print_ranked(&p, o->format, out, &among, count);
        }
    }
    return kh_flush(&buf) ? EX_OK : EX_IOERR;
}

int kh_run_names(const kh_options *o)
{
    kh_session s;
    if (o->arg_count == 0 && !o->queries) {
        return kh_tell_usage("names", "give a name, or a file of names with --queries");
    }
    int code = kh_session_open(&s, o, true, !o->among, KH_STORE_READ);
    if (!code) {
        code = run(&s, o);
        kh_session_close(&s);
    }
    return code;
}
