#!/usr/bin/env python3
"""formats.py CSV TSV JSONL - do three forms of one list say the same?

CSV has a head of unique names and as many cells in each row; TSV has as many cells in each line as in the first; JSONL has one
object for each row of CSV, and where both name a thing in words, the same words.
"""
import csv
import json
import sys


def words_of(cell):
    """What stands in a cell, without the quotation mark that guards a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r") else cell


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, restkey="beyond"))
        names = list(rows[0]) if rows else []
    with open(sys.argv[2], encoding="utf-8") as file:
        cells = [line.rstrip("\n").split("\t") for line in file]
    with open(sys.argv[3], encoding="utf-8") as file:
        objects = [json.loads(line) for line in file]
    assert rows, "no row"
    assert len(set(names)) == len(names) and "beyond" not in names, names
    assert all(None not in row.values() and "beyond" not in row for row in rows), "rows of different length"
    assert cells and len({len(line) for line in cells}) == 1, "lines of different length"
    assert len(objects) == len(rows), f"{len(rows)} rows, {len(objects)} objects"
    shared = 0
    for row, thing in zip(rows, objects):
        assert thing["khabar"] == 1, thing
        for name in names:
            if isinstance(thing.get(name), str):
                assert words_of(row[name]) == thing[name], (name, row[name], thing[name])
                shared += 1
    assert shared, f"nothing in common: {names}, {list(objects[0])}"


main()
