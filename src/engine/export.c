/* export.c - the forms of a document that a story can take, by name: csv-figures, csv-quotations, prov, jsonld. */
#include "engine/export.h"

const char *const kh_export_forms = "csv-figures, csv-quotations, prov or jsonld";

bool kh_export_known(kh_str form)
{
    return kh_str_eq(form, KH_STR("csv-figures")) || kh_str_eq(form, KH_STR("csv-quotations")) || kh_str_eq(form, KH_STR("prov")) ||
           kh_str_eq(form, KH_STR("jsonld"));
}

bool kh_export(kh_buf *out, const kh_engine *engine, const kh_story *story, kh_str form)
{
    kh_json_labels labels = kh_engine_labels(engine);
    if (kh_str_eq(form, KH_STR("csv-figures"))) {
        kh_export_figures_csv(out, story);
    } else if (kh_str_eq(form, KH_STR("csv-quotations"))) {
        kh_export_quotations_csv(out, story);
    } else if (kh_str_eq(form, KH_STR("prov"))) {
        kh_export_prov(out, story, &labels);
        kh_buf_char(out, '\n');
    } else if (kh_str_eq(form, KH_STR("jsonld"))) {
        kh_export_jsonld(out, story, &labels);
        kh_buf_char(out, '\n');
    }
    return kh_export_known(form);
}
