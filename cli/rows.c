/* rows.c - one list, four forms: an aligned table, TSV, CSV (RFC 4180) and JSON Lines.
 *
 * In CSV a field that a spreadsheet would take for a formula (it begins with = + - @, a tab or a return)
 * gets a leading apostrophe. TSV has tabs and newlines of a value as spaces. */
#include "cli/cli.h"

void kh_rows_head(kh_print *p, kh_format format, const kh_column *columns, size_t count)
{
    if (format == KH_FORMAT_JSONL || format == KH_FORMAT_TSV) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (format == KH_FORMAT_CSV) {
            kh_buf_z(p->buf, i ? "," : "");
            kh_buf_z(p->buf, columns[i].name);
        } else {
            kh_buf_z(p->buf, i ? "  " : "");
            kh_str name = kh_str_z(columns[i].name);
            kh_print_pad(p, name, columns[i].width ? columns[i].width : name.len);
        }
    }
    kh_buf_z(p->buf, format == KH_FORMAT_CSV ? "\r\n" : "\n");
}

static void add_tsv(kh_buf *b, kh_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        kh_buf_char(b, s.ptr[i] == '\t' || s.ptr[i] == '\n' || s.ptr[i] == '\r' ? ' ' : s.ptr[i]);
    }
}

static void add_cell(kh_print *p, const kh_column *c, kh_str s)
{
    size_t has = kh_width(s);
    if (c->number) {
        for (; has < c->width; has++) {
            kh_buf_char(p->buf, ' ');
        }
        kh_buf_add(p->buf, s);
    } else if (c->width) {
        kh_print_pad(p, s, c->width);
    } else {
        kh_print_iso(p, s);
    }
}

static void add_json(kh_print *p, const kh_column *columns, size_t count, const kh_str *cells)
{
    kh_json j = {.buf = p->buf};
    kh_json_open(&j, NULL, '{');
    kh_json_int(&j, "khabar", 1);
    for (size_t i = 0; i < count; i++) {
        double value = 0;
        if (columns[i].number && kh_str_double(cells[i], &value)) {
            kh_json_number(&j, columns[i].name, value);
        } else {
            kh_json_str_or_null(&j, columns[i].name, cells[i]);
        }
    }
    kh_json_close(&j, '}');
}

void kh_rows_add(kh_print *p, kh_format format, const kh_column *columns, size_t count, const kh_str *cells)
{
    if (format == KH_FORMAT_JSONL) {
        add_json(p, columns, count, cells);
    }
    for (size_t i = 0; i < count && format != KH_FORMAT_JSONL; i++) {
        if (format == KH_FORMAT_CSV) {
            kh_buf_z(p->buf, i ? "," : "");
            kh_csv_cell(p->buf, cells[i], columns[i].number);
        } else if (format == KH_FORMAT_TSV) {
            kh_buf_z(p->buf, i ? "\t" : "");
            add_tsv(p->buf, cells[i]);
        } else {
            kh_buf_z(p->buf, i ? "  " : "");
            add_cell(p, &columns[i], cells[i]);
        }
    }
    kh_buf_z(p->buf, format == KH_FORMAT_CSV ? "\r\n" : "\n");
}
