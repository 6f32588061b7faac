/* lexicon.c - the tables of data/, from bytes to rows.
 *
 * Decides nothing: it cuts. "languages/fa/months.txt" with the line "persian<TAB>10<TAB><TAB>دی" becomes a
 * row of table "months", language fa, four cells. Rows of one table stand together, by language in the
 * order of tags, within a language in the order of files and lines, so that a user's overlay, whose files
 * come last, comes after what is built in.
 *
 * Gets wrong: nothing it knows of; a row with too few cells reads as one with empty cells, which each
 * stage takes as "nothing to say".
 */
#include "lexicon/lexicon.h"

#include "lexicon/embedded.h"
#include "lexicon/shelf.h"

#include <stdlib.h>
#include <string.h>

/* A file of a table. */
typedef struct source {
    kh_str table, tag;
    bool world;
    uint8_t lang;
    uint32_t order; /* among FILES */
    kh_str bytes;
    size_t lines;
    uint64_t version; /* over path and bytes */
} source;

typedef struct table_range {
    kh_str name;
    bool world, cut; /* CUT: its rows stand there; else there is only room for them */
    const source *sources;
    size_t source_count;
    kh_row *rows;
    size_t count;
    uint64_t version; /* over the paths and bytes of its files */
} table_range;

struct kh_lexicon {
    kh_str tags[KH_LANGS_MAX]; /* 1.. in byte order; [0] is empty */
    uint8_t tag_count;
    KH_LIST(table_range) tables;
    kh_str version;
    kh_shelves *shelves; /* in the build of the program: where knowledge is gathered */
};

/* "languages/ar/months.txt" gives tag "ar" and table "months"; "world/x.txt" an empty tag. False for others. */
static bool split_path(kh_str path, kh_str *tag, kh_str *table)
{
    kh_str folder, rest = path;
    if (!kh_str_ends(path, KH_STR(".txt")) || !kh_str_cut(&rest, '/', &folder)) {
        return false;
    }
    *tag = (kh_str){0};
    if (kh_str_eq(folder, KH_STR("languages"))) {
        if (!kh_str_cut(&rest, '/', tag) || tag->len == 0) {
            return false;
        }
    } else if (!kh_str_eq(folder, KH_STR("world"))) {
        return false;
    }
    *table = kh_str_head(rest, rest.len - 4);
    return rest.len > 4 && !memchr(table->ptr, '/', table->len);
}

static int by_bytes(const void *a, const void *b)
{
    return kh_str_cmp(*(const kh_str *)a, *(const kh_str *)b);
}

static void collect_tags(kh_lexicon *lex, const kh_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kh_str tag, table;
        if (!split_path(files[i].path, &tag, &table) || tag.len == 0) {
            continue;
        }
        bool known = false;
        for (size_t k = 1; k <= lex->tag_count; k++) {
            known = known || kh_str_eq(lex->tags[k], tag);
        }
        if (!known && lex->tag_count + 1 < KH_LANGS_MAX) {
            lex->tags[++lex->tag_count] = tag;
        }
    }
    qsort(lex->tags + 1, lex->tag_count, sizeof *lex->tags, by_bytes);
}

static int by_table(const void *a, const void *b)
{
    const source *x = a;
    const source *y = b;
    int order = kh_str_cmp(x->table, y->table);
    if (order == 0) {
        order = x->world - y->world;
    }
    if (order == 0) {
        order = x->lang - y->lang;
    }
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* The files that are tables, in the order in which their rows stand; VERSION grows by every file. */
static size_t sort_files(const kh_lexicon *lex, const kh_file *files, size_t count, source *sources, uint64_t *version)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        const kh_file *f = &files[i];
        source s = {.order = (uint32_t)i, .bytes = f->bytes, .lines = f->lines, .version = f->version};
        s.version = s.version ? s.version : kh_file_version(f->path, f->bytes);
        s.lines = s.lines ? s.lines : kh_file_lines(f->bytes);
        *version = kh_hash_mix(*version, s.version);
        if (split_path(f->path, &s.tag, &s.table)) {
            s.world = s.tag.len == 0;
            s.lang = s.world ? KH_LANG_NONE : kh_lexicon_lang(lex, s.tag);
            sources[kept++] = s;
        }
    }
    if (kept) {
        qsort(sources, kept, sizeof *sources, by_table);
    }
    return kept;
}

static table_range *open_table(kh_arena *out, kh_lexicon *lex, const source *s)
{
    table_range *table = lex->tables.count ? &lex->tables.items[lex->tables.count - 1] : NULL;
    if (!table || table->world != s->world || !kh_str_eq(table->name, s->table)) {
        table = KH_ADD(out, &lex->tables);
        *table = (table_range){.name = s->table, .world = s->world, .sources = s};
    }
    return table;
}

/* Room for the rows of every table; they are cut when somebody asks for them. */
static void lay_tables(kh_arena *out, kh_lexicon *lex, const source *sources, size_t count)
{
    size_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        table_range *table = open_table(out, lex, &sources[i]);
        table->source_count++;
        table->version = kh_hash_mix(table->version, sources[i].version);
        lines += sources[i].lines;
    }
    kh_row *rows = KH_TAKE_N(out, kh_row, lines + 1);
    KH_EACH(table_range, table, lex->tables) {
        table->rows = rows;
        for (size_t i = 0; i < table->source_count; i++) {
            rows += table->sources[i].lines;
        }
    }
}

static void cut_rows(table_range *table)
{
    for (size_t i = 0; i < table->source_count; i++) {
        const source *s = &table->sources[i];
        kh_str line, rest = s->bytes;
        while (kh_str_cut(&rest, '\n', &line)) {
            kh_str bare = kh_str_trim(line);
            if (bare.len && bare.ptr[0] != '#') {
                table->rows[table->count++] = (kh_row){.lang = s->lang, .line = line};
            }
        }
    }
    table->cut = true;
}

/* VERSION is that of what is known beside FILES. */
static kh_lexicon *lexicon_of(kh_arena *out, const kh_file *files, size_t count, uint64_t version)
{
    kh_lexicon *lex = KH_NEW(out, kh_lexicon);
    collect_tags(lex, files, count);
    source *sources = KH_NEW_N(out, source, count + 1);
    size_t kept = sort_files(lex, files, count, sources, &version);
    lay_tables(out, lex, sources, kept);
    lex->version = kh_arena_printf(out, "%016llx", (unsigned long long)version);
    return lex;
}

kh_lexicon *kh_lexicon_of(kh_arena *out, const kh_file *files, size_t count)
{
    return lexicon_of(out, files, count, 0);
}

uint64_t kh_lexicon_tables_version(const kh_lexicon *lex, kh_str tables)
{
    uint64_t version = 0;
    kh_str name;
    for (size_t i = 1; i <= lex->tag_count; i++) {
        version = kh_hash_mix(version, kh_hash(lex->tags[i])); /* rows hold the numbers of tags */
    }
    while (kh_str_cut(&tables, ' ', &name)) {
        KH_EACH(table_range, t, lex->tables) {
            version = kh_str_eq(t->name, name) ? kh_hash_mix(version, t->version) : version;
        }
    }
    return version;
}

void kh_lexicon_gather(kh_lexicon *lex, kh_shelves *shelves)
{
    lex->shelves = shelves;
}

kh_shelves *kh_lexicon_gathering(const kh_lexicon *lex)
{
    return lex->shelves;
}

kh_lexicon *kh_lexicon_over(kh_arena *out, const kh_file *own, size_t count)
{
    kh_file *files = KH_NEW_N(out, kh_file, kh_embedded_count + count + 1);
    for (size_t i = 0; i < kh_embedded_count; i++) {
        const kh_embedded *e = &kh_embedded_files[i];
        files[i] = (kh_file){.path = kh_str_z(e->path), .bytes = {e->bytes, e->len}, .version = e->version, .lines = e->lines};
    }
    for (size_t i = 0; i < count; i++) {
        files[kh_embedded_count + i] = own[i];
    }
    return lexicon_of(out, files, kh_embedded_count + count, kh_hash(kh_str_z(kh_knowledge_version)));
}

kh_lexicon *kh_lexicon_builtin(kh_arena *out)
{
    return kh_lexicon_over(out, NULL, 0);
}

kh_str kh_lexicon_version(const kh_lexicon *lex)
{
    return lex->version;
}

static kh_rows rows_of(const kh_lexicon *lex, const char *name, bool world)
{
    if (lex->shelves) {
        kh_shelves_note(lex->shelves, kh_str_z(name));
    }
    KH_EACH(table_range, t, lex->tables) {
        if (t->world == world && kh_str_eq(t->name, kh_str_z(name))) {
            if (!t->cut) {
                cut_rows(t);
            }
            return (kh_rows){.items = t->rows, .count = t->count};
        }
    }
    return (kh_rows){0};
}

kh_rows kh_lexicon_rows(const kh_lexicon *lex, const char *name)
{
    return rows_of(lex, name, false);
}

kh_rows kh_lexicon_world(const kh_lexicon *lex, const char *name)
{
    return rows_of(lex, name, true);
}

kh_str kh_cell(const kh_row *row, size_t column)
{
    kh_str cell = {0}, rest = row->line;
    for (size_t i = 0; i <= column; i++) {
        if (!kh_str_cut(&rest, '\t', &cell)) {
            return (kh_str){0};
        }
    }
    return kh_str_trim(cell);
}

uint8_t kh_lexicon_lang(const kh_lexicon *lex, kh_str tag)
{
    for (uint8_t i = 1; i <= lex->tag_count; i++) {
        if (kh_str_eq(lex->tags[i], tag)) {
            return i;
        }
    }
    if (kh_str_eq(tag, KH_STR("prs"))) {
        return kh_lexicon_lang(lex, KH_STR("fa"));
    }
    const char *dash = tag.len ? memchr(tag.ptr, '-', tag.len) : NULL;
    return dash ? kh_lexicon_lang(lex, kh_str_head(tag, (size_t)(dash - tag.ptr))) : KH_LANG_NONE;
}

kh_str kh_lexicon_tag(const kh_lexicon *lex, uint8_t lang)
{
    return lang <= lex->tag_count ? lex->tags[lang] : (kh_str){0};
}
