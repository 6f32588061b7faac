/* filter.c - whether a record is wanted, by what is known of it before it is read.
 *
 *     --host akhbar.example       https://www.akhbar.example/1.html      passes
 *     --path "/ar/2022*"         https://akhbar.example/ar/2022/01/7    passes: "*" goes over strokes
 *     --since 2022-01-06 --until 2022-01-08     captures of these three days, by UTC
 *
 * Reading costs a hundred times what this does. A page of which the thing asked for is not known
 * does not pass. The pattern is matched against the path without "?..." by the usual walk with one
 * way back (R. Salz, wildmat), which takes no more steps than the product of the two lengths.
 */
#include "input/parts.h"

#include <string.h>

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
    return since.precision <= KH_TO_DAY ? kh_day_number(time) < kh_day_number(since)
                                        : kh_time_seconds(time) < kh_time_seconds(since);
}

static bool is_after(kh_time time, kh_time until)
{
    return until.precision <= KH_TO_DAY ? kh_day_number(time) > kh_last_day_number(until)
                                        : kh_time_seconds(time) > kh_time_seconds(until);
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
