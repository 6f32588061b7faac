/* told.c - how the program speaks when it does not print results: failures, progress, signals. */
#include "cli/cli.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

int kh_exit_code(kh_status status)
{
    switch (status) {
    case KH_OK: return EX_OK;
    case KH_ERR_USAGE: return EX_USAGE;
    case KH_ERR_NOINPUT: return EX_NOINPUT;
    case KH_ERR_IO: return EX_IOERR;
    case KH_ERR_MEMORY: return EX_OSERR;
    case KH_ERR_CONFIG: return EX_CONFIG;
    case KH_ERR_CREATE: return EX_CANTCREAT;
    default: return EX_DATAERR;
    }
}

int kh_tell(const kh_error *err)
{
    fprintf(stderr, "khabar: %s\n", err->msg);
    return kh_exit_code(err->code);
}

kh_status kh_no_address_space(kh_error *err)
{
    return kh_fail(err, KH_ERR_MEMORY, "no_memory", "the system gives no address space; see ulimit -v");
}

int kh_tell_usage(const char *command, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "khabar %s: ", command);
    vfprintf(stderr, format, args);
    fprintf(stderr, "; see khabar help %s\n", command);
    va_end(args);
    return EX_USAGE;
}

atomic_int kh_interrupted = 0;

static void on_signal(int number)
{
    (void)number;
    kh_interrupted = 1;
}

void kh_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND}; /* a second one kills */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

int64_t kh_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

kh_time kh_clock(void)
{
    return kh_time_of_seconds((int64_t)time(NULL));
}

enum { PROGRESS_AFTER_MS = 2000, PROGRESS_EVERY_MS = 200 };

void kh_progress_begin(kh_progress *p)
{
    *p = (kh_progress){.began = kh_milliseconds(), .terminal = isatty(STDERR_FILENO) != 0};
}

/* By the bytes of the input, where all of them are known. */
static void tell_time_left(const kh_progress *p, double seconds)
{
    if (!p->bytes_done || p->bytes_done > p->bytes_all) {
        return;
    }
    double share = (double)p->bytes_done / (double)p->bytes_all;
    double left = seconds / share - seconds;
    fprintf(stderr, ", %.0f %%", share * 100);
    if (left >= 5400) {
        fprintf(stderr, ", %.1f hours left", left / 3600);
    } else if (left >= 90) {
        fprintf(stderr, ", %.0f minutes left", left / 60);
    } else {
        fprintf(stderr, ", %.0f seconds left", left);
    }
}

bool kh_prints_to_terminal(void)
{
    return isatty(STDOUT_FILENO) != 0;
}

void kh_progress_step(kh_progress *p)
{
    int64_t now = p->terminal ? kh_milliseconds() : 0;
    if (!p->terminal || now - p->began < PROGRESS_AFTER_MS || now - p->last < PROGRESS_EVERY_MS) {
        return;
    }
    p->last = now;
    p->shown = true;
    double seconds = (double)(now - p->began) / 1000;
    fprintf(stderr, "\r%" PRIu64 " pages, %.0f a second", p->done, (double)p->done / seconds);
    if (p->failed) {
        fprintf(stderr, ", %" PRIu64 " skipped", p->failed);
    }
    tell_time_left(p, seconds);
    fprintf(stderr, "\033[K");
}

void kh_progress_end(kh_progress *p)
{
    if (p->shown) {
        fprintf(stderr, "\r\033[K");
    }
}
