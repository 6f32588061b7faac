/* fuzz_robots.c - any bytes as robots.txt, and the first line of them as a path, as the fields of an answer. */
#include "extract.h"
#include "watch/watch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static kh_arena arena;
    kh_str bytes = {(const char *)data, size};
    kh_str rest = bytes;
    kh_str line = {0};
    kh_str other = {0};
    arena = arena.begin ? arena : kh_arena_reserve((size_t)64 << 20, NULL);
    must(arena.begin != NULL);
    kh_arena_clear(&arena);
    kh_arena room = arena;
    kh_arena scratch = kh_arena_split(&room);
    kh_str_cut(&rest, '\n', &line);
    kh_str_cut(&rest, '\n', &other);
    kh_robots robots = kh_robots_read(&room, kh_str_head(bytes, 1 << 20), KH_STR("khabar"));
    must(robots.rules.count <= KH_ROBOTS_RULES_MAX && robots.delay >= KH_NOT_SAID);
    kh_robots_allow(scratch, &robots, kh_str_head(line, KH_PATH_BYTES_MAX));
    must(kh_robots_allow(scratch, &robots, KH_STR("/robots.txt")));
    must(kh_fresh_for(line, other, line, other) >= KH_NOT_SAID);
    must(kh_retry_after(line, (int64_t)size) >= KH_NOT_SAID);
    return 0;
}
