/* offices.c - is somebody president on one page and prime minister on the page it was made from?
 *
 * Example: "رئيس وزراء البلاد نادر سلماوي" in a translation whose original calls him the former president. Within one
 * text an office is as much a fact as a number; two reporters may choose among the offices that somebody held, so
 * only pages of one text are compared.
 *
 * An office is a word of roles.txt with one of the ids below, as the title that names.c found beside the name, or
 * behind the name and a comma ("Salmawi, the former president"). Two pages part where both give offices to a person and
 * none is the same.
 *
 * Of several readings that end at one word the longest counts: "Belediye Başkanı" is a mayor and no president.
 *
 * Gets wrong: an office of somebody else between the name and the comma's words.
 */
#include "accounts/internal.h"

enum { WORDS_BEHIND = 2, WORDS_BEFORE = 4 };

typedef struct office {
    uint32_t group; /* the person */
    uint32_t held;  /* bits of all offices */
    kh_span span;   /* of the first one, with the name */
} office;

typedef KH_LIST(office) offices;

static const char *const EXCLUSIVE[] = {"president",
                                        "prime_minister",
                                        "vice_president",
                                        "king",
                                        "foreign_minister",
                                        "interior_minister",
                                        "defence_minister",
                                        "finance_minister",
                                        "justice_minister",
                                        "health_minister",
                                        "speaker_of_parliament",
                                        "governor",
                                        "mayor",
                                        "ambassador",
                                        "police_chief"};

uint32_t kh_office_of(kh_str id)
{
    for (uint32_t i = 0; i < sizeof EXCLUSIVE / sizeof *EXCLUSIVE; i++) {
        if (kh_str_eq(id, kh_str_z(EXCLUSIVE[i]))) {
            return 1u << i;
        }
    }
    return 0;
}

static bool office_at(const kh_case *c, const kh_side *s, size_t token, kh_match *m)
{
    const kh_text *t = s->art->tokens;
    return token < t->tokens.count && t->tokens.items[token].kind == KH_WORD &&
           kh_phrases_match(c->words->offices, t, token, s->lang, KH_CLITICS | KH_ARTICLE, m);
}

static bool is_comma(const kh_token *t)
{
    return t->cp == ',' || t->cp == 0x60C;
}

/* The office before the name or behind its comma; 0: none. */
static uint32_t office_beside(const kh_case *c, const kh_side *s, const kh_mention *mention, kh_span *span)
{
    const kh_text *t = s->art->tokens;
    size_t first = kh_text_token_at(t, mention->span.begin);
    size_t end = kh_text_token_at(t, mention->span.end);
    kh_match m;
    kh_match found = {0};
    for (size_t back = first; back > 0 && back + WORDS_BEFORE > first; back--) {
        if (t->tokens.items[back - 1].line != t->tokens.items[first].line) {
            break;
        }
        /* "Belediye Başkanı" is no president: the words before may make another office of the one found */
        if (office_at(c, s, back - 1, &m) && m.end <= first && (!found.end || m.end >= found.end)) {
            found = m;
        }
    }
    if (found.end) {
        *span = (kh_span){found.span.begin, mention->span.end};
        return found.value;
    }
    if (end < t->tokens.count && is_comma(&t->tokens.items[end])) {
        for (size_t i = end + 1; i <= end + WORDS_BEHIND; i++) {
            if (office_at(c, s, i, &m)) {
                *span = (kh_span){mention->span.begin, m.span.end};
                return m.value;
            }
        }
    }
    return 0;
}

static offices offices_of(kh_case *c, const kh_side *s)
{
    offices found = {0};
    KH_EACH(const kh_mention, m, s->art->mentions) {
        kh_span span;
        const kh_line *line = kh_article_line_at(s->art, m->span.begin);
        bool person = s->art->names.items[m->name].type == KH_NAME_PERSON && line && line->role == KH_ROLE_BODY;
        uint32_t held = person ? office_beside(c, s, m, &span) : 0;
        office *known = NULL;
        KH_EACH(office, o, found) {
            known = o->group == s->groups[m->name] ? o : known;
        }
        if (held && known) {
            known->held |= held;
        } else if (held) {
            *KH_ADD(c->scratch, &found) = (office){s->groups[m->name], held, span};
        }
    }
    return found;
}

static void compare_pages(kh_case *c, uint32_t a, const offices *of_a, uint32_t b, const offices *of_b)
{
    const kh_copy *copy = kh_copy_between(c, a, b);
    KH_EACH(const office, x, *of_a) {
        KH_EACH(const office, y, *of_b) {
            if (x->group != y->group || (x->held & y->held)) {
                continue;
            }
            kh_place_in at_x = {a, x->span};
            kh_place_in at_y = {b, y->span};
            bool turned = copy && copy->src == b;
            kh_alarm_add(c, copy ? KH_ALARM_ACTOR : KH_ALARM_NONE, KH_CONFLICT, turned ? at_y : at_x, turned ? at_x : at_y,
                         KH_STR("office"), KH_STR("one text, one person, two offices"), 0.7F);
        }
    }
}

void kh_offices_compare(kh_case *c)
{
    offices *all = KH_NEW_N(c->scratch, offices, c->count + 1);
    for (uint32_t i = 0; i < c->count; i++) {
        all[i] = offices_of(c, &c->sides[i]);
    }
    for (uint32_t a = 0; a < c->count; a++) {
        for (uint32_t b = a + 1; b < c->count; b++) {
            if (kh_same_text(c, a, b)) {
                compare_pages(c, a, &all[a], b, &all[b]);
            }
        }
    }
}
