#!/usr/bin/env python3
"""name_words.py ROOT PAIRS... - makes data/languages/ar/name_words.txt: words that stand in names of people, by English-Arabic
labels of Wikidata (Latin TAB Arabic; CC0, steveash/NETransliteration-COLING2018). Left out: words that our tables know as
ordinary or as given names, those of fewer than four letters, definite ones and those with an ordinary word's shape."""
import os
import re
import sys

from cities import fold, words_of

PLAIN = re.compile('^(ال|لل|وال|بال|فال|كال)|(ات|ون|ين|ية|ها|هم|نا)$|^[يتن].*(ون|وا|ه)$|^(م.*ة|ت..ي.|است.*|مت.*|ا.ت.ا.)$')


def main():
    root = sys.argv[1]
    folder = os.path.join(root, 'data/languages/ar')
    common = words_of(folder)
    found = {}
    for path in sys.argv[2:]:
        with open(path, encoding='utf-8') as f:
            for line in f:
                word = line.rstrip('\n').split('\t')[1]
                folded = fold(word)
                if re.fullmatch('[\u0621-\u064a]{4,14}', word) and folded not in common and not PLAIN.search(word):
                    if not (word[0] in 'وبلفك' and folded[1:] in common):
                        found[folded] = word
    with open(os.path.join(folder, 'name_words.txt'), 'w', encoding='utf-8') as f:
        f.write('# form\n# Words of which names of people are made, in Arabic letters. Made by gen/name_words.py from labels of Wikidata (CC0).\n')
        f.write('\n'.join(sorted(found.values())) + '\n')


if __name__ == '__main__':
    main()
