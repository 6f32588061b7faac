/* words.c - names of the closed vocabularies, made from the lists of words.h. */
#include "model/words.h"

#define NAME(symbol, word) KH_STR_INIT(word),
#define DEFINE(type, LIST)                                                         \
    static const kh_str type##_names[] = {LIST(NAME)};                             \
    kh_str type##_name(type value)                                                 \
    {                                                                              \
        return (unsigned)value < type##_count ? type##_names[value] : (kh_str){0}; \
    }                                                                              \
    bool type##_of(kh_str name, type *value)                                       \
    {                                                                              \
        for (unsigned i = 0; i < type##_count; i++) {                              \
            if (kh_str_eq(type##_names[i], name)) {                                \
                *value = (type)i;                                                  \
                return true;                                                       \
            }                                                                      \
        }                                                                          \
        return false;                                                              \
    }

DEFINE(kh_line_role, KH_LINE_ROLES)
DEFINE(kh_credit_type, KH_CREDIT_TYPES)
DEFINE(kh_credit_role, KH_CREDIT_ROLES)
DEFINE(kh_mode, KH_MODES)
DEFINE(kh_form, KH_FORMS)
DEFINE(kh_act, KH_ACTS)
DEFINE(kh_stance, KH_STANCES)
DEFINE(kh_figure_op, KH_FIGURE_OPS)
DEFINE(kh_figure_kind, KH_FIGURE_KINDS)
DEFINE(kh_figure_status, KH_FIGURE_STATUSES)
DEFINE(kh_name_type, KH_NAME_TYPES)
DEFINE(kh_hop_role, KH_HOP_ROLES)
DEFINE(kh_copy_kind, KH_COPY_KINDS)
DEFINE(kh_relation_kind, KH_RELATIONS)
DEFINE(kh_verdict_kind, KH_VERDICTS)
DEFINE(kh_alarm, KH_ALARMS)
DEFINE(kh_calendar, KH_CALENDARS)
DEFINE(kh_date_how, KH_DATE_HOWS)
DEFINE(kh_correction_kind, KH_CORRECTION_KINDS)
