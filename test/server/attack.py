#!/usr/bin/env python3
"""attack.py - what strangers send: the right status, no crash, nothing let out. Under the sanitizers the same."""
import os
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from room import AGENCIES, BIN, PATIENCE, Room, check, finish  # noqa: E402

ARRIVES = 4  # seconds that a request may take

HOSTILE = """<!DOCTYPE html><html lang="en"><head><title>Dam &lt;script&gt;alert(1)&lt;/script&gt; \u202egnp.exe" onload="alert(2) bursts in Meskaria</title>
<link rel="canonical" href="javascript:alert(3)"><meta property="og:site_name" content="&quot;&gt;&lt;img src=x onerror=alert(4)&gt;"></head>
<body><article><h1>Dam &lt;script&gt;alert(1)&lt;/script&gt; \u202egnp.exe" onload="alert(2) bursts in Meskaria</h1>
<p>At least 26 people were killed when the dam burst, governor &lt;b onclick=alert(5)&gt;Marat Elvendi&lt;/b&gt; said on Wednesday in the town.</p>
<p>"We will not &lt;/script&gt;&lt;script&gt;alert(6)&lt;/script&gt; leave anybody alone," he said, while rescue workers searched the valley.</p>
<p>The ministry of the interior counted 400 damaged houses &lt;style&gt;*{display:none}&lt;/style&gt; and 37 people missing.</p></article></body></html>"""


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


def alive(room):
    return room.process.poll() is None and room.ask("/healthz")[0] == 200


def slow_ones(room):
    """Connections that send a header and a body byte by byte; they are looked at last."""
    found = []
    for start in (b"GET / HTTP/1.1\r\nHost: " + room.host.encode() + b"\r\nX-A: ",
                  b"POST /api/trace HTTP/1.1\r\nHost: " + room.host.encode() + b"\r\nContent-Length: 100000\r\n\r\n", b"G"):
        s = socket.create_connection(("127.0.0.1", room.port), timeout=5)
        s.sendall(start)
        found.append(s)
    return found


def idle_ones(room):
    """A connection that never says a word, and one that asked once and then says no more."""
    silent = socket.create_connection(("127.0.0.1", room.port), timeout=5)
    asked = socket.create_connection(("127.0.0.1", room.port), timeout=5)
    asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: " + room.host.encode() + b"\r\n\r\n")
    while b"articles" not in asked.recv(4096):
        pass
    return {"a silent connection": silent, "a connection that asks no more": asked}


def is_closed(s, wait):
    """Does the server close S within WAIT seconds?"""
    s.settimeout(max(wait, 0))
    try:
        return s.recv(4096) == b""
    except (socket.timeout, BlockingIOError):
        return False
    except OSError:
        return True


def drip(slow, until):
    """A byte now and then to each; gives how many are still open at the end."""
    still_open = list(slow)
    while still_open and time.time() < until:
        for s in list(still_open):
            try:
                s.sendall(b"a")
                s.settimeout(0.05)
                if s.recv(4096) == b"":
                    still_open.remove(s)
            except socket.timeout:
                pass
            except OSError:
                still_open.remove(s)
        time.sleep(0.5)
    return len(still_open)


def hosts_and_origins(room):
    own = room.host.encode()
    for name, host in (("another host", b"evil.example"), ("another host with our port", b"evil.example:%d" % room.port),
                       ("our host with another port", b"127.0.0.1:1"), ("a host that begins like ours", own + b".evil.example")):
        check(name + " is misdirected", status_of(room.raw(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")) == 421)
    check("no host is refused", status_of(room.raw(b"GET / HTTP/1.1\r\n\r\n")) == 400)
    check("two hosts are refused", status_of(room.raw(b"GET / HTTP/1.1\r\nHost: " + own + b"\r\nHost: evil.example\r\n\r\n")) == 400)
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    for origin in ("http://evil.example", "null", "https://127.0.0.1.evil.example", "file://"):
        check(f"a form from {origin} is refused", room.ask("/watch-lists", "POST", "q=dam", Origin=origin, **form)[0] == 403)
    check("a form from another site is refused", room.ask("/watch-lists", "POST", "q=dam", Sec_Fetch_Site="cross-site", **form)[0] == 403)
    check("GET from elsewhere changes nothing and may be asked", room.ask("/", Origin="http://evil.example")[0] == 200)
    status, headers, _ = room.ask("/stories.json", Origin="http://evil.example")
    check("and is not given to a page elsewhere", status == 200 and headers.get("Access-Control-Allow-Origin") is None)
    status, headers, _ = room.ask("/stories.json", "OPTIONS", Origin="http://evil.example", Access_Control_Request_Method="POST")
    check("no leave to write is given beforehand", status == 405 and headers.get("Access-Control-Allow-Origin") is None, status)


def sizes(room):
    own = room.host.encode()
    check("a long target", status_of(room.raw(b"GET /" + b"a" * 6000 + b" HTTP/1.1\r\nHost: " + own + b"\r\n\r\n")) == 414)
    check("a huge target", status_of(room.raw(b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\nHost: " + own + b"\r\n\r\n")) in (0, 414, 431))
    check("a huge header", status_of(room.raw(b"GET / HTTP/1.1\r\nHost: " + own + b"\r\nX: " + b"a" * 200000 + b"\r\n\r\n")) in (0, 431))
    many = b"".join(b"X-%d: a\r\n" % i for i in range(5000))
    check("very many headers", status_of(room.raw(b"GET / HTTP/1.1\r\nHost: " + own + b"\r\n" + many + b"\r\n")) in (0, 431))
    check("very many fields", room.ask("/search?" + "&".join(f"a{i}=1" for i in range(200)))[0] == 400)
    check("a long query", room.ask("/search.json?q=" + "a" * 2000)[0] == 400)
    announced = b"POST /api/trace HTTP/1.1\r\nHost: " + own + b"\r\nContent-Length: 99999999999\r\n\r\n"
    check("a body that announces too much", status_of(room.raw(announced)) == 413)
    check("a length that is none", status_of(room.raw(announced.replace(b"99999999999", b"-1"))) in (0, 400))
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    chunked = b"POST /api/trace HTTP/1.1\r\nHost: " + own + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    check("a body that is too large in chunks", status_of(room.raw(chunked + chunk * 10 + b"0\r\n\r\n")) in (0, 413))
    both = b"POST /api/trace HTTP/1.1\r\nHost: " + own + b"\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    check("two lengths are refused", status_of(room.raw(both)) in (0, 400))
    check("limit=200", room.ask("/stories.json?limit=200")[0] == 200)
    for limit in ("0", "-1", "201", "99999999999999999999", "x"):
        check(f"limit={limit}", room.ask("/stories.json?limit=" + limit)[0] == 400)


def addresses(room):
    for path in ("/../etc/passwd", "/stories/../../etc/passwd", "/stories/%2e%2e/%2e%2e/etc/passwd", "/stories/..%2f..%2fetc%2fpasswd", "//etc/passwd",
                 "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets/..%5c..%5cetc", "/stories/%00", "/stories/%zz", "/stories/%", "/stories/%ff%fe",
                 "/stories/a%0d%0aSet-Cookie:%20x=1", "/stories/", "/%c0%af"):
        answer = room.raw(b"GET " + path.encode() + b" HTTP/1.1\r\nHost: " + room.host.encode() + b"\r\nConnection: close\r\n\r\n")
        check(f"{path} is no address", status_of(answer) in (400, 404) and b"root:" not in answer and b"\nSet-Cookie: x" not in answer, answer[:300])
    for path in ("/articles/0", "/articles/-1", "/articles/9223372036854775807", "/articles/99999999999999999999", "/articles/1;DROP", "/articles/1%20OR%201=1",
                 "/stories/s%25", "/stories/s_", "/stories/'--", "/watch-lists/x'--", "/articles/9/raw/../../x"):
        check(f"{path} is not there", room.ask(path)[0] in (400, 404))
    check("an unknown method", status_of(room.raw(b"BREW / HTTP/1.1\r\nHost: " + room.host.encode() + b"\r\n\r\n")) in (0, 400, 405))
    check("no HTTP at all", status_of(room.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)))) in (0, 400))
    check("an absolute target for another host", status_of(room.raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n")) in (400, 421))


def queries(room):
    for query in ("'; DROP TABLE article; --", "\" OR 1=1 --", "title:dam", "dam*", "dam NEAR/2 burst", "NEAR(", "^dam", "dam AND", "NOT", "OR OR", "(((((", "\"", "\"\"\"",
                  "dam -burst", "{title}: x", "%", "_", "\\", "\x00dam", "\ufdfa" * 30, "\u202edam\u202c", "a\u0300" * 200, "((" * 300):
        quoted = "".join("%%%02X" % b for b in query.encode("utf-8", "surrogatepass"))
        check(f"search for {query[:24]!r}", room.ask("/search.json?q=" + quoted)[0] in (200, 400))
        check(f"a facet {query[:24]!r}", room.ask("/stories.json?outlet=" + quoted + "&language=" + quoted + "&place=" + quoted)[0] in (200, 400, 414))
    for bad in ("%ff", "%c3%28", "%ed%a0%80", "%f5%80%80%80", "%e2%82"):
        check(f"ill-formed UTF-8 {bad}", room.ask("/search.json?q=dam" + bad)[0] == 200)
    for cursor in ("x", "!", "2024!x", "'!1", "9999999", "-1", "!99999999999999999999"):
        check(f"a cursor {cursor}", room.ask("/stories.json?after=" + cursor)[0] in (200, 400) and room.ask("/search.json?q=dam&after=" + cursor)[0] in (200, 400))
    for day in ("x", "2024-99-99", "'"):
        check(f"a day {day}", room.ask("/stories.json?since=" + day)[0] == 400)
    count = room.ask("/healthz")[2]
    check("and the store is as it was", b'"articles":31' in count, count)


def bodies(room):
    for name, body, kind, allowed in (
            ("nothing", b"", "text/plain", (400,)), ("bytes of no text", bytes(range(256)) * 40, "text/html", (200, 400)), ("broken JSON", b'{"text":', "application/json", (400,)),
            ("deep JSON", b"[" * 100000, "application/json", (400,)), ("deep JSON objects", b'{"a":' * 100000, "application/json", (400,)), ("JSON without a page", b'{"x":1}', "application/json", (400,)),
            ("deep HTML", b"<div>" * 100000 + b"text", "text/html", (200, 400, 503)), ("a zip", b"PK\x03\x04" + b"\x00" * 5000, "text/html", (200, 400)),
            ("ill-formed fields", b"text=%zz", "application/x-www-form-urlencoded", (400,)), ("an entity bomb", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><html><p>&b;&b;</p></html>', "text/html", (200, 400))):
        check(f"POST of {name}", room.ask("/api/trace", "POST", body, Content_Type=kind)[0] in allowed)


def pages_of_strangers(room):
    status, _, answer = room.ask("/api/articles", "POST", HOSTILE.encode(), Content_Type="text/html")
    check("a hostile page is added", status == 201, answer)
    import json
    made = json.loads(answer)
    for path in (f"/articles/{made['id']}", f"/stories/{made['story']}", f"/stories/{made['story']}/graph", "/", "/search?q=dam", f"/stories/{made['story']}.atom", "/search.atom?q=dam",
                 f"/articles/{made['id']}?ui=ar", "/search?q=%3Cscript%3Ealert(9)%3C/script%3E", "/search?q=%22%20onfocus=alert(9)%20x=%22"):
        status, headers, page = room.ask(path, Accept="text/html")
        text = page.decode()
        atom = path.split("?")[0].endswith(".atom")
        bare = [bad for bad in ("<script>alert", "<img src=x", "<b onclick", "<style>*", "javascript:alert(3)\"", '" onload="alert', '" onfocus=alert') if bad in text]
        check(f"{path}: nothing of it is markup", status == 200 and not bare, (status, bare))
        check(f"{path}: nothing turns the page around", "\u202e" not in text)
        policy = headers.get("Content-Security-Policy", "")
        check(f"{path}: the policy allows nothing else", "default-src 'none'" in policy and "unsafe" not in policy and (atom or "frame-ancestors 'none'" in policy), policy)
    status, headers, raw = room.ask(f"/articles/{made['id']}/raw")
    check("the capture is text in a sandbox", status == 200 and headers["Content-Type"].startswith("text/plain") and "sandbox" in headers["Content-Security-Policy"] and
          headers["X-Content-Type-Options"] == "nosniff" and raw == HOSTILE.encode(), dict(headers))


def tokens():
    with tempfile.TemporaryDirectory() as folder:
        token = os.path.join(folder, "token")
        with open(token, "w") as f:
            f.write("0123456789abcdef-secret\n")
        os.chmod(token, 0o600)
        with Room("--token-file", token) as room:
            check("no token", room.ask("/")[0] == 401)
            check("a wrong token", room.ask("/", Authorization="Bearer 0123456789abcdef-secreT")[0] == 401)
            check("a beginning of the token", room.ask("/", Authorization="Bearer 0123456789abcdef")[0] == 401)
            check("more than the token", room.ask("/", Authorization="Bearer 0123456789abcdef-secret2")[0] == 401)
            check("an odd scheme", room.ask("/", Authorization="Digest 0123456789abcdef-secret")[0] == 401)
            check("Basic that is none", room.ask("/", Authorization="Basic ????")[0] == 401)
            check("Basic that is too long", room.ask("/", Authorization="Basic " + "QUJD" * 2000)[0] == 401)
            check("the token", room.ask("/", Authorization="Bearer 0123456789abcdef-secret")[0] == 200)
            import base64
            basic = base64.b64encode(b"anybody:0123456789abcdef-secret").decode()
            check("the token as a password", room.ask("/", Authorization="Basic " + basic)[0] == 200)
            check("the metrics want it too", room.ask("/metrics")[0] == 401)

        def exit_of(*options):
            return subprocess.run([BIN, "serve", "--db", room_db, "--data", AGENCIES, *options], stderr=subprocess.DEVNULL, timeout=60, check=False).returncode

        with Room() as room:
            room_db = room.db
            check("an open address without a token is refused", exit_of("--listen", "0.0.0.0:0") == 78)
            os.chmod(token, 0o644)
            check("a token that others may read is refused", exit_of("--listen", "0.0.0.0:0", "--token-file", token) == 78)
            os.chmod(token, 0o600)
            link = os.path.join(folder, "link")
            os.symlink(token, link)
            check("a link to a token is refused", exit_of("--listen", "0.0.0.0:0", "--token-file", link) == 78)
            with open(token, "w") as f:
                f.write("short\n")
            check("a short token is refused", exit_of("--listen", "0.0.0.0:0", "--token-file", token) == 78)
            check("no token file", exit_of("--listen", "0.0.0.0:0", "--token-file", token + "x") == 78)
            check("an address that is none", exit_of("--listen", "nowhere") == 64)
            check("an address that is taken", exit_of("--listen", room.host) == 74)
            check("no store", subprocess.run([BIN, "serve", "--db", room.db + "x"], stderr=subprocess.DEVNULL, timeout=60, check=False).returncode == 66)


def closed_doors():
    with Room() as room:
        check("pages may not be added", room.ask("/api/articles", "POST", HOSTILE)[0] == 403)
        check("nothing may be corrected", room.ask("/articles/1/corrections", "POST", "kind=date&value=2024-01-01", Content_Type="application/x-www-form-urlencoded")[0] == 403)
        check("no watch list may be made", room.ask("/watch-lists", "POST", "q=dam", Content_Type="application/x-www-form-urlencoded")[0] == 403)
        check("none may be taken away", room.ask("/watch-lists/w1", "DELETE")[0] == 403)
        check("GET writes nothing", room.ask("/api/articles")[0] in (404, 405))


def main():
    with Room("--allow-add", "--allow-edit", "--timeout", f"{ARRIVES}s") as room:
        slow = slow_ones(room)
        idle = idle_ones(room)
        began = time.time()
        check("an idle connection may stay for a while", not is_closed(idle["a connection that asks no more"], ARRIVES / 2))
        for attack in (hosts_and_origins, sizes, addresses, queries, bodies, pages_of_strangers):
            attack(room)
            check(f"it lives after {attack.__name__}", alive(room), room.said())
        crowd = []
        for _ in range(300):
            try:
                crowd.append(socket.create_connection(("127.0.0.1", room.port), timeout=2))
            except OSError:
                break
        time.sleep(0.5 * PATIENCE)
        check("a crowd is let in up to a number", sum(is_closed(s, 0) for s in crowd) >= len(crowd) - 256, len(crowd))
        for s in crowd:
            s.close()
        time.sleep(0.5 * PATIENCE)
        check("it lives after a crowd", alive(room), room.said())
        check("slow senders are cut", drip(slow, max(began + 8 * ARRIVES, time.time() + ARRIVES)) == 0)
        check("it lives after slow senders", alive(room), room.said())
        for name, s in idle.items():
            check(f"{name} is closed", is_closed(s, began + 8 * ARRIVES - time.time()))
        check("it ends in order", room.end() == 0, room.said())
        check("and says nothing of a failure", "ERROR" not in room.said() and "runtime error" not in room.said(), room.said())
    tokens()
    closed_doors()
    finish()


main()
