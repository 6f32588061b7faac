#!/usr/bin/env python3
"""readability_py.py FOLDER ROUNDS - pages a second of CPU time through python3-readability (readability-lxml)."""
import logging
import pathlib
import sys
import time

from readability import Document


def read(html):
    document = Document(html)
    return len(document.short_title()) + len(document.summary())


def timed(pages):
    before = time.process_time()
    for html in pages:
        read(html)
    return time.process_time() - before


def main(folder, rounds):
    logging.disable(logging.CRITICAL)
    pages = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(pathlib.Path(folder).glob("*.html"))]
    timed(pages[:2])
    times = sorted(timed(pages) for _ in range(rounds))
    print(f"{len(pages) / times[rounds // 2]:.2f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
