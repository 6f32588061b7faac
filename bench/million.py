#!/usr/bin/env python3
"""million.py BUILD COUNT STORE SEED FOLDER - what bench/million.sh runs.

The rate is articles a second of CPU time of `khabar add`, so that other work on the machine does not hide what grows; the clock's is printed too.
Stories are judged by B-cubed F1 among the articles of a window of the stream (its first and its last tenth).
"""
import http.client
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
import zlib
from collections import Counter
from urllib.parse import quote

BUILD, COUNT, STORE, SEED, FOLDER = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5]
KHABAR = os.path.join(BUILD, "khabar")
NEWS = os.path.join(BUILD, "news_stream")
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = 10


def say(text):
    print(text, flush=True)


def promise(kept, text):
    say(f"{'ok    ' if kept else 'SHORT '} {text}")


def connect():
    db = sqlite3.connect(f"file:{STORE}?mode=ro", uri=True, timeout=60)
    db.execute("PRAGMA cache_size=-200000")
    db.create_function("sqlar_uncompress", 2, lambda packed, size: zlib.decompress(packed))
    return db


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_memory(pid):
    with open(f"/proc/{pid}/status") as f:
        return int(re.search(r"VmHWM:\s+(\d+)", f.read()).group(1)) / 1024


def articles_now():
    try:
        with connect() as db:
            return db.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()[0]
    except sqlite3.Error:
        return 0


def add_all(truth):
    """Adds the stream; [(articles, seconds, CPU seconds)] at each tenth, and the peak of memory in MB."""
    news = subprocess.Popen([NEWS, str(COUNT), SEED, truth], stdout=subprocess.PIPE)
    adder = subprocess.Popen([KHABAR, "add", "--no-raw", "--db", STORE, "-"], stdin=news.stdout, stderr=subprocess.PIPE)
    news.stdout.close()
    began, marks, memory = time.time(), [(0, 0.0, 0.0)], 0.0
    while adder.poll() is None:
        try:
            cpu, memory = cpu_of(adder.pid), peak_memory(adder.pid)
        except (OSError, AttributeError):
            break
        now = articles_now()
        if now >= COUNT * len(marks) / PARTS and len(marks) < PARTS:
            marks.append((now, time.time() - began, cpu))
            n, s, c = (marks[-1][i] - marks[-2][i] for i in range(3))
            size = sum(os.path.getsize(STORE + e) for e in ("", "-wal") if os.path.exists(STORE + e))
            say(f"  {now:9d} articles  {n / s:7.0f}/s  {n / c:7.0f} a second of CPU  memory {memory:6.0f} MB  store {size / 1e6:8.0f} MB")
        last = (now, time.time() - began, cpu)
        time.sleep(0.2 if COUNT < 200000 else 2)
    err = adder.communicate()[1].decode()
    if adder.returncode or news.wait():
        sys.exit(f"khabar add ended with {adder.returncode}: {err[-400:]}")
    marks.append((COUNT, time.time() - began, last[2]))
    return marks, memory


def rates(marks, at):
    n, s, c = (marks[at][i] - marks[at - 1][i] for i in range(3))
    return n / max(s, 1e-9), n / max(c, 1e-9)


def tables(db):
    """The largest trees of the file, MB each."""
    try:
        rows = db.execute("SELECT name, sum(pgsize) FROM dbstat WHERE aggregate = TRUE GROUP BY name ORDER BY 2 DESC LIMIT 14").fetchall()
    except sqlite3.Error:
        return "unknown: this sqlite has no dbstat"
    return ", ".join(f"{name} {size / 1e6:.0f}" for name, size in rows)


def b_cubed(pairs):
    mine, true, both = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs), Counter(pairs)
    precision = sum(n * n / mine[p[0]] for p, n in both.items()) / len(pairs)
    recall = sum(n * n / true[p[1]] for p, n in both.items()) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def judge(db, truth):
    with open(truth) as f:
        planted = [line.rstrip("\n").split("\t") for line in f]
    found = dict(db.execute("SELECT a.label, a.story_id FROM article a"))
    pairs = [(found[label], story) for label, story in planted if label in found]
    tenth = max(1, len(pairs) // PARTS)
    return len(pairs), b_cubed(pairs[:tenth]), b_cubed(pairs[-tenth:])


def one_more(number):
    """Seconds for adding a page that the store has not seen."""
    line = subprocess.run([NEWS, "40", str(number)], capture_output=True, check=True).stdout.splitlines()[-1]
    page = json.loads(line)
    page["id"] = f"more{number}"
    began = time.time()
    subprocess.run([KHABAR, "add", "--no-raw", "--db", STORE, "-"], input=json.dumps(page).encode(), stderr=subprocess.DEVNULL, check=True)
    return time.time() - began


def queries(db):
    """Words of titles as they stand in the store: common ones, names, and two together."""
    last = db.execute("SELECT max(id) FROM article").fetchone()[0]
    dice = random.Random(7)
    asked = []
    while len(asked) < 300:
        row = db.execute("SELECT title FROM article WHERE id >= ? LIMIT 1", (dice.randint(1, last),)).fetchone()
        words = re.findall(r"\w{3,}", row[0]) if row and row[0] else []
        if len(words) > 2:
            asked.append([words[0], dice.choice(words), " ".join(dice.sample(words, 2))][len(asked) % 3])
    return asked


def search(asked):
    """Milliseconds of each search, sorted, over HTTP."""
    port = 18391 + os.getpid() % 1000
    server = subprocess.Popen([KHABAR, "serve", "--db", STORE, "--listen", f"127.0.0.1:{port}"], stderr=subprocess.PIPE)
    try:
        server.stderr.readline()
        times, failed = [], 0
        for query in asked:
            began = time.time()
            http_connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            http_connection.request("GET", "/search.json?q=" + quote(query))
            answer = http_connection.getresponse()
            answer.read()
            failed += answer.status != 200
            times.append(1000 * (time.time() - began))
        return sorted(times), failed
    finally:
        server.terminate()
        server.wait()


def main():
    truth = os.path.join(FOLDER, "truth.tsv")
    say(f"{COUNT} articles of seed {SEED}")
    marks, memory = add_all(truth)
    first, last = rates(marks, 1), rates(marks, PARTS)
    promise(memory < 1500, f"memory at most {memory:.0f} MB (1500)")
    promise(last[1] >= 0.7 * first[1], f"last tenth {last[1] / first[1]:.2f} of the first by CPU (0.70), {last[0] / first[0]:.2f} by the clock; "
            f"{COUNT / marks[-1][1]:.0f}/s over all")
    db = connect()
    text = db.execute("SELECT sum(length(CAST(text AS BLOB))) FROM article_text").fetchone()[0]
    size = os.path.getsize(STORE)
    promise(size <= 2.2 * text, f"store {size / 1e6:.0f} MB, {size / text:.2f} times the text of {text / 1e6:.0f} MB (2.20)")
    say("       MB: " + tables(db))
    more = sorted(one_more(1000 + i) for i in range(5))[2]
    promise(more < 1, f"one more page in {more:.2f} s, the start of the program within (1.00)")
    times, failed = search(queries(db))
    p95 = times[int(len(times) * 0.95)]
    promise(p95 < 100 and not failed, f"search p95 {p95:.0f} ms (100), median {times[len(times) // 2]:.0f}, of {len(times)}; failed {failed}")
    count, begin, end = judge(db, truth)
    promise(end[2] >= begin[2] - 0.02, f"planted stories, B-cubed F1: {begin[2]:.4f} in the first tenth, {end[2]:.4f} in the last "
            f"(P {begin[0]:.3f} and {end[0]:.3f}, R {begin[1]:.3f} and {end[1]:.3f})")
    promise(count == COUNT, f"{count} of {COUNT} articles are there")


main()
