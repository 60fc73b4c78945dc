// SPDX-License-Identifier: MIT
//
// export.c: see export.h.

#include "export.h"

#include "escape.h"
#include "flat.h"
#include <string.h>

enum { SAID_CAP = 12000 };

// "name":"text" of an object
static void member(FILE *file, const char *before, const char *name, const char *text) {
    fprintf(file, "%s\"%s\":", before, name);
    put_json(file, text);
}

static double seconds_of(const struct mark *mark) {
    double ms = 0;
    flat_number(mark->line, "wall_ms", &ms);
    return ms / 1000;
}

static const char *output_text(const struct mark *mark, const char *withheld) {
    static char text[SAID_CAP];
    const int n = snprintf(text, sizeof text, "%s", mark->verdict);
    char said[SAID_CAP - 64];
    book_said(mark, said, sizeof said);
    if (withheld)
        snprintf(text + n, sizeof text - (size_t)n, "\n%s", withheld);
    else if (*said)
        snprintf(text + n, sizeof text - (size_t)n, "\n%s", said);
    return text;
}

// Verdict and what was said, as far as students may see it: the text of a check everywhere.
static const char *output_of(const struct book *book, const struct mark *mark) {
    return output_text(mark, book_withheld(book, mark));
}

// Gradescope keeps back by itself what is to be shown later, so it must have it.
static const char *output_to_keep_back(const struct mark *mark) {
    struct book later = {.due_over = true, .published = true};
    return output_of(&later, mark);
}

static void add_line(char *text, size_t cap, const char *line) {
    const size_t n = strlen(text);
    if (*line && n < cap)
        snprintf(text + n, cap - n, "\n%s", line);
}

static void banner(const struct book *book, const struct score *s, char *text, size_t cap) {
    char cases[256];
    book_sentence(s, text, cap);
    book_cases(book, s, cases, sizeof cases);
    add_line(text, cap, s->attempt ? s->attempt->wrong : "");
    add_line(text, cap, cases);
    if (book->no_sandbox)
        add_line(text, cap, "Judged without a sandbox.");
}

// -- a student ------------------------------------------------------------------------------------------

void export_gradescope(FILE *file, const struct book *book, const struct score *s) {
    char text[2048];
    banner(book, s, text, sizeof text);
    fprintf(file, "{\"score\":%.10g,\"execution_time\":%.3f", s->points, s->result.wall);
    member(file, ",", "output", text);
    fputs(
        ",\"output_format\":\"text\",\"test_output_format\":\"text\",\"test_name_format\":\"text\","
        "\"visibility\":\"visible\",\"tests\":[",
        file);
    for (int i = 0; i < s->result.count; i++) {
        const struct mark *const m = &s->result.mark[i];
        const char *const status = book_status(m);
        fprintf(file, "%s\n{\"score\":%.10g,\"max_score\":%.10g,\"number\":\"%d\"", i ? "," : "",
                m->points, m->most, i + 1);
        if (strcmp(status, "skipped") != 0) // the format knows two
            member(file, ",", "status", status);
        member(file, ",", "name", *m->title ? m->title : m->id);
        member(file, ",", "output", output_to_keep_back(m));
        member(file, ",", "visibility", *m->hidden ? m->hidden : "visible");
        fputs(",\"tags\":[", file);
        put_json(file, m->verdict);
        fputs("]}", file);
    }
    fputs("\n],\"extra_data\":{", file);
    member(file, "", "lab", book->lab);
    member(file, ",", "kit", book->kit);
    member(file, ",", "rubric", book->rubric);
    fputs("}}\n", file);
}

void export_prairielearn(FILE *file, const struct book *book, const struct score *s) {
    char text[2048];
    const bool gradable = s->state != UNKNOWN;
    banner(book, s, text, sizeof text);
    fprintf(file, "{\"gradable\":%s,\"score\":%.10g", gradable ? "true" : "false",
            s->most > 0 ? s->points / s->most : 0);
    member(file, ",", gradable ? "message" : "format_errors", text);
    fputs(",\"tests\":[", file);
    for (int i = 0; i < s->result.count; i++) {
        const struct mark *const m = &s->result.mark[i];
        fputs(i ? ",\n{" : "\n{", file);
        member(file, "", "name", *m->title ? m->title : m->id);
        member(file, ",", "description", m->id);
        fprintf(file, ",\"points\":%.10g,\"max_points\":%.10g", m->points, m->most);
        member(file, ",", "message", m->verdict);
        member(file, ",", "output", output_of(book, m));
        putc('}', file);
    }
    fputs("\n]}\n", file);
}

void export_autolab(FILE *file, const struct book *book, const struct score *s) {
    fputs("{\"_presentation\":\"semantic\",\"stages\":[\"Checks\"],\"Checks\":{", file);
    for (int i = 0; i < s->result.count; i++) {
        const struct mark *const m = &s->result.mark[i];
        putc(i ? ',' : ' ', file);
        put_json(file, m->id);
        fprintf(file, ":{\"passed\":%s", !strcmp(m->verdict, "PASS") ? "true" : "false");
        member(file, ",", "hint", output_of(book, m));
        putc('}', file);
    }
    fputs("}}\n{\"scores\":{", file);
    put_json(file, book->lab);
    fprintf(file, ":%.10g}}\n", s->points);
}

// -- a class --------------------------------------------------------------------------------------------

static void attribute(FILE *file, const char *name, const char *text) {
    fprintf(file, " %s=\"", name);
    put_html(file, text);
    putc('"', file);
}

static void property(FILE *file, const char *name, const char *text) {
    fputs("<property", file);
    attribute(file, "name", name);
    attribute(file, "value", text);
    fputs("/>\n", file);
}

static int count_status(const struct score *s, const char *status) {
    int count = 0;
    for (int i = 0; i < s->result.count; i++)
        count += !strcmp(book_status(&s->result.mark[i]), status);
    return count;
}

static void junit_case(FILE *file, const struct book *book, const struct score *s,
                       const struct mark *m) {
    const char *const status = book_status(m);
    char message[400];
    fputs("<testcase", file);
    attribute(file, "classname", s->student->key);
    attribute(file, "name", m->id);
    fprintf(file, " time=\"%.3f\">", seconds_of(m));
    snprintf(message, sizeof message, "%s: %s (%g of %g points)", m->verdict, m->title, m->points,
             m->most);
    if (!strcmp(status, "failed")) {
        fputs("<failure", file);
        attribute(file, "message", message);
        attribute(file, "type", m->verdict);
        putc('>', file);
        put_html(file, output_of(book, m));
        fputs("</failure>", file);
    } else if (!strcmp(status, "skipped")) {
        fputs("<skipped", file);
        attribute(file, "message", message);
        fputs("/>", file);
    }
    fputs("</testcase>\n", file);
}

void export_junit(FILE *file, const struct book *book) {
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", file);
    attribute(file, "name", book->lab);
    fputs(">\n", file);
    for (size_t i = 0; i < book->count; i++) {
        const struct score *const s = &book->score[i];
        char text[2048], points[32];
        fputs("<testsuite", file);
        attribute(file, "name", s->student->key);
        fprintf(file, " tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%.3f\">\n",
                s->result.count + (s->state != GRADED), count_status(s, "failed"),
                s->state != GRADED, count_status(s, "skipped"), s->result.wall);
        fputs("<properties>\n", file);
        property(file, "points", s->state == UNKNOWN ? "" : book_points(s->points, points));
        property(file, "max_points", book_points(s->most, points));
        property(file, "student", student_name(s->student));
        fputs("</properties>\n", file);
        for (int c = 0; c < s->result.count; c++)
            junit_case(file, book, s, &s->result.mark[c]);
        if (s->state != GRADED) {
            banner(book, s, text, sizeof text);
            fputs("<testcase", file);
            attribute(file, "classname", s->student->key);
            fputs(" name=\"submission\" time=\"0\"><error", file);
            attribute(file, "message", text);
            attribute(file, "type", s->state == NOTHING ? "NOTHING" : "INFRA");
            fputs("/></testcase>\n", file);
        }
        fputs("</testsuite>\n", file);
    }
    fputs("</testsuites>\n", file);
}

static void ctrf_test(FILE *file, const struct book *book, const struct score *s,
                      const struct mark *m, bool first) {
    char name[400];
    snprintf(name, sizeof name, "%s: %s", s->student->key, m->id);
    fputs(first ? "\n{" : ",\n{", file);
    member(file, "", "name", name);
    member(file, ",", "status", book_status(m));
    fprintf(file, ",\"duration\":%.0f", 1000 * seconds_of(m));
    member(file, ",", "rawStatus", m->verdict);
    fputs(",\"suite\":[", file);
    put_json(file, s->student->key);
    putc(']', file);
    if (!strcmp(m->verdict, "FLAKY"))
        fputs(",\"flaky\":true", file);
    if (strcmp(m->verdict, "PASS") != 0)
        member(file, ",", "message", output_of(book, m));
    fprintf(file, ",\"extra\":{\"points\":%.10g,\"max_points\":%.10g", m->points, m->most);
    member(file, ",", "title", m->title);
    fputs("}}", file);
}

void export_ctrf(FILE *file, const struct book *book) {
    static const char *const states[] = {"passed", "failed", "skipped"};
    int count[3] = {0}, tests = 0;
    bool first = true;
    for (size_t i = 0; i < book->count; i++)
        for (int s = 0; s < 3; s++)
            count[s] += count_status(&book->score[i], states[s]);
    tests = count[0] + count[1] + count[2];
    fputs("{\"reportFormat\":\"CTRF\",\"specVersion\":\"0.0.0\",\"results\":{\"tool\":{\"name\":"
          "\"twofold\"",
          file);
    member(file, ",", "version", book->kit);
    fprintf(file,
            "},\"summary\":{\"tests\":%d,\"passed\":%d,\"failed\":%d,\"skipped\":%d,\"pending\":0,"
            "\"other\":0,\"start\":0,\"stop\":0},\"tests\":[",
            tests, count[0], count[1], count[2]);
    for (size_t i = 0; i < book->count; i++)
        for (int c = 0; c < book->score[i].result.count; c++) {
            ctrf_test(file, book, &book->score[i], &book->score[i].result.mark[c], first);
            first = false;
        }
    fputs("\n]}}\n", file);
}
