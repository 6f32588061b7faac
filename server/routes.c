/* routes.c - every address of the server, one line each; docs/API.md and openapi.json say the same in words (test/server/api.py). */
#include "server/room.h"

enum { HTML = 1 << KH_FORM_HTML, JSON = 1 << KH_FORM_JSON, LINES = 1 << KH_FORM_NDJSON, FEEDS = 1 << KH_FORM_ATOM | 1 << KH_FORM_FEED };

enum { DESK = KH_ROUTE_DESK, KEPT = KH_ROUTE_KEPT, SEALED = KH_ROUTE_SEALED };

const kh_route kh_routes[] = {
    {KH_GET, "/", HTML | JSON | LINES | FEEDS, DESK | KEPT | SEALED, kh_page_front},
    {KH_GET, "/stories", HTML | JSON | LINES | FEEDS, DESK | KEPT | SEALED, kh_page_front},
    {KH_GET, "/stories/*", HTML | JSON | FEEDS, DESK | KEPT | SEALED, kh_page_story},
    {KH_GET, "/stories/*/graph", HTML | JSON, DESK | KEPT | SEALED, kh_page_graph},
    {KH_GET, "/stories/*/sides", HTML | JSON, DESK | KEPT | SEALED, kh_page_sides},
    {KH_GET, "/articles/*", HTML | JSON, DESK | KEPT | SEALED, kh_page_article},
    {KH_GET, "/articles/*/raw", 0, DESK | SEALED, kh_page_raw},
    {KH_GET, "/search", HTML | JSON | LINES | FEEDS, DESK | KEPT | SEALED, kh_page_search},
    {KH_GET, "/watch-lists", HTML | JSON, DESK | KEPT, kh_page_watch_lists},
    {KH_GET, "/watch-lists/*", HTML | JSON | LINES | FEEDS, DESK | KEPT, kh_page_watch},
    {KH_GET, "/assets/*", 0, 0, kh_page_asset},
    {KH_GET, "/api/openapi", JSON, 0, kh_api_openapi},
    {KH_GET, "/healthz", 0, DESK, kh_api_health},
    {KH_GET, "/metrics", 0, 0, kh_api_metrics},
    {KH_POST, "/api/trace", 0, DESK, kh_api_trace},
    {KH_POST, "/api/articles", 0, DESK, kh_write_article},
    {KH_POST, "/articles/*/corrections", 0, DESK, kh_write_correction},
    {KH_POST, "/corrections/*/undo", 0, DESK, kh_write_undo},
    {KH_POST, "/watch-lists", 0, DESK, kh_write_watch},
    {KH_POST, "/watch-lists/*/delete", 0, DESK, kh_write_unwatch},
    {KH_DELETE, "/watch-lists/*", 0, DESK, kh_write_unwatch},
};
const size_t kh_route_count = sizeof kh_routes / sizeof *kh_routes;
