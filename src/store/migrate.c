/* migrate.c - an older store brought to the present schema, in one transaction, when it is opened for writing.
 *
 * The statements of a step are history and never change; what the schema is now stands in schema.sql. A store that is
 * only read is left as it is: what it has not is taken as empty. A step adds tables or columns, it takes nothing away,
 * so a copy of the file made before is all that is needed to go back.
 */
#include "store/sql.h"

#include <stdio.h>

/* Of schema 1 to 2: corrections. */
static const char from_1[] =
    "CREATE TABLE correction(\n"
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
static const char from_3[] =
    "CREATE TABLE feed(\n"
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

/* Of schema 4 to 5: what comparing told of each story, for lists. */
static const char from_4[] =
    "CREATE TABLE story_card(\n"
    "  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,\n"
    "  revision INT NOT NULL,\n"
    "  basis INT NOT NULL,\n"
    "  origins INT NOT NULL,\n"
    "  disagreements INT NOT NULL,\n"
    "  leading INT NOT NULL\n"
    ");\n"
    "CREATE INDEX story_card_disagreements ON story_card(story_id) WHERE disagreements > 0;\n";

static const char *const steps[KH_STORE_SCHEMA] = {NULL, from_1, from_2, from_3, from_4};

kh_status kh_store_migrate(kh_store *store, int64_t version, kh_error *err)
{
    char number[60];
    bool done = sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK;
    for (int64_t v = version; v >= 1 && v < KH_STORE_SCHEMA && done; v++) {
        done = sqlite3_exec(store->db, steps[v], NULL, NULL, NULL) == SQLITE_OK;
    }
    snprintf(number, sizeof number, "PRAGMA user_version=%d; COMMIT", KH_STORE_SCHEMA);
    if (done && sqlite3_exec(store->db, number, NULL, NULL, NULL) == SQLITE_OK) {
        return KH_OK;
    }
    kh_status status = kh_sql_fail(store, err);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
