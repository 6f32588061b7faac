/* error.h - status and error. Stages cannot fail; the rim returns a kh_status and fills a kh_error,
 * passed last, which may be NULL. The library never prints: cli/ and server/ speak. */
#ifndef KHABAR_BASE_ERROR_H
#define KHABAR_BASE_ERROR_H

#include "base/str.h"

typedef enum kh_status {
    KH_OK = 0,
    KH_ERR_INPUT,   /* the bytes are not what they should be (sysexits EX_DATAERR) */
    KH_ERR_USAGE,   /* the caller asked for something that does not exist (EX_USAGE) */
    KH_ERR_NOINPUT, /* no such file, or not readable (EX_NOINPUT) */
    KH_ERR_LIMIT,   /* a limit of base/limits.h was passed; the document is skipped (EX_DATAERR) */
    KH_ERR_IO,      /* read, write or full disk (EX_IOERR) */
    KH_ERR_STORE,   /* SQLite said no, the file is no store or of a newer schema (EX_DATAERR, EX_CANTCREAT) */
    KH_ERR_MEMORY,  /* the system gives no memory (EX_OSERR) */
    KH_ERR_CONFIG,  /* a setting that must not be used as it is (EX_CONFIG) */
    KH_ERR_CREATE   /* a file that is to be made is there already, or may not be made there (EX_CANTCREAT) */
} kh_status;

typedef struct kh_error {
    kh_status code;
    const char *reason; /* short fixed word for programs: "too_large", "not_text" ...; never NULL once set */
    size_t pos;         /* byte or line where it went wrong, 0 when that says nothing */
    char msg[400];      /* what, where, what to do; one line, no full stop */
} kh_error;

/* Fills ERR when it is not NULL and gives CODE back, so that a failure is one `return kh_fail(...)`. */
kh_status kh_fail(kh_error *err, kh_status code, const char *reason, const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
