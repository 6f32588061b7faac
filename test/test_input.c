/* test_input.c - files, folders, records, charsets: what comes in, and what is refused with its
 * reason. */
#include "test.h"

#include "input/input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* ---- a folder of this test's own ---- */

typedef struct place {
    char folder[64];
    kh_arena arena; /* of one page */
} place;

static int begin(void **state)
{
    place *p = calloc(1, sizeof *p);
    strcpy(p->folder, "/tmp/khabar-test-XXXXXX");
    p->arena = kh_arena_reserve(400u << 20, NULL);
    *state = p;
    return mkdtemp(p->folder) && p->arena.begin ? 0 : -1;
}

static int end(void **state)
{
    place *p = *state;
    char command[256];
    snprintf(command, sizeof command, "chmod -R u+rwX %s; rm -rf %s", p->folder, p->folder);
    int status = system(command);
    kh_arena_release(&p->arena);
    free(p);
    return status;
}

#define IN_FOLDER(fn) cmocka_unit_test_setup_teardown(fn, begin, end)

static const char *path_in(const place *p, const char *name)
{
    static char path[4][256];
    static size_t turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", p->folder, name);
    return path[turn];
}

static const char *write_bytes(const place *p, const char *name, const void *bytes, size_t len)
{
    const char *path = path_in(p, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    fclose(f);
    return path;
}

static const char *write_text(const place *p, const char *name, const char *text)
{
    return write_bytes(p, name, text, strlen(text));
}

/* What all calls give: one word or label a line. */
static kh_str all_of(place *p, kh_arena *out, const char *const *paths, size_t count)
{
    kh_buf b = {.arena = out};
    kh_input *in = kh_input_open(paths, count, NULL);
    assert_non_null(in);
    for (size_t turns = 0; turns < 100; turns++) {
        kh_arena_clear(&p->arena);
        kh_page page;
        kh_error err = {0};
        bool done = false;
        if (kh_input_next(in, &p->arena, &page, &done, &err) != KH_OK) {
            assert_non_null(err.reason);
            assert_true(strlen(err.msg) > 10);
            kh_buf_printf(&b, "!%s@%zu ", err.reason, err.pos);
        } else if (done) {
            break;
        } else {
            static const char *const kinds[] = {"html", "scraped", "text"};
            kh_buf_printf(&b, KH_FMT "=%s ", KH_ARG(page.label), kinds[page.kind]);
        }
    }
    kh_input_close(in);
    return kh_str_trim(kh_buf_str(&b));
}

static kh_str one(place *p, kh_arena *out, const char *path)
{
    return all_of(p, out, &path, 1);
}

/* The first page of a file; its bytes are in p->arena. */
static kh_page page_of(place *p, const char *path)
{
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    kh_error err = {0};
    bool done = false;
    kh_arena_clear(&p->arena);
    kh_status status = kh_input_next(in, &p->arena, &page, &done, &err);
    if (status != KH_OK) {
        print_error("# %s\n", err.msg);
    }
    assert_int_equal(status, KH_OK);
    assert_false(done);
    kh_input_close(in);
    return page;
}

/* ---- kinds ---- */

static void kinds_are_told_by_content(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    const char *html = write_text(p, "a.txt", "\n<!DOCTYPE html><p>خبر</p>");
    assert_kh_str(one(p, &a, html), KH_STR("a=html"));
    const char *text = write_text(p, "b.html", "قال كبير المهندسين\nإن السد كان متصدعاً قبل الشتاء.\n");
    assert_kh_str(one(p, &a, text), KH_STR("b=scraped"));
    const char *tags =
        write_text(p, "c", "x <div><p>one</p><p>two</p><p>3</p><a>4</a><b>5</b></div>");
    assert_kh_str(one(p, &a, tags), KH_STR("c=html"));
    const char *json =
        write_text(p, "d.dat", "{\"id\":\"n1\",\"text\":\"a\"}\n{\"page_text\":\"b\"}\n");
    assert_kh_str(one(p, &a, json), KH_STR("n1=text d.dat:2=scraped"));
    const char *whole = write_text(p, "e.json", "{\n  \"id\": \"n2\",\n  \"html\": \"<p>x\"\n}\n");
    assert_kh_str(one(p, &a, whole), KH_STR("n2=html"));
    const char *brace = write_text(p, "f.txt", "{brackets} open this text. It goes on.\n");
    assert_kh_str(one(p, &a, brace), KH_STR("f=scraped"));
}

static void what_is_no_page_is_refused_by_name(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    assert_kh_str(one(p, &a, write_text(p, "a", "")), KH_STR("!empty@0"));
    assert_kh_str(one(p, &a, write_text(p, "b", " \n\t\n")), KH_STR("!empty@0"));
    assert_kh_str(one(p, &a, write_text(p, "c", "%PDF-1.7 ...")), KH_STR("!not_text@0"));
    assert_kh_str(one(p, &a, write_bytes(p, "d", "abc\0\0\0\0def\1\2\3\4\5\6", 16)),
                  KH_STR("!not_text@0"));
    assert_kh_str(one(p, &a, write_text(p, "e", "[{\"id\":\"1\"}]")), KH_STR("!unsupported@0"));
    assert_kh_str(one(p, &a, write_text(p, "f", "WARC/1.0\r\nWARC-Type: x")), KH_STR("!truncated@0"));
    assert_kh_str(one(p, &a, write_text(p, "g", "<?xml version=\"1.0\"?><opml></opml>")),
                  KH_STR("!unsupported@0"));
    assert_kh_str(one(p, &a, path_in(p, "absent")), KH_STR("!missing@0"));
    assert_kh_str(one(p, &a, "/dev/null"), KH_STR("!not_a_file@0"));
}

static void an_unreadable_file_is_refused(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    const char *path = write_text(p, "closed", "text that nobody may read.");
    assert_int_equal(chmod(path, 0), 0);
    bool root = access(path, R_OK) == 0; /* root reads everything */
    assert_kh_str(one(p, &a, path), root ? KH_STR("closed=scraped") : KH_STR("!unreadable@0"));
}

static void the_batch_goes_on_behind_a_failure(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    const char *const paths[] = {write_text(p, "a", "First page."), path_in(p, "absent"),
                                 write_text(p, "b", ""), write_text(p, "c", "Last page.")};
    assert_kh_str(all_of(p, &a, paths, 4), KH_STR("a=scraped !missing@0 !empty@0 c=scraped"));
}

static void a_message_names_the_file_and_the_cure(void **state)
{
    place *p = *state;
    const char *path = path_in(p, "absent.html");
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    kh_error err = {0};
    bool done = false;
    assert_int_equal(kh_input_next(in, &p->arena, &page, &done, &err), KH_ERR_NOINPUT);
    assert_non_null(strstr(err.msg, "absent.html"));
    assert_non_null(strstr(err.msg, "check the path"));
    assert_int_equal(kh_input_next(in, &p->arena, &page, &done, NULL), KH_OK);
    assert_true(done);
    kh_input_close(in);
}

/* ---- folders ---- */

static void folders_are_read_by_name(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    assert_int_equal(mkdir(path_in(p, "b"), 0700), 0);
    assert_int_equal(mkdir(path_in(p, "z"), 0700), 0);
    write_text(p, "c.txt", "Third.");
    write_text(p, "a.txt", "First.");
    write_text(p, "b/2.txt", "Second of b.");
    write_text(p, "b/1.txt", "First of b.");
    write_text(p, ".hidden", "Not read.");
    assert_int_equal(symlink(p->folder, path_in(p, "up")), 0);
    assert_kh_str(one(p, &a, p->folder),
                  KH_STR("a=scraped 1=scraped 2=scraped c=scraped !empty_folder@0"));
}

/* ---- JSON Lines ---- */

static void a_broken_record_is_skipped_with_its_line(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    const char *path = write_text(p, "r.jsonl",
                                  "\xEF\xBB\xBF{\"id\":\"1\",\"text\":\"a\"}\r\n"
                                  "\n"
                                  "{\"id\":\"2\",\"text\":}\n"
                                  "{\"id\":\"3\",\"id\":\"3\",\"text\":\"a\"}\n"
                                  "{\"id\":\"4\"}\n"
                                  "{\"id\":\"5\",\"text\":7}\n"
                                  "{\"id\":\"6\",\"text\":\"a\",\"published\":\"yesterday\"}\n"
                                  "[]\n"
                                  "{\"id\":8,\"text\":\"a\",\"title\":null}");
    assert_kh_str(one(p, &a, path),
                  KH_STR("1=text !bad_json@3 !bad_json@4 !empty@5 !bad_record@6 !bad_record@7 "
                         "!bad_json@8 8=text"));
}

static void what_a_record_says_is_taken(void **state)
{
    place *p = *state;
    kh_page page = page_of(
        p,
        write_text(
            p, "r.jsonl",
            "{\"id\":\"x\",\"url\":\"https://n.example/1\",\"html\":\"<p>\\u062e\\u0628\\u0631\","
            "\"title\":\"T\",\"lang\":\"ar\",\"outlet\":\"O\",\"byline\":\"B\","
            "\"published\":\"2022-01-06T10:00:00+03:30\",\"captured\":\"2022-01-07\"}\n"));
    assert_kh_str(page.given_id, KH_STR("x"));
    assert_kh_str(page.url, KH_STR("https://n.example/1"));
    assert_kh_str(page.text, KH_STR("<p>خبر"));
    assert_kh_str(page.raw, KH_STR("<p>خبر"));
    assert_kh_str(page.title, KH_STR("T"));
    assert_kh_str(page.lang, KH_STR("ar"));
    assert_kh_str(page.outlet, KH_STR("O"));
    assert_kh_str(page.byline, KH_STR("B"));
    assert_int_equal(page.published.hour, 10);
    assert_int_equal(page.published.offset_minutes, 210);
    assert_int_equal(page.captured.day, 7);
    assert_int_equal(page.kind, KH_PAGE_HTML);
}

static void records_of_other_programs_are_known(void **state)
{
    place *p = *state;
    kh_page page = page_of(p, write_text(p, "np.json",
                                         "{\"authors\": [\"A B\", \"C D\"], \"date_download\": \"2022-01-07 08:00:00\", \"date_modify\": \"None\",\n"
                                         "\"date_publish\": \"2022-01-06 10:00:00\", \"description\": \"d\", \"language\": \"en\", \"localpath\": null,\n"
                                         "\"maintext\": \"Three people were hurt.\", \"source_domain\": \"n.example\", \"title\": \"T\",\n"
                                         "\"url\": \"https://n.example/1\"}\n"));
    assert_int_equal(page.kind, KH_PAGE_TEXT);
    assert_kh_str(page.text, KH_STR("Three people were hurt."));
    assert_kh_str(page.byline, KH_STR("A B, C D"));
    assert_kh_str(page.outlet, KH_STR("n.example"));
    assert_kh_str(page.url, KH_STR("https://n.example/1"));
    assert_int_equal(page.published.hour, 10);
    assert_int_equal(page.captured.day, 7);
    page = page_of(p, write_text(p, "z.jsonl",
                                 "{\"url\":\"https://n.example/2\",\"article\":{\"headline\":\"H\",\"articleBody\":\"Words.\",\"inLanguage\":\"fa\","
                                 "\"datePublished\":\"2022-01-06T10:00:00Z\",\"authors\":[{\"name\":\"X\",\"nameRaw\":\"by X\"}]}}\n{}\n"));
    assert_kh_str(page.title, KH_STR("H"));
    assert_kh_str(page.url, KH_STR("https://n.example/2"));
    assert_kh_str(page.lang, KH_STR("fa"));
    assert_kh_str(page.byline, KH_STR("X"));
    page = page_of(p, write_text(p, "s.jsonl",
                                 "{\"articleBody\":\"Words.\",\"headline\":\"H\",\"publisher\":{\"name\":\"N\"},\"author\":\"Y\",\"datePublished\":\"in May\"}\n{}\n"));
    assert_kh_str(page.outlet, KH_STR("N"));
    assert_kh_str(page.byline, KH_STR("Y"));
    assert_false(kh_time_known(page.published));
    page = page_of(p, write_text(p, "own.jsonl", "{\"text\":\"ours\",\"maintext\":\"theirs\",\"id\":\"1\"}\n{}\n"));
    assert_kh_str(page.text, KH_STR("ours"));
}

static void a_file_states_no_capture_time(void **state)
{
    place *p = *state;
    kh_page page = page_of(p, write_text(p, "a.txt", "Text."));
    assert_false(kh_time_known(page.captured));
    assert_false(kh_time_known(page.published));
}

static void base64_carries_other_charsets(void **state)
{
    place *p = *state;
    /* "<meta charset=windows-1256>" and U+062E U+0628 U+0631 as CE C8 D1 */
    kh_page page = page_of(
        p, write_text(p, "r", "{\"html_base64\":\"PG1ldGEgY2hhcnNldD13aW5kb3dzLTEyNTY+zsjR\"}\n"));
    assert_kh_str(page.charset, KH_STR("windows-1256"));
    assert_true(kh_str_ends(page.text, KH_STR("خبر")));
}

static void a_record_that_is_too_long_is_passed_over(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    size_t len = (size_t)KH_RECORD_BYTES_MAX + 1000;
    char *big = malloc(len + 100);
    int head = sprintf(big, "{\"id\":\"1\",\"text\":\"a\"}\n{\"text\":\"");
    memset(big + head, 'x', len);
    int tail = sprintf(big + head + len, "\"}\n{\"id\":\"3\",\"text\":\"a\"}\n");
    const char *path = write_bytes(p, "r", big, (size_t)head + len + (size_t)tail);
    free(big);
    assert_kh_str(one(p, &a, path), KH_STR("1=text !too_large@2 3=text"));
}

/* ---- sizes and gzip ---- */

static void a_page_beyond_the_limit_is_refused(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    size_t len = (size_t)KH_PAGE_BYTES_MAX + 1;
    char *big = malloc(len);
    memset(big, 'x', len);
    assert_kh_str(one(p, &a, write_bytes(p, "big", big, len)), KH_STR("!too_large@0"));
    assert_kh_str(one(p, &a, write_bytes(p, "fits", big, len - 1)), KH_STR("fits=scraped"));
    free(big);
}

static void a_small_arena_is_said_not_overrun(void **state)
{
    place *p = *state;
    const char *path = write_text(p, "a", "Some text that is short but the room is shorter.");
    kh_arena tiny = {.begin = p->arena.begin, .cur = p->arena.begin, .end = p->arena.begin + 1000};
    kh_input *in = kh_input_open(&path, 1, NULL);
    kh_page page;
    kh_error err = {0};
    bool done = false;
    assert_int_equal(kh_input_next(in, &tiny, &page, &done, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "no_room");
    kh_input_close(in);
}

static const char *write_gzip(const place *p, const char *name, const char *mode, const char *bytes,
                              size_t len)
{
    const char *path = path_in(p, name);
    gzFile f = gzopen(path, mode);
    assert_non_null(f);
    assert_int_equal(gzwrite(f, bytes, (unsigned)len), len);
    gzclose(f);
    return path;
}

static void gzip_is_undone(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    const char *html = "<html><p>text</p></html>";
    assert_kh_str(one(p, &a, write_gzip(p, "a.html.gz", "wb", html, strlen(html))),
                  KH_STR("a=html"));
    const char *one_record = "{\"id\":\"1\",\"text\":\"a\"}\n";
    const char *two_records = "{\"id\":\"2\",\"text\":\"b\"}\n";
    write_gzip(p, "r.jsonl.gz", "wb", one_record, strlen(one_record));
    const char *path = write_gzip(p, "r.jsonl.gz", "ab", two_records, strlen(two_records));
    assert_kh_str(one(p, &a, path), KH_STR("1=text 2=text"));
}

static void broken_gzip_and_bombs_are_refused(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    size_t len = 40u << 20;
    char *zeros = calloc(1, len);
    memset(zeros, 'a', len);
    const char *bomb = write_gzip(p, "bomb.gz", "wb9", zeros, len);
    free(zeros);
    struct stat st;
    assert_int_equal(stat(bomb, &st), 0);
    assert_true(st.st_size < 100000);
    assert_kh_str(one(p, &a, bomb), KH_STR("!too_large@0"));
    assert_int_equal(truncate(bomb, st.st_size / 1000), 0);
    assert_kh_str(one(p, &a, bomb), KH_STR("!bad_gzip@0"));
    assert_kh_str(one(p, &a, write_bytes(p, "x", "\x1f\x8b rubbish behind the mark", 26)),
                  KH_STR("!bad_gzip@0"));
}

/* ---- charsets ---- */

static void decodes(kh_str raw, bool html, const char *charset, kh_str text)
{
    kh_arena a = kh_test_scratch();
    kh_str used = {0};
    kh_str why = {0};
    kh_str got = kh_decode(&a, raw, html, &used, &why);
    assert_true(why.len > 0);
    assert_kh_str(used, kh_str_z(charset));
    assert_kh_str(got, text);
    assert_true(kh_utf8_valid(got));
}

static void charsets_are_known(void **state)
{
    (void)state;
    decodes(KH_STR("خبر"), false, "utf-8", KH_STR("خبر"));
    decodes(KH_STR("\xEF\xBB\xBFnews"), false, "utf-8", KH_STR("news"));
    decodes(KH_STR("\xFF\xFE\x2E\x06\x28\x06"), false, "utf-16le", KH_STR("خب"));
    decodes(KH_STR("\xFE\xFF\x06\x2E\x06\x28"), false, "utf-16be", KH_STR("خب"));
    decodes(KH_STR("n\0e\0w\0s\0 \0o\0k\0"), false, "utf-16le", KH_STR("news ok"));
    decodes(KH_STR("<meta charset=\"windows-1256\">\xCE\xC8\xD1"), true, "windows-1256",
            KH_STR("<meta charset=\"windows-1256\">خبر"));
    decodes(KH_STR("<meta http-equiv=x content='text/html; charset=iso-8859-1'>\x93ok\x94"), true,
            "windows-1252",
            KH_STR("<meta http-equiv=x content='text/html; charset=iso-8859-1'>\u201cok\u201d"));
    decodes(KH_STR("<meta charset=windows-1251>\xED\xE5\xF2"), true, "windows-1251",
            KH_STR("<meta charset=windows-1251>нет"));
}

static void valid_utf8_is_believed_before_a_stale_declaration(void **state)
{
    (void)state;
    decodes(KH_STR("<meta charset=windows-1256>خبر"), true, "utf-8",
            KH_STR("<meta charset=windows-1256>خبر"));
}

static void damage_is_mended_not_misread(void **state)
{
    (void)state;
    decodes(KH_STR("قال الوزير\xFF إن\xD8"), false, "utf-8", KH_STR("قال الوزير\uFFFD إن\uFFFD"));
    kh_arena a = kh_test_scratch();
    kh_str used = {0};
    kh_str why = {0};
    kh_str got = kh_decode(&a, KH_STR("a\0b"), false, &used, &why);
    assert_kh_str(got, KH_STR("a b"));
}

/* "قال وزير الخارجية إن بلاده لن تشارك في المفاوضات المقبلة قبل وقف إطلاق النار" in windows-1256. */
static void undeclared_windows_1256_is_recognised(void **state)
{
    (void)state;
    decodes(KH_STR("\xDE\xC7\xE1 \xE6\xD2\xED\xD1 \xC7\xE1\xCE\xC7\xD1\xCC\xED\xC9 \xC5\xE4 "
                   "\xC8\xE1\xC7\xCF\xE5 \xE1\xE4 "
                   "\xCA\xD4\xC7\xD1\xDF \xDD\xED \xC7\xE1\xE3\xDD\xC7\xE6\xD6\xC7\xCA "
                   "\xC7\xE1\xE3\xDE\xC8\xE1\xC9 "
                   "\xDE\xC8\xE1 \xE6\xDE\xDD \xC5\xD8\xE1\xC7\xDE \xC7\xE1\xE4\xC7\xD1"),
            false, "windows-1256",
            KH_STR("قال وزير الخارجية إن بلاده لن تشارك في المفاوضات المقبلة قبل وقف إطلاق النار"));
}

/* ---- the user's own tables ---- */

static void a_data_folder_gives_its_tables(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    assert_int_equal(mkdir(path_in(p, "languages"), 0700), 0);
    assert_int_equal(mkdir(path_in(p, "languages/fa"), 0700), 0);
    assert_int_equal(mkdir(path_in(p, "world"), 0700), 0);
    write_text(p, "world/agencies.txt", "# agency_id\nnova\n");
    write_text(p, "languages/fa/agencies.txt", "\xEF\xBB\xBF# agency_id\tform\nnova\tنووا\n");
    write_text(p, "README.md", "not a table");
    write_text(p, "languages/notes.txt", "not a table");
    kh_data_files files = {0};
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, NULL), KH_OK);
    assert_int_equal(files.count, 2);
    assert_kh_str(files.items[0].path, KH_STR("languages/fa/agencies.txt"));
    assert_kh_str(files.items[0].bytes, KH_STR("# agency_id\tform\nnova\tنووا\n"));
    assert_kh_str(files.items[1].path, KH_STR("world/agencies.txt"));
}

static void a_bad_data_folder_is_said(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    kh_data_files files = {0};
    kh_error err = {0};
    assert_int_equal(kh_data_folder_read(&a, path_in(p, "absent"), &files, &err), KH_ERR_NOINPUT);
    assert_string_equal(err.reason, "missing");
    assert_int_equal(mkdir(path_in(p, "world"), 0700), 0);
    write_text(p, "world/a.txt", "caf\xE9\n");
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "not_text");
    assert_non_null(strstr(err.msg, "world/a.txt"));
    assert_int_equal(files.count, 0);
}

/* COUNT tables with the bytes of the one that is there. */
static void link_tables(place *p, size_t count)
{
    char first[300], name[40];
    snprintf(first, sizeof first, "%s", path_in(p, "world/a.txt"));
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "world/b%04zu.txt", i);
        assert_int_equal(link(first, path_in(p, name)), 0);
    }
}

static void a_data_folder_has_limits(void **state)
{
    place *p = *state;
    kh_arena a = kh_arena_reserve(8 * (size_t)KH_TABLE_BYTES_MAX, NULL);
    kh_data_files files = {0};
    kh_error err = {0};
    char *large = malloc(KH_TABLE_BYTES_MAX + 2);
    memset(large, '#', KH_TABLE_BYTES_MAX + 2);
    large[KH_TABLE_BYTES_MAX + 1] = 0;
    assert_int_equal(mkdir(path_in(p, "world"), 0700), 0);
    write_text(p, "world/a.txt", large);
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_large");
    large[KH_TABLE_BYTES_MAX] = 0;
    write_text(p, "world/a.txt", large);
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_OK);
    assert_int_equal(files.items[0].bytes.len, KH_TABLE_BYTES_MAX);
    link_tables(p, 8); /* together more than the memory that they are given: KH_KNOWLEDGE_BYTES for the program */
    kh_arena_clear(&a);
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "knowledge_too_large");
    free(large);
    kh_arena_release(&a);
}

static void a_data_folder_has_a_number_of_tables(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    kh_data_files files = {0};
    kh_error err = {0};
    assert_int_equal(mkdir(path_in(p, "world"), 0700), 0);
    write_text(p, "world/a.txt", "# a\n");
    link_tables(p, KH_TABLES_MAX - 1);
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_OK);
    assert_int_equal(files.count, KH_TABLES_MAX);
    write_text(p, "world/c.txt", "# c\n");
    assert_int_equal(kh_data_folder_read(&a, p->folder, &files, &err), KH_ERR_LIMIT);
    assert_string_equal(err.reason, "too_large");
    assert_non_null(strstr(err.msg, "more than 2000 tables"));
}

static void what_a_data_folder_may_hold_besides(void **state)
{
    place *p = *state;
    kh_arena a = kh_test_scratch();
    kh_data_files files = {0};
    kh_error err = {0};
    mkdir(path_in(p, "data"), 0700);
    const char *folder = kh_arena_printf(&a, "%s/data/", p->folder).ptr;
    assert_int_equal(kh_data_folder_read(&a, folder, &files, &err), KH_ERR_NOINPUT); /* nothing yet */
    assert_string_equal(err.reason, "empty_folder");
    mkdir(path_in(p, "data/world"), 0700);
    mkdir(path_in(p, "data/world/more"), 0700);
    mkdir(path_in(p, "data/languages"), 0700);
    mkdir(path_in(p, "data/languages/fa"), 0700);
    write_text(p, "data/world/a.txt", "# id\n");
    write_text(p, "data/world/a.txt~", "# id\n");
    write_text(p, "data/world/more/b.txt", "# id\n");
    write_bytes(p, "data/languages/fa/empty.txt", "", 0);
    assert_int_equal(kh_data_folder_read(&a, folder, &files, &err), KH_OK);
    assert_int_equal(files.count, 2);
    assert_kh_str(files.items[0].path, KH_STR("languages/fa/empty.txt"));
    assert_kh_str(files.items[1].path, KH_STR("world/a.txt"));
    write_bytes(p, "data/world/nul.txt", "a\0b", 3);
    assert_int_equal(kh_data_folder_read(&a, folder, &files, &err), KH_ERR_INPUT);
    assert_string_equal(err.reason, "not_text");
    unlink(path_in(p, "data/world/nul.txt"));
    assert_int_equal(kh_data_folder_read(&a, path_in(p, "data/world/a.txt"), &files, &err), KH_ERR_NOINPUT); /* no folder */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(kinds_are_told_by_content),
        IN_FOLDER(what_is_no_page_is_refused_by_name),
        IN_FOLDER(an_unreadable_file_is_refused),
        IN_FOLDER(the_batch_goes_on_behind_a_failure),
        IN_FOLDER(a_message_names_the_file_and_the_cure),
        IN_FOLDER(folders_are_read_by_name),
        IN_FOLDER(a_broken_record_is_skipped_with_its_line),
        IN_FOLDER(what_a_record_says_is_taken),
        IN_FOLDER(records_of_other_programs_are_known),
        IN_FOLDER(a_file_states_no_capture_time),
        IN_FOLDER(base64_carries_other_charsets),
        IN_FOLDER(a_record_that_is_too_long_is_passed_over),
        IN_FOLDER(a_page_beyond_the_limit_is_refused),
        IN_FOLDER(a_small_arena_is_said_not_overrun),
        IN_FOLDER(gzip_is_undone),
        IN_FOLDER(broken_gzip_and_bombs_are_refused),
        KH_TEST(charsets_are_known),
        KH_TEST(valid_utf8_is_believed_before_a_stale_declaration),
        KH_TEST(damage_is_mended_not_misread),
        KH_TEST(undeclared_windows_1256_is_recognised),
        IN_FOLDER(a_data_folder_gives_its_tables),
        IN_FOLDER(a_bad_data_folder_is_said),
        IN_FOLDER(a_data_folder_has_limits),
        IN_FOLDER(a_data_folder_has_a_number_of_tables),
        IN_FOLDER(what_a_data_folder_may_hold_besides),
    };
    return cmocka_run_group_tests_name("input", tests, NULL, NULL) != 0;
}
