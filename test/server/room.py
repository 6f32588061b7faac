"""room.py - what the server tests share: the program started on a free port over the example pages, raw requests, checks as TAP lines."""
import atexit
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

BIN = os.environ["KHABAR_BIN"]
SOURCE = os.environ["KHABAR_SOURCE"]
AGENCIES = os.path.join(SOURCE, "examples", "agencies")
PATIENCE = float(os.environ.get("KHABAR_PATIENCE", "1"))  # how much slower this build may be
failed = 0


def check(name, good, why=""):
    """One TAP line; a failure shows WHY."""
    global failed
    if good:
        print("ok", name, flush=True)
    else:
        failed += 1
        print("not ok", name, flush=True)
        for line in str(why)[:1500].splitlines():
            print("#", line, flush=True)


def finish():
    sys.exit(1 if failed else 0)


def is_whole(answer):
    """Has all of an HTTP answer come that says how long it is?"""
    head, gap, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(gap and length) and len(body) >= int(length.group(1))


def store_of(pages, made={}):
    """A store of PAGES, added once a run; who serves it takes a copy."""
    if pages not in made:
        folder = tempfile.mkdtemp(prefix="khabar-pages-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        made[pages] = os.path.join(folder, "pages.db")
        subprocess.run([BIN, "add", "--db", made[pages], "--data", AGENCIES, "--now", "2024-09-01", pages], stderr=subprocess.PIPE, check=True)
    return made[pages]


class Room:
    """A server over a store of the example pages; `with Room("--allow-add") as room`."""

    def __init__(self, *options, pages=None):
        self.folder = tempfile.mkdtemp(prefix="khabar-room-")
        self.db = os.path.join(self.folder, "room.db")
        shutil.copyfile(store_of(pages or os.path.join(SOURCE, "examples", "pages")), self.db)
        os.chmod(self.db, 0o600)
        self.options = list(options)

    def __enter__(self):
        return self.begin()

    def begin(self):
        """Starts the server; again after end()."""
        self.log = open(os.path.join(self.folder, "log"), "w+")
        self.process = subprocess.Popen([BIN, "serve", "--db", self.db, "--data", AGENCIES, "--listen", "127.0.0.1:0"] + self.options,
                                        stderr=self.log, stdout=subprocess.DEVNULL)
        self.port = None
        for _ in range(int(600 * PATIENCE)):
            self.log.seek(0)
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.log.read())
            if found:
                self.port = int(found.group(1))
                break
            try:
                self.process.wait(0.05)
                break
            except subprocess.TimeoutExpired:
                pass
        if not self.port:
            raise RuntimeError("the server did not begin: " + self.said())
        self.host = f"127.0.0.1:{self.port}"
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def end(self, by=signal.SIGTERM):
        """Ends the server; gives its exit status."""
        self.process.send_signal(by)
        try:
            return self.process.wait(15 * PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return None

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def ask(self, path, method="GET", body=None, timeout=30 * PATIENCE, **headers):
        """Status, headers, body of one request. Header names with '_' for '-'."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"Host": self.host}
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        if body is not None:
            body = body.encode() if isinstance(body, str) else body
            sent.setdefault("Content-Length", str(len(body)))
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, answer.headers, data

    def raw(self, data, timeout=10):
        """What comes back for DATA as it is, until the server closes or says no more; b'' when it only closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as s:
            got = b""
            try:
                s.sendall(data)
                s.settimeout(1.5)
                while len(got) < 100000 and not is_whole(got):
                    part = s.recv(65536)
                    if not part:
                        break
                    got += part
            except (socket.timeout, ConnectionError):
                pass
            return got
