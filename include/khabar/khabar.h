/* khabar.h - the published interface of libkhabar: read news pages, keep them, compare the accounts.
 *
 * Results are JSON texts of the documented form (docs/JSON.md, version 1, which only grows), so a program in
 * any language can use them. A context belongs to one thread at a time; several contexts may run at once.
 *
 *     khabar *k = khabar_open(NULL);
 *     khabar_result *r = khabar_read(k, bytes, length, "page.html");
 *     if (khabar_ok(r)) {
 *         puts(khabar_json(r));
 *     } else {
 *         fprintf(stderr, "%s\n", khabar_message(r));
 *     }
 *     khabar_free(r);
 *     khabar_close(k);
 *
 * Every function accepts NULL where a context or result is wanted: the answer is then NULL, 0 or nothing.
 * Text is UTF-8. Nothing is printed, no signal is caught, no network is used.
 */
#ifndef KHABAR_KHABAR_H
#define KHABAR_KHABAR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define KHABAR_API __attribute__((visibility("default")))
#else
#define KHABAR_API
#endif

typedef struct khabar khabar;               /* the knowledge, and a store where one is open */
typedef struct khabar_result khabar_result; /* one answer: JSON, or a failure; freed by the caller */

/* "0.1.0" */
KHABAR_API const char *khabar_version(void);

/* The knowledge. DATA_FOLDER is laid over what is built in; NULL for none. NULL when the folder cannot be
 * read or there is no memory. */
KHABAR_API khabar *khabar_open(const char *data_folder);
KHABAR_API void khabar_close(khabar *k);

/* Version of the language knowledge, 16 hex digits; the string lives as long as K. */
KHABAR_API const char *khabar_knowledge(const khabar *k);

/* Opens the store file PATH for khabar_add and all that follows; makes it when it is missing. */
KHABAR_API khabar_result *khabar_store(khabar *k, const char *path);

/* One page (HTML or the text of a scraped page) as an article. LABEL names it; may be NULL. No store is needed
 * or touched, and the same bytes give the same JSON. */
KHABAR_API khabar_result *khabar_read(khabar *k, const char *bytes, size_t length, const char *label);

/* The same into the store, committed before it returns. The JSON is {"key", "id", "outcome"}, outcome being
 * "new", "unchanged" or "revised". URL may be NULL. */
KHABAR_API khabar_result *khabar_add(khabar *k, const char *bytes, size_t length, const char *label, const char *url);

/* The stories of the store, one JSON object a line, newest first. */
KHABAR_API khabar_result *khabar_stories(khabar *k);

/* The story REF (its name or an article of it), compared, with the other stories that it is related to. */
KHABAR_API khabar_result *khabar_story(khabar *k, const char *ref);

/* The relation of two pages that need not be in the store. */
KHABAR_API khabar_result *khabar_compare(khabar *k, const char *a, size_t a_length, const char *b, size_t b_length);

/* The article REF of the store with all that was found in it and what was corrected. */
KHABAR_API khabar_result *khabar_article(khabar *k, const char *ref);

/* The passport of quotation NUMBER (from 1) of the story REF: every rendering of it, in order of publication, with what was
 * lost or changed. 0: all passports of the story, one JSON object a line. */
KHABAR_API khabar_result *khabar_quotation(khabar *k, const char *ref, size_t number);

/* The story REF as a document for other programs. FORM is "csv-figures" or "csv-quotations" (RFC 4180), "prov" (W3C
 * PROV-JSON) or "jsonld" (schema.org). khabar_json gives the document's text, also where it is CSV. */
KHABAR_API khabar_result *khabar_export(khabar *k, const char *ref, const char *form);

/* A person's word against the program's, kept with who (BY), when (now) and why (may be NULL), and held through new
 * revisions and readings. By KIND the arguments are:
 *     "speaker"                article, words of the quotation, speaker or "unknown"
 *     "date"                   article, time ("2022-01-08")
 *     "join", "split"          article, article: one story, or not
 *     "no_copy"                article, article: neither is a copy of the other
 *     "same_name", "other_name" spelling, spelling: one name, or two
 * THIRD is NULL for all but "speaker". The JSON is the correction with its id, and what the program had said ("was"). A
 * target that is not there, or is as wanted already, fails with a reason: "no_such_article", "no_such_quotation" ... */
KHABAR_API khabar_result *khabar_correct(khabar *k, const char *kind, const char *first, const char *second, const char *third,
                                         const char *by, const char *why);

/* Takes the correction ID back; the articles that it moved go where they were. The JSON is {"khabar": 1}. */
KHABAR_API khabar_result *khabar_correct_undo(khabar *k, long long id);

/* All corrections, one JSON object a line, oldest first; those taken back have the time in "undone". */
KHABAR_API khabar_result *khabar_corrections(khabar *k);

/* Takes the article REF out of the store with all its traces. The JSON is {"khabar": 1}. */
KHABAR_API khabar_result *khabar_delete(khabar *k, const char *ref);

/* Reads anew the pages of the store that other knowledge read. Committed page by page. The JSON is {"khabar": 1,
 * "refreshed": pages read, "left": pages whose bytes were not kept, "failed": pages that could not be read}. */
KHABAR_API khabar_result *khabar_refresh(khabar *k);

/* Of a result: did it succeed; its JSON, NUL-terminated ("" after a failure), and the JSON's length; the message and the
 * fixed reason word of a failure ("" after success). All live until khabar_free. */
KHABAR_API int khabar_ok(const khabar_result *r);
KHABAR_API const char *khabar_json(const khabar_result *r);
KHABAR_API size_t khabar_json_length(const khabar_result *r);
KHABAR_API const char *khabar_message(const khabar_result *r);
KHABAR_API const char *khabar_reason(const khabar_result *r);
KHABAR_API void khabar_free(khabar_result *r);

#ifdef __cplusplus
}
#endif

#endif
