/* fields.h - inside dates/: dates that stand in fields, news codes and URLs. */
#ifndef KHABAR_DATES_FIELDS_H
#define KHABAR_DATES_FIELDS_H

#include "dates/expr.h"

/* The day that a news code begins with: "1403051514250" is 15 Mordad 1403. */
bool kh_dates_of_code(kh_str digits, kh_time *t);

/* The day in a URL's path: ".../2024/08/05/...", ".../20240805-...", ".../1403051514250/...". */
bool kh_dates_of_url(kh_str url, kh_time *t);

#endif
