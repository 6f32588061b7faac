"""Topic clustering: streams of documents into stories, pairs of documents into scores.

Each stream goes into a store of its own. Pairs are asked for one by one; where all of one language are held
against all of another, the program is asked for the most alike of the other language.
"""
import os

from evaluation.program import Job, find, first_row, folders, jsonl, tsv

# Language pairs of a parallel set (docs with `part`), and the languages of its mixed stream.
PAIRS = ('eng-arb', 'eng-fas', 'arb-fas', 'eng-rus', 'eng-tur', 'eng-deu')
MORE = ('eng-ckb', 'eng-uig', 'eng-urd', 'eng-kaz', 'eng-pus')
STREAM = ('eng', 'arb', 'fas', 'rus')
NEAR = 20  # candidates for each document

# The one stream of several sets has them in this order.
TOGETHER = ('en-ecbplus', 'fa-claims', 'ar-ans', 'ntrex')

# BCP 47 wants the two-letter code of a language that has one.
SHORT = {'eng': 'en', 'arb': 'ar', 'ara': 'ar', 'fas': 'fa', 'pes': 'fa', 'urd': 'ur', 'pus': 'ps', 'snd': 'sd', 'uig': 'ug',
         'kaz': 'kk', 'rus': 'ru', 'tur': 'tr', 'heb': 'he', 'spa': 'es', 'fra': 'fr', 'deu': 'de', 'zho': 'zh', 'ita': 'it',
         'pol': 'pl', 'ukr': 'uk', 'uzb': 'uz', 'por': 'pt'}


def short(lang):
    return SHORT.get(lang, lang)


def document(d, prefix=''):
    """A record; a headline without a text is a text."""
    text, title = d.get('text') or '', d.get('title') or ''
    return {'id': prefix + str(d['id']), 'text': text or title, 'title': title if text else '',
            'lang': short(d.get('lang')), 'published': d.get('published')}


def clusters(program, db):
    return ['\t'.join(row) for row in program.table('stories', '--db', db)]


def scores(rows):
    return ('%s\t%s\t%s' % (a, b, score) for a, b, _, score in rows)


# ---- documents with stories, documents in pairs

def wanted_pairs(path):
    """Columns 1 and 2; where column 6 tells originals from translations, the originals."""
    rows = tsv(path)
    return [r[:2] for r in rows if len(r) < 6 or r[5] not in ('orig', 'mt') or r[5] == 'orig']


def pair_scores(program, db, pairs):
    return list(scores(program.table('compare', '--db', db, '--pairs', program.texts(map('\t'.join, pairs)))))


def one_set(name, docs, gold_pairs, wanted):
    """Stories of a set and scores of its pairs; a set with pairs alone needs only the documents of these."""
    by_stories, by_pairs = wanted

    def run(program):
        pairs = wanted_pairs(gold_pairs) if by_pairs else []
        needed = {i for pair in pairs for i in pair}
        rows = (document(d) for d in jsonl(docs) if by_stories or str(d['id']) in needed)
        db = program.stored(program.records(rows))
        if by_stories:
            yield by_stories, clusters(program, db)
        if by_pairs:
            yield by_pairs, pair_scores(program, db, pairs)
    return run


# ---- the same news in many languages, whole and in halves (docs with `part`)

def sides(pairs, parts):
    """((language, part), (language, part)) of the PAIRS, held against each other in PARTS."""
    return [tuple(zip(pair.split('-'), part)) for pair in pairs for part in parts]


def crossings():
    """Halves against the other halves; whole texts against whole texts."""
    return sides(PAIRS + MORE, [('odd', 'even'), ('even', 'odd')]), sides(PAIRS, [('all', 'all')])


def streams(crossed):
    """Crossings gathered into few streams, none with two parts of a language: [({language: part}, [crossing])]."""
    out = []
    for (a, p), (b, q) in crossed:
        for parts, inside in out:
            if parts.get(a, p) == p and parts.get(b, q) == q:
                break
        else:
            parts, inside = {}, []
            out.append((parts, inside))
        parts.update({a: p, b: q})
        inside.append((a, b))
    return out


def crossed_scores(program, docs, parts, inside):
    """Scores of the most alike across the language pairs of one stream."""
    rows = [d for d in docs if parts.get(d['lang']) == d['part']]
    lang = {str(d['id']): d['lang'] for d in rows}
    here = set(lang.values())
    asked = {x for a, b in inside if {a, b} <= here for x in ((a, b), (b, a))}
    db = program.stored(program.records(map(document, rows))) if asked else None
    for target in sorted({b for _, b in asked}):
        near = program.table('compare', '--db', db, '--near', str(NEAR), '--lang', short(target))
        yield from (r for r in near if (lang[r[0]], target) in asked and lang[r[1]] == target)


def parallel(name, docs):
    def run(program):
        rows = list(jsonl(docs))
        split = [s for crossed in crossings() for s in streams(crossed)]
        yield name + '.tsv', list(scores(r for s in split for r in crossed_scores(program, rows, *s)))
    return run


def mixed_rows(docs):
    return (d for d in jsonl(docs) if d['lang'] in STREAM and d['part'] == 'all')


def mixed(name, docs):
    def run(program):
        db = program.stored(program.records(map(document, mixed_rows(docs))))
        yield name + '.mixed.tsv', clusters(program, db)
    return run


# ---- several sets in one stream

def together(sets):
    """SETS: (name, docs, has parts)"""
    def run(program):
        rows = (document(d, name + ':') for name, docs, parts in sets for d in (mixed_rows(docs) if parts else jsonl(docs)))
        yield 'all-in-one.tsv', clusters(program, program.stored(program.records(rows)))
    return run


def set_jobs(name, docs, folder, contract):
    gold_pairs = os.path.join(folder, 'gold-pairs.tsv')
    has_stories, has_pairs = (os.path.isfile(p) for p in (os.path.join(folder, 'gold.tsv'), gold_pairs))
    by_stories = name + '.tsv' if has_stories else None
    by_pairs = (name + '.pairs.tsv' if has_stories else name + '.tsv') if has_pairs else None
    files = [f if f in contract else None for f in (by_stories, by_pairs)]
    if any(files):
        yield Job('clustering', name, [f for f in files if f], one_set(name, docs, gold_pairs, files))


def jobs(root, contract):
    found = {}
    for name, folder in folders(root, 'clustering'):
        docs = find(folder, 'docs.jsonl')
        if not docs:
            continue
        parts = 'part' in first_row(docs)
        if os.path.isfile(os.path.join(folder, 'gold.tsv')):
            found[name] = (name, docs, parts)
        if parts:
            yield Job('clustering', name, [name + '.tsv'], parallel(name, docs))
            yield Job('clustering', name + ', mixed', [name + '.mixed.tsv'], mixed(name, docs))
        else:
            yield from set_jobs(name, docs, folder, contract)
    sets = [found[name] for name in TOGETHER if name in found]
    if len(sets) > 1:
        yield Job('clustering', 'all-in-one', ['all-in-one.tsv'], together(sets))
