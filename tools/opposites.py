#!/usr/bin/env python3
"""opposites.py PROGRAM FILE... - which contradictions of sense khabar sees, and which it only believes to see.

FILE is JSON Lines: id, lang (of the first and the second), flip (does one account contradict the other?), why (what the
pair tries), a and b (a sentence of one account and of another, of the same day). The two become pages of two outlets
and one story. Prints, for each file, how many of the contradictions were found, how many of the others were taken for
one, and the mean confidence of either. --show prints what went wrong. Python 3, standard library.
"""
import argparse
import json
import os
import subprocess
import tempfile

HOURS = ('2024-05-03T09:00:00Z', '2024-05-03T15:00:00Z')


def run(program, db, *words, text=None):
    return subprocess.run([program, words[0], '--db', db, *words[1:]], input=text, capture_output=True, encoding='utf-8',
                          timeout=120, check=True).stdout


def told(program, row):
    """[(confidence, reason)] of the verdicts that say: these two cannot both be true."""
    pages = [{'id': x, 'outlet': outlet, 'text': row[x], 'published': hour, 'lang': lang}
             for x, outlet, hour, lang in zip('ab', ('Halyard', 'Northmere Post'), HOURS, row['lang'])]
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, 'k.db')
        run(program, db, 'add', '-', text=''.join(json.dumps(p) + '\n' for p in pages))
        story = json.loads(run(program, db, 'story', 'a', '--format', 'jsonl').splitlines()[0])
        if len(story['articles']) < 2:
            run(program, db, 'correct', 'join', 'a', 'b')
            story = json.loads(run(program, db, 'story', 'a', '--format', 'jsonl').splitlines()[0])
    return [(v['confidence'], v['reason']) for v in story['verdicts'] if v['verdict'] in ('polarity_flip', 'conflict')]


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('program')
    p.add_argument('files', nargs='+')
    p.add_argument('--show', action='store_true')
    a = p.parse_args()
    for path in a.files:
        rows = [json.loads(line) for line in open(path, encoding='utf-8')]
        sure = {True: [], False: []}
        for row in rows:
            found = told(a.program, row)
            if found:
                sure[row['flip']].append(max(found)[0])
            if a.show and bool(found) != row['flip']:
                print('%s %s (%s) %s\n  %s\n  %s' % (row['id'], 'false' if found else 'missed', row['why'], found, row['a'], row['b']))
        flips = sum(r['flip'] for r in rows)
        mean = {k: sum(v) / len(v) if v else 0 for k, v in sure.items()}
        print('%s: found %d of %d (confidence %.2f), false %d of %d (confidence %.2f)' % (
            os.path.basename(path), len(sure[True]), flips, mean[True], len(sure[False]), len(rows) - flips, mean[False]))


if __name__ == '__main__':
    main()
