/* error.c - one function: how a failure is told. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

kh_status kh_fail(kh_error *err, kh_status code, const char *reason, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        err->code = code;
        err->reason = reason;
        err->pos = 0;
        vsnprintf(err->msg, sizeof err->msg, format, args);
        va_end(args);
    }
    return code;
}
