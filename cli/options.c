/* options.c - the command line, by one table of options. A command says by letters which it takes; any
 * other is refused with the name of the command that refused it. */
#include "cli/cli.h"

#include "engine/export.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

static const struct option known[] = {{"db", required_argument, NULL, 'd'},
                                      {"data", required_argument, NULL, 'D'},
                                      {"format", required_argument, NULL, 'f'},
                                      {"now", required_argument, NULL, 'n'},
                                      {"color", optional_argument, NULL, 'c'},
                                      {"url", required_argument, NULL, 'u'},
                                      {"published", required_argument, NULL, 'p'},
                                      {"outlet", required_argument, NULL, 'o'},
                                      {"since", required_argument, NULL, 's'},
                                      {"lang", required_argument, NULL, 'l'},
                                      {"limit", required_argument, NULL, 'm'},
                                      {"jobs", required_argument, NULL, 'j'},
                                      {"no-raw", no_argument, NULL, 'R'},
                                      {"raw", no_argument, NULL, 'r'},
                                      {"among", required_argument, NULL, 'a'},
                                      {"queries", required_argument, NULL, 'q'},
                                      {"pairs", required_argument, NULL, 'P'},
                                      {"near", required_argument, NULL, 'N'},
                                      {"copies", no_argument, NULL, 'X'},
                                      {"list", no_argument, NULL, 'L'},
                                      {"undo", required_argument, NULL, 'U'},
                                      {"by", required_argument, NULL, 'b'},
                                      {"why", required_argument, NULL, 'w'},
                                      {"host", required_argument, NULL, 'H'},
                                      {"path", required_argument, NULL, 'A'},
                                      {"until", required_argument, NULL, 'Z'},
                                      {"report", required_argument, NULL, 'T'},
                                      {"every", required_argument, NULL, 'y'},
                                      {"delay", required_argument, NULL, 'e'},
                                      {"timeout", required_argument, NULL, 't'},
                                      {"once", no_argument, NULL, '1'},
                                      {"opml", no_argument, NULL, 'O'},
                                      {"forget", no_argument, NULL, 'g'},
                                      {"yes", no_argument, NULL, '6'},
                                      {"warc", required_argument, NULL, 'W'},
                                      {"contact", required_argument, NULL, 'C'},
                                      {"allow-private", optional_argument, NULL, 'x'},
                                      {"listen", required_argument, NULL, 'B'},
                                      {"token-file", required_argument, NULL, 'K'},
                                      {"allow-host", required_argument, NULL, 'Y'},
                                      {"allow-add", no_argument, NULL, 'G'},
                                      {"allow-edit", no_argument, NULL, 'I'},
                                      {"revisions", no_argument, NULL, 'v'},
                                      {"order", required_argument, NULL, 'i'},
                                      {"before", required_argument, NULL, '2'},
                                      {"older-than", required_argument, NULL, '3'},
                                      {"to", required_argument, NULL, '4'},
                                      {"dry-run", no_argument, NULL, '5'},
                                      {NULL, 0, NULL, 0}};

static bool read_format(const char *word, kh_format *format)
{
    static const char *const names[] = {"table", "jsonl", "tsv", "csv"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(word, names[i]) == 0) {
            *format = (kh_format)i;
            return true;
        }
    }
    return false;
}

static bool read_number(const char *word, uint64_t most, uint64_t *value)
{
    return kh_str_u64(kh_str_z(word), value) && *value >= 1 && *value <= most;
}

static bool read_color(const char *word, bool *color)
{
    if (!word || strcmp(word, "always") == 0) {
        *color = true;
    } else if (strcmp(word, "never") == 0) {
        *color = false;
    } else {
        return strcmp(word, "auto") == 0;
    }
    return true;
}

/* "90s", "30m", "2h", "1d", "200ms"; a bare number is seconds. From LEAST milliseconds to a year. */
static bool read_duration(const char *word, int64_t least, int64_t *ms)
{
    static const struct {
        const char *unit;
        double ms;
    } units[] = {{"ms", 1}, {"s", 1e3}, {"m", 60e3}, {"h", 3600e3}, {"d", 86400e3}};
    kh_str s = kh_str_z(word);
    double factor = 1e3;
    double value = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        kh_str unit = kh_str_z(units[i].unit);
        if (kh_str_ends(s, unit)) {
            s.len -= unit.len;
            factor = units[i].ms;
            break;
        }
    }
    if (!kh_str_double(s, &value) || !(value >= 0) || value * factor > 365 * 86400e3) {
        return false;
    }
    *ms = (int64_t)(value * factor);
    return *ms >= least;
}

/* An address or words that a server is told; it stands in a header. */
static bool read_contact(const char *word, const char **contact)
{
    *contact = word;
    for (const char *p = word; *p; p++) {
        if (*p < ' ' || *p > '~' || *p == '(' || *p == ')') {
            return false;
        }
    }
    return *word && strlen(word) <= 200;
}

/* "180d", "26w" or "2y", at most a thousand years; in days. */
static bool read_age(const char *word, int64_t *days)
{
    static const struct {
        char unit;
        uint64_t days;
    } units[] = {{'d', 1}, {'w', 7}, {'y', 365}};
    kh_str s = kh_str_z(word);
    uint64_t number = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units && s.len > 1; i++) {
        if (s.ptr[s.len - 1] == units[i].unit && kh_str_u64(kh_str_head(s, s.len - 1), &number) && number &&
            number <= 365000 / units[i].days) {
            *days = (int64_t)(number * units[i].days);
            return true;
        }
    }
    return false;
}

/* Of archive and prune. */
static bool set_longevity(kh_options *o, int letter, const char *value)
{
    kh_time t;
    switch (letter) {
    case '2': o->before = kh_str_z(value); return kh_time_parse(o->before, &t) && t.precision >= KH_TO_DAY;
    case '3': return read_age(value, &o->older_than);
    case '4': o->to = value; return *value != 0;
    case '5': o->dry_run = true; return true;
    case '6': o->yes = true; return true;
    default: return false;
    }
}

static bool set_watch(kh_options *o, int letter, const char *value)
{
    int64_t ms = 0;
    switch (letter) {
    case 'y':
        if (!read_duration(value, 1000, &ms)) {
            return false;
        }
        o->every = ms / 1000;
        return true;
    case 'e': return read_duration(value, 0, &o->delay_ms);
    case 't': return read_duration(value, 1, &o->timeout_ms);
    case '1': o->once = true; return true;
    case 'O': o->opml = true; return true;
    case 'g': o->forget = true; return true;
    case 'W': o->warc = value; return true;
    case 'C': return read_contact(value, &o->contact);
    case 'x':
        o->allow_private = !value;
        o->private_hosts = kh_str_z(value);
        return !value || *value;
    default: return set_longevity(o, letter, value);
    }
}

static bool set_number(uint32_t *to, const char *value, uint64_t most)
{
    uint64_t number = 0;
    bool read = read_number(value, most, &number);
    *to = read ? (uint32_t)number : *to;
    return read;
}

/* An option that is a day of some precision, kept as it was written. */
static bool set_day(kh_str *to, const char *value)
{
    kh_time t;
    *to = kh_str_z(value);
    return kh_time_parse(*to, &t);
}

/* What is said of a page that is read, and which pages are. */
static bool set_reading(kh_options *o, int letter, const char *value)
{
    switch (letter) {
    case 'u': o->url = kh_str_z(value); return true;
    case 'p': return set_day(&o->published, value);
    case 'o': o->outlet = kh_str_z(value); return true;
    case 's': return set_day(&o->since, value);
    case 'l': o->lang = kh_str_z(value); return true;
    case 'H': o->host = kh_str_z(value); return true;
    case 'A': o->path = kh_str_z(value); return true;
    case 'Z': return kh_time_parse(kh_str_z(value), &o->until);
    case 'T': o->report = value; return true;
    case 'R': o->no_raw = true; return true;
    default: return set_watch(o, letter, value);
    }
}

static bool set_correction(kh_options *o, int letter, const char *value)
{
    switch (letter) {
    case 'L': o->list = true; return true;
    case 'U': return set_number(&o->undo, value, UINT32_MAX);
    case 'b': o->by = kh_str_z(value); return kh_str_trim(o->by).len > 0;
    case 'w': o->why = kh_str_z(value); return true;
    default: return set_reading(o, letter, value);
    }
}

static bool set_server(kh_options *o, int letter, const char *value)
{
    switch (letter) {
    case 'B': o->listen = value; return true;
    case 'K': o->token_file = value; return true;
    case 'Y':
        if (o->host_count == KH_HOSTS_MAX) {
            return false;
        }
        o->hosts[o->host_count++] = value;
        return *value != 0;
    case 'G': o->allow_add = true; return true;
    case 'I': o->allow_edit = true; return true;
    default: return set_correction(o, letter, value);
    }
}

/* One option; false when its value cannot be read. Each kind hands on what is not its own. */
static bool set(kh_options *o, int letter, const char *value)
{
    switch (letter) {
    case 'd': o->db = value; return true;
    case 'D': o->data = value; return true;
    case 'f': o->format_given = true; return read_format(value, &o->format);
    case 'n': return kh_time_parse(kh_str_z(value), &o->now);
    case 'c': return read_color(value, &o->color);
    case 'm': return set_number(&o->limit, value, UINT32_MAX);
    case 'j': return set_number(&o->jobs, value, 64);
    case 'N': return set_number(&o->near, value, 1000);
    case 'E': o->export_as = value; return kh_export_known(kh_str_z(value));
    case 'X': o->copies = true; return true;
    case 'r': o->raw = true; return true;
    case 'v': o->revisions = true; return true;
    case 'i': o->by_importance = strcmp(value, "importance") == 0; return o->by_importance || strcmp(value, "newest") == 0;
    case 'a': o->among = value; return true;
    case 'q': o->queries = value; return true;
    case 'P': o->pairs = value; return true;
    default: return set_server(o, letter, value);
    }
}

static const char *values_of(int letter)
{
    switch (letter) {
    case 'f': return "table, jsonl, tsv or csv";
    case 'n':
    case 'p':
    case 'Z':
    case 's': return "a time such as 2022-01-08 or 2022-01-08T09:59:00Z";
    case 'E': return kh_export_forms;
    case '2': return "a day such as 2022-01-08";
    case '3': return "an age in days, weeks or years, such as 180d, 26w or 2y";
    case 'i': return "newest or importance";
    case 'U':
    case 'm': return "a whole number from 1";
    case 'N': return "a whole number from 1 to 1000";
    case 'j': return "a whole number from 1 to 64";
    case 'c': return "auto, always or never";
    case 'y':
    case 'e':
    case 't': return "a time such as 200ms, 90s, 30m, 2h or 1d";
    case 'C': return "an address in ASCII, without brackets";
    case 'Y': return "the name of a host, at most 16 of them";
    default: return "a value";
    }
}

/* NAME under the folder that VARIABLE names, else under HOME/FALLBACK. */
static const char *user_path(char *room, const char *variable, const char *fallback, const char *name)
{
    const char *base = getenv(variable);
    const char *home = getenv("HOME");
    if (base && *base) {
        snprintf(room, KH_PATH_BYTES_MAX, "%s/%s", base, name);
    } else {
        snprintf(room, KH_PATH_BYTES_MAX, "%s/%s/%s", home ? home : ".", fallback, name);
    }
    return room;
}

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void set_defaults(kh_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const char *no_color = getenv("NO_COLOR");
    o->jobs = cores < 1 ? 1 : cores > 64 ? 64 : (unsigned)cores;
    o->color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
    o->every = 30 * 60;
    o->delay_ms = 2000;
}

static void fill_paths(kh_options *o)
{
    if (!o->db) {
        o->db = user_path(o->db_room, "XDG_DATA_HOME", ".local/share", "khabar/khabar.db");
    }
    if (!o->data) {
        const char *own = user_path(o->data_room, "XDG_CONFIG_HOME", ".config", "khabar");
        o->data = is_folder(own) ? own : NULL;
    }
}

int kh_options_read(const kh_command *command, int argc, char **argv, kh_options *o)
{
    *o = (kh_options){0};
    set_defaults(o);
    opterr = 0;
    optind = 1;
    int at = 0;
    for (int letter; (letter = getopt_long(argc, argv, "", known, &at)) != -1;) {
        if (letter == '?') {
            return kh_tell_usage(command->name, "%s is no option, or its value is missing", argv[optind - 1]);
        }
        letter = letter == 'f' && strchr(command->options, 'E') ? 'E' : letter; /* export has forms of its own */
        if (!strchr(command->options, letter)) {
            return kh_tell_usage(command->name, "it takes no --%s", known[at].name);
        }
        if (!set(o, letter, optarg)) {
            return kh_tell_usage(command->name, "--%s %s: the value should be %s", known[at].name, optarg, values_of(letter));
        }
    }
    o->args = (const char *const *)argv + optind;
    o->arg_count = (size_t)(argc - optind);
    fill_paths(o);
    return 0;
}
