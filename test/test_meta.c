/* test_meta.c - what a page says of itself: headline, byline, outlet, section, tags, image, address,
 * language, links, each with its clues. */
#include "page_know.h"
#include "test.h"

#include "page/parts.h"

#include <string.h>

/* ---- helpers ---- */

static kh_article read_at(kh_arena *out, const char *url, const char *html)
{
    kh_page page = {
        .kind = KH_PAGE_HTML, .url = kh_str_z(url), .text = kh_str_z(html), .raw = kh_str_z(html)};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(out, page_scratch(), page_know(), &page, &art, &reason));
    const kh_field *fields[] = {&art.title, &art.byline, &art.outlet, &art.section};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!kh_span_empty(fields[i]->span)) {
            assert_kh_str(kh_slice(art.text, fields[i]->span), fields[i]->value);
        }
    }
    return art;
}

#define PROSE                                                                                      \
    "<p>The old bridge in the lower town fell early on Monday after three days of rain, and "      \
    "rescue teams searched the river, the mayor said.</p>"                                         \
    "<p>Nobody was on the bridge when it fell, the mayor said, and the road had been closed the "  \
    "evening before because the water was high.</p>"

static kh_str title_of(kh_arena *out, const char *url, const char *head, const char *body)
{
    kh_str html =
        kh_arena_printf(out, "<html><head>%s</head><body>%s" PROSE "</body></html>", head, body);
    return read_at(out, url, html.ptr).title.value;
}

static const kh_clue *clue_of(const kh_article *art, const char *field, const char *value)
{
    KH_EACH (const kh_clue, c, art->clues) {
        if (kh_str_eq(c->field, kh_str_z(field)) && kh_str_eq(c->value, kh_str_z(value))) {
            return c;
        }
    }
    return NULL;
}

/* ---- headline ---- */

static void the_heading_wins_where_nothing_speaks_against_it(void **state)
{
    kh_str t = title_of(*state, "", "<title>Bridge falls in old town | Valley Post</title>",
                        "<h1>Bridge  falls in\n old town</h1>");
    assert_kh_str(t, KH_STR("Bridge falls in old town"));
}

static void two_places_win_against_the_heading(void **state)
{
    kh_arena *a = *state;
    kh_article art = read_at(
        a, "",
        "<html><head><title>درنة: سقوط الجسر القديم | صوت الوادي</title>"
        "<meta property='og:title' content='درنة: سقوط الجسر القديم'>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"درنة: سقوط "
        "الجسر القديم\"}"
        "</script></head><body><h1>سقوط الجسر القديم</h1>" PROSE "</body></html>");
    assert_kh_str(art.title.value, KH_STR("درنة: سقوط الجسر القديم"));
    assert_true(kh_span_empty(art.title.span));
    assert_int_equal(art.lines.items[0].role, KH_ROLE_TITLE);
    assert_kh_str(kh_slice(art.text, art.lines.items[0].span), KH_STR("سقوط الجسر القديم"));
    const kh_clue *taken = clue_of(&art, "title", "درنة: سقوط الجسر القديم");
    const kh_clue *other = clue_of(&art, "title", "سقوط الجسر القديم");
    assert_true(taken && taken->taken && other && !other->taken && taken->score > other->score);
    assert_true(kh_str_find(taken->from, KH_STR("json-ld headline")) < taken->from.len);
    assert_true(kh_str_find(taken->from, KH_STR("meta[property=og:title]")) < taken->from.len);
}

static void the_address_decides_between_two(void **state)
{
    const char *head = "<meta property='og:title' content='Old bridge gone, town in shock'>";
    const char *body = "<h1>Bridge falls after days of rain</h1>";
    assert_kh_str(
        title_of(*state, "https://n.example/2024/old-bridge-gone-town-in-shock", head, body),
        KH_STR("Old bridge gone, town in shock"));
    assert_kh_str(
        title_of(*state, "https://n.example/2024/bridge-falls-after-days-of-rain", head, body),
        KH_STR("Bridge falls after days of rain"));
}

static void a_cut_title_supports_the_whole_one(void **state)
{
    kh_str t =
        title_of(*state, "",
                 "<meta property='og:title' content='Bridge falls in old town after...'>"
                 "<meta name='twitter:title' content='Bridge falls in old town after\xE2\x80\xA6'>",
                 "<h1>Bridge falls in old town after days of rain</h1>");
    assert_kh_str(t, KH_STR("Bridge falls in old town after days of rain"));
}

static void a_kicker_in_the_heading_is_left_out(void **state)
{
    kh_arena *a = *state;
    kh_article art =
        read_at(a, "",
                "<html><head><meta property='og:title' content='Bridge falls in old town'></head>"
                "<body><h1><span>Lower Valley</span> Bridge falls in old town</h1>" PROSE);
    assert_kh_str(art.title.value, KH_STR("Bridge falls in old town"));
    assert_kh_str(kh_slice(art.text, art.title.span), art.title.value);
    /* In one piece of text it is no kicker. */
    assert_kh_str(title_of(a, "", "<meta property='og:title' content='Bridge falls'>",
                           "<h1>Bridge falls again</h1>"),
                  KH_STR("Bridge falls again"));
}

static void of_several_h1_the_headline_is_taken(void **state)
{
    kh_str t = title_of(*state, "",
                        "<title>Valley Post - Region - Bridge falls in old town</title>"
                        "<meta property='og:site_name' content='Valley Post'>",
                        "<h1>Valley Post</h1><h1>Region</h1><h1>Bridge falls in old town</h1>");
    assert_kh_str(t, KH_STR("Bridge falls in old town"));
}

static void entities_and_quotes_do_not_part_votes(void **state)
{
    kh_arena *a = *state;
    kh_article art =
        read_at(a, "",
                "<html><head><meta property='og:title' content='Mayor: &quot;It&#39;s gone&quot;'>"
                "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
                "\"headline\":\"Mayor: &quot;It&#039;s gone&quot;\"}</script></head>"
                "<body><h1>Mayor: \xE2\x80\x9CIt\xE2\x80\x99s gone\xE2\x80\x9D</h1>" PROSE);
    assert_kh_str(art.title.value, KH_STR("Mayor: \xE2\x80\x9CIt\xE2\x80\x99s gone\xE2\x80\x9D"));
    assert_non_null(clue_of(&art, "title", art.title.value.ptr));
    assert_float_equal(clue_of(&art, "title", art.title.value.ptr)->score, 1, 0.001);
}

static void direction_marks_are_no_part_of_a_title(void **state)
{
    kh_str t = title_of(*state, "",
                        "<title>\xE2\x80\x8F\xD8\xB3\xD9\x82\xD9\x88\xD8\xB7 "
                        "\xE2\x80\xAB\xD8\xAC\xD8\xB3\xD8\xB1\xE2\x80\xAC</title>",
                        "");
    assert_kh_str(t, KH_STR("سقوط جسر"));
}

static void a_live_page_is_not_called_by_one_of_its_entries(void **state)
{
    kh_str t = title_of(
        *state, "https://n.example/live",
        "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Bridge "
        "collapse live\","
        "\"liveBlogUpdate\":[{\"@type\":\"BlogPosting\",\"headline\":\"Mayor speaks\","
        "\"datePublished\":\"2024-01-01\",\"url\":\"https://n.example/live\"}]}</script>",
        "");
    assert_kh_str(t, KH_STR("Bridge collapse live"));
}

static const char graph[] =
    "<html><head><link rel='canonical' href='https://n.example/a/bridge'>"
    "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":["
    "{\"@type\":\"NewsArticle\",\"@id\":\"https://n.example/b/flood\",\"url\":\"https://n.example/"
    "b/flood\","
    "\"headline\":\"Flood in the "
    "north\",\"datePublished\":\"2023-02-02\",\"author\":{\"name\":\"Ann Other\"}},"
    "{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":{\"@id\":\"https://n.example/a/bridge\"},"
    "\"headline\":\"Bridge falls in old "
    "town\",\"datePublished\":\"2024-01-01\",\"author\":[{\"@id\":\"#p1\"},"
    "{\"@type\":\"Organization\",\"name\":\"Pool "
    "Agency\"}],\"articleSection\":[\"Region\",\"Town\"],"
    "\"image\":{\"@type\":\"ImageObject\",\"url\":\"/img/"
    "1.jpg\"},\"keywords\":[\"rain\",\"bridge\"],"
    "\"publisher\":{\"@id\":\"#o\"}},"
    "{\"@type\":\"Person\",\"@id\":\"#p1\",\"name\":\"Mara Quill\"},"
    "{\"@type\":\"Organization\",\"@id\":\"#o\",\"name\":\"Valley "
    "Post\"}]}</script></head><body>" PROSE;

static void of_several_records_that_of_this_page_is_read(void **state)
{
    kh_arena *a = *state;
    kh_article art = read_at(a, "https://n.example/a/bridge?from=feed", graph);
    assert_kh_str(art.title.value, KH_STR("Bridge falls in old town"));
    assert_kh_str(art.byline.value, KH_STR("Mara Quill"));
    assert_kh_str(art.outlet.value, KH_STR("Valley Post"));
    assert_kh_str(art.section.value, KH_STR("Region"));
    assert_kh_str(art.image.value, KH_STR("https://n.example/img/1.jpg"));
    assert_kh_str(art.url, KH_STR("https://n.example/a/bridge"));
    assert_int_equal(art.tags.count, 2);
    assert_kh_str(art.tags.items[1], KH_STR("bridge"));
    KH_EACH (const kh_date, d, art.page_dates) {
        assert_kh_str(d->reason, KH_STR("2024-01-01"));
    }
    assert_non_null(clue_of(&art, "byline", "Pool Agency"));
    assert_false(clue_of(&art, "byline", "Pool Agency")->taken);
}

static void every_mark_of_titles_parts_the_outlet(void **state)
{
    static const char *const marks[] = {"|", "\uff5c", "\u3163", "\u00a6", "-", "\u2013", "\u2014", "\u00b7", "\u00bb", "\u00ab", "\u2039",
                                        "\u203a", ":", "/", "\u2022", ">", "<", "~", "_", "*"};
    kh_strs names = {0};
    *KH_ADD(*state, &names) = KH_STR("Valley Post");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        kh_str title = kh_arena_printf(*state, "Bridge falls %s Valley Post", marks[i]);
        assert_kh_str(kh_headline_alone(page_scratch(), &names, title, true), KH_STR("Bridge falls"));
        title = kh_arena_printf(*state, "Bridge falls%sValley Post", marks[i]);
        assert_kh_str(kh_headline_alone(page_scratch(), &names, title, true), i < 4 ? KH_STR("Bridge falls") : title); /* bars need no room */
    }
    kh_str other = KH_STR("Bridge falls, Valley Post");
    assert_kh_str(kh_headline_alone(page_scratch(), &names, other, true), other);
    assert_true(kh_headline_is_cut(KH_STR("Bridge falls...")) && kh_headline_is_cut(KH_STR("Bridge falls\u2026")));
    assert_true(kh_headline_is_cut(KH_STR("Bridge [...]")));
    assert_false(kh_headline_is_cut(KH_STR("Bridge falls")) || kh_headline_is_cut(KH_STR("Bridge falls [..]")));
}

/* Slugs write umlauts out, leave apostrophes and short words, and cut what is long. */
static void the_words_of_a_title_stand_in_the_address(void **state)
{
    static const struct {
        const char *title, *url;
        float least, most;
    } cases[] = {
        {"Die Br\u00fccke f\u00e4llt f\u00fcr immer", "https://n.example/2024/die-bruecke-faellt-fuer-immer", 1, 1},
        {"The mayor's bridge won\u2019t fall", "https://n.example/the-mayors-bridge-wont-fall?a=other-words-of-this", 1, 1},
        {"The mayor's bridge won\u2019t fall", "/news/the-mayors-bridge-wont-fall#the-end-of-it-all", 1, 1},
        {"Bridge falls, town in shock", "https://n.example/bridge-falls-a-town-waits", 0.5f, 0.9f},
        {"7 of 9", "https://n.example/old-bridge-falls", 0, 0},
        {"Bridge falls", "https://n.example/bridge-falls", 0, 0}, /* two words say too little */
        {"Old bridge xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxab",
         "https://n.example/old-bridge-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxcd", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        float agreement = kh_headline_in_url(page_scratch(), kh_str_z(cases[i].title), kh_str_z(cases[i].url));
        assert_true(agreement >= cases[i].least && agreement <= cases[i].most);
    }
}

#define LONG "The old bridge in the lower town of Berna fell early on Monday after three days of heavy rain and one night of"

static void headings_that_are_none_or_weak(void **state)
{
    static const struct {
        const char *head, *body, *title;
    } cases[] = {
        {"<meta property='og:title' content='Bridge falls in old town'>", "<h1>***</h1>", "Bridge falls in old town"},
        /* the site speaks of itself */
        {"<title>All that is new in the valley - Valley Post</title><meta property='og:title' content='Valley Post'>", "<h1>Valley Post</h1>", "Valley Post"},
        /* a second heading that agrees a little gives way to the first one */
        {"<meta property='og:title' content='Old bridge of Berna gone'>", "<h1>What the mayor knew</h1><h2>The bridge of Berna reopened</h2>", "What the mayor knew"},
        /* cut at a length without saying so, and a shorter headline of its own */
        {"<meta property='og:title' content='" LONG "'>", "<h1>" LONG " storms in the hills</h1>", LONG " storms in the hills"},
        {"<meta property='og:title' content='The old bridge fell'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"The old bridge fell\"}</script>",
         "<h1>The old bridge fell early on Monday</h1>", "The old bridge fell"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_kh_str(title_of(*state, "", cases[i].head, cases[i].body), kh_str_z(cases[i].title));
    }
}

/* "Region: ..." loses its label where the page says that this is a section, in metadata or in its menu. */
static void a_section_before_the_headline_is_no_part_of_it(void **state)
{
    static const char said[] = "<meta property='og:title' content='Region: Bridge falls in old town'>"
                               "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Region: Bridge falls in old town\"}</script>";
    static const struct {
        const char *head, *body, *title;
    } cases[] = {
        {"<meta property='article:section' content='Region'>", "<h1>Bridge falls in old town</h1>", "Bridge falls in old town"},
        {"<meta property='article:section' content='Sport'>", "<h1>Bridge falls in old town</h1>", "Region: Bridge falls in old town"},
        {"<meta property='article:section' content='Region'>", "<h1>What the mayor knew of the bridge</h1>", "Region: Bridge falls in old town"},
        {"", "<nav><a href=/sport>Sport</a> <div>Region</div></nav><h1>Bridge falls in old town</h1>", "Bridge falls in old town"},
        {"", "<nav><div>All of the news of our Region</div></nav><h1>Bridge falls in old town</h1>", "Region: Bridge falls in old town"},
        {"", "<div>Region</div><h1>Bridge falls in old town</h1>", "Region: Bridge falls in old town"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_str head = kh_arena_printf(*state, "%s%s", said, cases[i].head);
        assert_kh_str(title_of(*state, "", head.ptr, cases[i].body), kh_str_z(cases[i].title));
    }
}

/* ---- byline ---- */

static kh_strs site_names(void)
{
    static kh_str names[] = {
        {"صوت الوادي", sizeof "صوت الوادي" - 1}, {"Valley Post", 11}, {"valley.example", 14}};
    return (kh_strs){.items = names, .count = 3, .room = 3};
}

static kh_str names_in(kh_arena *a, kh_str line)
{
    kh_strs names = site_names(), found = {0};
    kh_byline_names(a, page_scratch(), page_know(), &names, line, false, &found);
    kh_buf b = {.arena = a};
    KH_EACH (const kh_str, name, found) {
        kh_buf_z(&b, b.len ? ", " : "");
        kh_buf_add(&b, *name);
    }
    return kh_buf_str(&b);
}

static void one_line_names_so_many_and_no_more(void **state)
{
    kh_strs names = site_names(), found = {0};
    kh_buf line = {.arena = *state};
    for (int i = 0; i < KH_SAID_MAX + 5; i++) {
        kh_buf_printf(&line, "Ida %c%cm, ", 'A' + i % 26, 'a' + i / 26);
    }
    kh_byline_names(*state, page_scratch(), page_know(), &names, kh_buf_str(&line), false, &found);
    assert_int_equal(found.count, KH_SAID_MAX);
    assert_kh_str(found.items[0], KH_STR("Ida Aam"));
}

static void a_shown_byline_adds_to_what_metadata_says(void **state)
{
    kh_article art = read_at(*state, "",
                             "<html><head><meta name=author content='Mara "
                             "Quill'></head><body><h1>Bridge falls in old town</h1>"
                             "<p class=byline>By Mara Quill and Tom Berg</p>" PROSE);
    assert_kh_str(art.byline.value, KH_STR("Mara Quill, Tom Berg"));
    assert_kh_str(art.byline.path, KH_STR("html/body/p.byline"));
}

static void no_outlet_and_no_login_signs(void **state)
{
    kh_article art =
        read_at(*state, "https://www.valleypost.example/a",
                "<html><head><meta property='og:site_name' content='Valley Post'>"
                "<meta name=author content='admin'><meta name='dc.creator' content='valleypost'>"
                "<meta property='article:author' content='https://social.example/valley'>"
                "</head><body><h1>Bridge falls in old town</h1>" PROSE);
    assert_int_equal(art.byline.value.len, 0);
    assert_non_null(clue_of(&art, "byline", "admin"));
    assert_non_null(clue_of(&art, "byline", "valleypost"));
}

/* ---- address, image, language, links ---- */

static kh_str address_of(kh_arena *a, const char *given, const char *head)
{
    kh_str html = kh_arena_printf(a, "<html><head>%s</head><body>" PROSE "</body></html>", head);
    return read_at(a, given, html.ptr).url;
}

static void the_canonical_address_is_of_the_same_site(void **state)
{
    kh_arena *a = *state;
    const char *given = "https://www.n.example/a?utm=1";
    assert_kh_str(address_of(a, given, "<link rel=canonical href='/a'>"),
                  KH_STR("https://www.n.example/a"));
    assert_kh_str(address_of(a, given, "<link rel=canonical href='https://n.example/a#top'>"),
                  KH_STR("https://n.example/a"));
    assert_kh_str(address_of(a, given, "<link rel=canonical href='https://other.example/a'>"),
                  kh_str_z(given));
    assert_kh_str(address_of(a, given, "<link rel=canonical href='https://www.n.example/'>"),
                  kh_str_z(given));
    assert_kh_str(address_of(a, given, "<meta property='og:url' content='javascript:x'>"),
                  kh_str_z(given));
    assert_kh_str(address_of(a, "https://amp.n.example/a",
                             "<link rel=canonical href='https://www.n.example/a'>"),
                  KH_STR("https://www.n.example/a"));
    assert_kh_str(address_of(a, "", "<meta property='og:url' content='https://n.example/b'>"),
                  KH_STR("https://n.example/b"));
}

static void another_host_needs_two_that_name_it(void **state)
{
    const char *cache = "https://cache.example/c/n.example/a";
    kh_str url = address_of(*state, cache,
                            "<link rel=canonical href='https://n.example/a'>"
                            "<meta property='og:url' content='https://n.example/a'>");
    assert_kh_str(url, KH_STR("https://n.example/a"));
}

static void a_logo_is_no_lead_image(void **state)
{
    kh_article art =
        read_at(*state, "https://n.example/x/a.html",
                "<html><head><base href='/media/'><meta property='og:image' content='logo-big.png'>"
                "<meta name='twitter:image' content='bridge.jpg'></head><body>" PROSE);
    assert_kh_str(art.image.value, KH_STR("https://n.example/media/bridge.jpg"));
    assert_false(clue_of(&art, "image", "https://n.example/media/logo-big.png")->taken);
}

static void a_declared_language_is_a_tag(void **state)
{
    kh_arena *a = *state;
    assert_kh_str(read_at(a, "", "<html lang='fa_IR'><body>" PROSE).lang, KH_STR("fa-IR"));
    assert_kh_str(read_at(a, "",
                          "<html lang='persian'><head><meta property='og:locale' "
                          "content='fa_IR'></head><body>" PROSE)
                      .lang,
                  KH_STR("fa-IR"));
    assert_kh_str(read_at(a, "", "<html lang='sr-Latn-RS-x-2'><body>" PROSE).lang, KH_STR("sr-Latn-RS-x-2"));
    static const char *const none[] = {"english (us)", "f", "fars", "fa-", "fa--IR", "-fa", "fa-abcdefghi", "fa/IR", "fa{IR", "fa:IR", "\u0641\u0627"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(read_at(a, "", kh_arena_printf(a, "<html lang='%s'><body>" PROSE, none[i]).ptr).lang.len, 0);
    }
}

/* What is no name of a section or of a subject: the site's, numbers, marks, sentences, what is said twice. */
static void sections_and_tags_are_names(void **state)
{
    kh_arena *a = *state;
    kh_article art = read_at(a, "https://n.example/a",
                             "<html><head><meta property='og:site_name' content='Valley Post'><meta property='article:section' content='2024'>"
                             "<meta property='article:section' content='Valley Post'><meta property='article:section' content='Region'>"
                             "<meta property='article:tag' content='!!!'><meta property='article:tag' content='Valley Post'><meta property='article:tag' content='Bridge'>"
                             "<meta property='article:tag' content='bridge'><meta property='article:tag' content='The bridge fell on Monday and nobody knows yet why'>"
                             "<meta property='article:tag' content='abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
                             "abcdefghijklmnopqrstuvwxyz'></head><body>" PROSE);
    assert_kh_str(art.section.value, KH_STR("Region"));
    assert_kh_str(clue_of(&art, "section", "2024")->why, KH_STR("no name of a section"));
    assert_kh_str(clue_of(&art, "section", "Valley Post")->why, KH_STR("the outlet's name"));
    assert_int_equal(art.tags.count, 1);
    assert_kh_str(art.tags.items[0], KH_STR("Bridge"));
}

/* A canonical address that is the front page's speaks for a page that came from there, and for no other. */
static void the_front_page_is_an_address_of_its_own(void **state)
{
    static const char html[] = "<html><head><link rel=canonical href='https://n.example/'></head><body>" PROSE;
    kh_article art = read_at(*state, "https://n.example/", html);
    assert_true(clue_of(&art, "url", "https://n.example/")->score > 0);
    art = read_at(*state, "https://n.example/a", html);
    assert_kh_str(art.url, KH_STR("https://n.example/a"));
    assert_kh_str(clue_of(&art, "url", "https://n.example/")->why, KH_STR("the front page"));
    art = read_at(*state, "", html);
    assert_int_equal(art.url.len, 0);
}

static void links_of_the_body_are_spans(void **state)
{
    kh_article art = read_at(
        *state, "https://n.example/a/b",
        "<html><body><h1>Bridge falls in old town</h1>"
        "<p>The mayor of the <a href='../tags/lower-town'>lower\n <b>town</b></a>, who spoke to "
        "reporters "
        "early on <a href='#note'>Monday</a>, said that the <a href='//gov.example/x'>ministry</a> "
        "had known of the cracks.</p>" PROSE);
    assert_int_equal(art.links.count, 2);
    assert_kh_str(kh_slice(art.text, art.links.items[0].span), KH_STR("lower town"));
    assert_kh_str(art.links.items[0].url, KH_STR("https://n.example/tags/lower-town"));
    assert_kh_str(kh_slice(art.text, art.links.items[1].span), KH_STR("ministry"));
    assert_kh_str(art.links.items[1].url, KH_STR("https://gov.example/x"));
}

/* ---- limits ---- */

static void statements_are_bounded(void **state)
{
    kh_arena *a = *state;
    kh_buf b = {.arena = a};
    kh_buf_z(&b, "<html><head>");
    for (int i = 0; i < 500; i++) {
        kh_buf_printf(&b, "<meta property='og:title' content='Title number %d of a page'>", i);
        kh_buf_printf(&b,
                      "<meta property='article:tag' content='tag %d'><meta property='og:image' "
                      "content='/%d.jpg'>",
                      i, i);
    }
    kh_buf_z(&b, "<meta property='og:site_name' content='");
    for (int i = 0; i < 3000; i++) {
        kh_buf_z(&b, "\xD8\xB3");
    }
    kh_buf_z(&b, "'></head><body><p>");
    for (int i = 0; i < 500; i++) {
        kh_buf_printf(&b, "The mayor said on <a href='/%d'>day %d</a> that the bridge was safe. ",
                      i, i);
    }
    kh_buf_z(&b, "</p>" PROSE);
    kh_buf_char(&b, 0);
    kh_article art = read_at(a, "https://n.example/a", b.ptr);
    assert_int_equal(art.tags.count, KH_TAGS_MAX);
    assert_int_equal(art.links.count, KH_LINKS_MAX);
    assert_true(art.outlet.value.len <= KH_FIELD_BYTES_MAX && kh_utf8_valid(art.outlet.value));
    size_t titles = 0;
    KH_EACH (const kh_clue, c, art.clues) {
        titles += kh_str_eq(c->field, KH_STR("title"));
    }
    assert_int_equal(titles, KH_CLUES_MAX);
}

/* ---- cases ---- */

static kh_str headline_of(kh_arena *a, kh_str line)
{
    kh_strs names = site_names();
    return kh_headline_alone(page_scratch(), &names, kh_headline_clean(a, line), false);
}

static kh_str joined(kh_arena *a, kh_str line)
{
    kh_str base = {0};
    kh_str_cut(&line, ' ', &base);
    return kh_url_join(a, kh_str_eq(base, KH_STR("-")) ? (kh_str){0} : base, line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(the_heading_wins_where_nothing_speaks_against_it),
        KH_TEST(two_places_win_against_the_heading),
        KH_TEST(the_address_decides_between_two),
        KH_TEST(a_cut_title_supports_the_whole_one),
        KH_TEST(a_kicker_in_the_heading_is_left_out),
        KH_TEST(of_several_h1_the_headline_is_taken),
        KH_TEST(entities_and_quotes_do_not_part_votes),
        KH_TEST(direction_marks_are_no_part_of_a_title),
        KH_TEST(a_live_page_is_not_called_by_one_of_its_entries),
        KH_TEST(every_mark_of_titles_parts_the_outlet),
        KH_TEST(the_words_of_a_title_stand_in_the_address),
        KH_TEST(headings_that_are_none_or_weak),
        KH_TEST(a_section_before_the_headline_is_no_part_of_it),
        KH_TEST(of_several_records_that_of_this_page_is_read),
        KH_TEST(one_line_names_so_many_and_no_more),
        KH_TEST(a_shown_byline_adds_to_what_metadata_says),
        KH_TEST(no_outlet_and_no_login_signs),
        KH_TEST(the_canonical_address_is_of_the_same_site),
        KH_TEST(another_host_needs_two_that_name_it),
        KH_TEST(a_logo_is_no_lead_image),
        KH_TEST(a_declared_language_is_a_tag),
        KH_TEST(sections_and_tags_are_names),
        KH_TEST(the_front_page_is_an_address_of_its_own),
        KH_TEST(links_of_the_body_are_spans),
        KH_TEST(statements_are_bounded),
    };
    int failed = cmocka_run_group_tests_name("meta", tests, NULL, NULL);
    failed += kh_run_cases("test/cases/bylines.txt", names_in);
    failed += kh_run_cases("test/cases/addresses.txt", joined);
    failed += kh_run_cases("test/cases/headlines.txt", headline_of);
    return failed != 0;
}
