/* test_durable.c - of two runs that make the same file at once, one makes it whole and the other says so. */
#include "test.h"

#include "store/durable.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[64], path[128];
static kh_store *store;

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/khabar-durable-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.db", folder);
    store = kh_store_open("", KH_STORE_MEMORY, NULL);
    assert_non_null(store);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(path);
    kh_store_close(store);
    return rmdir(folder); /* nothing else is left in it */
}

static void write_line(const kh_making *making, const char *line)
{
    FILE *f = fopen(making->path, "w");
    assert_non_null(f);
    fputs(line, f);
    assert_int_equal(fclose(f), 0);
}

static void holds_line(const char *line)
{
    char got[32] = "";
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(got, sizeof got, f));
    fclose(f);
    assert_string_equal(got, line);
}

static void the_earlier_run_gives_up(void **state)
{
    (void)state;
    kh_making first, second;
    kh_error err = {0};
    assert_int_equal(kh_durable_begin(store, path, &first, &err), KH_OK);
    write_line(&first, "first");
    assert_int_equal(kh_durable_begin(store, path, &second, &err), KH_OK);
    write_line(&second, "half of the sec");
    assert_int_equal(kh_durable_finish(&first, path, 0600, &err), KH_ERR_CREATE);
    assert_string_equal(err.reason, "two_runs");
    assert_int_not_equal(access(path, F_OK), 0);
    kh_durable_abandon(&first);
    write_line(&second, "second");
    assert_int_equal(kh_durable_finish(&second, path, 0600, &err), KH_OK);
    kh_durable_abandon(&second); /* it has its name: nothing to abandon */
    holds_line("second");
}

static void what_a_killed_run_left_is_taken_away(void **state)
{
    (void)state;
    kh_making killed, next;
    kh_error err = {0};
    assert_int_equal(kh_durable_begin(store, path, &killed, &err), KH_OK);
    write_line(&killed, "killed");
    assert_int_equal(kh_durable_begin(store, path, &next, &err), KH_OK);
    write_line(&next, "next");
    assert_int_equal(kh_durable_finish(&next, path, 0600, &err), KH_OK);
    kh_durable_abandon(&killed);
    holds_line("next");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_earlier_run_gives_up, begin, end),
        cmocka_unit_test_setup_teardown(what_a_killed_run_left_is_taken_away, begin, end),
    };
    return cmocka_run_group_tests_name("durable", tests, NULL, NULL);
}
