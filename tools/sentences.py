#!/usr/bin/env python3
"""sentences.py PROGRAM FILE... - how well khabar reads annotated sentences of news.

FILE is JSON Lines; a line has id, lang, page_date (or null), text, and lists quotations, figures, credits, dates
(a list that a line has not is not scored):
  quotations  text (the words, without marks), speaker (as the item names him, "" for nobody), mode, stance
  figures     text, min, max (null: open), what, scope, unit, vague
  credits     type, agency, text
  dates       text, value (ISO day, month, year, or a/b)
Runs `khabar read` on the texts and prints, for each file and kind, precision, recall and F1:
  quotations  one to one, best first, when the characters overlap (Jaccard) by 0.3 or more
  speaker     share right of the matched ones whose gold names somebody: one of the two names holds the other, or
              half of the words are the same; `resolved` is the precision of those speakers that are not unknown
  mode, stance  shares right of the matched ones
  figures     bounds equal and the words touch; dates: value equal and the words touch; credits: type and agency
  what, scope, vague  shares right of the matched figures
  figures     bounds equal and the words touch, ordinals left out; dates: value equal and the words touch; credits: type and agency
--show KIND N prints N errors of a kind (quotations, speaker, figures, credits, dates, stance, what, scope). Python 3, standard library.
"""
import argparse
import json
import re
import subprocess
import tempfile
import unicodedata

KINDS = ('quotations', 'figures', 'credits', 'dates')
OVERLAP = 0.3


def fold(s):
    s = unicodedata.normalize('NFKD', s or '').lower()
    s = ''.join(c for c in s if not unicodedata.combining(c)).translate({0x6CC: 0x64A, 0x6A9: 0x643, 0x649: 0x64A, 0x629: 0x647})
    return re.findall(r'\w+', s.replace('\u200c', ''))


def read(program, rows):
    """The articles of the rows, in their order."""
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as f:
        for r in rows:
            record = {'id': r['id'], 'text': r['text'], 'lang': r['lang']}
            if r.get('page_date'):
                record['published'] = r['page_date']
            f.write(json.dumps(record, ensure_ascii=False) + '\n')
        f.flush()
        out = subprocess.run([program, 'read', f.name], capture_output=True, timeout=300, check=True).stdout
    return [json.loads(line) for line in out.decode('utf-8').splitlines()]


def spans_of(text, items):
    """The byte spans of the items' words in text; equal words take one place after the other."""
    raw, used, found = text.encode('utf-8'), {}, []
    for item in items:
        words = item['text'].encode('utf-8')
        at = raw.find(words, used.get(words, 0))
        at = at if at >= 0 else max(raw.find(words), 0)
        used[words] = at + 1
        found.append((at, at + len(words)))
    return found


def jaccard(a, b):
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / ((a[1] - a[0]) + (b[1] - b[0]) - both) if both else 0.0


def pairs(gold, found, alike):
    """One to one, the most alike first."""
    near = sorted(((alike(i, j), i, j) for i in range(gold) for j in range(found)), reverse=True)
    left, right, out = set(), set(), []
    for score, i, j in near:
        if score > 0 and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((i, j))
    return out


def same_speaker(a, b):
    x, y = fold(a), fold(b)
    common = len(set(x) & set(y))
    return bool(common) and (common == min(len(set(x)), len(set(y))) or 2 * common >= max(len(set(x)), len(set(y))))


def offset(row, article):
    """Where the item's text begins in the article's own text, in bytes."""
    return max(article['text'].encode('utf-8').find(row['text'].encode('utf-8')[:40]), 0)


def likeness(kind, row, gold, found, at):
    spans = spans_of(row['text'], gold)

    def alike(i, j):
        g, f = gold[i], found[j]
        if kind == 'credits':
            return g['type'] == f['type'] and (g.get('agency') or '') == (f.get('agency') or '')
        overlap = jaccard(spans[i], [x - at for x in f['span']])
        if kind == 'quotations':
            return overlap if overlap >= OVERLAP else 0
        if kind == 'figures':
            return overlap if (g['min'], g['max']) == (f['min'], f['max']) else 0
        return overlap if g['value'] == (f['value'] or '') else 0
    return alike


class Count:
    def __init__(self):
        self.right = self.found = self.gold = 0

    def line(self):
        p = self.right / self.found if self.found else 0.0
        r = self.right / self.gold if self.gold else 0.0
        return 'P %.4f R %.4f F1 %.4f (%d gold)' % (p, r, 2 * p * r / (p + r) if p + r else 0.0, self.gold)


def score(rows, articles):
    """Counts of each kind, shares of the matched quotations, and the errors as (kind, text)."""
    counts = {k: Count() for k in KINDS}
    shares = {k: [0, 0] for k in ('speaker', 'resolved', 'mode', 'stance', 'what', 'scope', 'vague')}
    errors = []

    def share(name, right, told):
        shares[name][0] += right
        shares[name][1] += 1
        if not right:
            errors.append((name, told))
    for row, article in zip(rows, articles):
        at = offset(row, article)
        for kind in KINDS:
            if kind not in row: # not annotated: the figures_*.jsonl have figures only
                continue
            gold, found = row[kind] or [], article[kind]
            if kind == 'figures':
                found = [f for f in found if f['kind'] != 'ordinal']
            matched = pairs(len(gold), len(found), likeness(kind, row, gold, found, at))
            c = counts[kind]
            c.right, c.found, c.gold = c.right + len(matched), c.found + len(found), c.gold + len(gold)
            hit, met = {i for i, _ in matched}, {j for _, j in matched}
            errors += [(kind, '%s MISSED %s | %s' % (row['id'], g, row['text'])) for i, g in enumerate(gold) if i not in hit]
            for j, f in enumerate(found):
                if j not in met:
                    told = {k: f.get(k) for k in ('text', 'speaker', 'form', 'cue', 'min', 'max', 'what', 'type', 'agency', 'value') if k in f}
                    errors.append((kind, '%s FALSE %s | %s' % (row['id'], told, row['text'])))
            for i, j in matched if kind == 'figures' else ():
                told = '%s gold %s | found %s | %s' % (row['id'], gold[i], {k: found[j][k] for k in ('text', 'what', 'scope')}, row['text'])
                share('what', (gold[i]['what'] or '') == (found[j]['what'] or ''), told)
                share('scope', (gold[i]['scope'] or '') == (found[j]['scope'] or ''), told)
                share('vague', bool(gold[i]['vague']) == (found[j]['op'] == 'vague'), told)
            for i, j in matched if kind == 'quotations' else ():
                g, f = gold[i], found[j]
                told = '%s gold %s | found %s | %s' % (row['id'], {k: g[k] for k in ('speaker', 'mode', 'stance')},
                                                       {k: f[k] for k in ('speaker', 'mode', 'stance', 'cue')}, row['text'])
                if g['speaker']:
                    share('speaker', same_speaker(g['speaker'], f['speaker']), told)
                if f['speaker']:
                    share('resolved', same_speaker(g['speaker'], f['speaker']), told)
                share('mode', g['mode'] == f['mode'], told)
                share('stance', g['stance'] == f['stance'], told)
    return counts, shares, errors


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('program')
    ap.add_argument('files', nargs='+')
    ap.add_argument('--show', nargs=2, metavar=('KIND', 'N'), help='print N errors of this kind')
    a = ap.parse_args()
    for path in a.files:
        with open(path, encoding='utf-8') as f:
            rows = [json.loads(line) for line in f if line.strip()]
        counts, shares, errors = score(rows, read(a.program, rows))
        for kind in (k for k in KINDS if any(k in row for row in rows)):
            print(path.rsplit('/', 1)[-1], kind, counts[kind].line())
        for name, (right, many) in shares.items():
            if many == 0:
                continue
            print(path.rsplit('/', 1)[-1], name, '%.4f (%d)' % (right / many if many else 0.0, many))
        if a.show:
            print('\n'.join([told for kind, told in errors if kind == a.show[0]][:int(a.show[1])]))


if __name__ == '__main__':
    main()
