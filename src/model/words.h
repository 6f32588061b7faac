/* words.h - the closed vocabularies of Khabar, one name each from the language files to the UI.
 *
 * Each list makes an enum (KH_CREDIT_DATELINE), a function to its name (kh_credit_type_name) and one
 * back (kh_credit_type_of). Meanings: docs/VOCABULARY.md. A new value is added here and there.
 */
#ifndef KHABAR_MODEL_WORDS_H
#define KHABAR_MODEL_WORDS_H

#include "base/str.h"

#define KH_LINE_ROLES(X)          \
    X(KH_ROLE_BODY, "body")       \
    X(KH_ROLE_TITLE, "title")     \
    X(KH_ROLE_SUBHEAD, "subhead") \
    X(KH_ROLE_CAPTION, "caption") \
    X(KH_ROLE_DATE, "date")       \
    X(KH_ROLE_BYLINE, "byline")   \
    X(KH_ROLE_OUTLET, "outlet")   \
    X(KH_ROLE_SOURCE, "source")   \
    X(KH_ROLE_BOILERPLATE, "boilerplate")

#define KH_CREDIT_TYPES(X)                            \
    X(KH_CREDIT_DATELINE, "dateline")                 \
    X(KH_CREDIT_AGENCY_TAG, "agency_tag")             \
    X(KH_CREDIT_SOURCE_LINE, "source_line")           \
    X(KH_CREDIT_RELAY, "relay")                       \
    X(KH_CREDIT_AGENCY_CHAIN, "agency_chain")         \
    X(KH_CREDIT_TOLD_AGENCY, "told_agency")           \
    X(KH_CREDIT_AGENCY_ANAPHOR, "agency_anaphor")     \
    X(KH_CREDIT_BYLINE, "byline")                     \
    X(KH_CREDIT_BYLINE_FOOTER, "byline_footer")       \
    X(KH_CREDIT_PHOTO, "photo_credit")                \
    X(KH_CREDIT_SYNDICATION, "syndication_notice")    \
    X(KH_CREDIT_CONTRIBUTION, "contribution")         \
    X(KH_CREDIT_OWN_LABEL, "own_label")               \
    X(KH_CREDIT_GENERIC_SOURCE, "generic_source")     \
    X(KH_CREDIT_NAMED_DOCUMENT, "named_document")     \
    X(KH_CREDIT_OUTLET_LINE, "outlet_line")           \
    X(KH_CREDIT_TRANSLATION_LINE, "translation_line") \
    X(KH_CREDIT_HAT_TIP, "hat_tip")                   \
    X(KH_CREDIT_PAYWALL_LINE, "paywall_line")         \
    X(KH_CREDIT_STANDARDS_LINE, "standards_line")     \
    X(KH_CREDIT_MT_RESIDUE, "mt_residue")             \
    X(KH_CREDIT_CMS_FURNITURE, "cms_furniture")       \
    X(KH_CREDIT_CLOSING_FORMULA, "closing_formula")   \
    X(KH_CREDIT_SITE_CODE, "site_code")               \
    X(KH_CREDIT_PAGE_DATE, "page_date")               \
    X(KH_CREDIT_WEEKDAY_DATELINE, "weekday_dateline")

#define KH_CREDIT_ROLES(X)                    \
    X(KH_CREDIT_ORIGIN, "origin")             \
    X(KH_CREDIT_INTERVIEWER, "interviewer")   \
    X(KH_CREDIT_INTERMEDIATE, "intermediate") \
    X(KH_CREDIT_REPUBLISHER, "republisher")   \
    X(KH_CREDIT_AGGREGATED, "aggregated")     \
    X(KH_CREDIT_PRIMARY, "primary")           \
    X(KH_CREDIT_CONTRIBUTOR, "contributor")   \
    X(KH_CREDIT_CLAIMED, "claimed")           \
    X(KH_CREDIT_PHOTO_ONLY, "photo")          \
    X(KH_CREDIT_POINTER, "pointer")           \
    X(KH_CREDIT_SITE, "site")                 \
    X(KH_CREDIT_DATE, "date")                 \
    X(KH_CREDIT_TRANSLATION_MARKER, "translation_marker")

#define KH_MODES(X)             \
    X(KH_MODE_DIRECT, "direct") \
    X(KH_MODE_MIXED, "mixed")   \
    X(KH_MODE_INDIRECT, "indirect")

#define KH_FORMS(X)                               \
    X(KH_FORM_DIRECT, "direct")                   \
    X(KH_FORM_DIRECT_UNMARKED, "direct_unmarked") \
    X(KH_FORM_PARTIAL, "partial")                 \
    X(KH_FORM_SCARE, "scare")                     \
    X(KH_FORM_MIXED, "mixed")                     \
    X(KH_FORM_INDIRECT, "indirect")               \
    X(KH_FORM_SPEECH_ACT, "speech_act")           \
    X(KH_FORM_DENIAL, "denial")                   \
    X(KH_FORM_NO_COMMENT, "no_comment")

#define KH_ACTS(X)                 \
    X(KH_ACT_SAY, "say")           \
    X(KH_ACT_TELL, "tell")         \
    X(KH_ACT_WRITE, "write")       \
    X(KH_ACT_REPORT, "report")     \
    X(KH_ACT_ANNOUNCE, "announce") \
    X(KH_ACT_EXPLAIN, "explain")   \
    X(KH_ACT_REVEAL, "reveal")     \
    X(KH_ACT_CONFIRM, "confirm")   \
    X(KH_ACT_CLAIM, "claim")       \
    X(KH_ACT_DENY, "deny")         \
    X(KH_ACT_ADMIT, "admit")       \
    X(KH_ACT_CONSIDER, "consider") \
    X(KH_ACT_PREDICT, "predict")   \
    X(KH_ACT_WARN, "warn")         \
    X(KH_ACT_THREATEN, "threaten") \
    X(KH_ACT_PROMISE, "promise")   \
    X(KH_ACT_CALL_FOR, "call_for") \
    X(KH_ACT_PROPOSE, "propose")   \
    X(KH_ACT_ASK, "ask")           \
    X(KH_ACT_REPLY, "reply")       \
    X(KH_ACT_ACCUSE, "accuse")     \
    X(KH_ACT_CONDEMN, "condemn")   \
    X(KH_ACT_PRAISE, "praise")     \
    X(KH_ACT_EXPRESS, "express")   \
    X(KH_ACT_DESCRIBE, "describe") \
    X(KH_ACT_DECLINE, "decline")

#define KH_STANCES(X)                     \
    X(KH_STANCE_NEUTRAL, "neutral")       \
    X(KH_STANCE_DOUBT, "doubt")           \
    X(KH_STANCE_UNVERIFIED, "unverified") \
    X(KH_STANCE_DENIAL, "denial")         \
    X(KH_STANCE_ADMISSION, "admission")   \
    X(KH_STANCE_WARNING, "warning")       \
    X(KH_STANCE_URGING, "urging")         \
    X(KH_STANCE_NO_COMMENT, "no_comment") \
    X(KH_STANCE_SCARE, "scare")

#define KH_FIGURE_OPS(X)        \
    X(KH_FIGURE_EQ, "=")        \
    X(KH_FIGURE_GE, ">=")       \
    X(KH_FIGURE_GT, ">")        \
    X(KH_FIGURE_LE, "<=")       \
    X(KH_FIGURE_LT, "<")        \
    X(KH_FIGURE_VAGUE, "vague") \
    X(KH_FIGURE_LIFE, "life")

#define KH_FIGURE_KINDS(X)            \
    X(KH_FIGURE_COUNT, "count")       \
    X(KH_FIGURE_DURATION, "duration") \
    X(KH_FIGURE_MONEY, "money")       \
    X(KH_FIGURE_MEASURE, "measure")   \
    X(KH_FIGURE_AGE, "age")           \
    X(KH_FIGURE_SHARE, "share")       \
    X(KH_FIGURE_RATIO, "ratio")       \
    X(KH_FIGURE_ORDINAL, "ordinal")

#define KH_FIGURE_STATUSES(X)         \
    X(KH_FIGURE_STANDING, "standing") \
    X(KH_FIGURE_REVISED, "revised")   \
    X(KH_FIGURE_RETRACTED, "retracted")

#define KH_NAME_TYPES(X)     \
    X(KH_NAME_PERSON, "PER") \
    X(KH_NAME_PLACE, "LOC")  \
    X(KH_NAME_ORGANISATION, "ORG")

#define KH_HOP_ROLES(X)                    \
    X(KH_HOP_SPEAKER, "speaker")           \
    X(KH_HOP_INTERMEDIATE, "intermediate") \
    X(KH_HOP_AGENCY, "agency")             \
    X(KH_HOP_OUTLET, "outlet")             \
    X(KH_HOP_PAGE, "page")

#define KH_COPY_KINDS(X)                \
    X(KH_COPY_VERBATIM, "verbatim")     \
    X(KH_COPY_ABRIDGED, "abridged")     \
    X(KH_COPY_PARTIAL, "partial")       \
    X(KH_COPY_TRANSLATED, "translated") \
    X(KH_COPY_COMPILED, "compiled")

#define KH_RELATIONS(X)          \
    X(KH_UNRELATED, "unrelated") \
    X(KH_RELATED, "related")     \
    X(KH_SAME_WIRE, "same_wire") \
    X(KH_SAME_SPEAKER, "same_speaker_other_interview")

#define KH_VERDICTS(X)                         \
    X(KH_AGREE, "agree")                       \
    X(KH_REFINES, "refines")                   \
    X(KH_UPDATE, "update")                     \
    X(KH_SUBSET, "subset")                     \
    X(KH_CONFLICT, "conflict")                 \
    X(KH_POLARITY_FLIP, "polarity_flip")       \
    X(KH_HEDGE_LOST, "hedge_lost")             \
    X(KH_ATTRIBUTION_LOST, "attribution_lost") \
    X(KH_DIFFERS, "differs")                   \
    X(KH_FRAMING, "framing")                   \
    X(KH_REVISED, "revised")                   \
    X(KH_RETRACTED, "retracted")               \
    X(KH_UNKNOWN, "unknown")

/* What a copy did to the words of its original; a day that cannot be the page's. */
#define KH_ALARMS(X)                            \
    X(KH_ALARM_NONE, "")                        \
    X(KH_ALARM_NUMBER, "number_changed")        \
    X(KH_ALARM_NEGATION, "negation_flipped")    \
    X(KH_ALARM_HEDGE, "hedge_lost")             \
    X(KH_ALARM_MODAL, "modal_lost")             \
    X(KH_ALARM_STANCE, "stance_hardened")       \
    X(KH_ALARM_ATTRIBUTION, "attribution_lost") \
    X(KH_ALARM_ACTOR, "actor_changed")          \
    X(KH_ALARM_MOVED, "quotation_moved")        \
    X(KH_ALARM_RECYCLED, "recycled_sentence")

#define KH_CALENDARS(X)          \
    X(KH_GREGORIAN, "gregorian") \
    X(KH_PERSIAN, "persian")     \
    X(KH_HIJRI, "hijri")

#define KH_DATE_HOWS(X)                                                            \
    X(KH_DATE_ABSOLUTE, "absolute") /* a day, month or year is named */            \
    X(KH_DATE_RELATIVE, "relative") /* today, two days ago, this week */           \
    X(KH_DATE_WEEKDAY, "weekday")   /* a weekday alone, or "last Thursday" */      \
    X(KH_DATE_CODE, "code")         /* a news code or URL that carries the date */ \
    X(KH_DATE_GIVEN, "given")       /* supplied with the page */

#define KH_CORRECTION_KINDS(X)             \
    X(KH_CORRECT_SPEAKER, "speaker")       \
    X(KH_CORRECT_DATE, "date")             \
    X(KH_CORRECT_JOIN, "join")             \
    X(KH_CORRECT_SPLIT, "split")           \
    X(KH_CORRECT_SAME_NAME, "same_name")   \
    X(KH_CORRECT_OTHER_NAME, "other_name") \
    X(KH_CORRECT_NO_COPY, "no_copy")

#define KH_WORDS_ENUM(symbol, word) symbol,
#define KH_WORDS_DECLARE(type, LIST)                             \
    typedef enum type { LIST(KH_WORDS_ENUM) type##_count } type; \
    kh_str type##_name(type value);                              \
    bool type##_of(kh_str name, type *value);

KH_WORDS_DECLARE(kh_line_role, KH_LINE_ROLES)
KH_WORDS_DECLARE(kh_credit_type, KH_CREDIT_TYPES)
KH_WORDS_DECLARE(kh_credit_role, KH_CREDIT_ROLES)
KH_WORDS_DECLARE(kh_mode, KH_MODES)
KH_WORDS_DECLARE(kh_form, KH_FORMS)
KH_WORDS_DECLARE(kh_act, KH_ACTS)
KH_WORDS_DECLARE(kh_stance, KH_STANCES)
KH_WORDS_DECLARE(kh_figure_op, KH_FIGURE_OPS)
KH_WORDS_DECLARE(kh_figure_kind, KH_FIGURE_KINDS)
KH_WORDS_DECLARE(kh_figure_status, KH_FIGURE_STATUSES)
KH_WORDS_DECLARE(kh_name_type, KH_NAME_TYPES)
KH_WORDS_DECLARE(kh_hop_role, KH_HOP_ROLES)
KH_WORDS_DECLARE(kh_copy_kind, KH_COPY_KINDS)
KH_WORDS_DECLARE(kh_relation_kind, KH_RELATIONS)
KH_WORDS_DECLARE(kh_verdict_kind, KH_VERDICTS)
KH_WORDS_DECLARE(kh_alarm, KH_ALARMS)
KH_WORDS_DECLARE(kh_calendar, KH_CALENDARS)
KH_WORDS_DECLARE(kh_date_how, KH_DATE_HOWS)
KH_WORDS_DECLARE(kh_correction_kind, KH_CORRECTION_KINDS)

#endif
