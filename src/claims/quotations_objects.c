/* quotations_objects.c - what was said, as the object of the verb: a noun, or a clause made into one.
 *
 * Decides where such an object begins and ends, and whose it is. Examples:
 *   نفت الشركة تجاهل التحذيرات                           denial | الشركة | تجاهل التحذيرات
 *   شرکت نادیده گرفتن هشدارها را رد کرد                    denial | شرکت | نادیده گرفتن هشدارها
 *   The company denied delays at the dam               denial | The company | delays at the dam
 *   Liman Müdürlüğü, rıhtımın kapatıldığını açıkladı       indirect | Liman Müdürlüğü | rıhtımın kapatıldığını
 *
 * Method: only acts whose verb takes a noun are looked at (deny, admit, call for, threaten; some only
 * where the verb stands first, or where the subject does). Arabic has the speaker right behind the
 * verb and the object behind him, Persian the object between subject and verb, closed by را, English
 * and German behind the verb. These are given as optional (core false). Turkish and its relatives
 * nominalise whole clauses: an accusative ending right before the verb shows one, and it begins
 * behind the subject and the adverbials that a comma closes.
 *
 * Gets wrong: a Persian object without را; a Turkish object that is a thing ("raporu açıkladı").
 */
#include "claims/quotations_private.h"

/* ---- Turkish and its relatives: the content stands before the verb ---- */

bool kh_is_accusative_end(const kh_reader *r, uint32_t i)
{
    static const char *const ends[] = {"ını",  "ini",  "unu",  "ünü",  "ığı",    "iği",    "uğu",    "üğü",
                                       "ğı",   "ği",   "ğına", "ğine", "maya",   "meye",   "makla",  "mekle",
                                       "sını", "sini", "cağı", "ceği", "masına", "mesine", "ğundan", "ğinden"};
    kh_str key = kh_reader_token(r, i)->key;
    kh_str word = kh_text_slice(r->text, kh_reader_token(r, i)->span);
    for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
        if (kh_str_ends(word, kh_str_z(ends[j])) || kh_str_ends(key, kh_str_z(ends[j]))) {
            return true;
        }
    }
    return false;
}

/* A comma behind a locative or a converb closes an adverbial: "açıklamada,", "toplantısında,", "muhabirine,". */
static bool closes_adverbial(const kh_reader *r, uint32_t comma)
{
    static const char *const ends[] = {"da", "de", "ta", "te", "muhabirine", "ine", "ina", "arak", "erek"};
    kh_str key = comma > 0 ? kh_reader_token(r, comma - 1)->key : (kh_str){0};
    for (size_t j = 0; j < sizeof ends / sizeof *ends; j++) {
        if (kh_str_ends(key, kh_str_z(ends[j]))) {
            return true;
        }
    }
    return false;
}

/* Behind the subject and the adverbials that follow it, from token FROM. */
static uint32_t pass_subject(const kh_reader *r, uint32_t from, uint32_t end)
{
    uint32_t begin = from;
    bool subject = false;
    for (uint32_t i = from; i + 1 < end; i++) {
        if (kh_trait_at(r, i, NULL) & KH_TRAIT_TOPIC && i < from + KH_SUBJECT_REACH && !subject) {
            begin = i + 1;
            subject = true;
        } else if (kh_is_comma(r, i) && (!subject || closes_adverbial(r, i))) {
            begin = i + 1;
            subject = true;
        } else if (kh_is_comma(r, i)) {
            break;
        }
    }
    return begin;
}

/* The words at the head of a Turkish sentence, before its first comma or marks or the token END, when no list
 * knows a name or an office among them: Mahalleli, “...” dedi. The words with capitals, where there are two:
 * Hemşire Zöhre Aman o geceyi şöyle anlattı. */
static kh_who who_at_front(kh_reader *r, uint32_t first, uint32_t end)
{
    kh_who who = kh_who_in(r, first, end, true);
    if (who.kind != KH_WHO_NONE) {
        return who;
    }
    uint32_t capitals = first, stop = first;
    while (stop < end && stop < first + KH_LONG_MARK && kh_reader_token(r, stop)->kind == KH_WORD &&
           !(kh_trait_at(r, stop, NULL) & (KH_TRAIT_TIME | KH_TRAIT_CONJUNCTION))) {
        bool capital = kh_reader_token(r, stop)->flags & KH_CAPITAL;
        capitals = capital && capitals == stop ? stop + 1 : capitals;
        stop++;
    }
    bool comma = stop < end ? kh_reader_token(r, stop)->kind == KH_PUNCT : true;
    uint32_t last = comma ? stop : capitals > first + 1 ? capitals : first;
    if (last == first) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = last, .name = KH_NO_NAME};
}

/* Balıkçılar limanın açılmasını talep etti: a plural without a case at the head of the sentence. */
static kh_who front_noun(const kh_reader *r, uint32_t first, uint32_t end)
{
    kh_str key = kh_reader_token(r, first)->key;
    bool plural = kh_str_ends(key, KH_STR("lar")) || kh_str_ends(key, KH_STR("ler"));
    if (!plural || first + 2 >= end) {
        return kh_nobody();
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = first, .end = first + 1, .name = KH_NO_NAME};
}

/* “...” diyen X, “...” diye sordu X : the subject behind the verb, where nothing stands before the marks. */
static kh_who who_behind(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    kh_who who = kh_who_in(r, cue->end, u->end, true);
    uint32_t i = cue->end;
    while (i < u->end && i < cue->end + KH_LONG_MARK && kh_reader_token(r, i)->kind == KH_WORD) {
        i++;
    }
    uint32_t capital = cue->end;
    while (capital < i && !(kh_reader_token(r, capital)->flags & KH_CAPITAL)) {
        capital++;
    }
    uint32_t last = capital;
    while (last < i && (kh_reader_token(r, last)->flags & KH_CAPITAL)) {
        last++;
    }
    bool plain = who.kind == KH_WHO_NONE && i > cue->end && i < u->end && kh_is_comma(r, i);
    if (plain && last < capital + 2) { /* diyen bir mahalle sakini, */
        return (kh_who){.kind = KH_WHO_OTHER, .first = cue->end, .end = i, .name = KH_NO_NAME};
    }
    if (who.kind == KH_WHO_NAME || last < capital + 2) {
        return who;
    }
    return (kh_who){.kind = KH_WHO_OTHER, .first = capital, .end = last, .name = KH_NO_NAME};
}

/* ... imzalanacağını Reuters'a söyledi: before the name in the dative that stands right before the verb at END. */
static uint32_t before_hearer(const kh_reader *r, uint32_t first, uint32_t end)
{
    static const char *const endings[] = {"a", "e", "ya", "ye", "na", "ne"};
    enum { NAME_MAX = 3 };
    bool dative = false;
    for (size_t j = 0; end > first + NAME_MAX && j < sizeof endings / sizeof *endings; j++) {
        dative = dative || kh_token_is(kh_reader_token(r, end - 1), endings[j]);
    }
    if (!dative || kh_reader_token(r, end - 2)->kind != KH_PUNCT) {
        return end;
    }
    uint32_t i = end - 2;
    while (i > first && i + NAME_MAX + 2 > end && (kh_reader_token(r, i - 1)->flags & KH_CAPITAL)) {
        i--;
    }
    return i < end - 2 ? i : end;
}

void kh_object_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_who subject = kh_who_in(r, u->first, cue->first, true);
    const kh_marked *m = kh_mark_last(r, from, cue->first);
    if (m && cue->first - m->close <= 3) {
        bool front = m->open == u->first;
        subject = front ? who_behind(r, u, cue) : who_at_front(r, u->first, m->open);
        if (r->art->quotations.count > u->quoted_from) {
            subject = kh_nobody();
        }
        kh_quotation_give(r, u, cue, m->first, m->end, KH_FORM_DIRECT, &subject);
        return;
    }
    uint32_t end = before_hearer(r, from, cue->first); /* ... verileceğini de belirtti */
    end -= end > from + 1 && (kh_trait_at(r, end - 1, NULL) & KH_TRAIT_TOPIC);
    if (end == from || !kh_is_accusative_end(r, end - 1)) {
        return;
    }
    uint32_t begin = pass_subject(r, from, end);
    const kh_quotations *list = &r->art->quotations;
    bool goes_on = list->count > u->quoted_from; /* ... dedi ve ... ekledi */
    subject = goes_on ? kh_nobody() : kh_who_in(r, u->first, begin, true);
    if (!goes_on && subject.kind == KH_WHO_NONE && begin > u->first && begin - u->first < 8 && from == u->first) {
        subject = (kh_who){.kind = KH_WHO_OTHER, .first = u->first, .end = begin - 1, .name = KH_NO_NAME};
    }
    if (!goes_on && subject.kind == KH_WHO_NONE && begin == u->first) {
        subject = front_noun(r, u->first, end);
        begin = subject.kind != KH_WHO_NONE ? subject.end : begin;
    }
    kh_quotation_give(r, u, cue, begin, end, kh_form_of_act(cue->form->act, KH_FORM_INDIRECT), &subject);
}

/* Arabic: "تعهد فلان بإلغاء ...", "أعرب عن قلقه", "اتهم الحكومة بإخفاء ...": what is promised, voiced or
 * charged stands behind a preposition. Gives its first token among FIRST..END, FIRST for none. */
static uint32_t behind_verb_preposition(const kh_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && i < first + KH_LONG_MARK; i++) {
        kh_str key = kh_reader_token(r, i)->key;
        if (kh_token_is(kh_reader_token(r, i), "عن") || kh_token_is(kh_reader_token(r, i), "في")) {
            return i + 1;
        }
        if (kh_str_starts(key, KH_STR("ب")) && key.len > 6 && !kh_mention_at(r, i, &(uint32_t){0})) {
            return i;
        }
    }
    return first;
}

/* ---- acts without a clause: denied X, urged X ---- */

/* English: whatever follows a verb that is no mere "said" is what the verb is about. */
static bool is_of_saying(kh_act act)
{
    return act == KH_ACT_SAY || act == KH_ACT_TELL || act == KH_ACT_REPLY || act == KH_ACT_WRITE || act == KH_ACT_REPORT ||
           act == KH_ACT_DECLINE;
}

bool kh_takes_noun(const kh_reader *r, kh_act act)
{
    bool english = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    if (english) {
        return !is_of_saying(act);
    }
    bool vso = r->order & KH_ORDER_VERB_FIRST;
    bool svo = !(r->order & (KH_ORDER_VERB_FIRST | KH_ORDER_SUBJECT_FIRST));
    bool further = act == KH_ACT_PROMISE || act == KH_ACT_ACCUSE || act == KH_ACT_PROPOSE || act == KH_ACT_CONDEMN;
    return act == KH_ACT_DENY || act == KH_ACT_CALL_FOR || act == KH_ACT_THREATEN ||
           ((r->order & KH_ORDER_SUBJECT_FIRST) &&
            (act == KH_ACT_ADMIT || act == KH_ACT_ACCUSE || act == KH_ACT_ANNOUNCE || act == KH_ACT_REPORT)) ||
           (svo && further) || ((r->order & KH_ORDER_THAT_AFTER_HEARER) && (act == KH_ACT_ADMIT || act == KH_ACT_EXPRESS)) ||
           (vso && (further || act == KH_ACT_EXPRESS)) || (vso && (act == KH_ACT_ANNOUNCE || act == KH_ACT_ADMIT));
}

/* Persian: "به سرقت اعتراف کرد", "او را به جاسوسی متهم کرد", "از حمله خبر داد": what is admitted, charged or
 * told stands behind a preposition, right before the verb. False for other acts. */
static bool read_prepositional(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_act act = cue->form->act;
    const char *word = act == KH_ACT_ADMIT || act == KH_ACT_ACCUSE ? "به" : act == KH_ACT_ANNOUNCE || act == KH_ACT_REPORT ? "از" : NULL;
    uint32_t at = cue->first;
    while (word && at > from && !kh_token_is(kh_reader_token(r, at - 1), word)) {
        at = kh_reader_token(r, at - 1)->kind == KH_PUNCT ? from : at - 1;
    }
    if (!word || at <= from || cue->first < at + 2) {
        return false;
    }
    uint32_t before = at - 1;
    for (uint32_t i = from; i < at - 1; i++) {
        before = kh_token_is(kh_reader_token(r, i), "را") && i > from ? i - 1 : before;
    }
    kh_who who = kh_who_in(r, from, before, true);
    if (who.kind != KH_WHO_NONE) {
        kh_quotation_give(r, u, cue, at, cue->first, KH_FORM_SPEECH_ACT, &who);
    }
    return who.kind != KH_WHO_NONE;
}

/* Behind the role words at token I and the one word that names their body: سخنگوی وزارت نیرو. */
static uint32_t behind_role(const kh_reader *r, uint32_t i, uint32_t end)
{
    uint32_t behind = i + 1;
    const kh_role_form *role = kh_role_at(r, i, &behind);
    const kh_role_form *last = role;
    while (role && behind < end) {
        i = behind;
        role = kh_role_at(r, i, &behind);
        last = role ? role : last;
    }
    bool body = last && last->kind == KH_ROLEWORD_BODY;
    return role || !last ? behind : i + (body && i < end);
}

/* Persian: the object stands between subject and verb, mostly with را. */
static void read_object_before(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    kh_who who = kh_who_in(r, from, cue->first, true);
    uint32_t end = cue->first;
    uint32_t ra = end;
    for (uint32_t i = from; i <= cue->first; i++) {
        ra = kh_token_is(kh_reader_token(r, i), "را") ? i : ra;
    }
    uint32_t begin = who.kind == KH_WHO_NONE ? from : who.end;
    for (uint32_t i = begin; i < ra; i++) {
        begin = kh_is_comma(r, i) ? i + 1 : begin;
    }
    if (ra < cue->first && begin + 1 >= ra && who.kind == KH_WHO_ROLE) {
        begin = behind_role(r, who.first, ra); /* سخنگوی وزارت نیرو | قطع برق | را تکذیب کرد */
        who.end = begin;
    }
    if (ra + 2 >= end && ra <= end && ra > begin && kh_token_is(kh_reader_token(r, ra), "را") &&
        (cue->form->act == KH_ACT_DENY || cue->form->act == KH_ACT_ADMIT)) {
        bool denial = cue->form->act == KH_ACT_DENY;
        kh_quotation_give(r, u, cue, begin, ra, denial ? KH_FORM_DENIAL : KH_FORM_SPEECH_ACT, &who);
    }
}

/* Urdu: وزیر نے | دریا کو آلودہ کرنے کے الزام | کو مسترد کیا : the object stands between the subject's particle and the
 * one before the verb. "عوام سے" at its head is of whom it is asked. */
static bool read_before_particle(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    uint32_t topic = from, end = cue->first;
    while (topic < end && !(kh_trait_at(r, topic, NULL) & KH_TRAIT_TOPIC)) {
        topic++;
    }
    bool particle = end > topic + 2 && (kh_trait_at(r, end - 1, NULL) & KH_TRAIT_OBJECT);
    if (topic >= end || !particle) {
        return false;
    }
    kh_who who = kh_who_of_topic(r, from, end);
    uint32_t begin = topic + 1;
    for (uint32_t i = begin; i + 2 < end && i < begin + KH_CONTENT_MIN; i++) {
        begin = kh_trait_at(r, i, NULL) & KH_TRAIT_ADJUNCT ? i + 1 : begin; /* حکومت پر، عوام سے */
    }
    kh_form form = cue->form->act == KH_ACT_DENY ? KH_FORM_DENIAL : KH_FORM_SPEECH_ACT;
    kh_quotation_give(r, u, cue, begin, end - 1, form, &who);
    return true;
}

/* Does the comma at I part members of a list: ", X and Y", ", X, or Y". */
static bool lists(const kh_reader *r, uint32_t i, uint32_t end)
{
    for (uint32_t j = i + 1; j < end && j < i + KH_LONG_MARK; j++) {
        if (kh_is_comma(r, j) || (kh_trait_at(r, j, NULL) & KH_TRAIT_COORDINATOR)) {
            return !(kh_trait_at(r, i + 1, NULL) & (KH_TRAIT_RELATIVE | KH_TRAIT_ADJUNCT));
        }
    }
    return false;
}

/* English: a noun as object ends at a comma, before a day ("on Tuesday") and before "after", "when"; an
 * infinitive or a clause runs on. */
static uint32_t end_of_noun(const kh_reader *r, uint32_t begin, uint32_t end)
{
    if (begin >= end || kh_token_is(kh_reader_token(r, begin), "to")) {
        return end;
    }
    for (uint32_t i = begin + 1; i < end; i++) {
        const kh_marked *m = kh_marked_around(r, i);
        if (m) {
            i = m->close > i ? m->close - 1 : i;
            continue;
        }
        uint32_t behind = 0;
        uint32_t bits = kh_trait_at(r, i, &behind);
        bool day = (bits & KH_TRAIT_ADJUNCT) && behind < end && (kh_trait_at(r, behind, NULL) & KH_TRAIT_TIME);
        bool clause = (bits & KH_TRAIT_CONJUNCTION) && !(bits & KH_TRAIT_COORDINATOR) && !kh_token_is(kh_reader_token(r, i), "as");
        bool but = kh_is_comma(r, i) && i + 1 < end && kh_token_is(kh_reader_token(r, i + 1), "but");
        bool remark =
            but || (kh_is_comma(r, i) && i + 1 < end && !(kh_trait_at(r, i + 1, NULL) & KH_TRAIT_COORDINATOR) && !lists(r, i, end));
        if (remark || day || clause || (bits & KH_TRAIT_CHANNEL)) {
            return i;
        }
    }
    return end;
}

/* English: accused Dane, the councillor from Haven, of being slow: behind the comma at END the charge itself, which
 * a preposition and a verb open. Gives its end; END where nothing of the kind follows. */
static uint32_t end_of_charge(const kh_reader *r, const kh_cue *cue, uint32_t end, uint32_t limit)
{
    if (cue->form->act != KH_ACT_ACCUSE || end >= limit || !kh_is_comma(r, end)) {
        return end;
    }
    for (uint32_t i = end + 1; i + 1 < limit && i < end + KH_GAP_MAX; i++) {
        bool charge =
            kh_is_comma(r, i - 1) && kh_token_is(kh_reader_token(r, i), "of") && kh_str_ends(kh_reader_token(r, i + 1)->key, KH_STR("ing"));
        if (charge) {
            return end_of_noun(r, i + 2, limit);
        }
    }
    return end;
}

/* English: whose position it is, "unknown" rather than the last speaker: "who called it late", "a group
 * backing the plan", "to oppose the plan". */
static kh_who who_of_object(kh_reader *r, const kh_unit *u, const kh_cue *cue)
{
    uint32_t verb = cue->first;
    while (verb > u->first && (kh_trait_at(r, verb - 1, NULL) & KH_TRAIT_AUXILIARY)) {
        verb--;
    }
    kh_who who = {.kind = KH_WHO_OTHER, .name = KH_NO_NAME};
    if (cue->relative) {
        uint32_t at = verb;
        while (at > u->first && !(kh_trait_at(r, at - 1, NULL) & KH_TRAIT_RELATIVE)) {
            at--;
        }
        who.first = at > u->first ? at - 1 : at;
        who.end = at;
        return who;
    }
    kh_who subject = cue->participle ? kh_who_in(r, u->first, verb, true) : kh_who_before(r, u->first, verb);
    if (subject.kind == KH_WHO_NONE && !cue->participle) {
        subject = kh_who_in(r, u->first, verb, true);
    }
    return subject.kind != KH_WHO_NONE ? subject : who;
}

/* خواستار رسیدگی شدند: the object stands inside of the verb. */
static bool read_demand(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    if (cue->end != cue->first + 1 || !kh_token_is(kh_reader_token(r, cue->first), "خواستار")) {
        return false;
    }
    uint32_t end = kh_clause_end(r, u, index, cue->end);
    kh_who who = kh_who_in(r, from, cue->first, true);
    if (end > cue->end + 2) {
        kh_quotation_give(r, u, cue, cue->end, end - 1, KH_FORM_SPEECH_ACT, &who);
    }
    return true;
}

/* Arabic: WHO stands right behind the verb, and the object from *BEGIN on, behind the preposition that the verb asks
 * for. False where the cue is no verb of a main clause or has no object. */
static bool object_behind_subject(kh_reader *r, const kh_unit *u, const kh_cue *cue, uint32_t end, uint32_t *begin, kh_who *who)
{
    kh_act act = cue->form->act;
    bool main_clause = cue->first == u->first || cue->clitic || kh_reader_token(r, cue->first - 1)->kind == KH_PUNCT ||
                       (kh_trait_at(r, cue->first - 1, NULL) & KH_TRAIT_CONJUNCTION);
    if (!main_clause) {
        return false;
    }
    bool asks = act == KH_ACT_PROMISE || act == KH_ACT_ACCUSE || act == KH_ACT_EXPRESS;
    *who = kh_who_in(r, cue->end, end, cue->feminine);
    bool touches = who->kind != KH_WHO_NONE && who->first <= cue->end + 1;
    bool place = who->kind == KH_WHO_NAME && r->art->names.items[who->name].type == KH_NAME_PLACE;
    touches = touches && !(place && act == KH_ACT_CALL_FOR);
    if (asks || act == KH_ACT_THREATEN) {
        *who = kh_who_named_behind(r, *who, end);
    }
    *begin = touches ? who->end : cue->end;
    *who = touches ? *who : kh_nobody();
    if (!touches && (act == KH_ACT_PROMISE || act == KH_ACT_ACCUSE)) {
        return false;
    }
    uint32_t object = asks ? behind_verb_preposition(r, *begin, end) : *begin;
    if (asks && object == *begin && act != KH_ACT_PROMISE) {
        return false;
    }
    *begin = object;
    return true;
}

/* Gives tokens BEGIN..END as what the verb takes for its object, unless they are a mere pronoun or nobody speaks. */
static void give_object(kh_reader *r, kh_unit *u, const kh_cue *cue, uint32_t begin, uint32_t end, const kh_who *who)
{
    while (begin < end && kh_is_comma(r, begin)) {
        begin++;
    }
    kh_form form = cue->form->act == KH_ACT_DENY ? KH_FORM_DENIAL : KH_FORM_SPEECH_ACT;
    bool clause =
        kh_is_english(r) && form == KH_FORM_SPEECH_ACT && end > begin + KH_CONTENT_MIN && kh_is_subject_pronoun(r, begin, &(uint32_t){0});
    form = clause ? KH_FORM_INDIRECT : form; /* proposed | we sell the boat */
    if (cue->form->particle.len && end > begin && kh_str_eq(kh_reader_token(r, end - 1)->key, cue->form->particle)) {
        end--; /* wies den Vorwurf | zurück */
    }
    kh_match pronoun;
    bool only_him = end == begin + 1 && kh_phrases_match(r->know->pronouns, r->text, begin, r->lang, 0, &pronoun);
    bool empty = (who->kind == KH_WHO_NONE && !r->agent.known) || only_him;
    if (!empty && end > begin) {
        kh_quotation_give(r, u, cue, begin, end, form, who);
    }
}

void kh_noun_read(kh_reader *r, kh_unit *u, size_t index, uint32_t from)
{
    const kh_cue *cue = &u->cues.items[index];
    bool english = kh_is_english(r);
    if (!kh_takes_noun(r, cue->form->act) || (cue->relative && !english) || read_demand(r, u, index, from)) {
        return;
    }
    if (r->order & KH_ORDER_SUBJECT_FIRST) {
        if (!read_before_particle(r, u, index, from) && !kh_urging_read(r, u, index, from) && !read_prepositional(r, u, index, from)) {
            read_object_before(r, u, index, from);
        }
        return;
    }
    uint32_t end = kh_clause_end(r, u, index, cue->end);
    uint32_t begin = cue->end;
    kh_who who = kh_nobody();
    if (cue->form->masdar) {
        who = kh_who_of_masdar(r, u, index);
    } else if (r->order & KH_ORDER_VERB_FIRST) {
        if (!object_behind_subject(r, u, cue, end, &begin, &who)) {
            return;
        }
    } else if (english) {
        who = who_of_object(r, u, cue);
        end = end_of_charge(r, cue, end_of_noun(r, begin, end), end);
    } else {
        who = kh_who_before(r, u->first, cue->first);
    }
    give_object(r, u, cue, begin, end, &who);
}
