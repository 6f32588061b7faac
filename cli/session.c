/* session.c - what most commands need: the knowledge, the store, one page's memory. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/* Makes the folders above PATH, so that the default store can be made on a fresh machine. */
static void make_folders(const char *path)
{
    char room[KH_PATH_BYTES_MAX];
    size_t len = strlen(path);
    if (len >= sizeof room) {
        return;
    }
    memcpy(room, path, len + 1);
    for (size_t i = 1; i < len; i++) {
        if (room[i] == '/') {
            room[i] = 0;
            mkdir(room, 0700);
            room[i] = '/';
        }
    }
}

int kh_session_open(kh_session *s, const kh_options *o, bool engine, bool store, kh_store_mode mode)
{
    kh_error err = {0};
    *s = (kh_session){0};
    if (store) {
        if (mode == KH_STORE_WRITE) {
            make_folders(o->db);
        }
        s->store = kh_store_open(o->db, mode, &err);
        if (!s->store) {
            return kh_tell(&err);
        }
    }
    if (engine) {
        s->engine = kh_engine_open(o->data, &err);
    }
    if ((engine && !s->engine) || kh_worker_open(&s->worker, &err)) {
        kh_session_close(s);
        return kh_tell(&err);
    }
    return 0;
}

void kh_session_close(kh_session *s)
{
    kh_worker_close(&s->worker);
    kh_engine_close(s->engine);
    kh_store_close(s->store);
    *s = (kh_session){0};
}

static int read_path(kh_session *s, const kh_options *o, const char *ref, kh_article **article)
{
    kh_error err = {0};
    kh_page *page = KH_NEW(&s->worker.page, kh_page);
    const char *const paths[] = {ref};
    bool done = false;
    kh_input *input = kh_input_open(paths, 1);
    kh_status status = kh_input_next(input, &s->worker.page, page, &done, &err);
    if (!status && !done) {
        status = kh_engine_read(s->engine, &s->worker, page, o->now, article, &err);
    }
    kh_input_close(input);
    if (!status && done) {
        status = kh_fail(&err, KH_ERR_NOINPUT, "no_page", "%s: holds no page", ref);
    }
    return status ? kh_tell(&err) : 0;
}

int kh_session_article(kh_session *s, const kh_options *o, const char *ref, kh_article **article)
{
    kh_error err = {0};
    int64_t id = s->store && access(ref, F_OK) != 0 ? kh_store_find(s->store, kh_str_z(ref)) : 0;
    if (id) {
        return kh_store_article(s->store, &s->worker.page, id, article, &err) ? kh_tell(&err) : 0;
    }
    if (access(ref, F_OK) != 0 && strcmp(ref, "-") != 0) {
        kh_fail(&err, KH_ERR_NOINPUT, "no_such_article", "%s: no file of this name, and no article of the store %s", ref, o->db);
        return kh_tell(&err);
    }
    return read_path(s, o, ref, article);
}

int kh_session_story(kh_session *s, const kh_options *o, const char *ref, kh_story *story)
{
    kh_error err = {0};
    int64_t id = kh_store_find_story(s->store, kh_str_z(ref));
    if (!id) {
        kh_fail(&err, KH_ERR_USAGE, "no_such_story", "%s: no story or article of this name in %s; khabar stories lists them", ref, o->db);
        return kh_tell(&err);
    }
    return kh_story_load(s->engine, s->store, &s->worker.page, s->worker.scratch, id, story, &err) ? kh_tell(&err) : 0;
}
