/* parts.h - members that several JSON documents have; used inside json/ only. */
#ifndef KHABAR_JSON_PARTS_H
#define KHABAR_JSON_PARTS_H

#include "json/json.h"

/* Scores and confidences: three decimals say all there is to say. */
void kh_json_share(kh_json *j, const char *key, float value);

/* Members `span` and, where it is not empty, `text`: the words it covers. */
void kh_json_evidence(kh_json *j, const kh_article *a, kh_span span);

/* The words of SPAN as member KEY; null for the empty span. */
void kh_json_words(kh_json *j, const char *key, const kh_article *a, kh_span span);

/* What a reader of a list wants to know of an article. */
void kh_json_head(kh_json *j, const kh_article *a, const kh_json_labels *labels);

/* Credits, names, quotations, figures, dates, chains. */
void kh_json_findings(kh_json *j, const kh_article *a, const kh_json_labels *labels);

/* What to call agency ID: by LABELS, else the id itself. */
kh_str kh_json_agency(const kh_json_labels *labels, kh_str id);

/* A bound that may be open: null then. */
void kh_json_bound(kh_json *j, const char *key, bool has, double value);

/* A list of strings as member KEY. */
void kh_json_strs(kh_json *j, const char *key, const kh_strs *list);

#endif
