/* texts.c - the words of the interface in its languages, and the files beside the pages.
 *
 * data/interface/<language>.txt has a row for each text: key, TAB, words. Plurals have a row for each form of the language:
 *
 *     reports.one     تقرير واحد
 *     reports.two     تقريران
 *     reports.few     {1} تقارير
 *
 * The rows "reason.*" of English are also the patterns by which reasons.c reads the reasons of the stages.
 * What a language lacks is taken from English, then the key stands for itself; test/test_html.c fails before either can happen.
 * The tables are hashed by language and key once, when the program starts.
 */
#include "html/assets.h"
#include "html/reasons.h"

enum { LANGUAGES = 4 };

static const kh_str languages[LANGUAGES] = {{"en", 2}, {"ar", 2}, {"fa", 2}, {"ru", 2}};

struct kh_texts {
    kh_map at; /* hash of language and key -> index + 1 of words */
    kh_strs words;
    kh_reason_patterns reasons; /* of English */
};

size_t kh_texts_count(void)
{
    return LANGUAGES;
}

kh_str kh_texts_language(size_t i)
{
    return i < LANGUAGES ? languages[i] : (kh_str){0};
}

bool kh_texts_has_language(kh_str ui)
{
    for (size_t i = 0; i < LANGUAGES; i++) {
        if (kh_str_eq(languages[i], ui)) {
            return true;
        }
    }
    return false;
}

static uint64_t hash_of(kh_str language, kh_str key)
{
    return kh_hash_mix(kh_hash(language), kh_hash(key));
}

void kh_texts_add(kh_arena *out, kh_texts *texts, kh_str language, kh_str rows)
{
    kh_str rest = rows;
    kh_str line = {0};
    while (kh_str_cut(&rest, '\n', &line)) {
        kh_str key = {0};
        if (line.len && line.ptr[0] != '#' && kh_str_cut(&line, '\t', &key) && line.len) {
            *KH_ADD(out, &texts->words) = line;
            *kh_map_put(out, &texts->at, hash_of(language, key), NULL) = (uint32_t)texts->words.count;
            if (kh_str_eq(language, languages[0]) && kh_str_starts(key, KH_STR("reason."))) {
                *KH_ADD(out, &texts->reasons) =
                    (kh_reason_pattern){kh_arena_printf(out, KH_FMT, KH_ARG(key)), line, kh_str_head(line, kh_str_find(line, KH_STR("{")))};
            }
        }
    }
}

static kh_str bytes_of(kh_str path)
{
    for (size_t i = 0; i < kh_assets_count; i++) {
        if (kh_str_eq(kh_str_z(kh_assets[i].path), path)) {
            return (kh_str){kh_assets[i].bytes, kh_assets[i].len};
        }
    }
    return (kh_str){0};
}

kh_texts *kh_texts_of(kh_arena *out)
{
    kh_texts *texts = KH_NEW(out, kh_texts);
    for (size_t i = 0; i < LANGUAGES; i++) {
        kh_texts_add(out, texts, languages[i], bytes_of(kh_arena_printf(out, "data/interface/" KH_FMT ".txt", KH_ARG(languages[i]))));
    }
    return texts;
}

const kh_reason_patterns *kh_texts_reasons(const kh_texts *texts)
{
    return &texts->reasons;
}

static kh_str find(const kh_texts *texts, kh_str language, kh_str key)
{
    const uint32_t *at = kh_map_get(&texts->at, hash_of(language, key));
    return at ? texts->words.items[*at - 1] : (kh_str){0};
}

static kh_str find_any(const kh_html *h, kh_str key)
{
    kh_str found = find(h->texts, h->frame->ui, key);
    return found.len ? found : find(h->texts, languages[0], key);
}

kh_str kh_html_word(const kh_html *h, const char *key)
{
    kh_str found = find_any(h, kh_str_z(key));
    return found.len ? found : kh_str_z(key);
}

kh_str kh_html_named(const kh_html *h, const char *group, kh_str name)
{
    kh_str found = find_any(h, kh_arena_printf(h->out->arena, "%s." KH_FMT, group, KH_ARG(name)));
    if (found.len) {
        return found;
    }
    kh_buf plain = {.arena = h->out->arena};
    for (size_t i = 0; i < name.len; i++) {
        kh_buf_char(&plain, name.ptr[i] == '_' ? ' ' : name.ptr[i]);
    }
    return kh_buf_str(&plain);
}

/* ---- files ---- */

static kh_str type_of(kh_str path)
{
    return kh_str_ends(path, KH_STR(".css"))  ? KH_STR("text/css; charset=utf-8")
           : kh_str_ends(path, KH_STR(".js")) ? KH_STR("text/javascript; charset=utf-8")
                                              : KH_STR("image/svg+xml");
}

bool kh_html_asset(kh_str path, kh_str *type, kh_str *bytes)
{
    static const kh_str folder = {"/assets/", 8};
    if (!kh_str_starts(path, folder)) {
        return false;
    }
    kh_str name = kh_str_from(path, folder.len);
    for (size_t i = 0; i < kh_assets_count; i++) {
        kh_str at = kh_str_z(kh_assets[i].path);
        if (kh_str_starts(at, KH_STR("web/")) && kh_str_eq(kh_str_from(at, 4), name)) {
            *type = type_of(name);
            *bytes = (kh_str){kh_assets[i].bytes, kh_assets[i].len};
            return true;
        }
    }
    return false;
}
