#!/usr/bin/env python3
"""truth.py PROGRAM SOURCES - what the program says of the example pages, against examples/truth.json.

Prints `ok NAME` or `not ok NAME` for each kind of item of each page and of the story, with what is missing or
wrong behind `# `. Texts are compared folded: letters and digits only, so that marks and spaces do not count.
"""
import collections, json, os, sys, tempfile

sys.dont_write_bytecode = True
import reading
from reading import fold, jaccard, overlap

program, sources = sys.argv[1], sys.argv[2]
truth = json.load(open(os.path.join(sources, 'examples/truth.json'), encoding='utf-8'))
pages, data = os.path.join(sources, 'examples/pages'), os.path.join(sources, 'examples/agencies')
failed = False


def check(name, problems):
    global failed
    print(('not ok ' if problems else 'ok ') + name)
    for p in problems:
        print('#   ' + p)
    failed = failed or bool(problems)


def run(*arguments):
    return reading.run(program, *arguments)


# ---- one page ----
PEOPLE = collections.defaultdict(set)
for p in truth['people']:
    for n in [p['label'], *p['names'].values()]:
        PEOPLE[p['label']].add(fold(n))
        PEOPLE[p['label']].add(fold(n.split()[-1]))


def same_speaker(label, said):
    return fold(said) in PEOPLE[label] if label in PEOPLE else bool(said)


def interval(f):
    return (f.get('min'), f.get('max'))


def page_problems(t, a):
    body = '\n'.join(a['text'].encode()[x['span'][0]:x['span'][1]].decode() for x in a['lines'] if x['role'] == 'body')
    out = []
    for key, got in (('language', a['language']), ('title', a['title'] and a['title']['text']), ('outlet', a['outlet'] and a['outlet']['text'])):
        if t[key] and fold(got or '') != fold(t[key]):
            out.append('%s: %r, should be %r' % (key, got, t[key]))
    got = a['published'] and a['published']['value']
    if (got or '')[:16] != (t['published'] or '')[:16] and (got or '')[:len(t['published'] or 'x')] != t['published']:
        out.append('published: %r, should be %r' % (got, t['published']))
    want, have = {fold(x) for x in t['agencies']}, {fold(x['label']) for x in a['agencies']}
    if want != have:
        out.append('agencies: %s, should be %s' % (sorted(have), sorted(want)))
    if not fold(body).startswith(fold(t['body_first'])):
        out.append('body begins %r' % body[:60])
    if not fold(body).endswith(fold(t['body_last'])):
        out.append('body ends %r' % body[-60:])
    return out


def figure_problems(t, a):
    out = []
    mine = [f for f in a['figures'] if f['kind'] in ('count', 'share') and f['core']]
    used = set()
    for f in t['figures']:
        for i, g in enumerate(mine):
            if i not in used and (overlap(f['text'], g['text']) >= 0.5 or fold(g['text']) in fold(f['text'])) and \
                    interval(g) == interval(f) and g['what'] == f['what'] and (g['scope'] == f['scope'] or not f.get('scope')):
                used.add(i)
                break
        else:
            near = [(g['text'], g['min'], g['max'], g['what'], g['scope']) for g in mine if interval(g) == interval(f)]
            out.append('missed %r %s %s %s; near: %s' % (f['text'], interval(f), f['what'], f['scope'], near))
    return out


def quotation_problems(t, a):
    out = []
    for q in t['quotations']:
        best = max(a['quotations'], key=lambda g: jaccard(q['text'], g['text']), default=None)
        if best is None or jaccard(q['text'], best['text']) < 0.5:
            out.append('missed %r; nearest %r' % (q['text'], best and best['text']))
        elif not same_speaker(q['speaker'], best['speaker'] or ''):
            out.append('speaker of %r: %r, should be %r' % (q['text'][:40], best['speaker'], q['speaker']))
        elif best['stance'] != q['stance']:
            out.append('stance of %r: %s, should be %s' % (q['text'][:40], best['stance'], q['stance']))
    return out


articles = {json.loads(x)['label'] + '.html': json.loads(x) for x in run('read', '--data', data, '--now', '2024-09-01', pages).splitlines()}
for t in truth['pages']:
    a = articles.get(t['file'])
    if not a:
        check(t['file'], ['it was not read'])
        continue
    check(t['file'] + ' page', page_problems(t, a))
    check(t['file'] + ' figures', figure_problems(t, a))
    check(t['file'] + ' quotations', quotation_problems(t, a))

# ---- the stories ----
with tempfile.TemporaryDirectory() as tmp:
    store = ['--db', os.path.join(tmp, 'k.db'), '--data', data]
    run('add', *store, '--now', '2024-09-01', pages)
    where = dict(x.split('\t') for x in run('stories', *store, '--format', 'tsv').splitlines())
    stories = {s: json.loads(run('story', s, *store, '--format', 'jsonl')) for s in set(where.values())}

clusters = collections.defaultdict(set)
for label, s in where.items():
    clusters[s].add(label + '.html')
check('stories', ['%s' % sorted(c) for c in clusters.values() if sorted(c) not in [sorted(x) for x in truth['stories']]])
main = max(stories.values(), key=lambda s: len(s['articles']))
of = {label + '.html': stories[s] for label, s in where.items()}


def label_of(s, i):
    return s['articles'][i]['label'] + '.html'


mine = {(c['src_label'] + '.html', c['dst_label'] + '.html'): c['kind'] for s in stories.values() for c in s['copies']}
want = {(c['src'], c['dst']): c['kind'] for c in truth['copies']}
check('copies', ['%s -> %s: %s, should be %s' % (*k, mine.get(k), v) for k, v in want.items() if mine.get(k) != v] +
      ['%s -> %s: %s, is none' % (*k, v) for k, v in mine.items() if k not in want])
mine = {}
for s in stories.values():
    for r in s['relations']:
        mine[frozenset((r['a_label'] + '.html', r['b_label'] + '.html'))] = r['relation']
check('relations', ['%s %s: %s, should be %s' % (r['a'], r['b'], mine.get(frozenset((r['a'], r['b'])), 'unrelated'), r['rel'])
                    for r in truth['relations'] if mine.get(frozenset((r['a'], r['b'])), 'unrelated') != r['rel']])
out = []
for o in truth['origins']:
    got = [x for x in main['origins'] if fold(x['label']) == fold(o['origin'])]
    have = {label_of(main, i) for x in got for i in x['articles']}
    lack = set(o['pages'] + o['compiled_pages']) - have
    more = have - set(o['pages'] + o['compiled_pages'])
    if lack or more:
        out.append('%s lacks %s, has %s too' % (o['origin'], sorted(lack), sorted(more)))
check('origins', out)


def touches(place, want):
    return place['label'] + '.html' == want['file'] and overlap(place['text'], want['text']) > 0.5


def found(items, t, good=lambda x: True):
    return any(good(x) and ((touches(x['a'], t['a']) and touches(x['b'], t['b'])) or (touches(x['a'], t['b']) and touches(x['b'], t['a']))) for x in items)


def say(t):
    return '%s %r | %s %r' % (t['a']['file'], t['a']['text'][:50], t['b']['file'], t['b']['text'][:50])


aligned = [x for s in stories.values() for x in s['aligned']]
verdicts = [x for s in stories.values() for x in s['verdicts']]
check('aligned quotations', [say(t) for t in truth['aligned'] if not found(aligned, t)])
check('what is not yet met is still not met', [say(t) for t in truth['not_yet']['aligned'] if found(aligned, t)])
check('quotations that are not the same', [say(t) for t in truth['aligned_negatives'] if found(aligned, t)])
check('comparisons', ['%s: %s' % (t['verdict'], say(t)) for t in truth['comparisons'] if not found(verdicts, t, lambda x: x['verdict'] == t['verdict'])])


def value_at(place):
    """the figure that a place of a verdict names, as an interval; None when it names none"""
    for f in articles[place['label'] + '.html']['figures']:
        if place['span'] and f['span'][0] < place['span'][1] and place['span'][0] < f['span'][1]:
            return interval(f)
    return None


def value_of(side):
    """the same for a side of a truth row"""
    best = max(articles[side['file']]['figures'], key=lambda f: jaccard(f['text'], side['text']), default=None)
    return interval(best) if best and jaccard(best['text'], side['text']) > 0 else None


# The truth lists a conflict once; copies of the two pages carry the same pair of values.
conflicting = {frozenset((value_of(t['a']), value_of(t['b']))) for t in truth['comparisons'] if t['verdict'] in ('conflict', 'retracted')}
check('no false conflicts', ['%s: %s | %s: %s' % (x['a']['label'], x['a']['text'], x['b']['label'], x['b']['text']) for x in verdicts
                             if x['verdict'] == 'conflict' and not any(found([x], t) for t in truth['comparisons'] if t['verdict'] == 'conflict')
                             and frozenset((value_at(x['a']), value_at(x['b']))) not in conflicting
                             and not any(x[k]['label'] + '.html' == r['file'] for r in truth['recycled'] for k in 'ab')])
check('what is never compared', [say(t) for t in truth['not_compared'] if found(verdicts, t)])
check('recycled sentences', [t['text'] for t in truth['recycled']
                             if not any(d.get('clashes_with') and fold(d['text']) in fold(t['text']) for d in articles[t['file']]['dates'])])
sys.exit(failed)
