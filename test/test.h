/* test.h - what every test program includes: cmocka, a fresh arena for each test, slices compared with
 * both sides shown, and text cases that a speaker of a language adds without writing C.
 *
 *     static void digits_of_two_scripts(void **state)
 *     {
 *         kh_numbers n = kh_numbers_find(*state, KH_STR("1 2 \u0663"));
 *         assert_int_equal(n.count, 3);
 *         assert_kh_str(n.items[2].text, KH_STR("\u0663"));
 *     }
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {KH_TEST(digits_of_two_scripts)};
 *         int failed = cmocka_run_group_tests_name("digits", tests, NULL, NULL);
 *         failed += kh_run_cases("test/cases/digits.txt", values_of);
 *         return failed != 0;
 *     }
 *
 * Everywhere the actual value stands first, the expected one second. Tests are static, so that one
 * left out of the array is an error of the compiler.
 */
#ifndef KHABAR_TEST_H
#define KHABAR_TEST_H

#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A test whose *state is an empty kh_arena, gone afterwards. */
#define KH_TEST(fn) cmocka_unit_test_setup_teardown(fn, kh_test_begin, kh_test_end)
int kh_test_begin(void **state);
int kh_test_end(void **state);

/* An arena for temporaries, to be passed by copy. Each call empties it. */
kh_arena kh_test_scratch(void);

/* Both slices hold the same bytes. Shown with invisible characters as escapes where they do not. */
#define assert_kh_str(actual, expected) kh_assert_str((actual), (expected), __FILE__, __LINE__)
void kh_assert_str(kh_str actual, kh_str expected, const char *file, int line);

/* How many times as long as a plain build this one may take: what counts seconds multiplies its bound by it (test/CMakeLists.txt). */
double kh_test_patience(void);

/* The bytes of a file; PATH is below the folder of the sources. A file that is not there or cannot be
 * read fails the test. */
kh_str kh_test_file(kh_arena *a, const char *path);

/* Makes an empty file of its own and completes PATH, which ends in XXXXXX, to its name; the test unlinks it. */
void kh_test_path(char *path);

/* What a file of cases checks: gives the result for INPUT in the form in which the cases write it,
 * one line or several with '\n' between. A may hold the result and all temporaries. */
typedef kh_str (*kh_case_fn)(kh_arena *a, kh_str input);

/* Runs the cases of a file. Groups of lines are separated by empty lines; lines that begin with '#'
 * are comments. The first line of a group is the input, the others are the expected result; a group
 * of one line expects an empty one. In both \uXXXX, \n, \t and \\ are escapes, and "\#" is a '#' at
 * the start of a line.
 *
 *     # numerals in Persian digits
 *     ۱۶۴ کشته، ۲۰ زخمی
 *     164 20
 *
 * Each group is a test of its own, named file:line. Gives the number that failed; a file without any
 * group or an unreadable one counts as one. */
int kh_run_cases(const char *path, kh_case_fn run);

#endif
