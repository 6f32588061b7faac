/* names.c - the names of an article: found in five passes, then joined.
 *
 * Decides the order in which evidence counts: what the tables know comes first (gazetteer.c), then
 * organisations and places by the words beside them (places.c), then persons by titles, verbs and
 * appositions (people.c), last what was said before (repeats.c); a longer mention swallows those inside it.
 * Lines of furniture are not read.
 *
 * Example: "وقال كاراسوف للصحافيين" is read only after "وزير الطوارئ تيمور كاراسوف" was.
 *
 * Gets wrong: whatever the passes get wrong; nothing is taken back by a later one.
 */
#include "names/internal.h"

static void skip_furniture(kh_finder *f)
{
    size_t count = f->text->tokens.count;
    size_t line = 0;
    for (size_t i = 0; i < count; i++) {
        kh_span span = f->text->tokens.items[i].span;
        while (line < f->art->lines.count && f->art->lines.items[line].span.end <= span.begin) {
            line++;
        }
        const kh_line *at = line < f->art->lines.count ? &f->art->lines.items[line] : NULL;
        f->skipped[i] = !at || at->span.begin > span.begin || at->role == KH_ROLE_BOILERPLATE;
    }
}

/* Counts the words. An Arabic word that the article also uses with its article, or a Persian one with a plural ending, is a
 * common noun. */
static void gather_words(kh_finder *f)
{
    static const char *const plurals[] = {"هاي", "ها"};
    KH_EACH(const kh_token, t, f->text->tokens) {
        if (t->kind == KH_WORD) {
            (*kh_map_put(f->scratch, &f->counts, t->hash, NULL))++;
        }
        if (t->script != KH_SCRIPT_ARABIC) {
            continue;
        }
        for (size_t at = 0; at <= 2 && f->arabic; at += 2) {
            if (kh_str_starts(kh_str_from(t->key, at), KH_STR("ال")) && t->key.len >= at + 8) {
                kh_map_put(f->scratch, &f->nouns, kh_hash(kh_str_from(t->key, at + 4)), NULL);
            }
        }
        for (size_t i = 0; i < 2 && !f->arabic; i++) {
            kh_str end = kh_str_z(plurals[i]);
            if (kh_str_ends(t->key, end) && t->key.len > end.len + 4) {
                kh_map_put(f->scratch, &f->nouns, kh_hash(kh_str_head(t->key, t->key.len - end.len)), NULL);
            }
        }
    }
}

kh_finder *kh_finder_of(kh_arena *scratch, const kh_names_know *know, const kh_article *art)
{
    size_t count = art->tokens->tokens.count;
    kh_finder *f = KH_NEW(scratch, kh_finder);
    *f = (kh_finder){.scratch = scratch, .know = know, .art = art, .text = art->tokens, .lang = kh_lexicon_lang(know->lex, art->lang)};
    f->taken = KH_NEW_N(scratch, uint8_t, count + 1);
    f->may = KH_NEW_N(scratch, uint8_t, count + 1);
    f->stop = KH_NEW_N(scratch, uint8_t, count + 1);
    f->given = KH_NEW_N(scratch, uint8_t, count + 1);
    f->common = KH_NEW_N(scratch, uint8_t, count + 1);
    f->skipped = KH_NEW_N(scratch, uint8_t, count + 1);
    f->arabic = f->lang == know->arabic && f->lang != KH_LANG_NONE;
    kh_finder_languages(f);
    for (size_t i = 0; i < count; i++) {
        f->may[i] = kh_sieve_ask(know->sieve, f->text, i, f->arabic ? KH_CLITICS | KH_ARTICLE : 0);
    }
    skip_furniture(f);
    gather_words(f);
    return f;
}

void kh_names_find_by_rules(kh_finder *f)
{
    kh_names_find_known(f);
    kh_names_find_outlet(f);
    kh_names_find_capital_bodies(f);
    kh_names_find_places(f);
    kh_names_find_bodies(f);
    kh_names_find_lineages(f);
    kh_names_find_people(f);
}

void kh_names_read(kh_arena *out, kh_arena scratch, const kh_names_know *know, kh_article *art)
{
    kh_finder *f = kh_finder_of(&scratch, know, art);
    kh_names_find_by_rules(f);
    kh_names_find_learned(f);
    kh_names_find_repeats(f);
    kh_names_join(out, scratch, f, art);
}
