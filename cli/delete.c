/* delete.c - khabar delete: articles out of the store, with all their traces. */
#include "cli/cli.h"

#include "engine/remove.h"

#include <stdio.h>
#include <sysexits.h>

int kh_run_delete(const kh_options *o)
{
    kh_session s;
    kh_error err = {0};
    if (o->arg_count == 0) {
        return kh_tell_usage("delete", "wants the names of articles");
    }
    int code = kh_session_open(&s, o, false, true, KH_STORE_WRITE);
    if (code) {
        return code;
    }
    kh_str *refs = KH_NEW_N(&s.worker.page, kh_str, o->arg_count);
    for (size_t i = 0; i < o->arg_count; i++) {
        refs[i] = kh_str_z(o->args[i]);
    }
    kh_status status = kh_remove(s.store, s.worker.scratch, refs, o->arg_count, &err);
    kh_session_close(&s);
    if (status) {
        return kh_tell(&err);
    }
    fprintf(stderr, "deleted %zu\n", o->arg_count);
    return EX_OK;
}
