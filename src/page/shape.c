/* shape.c - what a line looks like: how long, how it ends, how it is parted.
 *
 * Prose is told from furniture first by its shape, in any language:
 *
 *     "وقال الحاكم إن سد أشكول انهار فجراً، حين كانت معظم العائلات نائمة."   words 12, comma, stop: prose
 *     "الرئيسية / سياسة / عاجل"                                              separators 2: navigation
 *     "سقوط الجسر"                                                          words 2, no stop: a heading
 *
 * Sentence ends of all scripts count (. ! ? … ؟ ۔ 。 ！ ？ । ॥ ։), commas too (، ؛ 、 ，). A full stop
 * between digits ends nothing. What it gets wrong: headlines that end in a question mark look
 * ended, and Thai, which marks no sentence ends, looks like one long heading.
 */
#include "page/parts.h"

static bool is_stop(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x61F:
    case 0x6D4:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E:
    case 0x964:
    case 0x965:
    case 0x589:
    case 0x203C:
    case 0x2049:
    case 0xFF61: return true;
    default: return false;
    }
}

static bool is_comma(uint32_t cp)
{
    switch (cp) {
    case ',':
    case ';':
    case ':':
    case 0x60C:
    case 0x61B:
    case 0x3001:
    case 0xFF0C:
    case 0xFF1B:
    case 0xFF1A: return true;
    default: return false;
    }
}

static bool is_separator(uint32_t cp)
{
    return cp == '|' || cp == '/' || cp == '>' || cp == 0xBB || cp == 0xB7 || cp == 0x203A || cp == 0x2022 || cp == '\\' || cp == 0x25B8 ||
           cp == 0x2192;
}

static bool is_closer(uint32_t cp)
{
    return cp == ')' || cp == ']' || cp == '}' || cp == '"' || cp == '\'' || cp == '*' || cp == 0xBB || cp == 0x300D || cp == 0x300F ||
           cp == 0x200C || cp == 0x200F || cp == 0x200E || cp == '/' || (cp >= 0x2018 && cp <= 0x201F) || cp == 0x203A ||
           kh_digit_of(cp) >= 0;
}

static bool is_wide(uint32_t cp)
{
    return (cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF);
}

static bool is_gap(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x3000;
}

typedef struct measure {
    kh_shape shape;
    uint32_t wide;
    uint32_t gap; /* spaces in the run before this character; a tab counts as three */
    bool in_word;
    bool after_digit;
    uint32_t last_stop_words; /* words when the last stop was seen */
} measure;

static void count_mark(measure *m, uint32_t cp, bool next_is_digit)
{
    if (is_stop(cp) && !(m->after_digit && next_is_digit)) {
        m->shape.stops++;
    } else if (is_comma(cp) && !(m->after_digit && next_is_digit)) {
        m->shape.commas++;
    } else if (is_separator(cp) && !(m->after_digit && next_is_digit)) {
        m->shape.separators++;
    }
}

/* Letters that nothing else is said of: a to z, and most of the Cyrillic and Arabic ones, of two bytes. */
static size_t plain_letter(kh_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if ((unsigned char)((c | 32) - 'a') < 26) {
        return 1;
    }
    if (c < 0xD0 || c > 0xDB || at + 1 >= s.len || !kh_utf8_is_trail((unsigned char)s.ptr[at + 1])) {
        return 0;
    }
    uint32_t cp = (uint32_t)(c & 0x1F) << 6 | ((unsigned char)s.ptr[at + 1] & 0x3F);
    return cp <= 0x481 || (cp >= 0x620 && cp <= 0x63F) || (cp >= 0x641 && cp <= 0x64A) || (cp >= 0x671 && cp <= 0x6D3) ? 2 : 0;
}

static void begin_word(measure *m, bool wide)
{
    m->shape.words += !wide;
    m->shape.separators += m->gap >= 3 && m->shape.words > 1;
    m->in_word = true;
}

/* In a run of plain letters nothing but letters changes behind the first, at a space not much: most characters of most lines.
 * Gives the bytes of the space or of the run, 0 for what it leaves to count(). */
static size_t count_plain(measure *m, kh_str s, size_t at)
{
    if (s.ptr[at] == ' ') {
        m->gap++;
        m->in_word = false;
        m->after_digit = false;
        return 1;
    }
    size_t end = at;
    uint32_t letters = 0;
    for (size_t len = 0; end < s.len && (len = plain_letter(s, end)) > 0; end += len) {
        letters++;
    }
    if (letters) {
        if (!m->in_word) {
            begin_word(m, false);
        }
        m->shape.letters += letters;
        m->gap = 0;
        m->after_digit = false;
    }
    return end - at;
}

static void count(measure *m, uint32_t cp, bool next_is_digit)
{
    bool digit = cp < 0x80 ? cp - '0' < 10 : kh_digit_of(cp) >= 0;
    if (is_gap(cp)) {
        m->gap += cp == '\t' ? 3 : 1;
        m->in_word = false;
    } else if (digit || (cp < 0x80 ? (cp | 32) >= 'a' && (cp | 32) <= 'z' : kh_is_letter(cp))) {
        if (!m->in_word) {
            begin_word(m, is_wide(cp));
        }
        m->wide += is_wide(cp);
        m->shape.letters += !digit;
        m->shape.digits += digit;
        m->gap = 0;
    } else {
        count_mark(m, cp, next_is_digit);
        /* An apostrophe, hyphen or joiner inside a word does not part it. */
        m->in_word = m->in_word && (cp == '\'' || cp == '-' || cp == 0x2019 || cp == 0x200C || cp == 0xAD);
        m->gap = 0;
    }
    m->after_digit = digit;
}

/* The last character that is neither closing mark nor digit nor space. */
static uint32_t final_mark(kh_str line)
{
    size_t at = line.len;
    size_t looked = 0;
    while (at > 0 && looked++ < 12) {
        size_t len = 0;
        uint32_t cp = kh_utf8_before(line, at, &len);
        at -= len;
        if (is_stop(cp) || is_comma(cp) || !(is_closer(cp) || is_gap(cp))) {
            return cp;
        }
    }
    return 0;
}

kh_shape kh_shape_of(kh_str line)
{
    measure m = {0};
    size_t len = 0;
    for (size_t at = 0; at < line.len; at += len) {
        len = count_plain(&m, line, at);
        if (len) {
            continue;
        }
        uint32_t cp = kh_utf8_at(line, at, &len);
        char next = at + len < line.len ? line.ptr[at + len] : 0;
        count(&m, cp, next >= '0' && next <= '9');
    }
    m.shape.words += m.wide / 2;
    uint32_t last = final_mark(line);
    m.shape.ends_stop = is_stop(last);
    m.shape.ends_colon = last == ':' || last == 0xFF1A;
    if (line.len) {
        uint32_t first = kh_utf8_at(line, 0, &len);
        m.shape.bullet = first == 0x2022 || first == 0x25AA || first == 0x25CF || first == 0xB7 || first == 0x2043 ||
                         ((first == '-' || first == '*') && line.len > 1 && line.ptr[1] == ' ');
    }
    return m.shape;
}

enum { PROSE_WORDS = 24, ENDED_WORDS = 8, PARTED_WORDS = 14, PROSE_LETTERS = 32 };

bool kh_shape_is_prose(const kh_shape *s)
{
    if (s->letters < PROSE_LETTERS || s->separators * 4 > s->words) {
        return false;
    }
    return s->words >= PROSE_WORDS || (s->words >= ENDED_WORDS && s->ends_stop) || (s->words >= PARTED_WORDS && s->commas + s->stops >= 2);
}
