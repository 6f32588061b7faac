#!/usr/bin/env python3
"""fill_store.py STORE TIMES - makes TIMES - 1 further copies of all that a store holds, under other ids, keys, addresses and story names, as
if so many more events had been reported: a large store in minutes, for measuring what is read from it. Each copy is a day older. Its
words are those of the others; the next command that writes to the store, khabar add for one, makes the index of all.
"""
import sqlite3
import sys

TABLES = ("story article field clue tag link line date credit article_agency name mention quotation figure hop raw").split()
COUNTING = ("article_joins", "article_leaves", "article_changes")  # done once at the end instead of for every row


def value_of(table, column):
    """What a copy has in COLUMN: :i is its number, :a and :s the distance of ids of articles and stories."""
    shifted = {"article_id": ":i * :a", "story_id": ":i * :s", "merged_into": ":i * :s"}
    if column == "id":
        return {"article": "id + :i * :a", "story": "id + :i * :s"}.get(table, "NULL")
    if column in shifted:
        return f"{column} + {shifted[column]}"
    if (table, column) == ("story", "name"):
        return "substr(name, 1, 7) || printf('%04x', :i)"
    if (table, column) == ("article", "published"):
        return "strftime('%Y-%m-%dT%H:%M:%SZ', published, '-' || :i || ' days')"
    if table == "article" and column in ("key", "url", "label"):
        return f"{column} || '-' || :i"
    return f'"{column}"'


def copy(db, table):
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(value_of(table, c) for c in columns)
    key, below = ("id", ":s") if table == "story" else ("id", ":a") if table == "article" else ("article_id", ":a")
    return f"INSERT OR IGNORE INTO {table}({names}) SELECT {values} FROM {table} WHERE {key} < {below}"


def main():
    db = sqlite3.connect(sys.argv[1], isolation_level=None)
    times = int(sys.argv[2])
    for pragma in ("foreign_keys=OFF", "journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        db.execute("PRAGMA " + pragma)
    triggers = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN (?, ?, ?)", COUNTING).fetchall()
    for name, _ in triggers:
        db.execute("DROP TRIGGER " + name)
    step = {"a": db.execute("SELECT max(id) + 1 FROM article").fetchone()[0], "s": db.execute("SELECT max(id) + 1 FROM story").fetchone()[0]}
    kept = {name for name, in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    copies = [copy(db, table) for table in TABLES if table in kept]  # findings are lists of `article`, with views
    for i in range(1, times):
        db.execute("BEGIN")
        for statement in copies:
            used = {name: number for name, number in dict(step, i=i).items() if ":" + name in statement}
            db.execute(statement, used)
        db.execute("COMMIT")
    db.execute("INSERT INTO story_recount SELECT DISTINCT story_id FROM article WHERE story_id IS NOT NULL")
    for _, sql in triggers:
        db.execute(sql)
    db.execute("INSERT OR REPLACE INTO meta(name, value) VALUES('index', 'anew')")
    db.execute("PRAGMA journal_mode=WAL")


main()
