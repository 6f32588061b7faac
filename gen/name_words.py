#!/usr/bin/env python3
"""name_words.py LANG ROOT PAIRS... - makes data/languages/LANG/name_words.txt: words that stand in names of people, by English-Arabic
labels of Wikidata (Latin TAB Arabic; CC0, steveash/NETransliteration-COLING2018). For `fa` the Arabic spelling is given the
letters that Persian has (Pereira بيريرا: پریرا), and family names are added: those of gen/names/fa_surnames.txt, and those that
endings make of its rows that open with + (رضا: رضایی, رضازاده, رضاپور). Left out: words that our tables know as ordinary or as given
names, those of fewer than four letters, definite ones and those with an ordinary word's shape."""
import os
import re
import sys

from cities import fold, words_of

PLAIN = {
    'ar': re.compile('^(ال|لل|وال|بال|فال|كال)|(ات|ون|ين|ية|ها|هم|نا)$|^[يتن].*(ون|وا|ه)$|^(م.*ة|ت..ي.|است.*|مت.*|ا.ت.ا.)$'),
    'fa': re.compile('^(ال|می|نمی|بی|هم)|(ها|های|هایی|ترین|تر|شان|مان|تان|ات|یم|ید|یند|ند|شد|گاه|ه)$'),
}
HEADS = {
    'ar': 'Words of which names of people are made, in Arabic letters. Made by gen/name_words.py from labels of Wikidata (CC0).',
    'fa': 'Words of which names of people are made. Made by gen/name_words.py from labels of Wikidata (CC0), given names and their endings.',
}
# What Persian writes for an Arabic letter where the Latin spelling has one of these, in the order they come.
SOUNDS = (('ب', 'pp|p|bb|b', {'p': 'پ', 'b': 'ب'}),
          ('ف', 'ff|f|ph|v|w', {'f': 'ف', 'p': 'ف', 'v': 'و', 'w': 'و'}),
          ('غ', 'gh|gg|g', {'g': 'گ'}),
          ('ج', 'gg|g|zh|j|dj', {'g': 'گ', 'z': 'ژ', 'j': 'ج', 'd': 'ج'}))
ENDINGS = 'زاده پور نژاد نیا فر یان خانی لو وند'.split()


def pairs_of(paths):
    for path in paths:
        with open(path, encoding='utf-8') as f:
            for line in f:
                yield line.rstrip('\n').split('\t')[:2]


def persian(latin, arabic):
    """ARABIC as Persian spells it; where the letters do not answer each other one by one, without that sound's change."""
    word = arabic.translate(str.maketrans('كيىةأإؤ', 'کییهااو'))
    if re.search('t?sch|tch|ch|cz|č', latin):
        word = word.replace('تش', 'چ')
    for letter, spelt, becomes in SOUNDS:
        heard = re.findall(spelt, latin)
        if letter in word and len(heard) == word.count(letter):
            parts = word.split(letter)
            soft = letter == 'ج' and re.search('g[eiy]', latin)
            word = ''.join(p + (becomes[heard[i][0]] if i < len(heard) and not soft else letter if i < len(heard) else '')
                           for i, p in enumerate(parts))
    return word.replace('ث', 'ت').replace('ذ', 'د') if latin[0] not in 'aeiou' else word


def surnames(root):
    with open(os.path.join(root, 'gen/names/fa_surnames.txt'), encoding='utf-8') as f:
        lines = [line.split() for line in f if not line.startswith('#')]
    for words in lines:
        for word in words[1:] if words[:1] == ['+'] else ():
            yield word + ('یی' if word[-1] in 'او' else 'ی')
            yield from (word + end for end in ENDINGS)
        yield from words if words[:1] != ['+'] else ()


def candidates(lang, root, paths):
    for latin, arabic in pairs_of(paths):
        if re.fullmatch('[\u0621-\u064a]{4,14}', arabic):
            yield arabic if lang == 'ar' else persian(latin, arabic)


def main():
    lang, root = sys.argv[1:3]
    folder = os.path.join(root, 'data/languages', lang)
    common = words_of(folder)
    found = {}
    for word in candidates(lang, root, sys.argv[3:]):
        folded = fold(word)
        glued = lang == 'ar' and word[0] in 'وبلفك' and folded[1:] in common
        if folded not in common and not PLAIN[lang].search(word) and not glued:
            found[folded] = word
    for word in surnames(root) if lang == 'fa' else ():
        if fold(word) not in common:
            found.setdefault(fold(word), word)
    with open(os.path.join(folder, 'name_words.txt'), 'w', encoding='utf-8') as f:
        f.write('# form\n# %s\n' % HEADS[lang] + '\n'.join(sorted(found.values())) + '\n')


if __name__ == '__main__':
    main()
