/* test_request.c - targets, forms, languages and cookies of requests as browsers and strangers write them. */
#include "test.h"

#include "server/request.h"

static kh_str target_of(kh_arena *a, const char *target)
{
    kh_target t;
    const char *wrong = kh_target_read(a, kh_str_z(target), &t);
    return wrong ? kh_str_z(wrong) : t.path;
}

static void requests_at_their_edges(void **state)
{
    kh_arena *a = *state;
    static const char *const bad[] = {"", "x", "?q=1", "/%", "/%4", "/%4g", "/%g4", "/%0G", "/%0:", "/%0@", "/%0`", "/a%2fb", "/a%5Cb", "/a%7f", "/a%0a", "/%ff", "/./x", "/../x", "//x", "/x/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_kh_str(target_of(a, bad[i]), KH_STR("bad_path"));
    }
    assert_kh_str(target_of(a, "/"), KH_STR("/"));
    assert_kh_str(target_of(a, "/a%20%c3%A9+b"), KH_STR("/a \xC3\xA9+b")); /* a plus is a plus in a path */
    assert_kh_str(target_of(a, "/x?a=%"), KH_STR("bad_query"));
    assert_kh_str(target_of(a, "/x?%zz=1"), KH_STR("bad_query"));
    assert_kh_str(target_of(a, "/x?&&a&=b&c=d=e"), KH_STR("/x"));
    kh_query_fields fields = {0};
    assert_kh_str(kh_query_value(&fields, "a"), (kh_str){0});
    assert_null(kh_form_fields_read(a, KH_STR("a=1+2&a=%2B&b"), &fields));
    assert_kh_str(kh_query_value(&fields, "a"), KH_STR("1 2")); /* the first */
    assert_kh_str(kh_query_value(&fields, "b"), (kh_str){0});
    assert_kh_str(kh_query_value(&fields, "z"), (kh_str){0});
    unsigned all = 1U << KH_FORM_HTML | 1U << KH_FORM_JSON;
    assert_int_equal(kh_form_wanted(KH_STR("application/json;q=0.5, text/html;q=0.9"), all), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("application/json; Q=1.5; level=1, text/html; q=-1"), all), KH_FORM_JSON);
    assert_int_equal(kh_form_wanted(KH_STR("text/html;q=, application/json;q=0.2"), all), KH_FORM_HTML); /* no number: as if not said */
    assert_int_equal(kh_form_wanted(KH_STR("text/html;q=x, application/json;qs=0.2;q=0.3"), all), KH_FORM_HTML);
    assert_int_equal(kh_form_wanted(KH_STR("text/x, imag/*, application/json"), all), KH_FORM_JSON);
    assert_int_equal(kh_form_wanted(KH_STR("text/html"), 0), KH_FORM_ANY); /* there is nothing */
    assert_int_equal(kh_form_wanted(KH_STR("application/*, text/html;q=0.5"), all), KH_FORM_JSON);
    assert_int_equal(kh_form_wanted(KH_STR("image/*"), 1U << KH_FORM_JSON), KH_FORM_JSON); /* nothing fits: what there is */
    assert_int_equal(kh_form_wanted(KH_STR("application/jsonx, applicatio/x*"), all), KH_FORM_HTML);
    assert_kh_str(kh_ui_wanted(KH_STR("de, fa-IR;q=0.3, ar;q=0.9,")), KH_STR("ar"));
    assert_kh_str(kh_ui_wanted(KH_STR("zz")), KH_STR("en"));
    assert_kh_str(kh_cookie_of(KH_STR("a=1; ui = x; ui=fa;"), "ui"), KH_STR("fa"));
    assert_kh_str(kh_cookie_of(KH_STR("a=1; b"), "ui"), (kh_str){0});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(requests_at_their_edges),
    };
    return cmocka_run_group_tests_name("request", tests, NULL, NULL) != 0;
}
