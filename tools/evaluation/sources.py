"""Topic provenance: quotations with their sources, credited agencies, copies of one text by another."""
from evaluation.program import Job, find, first_row, folders, jsonl, to_json, with_positions

# Folders of which the prediction file has another name, and the language that it is about.
FILES = {'adaq_ru_cs': ('adaq_ru', 'ru')}


# ---- quotations and credits: documents with attributions

def attribution(at, q):
    content = at.span(q['span'])
    return content and {'source': at.spans(q['speaker_span']), 'cue': at.spans(q['cue_span']), 'content': [content]}


def attributions(article, at):
    """One for each quotation; what goes on with the one before it, parted by its attribution, is its second part."""
    found = []
    for q in article['quotations']:
        a = attribution(at, q)
        if a and q.get('continues') and found:
            found[-1]['content'] += a['content']
        elif a:
            found.append(a)
    return found


def credit_line(row, article):
    agencies = ','.join(a['id'] for a in article['agencies'])
    return ['%s\t%s' % (row['id'], agencies)] if agencies else []


def quotations(name, docs, lang, credits):
    def run(program):
        rows = ({'id': d['id'], 'text': d['text']} for d in jsonl(docs) if not lang or d.get('lang') == lang)
        found, credited = [], []
        for row, article, at in with_positions(program.read_rows(rows)):
            found.append(to_json({'id': row['id'], 'attributions': attributions(article, at)}))
            credited += credit_line(row, article)
        yield name + '.jsonl', found
        if credits:
            yield credits, credited
    return run


# ---- copies: documents with publisher and time

PARAGRAPH = ' ### '  # between the paragraphs of these texts


def copies(name, docs):
    def run(program):
        rows = [{'id': d['id'], 'outlet': d['publisher'], 'published': d['time'],
                 'text': d['text'].replace(PARAGRAPH, '\n')} for d in jsonl(docs)]
        db = program.stored(program.records(rows))
        edges = list(program.table('compare', '--db', db, '--copies'))  # a b relation score cover_a cover_b lag direction cluster
        yield name + '.tsv', ('%s\t%s\t%s' % (a, b, score) for a, b, _, score, *_ in edges)
        cluster = {i: e[-1] for e in edges if e[-1] for i in e[:2]}
        yield name + '.clusters.tsv', ('%s\t%s' % (i, cluster.get(i, i)) for i in (str(r['id']) for r in rows))
    return run


def jobs(root):
    for folder_name, folder in folders(root, 'provenance'):
        docs = find(folder, 'docs.jsonl')
        keys = set(first_row(docs)) if docs else set()
        name, lang = FILES.get(folder_name, (folder_name, None))
        if {'text', 'attributions'} <= keys:
            credits = name + '.credit.tsv' if 'wire' in keys else None
            files = [name + '.jsonl'] + [credits] * bool(credits)
            yield Job('provenance', name, files, quotations(name, docs, lang, credits))
        elif {'text', 'publisher', 'time', 'cluster'} <= keys:
            yield Job('provenance', name, [name + '.tsv', name + '.clusters.tsv'], copies(name, docs))
