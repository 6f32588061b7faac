/* tags.c - which element, which attribute: the names of a page told from each other.
 *
 * Names are hashed without regard to case while they are read; each that a page uses is sought once in
 * the lists of html.h and then found by its hash, at one place of a small table that is the page's own.
 *
 *     <DIV onclick=x Class=lead>      KH_TAG_div; no attribute that is kept, KH_ATTR_CLASS
 *     <news-card>                     KH_TAG_custom, a hyphen: a block
 *
 * What it gets wrong: two names with one hash of 64 bits would be one.
 */
#include "page/html.h"

#include <string.h>

enum { NAME_BYTES_MAX = 16 }; /* no name of the lists is longer */

static const struct tag_info {
    const char *name;
    uint8_t class;
} tags[KH_TAG_count] = {[KH_TAG_TEXT] = {"#text", KH_TAG_INLINE},
                        [KH_TAG_unknown] = {"?", KH_TAG_INLINE},
                        [KH_TAG_custom] = {"-", KH_TAG_BLOCK},
#define INFO(name, class) [KH_TAG_##name] = {#name, KH_TAG_##class},
                        KH_TAGS(INFO)
#undef INFO
};

static const char *const attr_names[] = {
#define NAME(key, text) text,
    KH_ATTRS(NAME)
#undef NAME
};

kh_tag_class kh_tag_class_of(uint8_t tag)
{
    return (kh_tag_class)tags[tag].class;
}

kh_str kh_tag_name(uint8_t tag)
{
    return kh_str_z(tags[tag].name);
}

/* FNV-1a; no name has the hash 0, which an empty place of a table has. */
uint64_t kh_html_name(kh_str name)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < name.len; i++) {
        hash = (hash ^ (unsigned char)(name.ptr[i] | 32)) * 1099511628211u;
    }
    return hash | 1;
}

static size_t place_of(uint64_t hash)
{
    return (hash ^ hash >> 29) % 64;
}

/* The table of names is in alphabetical order from KH_TAG_a on. */
static uint8_t find_tag(kh_str name)
{
    for (size_t low = KH_TAG_custom + 1, high = KH_TAG_count; low < high;) {
        size_t mid = (low + high) / 2;
        int order = strncasecmp(name.ptr, tags[mid].name, name.len);
        order = order ? order : -(tags[mid].name[name.len] != 0);
        if (order == 0) {
            return (uint8_t)mid;
        }
        if (order < 0) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return memchr(name.ptr, '-', name.len) ? KH_TAG_custom : KH_TAG_unknown;
}

uint8_t kh_html_tag_of(kh_html_names *names, kh_str name, uint64_t hash)
{
    size_t place = place_of(hash);
    if (names->tags[place].name != hash) {
        names->tags[place].name = hash;
        names->tags[place].is = find_tag(name);
    }
    return names->tags[place].is;
}

static uint8_t find_attr(kh_str name)
{
    if (name.len > NAME_BYTES_MAX) {
        return KH_ATTR_count;
    }
    for (uint8_t i = 0; i < KH_ATTR_count; i++) {
        if (kh_str_eq_ascii_nocase(name, kh_str_z(attr_names[i]))) {
            return i;
        }
    }
    return KH_ATTR_count;
}

uint8_t kh_html_attr_of(kh_html_names *names, kh_str name, uint64_t hash)
{
    size_t place = place_of(hash);
    if (names->attrs[place].name != hash) {
        names->attrs[place].name = hash;
        names->attrs[place].is = find_attr(name);
    }
    return names->attrs[place].is;
}

kh_str kh_node_attr(const kh_tree *tree, const kh_node *node, kh_attr_key key)
{
    for (size_t i = 0; i < node->attr_count; i++) {
        if (tree->attrs.items[node->attr + i].key == key) {
            return tree->attrs.items[node->attr + i].value;
        }
    }
    return (kh_str){0};
}

bool kh_node_has(const kh_tree *tree, const kh_node *node, kh_attr_key key)
{
    for (size_t i = 0; i < node->attr_count; i++) {
        if (tree->attrs.items[node->attr + i].key == key) {
            return true;
        }
    }
    return false;
}
