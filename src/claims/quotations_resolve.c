/* quotations_resolve.c - who is meant by the words that name a speaker.
 *
 * Decides who "الوزارة", "the governor", "این نماینده", "he" and a dropped subject are. Example: in وأضافت
 * الوزارة أن الجسر آمن the words الوزارة stand behind the verb; a paragraph earlier the page has وزارة النقل,
 * and that is the speaker. In "این نماینده افزود:" a demonstrative and a general role mean the one who
 * spoke last.
 *
 * Method: roles are resolved by the offices that the page itself gives to names, with the country where
 * one is said ("الرئيس الأردني" is not "الرئيس التونسي"), institutions by their last full mention,
 * pronouns and dropped subjects by the last agent. A lead that hides its source ("a retired judge told
 * this paper") means the first person who speaks after it: news writing calls that delayed
 * identification.
 *
 * Gets wrong: two people of one office; a woman and a man who alternate as "she" and "he".
 */
#include "claims/quotations_private.h"

enum { NAMED_MAX = 9, OFFICE_BEFORE = 7, OFFICE_BEHIND = 16, BODY_BACK = 600 };

/* ---- offices ---- */

static void add_office(kh_reader *r, uint32_t name, kh_str role, uint32_t place, uint32_t token)
{
    *KH_ADD(&r->scratch, &r->offices) = (kh_office){.name = name, .role = role, .place = place, .token = token};
}

/* The office written at tokens FIRST..END belongs to NAME. */
static void office_from(kh_reader *r, uint32_t first, uint32_t end, uint32_t name, bool before)
{
    for (uint32_t i = first; i < end;) {
        uint32_t behind = i + 1;
        const kh_role_form *role = kh_role_at(r, i, &behind);
        if (!role || role->kind == KH_ROLEWORD_HONORIFIC || role->kind == KH_ROLEWORD_MEDIA || role->kind == KH_ROLEWORD_BODY) {
            i++;
            continue;
        }
        uint32_t place = 0;
        for (uint32_t j = behind; j < end && j < behind + 4 && !place; j++) {
            place = kh_place_at(r, j);
        }
        for (uint32_t j = i; j > first && j + 3 > i && !place && !(r->order & KH_ORDER_VERB_FIRST); j--) {
            place = kh_place_at(r, j - 1);
        }
        add_office(r, name, role->id, place, i);
        if (before) {
            return;
        }
        i = behind;
    }
}

/* Titles before a name touch it ("Governor Ada Brill"); an apposition behind it stands between commas. */
static void offices_of(kh_reader *r, const kh_mention *m, uint32_t token, uint32_t behind)
{
    uint32_t first = token > OFFICE_BEFORE ? token - OFFICE_BEFORE : 0;
    uint32_t from = token > 0 && kh_is_comma(r, token - 1) ? token - 1 : token; /* رئیس دادگستری، هوشنگ بیات */
    for (uint32_t i = from; i > first; i--) {
        const kh_token *t = kh_reader_token(r, i - 1);
        if (t->kind == KH_PUNCT || t->line != kh_reader_token(r, token)->line) {
            first = i;
            break;
        }
    }
    office_from(r, first, from, m->name, true);
    uint32_t end = behind;
    while (end < r->text->tokens.count && end < behind + OFFICE_BEHIND &&
           kh_reader_token(r, end)->sentence == kh_reader_token(r, token)->sentence &&
           !(end > behind && kh_is_comma(r, end) && end > behind + 1 && !(r->order & KH_ORDER_VERB_FIRST))) {
        end++;
    }
    if (end > behind && kh_is_comma(r, behind)) {
        office_from(r, behind + 1, end, m->name, false);
    }
}

/* Fills r->offices from titles before names and appositions behind them, once. */
static void read_offices(kh_reader *r)
{
    if (r->offices_known) {
        return;
    }
    r->offices_known = true;
    KH_EACH(kh_mention, m, r->art->mentions) {
        uint32_t token = (uint32_t)kh_text_token_at(r->text, m->span.begin);
        uint32_t behind = 0;
        if (token < r->text->tokens.count && kh_mention_type(r, m) == KH_NAME_PERSON && kh_mention_at(r, token, &behind) == m) {
            offices_of(r, m, token, behind);
        }
    }
}

/* ---- resolving ---- */

/* "minister" fits "transport_minister", not "deputy_minister". */
static bool role_fits(kh_str wanted, kh_str held)
{
    if (kh_str_eq(wanted, held)) {
        return true;
    }
    bool deputy = kh_str_starts(held, KH_STR("deputy")) || kh_str_starts(held, KH_STR("vice"));
    return !deputy && held.len > wanted.len && kh_str_ends(held, wanted) && held.ptr[held.len - wanted.len - 1] == '_';
}

static bool is_general_person(kh_str id)
{
    static const char *const ids[] = {"politician", "official", "man",     "expert", "diplomat", "opposition_politician", "lawmaker",
                                      "activist",   "banker",   "witness", "lawyer", "leader",   "opposition_leader"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (kh_str_eq(id, kh_str_z(ids[i]))) {
            return true;
        }
    }
    return false;
}

/* The last holder of the role before token AT, else the first behind it. KH_NO_NAME when the page names none. */
static uint32_t holder_of(kh_reader *r, const kh_who *who, uint32_t at)
{
    read_offices(r);
    uint32_t best = KH_NO_NAME;
    bool exact_place = false;
    KH_EACH(kh_office, o, r->offices) {
        bool place_fits = !who->place || !o->place || o->place == who->place;
        if (!place_fits || !role_fits(who->role->id, o->role)) {
            continue;
        }
        bool exact = who->place && o->place == who->place;
        if (o->token < at ? (exact || !exact_place) : best == KH_NO_NAME || (exact && !exact_place)) {
            best = o->name;
            exact_place = exact || exact_place;
        }
    }
    return best;
}

static kh_str words_of(const kh_reader *r, uint32_t first, uint32_t end)
{
    return end > first ? kh_text_slice(r->text, kh_text_span(r->text, first, end)) : (kh_str){0};
}

static kh_agent agent_of_name(const kh_reader *r, uint32_t name)
{
    return (kh_agent){.label = r->art->names.items[name].label, .name = name, .known = true};
}

/* "الوزارة", "the company": the last longer mention of such an institution before token AT. */
static kh_agent body_before(kh_reader *r, const kh_who *who, uint32_t at)
{
    uint32_t stop = at > BODY_BACK ? at - BODY_BACK : 0;
    for (uint32_t i = who->first; i > stop; i--) {
        uint32_t behind = 0;
        const kh_role_form *role = kh_role_at(r, i - 1, &behind);
        if (!role || role->kind != KH_ROLEWORD_BODY || !role_fits(who->role->id, role->id)) {
            continue;
        }
        uint32_t line_end = i - 1;
        while (line_end < r->text->tokens.count && line_end < i + 9 &&
               kh_reader_token(r, line_end)->sentence == kh_reader_token(r, i - 1)->sentence) {
            line_end++;
        }
        kh_who full = kh_who_in(r, i - 1, line_end, true);
        uint32_t end = behind;
        const kh_mention *m = kh_mention_at(r, i - 1, &end);
        if (m) {
            return agent_of_name(r, m->name);
        }
        if (full.kind == KH_WHO_NAME && full.first == i - 1) {
            return agent_of_name(r, full.name);
        }
        if (behind - (i - 1) > who->end - who->first) {
            return (kh_agent){.label = words_of(r, i - 1, behind), .name = KH_NO_NAME, .known = true};
        }
    }
    return (kh_agent){.name = KH_NO_NAME};
}

/* "the spokesman", المصدر نفسه behind words of his that hold the same office: he is the one who spoke last. */
static bool is_last_again(const kh_reader *r, const kh_who *who)
{
    kh_match same;
    uint32_t end = who->head;
    bool bare = who->end == who->head + 1 ||
                (who->end == who->head + 2 && kh_phrases_match(r->know->pronouns, r->text, who->head + 1, r->lang, 0, &same));
    bool again = bare || who->role->kind == KH_ROLEWORD_ANAPHOR;
    if (!who->definite || !again || !r->agent.known || kh_span_empty(r->agent.words)) {
        return false;
    }
    for (uint32_t i = (uint32_t)kh_text_token_at(r->text, r->agent.words.begin);
         i < r->text->tokens.count && kh_reader_token(r, i)->span.begin < r->agent.words.end; i++) {
        const kh_role_form *role = kh_role_at(r, i, &end);
        if (role && (role_fits(who->role->id, role->id) || role_fits(role->id, who->role->id))) {
            return true;
        }
    }
    return false;
}

static kh_agent resolve_role(kh_reader *r, const kh_who *who, uint32_t at)
{
    kh_agent words = {.label = words_of(r, who->first, who->end), .name = KH_NO_NAME, .known = true};
    kh_role_kind kind = who->role->kind;
    bool short_phrase = who->end - who->first <= 3;
    if (kind != KH_ROLEWORD_BODY && is_last_again(r, who)) {
        return r->agent;
    }
    if (kind == KH_ROLEWORD_MEDIA) { /* "the news agency added" */
        bool agency = r->agent.known && r->agent.name != KH_NO_NAME && who->definite && short_phrase &&
                      kh_str_starts(r->art->names.items[r->agent.name].id, KH_STR("agency:"));
        return agency ? r->agent : words;
    }
    if (kind == KH_ROLEWORD_BODY || who->role->institution) {
        kh_agent body = who->definite && short_phrase ? body_before(r, who, at) : words;
        return body.known ? body : words;
    }
    uint32_t holder = who->definite ? holder_of(r, who, at) : KH_NO_NAME;
    if (holder != KH_NO_NAME) {
        return agent_of_name(r, holder);
    }
    bool person_agent = r->agent.known && r->agent.name != KH_NO_NAME;
    if (kind == KH_ROLEWORD_ANAPHOR && person_agent && (is_general_person(who->role->id) || who->definite)) {
        return r->agent;
    }
    bool bare = who->definite && who->end == who->head + 1;
    return who->goes_on && bare && person_agent ? r->agent : words; /* «...», — добавил инженер */
}

kh_agent kh_who_resolve(kh_reader *r, const kh_who *who, uint32_t at)
{
    switch (who->kind) {
    case KH_WHO_NAME: return agent_of_name(r, who->name);
    case KH_WHO_ROLE: return resolve_role(r, who, at);
    case KH_WHO_OTHER: { /* Die Leiterin des Hafens, | Ada Brill */
        uint32_t first = who->head > who->first && who->head < who->end ? who->head : who->first;
        return (kh_agent){.label = words_of(r, first, who->end), .name = KH_NO_NAME, .known = true};
    }
    default: return r->agent;
    }
}

/* A news agency's name at token I, or in the bracket right behind the words that stand there. */
static bool is_agency_word(const kh_reader *r, uint32_t i)
{
    kh_match m;
    return i < r->text->tokens.count && kh_phrases_match(r->know->agencies, r->text, i, r->lang, 0, &m);
}

/* "The Long Way Home": every longer word has a capital. */
static bool is_title_case(const kh_reader *r, const kh_marked *m)
{
    uint32_t words = 0;
    for (uint32_t i = m->first; i < m->end; i++) {
        const kh_token *t = kh_reader_token(r, i);
        bool cased = t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
        bool last = i + 1 == m->end && kh_token_is(t, ".");
        bool stop = !last && t->kind == KH_PUNCT && (kh_token_is(t, "!") || kh_token_is(t, "?") || kh_token_is(t, "."));
        bool small = t->kind == KH_WORD && !(t->flags & KH_CAPITAL);
        if (stop || (t->kind == KH_WORD && !cased) || (small && (i == m->first || t->key.len > 3))) {
            return false;
        }
        words += t->kind == KH_WORD || t->kind == KH_NUMBER; /* the ferry "Amal 3" */
    }
    return words > 1;
}

/* المتحدث باسم «نارفان هيدرو»: marks behind a body, or behind an office and its preposition, hold the name
 * that belongs to it. */
bool kh_mark_names_office(const kh_reader *r, const kh_marked *m)
{
    if (m->end - m->first > 5) {
        return false;
    }
    for (uint32_t back = 1; back <= 3 && m->open >= back; back++) {
        uint32_t end = 0;
        const kh_role_form *role = kh_role_at(r, m->open - back, &end);
        if (role && end == m->open) {
            bool article = (r->order & KH_ORDER_VERB_FIRST) && kh_str_starts(kh_reader_token(r, m->open - back)->key, KH_STR("ال"));
            return (role->kind == KH_ROLEWORD_BODY && !article) ||
                   (role->kind == KH_ROLEWORD_PERSON && (kh_trait_at(r, m->open - 1, NULL) & KH_TRAIT_ADJUNCT));
        }
    }
    return false;
}

bool kh_mark_holds_name(const kh_reader *r, const kh_marked *m)
{
    uint32_t end = 0;
    kh_match match;
    return m->end - m->first <= 5 &&
           ((kh_mention_at(r, m->first, &end) && end >= m->end) ||
            (kh_phrases_match(r->know->agencies, r->text, m->first, KH_LANG_ANY, 0, &match) && match.end >= m->end));
}

/* "the film", «под названием» right before the marks, "genannt" behind them. */
static bool is_named_beside(const kh_reader *r, const kh_marked *m)
{
    uint32_t end = 0;
    for (uint32_t back = 1; back <= 3 && m->open >= back; back++) {
        if ((kh_trait_at(r, m->open - back, &end) & KH_TRAIT_NAMING) && end == m->open) {
            return true;
        }
    }
    return m->closed && m->close < r->line_end && !(r->order & KH_ORDER_VERB_FIRST) &&
           kh_str_starts(kh_reader_token(r, m->close)->key, KH_STR("genannt"));
}

/* German: Wie „blick online“ berichtet, wie die „Aktion Hafen hilft“ gestern mitteilte: the subject between "wie" and its verb. */
static bool is_subject_of_as(const kh_reader *r, const kh_marked *m)
{
    uint32_t at = m->open;
    at -= at > 0 && kh_is_article(r, at - 1);
    if (!(r->order & KH_ORDER_FRAGMENTS_APART) || !m->closed || at == 0 || m->end - m->first > NAMED_MAX ||
        !(kh_trait_at(r, at - 1, NULL) & KH_TRAIT_AS)) {
        return false;
    }
    for (uint32_t i = m->close; i < r->line_end && i <= m->close + 3; i++) {
        kh_match verb;
        if (kh_phrases_match(r->know->verbs, r->text, i, r->lang, 0, &verb)) {
            return true;
        }
    }
    return false;
}

/* рассказала «Коммерсанту» юрист: one word with a capital between a verb and its subject is a newspaper. */
bool kh_mark_is_medium(const kh_reader *r, const kh_marked *m)
{
    const kh_token *t = kh_reader_token(r, m->first);
    kh_match verb;
    bool glued = m->closed && m->open > 0 && (r->order & KH_ORDER_VERB_FIRST) && !(kh_reader_token(r, m->open)->flags & KH_SPACE_BEFORE) &&
                 kh_token_is(kh_reader_token(r, m->open - 1), "ل");
    if (glued) { /* كشف مصدر ل"الخبر" */
        return true;
    }
    return m->closed && m->end == m->first + 1 && t->script == KH_SCRIPT_CYRILLIC && m->open > 0 && (t->flags & KH_CAPITAL) &&
           m->close < r->line_end && kh_reader_token(r, m->close)->kind == KH_WORD &&
           kh_phrases_match(r->know->verbs, r->text, m->open - 1, r->lang, 0, &verb);
}

bool kh_mark_is_name(const kh_reader *r, const kh_marked *m)
{
    uint32_t end = 0;
    if (kh_mark_is_medium(r, m) || is_subject_of_as(r, m)) {
        return true;
    }
    if ((m->end - m->first <= 7 && is_title_case(r, m)) || kh_mark_holds_name(r, m)) {
        return true;
    }
    if (m->end - m->first <= NAMED_MAX && is_named_beside(r, m)) {
        return true;
    }
    const kh_token *first = kh_reader_token(r, m->first);
    bool small =
        first->kind == KH_WORD && !(first->flags & KH_CAPITAL) && (first->script == KH_SCRIPT_LATIN || first->script == KH_SCRIPT_CYRILLIC);
    if (m->end - m->first > 5 || small) {
        return false;
    }
    for (uint32_t back = 1; back <= 3 && m->open >= back; back++) {
        const kh_role_form *role = kh_role_at(r, m->open - back, &end);
        if (role && end == m->open && role->kind == KH_ROLEWORD_BODY) {
            return true;
        }
    }
    return false;
}

bool kh_who_is_agency(const kh_reader *r, const kh_who *who)
{
    bool news = who->role && (kh_str_eq(who->role->id, KH_STR("agency")) || kh_str_eq(who->role->id, KH_STR("news_agency")));
    if (who->kind == KH_WHO_ROLE && news) {
        return true;
    }
    if (who->kind == KH_WHO_NAME && kh_str_starts(r->art->names.items[who->name].id, KH_STR("agency:"))) {
        return true;
    }
    uint32_t first = who->kind == KH_WHO_NAME || who->kind == KH_WHO_ROLE ? who->head : who->first;
    bool person = who->kind == KH_WHO_NAME && r->art->names.items[who->name].type == KH_NAME_PERSON;
    return who->kind != KH_WHO_NONE && who->kind != KH_WHO_PRONOUN && !person && is_agency_word(r, first);
}

/* ---- delayed identification ---- */

/* The office of a person by which the words name him: "a retired judge", حاكم الإقليم; NULL for a body. */
static const kh_role_form *hidden_office(const kh_reader *r, kh_span words, bool *indefinite)
{
    uint32_t end = 0;
    uint32_t i = (uint32_t)kh_text_token_at(r->text, words.begin);
    const kh_role_form *office = NULL;
    *indefinite = kh_is_indefinite_word(r, i) || (r->order & KH_ORDER_VERB_FIRST);
    for (; i < r->text->tokens.count && kh_reader_token(r, i)->span.begin < words.end; i++) {
        office = office ? office : kh_role_at(r, i, &end);
        *indefinite &= !kh_str_starts(kh_reader_token(r, i)->key, KH_STR("ال"));
    }
    bool person = office && (office->kind == KH_ROLEWORD_PERSON || office->kind == KH_ROLEWORD_ANAPHOR);
    return person ? office : NULL;
}

/* Does the page give NAME other offices and not this one: the prosecutor is not the judge who speaks next. */
static bool holds_another(kh_reader *r, uint32_t name, kh_str role)
{
    bool other = false;
    if (is_general_person(role)) {
        return false;
    }
    read_offices(r);
    KH_EACH(const kh_office, o, r->offices) {
        bool same = role_fits(role, o->role) || role_fits(o->role, role) || is_general_person(o->role);
        if (o->name == name && same) {
            return false;
        }
        other |= o->name == name;
    }
    return other;
}

void kh_speakers_name_later(kh_reader *r)
{
    kh_quotations *list = &r->art->quotations;
    if (list->count < 2 || kh_span_empty(list->items[0].speaker_span) || list->items[0].speaker_name != KH_NO_NAME) {
        return;
    }
    bool indefinite = false;
    const kh_role_form *office = hidden_office(r, list->items[0].speaker_span, &indefinite);
    size_t next = 0;
    while (next < list->count && (list->items[next].speaker_name == KH_NO_NAME || list->items[next].form == KH_FORM_SCARE ||
                                  r->art->names.items[list->items[next].speaker_name].type != KH_NAME_PERSON)) {
        next++;
    }
    if (!office || next == list->count || (!indefinite && holds_another(r, list->items[next].speaker_name, office->id))) {
        return;
    }
    kh_str hidden = list->items[0].speaker;
    for (size_t i = 0; i < next; i++) {
        kh_quotation *q = &list->items[i];
        if (q->speaker_name == KH_NO_NAME && kh_str_eq(q->speaker, hidden)) {
            q->speaker = list->items[next].speaker;
            q->speaker_name = list->items[next].speaker_name;
        }
    }
}
