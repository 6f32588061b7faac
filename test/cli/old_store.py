#!/usr/bin/env python3
"""old_store.py STORE - makes a store of schema 7 one of schema 6, as an older program would have left it: to test what is done with such.

It reads the packed features and prints by their description in src/store/pack.c alone. Of the 64 bits that a hash had, those that are not kept
any more are zero; of letters only those of English are folded in its index.
"""
import sqlite3
import struct
import sys

SITE, PRINT_MARK = 6, 1 << 40


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
        kind = bits.take(3)
        lead = bits.take(2) if bits.take(1) else 0
        found.append((value, bits.gamma(), kind, lead))
    return found


def prints(data):
    if not data:
        return []
    count, at = varint(data, 0)
    bits, k, value, found = Bits(data[at:]), ((1 << 40) // max(count, 1)).bit_length() - 1, 0, []
    for _ in range(count):
        value += bits.rice(k)
        found.append(value)
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


def old_trigger(db):
    sql = db.execute("SELECT sql FROM sqlite_master WHERE name = 'article_delete'").fetchone()[0]
    begin, end = sql.index("  INSERT OR REPLACE INTO deleted"), sql.index("  DELETE FROM field")
    counting = ("  UPDATE frequency SET documents = documents - 1 WHERE hash IN (SELECT hash FROM posting WHERE article_id = old.id);\n"
                "  DELETE FROM posting WHERE article_id = old.id;\n"
                "  DELETE FROM search_text WHERE article_id = old.id;\n")
    db.execute("DROP TRIGGER article_delete")
    return sql[:begin] + counting + sql[end:]


def main():
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    db.execute("PRAGMA foreign_keys=OFF")
    db.execute("BEGIN")
    trigger = old_trigger(db)
    unpack(db)
    db.execute(trigger)
    db.execute("PRAGMA user_version=6")
    db.execute("COMMIT")
    db.executescript(INDEX)


main()
