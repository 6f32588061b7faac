/* session.c - what most commands need: the knowledge, the store, one page's memory. */
#include "cli/cli.h"

#include "store/archive.h"

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
    s->live = s->store;
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
    kh_store_close(s->live);
    for (size_t i = 0; i < s->sealed_count; i++) {
        kh_store_close(s->sealed[i]);
    }
    *s = (kh_session){0};
}

/* ---- the live store and its sealed files ---- */

static void open_sealed(kh_session *s)
{
    kh_error err = {0};
    kh_archives archives = {0};
    kh_arena out = s->worker.scratch;
    s->looked = true;
    if (kh_store_archives(s->live, &out, &archives, &err)) {
        kh_tell(&err);
    }
    for (size_t i = 0; i < archives.count && i < KH_ARCHIVES_MAX; i++) {
        kh_store *file = kh_archive_open(&archives.items[i], &err);
        if (file) {
            s->sealed_ids[s->sealed_count] = archives.items[i].id;
            s->sealed[s->sealed_count++] = file;
        } else {
            kh_tell(&err); /* a warning: the rest is answered */
        }
    }
}

kh_store *kh_session_store(kh_session *s, size_t index)
{
    if (index && s->live && !s->looked) {
        open_sealed(s);
    }
    return index == 0 ? s->live : index <= s->sealed_count ? s->sealed[index - 1] : NULL;
}

bool kh_session_is_last(kh_session *s, size_t index, int64_t article)
{
    kh_arena room = s->worker.scratch;
    bool same = false;
    if (index == 0) {
        return true;
    }
    kh_str key = kh_store_key(s->sealed[index - 1], &room, article);
    int64_t archive = kh_store_find(s->live, key) ? -1 : kh_store_sealed_article(s->live, key, (kh_str){0}, &same);
    return archive == 0 || archive == s->sealed_ids[index - 1];
}

int64_t kh_session_find(kh_session *s, kh_str ref)
{
    kh_store *store;
    int64_t found = 0;
    bool last = false;
    s->store = s->live;
    for (size_t i = 0; !last && (store = kh_session_store(s, i)) != NULL; i++) {
        int64_t id = kh_store_find(store, ref);
        last = id && kh_session_is_last(s, i, id);
        if (last || (id && !found)) {
            s->store = store;
            found = id;
        }
    }
    return found;
}

static int read_path(kh_session *s, const kh_options *o, const char *ref, kh_article **article)
{
    kh_error err = {0};
    kh_page *page = KH_NEW(&s->worker.page, kh_page);
    const char *const paths[] = {ref};
    bool done = false;
    kh_input *input = kh_input_open(paths, 1, &err);
    kh_status status = input ? kh_input_next(input, &s->worker.page, page, &done, &err) : err.code;
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
    int64_t id = s->live && access(ref, F_OK) != 0 ? kh_session_find(s, kh_str_z(ref)) : 0;
    if (id) {
        return kh_store_article(s->store, &s->worker.page, id, article, &err) ? kh_tell(&err) : 0;
    }
    if (access(ref, F_OK) != 0 && strcmp(ref, "-") != 0) {
        kh_fail(&err, KH_ERR_NOINPUT, "no_such_article", "%s: no file of this name, and no article of the store %s", ref, o->db);
        return kh_tell(&err);
    }
    return read_path(s, o, ref, article);
}

int64_t kh_session_find_story(kh_session *s, const kh_options *o, const char *ref)
{
    kh_error err = {0};
    kh_store *store;
    int64_t id = 0;
    for (size_t i = 0; !id && (store = kh_session_store(s, i)) != NULL; i++) {
        id = kh_store_find_story(store, kh_str_z(ref));
        s->store = id ? store : s->live;
    }
    if (!id && kh_store_sealed_story(s->live, kh_str_z(ref))) {
        kh_fail(&err, KH_ERR_USAGE, "sealed_away", "%s: stands in a sealed archive that is not there; khabar archive --list names them",
                ref);
        kh_tell(&err);
    } else if (!id) {
        kh_fail(&err, KH_ERR_USAGE, "no_such_story", "%s: no story or article of this name in %s; khabar stories lists them", ref, o->db);
        kh_tell(&err);
    }
    return id;
}

int kh_session_story(kh_session *s, const kh_options *o, const char *ref, kh_story *story)
{
    kh_error err = {0};
    int64_t id = kh_session_find_story(s, o, ref);
    if (!id) {
        return EX_USAGE;
    }
    return kh_story_load(s->engine, s->store, &s->worker.page, s->worker.scratch, id, story, &err) ? kh_tell(&err) : 0;
}
