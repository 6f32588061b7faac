/* filter.c - whether a record is wanted, by what is known of it before it is read.
 *
 *     --host akhbar.example       https://www.akhbar.example/1.html      passes
 *     --path "/ar/2022*"         https://akhbar.example/ar/2022/01/7    passes: "*" goes over strokes
 *     --since 2022-01-06 --until 2022-01-08     captures of these three days, by UTC
 *     --lang ar                  a page without twenty letters of the Arabic script cannot be in Arabic
 *
 * Reading costs a hundred times what this does. A page of which the thing asked for is not known
 * does not pass. The pattern is matched against the path without "?..." by the usual walk with one
 * way back (R. Salz, wildmat), which takes no more steps than the product of the two lengths.
 *
 * Of the language only this is decided here, for languages that are written in one script, and not in the one that
 * markup is written in; which of the languages of a script it is, is known when the page has been read.
 */
#include "input/parts.h"

#include "text/text.h"

#include <string.h>

enum { LETTERS_ENOUGH = 20 };

static size_t find_any(kh_str s, const char *set)
{
    size_t i = 0;
    while (i < s.len && (!s.ptr[i] || !strchr(set, s.ptr[i]))) {
        i++;
    }
    return i;
}

/* "www.akhbar.example" and "/1.html" of an address. */
static void cut_address(kh_str url, kh_str *host, kh_str *path)
{
    size_t scheme = kh_str_find(url, KH_STR("://"));
    kh_str rest = scheme < url.len ? kh_str_from(url, scheme + 3) : (kh_str){0};
    *host = kh_str_head(rest, find_any(rest, "/?#"));
    rest = kh_str_from(rest, host->len);
    *path = kh_str_head(rest, find_any(rest, "?#"));
    *path = path->len ? *path : KH_STR("/");
    size_t user = kh_str_find(*host, KH_STR("@"));
    *host = user < host->len ? kh_str_from(*host, user + 1) : *host;
    *host = kh_str_head(*host, find_any(*host, ":"));
}

static bool is_host(kh_str host, kh_str wanted)
{
    if (!wanted.len || host.len < wanted.len) {
        return false;
    }
    kh_str tail = kh_str_from(host, host.len - wanted.len);
    bool whole = host.len == wanted.len || host.ptr[host.len - wanted.len - 1] == '.';
    return whole && kh_str_eq_ascii_nocase(tail, wanted);
}

static bool is_one_of(kh_str host, kh_str list)
{
    kh_str wanted = {0};
    while (kh_str_cut(&list, ',', &wanted)) {
        if (is_host(host, kh_str_trim(wanted))) {
            return true;
        }
    }
    return false;
}

static bool matches(kh_str s, kh_str pattern)
{
    size_t at = 0;
    size_t p = 0;
    size_t star = SIZE_MAX; /* the last "*" of the pattern, and how far it reaches in S */
    size_t reach = 0;
    while (at < s.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            reach = at;
        } else if (p < pattern.len && (pattern.ptr[p] == '?' || pattern.ptr[p] == s.ptr[at])) {
            p++;
            at++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            at = ++reach;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*') {
        p++;
    }
    return p == pattern.len;
}

static bool is_before(kh_time time, kh_time since)
{
    return since.precision <= KH_TO_DAY ? kh_day_number(time) < kh_day_number(since) : kh_time_seconds(time) < kh_time_seconds(since);
}

static bool is_after(kh_time time, kh_time until)
{
    return until.precision <= KH_TO_DAY ? kh_day_number(time) > kh_last_day_number(until) : kh_time_seconds(time) > kh_time_seconds(until);
}

const char *kh_filter_against(const kh_input_filter *filter, kh_str url, kh_time time)
{
    kh_str host = {0};
    kh_str path = {0};
    cut_address(kh_str_head(url, KH_PATH_BYTES_MAX), &host, &path);
    if (filter->host.len && !is_one_of(host, filter->host)) {
        return "host";
    }
    if (filter->path.len && (!host.len || !matches(path, filter->path))) {
        return "path";
    }
    if (kh_time_known(filter->since) && (!kh_time_known(time) || is_before(time, filter->since))) {
        return "since";
    }
    if (kh_time_known(filter->until) && (!kh_time_known(time) || is_after(time, filter->until))) {
        return "until";
    }
    return NULL;
}

/* The script that LANG is written in, where it is one, and not Latin; else KH_SCRIPT_NONE. */
static kh_script script_of(kh_str lang)
{
    static const struct {
        const char *languages;
        kh_script script;
    } known[] = {{" ar fa ur ps ckb sd arz ary ", KH_SCRIPT_ARABIC},
                 {" he yi ", KH_SCRIPT_HEBREW},
                 {" el ", KH_SCRIPT_GREEK},
                 {" ru uk be bg mk ky mn tt ba ", KH_SCRIPT_CYRILLIC},
                 {" hi mr ne ", KH_SCRIPT_DEVANAGARI},
                 {" zh ja ", KH_SCRIPT_HAN},
                 {" ko ", KH_SCRIPT_HANGUL}};
    char word[12] = " ";
    lang = kh_str_head(lang, kh_str_find(lang, KH_STR("-")));
    if (!lang.len || lang.len > sizeof word - 3) {
        return KH_SCRIPT_NONE;
    }
    memcpy(word + 1, lang.ptr, lang.len);
    word[1 + lang.len] = ' ';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strstr(known[i].languages, word)) {
            return known[i].script;
        }
    }
    return KH_SCRIPT_NONE;
}

bool kh_filter_may_be_in(kh_str lang, kh_str text)
{
    kh_script script = script_of(lang);
    size_t letters = 0;
    if (script == KH_SCRIPT_NONE) {
        return true;
    }
    for (size_t at = kh_utf8_past_ascii(text, 0); at < text.len && letters < LETTERS_ENOUGH;) {
        size_t len = 1;
        letters += kh_script_of(kh_utf8_at(text, at, &len)) == script;
        at = kh_utf8_past_ascii(text, at + (len ? len : 1));
    }
    kh_str rest = text; /* letters may be written as numbers: each may be one of the script */
    for (size_t at; letters < LETTERS_ENOUGH && (at = kh_str_find(rest, KH_STR("&#"))) < rest.len; letters++) {
        rest = kh_str_from(rest, at + 2);
    }
    return letters >= LETTERS_ENOUGH;
}
