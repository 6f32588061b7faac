/* export.c - khabar export: a story as a document for other programs (docs/JSON.md): spreadsheets, W3C PROV, schema.org. */
#include "cli/cli.h"

#include "engine/export.h"

#include <sysexits.h>

int kh_run_export(const kh_options *o)
{
    kh_session s;
    kh_story story = {0};
    if (o->arg_count != 1) {
        return kh_tell_usage("export", "give the name of one story");
    }
    if (!o->export_as) {
        return kh_tell_usage("export", "say how: --format %s", kh_export_forms);
    }
    int code = kh_session_open(&s, o, true, true, KH_STORE_READ);
    if (code) {
        return code;
    }
    code = kh_session_story(&s, o, o->args[0], &story);
    if (!code) {
        kh_buf buf = {.arena = &s.worker.scratch};
        kh_export(&buf, s.engine, &story, kh_str_z(o->export_as));
        code = kh_flush(&buf) ? EX_OK : EX_IOERR;
    }
    kh_session_close(&s);
    return code;
}
