/* test_feed.c - feeds, sitemaps and lists of feeds, with the mistakes that they are written with. */
#include "test.h"

#include "input/feed.h"
#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static kh_feed feed_of(kh_arena *a, kh_str bytes)
{
    kh_feed feed;
    kh_error err = {0};
    kh_status status = kh_feed_read(a, bytes, &feed, &err);
    if (status != KH_OK) {
        print_error("# %s\n", err.msg);
    }
    assert_int_equal(status, KH_OK);
    return feed;
}

static void assert_time(kh_arena *a, kh_time time, const char *expected)
{
    assert_kh_str(kh_time_text(a, time), kh_str_z(expected));
}

static const char rss[] =
    "\n<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel>"
    "<title>أخبار &amp; آراء</title><link>https://akhbar.example/</link><language>ar</language>"
    "<item><media:title>a picture</media:title><title><![CDATA[انهيار سد & فيضان]]></title><link>https://akhbar.example/1</link>"
    "<guid isPermaLink=\"false\">n1</guid><pubDate>Thu, 06 Jan 2022 10:00:00 +0300</pubDate><dc:creator>ليلى سالم</dc:creator>"
    "<description>ملخص</description>"
    "<content:encoded><![CDATA[<p>قال الوزير&nbsp;إن السد <b>آمن</b>.</p><script>x()</script><p>وأضاف: 5 &lt; 7<br/>انتهى</p>]]></content:encoded></item>"
    "<item><title>Bare & ampersand &nbsp; here</title><guid>https://akhbar.example/2</guid>"
    "<description>&lt;p&gt;Three people were hurt.&lt;/p&gt;</description><pubDate>yesterday</pubDate></item>"
    "<item><title>Only a title</title><link>https://akhbar.example/3</link></item>"
    "</channel></rss>";

static void rss_is_read(void **state)
{
    kh_feed feed = feed_of(*state, kh_str_z(rss));
    assert_int_equal(feed.kind, KH_FEED_RSS);
    assert_kh_str(feed.title, KH_STR("أخبار & آراء"));
    assert_kh_str(feed.url, KH_STR("https://akhbar.example/"));
    assert_kh_str(feed.lang, KH_STR("ar"));
    assert_int_equal(feed.items.count, 3);
    const kh_feed_item *first = &feed.items.items[0];
    assert_kh_str(first->title, KH_STR("انهيار سد & فيضان"));
    assert_kh_str(first->url, KH_STR("https://akhbar.example/1"));
    assert_kh_str(first->id, KH_STR("n1"));
    assert_kh_str(first->byline, KH_STR("ليلى سالم"));
    assert_kh_str(first->outlet, KH_STR("أخبار & آراء"));
    assert_kh_str(first->text, KH_STR("قال الوزير إن السد آمن.\nوأضاف: 5 < 7\nانتهى"));
    assert_time(*state, first->published, "2022-01-06T10:00:00+03:00");
    const kh_feed_item *second = &feed.items.items[1];
    assert_kh_str(second->url, KH_STR("https://akhbar.example/2"));
    assert_kh_str(second->text, KH_STR("Three people were hurt."));
    assert_true(kh_str_starts(second->title, KH_STR("Bare ")));
    assert_false(kh_time_known(second->published));
    assert_int_equal(feed.items.items[2].text.len, 0);
}

static void a_feed_in_another_charset(void **state)
{
    kh_feed feed = feed_of(*state, KH_STR("<?xml version=\"1.0\" encoding=\"windows-1256\"?><rss><channel><title>\xCE\xC8\xD1</title>"
                                          "<item><description>\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1</description></item></channel></rss>"));
    assert_kh_str(feed.title, KH_STR("خبر"));
    assert_kh_str(feed.items.items[0].text, KH_STR("قال الوزير"));
}

static void rss_1_has_its_items_beside_the_channel(void **state)
{
    kh_feed feed = feed_of(*state, KH_STR("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" "
                                          "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title></channel>"
                                          "<item><title>A</title><link>http://n.example/a</link><dc:date>2022-01-06T10:00:00Z</dc:date>"
                                          "<description>Words.</description></item></rdf:RDF>"));
    assert_int_equal(feed.items.count, 1);
    assert_kh_str(feed.items.items[0].outlet, KH_STR("T"));
    assert_time(*state, feed.items.items[0].published, "2022-01-06T10:00:00Z");
}

static void atom_is_read(void **state)
{
    kh_feed feed = feed_of(
        *state, KH_STR("<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fa\"><title type=\"html\">اخبار &amp;amp; گزارش</title>"
                       "<link rel=\"self\" href=\"http://n.example/atom\"/><link href=\"http://n.example/\"/>"
                       "<entry><title>سد شکست</title><link rel=\"enclosure\" href=\"http://n.example/a.mp3\"/>"
                       "<link rel=\"alternate\" href=\"http://n.example/1\"/><id>tag:1</id><updated>2022-01-06T10:00:00+03:30</updated>"
                       "<author><name>مریم</name><email>m@n.example</email></author><summary>خلاصه</summary>"
                       "<content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>یک</p><p>دو &amp; سه</p></div></content>"
                       "<source><title>آژانس</title></source></entry></feed>"));
    assert_int_equal(feed.kind, KH_FEED_ATOM);
    assert_kh_str(feed.title, KH_STR("اخبار & گزارش"));
    assert_kh_str(feed.url, KH_STR("http://n.example/"));
    assert_kh_str(feed.lang, KH_STR("fa"));
    const kh_feed_item *item = &feed.items.items[0];
    assert_kh_str(item->url, KH_STR("http://n.example/1"));
    assert_kh_str(item->byline, KH_STR("مریم"));
    assert_kh_str(item->outlet, KH_STR("آژانس"));
    assert_kh_str(item->text, KH_STR("یک\nدو & سه"));
    assert_time(*state, item->published, "2022-01-06T10:00:00+03:30");
}

static void json_feed_is_read(void **state)
{
    kh_feed feed = feed_of(*state, KH_STR("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"N\",\"home_page_url\":\"http://n.example/\","
                                          "\"items\":[{\"id\":\"1\",\"url\":\"http://n.example/1\",\"title\":\"T\",\"content_html\":\"<p>A</p><p>B</p>\","
                                          "\"date_published\":\"2022-01-06T10:00:00Z\",\"authors\":[{\"name\":\"X\"},{\"name\":\"Y\"}]},"
                                          "{\"id\":\"2\",\"content_text\":\"C\"},{\"id\":\"3\",\"summary\":\"D\"}, 7]}"));
    assert_int_equal(feed.kind, KH_FEED_JSON);
    assert_int_equal(feed.items.count, 4);
    assert_kh_str(feed.items.items[0].text, KH_STR("A\nB"));
    assert_kh_str(feed.items.items[0].byline, KH_STR("X, Y"));
    assert_kh_str(feed.items.items[0].outlet, KH_STR("N"));
    assert_kh_str(feed.items.items[1].text, KH_STR("C"));
    assert_kh_str(feed.items.items[2].text, KH_STR("D"));
    assert_int_equal(feed.items.items[3].text.len, 0);
}

static void a_news_sitemap_is_read(void **state)
{
    kh_feed feed = feed_of(*state, KH_STR("<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
                                          "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>http://n.example/1?a=1&amp;b=2</loc>"
                                          "<news:news><news:publication><news:name>N</news:name><news:language>ru</news:language></news:publication>"
                                          "<news:publication_date>2022-01-06</news:publication_date><news:title>T</news:title></news:news></url>"
                                          "<url><loc>http://n.example/2</loc><lastmod>2022-01-07</lastmod></url></urlset>"));
    assert_int_equal(feed.kind, KH_FEED_SITEMAP);
    assert_int_equal(feed.items.count, 2);
    assert_kh_str(feed.items.items[0].url, KH_STR("http://n.example/1?a=1&b=2"));
    assert_kh_str(feed.items.items[0].outlet, KH_STR("N"));
    assert_kh_str(feed.items.items[0].lang, KH_STR("ru"));
    assert_time(*state, feed.items.items[0].published, "2022-01-06");
    assert_time(*state, feed.items.items[1].updated, "2022-01-07");
    feed = feed_of(*state, KH_STR("<sitemapindex><sitemap><loc>http://n.example/s.xml</loc></sitemap></sitemapindex>"));
    assert_int_equal(feed.kind, KH_FEED_SITEMAP_INDEX);
    assert_kh_str(feed.items.items[0].url, KH_STR("http://n.example/s.xml"));
}

static void what_is_no_feed_is_refused(void **state)
{
    static const char *const none[] = {"", "words", "<html><p>x", "{\"items\":7}", "[]", "<opml/>",
                                       "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><rss><channel><title>&b;</title></channel></rss>"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        kh_feed feed;
        kh_error err = {0};
        assert_int_equal(kh_feed_read(*state, kh_str_z(none[i]), &feed, &err), KH_ERR_INPUT);
        assert_string_equal(err.reason, "bad_feed");
        assert_int_equal(feed.items.count, 0);
    }
    char *big = calloc(1, (size_t)KH_FEED_BYTES_MAX + 1);
    kh_feed feed;
    assert_int_equal(kh_feed_read(*state, (kh_str){big, (size_t)KH_FEED_BYTES_MAX + 1}, &feed, NULL), KH_ERR_LIMIT);
    free(big);
}

static void a_cut_feed_gives_what_there_is(void **state)
{
    for (size_t cut = 300; cut < sizeof rss; cut += 10) {
        kh_feed feed;
        kh_feed_read(*state, kh_str_head(kh_str_z(rss), cut), &feed, NULL);
        if (cut > 900) {
            assert_true(feed.items.count > 0);
            assert_kh_str(feed.items.items[0].url, KH_STR("https://akhbar.example/1"));
        }
    }
}

static void dates_are_read(void **state)
{
    static const char *const cases[][2] = {{"Thu, 06 Jan 2022 10:00:00 GMT", "2022-01-06T10:00:00Z"},
                                           {"6 January 2022 10:00 +0330", "2022-01-06T10:00+03:30"},
                                           {"Thu 06 Jan 22 10:00:00 EST", "2022-01-06T10:00:00-05:00"},
                                           {"Jan 6, 2022", "2022-01-06"},
                                           {"2022-01-06 10:00:00", "2022-01-06T10:00:00"},
                                           {"Thu, 06 Jan 2022 10:00:00 Almaty", "2022-01-06T10:00:00"},
                                           {"Sat, 31 Feb 2022 10:00:00 GMT", ""},
                                           {"yesterday", ""},
                                           {"", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_time time = {0};
        bool read = kh_feed_date(kh_str_z(cases[i][0]), &time);
        assert_int_equal(read, cases[i][1][0] != 0);
        assert_time(*state, read ? time : (kh_time){0}, cases[i][1]);
    }
}

static void html_becomes_lines(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(kh_feed_text(a, KH_STR("  a\n b<br>c<a href=\"x>y\">d</a><!-- <p> -->e</p><p></p>f ")), KH_STR("a b\ncde\nf"));
    assert_kh_str(kh_feed_text(a, KH_STR("1 < 2 & 3 &amp; 4 &#1582;&#x628; &unknown; &#0; &#xD800;")),
                  KH_STR("1 < 2 & 3 & 4 خب &unknown; &#0; &#xD800;"));
    assert_kh_str(kh_feed_text(a, KH_STR("a<style>p{}</style>b<script>if (a</b) {}</script>c<style>never ends")), KH_STR("abc"));
    assert_kh_str(kh_feed_text(a, KH_STR("")), KH_STR(""));
}

static void opml_goes_out_and_comes_in(void **state)
{
    kh_arena *a = *state;
    kh_outlines list = {0};
    assert_int_equal(kh_opml_read(a,
                                  KH_STR("<?xml version=\"1.0\"?><opml version=\"1.0\"><head/><body><outline text=\"عربي\">"
                                         "<outline title=\"A &amp; B\" xmlurl=\"http://n.example/rss?a=1&amp;b=2\" htmlUrl=\"http://n.example/\" language=\"ar\"/>"
                                         "<outline text=\"deep\"><outline text=\"C\" xmlUrl=\"http://c.example/\"/></outline></outline>"
                                         "<outline text=\"no feed\"/><outline text=\"D\" xmlUrl=\"http://d.example/\"/></body></opml>"),
                                  &list, NULL),
                     KH_OK);
    assert_int_equal(list.count, 3);
    assert_kh_str(list.items[0].title, KH_STR("A & B"));
    assert_kh_str(list.items[0].feed, KH_STR("http://n.example/rss?a=1&b=2"));
    assert_kh_str(list.items[0].folder, KH_STR("عربي"));
    assert_kh_str(list.items[1].folder, KH_STR("عربي/deep"));
    assert_kh_str(list.items[2].folder, KH_STR(""));
    kh_buf out = {.arena = a};
    kh_opml_write(&out, KH_STR("Feeds <1>"), &list);
    kh_outlines again = {0};
    assert_int_equal(kh_opml_read(a, kh_buf_str(&out), &again, NULL), KH_OK);
    assert_int_equal(again.count, list.count);
    for (size_t i = 0; i < list.count; i++) {
        assert_kh_str(again.items[i].title, list.items[i].title);
        assert_kh_str(again.items[i].feed, list.items[i].feed);
        assert_kh_str(again.items[i].site, list.items[i].site);
        assert_kh_str(again.items[i].lang, list.items[i].lang);
        assert_kh_str(again.items[i].folder, list.items[i].folder);
    }
    assert_int_equal(kh_opml_read(a, KH_STR("<rss/>"), &again, NULL), KH_ERR_INPUT);
}

/* ---- as input ---- */

static void on_skip(void *context, const kh_skip *skip)
{
    kh_buf_printf(context, "~%s ", skip->reason);
}

static void entries_are_pages(void **state)
{
    kh_arena *a = *state;
    char path[] = "/tmp/khabar-feed-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, rss + 1, sizeof rss - 2), sizeof rss - 2);
    close(fd);
    const char *const paths[] = {path};
    kh_input *in = kh_input_open(paths, 1, NULL);
    kh_buf said = {.arena = a};
    kh_input_filter none = {0};
    kh_input_choose(in, &none, (kh_skip_to){on_skip, &said});
    kh_arena room = kh_arena_reserve((size_t)1 << 28, NULL);
    bool done = false;
    for (size_t i = 0; !done && i < 10; i++) {
        kh_page page;
        kh_arena_clear(&room);
        assert_int_equal(kh_input_next(in, &room, &page, &done, NULL), KH_OK);
        if (!done) {
            assert_int_equal(page.kind, KH_PAGE_TEXT);
            assert_true(kh_utf8_valid(page.text));
            kh_buf_printf(&said, KH_FMT " " KH_FMT " ", KH_ARG(page.url), KH_ARG(page.outlet));
        }
    }
    assert_true(done);
    kh_input_close(in);
    kh_arena_release(&room);
    unlink(path);
    assert_kh_str(kh_str_trim(kh_buf_str(&said)),
                  KH_STR("https://akhbar.example/1 أخبار & آراء https://akhbar.example/2 أخبار & آراء ~no_text"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(rss_is_read),
        KH_TEST(a_feed_in_another_charset),
        KH_TEST(rss_1_has_its_items_beside_the_channel),
        KH_TEST(atom_is_read),
        KH_TEST(json_feed_is_read),
        KH_TEST(a_news_sitemap_is_read),
        KH_TEST(what_is_no_feed_is_refused),
        KH_TEST(a_cut_feed_gives_what_there_is),
        KH_TEST(dates_are_read),
        KH_TEST(html_becomes_lines),
        KH_TEST(opml_goes_out_and_comes_in),
        KH_TEST(entries_are_pages),
    };
    return cmocka_run_group_tests_name("feed", tests, NULL, NULL) != 0;
}
