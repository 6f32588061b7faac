#!/bin/sh
# eval_adapter.sh - tools/eval.sh on a small invented folder of sets of every kind: first with a toy in place
# of the program, whose answers are easy to foretell, to see how they are reshaped; then with the program.
. "$KHABAR_SOURCE/test/ok.inc"

if ! command -v python3 >/dev/null 2>&1; then
    echo "ok eval_adapter # SKIP python3 is not installed"
    finish
fi

# The toy: lines that begin with # are furniture; Nora and نورا are a person; «...» is a quotation of her;
# 2030-01-02 is a date, شنبه one without a value; (TW) credits Toy Wire; what begins with the same letter is alike.
cat >toy <<'E'
#!/usr/bin/env python3
import json, os, re, sys
command, rest = sys.argv[1], sys.argv[2:]
if command == os.environ.get('TOY_BREAKS'):
    sys.exit('toy: broken')
option = {a: b for a, b in zip(rest, rest[1:]) if a.startswith('--')}
db = option.get('--db')


def span(text, begin, end):
    return [len(text[:begin].encode()), len(text[:end].encode())]


def found(pattern, text, group=0):
    return [span(text, m.start(group), m.end(group)) for m in re.finditer(pattern, text)]


def article(label, text, lang, source):
    lines = [{'span': span(text, m.start(), m.end()), 'role': 'boilerplate' if m[0][0] == '#' else 'body'}
             for m in re.finditer('.+', text)]
    nora = found('Nora|نورا', text)
    dates = [{'span': span(text, m.start(), m.end()), 'value': m[0]} for m in re.finditer(r'\d{4}-\d\d-\d\d(T\d\d:\d\d)?', text)]
    dates += [{'span': s, 'value': None} for s in found('شنبه', text)]
    times = [{'span': d['span'], 'whole': d['span'], 'type': 'TIM' if 'T' in (d['value'] or '') else 'DAT'} for d in dates]
    agencies = [{'id': 'tw', 'label': 'Toy Wire'}] if '(TW)' in text else []
    quotations = [{'span': s, 'speaker': 'Nora', 'speaker_span': nora[0] if nora else None, 'cue': 'said', 'mode': 'direct',
                   'cue_span': (found('said|قالت', text) or [None])[0], 'stance': 'neutral'} for s in found('«(.*?)»', text, 1)]
    figures = [{'span': s, 'min': 7, 'max': None, 'what': 'killed', 'scope': 'security_forces', 'unit': None, 'as_of': None,
                'claimed_by': None, 'hedge': None} for s in found('7 guards', text)]
    return {'label': label, 'source': source, 'text': text, 'language': lang, 'lines': lines, 'dates': dates, 'times': times, 'agencies': agencies,
            'title': {'text': 'T ' + label}, 'outlet': None, 'published': dates[0] if dates else None, 'quotations': quotations,
            'figures': figures, 'names': [{'label': 'Nora', 'type': 'PER', 'id': None, 'sound': 'NR', 'mentions': nora}],
            'credits': [{'type': t, 'span': s} for t in ('dateline', 'agency_tag') for s in found(r'\(TW\)', text)],
            'chains': [[{'role': 'speaker', 'id': None, 'label': 'Nora'}, {'role': 'agency', 'id': 'tw', 'label': 'Toy Wire'},
                        {'role': 'page', 'id': None, 'label': '-'}]] if agencies else []}


def read(paths):
    for path in paths:
        name = os.path.basename(path)
        if '.jsonl' not in name:
            yield article(os.path.splitext(name)[0], open(path, encoding='utf-8').read(), 'xx', path)
            continue
        for line in open(path, encoding='utf-8'):
            r = json.loads(line)
            if r.get('text') != 'refused':
                yield article(str(r['id']), r.get('text') or r.get('html') or '#', r.get('lang', 'xx'), path)


def stored():
    return [json.loads(line) for line in open(db, encoding='utf-8')]


if command == 'read':
    for a in read(rest):
        print(json.dumps(a))
    sys.exit(65)
elif command == 'add':
    with open(db, 'w') as f:
        for a in read([x for x in rest if x not in ('--db', db)]):
            f.write(json.dumps([a['label'], a['language']]) + '\n')
elif command == 'stories':
    for label, _ in stored():
        print(label, 's-' + label.split(':')[-1][0], sep='\t')
elif command == 'story':
    labels = [x for x, _ in stored() if x[0] == rest[0][-1]]
    place = {'label': labels[0], 'span': [0, 4]}
    nora = {'names': [{'id': None, 'sound': 'NR', 'label': 'Nora'}]}
    pair = {'a_label': labels[0], 'b_label': labels[-1], 'src_label': labels[0], 'dst_label': labels[-1], 'kind': 'verbatim'}
    print(json.dumps({'articles': [dict(nora, label=x) for x in labels], 'copies': [pair],
                      'names': [{'id': 'person:nora', 'members': [{'article': 0, 'name': 0}]}],
                      'relations': [dict(pair, relation='same_wire'), dict(pair, relation='unrelated')],
                      'aligned': [{'a': place, 'b': {'label': labels[-1], 'span': [2, 9]}}, {'a': place, 'b': dict(place, span=None)}],
                      'verdicts': [{'a': place, 'b': place, 'verdict': 'hedge_lost'}]}))
elif command == 'names':
    among = open(option['--among'], encoding='utf-8').read().split('\n')[:-1]
    for q in open(option['--queries'], encoding='utf-8').read().split('\n')[:-1]:
        print(q, *sorted(among, key=lambda c: c[0] != q[0]), sep='\t')
elif '--pairs' in option:
    for line in open(option['--pairs'], encoding='utf-8'):
        a, b = line.rstrip('\n').split('\t')
        print(a, b, 'related', 0.9 if a[0] == b[0] else 0.1, sep='\t')
elif '--near' in option:
    for a, _ in stored():
        for b, lang in stored():
            if a != b and lang == option['--lang']:
                print(a, b, 'related', 0.7, sep='\t')
elif '--copies' in rest:
    for a, b, kind, score, cluster in (('k1', 'k2', 'verbatim', 0.9, 'k1'), ('k2', 'k3', 'abridged', 0.6, 'k1'),
                                       ('k3', 'k4', 'partial', 0.8, ''), ('k4', 'k5', 'verbatim', 0.4, '')):
        print(a, b, kind, score, score, score, 0, 'time', cluster, sep='\t')
E
chmod +x toy

# set PATH: the set's file comes from standard input.
set_file() {
    mkdir -p "$(dirname "eval/$1")"
    cat >"eval/$1"
}
printf '%s\n' '{"id":"p1","url":"http://x.example/1","html":"#menu\nNora «went» (TW)\nOn 2030-01-02."}' |
    set_file extraction/htmldate/pages.jsonl
printf '%s\n' '{"id":"p1","date":"2030-01-02"}' | set_file extraction/htmldate/gold.jsonl
printf 'ar\ts\tكلمة\nen\ts\trefused\nde\ts\tein Wort\n' | gzip | set_file langid/dev.tsv.gz
printf 'a\tb\tc\td\n' | gzip | set_file langid/train.tsv.gz
printf 'd1\tfa\tk\t2030-01-03\tروز 2030-01-02 بود\t2030-01-02\nd2\ten\tk\t\tnone\t2030\n' | set_file dates/values.tsv
printf '%s\n' '{"id":0,"text":"روز 2030-01-02 ساعت 2030-01-02T10:30 شنبه","spans":[[4,14,"DAT"]]}' | set_file dates/hengam.jsonl
printf 'нора\tnora\nвера\tvera\n' | set_file names/match/wd_ru.queries.tsv
printf 'вero\nнoro\n' | set_file names/match/wd_ru.candidates.txt
printf 'گفت\tO\nونورا\tB-PER\n.\tO\n\nNora\tB-PER\nNora\tI-PER\n' | gzip | set_file ner/parstwiner.dev.tsv.gz
printf 'x\tO\n' | gzip | set_file ner/parstwiner.train.tsv.gz
printf '%s\n' '{"id":"a1","title":"عنوان","text":"","lang":"fa","published":null}' '{"id":"b1","title":"","text":"two","lang":"fa"}' |
    set_file clustering/fa-claims/docs.jsonl
printf 'a1\t1\nb1\t2\n' | set_file clustering/fa-claims/gold.tsv
printf '# head\na1\tb1\t0\tUnrelated\n' | set_file clustering/fa-claims/gold-pairs.tsv
printf '%s\n' '{"id":"q1","title":"t","text":"one","lang":"de"}' '{"id":"q2","title":"t","text":"two","lang":"de"}' |
    set_file clustering/semeval22/docs.jsonl
printf 'q1\tq2\t1\t1.0\tde-de\torig\nq2\tq1\t1\t1.0\tde-de\tmt\n' | set_file clustering/semeval22/gold-pairs.tsv
for lang in eng arb kaz; do
    for part in odd even all; do
        printf '{"id":"%s-%s","lang":"%s","part":"%s","title":"","text":"x","published":null}\n' $lang $part $lang $part
    done
done | gzip | set_file clustering/ntrex/docs.jsonl.gz
printf 'eng-odd\ts\teng\todd\td\tt\n' | set_file clustering/ntrex/gold.tsv
printf '%s\n' '{"id":"g","text":"Über Nora: sie said «ä ö»  (TW)","wire":"tw","credit":null,"attributions":[]}' |
    set_file provenance/polnear/docs.jsonl
printf '%s\n' '{"id":"r","text":"Нет «да»","lang":"ru","attributions":[]}' '{"id":"c","text":"Ne","lang":"cs","attributions":[]}' |
    set_file provenance/adaq_ru_cs/docs.jsonl
for k in 1 2 3 4 5; do
    printf '{"id":"k%s","publisher":"%s.example","time":"2030-01-02T10:00:00-04:00","cluster":"k1","text":"%s ### two"}\n' $k $k $k
done | set_file provenance/helsinki_copy/docs.jsonl
printf '#menu\nنورا قالت «نعم» (TW) 7 guards 2030-01-02\n' | set_file toys/x1.txt
printf 'No names here.\n' | set_file toys/x2.txt
printf '%s\n' '{"format":"khabar-seeds-gold 1","docs":{"01":{"file":"x1.txt"},"02":{"file":"x2.txt"}}}' | set_file toys/gold.json
printf '{}\n' | set_file other/gold.json

cat >lines.py <<'E'
import sys
print('scored', *sys.argv[1:])
E
mkdir -p extraction
cat >extraction/unpack.py <<'E'
import os, sys
out = os.path.join(sys.argv[3], os.path.basename(sys.argv[4]), 'pages_bare')
os.makedirs(out)
open(os.path.join(out, 'p1.html'), 'w').write('bare')
E

# adapted PROGRAM PRED [TOPIC]
adapted() {
    LINES=$tmp/lines.py sh "$KHABAR_SOURCE/tools/eval.sh" "$1" eval "$2" "${3:-}" >"$2.out" 2>"$2.err"
}
file_is() {
    same "$(cat "toy-pred/$1")" "$2"
}

check "runs on every kind of set" adapted ./toy toy-pred
check "no set failed" exits 1 grep FAILED toy-pred.err
check "the scorer is run at the end" same "$(cat toy-pred.out)" "scored --eval eval --pred toy-pred"
check "writes the files of the contract and no others" same "$(cd toy-pred && find . -type f | sort | tr '\n' ' ')" \
"./accounts/toys.jsonl ./clustering/all-in-one.tsv ./clustering/fa-claims.pairs.tsv ./clustering/fa-claims.tsv \
./clustering/ntrex.mixed.tsv ./clustering/ntrex.tsv ./clustering/semeval22.tsv ./dates/hengam.jsonl ./dates/values.tsv \
./extraction/htmldate.bare.jsonl ./extraction/htmldate.jsonl ./langid/dev.tsv ./names/wd_ru.tsv ./ner/parstwiner.tsv \
./provenance/adaq_ru.jsonl ./provenance/helsinki_copy.clusters.tsv ./provenance/helsinki_copy.tsv \
./provenance/polnear.credit.tsv ./provenance/polnear.jsonl "

check "a page: body without furniture, title, date, credits" file_is extraction/htmldate.jsonl \
    '{"id": "p1", "text": "Nora «went» (TW)\nOn 2030-01-02.", "title": "T p1", "date": "2030-01-02", "credit": ["Toy Wire"]}'
check "a page without metadata is read from what unpack.py made" holds "$(cat toy-pred/extraction/htmldate.bare.jsonl)" '"id": "p1"'
check "codes by line; a refused line is und" file_is langid/dev.tsv "$(printf '1\txx\n2\tund\n3\txx')"
check "dates: value, or nothing" file_is dates/values.tsv "$(printf 'd1\t2030-01-02\nd2\t')"
check "spans in code points, with types" file_is dates/hengam.jsonl \
    '{"id": 0, "spans": [[4, 14, "DAT"], [20, 36, "TIM"], [37, 41, "DAT"]]}'
check "names: best first" file_is names/wd_ru.tsv "$(printf 'нора\tнoro\tвero\nвера\tвero\tнoro')"
check "tags: a token with a clitic, two names in a row" file_is ner/parstwiner.tsv \
    "$(printf 'گفت\tO\nونورا\tB-PER\n.\tO\n\nNora\tB-PER\nNora\tB-PER\n')"
check "stories of a stream, headlines too" file_is clustering/fa-claims.tsv "$(printf 'a1\ts-a\nb1\ts-b')"
check "scores of pairs" file_is clustering/fa-claims.pairs.tsv "$(printf 'a1\tb1\t0.1')"
check "original pairs only" file_is clustering/semeval22.tsv "$(printf 'q1\tq2\t0.9')"
check "halves against other halves, wholes against wholes" same "$(sort toy-pred/clustering/ntrex.tsv | cut -f 1,2 | tr '\t\n' ' ;')" \
"arb-all eng-all;arb-even eng-odd;arb-odd eng-even;eng-all arb-all;eng-even arb-odd;eng-even kaz-odd;eng-odd arb-even;\
eng-odd kaz-even;kaz-even eng-odd;kaz-odd eng-even;"
check "the mixed stream holds whole texts" file_is clustering/ntrex.mixed.tsv "$(printf 'eng-all\ts-e\narb-all\ts-a')"
check "one stream of all sets, in order" same "$(cut -f 1 toy-pred/clustering/all-in-one.tsv | tr '\n' ' ')" \
    "fa-claims:a1 fa-claims:b1 ntrex:eng-all ntrex:arb-all "
check "quotations in code points" file_is provenance/polnear.jsonl \
    '{"id": "g", "attributions": [{"source": [[5, 9]], "cue": [[15, 19]], "content": [[21, 24]]}]}'
check "credits by id" file_is provenance/polnear.credit.tsv "$(printf 'g\ttw')"
check "documents of the language asked for" file_is provenance/adaq_ru.jsonl \
    '{"id": "r", "attributions": [{"source": [], "cue": [], "content": [[5, 7]]}]}'
check "clusters as the program gives them" same "$(tr '\t\n' ' ;' <toy-pred/provenance/helsinki_copy.clusters.tsv)" \
    "k1 k1;k2 k1;k3 k1;k4 k4;k5 k5;"
check "all copies as pairs" same "$(wc -l <toy-pred/provenance/helsinki_copy.tsv | tr -d ' ')" 4

report=$(sed -n 1p toy-pred/accounts/toys.jsonl)
check "a report: positions in bytes" holds "$report" '"quotes": [{"span": [26, 32], "speaker": "Nora"'
check "a report: body, figures in plain words" holds "$report" '"what": "killed", "scope": "security forces"'
check "a report: chain from the speaker to the page" holds "$report" '"chains": [["Nora", "tw", "page"]]'
check "a report: names as the story joins them" holds "$report" '"type": "PER", "cluster": "person:nora"}'
check "a report: only signals that the format knows" holds "$report" '"signals": [{"type": "dateline", "span": [35, 39]}]'
check "a story under the names of the gold" same "$(sed -n 3p toy-pred/accounts/toys.jsonl)" \
    '{"kind": "story", "members": ["01", "02"], "copies": [{"src": "01", "dst": "02", "kind": "verbatim"}], '"\
"'"relations": [{"a": "01", "b": "02", "rel": "same_wire"}], "aligned": [{"a": ["01", 0, 4], "b": ["02", 2, 9]}], '"\
"'"comparisons": [{"a": ["01", 0, 4], "b": ["01", 0, 4], "verdict": "hedge_lost"}]}'

breaks() {
    (TOY_BREAKS=names adapted ./toy toy-pred "names ner")
}
check "a failing command does not stop the rest" breaks
check "a failing command is told" holds "$(cat toy-pred.err)" 'names/wd_ru: FAILED: khabar names ended with 1: toy: broken'
check "its prediction file of before is gone" exits 1 test -e toy-pred/names/wd_ru.tsv
check "those of other topics stay" test -e toy-pred/langid/dev.tsv
check "a program that is not there is refused" exits 66 adapted ./none toy-pred

# The program itself understands every command and answers for every item.
answers() {
    same "$(wc -l <"own-pred/$1" | tr -d ' ')" "$2"
}
check "the program runs" adapted "$KHABAR_BIN" own-pred
check "the program reads every kind of set" exits 1 grep FAILED own-pred.err
check "the program: pages" answers extraction/htmldate.jsonl 1
check "the program: codes" answers langid/dev.tsv 3
check "the program: dates" answers dates/values.tsv 2
check "the program: names" answers names/wd_ru.tsv 2
check "the program: tags" answers ner/parstwiner.tsv 7
check "the program: stories" answers clustering/all-in-one.tsv 4
check "the program: pairs" answers clustering/fa-claims.pairs.tsv 1
check "the program: copies" answers provenance/helsinki_copy.tsv 0
check "the program: quotations" answers provenance/polnear.jsonl 1
check "the program: reports" same "$(grep -c '"kind": "document"' own-pred/accounts/toys.jsonl)" 2
finish
