/* export.h - a compared story as a document for other programs. */
#ifndef KHABAR_ENGINE_EXPORT_H
#define KHABAR_ENGINE_EXPORT_H

#include "engine/engine.h"

extern const char *const kh_export_forms; /* "csv-figures, csv-quotations, prov or jsonld" */

/* Is FORM one of them. */
bool kh_export_known(kh_str form);

/* STORY in FORM, to OUT; false when FORM is unknown. */
bool kh_export(kh_buf *out, const kh_engine *engine, const kh_story *story, kh_str form);

#endif
