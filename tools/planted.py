#!/usr/bin/env python3
"""planted.py PROGRAM CARRIERS... - does khabar notice what a copier did to the words?

Takes articles, plants edits in copies of them, and counts the alarms between each page and its copy. CARRIERS are
JSON Lines with id, lang and text (a sentence or a paragraph a line), or what `khabar read` writes. Each page of a pair has
one edit of each kind that its sentences allow, every edit in a sentence of its own, and harmless changes beside
them: a sentence left out, typographic marks made plain, a last clause cut off, "also" dropped.

  number    another number, in digits or in a word
  negation  a negation taken out or put in
  hedge     a word that keeps distance taken out (of the copy, or put into the original)
  modal     may, must, can taken out likewise
  stance    claimed becomes said
  actor     a person, country or body becomes another one
  moved     a sentence with words in marks stands elsewhere
  recycled  a weekday that cannot be that of the page

An alarm is right where its sentence on the copy holds the planted edit and its kind is that of the edit; any other is
false. Prints, for each language and kind, how many were planted and found, precision and recall. --half 0 or 1
takes every second carrier only: rules are made on one half and counted on the other. --show prints what was missed
and what was false. The words that are planted are this file's own and not those of the program's tables.
Python 3, standard library.
"""
import argparse
import collections
import datetime
import json
import os
import random
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from planted_words import WORDS  # noqa: E402

KINDS = ('number', 'negation', 'hedge', 'modal', 'stance', 'actor', 'moved', 'recycled')
ALARMS = {'number': {'number_changed'}, 'negation': {'negation_flipped'}, 'hedge': {'hedge_lost', 'modal_lost', 'attribution_lost'},
          'modal': {'modal_lost', 'hedge_lost'}, 'stance': {'stance_hardened'}, 'actor': {'actor_changed'},
          'moved': {'quotation_moved'}, 'recycled': {'recycled_sentence'}}
DAY = '2024-05-15'  # of a carrier that gives none
DIGITS = {ord(c): str(i) for s in ('٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹') for i, c in enumerate(s)}
TOLD = re.compile('[«“"„][^«»“”"„]{25,}[»”"“]')


def bounded(form):
    return re.compile(r'(?<![\w\u200c])' + re.escape(form) + r'(?![\w\u200c])')


def once(sentence, before, after):
    """SENTENCE with the first BEFORE, standing alone, as AFTER; None where there is none."""
    new, count = bounded(before).subn(lambda m: after, sentence, 1)
    new = re.sub(r'  +', ' ', new).strip()
    return new if count and new != sentence else None


# Each edit gives (sentence of the original, sentence of the copy), or None.
def number(s, w, rng):
    for form, other in rng.sample(list(w['numbers'].items()), len(w['numbers'])):
        new = once(s, form, other)
        if new:
            return s, new
    for m in re.finditer(r'(?<![\w.,:/\-–\u200c٫٬])\d{1,6}(?![\w:/\-–٫٬]|[.,]\d)', s):
        value = int(m.group().translate(DIGITS))
        if value < 2 or m.group()[0] in '0٠۰':
            continue
        other = str(value + rng.choice((1, 2, 10)) if 1900 <= value <= 2100 else value * 2 + rng.choice((1, 3, 7)))
        if not m.group().isascii():
            zero = 0x660 if ord(m.group()[0]) < 0x66A else 0x6F0
            other = ''.join(chr(zero + int(c)) for c in other)
        return s, s[:m.start()] + other + s[m.end():]
    return None


def swapped(pairs, s, rng, both=True):
    order = list(pairs)
    rng.shuffle(order)
    for a, b in order:
        new = once(s, a, b)
        if new:
            return s, new
        old = once(s, b, a) if both and b else None
        if old:
            return old, s
    return None


def negation(s, w, rng):
    for form in rng.sample(w['negators'], len(w['negators'])):
        new = once(s, form, '')
        if new:
            return (s, new) if rng.random() < 0.5 else (new, s)
    found = swapped(w['negated'], s, rng, False)
    return found and (found if rng.random() < 0.5 else (found[1], found[0]))


def dropped(pairs, s, rng):
    """PAIRS (with the hedge, without): taken out where it stands, else put into the original."""
    for hedged, plain in rng.sample(pairs, len(pairs)):
        new = once(s, hedged, plain)
        if new:
            return s, new
    for hedged, plain in rng.sample(pairs, len(pairs)):
        old = once(s, plain, hedged) if plain else None
        if old:
            return old, s
    return None


def hedge(s, w, rng):
    return dropped(w['hedges'], s, rng)


def modal(s, w, rng):
    return dropped(w['modals'], s, rng)


def stance(s, w, rng):
    return dropped(w['stances'], s, rng)


def actor(s, w, rng):
    for group in rng.sample(w['actors'], len(w['actors'])):
        here = [a for a in group if bounded(a).search(s)]
        away = [a for a in group if not bounded(a).search(s)]
        if here and away:
            return s, once(s, rng.choice(here), rng.choice(away))
    return None


EDITS = {'number': number, 'negation': negation, 'hedge': hedge, 'modal': modal, 'stance': stance, 'actor': actor}


def harmless(s, w, rng):
    """What editors do and nobody minds."""
    done = s.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2018: "'"})
    for word in w['fillers']:
        done = once(done, word, '') or done
    tail = re.search('[,،] [^,،"«“„]{25,60}[.]$', done)
    if tail and len(done) > 160 and rng.random() < 0.5:
        done = done[:tail.start()] + '.'
    return done


def plant(carrier, rng):
    """(original, copy, {sentence of the copy: (kind, what it was)}); None where nothing could be planted."""
    w = WORDS[carrier['lang']]
    old = [s.strip() for s in carrier['text'].split('\n') if s.strip()]
    order = list(range(len(old)))
    new, planted = dict(enumerate(old)), {}
    free = [i for i in order if len(old[i]) > 40]
    rng.shuffle(free)
    for kind in rng.sample(list(EDITS), len(EDITS)):
        for i in free:
            found = EDITS[kind](old[i], w, rng)
            if found and found[1]:
                old[i], new[i] = found
                planted[new[i]] = (kind, old[i])
                free.remove(i)
                break
    if len(old) >= 8:
        quoted = [i for i in free if TOLD.search(old[i]) and 1 < i < len(old) - 1]
        if quoted:
            i = rng.choice(quoted)
            free.remove(i)
            order.remove(i)
            order.insert(rng.choice([p for p in range(1, len(order)) if abs(p - i) >= 3]), i)
            planted[new[i]] = ('moved', old[i])
    today = datetime.date.fromisoformat(carrier.get('day') or DAY).weekday()
    weekday = w['weekdays'][(today + rng.randint(1, 5)) % 7]  # neither today nor yesterday
    if free and rng.random() < 0.5:
        i = free.pop()
        new[i] = old[i].rstrip('.۔') + w['recycled'] % weekday
        planted[new[i]] = ('recycled', old[i])
    for n, i in enumerate(free):
        if n % 6 == 5:
            order.remove(i)
        elif n % 2:
            new[i] = harmless(old[i], w, rng)
    return '\n'.join(old), '\n'.join(new[i] for i in order), planted


def carrier_of(row):
    """A row of `khabar read` as a carrier: the lines of the body."""
    if row.get('kind') != 'article':
        return row
    raw = row['text'].encode()
    body = [raw[x['span'][0]:x['span'][1]].decode() for x in row['lines'] if x['role'] == 'body']
    day = (row['published'] or {}).get('value', '')[:10]
    return {'id': row['label'], 'lang': row['language'], 'text': '\n'.join(body), 'day': day}


class Khabar:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def __call__(self, *words, text=None):
        r = subprocess.run([self.program, words[0], '--db', os.path.join(self.folder, 'k.db'), *words[1:]],
                           input=text, capture_output=True, encoding='utf-8', timeout=120)
        if r.returncode:
            sys.exit('khabar %s: %s' % (words[0], r.stderr))
        return r.stdout


def alarms(program, carrier, old, new):
    """[(alarm, sentence of the copy, reason)] of the story that the two pages make; None where they make none."""
    day = carrier.get('day') or DAY
    rows = [{'id': 'origin', 'outlet': 'Halyard', 'text': old, 'published': day + 'T09:00:00Z', 'lang': carrier['lang']},
            {'id': 'copy', 'outlet': 'Northmere Post', 'text': new, 'published': day + 'T13:00:00Z', 'lang': carrier['lang']}]
    with tempfile.TemporaryDirectory() as folder:
        khabar = Khabar(program, folder)
        khabar('add', '-', text=''.join(json.dumps(r) + '\n' for r in rows))
        story = json.loads(khabar('story', 'origin', '--format', 'jsonl').splitlines()[0])
    if len(story['articles']) != 2 or not story['copies']:
        return None
    raw, found = new.encode(), []
    own = {v['a']['text'] for v in story['verdicts'] if v['alarm'] and v['a']['label'] == v['b']['label'] == 'origin'}
    for v in story['verdicts']:
        if v['a']['label'] == v['b']['label'] and v['a']['text'] in own:
            continue  # the carrier's own
        side = next((v[s] for s in 'ba' if v[s]['label'] == 'copy' and v[s]['span']), None)
        if v.get('alarm') and side:
            begin = side['span'][0]
            start, end = raw.rfind(b'\n', 0, begin) + 1, raw.find(b'\n', begin)
            found.append((v['alarm'], raw[start:end if end >= 0 else None].decode(), v['reason']))
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('program')
    p.add_argument('carriers', nargs='+')
    p.add_argument('--half', type=int, choices=(0, 1))
    p.add_argument('--lang', action='append')
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--show', metavar='KIND', help='print what was missed and what was false of KIND, or of all')
    p.add_argument('--floor', nargs=2, type=float, metavar=('PRECISION', 'RECALL'), help='fail below these, over all languages')
    a = p.parse_args()
    carriers = [carrier_of(json.loads(line)) for path in a.carriers for line in open(path, encoding='utf-8')]
    planted, found, raised, right, unjoined = (collections.Counter() for _ in range(5))
    for n, carrier in enumerate(carriers):
        lang = carrier['lang']
        if lang not in WORDS or (a.lang and lang not in a.lang) or (a.half is not None and n % 2 != a.half):
            continue
        old, new, edits = plant(carrier, random.Random('%d %s' % (a.seed, carrier['id'])))
        told = alarms(a.program, carrier, old, new)
        if told is None:
            unjoined[lang] += 1
        met = set()
        for alarm, line, reason in set(told or ()):
            kind = next(k for k in KINDS if alarm in ALARMS[k])
            hit = line in edits and alarm in ALARMS[edits[line][0]]
            kind = edits[line][0] if hit else kind
            raised[lang, kind] += 1
            right[lang, kind] += hit
            if hit:
                met.add(line)
            elif a.show in (kind, 'all'):
                print('FALSE %s %s: %s\n  %s\n  %s' % (lang, alarm, reason, line, edits.get(line, '')))
        for line, (kind, was) in edits.items():
            planted[lang, kind] += 1
            found[lang, kind] += line in met
            if a.show in (kind, 'all') and line not in met:
                print('MISSED %s %s\n  %s\n  %s' % (lang, kind, was, line))
    bad = False
    print('%-4s %-9s %7s %6s %7s %9s' % ('', 'kind', 'planted', 'found', 'recall', 'precision'))
    for lang in [*sorted({k[0] for k in planted}), '']:
        for kind in KINDS:
            n, m, r, h = (sum(v for k, v in c.items() if k[1] == kind and lang in ('', k[0]))
                          for c in (planted, found, raised, right))
            if n or r:
                recall, precision = m / n if n else 1.0, h / r if r else 1.0
                print('%-4s %-9s %7d %6d %7.3f %9.3f' % (lang or 'all', kind, n, m, recall, precision))
                bad |= not lang and a.floor is not None and (precision < a.floor[0] or recall < a.floor[1])
    if unjoined:
        print('pairs that were not joined: ' + ' '.join('%s %d' % k for k in sorted(unjoined.items())))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
