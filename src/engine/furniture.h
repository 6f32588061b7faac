/* furniture.h - what an outlet prints under many of its pages, by the postings of a store. */
#ifndef KHABAR_ENGINE_FURNITURE_H
#define KHABAR_ENGINE_FURNITURE_H

#include "engine/engine.h"
#include "store/store.h"

/* Fills a->furniture and takes its prints out of a->prints. Changes nothing without a store, for a page whose outlet
 * is unknown, and the second time. A may be stored or not. */
kh_status kh_furniture_mark(kh_store *store, kh_arena *out, kh_arena scratch, kh_article *a, kh_error *err);

#endif
