#!/usr/bin/env python3
"""cities.py LOCALE_DIR ROOT - makes data/world/cities.txt and data/languages/{ar,fa}/cities.txt.

LOCALE_DIR: usr/share/locale of Debian's libgeonames-common (names of cities of more than some 15,000 people,
and of countries, in many languages; geonames.org, CC BY 4.0). ROOT: the folder that holds data/. A name that
places.txt has already is left out; one that is also a given name, a role or an ordinary word in our tables,
or very short, is marked with ? and so counts only beside a word of place.
"""
import os
import re
import struct
import sys

LANGUAGES = ('ar', 'fa')
MARKS = re.compile('[\u064b-\u065f\u0670\u0640\u200e\u200f]')


def messages(path):
    with open(path, 'rb') as f:
        b = f.read()
    count, keys, values = struct.unpack('<3I', b[8:20])
    out = {}
    for i in range(count):
        n, at = struct.unpack('<2I', b[keys + 8 * i:keys + 8 * i + 8])
        m, to = struct.unpack('<2I', b[values + 8 * i:values + 8 * i + 8])
        out[b[at:at + n].decode()] = b[to:to + m].decode()
    return out


def fold(form):
    form = MARKS.sub('', form).replace('\u200c', '').lower()
    for group, one in (('أإآٱ', 'ا'), ('ىیئ', 'ي'), ('ك', 'ک'), ('ةۀھە', 'ه'), ('ؤ', 'و'), ('ء', '')):
        for c in group:
            form = form.replace(c, one)
    return form


def rows(path):
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.strip() and not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def words_of(folder):
    """Single words that are ordinary or a person's."""
    out = set()
    columns = {'given_names': 0, 'common_words': 0, 'stopwords': 0, 'roles': 1, 'counted': 2, 'concepts': 1, 'reporting_verbs': 1,
               'relative_dates': 2, 'months': 3, 'weekdays': 2, 'pronouns': 1, 'furniture': 2, 'place_heads': 1, 'people': 1,
               'organisations': 1, 'numbers': 4, 'complementisers': 1, 'negation': 0, 'hedges': 0, 'credits': 2}
    for table, column in columns.items():
        path = os.path.join(folder, table + '.txt')
        for row in rows(path) if os.path.isfile(path) else ():
            if len(row) > column:
                out |= {fold(w) for form in row[column].split('|') for w in form.lstrip('?').split()}
    return out


def form_of(name):
    name = MARKS.sub('', re.split('[،,(/]', name)[0]).strip().replace('|', ' ')
    return name if re.fullmatch('[\u0600-\u06ff\u200c \\-]{2,40}', name) else ''


def main():
    locale, root = sys.argv[1:3]
    english = messages(os.path.join(locale, 'en/LC_MESSAGES/geonames.mo'))
    used = {}
    for tag in LANGUAGES:
        folder = os.path.join(root, 'data/languages', tag)
        known = {fold(f.lstrip('?')) for r in rows(os.path.join(folder, 'places.txt')) for c in r[1:4] for f in c.split('|')}
        common = words_of(folder)
        lines = {}
        for key, name in sorted(messages(os.path.join(locale, tag, 'LC_MESSAGES/geonames.mo')).items()):
            form = form_of(name)
            folded = fold(form)
            if not key.isdigit() or not form or folded in known or key not in english:
                continue
            bare = folded[2:] if folded.startswith('ال') else folded
            doubtful = ' ' not in folded and (folded in common or bare in common or len(folded) < 3)
            lines.setdefault(folded, (key, ('?' if doubtful else '') + form))
        with open(os.path.join(folder, 'cities.txt'), 'w', encoding='utf-8') as f:
            f.write('# city_id\tforms\n# Made by gen/cities.py from GeoNames (geonames.org), CC BY 4.0.\n')
            for key, form in sorted(lines.values(), key=lambda x: int(x[0])):
                f.write('%s\t%s\n' % (key, form))
                used[key] = english[key]
    with open(os.path.join(root, 'data/world/cities.txt'), 'w', encoding='utf-8') as f:
        f.write('# city_id\tlabel\n# Made by gen/cities.py from GeoNames (geonames.org), CC BY 4.0.\n')
        for key in sorted(used, key=int):
            f.write('%s\t%s\n' % (key, used[key]))


if __name__ == '__main__':
    main()
