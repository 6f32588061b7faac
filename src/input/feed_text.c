/* feed_text.c - what entries of feeds consist of: pieces of HTML, and dates.
 *
 *     <p>قال الوزير&nbsp;...</p><p>وأضاف ...</p>      two lines
 *     Thu, 06 Jan 2022 10:00:00 +0600                  2022-01-06T10:00:00+06:00
 *
 * An entry is a text that somebody chose to give, without the furniture of a page, so no body is
 * sought in it: tags are taken off, blocks end a line. Names of entities are libxml2's table of
 * HTML 4. RFC 822 dates as RSS asks for them, with the mistakes that feeds make: no weekday, a
 * comma too few, two-digit years, names of zones; a name that is not known leaves the time
 * without an offset.
 *
 * Gets wrong: text that speaks of tags without escaping them ("a < b" is kept, "a <b" is not).
 */
#include "input/feed.h"

#include <libxml/HTMLparser.h>
#include <string.h>

/* ---- HTML to lines ---- */

static const char *const breaking[] = {"p",  "div",    "br",         "li", "ul",    "ol",      "h1",      "h2",         "h3",
                                       "h4", "h5",     "h6",         "tr", "table", "section", "article", "blockquote", "pre",
                                       "hr", "figure", "figcaption", "dd", "dt",    "header",  "footer"};
static const char *const silent[] = {"script", "style", "iframe", "noscript", "template", "svg"};

static bool is_among(kh_str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kh_str_eq_ascii_nocase(name, kh_str_z(list[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The name of the tag whose "<" S begins with; empty where none begins. */
static kh_str tag_name(kh_str s)
{
    size_t at = s.len > 1 && s.ptr[1] == '/' ? 2 : 1;
    size_t end = at;
    while (end < s.len && (is_letter(s.ptr[end]) || (end > at && is_digit(s.ptr[end])))) {
        end++;
    }
    return (kh_str){s.ptr + at, at < s.len ? end - at : 0};
}

/* The length of the tag, over quoted values that hold a ">". */
static size_t tag_length(kh_str s)
{
    char quote = 0;
    for (size_t i = 1; i < s.len && i < 65536; i++) {
        char c = s.ptr[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && s.ptr[i - 1] == '=') {
            quote = c;
        }
    }
    size_t plain = kh_str_find(s, KH_STR(">"));
    return plain < s.len ? plain + 1 : s.len;
}

/* Behind the end tag of a silent element that begins at S. */
static size_t silent_length(kh_str s, kh_str name)
{
    for (size_t i = name.len + 1; i + name.len + 2 <= s.len; i++) {
        if (s.ptr[i] == '<' && s.ptr[i + 1] == '/' && kh_str_eq_ascii_nocase(kh_str_head(kh_str_from(s, i + 2), name.len), name)) {
            return i + tag_length(kh_str_from(s, i));
        }
    }
    return s.len;
}

size_t kh_entity_at(kh_str s, uint32_t *cp)
{
    size_t end = 1;
    while (end < s.len && end < 12 && (is_letter(s.ptr[end]) || is_digit(s.ptr[end]) || s.ptr[end] == '#')) {
        end++;
    }
    if (end >= s.len || s.ptr[end] != ';' || end < 2) {
        return 0;
    }
    kh_str name = {s.ptr + 1, end - 1};
    uint64_t value = 0;
    if (name.ptr[0] != '#') {
        char z[16] = {0};
        memcpy(z, name.ptr, name.len);
        const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)z);
        value = known ? known->value : strcmp(z, "apos") == 0 ? '\'' : 0;
    } else if (name.len > 2 && (name.ptr[1] | 32) == 'x') {
        for (size_t i = 2; i < name.len; i++) {
            char c = (char)(name.ptr[i] | 32);
            bool hex = is_digit(name.ptr[i]) || (c >= 'a' && c <= 'f');
            value = hex ? value * 16 + (uint64_t)(is_digit(name.ptr[i]) ? name.ptr[i] - '0' : c - 'a' + 10) : UINT32_MAX;
        }
    } else if (!kh_str_u64(kh_str_from(name, 1), &value)) {
        return 0;
    }
    bool good = value >= 9 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    *cp = good ? (uint32_t)value : 0;
    return good ? end + 1 : 0;
}

/* Lines under way: white space waits until a word follows. */
typedef struct lines {
    kh_buf buf;
    bool blank, line_end;
} lines;

static void put(lines *l, kh_str piece)
{
    if (l->buf.len) {
        if (l->line_end) {
            kh_buf_char(&l->buf, '\n');
        } else if (l->blank) {
            kh_buf_char(&l->buf, ' ');
        }
    }
    l->blank = l->line_end = false;
    kh_buf_add(&l->buf, piece);
}

/* What begins with "<": gives its length, 0 where it is only a sign. */
static size_t take_tag(lines *l, kh_str s)
{
    if (kh_str_starts(s, KH_STR("<!--"))) {
        size_t end = kh_str_find(s, KH_STR("-->"));
        return end < s.len ? end + 3 : s.len;
    }
    kh_str name = tag_name(s);
    bool declaration = s.len > 1 && (s.ptr[1] == '!' || s.ptr[1] == '?');
    if (!name.len && !declaration) {
        return 0;
    }
    l->line_end = l->line_end || is_among(name, breaking, sizeof breaking / sizeof *breaking);
    bool opens = s.len > 1 && s.ptr[1] != '/';
    bool skip = opens && is_among(name, silent, sizeof silent / sizeof *silent);
    return skip ? silent_length(s, name) : tag_length(s);
}

/* The length of the white space, or no-break space, that S begins with. */
static size_t white_length(kh_str s)
{
    bool white = s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r');
    return kh_str_starts(s, KH_STR("\xC2\xA0")) ? 2 : white;
}

static size_t word_length(kh_str s)
{
    size_t end = 1;
    while (end < s.len && s.ptr[end] != '<' && s.ptr[end] != '&' && !white_length(kh_str_from(s, end))) {
        end++;
    }
    return end;
}

kh_str kh_feed_text(kh_arena *out, kh_str html)
{
    lines l = {.buf = {.arena = out}};
    for (size_t i = 0; i < html.len;) {
        kh_str rest = kh_str_from(html, i);
        char c = html.ptr[i];
        size_t length = c == '<' ? take_tag(&l, rest) : 0;
        uint32_t cp = 0;
        if (!length && c == '&') {
            length = kh_entity_at(rest, &cp);
        }
        if (cp == 0xA0 || (cp && cp <= 32)) {
            l.blank = true;
        } else if (cp) {
            char room[4];
            put(&l, (kh_str){room, kh_utf8_put(room, cp)});
        } else if (!length) {
            length = white_length(rest);
            l.blank = l.blank || length;
            if (!length) {
                length = word_length(rest);
                put(&l, kh_str_head(rest, length));
            }
        }
        i += length;
    }
    return kh_buf_str(&l.buf);
}

/* ---- dates ---- */

/* The next word, at blanks and commas. */
static kh_str take_word(kh_str *rest)
{
    while (rest->len && strchr(" ,\t\r\n", rest->ptr[0])) {
        *rest = kh_str_from(*rest, 1);
    }
    size_t end = 0;
    while (end < rest->len && !strchr(" ,\t\r\n", rest->ptr[end])) {
        end++;
    }
    kh_str word = kh_str_head(*rest, end);
    *rest = kh_str_from(*rest, end);
    return word;
}

static int month_of(kh_str word)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12 && word.len >= 3; i++) {
        if (kh_str_eq_ascii_nocase(kh_str_head(word, 3), (kh_str){names + 3 * i, 3})) {
            return i + 1;
        }
    }
    return 0;
}

/* "10:00:00" or "10:00". */
static bool read_clock(kh_str word, kh_time *t)
{
    int8_t *const parts[] = {&t->hour, &t->minute, &t->second};
    static const uint64_t most[] = {23, 59, 60};
    size_t count = 0;
    for (kh_str piece = {0}; kh_str_cut(&word, ':', &piece); count++) {
        uint64_t value = 0;
        if (count == 3 || piece.len > 2 || !kh_str_u64(piece, &value) || value > most[count]) {
            return false;
        }
        *parts[count] = (int8_t)(value == 60 ? 59 : value);
    }
    t->precision = count == 3 ? KH_TO_SECOND : KH_TO_MINUTE;
    return count >= 2;
}

/* "+0330", "+03:30", "GMT", "EST". */
static void read_zone(kh_str word, kh_time *t)
{
    static const struct {
        kh_str name;
        int hours;
    } zones[] = {{KH_STR("GMT"), 0},  {KH_STR("UT"), 0},   {KH_STR("UTC"), 0},  {KH_STR("Z"), 0},
                 {KH_STR("EST"), -5}, {KH_STR("EDT"), -4}, {KH_STR("CST"), -6}, {KH_STR("CDT"), -5},
                 {KH_STR("MST"), -7}, {KH_STR("MDT"), -6}, {KH_STR("PST"), -8}, {KH_STR("PDT"), -7}};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        if (kh_str_eq_ascii_nocase(word, zones[i].name)) {
            t->has_offset = true;
            t->offset_minutes = (int16_t)(zones[i].hours * 60);
        }
    }
    bool sign = word.len >= 5 && (word.ptr[0] == '+' || word.ptr[0] == '-');
    uint64_t hours = 0;
    uint64_t minutes = 0;
    size_t colon = sign && word.ptr[3] == ':';
    if (sign && kh_str_u64(kh_str_head(kh_str_from(word, 1), 2), &hours) && kh_str_u64(kh_str_from(word, 3 + colon), &minutes) &&
        hours <= 14 && minutes < 60) {
        t->has_offset = true;
        t->offset_minutes = (int16_t)((int)(hours * 60 + minutes) * (word.ptr[0] == '-' ? -1 : 1));
    }
}

bool kh_feed_date(kh_str words, kh_time *time)
{
    kh_str rest = kh_str_trim(words);
    if (kh_time_parse(rest, time)) {
        return true;
    }
    kh_str word = take_word(&rest);
    if (word.len && is_letter(word.ptr[0]) && !month_of(word)) {
        word = take_word(&rest);
    }
    uint64_t day = 0;
    uint64_t year = 0;
    int month = month_of(word);
    kh_str other = take_word(&rest);
    bool day_said = kh_str_u64(month ? other : word, &day);
    month = month ? month : month_of(other);
    bool year_said = kh_str_u64(take_word(&rest), &year);
    year += year < 50 ? 2000 : year < 100 ? 1900 : 0;
    if (!day_said || !year_said || !month || day > 31 || year > 9999 || !kh_day_valid((int)year, month, (int)day)) {
        return false;
    }
    kh_time t = kh_day((int)year, month, (int)day);
    kh_time day_alone = t;
    *time = read_clock(take_word(&rest), &t) ? t : day_alone;
    if (time->precision > KH_TO_DAY) {
        read_zone(take_word(&rest), time);
    }
    return true;
}
