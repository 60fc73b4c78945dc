// SPDX-License-Identifier: MIT
//
// classpage.c: the page of the class (pages.h): marks, how hard each check was, what went wrong
// most often.

#include "pages.h"

#include "escape.h"
#include "grow.h"
#include "items.h"
#include "page.h"
#include "pairs.h"
#include <math.h>
#include <string.h>

enum { BINS = 10 };

// A cell that takes that much of the table, %.
static void bar(FILE *file, int width, double share, const char *class) {
    fprintf(file,
            "<td class=\"l\" style=\"width:%d%%\"><svg class=\"%s\" aria-hidden=\"true\" "
            "viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" style=\"height:.8rem\"><rect "
            "width=\"%.1f\" height=\"6\"/></svg></td>",
            width, class, 100 * fmin(1, fmax(0, share)));
}

static void table(FILE *file, const char *title, const char *heads) {
    fputs("<h2>", file);
    put_html(file, title);
    fputs("</h2>\n", file);
    page_wide(file, "wide said", title);
    fprintf(file, "<table><thead><tr>%s</tr></thead>\n<tbody>\n", heads);
}

static void table_end(FILE *file) {
    fputs("</tbody></table></div>\n", file);
}

static void link_to(FILE *file, const struct student *student) {
    fputs("<a href=\"pages/", file);
    for (const unsigned char *c = (const unsigned char *)student->key; *c; c++)
        fprintf(file, strchr("%?#\"<>& ", *c) || *c >= 0x80 ? "%%%02X" : "%c", *c);
    fputs(".html\">", file);
    put_html(file, student_name(student));
    fputs("</a>", file);
}

// -- the distribution -----------------------------------------------------------------------------------

static void distribution(FILE *file, const struct book *book) {
    size_t count[BINS] = {0}, most = 1;
    for (size_t i = 0; i < book->count; i++) {
        const struct score *const s = &book->score[i];
        const double share = s->most > 0 ? s->points / s->most : 0;
        const int bin = (int)fmin(BINS - 1, fmax(0, floor(share * BINS)));
        if (s->state != UNKNOWN && ++count[bin] > most)
            most = count[bin];
    }
    table(file, "How many have how many points",
          "<th class=\"l\">points</th><th>students</th><th class=\"l\">drawn</th>");
    for (int b = 0; b < BINS; b++) {
        char low[32], high[32];
        fprintf(file, "<tr><td class=\"l\">%s%s%s</td><td>%zu</td>",
                book_points(book->most * b / BINS, low), b + 1 < BINS ? " to under " : " to ",
                book_points(book->most * (b + 1) / BINS, high), count[b]);
        bar(file, 40, (double)count[b] / (double)most, "threads");
        fputs("</tr>\n", file);
    }
    table_end(file);
}

// -- checks ---------------------------------------------------------------------------------------------

static void number(FILE *file, const char *format, double value) {
    fputs("<td>", file);
    if (isnan(value))
        fputs("&ndash;", file);
    else
        fprintf(file, format, value);
    fputs("</td>", file);
}

static void checks(FILE *file, const struct book *book) {
    struct item item[CHECKS_MAX];
    const int count = items_fill(book, item);
    if (!count)
        return;
    table(file, "How many pass each check",
          "<th class=\"l\">check</th><th>pass</th><th>of</th><th>not reached</th><th>mean "
          "points</th><th>discrimination</th><th class=\"l\">passed</th>");
    for (int c = 0; c < count; c++) {
        const struct item *const i = &item[c];
        fputs("<tr><td class=\"l\">", file);
        put_html(file, *i->title ? i->title : i->id);
        fprintf(file, "</td><td>%zu</td><td>%zu</td><td>%zu</td>", i->passed, i->judged,
                i->skipped);
        number(file, "%.0f %%", 100 * i->share);
        number(file, "%.2f", i->discrimination);
        bar(file, 12, i->judged ? (double)i->passed / (double)i->judged : 0, "hybrid");
        fputs("</tr>\n", file);
    }
    table_end(file);
    fprintf(
        file,
        "<p class=\"soft\">Not reached: an earlier check failed (SKIP). Discrimination: how the "
        "points of this check go with those of all others together (correlation, from -1 to 1), "
        "over those who reached it; nothing is said of fewer than %d students, nor where all have "
        "the same. 0.4 and more: it tells those who can from those who cannot. Below 0.2: look at "
        "the check and its handout, for strong and weak students fare alike. Below 0: strong ones "
        "fare worse.</p>\n",
        ITEMS_LEAST);
}

// -- what went wrong ------------------------------------------------------------------------------------

struct fault {
    const char *check, *verdict;
    size_t count;
    const struct score *example;
    const struct mark *mark;
};

static int by_count(const void *a, const void *b) {
    const struct fault *const x = a, *const y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->check, y->check);
}

static void faults(FILE *file, const struct book *book) {
    struct fault *all = NULL;
    size_t count = 0;
    char said[12000];
    for (size_t i = 0; i < book->count; i++)
        for (int c = 0; c < book->score[i].result.count; c++) {
            const struct mark *const m = &book->score[i].result.mark[c];
            size_t f = 0;
            if (!verdict_is_fault(m->verdict) || !strcmp(m->verdict, "TODO"))
                continue;
            while (f < count &&
                   (strcmp(all[f].check, m->id) != 0 || strcmp(all[f].verdict, m->verdict) != 0))
                f++;
            if (f == count) {
                all = grow(all, count, sizeof *all);
                all[count++] = (struct fault){m->id, m->verdict, 0, &book->score[i], m};
            }
            all[f].count++;
        }
    if (count) {
        qsort(all, count, sizeof *all, by_count);
        table(file, "What went wrong most often",
              "<th>times</th><th class=\"l\">verdict</th><th class=\"l\">check</th><th "
              "class=\"l\">for "
              "example</th>");
    }
    for (size_t f = 0; f < count && f < 20; f++) {
        fprintf(file, "<tr><td>%zu</td><td class=\"l\">", all[f].count);
        page_element(file, "span", page_badge(all[f].verdict), all[f].verdict);
        fputs("</td>", file);
        page_element(file, "td", "l", all[f].check);
        fputs("<td class=\"l\">", file);
        link_to(file, all[f].example->student);
        fputs("</td></tr>\n<tr><td class=\"note\" colspan=\"4\" style=\"white-space:pre-line\">",
              file);
        book_said(all[f].mark, said, sizeof said);
        put_html(file, said);
        fputs("</td></tr>\n", file);
    }
    if (count)
        table_end(file);
    free(all);
}

// -- students -------------------------------------------------------------------------------------------

static void students(FILE *file, const struct book *book) {
    char points[32], text[2048];
    table(file, "Students",
          "<th class=\"l\">student</th><th>points</th><th class=\"l\">what is to be known</th>");
    for (size_t i = 0; i < book->count; i++) {
        const struct score *const s = &book->score[i];
        fputs("<tr><td class=\"l\">", file);
        link_to(file, s->student);
        fprintf(file, "</td><td>%s</td><td class=\"l\" style=\"white-space:normal\">",
                s->state == UNKNOWN ? "?" : book_points(s->points, points));
        size_t flaky = 0;
        for (int c = 0; c < s->result.count; c++)
            flaky += !strcmp(s->result.mark[c].verdict, "FLAKY");
        *text = '\0';
        for (int c = 0; c < s->result.count && !*text; c++)
            if (verdict_is_fault(s->result.mark[c].verdict))
                snprintf(text, sizeof text, "%s %s. ", s->result.mark[c].verdict,
                         s->result.mark[c].id);
        put_html(file, text);
        *text = '\0';
        if (s->state != GRADED || s->late > 0 || s->result.ungraded > 0)
            book_sentence(s, text, sizeof text);
        put_html(file, text);
        if (s->attempt && *s->attempt->wrong) {
            putc(' ', file);
            put_html(file, s->attempt->wrong);
        }
        if (flaky)
            fputs(" The same files gave different outcomes (FLAKY): have a look.", file);
        if (s->shared)
            fprintf(file, " The same files as %d other%s.", s->shared, s->shared == 1 ? "" : "s");
        fputs("</td></tr>\n", file);
    }
    table_end(file);
}

// -- pairs ----------------------------------------------------------------------------------------------

static void similar(FILE *file, const struct book *book) {
    struct pairs pairs;
    pairs_find(&pairs, book);
    if (!pairs.count)
        return;
    table(file, "Pairs to look at",
          "<th>in common</th><th class=\"l\">student</th><th class=\"l\">student</th>");
    for (int i = 0; i < pairs.count; i++) {
        fprintf(file, "<tr><td>%.0f %%</td><td class=\"l\">", 100 * pairs.at[i].share);
        link_to(file, pairs.at[i].a);
        fputs("</td><td class=\"l\">", file);
        if (pairs.at[i].from) {
            char text[256];
            snprintf(text, sizeof text, "%.120s, of the earlier class %.80s",
                     student_name(pairs.at[i].b), pairs.at[i].from);
            put_html(file, text);
        } else
            link_to(file, pairs.at[i].b);
        fputs("</td></tr>\n", file);
    }
    table_end(file);
    fputs(
        "<p class=\"soft\">How much of the shorter text of the two the other has as well, whatever "
        "its "
        "names are called, without what the starter gives. A short lab leaves little choice: this "
        "says where to look, and nothing else.</p>\n",
        file);
}

void page_class(FILE *file, const struct book *book) {
    double sum = 0, most = 0, wall = 0;
    size_t judged = 0;
    const struct score *longest = NULL;
    char lead[512];
    for (size_t i = 0; i < book->count; i++) {
        const struct score *const s = &book->score[i];
        wall += s->result.wall;
        if (s->result.wall > (longest ? longest->result.wall : 0))
            longest = s;
        if (s->state == UNKNOWN)
            continue;
        judged++;
        sum += s->points;
        most = fmax(most, s->points);
    }
    snprintf(lead, sizeof lead, "%zu student%s; mean %.1f of %g points, best %.1f.", book->count,
             book->count == 1 ? "" : "s", judged ? sum / (double)judged : 0, book->most, most);
    page_top(file, book, book->title, lead);
    distribution(file, book);
    checks(file, book);
    faults(file, book);
    students(file, book);
    similar(file, book);
    if (longest) {
        fprintf(file,
                "<p class=\"soft\">Judging what counts took %.0f s of the machine, the most "
                "(%.0f s) for ",
                wall, longest->result.wall);
        link_to(file, longest->student);
        fputs(".</p>\n", file);
    }
    items_timing(book->score, book->count, lead, sizeof lead);
    if (*lead)
        page_element(file, "p", "soft", lead);
    snprintf(lead, sizeof lead,
             "Judged %s by Twofold %s. This page names students: it is for the instructor.",
             book->date, book->kit);
    page_element(file, "p", "soft", lead);
    page_end(file);
}
