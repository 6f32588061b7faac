/* news_stream.c COUNT [SEED [TRUTH]] - COUNT articles of made-up news as JSON Lines, for `khabar add -`, without an end in memory.
 *
 * The stories of streams.h, as they would arrive over months: each day begins as many stories as give DAY_ARTICLES articles; what is
 * late comes late. TRUTH is a file that gets "id <TAB> story" for each article. The same COUNT and SEED give the same bytes.
 *
 *     build/release/news_stream 1000000 1 truth.tsv | khabar add --no-raw --db million.db -
 *
 * Method: an article is a plan (its story, its day, the state of the dice) until its hour has come; only then is it written. Plans of
 * the HORIZON days ahead stand in a ring of hours, so memory does not grow with COUNT. A copy has its original's state of the dice.
 */
#include "streams.h"

#include "json/json.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY_ARTICLES = 5000, HORIZON = 24, HOURS = HORIZON * 24, SENTENCES = 12, OUTLETS = 400 };

typedef struct plan {
    stream_story story;
    uint32_t number, day, figure, outlet;
    uint64_t dice;
} plan;

typedef struct hour {
    plan *plans;
    size_t count, room;
} hour;

static hour ring[HOURS];
static char outlets[OUTLETS][24];

static void add_plan(uint32_t at, const plan *p)
{
    hour *h = &ring[at % HOURS];
    if (h->count == h->room) {
        h->room = h->room ? 2 * h->room : 256;
        h->plans = realloc(h->plans, h->room * sizeof *h->plans);
        if (!h->plans) {
            exit(71);
        }
    }
    h->plans[h->count++] = *p;
}

/* The articles of STORY, each into the hour of its arrival; how many they are. */
static uint32_t plan_story(stream *s, const stream_story *story, uint32_t number)
{
    plan made[16];
    uint32_t count = stream_size(s);
    for (uint32_t i = 0; i < count; i++) {
        stream_fate fate = stream_draw_fate(s, i == 0);
        plan p = {*story, number, story->day + fate.update, stream_figure(story, &fate), 0, 0};
        if (fate.copy) {
            p = made[stream_draw(s, i)];
        } else {
            p.dice = s->state;
        }
        p.outlet = stream_draw(s, OUTLETS);
        made[i] = p;
        add_plan((story->day + fate.update) * 24 + stream_draw(s, 24) + fate.late, &p);
    }
    return count;
}

static void plan_day(stream *s, uint32_t day, uint32_t *stories)
{
    static stream_story before;
    for (uint32_t count = 0; count < DAY_ARTICLES; ++*stories) {
        stream_story story = stream_next_story(s, &before, *stories, 1);
        story.day += *stories % 4 == 3 ? 0 : day; /* a look-alike has its day from the story before it */
        count += plan_story(s, &story, *stories);
        before = story;
    }
}

static void print_article(const stream *s, kh_arena scratch, const plan *p, size_t number, FILE *truth)
{
    stream one = *s;
    kh_buf line = {.arena = &scratch};
    kh_json j = {.buf = &line};
    one.out = &scratch;
    one.state = p->dice;
    kh_page page = stream_page(&one, &p->story, p->day, p->figure, number);
    kh_json_open(&j, NULL, '{');
    kh_json_str(&j, "id", page.given_id);
    kh_json_str(&j, "title", page.title);
    kh_json_str(&j, "text", page.text);
    kh_json_str(&j, "lang", page.lang);
    kh_json_str(&j, "published", kh_time_text(&scratch, page.published));
    kh_json_str(&j, "outlet", kh_str_z(outlets[p->outlet]));
    kh_json_close(&j, '}');
    kh_buf_char(&line, '\n');
    fwrite(line.ptr, 1, line.len, stdout);
    if (truth) {
        fprintf(truth, "a%zu\t%u\n", number, p->number);
    }
}

static void name_outlets(stream *s)
{
    static const char *const kinds[] = {"Post", "Ledger", "Times", "Gazette", "Herald"};
    for (size_t i = 0; i < OUTLETS; i++) {
        char name[8];
        stream_name(s, name);
        snprintf(outlets[i], sizeof outlets[i], "%c%s %s", name[0] - 'a' + 'A', name + 1, kinds[i % 5]);
    }
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    kh_arena kept = kh_arena_reserve((size_t)1 << 30, NULL);
    kh_arena scratch = kh_arena_reserve((size_t)64 << 20, NULL);
    FILE *truth = argc > 3 ? fopen(argv[3], "w") : NULL;
    if (count == 0 || !kept.begin || !scratch.begin || (argc > 3 && !truth)) {
        fputs("usage: news_stream COUNT [SEED [TRUTH]]\n", stderr);
        return 64;
    }
    stream s;
    uint32_t stories = 0;
    size_t printed = 0;
    stream_open(&s, &kept, kh_lexicon_builtin(&kept), argc > 2 ? strtoull(argv[2], NULL, 10) : 1);
    s.sentences = SENTENCES;
    name_outlets(&s);
    for (uint32_t at = 0; printed < count; at++) {
        if (at % 24 == 0) {
            plan_day(&s, at / 24, &stories);
        }
        hour *h = &ring[at % HOURS];
        for (size_t i = 0; i < h->count && printed < count; i++) {
            print_article(&s, scratch, &h->plans[i], printed++, truth);
        }
        h->count = 0;
    }
    bool written = fflush(stdout) == 0 && !ferror(stdout) && (!truth || fclose(truth) == 0);
    return written ? 0 : 74;
}
