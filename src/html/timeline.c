/* timeline.c - the reports of a story in time: a lane for each outlet, rings for copies, bars for the days they speak of.
 *
 *     days told     ▁▇▅▂
 *     Halyard       ●─────╮
 *     Northmere     .     ○        ring: a copy, with an edge to what it was made from
 *     Рейтель       .        ●
 *                  31 Jul   1 Aug
 *
 * Horizontal places are percentages, so the picture fits any width while its letters and marks keep their size. Under a
 * right-to-left interface time runs from right to left. The stretch shown is that of the reports, and up to half of it (at least a
 * day) before the first one, for the days they speak of; earlier days stand in the list beneath, which has all of them in words.
 * A report of unknown date stands beyond the end, behind a dashed line. A report that gives only a day stands at its noon.
 *
 * Reports of one outlet within minutes would cover each other: they are moved apart, in their order, as little as a ring is wide.
 *
 * Gets wrong: reports that were moved apart stand a little later, or earlier at the end, than they came; their labels tell the time.
 */
#include "html/write.h"

enum { LANE_HEIGHT = 26, BAND_HEIGHT = 40, AXIS_HEIGHT = 26, DAY_SECONDS = 86400, TICKS_MAX = 7, UNKNOWN_SHARE = 6 };

#define APART 1.8 /* percent between reports of one lane: a ring in a picture of 700 px */

typedef struct lane {
    kh_str outlet, lang;
    size_t reports;
} lane;

typedef struct picture {
    kh_html *h;
    const kh_sheet *sheet;
    KH_LIST(lane) lanes;
    const uint32_t *lane_of; /* by article */
    const double *x;         /* by article: percent from the side where reading begins */
    int64_t from, to;        /* seconds */
    bool has_unknown;
    bool rtl;
} picture;

static kh_time time_of(const picture *p, uint32_t i)
{
    return p->sheet->story->articles.items[i]->published.when.from;
}

static bool is_dated(const picture *p, uint32_t i)
{
    kh_time t = time_of(p, i);
    return kh_time_known(t) && t.precision >= KH_TO_DAY;
}

/* Of a page that gives only its day: noon, or an hour after its original where that is later on the same day. */
static int64_t moment(const picture *p, uint32_t i)
{
    kh_time t = time_of(p, i);
    const kh_copy *c = kh_sheet_copy(p->sheet->story, i);
    int64_t at = kh_time_seconds(t);
    if (t.precision >= KH_TO_MINUTE) {
        return at;
    }
    int64_t noon = at + DAY_SECONDS / 2;
    int64_t source = c && is_dated(p, c->src) && time_of(p, c->src).precision >= KH_TO_MINUTE ? kh_time_seconds(time_of(p, c->src)) : 0;
    return source >= noon && source + 3600 < at + DAY_SECONDS ? source + 3600 : noon;
}

/* ---- what is shown ---- */

static void add_lanes(picture *p)
{
    const kh_story *s = p->sheet->story;
    kh_arena *out = p->h->out->arena;
    uint32_t *lane_of = KH_NEW_N(out, uint32_t, s->articles.count + 1);
    kh_map known = {0};
    for (uint32_t i = 0; i < s->articles.count; i++) {
        const kh_article *a = s->articles.items[i];
        bool is_new = false;
        uint32_t *at = kh_map_put(out, &known, kh_hash(kh_html_outlet(a)), &is_new);
        if (is_new) {
            *at = (uint32_t)(p->lanes.count < KH_HTML_LANES_MAX ? p->lanes.count : KH_HTML_LANES_MAX);
            if (p->lanes.count <= KH_HTML_LANES_MAX) {
                bool last = p->lanes.count == KH_HTML_LANES_MAX;
                *KH_ADD(out, &p->lanes) = last ? (lane){.outlet = kh_html_word(p->h, "timeline.others"), .lang = p->h->frame->ui}
                                               : (lane){.outlet = kh_html_outlet(a), .lang = a->outlet.value.len ? a->lang : (kh_str){0}};
            }
        }
        lane_of[i] = *at;
        p->lanes.items[*at].reports++;
    }
    p->lane_of = lane_of;
}

/* The earliest day of the story's events that lies within FLOOR and P->from. */
static int64_t first_event(const picture *p, int64_t floor)
{
    int64_t first = p->from;
    KH_EACH(const kh_event, e, p->sheet->story->timeline) {
        int64_t at = kh_time_seconds(e->when.from);
        bool day = e->when.from.precision >= KH_TO_DAY;
        first = day && at >= floor && at < first ? at : first;
    }
    return first;
}

static bool find_stretch(picture *p)
{
    bool any = false;
    for (uint32_t i = 0; i < p->sheet->story->articles.count; i++) {
        if (!is_dated(p, i)) {
            p->has_unknown = true;
            continue;
        }
        int64_t at = moment(p, i);
        p->from = any && p->from < at ? p->from : at;
        p->to = any && p->to > at ? p->to : at;
        any = true;
    }
    int64_t before = (p->to - p->from) / 2 > DAY_SECONDS ? (p->to - p->from) / 2 : DAY_SECONDS;
    p->from = first_event(p, p->from - before);
    p->from -= ((p->from % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
    p->to += DAY_SECONDS - (((p->to % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS);
    return any;
}

/* ---- places ---- */

/* Percent from the side where reading begins, turned around for the SVG where that is the right one. */
static double turned(const picture *p, double x)
{
    return p->rtl ? 100 - x : x;
}

static double width_of_known(const picture *p)
{
    return p->has_unknown ? 100 - UNKNOWN_SHARE : 100;
}

static double place_of(const picture *p, int64_t at)
{
    double share = (double)(at - p->from) / (double)(p->to - p->from);
    return 1 + share * (width_of_known(p) - 2);
}

static double x_of(const picture *p, int64_t at)
{
    return turned(p, place_of(p, at));
}

static double x_of_article(const picture *p, uint32_t i)
{
    return turned(p, p->x[i]);
}

/* Moves the COUNT places of X, which rise, APART from each other, or as far as there is room up to END. */
static void spread(double *x, size_t count, double end)
{
    double room = count > 1 ? (end - 1) / (double)(count - 1) : end;
    double gap = room < APART ? room : APART;
    for (size_t i = 1; i < count; i++) {
        x[i] = x[i] < x[i - 1] + gap ? x[i - 1] + gap : x[i];
    }
    for (size_t i = count; i-- > 0;) {
        double most = i + 1 < count ? x[i + 1] - gap : end;
        x[i] = x[i] > most ? most : x[i];
    }
}

/* The reports of lane ROW that have a date, or that have none, in the order of their places: into IN, places into X. */
static size_t reports_of(const picture *p, size_t row, bool dated, uint32_t *in, double *x)
{
    size_t count = 0;
    for (uint32_t i = 0; i < p->sheet->story->articles.count; i++) {
        if (p->lane_of[i] != row || is_dated(p, i) != dated) {
            continue;
        }
        double at = dated ? place_of(p, moment(p, i)) : 100 - UNKNOWN_SHARE / 2.0;
        size_t k = count++;
        for (; k > 0 && x[k - 1] > at; k--) {
            x[k] = x[k - 1];
            in[k] = in[k - 1];
        }
        x[k] = at;
        in[k] = i;
    }
    return count;
}

static void find_places(picture *p)
{
    kh_arena *out = p->h->out->arena;
    size_t articles = p->sheet->story->articles.count;
    double *places = KH_NEW_N(out, double, articles + 1);
    double *x = KH_NEW_N(out, double, articles + 1);
    uint32_t *in = KH_NEW_N(out, uint32_t, articles + 1);
    for (size_t row = 0; row < p->lanes.count; row++) {
        for (int dated = 0; dated < 2; dated++) {
            size_t count = reports_of(p, row, dated, in, x);
            spread(x, count, dated ? width_of_known(p) - 1 : 99);
            for (size_t k = 0; k < count; k++) {
                places[in[k]] = x[k];
            }
        }
    }
    p->x = places;
}

static unsigned y_of_article(const picture *p, uint32_t i)
{
    return BAND_HEIGHT + p->lane_of[i] * LANE_HEIGHT + LANE_HEIGHT / 2;
}

static unsigned height_of(const picture *p)
{
    return BAND_HEIGHT + (unsigned)p->lanes.count * LANE_HEIGHT;
}

/* ---- drawing ---- */

static void axis(const picture *p)
{
    kh_html *h = p->h;
    int64_t days = (p->to - p->from) / DAY_SECONDS;
    int64_t step = (days + TICKS_MAX - 1) / TICKS_MAX;
    for (int64_t day = 0; day < days; day += step ? step : 1) {
        int64_t at = p->from + day * DAY_SECONDS;
        double x = x_of(p, at);
        kh_buf_printf(h->out, "<line class=\"tick\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%u\"/>", x, x, height_of(p) + 6);
        kh_buf_printf(h->out, "<text class=\"label\" x=\"%.2f%%\" dx=\"%d\" y=\"%u\">", x, p->rtl ? -3 : 3, height_of(p) + 18);
        kh_time t = kh_day_of_number(at / DAY_SECONDS);
        kh_html_text(h, kh_html_day_label(h, t, days > 300));
        kh_html_put(h, "</text>\n");
    }
    if (p->has_unknown) {
        double x = turned(p, 100 - UNKNOWN_SHARE);
        kh_buf_printf(h->out, "<line class=\"unknown\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%u\"/>", x, x, height_of(p) + 6);
        kh_buf_printf(h->out, "<text class=\"label\" x=\"%.2f%%\" text-anchor=\"middle\" y=\"%u\">?</text>\n",
                      turned(p, 100 - UNKNOWN_SHARE / 2.0), height_of(p) + 18);
    }
}

static void lanes(const picture *p)
{
    for (size_t i = 0; i < p->lanes.count; i++) {
        kh_buf_printf(p->h->out, "<line class=\"lane\" x1=\"0\" x2=\"100%%\" y1=\"%zu\" y2=\"%zu\"/>",
                      BAND_HEIGHT + i * LANE_HEIGHT + LANE_HEIGHT / 2, BAND_HEIGHT + i * LANE_HEIGHT + LANE_HEIGHT / 2);
    }
}

static size_t events_on(const picture *p, int64_t day)
{
    size_t count = 0;
    KH_EACH(const kh_event, e, p->sheet->story->timeline) {
        bool of_days = e->when.from.precision >= KH_TO_DAY;
        int64_t first = kh_day_number(e->when.from);
        int64_t last = kh_time_known(e->when.to) ? kh_day_number(e->when.to) : first;
        count += of_days && first <= day && day <= last;
    }
    return count;
}

static void event_bars(const picture *p)
{
    int64_t days = (p->to - p->from) / DAY_SECONDS;
    size_t most = 1;
    for (int64_t i = 0; i < days && days <= 400; i++) {
        size_t count = events_on(p, p->from / DAY_SECONDS + i);
        most = count > most ? count : most;
    }
    for (int64_t i = 0; i < days && days <= 400; i++) {
        size_t count = events_on(p, p->from / DAY_SECONDS + i);
        if (count == 0) {
            continue;
        }
        double a = x_of(p, p->from + i * DAY_SECONDS);
        double b = x_of(p, p->from + (i + 1) * DAY_SECONDS);
        double height = 4 + (double)count * (BAND_HEIGHT - 12) / (double)most;
        kh_buf_printf(p->h->out, "<rect class=\"event\" x=\"%.2f%%\" width=\"%.2f%%\" y=\"%.1f\" height=\"%.1f\"><title>",
                      (a < b ? a : b) + 0.15, (a < b ? b - a : a - b) - 0.3, BAND_HEIGHT - 6 - height, height);
        KH_SAY(p->h, "timeline.day_told", kh_html_day_label(p->h, kh_day_of_number(p->from / DAY_SECONDS + i), true),
               kh_html_number(p->h, count));
        kh_html_put(p->h, "</title></rect>");
    }
    kh_html_put(p->h, "\n");
}

static void edges(const picture *p)
{
    for (uint32_t i = 0; i < p->sheet->story->articles.count; i++) {
        const kh_copy *c = kh_sheet_copy(p->sheet->story, i);
        if (c) {
            kh_buf_printf(p->h->out, "<line class=\"edge %s%s\" x1=\"%.2f%%\" y1=\"%u\" x2=\"%.2f%%\" y2=\"%u\"/>",
                          kh_copy_kind_name(c->kind).ptr, is_dated(p, i) && is_dated(p, c->src) ? "" : " faint", x_of_article(p, c->src),
                          y_of_article(p, c->src), x_of_article(p, i), y_of_article(p, i));
        }
    }
    kh_html_put(p->h, "\n");
}

static void report(const picture *p, uint32_t i)
{
    kh_html *h = p->h;
    const kh_article *a = p->sheet->story->articles.items[i];
    const kh_copy *c = kh_sheet_copy(p->sheet->story, i);
    kh_str kind = c ? kh_html_named(h, "copy", kh_copy_kind_name(c->kind)) : kh_html_word(h, "report.own");
    kh_str label = kh_arena_printf(h->out->arena, KH_FMT " · " KH_FMT " · " KH_FMT " · " KH_FMT, KH_ARG(kh_html_outlet(a)),
                                   KH_ARG(kh_html_time_label(h, time_of(p, i))), KH_ARG(kind), KH_ARG(a->title.value));
    kh_html_put(h, "<a");
    kh_html_article_href(h, a->id);
    kh_html_attr(h, "aria-label", label);
    kh_buf_printf(h->out, "><circle class=\"%s\" cx=\"%.2f%%\" cy=\"%u\" r=\"%d\"><title>", c ? "copy" : "own", x_of_article(p, i),
                  y_of_article(p, i), c ? 5 : 6);
    kh_html_text(h, label);
    kh_html_put(h, "</title></circle></a>\n");
}

static void names_of_lanes(const picture *p)
{
    kh_html *h = p->h;
    kh_html_put(h, "<ul class=\"lane-names\"><li class=\"band\">");
    kh_html_t(h, "timeline.days_told");
    kh_html_put(h, "</li>\n");
    KH_EACH(const lane, l, p->lanes) {
        kh_html_put(h, "<li");
        kh_html_lang(h, l->lang);
        kh_html_put(h, ">");
        kh_html_text(h, l->outlet);
        kh_html_put(h, "</li>\n");
    }
    kh_html_put(h, "</ul>\n");
}

static void draw(const picture *p)
{
    kh_html *h = p->h;
    kh_html_put(h, "<div class=\"timeline\" role=\"group\"");
    kh_html_attr(h, "aria-label", kh_html_word(h, "timeline.title"));
    kh_html_put(h, " tabindex=\"0\">\n");
    names_of_lanes(p);
    kh_buf_printf(h->out, "<svg width=\"100%%\" height=\"%u\" role=\"group\" aria-labelledby=\"tl-title tl-desc\"><title id=\"tl-title\">",
                  height_of(p) + AXIS_HEIGHT);
    kh_html_t(h, "timeline.title");
    kh_html_put(h, "</title><desc id=\"tl-desc\">");
    kh_html_t(h, "timeline.desc");
    kh_html_put(h, "</desc>\n");
    axis(p);
    lanes(p);
    event_bars(p);
    edges(p);
    for (uint32_t i = 0; i < p->sheet->story->articles.count && !kh_html_is_full(h); i++) {
        report(p, i);
    }
    kh_html_put(h, "</svg>\n</div>\n<p class=\"legend\"><span class=\"key own\"></span> ");
    kh_html_t(h, "report.own");
    kh_html_put(h, " <span class=\"key copy\"></span> ");
    kh_html_t(h, "report.copy");
    kh_html_put(h, " <span class=\"key event\"></span> ");
    kh_html_t(h, "timeline.days_told");
    kh_html_put(h, "</p>\n");
}

/* Every day that is told, in words: the picture's equivalent, and what lies outside of it. */
static void told(const picture *p)
{
    kh_html *h = p->h;
    const kh_events *all = &p->sheet->story->timeline;
    if (all->count == 0) {
        return;
    }
    kh_html_put(h, "<details class=\"told\"><summary>");
    kh_html_t(h, "timeline.days_in_words");
    kh_html_put(h, "</summary>\n<table>\n<tbody>\n");
    const kh_event *before = NULL;
    size_t days = 0;
    for (size_t i = 0; i < all->count; i++) {
        const kh_event *e = &all->items[i];
        bool again = before && before->where.article == e->where.article && kh_str_eq(before->sentence, e->sentence);
        before = again ? before : e;
        days += !again;
        if (again || days > KH_HTML_ROWS_MAX || kh_html_is_full(h)) {
            continue;
        }
        const kh_article *a = p->sheet->story->articles.items[e->where.article];
        kh_html_put(h, "<tr><th scope=\"row\">");
        kh_html_when(h, e->when);
        kh_html_put(h, "</th><td");
        kh_html_lang(h, a->lang);
        kh_html_put(h, ">");
        kh_html_text(h, e->sentence);
        kh_html_put(h, "</td><td>");
        kh_html_source_link(h, a, e->where.span);
        kh_html_put(h, "</td></tr>\n");
    }
    kh_html_put(h, "</tbody></table>");
    kh_html_rest(h, days);
    kh_html_put(h, "</details>\n");
}

void kh_html_timeline(kh_html *h, const kh_sheet *sheet)
{
    picture p = {.h = h, .sheet = sheet, .rtl = kh_html_is_rtl(h)};
    add_lanes(&p);
    if (find_stretch(&p)) {
        find_places(&p);
        draw(&p);
    } else {
        kh_html_put(h, "<p class=\"note\">");
        kh_html_t(h, "timeline.no_dates");
        kh_html_put(h, "</p>\n");
    }
    told(&p);
}
