/* test_diff.c - what was changed between two states of a text. */
#include "test.h"
#include "text/diff.h"

#include <string.h>

/* "12>21 |> at least" of two texts. */
static kh_str changes_of(kh_arena *a, kh_str before, kh_str after)
{
    kh_edits changes = kh_diff(a, kh_test_scratch(), before, after);
    kh_buf b = {.arena = a};
    uint32_t last_before = 0;
    uint32_t last_after = 0;
    KH_EACH(const kh_edit, c, changes) {
        assert_true(c->removed.begin >= last_before && c->removed.begin <= c->removed.end && c->removed.end <= before.len);
        assert_true(c->added.begin >= last_after && c->added.begin <= c->added.end && c->added.end <= after.len);
        assert_true(c->removed.begin < c->removed.end || c->added.begin < c->added.end);
        last_before = c->removed.end;
        last_after = c->added.end;
        kh_buf_printf(&b, "%s" KH_FMT ">" KH_FMT, b.len ? "|" : "", KH_ARG(kh_slice(before, c->removed)), KH_ARG(kh_slice(after, c->added)));
    }
    return kh_buf_str(&b);
}

#define CHANGES(before, after) changes_of(*state, KH_STR(before), KH_STR(after))

static void words_are_told(void **state)
{
    assert_kh_str(CHANGES("Police said 12 people died.", "Police said 21 people died."), KH_STR("12>21"));
    assert_kh_str(CHANGES("Police said people died.", "Police said 21 people died."), KH_STR(">21"));
    assert_kh_str(CHANGES("Police said at least 21 people died.", "Police said 21 people died."), KH_STR("at least>"));
    assert_kh_str(CHANGES("a b c d e", "a x c y z e"), KH_STR("b>x|d>y z"));
    assert_kh_str(CHANGES("\xd9\x82\xd8\xa7\xd9\x84 12 \xd9\x82\xd8\xaa\xd9\x84\xd9\x88\xd8\xa7", "\xd9\x82\xd8\xa7\xd9\x84 21 \xd9\x82\xd8\xaa\xd9\x84\xd9\x88\xd8\xa7"),
                  KH_STR("12>21"));
}

static void paragraphs_are_told(void **state)
{
    assert_kh_str(CHANGES("One line.\nAnother.\n", "One line.\nA new one.\nAnother.\n"), KH_STR(">A new one."));
    assert_kh_str(CHANGES("One line.\nIts old end.\nAnother 3 men.", "One line.\nAnother 4 men."), KH_STR("Its old end.>|3>4"));
    assert_kh_str(CHANGES("Same.\nDied: 3.\nSame too.\nHurt: 5.", "Same.\nDied: 4.\nSame too.\nHurt: 6."), KH_STR("3.>4.|5.>6."));
}

static void what_is_no_change(void **state)
{
    assert_kh_str(CHANGES("", ""), KH_STR(""));
    assert_kh_str(CHANGES("a  b\n\n c\r\n", "a b\n c"), KH_STR(""));
    assert_kh_str(CHANGES("a b", "a b"), KH_STR(""));
}

static void ends_and_nothing(void **state)
{
    assert_kh_str(CHANGES("", "all new\nhere"), KH_STR(">all new\nhere"));
    assert_kh_str(CHANGES("all gone", ""), KH_STR("all gone>"));
    assert_kh_str(CHANGES("a b", "b"), KH_STR("a>"));
    assert_kh_str(CHANGES("a b", "a"), KH_STR("b>"));
    assert_kh_str(CHANGES("a", "a\nb"), KH_STR(">b"));
}

/* Replacing what was removed by what was added gives the new text, whatever the two are. */
static void changes_lead_from_one_to_the_other(void **state)
{
    static const char *const words[] = {"a", "b", "c", "d", "\n"};
    uint64_t chance = 42;
    for (int turn = 0; turn < 400; turn++) {
        kh_arena *a = *state;
        kh_str text[2];
        for (int side = 0; side < 2; side++) {
            kh_buf b = {.arena = a};
            chance = kh_hash_mix(chance, 3);
            for (size_t n = chance % 40; n-- > 0;) {
                chance = kh_hash_mix(chance, 5);
                kh_buf_printf(&b, "%s ", words[chance % 5]);
            }
            text[side] = kh_buf_str(&b);
        }
        kh_edits changes = kh_diff(a, kh_test_scratch(), text[0], text[1]);
        kh_buf made = {.arena = a};
        uint32_t at = 0;
        KH_EACH(const kh_edit, c, changes) {
            kh_buf_add(&made, kh_slice(text[0], (kh_span){at, c->removed.begin}));
            kh_buf_printf(&made, " " KH_FMT " ", KH_ARG(kh_slice(text[1], c->added)));
            at = c->removed.end;
        }
        kh_buf_add(&made, kh_slice(text[0], (kh_span){at, (uint32_t)text[0].len}));
        kh_str rest = kh_buf_str(&made);
        kh_str want = text[1];
        for (;;) { /* the same words in the same order */
            rest = kh_str_trim(rest);
            want = kh_str_trim(want);
            size_t n = 0;
            while (n < want.len && !strchr(" \n", want.ptr[n])) {
                n++;
            }
            assert_kh_str(kh_str_head(rest, n), kh_str_head(want, n));
            if (!want.len) {
                assert_int_equal(rest.len, 0);
                break;
            }
            rest = kh_str_from(rest, n);
            want = kh_str_from(want, n);
        }
    }
}

static void what_is_too_long_is_replaced(void **state)
{
    kh_buf b[2] = {{.arena = *state}, {.arena = *state}};
    for (int i = 0; i < 9000; i++) {
        kh_buf_printf(&b[0], "x%d ", i);
        kh_buf_printf(&b[1], "y%d ", i);
    }
    kh_edits changes = kh_diff(*state, kh_test_scratch(), kh_buf_str(&b[0]), kh_buf_str(&b[1]));
    assert_int_equal(changes.count, 1);
    assert_int_equal(changes.items[0].removed.end, kh_str_trim(kh_buf_str(&b[0])).len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(words_are_told),        KH_TEST(paragraphs_are_told), KH_TEST(what_is_no_change),
        KH_TEST(ends_and_nothing),      KH_TEST(changes_lead_from_one_to_the_other),
        KH_TEST(what_is_too_long_is_replaced),
    };
    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
