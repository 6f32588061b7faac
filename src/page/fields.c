/* fields.c - byline, section, tags, lead image, address and language of a page, each with its clues.
 *
 * What meta.c, ld.c and the visible lines say is weighed here, and every candidate that was seen is
 * kept with the reason for or against it:
 *
 *     author "بقلم: هدى علي | 2024-08-05"        byline هدى علي
 *     author "admin", "صوت الوادي"               refused: a login, the outlet itself
 *     link[rel=canonical] https://other.example/  refused: another site
 *     og:image "/img/1.jpg"                       https://news.example/img/1.jpg
 *
 * A byline names persons. Of a visible line the words that introduce it, what stands behind a
 * separator with a date in it, and addresses are cut off; a name that is the outlet's, an agency's, an
 * address or a login is no person. Visible lines win over metadata only where metadata has no person or
 * the line holds all of its names. What it gets wrong: job titles that stand between the names
 * without a mark; agencies that data/ does not know.
 */
#include "page/parts.h"

#include <string.h>

void kh_clue_add(kh_arena *out, kh_article *art, kh_clue clue)
{
    size_t count = 0;
    KH_EACH(kh_clue, c, art->clues) {
        if (kh_str_eq(c->field, clue.field)) {
            count++;
            if (kh_str_eq(c->value, clue.value) && c->taken >= clue.taken) {
                bool named = !clue.from.len || kh_str_find(c->from, clue.from) < c->from.len;
                c->from = named ? c->from : kh_arena_join(out, kh_arena_join(out, c->from, KH_STR(", ")), clue.from);
                return;
            }
        }
    }
    if (clue.value.len && count < KH_CLUES_MAX) {
        clue.value = kh_arena_copy(out, clue.value);
        *KH_ADD(out, &art->clues) = clue;
    }
}
kh_str kh_base_of(kh_arena *a, const kh_meta *meta, kh_str url)
{
    kh_str page = url;
    KH_EACH(const kh_said, said, meta->said[KH_SAID_URL]) {
        page = kh_url_host(page).len ? page : said->value;
    }
    kh_str base = kh_url_join(a, page, meta->base);
    return base.len ? base : page;
}

/* ---- names of the site ---- */

kh_strs kh_site_names(kh_arena *a, const kh_meta *meta, kh_str url)
{
    kh_strs names = {0};
    KH_EACH(const kh_said, said, meta->said[KH_SAID_SITE]) {
        *KH_ADD(a, &names) = said->value;
    }
    if (meta->publisher.len) {
        *KH_ADD(a, &names) = meta->publisher;
    }
    kh_str hosts[4] = {kh_url_host(url)};
    size_t count = 1;
    KH_EACH(const kh_said, said, meta->said[KH_SAID_URL]) {
        if (count < 4) {
            hosts[count++] = kh_url_host(said->value);
        }
    }
    for (size_t i = 0; i < count; i++) {
        kh_str rest = hosts[i], label = {0}, longest = {0};
        while (kh_str_cut(&rest, '.', &label)) {
            longest = label.len > longest.len ? label : longest;
        }
        if (hosts[i].len) {
            *KH_ADD(a, &names) = hosts[i];
        }
        if (longest.len >= 4) {
            *KH_ADD(a, &names) = longest;
        }
    }
    return names;
}

/* ---- byline ---- */

typedef struct signer {
    kh_str value; /* names, joined by ", " */
    size_t count;
    kh_str path;
    bool numbers; /* the line has more than names */
} signer;

static signer signer_of(kh_arena *out, const kh_strs *names, kh_str path)
{
    kh_buf b = {.arena = out};
    KH_EACH(const kh_str, name, *names) {
        kh_buf_z(&b, b.len ? ", " : "");
        kh_buf_add(&b, *name);
    }
    return (signer){.value = kh_field_bytes(kh_buf_str(&b)), .count = names->count, .path = path};
}

/* All that stands in A stands in B. */
static bool covers(kh_arena scratch, kh_str b, kh_str a)
{
    kh_str key = kh_headline_key(&scratch, b);
    kh_str rest = a, name = {0};
    while (kh_str_cut(&rest, ',', &name)) {
        if (kh_str_find(key, kh_headline_key(&scratch, name)) == key.len) {
            return false;
        }
    }
    return a.len > 0;
}

static signer signer_said(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_meta *meta, const kh_strs *site,
                          kh_article *art)
{
    static const kh_said_in order[] = {KH_IN_JSON, KH_IN_OG, KH_IN_META};
    signer best = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        kh_strs found = {0};
        kh_str path = {0};
        KH_EACH(const kh_said, said, meta->said[KH_SAID_AUTHOR]) {
            if (said->in != order[i]) {
                continue;
            }
            size_t before = found.count;
            if (!said->group) {
                kh_byline_names(out, scratch, know, site, said->value, true, &found);
            }
            path = path.len ? path : said->path;
            if (found.count == before) {
                kh_clue_add(
                    out, art,
                    (kh_clue){.field = KH_STR("byline"), .value = said->value, .from = said->path, .why = KH_STR("names no person")});
            }
        }
        if (found.count && !best.count) {
            best = signer_of(out, &found, path);
        }
    }
    return best;
}

/* The first line that is shown as a byline and names persons. */
static signer signer_shown(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_strs *site, const kh_article *art)
{
    enum { BARE_NAMES_MAX = 2 };
    KH_EACH(const kh_line, line, art->lines) {
        kh_strs found = {0};
        kh_str words = kh_slice(art->text, line->span);
        if (line->role == KH_ROLE_BYLINE) {
            kh_byline_names(out, scratch, know, site, words, false, &found);
        }
        if (found.count && (found.count <= BARE_NAMES_MAX || kh_byline_is_introduced(scratch, know, words))) {
            signer shown = signer_of(out, &found, line->path.len ? line->path : KH_STR("line"));
            shown.numbers = kh_shape_of(words).digits > 0;
            return shown;
        }
    }
    return (signer){0};
}

/* The first block near the headline that is marked as a byline and names persons, where no line of the text
 * was kept as one. */
static signer signer_marked(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_strs *site, const kh_blocks *blocks,
                            uint32_t title)
{
    enum { NEAR = 25, BEFORE = 6, BYLINE_WORDS_MAX = 25 };
    static const uint32_t never =
        KH_MARK_BIT(KH_MARK_COMMENTS) | KH_MARK_BIT(KH_MARK_RELATED) | KH_MARK_BIT(KH_MARK_HIDDEN) | KH_MARK_BIT(KH_MARK_CAPTION);
    size_t from = title == KH_NO_BLOCK ? blocks->count : title > BEFORE ? title - BEFORE : 0;
    for (size_t i = from; i < blocks->count && i < (size_t)title + NEAR; i++) {
        const kh_block *b = &blocks->items[i];
        bool marked = (b->marks & KH_MARK_BIT(KH_MARK_BYLINE)) || b->furniture == KH_FURNITURE_BYLINE;
        kh_strs found = {0};
        if (marked && !(b->marks & never) && !b->prose && b->shape.words <= BYLINE_WORDS_MAX &&
            kh_byline_is_introduced(scratch, know, b->text)) {
            kh_byline_names(out, scratch, know, site, b->text, false, &found);
        }
        if (found.count) {
            signer shown = signer_of(out, &found, KH_STR("byline"));
            shown.numbers = b->shape.digits > 0;
            return shown;
        }
    }
    return (signer){0};
}

static void read_byline(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_meta *meta, const kh_strs *site,
                        const kh_blocks *blocks, uint32_t title, kh_article *art)
{
    signer said = signer_said(out, scratch, know, meta, site, art);
    signer shown = signer_shown(out, scratch, know, site, art);
    shown = shown.count ? shown : signer_marked(out, scratch, know, site, blocks, title);
    bool covered = said.count && covers(scratch, shown.value, said.value);
    bool more = covered && shown.count > said.count && !shown.numbers;
    const signer *best = !said.count || more ? &shown : &said;
    const signer *other = best == &said ? &shown : &said;
    bool same = kh_str_eq(said.value, shown.value);
    float confidence = covered ? 0.9f : 0.8f;
    art->byline = kh_field_of(out, art, best->value, same ? shown.path : best->path, confidence);
    kh_clue_add(out, art,
                (kh_clue){.field = KH_STR("byline"),
                          .value = best->value,
                          .from = best->path,
                          .why = covered         ? KH_STR("said and shown")
                                 : best == &said ? KH_STR("said in metadata")
                                                 : KH_STR("shown"),
                          .score = confidence,
                          .taken = true});
    kh_clue_add(out, art,
                (kh_clue){.field = KH_STR("byline"),
                          .value = other->value,
                          .from = other->path,
                          .why = KH_STR("not what the others name, or fewer"),
                          .score = 0.4f});
}

/* ---- section, tags ---- */

static void read_section(kh_arena *out, kh_arena scratch, const kh_meta *meta, const kh_strs *site, kh_article *art)
{
    enum { SECTION_WORDS_MAX = 6 };
    KH_EACH(const kh_said, said, meta->said[KH_SAID_SECTION]) {
        kh_str value = said->value; /* of a list the first */
        value = kh_shape_of(value).words > SECTION_WORDS_MAX ? kh_str_trim(kh_str_head(value, kh_str_find(value, KH_STR(",")))) : value;
        bool name = kh_is_name_of_site(scratch, site, value, true);
        bool shaped = kh_shape_of(value).words <= SECTION_WORDS_MAX && kh_shape_of(value).letters;
        bool take = !name && shaped && !art->section.value.len;
        if (take) {
            art->section = kh_field_of(out, art, value, said->path, 0.8f);
        }
        kh_clue_add(out, art,
                    (kh_clue){.field = KH_STR("section"),
                              .value = value,
                              .from = said->path,
                              .why = name     ? KH_STR("the outlet's name")
                                     : shaped ? KH_STR("said in metadata")
                                              : KH_STR("no name of a section"),
                              .score = name || !shaped ? 0
                                       : take          ? 0.8f
                                                       : 0.5f,
                              .taken = take});
    }
}

static void read_tags(kh_arena *out, kh_arena scratch, const kh_meta *meta, const kh_strs *site, kh_article *art)
{
    enum { TAG_WORDS_MAX = 8, TAG_BYTES_MAX = 120 };
    kh_map seen = {0};
    KH_EACH(const kh_said, said, meta->said[KH_SAID_TAG]) {
        kh_str key = kh_headline_key(&scratch, said->value);
        bool good = key.len && said->value.len <= TAG_BYTES_MAX && art->tags.count < KH_TAGS_MAX &&
                    kh_shape_of(said->value).words <= TAG_WORDS_MAX && !kh_is_name_of_site(scratch, site, said->value, true);
        bool fresh = false;
        if (good) {
            kh_map_put(&scratch, &seen, kh_hash(key), &fresh);
        }
        if (fresh) {
            *KH_ADD(out, &art->tags) = kh_arena_copy(out, said->value);
        }
    }
}

/* ---- image ---- */

/* A picture of the site, not of the report. */
static bool is_ornament(kh_arena scratch, kh_str url)
{
    static const char *const words[] = {"logo",          "placeholder", "favicon", "sprite", "blank.", "default-share",
                                        "default_share", "no-image",    "noimage", "avatar", NULL};
    kh_str key = kh_fold_key(&scratch, url);
    for (size_t i = 0; words[i]; i++) {
        if (kh_str_find(key, kh_str_z(words[i])) < key.len) {
            return true;
        }
    }
    return false;
}

static void read_image(kh_arena *out, kh_arena scratch, const kh_meta *meta, kh_str base, kh_article *art)
{
    static const kh_said_in order[] = {KH_IN_OG, KH_IN_JSON, KH_IN_TWITTER, KH_IN_LINK};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        KH_EACH(const kh_said, said, meta->said[KH_SAID_IMAGE]) {
            kh_str url = said->in == order[i] ? kh_url_join(out, base, said->value) : (kh_str){0};
            if (!url.len) {
                continue;
            }
            bool ornament = is_ornament(scratch, url);
            bool take = !ornament && !art->image.value.len;
            if (take) {
                art->image = (kh_field){.value = url, .path = said->path, .confidence = 0.8f};
            }
            kh_clue_add(out, art,
                        (kh_clue){.field = KH_STR("image"),
                                  .value = url,
                                  .from = said->path,
                                  .why = ornament ? KH_STR("a picture of the site by its name") : KH_STR("said in metadata"),
                                  .score = ornament ? 0.1f
                                           : take   ? 0.8f
                                                    : 0.5f,
                                  .taken = take});
        }
    }
}

/* ---- address ---- */

/* How many statements give the page of URL. */
static size_t votes_for(kh_arena scratch, const kh_meta *meta, kh_str base, kh_str url)
{
    bool seen[KH_IN_LINK + 1] = {false};
    size_t count = 0;
    KH_EACH(const kh_said, said, meta->said[KH_SAID_URL]) {
        if (!seen[said->in] && kh_url_same_page(kh_url_join(&scratch, base, said->value), url)) {
            seen[said->in] = true;
            count++;
        }
    }
    return count;
}

static void read_address(kh_arena *out, kh_arena scratch, const kh_meta *meta, kh_str base, kh_str given, kh_article *art)
{
    static const kh_said_in order[] = {KH_IN_LINK, KH_IN_OG, KH_IN_JSON};
    bool known = kh_url_host(given).len > 0;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        KH_EACH(const kh_said, said, meta->said[KH_SAID_URL]) {
            kh_str url = said->in == order[i] ? kh_url_join(out, base, said->value) : (kh_str){0};
            if (!url.len) {
                continue;
            }
            url = kh_str_head(url, kh_str_find(url, KH_STR("#")));
            size_t votes = votes_for(scratch, meta, base, url);
            bool root = kh_url_is_root(url) && !(known && kh_url_is_root(given));
            bool foreign = known && !kh_url_same_site(url, given) && votes < 2;
            bool take = !root && !foreign && !art->url.len;
            if (take) {
                art->url = url;
            }
            kh_clue_add(out, art,
                        (kh_clue){.field = KH_STR("url"),
                                  .value = url,
                                  .from = said->path,
                                  .why = root        ? KH_STR("the front page")
                                         : foreign   ? KH_STR("another site, and nothing else says so")
                                         : votes > 1 ? KH_STR("said more than once")
                                                     : KH_STR("said once"),
                                  .score = root || foreign ? 0
                                           : votes > 1     ? 0.9f
                                                           : 0.7f,
                                  .taken = take});
        }
    }
    bool take = !art->url.len;
    art->url = take ? kh_arena_copy(out, given) : art->url;
    kh_clue_add(out, art,
                (kh_clue){.field = KH_STR("url"),
                          .value = given,
                          .from = KH_STR("given"),
                          .why = KH_STR("where the page came from"),
                          .score = 0.6f,
                          .taken = take});
}

/* ---- language ---- */

/* "fa_IR" as "fa-IR"; empty for what is no tag. */
static kh_str language_tag(kh_arena *out, kh_str value)
{
    enum { TAG_BYTES_MAX = 35 };
    kh_str tag = kh_arena_copy(out, kh_str_head(value, TAG_BYTES_MAX));
    size_t part = 0, parts = 0;
    for (size_t i = 0; i <= tag.len; i++) {
        char c = i < tag.len ? tag.ptr[i] : '-';
        if (c == '_' || c == '-') {
            bool good = part >= 1 && part <= 8 && (parts > 0 || (part >= 2 && part <= 3));
            if (!good) {
                return (kh_str){0};
            }
            if (i < tag.len) {
                ((char *)(uintptr_t)tag.ptr)[i] = '-';
            }
            part = 0;
            parts++;
        } else if (((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9')) {
            part++;
        } else {
            return (kh_str){0};
        }
    }
    return tag;
}

static void read_language(kh_arena *out, const kh_meta *meta, kh_article *art)
{
    static const kh_said_in order[] = {KH_IN_TITLE, KH_IN_JSON, KH_IN_META, KH_IN_ITEMPROP, KH_IN_OG};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        KH_EACH(const kh_said, said, meta->said[KH_SAID_LANG]) {
            kh_str tag = said->in == order[i] ? language_tag(out, said->value) : (kh_str){0};
            bool take = tag.len && !art->lang.len;
            if (take) {
                art->lang = tag;
                art->lang_confidence = 0.5f;
            }
            kh_clue_add(out, art,
                        (kh_clue){.field = KH_STR("language"),
                                  .value = tag,
                                  .from = said->path,
                                  .why = KH_STR("declared"),
                                  .score = take ? 0.5f : 0.3f,
                                  .taken = take});
        }
    }
}

/* The clues of one field stand together; the best first, as they came on a tie. */
static void sort_clues(kh_clues *clues)
{
    for (size_t i = 1; i < clues->count; i++) {
        kh_clue moved = clues->items[i];
        size_t k = i;
        for (; k > 0 && kh_str_eq(clues->items[k - 1].field, moved.field) &&
               (clues->items[k - 1].score < moved.score || (moved.taken && !clues->items[k - 1].taken));
             k--) {
            clues->items[k] = clues->items[k - 1];
        }
        clues->items[k] = moved;
    }
}

void kh_fields_read(kh_arena *out, kh_arena scratch, const kh_page_know *know, const kh_meta *meta, const kh_blocks *blocks, uint32_t title,
                    const kh_page *page, kh_article *art)
{
    kh_str base = kh_base_of(&scratch, meta, page->url);
    kh_strs site = kh_site_names(&scratch, meta, page->url);
    if (art->outlet.value.len) {
        *KH_ADD(&scratch, &site) = art->outlet.value;
    }
    read_byline(out, scratch, know, meta, &site, blocks, title, art);
    read_section(out, scratch, meta, &site, art);
    read_tags(out, scratch, meta, &site, art);
    read_image(out, scratch, meta, base, art);
    read_address(out, scratch, meta, base, page->url, art);
    read_language(out, meta, art);
    sort_clues(&art->clues);
}
