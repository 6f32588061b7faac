#!/usr/bin/env python3
"""Writes src/text/fold_tables.h from Python's Unicode database: gen/fold_tables.py > src/text/fold_tables.h

Run by hand when the Unicode version moves; the result is committed, so that building needs no Python.
"""
import unicodedata

EXTRA = {'æ': 'ae', 'œ': 'oe', 'ß': 'ss', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ł': 'l', 'ı': 'i', 'ħ': 'h', 'ŋ': 'n', 'ŧ': 't',
         'ə': 'e', 'ƙ': 'k', 'ɓ': 'b', 'ɗ': 'd'}


def latin(cp):
    s = unicodedata.normalize('NFKD', chr(cp)).lower()
    s = ''.join(c for c in s if not unicodedata.combining(c))
    s = ''.join(EXTRA.get(c, c) for c in s)
    return s if s.isascii() and s.isalpha() and len(s) <= 3 else ''


def arabic(cp):
    s = unicodedata.normalize('NFKC', chr(cp))
    s = ''.join(c for c in s if not unicodedata.combining(c) and c not in ' \u0640')
    return s if s != chr(cp) and all(0x600 <= ord(c) <= 0x6FF for c in s) else ''


def table(name, first, last, value, comment):
    print('\n/* %s */' % comment)
    print('enum { %s_FIRST = 0x%04X, %s_LAST = 0x%04X };' % (name.upper(), first, name.upper(), last))
    cells = [value(cp) for cp in range(first, last + 1)]
    width = max(len(c.encode()) for c in cells) + 1
    print('static const char %s[][%d] = {' % (name, width))
    line = '   '
    for c in cells:
        lit = ' "' + ''.join(ch if ch.isascii() else ''.join('\\x%02x' % b for b in ch.encode()) for ch in c) + '",'
        if len(line) + len(lit) > 98:
            print(line)
            line = '   '
        line += lit
    print(line + '\n};')


print('/* fold_tables.h - written by gen/fold_tables.py from Unicode %s; do not edit. An empty entry: the character\n'
      ' * is kept as it is. */' % unicodedata.unidata_version)
print('#ifndef KHABAR_TEXT_FOLD_TABLES_H\n#define KHABAR_TEXT_FOLD_TABLES_H\n\n/* clang-format off */')
table('latin', 0xC0, 0x24F, latin, 'Latin letters: lower case, without marks')
table('latin_more', 0x1E00, 0x1EFF, latin, 'Latin Extended Additional')
table('forms_a', 0xFB50, 0xFDFF, arabic, 'Arabic presentation forms A, without marks, before the fold')
table('forms_b', 0xFE70, 0xFEFC, arabic, 'Arabic presentation forms B')
print('\n#endif')
