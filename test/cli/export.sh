#!/bin/sh
# export.sh - khabar export and quotation: CSV, PROV-JSON, JSON-LD and passports are well formed, and what they refer to is there.
. "$KHABAR_SOURCE/test/ok.inc"
pages=$KHABAR_SOURCE/examples/pages
data=$KHABAR_SOURCE/examples/agencies
db=$tmp/k.db
"$khabar" add --db "$db" --data "$data" --now 2024-09-01 "$pages" 2>/dev/null
"$khabar" correct --db "$db" --data "$data" --by nadia speaker en04-tarn-observer 'and nobody answered' '=Kortan()' >/dev/null

export_as() { "$khabar" export en01-halyard --db "$db" --data "$data" --format "$1"; }
quotation() { "$khabar" quotation en01-halyard --db "$db" --data "$data" "$@"; }

check "without a form it is refused" exits 64 "$khabar" export en01-halyard --db "$db"
check "an unknown form is refused" exits 64 export_as pdf
check "and the forms are named" holds "$(export_as pdf 2>&1)" "csv-figures, csv-quotations, prov or jsonld"
check "the form of a list is none" exits 64 export_as tsv
check "no such story" exits 64 "$khabar" export snowhere --db "$db" --format prov
check "no such quotation" exits 64 quotation 9999
check "no number" exits 64 quotation many
for form in csv-figures csv-quotations prov jsonld; do
    export_as $form >"$form"
    check "$form is written" test $? -eq 0 -a -s "$form"
    export_as $form >again
    check "$form is the same each time" cmp "$form" again
done
"$khabar" story en01-halyard --db "$db" --data "$data" --format jsonl >story.json
quotation --format jsonl >passports.jsonl
check "csv has a head" holds "$(head -n 1 csv-figures)" "story,article,outlet,language,published,url,words,min,max,"
check "formulas are guarded" holds "$(cat csv-quotations)" "\"'=Kortan()\""
check "quotations are numbered" holds "$(quotation)" "  1  "
check "a passport is shown" holds "$(quotation 1)" "beside 1"

if ! command -v python3 >/dev/null; then
    echo "ok the documents # SKIP there is no python3"
    finish
fi
look() { python3 -c "import csv, json
story = json.load(open('story.json', encoding='utf-8'))
prov = json.load(open('prov', encoding='utf-8'))
graph = json.load(open('jsonld', encoding='utf-8'))['@graph']
passports = [json.loads(line) for line in open('passports.jsonl', encoding='utf-8')]
figures = list(csv.DictReader(open('csv-figures', newline='', encoding='utf-8'), strict=True))
quotations = list(csv.DictReader(open('csv-quotations', newline='', encoding='utf-8'), strict=True))
$1"; }
check "csv: a row for each figure and quotation" look "
assert len(figures) == sum(len(a['figures']) for a in story['articles'])
assert len(quotations) == sum(len(a['quotations']) for a in story['articles'])
assert all(None not in r and None not in r.values() for r in figures + quotations)"
check "csv: the words stand in the sentence" look "
assert all(r['words'] in r['sentence'] for r in figures)
assert all(r['words'].lstrip(\"'\") in r['sentence'] for r in quotations)"
check "csv: lines end as RFC 4180 wants" look "
data = open('csv-figures', 'rb').read()
assert data.endswith(b'\r\n') and data.count(b'\r\n') == len(figures) + 1, (data.count(b'\r\n'), len(figures))"
check "csv: verdicts name pages of the story" look "
labels = {a['label'] for a in story['articles']}
words = {v['verdict'] for v in story['verdicts']}
told = [r for r in figures + quotations if r['verdict']]
assert told and all(r['verdict'] in words and r['verdict_with'] in labels and r['verdict_reason'] for r in told)
assert any(r['verdict'] == 'conflict' for r in figures)"
check "csv: a correction is shown" look "
assert [r['corrected_was'] for r in quotations if r['corrected_by'] == 'nadia'] == ['Yaqub Sermet']"
check "prov: only members of PROV-JSON" look "
assert set(prov) <= {'prefix', 'entity', 'agent', 'wasDerivedFrom', 'wasAttributedTo', 'alternateOf'}, set(prov)
required = {'wasDerivedFrom': ('prov:generatedEntity', 'prov:usedEntity'), 'wasAttributedTo': ('prov:entity', 'prov:agent'),
            'alternateOf': ('prov:alternate1', 'prov:alternate2')}
for member, keys in required.items():
    assert all(isinstance(prov[member], dict) and set(keys) <= set(r) for r in prov[member].values()), member"
check "prov: names have a prefix that is declared" look "
def names(x):
    if isinstance(x, dict):
        for k, v in x.items():
            if not k.startswith('_:'): yield k
            if k == '\$': yield v
            else: yield from names(v)
known = set(prov['prefix'])
for member in set(prov) - {'prefix'}:
    for n in names(prov[member]):
        if n not in ('\$', 'type'): assert n.split(':')[0] in known, n"
check "prov: what is referred to is there" look "
for r in prov['wasDerivedFrom'].values():
    assert r['prov:generatedEntity'] in prov['entity'] and r['prov:usedEntity'] in prov['entity'], r
    assert r['prov:generatedEntity'] != r['prov:usedEntity'], r
for r in prov['wasAttributedTo'].values(): assert r['prov:entity'] in prov['entity'] and r['prov:agent'] in prov['agent'], r
for r in prov['alternateOf'].values(): assert r['prov:alternate1'] in prov['entity'] and r['prov:alternate2'] in prov['entity'], r"
check "prov: copies, chains and quotations are in it" look "
types = [r['prov:type']['\$'] for r in prov['wasDerivedFrom'].values()]
for kind in {c['kind'] for c in story['copies']}: assert 'kh:' + kind in types, kind
assert types.count('prov:Quotation') == len(quotations) and 'prov:PrimarySource' in types
copies = {('kh:article-%d' % (c['dst'] + 1), 'kh:article-%d' % (c['src'] + 1)) for c in story['copies']}
assert copies <= {(r['prov:generatedEntity'], r['prov:usedEntity']) for r in prov['wasDerivedFrom'].values()}"
check "prov: nobody is two agents" look "
labels = [a['prov:label'] for a in prov['agent'].values()]
assert len(labels) == len(set(labels)), [x for x in labels if labels.count(x) > 1]"
check "jsonld: ids are there once, references lead to them" look "
ids = [x['@id'] for x in graph]
assert len(ids) == len(set(ids))
def references(x, top=False):
    if isinstance(x, dict):
        if set(x) == {'@id'}: yield x['@id']
        for v in x.values(): yield from references(v)
    elif isinstance(x, list):
        for v in x: yield from references(v)
missing = [r for r in references(graph) if r not in set(ids)]
assert not missing, missing[:3]"
check "jsonld: articles, quotations and claims with their parts" look "
kinds = {k: [x for x in graph if x['@type'] == k] for k in ('NewsArticle', 'Quotation', 'Claim', 'Person', 'Organization')}
assert len(kinds['NewsArticle']) == len(story['articles']) and len(kinds['Quotation']) == len(quotations) and all(kinds.values())
assert sum(len(x['isBasedOn']) for x in kinds['NewsArticle']) == len(story['copies'])
assert any('creditText' in x for x in kinds['NewsArticle'])
assert all('isPartOf' in x and x['text'] for x in kinds['Quotation']) and any('spokenByCharacter' in x for x in kinds['Quotation'])
assert all(x['appearance'] and x['firstAppearance'] in x['appearance'] for x in kinds['Claim']) and any('author' in x for x in kinds['Claim'])"
check "passports: each page once, in order of time, compared with one before" look "
assert passports and [p['number'] for p in passports] == list(range(1, len(passports) + 1))
assert [p['renderings'] for p in passports] == [p['renderings'] for p in story['passports']]
for p in passports:
    pages = [r['article'] for r in p['renderings']]
    assert len(pages) > 1 and pages == sorted(set(pages)), pages
    assert p['renderings'][0]['quotation'] is not None
    for i, r in enumerate(p['renderings']): assert r['from'] is None if i == 0 else 0 <= r['from'] < i"
check "passports: across languages, with what was changed" look "
assert any(len({r['language'] for r in p['renderings']}) >= 3 for p in passports)
changes = [c['what'] for p in passports for r in p['renderings'] for c in r['changes']]
assert {'mode', 'polarity_flip', 'attribution_lost'} <= set(changes), set(changes)
assert all(r['changes'] for p in passports for r in p['renderings'] if r['quotation'] is None)"
check "histories: values in order of publication" look "
killed = [h for h in story['figure_histories'] if (h['what'], h['scope']) == ('killed', 'persons')]
assert len(killed) == 1 and len(killed[0]['values']) > 5
for h in story['figure_histories']:
    order = [v['article'] for v in h['values']]
    assert order == sorted(order) and h['values'][0]['new']
assert any(v['status'] == 'retracted' for v in killed[0]['values']) and any(v['claimed_by'] for v in killed[0]['values'])"
check "histories: shown with the story" holds "$("$khabar" story en01-halyard --db "$db" --data "$data")" "HISTORY OF FIGURES"
finish
