#!/usr/bin/env python3
"""eval.py - runs khabar on every set under a folder and writes the prediction files that lines.py scores.

  eval.py --program khabar --eval DIR --pred PREDDIR --lines lines.py [--topic T ...]

Sets are known by their kind, that is by the files of a folder and the fields of these, never by their name;
names only say how the prediction file is called. Only public commands are run, with one configuration for
everything, and their output is reshaped (evaluation/*.py, one file a kind). A prediction file of an earlier
run is removed first; when a command fails its file stays away and standard error says why.
Python 3, standard library only.
"""
import argparse
import os
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from evaluation import accounts, pages, sources, stories, words  # noqa: E402
from evaluation.program import Failed, Program, say  # noqa: E402

# The prediction files there are lines for, besides those of accounts.
CONTRACT = {
    'extraction': {'scrapinghub.jsonl', 'fundus.jsonl', 'waddle_daniel.jsonl', 'trafilatura.jsonl', 'wcxb_articles.jsonl',
                   'arabic-script.jsonl', 'htmldate.jsonl', 'htmldate.bare.jsonl'},
    'langid': {'dev.tsv'},
    'dates': {'values.tsv', 'parstdex.jsonl', 'hengam.jsonl'},
    'names': {'wd_ar.tsv', 'wd_he.tsv', 'wd_ru.tsv', 'google_ar2en.tsv', 'anetac.tsv'},
    'ner': {'parstwiner.tsv', 'anercorp.tsv', 'arman.tsv', 'peyma.tsv'},
    'clustering': {'en-ecbplus.tsv', 'fa-claims.tsv', 'ar-ans.tsv', 'fa-claims.pairs.tsv', 'semeval22.tsv', 'ntrex.tsv',
                   'ntrex.mixed.tsv', 'all-in-one.tsv'},
    'provenance': {'polnear.jsonl', 'german_wikinews_quotes.jsonl', 'adaq_ru.jsonl', 'polnear.credit.tsv', 'helsinki_copy.tsv',
                   'helsinki_copy.clusters.tsv'},
}
TOPICS = (*CONTRACT, 'accounts')


def all_jobs(root, scorers):
    yield from pages.jobs(root, scorers)
    yield from words.jobs(root)
    yield from stories.jobs(root, CONTRACT['clustering'])
    yield from sources.jobs(root)
    yield from accounts.jobs(root)


def has_lines(job):
    return job.topic == 'accounts' or set(job.files) & CONTRACT[job.topic]


def write(path, lines):
    """All lines or no file."""
    with open(path + '.part', 'w', encoding='utf-8') as f:
        f.writelines(line + '\n' for line in lines)
    os.replace(path + '.part', path)


def remove(path):
    for old in (path, path + '.gz', path + '.part'):
        if os.path.exists(old):
            os.remove(old)


def do(job, program, preds):
    """Runs a job; true when all its files are there."""
    folder = os.path.join(preds, job.topic)
    os.makedirs(folder, exist_ok=True)
    for name in job.files:
        remove(os.path.join(folder, name))
    began = time.monotonic()
    try:
        for name, lines in job.run(program):
            write(os.path.join(folder, name), lines)
        whole = True
    except (Failed, OSError, ValueError, KeyError, TypeError, IndexError) as e:
        say('%s/%s: FAILED: %s' % (job.topic, job.name, e if isinstance(e, Failed) else '%s: %s' % (type(e).__name__, e)))
        whole = False
    say('%s/%s: %.1f s' % (job.topic, job.name, time.monotonic() - began))
    return whole


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--program', required=True, help='the program khabar')
    ap.add_argument('--eval', required=True, metavar='DIR', help='the folder of the sets')
    ap.add_argument('--pred', required=True, metavar='PREDDIR', help='where the prediction files go')
    ap.add_argument('--lines', required=True, help='the scorer; beside it lies extraction/unpack.py')
    ap.add_argument('--topic', action='append', choices=TOPICS, help='only this topic; may be given again')
    a = ap.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that stores and commands are cleared away
    root, scorers = os.path.abspath(a.eval), os.path.dirname(os.path.abspath(a.lines))
    chosen = [j for j in all_jobs(root, scorers) if has_lines(j) and (not a.topic or j.topic in a.topic)]
    failed = []
    for job in chosen:
        with tempfile.TemporaryDirectory(prefix='khabar-eval-') as work:
            if not do(job, Program(a.program, work), a.pred):
                failed.append('%s/%s' % (job.topic, job.name))
    if failed:
        say('%d of %d sets failed: %s' % (len(failed), len(chosen), ', '.join(failed)))


if __name__ == '__main__':
    main()
