#!/usr/bin/env python3
"""old_store.py STORE SCHEMA - makes a store of schema 10 one of schema 9, 8 or 6, as an older program would have left it: to test what is done with such.

What was found becomes rows again as the views show it. It reads the packed features and prints by their description in src/store/pack.c alone. Of the 64 bits that a hash had, those that are not kept
any more are zero; of letters only those of English are folded in its index.
"""
import json
import re
import sqlite3
import struct
import sys
import zlib

SITE, PRINT_MARK, MORE = 6, 1 << 40, (0x5A, 0x5B)  # MORE: bits of prints that are kept no more: of each print two are made that differ in these alone


class Bits:
    def __init__(self, data):
        self.value, self.at = int.from_bytes(data, "little"), 0

    def take(self, count):
        got = self.value >> self.at & ((1 << count) - 1)
        self.at += count
        return got

    def zeros(self):
        rest = self.value >> self.at
        count = (rest & -rest).bit_length() - 1
        self.at += count + 1
        return count

    def rice(self, k):
        high = self.zeros()
        return high << k | self.take(k)

    def gamma(self):
        n = self.zeros()
        return 1 << n | self.take(n)


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 128:
            return value, at


def features(data):
    """[(hash, count, kind, lead)]"""
    if not data:
        return []
    count, at = varint(data, 0)
    sites, at = varint(data, at)
    bits, k, value, found = Bits(data[at:]), ((1 << 32) // max(count, 1)).bit_length() - 1, 0, []
    for i in range(count + sites):
        value = value + bits.rice(k) if i < count else bits.take(64)
        usual = next((n for n in range(4) if bits.take(1)), None)
        if usual is None:
            kind = bits.take(3)
            lead = bits.take(2) if bits.take(1) else 0
            found.append((value, bits.gamma(), kind, lead))
        else:
            found.append((value, 1, usual & 1, usual & 2))
    return found


def to_varint(number):
    packed = bytearray()
    while number > 127:
        packed.append(number & 127 | 128)
        number >>= 7
    packed.append(number)
    return bytes(packed)


def low(number, size):
    return f"{number:0{size}b}"[::-1][:size] if size else ""


def to_bytes(text):
    text += "0" * (-len(text) % 8)
    return bytes(int(text[i:i + 8][::-1], 2) for i in range(0, len(text), 8))


def wide_features(found):
    """As schema 8 has them: kind, lead and count of each in full."""
    if not found:
        return None
    text, last, count = "", 0, sum(f[0] < 1 << 32 for f in found)
    k = ((1 << 32) // max(count, 1)).bit_length() - 1
    for value, times, kind, lead in found:
        if value < 1 << 32:
            text += "0" * (value - last >> k) + "1" + low((value - last) & ((1 << k) - 1), k)
            last = value
        else:
            text += low(value, 64)
        size = times.bit_length() - 1
        text += low(kind, 3) + (("1" + low(lead, 2)) if lead else "0") + "0" * size + "1" + low(times & ((1 << size) - 1), size)
    return to_varint(count) + to_varint(len(found) - count) + to_bytes(text)


def wide_prints(found):
    """Of 40 bits."""
    found = [p | more for p in found for more in MORE]
    text, last, k = "", 0, ((1 << 40) // max(len(found), 1)).bit_length() - 1
    for value in found:
        text += "0" * (value - last >> k) + "1" + low((value - last) & ((1 << k) - 1), k)
        last = value
    return to_varint(len(found)) + to_bytes(text) if found else None


def wide_postings(db):
    """All in one level of blocks, a key a block."""
    keys = {}
    for key, article in db.execute("SELECT hash, article_id FROM posting ORDER BY hash, article_id"):
        for more in MORE if key >= PRINT_MARK else (0,):
            keys.setdefault(key | more, []).append(article)
    for key, articles in keys.items():
        packed = b"".join(to_varint(a - b) for a, b in zip(articles, [0] + articles))
        body = to_varint(1) + to_varint(len(packed)) + packed if len(articles) > 1 else to_varint(0) + packed
        db.execute("INSERT INTO posting_block VALUES(?, ?)", (1 << 60 | key << 19, body))
    db.execute("DELETE FROM posting_level")
    db.execute("INSERT INTO posting_level VALUES(1, ?, 0)", (sum(map(len, keys.values())),))
    db.execute("DELETE FROM posting")


def number(n):
    return chr(n + 32 if n + 32 < 0xD800 else n + 32 + 10240)


def span(begin, end):
    return number(0) * 3 if begin is None else number(begin // 2000 + 1) + number(begin % 2000) + number(end - begin)


def wide_lists(db, article, words, terms):
    """Mentions and figures, all numbers of each beside each other."""
    def own(value):
        if isinstance(value, float):
            value = next(w for w in words if re.fullmatch(r"-?[0-9.]+(e[+-]?[0-9]+)?", w) and float(w) == value)
        return number(0 if value is None else words.index(value) + 1)
    mentions = "".join(number(m[0]) + span(*m[1:3]) + span(*m[3:5]) for m in db.execute(
        "SELECT name, begin, end, role_begin, role_end FROM mention WHERE article_id = ? ORDER BY position", (article,)))
    found = ""
    for f in db.execute("SELECT begin, end, number_begin, number_end, min, max, op, kind, what, scope, unit, noun, place, as_of, claimed_by, quotation, "
                        "hedge_begin, hedge_end, status, soft + 2 * core + 4 * past_event FROM figure WHERE article_id = ? ORDER BY position", (article,)):
        found += span(*f[:2]) + span(*f[2:4]) + own(f[4]) + own(f[5]) + number(terms[f[6]]) + number(terms[f[7]])
        found += "".join(own(value) for value in f[8:15]) + number(f[15] + 1) + span(*f[16:18]) + number(terms[f[18]]) + number(f[19])
    db.execute("UPDATE article SET mentions = ?, figures = ? WHERE id = ?", (mentions or None, found or None, article))


def to_9(db):
    """Features and prints stand in the row of the article; a story that it leaves is counted anew."""
    delete = db.execute("SELECT sql FROM sqlite_master WHERE name = 'article_delete'").fetchone()[0]
    for trigger in ("article_digest", "article_delete"):
        db.execute("DROP TRIGGER " + trigger)
    for column in ("features", "prints"):
        db.execute(f"ALTER TABLE article ADD COLUMN {column} BLOB")
        db.execute(f"UPDATE article SET {column} = (SELECT {column} FROM digest WHERE article_id = id)")
        delete = delete.replace(f"(SELECT {column} FROM digest WHERE article_id = old.id)", "old." + column)
    db.execute(delete.replace("  DELETE FROM digest WHERE article_id = old.id;\n", ""))
    db.execute("DROP TABLE digest")
    db.execute("DROP INDEX story_merged")
    db.execute("DROP TRIGGER article_leaves")
    db.execute("CREATE TRIGGER article_leaves AFTER UPDATE OF story_id ON article WHEN old.story_id IS NOT NULL AND new.story_id IS NOT old.story_id "
               "BEGIN INSERT INTO story_recount(story_id) VALUES(old.story_id); END")
    db.execute("PRAGMA user_version=9")


def to_8(db):
    db.execute("INSERT OR IGNORE INTO term(word) VALUES('standing')")
    terms = dict(db.execute("SELECT word, id FROM term"))
    for article, words in db.execute("SELECT id, words FROM article").fetchall():
        wide_lists(db, article, json.loads(words or "[]"), terms)
    for article, packed, printed in db.execute("SELECT id, features, prints FROM article").fetchall():
        db.execute("UPDATE article SET features = ?, prints = ? WHERE id = ?", (wide_features(features(packed)), wide_prints(prints(printed)), article))
    wide_postings(db)
    db.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, search, instance)")
    words = {}
    for word, article, column, _ in db.execute("SELECT term, doc, col, offset FROM temp.places ORDER BY doc, col, offset"):
        words.setdefault(article, {"title": [], "body": []})[column].append(word)
    db.execute("DROP TABLE temp.places")
    db.execute("DROP TABLE search")
    db.execute("CREATE VIRTUAL TABLE search USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 0')")
    for article, of in words.items():
        db.execute("INSERT INTO search(rowid, title, body) VALUES(?, ?, ?)", (article, " ".join(of["title"]), " ".join(of["body"])))
    for index, on in (("article_url", "article(url)"), ("name_known_as", "name(known_as)")):
        db.execute("DROP INDEX " + index)
        db.execute(f"CREATE INDEX {index} ON {on}")
    db.execute("PRAGMA user_version=8")


def prints(data):
    if not data:
        return []
    count, at = varint(data, 0)
    bits, k, value, found = Bits(data[at:]), ((1 << 32) // max(count, 1)).bit_length() - 1, 0, []
    for _ in range(count):
        value += bits.rice(k)
        found.append(value << 8)
    return found


def signed(number):
    return number - (1 << 64) if number >> 63 else number


def wide(value, kind):
    return value if kind == SITE else value << 32


def unpack(db):
    db.execute("DROP TABLE posting")
    db.execute("CREATE TABLE posting(hash INTEGER NOT NULL, article_id INTEGER NOT NULL, PRIMARY KEY(hash, article_id)) WITHOUT ROWID")
    for number, packed, printed in db.execute("SELECT id, features, prints FROM article").fetchall():
        found = sorted((wide(f[0], f[2]), f[1], f[2], f[3]) for f in features(packed))
        copied = [p << 24 for p in prints(printed)]
        db.execute("UPDATE article SET features = ?, prints = ? WHERE id = ?",
                   (b"".join(struct.pack("<QHBB", *f) for f in found) or None, b"".join(struct.pack("<Q", p) for p in copied) or None, number))
        db.executemany("INSERT OR IGNORE INTO posting VALUES(?, ?)", [(signed(h), number) for h in [f[0] for f in found] + copied])
    db.execute("CREATE INDEX posting_article ON posting(article_id)")
    counts = db.execute("SELECT hash, documents, epoch, frozen FROM frequency").fetchall()
    db.execute("DELETE FROM frequency")
    db.executemany("INSERT INTO frequency VALUES(?, ?, ?, ?)", [(signed(h << 32) if 0 <= h < 1 << 32 else h, d, e, f) for h, d, e, f in counts])
    for table in ("posting_block", "posting_level", "deleted", "search"):
        db.execute("DROP TABLE " + table)


INDEX = """
CREATE TABLE search_text(article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE, title TEXT, body TEXT);
CREATE VIRTUAL TABLE search USING fts5(title, body, content='search_text', content_rowid='article_id', tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER search_insert AFTER INSERT ON search_text BEGIN
  INSERT INTO search(rowid, title, body) VALUES(new.article_id, new.title, new.body);
END;
CREATE TRIGGER search_delete AFTER DELETE ON search_text BEGIN
  INSERT INTO search(search, rowid, title, body) VALUES('delete', old.article_id, old.title, old.body);
END;
CREATE TRIGGER search_update AFTER UPDATE ON search_text BEGIN
  INSERT INTO search(search, rowid, title, body) VALUES('delete', old.article_id, old.title, old.body);
  INSERT INTO search(rowid, title, body) VALUES(new.article_id, new.title, new.body);
END;
INSERT INTO search_text SELECT id, lower(title), lower(text) FROM article;
"""


ROWS = {"field": "name TEXT NOT NULL, value TEXT NOT NULL, begin INT, end INT, path TEXT, confidence REAL, PRIMARY KEY(article_id, name)) WITHOUT ROWID",
        "line": "begin INT NOT NULL, end INT NOT NULL, role TEXT NOT NULL, path TEXT, why TEXT, language TEXT)",
        "date": "role TEXT NOT NULL, value TEXT, begin INT, end INT, calendar TEXT, how TEXT, core INT, clash INT, other TEXT, path TEXT, reason TEXT, "
                "inferred INT)",
        "mention": "name INT NOT NULL, begin INT NOT NULL, end INT NOT NULL, role_begin INT, role_end INT)",
        "quotation": "begin INT NOT NULL, end INT NOT NULL, speaker TEXT, speaker_name INT, speaker_begin INT, speaker_end INT, cue_begin INT, cue_end INT, "
                     "act TEXT, mode TEXT, form TEXT, stance TEXT, told_to TEXT, channel_begin INT, channel_end INT, hedge_begin INT, hedge_end INT, core INT, "
                     "continues INT)",
        "figure": "begin INT NOT NULL, end INT NOT NULL, number_begin INT, number_end INT, min REAL, max REAL, op TEXT, soft INT, kind TEXT, what TEXT, "
                  "scope TEXT, unit TEXT, noun TEXT, place TEXT, as_of TEXT, claimed_by TEXT, quotation INT, hedge_begin INT, hedge_end INT, status TEXT, "
                  "core INT, past_event INT)",
        "name": "position INT NOT NULL, type TEXT NOT NULL, label TEXT NOT NULL, known_as TEXT, sound TEXT, mention_count INT)"}
INDEXES = ("CREATE INDEX name_sound ON name(sound)", "CREATE INDEX name_known_as ON name(known_as)", "CREATE INDEX article_story ON article(story_id)")
ARTICLE = "fields lines dates mentions quotations figures words".split()


def unlist(db):
    """What was found, as rows of tables."""
    for table, rest in ROWS.items():
        columns = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[1] != "position" or table == "name"]
        found = db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY article_id, position").fetchall()
        db.execute(f"DROP {'TABLE' if table == 'name' else 'VIEW'} {table}")
        db.execute(f"CREATE TABLE {table}({'' if table == 'field' else 'id INTEGER PRIMARY KEY, '}"
                   f"article_id INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE, {rest}")
        if table != "field":
            db.execute(f"CREATE INDEX {table}_article ON {table}(article_id)")
        db.executemany(f"INSERT INTO {table}({', '.join(columns)}) VALUES({', '.join('?' * len(columns))})", found)
    db.execute("DROP INDEX article_plain")
    db.create_function("unpacked", 1, zlib.decompress)
    db.execute("UPDATE article SET text = CAST(unpacked(text) AS TEXT) WHERE typeof(text) = 'blob'")
    for index in INDEXES:
        db.execute(index)
    for column in ARTICLE:
        db.execute(f"ALTER TABLE article DROP COLUMN {column}")
    db.execute("DROP TABLE term")


def old_trigger(db):
    sql = db.execute("SELECT sql FROM sqlite_master WHERE name = 'article_delete'").fetchone()[0]
    begin, end = sql.index("  INSERT OR REPLACE INTO deleted"), sql.index("  DELETE FROM clue")
    counting = ("  UPDATE frequency SET documents = documents - 1 WHERE hash IN (SELECT hash FROM posting WHERE article_id = old.id);\n"
                "  DELETE FROM posting WHERE article_id = old.id;\n"
                "  DELETE FROM search_text WHERE article_id = old.id;\n")
    counting += "".join(f"  DELETE FROM {table} WHERE article_id = old.id;\n" for table in ROWS if table != "name")
    db.execute("DROP TRIGGER article_delete")
    return sql[:begin] + counting + sql[end:]


def main():
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN")
    to_9(db)
    if sys.argv[2] == "8":
        to_8(db)
    if sys.argv[2] != "6":
        db.execute("COMMIT")
        return
    trigger = old_trigger(db)
    unlist(db)
    unpack(db)
    db.execute(trigger)
    db.execute("PRAGMA user_version=6")
    db.execute("COMMIT")
    db.executescript(INDEX)


main()
