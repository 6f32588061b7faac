"""faults.py - servers on loopback that misbehave, each in its own way, and what khabar watch makes of them.

Each behaviour is a site of its own (a port), for politeness is counted by site. One good feed names a page at each of
them; some are bad feeds. A trap on another loopback address must never be reached: redirects try to lead there. All
requests are noted, and at the end it is checked that none was impolite.

Prints a TAP line for each check. Called by test/cli/watch.sh with the program; needs nothing but Python. With KILLS in the
environment only that many random kills are done (test/torture/killed_watch.sh); KHABAR_SEED repeats them.
"""
import gzip
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import zlib

KHABAR = sys.argv[1]
HOST, TRAP_HOST = "127.0.0.1", "127.0.0.2"
DELAY = 0.05
PATIENCE = float(os.environ.get("KHABAR_PATIENCE", "1"))  # how much slower this build may be
TIMEOUT = 2.0 * PATIENCE
failed = 0
requests = []       # (site, path, fields, begun, ended)
lock = threading.Lock()
trapped = []


def check(name, good, detail=""):
    global failed
    print(("ok " if good else "not ok ") + name)
    if not good:
        failed = 1
        for line in str(detail).splitlines()[:12]:
            print("# " + line)


# ---- pages ----

def article(title, extra=""):
    text = "".join(
        f"<p>The council of {title} met on Tuesday and decided on the repair of the old bridge over the river, its "
        f"chair said. Part {n} of the works will cost 4,{n}00 dollars and take {n} months, engineers told reporters.</p>"
        for n in range(3, 9))
    return (f"<!DOCTYPE html><html><head><title>{title}: bridge to be repaired</title></head><body><article>"
            f"<h1>{title}: bridge to be repaired</h1>{text}{extra}</article></body></html>").encode()


def answer(body, status="200 OK", fields=(), kind="text/html; charset=utf-8", length=True):
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", "Connection: close", *fields]
    if length:
        head.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


def redirect(to, status="302 Found"):
    return answer(b"", status, [f"Location: {to}"])


def rss(links, title="Feed"):
    items = "".join(f"<item><title>{n}</title><link>{link}</link></item>" for n, link in enumerate(links))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


FEED = "application/rss+xml"
NO_ROBOTS = answer(b"no", "404 Not Found")
ZEROS = gzip.compress(bytes(64 << 20), 9)


class Site:
    """A port. answers(path, number, fields) gives bytes to send, or a function that takes the connection."""

    def __init__(self, name, answers, robots=NO_ROBOTS):
        self.name, self.answers, self.robots = name, answers, robots
        self.busy = self.most_busy = self.count = 0
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        begun = time.monotonic()
        with connection:
            try:
                connection.settimeout(20)
                head = b""
                while b"\r\n\r\n" not in head:
                    more = connection.recv(65536)
                    if not more:
                        return
                    head += more
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                fields = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:] if ":" in line}
                with lock:
                    self.busy += 1
                    self.most_busy = max(self.most_busy, self.busy)
                    self.count += path != "/robots.txt"
                    number = self.count
                try:
                    reply = self.robots if path == "/robots.txt" else self.answers(path, number, fields)
                    if callable(reply):
                        reply(connection)
                    else:
                        connection.sendall(reply)
                        connection.shutdown(socket.SHUT_WR)
                finally:
                    with lock:
                        self.busy -= 1
                        requests.append((self.name, path, fields, begun, time.monotonic()))
            except OSError:
                pass


def trap():
    """Notes who comes; at an address that no watcher may reach, on a port of its own."""
    listener = socket.create_server((TRAP_HOST, 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            trapped.append(connection.getpeername())
            connection.close()
    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]


# ---- ways to misbehave, on a connection ----

def slowly(connection):
    for byte in answer(article("Slow")):
        connection.sendall(bytes([byte]))
        time.sleep(0.1)


def silent(connection):
    time.sleep(TIMEOUT * 3)


def endless(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    block = b"<p>" + b"more and more " * 4000
    while True:
        connection.sendall(b"%x\r\n%s\r\n" % (len(block), block))


def endless_header(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(1 << 20):
        connection.sendall(b"X-Field-%d: %s\r\n" % (n, b"v" * 900))


def cut_chunk(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n<html>")


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def cached(path, number, fields):
    if fields.get("if-none-match") == '"v1"':
        return answer(b"", "304 Not Modified", ['ETag: "v1"'])
    return answer(rss([]), fields=['ETag: "v1"', "Cache-Control: max-age=7200"], kind=FEED)


TRAP = trap()
arabic = "<html><head><title>خبر عاجل من المدينة</title></head><body><article><h1>خبر عاجل من المدينة</h1>" + "".join(
    f"<p>قال رئيس المجلس يوم الثلاثاء إن إصلاح الجسر القديم سيكلف {n} آلاف دولار وسيستغرق {n} أشهر كاملة.</p>" for n in range(3, 9)) + \
    "</article></body></html>"

# name: (answers, robots, what is told of its page: new, or a reason)
PAGES = {
    "good": (lambda p, n, f: answer(article("Aldmoor")), NO_ROBOTS, "new"),
    "redirect_loop": (lambda p, n, f: redirect(p), NO_ROBOTS, "too_many_redirects"),
    "redirect_chain": (lambda p, n, f: redirect(f"/page{n}"), NO_ROBOTS, "too_many_redirects"),
    "redirect_to_loopback": (lambda p, n, f: redirect(f"http://{TRAP_HOST}:{TRAP}/"), NO_ROBOTS, "private_address"),
    "redirect_to_name": (lambda p, n, f: redirect(f"http://localhost:{TRAP}/"), NO_ROBOTS, "private_address"),
    "redirect_to_mapped": (lambda p, n, f: redirect(f"http://[::ffff:{TRAP_HOST}]:{TRAP}/"), NO_ROBOTS, "private_address"),
    "redirect_to_zero": (lambda p, n, f: redirect(f"http://0.0.0.0:{TRAP}/"), NO_ROBOTS, "private_address"),
    "redirect_to_number": (lambda p, n, f: redirect(f"http://0x7f000002:{TRAP}/"), NO_ROBOTS, "private_address"),
    "redirect_to_metadata": (lambda p, n, f: redirect("http://169.254.169.254/latest/meta-data/"), NO_ROBOTS, "private_address"),
    "redirect_to_file": (lambda p, n, f: redirect("file:///etc/passwd"), NO_ROBOTS, "bad_answer"),
    "bomb": (lambda p, n, f: answer(ZEROS, fields=["Content-Encoding: gzip"]), NO_ROBOTS, "too_large"),
    "bomb_in_bomb": (lambda p, n, f: answer(gzip.compress(ZEROS), fields=["Content-Encoding: gzip, gzip"]), NO_ROBOTS, "too_large"),
    "giant": (lambda p, n, f: answer(b"<p>x</p>" * (9 << 17)), NO_ROBOTS, "too_large"),
    "endless": (lambda p, n, f: endless, NO_ROBOTS, "too_large"),
    "endless_header": (lambda p, n, f: endless_header, NO_ROBOTS, "bad_answer"),
    "length_too_long": (lambda p, n, f: answer(article("X"))[:-200], NO_ROBOTS, "cut"),
    "length_too_short": (lambda p, n, f: answer(article("Shortmoor"), length=False)[:0] +
                         b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n" + article("Shortmoor"), NO_ROBOTS, "new"),
    "cut_chunk": (lambda p, n, f: cut_chunk, NO_ROBOTS, "cut"),
    "slow_bytes": (lambda p, n, f: slowly, NO_ROBOTS, "timeout"),
    "silent": (lambda p, n, f: silent, NO_ROBOTS, "timeout"),
    "reset": (lambda p, n, f: reset, NO_ROBOTS, "cut|bad_answer"),
    "no_http": (lambda p, n, f: b"SSH-2.0-OpenSSH_9.2\r\n\r\n", NO_ROBOTS, "bad_answer"),
    "false_gzip": (lambda p, n, f: answer(article("X"), fields=["Content-Encoding: gzip"]), NO_ROBOTS, "bad_coding"),
    "pdf_as_html": (lambda p, n, f: answer(b"%PDF-1.7\n" + bytes(range(256)) * 20), NO_ROBOTS, "not_html"),
    "picture": (lambda p, n, f: answer(b"\x89PNG\r\n\x1a\n" + bytes(500), kind="image/png"), NO_ROBOTS, "not_html"),
    "empty": (lambda p, n, f: answer(b""), NO_ROBOTS, "empty"),
    "wrong_charset": (lambda p, n, f: answer(arabic.encode("windows-1256")), NO_ROBOTS, "new"),
    "always_unchanged": (lambda p, n, f: answer(b"", "304 Not Modified"), NO_ROBOTS, None),
    "not_found": (lambda p, n, f: answer(b"gone", "404 Not Found"), NO_ROBOTS, "http_status"),
    "too_many": (lambda p, n, f: answer(b"slow down", "429 Too Many Requests", ["Retry-After: 300"]), NO_ROBOTS, "http_status"),
    "overloaded": (lambda p, n, f: answer(b"later", "503 Service Unavailable"), NO_ROBOTS, "http_status"),
    "robots_forbid": (lambda p, n, f: answer(article("X")), answer(b"User-agent: khabar\nDisallow: /p\n"), "robots"),
    "robots_fail": (lambda p, n, f: answer(article("X")), answer(b"", "500 Internal Server Error"), "robots_unreachable"),
    "robots_giant": (lambda p, n, f: answer(article("Giantmoor")), answer(b"User-agent: *\nDisallow: /no\n" + b"# x\n" * (1 << 20)), "new"),
    "robots_loop": (lambda p, n, f: answer(article("Loopmoor")), redirect("/robots.txt"), "new"),
    "robots_trap": (lambda p, n, f: answer(article("X")), redirect(f"http://{TRAP_HOST}:{TRAP}/robots.txt"), "private_address"),
    "changing": (lambda p, n, f: answer(article("Changemoor", f"<p>In its edition number {n} this paper told of {n + 40} wounded people in all.</p>")),
                 NO_ROBOTS, "new"),
    "counting": (lambda p, n, f: answer(article("Countmoor") + f"<!-- seen {n} times -->".encode()), NO_ROBOTS, "new"),
    "crawl_delay": (lambda p, n, f: answer(article("Crawlmoor" + p[-1])), answer(b"User-agent: *\nCrawl-delay: 0.3\n"), "new"),
    "cookies": (lambda p, n, f: redirect("/p2") if p == "/page" else answer(article("Cookiemoor")), NO_ROBOTS, "new"),
}
sites = {name: Site(name, answers, robots) for name, (answers, robots, _) in PAGES.items()}
links = [f"{site.url}/page" for site in sites.values()]
links += [sites["too_many"].url + "/second", sites["crawl_delay"].url + "/page2", "javascript:alert(1)", "file:///etc/passwd", "http://me:secret@127.0.0.1/", "mailto:x@y.example", ""]

main = Site("main", lambda p, n, f: answer(rss(links, "Main"), fields=["Set-Cookie: who=you"], kind=FEED),
            answer(b"User-agent: *\nDisallow: /private\n"))
BAD_FEEDS = {
    "feed_is_html": (lambda p, n, f: answer(article("X")), "bad_feed"),
    "feed_bomb": (lambda p, n, f: answer(b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + b"a" * 1000 + b'">' + b"".join(
        b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 50) for c in range(ord("b"), ord("k"))) + b"]><rss><channel><title>&j;</title></channel></rss>",
        kind=FEED), "bad_feed"),
    "feed_gone": (lambda p, n, f: answer(b"", "410 Gone"), "http_status"),
    "feed_failing": (lambda p, n, f: answer(b"", "500 Oops"), "http_status"),
    "feed_redirected_to_trap": (lambda p, n, f: redirect(f"http://{TRAP_HOST}:{TRAP}/rss"), "private_address"),
    "feed_of_rubbish": (lambda p, n, f: answer(os.urandom(5000), kind=FEED), "bad_feed"),
}
bad_feeds = {name: Site(name, answers) for name, (answers, _) in BAD_FEEDS.items()}
unchanged_feed = Site("feed_unchanged", lambda p, n, f: answer(b"", "304 Not Modified"))
cached_feed = Site("feed_cached", cached)
many = Site("feed_many", lambda p, n, f: answer(rss([f"/{n}.html" for n in range(5000)]), kind=FEED) if p == "/rss" else answer(b"", "404 No"))


# ---- the runs ----

def watch(*arguments, wait=120 * PATIENCE):
    run = subprocess.run([KHABAR, "watch", "--once", "--db", "w.db", "--format", "jsonl", "--delay", f"{DELAY}s", "--timeout", f"{TIMEOUT}s",
                          f"--allow-private={HOST}", "--contact", "https://test.example/about", *arguments],
                         capture_output=True, text=True, timeout=wait)
    return run, [json.loads(line) for line in run.stdout.splitlines()]


def rows(sql, *values):
    with sqlite3.connect("w.db") as db:
        db.create_function("sqlar_uncompress", 2, lambda packed, size: zlib.decompress(packed))
        return db.execute(sql, values).fetchall()


def first_round():
    run, events = watch("--warc", "w.warc.gz", main.url + "/rss", *[site.url + "/rss" for site in bad_feeds.values()], unchanged_feed.url + "/rss", cached_feed.url + "/rss")
    check("a round over servers that misbehave ends well", run.returncode == 0, (run.returncode, run.stderr))
    by_url = {e["url"]: e for e in events}
    for name, (_, _, wanted) in PAGES.items():
        # an event of a page that was redirected and read names the address it came to
        event = by_url.get(sites[name].url + "/page") or by_url.get(sites[name].url + "/p2")
        got = None if not event else "new" if event["event"] == "new" else event["reason"]
        check(f"page {name}: {wanted or 'nothing told'}", got in (wanted.split("|") if wanted else [None]), event)
    for name, (_, wanted) in BAD_FEEDS.items():
        event = by_url.get(bad_feeds[name].url + "/rss") or {}
        check(f"{name}: {wanted}", event.get("reason") == wanted, event)
    good = sum(1 for _, _, wanted in PAGES.values() if wanted == "new") + 1
    check("each good page is an article", rows("SELECT count(*) FROM article")[0][0] == good, rows("SELECT url FROM article"))
    check("and its bytes are kept", rows("SELECT count(*) FROM raw")[0][0] == good)
    read = subprocess.run([KHABAR, "read", "w.warc.gz"], capture_output=True, text=True, timeout=60 * PATIENCE)
    archived = {a["url"]: a["text"] for a in map(json.loads, read.stdout.splitlines())}
    check("and in the archive, with the same text", read.returncode == 0 and archived == dict(rows("SELECT url, t.text FROM article a JOIN article_text t ON t.article_id = a.id")), read.stderr)
    title = rows("SELECT title FROM article WHERE url = ?", sites["wrong_charset"].url + "/page")
    check("a wrong charset is seen through", title == [("خبر عاجل من المدينة",)], title)
    check("what is no address of the web is not asked for", rows("SELECT count(*) FROM visit WHERE url NOT LIKE 'http://127.0.0.1:%/%'")[0][0] == 0)
    check("no address carries a password", rows("SELECT count(*) FROM visit WHERE url LIKE '%secret%'")[0][0] == 0)


def waiting():
    now = time.time()

    def seconds(table, url):
        return rows(f"SELECT strftime('%s', next) - ? FROM {table} WHERE url = ?", int(now), url)[0][0]
    check("a feed that is gone is not asked for again", seconds("feed", bad_feeds["feed_gone"].url + "/rss") is None)
    check("a feed that fails is given time", seconds("feed", bad_feeds["feed_failing"].url + "/rss") > 2400)
    check("a feed is asked again when it is stale", 7100 < seconds("feed", cached_feed.url + "/rss") < 8000)
    check("304 without a reason is an answer", seconds("feed", unchanged_feed.url + "/rss") > 1700)
    check("a page that is not there is not asked for again", seconds("visit", sites["not_found"].url + "/page") is None)
    check("a page that was read is looked at again in an hour", 3500 < seconds("visit", sites["good"].url + "/page") < 4100)
    check("after 429 the site is left alone", sites["too_many"].count == 1, sites["too_many"].count)
    ready = rows("SELECT strftime('%s', ready) - ? FROM site WHERE name = ?", int(now), sites["too_many"].url)
    check("for as long as it asked", 200 < ready[0][0] <= 300, ready)


def second_round():
    """Everything due again: what changed is a revision, what only counts is not."""
    names = ("good", "changing", "counting", "always_unchanged")
    with sqlite3.connect("w.db") as db:
        db.execute("UPDATE feed SET next = '2000-01-01T00:00:00Z' WHERE url IN (?, ?)", (main.url + "/rss", cached_feed.url + "/rss"))
        db.execute("UPDATE visit SET next = NULL")
        db.executemany("UPDATE visit SET next = '2000-01-01T00:00:00Z' WHERE url = ?", [(sites[name].url + "/page",) for name in names])
    before = rows("SELECT count(*) FROM article")
    run, events = watch()
    told = {e["url"]: e["event"] for e in events}
    check("a second round", run.returncode == 0, run.stderr)
    check("an article that changed is revised", told.get(sites["changing"].url + "/page") == "revised", told)
    check("one with another counter is not", sites["counting"].url + "/page" not in told, told)
    check("one revision is kept", rows("SELECT count(*) FROM revision") == [(1,)], rows("SELECT article_id, title FROM revision"))
    told = subprocess.run([KHABAR, "article", "--db", "w.db", "--revisions", "--format", "jsonl", sites["changing"].url + "/page"],
                          capture_output=True, text=True, timeout=60 * PATIENCE)
    changes = [(c["removed"], c["added"]) for line in told.stdout.splitlines() for c in json.loads(line)["changes"]]
    check("and the words that changed are told", changes == [("1", "2"), ("41", "42")], told)
    check("no article was added", rows("SELECT count(*) FROM article") == before)
    asked = [fields for site, path, fields, _, _ in requests if site == "feed_cached" and path == "/rss"]
    check("a feed is asked with its ETag", len(asked) == 2 and asked[1].get("if-none-match") == '"v1"', asked)
    begin = time.monotonic()
    watch()
    late = [r for r in requests if r[3] > begin]
    check("a round in which nothing is due asks nobody", not late, late)


def limits():
    run, _ = watch("--limit", "7", many.url + "/rss")
    check("a feed with 5,000 entries is taken in portions", run.returncode == 0 and many.count == 8, (many.count, run.stderr))
    run = subprocess.run([KHABAR, "watch", "--once", "--db", "guard.db", "--format", "jsonl", many.url + "/rss"], capture_output=True, text=True, timeout=60 * PATIENCE)
    check("without --allow-private loopback is not asked", '"reason":"private_address"' in run.stdout and run.returncode == 75, run)


def feeds():
    """Sitemaps, an Atom feed that tells of a change, fields that are too long, charsets."""
    state = {"updated": "2024-05-01T10:00:00Z"}

    def atom(path, number, fields):
        if path != "/atom":
            return answer(article("Atommoor", f"<p>This is edition {number} of the report, its editors said.</p>"))
        entry = f'<entry><title>One</title><id>x</id><link href="one.html"/><updated>{state["updated"]}</updated></entry>'
        text = f'<?xml version="1.0" encoding="windows-1256"?><feed xmlns="http://www.w3.org/2005/Atom"><title>أخبار</title>{entry}</feed>'
        return answer(text.encode("windows-1256"), fields=['ETag: "' + "v" * 5000 + '"'], kind="application/atom+xml")

    def sitemap(path, number, fields):
        if path == "/index.xml":
            body = "".join(f"<sitemap><loc>/map{n}.xml</loc><lastmod>2024-01-{n:02}</lastmod></sitemap>" for n in range(1, 13))
            return answer(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</sitemapindex>'.encode(), kind="text/xml")
        if path.startswith("/map"):
            body = "".join(f"<url><loc>{path}.{n}.html</loc><lastmod>2024-01-{n:02}</lastmod></url>" for n in range(1, 4))
            return answer(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'.encode(), kind="text/xml")
        return answer(article("Map " + re.sub(r"\D", "", path)))
    maps, atoms = Site("maps", sitemap), Site("atoms", atom)
    run, _ = watch("--limit", "2", maps.url + "/index.xml", atoms.url + "/atom")
    fetched = sorted(path for name, path, _, _, _ in requests if name == "maps" and path.endswith(".xml"))
    check("of a sitemap index the newest are taken", fetched == ["/index.xml"] + [f"/map{n}.xml" for n in (10, 11, 12, 9)], (fetched, run.stderr))
    pages = sorted(path for name, path, _, _, _ in requests if name == "maps" and path.endswith(".html"))
    check("and of each the newest pages", pages == sorted(f"/map{n}.xml.{k}.html" for n in (9, 10, 11, 12) for k in (2, 3)), pages)
    check("a feed in windows-1256 has its title", rows("SELECT title FROM feed WHERE url = ?", atoms.url + "/atom") == [("أخبار",)])
    state["updated"] = "2024-05-01T14:30:00+02:00"
    with sqlite3.connect("w.db") as db:
        db.execute("UPDATE feed SET next = '2000-01-01T00:00:00Z' WHERE url = ?", (atoms.url + "/atom",))
    _, events = watch(atoms.url + "/atom")
    check("a page is fetched again when its feed tells of a change", [e["event"] for e in events] == ["feed", "revised"], events)
    asked = [fields for site, path, fields, _, _ in requests if site == "atoms" and path == "/atom"]
    check("an ETag that is too long is not sent back", len(asked) == 2 and "if-none-match" not in asked[1], asked)


def moved():
    """Feeds with a new address: for good, for now, to what is no feed, to a feed that is watched already."""
    new = Site("new", lambda p, n, f: answer(rss(["/a.html"], "New"), fields=['ETag: "n1"'], kind=FEED) if p.endswith("/rss") else
               answer(article("Newmoor")))
    good = Site("moved_for_good", lambda p, n, f: redirect("/step", "308 Permanent Redirect") if p == "/rss" else
                redirect(new.url + "/rss", "301 Moved Permanently"))
    passing = Site("moved_for_now", lambda p, n, f: redirect("/step", "301 Moved Permanently") if p == "/rss" else
                   answer(rss([], "Old"), kind=FEED) if p == "/here" else redirect("/here"))
    lost = Site("moved_to_a_portal", lambda p, n, f: redirect("/portal", "301 Moved Permanently") if p == "/rss" else answer(article("Portal")))
    twin = Site("moved_to_a_known_one", lambda p, n, f: redirect(new.url + "/rss", "301 Moved Permanently") if p == "/rss" and n > 2 else
                answer(rss(["/t.html"], "Twin"), kind=FEED) if p == "/rss" else answer(article("Twinmoor")))

    def feeds():
        return sorted(url for (url,) in rows("SELECT url FROM feed WHERE url LIKE ? OR url IN (?, ?, ?, ?)", new.url + "%", *(s.url + "/rss" for s in (
            good, passing, lost, twin))))
    _, events = watch(*(site.url + "/rss" for site in (good, passing, lost, twin)))
    check("a feed that moved for good has its new address", feeds() == sorted(s.url + "/rss" for s in (new, passing, lost, twin)), feeds())
    check("and that is told", [(e["text"], e["url"]) for e in events if e["event"] == "moved"] == [(good.url + "/rss", new.url + "/rss")], events)
    check("one that is elsewhere for now keeps its own", rows("SELECT title FROM feed WHERE url = ?", passing.url + "/rss") == [("Old",)])
    asked = good.count
    with sqlite3.connect("w.db") as db:
        db.execute("UPDATE feed SET next = '2000-01-01T00:00:00Z' WHERE url IN (?, ?)", (new.url + "/rss", twin.url + "/rss"))
    watch(new.url + "/rss", twin.url + "/rss")
    check("the old address is not asked any more", good.count == asked and new.count > 1, (good.count, asked))
    tags = [f.get("if-none-match") for s, p, f, _, _ in requests if s == "new" and p == "/rss"]
    check("the new one with its own validators", tags[:2] == [None, '"n1"'], tags)
    check("two feeds that turn out to be one become one", twin.url + "/rss" not in feeds() and new.url + "/rss" in feeds(), feeds())
    owners = rows("SELECT count(*) FROM visit v JOIN feed f ON f.id = v.feed_id WHERE f.url = ? AND v.url IN (?, ?)", new.url + "/rss",
                  new.url + "/a.html", twin.url + "/t.html")
    check("with the pages of both", owners == [(2,)], owners)

    def forget(*urls):
        return subprocess.run([KHABAR, "watch", "--forget", "--db", "w.db", *urls], capture_output=True, text=True, timeout=60 * PATIENCE)
    before = rows("SELECT count(*) FROM article")
    run = forget(new.url + "/rss", "http://127.0.0.1:1/nobody")
    check("--forget of a feed that is not watched is refused", run.returncode == 64 and "--list" in run.stderr, run)
    check("and forgets none of the others", new.url + "/rss" in feeds())
    run = forget(new.url + "/rss")
    check("--forget", run.returncode == 0 and new.url + "/rss" not in feeds(), run)
    left = rows("SELECT (SELECT count(*) FROM visit WHERE site = ?1) + (SELECT count(*) FROM site WHERE name = ?1)", new.url)
    check("nothing of its site is left to be asked", left == [(0,)], left)
    check("its articles stay", rows("SELECT count(*) FROM article") == before)
    gone = bad_feeds["feed_gone"]
    forget(gone.url + "/rss")
    asked = gone.count
    watch(gone.url + "/rss")
    check("a feed that is gone is asked again when it was forgotten and given anew", gone.count == asked + 1, gone.count)


def interrupted():
    """A kill in the middle: the next run has all articles, none twice."""
    pages = Site("killed", lambda p, n, f: answer(rss([f"/{n}.html" for n in range(40)]), kind=FEED) if p == "/rss" else
                 answer(article("Town " + re.sub(r"\D", "", p))))
    for turn in range(4):
        run = subprocess.Popen([KHABAR, "watch", "--once", "--db", "k.db", "--delay", "1ms", f"--allow-private={HOST}", pages.url + "/rss"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        goal = (turn + 1) * 8
        end = time.monotonic() + 20 * PATIENCE
        while pages.count < goal and run.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        run.send_signal(9 if turn % 2 == 0 else 2)
        run.wait(30 * PATIENCE)
    subprocess.run([KHABAR, "watch", "--once", "--db", "k.db", "--delay", "1ms", f"--allow-private={HOST}"], capture_output=True, timeout=60 * PATIENCE)
    with sqlite3.connect("k.db") as db:
        articles = db.execute("SELECT count(*), count(DISTINCT key), (SELECT count(*) FROM revision) FROM article").fetchone()
        left = db.execute("SELECT count(*) FROM visit WHERE times <> 1").fetchone()[0]
    check("killed and interrupted runs lose nothing and repeat nothing", articles == (40, 40, 0) and left == 0, (articles, left))
    checked = subprocess.run([KHABAR, "check", "--db", "k.db"], capture_output=True, text=True, timeout=60 * PATIENCE)
    check("and leave the store whole", checked.returncode == 0, checked.stdout)


def killed(times, seed):
    """SIGKILL, now and then SIGINT, at any moment: what was told is stored, an article and the note that it was read go together."""
    chance = random.Random(seed)
    pages = Site("killed", lambda p, n, f: answer(rss([f"/{n}.html" for n in range(40)]), kind=FEED) if p == "/rss" else
                 answer(article("Town " + re.sub(r"\D", "", p))))
    command = [KHABAR, "watch", "--once", "--format", "jsonl", "--delay", "1ms", f"--allow-private={HOST}", pages.url + "/rss", "--db"]
    begun = time.monotonic()
    subprocess.run([*command, "whole.db"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    length = time.monotonic() - begun
    told, had, wrong, stores, turn, hit = set(), 0, [], 0, 0, 0
    while hit < times:  # runs that were done before the signal came are not counted
        turn += 1
        with open("told", "w+", encoding="utf-8") as out:
            run = subprocess.Popen([*command, "kill.db"], stdout=out, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * length)
            run.send_signal(2 if chance.random() < 0.2 else 9)
            hit += run.wait(60 * PATIENCE) != 0
            out.seek(0)
            told |= {json.loads(line)["url"] for line in out if line.endswith("\n") and '"event":"new"' in line}
        if not os.path.exists("kill.db") or not os.path.getsize("kill.db"):
            continue
        whole = subprocess.run([KHABAR, "check", "--db", "kill.db"], capture_output=True, text=True, timeout=60 * PATIENCE)
        if not had and "holds no articles yet" in whole.stderr:
            continue
        with sqlite3.connect("kill.db") as db:
            urls = [url for (url,) in db.execute("SELECT url FROM article")]
            alone = db.execute("SELECT count(*) FROM article WHERE key NOT IN (SELECT article FROM visit WHERE times = 1)").fetchone()[0]
            early = db.execute("SELECT count(*) FROM visit WHERE times > 0 AND article NOT IN (SELECT key FROM article)").fetchone()[0]
        if whole.returncode or len(urls) != len(set(urls)) or len(urls) < had or told - set(urls) or alone or early:
            wrong.append(f"turn {turn}: {whole.stdout}{whole.stderr} {len(urls)} of {had}, lost {told - set(urls)}, {alone} alone, {early} early")
        had = len(urls)
        if had == 40:
            stores += 1
            for name in ("kill.db", "kill.db-wal", "kill.db-shm"):
                if os.path.exists(name):
                    os.remove(name)
            told, had = set(), 0
    check(f"{times} kills of watch at random moments, {stores} stores filled: whole, nothing told is lost or there twice (seed {seed})", not wrong,
          "\n".join(wrong))


def polite():
    time.sleep(0.3)
    with lock:
        seen = list(requests)
    check("every request says who asks", all(f.get("user-agent", "").startswith("khabar/") and "+https://test.example/about" in f["user-agent"]
                                             for s, _, f, _, _ in seen if s != "killed"), [f.get("user-agent") for _, _, f, _, _ in seen][:3])
    check("no cookie is carried", not any("cookie" in f for _, _, f, _, _ in seen))
    first = {}
    for site, path, _, begun, _ in sorted(seen, key=lambda r: r[3]):
        first.setdefault(site, path)
    check("robots.txt is asked for first, everywhere", set(first.values()) == {"/robots.txt"}, first)
    every = [main, unchanged_feed, cached_feed, many, *sites.values(), *bad_feeds.values()]
    check("no site is asked twice at once", max(site.most_busy for site in every) == 1, [s.name for s in every if s.most_busy > 1])
    short = []
    for site in every:
        times = sorted((begun, ended) for name, _, _, begun, ended in seen if name == site.name)
        short += [site.name for (_, ended), (begun, _) in zip(times, times[1:]) if begun - ended < DELAY * 0.5 and ended - begun < 1]
    check("and not too soon", not short or short == ["slow_bytes"], short)
    one, two = sorted((begun, ended) for name, path, _, begun, ended in seen if name == "crawl_delay" and path != "/robots.txt")
    check("Crawl-delay is heeded, a second at least", two[0] - one[1] > 0.9, (one, two))
    check("loops end after five redirects", sites["redirect_loop"].count == 6 and sites["redirect_chain"].count == 6,
          (sites["redirect_loop"].count, sites["redirect_chain"].count))
    check("forbidden pages were not asked for", sites["robots_forbid"].count == 0 and sites["robots_fail"].count == 0)
    check("nobody came into the trap", not trapped, trapped)


if os.environ.get("KILLS"):
    killed(int(os.environ["KILLS"]), int(os.environ.get("KHABAR_SEED") or time.time()))
    sys.exit(failed)
first_round()
waiting()
second_round()
limits()
feeds()
moved()
interrupted()
polite()
sys.exit(failed)
