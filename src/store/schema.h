/* schema.h - the text of schema.sql as it was when the program was built, written by gen/embed.c. */
#ifndef KHABAR_STORE_SCHEMA_H
#define KHABAR_STORE_SCHEMA_H

#include <stddef.h>

extern const char kh_store_schema[]; /* NUL-terminated SQL */
extern const size_t kh_store_schema_len;

#endif
