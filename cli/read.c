/* read.c - khabar read: pages in, one JSON object per article out, in input order. No store, no clock. */
#include "cli/cli.h"

#include <stdio.h>
#include <sysexits.h>

typedef struct reader {
    const kh_options *options;
    kh_json_labels labels;
    kh_report *report;
    kh_input *input;
    kh_progress progress;
    int worst;
} reader;

static kh_status print_reading(void *context, const kh_reading *r)
{
    reader *x = context;
    x->progress.done++;
    if (r->status) {
        kh_progress_end(&x->progress);
        x->worst = kh_tell(r->error);
        x->progress.failed++;
        kh_report_failure(x->report, r->page, r->error);
        return KH_OK;
    }
    kh_input_progress(x->input, &x->progress.bytes_done, &x->progress.bytes_all);
    kh_progress_step(&x->progress);
    if (!kh_report_wants(x->report, x->options, r->article)) {
        return KH_OK;
    }
    kh_report_read(x->report);
    kh_buf buf = {.arena = &r->worker->page};
    kh_json_article(&buf, r->article, &x->labels);
    kh_buf_char(&buf, '\n');
    return kh_flush(&buf) ? KH_OK : KH_ERR_IO;
}

int kh_run_read(const kh_options *o)
{
    kh_error err = {0};
    int code = 0;
    kh_engine *engine = kh_engine_open(o->data, &err);
    if (!engine) {
        return kh_tell(&err);
    }
    reader x = {.options = o, .labels = kh_engine_labels(engine), .report = kh_report_open(o, &code)};
    if (!x.report) {
        kh_engine_close(engine);
        return code;
    }
    x.input = kh_report_input(x.report, o, &err);
    kh_catch_signals();
    kh_progress_begin(&x.progress);
    x.progress.terminal = x.progress.terminal && !kh_prints_to_terminal();
    kh_pipeline how = {.jobs = o->jobs, .now = o->now, .stop = &kh_interrupted};
    kh_status status = x.input ? kh_pipeline_run(engine, x.input, &how, print_reading, &x, &err) : err.code;
    kh_progress_end(&x.progress);
    kh_report_say(x.report);
    code = kh_report_close(x.report);
    kh_input_close(x.input);
    kh_engine_close(engine);
    if (status) {
        return err.code ? kh_tell(&err) : kh_exit_code(status);
    }
    return kh_interrupted ? 130 : x.worst ? x.worst : code;
}
