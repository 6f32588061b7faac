/* views.c - addresses of the reading room: one way to write a query, so that links, feeds and cursors agree.
 *
 * The fields stand in a fixed order and all but unreserved characters are percent-encoded (RFC 3986, section 2.3), so the
 * same filter is the same address: {words "حظر", language "ar"} is q=%D8%AD%D8%B8%D8%B1&language=ar.
 */
#include "model/views.h"

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

void kh_percent_add(kh_buf *out, kh_str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (is_unreserved(s.ptr[i])) {
            kh_buf_char(out, s.ptr[i]);
        } else {
            kh_buf_add(out, (kh_str){(const char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
        }
    }
}

void kh_query_add(kh_buf *out, const char *name, kh_str value)
{
    if (out->len && out->ptr[out->len - 1] != '?') {
        kh_buf_char(out, '&');
    }
    kh_buf_z(out, name);
    kh_buf_char(out, '=');
    kh_percent_add(out, value);
}

void kh_filter_query(kh_buf *out, const kh_filter *filter, bool with_after)
{
    const struct {
        const char *name;
        kh_str value;
    } fields[] = {{"q", filter->words},
                  {"language", filter->language},
                  {"outlet", filter->outlet},
                  {"agency", filter->agency},
                  {"place", filter->place},
                  {"since", filter->since},
                  {"until", filter->until},
                  {"disagree", filter->disagree ? KH_STR("1") : (kh_str){0}},
                  {"order", filter->by_importance ? KH_STR("importance") : (kh_str){0}},
                  {"after", with_after ? filter->after : (kh_str){0}}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].value.len) {
            kh_query_add(out, fields[i].name, fields[i].value);
        }
    }
    if (filter->limit) {
        kh_query_add(out, "limit", kh_arena_printf(out->arena, "%u", filter->limit));
    }
}

kh_str kh_facet_name(kh_facet_kind kind)
{
    static const kh_str names[KH_FACET_KINDS] = {{"language", 8}, {"outlet", 6}, {"agency", 6}, {"place", 5}};
    return names[kind];
}

kh_str *kh_facet_of(kh_filter *filter, kh_facet_kind kind)
{
    kh_str *const fields[KH_FACET_KINDS] = {&filter->language, &filter->outlet, &filter->agency, &filter->place};
    return fields[kind];
}

kh_spark kh_spark_of(const kh_times_list *times)
{
    static const uint32_t steps[] = {1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 2160, 8760};
    const int64_t hour = 3600;
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    bool days = false;
    KH_EACH(const kh_time, t, *times) {
        int64_t at = kh_time_seconds(*t);
        first = at < first ? at : first;
        last = at > last ? at : last;
        days = days || t->precision <= KH_TO_DAY;
    }
    if (times->count == 0) {
        return (kh_spark){0};
    }
    size_t step = days ? 5 : 0;
    int64_t unit = (int64_t)steps[step] * hour;
    for (;; unit = (int64_t)steps[++step] * hour) {
        first -= ((first % unit) + unit) % unit;
        if (step + 1 == sizeof steps / sizeof *steps || (last - first) / unit < KH_SPARK_BARS) {
            break;
        }
    }
    kh_spark spark = {.hours = steps[step], .begin = kh_time_of_seconds(first)};
    KH_EACH(const kh_time, t, *times) {
        int64_t bar = (kh_time_seconds(*t) - first) / unit;
        bar = bar < KH_SPARK_BARS ? bar : KH_SPARK_BARS - 1;
        spark.bars[bar]++;
        spark.count = (uint32_t)bar + 1 > spark.count ? (uint32_t)bar + 1 : spark.count;
    }
    return spark;
}
