"""Topic accounts: folders of reports with a gold.json of the format khabar-seeds-gold 1.

The reports are read as the files they are and put into a store. One object per report says what `khabar read`
found in it, one per story what `khabar story` compared. Positions stay bytes. Of gold.json only the file names
are used.
"""
import glob
import json
import os

from evaluation.pages import BODY, value
from evaluation.program import Job, say, to_json

FORMAT = 'khabar-seeds-gold 1'

# The witnesses and relations that the format knows; the program tells more of them apart.
SIGNALS = {'dateline', 'told_agency', 'agency_chain', 'agency_anaphor', 'relay', 'byline', 'byline_footer', 'source_line',
           'outlet_line', 'own_label', 'standards_line', 'closing_formula', 'weekday_dateline', 'photo_credit', 'page_date',
           'generic_source', 'named_document', 'mt_residue', 'cms_furniture', 'paywall_line', 'site_code'}
RELATIONS = {'same_wire', 'same_speaker_other_interview', 'related'}


def plain(word):
    return word.replace('_', ' ') if word else word


def quotation(q):
    return {k: q[k] for k in ('span', 'speaker', 'cue', 'mode', 'stance')}


def figure(f):
    row = {k: f[k] for k in ('span', 'min', 'max', 'unit', 'as_of', 'claimed_by', 'hedge')}
    return dict(row, what=plain(f['what']), scope=plain(f['scope']))


def dates(article):
    """The dates in the text, that of the page among them where it stands there."""
    found = [d for d in article['dates'] + [article['published'] or {}] if d.get('span') and d.get('value')]
    return [{'span': list(s), 'value': v} for s, v in dict.fromkeys((tuple(d['span']), d['value']) for d in found)]


def hop(h):
    """What a chain's hop is called: an agency by its id, a page without a name as such."""
    return h['id'] if h['role'] == 'agency' and h['id'] else 'page' if h['role'] == 'page' else h['label']


def entities(article, joined):
    """Mentions with their cluster: the name that the story joins them to, else the name alone."""
    return [{'span': span, 'type': n['type'], 'cluster': joined.get((article['label'], i)) or n['id'] or n['sound'] or n['label']}
            for i, n in enumerate(article['names']) for span in n['mentions']]


def joined_names(stories):
    """{(report, index of the name): cluster}; names of several stories meet by their id, else by a sound."""
    out = {}
    for s in stories:
        for shared in s['names']:
            members = [(s['articles'][m['article']], m['name']) for m in shared['members']]
            cluster = shared['id'] or min(a['names'][i]['sound'] or a['names'][i]['label'] for a, i in members)
            out.update({(a['label'], i): cluster for a, i in members})
    return out


def report(article, name, joined):
    return {'kind': 'document', 'id': name, 'language': article['language'],
            'title': value(article['title']), 'date': value(article['published'], 'value'), 'date_inferred': False,
            'outlet': value(article['outlet']), 'agency': [a['id'] for a in article['agencies']],
            'body_spans': [line['span'] for line in article['lines'] if line['role'] in BODY],
            'quotes': [quotation(q) for q in article['quotations'] if q['span']],
            'figures': [figure(f) for f in article['figures'] if f['span']],
            'dates': dates(article),
            'chains': [[hop(h) for h in chain] for chain in article['chains']],
            'signals': [{'type': c['type'], 'span': c['span']} for c in article['credits'] if c['span'] and c['type'] in SIGNALS],
            'entities': entities(article, joined)}


def pairs_of_places(items, names):
    """(item, [report, begin, end], [report, begin, end]) of items with two places."""
    for x in items:
        if x['a']['span'] and x['b']['span']:
            yield (x, *([names[x[s]['label']], *x[s]['span']] for s in 'ab'))


def story(s, names):
    return {'kind': 'story', 'members': [names[a['label']] for a in s['articles']],
            'copies': [{'src': names[c['src_label']], 'dst': names[c['dst_label']], 'kind': c['kind']} for c in s['copies']],
            'relations': [{'a': names[r['a_label']], 'b': names[r['b_label']], 'rel': r['relation']}
                          for r in s['relations'] if r['relation'] in RELATIONS],
            'aligned': [{'a': a, 'b': b} for _, a, b in pairs_of_places(s['aligned'], names)],
            'comparisons': [{'a': a, 'b': b, 'verdict': v['verdict']} for v, a, b in pairs_of_places(s['verdicts'], names)]}


def check_text(article):
    with open(article['source'], 'rb') as f:
        if article['text'].encode('utf-8') != f.read():
            say('  %s: the text is not the file byte for byte; positions may be off' % article['label'])


def accounts(name, folder, gold):
    def run(program):
        ids = {os.path.join(folder, x['file']): i for i, x in gold['docs'].items()}
        names = {}
        articles = list(program.read(*ids))
        for article in articles:
            check_text(article)
            names[article['label']] = ids[article['source']]
        db = program.stored(*ids)
        stories = [json.loads(line) for ref in dict.fromkeys(row[1] for row in program.table('stories', '--db', db))
                   for line in program.run('story', ref, '--db', db, '--format', 'jsonl')]
        joined = joined_names(stories)
        reports = [report(a, names[a['label']], joined) for a in articles]
        yield name + '.jsonl', map(to_json, reports + [story(s, names) for s in stories])
    return run


def jobs(root):
    top = glob.escape(root)
    for path in sorted(glob.glob(os.path.join(top, '*', 'gold.json')) + glob.glob(os.path.join(top, '*', '*', 'gold.json'))):
        try:
            with open(path, encoding='utf-8') as f:
                gold = json.load(f)
        except ValueError:
            continue
        if isinstance(gold, dict) and gold.get('format') == FORMAT:
            folder = os.path.dirname(path)
            name = os.path.basename(folder)
            yield Job('accounts', name, [name + '.jsonl'], accounts(name, folder, gold))
