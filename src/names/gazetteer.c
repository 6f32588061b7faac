/* gazetteer.c - names that the tables know, wherever they stand.
 *
 * Decides by the longest known form at a word, proclitics passed over: "لكازاخستان" gives كازاخستان as
 * place:kz, "وكالة الصحافة الفرنسية" agency:afp, "للاتحاد السوفياتي" keeps its لل, which cannot be parted
 * from the article. Adjectives ("الكازاخستانية", Kazakh) are known words but no mentions. A form marked
 * ambiguous (AP, "فارس") counts only where writing itself says that it is a name: in brackets, or in
 * capitals within a line that is not all capitals.
 *
 * The outlet of the page is known too where its name has two words or more: "به گزارش خبرنگار نبض انرژی".
 *
 * A surname that is known, behind a given name that the table does not have, is somebody else: it makes
 * the longer mention, without the known id.
 *
 * Gets wrong: a place used as a surname (Jack London) where no given name is known.
 */
#include "names/internal.h"

#include <string.h>

enum { OUTLET_WORDS_MAX = 8 };

/* Source byte at which the mention begins: without proclitics, with its article. */
static uint32_t mention_begin(const kh_finder *f, const kh_match *m)
{
    kh_str key = f->text->tokens.items[m->first].key;
    size_t at = m->clitic;
    if (at >= 4 && memcmp(key.ptr + at - 4, "ال", 4) == 0) {
        at -= 4;
    } else if (at >= 4 && memcmp(key.ptr + at - 4, "لل", 4) == 0) {
        at -= 4;
    } else if (at >= 2 && key.len >= at + 2 && memcmp(key.ptr + at - 2, "لل", 4) == 0) {
        at -= 2;
    }
    return kh_text_inside(f->text, m->first, at);
}

static bool in_brackets(const kh_finder *f, const kh_match *m)
{
    const kh_token *t = f->text->tokens.items;
    if (m->first == 0 || !kh_finder_same_line(f, m->first, m->end)) {
        return false;
    }
    uint32_t open = t[m->first - 1].cp, close = t[m->end].cp;
    return (open == '(' && close == ')') || (open == '/' && close == '/');
}

static bool is_written_as_name(const kh_finder *f, const kh_match *m)
{
    const kh_token *t = &f->text->tokens.items[m->first];
    if (in_brackets(f, m)) {
        return true;
    }
    if (!kh_finder_cased(t) || !(t->flags & KH_ALL_CAPS) || m->end != m->first + 1) {
        return false;
    }
    const kh_stretch *line = &f->text->lines.items[t->line];
    const kh_token *last = &f->text->tokens.items[line->end - 1];
    bool line_shouts = (f->text->tokens.items[line->first].flags & KH_ALL_CAPS) && (last->flags & KH_ALL_CAPS);
    return !line_shouts;
}

/* "در مالی", "دولة مالي": a preposition or word of place stands before. */
static bool follows_place_word(const kh_finder *f, size_t first)
{
    kh_match m;
    return first > 0 && kh_finder_same_line(f, first - 1, first) && kh_finder_beside(f, first - 1, &m) && m.end == first;
}

/* "بالحماس" has an article that the name حماس has not: it is enthusiasm. */
static bool has_other_article(const kh_token *t, const kh_match *m)
{
    kh_str before = kh_str_head(t->key, m->clitic);
    return kh_str_ends(before, KH_STR("ال")) || (m->clitic >= 4 && kh_str_ends(before, KH_STR("لل")));
}

static bool is_believed(kh_finder *f, const kh_match *m, const kh_name_entry *e)
{
    const kh_token *t = &f->text->tokens.items[m->first];
    if (m->clitic == 2 && kh_str_starts(t->key, KH_STR("س"))) {
        return false; /* س stands before verbs only: سملاوي is not ملاوي */
    }
    if (m->end == m->first + 1 && e->type != KH_NAME_PLACE && has_other_article(t, m)) {
        return false;
    }
    kh_match lead;
    bool titled = kh_finder_lead(f, m->first, KH_LEAD_PERSON, &lead) && lead.end > m->end && lead.first == m->first;
    bool surname = e->type == KH_NAME_PLACE && m->end == m->first + 1 && m->first > 0 && !f->taken[m->first - 1] &&
                   kh_finder_same_line(f, m->first - 1, m->first) && kh_finder_given(f, m->first - 1);
    if (titled || (surname && !e->adjective)) {
        return false;
    }
    bool doubtful = m->ambiguous || e->minor;
    if (doubtful && e->type == KH_NAME_PLACE && !kh_finder_cased(t) && follows_place_word(f, m->first)) {
        return !kh_finder_common(f, m->first) || m->end > m->first + 1;
    }
    if (e->minor && !kh_finder_cased(t)) {
        return false;
    }
    if (m->ambiguous && !is_written_as_name(f, m)) {
        return false;
    }
    if (e->exact.len && kh_finder_cased(t) && !kh_str_eq(kh_text_slice(f->text, m->span), e->exact)) {
        return false;
    }
    if (!kh_finder_cased(t)) {
        bool word = m->end == m->first + 1 && !e->agency && !e->adjective;
        return !(word && kh_finder_stop(f, m->first)) && !(e->exact.len && word);
    }
    return (t->flags & KH_CAPITAL) || e->agency || e->adjective;
}

/* "خبرگزاری رویترز", "لوكالة رويترز": the word for agency belongs to the name. */
static void take_agency_word(const kh_finder *f, kh_spot *s)
{
    static const char *const words[] = {"خبرگزاري", "وکاله", "وکالت"};
    if (s->first == 0 || !kh_finder_same_line(f, s->first - 1, s->first)) {
        return;
    }
    kh_str key = f->text->tokens.items[s->first - 1].key;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        kh_str word = kh_str_z(words[i]);
        if (kh_str_ends(key, word) && key.len <= word.len + 4) {
            s->first--;
            s->span.begin = kh_text_inside(f->text, s->first, key.len - word.len);
            return;
        }
    }
}

static void take_domain(const kh_finder *f, kh_spot *s)
{
    const kh_token *t = f->text->tokens.items;
    static const char *const ends[] = {"com", "org", "net", "ru", "ir"};
    if (!kh_finder_same_line(f, s->first, s->end + 1) || t[s->end].cp != '.' || (t[s->end + 1].flags & KH_SPACE_BEFORE)) {
        return;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (kh_token_is(&t[s->end + 1], ends[i])) {
            s->end += 2;
            s->span.end = t[s->end - 1].span.end;
            return;
        }
    }
}

/* "The Associated Press", "Nachrichtenagentur AP": the article or the word agency is no part of the name. */
static void drop_agency_word(const kh_finder *f, kh_spot *s)
{
    const kh_token *t = &f->text->tokens.items[s->first];
    bool word = kh_token_is(t, "the") || kh_token_is(t, "nachrichtenagentur") || kh_token_is(t, "die");
    if (word && s->end > s->first + 1) {
        s->first++;
        s->span.begin = f->text->tokens.items[s->first].span.begin;
    }
}

/* "مدينة مشهد": the word for a town is no part of its name. */
static void drop_town_word(const kh_finder *f, const kh_match *m, kh_spot *s)
{
    kh_str word = kh_str_from(f->text->tokens.items[s->first].key, m->clitic);
    if (s->end > s->first + 1 && (kh_str_eq(word, KH_STR("مدينه")) || kh_str_eq(word, KH_STR("شهر")))) {
        s->first++;
        s->span.begin = f->text->tokens.items[s->first].span.begin;
    }
}

/* Do the words before the surname sound like those of the entry's English label? */
static bool sounds_like_entry(const kh_finder *f, const kh_spot *s, size_t first)
{
    kh_arena room = *f->scratch;
    kh_str given = kh_text_slice(f->text, kh_text_span(f->text, first, s->end - 1));
    kh_str label = f->know->entries.items[s->entry].label;
    size_t space = label.len;
    while (space > 0 && label.ptr[space - 1] != ' ') {
        space--;
    }
    return space > 1 && kh_name_likeness(room, given, kh_str_head(label, space - 1)) >= 0.62F;
}

/* A given name before a known surname that the table does not have with it. */
static void take_given(kh_finder *f, kh_spot *s)
{
    if (s->first == 0 || s->end != s->first + 1 || !kh_finder_same_line(f, s->first - 1, s->first)) {
        return;
    }
    const kh_token *t = &f->text->tokens.items[s->first - 1];
    bool capital = kh_finder_cased(t) && kh_finder_name_word(f, s->first - 1, true) && !(t->flags & KH_SENTENCE_START);
    kh_match m;
    bool role = kh_finder_ask(f, KH_SET_LEADS, s->first - 1, 0, &m);
    bool given = kh_finder_given(f, s->first - 1) && !f->taken[s->first - 1] &&
                 (kh_finder_cased(t) || !kh_finder_common(f, s->first - 1) || sounds_like_entry(f, s, s->first - 1));
    if (!role && (given || (capital && !kh_finder_common(f, s->first - 1)))) {
        s->entry = sounds_like_entry(f, s, s->first - 1) ? s->entry : KH_NO_ENTRY;
        s->first--;
        s->span.begin = t->span.begin;
        return;
    }
    size_t first = s->first; /* misspelt given names in a script without capitals: the whole must sound right */
    while (!kh_finder_cased(t) && first > 0 && s->first - first < 2 && kh_finder_same_line(f, first - 1, s->first) &&
           kh_finder_name_word(f, first - 1, true) &&
           f->text->tokens.items[first].span.begin == f->text->tokens.items[first - 1].span.end + 1) {
        first--;
        if (sounds_like_entry(f, s, first)) {
            s->span.begin = f->text->tokens.items[first].span.begin;
            s->first = (uint32_t)first;
        }
    }
}

static size_t take_known(kh_finder *f, const kh_match *m)
{
    const kh_name_entry *e = &f->know->entries.items[m->value];
    if (e->adjective) {
        memset(f->taken + m->first, 2, m->end - m->first);
        return m->end;
    }
    kh_spot s = {.span = m->span, .first = m->first, .end = m->end, .entry = m->value, .type = e->type};
    s.span.begin = mention_begin(f, m);
    if (e->agency) {
        drop_agency_word(f, &s);
        take_agency_word(f, &s);
        take_domain(f, &s);
    } else if (e->type == KH_NAME_PERSON) {
        take_given(f, &s);
    } else if (e->type == KH_NAME_PLACE) {
        drop_town_word(f, m, &s);
    }
    kh_finder_add(f, s);
    return s.end;
}

void kh_names_find_known(kh_finder *f)
{
    unsigned flags = f->lang == f->know->arabic ? KH_CLITICS | KH_ARTICLE : 0;
    for (size_t i = 0; i < f->text->tokens.count;) {
        const kh_token *t = &f->text->tokens.items[i];
        kh_match m;
        bool hit = t->kind == KH_WORD && !f->skipped[i] && kh_finder_ask(f, KH_SET_KNOWN, i, flags, &m) &&
                   is_believed(f, &m, &f->know->entries.items[m.value]);
        i = hit ? take_known(f, &m) : i + 1;
    }
}

/* ---- the page's own outlet ---- */

static bool words_at(const kh_finder *f, size_t at, const kh_text *words)
{
    size_t count = words->tokens.count;
    for (size_t k = 0; k < count; k++) {
        if (!kh_finder_same_line(f, at, at + k) || f->skipped[at + k] ||
            f->text->tokens.items[at + k].hash != words->tokens.items[k].hash) {
            return false;
        }
    }
    return true;
}

void kh_names_find_outlet(kh_finder *f)
{
    const kh_text *words = kh_text_of(f->scratch, f->art->outlet.value);
    size_t count = words->tokens.count;
    if (count < 2 || count > OUTLET_WORDS_MAX) {
        return;
    }
    for (size_t i = 0; i + count <= f->text->tokens.count; i++) {
        bool known = f->taken[i] == 1 && f->taken[i + count - 1] == 1;
        if (!known && words_at(f, i, words)) {
            kh_finder_add(f, (kh_spot){.span = kh_text_span(f->text, i, i + count),
                                       .first = (uint32_t)i,
                                       .end = (uint32_t)(i + count),
                                       .entry = KH_NO_ENTRY,
                                       .type = KH_NAME_ORGANISATION});
        }
    }
}
