/* html_room.h - a page of the reading room in memory, for the tests of html/. */
#ifndef KHABAR_HTML_ROOM_H
#define KHABAR_HTML_ROOM_H

#include "html/write.h"
#include "test.h"

#include <string.h>

static inline kh_str echo(const void *know, kh_str id)
{
    (void)know;
    return id;
}

typedef struct room {
    kh_buf buf;
    kh_frame frame;
    kh_html page;
} room;

static inline room *room_of(kh_arena *a, const char *ui, const char *calendar)
{
    room *r = KH_NEW(a, room);
    r->buf.arena = a;
    r->frame = (kh_frame){.ui = kh_str_z(ui), .calendar = kh_str_z(calendar), .path = KH_STR("/"), .nonce = KH_STR("n0"), .version = KH_STR("1"),
                          .now = kh_day(2024, 9, 1), .agency = echo, .name = echo};
    r->page = (kh_html){.out = &r->buf, .frame = &r->frame, .texts = kh_texts_of(a)};
    return r;
}

static inline kh_str written(room *r)
{
    kh_str s = kh_buf_str(&r->buf);
    r->buf = (kh_buf){.arena = r->buf.arena};
    return s;
}

static inline bool holds(kh_str s, const char *part)
{
    return kh_str_find(s, kh_str_z(part)) < s.len;
}

static inline size_t times(kh_str s, const char *part)
{
    size_t count = 0;
    for (size_t at = kh_str_find(s, kh_str_z(part)); at < s.len; at = kh_str_find(s, kh_str_z(part))) {
        s = kh_str_from(s, at + strlen(part));
        count++;
    }
    return count;
}

#endif
