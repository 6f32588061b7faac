#!/usr/bin/env python3
"""langmodel.py - data/languages/<tag>/ngrams.txt from lines of text in known languages.

    gen/langmodel.py TRAIN.tsv.gz data/languages

TRAIN has four columns: language, source, licence, text. What comes out are weights of character n-grams
(1 to 4, inside words, a word's ends written as '_'), no text. Run once in a while by hand; the tables are
committed, and src/lang/lang.c says how they are read.

Weight of n-gram g in language L, in sixteenths of a natural logarithm:

    16 * ln((c/P + m) / (n + m))      c: count of g in L, n: of all n-grams of its length in L,
                                      P: mean share of g among the languages of the script, m: smoothing

Kept are the n-grams that tell most, weighted by how often they occur. Those that only other languages of the
script have kept are one class for each length with one weight, the `absent` row: the logarithm of the share
that L has in them over the share of all. N-grams that no language kept say nothing.

Not taken: rows whose text must not be redistributed in any form (SKIP). Languages that news is rarely
written in pay for it (RARE): a small prior and a little for each n-gram, since their samples are full of
the words of the large language next to them. The sample of Gorani is cut short, because it is news and
that of Sorani is not: otherwise every Sorani report on politics would be Gorani.
"""
import collections, gzip, math, os, sys

SKIP = {'kurdishmt-ted'}
BYTES = 120000
BYTES_OF = {'ar': 400000, 'fa': 400000, 'ur': 400000, 'hac': 24000, 'glk': 60000, 'bal': 60000, 'trw': 60000, 'ks': 60000}
RARE = {'bal', 'brh', 'glk', 'hac', 'ks', 'trw', 'pnb', 'skr'}
RARE_PRIOR, RARE_COST = 2.0, 0.07
SMOOTHING = [0, 3000, 10000, 40000, 60000]
SCALE = 16
OLD_KEYBOARD = 10  # one Persian line in so many is read a second time with Arabic yeh and kaf, as many sites type it
TABLE_BYTES = {'arabic': 33000, 'latin': 19000, 'cyrillic': 15000}
RARE_BYTES = 25000


def is_letter(c):
    o = ord(c)
    if o == 0x640 or o == 0xAD or 0x64B <= o <= 0x652:
        return False
    return c.isalpha() or o == 0x200C or 0x300 <= o <= 0x36F or 0x610 <= o <= 0x61A or 0x653 <= o <= 0x65F or o == 0x670


def script_of_letter(c):
    o = ord(c)
    return ('arabic' if 0x600 <= o < 0x900 or o >= 0xFB50 else 'cyrillic' if 0x400 <= o < 0x530 else
            'hebrew' if 0x590 <= o < 0x600 else None if not c.isalpha() else 'latin')


def normal(text, script):
    """lower case, everything but letters of SCRIPT as one space, vowel signs and tatweel left out"""
    out = [' ']
    for c in text.replace('\u0130', 'i').lower():
        o = ord(c)
        if o == 0x640 or o == 0xAD or 0x64B <= o <= 0x652 or o > 0xFFFF or 0x200D <= o <= 0x200F or 0x202A <= o <= 0x202E:
            continue
        c = c if is_letter(c) and script_of_letter(c) in (script, None) else ' '
        if c != ' ' or out[-1] != ' ':
            out.append(c)
    if out[-1] != ' ':
        out.append(' ')
    return ''.join(out)


def grams(text):
    """every n-gram of 1 to 4 characters without a space inside it"""
    for i in range(len(text)):
        for n in range(1, 5):
            g = text[i:i + n]
            if len(g) < n or ' ' in g[1:-1]:
                break
            if g != ' ':
                yield g


def script_of(text):
    counts = collections.Counter(script_of_letter(c) for c in text if c.isalpha())
    return counts.most_common(1)[0][0] if counts else None


def read(path):
    text, sources, size = collections.defaultdict(list), collections.defaultdict(set), collections.Counter()
    rows = [line.rstrip('\n').split('\t', 3) for line in gzip.open(path, 'rt', encoding='utf-8')]
    per_source = collections.defaultdict(list)
    for row in rows:
        per_source[row[0], row[1]].append(row)
    order = sorted(((k / len(part), row) for part in per_source.values() for k, row in enumerate(part)), key=lambda x: x[0])
    for _, (lang, source, licence, line) in order:
        if source not in SKIP and size[lang] < BYTES_OF.get(lang, BYTES):
            text[lang].append(line)
            if lang == 'fa' and len(text[lang]) % OLD_KEYBOARD == 0:
                text[lang].append(line.replace('\u06cc', '\u064a').replace('\u06a9', '\u0643'))
            size[lang] += len(line.encode())
            sources[lang].add('%s (%s)' % (source, licence))
    return text, sources


class Model:
    def __init__(self, path):
        self.text, self.sources = read(path)
        self.script = {lang: script_of(' '.join(lines[:50])) for lang, lines in self.text.items()}
        self.counts = {lang: collections.Counter(g for line in lines for g in grams(normal(line, self.script[lang])))
                       for lang, lines in self.text.items()}
        self.totals = {}
        for lang, counts in self.counts.items():
            self.totals[lang] = [0] * 5
            for g, c in counts.items():
                self.totals[lang][len(g)] += c
        self.pool = {}
        for script in set(self.script.values()):
            langs = [lang for lang in self.counts if self.script[lang] == script]
            share = collections.Counter()
            for lang in langs:
                for g, c in self.counts[lang].items():
                    share[g] += c / self.totals[lang][len(g)] / len(langs)
            self.pool[script] = share
        self.select()

    def select(self):
        self.chosen = {lang: self.choose(lang) for lang in self.text}
        self.union = collections.defaultdict(set)
        for lang, chosen in self.chosen.items():
            self.union[self.script[lang]] |= chosen

    def ratio(self, lang, g):
        n = len(g)
        return (self.counts[lang][g] / self.pool[self.script[lang]][g] + SMOOTHING[n]) / (self.totals[lang][n] + SMOOTHING[n])

    def choose(self, lang):
        """the n-grams that tell most about LANG, as many as its table has room for"""
        pool, total, room = self.pool[self.script[lang]], self.totals[lang], RARE_BYTES if lang in RARE else TABLE_BYTES.get(self.script[lang], 0)
        ranked = []
        for g, c in self.counts[lang].items():
            unseen = SMOOTHING[len(g)] / (total[len(g)] + SMOOTHING[len(g)])
            if c > 1:
                ranked.append((-math.log(self.ratio(lang, g) / unseen) * (c / total[len(g)] + pool[g]) / (len(g.encode()) + 1), g))
        kept = set()
        for _, g in sorted(ranked):
            room -= len(g.encode()) + 1
            if room < 0:
                break
            kept.add(g)
        return kept

    def weights(self, lang):
        """weights of the chosen n-grams, and by length of those that only other languages have chosen"""
        cost, pool = RARE_COST if lang in RARE else 0, self.pool[self.script[lang]]
        scaled = lambda x: max(-127, min(127, round(SCALE * (math.log(x) - cost))))
        own, others = [1e-5] * 5, [1e-5] * 5
        for g in self.union[self.script[lang]] - self.chosen[lang]:
            own[len(g)] += self.ratio(lang, g) * pool[g]
            others[len(g)] += pool[g]
        absent = [0] + [scaled(own[n] / others[n]) for n in range(1, 5)]
        return absent, {g: scaled(self.ratio(lang, g)) for g in self.chosen[lang]}

    def write(self, lang, folder):
        absent, kept = self.weights(lang)
        rows = collections.defaultdict(list)
        for g, w in kept.items():
            rows[w].append(g.replace(' ', '_'))
        os.makedirs(os.path.join(folder, lang), exist_ok=True)
        with open(os.path.join(folder, lang, 'ngrams.txt'), 'w', encoding='utf-8') as out:
            out.write('# weight\tn-grams\n')
            out.write('# Written by gen/langmodel.py from counts over: %s\n' % ', '.join(sorted(self.sources[lang])))
            if any('CC BY-SA' in s for s in self.sources[lang]):
                out.write('# This file is CC BY-SA 4.0 like its source. Text by: %s\n' % ATTRIBUTION[lang])
            out.write('prior\t%d\n' % (-round(SCALE * RARE_PRIOR) if lang in RARE else 0))
            out.write('absent\t%s\n' % ' '.join(map(str, absent[1:])))
            for w in sorted(rows, reverse=True):
                out.write('%d\t%s\n' % (w, ' '.join(sorted(rows[w]))))


ATTRIBUTION = {
    'ckb': 'S. Ahmadi, KurdishTokenization (github.com/sinaahmadi/KurdishTokenization)',
    'kmr': 'S. Ahmadi, KurdishTokenization (github.com/sinaahmadi/KurdishTokenization)',
    'ug': 'Universal Dependencies, UD_Uyghur-UDT',
    'ps': 'Universal Dependencies, UD_Pashto-Sikaram',
}

if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    model = Model(sys.argv[1])
    for tag in sorted(model.text):
        if model.script[tag] in TABLE_BYTES:
            model.write(tag, sys.argv[2])
