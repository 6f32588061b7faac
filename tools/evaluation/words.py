"""Topics langid, dates, names and ner: lines, sentences and names in, codes, dates, spans, ranks and tags out."""
import glob
import os

from evaluation.program import Failed, Job, first_row, jsonl, lines_of, to_json, tsv, with_positions


def stem(path):
    return os.path.basename(path).partition('.')[0]


def files(root, *parts):
    return sorted(glob.glob(os.path.join(glob.escape(root), *parts)))


# ---- langid: rows of language, source, text

def languages(path):
    def run(program):
        rows = [line.split('\t', 2)[2] for line in lines_of(path)]
        code = {str(i): 'und' for i in range(1, len(rows) + 1)}
        for row, article in program.read_rows({'id': i, 'text': t} for i, t in enumerate(rows, 1)):
            code[str(row['id'])] = article['language']
        yield stem(path) + '.tsv', ('%s\t%s' % kv for kv in code.items())
    return run


def langid_jobs(root):
    for path in files(root, 'langid', '*.tsv*'):
        if len(next(iter(tsv(path)), [])) == 3:
            yield Job('langid', stem(path), [stem(path) + '.tsv'], languages(path))


# ---- dates: values (id, language, kind, reference day, text, gold) and spans in sentences

def date_of(article):
    """The date that the text as a whole expresses: that with the widest span."""
    found = [d for d in article['dates'] + [article['published'] or {}] if d.get('span') and d.get('value')]
    return max(found, key=lambda d: d['span'][1] - d['span'][0])['value'] if found else ''


def date_values(path):
    def run(program):
        rows = [{'id': r[0], 'lang': r[1], 'published': r[3], 'text': r[4]} for r in tsv(path)]
        yield stem(path) + '.tsv', ['%s\t%s' % (row['id'], date_of(a)) for row, a in program.read_rows(rows)]
    return run


def date_spans(path):
    """Expressions of time; where the set tells days from times of day, the parts of an expression one by one."""
    def run(program):
        rows = list(jsonl(path))
        typed = any(len(s) > 2 for r in rows for s in r['spans'])
        out = []
        for row, article, at in with_positions(program.read_rows({'id': r['id'], 'text': r['text']} for r in rows)):
            spans = []
            for t in article['times']:
                span = at.span(t['span'] if typed else t['whole'])
                span = span + [t['type']] if span and typed else span
                if span and span not in spans:
                    spans.append(span)
            out.append(to_json({'id': row['id'], 'spans': spans}))
        yield stem(path) + '.jsonl', out
    return run


def date_jobs(root):
    for path in files(root, 'dates', '*.tsv*'):
        if len(next(iter(tsv(path)), [])) == 6:
            yield Job('dates', stem(path), [stem(path) + '.tsv'], date_values(path))
    for path in files(root, 'dates', '*.jsonl*'):
        if {'text', 'spans'} <= set(first_row(path)):
            yield Job('dates', stem(path), [stem(path) + '.jsonl'], date_spans(path))


# ---- names: queries and candidates

def matches(queries, candidates):
    def run(program):
        asked = [line.split('\t')[0] for line in lines_of(queries) if line.strip()]
        answers = list(program.table('names', '--queries', program.texts(asked), '--among', candidates))
        if len(answers) != len(asked):
            raise Failed('%d answers to %d queries' % (len(answers), len(asked)))
        yield stem(queries) + '.tsv', ('\t'.join([q] + a[1:11]) for q, a in zip(asked, answers))
    return run


def name_jobs(root):
    for path in files(root, 'names', 'match', '*.queries.tsv'):
        candidates = path[:-len('queries.tsv')] + 'candidates.txt'
        if os.path.isfile(candidates):
            yield Job('names', stem(path), [stem(path) + '.tsv'], matches(path, candidates))


# ---- ner: token, tag; an empty line between sentences

def sentences(path):
    tokens = []
    for line in lines_of(path) + ['']:
        if line.strip():
            tokens.append(line.split('\t')[0])
        elif tokens:
            yield tokens
            tokens = []


def places_of(tokens):
    """[begin, end) of each token in the sentence joined with blanks."""
    out, begin = [], 0
    for token in tokens:
        out.append((begin, begin + len(token)))
        begin += len(token) + 1
    return out


def tags_of(tokens, mentions):
    """IOB tags: a token belongs to the first mention that touches it. MENTIONS: (begin, end, type)."""
    tags, places = ['O'] * len(tokens), places_of(tokens)
    for begin, end, kind in sorted(mentions):
        touched = [i for i, (b, e) in enumerate(places) if b < end and begin < e and tags[i] == 'O']
        for i in touched:
            tags[i] = ('B-' if i == touched[0] else 'I-') + kind
    return tags


def tagged(path):
    def run(program):
        rows = [{'id': i, 'tokens': t, 'text': ' '.join(t)} for i, t in enumerate(sentences(path))]
        tags = {row['id']: ['O'] * len(row['tokens']) for row in rows}
        for row, article, at in with_positions(program.read_rows(rows)):
            spans = [(at.span(m), n['type']) for n in article['names'] for m in n['mentions']]
            tags[row['id']] = tags_of(row['tokens'], [(s[0], s[1], kind) for s, kind in spans if s])
        yield stem(path) + '.tsv', ('\n'.join('%s\t%s' % x for x in zip(row['tokens'], tags[row['id']])) + '\n' for row in rows)
    return run


def ner_jobs(root):
    for path in files(root, 'ner', '*.tsv*') + files(root, 'ner', '*', '*.tsv*'):
        train = '.train.' in os.path.basename(path)
        if not train and len(next(iter(tsv(path)), [])) == 2:
            yield Job('ner', stem(path), [stem(path) + '.tsv'], tagged(path))


def jobs(root):
    yield from langid_jobs(root)
    yield from date_jobs(root)
    yield from name_jobs(root)
    yield from ner_jobs(root)
