"""Running khabar, and what all kinds of sets need: files, jobs, positions in texts.

The adapters use the public commands only and reshape what these print. Program output counts UTF-8 bytes;
most prediction files count code points: Positions goes from one to the other.
"""
import collections
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading

LIMIT = 600  # seconds that one command may take
SOME_REFUSED = 65  # sysexits EX_DATAERR: pages were refused, the rest of the batch went on

# What a record given to the program may hold here.
RECORD = ('id', 'text', 'title', 'lang', 'published', 'outlet', 'html_base64')

# One prediction file or several from one run. `run(program)` yields (file, lines) as each is ready.
Job = collections.namedtuple('Job', 'topic name files run')


class Failed(Exception):
    """A command failed; its prediction file is left out."""


def say(text):
    print(text, file=sys.stderr, flush=True)


def open_text(path):
    return gzip.open(path, 'rt', encoding='utf-8') if path.endswith('.gz') else open(path, encoding='utf-8')


def lines_of(path):
    with open_text(path) as f:
        return [line.rstrip('\r\n') for line in f]


def tsv(path):
    return [line.split('\t') for line in lines_of(path) if line.strip() and not line.startswith('#')]


def jsonl(path):
    with open_text(path) as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def first_row(path):
    """The first object of a JSON Lines file; {} when it has none."""
    return next(jsonl(path), {})


def find(folder, name):
    """The path of NAME or NAME.gz in FOLDER, or None."""
    return next((p for p in (os.path.join(folder, name), os.path.join(folder, name + '.gz')) if os.path.isfile(p)), None)


def folders(root, topic):
    """(name, path) of each folder of the topic."""
    top = os.path.join(root, topic)
    names = sorted(os.listdir(top)) if os.path.isdir(top) else []
    return [(n, os.path.join(top, n)) for n in names if os.path.isdir(os.path.join(top, n))]


def to_json(row):
    return json.dumps(row, ensure_ascii=False)


class Program:
    """khabar, and a folder for its stores and for what goes into it."""

    def __init__(self, path, work):
        self.path = os.path.abspath(path)
        self.work = work

    def file(self, suffix=''):
        fd, path = tempfile.mkstemp(suffix=suffix, dir=self.work)
        os.close(fd)
        return path

    def store(self):
        """The path of a store that is not there yet."""
        return os.path.join(tempfile.mkdtemp(dir=self.work), 'khabar.db')

    def records(self, rows):
        """A file of JSON Lines: of each row what the program knows of, without empty values."""
        path = self.file('.jsonl')
        with open(path, 'w', encoding='utf-8') as f:
            for row in rows:
                f.write(to_json({k: row[k] for k in RECORD if row.get(k) not in (None, '')}) + '\n')
        return path

    def texts(self, lines):
        path = self.file('.txt')
        with open(path, 'w', encoding='utf-8') as f:
            f.writelines(line + '\n' for line in lines)
        return path

    def run(self, *args):
        """Yields the lines of a command's output; Failed when it ends badly."""
        with tempfile.TemporaryFile() as told:
            with subprocess.Popen([self.path, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told) as p:
                patience = threading.Timer(LIMIT, p.kill)
                patience.start()
                try:
                    for line in p.stdout:
                        yield line.decode('utf-8', 'replace').rstrip('\n')
                except BaseException:  # whoever stops reading stops the command
                    p.kill()
                    raise
                finally:
                    late = not patience.is_alive()
                    patience.cancel()
            told.seek(0)
            words = told.read().decode('utf-8', 'replace').strip().split('\n')
        if late:
            raise Failed('khabar %s was stopped after %d s' % (args[0], LIMIT))
        if p.returncode not in (0, SOME_REFUSED):
            raise Failed('khabar %s ended with %d: %s' % (args[0], p.returncode, ' | '.join(words[-3:])[:600]))
        if p.returncode:
            say('  khabar %s told %d lines, first: %s' % (args[0], len(words), words[0][:200]))

    def read(self, *paths):
        """The articles of these files, in input order."""
        return (json.loads(line) for line in self.run('read', *paths))

    def read_rows(self, rows):
        """(row, article) for records; ROWS have a key "id". A row that was refused does not come back."""
        rows = list(rows)
        known = {str(r['id']): r for r in rows}
        for article in self.read(self.records(rows)):
            yield known[article['label']], article

    def table(self, *args):
        """Rows of a command that prints TSV."""
        return (line.split('\t') for line in self.run(*args, '--format', 'tsv'))

    def stored(self, *paths):
        """A new store with the articles of these files, in this order."""
        db = self.store()
        for _ in self.run('add', '--db', db, *paths):
            pass
        return db


class Positions:
    """Byte positions of an article's text as code points of the text that was given.

    The program keeps a given text as it is; should it fold white space, characters are paired in order without
    it. Any other difference makes the positions meaningless: ValueError.
    """

    def __init__(self, text, given):
        self.points = []
        if not text.isascii():
            for i, c in enumerate(text):
                self.points += [i] * len(c.encode('utf-8', 'replace'))
        self.moved = None if text == given else self.pair(text, given)

    @staticmethod
    def pair(text, given):
        ours = [(i, c) for i, c in enumerate(text) if not c.isspace()]
        theirs = [(i, c) for i, c in enumerate(given) if not c.isspace()]
        if [c for _, c in ours] != [c for _, c in theirs]:
            raise ValueError('the text came back changed')
        return {a: b for (a, _), (b, _) in zip(ours, theirs)}

    def point(self, byte):
        at = self.points[byte] if self.points else byte
        return at if self.moved is None else self.moved.get(at)

    def span(self, span):
        """[begin, end) in code points for [begin, end) in bytes; None for none."""
        if not span or span[0] >= span[1]:
            return None
        begin, last = self.point(span[0]), self.point(span[1] - 1)
        return None if begin is None or last is None else [begin, last + 1]

    def spans(self, *spans):
        return [s for s in map(self.span, spans) if s]


def with_positions(pairs):
    """(row, article, Positions) for (row, article); rows whose text came back changed are told and left out."""
    for row, article in pairs:
        try:
            yield row, article, Positions(article['text'], row['text'])
        except ValueError as e:
            say('  %s: %s; left out' % (row['id'], e))
