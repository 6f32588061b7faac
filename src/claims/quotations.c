/* quotations.c - what was said, by whom, and how far the reporter stands behind it.
 *
 * Decides what counts as one quotation. Example, one paragraph of a compiled report:
 *   زعم مدير السد، أن جهة مجهولة فتحت البوابات ليلا، مشيراً إلى أن الحراس كانوا نائمين.
 * gives two: the clause behind أن up to the comma (cue زعم, stance doubt), and the clause behind the second
 * أن, whose participle مشيراً has the subject of زعم and inherits its distance. Persian agencies write
 *   مدیر سد گفت: در بسته بود. کسی در باز نکرد.
 * without marks: from the colon to the end of the paragraph all is speech (direct_unmarked); a colon that ends
 * the paragraph ("She wrote in her letter:") makes speech of the next one.
 *
 * Method: line by line; quotation marks first (marks.c), then sentences in which quoted full stops do not
 * count, then the cues of each sentence in order (cues.c), each tied to words on its right (complementiser,
 * colon, mark, bare clause) or left ("...", said X; Turkish: always left: verbs.c, phrases.c), and to a
 * speaker (speakers.c, resolve.c).
 * Marked words inside a reported clause are part of that clause: one unit. A marked sentence without a cue
 * continues what the last speaker said. The act is the verb's; the stance is the act's unless a hedge
 * ("could not be verified", على حد تعبيره) says more, and a continuation (وأضاف) inherits doubt.
 *
 * «A», said X. «B»: B is marked as going on with A. German keeps verbatim fragments of a reported clause as
 * quotations of their own, and a sentence in the first subjunctive reports without any verb.
 *
 * Gets wrong: speech without any cue word or mark; short marked words, which are names more often than
 * scare quotes and are given only behind a distancing phrase.
 */
#include "claims/quotations_private.h"

/* ---- hedges ---- */

/* The first hedge with a stance among tokens FIRST..END outside of marks. */
static bool hedge_in(const kh_reader *r, uint32_t first, uint32_t end, kh_stance *stance, kh_span *span)
{
    for (uint32_t i = first; i < end; i++) {
        kh_match m;
        if (!kh_marked_around(r, i) && kh_phrases_match(r->know->hedges, r->text, i, r->lang, KH_CLITICS, &m) &&
            m.value != KH_STANCE_NEUTRAL) {
            *stance = (kh_stance)m.value;
            *span = m.span;
            return true;
        }
    }
    return false;
}

static uint32_t token_behind(const kh_reader *r, kh_span span)
{
    return (uint32_t)kh_text_token_at(r->text, span.end);
}

/* "عما أسماه «...»": the hedge right before a word held off belongs to that word. */
static bool is_of_next(const kh_reader *r, size_t i, kh_span hedge)
{
    const kh_quotations *list = &r->art->quotations;
    return i + 1 < list->count && list->items[i + 1].form == KH_FORM_SCARE &&
           token_behind(r, hedge) + 1 >= token_behind(r, (kh_span){0, list->items[i + 1].span.begin});
}

static void apply_hedges(kh_reader *r, const kh_unit *u)
{
    kh_quotations *list = &r->art->quotations;
    for (size_t i = u->quoted_from; i < list->count; i++) {
        kh_quotation *q = &list->items[i];
        uint32_t behind = token_behind(r, q->span);
        uint32_t end = i + 1 < list->count ? (uint32_t)kh_text_token_at(r->text, list->items[i + 1].span.begin) : u->end;
        kh_stance stance;
        kh_span span;
        bool neutral = q->stance == KH_STANCE_NEUTRAL || q->stance == KH_STANCE_DOUBT;
        if (neutral && behind < end && hedge_in(r, behind, end, &stance, &span) && !is_of_next(r, i, span) &&
            (stance == KH_STANCE_UNVERIFIED || q->stance == KH_STANCE_NEUTRAL)) {
            q->stance = stance;
            q->hedge = span;
        } else if (q->stance == KH_STANCE_NEUTRAL && q->form == KH_FORM_INDIRECT &&
                   hedge_in(r, (uint32_t)kh_text_token_at(r->text, q->span.begin), behind, &stance, &span) && stance == KH_STANCE_DOUBT) {
            q->stance = stance;
            q->hedge = span;
        }
    }
}

/* A sentence of its own that says "this could not be verified" belongs to the quotation before it. */
static void hedge_before(kh_reader *r, const kh_unit *u)
{
    kh_quotations *list = &r->art->quotations;
    kh_stance stance;
    kh_span span;
    uint32_t end = u->first + 3 < u->end ? u->first + 3 : u->end;
    if (u->quoted_from == 0 || list->count > u->quoted_from || !hedge_in(r, u->first, end, &stance, &span)) {
        return;
    }
    kh_quotation *q = &list->items[u->quoted_from - 1];
    uint32_t line = kh_reader_token(r, u->first)->line;
    bool same_line = kh_reader_token(r, (uint32_t)kh_text_token_at(r->text, q->span.begin))->line == line;
    if (stance == KH_STANCE_UNVERIFIED && same_line) {
        q->stance = stance;
        q->hedge = span;
    }
}

/* ---- sentences and lines ---- */

enum { UNIT_MAX = 800 }; /* tokens of a sentence; what is longer is read in pieces */

/* German: "Das werde dauern." behind reported speech goes on reporting, which the subjunctive shows.
 * Its first form (sei, habe) says so on its own; who speaks is then known only if the paragraph said so. */
static void read_subjunctive(kh_reader *r, kh_unit *u, const kh_unit *before)
{
    bool goes_on = before && before->quoted_from < r->art->quotations.count && r->agent.known;
    for (uint32_t i = u->first; i < u->end; i++) {
        uint32_t wanted = goes_on ? KH_TRAIT_SUBJUNCTIVE | KH_TRAIT_REPORTS : KH_TRAIT_REPORTS;
        if (!kh_marked_around(r, i) && (kh_trait_at(r, i, NULL) & wanted)) {
            kh_who same = kh_nobody();
            if (!goes_on && !before) {
                r->agent = (kh_agent){.name = KH_NO_NAME};
            }
            kh_quotation *q = kh_quotation_give(r, u, NULL, u->first, u->end, KH_FORM_INDIRECT, &same);
            if (q) {
                q->span = kh_quotation_trim(r, u->first, u->end, false);
            }
            return;
        }
    }
}

/* "Brill: The pier is safe": a name and a colon at the head of a headline. */
static bool read_headline(kh_reader *r, kh_unit *u)
{
    for (uint32_t i = u->first + 1; i < u->end && i < u->first + 6 && r->headline; i++) {
        if (!kh_token_is(kh_reader_token(r, i), ":")) {
            continue;
        }
        kh_who who = kh_who_in(r, u->first, i, true);
        bool person = who.kind == KH_WHO_NAME && r->art->names.items[who.name].type != KH_NAME_PLACE;
        bool office = who.kind == KH_WHO_ROLE && who.role->kind != KH_ROLEWORD_MEDIA;
        const kh_marked *m = i + 1 < u->end ? kh_marked_at(r, i + 1) : NULL;
        bool closes = m && m->close >= u->end; /* Dane: 'We go on' */
        if (closes && who.kind == KH_WHO_NONE) {
            who = (kh_who){.kind = KH_WHO_OTHER, .first = u->first, .end = i, .name = KH_NO_NAME};
        }
        if ((!closes && (who.end != i || !(person || office) || m)) || i + KH_CONTENT_MIN > u->end) {
            return false;
        }
        kh_quotation *q = m ? kh_quotation_give(r, u, NULL, m->first, m->end, KH_FORM_DIRECT, &who)
                            : kh_quotation_give(r, u, NULL, i + 1, r->line_end, KH_FORM_DIRECT_UNMARKED, &who);
        if (q) {
            q->core = false;
        }
        return q != NULL;
    }
    return false;
}

/* Verbatim words inside of a reported clause, where the language keeps the two apart: er habe „nichts
 * gewusst“ gives the clause and the words in marks, both of one speaker. */
static void read_fragments(kh_reader *r, const kh_unit *u)
{
    if (!(r->order & KH_ORDER_FRAGMENTS_APART)) {
        return;
    }
    size_t count = r->art->quotations.count;
    for (size_t i = u->quoted_from; i < count; i++) {
        kh_quotation clause = r->art->quotations.items[i];
        bool parted = i + 1 < count && r->art->quotations.items[i + 1].continues;
        if (clause.mode != KH_MODE_INDIRECT || parted) {
            continue;
        }
        for (size_t j = kh_marks_from(r, u->first); j < r->marks.count && r->marks.items[j].open < u->end; j++) {
            const kh_marked *m = &r->marks.items[j];
            kh_span span = kh_quotation_trim(r, m->first, m->end, true);
            bool inside = span.begin >= clause.span.begin && span.end <= clause.span.end;
            if (!inside || m->single || kh_mark_is_name(r, m) || r->art->quotations.count >= KH_ITEMS_MAX) {
                continue;
            }
            kh_quotation words = clause;
            words.span = span;
            words.form = KH_FORM_PARTIAL;
            words.mode = KH_MODE_DIRECT;
            words.core = false;
            *KH_ADD(r->out, &r->art->quotations) = words;
        }
    }
}

/* The first token that quotation Q leaves to what follows: behind its marks, and behind its attribution
 * where that stands to the right of it. */
static uint32_t token_free(const kh_reader *r, const kh_quotation *q)
{
    uint32_t end = token_behind(r, q->span);
    const kh_marked *m = end > 0 ? kh_marked_around(r, end - 1) : NULL;
    end = m && m->close > end ? m->close : end;
    bool behind = q->cue.begin >= q->span.end && q->cue.end > q->cue.begin;
    if (behind) {
        end = token_behind(r, q->cue);
        end = q->speaker_span.begin >= q->cue.end ? token_behind(r, q->speaker_span) : end;
    }
    return end;
}

/* English: the cue of "..., the mayor said." at the end of a sentence that has another cue before; the
 * number of cues where there is none. */
static size_t closing_cue(const kh_reader *r, const kh_unit *u)
{
    size_t none = u->cues.count;
    bool english = (r->order & KH_ORDER_BARE_CLAUSE) && !(r->order & KH_ORDER_THAT_AFTER_COMMA);
    bool marks = false; /* words in marks that are part of the clause leave it whole */
    for (size_t i = kh_marks_from(r, u->first); i < r->marks.count && r->marks.items[i].open < u->end && !marks; i++) {
        const kh_marked *m = &r->marks.items[i];
        bool inside =
            m->open > u->first && m->end - m->first < KH_LONG_MARK && m->close < u->end && kh_reader_token(r, m->end - 1)->kind == KH_WORD;
        marks = !inside;
    }
    if (!english || none < 2 || marks) {
        return none;
    }
    const kh_cue *cue = &u->cues.items[none - 1];
    uint32_t end = u->end;
    while (end > cue->end && (kh_reader_token(r, end - 1)->kind == KH_PUNCT || (kh_trait_at(r, end - 1, NULL) & KH_TRAIT_TIME))) {
        end--;
    }
    bool plain = cue->form->act == KH_ACT_SAY && !cue->relative && !cue->participle && !cue->form->phrase && !cue->form->bound;
    uint32_t begin = kh_clause_begin(r, u->first, cue->first);
    bool parted = begin > u->first && begin < cue->first && kh_is_comma(r, begin - 1);
    return plain && parted && end == cue->end ? none - 1 : none;
}

/* Reads cue INDEX; *FROM is the first token that no quotation of the unit has used. Behind the unmarked speech that it opens, 0 for none. */
static uint32_t read_cue(kh_reader *r, kh_unit *u, const kh_unit *before, size_t index, uint32_t *from)
{
    if (u->cues.items[index].form->phrase) {
        kh_phrase_read(r, u, index, *from);
    } else {
        kh_verb_read(r, u, before, index, *from);
    }
    if (r->art->quotations.count == u->quoted_from) {
        return 0;
    }
    const kh_quotation *q = &r->art->quotations.items[r->art->quotations.count - 1];
    uint32_t behind = token_behind(r, q->span);
    uint32_t free = token_free(r, q);
    *from = free > *from && free <= u->end ? free : *from;
    if (q->form != KH_FORM_DIRECT_UNMARKED) {
        return 0;
    }
    return behind > u->end ? behind : u->end;
}

/* A sentence that gave no quotation: it takes words back, goes on reporting, or names whom the next one means. */
static void read_plain(kh_reader *r, kh_unit *u, const kh_unit *before)
{
    uint32_t reach = u->first + KH_SUBJECT_REACH;
    hedge_before(r, u);
    read_subjunctive(r, u, before);
    kh_subject_note(r, u->first, reach < u->end ? reach : u->end);
}

/* Behind the unmarked speech that the unit opens, which may run through the next sentences; 0 for none. */
static uint32_t read_unit(kh_reader *r, kh_unit *u, const kh_unit *before)
{
    u->quoted_from = r->art->quotations.count;
    if (read_headline(r, u)) {
        return r->line_end;
    }
    kh_cues_find(r, u);
    uint32_t from = u->first;
    size_t closing = closing_cue(r, u);
    if (closing < u->cues.count) { /* CONTENT, he said: what else the content holds is his */
        kh_verb_read(r, u, before, closing, from);
    }
    bool closed = r->art->quotations.count > u->quoted_from;
    for (size_t i = 0; i < u->cues.count; i++) {
        uint32_t behind = closed && i == closing ? 0 : read_cue(r, u, before, i, &from);
        if (behind) {
            return behind;
        }
    }
    for (size_t j = kh_marks_from(r, u->first); j < r->marks.count && r->marks.items[j].open < u->end; j++) {
        const kh_marked *m = &r->marks.items[j];
        if (!m->single && !kh_mark_is_name(r, m)) {
            kh_mark_read(r, u, before, m);
        }
    }
    apply_hedges(r, u);
    if (r->art->quotations.count == u->quoted_from && !r->title) {
        read_plain(r, u, before);
    }
    read_fragments(r, u);
    return 0;
}

/* Behind "HAVEN, May 2 (Agency) -": a dash near the line's start behind a bracket or an agency. */
static uint32_t behind_dateline(const kh_reader *r, uint32_t first, uint32_t end)
{
    for (uint32_t i = first + 1; i + 1 < end && i < first + 16; i++) {
        const kh_token *t = kh_reader_token(r, i);
        bool dash =
            t->kind == KH_PUNCT && (kh_is_dash(t->cp) || kh_token_is(t, ":")) && (t->flags & KH_SPACE_BEFORE || kh_token_is(t, ":"));
        kh_match m;
        bool bracket = kh_token_is(kh_reader_token(r, i - 1), ")");
        bool agency = kh_phrases_match(r->know->agencies, r->text, i - 1, KH_LANG_ANY, 0, &m) && m.end == i && kh_is_dash(t->cp);
        if (dash && (bracket || agency)) {
            return i + 1;
        }
    }
    return first;
}

/* Does a sentence break at token I part units: not inside marks, not before ", said X". */
static bool parts_units(const kh_reader *r, uint32_t i)
{
    const kh_marked *around = kh_marked_around(r, i);
    if (around && around->open < i) {
        return false;
    }
    const kh_token *t = kh_reader_token(r, i);
    const kh_token *before = kh_reader_token(r, i - 1);
    bool quote_before = before->kind == KH_PUNCT && kh_is_quote(before->cp) && i > 1;
    const kh_marked *spoken = i > 0 ? kh_marked_around(r, i - 1) : NULL;
    if (spoken && spoken->close == i && kh_is_dash(t->cp) && t->kind == KH_PUNCT) {
        return false; /* — Кто там? | — спросил он */
    }
    if (t->kind == KH_PUNCT && (kh_is_dash(t->cp) || kh_is_comma(r, i))) {
        return !quote_before && !kh_is_comma(r, i);
    }
    bool cased = t->script == KH_SCRIPT_LATIN || t->script == KH_SCRIPT_CYRILLIC;
    if (quote_before && t->kind == KH_WORD) {
        const kh_token *inner = kh_reader_token(r, i - 2);
        bool open_end = kh_token_is(inner, "?") || kh_token_is(inner, "!");
        return !(cased && !(t->flags & KH_CAPITAL)) && !open_end;
    }
    return true;
}

static bool is_verb_at(const kh_reader *r, uint32_t i)
{
    kh_match m;
    return kh_phrases_match(r->know->verbs, r->text, i, r->lang, 0, &m);
}

/* French, Spanish: the comma at I opens an attribution that another comma before END closes, with a name between:
 * ", a expliqué Samira Haddad,". Gives the second comma; 0 for none. */
static uint32_t comma_behind_verb(const kh_reader *r, uint32_t i, uint32_t end)
{
    kh_match m;
    if (!(r->order & KH_ORDER_THAT_AFTER_HEARER) || !kh_is_comma(r, i) || i + 1 >= end ||
        !kh_phrases_match(r->know->verbs, r->text, i + 1, r->lang, 0, &m)) {
        return 0;
    }
    for (uint32_t j = m.end; j + 1 < end && j < m.end + KH_LONG_MARK; j++) {
        if (kh_is_comma(r, j)) {
            return j > m.end && (kh_reader_token(r, j - 1)->flags & KH_CAPITAL) ? j : 0;
        }
    }
    return 0;
}

/* A dash at token I behind a stop: where an attribution begins or ends. */
static bool is_speech_dash(const kh_reader *r, uint32_t i)
{
    const kh_token *t = kh_reader_token(r, i);
    return t->kind == KH_PUNCT && kh_is_dash(t->cp) && kh_reader_token(r, i - 1)->kind == KH_PUNCT;
}

/* — Почему не сказали? — спрашивает Белкина: a paragraph that opens with a dash is speech where a verb of saying stands
 * behind another dash. */
static void mark_dialogue(kh_reader *r, uint32_t first, uint32_t end)
{
    const kh_token *t = kh_reader_token(r, first);
    if (first + KH_CONTENT_MIN >= end || r->marks.count > 0 || t->kind != KH_PUNCT || !kh_is_dash(t->cp) || t->cp == '-') {
        return;
    }
    for (uint32_t i = first + 2; i + 1 < end; i++) {
        if (is_speech_dash(r, i) && is_verb_at(r, i + 1)) {
            *KH_ADD(&r->scratch, &r->marks) = (kh_marked){.open = first, .first = first + 1, .end = end, .close = end, .closed = true};
            return;
        }
    }
}

/* Ends mark REST at token I, as a part of its own, and lets it begin again at token AGAIN or nowhere. Gives its first token. */
static uint32_t cut_mark(kh_reader *r, kh_markeds *parts, kh_marked *rest, uint32_t i, uint32_t again)
{
    kh_marked part = *rest;
    part.end = part.close = i;
    *KH_ADD(&r->scratch, parts) = part;
    rest->open = again < rest->end ? again : rest->end;
    rest->first = again < rest->end ? again + 1 : rest->end;
    return rest->first;
}

/* «A, — сказал X. — B.» is two quotations: the attribution stands inside the marks. */
static void part_interrupted(kh_reader *r)
{
    kh_markeds parts = {0};
    KH_EACH(kh_marked, m, r->marks) {
        kh_marked rest = *m;
        for (uint32_t i = m->first + 1; i + 1 < rest.end; i++) {
            uint32_t behind = comma_behind_verb(r, i, rest.end);
            if (behind && i > rest.first) { /* « A, a dit X, et B » */
                i = cut_mark(r, &parts, &rest, i, behind);
                continue;
            }
            if (!is_speech_dash(r, i) || !is_verb_at(r, i + 1) || i <= rest.first) {
                continue;
            }
            uint32_t again = i + 2;
            while (again < rest.end && !is_speech_dash(r, again)) {
                again++;
            }
            i = cut_mark(r, &parts, &rest, i, again);
        }
        if (rest.end > rest.first) {
            *KH_ADD(&r->scratch, &parts) = rest;
        }
    }
    r->marks = parts;
}

/* A mark that nothing closes ends where the attribution interrupts it. */
static void close_at_cues(kh_reader *r)
{
    KH_EACH(kh_marked, m, r->marks) {
        for (uint32_t i = m->first + KH_CONTENT_MIN; !m->closed && m->close == m->end && i < m->end; i++) {
            kh_match match;
            bool verb = kh_phrases_match(r->know->verbs, r->text, i, r->lang, KH_CLITICS, &match) &&
                        r->know->said.items[match.value].act == KH_ACT_SAY;
            if (verb && kh_marked_at(r, m->end)) {
                m->end = i;
                m->close = i;
            }
        }
    }
}

static void read_line(kh_reader *r, uint32_t first, uint32_t end)
{
    r->marks = (kh_markeds){0};
    r->line_end = end;
    first = behind_dateline(r, first, end);
    kh_marked_find(&r->scratch, r->text, first, end, &r->marks);
    mark_dialogue(r, first, end);
    part_interrupted(r);
    close_at_cues(r);
    kh_unit before = {0};
    bool has_before = false;
    for (uint32_t i = first; i < end;) {
        uint32_t stop = i + 1;
        while (stop < end && stop - i < UNIT_MAX && !(kh_reader_token(r, stop)->flags & KH_SENTENCE_START && parts_units(r, stop))) {
            stop++;
        }
        kh_unit u = {.first = i, .end = stop};
        uint32_t used = read_unit(r, &u, has_before ? &before : NULL);
        before = u;
        has_before = true;
        i = used > stop ? used : stop;
    }
    const kh_marked *last = r->marks.count ? &r->marks.items[r->marks.count - 1] : NULL;
    r->unclosed = last && !last->closed && last->close == end;
    r->last_unit = before.first;
}

/* The line behind "She wrote:" is hers: marks in it are read as usual, else the whole line is speech. */
static bool read_announced(kh_reader *r, uint32_t first, uint32_t end)
{
    const kh_said_form *form = r->announced;
    r->announced = NULL;
    if (!form || r->title) {
        return false;
    }
    r->agent = r->announcer;
    const kh_token *t = kh_reader_token(r, first);
    if (!r->agent.known || end < first + KH_CONTENT_MIN || (t->kind == KH_PUNCT && kh_is_quote(t->cp))) {
        return false;
    }
    kh_unit u = {.first = first, .end = end, .quoted_from = r->art->quotations.count};
    kh_who same = kh_nobody();
    r->line_end = end;
    r->marks = (kh_markeds){0};
    kh_quotation *q = kh_quotation_give(r, &u, NULL, first, end, KH_FORM_DIRECT_UNMARKED, &same);
    if (q) {
        q->act = form->act;
        q->stance = form->stance;
        q->cue = r->announced_cue;
    }
    r->unclosed = false;
    r->last_unit = first;
    return q != NULL;
}

static bool carries_speech(kh_line_role role)
{
    return role == KH_ROLE_BODY || role == KH_ROLE_TITLE || role == KH_ROLE_SUBHEAD;
}

static void sort_by_place(kh_quotations *list)
{
    for (size_t i = 1; i < list->count; i++) {
        kh_quotation q = list->items[i];
        size_t j = i;
        while (j > 0 && list->items[j - 1].span.begin > q.span.begin) {
            list->items[j] = list->items[j - 1];
            j--;
        }
        list->items[j] = q;
    }
}

void kh_quotations_read(kh_arena *out, kh_arena scratch, const kh_quotations_know *know, kh_article *art)
{
    kh_reader r = {.out = out, .scratch = scratch, .know = know, .art = art, .text = art->tokens};
    r.lang = kh_lexicon_lang(know->lex, art->lang);
    r.order = know->orders[r.lang];
    r.agent.name = KH_NO_NAME;
    if (r.lang == KH_LANG_NONE || !r.text) {
        return;
    }
    bool body = false;
    for (size_t i = 0; i < art->lines.count; i++) {
        const kh_line *line = &art->lines.items[i];
        r.lead = !body && line->role == KH_ROLE_BODY;
        body = body || line->role == KH_ROLE_BODY;
        uint32_t first = (uint32_t)kh_text_token_at(r.text, line->span.begin);
        uint32_t end = (uint32_t)kh_text_token_at(r.text, line->span.end);
        if (carries_speech(line->role) && first < end) {
            r.title = line->role == KH_ROLE_TITLE;
            r.headline = r.title || i == 0;
            if (!read_announced(&r, first, end)) {
                read_line(&r, first, end);
            }
        }
    }
    sort_by_place(&art->quotations);
    kh_speakers_name_later(&r);
}
