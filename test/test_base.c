/* test_base.c - slices, arenas, lists, maps, UTF-8: the ground that everything stands on. */
#include "test.h"

#include <string.h>

static void slices_stay_inside(void **state)
{
    (void)state;
    kh_str s = KH_STR("abc");
    assert_kh_str(kh_slice(s, (kh_span){1, 3}), KH_STR("bc"));
    assert_kh_str(kh_slice(s, (kh_span){1, 4}), KH_STR(""));
    assert_kh_str(kh_slice(s, (kh_span){2, 1}), KH_STR(""));
    assert_kh_str(kh_str_from(s, 9), KH_STR(""));
    assert_kh_str(kh_str_trim(KH_STR(" \t\u00a0x y\u00a0\n")), KH_STR("x y"));
    assert_int_equal(kh_str_find(s, KH_STR("c")), 2);
    assert_int_equal(kh_str_find(s, KH_STR("d")), 3);
    assert_true(kh_str_cmp(KH_STR("ab"), s) < 0 && kh_str_cmp(s, KH_STR("abb")) > 0);
}

/* Short signs are looked for by their first byte, longer ones are not. */
static void a_sign_is_found_where_it_stands_first(void **state)
{
    (void)state;
    kh_str s = KH_STR("aaab aaabaaab\0xyz");
    for (size_t len = 1; len <= s.len; len++) {
        for (size_t from = 0; from + len <= s.len; from++) {
            kh_str needle = {s.ptr + from, len};
            size_t first = 0;
            while (!kh_str_starts(kh_str_from(s, first), needle)) {
                first++;
            }
            assert_int_equal(kh_str_find(s, needle), first);
            assert_int_equal(kh_str_find(kh_str_head(s, first + len - 1), needle), first + len - 1);
        }
    }
    assert_int_equal(kh_str_find(s, KH_STR("")), 0);
    assert_int_equal(kh_str_find((kh_str){0}, KH_STR("a")), 0);
}

static void cutting_gives_every_piece(void **state)
{
    (void)state;
    kh_str rest = KH_STR("a,,b");
    kh_str piece;
    assert_true(kh_str_cut(&rest, ',', &piece) && kh_str_eq(piece, KH_STR("a")));
    assert_true(kh_str_cut(&rest, ',', &piece) && piece.len == 0);
    assert_true(kh_str_cut(&rest, ',', &piece) && kh_str_eq(piece, KH_STR("b")));
    assert_false(kh_str_cut(&rest, ',', &piece));
}

static void numbers_are_whole_or_refused(void **state)
{
    (void)state;
    uint64_t n = 7;
    double d = 0;
    assert_true(kh_str_u64(KH_STR("7939"), &n) && n == 7939);
    assert_false(kh_str_u64(KH_STR("12a"), &n) || kh_str_u64(KH_STR(""), &n) || kh_str_u64(KH_STR("99999999999999999999"), &n));
    assert_int_equal(n, 7939);
    assert_true(kh_str_double(KH_STR("2.5"), &d) && d > 2.4 && d < 2.6);
    assert_false(kh_str_double(KH_STR("2.5x"), &d));
}

static void an_arena_gives_zeroed_aligned_room(void **state)
{
    kh_arena *a = *state;
    char *c = KH_NEW(a, char);
    double *d = KH_NEW_N(a, double, 3);
    assert_int_equal((uintptr_t)d % _Alignof(double), 0);
    assert_true(*c == 0 && d[2] == 0.0);
    memset(d, 1, 3 * sizeof *d);
    kh_arena_clear(a);
    assert_true(KH_NEW_N(a, double, 3)[0] == 0.0);
}

static void an_arena_that_runs_out_jumps(void **state)
{
    (void)state;
    jmp_buf full;
    kh_arena a = kh_arena_reserve(1 << 16, &full);
    volatile int jumped = 0;
    if (setjmp(full) == 0) {
        KH_NEW_N(&a, char, 1 << 20);
    } else {
        jumped = 1;
    }
    assert_int_equal(jumped, 1);
    if (setjmp(full) == 0) {
        kh_arena_push(&a, SIZE_MAX / 2, 8, 3); /* a product that would wrap */
    } else {
        jumped = 2;
    }
    assert_int_equal(jumped, 2);
    kh_arena_release(&a);
}

static void a_split_arena_has_two_sides(void **state)
{
    kh_arena lower = *(kh_arena *)*state;
    kh_arena upper = kh_arena_split(&lower);
    char *x = KH_NEW_N(&lower, char, 100);
    char *y = KH_NEW_N(&upper, char, 100);
    memset(x, 'x', 100);
    memset(y, 'y', 100);
    assert_true(x[99] == 'x' && y[0] == 'y' && x + 100 <= upper.begin);
}

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

/* Behind each piece, before it, far from it, in a half that was split off, and where all was cleared, AddressSanitizer stops whoever reads. */
static void what_is_not_taken_is_guarded(void **state)
{
    (void)state;
    kh_arena a = kh_arena_reserve((size_t)1 << 30, NULL), lower = a;
    kh_arena upper = kh_arena_split(&lower);
    char *x = KH_NEW_N(&lower, char, 10), *y = KH_NEW_N(&upper, char, 3 << 20);
    assert_false(__asan_address_is_poisoned(x + 9) || __asan_address_is_poisoned(y + (3 << 20) - 1));
    assert_true(__asan_address_is_poisoned(x + 10) && __asan_address_is_poisoned(x + 200000) && __asan_address_is_poisoned(y + (3 << 20)));
    assert_true(__asan_address_is_poisoned(y - 1));
    kh_arena_clear(&a);
    assert_true(__asan_address_is_poisoned(x) && __asan_address_is_poisoned(y) && __asan_address_is_poisoned(y + (2 << 20)));
    kh_arena_release(&a);
    assert_false(__asan_address_is_poisoned(x) || __asan_address_is_poisoned(y)); /* whoever gets these addresses next may use them */
}
#endif

static void a_list_keeps_its_items_while_it_grows(void **state)
{
    kh_u64s list = {0};
    for (uint64_t i = 0; i < 1000; i++) {
        *KH_ADD((kh_arena *)*state, &list) = i * i;
    }
    assert_int_equal(list.count, 1000);
    uint64_t i = 0;
    KH_EACH(uint64_t, v, list) {
        assert_int_equal(*v, i * i);
        i++;
    }
}

static void a_list_with_room_moves_when_it_is_full(void **state)
{
    kh_u64s list = {0};
    KH_RESERVE(*state, &list, 3);
    assert_int_equal(list.count, 0);
    const uint64_t *first = list.items;
    for (uint64_t i = 0; i < 9; i++) {
        *KH_ADD(*state, &list) = i;
        assert_int_equal(list.items == first, i < 3);
    }
    for (uint64_t i = 0; i < 9; i++) {
        assert_int_equal(list.items[i], i);
    }
    assert_int_equal(list.room, 12);
    KH_RESERVE(*state, &list, 0);
    *KH_ADD(*state, &list) = 5;
    assert_int_equal(list.items[0], 5);
}

static void a_map_finds_what_was_put(void **state)
{
    kh_map m = {0};
    assert_null(kh_map_get(&m, 5));
    for (uint64_t i = 0; i < 500; i++) {
        bool fresh = false;
        *kh_map_put(*state, &m, i * 7, &fresh) = (uint32_t)i;
        assert_true(fresh || i == 0 || i * 7 == 1);
    }
    for (uint64_t i = 1; i < 500; i++) {
        assert_int_equal(*kh_map_get(&m, i * 7), i);
    }
    assert_null(kh_map_get(&m, 8));
}

static void utf8_reads_every_length(void **state)
{
    (void)state;
    size_t n = 0;
    assert_int_equal(kh_utf8_at(KH_STR("a"), 0, &n), 'a');
    assert_int_equal(kh_utf8_at(KH_STR("\u062e"), 0, &n), 0x62E);
    assert_int_equal(n, 2);
    assert_int_equal(kh_utf8_at(KH_STR("\u20ac"), 0, &n), 0x20AC);
    assert_int_equal(kh_utf8_at(KH_STR("\U0001f30d"), 0, &n), 0x1F30D);
    assert_int_equal(n, 4);
    assert_int_equal(kh_utf8_before(KH_STR("x\u20ac"), 4, &n), 0x20AC);
    assert_int_equal(kh_utf8_count(KH_STR("\u062e\u0628\u0631!")), 4);
    static const struct {
        kh_str s;
        uint32_t cp;
        size_t len;
    } before[] = {{KH_STR("\xA9"), KH_REPLACEMENT, 1}, {KH_STR("x\x80\x80\x80\x80"), KH_REPLACEMENT, 1}, {KH_STR("\xE2\x82"), KH_REPLACEMENT, 1},
                  {KH_STR("\xC3\xA9\xA9"), KH_REPLACEMENT, 1}, {KH_STR("\xF0\x9F\x8C\x8D"), 0x1F30D, 4}, {KH_STR("x"), 'x', 1}, {{0}, KH_REPLACEMENT, 1}};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        assert_int_equal(kh_utf8_before(before[i].s, before[i].s.len, &n), before[i].cp);
        assert_int_equal(n, before[i].len);
    }
}

/* The ends of each length, and what lies beside them: RFC 3629. */
static void utf8_at_its_edges(void **state)
{
    (void)state;
    static const char *const good[] = {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"};
    static const char *const bad[] = {"\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80", "\xC3" "A",
                                      "\xE2\x82" "A", "\xE2" "A\x80", "\xF0\x9F\x8C" "A", "\xF0\x9F" "A\x80", "\xF0" "A\x80\x80"};
    size_t n = 0;
    char put[4];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        uint32_t cp = kh_utf8_at(kh_str_z(good[i]), 0, &n);
        assert_int_equal(n, strlen(good[i]));
        assert_kh_str(((kh_str){put, kh_utf8_put(put, cp)}), kh_str_z(good[i]));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(kh_utf8_at(kh_str_z(bad[i]), 0, &n), KH_REPLACEMENT);
        assert_int_equal(n, 1);
    }
    assert_kh_str(((kh_str){put, kh_utf8_put(put, 0x110000)}), KH_STR("\uFFFD"));
    assert_kh_str(((kh_str){put, kh_utf8_put(put, 0xDFFF)}), KH_STR("\uFFFD"));
    assert_true(kh_utf8_valid((kh_str){"a\0b", 3})); /* a NUL is a character */
    assert_false(kh_utf8_valid((kh_str){"a\0\xFF", 3}));
}

static void ill_formed_bytes_become_replacements(void **state)
{
    static const kh_str bad[] = {{"\xff", 1},         {"\xc0\x80", 2},     {"\xed\xa0\x80", 3}, {"\xf4\x90\x80\x80", 4},
                                 {"\xe2\x82", 2},     {"\x80", 1},         {"\xe0\x80\xaf", 3}, {"\xf8\x88\x80\x80\x80", 5}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        kh_str clean = kh_utf8_clean(*state, bad[i]);
        assert_false(kh_utf8_valid(bad[i]));
        assert_true(kh_utf8_valid(clean));
        assert_int_equal(kh_utf8_count(clean), bad[i].len);
    }
    assert_kh_str(kh_utf8_clean(*state, (kh_str){"a\0b", 3}), KH_STR("a b"));
    kh_str good = KH_STR("\u062e\u0628\u0631");
    assert_ptr_equal(kh_utf8_clean(*state, good).ptr, good.ptr);
}

static void failures_say_what_and_where(void **state)
{
    (void)state;
    kh_error err;
    assert_int_equal(kh_fail(&err, KH_ERR_INPUT, "not_text", "%s: is a picture", "x.png"), KH_ERR_INPUT);
    assert_string_equal(err.msg, "x.png: is a picture");
    assert_string_equal(err.reason, "not_text");
    assert_int_equal(kh_fail(NULL, KH_ERR_IO, "io", "nobody listens"), KH_ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(slices_stay_inside),
        KH_TEST(a_sign_is_found_where_it_stands_first),
        KH_TEST(cutting_gives_every_piece),
        KH_TEST(numbers_are_whole_or_refused),
        KH_TEST(an_arena_gives_zeroed_aligned_room),
        KH_TEST(an_arena_that_runs_out_jumps),
        KH_TEST(a_split_arena_has_two_sides),
#if defined(__SANITIZE_ADDRESS__)
        KH_TEST(what_is_not_taken_is_guarded),
#endif
        KH_TEST(a_list_keeps_its_items_while_it_grows),
        KH_TEST(a_list_with_room_moves_when_it_is_full),
        KH_TEST(a_map_finds_what_was_put),
        KH_TEST(utf8_reads_every_length),
        KH_TEST(utf8_at_its_edges),
        KH_TEST(ill_formed_bytes_become_replacements),
        KH_TEST(failures_say_what_and_where),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL) != 0;
}
