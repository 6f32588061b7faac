/* test_page_said.c - what a page says of itself and around its text: records for search engines, fields of the head, links, days, shapes of
 * lines; and three hundred odd pages of which everything that is given must stand in them. */
#include "page_know.h"
#include "test.h"

#include "page/html.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a page says of itself ---- */

/* Each statement of the head in its order: what it is of ("T"itle, s"I"te, "A"uthor ...), its value; then days, publisher, base. */
static kh_str said_by(kh_arena *a, const char *url, const char *html)
{
    static const char letters[] = "TIASPULG";
    kh_tree tree = kh_html_tree(a, kh_str_z(html));
    kh_meta m = kh_meta_of(a, &tree, kh_str_z(url));
    kh_buf b = {.arena = a};
    for (size_t of = 0; of < KH_SAID_kinds; of++) {
        KH_EACH(const kh_said, said, m.said[of]) {
            kh_buf_printf(&b, "%c%s " KH_FMT "; ", letters[of], said->group ? "*" : "", KH_ARG(said->value));
        }
    }
    KH_EACH(const kh_date, date, m.dates) {
        kh_buf_printf(&b, "D " KH_FMT "=" KH_FMT "; ", KH_ARG(date->path), KH_ARG(date->reason));
    }
    if (m.publisher.len) {
        kh_buf_printf(&b, "by " KH_FMT "; ", KH_ARG(m.publisher));
    }
    kh_buf_printf(&b, "%s" KH_FMT "%s%s", m.base.len ? "base " : "", KH_ARG(m.base), m.is_article ? "; article" : "", m.json_body.len ? " with text" : "");
    return kh_str_trim(kh_buf_str(&b));
}

#define LD(json) "<script type='application/ld+json'>" json "</script>"

static void records_for_search_engines(void **state)
{
    static const char *const cases[][2] = {
        {LD("{\"@type\":\"NewsArticle\",\"name\":\"N\",\"author\":\"A\",\"articleBody\":\"words\"}"), "T N; A A; ; article with text"},
        {LD("{\"@type\":\"NewsArticle\",\"headline\":\"H\",\"name\":\"N\",\"alternativeHeadline\":\"O\"}"), "T H; T N; T O; ; article"},
        /* names behind an @id, in lists and in objects; a group is no person */
        {LD("{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ann\"},{\"@type\":\"NewsArticle\",\"author\":[{\"@id\":\"#a\"},{\"@id\":\"#none\"},"
            "{\"@type\":\"Organization\",\"name\":\"Desk\"},{\"name\":[\"Bo\",\"Cy\"]},{\"name\":[]},{}]}]}"), "A Ann; A* Desk; A Bo; ; article"},
        {LD("{\"@id\":\"#u\",\"url\":\"x\"}") LD("{\"@type\":\"Report\",\"author\":{\"@id\":\"#u\"}}"), "; article"},
        /* addresses: of the record, of an object in it, of its page */
        {LD("{\"@type\":\"Article\",\"url\":\"https://n.example/1\",\"mainEntityOfPage\":{\"@id\":\"https://n.example/2\"}}"),
         "U https://n.example/1; U https://n.example/2; ; article"},
        {LD("{\"@type\":\"Article\",\"mainEntityOfPage\":{\"@type\":\"WebPage\",\"url\":\"https://n.example/2\"}}"), "U https://n.example/2; ; article"},
        /* a page is less than an article, whichever comes first; its days are said to be a page's */
        {LD("{\"@type\":\"WebPage\",\"name\":\"P\",\"datePublished\":\"2024-08-05\",\"dateCreated\":\"2024-08-04\"}"),
         "D json-ld WebPage datePublished=2024-08-05; D json-ld dateCreated=2024-08-04;"},
        {LD("{\"@type\":\"WebPage\",\"datePublished\":\"2024-08-05\"}") LD("{\"@type\":\"Article\",\"headline\":\"H\"}"),
         "T H; D json-ld WebPage datePublished=2024-08-05; ; article"},
        {LD("[{\"@type\":\"Article\",\"headline\":\"H\"},{\"@type\":[\"WebPage\",\"Article\"],\"headline\":\"I\",\"datePublished\":\"2024\"}]"),
         "T I; D json-ld datePublished=2024; ; article"},
        /* of two articles the one that says more, or the first; parts and lists of others are less */
        {LD("[{\"@type\":\"Article\",\"headline\":\"H\",\"articleBody\":\"longer\"},{\"@type\":\"Article\",\"headline\":\"I\",\"articleBody\":\"short\"}]"),
         "T H; ; article with text"},
        {LD("{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"Article\",\"headline\":\"H\",\"datePublished\":\"1\"}],\"x\":{\"@type\":\"Article\",\"headline\":\"I\"}}"),
         "T I; D json-ld datePublished=1; ; article"},
        /* sites and publishers */
        {LD("{\"@type\":\"WebSite\",\"name\":\"Site\"}") LD("{\"@type\":\"NewsMediaOrganization\",\"name\":\"Second\"}") LD("{\"@type\":\"WebSite\"}"), "by Site;"},
        {LD("{\"@type\":\"Article\",\"publisher\":{\"name\":\"Pub\"}}") LD("{\"@type\":\"WebSite\",\"name\":\"Site\"}"), "by Pub; ; article"},
        {LD("{\"@type\":\"Article\",\"publisher\":\"Pub\",\"image\":[\"a.jpg\",{\"url\":\"b.jpg\"},\"c.jpg\",\"d.jpg\"],\"articleSection\":\"World\",\"inLanguage\":\"fa\","
            "\"keywords\":[\"x\",\"y, z\"]}"), "S World; P a.jpg; P b.jpg; P c.jpg; L fa; G x; G y; G z; by Pub; ; article"},
        {LD("{\"@type\":\"Article\",\"keywords\":\"x;y|z\xD8\x8C w\xD8\x9B v\xEF\xBC\x8Cu\xE3\x80\x81t\"}"), "G x; G y; G z; G w; G v; G u; G t; ; article"},
        {LD("{\"@type\":5}") LD("{\"@type\":\"Recipes\"}") LD("nothing"), ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        assert_kh_str(said_by(&one, "", cases[i][0]), kh_str_z(cases[i][1]));
    }
}

/* Of the records of several pages the one of this: by its address, that of the head, or its headline. */
static void records_of_other_pages(void **state)
{
    static const struct {
        const char *url, *html, *said;
    } cases[] = {
#define OTHER LD("{\"@type\":\"Article\",\"headline\":\"Flood in the north of the land\",\"url\":\"https://n.example/flood\",\"datePublished\":\"2024-01-01\",\"articleBody\":\"x\"}")
#define THIS LD("{\"@type\":\"Article\",\"headline\":\"Bridge of the old town falls\",\"url\":\"/bridge\"}")
        {"https://n.example/flood", THIS OTHER, "T Flood in the north of the land; U https://n.example/flood; D json-ld datePublished=2024-01-01; ; article with text"},
        {"https://n.example/bridge", OTHER, "T Flood in the north of the land; U https://n.example/flood; D json-ld datePublished=2024-01-01; ; article with text"},
        {"https://n.example/bridge", THIS OTHER, "T Bridge of the old town falls; U /bridge; ; article"},
        {"", "<link rel=canonical href='https://n.example/bridge'>" OTHER THIS, "T Bridge of the old town falls; U /bridge; U https://n.example/bridge; ; article"},
        {"", "<meta property='og:url' content='https://n.example/flood'>" THIS OTHER,
         "T Flood in the north of the land; U https://n.example/flood; U https://n.example/flood; D json-ld datePublished=2024-01-01; ; article with text"},
        {"https://n.example/amp/1", "<title>Flood in the north of the land</title>" THIS OTHER,
         "T Flood in the north of the land; T Flood in the north of the land; U https://n.example/flood; D json-ld datePublished=2024-01-01; ; article with text"},
        {"https://n.example/amp/1", "<meta property='og:title' content='Bridge of the old town falls'>" OTHER THIS,
         "T Bridge of the old town falls; T Bridge of the old town falls; U /bridge; ; article"},
#undef OTHER
#undef THIS
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        assert_kh_str(said_by(&one, cases[i].url, cases[i].html), kh_str_z(cases[i].said));
    }
}

static void fields_of_the_head(void **state)
{
    static const char *const cases[][2] = {
        {"<meta name=author content=A><meta name=author><meta content=B><meta itemprop=author content=C>", "A A; A C;"},
        {"<meta name=keywords content='x, y'><meta name=news_keywords content=z>", "G x; G y; G z;"},
        {"<meta property='og:type' content=website><meta property='og:type' content=article><meta property='og:type' content=video>", "; article"},
        {"<link rel=canonical href=/a><link rel=IMAGE_SRC href=b.jpg><link rel=stylesheet href=c.css><link href=d>", "P b.jpg; U /a;"},
        {"<base href=/a/><base href=/b/>", "base /a/"},
        {"<html lang=fa><title> A </title><title>B</title>", "T A; L fa;"},
        {"<time datetime=2024-08-05>x</time><time pubdate>5 August</time><time>x</time><span datetime=2024-08-04>x</span>",
         "D time=2024-08-05; D time[pubdate]=5 August;"},
        {"<span itemprop=datePublished content=2024-08-05>x</span><b itemprop=dateModified>6 <i>August</i></b><time itemprop=datePublished datetime=2024-08-07 pubdate></time>",
         "D itemprop[datePublished]=2024-08-05; D itemprop[dateModified]=6 August; D itemprop[datePublished]=2024-08-07;"},
        {"<i itemprop=update>x</i><i itemprop=name>y</i>", "D itemprop[update]=x;"},
    };
    kh_arena *a = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *a;
        assert_kh_str(said_by(&one, "", cases[i][0]), kh_str_z(cases[i][1]));
    }
    char *tall = KH_NEW_N(a, char, 20001);
    memset(tall, 'x', 20000);
    tall[20000] = 0;
    assert_kh_str(said_by(a, "", kh_arena_printf(a, "<link rel=canonical href='/%s'><time datetime='%s'></time>", tall, tall).ptr), (kh_str){0});
    assert_kh_str(said_by(a, "", kh_arena_printf(a, "<time class=x><b>%.600s</b><b>%.600s</b><b>5 August</b></time>", tall, tall).ptr), (kh_str){0});
    memset(tall, '\xD9', 20000);
    for (size_t i = 1; i < 20000; i += 2) {
        tall[i] = '\x85';
    }
    kh_str odd = kh_field_bytes(kh_arena_join(a, KH_STR("x"), (kh_str){tall, 20000})); /* no letter is cut in two */
    assert_true(kh_utf8_valid(odd));
    assert_int_equal(odd.len, KH_FIELD_BYTES_MAX - 1);
    assert_int_equal(kh_field_bytes((kh_str){tall, 20000}).len, KH_FIELD_BYTES_MAX);
}

/* ---- what stands around a text ---- */

#define PROSE "<article><p>The old bridge of Berna was closed on Monday, the city said, because the river had risen.</p>" \
              "<p>Engineers will look at the pillars this week, and nobody knows yet what they will find.</p>" \
              "<p>About nine thousand people cross the river here each day, most of them on their way to work.</p>" \
              "<p>A ferry will take them until the end of the month, and the city pays for the tickets.</p></article>"

static kh_article article_of(kh_arena *a, const char *html)
{
    kh_page page = {.kind = KH_PAGE_HTML, .url = KH_STR("https://n.example/a/b"), .text = kh_str_z(html), .raw = kh_str_z(html)};
    kh_article art = {0};
    kh_str reason = {0};
    assert_true(kh_page_read(a, page_scratch(), page_know(), &page, &art, &reason));
    return art;
}

static void links_of_the_text(void **state)
{
    static const char *const cases[][2] = {
        {"<p>The <a href=/x>old <b>bridge</b></a> of <a href='y'>Berna</a> <i> </i>was closed on Monday, the <a href=z> </a>city said, because it had rained.</p>",
         "old bridge=https://n.example/x; Berna=https://n.example/a/y"},
        {"<p>The <a href='#note'>old <b>bridge</b></a> of <a href='mailto:x@n.example'>Berna</a> was closed on <a>Monday</a>, the city said, because it had rained.</p>", ""},
        {"<p><a href=/x>The old</a><a href=/x> bridge</a> of Berna was closed on Monday, the city said, because the river had risen again.</p>",
         "The old=https://n.example/x; bridge=https://n.example/x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        kh_article art = article_of(&one, kh_arena_printf(&one, "<h1>The bridge of Berna is closed</h1>" PROSE "%s", cases[i][0]).ptr);
        kh_buf b = {.arena = &one};
        KH_EACH(const kh_link, link, art.links) {
            kh_str words = kh_slice(art.text, link->span);
            kh_buf_printf(&b, "%s" KH_FMT "=" KH_FMT, b.len ? "; " : "", KH_ARG(words), KH_ARG(link->url));
        }
        assert_kh_str(kh_buf_str(&b), kh_str_z(cases[i][1]));
    }
}

/* Lines with a day around the text: those that become lines of it ("+"), and where the others stand. */
static void days_around_the_text(void **state)
{
#define TITLE "<h1>The bridge of Berna is closed</h1>"
#define FILL "<ul><li>one<li>two<li>three<li>four<li>five<li>six<li>seven</ul>"
    static const char *const cases[][2] = {
        {TITLE "<div>5 August 2024</div>" PROSE, "+5 August 2024"},
        {"<div>5 August 2024</div>" TITLE PROSE, "+5 August 2024"},
        {TITLE PROSE "<div>5 August 2024</div>", "+5 August 2024"},
        {TITLE PROSE "<div>5 August 2024</div><div>5 August 2024</div>", "+5 August 2024; block beside the headline: 5 August 2024"}, /* the same, twice */
        {TITLE PROSE "<div>5 August 2024</div><div>6 August 2024</div>", "block beside the headline: 5 August 2024; block beside the headline: 6 August 2024"},
        {TITLE PROSE FILL "<div>5 August 2024</div><div>6 August 2024</div>", "block below the text: seven | 5 August 2024; block below the text: 6 August 2024"},
        {TITLE PROSE FILL FILL "<div>5 August 2024</div><div>6 August 2024</div>", "block: seven | 5 August 2024; block: 6 August 2024"},
        {"<div>5 August 2024</div>" FILL FILL TITLE PROSE, "block above the headline: 5 August 2024"},
        {TITLE "<div>Posted</div><div class=comments><p>Ann, 5 August 2024</p></div>" PROSE, "block in a comment: Posted | Ann, 5 August 2024"},
        {TITLE "<div class=related><p>Flood, 5 August 2024</p></div>" PROSE, "block of another report: Flood, 5 August 2024"},
        {TITLE PROSE FILL "<figure><figcaption>5 August 2024</figcaption></figure>", "block of a caption: seven | 5 August 2024"},
        {TITLE PROSE FILL "<figure><figcaption>The bridge as it was seen from the eastern bank of the river Tarn by our reporter on 5 August 2024</figcaption></figure>", ""},
        {TITLE "<figure><figcaption>The bridge as it was seen from the eastern bank of the river Tarn by our reporter on 5 August 2024</figcaption></figure>" PROSE, ""}, /* it is the caption of the text */
        {TITLE PROSE FILL "<div>Copyright 5 August 2024 The Berna Post. All rights reserved.</div>", ""},
        {TITLE PROSE "<h2>5 August 2024</h2>", "block beside the headline: 5 August 2024"},
        {TITLE PROSE FILL "<h2>What the council knew of the cracks in the pillars before the flood of 5 August 2024</h2>", ""},
        {"<div>Home</div><div>5 August 2024</div><div>News</div>", "block: Home | 5 August 2024"},
        {TITLE PROSE FILL "<div>A label of rather many words stands here</div><div>5 August 2024</div><div>6 August 2024</div>",
         "block below the text: 5 August 2024; block below the text: 6 August 2024"},
        {TITLE PROSE FILL "<div>averylongwordthatisnotalabelsinceitgoesonandonandon</div><div>5 August 2024</div><div>Sent</div><div>6 August 2024</div>",
         "block below the text: 5 August 2024; block below the text: Sent | 6 August 2024"},
        {TITLE PROSE FILL "<div>averylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandon"
         "averylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandon"
         "averylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandon"
         "averylongwordthatisnotalabelsinceitgoesonandonandonaverylongwordthatisnotalabelsinceitgoesonandonandon 5 August 2024</div>", ""},
    };
#undef TITLE
#undef FILL
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_arena one = *(kh_arena *)*state;
        kh_article art = article_of(&one, cases[i][0]);
        kh_buf b = {.arena = &one};
        KH_EACH(const kh_line, line, art.lines) {
            if (line->role == KH_ROLE_DATE) {
                kh_str words = kh_slice(art.text, line->span);
                kh_buf_printf(&b, "%s+" KH_FMT, b.len ? "; " : "", KH_ARG(words));
            }
        }
        KH_EACH(const kh_date, date, art.page_dates) {
            kh_buf_printf(&b, "%s" KH_FMT ": " KH_FMT, b.len ? "; " : "", KH_ARG(date->path), KH_ARG(date->reason));
        }
        assert_kh_str(kh_buf_str(&b), kh_str_z(cases[i][1]));
    }
}

/* ---- the shape of a line ---- */

static void shapes_of_lines(void **state)
{
    static const struct {
        const char *line;
        uint32_t words, separators;
        const char *marks; /* "." ends a sentence, ":" before what follows, "*" a bullet */
    } cases[] = {
        {"a | b / c > d \u00bb e \u00b7 f \u203a g \u2022 h \\ i \u25b8 j \u2192 k", 11, 10, ""},
        {"one   two\tthree  four \u00a0\u2003\u3000five", 5, 3, ""}, /* gaps part as marks do; two blanks are none */
        {"\u2022 one", 1, 1, "*"}, {"\u25aa one", 1, 0, "*"}, {"\u25cf one", 1, 0, "*"}, {"\u00b7 one", 1, 1, "*"}, {"\u2043 one", 1, 0, "*"},
        {"- one", 1, 0, "*"}, {"* one", 1, 0, "*"}, {"-one", 1, 0, ""}, {"-", 0, 0, ""}, {"*", 0, 0, ""}, {"", 0, 0, ""},
        {"It fell.", 2, 0, "."}, {"It fell.)", 2, 0, "."}, {"It fell.]", 2, 0, "."}, {"It fell.}", 2, 0, "."}, {"It fell.\"", 2, 0, "."}, {"It fell.'", 2, 0, "."},
        {"It fell.*", 2, 0, "."}, {"It fell.\u00bb", 2, 1, "."}, {"It fell.\u203a", 2, 1, "."}, {"It fell.\u201d", 2, 0, "."},
        {"It fell.\u200f", 2, 0, "."}, {"It fell.\u200e", 2, 0, "."}, {"It fell.\u300d", 2, 0, "."}, {"It fell.\u300f", 2, 0, "."}, {"It fell!", 2, 0, "."},
        {"It fell?", 2, 0, "."}, {"It fell\u2026", 2, 0, "."}, {"It fell", 2, 0, ""}, {"It fell:", 2, 0, ":"}, {"It fell\uff1a", 2, 0, ":"},
        {"don't stop-gap \u0645\u06cc\u200c\u0631\u0648\u062f co\u00adop it\u2019s", 5, 0, ""}, /* marks within words part none */
        {"\u65e5\u672c\u8a9e\u306e", 2, 0, ""}, {"\uf900\uf901", 1, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kh_shape shape = kh_shape_of(kh_str_z(cases[i].line));
        assert_int_equal(shape.words, cases[i].words);
        assert_int_equal(shape.separators, cases[i].separators);
        assert_int_equal(shape.ends_stop, strchr(cases[i].marks, '.') != NULL);
        assert_int_equal(shape.ends_colon, strchr(cases[i].marks, ':') != NULL);
        assert_int_equal(shape.bullet, strchr(cases[i].marks, '*') != NULL);
    }
    static const char *const spaces[] = {" ", "\t", "\u00a0", "\u2000", "\u200a", "\u2028", "\u2029", "\u202f", "\u3000"};
    static const char *const none[] = {"x", "\u00a9", "\u1680", "\u200b", "\u2027", "\u202a", "\u3001", "\u00e9"};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        assert_int_equal(kh_space_at(kh_str_z(spaces[i]), 0), strlen(spaces[i]));
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(kh_space_at(kh_str_z(none[i]), 0), 0);
    }
}

/* ---- odd pages: test/cases/page_odd.txt ---- */

static void add_visible(kh_buf *b, kh_str text)
{
    for (size_t at = 0, len = 0; at < text.len; at += len) {
        kh_utf8_at(text, at, &len);
        if (!kh_space_at(text, at)) {
            kh_buf_add(b, (kh_str){text.ptr + at, len});
        }
    }
}

/* Everything that a page says, white space left out: its text, then what stands in attributes. */
static kh_str everything_of(kh_arena *a, kh_page_kind kind, kh_str text)
{
    kh_buf b = {.arena = a};
    if (kind != KH_PAGE_HTML) {
        add_visible(&b, text);
        return kh_buf_str(&b);
    }
    kh_tree t = kh_html_tree(a, text);
    KH_EACH(const kh_node, n, t.nodes) {
        add_visible(&b, n->text);
    }
    KH_EACH(const kh_attr, attr, t.attrs) {
        kh_buf_char(&b, '\n');
        add_visible(&b, attr->value);
    }
    return kh_buf_str(&b);
}

static void assert_field_in(kh_str text, const kh_field *field)
{
    assert_true(kh_utf8_valid(field->value));
    if (!kh_span_empty(field->span)) {
        assert_kh_str(kh_slice(text, field->span), field->value);
    }
}

/* Lines follow each other, each with a reason; no word of them is made up; spans hold what they say. */
static void assert_sound(kh_arena *a, const kh_article *art, kh_page_kind kind, kh_str source)
{
    kh_str all = everything_of(a, kind, source);
    uint32_t end = 0;
    KH_EACH(const kh_line, line, art->lines) {
        kh_buf shown = {.arena = a};
        assert_true(line->span.begin >= end && line->span.begin < line->span.end && line->span.end <= art->text.len && line->why.len > 0);
        end = line->span.end;
        add_visible(&shown, kh_slice(art->text, line->span));
        assert_true(shown.len && kh_str_find(all, kh_buf_str(&shown)) < all.len);
    }
    assert_field_in(art->text, &art->title);
    assert_field_in(art->text, &art->byline);
    assert_field_in(art->text, &art->outlet);
    assert_field_in(art->text, &art->section);
    KH_EACH(const kh_link, link, art->links) {
        assert_true(link->span.begin < link->span.end && link->span.end <= art->text.len && kh_url_host(link->url).len);
    }
    KH_EACH(const kh_date, date, art->page_dates) {
        assert_true(date->path.len && date->reason.len && kh_utf8_valid(date->reason));
    }
}

static void odd_pages_are_read_soundly(void **state)
{
    kh_arena *a = *state;
    kh_str line, rest = kh_test_file(a, "test/cases/page_odd.txt");
    size_t read = 0, lines = 0;
    while (kh_str_cut(&rest, '\n', &line)) {
        kh_arena one = *a;
        kh_str word, page = line;
        if (!line.len || line.ptr[0] == '#') {
            continue;
        }
        assert_true(kh_str_cut(&page, ' ', &word));
        kh_page_kind kind = kh_str_eq(word, KH_STR("html")) ? KH_PAGE_HTML : KH_PAGE_SCRAPED;
        kh_buf b = {.arena = &one};
        for (size_t at; kind != KH_PAGE_HTML && (at = kh_str_find(page, KH_STR(" \u00b6 "))) < page.len; page = kh_str_from(page, at + 4)) {
            kh_buf_add(&b, kh_str_head(page, at));
            kh_buf_char(&b, '\n');
        }
        kh_buf_add(&b, page);
        char *exact = malloc(b.len); /* so that a byte too far is seen */
        memcpy(exact, b.ptr, b.len);
        kh_page source = {.kind = kind, .text = {exact, b.len}, .raw = {exact, b.len}, .url = KH_STR("https://berna.example/2024/08/05/bridge")};
        kh_article art = {0};
        kh_str reason = {0};
        assert_true(kh_page_read(&one, page_scratch(), page_know(), &source, &art, &reason));
        assert_sound(&one, &art, kind, source.text);
        free(exact);
        read++;
        lines += art.lines.count;
    }
    assert_in_range(read, 100, 1000);
    assert_in_range(lines, 200, 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        KH_TEST(records_for_search_engines),
        KH_TEST(records_of_other_pages),
        KH_TEST(fields_of_the_head),
        KH_TEST(links_of_the_text),
        KH_TEST(days_around_the_text),
        KH_TEST(shapes_of_lines),
        KH_TEST(odd_pages_are_read_soundly),
    };
    return cmocka_run_group_tests_name("page said", tests, NULL, NULL) != 0;
}
