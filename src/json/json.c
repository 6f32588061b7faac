/* json.c - the JSON writer (RFC 8259). Reading JSON is the input module's business. */
#include "json/parts.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void escape(kh_buf *b, kh_str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t start = 0;
    for (size_t i = 0, n = 0; i < s.len; i += n) {
        uint32_t cp = kh_utf8_at(s, i, &n);
        bool plain = cp >= ' ' && cp != '"' && cp != '\\' && cp != 0x2028 && cp != 0x2029 && !(cp == KH_REPLACEMENT && n == 1);
        if (plain) {
            continue;
        }
        kh_buf_add(b, (kh_str){s.ptr + start, i - start});
        start = i + n;
        if (cp == '"' || cp == '\\') {
            kh_buf_char(b, '\\');
            kh_buf_char(b, (char)cp);
        } else if (cp == '\n') {
            kh_buf_z(b, "\\n");
        } else if (cp == '\t') {
            kh_buf_z(b, "\\t");
        } else if (cp == KH_REPLACEMENT) {
            kh_buf_cp(b, cp);
        } else {
            char u[] = {'\\', 'u', hex[cp >> 12 & 15], hex[cp >> 8 & 15], hex[cp >> 4 & 15], hex[cp & 15]};
            kh_buf_add(b, (kh_str){u, sizeof u});
        }
    }
    kh_buf_add(b, kh_str_from(s, start));
}

static void item(kh_json *j, const char *key)
{
    if (j->has_item[j->depth]) {
        kh_buf_char(j->buf, ',');
    }
    j->has_item[j->depth] = true;
    if (key) {
        kh_buf_char(j->buf, '"');
        kh_buf_z(j->buf, key);
        kh_buf_z(j->buf, "\":");
    }
}

void kh_json_raw(kh_json *j, const char *key)
{
    item(j, key);
}

void kh_json_open(kh_json *j, const char *key, char bracket)
{
    item(j, key);
    kh_buf_char(j->buf, bracket);
    assert(j->depth + 1 < KH_JSON_DEPTH);
    j->has_item[++j->depth] = false;
}

void kh_json_close(kh_json *j, char bracket)
{
    assert(j->depth > 0);
    j->depth--;
    kh_buf_char(j->buf, bracket);
}

void kh_json_str(kh_json *j, const char *key, kh_str value)
{
    item(j, key);
    kh_buf_char(j->buf, '"');
    escape(j->buf, value);
    kh_buf_char(j->buf, '"');
}

void kh_json_str_or_null(kh_json *j, const char *key, kh_str value)
{
    if (value.len) {
        kh_json_str(j, key, value);
    } else {
        kh_json_null(j, key);
    }
}

void kh_json_int(kh_json *j, const char *key, int64_t value)
{
    item(j, key);
    kh_buf_printf(j->buf, "%lld", (long long)value);
}

void kh_json_number(kh_json *j, const char *key, double value)
{
    if (!isfinite(value)) {
        kh_json_null(j, key);
        return;
    }
    char z[40];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(z, sizeof z, "%.*g", digits, value);
        if (strtod(z, NULL) == value) {
            break;
        }
    }
    item(j, key);
    kh_buf_z(j->buf, z);
}

void kh_json_share(kh_json *j, const char *key, float value)
{
    item(j, key);
    kh_buf_printf(j->buf, "%.3f", (double)value);
}

void kh_json_bool(kh_json *j, const char *key, bool value)
{
    item(j, key);
    kh_buf_z(j->buf, value ? "true" : "false");
}

void kh_json_null(kh_json *j, const char *key)
{
    item(j, key);
    kh_buf_z(j->buf, "null");
}

void kh_json_span(kh_json *j, const char *key, kh_span span)
{
    if (kh_span_empty(span)) {
        kh_json_null(j, key);
        return;
    }
    item(j, key);
    kh_buf_printf(j->buf, "[%u,%u]", span.begin, span.end);
}

void kh_json_bound(kh_json *j, const char *key, bool has, double value)
{
    if (has) {
        kh_json_number(j, key, value);
    } else {
        kh_json_null(j, key);
    }
}

void kh_json_strs(kh_json *j, const char *key, const kh_strs *list)
{
    kh_json_open(j, key, '[');
    KH_EACH(const kh_str, s, *list) {
        kh_json_str(j, NULL, *s);
    }
    kh_json_close(j, ']');
}
