-- schema.sql - the store: one SQLite file, an interface, versioned (PRAGMA user_version).
--
-- Open it with any sqlite3 shell or Datasette. Every row of findings points at bytes begin..end (half open)
-- of article.text, UTF-8. What was found is packed in lists of numbers; views further down show it as rows. Enumerated values are the words of docs/VOCABULARY.md. Deleting a row of `article`
-- deletes all that hangs on it, the search index included.

CREATE TABLE meta(
  name TEXT PRIMARY KEY,              -- store, seal, sealed_from; index: it is to be made anew; corrections_gone: twice those that went with their articles;
                                      -- unsettled: the first article that a run of khabar add which was broken off has to place once more;
                                      -- plain_days: texts of older articles are packed (30), or 'all': none is
  value TEXT
) WITHOUT ROWID;

CREATE TABLE story(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,          -- what people use; from the founding article's key, never reused
  founder TEXT NOT NULL,              -- key of the founding article
  opened TEXT NOT NULL,               -- when this store opened it
  merged_into INTEGER REFERENCES story(id),
  revision INT NOT NULL DEFAULT 0,    -- grows with every change of its articles; kept by triggers, like what follows
  articles INT NOT NULL DEFAULT 0,
  last TEXT NOT NULL DEFAULT '',      -- latest publication, '' when no article has a date
  changed TEXT NOT NULL DEFAULT ''    -- when the newest article that it has or had was added or revised
);
CREATE INDEX story_last ON story(last, id) WHERE articles > 0;
CREATE INDEX story_merged ON story(merged_into) WHERE merged_into IS NOT NULL;

-- What comparing its reports told of a story, for lists; kept by `khabar serve`. It holds while the story has this `revision`;
-- `basis` is a hash of what else it rests on: the program, its knowledge, the corrections.
CREATE TABLE story_card(
  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
  revision INT NOT NULL,
  basis INT NOT NULL,
  origins INT NOT NULL,               -- independent ones
  disagreements INT NOT NULL,         -- points on which figures are in conflict
  leading INT NOT NULL                -- article whose headline stands for the story
);
CREATE INDEX story_card_disagreements ON story_card(story_id) WHERE disagreements > 0;

CREATE TABLE article(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,           -- canonical URL, else the given id, else sha256:...
  label TEXT NOT NULL,                -- base name of the file or the given id; not unique
  source TEXT,                        -- path or stream it was read from
  url TEXT,
  kind TEXT NOT NULL CHECK(kind IN('html','page_text','text')),
  language TEXT NOT NULL,             -- BCP 47, und when unknown
  language_confidence REAL,
  title TEXT,
  outlet TEXT,
  published TEXT,                     -- ISO 8601 with the precision known, NULL when unknown
  text TEXT NOT NULL,                 -- the canonical text; of an old article packed, a BLOB (view article_text, table meta)
  reason TEXT,                        -- why there is no body
  sha256 TEXT NOT NULL,               -- of the bytes as they arrived
  charset TEXT,
  charset_why TEXT,                   -- what decided it, in words
  captured TEXT,
  added TEXT NOT NULL,
  program TEXT NOT NULL,
  knowledge TEXT NOT NULL,            -- version of the language knowledge that read it
  story_id INTEGER REFERENCES story(id),
  story_score REAL,
  story_reason TEXT,
  fields TEXT, lines TEXT, dates TEXT, mentions TEXT, quotations TEXT, figures TEXT, -- what was found, packed: the views field, line, date,
                                      -- mention, quotation, figure show it (src/store/findings.c). n is the character U+0020 + n
  words TEXT                          -- JSON array: words of the page that these lists name by their place, from 1
);
CREATE INDEX article_story_published ON article(story_id, published);
CREATE INDEX article_published ON article(published);
CREATE INDEX article_label ON article(label);
CREATE INDEX article_url ON article(url) WHERE url IS NOT NULL;
CREATE INDEX article_plain ON article(coalesce(published, added)) WHERE typeof(text) = 'text';

-- What is asked of each article that a new one may belong to, away from its long row: some twenty stand on a page of the file.
CREATE TABLE digest(
  article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  language TEXT NOT NULL, published TEXT, -- of table article, kept by a trigger
  features BLOB,                      -- for grouping: hashes with count, kind and place, packed (src/store/pack.c)
  prints BLOB                         -- for copies: hashes of word 5-grams, packed
);
CREATE TRIGGER article_digest AFTER UPDATE OF language, published ON article BEGIN
  UPDATE digest SET language = new.language, published = new.published WHERE article_id = new.id;
END;

-- What was weighed for a field of the page, and why. source: the places that say it.
CREATE TABLE clue(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  field TEXT NOT NULL,                -- title, outlet, byline, section, image, url, language
  value TEXT NOT NULL,
  source TEXT, why TEXT,
  score REAL,
  taken INT NOT NULL
);
CREATE INDEX clue_article ON clue(article_id);

-- Keywords that the page gives.
CREATE TABLE tag(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  value TEXT NOT NULL
);
CREATE INDEX tag_article ON tag(article_id);

CREATE TABLE link(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  begin INT NOT NULL, end INT NOT NULL,
  url TEXT NOT NULL
);
CREATE INDEX link_article ON link(article_id);

CREATE TABLE credit(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  type TEXT NOT NULL, role TEXT NOT NULL,
  agency TEXT, label TEXT,
  begin INT, end INT,
  agency_begin INT, agency_end INT,
  via TEXT, via_begin INT, via_end INT
);
CREATE INDEX credit_article ON credit(article_id);
CREATE INDEX credit_agency ON credit(agency);

-- Whom the text is credited to, in order of weight.
CREATE TABLE article_agency(
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  position INT NOT NULL,
  agency TEXT NOT NULL,
  PRIMARY KEY(article_id, position)
) WITHOUT ROWID;

CREATE TABLE name(
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  position INT NOT NULL,              -- index within the article; mention.name and quotation.speaker_name use it
  type TEXT NOT NULL, label TEXT NOT NULL,
  known_as TEXT,                      -- gazetteer id: person:..., place:..., org:..., agency:...
  sound TEXT,
  mention_count INT,
  PRIMARY KEY(article_id, position)
) WITHOUT ROWID;
CREATE INDEX name_sound ON name(sound);
CREATE INDEX name_known_as ON name(known_as) WHERE known_as IS NOT NULL;

-- Words of our own vocabulary (docs/VOCABULARY.md), units and languages: what was found names them by number.
CREATE TABLE term(
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
);

-- Chains of attribution: hop 0 is the speaker, the last one the outlet or the page.
CREATE TABLE hop(
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  chain INT NOT NULL, position INT NOT NULL,
  role TEXT NOT NULL, known_as TEXT, label TEXT NOT NULL,
  begin INT, end INT,
  PRIMARY KEY(article_id, chain, position)
) WITHOUT ROWID;

-- The bytes as they arrived, zstd-compressed; absent after `add --no-raw`.
CREATE TABLE raw(
  article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
  bytes BLOB NOT NULL,
  length INT NOT NULL
);

-- What an address held before: same key, other bytes.
CREATE TABLE revision(
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  title TEXT, published TEXT, text TEXT NOT NULL,
  raw BLOB, raw_length INT,
  captured TEXT, added TEXT NOT NULL, replaced TEXT NOT NULL
);
CREATE INDEX revision_article ON revision(article_id);

-- Which articles hold a feature or a print: the newest as rows, all others in blocks (src/store/postings.c). A block holds several
-- hashes, each with its articles. No foreign keys: see table deleted.
CREATE TABLE posting(
  hash INTEGER NOT NULL,
  article_id INTEGER NOT NULL,        -- article.id
  PRIMARY KEY(hash, article_id)
) WITHOUT ROWID;
CREATE TABLE posting_block(
  id INTEGER PRIMARY KEY,             -- level (3 bits), first hash (41), part (19)
  body BLOB NOT NULL                  -- packed (src/store/blocks.c)
);
CREATE TABLE posting_level(
  level INTEGER PRIMARY KEY,          -- 0: table posting
  postings INT NOT NULL,
  slice INT NOT NULL                  -- of 256; which goes to the next level next
);

-- Raw document counts; `frozen` is the count as it was when `epoch` began, so that a score can be explained.
CREATE TABLE frequency(
  hash INTEGER PRIMARY KEY,
  documents INT NOT NULL,
  epoch INT NOT NULL,
  frozen INT NOT NULL
);
CREATE TABLE epoch(
  id INTEGER PRIMARY KEY,
  documents INT NOT NULL,             -- in the store when the epoch began
  began TEXT NOT NULL
);

-- Every join, move, split and merge, with the reason.
CREATE TABLE story_log(
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  epoch INT,
  action TEXT NOT NULL,               -- open, join, move, merge, split
  story TEXT NOT NULL,
  article_key TEXT,
  score REAL,
  reason TEXT
);

-- What stories are filtered by: each value of a story's articles, with how many have it. kind: language, outlet, agency
-- (id), place (gazetteer id; the three places that an article names most).
CREATE TABLE story_facet(
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
  articles INT NOT NULL,
  PRIMARY KEY(kind, value, story_id)
) WITHOUT ROWID;
CREATE INDEX story_facet_story ON story_facet(story_id, kind, articles);

-- How many stories have a value.
CREATE TABLE facet(
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  stories INT NOT NULL,
  PRIMARY KEY(kind, value)
) WITHOUT ROWID;
CREATE INDEX facet_stories ON facet(kind, stories);
CREATE TRIGGER story_facet_insert AFTER INSERT ON story_facet BEGIN
  INSERT INTO facet(kind, value, stories) VALUES(new.kind, new.value, 1) ON CONFLICT(kind, value) DO UPDATE SET stories = stories + 1;
END;
CREATE TRIGGER story_facet_delete AFTER DELETE ON story_facet BEGIN
  UPDATE facet SET stories = stories - 1 WHERE kind = old.kind AND value = old.value;
  DELETE FROM facet WHERE kind = old.kind AND value = old.value AND stories <= 0;
END;

-- INSERT INTO story_recount VALUES(id) counts a story anew: for what deletes its articles or changes them.
CREATE VIEW story_recount AS SELECT id AS story_id FROM story;
CREATE TRIGGER story_recount INSTEAD OF INSERT ON story_recount BEGIN
  UPDATE story SET revision = revision + 1, articles = (SELECT count(*) FROM article WHERE story_id = new.story_id),
    last = coalesce((SELECT max(published) FROM article WHERE story_id = new.story_id), ''),
    changed = coalesce((SELECT max(added) FROM article WHERE story_id = new.story_id), changed) WHERE id = new.story_id;
  DELETE FROM story_facet WHERE story_id = new.story_id;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT 'language', language, new.story_id, count(*) FROM article WHERE story_id = new.story_id GROUP BY language;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT 'outlet', outlet, new.story_id, count(*) FROM article WHERE story_id = new.story_id AND outlet IS NOT NULL GROUP BY outlet;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT 'agency', g.agency, new.story_id, count(DISTINCT a.id) FROM article a JOIN article_agency g ON g.article_id = a.id
    WHERE a.story_id = new.story_id GROUP BY g.agency;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT 'place', n.known_as, new.story_id, count(DISTINCT a.id) FROM article a JOIN name n ON n.article_id = a.id
    WHERE a.story_id = new.story_id AND n.position IN (SELECT m.position FROM name m WHERE m.article_id = a.id AND m.type = 'place'
      AND m.known_as IS NOT NULL ORDER BY m.mention_count DESC, m.position LIMIT 3) GROUP BY n.known_as;
END;

-- The common cases: an article that joins adds to the counts, one that leaves is taken off them; neither reads the other articles of the story.
CREATE TRIGGER article_joins AFTER UPDATE OF story_id ON article WHEN new.story_id IS NOT NULL AND new.story_id IS NOT old.story_id BEGIN
  UPDATE story SET revision = revision + 1, articles = articles + 1, last = max(last, coalesce(new.published, '')),
    changed = max(changed, new.added) WHERE id = new.story_id;
  INSERT INTO story_facet(kind, value, story_id, articles) VALUES('language', new.language, new.story_id, 1)
    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;
  INSERT INTO story_facet(kind, value, story_id, articles) SELECT 'outlet', new.outlet, new.story_id, 1 WHERE new.outlet IS NOT NULL
    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT DISTINCT 'agency', agency, new.story_id, 1 FROM article_agency WHERE article_id = new.id
    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;
  INSERT INTO story_facet(kind, value, story_id, articles)
    SELECT DISTINCT 'place', known_as, new.story_id, 1 FROM name WHERE article_id = new.id AND position IN (SELECT m.position FROM name m
      WHERE m.article_id = new.id AND m.type = 'place' AND m.known_as IS NOT NULL ORDER BY m.mention_count DESC, m.position LIMIT 3)
    ON CONFLICT(kind, value, story_id) DO UPDATE SET articles = articles + 1;
END;
CREATE TRIGGER article_leaves AFTER UPDATE OF story_id ON article WHEN old.story_id IS NOT NULL AND new.story_id IS NOT old.story_id BEGIN
  UPDATE story SET revision = revision + 1, articles = articles - 1,
    last = CASE WHEN old.published = last THEN coalesce((SELECT max(published) FROM article WHERE story_id = old.story_id), '') ELSE last END
    WHERE id = old.story_id;
  UPDATE story_facet SET articles = articles - 1 WHERE kind = 'language' AND value = old.language AND story_id = old.story_id;
  UPDATE story_facet SET articles = articles - 1 WHERE kind = 'outlet' AND value = old.outlet AND story_id = old.story_id;
  UPDATE story_facet SET articles = articles - 1 WHERE kind = 'agency' AND value IN (SELECT agency FROM article_agency WHERE article_id = old.id)
    AND story_id = old.story_id;
  UPDATE story_facet SET articles = articles - 1 WHERE kind = 'place' AND value IN (SELECT known_as FROM name WHERE article_id = old.id
    AND position IN (SELECT m.position FROM name m WHERE m.article_id = old.id AND m.type = 'place' AND m.known_as IS NOT NULL
      ORDER BY m.mention_count DESC, m.position LIMIT 3)) AND story_id = old.story_id;
  DELETE FROM story_facet WHERE story_id = old.story_id AND kind IN('language', 'outlet', 'agency', 'place') AND articles <= 0;
END;
CREATE TRIGGER article_changes AFTER UPDATE OF sha256, published ON article WHEN new.story_id IS NOT NULL BEGIN
  UPDATE story SET revision = revision + 1, changed = max(changed, new.added),
    last = coalesce((SELECT max(published) FROM article WHERE story_id = new.story_id), '') WHERE id = new.story_id;
END;

-- Saved searches, each with a feed.
CREATE TABLE watch_list(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,          -- what addresses use: w and ten hex digits
  title TEXT NOT NULL,
  words TEXT, person TEXT,            -- folded full text; a person, place or organisation in any script
  language TEXT, outlet TEXT, agency TEXT, place TEXT,
  happenings TEXT NOT NULL,           -- report, figure, origin: those it tells, with commas
  made TEXT NOT NULL
);

-- What a person said against the program. Targets are keys and quoted words, so that corrections outlive rows:
-- revisions, better readings, removal and adding again. One that was taken back or replaced stays, with its time.
CREATE TABLE correction(
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,                 -- speaker, date, join, split, same_name, other_name, no_copy
  article TEXT,                       -- key of the article, or of the first of two; NULL for names
  other TEXT,                         -- key of the second; for names: the gazetteer's id of the first spelling
  words TEXT,                         -- of the quotation; for names: the first spelling
  begin INT,                          -- where they stood
  value TEXT,                         -- what holds: speaker or "unknown", day, second spelling
  was TEXT,                           -- what the program had said
  by TEXT NOT NULL, at TEXT NOT NULL, why TEXT,
  undone TEXT                         -- when; NULL: it holds
);
CREATE INDEX correction_article ON correction(article);
CREATE INDEX correction_other ON correction(other);

-- Articles that a correction moved, and the story each came from.
CREATE TABLE correction_move(
  id INTEGER PRIMARY KEY,
  correction_id INTEGER NOT NULL REFERENCES correction(id) ON DELETE CASCADE,
  article TEXT NOT NULL,              -- key
  story TEXT NOT NULL                 -- name of the story it stood in
);

-- What is watched (khabar watch). `next`: when it is asked for again; NULL: never.
CREATE TABLE feed(
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,                 -- scheme://host[:port]
  parent INTEGER REFERENCES feed(id) ON DELETE CASCADE, -- the sitemap index that names it
  title TEXT, home TEXT, language TEXT, folder TEXT,
  added TEXT NOT NULL,
  etag TEXT, modified TEXT,           -- validators, for asking whether it changed
  asked TEXT, next TEXT,
  times INT NOT NULL DEFAULT 0,       -- read well
  failures INT NOT NULL DEFAULT 0,    -- in a row
  status INT, reason TEXT             -- of the last answer; why it failed
);
CREATE TABLE visit(                   -- a page that a feed names
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  feed_id INTEGER REFERENCES feed(id) ON DELETE CASCADE,
  published TEXT, stamp TEXT,         -- as the feed says: publication, last change
  etag TEXT, modified TEXT,
  asked TEXT, next TEXT,
  times INT NOT NULL DEFAULT 0,
  failures INT NOT NULL DEFAULT 0,
  status INT, reason TEXT,
  article TEXT                        -- key of the article it became
);
CREATE INDEX visit_next ON visit(next) WHERE next IS NOT NULL;
CREATE INDEX visit_feed ON visit(feed_id);
CREATE TABLE site(
  name TEXT PRIMARY KEY,
  robots BLOB, robots_until TEXT,     -- its robots.txt, and until when that is good
  ready TEXT                          -- when it wants to be asked again, at the soonest
) WITHOUT ROWID;

-- Stories that were pruned (khabar prune): their articles are gone, this remains. The story stays, with no articles.
CREATE TABLE story_summary(
  story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
  title TEXT, title_language TEXT,
  first TEXT, last TEXT,              -- days of publication; NULL: no article had one
  articles INT NOT NULL,
  languages TEXT NOT NULL,            -- JSON arrays, of outlets and origins their names
  outlets TEXT NOT NULL,
  origins TEXT NOT NULL,              -- independent ones
  pruned TEXT NOT NULL                -- when
);

-- Sealed files (khabar archive): stories that were moved out of this file, whole, and are searched together with it.
CREATE TABLE archive(
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,                 -- where it was sealed; it is looked for there, then beside this file
  seal TEXT NOT NULL UNIQUE,          -- in its table meta too: which file it is, wherever it lies
  before TEXT NOT NULL,               -- its stories ended before this day
  stories INT NOT NULL, articles INT NOT NULL,
  sealed TEXT NOT NULL                -- when
);
CREATE TABLE sealed_story(
  name TEXT PRIMARY KEY,              -- not given again
  archive_id INT NOT NULL REFERENCES archive(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE sealed_article(
  key TEXT PRIMARY KEY,               -- so that a page which comes again is known
  sha256 TEXT NOT NULL,
  archive_id INT NOT NULL REFERENCES archive(id) ON DELETE CASCADE
) WITHOUT ROWID;

-- Full text on folded words (see README, "Searching the file"): search('...') finds any spelling that the program folds alike; rowid is
-- article.id. The index alone: the folded text is kept nowhere, columns read as NULL. The body comes first, as a word of the first column takes two bytes less.
CREATE VIRTUAL TABLE search USING fts5(body, title, content='', tokenize='unicode61 remove_diacritics 0');

-- Articles that were deleted and are still in the index and in the postings: the next command that writes takes them out.
CREATE TABLE deleted(
  article_id INTEGER PRIMARY KEY,
  features BLOB, prints BLOB,
  title TEXT, text TEXT,
  lines TEXT, words TEXT              -- as in digest and article
);

-- Foreign keys may be off in a shell (they are by default): deleting still leaves nothing behind but a row of the table deleted.
CREATE TRIGGER article_delete BEFORE DELETE ON article BEGIN
  INSERT OR REPLACE INTO deleted(article_id, features, prints, title, text, lines, words)
    VALUES(old.id, (SELECT features FROM digest WHERE article_id = old.id), (SELECT prints FROM digest WHERE article_id = old.id),
      old.title, old.text, old.lines, old.words);
  DELETE FROM digest WHERE article_id = old.id;
  DELETE FROM clue WHERE article_id = old.id;
  DELETE FROM tag WHERE article_id = old.id;
  DELETE FROM link WHERE article_id = old.id;
  DELETE FROM credit WHERE article_id = old.id;
  DELETE FROM article_agency WHERE article_id = old.id;
  DELETE FROM name WHERE article_id = old.id;
  DELETE FROM hop WHERE article_id = old.id;
  DELETE FROM raw WHERE article_id = old.id;
  DELETE FROM revision WHERE article_id = old.id;
END;
CREATE TRIGGER article_gone AFTER DELETE ON article BEGIN
  INSERT INTO story_recount(story_id) SELECT old.story_id WHERE old.story_id IS NOT NULL;
END;

-- ---- what was found in a page, as rows ----
--
-- Each view cuts a list of table article into findings of so many characters. position: the order in the article, from 0. begin and end:
-- bytes of article.text. An offset is two characters, its 2000s counted from 1, and the rest; 0, 0 where there is none. What few mentions and figures have
-- stands behind all of them (x), in the record that the last character of each counts; the last of the list says how many there are.

-- Titles, outlet, byline, section, image with their evidence; path says where in the page.
CREATE VIEW field AS SELECT article_id, position,
  (SELECT word FROM term WHERE id = unicode(substr(r, 1, 1)) - 32) AS name,
  coalesce(w ->> nullif(unicode(substr(r, 2, 1)) - 33 - 10240 * (unicode(substr(r, 2, 1)) > 55295), -1), CASE (SELECT word FROM term WHERE id = unicode(substr(r, 1, 1)) - 32) WHEN 'title' THEN t WHEN 'outlet' THEN o END) AS value,
  nullif((unicode(substr(r, 3, 1)) - 33) * 2000 + unicode(substr(r, 4, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 3, 1)) - 33) * 2000 + unicode(substr(r, 4, 1)) - 32, -2000) + unicode(substr(r, 5, 1)) - 32 AS end,
  w ->> nullif(unicode(substr(r, 6, 1)) - 33 - 10240 * (unicode(substr(r, 6, 1)) > 55295), -1) AS path,
  CAST(w ->> nullif(unicode(substr(r, 7, 1)) - 33 - 10240 * (unicode(substr(r, 7, 1)) > 55295), -1) AS REAL) AS confidence
  FROM (SELECT a.id AS article_id, j.key AS position, substr(a.fields, j.key * 7 + 1, 7) AS r, a.words AS w, a.title AS t, a.outlet AS o
    FROM article a, json_each('[0' || replace(hex(zeroblob(length(a.fields) / 7 - 1)), '00', ',0') || ']') j WHERE a.fields IS NOT NULL);
-- Each line of the text. language: BCP 47 where it is clearly another than the article's.
CREATE VIEW line AS SELECT article_id, position,
  nullif((unicode(substr(r, 5, 1)) - 33) * 2000 + unicode(substr(r, 6, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 5, 1)) - 33) * 2000 + unicode(substr(r, 6, 1)) - 32, -2000) + (unicode(substr(r, 7, 1)) - 32) * 2000 + unicode(substr(r, 8, 1)) - 32 AS end,
  (SELECT word FROM term WHERE id = unicode(substr(r, 1, 1)) - 32) AS role,
  w ->> nullif(unicode(substr(r, 2, 1)) - 33 - 10240 * (unicode(substr(r, 2, 1)) > 55295), -1) AS path,
  w ->> nullif(unicode(substr(r, 3, 1)) - 33 - 10240 * (unicode(substr(r, 3, 1)) > 55295), -1) AS why,
  (SELECT word FROM term WHERE id = unicode(substr(r, 4, 1)) - 32) AS language
  FROM (SELECT a.id AS article_id, j.key AS position, substr(a.lines, j.key * 8 + 1, 8) AS r, a.words AS w
    FROM article a, json_each('[0' || replace(hex(zeroblob(length(a.lines) / 8 - 1)), '00', ',0') || ']') j WHERE a.lines IS NOT NULL);
-- role: published, modified, text.
CREATE VIEW date AS SELECT article_id, position,
  (SELECT word FROM term WHERE id = unicode(substr(r, 1, 1)) - 32) AS role,
  w ->> nullif(unicode(substr(r, 2, 1)) - 33 - 10240 * (unicode(substr(r, 2, 1)) > 55295), -1) AS value,
  nullif((unicode(substr(r, 3, 1)) - 33) * 2000 + unicode(substr(r, 4, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 3, 1)) - 33) * 2000 + unicode(substr(r, 4, 1)) - 32, -2000) + unicode(substr(r, 5, 1)) - 32 AS end,
  (SELECT word FROM term WHERE id = unicode(substr(r, 6, 1)) - 32) AS calendar,
  (SELECT word FROM term WHERE id = unicode(substr(r, 7, 1)) - 32) AS how,
  (unicode(substr(r, 8, 1)) - 32) / 1 % 2 AS core,
  (unicode(substr(r, 8, 1)) - 32) / 2 % 2 AS clash,
  w ->> nullif(unicode(substr(r, 9, 1)) - 33 - 10240 * (unicode(substr(r, 9, 1)) > 55295), -1) AS other,
  w ->> nullif(unicode(substr(r, 10, 1)) - 33 - 10240 * (unicode(substr(r, 10, 1)) > 55295), -1) AS path,
  w ->> nullif(unicode(substr(r, 11, 1)) - 33 - 10240 * (unicode(substr(r, 11, 1)) > 55295), -1) AS reason,
  (unicode(substr(r, 8, 1)) - 32) / 4 % 2 AS inferred
  FROM (SELECT a.id AS article_id, j.key AS position, substr(a.dates, j.key * 11 + 1, 11) AS r, a.words AS w
    FROM article a, json_each('[0' || replace(hex(zeroblob(length(a.dates) / 11 - 1)), '00', ',0') || ']') j WHERE a.dates IS NOT NULL);
-- name: name.position.
CREATE VIEW mention AS SELECT article_id, position,
  unicode(substr(r, 1, 1)) - 32 AS name,
  nullif((unicode(substr(r, 2, 1)) - 33) * 2000 + unicode(substr(r, 3, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 2, 1)) - 33) * 2000 + unicode(substr(r, 3, 1)) - 32, -2000) + unicode(substr(r, 4, 1)) - 32 AS end,
  nullif((unicode(substr(x, 1, 1)) - 33) * 2000 + unicode(substr(x, 2, 1)) - 32, -2000) AS role_begin,
  nullif((unicode(substr(x, 1, 1)) - 33) * 2000 + unicode(substr(x, 2, 1)) - 32, -2000) + unicode(substr(x, 3, 1)) - 32 AS role_end
  FROM (SELECT article_id, position, w, r, CASE r_rare WHEN 0 THEN '   ' ELSE substr(l, n * 5 + r_rare * 3 - 2, 3) END AS x
    FROM (SELECT article_id, j.key AS position, w, l, n, substr(l, j.key * 5 + 1, 5) AS r, unicode(substr(substr(l, j.key * 5 + 5, 1), 1, 1)) - 32 - 10240 * (unicode(substr(substr(l, j.key * 5 + 5, 1), 1, 1)) > 55295) AS r_rare
      FROM (SELECT id AS article_id, words AS w, mentions AS l, (length(mentions) - 1 - 3 * (unicode(substr(mentions, -1, 1)) - 32 - 10240 * (unicode(substr(mentions, -1, 1)) > 55295))) / 5 AS n FROM article WHERE mentions IS NOT NULL),
        json_each('[0' || replace(hex(zeroblob(n - 1)), '00', ',0') || ']') j));
-- speaker_name: name.position, -1 for none. continues: 1: the rest of the quotation before it.
CREATE VIEW quotation AS SELECT article_id, position,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) + (unicode(substr(r, 3, 1)) - 32) * 2000 + unicode(substr(r, 4, 1)) - 32 AS end,
  w ->> nullif(unicode(substr(r, 5, 1)) - 33 - 10240 * (unicode(substr(r, 5, 1)) > 55295), -1) AS speaker,
  unicode(substr(r, 6, 1)) - 33 AS speaker_name,
  nullif((unicode(substr(r, 7, 1)) - 33) * 2000 + unicode(substr(r, 8, 1)) - 32, -2000) AS speaker_begin,
  nullif((unicode(substr(r, 7, 1)) - 33) * 2000 + unicode(substr(r, 8, 1)) - 32, -2000) + unicode(substr(r, 9, 1)) - 32 AS speaker_end,
  nullif((unicode(substr(r, 10, 1)) - 33) * 2000 + unicode(substr(r, 11, 1)) - 32, -2000) AS cue_begin,
  nullif((unicode(substr(r, 10, 1)) - 33) * 2000 + unicode(substr(r, 11, 1)) - 32, -2000) + unicode(substr(r, 12, 1)) - 32 AS cue_end,
  (SELECT word FROM term WHERE id = unicode(substr(r, 13, 1)) - 32) AS act,
  (SELECT word FROM term WHERE id = unicode(substr(r, 14, 1)) - 32) AS mode,
  (SELECT word FROM term WHERE id = unicode(substr(r, 15, 1)) - 32) AS form,
  (SELECT word FROM term WHERE id = unicode(substr(r, 16, 1)) - 32) AS stance,
  w ->> nullif(unicode(substr(r, 17, 1)) - 33 - 10240 * (unicode(substr(r, 17, 1)) > 55295), -1) AS told_to,
  nullif((unicode(substr(r, 18, 1)) - 33) * 2000 + unicode(substr(r, 19, 1)) - 32, -2000) AS channel_begin,
  nullif((unicode(substr(r, 18, 1)) - 33) * 2000 + unicode(substr(r, 19, 1)) - 32, -2000) + unicode(substr(r, 20, 1)) - 32 AS channel_end,
  nullif((unicode(substr(r, 21, 1)) - 33) * 2000 + unicode(substr(r, 22, 1)) - 32, -2000) AS hedge_begin,
  nullif((unicode(substr(r, 21, 1)) - 33) * 2000 + unicode(substr(r, 22, 1)) - 32, -2000) + unicode(substr(r, 23, 1)) - 32 AS hedge_end,
  (unicode(substr(r, 24, 1)) - 32) / 1 % 2 AS core,
  (unicode(substr(r, 24, 1)) - 32) / 2 % 2 AS continues
  FROM (SELECT a.id AS article_id, j.key AS position, substr(a.quotations, j.key * 24 + 1, 24) AS r, a.words AS w
    FROM article a, json_each('[0' || replace(hex(zeroblob(length(a.quotations) / 24 - 1)), '00', ',0') || ']') j WHERE a.quotations IS NOT NULL);
-- min, max: NULL: open. quotation: quotation.position, -1 for none. status: standing, revised, retracted.
CREATE VIEW figure AS SELECT article_id, position,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) AS begin,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) + unicode(substr(r, 3, 1)) - 32 AS end,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) + nullif(unicode(substr(r, 4, 1)) - 32, 0) - 1 AS number_begin,
  nullif((unicode(substr(r, 1, 1)) - 33) * 2000 + unicode(substr(r, 2, 1)) - 32, -2000) + nullif(unicode(substr(r, 4, 1)) - 32, 0) - 1 + unicode(substr(r, 5, 1)) - 32 AS number_end,
  CAST(w ->> nullif(unicode(substr(r, 6, 1)) - 33 - 10240 * (unicode(substr(r, 6, 1)) > 55295), -1) AS REAL) AS min,
  CAST(w ->> nullif(unicode(substr(r, 7, 1)) - 33 - 10240 * (unicode(substr(r, 7, 1)) > 55295), -1) AS REAL) AS max,
  (SELECT word FROM term WHERE id = unicode(substr(r, 8, 1)) - 32) AS op,
  (unicode(substr(r, 15, 1)) - 32) / 1 % 2 AS soft,
  (SELECT word FROM term WHERE id = unicode(substr(r, 9, 1)) - 32) AS kind,
  w ->> nullif(unicode(substr(r, 10, 1)) - 33 - 10240 * (unicode(substr(r, 10, 1)) > 55295), -1) AS what,
  w ->> nullif(unicode(substr(x, 1, 1)) - 33 - 10240 * (unicode(substr(x, 1, 1)) > 55295), -1) AS scope,
  w ->> nullif(unicode(substr(r, 11, 1)) - 33 - 10240 * (unicode(substr(r, 11, 1)) > 55295), -1) AS unit,
  w ->> nullif(unicode(substr(r, 12, 1)) - 33 - 10240 * (unicode(substr(r, 12, 1)) > 55295), -1) AS noun,
  w ->> nullif(unicode(substr(r, 13, 1)) - 33 - 10240 * (unicode(substr(r, 13, 1)) > 55295), -1) AS place,
  w ->> nullif(unicode(substr(r, 14, 1)) - 33 - 10240 * (unicode(substr(r, 14, 1)) > 55295), -1) AS as_of,
  w ->> nullif(unicode(substr(x, 2, 1)) - 33 - 10240 * (unicode(substr(x, 2, 1)) > 55295), -1) AS claimed_by,
  unicode(substr(x, 3, 1)) - 33 AS quotation,
  nullif((unicode(substr(x, 4, 1)) - 33) * 2000 + unicode(substr(x, 5, 1)) - 32, -2000) AS hedge_begin,
  nullif((unicode(substr(x, 4, 1)) - 33) * 2000 + unicode(substr(x, 5, 1)) - 32, -2000) + unicode(substr(x, 6, 1)) - 32 AS hedge_end,
  coalesce((SELECT word FROM term WHERE id = unicode(substr(x, 7, 1)) - 32), 'standing') AS status,
  (unicode(substr(r, 15, 1)) - 32) / 2 % 2 AS core,
  (unicode(substr(r, 15, 1)) - 32) / 4 % 2 AS past_event
  FROM (SELECT article_id, position, w, r, CASE r_rare WHEN 0 THEN '       ' ELSE substr(l, n * 16 + r_rare * 7 - 6, 7) END AS x
    FROM (SELECT article_id, j.key AS position, w, l, n, substr(l, j.key * 16 + 1, 16) AS r, unicode(substr(substr(l, j.key * 16 + 16, 1), 1, 1)) - 32 - 10240 * (unicode(substr(substr(l, j.key * 16 + 16, 1), 1, 1)) > 55295) AS r_rare
      FROM (SELECT id AS article_id, words AS w, figures AS l, (length(figures) - 1 - 7 * (unicode(substr(figures, -1, 1)) - 32 - 10240 * (unicode(substr(figures, -1, 1)) > 55295))) / 16 AS n FROM article WHERE figures IS NOT NULL),
        json_each('[0' || replace(hex(zeroblob(n - 1)), '00', ',0') || ']') j));

-- Each text, packed or not. sqlar_uncompress is of the sqlite3 shell; elsewhere it is a line, in Python
-- db.create_function('sqlar_uncompress', 2, lambda bytes, size: zlib.decompress(bytes)).
CREATE VIEW article_text AS
  SELECT id AS article_id, CASE typeof(text) WHEN 'text' THEN text ELSE CAST(sqlar_uncompress(text, 16777216) AS TEXT) END AS text FROM article;

-- For people and Datasette: one row an article, with its place; figures and quotations with their words, NULL where the text is packed.
CREATE VIEW articles AS
  SELECT a.id, a.label, a.language, a.published, a.outlet, a.title, s.name AS story, a.url,
         (SELECT group_concat(agency, ',') FROM article_agency g WHERE g.article_id = a.id) AS agencies
  FROM article a LEFT JOIN story s ON s.id = a.story_id;
CREATE VIEW figures AS
  SELECT s.name AS story, a.label, a.published, f.min, f.max, f.what, f.scope, f.unit, f.as_of, f.claimed_by,
         CASE typeof(a.text) WHEN 'text' THEN CAST(substr(CAST(a.text AS BLOB), f.begin + 1, f.end - f.begin) AS TEXT) END AS words
  FROM figure f JOIN article a ON a.id = f.article_id LEFT JOIN story s ON s.id = a.story_id;
CREATE VIEW quotations AS
  SELECT s.name AS story, a.label, a.published, q.speaker, q.act, q.stance, q.mode, q.told_to,
         CASE typeof(a.text) WHEN 'text' THEN CAST(substr(CAST(a.text AS BLOB), q.begin + 1, q.end - q.begin) AS TEXT) END AS words
  FROM quotation q JOIN article a ON a.id = q.article_id LEFT JOIN story s ON s.id = a.story_id;
