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

static const struct option known[] = {
    {"db", required_argument, NULL, 'd'},      {"data", required_argument, NULL, 'D'},
    {"format", required_argument, NULL, 'f'},  {"now", required_argument, NULL, 'n'},
    {"color", optional_argument, NULL, 'c'},   {"url", required_argument, NULL, 'u'},
    {"published", required_argument, NULL, 'p'}, {"outlet", required_argument, NULL, 'o'},
    {"since", required_argument, NULL, 's'},   {"lang", required_argument, NULL, 'l'},
    {"limit", required_argument, NULL, 'm'},   {"jobs", required_argument, NULL, 'j'},
    {"no-raw", no_argument, NULL, 'R'},        {"raw", no_argument, NULL, 'r'},
    {"among", required_argument, NULL, 'a'},   {"queries", required_argument, NULL, 'q'},
    {"pairs", required_argument, NULL, 'P'},   {"near", required_argument, NULL, 'N'},
    {"copies", no_argument, NULL, 'X'},        {"list", no_argument, NULL, 'L'},
    {"undo", required_argument, NULL, 'U'},    {"by", required_argument, NULL, 'b'},
    {"why", required_argument, NULL, 'w'},     {"host", required_argument, NULL, 'H'},
    {"path", required_argument, NULL, 'A'},    {"until", required_argument, NULL, 'Z'},
    {"report", required_argument, NULL, 'T'},  {NULL, 0, NULL, 0}};

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

/* One option; false when its value cannot be read. */
static bool set(kh_options *o, int letter, const char *value)
{
    uint64_t number = 0;
    switch (letter) {
    case 'd': o->db = value; return true;
    case 'D': o->data = value; return true;
    case 'f': o->format_given = true; return read_format(value, &o->format);
    case 'n': return kh_time_parse(kh_str_z(value), &o->now);
    case 'c': return read_color(value, &o->color);
    case 'u': o->url = kh_str_z(value); return true;
    case 'p': {
        kh_time t;
        o->published = kh_str_z(value);
        return kh_time_parse(o->published, &t);
    }
    case 'o': o->outlet = kh_str_z(value); return true;
    case 's': {
        kh_time t;
        o->since = kh_str_z(value);
        return kh_time_parse(o->since, &t);
    }
    case 'l': o->lang = kh_str_z(value); return true;
    case 'm':
        if (!read_number(value, UINT32_MAX, &number)) {
            return false;
        }
        o->limit = (uint32_t)number;
        return true;
    case 'j':
        if (!read_number(value, 64, &number)) {
            return false;
        }
        o->jobs = (unsigned)number;
        return true;
    case 'N':
        if (!read_number(value, 1000, &number)) {
            return false;
        }
        o->near = (uint32_t)number;
        return true;
    case 'E': o->export_as = value; return kh_export_known(kh_str_z(value));
    case 'L': o->list = true; return true;
    case 'U':
        if (!read_number(value, UINT32_MAX, &number)) {
            return false;
        }
        o->undo = (uint32_t)number;
        return true;
    case 'b': o->by = kh_str_z(value); return kh_str_trim(o->by).len > 0;
    case 'w': o->why = kh_str_z(value); return true;
    case 'X': o->copies = true; return true;
    case 'H': o->host = kh_str_z(value); return true;
    case 'A': o->path = kh_str_z(value); return true;
    case 'Z': return kh_time_parse(kh_str_z(value), &o->until);
    case 'T': o->report = value; return true;
    case 'R': o->no_raw = true; return true;
    case 'r': o->raw = true; return true;
    case 'a': o->among = value; return true;
    case 'q': o->queries = value; return true;
    case 'P': o->pairs = value; return true;
    default: return false;
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
    case 'U':
    case 'm': return "a whole number from 1";
    case 'N': return "a whole number from 1 to 1000";
    case 'j': return "a whole number from 1 to 64";
    case 'c': return "auto, always or never";
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
    for (int letter; (letter = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        const char *word = argv[optind - 1];
        if (letter == '?') {
            return kh_tell_usage(command->name, "%s is no option, or its value is missing", word);
        }
        letter = letter == 'f' && strchr(command->options, 'E') ? 'E' : letter; /* export has forms of its own */
        if (!strchr(command->options, letter)) {
            return kh_tell_usage(command->name, "it takes no %s", word);
        }
        if (!set(o, letter, optarg)) {
            return kh_tell_usage(command->name, "%s: the value should be %s", word, values_of(letter));
        }
    }
    o->args = (const char *const *)argv + optind;
    o->arg_count = (size_t)(argc - optind);
    fill_paths(o);
    return 0;
}
