/* kind.c - what bytes are, told by the bytes.
 *
 *     1F 8B, 28 B5 2F FD          gzip, zstd (undone by stream.c before we look)
 *     WARC/1.0                    an archive
 *     <rss, <feed, <urlset        a feed, a sitemap
 *     {"id":"1","html":"...      JSON Lines
 *     <!doctype html>, <html      HTML, also without either where tags abound
 *     %PDF-1.7, PK 03 04, NULs    not text: refused by name
 *     قال كبير المهندسين ...        a scraped page as plain text
 *
 * Names and endings say nothing: scrapers write .txt, .dat or none. UTF-16 has NULs too and is
 * let through. What it gets wrong: a text about HTML with many tags in it is read as HTML.
 */
#include "input/parts.h"

#include <string.h>

static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} signatures[] = {
    {"%PDF-", 5, "a PDF file"},
    {"PK\3\4", 4, "a ZIP archive or office document"},
    {"\x89PNG", 4, "a picture"},
    {"\xFF\xD8\xFF", 3, "a picture"},
    {"GIF8", 4, "a picture"},
    {"RIFF", 4, "a sound, film or picture"},
    {"\x7F"
     "ELF",
     4, "a program"},
    {"SQLite format 3", 15, "an SQLite database"},
    {"\x28\xB5\x2F\xFD", 4, "zstd in zstd or gzip"},
    {"\xFD"
     "7zXZ",
     5, "an xz archive"},
    {"BZh", 3, "a bzip2 archive"},
    {"Rar!", 4, "a RAR archive"},
    {"7z\xBC\xAF", 4, "a 7z archive"},
    {"\xD0\xCF\x11\xE0", 4, "an old office document"},
    {"OggS", 4, "a sound"},
    {"ID3", 3, "a sound"},
    {"{\\rtf", 5, "an RTF document"},
};

static bool has_utf16_mark(kh_str s)
{
    return s.len >= 2 && (memcmp(s.ptr, "\xFF\xFE", 2) == 0 || memcmp(s.ptr, "\xFE\xFF", 2) == 0);
}

/* Neither control characters nor DEL in the eight bytes at P: most of every text. */
static bool is_printable(const char *p)
{
    const uint64_t each = 0x0101010101010101u, high = 0x80 * each;
    uint64_t w;
    memcpy(&w, p, sizeof w);
    uint64_t del = w ^ 0x7F * each;
    return ((((w - 0x20 * each) & ~w) | ((del - each) & ~del)) & high) == 0;
}

/* Control characters that no text has; NULs only where they do not look like UTF-16. */
static bool is_binary(kh_str s)
{
    size_t zeros[2] = {0};
    size_t odd = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (i + 8 <= s.len && is_printable(s.ptr + i)) {
            i += 7;
            continue;
        }
        unsigned char c = (unsigned char)s.ptr[i];
        zeros[i & 1] += c == 0;
        odd += (c < 32 && c > 0 && !(c >= 8 && c <= 13) && c != 27 && c != 26) || c == 127;
    }
    size_t all = zeros[0] + zeros[1];
    if (has_utf16_mark(s) || kh_utf16_of(s).len) {
        return false;
    }
    return all * 100 > s.len || odd * 20 > s.len;
}

static bool starts_nocase(kh_str s, const char *prefix)
{
    kh_str p = kh_str_z(prefix);
    return s.len >= p.len && kh_str_eq_ascii_nocase(kh_str_head(s, p.len), p);
}

/* Without byte order mark and leading white space. */
static kh_str bare(kh_str s)
{
    if (kh_str_starts(s, KH_STR("\xEF\xBB\xBF"))) {
        s = kh_str_from(s, 3);
    }
    size_t i = 0;
    while (i < s.len && (s.ptr[i] == ' ' || (s.ptr[i] >= '\t' && s.ptr[i] <= '\r'))) {
        i++;
    }
    return kh_str_from(s, i);
}

static bool holds_nocase(kh_str s, const char *needle)
{
    size_t len = strlen(needle);
    for (size_t i = 0; i + len <= s.len; i++) {
        if (s.ptr[i] == needle[0] && starts_nocase(kh_str_from(s, i), needle)) {
            return true;
        }
    }
    return false;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

bool kh_is_html(kh_str text)
{
    kh_str s = bare(kh_str_head(text, 1 << 16));
    if (starts_nocase(s, "<!doctype") || starts_nocase(s, "<html") || starts_nocase(s, "<head") || starts_nocase(s, "<body") ||
        starts_nocase(s, "<!--") || starts_nocase(s, "<?xml") || holds_nocase(kh_str_head(s, 8192), "<html") ||
        holds_nocase(kh_str_head(s, 8192), "<body")) {
        return true;
    }
    size_t closing = 0;
    for (size_t i = 0; i + 2 < s.len; i++) {
        closing += s.ptr[i] == '<' && s.ptr[i + 1] == '/' && is_letter(s.ptr[i + 2]);
    }
    bool tag_first = s.len > 1 && s.ptr[0] == '<' && is_letter(s.ptr[1]);
    return closing >= 6 || (tag_first && closing >= 1);
}

/* '{' and, maybe on a later line, a quoted key. */
static kh_kind json_kind(kh_str s)
{
    kh_str line = kh_str_head(s, kh_str_find(s, KH_STR("\n")));
    bool closes = kh_str_ends(kh_str_trim(line), KH_STR("}"));
    kh_str inside = bare(kh_str_from(s, 1));
    bool keyed = inside.len && (inside.ptr[0] == '"' || inside.ptr[0] == '}');
    if (!keyed) {
        return KH_KIND_TEXT;
    }
    bool alone = kh_str_trim(line).len < 3 || (!closes && line.len < s.len && kh_str_ends(kh_str_trim(line), KH_STR(",")));
    return alone ? KH_KIND_JSON_WHOLE : KH_KIND_JSON_LINES;
}

/* By the root element, which may stand behind <?xml, a style sheet and a comment. */
static bool is_feed(kh_str top)
{
    static const char *const roots[] = {"<rss", "<feed", "<rdf:RDF", "<urlset", "<sitemapindex", "<opml"};
    bool xml = (starts_nocase(top, "<?xml") || starts_nocase(top, "<!--")) && !holds_nocase(top, "<html");
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        if (starts_nocase(top, roots[i]) || (xml && holds_nocase(top, roots[i]))) {
            return true;
        }
    }
    return false;
}

kh_kind kh_kind_of(kh_str head, const char **what)
{
    *what = "not text";
    if (kh_str_starts(head, KH_STR("WARC/"))) {
        return KH_KIND_WARC; /* whatever its records hold */
    }
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        if (head.len >= signatures[i].len && memcmp(head.ptr, signatures[i].bytes, signatures[i].len) == 0) {
            *what = signatures[i].what;
            return KH_KIND_BINARY;
        }
    }
    if (is_binary(head)) {
        return KH_KIND_BINARY;
    }
    kh_str s = bare(head);
    if (kh_str_starts(s, KH_STR("{")) && holds_nocase(kh_str_head(s, 2048), "https://jsonfeed.org/version/")) {
        return KH_KIND_JSON_FEED;
    }
    if (kh_str_starts(s, KH_STR("{"))) {
        kh_kind kind = json_kind(s);
        if (kind != KH_KIND_TEXT) {
            return kind;
        }
    }
    kh_str inside = bare(kh_str_from(s, 1));
    if (kh_str_starts(s, KH_STR("[")) && (kh_str_starts(inside, KH_STR("{")) || kh_str_starts(inside, KH_STR("]")))) {
        return KH_KIND_JSON_ARRAY;
    }
    kh_str top = kh_str_head(s, 2048);
    if (is_feed(top)) {
        return KH_KIND_FEED;
    }
    return kh_is_html(head) ? KH_KIND_HTML : KH_KIND_TEXT;
}
