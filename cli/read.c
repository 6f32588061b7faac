/* read.c - khabar read: pages in, one JSON object per article out, in input order. No store, no clock. */
#include "cli/cli.h"

#include <stdio.h>
#include <sysexits.h>

typedef struct reader {
    kh_json_labels labels;
    int worst;
} reader;

static kh_status print_reading(void *context, const kh_reading *r)
{
    reader *x = context;
    if (r->status) {
        x->worst = kh_tell(r->error);
        return KH_OK;
    }
    kh_buf buf = {.arena = &r->worker->page};
    kh_json_article(&buf, r->article, &x->labels);
    kh_buf_char(&buf, '\n');
    return kh_flush(&buf) ? KH_OK : KH_ERR_IO;
}

int kh_run_read(const kh_options *o)
{
    kh_error err = {0};
    static const char *const standard_input[] = {"-"};
    kh_engine *engine = kh_engine_open(o->data, &err);
    if (!engine) {
        return kh_tell(&err);
    }
    reader x = {.labels = kh_engine_labels(engine)};
    kh_input *input = kh_input_open(o->arg_count ? o->args : standard_input, o->arg_count ? o->arg_count : 1);
    kh_catch_signals();
    kh_pipeline how = {.jobs = o->jobs, .now = o->now, .stop = &kh_interrupted};
    kh_status status = kh_pipeline_run(engine, input, &how, print_reading, &x, &err);
    kh_input_close(input);
    kh_engine_close(engine);
    if (status) {
        return err.code ? kh_tell(&err) : kh_exit_code(status);
    }
    return kh_interrupted ? 130 : x.worst;
}
