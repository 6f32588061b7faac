/* bench_reference.c parse FOLDER THREADS | insert FILE - what `khabar add` is measured against (whole.sh).
 *
 * parse: libxml2 makes a tree of each page of FOLDER and frees it, on THREADS threads, files read along the way.
 * insert: each line of FILE goes as a row of text into a new SQLite file with the settings of a store (WAL, full
 * synchronisation, 64 rows a transaction). Prints the seconds that went by.
 */
#include <dirent.h>
#include <libxml/HTMLparser.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PAGES_MAX = 100000, PATH_BYTES = 4096, BATCH = 64 };

static char *paths[PAGES_MAX];
static size_t path_count;
static atomic_size_t next_page;

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static char *bytes_of(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    long size = -1;
    if (f && fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) > 0) {
        rewind(f);
        bytes = malloc((size_t)size);
        *length = bytes ? fread(bytes, 1, (size_t)size, f) : 0;
    }
    if (f) {
        fclose(f);
    }
    return bytes;
}

static void *parse_pages(void *unused)
{
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    for (size_t i = atomic_fetch_add(&next_page, 1); i < path_count; i = atomic_fetch_add(&next_page, 1)) {
        size_t length = 0;
        char *bytes = bytes_of(paths[i], &length);
        xmlFreeDoc(bytes ? htmlReadMemory(bytes, (int)length, NULL, NULL, options) : NULL);
        free(bytes);
    }
    return unused;
}

static int parse(const char *folder, size_t threads)
{
    pthread_t thread[64];
    DIR *dir = opendir(folder);
    char path[PATH_BYTES];
    for (struct dirent *e = dir ? readdir(dir) : NULL; e && path_count < PAGES_MAX; e = readdir(dir)) {
        if (e->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            paths[path_count++] = strdup(path);
        }
    }
    if (dir) {
        closedir(dir);
    }
    xmlInitParser();
    double began = seconds();
    for (size_t i = 0; i < threads && i < 64; i++) {
        pthread_create(&thread[i], NULL, parse_pages, NULL);
    }
    for (size_t i = 0; i < threads && i < 64; i++) {
        pthread_join(thread[i], NULL);
    }
    printf("%.4f\n", seconds() - began);
    return path_count == 0;
}

static int insert(const char *file)
{
    char store[] = "/tmp/khabar-bench-XXXXXX";
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    FILE *f = fopen(file, "rb");
    char *line = NULL;
    size_t room = 0;
    close(mkstemp(store));
    double began = seconds();
    sqlite3_open(store, &db);
    sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)", NULL, NULL,
                 NULL);
    int bad = !f || sqlite3_prepare_v2(db, "INSERT INTO t(text) VALUES(?)", -1, &stmt, NULL);
    for (size_t i = 0; !bad && getline(&line, &room, f) > 0; i++) {
        if (i % BATCH == 0) {
            sqlite3_exec(db, i ? "COMMIT; BEGIN" : "BEGIN", NULL, NULL, NULL);
        }
        sqlite3_bind_text(stmt, 1, line, -1, SQLITE_STATIC);
        bad = sqlite3_step(stmt) != SQLITE_DONE;
        sqlite3_reset(stmt);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    printf("%.4f\n", seconds() - began);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    unlink(store);
    free(line);
    if (f) {
        fclose(f);
    }
    return bad;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "parse") == 0) {
        return parse(argv[2], (size_t)atoi(argv[3]));
    }
    if (argc == 3 && strcmp(argv[1], "insert") == 0) {
        return insert(argv[2]);
    }
    fprintf(stderr, "usage: bench_reference parse FOLDER THREADS | insert FILE\n");
    return 64;
}
