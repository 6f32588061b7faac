/* watch_lists.c - watch lists: saved searches, kept in the store beside what they search.
 *
 * They live in the one file so that they are copied, moved and read with it, like a person's corrections; a server that only reads
 * the store shows them and makes none. What a list found is kept nowhere: it is asked anew, so it heeds corrections and revisions.
 * `happenings` holds the kinds as words: "report,figure,origin".
 */
#include "store/sql.h"

static const struct {
    kh_watch_on on;
    kh_str name;
} kinds[] = {{KH_WATCH_REPORT, {"report", 6}}, {KH_WATCH_FIGURE, {"figure", 6}}, {KH_WATCH_ORIGIN, {"origin", 6}}};

static unsigned kinds_of(kh_str words)
{
    unsigned on = 0;
    kh_str rest = words;
    kh_str word;
    while (rest.len && kh_str_cut(&rest, ',', &word)) {
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
            on |= kh_str_eq(word, kinds[i].name) ? (unsigned)kinds[i].on : 0;
        }
    }
    return on;
}

static kh_str kinds_text(kh_arena *out, unsigned on)
{
    kh_buf b = {.arena = out};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (on & (unsigned)kinds[i].on) {
            kh_buf_z(&b, b.len ? "," : "");
            kh_buf_add(&b, kinds[i].name);
        }
    }
    return kh_buf_str(&b);
}

kh_status kh_store_watch_lists(kh_store *store, kh_arena *out, kh_watch_lists_view *view, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store,
                                "SELECT name, title, words, person, language, outlet, agency, place, happenings, made FROM watch_list "
                                "ORDER BY id DESC",
                                err);
    kh_status status = KH_OK;
    if (!stmt) {
        return KH_ERR_STORE;
    }
    while (kh_sql_row(store, stmt, &status, err)) {
        kh_watch_list *list = KH_ADD(out, &view->lists);
        *list = (kh_watch_list){.id = kh_sql_str(out, stmt, 0), .title = kh_sql_str(out, stmt, 1), .name = kh_sql_str(out, stmt, 3)};
        list->filter = (kh_filter){.words = kh_sql_str(out, stmt, 2),
                                   .language = kh_sql_str(out, stmt, 4),
                                   .outlet = kh_sql_str(out, stmt, 5),
                                   .agency = kh_sql_str(out, stmt, 6),
                                   .place = kh_sql_str(out, stmt, 7)};
        list->on = kinds_of(kh_sql_str(out, stmt, 8));
        list->made = kh_sql_str(out, stmt, 9);
    }
    return status;
}

kh_status kh_store_watch(kh_store *store, kh_arena *out, kh_watch_list *list, kh_time now, kh_error *err)
{
    const kh_filter *f = &list->filter;
    kh_status status = kh_store_begin(store, err);
    list->made = kh_time_text(out, now);
    status = status ? status
                    : kh_sql_run(store, err,
                                 "INSERT INTO watch_list(name, title, words, person, language, outlet, agency, place, happenings, made) "
                                 "VALUES('w' || lower(hex(randomblob(5))), ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                 "tsssssstt", list->title, f->words, list->name, f->language, f->outlet, f->agency, f->place,
                                 kinds_text(out, list->on), list->made);
    status = status ? status : kh_store_commit(store, err);
    if (status) {
        kh_store_rollback(store);
        return status;
    }
    kh_watch_lists_view all = {0};
    status = kh_store_watch_lists(store, out, &all, err);
    if (!status && all.lists.count) {
        list->id = all.lists.items[0].id;
    }
    return status;
}

kh_status kh_store_unwatch(kh_store *store, kh_str id, kh_error *err)
{
    kh_status status = kh_sql_run(store, err, "DELETE FROM watch_list WHERE name = ?", "t", id);
    if (!status && sqlite3_changes(store->db) == 0) {
        status = kh_fail(err, KH_ERR_USAGE, "no_such_watch_list", "there is no watch list of this id");
    }
    return status;
}
