/* openapi.h - openapi.json as it was when the program was built, written by gen/embed.c. */
#ifndef KHABAR_SERVER_OPENAPI_H
#define KHABAR_SERVER_OPENAPI_H

#include <stddef.h>

extern const char kh_openapi[];
extern const size_t kh_openapi_len;

#endif
