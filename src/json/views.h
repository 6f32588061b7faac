/* views.h - the pages of the reading room as JSON (docs/API.md). Each is one object on one line, without the newline. */
#ifndef KHABAR_JSON_VIEWS_H
#define KHABAR_JSON_VIEWS_H

#include "model/views.h"
#include "json/json.h"

void kh_json_front(kh_buf *out, const kh_front_view *v);
void kh_json_search(kh_buf *out, const kh_search_view *v);
void kh_json_article_page(kh_buf *out, const kh_article_view *v, const kh_json_labels *labels); /* kh_json_article and more members */
void kh_json_sides(kh_buf *out, const kh_sides_view *v);
void kh_json_watch_lists(kh_buf *out, const kh_watch_lists_view *v);
void kh_json_watch(kh_buf *out, const kh_watch_view *v);
void kh_json_problem(kh_buf *out, const kh_problem_view *v); /* RFC 9457 */

/* One row as one object; how lists become JSON Lines. */
void kh_json_front_row(kh_json *j, const kh_front_row *row);
void kh_json_search_row(kh_json *j, const kh_search_row *row);
void kh_json_happening(kh_json *j, const kh_happening *h);
void kh_json_watch_list(kh_json *j, const char *key, const kh_watch_list *list);

/* "report", "figure" or "origin". */
kh_str kh_watch_name(kh_watch_on on);

/* The provenance graph: nodes (speakers, agencies, outlets, pages) and edges, each with its evidence. */
void kh_json_graph(kh_buf *out, const kh_story *s, const kh_json_labels *labels);

#endif
