/* load_rows.c - what was found in an article of a store before schema 8, which had a row of a table for each finding.
 *
 * A store that is only read stays of the schema that it has; and bringing one up to date (migrate.c) begins with reading it so.
 */
#include "store/reader.h"

static void load_fields(reader *r)
{
    EACH_ROW(r, s, "SELECT name,value,begin,end,path,confidence FROM field WHERE article_id = ?")
    {
        *kh_field_named(r->a, text_at(r, s, 0)) = (kh_field){.value = text_at(r, s, 1),
                                                             .span = kh_sql_span(s, 2),
                                                             .path = text_at(r, s, 4),
                                                             .confidence = (float)sqlite3_column_double(s, 5)};
    }
}

static void load_lines(reader *r)
{
    EACH_ROW(r, s, "SELECT begin,end,role,path,why,language FROM line WHERE article_id = ? ORDER BY id")
    {
        kh_line line = {.span = kh_sql_span(s, 0), .path = text_at(r, s, 3), .why = text_at(r, s, 4), .lang = text_at(r, s, 5)};
        kh_line_role_of(text_at(r, s, 2), &line.role);
        *KH_ADD(r->out, &r->a->lines) = line;
    }
}

static kh_date date_at(reader *r, sqlite3_stmt *s)
{
    kh_date d = {
        .span = kh_sql_span(s, 2), .core = flag_at(s, 6), .clash = flag_at(s, 7), .path = text_at(r, s, 9), .reason = text_at(r, s, 10)};
    kh_when_parse(text_at(r, s, 1), &d.when);
    kh_calendar_of(text_at(r, s, 4), &d.calendar);
    kh_date_how_of(text_at(r, s, 5), &d.how);
    kh_time_parse(text_at(r, s, 8), &d.other);
    return d;
}

static void load_dates(reader *r)
{
    EACH_ROW(r, s,
             "SELECT role,value,begin,end,calendar,how,core,clash,other,path,reason,inferred FROM date WHERE article_id = ? "
             "ORDER BY id")
    {
        kh_str role = text_at(r, s, 0);
        kh_date d = date_at(r, s);
        if (kh_str_eq(role, KH_STR("published"))) {
            r->a->published = d;
            r->a->published_inferred = flag_at(s, 11);
        } else if (kh_str_eq(role, KH_STR("modified"))) {
            r->a->modified = d;
        } else {
            *KH_ADD(r->out, &r->a->dates) = d;
        }
    }
}

static void load_mentions(reader *r)
{
    EACH_ROW(r, s, "SELECT name,begin,end,role_begin,role_end FROM mention WHERE article_id = ? ORDER BY id")
    {
        *KH_ADD(r->out, &r->a->mentions) =
            (kh_mention){.name = (uint32_t)sqlite3_column_int64(s, 0), .span = kh_sql_span(s, 1), .role_span = kh_sql_span(s, 3)};
    }
}

static void load_quotations(reader *r)
{
    EACH_ROW(r, s,
             "SELECT begin,end,speaker,speaker_name,speaker_begin,speaker_end,cue_begin,cue_end,act,mode,form,stance,told_to,"
             "channel_begin,channel_end,hedge_begin,hedge_end,core,continues FROM quotation WHERE article_id = ? ORDER BY id")
    {
        int64_t name = sqlite3_column_int64(s, 3);
        kh_quotation q = {.span = kh_sql_span(s, 0),
                          .speaker = text_at(r, s, 2),
                          .speaker_name = name < 0 ? KH_NO_NAME : (uint32_t)name,
                          .speaker_span = kh_sql_span(s, 4),
                          .cue = kh_sql_span(s, 6),
                          .told_to = text_at(r, s, 12),
                          .channel = kh_sql_span(s, 13),
                          .hedge = kh_sql_span(s, 15),
                          .core = flag_at(s, 17),
                          .continues = flag_at(s, 18)};
        kh_act_of(text_at(r, s, 8), &q.act);
        kh_mode_of(text_at(r, s, 9), &q.mode);
        kh_form_of(text_at(r, s, 10), &q.form);
        kh_stance_of(text_at(r, s, 11), &q.stance);
        *KH_ADD(r->out, &r->a->quotations) = q;
    }
}

static void load_figures(reader *r)
{
    EACH_ROW(r, s,
             "SELECT begin,end,number_begin,number_end,min,max,op,soft,kind,what,scope,unit,noun,place,as_of,claimed_by,"
             "quotation,hedge_begin,hedge_end,status,core,past_event FROM figure WHERE article_id = ? ORDER BY id")
    {
        int64_t quotation = sqlite3_column_int64(s, 16);
        kh_figure f = {.span = kh_sql_span(s, 0),
                       .number = kh_sql_span(s, 2),
                       .min = sqlite3_column_double(s, 4),
                       .max = sqlite3_column_double(s, 5),
                       .has_min = sqlite3_column_type(s, 4) != SQLITE_NULL,
                       .has_max = sqlite3_column_type(s, 5) != SQLITE_NULL,
                       .soft = flag_at(s, 7),
                       .what = text_at(r, s, 9),
                       .scope = text_at(r, s, 10),
                       .unit = text_at(r, s, 11),
                       .noun = text_at(r, s, 12),
                       .place = text_at(r, s, 13),
                       .claimed_by = text_at(r, s, 15),
                       .quotation = quotation < 0 ? UINT32_MAX : (uint32_t)quotation,
                       .hedge = kh_sql_span(s, 17),
                       .core = flag_at(s, 20),
                       .past_event = flag_at(s, 21)};
        kh_figure_op_of(text_at(r, s, 6), &f.op);
        kh_figure_kind_of(text_at(r, s, 8), &f.kind);
        kh_when_parse(text_at(r, s, 14), &f.as_of);
        kh_figure_status_of(text_at(r, s, 19), &f.status);
        *KH_ADD(r->out, &r->a->figures) = f;
    }
}

kh_status kh_rows_fields(kh_store *store, kh_arena *out, kh_article *article, kh_error *err)
{
    reader r = {.store = store, .out = out, .a = article, .err = err};
    load_fields(&r);
    return r.status;
}

kh_status kh_rows_read(kh_store *store, kh_arena *out, kh_article *article, kh_error *err)
{
    reader r = {.store = store, .out = out, .a = article, .err = err};
    load_fields(&r);
    load_lines(&r);
    load_dates(&r);
    load_mentions(&r);
    load_quotations(&r);
    load_figures(&r);
    return r.status;
}
