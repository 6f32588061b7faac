"""reading.py - what the checkers of truth files share: texts compared folded, and the program run."""
import collections, re, subprocess, sys, unicodedata


def fold(s):
    """letters and digits only, so that marks and spaces do not count"""
    s = unicodedata.normalize('NFKD', s or '').lower()
    s = ''.join(c for c in s if not unicodedata.combining(c)).translate({0x6CC: 0x64A, 0x6A9: 0x643, 0x649: 0x64A})
    return ' '.join(re.findall(r'\w+', s.replace('\u200c', '')))


def run(program, *arguments):
    r = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if r.returncode:
        sys.exit('not ok %s\n# %s' % (' '.join(arguments[:1]), r.stderr.decode('utf-8', 'replace')))
    return r.stdout.decode('utf-8')


def overlap(a, b):
    """share of the words of the shorter text that both hold, in order or not"""
    x, y = collections.Counter(fold(a).split()), collections.Counter(fold(b).split())
    n = min(sum(x.values()), sum(y.values()))
    return sum((x & y).values()) / n if n else 0.0


def jaccard(a, b):
    x, y = collections.Counter(fold(a).split()), collections.Counter(fold(b).split())
    return sum((x & y).values()) / (sum((x | y).values()) or 1)
