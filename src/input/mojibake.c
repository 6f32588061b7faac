/* mojibake.c - UTF-8 that was taken for an 8-bit charset and encoded once more.
 *
 * Decides whether a text in valid UTF-8 is such a one, and undoes it where nothing is left to doubt:
 *
 *     Ø®Ø¨Ø±   is خبر : its bytes D8 AE D8 A8 D8 B1, read as windows-1252
 *     РќРѕРІ    is Нов : the same accident with windows-1251
 *
 * Method: each character outside ASCII back to its byte in the charset; where the bytes of the whole text form valid
 * UTF-8 again the accident is certain, since a text that was meant has accents that stand alone (fianc\u00e9). The
 * text is repaired then. Where parts form UTF-8 and others do not, the page is told to be damaged and left alone.
 *
 * Gets wrong: a page about this very accident that has nothing else outside ASCII.
 */
#include "input/parts.h"

#include <string.h>

enum { SURE = 6, /* characters restored */ HEAD = 4096 };

typedef struct bytes_of {
    uint32_t letters[128]; /* what the bytes 80..FF mean; 0: nothing */
} bytes_of;

static bytes_of table_of(kh_arena *scratch, const char *charset)
{
    bytes_of t = {{0}};
    char upper[128];
    kh_str text = {0};
    size_t bad = 0;
    for (size_t i = 0; i < 128; i++) {
        upper[i] = (char)(0x80 + i);
    }
    kh_convert(scratch, (kh_str){upper, 128}, kh_str_z(charset), &text, &bad);
    size_t count = 0;
    for (size_t i = 0, n = 0; i < text.len && count < 128; i += n) {
        uint32_t cp = kh_utf8_at(text, i, &n);
        t.letters[count++] = cp == KH_REPLACEMENT ? 0 : cp;
    }
    return t;
}

/* The byte that CP was; -1 when there is none. Bytes without a meaning are kept as control characters by many. */
static int byte_of(const bytes_of *t, uint32_t cp)
{
    if (cp < 0x80) {
        return (int)cp;
    }
    for (size_t i = 0; i < 128; i++) {
        if (t->letters[i] == cp) {
            return (int)(0x80 + i);
        }
    }
    return cp < 0xA0 ? (int)cp : -1;
}

typedef struct undone {
    kh_str bytes;
    size_t restored; /* characters of several bytes that came out */
    size_t left;     /* characters outside ASCII that do not fit */
} undone;

static undone undo(kh_arena *out, kh_str text, const bytes_of *t)
{
    char *p = KH_NEW_N(out, char, text.len + 1);
    size_t len = 0;
    undone u = {0};
    for (size_t i = 0, n = 0; i < text.len; i += n) {
        int byte = byte_of(t, kh_utf8_at(text, i, &n));
        u.left += byte < 0;
        p[len++] = byte < 0 ? '?' : (char)byte;
    }
    u.bytes = (kh_str){p, len};
    for (size_t i = 0, n = 0; i < len; i += n) {
        uint32_t cp = kh_utf8_at(u.bytes, i, &n);
        u.restored += n > 1;
        u.left += n == 1 && cp == KH_REPLACEMENT;
    }
    return u;
}

/* What the bytes 80..BF, which follow in UTF-8, mean in the charsets: signs, and letters that are rare elsewhere. */
static bool is_follower(uint32_t cp)
{
    return cp < 0xC0 || (cp >= 0x152 && cp <= 0x178) || cp == 0x192 || cp == 0x2C6 || cp == 0x2DC || (cp >= 0x401 && cp <= 0x40F) ||
           (cp >= 0x451 && cp <= 0x491) || (cp >= 0x679 && cp <= 0x6D2) || (cp >= 0x200C && cp <= 0x2122);
}

/* Cheap, for the many pages that are in order: are there pairs as the accident makes them? */
static bool is_suspect(kh_str text)
{
    size_t found = 0;
    uint32_t before = 0;
    size_t next = 0; /* where a follower would stand */
    for (size_t i = kh_utf8_past_ascii(text, 0), n = 0; i < text.len && found < SURE; i = kh_utf8_past_ascii(text, next)) {
        uint32_t cp = kh_utf8_at(text, i, &n);
        found += before >= 0x80 && i == next && is_follower(cp);
        before = cp;
        next = i + n;
    }
    return found >= SURE;
}

kh_mojibake kh_mojibake_of(kh_arena *out, kh_arena scratch, kh_str text, kh_str *repaired)
{
    static const char *const charsets[] = {"windows-1252", "windows-1251", "windows-1256", "windows-1254"};
    if (!is_suspect(text)) {
        return KH_MOJIBAKE_NONE;
    }
    kh_mojibake found = KH_MOJIBAKE_NONE;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        kh_arena fresh = scratch;
        bytes_of t = table_of(&fresh, charsets[i]);
        undone head = undo(&fresh, kh_str_head(text, HEAD), &t);
        if (head.restored < head.left && text.len > HEAD) {
            continue;
        }
        undone u = undo(&fresh, text, &t);
        if (u.restored >= SURE && u.left == 0) {
            *repaired = kh_utf8_clean(out, kh_arena_copy(out, u.bytes));
            return KH_MOJIBAKE_REPAIRED;
        }
        if (u.restored >= SURE && 2 * u.restored > u.left) {
            found = KH_MOJIBAKE_TOLD;
        }
    }
    return found;
}
