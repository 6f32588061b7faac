"""many.py KHABAR - what a batch of one kind costs: linear in its size, in bounded memory, and without false stories.

Times are CPU time of the child, less that of an empty run; four times as many pages may take six times as long, where a
quadratic step would take sixteen. PAGES is the size of the largest batches (make torture: 10,000).
Texts are our own.
"""
import json
import os
import subprocess
import sys
import tempfile

khabar = sys.argv[1]
failed = 0
PATIENCE = float(os.environ.get("KHABAR_PATIENCE", "1"))  # how much slower, and larger, this build may be
ROOM = float(os.environ.get("KHABAR_ROOM", "1"))
largest = int(os.environ.get("PAGES", "0"))  # 0: what a test of a few seconds can bear

REPORT = ("The dam above the town of Dorukhan gave way before dawn on Wednesday and flooded its lower streets, the governor "
          "Marat Elvendi said. At least 24 people were killed and 37 are missing. \"We warned them in June,\" said Yaqub "
          "Sermet, the former chief engineer. The interior ministry said that 1,200 houses were evacuated by evening.\n")
OTHER = ("A ferry with 310 passengers ran aground on the reef off Port Salvo on Tuesday night, and lifeboats took everyone off by "
         "noon, the coast guard said. \"The steering failed twice this spring,\" said Teresa Imandra of the seamen's union. Two "
         "sailors broke an arm. The owner, Salvo Lines, said that it would wait for the report of the harbour master.\n")
WORDS = "harvest ferry museum tariff glacier orchestra vaccine strike comet bridge election pipeline".split()


def run(*arguments):
    """(CPU seconds, largest resident megabytes, standard output) of one run, which must succeed."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([khabar, *arguments], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        assert status == 0, f"khabar {' '.join(arguments)}: status {status}"
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def add(name, records, wanted=True):
    """Cost of adding RECORDS to a fresh store, and the story of each of their labels where WANTED."""
    path, db = f"{name}.jsonl", f"{name}.db"
    with open(path, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(r) + "\n" for r in records)
    seconds, megabytes, _ = run("add", "--no-raw", "--jobs", "1", "--db", db, path)
    rows = run("stories", "--db", db, "--format", "tsv")[2] if wanted else ""
    return seconds, megabytes, dict(line.split("\t") for line in rows.splitlines())


def check(name, ok, *facts):
    global failed
    print(("ok " if ok else "not ok ") + name)
    if not ok:
        failed = 1
        print("#", *facts)


def same(count):
    return [{"id": f"a{i}", "text": REPORT * 2, "title": "Dam gives way above Dorukhan", "outlet": f"Outlet {i % 40}",
             "published": "2024-07-31"} for i in range(count)]


def linear(name, make, count):
    count = largest // 4 or count
    small, _, _ = add(name + "1", make(count), False)
    large, megabytes, stories = add(name + "4", make(4 * count))
    check(f"{name}: four times as many take about four times as long", large - start < 6 * (small - start) + 0.5 * PATIENCE,
          f"{count} in {small - start:.2f} s, {4 * count} in {large - start:.2f} s")
    check(f"{name}: in bounded memory", megabytes < 400 * ROOM, f"{megabytes:.0f} MB")
    return stories


def main():
    global start
    start = add("start", [{"id": "a", "text": "One."}], False)[0]

    stories = linear("the same article", same, 100)
    check("the same article: one story", len(set(stories.values())) == 1, set(stories.values()))

    stories = linear("one word", lambda n: [{"id": f"w{i}", "text": WORDS[i % len(WORDS)]} for i in range(n)], 200)
    kinds = {}
    for label, story in stories.items():
        kinds.setdefault(story, set()).add(WORDS[int(label[1:]) % len(WORDS)])
    check("one word: no story of two different words", all(len(k) == 1 for k in kinds.values()), kinds)

    undated = linear("all dates unknown", lambda n: [{"id": f"u{i}", "text": REPORT.replace("Dorukhan", f"Doru{WORDS[i % 12]}"),
                                                      "title": f"Dam gives way {i}"} for i in range(n)], 100)
    check("all dates unknown: all are there", len(undated) == (largest // 4 or 100) * 4, len(undated))

    dates = ("1970-01-01", "2099-12-31", "2024-07-31")
    far = [dict(r, published=dates[i % 3]) for i, r in enumerate(same(largest // 20 or 80))]
    far += [dict(r, id=f"b{i}", text=OTHER * 2, title="Ferry runs aground off Port Salvo") for i, r in enumerate(far)]
    _, _, stories = add("far", far)
    dam = {s for label, s in stories.items() if label[0] == "a"}
    ferry = {s for label, s in stories.items() if label[0] == "b"}
    check("1970 and 2099 make no story of two events", not dam & ferry, dam & ferry)
    check("1970 and 2099: one text is at most a story for each of its dates", len(dam) <= 3 and len(ferry) <= 3, dam, ferry)

    lines = [f"Paragraph {i}: " + REPORT.replace("24", str(i % 97)) for i in range(5_000_000 // (len(REPORT) + 15))]
    cost = {}
    for part in (4, 1):
        seconds, megabytes, _ = add(f"long{part}", [{"id": "long", "text": "".join(lines[:len(lines) // part])}], False)
        cost[part] = seconds - start
    check("an article of 5 MB: four times as long as a quarter of it", cost[1] < 6 * cost[4] + 0.5 * PATIENCE, cost)
    check("an article of 5 MB: in bounded memory", megabytes < 1000 * ROOM, f"{megabytes:.0f} MB")


main()
sys.exit(failed)
