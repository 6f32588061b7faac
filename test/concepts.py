#!/usr/bin/env python3
"""concepts.py ROOT - the tables of concepts keep their promises.

Each concept has a row in world/concepts.txt and forms in the nine languages below; seven more have at least HALF of
them. A form stands in one concept of a language unless it is marked ambiguous. An entry does not merely transliterate
English: where all forms of a cell have the consonants of an English form, the word is a loan, and loans are listed in
test/cases/loans.txt after somebody has looked at them.
"""
import collections
import pathlib
import sys
import unicodedata

ALL = "en ar fa ru tr es fr de ur".split()
MORE = "ckb ug kk ps he zh".split()
CONCEPTS, HALF = 3000, 1500

CLASSES = {
    "B": "bpبپбпבפ", "T": "tتطثțтט", "D": "dدضдד", "K": "kcqکكقكкқכק", "G": "gjجگغژгжғג", "S": "szسصزذظсзцסצזש", "X": "xشшщ",
    "F": "fvwفوвфו", "M": "mمмם", "N": "nنнңנן", "L": "lلлל", "R": "rرрר", "H": "hحخهһхהח", "C": "چч",
}
CLASS_OF = {letter: c for c, letters in CLASSES.items() for letter in letters}
CLASS_OF.update({"מ": "M", "ת": "T", "ך": "K", "ף": "B", "ץ": "S", "ע": "", "א": "", "י": "", "و": "", "w": "", "ו": ""})


def rows(path):
    with open(path, encoding="utf-8") as f:
        return [line.rstrip("\n").split("\t") for line in f if line.strip() and not line.startswith("#")]


def folded(form):
    text = unicodedata.normalize("NFKC", form.lower()).replace("\u200c", "").replace("*", "").lstrip("?")
    return "".join(c for c in text if not unicodedata.combining(c))


def consonants(form):
    out = ""
    for c in unicodedata.normalize("NFD", folded(form)):
        k = CLASS_OF.get(c, "")
        if k and not out.endswith(k):
            out += k
    return out


def problems(root):
    world = [r[0] for r in rows(root / "data/world/concepts.txt")]
    if len(world) < CONCEPTS:
        yield f"{len(world)} concepts, at least {CONCEPTS} are wanted"
    for concept, n in collections.Counter(world).items():
        if n > 1:
            yield f"{concept}: {n} rows in world/concepts.txt"
    loans = {tuple(r) for r in rows(root / "test/cases/loans.txt")}
    english = {r[0]: {consonants(f) for f in r[1].split("|")} for r in rows(root / "data/languages/en/concepts.txt")}
    for lang in ALL + MORE:
        yield from problems_of(lang, rows(root / f"data/languages/{lang}/concepts.txt"), set(world), english, loans)


def problems_of(lang, table, world, english, loans):
    seen = collections.Counter(r[0] for r in table)
    wanted = world if lang in ALL else set()
    yield from (f"{lang}: {c} has no forms" for c in sorted(wanted - set(seen)))
    yield from (f"{lang}: {c} is no concept" for c in sorted(set(seen) - world))
    yield from (f"{lang}: {c} has {n} rows" for c, n in seen.items() if n > 1)
    if len(seen) < HALF:
        yield f"{lang}: {len(seen)} concepts, at least {HALF} are wanted"
    owner = {}
    for concept, cell in (r[:2] for r in table if len(r) > 1):
        forms = [f.strip() for f in cell.split("|")]
        if not all(forms):
            yield f"{lang}: {concept} has an empty form"
        for form in forms:
            if not form.startswith("?") and owner.setdefault(form, concept) != concept:
                yield f"{lang}: '{form}' stands in {owner[form]} and in {concept}"
        sounds = {consonants(f) for f in forms}
        loan = lang not in ("en", "zh", "tr", "es", "fr", "de") and all(len(s) > 2 and s in english.get(concept, ()) for s in sounds)
        if loan and (lang, concept) not in loans:
            yield f"{lang}: {concept}: '{cell}' only transliterates English (a loan? then test/cases/loans.txt)"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    for p in found[:60]:
        print("#", p)
    print("not ok concepts" if found else "ok concepts")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
