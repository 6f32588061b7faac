"""Topic extraction: pages.jsonl.gz in, one object a page with body, title, date, outlet and credited sources out.

A set whose gold holds dates alone is read once more without the metadata of its pages and without their
addresses: the script unpack.py beside the scorer takes these away.
"""
import base64
import os
import subprocess
import sys

from evaluation.program import Failed, Job, find, first_row, folders, to_json

BODY = ('body', 'subhead')


def body(article):
    text = article['text'].encode('utf-8')
    return [text[b:e].decode('utf-8', 'replace') for line in article['lines'] if line['role'] in BODY for b, e in [line['span']]]


def value(field, key='text'):
    return field[key] if field else None


def page(article):
    row = {'id': article['label'], 'text': '\n'.join(body(article)), 'title': value(article['title']),
           'date': value(article['published'], 'value'), 'outlet': value(article['outlet'])}
    row = {k: v for k, v in row.items() if v is not None}
    row['credit'] = [a['label'] for a in article['agencies']]
    return to_json(row)


def is_date_set(folder):
    gold = find(folder, 'gold.jsonl')
    row = first_row(gold) if gold else {}
    return 'date' in row and not {'text', 'with', 'without'} & set(row)


def bare_records(program, folder, scorers):
    """The pages of a set as records without metadata and address."""
    script = os.path.join(scorers, 'extraction', 'unpack.py')
    if not os.path.isfile(script):
        raise Failed('no extraction/unpack.py beside the scorer')
    out = os.path.join(program.work, 'bare')
    done = subprocess.run([sys.executable, script, '--bare', '--out', out, folder], stdout=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Failed('unpack.py ended with %d' % done.returncode)
    top = os.path.join(out, os.path.basename(folder), 'pages_bare')
    for name in sorted(os.listdir(top)):
        with open(os.path.join(top, name), 'rb') as f:
            yield {'id': name[:-len('.html')], 'html_base64': base64.b64encode(f.read()).decode('ascii')}


def read_pages(name, pages):
    def run(program):
        yield name + '.jsonl', map(page, program.read(pages))
    return run


def read_bare(name, folder, scorers):
    def run(program):
        yield name + '.bare.jsonl', map(page, program.read(program.records(bare_records(program, folder, scorers))))
    return run


def jobs(root, scorers):
    for name, folder in folders(root, 'extraction'):
        pages = find(folder, 'pages.jsonl')
        if pages:
            yield Job('extraction', name, [name + '.jsonl'], read_pages(name, pages))
        if pages and is_date_set(folder):
            yield Job('extraction', name + ', bare', [name + '.bare.jsonl'], read_bare(name, folder, scorers))
