/* migrate.c - an older store brought to the present schema, in one transaction, when it is opened for writing.
 *
 * The statements of a step are history and change no more, but that what is made anew at the end is made as it is now; the schema stands in schema.sql. A store that is
 * only read is left as it is: what it has not is taken as empty. No step takes findings away; a copy of the file made before is all that
 * is needed to go back.
 */
#include "store/findings.h"
#include "store/pack.h"
#include "store/postings.h"
#include "store/schema.h"
#include "store/terms.h"
#include "store/texts.h"
#include "store/words.h"

#include <stdio.h>

/* Of schema 1 to 2: corrections. */
static const char from_1[] = "CREATE TABLE correction(\n"
                             "  id INTEGER PRIMARY KEY,\n"
                             "  kind TEXT NOT NULL,\n"
                             "  article TEXT,\n"
                             "  other TEXT,\n"
                             "  words TEXT,\n"
                             "  begin INT,\n"
                             "  value TEXT,\n"
                             "  was TEXT,\n"
                             "  by TEXT NOT NULL, at TEXT NOT NULL, why TEXT,\n"
                             "  undone TEXT\n"
                             ");\n"
                             "CREATE INDEX correction_article ON correction(article);\n"
                             "CREATE INDEX correction_other ON correction(other);\n"
                             "CREATE TABLE correction_move(\n"
                             "  id INTEGER PRIMARY KEY,\n"
                             "  correction_id INTEGER NOT NULL REFERENCES correction(id) ON DELETE CASCADE,\n"
                             "  article TEXT NOT NULL,\n"
                             "  story TEXT NOT NULL\n"
                             ");\n";

/* Of schema 2 to 3: what the lists of stories are made of, counted when articles come and go; watch lists. */
static const char from_2[] =
    "ALTER TABLE story ADD COLUMN revision INT NOT NULL DEFAULT 0;\n"
    "ALTER TABLE story ADD COLUMN articles INT NOT NULL DEFAULT 0;\n"
    "ALTER TABLE story ADD COLUMN last TEXT NOT NULL DEFAULT '';\n"
    "ALTER TABLE story ADD COLUMN changed TEXT NOT NULL DEFAULT '';\n"
    "CREATE INDEX story_last ON story(last, id) WHERE articles > 0;\n"
    "CREATE INDEX article_story_published ON article(story_id, published);\n"
    "CREATE TABLE story_facet(\n"
    "  kind TEXT NOT NULL,\n"
    "  value TEXT NOT NULL,\n"
    "  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,\n"
    "  articles INT NOT NULL,\n"
    "  PRIMARY KEY(kind, value, story_id)\n"
    ") WITHOUT ROWID;\n"
    "CREATE INDEX story_facet_story ON story_facet(story_id, kind, articles);\n"
    "CREATE TABLE facet(\n"
    "  kind TEXT NOT NULL,\n"
    "  value TEXT NOT NULL,\n"
    "  stories INT NOT NULL,\n"
    "  PRIMARY KEY(kind, value)\n"
    ") WITHOUT ROWID;\n"
    "CREATE INDEX facet_stories ON facet(kind, stories);\n"
    "CREATE TRIGGER story_facet_insert AFTER INSERT ON story_facet BEGIN\n"
    "  INSERT INTO facet(kind, value, stories) VALUES(new.kind, new.value, 1) ON CONFLICT(kind, value) DO UPDATE SET stories = stories + 1;\n"
    "END;\n"
    "CREATE TRIGGER story_facet_delete AFTER DELETE ON story_facet BEGIN\n"
    "  UPDATE facet SET stories = stories - 1 WHERE kind = old.kind AND value = old.value;\n"
    "  DELETE FROM facet WHERE kind = old.kind AND value = old.value AND stories <= 0;\n"
    "END;\n"
    "CREATE VIEW story_recount AS SELECT id AS story_id FROM story;\n"
    "CREATE TRIGGER story_recount INSTEAD OF INSERT ON story_recount BEGIN\n"
    "  UPDATE story SET revision = revision + 1, articles = (SELECT count(*) FROM article WHERE story_id = new.story_id),\n"
    "    last = coalesce((SELECT max(published) FROM article WHERE story_id = new.story_id), ''),\n"
    "    changed = coalesce((SELECT max(added) FROM article WHERE story_id = new.story_id), changed) WHERE id = new.story_id;\n"
    "  DELETE FROM story_facet WHERE story_id = new.story_id;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT 'language', language, new.story_id, count(*) FROM article WHERE story_id = new.story_id GROUP BY language;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT 'outlet', outlet, new.story_id, count(*) FROM article WHERE story_id = new.story_id AND outlet IS NOT NULL GROUP BY outlet;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT 'agency', g.agency, new.story_id, count(DISTINCT a.id) FROM article a JOIN article_agency g ON g.article_id = a.id\n"
    "    WHERE a.story_id = new.story_id GROUP BY g.agency;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT 'place', n.known_as, new.story_id, count(DISTINCT a.id) FROM article a JOIN name n ON n.article_id = a.id\n"
    "    WHERE a.story_id = new.story_id AND n.id IN (SELECT m.id FROM name m WHERE m.article_id = a.id AND m.type = 'place'\n"
    "      AND m.known_as IS NOT NULL ORDER BY m.mention_count DESC, m.position LIMIT 3) GROUP BY n.known_as;\n"
    "END;\n"
    "CREATE TRIGGER article_joins AFTER UPDATE OF story_id ON article WHEN new.story_id IS NOT NULL AND new.story_id IS NOT old.story_id BEGIN\n"
    "  UPDATE story SET revision = revision + 1, articles = articles + 1, last = max(last, coalesce(new.published, '')),\n"
    "    changed = max(changed, new.added) WHERE id = new.story_id;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles) VALUES('language', new.language, new.story_id, 1)\n"
    "    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles) SELECT 'outlet', new.outlet, new.story_id, 1 WHERE new.outlet IS NOT NULL\n"
    "    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT DISTINCT 'agency', agency, new.story_id, 1 FROM article_agency WHERE article_id = new.id\n"
    "    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;\n"
    "  INSERT INTO story_facet(kind, value, story_id, articles)\n"
    "    SELECT DISTINCT 'place', known_as, new.story_id, 1 FROM name WHERE id IN (SELECT m.id FROM name m WHERE m.article_id = new.id\n"
    "      AND m.type = 'place' AND m.known_as IS NOT NULL ORDER BY m.mention_count DESC, m.position LIMIT 3)\n"
    "    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;\n"
    "END;\n"
    "CREATE TRIGGER article_leaves AFTER UPDATE OF story_id ON article WHEN old.story_id IS NOT NULL AND new.story_id IS NOT old.story_id BEGIN\n"
    "  INSERT INTO story_recount(story_id) VALUES(old.story_id);\n"
    "END;\n"
    "CREATE TRIGGER article_changes AFTER UPDATE OF sha256, published ON article WHEN new.story_id IS NOT NULL BEGIN\n"
    "  UPDATE story SET revision = revision + 1, changed = max(changed, new.added),\n"
    "    last = coalesce((SELECT max(published) FROM article WHERE story_id = new.story_id), '') WHERE id = new.story_id;\n"
    "END;\n"
    "CREATE TABLE watch_list(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  name TEXT NOT NULL UNIQUE,\n"
    "  title TEXT NOT NULL,\n"
    "  words TEXT, person TEXT,\n"
    "  language TEXT, outlet TEXT, agency TEXT, place TEXT,\n"
    "  happenings TEXT NOT NULL,\n"
    "  made TEXT NOT NULL\n"
    ");\n"
    "DROP TRIGGER article_delete;\n"
    "CREATE TRIGGER article_delete AFTER DELETE ON article BEGIN\n"
    "  UPDATE frequency SET documents = documents - 1 WHERE hash IN (SELECT hash FROM posting WHERE article_id = old.id);\n"
    "  DELETE FROM field WHERE article_id = old.id;\n"
    "  DELETE FROM line WHERE article_id = old.id;\n"
    "  DELETE FROM date WHERE article_id = old.id;\n"
    "  DELETE FROM credit WHERE article_id = old.id;\n"
    "  DELETE FROM article_agency WHERE article_id = old.id;\n"
    "  DELETE FROM name WHERE article_id = old.id;\n"
    "  DELETE FROM mention WHERE article_id = old.id;\n"
    "  DELETE FROM quotation WHERE article_id = old.id;\n"
    "  DELETE FROM figure WHERE article_id = old.id;\n"
    "  DELETE FROM hop WHERE article_id = old.id;\n"
    "  DELETE FROM raw WHERE article_id = old.id;\n"
    "  DELETE FROM revision WHERE article_id = old.id;\n"
    "  DELETE FROM posting WHERE article_id = old.id;\n"
    "  DELETE FROM search_text WHERE article_id = old.id;\n"
    "  INSERT INTO story_recount(story_id) SELECT old.story_id WHERE old.story_id IS NOT NULL;\n"
    "END;\n"
    "INSERT INTO story_recount(story_id) SELECT DISTINCT story_id FROM article WHERE story_id IS NOT NULL;\n";

/* Of schema 3 to 4: the feeds that are watched. */
static const char from_3[] = "CREATE TABLE feed(\n"
                             "  id INTEGER PRIMARY KEY,\n"
                             "  url TEXT NOT NULL UNIQUE,\n"
                             "  site TEXT NOT NULL,\n"
                             "  parent INTEGER REFERENCES feed(id) ON DELETE CASCADE,\n"
                             "  title TEXT, home TEXT, language TEXT, folder TEXT,\n"
                             "  added TEXT NOT NULL,\n"
                             "  etag TEXT, modified TEXT,\n"
                             "  asked TEXT, next TEXT,\n"
                             "  times INT NOT NULL DEFAULT 0,\n"
                             "  failures INT NOT NULL DEFAULT 0,\n"
                             "  status INT, reason TEXT\n"
                             ");\n"
                             "CREATE TABLE visit(\n"
                             "  id INTEGER PRIMARY KEY,\n"
                             "  url TEXT NOT NULL UNIQUE,\n"
                             "  site TEXT NOT NULL,\n"
                             "  feed_id INTEGER REFERENCES feed(id) ON DELETE CASCADE,\n"
                             "  published TEXT, stamp TEXT,\n"
                             "  etag TEXT, modified TEXT,\n"
                             "  asked TEXT, next TEXT,\n"
                             "  times INT NOT NULL DEFAULT 0,\n"
                             "  failures INT NOT NULL DEFAULT 0,\n"
                             "  status INT, reason TEXT,\n"
                             "  article TEXT\n"
                             ");\n"
                             "CREATE INDEX visit_next ON visit(next) WHERE next IS NOT NULL;\n"
                             "CREATE INDEX visit_feed ON visit(feed_id);\n"
                             "CREATE TABLE site(\n"
                             "  name TEXT PRIMARY KEY,\n"
                             "  robots BLOB, robots_until TEXT,\n"
                             "  ready TEXT\n"
                             ") WITHOUT ROWID;\n";

/* Of schema 4 to 5: what comparing told of each story, for lists; deleting takes all that an article left, and counts its words. */
static const char from_4[] =
    "CREATE TABLE story_card(\n"
    "  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,\n"
    "  revision INT NOT NULL,\n"
    "  basis INT NOT NULL,\n"
    "  origins INT NOT NULL,\n"
    "  disagreements INT NOT NULL,\n"
    "  leading INT NOT NULL\n"
    ");\n"
    "CREATE INDEX story_card_disagreements ON story_card(story_id) WHERE disagreements > 0;\n"
    "DROP TRIGGER article_delete;\n"
    "CREATE TRIGGER article_delete BEFORE DELETE ON article BEGIN\n"
    "  UPDATE frequency SET documents = documents - 1 WHERE hash IN (SELECT hash FROM posting WHERE article_id = old.id);\n"
    "  DELETE FROM field WHERE article_id = old.id;\n"
    "  DELETE FROM clue WHERE article_id = old.id;\n"
    "  DELETE FROM tag WHERE article_id = old.id;\n"
    "  DELETE FROM link WHERE article_id = old.id;\n"
    "  DELETE FROM line WHERE article_id = old.id;\n"
    "  DELETE FROM date WHERE article_id = old.id;\n"
    "  DELETE FROM credit WHERE article_id = old.id;\n"
    "  DELETE FROM article_agency WHERE article_id = old.id;\n"
    "  DELETE FROM name WHERE article_id = old.id;\n"
    "  DELETE FROM mention WHERE article_id = old.id;\n"
    "  DELETE FROM quotation WHERE article_id = old.id;\n"
    "  DELETE FROM figure WHERE article_id = old.id;\n"
    "  DELETE FROM hop WHERE article_id = old.id;\n"
    "  DELETE FROM raw WHERE article_id = old.id;\n"
    "  DELETE FROM revision WHERE article_id = old.id;\n"
    "  DELETE FROM posting WHERE article_id = old.id;\n"
    "  DELETE FROM search_text WHERE article_id = old.id;\n"
    "END;\n"
    "CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN\n"
    "  INSERT INTO story_recount(story_id) SELECT old.story_id WHERE old.story_id IS NOT NULL;\n"
    "END;\n";

/* Of schema 5 to 6: sealed files, summaries of pruned stories. */
static const char from_5[] = "CREATE TABLE story_summary(\n"
                             "  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,\n"
                             "  title TEXT, title_language TEXT,\n"
                             "  first TEXT, last TEXT,\n"
                             "  articles INT NOT NULL,\n"
                             "  languages TEXT NOT NULL,\n"
                             "  outlets TEXT NOT NULL,\n"
                             "  origins TEXT NOT NULL,\n"
                             "  pruned TEXT NOT NULL\n"
                             ");\n"
                             "CREATE TABLE archive(\n"
                             "  id INTEGER PRIMARY KEY,\n"
                             "  path TEXT NOT NULL,\n"
                             "  seal TEXT NOT NULL UNIQUE,\n"
                             "  before TEXT NOT NULL,\n"
                             "  stories INT NOT NULL, articles INT NOT NULL,\n"
                             "  sealed TEXT NOT NULL\n"
                             ");\n"
                             "CREATE TABLE sealed_story(\n"
                             "  name TEXT PRIMARY KEY,\n"
                             "  archive_id INT NOT NULL REFERENCES archive(id) ON DELETE CASCADE\n"
                             ") WITHOUT ROWID;\n"
                             "CREATE TABLE sealed_article(\n"
                             "  key TEXT PRIMARY KEY,\n"
                             "  sha256 TEXT NOT NULL,\n"
                             "  archive_id INT NOT NULL REFERENCES archive(id) ON DELETE CASCADE\n"
                             ") WITHOUT ROWID;\n";

#define SEARCH "CREATE VIRTUAL TABLE search USING fts5(body, title, content='', tokenize='unicode61 remove_diacritics 0');\n"

/* Of schema 6 to 7: packed features and postings, an index without its texts; the rest of this step is repack.c. */
static const char from_6[] =
    "DROP TRIGGER article_delete;\n"
    "DROP TABLE search;\n"
    "DROP TABLE search_text;\n" SEARCH "DROP TABLE posting;\n"
    "CREATE TABLE posting(\n"
    "  hash INTEGER NOT NULL,\n"
    "  article_id INTEGER NOT NULL,\n"
    "  PRIMARY KEY(hash, article_id)\n"
    ") WITHOUT ROWID;\n"
    "CREATE TABLE posting_block(\n"
    "  id INTEGER PRIMARY KEY,\n"
    "  body BLOB NOT NULL\n"
    ");\n"
    "CREATE TABLE posting_level(\n"
    "  level INTEGER PRIMARY KEY,\n"
    "  postings INT NOT NULL,\n"
    "  slice INT NOT NULL\n"
    ");\n"
    "CREATE TABLE deleted(\n"
    "  article_id INTEGER PRIMARY KEY,\n"
    "  features BLOB, prints BLOB,\n"
    "  title TEXT, text TEXT,\n"
    "  lines TEXT\n"
    ");\n"
    "CREATE TRIGGER article_delete BEFORE DELETE ON article BEGIN\n"
    "  INSERT OR REPLACE INTO deleted(article_id, features, prints, title, text, lines) VALUES(old.id, old.features, old.prints, old.title, old.text,\n"
    "    (SELECT group_concat(begin || ' ' || end, ' ') FROM (SELECT begin, end FROM line WHERE article_id = old.id AND role IN('body','subhead') ORDER BY begin)));\n"
    "  DELETE FROM field WHERE article_id = old.id;\n"
    "  DELETE FROM clue WHERE article_id = old.id;\n"
    "  DELETE FROM tag WHERE article_id = old.id;\n"
    "  DELETE FROM link WHERE article_id = old.id;\n"
    "  DELETE FROM line WHERE article_id = old.id;\n"
    "  DELETE FROM date WHERE article_id = old.id;\n"
    "  DELETE FROM credit WHERE article_id = old.id;\n"
    "  DELETE FROM article_agency WHERE article_id = old.id;\n"
    "  DELETE FROM name WHERE article_id = old.id;\n"
    "  DELETE FROM mention WHERE article_id = old.id;\n"
    "  DELETE FROM quotation WHERE article_id = old.id;\n"
    "  DELETE FROM figure WHERE article_id = old.id;\n"
    "  DELETE FROM hop WHERE article_id = old.id;\n"
    "  DELETE FROM raw WHERE article_id = old.id;\n"
    "  DELETE FROM revision WHERE article_id = old.id;\n"
    "END;\n";

/* Of schema 7 to 8: what was found is packed into the articles; names have no number of their own. First room for it, then the tables go.
 * Our views and triggers, which hold nothing, are made as the present schema has them; those that a person made in the file stay. */
static const char room_for_8[] = "CREATE TABLE term(\n"
                                 "  id INTEGER PRIMARY KEY,\n"
                                 "  word TEXT NOT NULL UNIQUE\n"
                                 ");\n"
                                 "DROP TABLE deleted;\n"
                                 "CREATE TABLE deleted(\n"
                                 "  article_id INTEGER PRIMARY KEY,\n"
                                 "  features BLOB, prints BLOB,\n"
                                 "  title TEXT, text TEXT,\n"
                                 "  lines TEXT, words TEXT\n"
                                 ");\n"
                                 "ALTER TABLE article ADD COLUMN fields TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN lines TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN dates TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN mentions TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN quotations TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN figures TEXT;\n"
                                 "ALTER TABLE article ADD COLUMN words TEXT;\n";
static const char from_7[] =
    "DROP INDEX article_story;\n"
    "DROP TABLE field;\n"
    "DROP TABLE line;\n"
    "DROP TABLE date;\n"
    "DROP TABLE mention;\n"
    "DROP TABLE quotation;\n"
    "DROP TABLE figure;\n"
    "CREATE TEMP TABLE named AS SELECT article_id, position, type, label, known_as, sound, mention_count FROM main.name;\n"
    "DROP TABLE main.name;\n"
    "CREATE TABLE name(\n"
    "  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,\n"
    "  position INT NOT NULL,\n"
    "  type TEXT NOT NULL, label TEXT NOT NULL,\n"
    "  known_as TEXT,\n"
    "  sound TEXT,\n"
    "  mention_count INT,\n"
    "  PRIMARY KEY(article_id, position)\n"
    ") WITHOUT ROWID;\n"
    "INSERT INTO main.name SELECT * FROM temp.named;\n"
    "DROP TABLE temp.named;\n"
    "CREATE INDEX name_sound ON name(sound);\n"
    "CREATE INDEX name_known_as ON name(known_as);\n"
    "CREATE INDEX article_plain ON article(coalesce(published, added)) WHERE typeof(text) = 'text';\n";

/* Of schema 8 to 9: features, prints, postings and the index of words take less room; no index holds what is not there. */
static const char from_8[] = "UPDATE OR REPLACE posting SET hash = hash & -256 WHERE hash & 255;\n"
                             "DROP INDEX article_url;\n"
                             "CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;\n"
                             "DROP INDEX name_known_as;\n"
                             "CREATE INDEX name_known_as ON name(known_as) WHERE known_as IS NOT NULL;\n";

/* Of schema 9 to 10: what led to a story is found without reading all stories, and what an article is about without the rest of it. */
static const char from_9[] =
    "CREATE TABLE digest(\n"
    "  article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,\n"
    "  language TEXT NOT NULL, published TEXT,\n"
    "  features BLOB,\n"
    "  prints BLOB\n"
    ");\n"
    "INSERT INTO digest(article_id, language, published, features, prints) SELECT id, language, published, features, prints FROM article ORDER BY id;\n"
    "ALTER TABLE article DROP COLUMN features;\n"
    "ALTER TABLE article DROP COLUMN prints;\n"
    "CREATE INDEX story_merged ON story(merged_into) WHERE merged_into IS NOT NULL;\n";

static const char *const steps[] = {NULL, from_1, from_2, from_3, from_4, from_5, from_6};

static kh_status run(kh_store *store, const char *sql, kh_error *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(store, err);
}

/* The next article behind AFTER, 0 behind the last. */
static int64_t next_id(kh_store *store, int64_t after, kh_status *status, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT id FROM article WHERE id > ? ORDER BY id LIMIT 1", err);
    int64_t id = 0;
    *status = stmt ? KH_OK : KH_ERR_STORE;
    if (stmt) {
        kh_sql_bind(stmt, "i", after);
    }
    while (stmt && kh_sql_row(store, stmt, status, err)) {
        id = sqlite3_column_int64(stmt, 0);
    }
    return id;
}

static kh_status put_found(kh_store *store, const kh_found *f, int64_t id, kh_error *err)
{
    return kh_sql_run(store, err, "UPDATE article SET (" KH_FOUND_COLUMNS ") = (?,?,?,?,?,?,?) WHERE id = ?", "sssssssi", f->of[0],
                      f->of[1], f->of[2], f->of[3], f->of[4], f->of[5], f->of[6], id);
}

/* Article after article, in the order of their numbers. */
static kh_status pack_findings(kh_store *store, kh_arena scratch, kh_error *err)
{
    kh_status status = KH_OK;
    for (int64_t id = next_id(store, 0, &status, err); id && !status; id = status ? 0 : next_id(store, id, &status, err)) {
        kh_arena one = scratch;
        kh_article a = {.id = id};
        kh_found f = {0};
        status = kh_rows_read(store, &one, &a, err);
        status = status ? status : kh_found_pack(store, &one, &a, &f, err);
        status = status ? status : put_found(store, &f, id, err);
        status = status ? status : kh_text_pack_late(store, one, id, err);
    }
    return status;
}

/* A copy of what SQL gives, one text a row, so that the rows may change while it is gone through. */
static kh_status run_each(sqlite3 *from, kh_store *to, const char *sql, kh_error *err)
{
    sqlite3_stmt *stmt = NULL;
    kh_status status = sqlite3_prepare_v2(from, sql, -1, &stmt, NULL) == SQLITE_OK ? KH_OK : kh_sql_fail(to, err);
    char *all = NULL;
    if (!status && sqlite3_step(stmt) == SQLITE_ROW) {
        all = sqlite3_mprintf("%s", sqlite3_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
    status = status ? status : all ? run(to, all, err) : KH_ERR_STORE;
    sqlite3_free(all);
    return status;
}

/* The views and triggers of the present schema come, and a person's come back. */
static kh_status renew_views(kh_store *store, kh_error *err)
{
    sqlite3 *model = NULL;
    kh_status status = sqlite3_open(":memory:", &model) == SQLITE_OK && sqlite3_exec(model, kh_store_schema, NULL, NULL, NULL) == SQLITE_OK
                           ? KH_OK
                           : kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory for the schema of the store");
    status = status ? status
                    : run_each(model, store,
                               "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE type IN('view','trigger') "
                               "ORDER BY type = 'trigger', rowid)",
                               err);
    sqlite3_close(model);
    status = status ? status : run_each(store->db, store, "SELECT group_concat(sql, ';') FROM temp.own", err);
    return status ? status : run(store, "DROP TABLE temp.own", err);
}

/* What ours were ever called. */
#define OURS                                                                                                                                          \
    "'story_facet_insert','story_facet_delete','story_recount','article_joins','article_leaves','article_changes','article_digest','article_delete'," \
    "'article_gone','field','line','date','mention','quotation','figure','article_text','articles','figures','quotations'"

/* All go; the text of a person's is kept: no column goes while a view asks for what is not there. */
static kh_status drop_views(kh_store *store, kh_error *err)
{
    kh_status status =
        run(store,
            "CREATE TEMP TABLE own AS SELECT sql FROM main.sqlite_master WHERE type IN('view','trigger') AND name NOT IN(" OURS ") "
            "ORDER BY type = 'trigger', rowid",
            err);
    return status ? status
                  : run_each(store->db, store,
                             "SELECT group_concat('DROP ' || type || ' main.\"' || replace(name, '\"', '\"\"') || '\"', ';') FROM "
                             "(SELECT type, name FROM main.sqlite_master WHERE type IN('view','trigger') ORDER BY type = 'view')",
                             err);
}

static kh_status to_8(kh_store *store, kh_arena scratch, kh_error *err)
{
    kh_status status = run(store, room_for_8, err);
    status = status ? status : pack_findings(store, scratch, err);
    store->has_lists = true;
    return status ? status : run(store, from_7, err);
}

/* Mentions and figures without what few of them have. Titles are not repeated in the lists. */
static kh_status pack_again(kh_store *store, kh_arena scratch, int64_t id, kh_error *err)
{
    sqlite3_stmt *stmt = kh_sql(store, "SELECT title, outlet, " KH_FOUND_COLUMNS " FROM article WHERE id = ?", err);
    kh_status status = stmt ? KH_OK : KH_ERR_STORE;
    kh_article a = {.id = id};
    kh_found f = {0};
    if (stmt) {
        kh_sql_bind(stmt, "i", id);
    }
    while (stmt && kh_sql_row(store, stmt, &status, err)) {
        a.title.value = kh_sql_str(&scratch, stmt, 0);
        a.outlet.value = kh_sql_str(&scratch, stmt, 1);
        kh_found_at(&scratch, stmt, 2, &f);
    }
    bool whole = kh_found_read_all(store, &scratch, &f, &a);
    status = status ? status : kh_found_pack(store, &scratch, &a, &f, err);
    f.of[KH_FOUND_FIELDS] =
        whole ? f.of[KH_FOUND_FIELDS] : kh_arena_join(&scratch, f.of[KH_FOUND_FIELDS], KH_STR(" ")); /* khabar check tells of it still */
    return status ? status : put_found(store, &f, id, err);
}

/* Features and prints, and LISTS, as they are kept now. */
static kh_status pack_features(kh_store *store, kh_arena scratch, bool lists, kh_error *err)
{
    kh_status status = KH_OK;
    for (int64_t id = next_id(store, 0, &status, err); id && !status; id = status ? 0 : next_id(store, id, &status, err)) {
        kh_arena one = scratch;
        kh_article light = {0};
        status = kh_store_features(store, &one, id, &light, err);
        status = status ? status
                        : kh_sql_run(store, err, "UPDATE article SET features = ?2, prints = ?3 WHERE id = ?1", "ibb", id,
                                     kh_pack_features(&one, &light.features), kh_pack_prints(&one, &light.prints));
        status = status || !lists ? status : pack_again(store, one, id, err);
    }
    return status;
}

/* Of a store of schema 7 or 8; what is older is packed so already, and the LISTS of 7. */
static kh_status make_dense(kh_store *store, kh_arena scratch, bool lists, kh_error *err)
{
    kh_status status = pack_features(store, scratch, lists, err);
    store->is_wide = false;
    status = status ? status : run(store, "DROP TABLE search;\n" SEARCH, err);
    return status ? status : kh_words_rebuild(store, scratch, err);
}

/* From VERSION; of one before 7 the statements up to 7 have been run, and its postings and index are as they are now. */
static kh_status to_present(kh_store *store, int64_t version, kh_error *err)
{
    kh_arena scratch = kh_arena_reserve(KH_STORE_ARENA_BYTES, NULL);
    if (!scratch.begin) {
        return kh_fail(err, KH_ERR_MEMORY, "no_memory", "no memory to bring the store up to date");
    }
    bool wide = store->is_wide;
    bool kept =
        wide && !kh_index_is_due(store); /* else they are made anew when the store is of the present schema, be they damaged or not */
    kh_status status = kept ? kh_index_settle(store, err) : KH_OK; /* table deleted will have another meaning; the postings become dense */
    status = status ? status : drop_views(store, err);
    status = status || version >= 8 ? status : to_8(store, scratch, err);
    status = status || !wide ? status : make_dense(store, scratch, version >= 8, err);
    status = status || version >= 9 ? status : run(store, from_8, err);
    status = status ? status : run(store, from_9, err);
    kh_arena_release(&scratch);
    return status ? status : renew_views(store, err);
}

kh_status kh_store_migrate(kh_store *store, int64_t version, kh_error *err)
{
    char number[60];
    kh_status status = run(store, "BEGIN IMMEDIATE", err);
    version = status ? version : kh_store_schema_of(store);
    if (!status && version == KH_STORE_SCHEMA) {
        return run(store, "COMMIT", err); /* another process was quicker */
    }
    store->in_transaction = !status;
    for (int64_t v = version; v >= 1 && v < 7 && !status; v++) {
        status = run(store, steps[v], err);
    }
    store->has_levels = version >= 7;
    store->has_lists = version >= 8;
    store->is_wide = version >= 7 && version < KH_STORE_DENSE;
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0,
                      NULL); /* ours are not asked from here on; a person's may ask our views */
    status = status || version >= 7 ? status : kh_store_repack(store, err);
    status = status ? status : to_present(store, version, err);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    snprintf(number, sizeof number, "PRAGMA user_version=%d; COMMIT", KH_STORE_SCHEMA);
    status = status ? status : run(store, number, err);
    store->in_transaction = false;
    if (status) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
        kh_terms_forget(store);
        return status;
    }
    sqlite3_exec(store->db, "VACUUM", NULL, NULL, NULL); /* much of the file has become free; it may stay so where the disk has no room */
    return KH_OK;
}
