// SPDX-License-Identifier: MIT
//
// pages.c: see pages.h; the page of a student. classpage.c has that of the class.

#include "pages.h"

#include "escape.h"
#include "feedback.h"
#include "items.h"
#include "page.h"
#include "solution.h"
#include <string.h>
#include <time.h>

enum { SAID_CAP = 12000 };

void page_element(FILE *file, const char *tag, const char *classes, const char *text) {
    fprintf(file, *classes ? "<%s class=\"%s\">" : "<%s>", tag, classes);
    put_html(file, text);
    fprintf(file, "</%s>", tag);
}

const char *page_badge(const char *verdict) {
    return !strcmp(verdict, "PASS")    ? "badge yes"
           : verdict_is_fault(verdict) ? "badge no"
                                       : "badge unknown";
}

void page_top(FILE *file, const struct book *book, const char *title, const char *lead) {
    char head[256];
    snprintf(head, sizeof head, "%.100s: %.100s", book->lab, title);
    page_begin(file, head);
    page_element(file, "h1", "", title);
    fputs("\n<p class=\"lead\">", file);
    put_html(file, lead);
    fputs("</p>\n", file);
    if (book->no_sandbox)
        fputs("<p><span class=\"badge no\">no sandbox</span> The instructor chose to judge these "
              "files without a sandbox.</p>\n",
              file);
}

static void row(FILE *file, const struct book *book, const struct mark *m) {
    char points[32], most[32], said[SAID_CAP];
    fputs("<tr><td class=\"l\">", file);
    page_element(file, "span", page_badge(m->verdict), m->verdict);
    fprintf(file, "</td><td>%s</td><td>%s</td><td class=\"l\">", book_points(m->points, points),
            book_points(m->most, most));
    put_html(file, *m->title ? m->title : m->id);
    fputs("</td></tr>\n", file);
    if (!strcmp(m->verdict, "PASS") || !strcmp(m->verdict, "SKIP"))
        return;
    fputs("<tr><td class=\"note\" colspan=\"4\" style=\"white-space:pre-line\">", file);
    const char *const meaning = feedback_meaning(m->verdict);
    if (meaning && *meaning) {
        put_html(file, m->verdict);
        fputs(": ", file);
        put_html(file, meaning);
        fputs(".\n", file);
    }
    const char *const withheld = book_withheld(book, m);
    if (!withheld)
        book_said(m, said, sizeof said);
    put_html(file, withheld ? withheld : said);
    fputs("</td></tr>\n", file);
}

static void attempts(FILE *file, const struct score *s) {
    const struct student *const student = s->student;
    fputs("<h2>Attempts</h2>\n<ul>\n", file);
    for (size_t i = 0; i < student->attempts; i++) {
        const struct attempt *const a = &student->attempt[i];
        const time_t seconds = (time_t)a->when;
        char when[64] = "", text[256];
        struct tm at;
        if (a->when >= 0 && localtime_r(&seconds, &at))
            strftime(when, sizeof when, ", handed in %Y-%m-%d %H:%M", &at);
        snprintf(text, sizeof text, "%s%s%s", *a->label ? a->label : "1", when,
                 s->attempt && !strcmp(a->dir, s->attempt->dir) ? ": this one counts" : "");
        page_element(file, "li", "", text);
    }
    fputs("</ul>\n", file);
}

void page_student(FILE *file, const struct book *book, const struct score *s) {
    char lead[2048], text[256];
    book_sentence(s, lead, sizeof lead);
    page_top(file, book, book->title, student_name(s->student));
    page_element(file, "p", "", lead);
    if (s->attempt && *s->attempt->wrong)
        page_element(file, "p", "no", s->attempt->wrong);
    if (s->result.count) {
        fputs("\n<h2>Checks</h2>\n", file);
        page_wide(file, "wide said", "Checks");
        fputs("<table><thead><tr><th class=\"l\">verdict</th>"
              "<th>points</th><th>of</th><th class=\"l\" "
              "style=\"width:100%\">check</th></tr></thead>\n<tbody>\n",
              file);
        for (int i = 0; i < s->result.count; i++)
            row(file, book, &s->result.mark[i]);
        fputs("</tbody></table></div>\n", file);
    }
    book_cases(book, s, text, sizeof text);
    if (*text)
        page_element(file, "p", "", text);
    items_timing(s, 1, text, sizeof text);
    if (*text)
        page_element(file, "p", "", text);
    if (s->student->attempts > 1)
        attempts(file, s);
    page_solution(file, book, s);
    snprintf(text, sizeof text,
             "Judged %s by Twofold %s. `make check LAB=%s` judges your files "
             "likewise.",
             book->date, book->kit, book->lab);
    fputs("\n", file);
    page_element(file, "p", "soft", text);
    page_end(file);
}
