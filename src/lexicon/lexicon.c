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

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    kh_str table;
    bool world;
    uint32_t order;
    kh_row row;
} entry;

typedef KH_LIST(entry) entries;

typedef struct table_range {
    kh_str name;
    bool world;
    size_t first;
    size_t count;
} table_range;

struct kh_lexicon {
    kh_str tags[KH_LANGS_MAX]; /* 1.. in byte order; [0] is empty */
    uint8_t tag_count;
    kh_row *rows;
    KH_LIST(table_range) tables;
    kh_str version;
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

static kh_row row_of(kh_arena *out, kh_str line, uint8_t lang)
{
    uint32_t count = 1;
    for (size_t i = 0; i < line.len; i++) {
        count += line.ptr[i] == '\t';
    }
    kh_str *cells = KH_NEW_N(out, kh_str, count);
    kh_str cell;
    for (uint32_t i = 0; kh_str_cut(&line, '\t', &cell); i++) {
        cells[i] = kh_str_trim(cell);
    }
    return (kh_row){.lang = lang, .cell_count = count, .cells = cells};
}

static void read_file(kh_arena *out, const kh_lexicon *lex, const kh_file *file, entries *all)
{
    kh_str tag, table, line, rest = file->bytes;
    if (!split_path(file->path, &tag, &table)) {
        return;
    }
    uint8_t lang = tag.len ? kh_lexicon_lang(lex, tag) : KH_LANG_NONE;
    while (kh_str_cut(&rest, '\n', &line)) {
        kh_str bare = kh_str_trim(line);
        if (bare.len == 0 || bare.ptr[0] == '#') {
            continue;
        }
        *KH_ADD(out, all) = (entry){
            .table = table, .world = tag.len == 0, .order = (uint32_t)all->count, .row = row_of(out, line, lang)};
    }
}

static int by_table(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = kh_str_cmp(x->table, y->table);
    if (order == 0) {
        order = x->world - y->world;
    }
    if (order == 0) {
        order = x->row.lang - y->row.lang;
    }
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void range_tables(kh_arena *out, kh_lexicon *lex, const entries *all)
{
    lex->rows = KH_NEW_N(out, kh_row, all->count + 1);
    for (size_t i = 0; i < all->count; i++) {
        const entry *e = &all->items[i];
        lex->rows[i] = e->row;
        table_range *last = lex->tables.count ? &lex->tables.items[lex->tables.count - 1] : NULL;
        if (last && last->world == e->world && kh_str_eq(last->name, e->table)) {
            last->count++;
        } else {
            *KH_ADD(out, &lex->tables) = (table_range){.name = e->table, .world = e->world, .first = i, .count = 1};
        }
    }
}

kh_lexicon *kh_lexicon_of(kh_arena *out, const kh_file *files, size_t count)
{
    kh_lexicon *lex = KH_NEW(out, kh_lexicon);
    uint64_t version = 0;
    collect_tags(lex, files, count);
    entries all = {0};
    for (size_t i = 0; i < count; i++) {
        read_file(out, lex, &files[i], &all);
        version = kh_hash_mix(version, kh_hash_mix(kh_hash(files[i].path), kh_hash(files[i].bytes)));
    }
    if (all.count) {
        qsort(all.items, all.count, sizeof *all.items, by_table);
    }
    range_tables(out, lex, &all);
    lex->version = kh_arena_printf(out, "%016llx", (unsigned long long)version);
    return lex;
}

kh_lexicon *kh_lexicon_builtin(kh_arena *out)
{
    kh_file *files = KH_NEW_N(out, kh_file, kh_embedded_count + 1);
    for (size_t i = 0; i < kh_embedded_count; i++) {
        const kh_embedded *e = &kh_embedded_files[i];
        files[i] = (kh_file){.path = kh_str_z(e->path), .bytes = {e->bytes, e->len}};
    }
    return kh_lexicon_of(out, files, kh_embedded_count);
}

kh_str kh_lexicon_version(const kh_lexicon *lex)
{
    return lex->version;
}

static kh_rows rows_of(const kh_lexicon *lex, const char *name, bool world)
{
    KH_EACH(table_range, t, lex->tables) {
        if (t->world == world && kh_str_eq(t->name, kh_str_z(name))) {
            return (kh_rows){.items = lex->rows + t->first, .count = t->count};
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
    return column < row->cell_count ? row->cells[column] : (kh_str){0};
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
