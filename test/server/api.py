#!/usr/bin/env python3
"""api.py - the API as server/openapi.json describes it: every address answers, every answer has the members and types that it promises, in every
form that is named; lists go on by cursor; tags, filters, feeds, watch lists, corrections and traces do what docs/API.md says."""
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from room import BIN, PATIENCE, Room, check, finish  # noqa: E402

FORM = {"Content_Type": "application/x-www-form-urlencoded"}
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict, "null": type(None)}
ATOM = "{http://www.w3.org/2005/Atom}"


def wrong(value, schema, document, path="$"):
    """What of VALUE is not as SCHEMA says; empty when all is."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    found = []
    if kinds and not any(isinstance(value, TYPES[k]) and not (isinstance(value, bool) and k in ("integer", "number")) for k in kinds):
        return [f"{path} is {type(value).__name__}, not {kinds}"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{path} is {value!r}, not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{path} is {value!r}, none of {schema['enum']}")
    if isinstance(value, dict):
        found += [f"{path} lacks {name}" for name in schema.get("required", []) if name not in value]
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += wrong(value[name], part, document, f"{path}.{name}")
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value):
            found += wrong(item, schema["items"], document, f"{path}[{i}]")
    return found


def every_address(room, document, names, base=""):
    """Each GET of the description in each of its forms; behind BASE those that a sealed file has."""
    for pattern, methods in document["paths"].items():
        if "get" not in methods or (base and "servers" not in methods):
            continue
        kind = pattern.split("/")[1]
        path = pattern.replace("{id}", str(names.get(kind, "")))
        address = base + path if path != "/" or not base else base
        query = {"/search": "?q=dam", "/stories/{id}/sides": f"?a={names['pair'][0]}&b={names['pair'][1]}"}.get(pattern, "")
        for form, what in methods["get"]["responses"]["200"]["content"].items():
            status, headers, body = room.ask(address + query, Accept=form)
            good = status == 200 and headers["Content-Type"].split(";")[0] == form
            problems = []
            if good and form == "application/json":
                problems = wrong(json.loads(body), what["schema"], document)
            if good and form == "application/x-ndjson":
                good = all(isinstance(json.loads(line), dict) for line in body.decode().splitlines())
            check(f"{base}{pattern} as {form}", good and not problems, (status, dict(headers), problems, body[:300]))
            suffix = {"application/json": ".json", "application/x-ndjson": ".ndjson", "application/atom+xml": ".atom", "application/feed+json": ".jsonfeed"}.get(form)
            if suffix and not path.endswith(".json") and path not in ("/", "/healthz"):
                again = room.ask(address + suffix + query)
                check(f"{base}{pattern}{suffix} is the same", again[0] == 200 and again[2] == body, again[2][:200])


def failures(room, document):
    for path, status in (("/nowhere", 404), ("/stories/s0", 404), ("/articles/999", 404), ("/search.json", 400), ("/stories.json?limit=0", 400), ("/watch-lists/w0", 404),
                         ("/stories/s0/sides.json", 400), ("/stories/s0.exe", 404), ("/stories.html", 404)):
        got, headers, body = room.ask(path, Accept="application/json")
        problem = json.loads(body)
        check(f"{path} is {status}", got == status and headers["Content-Type"] == "application/problem+json" and problem["status"] == status and
              not wrong(problem, {"$ref": "/problem"}, document), (got, body))
    got, headers, _ = room.ask("/api/trace")
    check("an address that is for POST alone", got == 405 and "Allow" in headers, got)


def tags(room, names):
    for path in ("/stories.json", f"/stories/{names['stories']}.json", f"/articles/{names['articles']}.json", f"/stories/{names['stories']}"):
        status, headers, body = room.ask(path, Accept="text/html")
        tag = headers["ETag"]
        again, kept, nothing = room.ask(path, Accept="text/html", If_None_Match=tag)
        check(f"{path} has not changed", status == 200 and again == 304 and nothing == b"" and kept["ETag"] == tag, (again, dict(kept)))
        check(f"{path}: a 304 says nothing of the policy", kept.get("Content-Security-Policy") is None)
        check(f"{path} by another tag", room.ask(path, If_None_Match='W/"0123456789abcdef"')[0] == 200)
        head, kept, nothing = room.ask(path, "HEAD", Accept="text/html")
        check(f"HEAD {path}", head == 200 and nothing == b"" and kept["Content-Length"] == str(len(body)), (head, dict(kept)))


def as_of(room, names):
    paths = ["/", "/?ui=ar", f"/stories/{names['stories']}", f"/stories/{names['stories']}/graph", f"/articles/{names['articles']}", "/search?q=dam", "/watch-lists",
             f"/stories/{names['stories']}/sides?a={names['pair'][0]}&b={names['pair'][1]}"]
    seen = {path: [] for path in paths}
    for again in range(10):
        time.sleep(1.1 if again else 0)  # no longer given from memory
        for path in paths:
            _, headers, body = room.ask(path, Accept="text/html")
            seen[path].append(headers["ETag"])
            if not again:
                foot = body.decode().split("<footer")[1]
                check(f"{path} says as of when", 'datetime="2024-09-01' in foot, foot)
        if again and all(tags[-1] == tags[-2] for tags in seen.values()):  # a list may still learn its origins: it settles
            break
    for path, tags_of in seen.items():
        check(f"{path} stays the same", tags_of[-1] == tags_of[-2], tags_of)


def lists(room):
    front = json.loads(room.ask("/stories.json")[2])
    ids = [row["id"] for row in front["stories"]]
    walked, after = [], ""
    while after is not None and len(walked) <= len(ids):
        part = json.loads(room.ask("/stories.json?limit=1" + ("&after=" + urllib.parse.quote(after) if after else ""))[2])
        walked += [row["id"] for row in part["stories"]]
        after = part["next"]
    check("the pages of the front are the front", walked == ids, (walked, ids))
    check("all articles are reports of a story", sum(row["reports"] for row in front["stories"]) == front["articles_in_store"] == 31, front)
    big = max(front["stories"], key=lambda row: row["reports"])
    check("the large story is compared", big["origins"] and big["disagreements"] is not None, big)
    check("the sparkline has every report that has a date", 0 < sum(big["spark"]["reports"]) <= big["reports"], big["spark"])
    for kind, facets in front["facets"].items():
        for facet in facets:
            got = json.loads(room.ask("/stories.json?" + urllib.parse.urlencode({kind: facet["value"]}))[2])
            chosen = [f for f in got["facets"][kind] if f["chosen"]]
            check(f"filter {kind}={facet['value']}", len(got["stories"]) == facet["count"] and len(chosen) == 1, (len(got["stories"]), facet))
    check("no story has an outlet that nobody is", json.loads(room.ask("/stories.json?outlet=nobody")[2])["stories"] == [])
    check("since and until", [len(json.loads(room.ask(q)[2])["stories"]) for q in ("/stories.json?since=2030-01-01", "/stories.json?until=2020-01-01", "/stories.json?since=2024-08-05")] == [0, 0, 2])
    disagreeing = json.loads(room.ask("/stories.json?disagree=1")[2])["stories"]
    check("stories whose figures disagree", disagreeing and all(row["disagreements"] for row in disagreeing), disagreeing)
    both = json.loads(room.ask("/stories.json?language=fa&agency=reuters")[2])
    check("two filters together", both["stories"] and all("fa" in row["languages"] and "reuters" in row["agencies"] for row in both["stories"]) or not both["stories"], both)


def searches(room):
    def found(query, **more):
        return json.loads(room.ask("/search.json?" + urllib.parse.urlencode(dict(q=query, **more)))[2])

    plain = found("dam")
    check("a word is found", plain["found"] > 0 and all(row["story"] for row in plain["articles"]))
    row = next(r for r in plain["articles"] if r["found"])
    words = row["snippet"].encode()[row["found"][0]:row["found"][1]].decode().lower()
    check("and stands where it says", words == "dam", row)
    check("two words are both in it", 0 < found("dam governor")["found"] <= plain["found"])
    check("words in marks stand together", found('"dam burst"')["found"] <= found("dam burst")["found"])
    check("a filter", {r["language"] for r in found("dam", language="en")["articles"]} <= {"en"})
    latin, arabic = found("Elvendi"), found("\u0625\u0644\u0641\u0646\u062f\u064a")
    languages = {r["language"] for r in latin["articles"]}
    check("a name is found in other scripts", len(languages) > 1, (languages, latin["spellings"], arabic["found"]))
    walked, after = [], "0"
    while after is not None and len(walked) < 1000:
        part = found("dam", limit=2, after=after)
        walked += [r["id"] for r in part["articles"]]
        after = part["next"]
    check("the pages of a search are the search", len(walked) == len(set(walked)) == plain["found"], (len(walked), plain["found"]))


def feeds(room, names):
    for path in ("/stories", f"/stories/{names['stories']}", "/search.atom?q=dam"):
        body = room.ask(path if "?" in path else path + ".atom")[2]
        feed = xml.fromstring(body)
        entries = feed.findall(ATOM + "entry")
        ids = [e.find(ATOM + "id").text for e in entries]
        whole = all(e.find(ATOM + tag) is not None for e in entries for tag in ("id", "title", "updated", "link"))
        check(f"{path} as Atom", feed.find(ATOM + "id") is not None and feed.find(ATOM + "updated") is not None and entries and whole, body[:500])
        check(f"{path}: ids are addresses, each once", len(set(ids)) == len(ids) and all(i.startswith("http://") for i in ids), ids)
        check(f"{path}: times are whole", all(len(e.find(ATOM + "updated").text) == 20 for e in entries))
        json_feed = json.loads(room.ask((path + ".jsonfeed") if "?" not in path else path.replace(".atom", ".jsonfeed"))[2])
        check(f"{path} as JSON Feed", json_feed["version"] == "https://jsonfeed.org/version/1.1" and [i["id"] for i in json_feed["items"]] == ids)


def writes(room, document, names):
    fields = {"title": "Floods", "q": "dam", "on": ["report", "figure", "origin"]}
    status, headers, body = room.ask("/watch-lists", "POST", urllib.parse.urlencode(fields, doseq=True), Origin=f"http://{room.host}", Sec_Fetch_Site="same-origin", **FORM)
    check("a form makes a watch list", status == 303 and headers["Location"].startswith("/watch-lists/w"), (status, body))
    path = headers["Location"]
    watch = json.loads(room.ask(path + ".json")[2])
    kinds = {h["kind"] for h in watch["happenings"]}
    check("it tells what happened", kinds == {"report", "figure", "origin"} and not wrong(watch, {"$ref": "/watch"}, document), kinds)
    ids = [h["id"] for h in watch["happenings"]]
    check("each thing once", len(ids) == len(set(ids)))
    changes = [h for h in watch["happenings"] if h["kind"] == "figure"]
    check("a figure that changed says what it was", all(h["was"] and h["is"] and h["was"] != h["is"] and h["what"] for h in changes), changes[:2])
    check("the newest first", [h["at"] for h in watch["happenings"]] == sorted((h["at"] for h in watch["happenings"]), reverse=True))
    check("its feed", len(xml.fromstring(room.ask(path + ".atom")[2]).findall(ATOM + "entry")) == len(ids))
    named = room.ask("/watch-lists", "POST", "name=Elvendi&on=origin", **FORM)
    check("a name in any script", named[0] == 303 and json.loads(room.ask(named[1]["Location"] + ".json")[2])["watch_list"]["name"] == "Elvendi")
    check("a list of nothing is refused", room.ask("/watch-lists", "POST", "title=x", **FORM)[0] == 400)
    check("a list is taken away", room.ask(path, "DELETE")[0] == 201 and room.ask(path)[0] == 404)
    check("once only", room.ask(path, "DELETE")[0] == 404)

    article = names["articles"]
    before = json.loads(room.ask(f"/articles/{article}.json")[2])
    status, headers, body = room.ask(f"/articles/{article}/corrections", "POST", "kind=date&value=2024-07-30&by=nadia&why=printed+edition", **FORM)
    after = json.loads(room.ask(f"/articles/{article}.json")[2])
    check("a correction holds at once", status == 303 and after["published"]["value"] == "2024-07-30" and after["published"]["corrected"]["by"] == "nadia", (status, body, after["published"]))
    number = after["published"]["corrected"]["id"]
    check("and is taken back", room.ask(f"/corrections/{number}/undo", "POST", "", **FORM)[0] == 303 and
          json.loads(room.ask(f"/articles/{article}.json")[2])["published"] == before["published"])
    check("a correction that is none", room.ask(f"/articles/{article}/corrections", "POST", "kind=mood&value=sad", **FORM)[0] == 400)
    check("one of an article that is not there", room.ask("/articles/999/corrections", "POST", "kind=date&value=2024-07-30", **FORM)[0] in (400, 404))


def posted(room, document, names):
    text = before = json.loads(room.ask(f"/articles/{names['articles']}.json")[2])["text"]
    status, _, body = room.ask("/api/trace", "POST", text, Content_Type="text/plain")
    trace = json.loads(body)
    check("a pasted copy is traced", status == 200 and any(t["article"] == names["articles"] for t in trace["trails"]) and not wrong(trace, {"$ref": "/trace"}, document), body[:500])
    pasted = urllib.parse.urlencode({"text": text})
    check("the same from a form", json.loads(room.ask("/api/trace", "POST", pasted, **FORM)[2])["trails"] != [])
    status, _, body = room.ask("/api/trace", "POST", json.dumps({"text": "Nobody wrote this about a lighthouse keeper who counts gulls at dawn."}), Content_Type="application/json")
    check("what nobody wrote is no copy", status == 200 and json.loads(body)["trails"] == [], body[:300])
    record = {"text": before, "url": "https://copy.example/1", "title": "A copy", "published": "2024-08-06"}
    status, headers, body = room.ask("/api/articles", "POST", json.dumps(record), Content_Type="application/json")
    made = json.loads(body)
    check("a page is added", status == 201 and made["outcome"] == "new" and headers["Location"] == f"/articles/{made['id']}" and not wrong(made, {"$ref": "/added"}, document), body)
    check("and is seen at once", json.loads(room.ask(headers["Location"] + ".json")[2])["url"] == record["url"])
    check("adding is idempotent", json.loads(room.ask("/api/articles", "POST", json.dumps(record), Content_Type="application/json")[2])["outcome"] == "unchanged")
    check("the front has it", json.loads(room.ask("/stories.json")[2])["articles_in_store"] == 32)


INQUIRY = {"title": "Judge to lead inquiry into Ashkul dam operator Narvan Hydro", "lang": "en", "published": "2024-08-17T10:00:00Z", "outlet": "Quorra Gazette",
           "url": "https://quorra.example/inquiry", "text": "Judge to lead inquiry into Ashkul dam operator Narvan Hydro\n\nParliament on Saturday appointed the judge Sofia "
           "Brandel to lead an inquiry into Narvan Hydro, the operator of the Ashkul dam.\n\nThe inquiry will question governor Marat Elvendi and study the contracts of the "
           "company. Its report is due in the autumn.\n\nLawyers in Dorukhan welcomed the decision, and the mayor Leyla Bastur asked for the papers of the Ashkul dam to be published."}


def sequels(room, names):
    """A story that was shown before learns of one that came later."""
    path = f"/stories/{names['stories']}"
    before = json.loads(room.ask(path + ".json")[2])["related"]
    made = json.loads(room.ask("/api/articles", "POST", json.dumps(INQUIRY), Content_Type="application/json")[2])
    after = json.loads(room.ask(path + ".json")[2])["related"]
    page = room.ask(path, Accept="text/html")[2].decode()
    check("a sequel that came later is related at once", made["story"] != names["stories"] and made["story"] not in {r["id"] for r in before} and
          made["story"] in {r["id"] for r in after}, (before, made, after))
    check("and its page says so", f'href="/stories/{made["story"]}"' in page)


def choices(room):
    status, headers, _ = room.ask("/?ui=fa&calendar=hijri", Accept="text/html")
    check("a choice is kept in a cookie", status == 200 and "SameSite=Strict" in headers["Set-Cookie"] and "HttpOnly" in headers["Set-Cookie"], headers.get("Set-Cookie"))
    both = headers.get_all("Set-Cookie")
    kept = "; ".join(cookie.split(";")[0] for cookie in both)
    check("two choices of one address are both kept", sorted(kept.split("; ")) == ["calendar=hijri", "ui=fa"], both)
    again = room.ask("/", Accept="text/html", Accept_Language="en", Cookie=kept)[2].decode()
    check("and both hold on the next page", '<html lang="fa"' in again and re.search('calendar=hijri"[^>]*aria-current', again), again[:300])
    pages = {ui: room.ask("/", Accept="text/html", Accept_Language=ui)[2].decode() for ui in ("en", "ar", "fa", "ru")}
    check("the browser's language is heard", all(f'lang="{ui}"' in page for ui, page in pages.items()))
    check("a cookie goes before it", 'lang="ru"' in room.ask("/", Accept="text/html", Accept_Language="ar", Cookie="x=1; ui=ru")[2].decode())


def orders(room):
    newest = json.loads(room.ask("/stories.json?order=newest")[2])
    first = json.loads(room.ask("/stories.json?order=importance")[2])
    weights = [row["importance"] for row in first["stories"]]
    check("by importance: the same stories, each with its weight", newest["order"] == "newest" and first["order"] == "importance" and
          sorted(r["id"] for r in newest["stories"]) == sorted(r["id"] for r in first["stories"]) and weights == sorted(weights, reverse=True), weights)
    command = subprocess.run([BIN, "stories", "--order", "importance", "--format", "jsonl", "--db", room.db], capture_output=True, check=True).stdout
    rows = [json.loads(line) for line in command.decode().splitlines()]
    check("as the command has it", [(r["id"], round(r["importance"], 3), r["sources"]) for r in first["stories"]] == [(r["story"], r["importance"], r["sources"]) for r in rows], rows)
    walked, after = [], ""
    while after is not None and len(walked) <= len(weights):
        part = json.loads(room.ask("/stories.json?limit=1&order=importance" + ("&after=" + urllib.parse.quote(after) if after else ""))[2])
        walked += [row["id"] for row in part["stories"]]
        after = part["next"]
    check("its pages are the list", walked == [r["id"] for r in first["stories"]], walked)
    filtered = json.loads(room.ask("/stories.json?order=importance&language=fa")[2])
    check("with a filter", filtered["stories"] and all("fa" in r["languages"] for r in filtered["stories"]) and filtered["facets_partial"] is False, filtered)
    for bad in ("order=size", "order=importance&after=x", "order=importance&after=1!x", "order=importance&after=!1"):
        check(f"{bad} is refused", room.ask("/stories.json?" + bad)[0] == 400)


def compared(room):
    """Waits until every row of the front has its origins; gives the rows."""
    for _ in range(200):
        rows = json.loads(room.ask("/stories.json")[2])["stories"]
        if all(row["origins"] is not None for row in rows):
            return rows
        time.sleep(0.1)
    return []


def cards():
    with Room() as room:
        rows = compared(room)
        check("every story is compared though nobody opened one", rows and all(row["disagreements"] is not None for row in rows), rows)
        kept = 0
        for _ in range(100):
            kept = sqlite3.connect(room.db).execute("SELECT count(*) FROM story_card").fetchone()[0]
            if kept == len(rows):
                break
            time.sleep(0.1)
        check("what it found is kept", kept == len(rows), kept)
        room.end()
        room.begin()
        check("the next server knows it at once", json.loads(room.ask("/stories.json")[2])["stories"] == rows)
        room.end()
        with sqlite3.connect(room.db) as db:
            db.execute("INSERT INTO meta(name, value) VALUES('seal', 'x')")  # from now on nothing is written to it
        room.begin()
        wanted = [row["id"] for row in rows if row["disagreements"]]
        shown = [[row["id"] for row in json.loads(room.ask("/stories.json?disagree=1")[2])["stories"]]]
        room.ask(f"/stories/{wanted[0]}.json")  # is compared again: it is among the cards in memory too
        shown.append([row["id"] for row in json.loads(room.ask("/stories.json?disagree=1&limit=100")[2])["stories"]])
        check("a store that cannot be written tells where figures disagree by the cards it has", shown == [wanted, wanted], (shown, wanted))
        room.end()


def reasons(room, names):
    """Whoever reads Arabic gets reasons in Arabic: no sentence of a story, an article or a pair is left in English."""
    paths = [f"/stories/{row['id']}" for row in json.loads(room.ask("/stories.json")[2])["stories"]]
    paths += [f"/stories/{names['stories']}/sides?a={names['pair'][0]}&b={names['pair'][1]}"] + [f"/articles/{i}" for i in range(1, 32)]
    for ui in ("ar", "fa", "ru"):
        left = set()
        for path in paths:
            page = room.ask(path, Accept="text/html", Cookie="ui=" + ui)[2].decode()
            left |= set(re.findall('(?:class="why">|class="reason">|</code> )<span lang="en" dir="ltr">([^<]*)', page))
        left = {words for words in left if not re.search(r"[/\\[=]|^(time|line|json-ld)", words)}  # the place in the page's markup
        check(f"reasons are said in {ui}", not left, sorted(left))


def sealed(document):
    """A store whose stories were sealed, but a later one: their pages are there behind /archives/N, and a search tells what they hold."""
    with Room("--allow-edit", "--allow-add") as room:
        count = len(json.loads(room.ask("/stories.json")[2])["stories"])
        whole = json.loads(room.ask("/search.json?q=dam")[2])["found"]
        room.end()
        said = subprocess.run([BIN, "archive", "--db", room.db, "--before", "2024-08-20", "--to", os.path.join(room.folder, "old.db"), "--now", "2024-09-01"],
                              capture_output=True)
        check("the stories are sealed", said.returncode == 0, said.stderr.decode())
        room.begin()
        room.ask("/api/articles", "POST", json.dumps(INQUIRY), Content_Type="application/json")
        front = json.loads(room.ask("/stories.json")[2])
        archive = front["archives"][0]
        check("the front lists the archive", archive["name"] == "old.db" and archive["is_there"] and archive["stories"] == count and len(front["stories"]) == 1,
              front["archives"])
        base = archive["address"]
        there = json.loads(room.ask(base + "/stories.json")[2])
        big = max(there["stories"], key=lambda row: row["reports"])["id"]
        story = json.loads(room.ask(f"{base}/stories/{big}.json")[2])
        ids = [a["id"] for a in story["articles"]]
        every_address(room, document, {"stories": big, "articles": ids[0], "pair": (ids[0], ids[1])}, base)
        status, headers, _ = room.ask(f"/stories/{big}.json")
        check("the old address of a sealed story leads to it", status == 301 and headers["Location"] == f"{base}/stories/{big}.json", headers["Location"])
        here = json.loads(room.ask("/search.json?q=dam")[2])
        check("a search tells what the archive holds", here["found"] == 1 and here["archives"][0]["found"] == whole, here["archives"])
        found = json.loads(room.ask(here["archives"][0]["address"].replace("/search?", "/search.json?"))[2])
        check("and where", found["found"] == here["archives"][0]["found"] and found["archives"] == [], found["archives"])
        page = room.ask("/search?q=dam", Accept="text/html")[2].decode()
        check("its page has the link", f'href="{base}/search?q=dam"' in page and "<bdi>old.db</bdi>" in page)
        for path in ("", f"/stories/{big}", f"/stories/{big}/graph", f"/articles/{ids[0]}", "/search?q=dam"):
            page = room.ask(base + path, Accept="text/html")[2].decode()
            links = set(re.findall(r'<(?:a|form)[^>]* (?:href|action)="(/(?:stories|articles|search)[^"]*)"', page))
            check(f"{base}{path} stays in the archive", links == {"/search"} and "old.db" in page and "/corrections" not in page, links)  # the bar's own
        for path, reason in (("/archives/9", "no_such_archive"), ("/archives/0", "no_such_page"), (base + "/watch-lists", "no_such_page"), (base + "/healthz", "no_such_page"),
                             (base + base, "no_such_page")):
            status, _, body = room.ask(path, Accept="application/json")
            check(f"{path} is not there", status == 404 and json.loads(body)["reason"] == reason, body)
        status = room.ask(f"{base}/articles/{ids[0]}/corrections", "POST", "kind=date&value=2024-01-01&by=me", **FORM)[0]
        check("nothing is posted to it", status == 404, status)
        time.sleep(1.1)  # answers are kept so long
        os.rename(os.path.join(room.folder, "old.db"), os.path.join(room.folder, "away.db"))
        here = json.loads(room.ask("/search.json?q=dam&limit=3")[2])
        check("a file that is gone is said to be", here["archives"][0]["is_there"] is False and here["archives"][0]["found"] is None, here["archives"])
        check("and its pages are not there", room.ask(base + "/stories.json?limit=7")[0] == 404)
        check("the server went on", room.end() == 0, room.said())


def ends_soon():
    """SIGTERM while a request waits, here for a store that another program holds: the service ends all the same, and soon."""
    with Room("--allow-edit") as room, sqlite3.connect(room.db, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with socket.create_connection(("127.0.0.1", room.port), timeout=30) as s:
            body = b"q=dam&on=report"
            s.sendall(f"POST /watch-lists HTTP/1.1\r\nHost: {room.host}\r\nContent-Type: {FORM['Content_Type']}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            s.settimeout(0.5)
            try:
                waits = not s.recv(1)
            except socket.timeout:
                waits = True
            began = time.monotonic()
            status = room.end()
            took = time.monotonic() - began
        check("it ends within two seconds while a request waits", waits and status == 0 and took < 2.5 * PATIENCE, (waits, status, took, room.said()))
        other.execute("ROLLBACK")
        whole = subprocess.run([BIN, "check", "--db", room.db], capture_output=True, text=True)
        left = other.execute("SELECT count(*) FROM watch_list").fetchone()[0]
        check("and what was not acknowledged is not there", whole.returncode == 0 and left == 0, (whole, left))


def main():
    with Room("--allow-add", "--allow-edit") as room:
        document = json.loads(room.ask("/api/openapi.json")[2])
        big = max(compared(room), key=lambda row: row["reports"])["id"]
        story = json.loads(room.ask(f"/stories/{big}.json")[2])
        english = next(a for a in story["articles"] if a["language"] == "en")
        room.ask("/watch-lists", "POST", "q=dam&on=report", **FORM)
        lists_json = json.loads(room.ask("/watch-lists.json")[2])
        names = {"stories": big, "articles": english["id"], "pair": (story["articles"][0]["id"], story["articles"][1]["id"]), "watch-lists": lists_json["watch_lists"][0]["id"]}
        every_address(room, document, names)
        failures(room, document)
        tags(room, names)
        as_of(room, names)
        lists(room)
        orders(room)
        reasons(room, names)
        searches(room)
        feeds(room, names)
        choices(room)
        writes(room, document, names)
        posted(room, document, names)
        sequels(room, names)
        check("it ends in order", room.end() == 0, room.said())
    ends_soon()
    cards()
    sealed(document)
    finish()


main()
