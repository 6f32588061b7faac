#!/usr/bin/env python3
"""verdicts.py PROGRAM [SOURCES] [--half open|held] [--errors] - what the program says of four invented stories.

The reports are test/verdicts/reports/*.txt, what is true of them stands in test/verdicts/truth.tsv (test/verdicts/README.md
tells its rows). For each half prints one line a measure: name, value, and right/asked. `--errors` adds what is missing or wrong.
The held half is for the figure: whoever mends rules reads the errors of the open one.
`--floor FILE` ends with 1 where a measure of FILE ("half measure value" in columns) is not reached.
"""
import argparse, collections, os, sys, json, tempfile

sys.dont_write_bytecode = True
from reading import fold, run

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {'polarity_flip': 'conflict', 'revised': 'update', 'retracted': 'update', 'hedge_lost': 'refines', 'attribution_lost': 'refines'}


def rows(path):
    with open(path, encoding='utf-8') as f:
        return [line.rstrip('\n').split('\t') for line in f if line.strip() and not line.startswith('#')]


def meet(a, b):
    return a[0] < b[1] and b[0] < a[1]


def share(a, b):
    """of two spans, what they share of what they cover together"""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / (a[1] - a[0] + b[1] - b[0] - both)


class Truth:
    """the rows of one half, with texts as spans of bytes"""

    def __init__(self, half):
        self.texts, self.reports, self.people = {}, {}, collections.defaultdict(set)
        self.of = collections.defaultdict(list)
        self.story, self.now = {}, ''
        for kind, *r in rows(os.path.join(HERE, 'verdicts/truth.tsv')):
            if kind == 'story':
                self.now = r[0] if r[1] == half else ''
            elif self.now:
                self.take(kind, r)

    def take(self, kind, r):
        if kind == 'report':
            with open(os.path.join(HERE, 'verdicts/reports', r[0] + '.txt'), 'rb') as f:
                self.texts[r[0]] = f.read()
            self.reports[r[0]], self.story[r[0]] = r[1:], self.now
        elif kind == 'person':
            self.people[r[0]] |= {fold(n) for n in r}
        elif kind in ('aligned', 'verdict'):
            at = kind == 'verdict'
            self.of[kind].append((r[0] if at else 'same', self.place(*r[at:at + 2]), self.place(*r[at + 2:at + 4]), '?' in r[at + 4:]))
        elif kind in ('copy', 'relation'):
            self.of[kind].append(r)
        else:
            self.of[kind].append((r[0], self.place(r[0], r[1])[1], r[2:]))

    def place(self, report, text):
        t, n = self.texts[report], text.encode()
        if t.count(n) == 0:
            sys.exit('truth.tsv: %s has no %r' % (report, text))
        # what stands in the title too is meant where the body says it
        at = t.rfind(n)
        return report, (at, at + len(n))

    def text(self, place):
        return '%s %r' % (place[0], self.texts[place[0]][place[1][0]:place[1][1]].decode('utf-8', 'replace')[:70])


class Tally:
    def __init__(self, errors):
        self.lines, self.errors, self.show = collections.OrderedDict(), [], errors

    def part(self, name, right, asked):
        a, b = self.lines.get(name, (0, 0))
        self.lines[name] = (a + right, b + asked)

    def ask(self, name, right, said=''):
        self.part(name, bool(right), 1)
        if not right and said:
            self.errors.append('%s: %s' % (name, said))


def body_of(article):
    return [x['span'] for x in article['lines'] if x['role'] not in ('title', 'date', 'byline', 'boilerplate')]


def in_body(article, span):
    return any(meet(b, span) for b in body_of(article))


def check_pages(t, articles, tally):
    for r, (language, published, title, *agencies) in t.reports.items():
        a = articles[r]
        tally.ask('language', a['language'] == language, '%s: %s' % (r, a['language']))
        got = (a['published'] or {}).get('value') or ''
        tally.ask('published', got[:len(published)] == published, '%s: %s' % (r, got))
        tally.ask('title', fold((a['title'] or {}).get('text')) == fold(title), '%s: %s' % (r, a['title']))
        want, have = {fold(x) for x in agencies if x}, {fold(x['label']) for x in a['agencies']}
        tally.ask('agencies', want == have, '%s: %s, should be %s' % (r, sorted(have), sorted(want)))


def number(text):
    return float(text) if text else None


def pair_up(name, wanted, given, same, tell, tally):
    """one to one, in order; returns the pairs. Optional rows and what meets them are neither right nor wrong"""
    used, pairs = set(), []
    for w in wanted:
        hit = next((i for i, g in enumerate(given) if i not in used and same(w, g)), None)
        if hit is not None:
            used.add(hit)
            pairs.append((w, given[hit]))
        if '?' not in w[2]:
            tally.ask(name + ' recall', hit is not None, tell(w) if hit is None else '')
    loose = [w for w in wanted if '?' in w[2]]
    for i, g in enumerate(given):
        if not any('?' in w[2] for w, x in pairs if x is g) and (i in used or not any(meet(w[1], g['span']) for w in loose)):
            tally.ask(name + ' precision', i in used, '%s: not asked %r %s' % (g['label'], g['text'], {k: g[k] for k in ('min', 'max', 'value', 'speaker') if k in g}))
    return [(w, g) for w, g in pairs if '?' not in w[2]]


def check_findings(t, articles, tally):
    for r in t.reports:
        a = articles[r]
        mine = lambda kind, good=lambda x: True: [dict(x, label=r) for x in a[kind] if x['span'] and in_body(a, x['span']) and good(x)]
        rows_of = lambda kind: [w for w in t.of[kind] if w[0] == r]
        tell = lambda w: '%s %s' % (t.text((r, w[1])), [x for x in w[2] if x])
        good = lambda f: f['kind'] in ('count', 'share', 'money', 'age')
        for w, g in pair_up('figures', rows_of('figure'), mine('figures', good),
                            lambda w, g: meet(w[1], g['span']) and (number(w[2][0]), number(w[2][1])) == (g['min'], g['max']), tell, tally):
            tally.ask('figures what', w[2][2] in (g['what'], ''), '%s: %s' % (tell(w), g['what']))
            tally.ask('figures scope', len(w[2]) < 4 or w[2][3] in (g['scope'], ''), '%s: %s' % (tell(w), g['scope']))
        for w, g in pair_up('quotations', rows_of('quote'), mine('quotations'), lambda w, g: share(w[1], g['span']) >= 0.3, tell, tally):
            said, want = fold(g['speaker'] or ''), t.people.get(w[2][0], {fold(w[2][0])})
            tally.ask('speaker', said in want or any(said and len(x.split()) > 0 and x in said and w[2][0] not in t.people for x in want), '%s: %s' % (tell(w), g['speaker']))
            tally.ask('stance', g['stance'] == w[2][1], '%s: %s' % (tell(w), g['stance']))
        pair_up('dates', rows_of('date'), mine('dates', lambda d: d['value'] and d['span'] != (a['published'] or {}).get('span')),
                lambda w, g: meet(w[1], g['span']) and g['value'] == w[2][0], tell, tally)
    for r, span, _ in t.of['recycled']:
        tally.ask('recycled', any(d.get('clashes_with') and d['span'] and meet(d['span'], span) for d in articles[r]['dates']), r)


def place_of(x):
    return x['label'], tuple(x['span'] or (0, 0))


def touches(w, g):
    same = lambda a, b: a[0] == b[0] and meet(a[1], b[1])
    a, b = place_of(g['a']), place_of(g['b'])
    return (same(w[1], a) and same(w[2], b)) or (same(w[1], b) and same(w[2], a))


def tell_pair(t, w):
    return '%s | %s' % (t.text(w[1]), t.text(w[2]))


def check_pairs(t, stories, tally):
    """whole articles: which story, whose copy, how related"""
    where = {a['label']: i for i, s in enumerate(stories) for a in s['articles']}
    for r in t.reports:
        want, have = {x for x in t.reports if t.story[x] == t.story[r]}, {x for x in where if where[x] == where[r]}
        tally.ask('stories', want == have, '%s stands with %s' % (r, sorted(have)))
    have = {(c['src_label'], c['dst_label']): c['kind'] for s in stories for c in s['copies']}
    want = {(a, b): k for a, b, k in t.of['copy']}
    for k, v in ((k, v) for k, v in want.items() if v != '*'):
        tally.ask('copies recall', have.get(k) == v, '%s: %s' % (k, have.get(k)))
    for k, v in ((k, v) for k, v in have.items() if want.get(k) != '*'):
        tally.ask('copies precision', k in want, '%s: %s' % (k, v))
    have = {frozenset((r['a_label'], r['b_label'])): r['relation'] for s in stories for r in s['relations']}
    want = {frozenset((a, b)): k for a, b, k in t.of['relation']}
    for a in t.reports:
        for b in t.reports:
            if a < b and t.story[a] == t.story[b]:
                w, g = want.get(frozenset((a, b)), 'related'), have.get(frozenset((a, b)), 'unrelated')
                tally.ask('relations', w in ('*', g), '%s %s: %s, should be %s' % (a, b, g, w))


def check_verdicts(t, stories, articles, tally):
    aligned = [x for s in stories for x in s['aligned']]
    verdicts = [x for s in stories for x in s['verdicts']]
    for w in (w for w in t.of['aligned'] if not w[3]):
        tally.ask('aligned recall', any(touches(w, x) for x in aligned), tell_pair(t, w))
    for x in aligned:
        tally.ask('aligned precision', any(touches(w, x) for w in t.of['aligned']), '%s %r | %s %r' % (x['a']['label'], x['a']['text'], x['b']['label'], x['b']['text']))
    for w in t.of['verdict']:
        if not w[3]:
            got = {x['verdict'] for x in verdicts if touches(w, x)}
            flat = {KINDS.get(x, x) for x in got}
            name = 'conflicts recall' if KINDS.get(w[0], w[0]) == 'conflict' else 'non-conflicts recall'
            tally.ask(name, KINDS.get(w[0], w[0]) in flat, '%s: %s %s' % (w[0], tell_pair(t, w), sorted(got)))
            tally.ask('verdict by its name', w[0] in got)

    def value(p):
        return next(((f['min'], f['max']) for f in articles[p[0]]['figures'] if f['span'] and meet(f['span'], p[1])), p)
    hard = [w for w in t.of['verdict'] if KINDS.get(w[0], w[0]) == 'conflict']
    values = {frozenset((value(w[1]), value(w[2]))) for w in hard}
    for x in verdicts:
        stale = any(place_of(x[k])[0] == r and meet(place_of(x[k])[1], span) for k in 'ab' for r, span, _ in t.of['recycled'])
        if KINDS.get(x['verdict'], x['verdict']) == 'conflict' and not stale:
            right = any(touches(w, x) for w in hard) or frozenset((value(place_of(x['a'])), value(place_of(x['b'])))) in values
            tally.ask('conflicts precision', right, '%s: %s %r | %s %r (%s)' % (x['verdict'], x['a']['label'], x['a']['text'], x['b']['label'], x['b']['text'], x['reason']))
        rest = [w for w in t.of['verdict'] if touches(w, x)]
        if rest:
            flat = {KINDS.get(w[0], w[0]) for w in rest}
            tally.ask('verdicts where asked', KINDS.get(x['verdict'], x['verdict']) in flat, '%s for %s: %s' % (x['verdict'], sorted(flat), tell_pair(t, rest[0])))


def measure(program, data, half, errors):
    t = Truth(half)
    files = [os.path.join(HERE, 'verdicts/reports', r + '.txt') for r in t.reports]
    articles = {a['label']: a for a in map(json.loads, run(program, 'read', *data, '--now', '2024-12-01', *files).splitlines())}
    with tempfile.TemporaryDirectory() as tmp:
        store = ['--db', os.path.join(tmp, 'k.db'), *data]
        run(program, 'add', *store, '--now', '2024-12-01', *files)
        ids = {x.split('\t')[1] for x in run(program, 'stories', *store, '--format', 'tsv').splitlines()}
        stories = [json.loads(run(program, 'story', s, *store, '--format', 'jsonl')) for s in sorted(ids)]
    tally = Tally(errors)
    check_pages(t, articles, tally)
    check_findings(t, articles, tally)
    check_pairs(t, stories, tally)
    check_verdicts(t, stories, articles, tally)
    return tally


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('program')
    p.add_argument('--half', choices=('open', 'held'), action='append')
    p.add_argument('--errors', action='store_true')
    p.add_argument('--floor')
    o = p.parse_args()
    floors = {(h, m): float(v) for h, m, v in rows(o.floor)} if o.floor else {}
    bad = False
    for half in o.half or ('open', 'held'):
        tally = measure(o.program, [], half, o.errors)
        for name, (right, asked) in tally.lines.items():
            got, floor = right / asked if asked else 1.0, floors.get((half, name), 0.0)
            bad = bad or got < floor
            print('%s\t%s\t%.3f\t%d/%d%s' % (half, name, got, right, asked, '\tbelow %.3f' % floor if got < floor else ''))
        for e in tally.errors if o.errors else []:
            print('#   ' + e)
    sys.exit(bad)


if __name__ == '__main__':
    main()
