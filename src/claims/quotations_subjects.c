/* quotations_subjects.c - whose verb this is: the speaker of a cue, by the side on which his words stand.
 *
 * Decides where to look for the subject of a reporting verb. Examples:
 *   وقالت سلوى حداد إن ...                     content to the right: behind the verb
 *   "...", said Ada Brill, who owns the mill     content to the left: behind the verb, with the apposition
 *   نقلت وكالة عن شاهد أن ...                    the one from whom the agency has it, not the agency
 *   Im Bericht heißt es, ...                   nobody but the document
 *
 * Method: by the order of words that the language allows (verb first, subject first, subject right
 * before the verb, inverted), and by the kind of the cue: a participle has the subject of its clause, a
 * masdar the one behind عن, a noun ("his claim that") its possessor. Which words of the place then
 * name somebody is speakers.c, who that is resolve.c.
 *
 * Gets wrong: a subject far from its verb behind a long insertion.
 */
#include "claims/quotations_private.h"

/* Arabic, Persian: another person behind "and" or "with" shortly behind the subject: حضر السفير فلان والفنان فلان. */
static bool is_one_of_two(const kh_reader *r, uint32_t first, uint32_t end)
{
    bool arabic = r->order & KH_ORDER_VERB_FIRST, persian = r->order & KH_ORDER_BARE_BEHIND;
    for (uint32_t i = first; i < end && i < first + KH_LONG_MARK && (arabic || persian); i++) {
        const kh_token *t = kh_reader_token(r, i);
        uint32_t next = 0;
        bool with = kh_token_is(t, "مع") || kh_token_is(t, "با") || kh_token_is(t, "و");
        bool glued = arabic && kh_str_starts(t->key, KH_STR("و")) && t->key.len > 4;
        uint32_t at = with ? i + 1 : i;
        if (t->kind != KH_WORD || at >= end) {
            return false;
        }
        if (!with && !glued) {
            continue;
        }
        const kh_role_form *role = kh_role_at(r, at, &next);
        at = role && role->kind != KH_ROLEWORD_BODY && next < end ? next : at;
        const kh_mention *m = kh_mention_at(r, at, &next);
        if (m && kh_mention_type(r, m) == KH_NAME_PERSON) {
            return true;
        }
    }
    return false;
}

void kh_subject_note(kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who who = kh_who_in(r, first, end, false);
    bool person = who.kind == KH_WHO_NAME && r->art->names.items[who.name].type == KH_NAME_PERSON;
    bool role = who.kind == KH_WHO_ROLE && who.definite && (who.role->kind == KH_ROLEWORD_PERSON || who.role->kind == KH_ROLEWORD_ANAPHOR);
    if (!person && !role) {
        return;
    }
    if (is_one_of_two(r, who.end, end)) { /* he or the other: nobody knows */
        r->agent = (kh_agent){.name = KH_NO_NAME};
        return;
    }
    kh_agent agent = kh_who_resolve(r, &who, who.first);
    if (agent.known && agent.name != KH_NO_NAME) {
        agent.stance = KH_STANCE_NEUTRAL;
        agent.words = kh_text_span(r->text, who.first, who.end);
        agent.sex = kh_sex_of_words(r, who.first, who.head);
        r->agent = agent;
    }
}

bool kh_is_infinitive(const kh_reader *r, const kh_cue *cue)
{
    return kh_is_english(r) && cue->first > 0 && kh_token_is(kh_reader_token(r, cue->first - 1), "to");
}

uint32_t kh_next_cue(const kh_unit *u, size_t index, uint32_t limit)
{
    return index + 1 < u->cues.count && u->cues.items[index + 1].first < limit ? u->cues.items[index + 1].first : limit;
}

/* Plain words that no list knows. */
static kh_who plain_words(uint32_t first, uint32_t end)
{
    bool some = end > first && end - first <= KH_GAP_MAX;
    return (kh_who){.kind = some ? KH_WHO_OTHER : KH_WHO_NONE, .first = first, .end = end, .name = KH_NO_NAME};
}

kh_who kh_who_of_masdar(kh_reader *r, const kh_unit *u, size_t index)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t from = u->first;
    if (index > 0 && !(r->order & KH_ORDER_VERB_FIRST)) {
        const kh_cue *quoted = &u->cues.items[index - 1];
        if (quoted->end == cue->first) {
            return kh_who_before(r, u->first, quoted->first);
        }
        kh_who said = kh_who_in(r, quoted->end, cue->first, true);
        return said.kind != KH_WHO_NONE ? said : plain_words(quoted->end, cue->first);
    }
    static const char *const quoting[] = {"عن", "quoted", "quotes", "quoting", "cited"};
    for (uint32_t i = u->first; i < cue->first; i++) {
        for (size_t j = 0; j < sizeof quoting / sizeof *quoting; j++) {
            from = kh_token_is(kh_reader_token(r, i), quoting[j]) ? i + 1 : from;
        }
    }
    if (from == cue->first) { /* Dane was quoted | as saying */
        return kh_who_before(r, u->first, from - 1);
    }
    kh_who who = kh_who_in(r, from, cue->first, true);
    if (who.kind == KH_WHO_NONE && from > u->first && from < cue->first && cue->first - from <= KH_LONG_MARK) { /* عن زميل له قوله */
        who = (kh_who){.kind = KH_WHO_OTHER, .first = from, .end = cue->first, .name = KH_NO_NAME};
    }
    return who;
}

kh_who kh_nobody(void)
{
    return (kh_who){.name = KH_NO_NAME};
}

/* The words right behind a verb-first verb, when no name or role is among them: أحد الصيادين ، سكان. */
static kh_who words_behind(kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t i = first;
    while (i < end && i < first + 6) {
        const kh_token *t = kh_reader_token(r, i);
        uint32_t bits = kh_trait_at(r, i, NULL);
        if (t->kind != KH_WORD || (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CHANNEL | KH_TRAIT_HEARER | KH_TRAIT_RELATIVE)) ||
            kh_str_starts(t->key, KH_STR("لل"))) {
            break;
        }
        i++;
    }
    uint32_t aside = KH_TRAIT_ADJUNCT | KH_TRAIT_CHANNEL | KH_TRAIT_HEARER; /* الوزيران | في بيان */
    bool stops = i == end || kh_reader_token(r, i)->kind == KH_PUNCT || (kh_trait_at(r, i, NULL) & aside) ||
                 kh_str_starts(kh_reader_token(r, i)->key, KH_STR("لل"));
    kh_match m;
    bool country = i > first && kh_phrases_match(r->know->places, r->text, first, r->lang, 0, &m);
    bool object = i > first && kh_str_ends(kh_reader_token(r, first)->key, KH_STR("ين")); /* oblique plural */
    if (i == first || !stops || country || object) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = i, .name = KH_NO_NAME};
}

/* ، وهو اتهام رفضه فلان قائلا: a participle behind a remark that names a person is his, not the speaker's
 * before. */
static kh_who who_of_remark(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    for (uint32_t i = cue->first; i > u->first + 1; i--) {
        uint32_t behind = 0;
        if (kh_is_comma(r, i - 2) && (kh_trait_at(r, i - 1, &behind) & KH_TRAIT_BREAK)) {
            kh_who who = kh_who_in(r, behind, cue->first, true);
            bool person = who.kind == KH_WHO_NAME && r->art->names.items[who.name].type == KH_NAME_PERSON;
            return person ? who : kh_nobody();
        }
    }
    return kh_nobody();
}

/* "Im Bericht heißt es, ...", "heißt es in dem Bericht": nobody speaks but the document. */
static kh_who who_of_document(const kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t first = u->first, end = cue->first;
    if (end == first || !(kh_trait_at(r, first, NULL) & KH_TRAIT_ADJUNCT)) {
        first = cue->end + 1; /* behind "es" */
        end = first;
        while (end < u->end && end < first + KH_LONG_MARK && kh_reader_token(r, end)->kind == KH_WORD) {
            end++;
        }
    }
    bool in = first < end && (kh_trait_at(r, first, NULL) & KH_TRAIT_ADJUNCT);
    first += in;
    if (!in || first >= end || end - first > KH_GAP_MAX) {
        return (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = end, .name = KH_NO_NAME};
}

/* نقلت وكالة عن شاهد أن : the speaker is the one from whom the agency has it, else the agency itself. */
static kh_who who_relayed(kh_reader *r, uint32_t first, uint32_t end, kh_who agency)
{
    for (uint32_t i = first; i + 1 < end; i++) {
        if (kh_token_is(kh_reader_token(r, i), "عن")) {
            kh_who who = kh_who_in(r, i + 1, end, true);
            who = who.kind != KH_WHO_NONE ? who : words_behind(r, i + 1, end);
            return who.kind != KH_WHO_NONE ? who : agency;
        }
    }
    return agency;
}

/* Persian: the words at the head of the clause FIRST..END that no list knows as a name: "مقامی که ... گفت",
 * "سعید ملکی در بخش دیگری ... گفت", "همسرش افزود". None where the object stands there. */
kh_who kh_who_plain(const kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t skip = KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION | KH_TRAIT_BREAK;
    while (first < end && (kh_reader_token(r, first)->kind != KH_WORD || (kh_trait_at(r, first, NULL) & skip))) {
        first++;
    }
    uint32_t i = first;
    while (i < end && i < first + KH_LONG_MARK && kh_reader_token(r, i)->kind == KH_WORD && !kh_trait_at(r, i, NULL) &&
           !kh_token_is(kh_reader_token(r, i), "را") && !kh_token_is(kh_reader_token(r, i), "که")) {
        i++;
    }
    bool object = i < end && kh_token_is(kh_reader_token(r, i), "را");
    if (i == first || object || i - first > 5) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = i, .name = KH_NO_NAME};
}

/* Urdu: the words before نے, which marks who acts: ایک بیان میں | فضائی کمپنی | نے کہا. */
kh_who kh_who_of_topic(kh_reader *r, uint32_t first, uint32_t end)
{
    uint32_t topic = first;
    while (topic < end && !(kh_trait_at(r, topic, NULL) & KH_TRAIT_TOPIC)) {
        topic++;
    }
    if (topic >= end || topic == first || !(r->order & KH_ORDER_SUBJECT_FIRST)) {
        return kh_nobody();
    }
    uint32_t begin = topic;
    while (begin > first && topic - begin < KH_LONG_MARK) {
        const kh_token *t = kh_reader_token(r, begin - 1);
        uint32_t bits = kh_trait_at(r, begin - 1, NULL);
        if (t->kind != KH_WORD || kh_marked_around(r, begin - 1) ||
            (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CHANNEL | KH_TRAIT_CONJUNCTION))) {
            break;
        }
        begin--;
    }
    kh_who who = kh_who_in(r, begin, topic, true);
    bool whole = who.kind == KH_WHO_ROLE && who.end < topic; /* ہسپتال کے ڈائریکٹر */
    if (who.kind == KH_WHO_NONE || whole) {
        uint32_t name = whole ? who.end : begin; /* کوچ | عمران شاہ */
        bool genitive = whole && name < topic && kh_reader_token(r, name)->key.len <= 4;
        name = genitive || topic - name < 2 ? begin : name;
        who = (kh_who){.kind = topic > begin ? KH_WHO_OTHER : KH_WHO_NONE, .first = name, .end = topic, .name = KH_NO_NAME};
    }
    return who;
}

/* The subject before a verb at END: in Urdu that which نے marks, and in Russian the house of those who are not named,
 * "В МИД подчеркнули". */
static kh_who who_with_mark(kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who who = kh_who_of_topic(r, first, end);
    if (who.kind != KH_WHO_NONE) {
        return who;
    }
    who = kh_who_before(r, first, end);
    bool plural = kh_str_ends(kh_reader_token(r, end)->key, KH_STR("ли")) || kh_str_ends(kh_reader_token(r, end)->key, KH_STR("ют")) ||
                  kh_str_ends(kh_reader_token(r, end)->key, KH_STR("ят"));
    uint32_t begin = kh_clause_begin(r, first, end);
    bool in = plural && begin < end && (kh_trait_at(r, begin, NULL) & KH_TRAIT_ADJUNCT) &&
              kh_reader_token(r, begin)->script == KH_SCRIPT_CYRILLIC;
    for (uint32_t i = begin + 1; i < end; i++) {
        in = in && kh_reader_token(r, i)->kind == KH_WORD && !(kh_trait_at(r, i, NULL) & KH_TRAIT_TIME);
    }
    bool house = who.kind == KH_WHO_NONE && in && end > begin + 1 && end - begin <= KH_LONG_MARK;
    return house ? plain_words(begin + 1, end) : who;
}

/* Persian: the subject of the verb at END, which stands at the head of its clause: behind the last
 * quotation of the sentence. */
static kh_who who_at_head(kh_reader *r, const kh_unit *u, uint32_t end)
{
    const kh_quotations *list = &r->art->quotations;
    bool quoted = list->count > u->quoted_from;
    uint32_t first = u->first;
    if (quoted) {
        first = (uint32_t)kh_text_token_at(r->text, list->items[list->count - 1].span.end);
        first = first < u->first || first > end ? u->first : first;
    }
    for (uint32_t i = first; i < end; i++) { /* از او پرسیدند؛ | سعید وفایی پاسخ داد */
        first = kh_token_is(kh_reader_token(r, i), ";") && !kh_marked_around(r, i) ? i + 1 : first;
    }
    kh_who marked = kh_who_of_topic(r, first, end);
    if (marked.kind != KH_WHO_NONE) {
        return marked;
    }
    kh_who who = kh_who_apposed(r, kh_who_in(r, first, end, true), end);
    if (who.kind != KH_WHO_NONE) {
        return who;
    }
    who = kh_who_plain(r, first, end);
    bool near = who.kind != KH_WHO_NONE && (!quoted || who.end == end);
    return near ? who : kh_nobody();
}

/* "his claim that", "the mayor's promise to", "fears that": whose claim it is stands right before the
 * noun as its possessor; without one nobody is named. */
static kh_who who_owns(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    kh_match m;
    uint32_t at = cue->first;
    while (at > u->first && at + 3 > cue->first) {
        bool possessive = kh_phrases_match(r->know->pronouns, r->text, at - 1, r->lang, 0, &m) && m.value == 2 && m.end == at;
        if (possessive) {
            return (kh_who){.kind = KH_WHO_PRONOUN, .first = at - 1, .end = at, .name = KH_NO_NAME};
        }
        const kh_token *t = kh_reader_token(r, at - 1);
        if (kh_token_is(t, "s") || kh_token_is(t, "'")) {
            uint32_t end = at - 1;
            end -= kh_token_is(t, "s") && end > u->first && kh_token_is(kh_reader_token(r, end - 1), "'");
            uint32_t begin = kh_clause_begin(r, u->first, end);
            kh_who who = kh_who_before(r, begin, end); /* the report ends with the mayor's claim */
            return who.kind != KH_WHO_NONE ? who : kh_who_in(r, begin, end, true);
        }
        at--;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
}

/* Words before a verb that are part of what its subject did before: "called it late and | said". */
static bool is_no_subject(const kh_reader *r, const kh_who *who)
{
    if (who->kind != KH_WHO_OTHER || who->end == who->first) {
        return false;
    }
    const kh_token *last = kh_reader_token(r, who->end - 1);
    return kh_token_is(last, "and") || kh_token_is(last, "but");
}

/* "Brill and Dane said": the second name belongs to the subject. */
static void join_subjects(const kh_reader *r, kh_who *who, uint32_t verb)
{
    bool near = who->kind == KH_WHO_NAME && who->end + 1 < verb && verb - who->end <= KH_LONG_MARK;
    if (near && kh_token_is(kh_reader_token(r, who->end), "and") && (kh_reader_token(r, who->end + 1)->flags & KH_CAPITAL)) {
        uint32_t end = who->end + 1;
        while (end < verb && (kh_reader_token(r, end)->flags & KH_CAPITAL)) {
            end++;
        }
        who->end = end;
    }
}

/* "ТАСС со ссылкой на источник в порту сообщил", "AFP reported, citing the port, that": whom an agency cites
 * between its name and the clause speaks, not the agency. */
kh_who kh_who_cited(kh_reader *r, const kh_unit *u, size_t index, uint32_t at)
{
    const kh_cue *cue = &u->cues.items[index];
    for (size_t j = index > 0 ? index - 1 : 0; j < u->cues.count && j <= index + 1; j++) {
        const kh_cue *c = &u->cues.items[j];
        uint32_t end = j < index ? cue->first : at;
        bool cites = c->end < end && (c->form->chain || (c->participle && c->form->act == KH_ACT_REVEAL));
        if (!cites || end - c->end > KH_GAP_MAX) {
            continue;
        }
        kh_who agency = kh_who_in(r, u->first, j <= index ? c->first : cue->first, true);
        if (agency.kind == KH_WHO_NONE && c->first > cue->end) { /* Как сообщает ТАСС со ссылкой на */
            agency = kh_who_in(r, cue->end, c->first, true);
        }
        if (kh_who_is_agency(r, &agency)) {
            end -= kh_is_comma(r, end - 1);
            kh_who who = kh_who_in(r, c->end, end, true);
            return who.kind != KH_WHO_NONE ? who : plain_words(c->end, end);
        }
    }
    return kh_nobody();
}

/* The subject behind a verb that comes first, before token AT: a name or office, plain words, the one from whom an
 * agency has it. */
static kh_who who_behind(kh_reader *r, const kh_cue *cue, uint32_t at)
{
    kh_who who = kh_who_in(r, cue->end, at, cue->feminine);
    who = kh_who_apposed(r, kh_who_named_behind(r, who, at), at);
    kh_who plain = cue->participle ? kh_nobody() : words_behind(r, cue->end, at);
    bool told = cue->form->act == KH_ACT_TELL && kh_who_is_agency(r, &who);
    if (told && who.first > cue->end) { /* أبلغ مصدر أمني وكالة ... أن : the agency was told */
        plain = (kh_who){.kind = KH_WHO_OTHER, .first = cue->end, .end = who.first, .name = KH_NO_NAME};
    }
    if (who.kind == KH_WHO_NONE || (told && plain.kind != KH_WHO_NONE)) {
        who = plain;
    }
    bool relays = cue->form->act == KH_ACT_REPORT && kh_who_is_agency(r, &who);
    return relays ? who_relayed(r, cue->end, at, who) : who;
}

/* Arabic: the subject behind the verb; where there is none, him of the clause before a verb without و. */
static kh_who who_of_verb_first(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t at)
{
    bool quoted_before = r->art->quotations.count > u->quoted_from;
    kh_who who = who_behind(r, cue, at);
    if (who.kind == KH_WHO_NONE && cue->participle && quoted_before) {
        who = who_of_remark(r, u, cue);
    }
    if (who.kind == KH_WHO_NONE && cue->clitic && !quoted_before && cue->first > u->first) {
        kh_subject_note(r, u->first, cue->first);
    }
    if (who.kind == KH_WHO_NONE && !cue->clitic && !(quoted_before && cue->participle)) {
        uint32_t begin = kh_clause_begin(r, u->first, cue->first);
        who = kh_who_in(r, cue->participle ? u->first : begin, cue->first, true);
        who = cue->participle ? who : kh_who_named_behind(r, who, cue->first); /* وكان الوزير فارس المكي | قال */
    }
    return who;
}

/* The noun phrase at the head of the clause that ends with "and" right before the verb: "Kranz dankte dem Team und | sagte". */
static kh_who who_before_and(kh_reader *r, const kh_unit *u, uint32_t verb)
{
    uint32_t begin = kh_clause_begin(r, u->first, verb - 1);
    uint32_t end = kh_noun_phrase_end(r, begin, verb - 1);
    uint32_t off = KH_TRAIT_ADJUNCT | KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION;
    bool noun = (kh_reader_token(r, begin)->flags & KH_CAPITAL) || kh_is_article(r, begin);
    if (end == begin || !noun || (kh_trait_at(r, begin, NULL) & off)) {
        return kh_nobody();
    }
    kh_who who = kh_who_in(r, begin, end, true);
    return who.kind != KH_WHO_NONE ? who : plain_words(begin, end);
}

/* Two to four words with capitals right behind a verb and before a stop are a name that no list knows. */
static kh_who name_behind(const kh_reader *r, uint32_t first, uint32_t end)
{
    enum { NAME_MIN = 2, NAME_MAX = 4 };
    uint32_t i = first;
    while (i < end && kh_reader_token(r, i)->kind == KH_WORD && (kh_reader_token(r, i)->flags & KH_CAPITAL)) {
        i++;
    }
    bool stops = i == end || kh_reader_token(r, i)->kind == KH_PUNCT;
    return stops && i >= first + NAME_MIN && i <= first + NAME_MAX ? plain_words(first, i) : kh_nobody();
}

/* German: the finite verb stands second, so what opens the clause and is no subject (a preposition, an adverb, a medium that was told)
 * has the subject right behind the verb: "Am Freitag teilte ein Sprecher mit", "Der Zeitung sagte Kramer: ...". */
static kh_who who_verb_second(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t at)
{
    uint32_t begin = kh_clause_begin(r, u->first, cue->first);
    kh_who behind = at > cue->end ? kh_who_in(r, cue->end, at, true) : kh_nobody();
    behind = behind.kind != KH_WHO_NONE ? behind : name_behind(r, cue->end, at);
    bool touches = behind.kind != KH_WHO_NONE && behind.first == cue->end;
    bool named = behind.kind == KH_WHO_OTHER || (behind.kind == KH_WHO_NAME && r->art->names.items[behind.name].type == KH_NAME_PERSON);
    if (begin == cue->first) {
        bool and = begin > u->first && (kh_trait_at(r, begin - 1, NULL) & KH_TRAIT_COORDINATOR);
        bool person = touches && named && begin > u->first && kh_is_comma(r, begin - 1) && kh_reader_token(r, behind.end)->kind == KH_PUNCT;
        return and? who_before_and(r, u, cue->first) : person ? behind : kh_nobody();
    }
    kh_who before = kh_who_in(r, begin, cue->first, true);
    uint32_t bits = kh_trait_at(r, begin, NULL);
    bool told = kh_token_is(kh_reader_token(r, begin), "dem") || (before.kind == KH_WHO_ROLE && before.role->kind == KH_ROLEWORD_MEDIA);
    bool adverb = begin + 1 == cue->first && before.kind != KH_WHO_PRONOUN && before.kind != KH_WHO_ROLE && named;
    bool opens = (bits & (KH_TRAIT_ADJUNCT | KH_TRAIT_TIME)) || told || adverb;
    return touches && opens ? behind : kh_nobody();
}

/* The subject before the verb, or behind one that is inverted: "sagte X: ...". */
static kh_who who_of_verb_later(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t at)
{
    bool svo = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    if (r->order & KH_ORDER_FRAGMENTS_APART) {
        kh_who second = who_verb_second(r, u, cue, at);
        if (second.kind != KH_WHO_NONE) {
            return second;
        }
    }
    kh_who who = (r->order & KH_ORDER_BARE_BEHIND) ? who_at_head(r, u, cue->first) : who_with_mark(r, u->first, cue->first);
    bool infinitive = kh_is_infinitive(r, cue) && who.kind == KH_WHO_OTHER;
    if (svo && (infinitive || is_no_subject(r, &who))) {
        who = kh_who_in(r, u->first, cue->first, true); /* Brill called it late and | said */
    } else if (svo) {
        join_subjects(r, &who, cue->first);
    }
    bool inverted = who.kind == KH_WHO_NONE && at > cue->end;
    return inverted ? kh_who_in(r, cue->end, at, true) : who;
}

/* English: the subject of a participle: behind the comma where it opens the sentence ("Declaring that ..., Dane left"), behind "with" right
 * before it ("with Dane calling it"), else that of its clause. */
static kh_who who_of_participle(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    for (uint32_t i = cue->end; kh_is_english(r) && cue->first == u->first && i + 1 < u->end; i++) {
        if (kh_is_comma(r, i) && !kh_marked_around(r, i)) {
            uint32_t end = i + KH_LONG_MARK < u->end ? i + KH_LONG_MARK : u->end;
            kh_who who = kh_who_in(r, i + 1, end, true);
            if (who.kind != KH_WHO_NONE && who.first == i + 1) {
                return who;
            }
        }
    }
    for (uint32_t i = cue->first; kh_is_english(r) && i > u->first && i + KH_LONG_MARK > cue->first; i--) {
        if (kh_reader_token(r, i - 1)->kind == KH_PUNCT && kh_is_comma(r, i - 1)) {
            break;
        }
        if (kh_token_is(kh_reader_token(r, i - 1), "with")) {
            kh_who who = kh_who_in(r, i, cue->first, true);
            return who.kind != KH_WHO_NONE ? who : kh_who_in(r, u->first, cue->first, true);
        }
    }
    return kh_who_in(r, u->first, cue->first, true);
}

kh_who kh_who_right(kh_reader *r, const kh_unit *u, size_t index, uint32_t at)
{
    const kh_cue *cue = &u->cues.items[index];
    bool quoted_before = r->art->quotations.count > u->quoted_from;
    if (cue->form->impersonal) {
        return who_of_document(r, u, cue);
    }
    if (cue->form->bound && cue->form->noun) {
        return who_owns(r, u, cue);
    }
    if (cue->form->masdar) {
        return kh_who_of_masdar(r, u, index);
    }
    if (r->order & KH_ORDER_VERB_FIRST) {
        return who_of_verb_first(r, u, cue, at);
    }
    if (cue->participle && (quoted_before || !(r->order & KH_ORDER_SUBJECT_FIRST))) {
        return quoted_before ? kh_nobody() : who_of_participle(r, u, cue);
    }
    kh_who source = kh_who_cited(r, u, index, at);
    return source.kind != KH_WHO_NONE ? source : who_of_verb_later(r, u, cue, at);
}

/* "said Ada Brill, who owns the mill": behind the verb, before token LIMIT, with the apposition, which names her too. */
static kh_who who_behind_verb(kh_reader *r, const kh_cue *cue, uint32_t limit)
{
    kh_who who = kh_who_in(r, cue->end, limit, true);
    who = (r->order & KH_ORDER_THAT_AFTER_HEARER) ? kh_who_apposed(r, kh_who_titled(r, who, limit), limit) : who;
    uint32_t end = who.end;
    while (who.kind == KH_WHO_NAME && end < limit && end < who.end + 2 * KH_GAP_MAX && kh_is_comma(r, who.end) && !kh_marked_at(r, end)) {
        end++;
    }
    who.end = end > who.end + 1 ? end - (kh_reader_token(r, end - 1)->kind == KH_PUNCT) : who.end;
    if (who.kind != KH_WHO_NONE) {
        return who;
    }
    uint32_t i = cue->end; /* the few words that stand there, up to a preposition */
    while (i < limit && i < cue->end + 6 && kh_reader_token(r, i)->kind == KH_WORD && !(kh_trait_at(r, i, NULL) & KH_TRAIT_ADJUNCT)) {
        i++;
    }
    return plain_words(cue->end, i);
}

kh_who kh_who_left(kh_reader *r, const kh_unit *u, size_t index, uint32_t gap)
{
    const kh_cue *cue = &u->cues.items[index];
    if (cue->form->impersonal) {
        return who_of_document(r, u, cue);
    }
    if (r->order & (KH_ORDER_CONTENT_BEFORE | KH_ORDER_SUBJECT_FIRST)) {
        kh_who who = gap < cue->first ? kh_who_of_topic(r, gap, cue->first) : kh_nobody();
        if (who.kind == KH_WHO_NONE && gap < cue->first) {
            who = kh_who_in(r, gap, cue->first, true);
        }
        return who;
    }
    uint32_t limit = kh_next_cue(u, index, u->end);
    if (r->order & KH_ORDER_VERB_FIRST) {
        kh_who who = kh_who_in(r, cue->end, limit, cue->feminine);
        who = kh_who_apposed(r, kh_who_named_behind(r, who, limit), limit);
        return who.kind != KH_WHO_NONE ? who : words_behind(r, cue->end, limit);
    }
    kh_who who = gap < cue->first ? kh_who_before(r, gap, cue->first) : kh_nobody();
    return who.kind != KH_WHO_NONE ? who : who_behind_verb(r, cue, limit);
}
