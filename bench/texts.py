#!/usr/bin/env python3
"""texts.py KHABAR PAGES COUNT - COUNT articles of about 2 KB as JSON Lines, made of the sentences of the pages in PAGES.

Each takes paragraphs of pages in one language, in another order and with other numbers, so that they are news in their words
but few are copies. No chance is involved: two runs write the same bytes.
"""
import json
import re
import subprocess
import sys

khabar, pages, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
read = subprocess.run([khabar, "read", pages], capture_output=True, check=True).stdout.decode()
paragraphs = {}
for line in read.splitlines():
    article = json.loads(line)
    body = [p for p in article["text"].split("\n") if len(p) > 120]
    paragraphs.setdefault(article["language"], []).extend(body)
languages = sorted(tag for tag, found in paragraphs.items() if len(found) > 10)
state = 1


def draw(limit):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return (state >> 33) % limit


for i in range(count):
    source = paragraphs[languages[i % len(languages)]]
    text, size = [], 0
    while size < 2000:
        sentences = re.split(r"(?<=[.!?\u061f\u06d4]) ", source[draw(len(source))])
        chosen = re.sub(r"\d+", lambda m: str(1 + draw(10 ** len(m.group()))), sentences[draw(len(sentences))])
        text.append(chosen)
        size += len(chosen.encode())
    day = f"2024-{1 + draw(12):02d}-{1 + draw(28):02d}"
    print(json.dumps({"id": f"t{i}", "text": "\n".join(text), "title": text[0][:60], "published": day,
                      "outlet": f"Outlet {draw(200)}"}, ensure_ascii=False))
