/* assets.h - the files compiled into the program for its pages; made by gen/embed.c from web/ and data/interface/. */
#ifndef KHABAR_HTML_ASSETS_H
#define KHABAR_HTML_ASSETS_H

#include "html/html.h"

extern const kh_asset kh_assets[];
extern const size_t kh_assets_count;
extern const char kh_assets_version[]; /* 16 hex digits over all of them */

#endif
