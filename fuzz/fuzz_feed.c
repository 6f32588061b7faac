/* fuzz_feed.c - any bytes as a feed, as a list of feeds (which must come back as it was written), as a date. */
#include "extract.h"
#include "input/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void list_of_feeds(kh_arena *a, kh_str bytes)
{
    kh_outlines list;
    kh_outlines again;
    kh_buf out = {.arena = a};
    if (kh_opml_read(a, bytes, &list, NULL) == KH_OK) {
        kh_opml_write(&out, KH_STR("fuzz"), &list);
        must(kh_opml_read(a, kh_buf_str(&out), &again, NULL) == KH_OK);
        must(again.count == list.count);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kh_arena arena;
    static jmp_buf full;
    kh_str bytes = {(const char *)data, size};
    arena = arena.begin ? arena : kh_arena_reserve((size_t)32 << 20, &full);
    must(arena.begin != NULL);
    kh_arena_clear(&arena);
    if (setjmp(full)) {
        return 0;
    }
    kh_feed feed;
    if (kh_feed_read(&arena, bytes, &feed, NULL) == KH_OK) {
        must(feed.items.count <= KH_FEED_ITEMS_MAX);
        KH_EACH(const kh_feed_item, item, feed.items) {
            must(kh_utf8_valid(item->text) && kh_utf8_valid(item->title) && kh_utf8_valid(item->url));
        }
    }
    list_of_feeds(&arena, bytes);
    kh_time time;
    if (kh_feed_date(kh_str_head(bytes, 60), &time)) {
        must(kh_time_known(time));
    }
    return 0;
}
