/* recent.h - inside engine/: digests of stored articles that were asked for a moment ago. */
#ifndef KHABAR_ENGINE_RECENT_H
#define KHABAR_ENGINE_RECENT_H

#include "engine/engine.h"

/* NULL without memory, which only makes placing slower: all of these accept NULL. */
kh_recent *kh_recent_open(void);
void kh_recent_close(kh_recent *recent);

/* Forgets all. Call when a transaction begins before which somebody else has written, and where a stored article was changed or taken back. */
void kh_recent_clear(kh_recent *recent);

/* The digest of article ID; NULL when it is not kept. Good until the next kh_recent_clear or kh_recent_tidy. */
const kh_digest *kh_recent_digest(kh_recent *recent, int64_t id);

/* Keeps a copy of DIGEST, if there is room. */
void kh_recent_keep(kh_recent *recent, const kh_digest *digest);

/* Sums of stories' members, kept as long as the digests; NULL where RECENT is. Good as long as those. */
kh_story_memo *kh_recent_memo(kh_recent *recent);

/* Forgets all when it is nearly full; call between articles. */
void kh_recent_tidy(kh_recent *recent);

#endif
