// SPDX-License-Identifier: MIT
#include "svg.h"
#include "escape.h"
#include <string.h>

void svg_text(FILE *file, double x, double y, const char *classes, const char *words) {
    fprintf(file, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", x, y, classes);
    put_html(file, words);
    fputs("</text>\n", file);
}

void svg_title(FILE *file, const char *head, const char *rest) {
    fputs("<text x=\"0\" y=\"14\"><tspan class=\"head\">", file);
    put_html(file, head);
    fputs("</tspan><tspan class=\"soft\" dx=\"8\">", file);
    put_html(file, rest);
    fputs("</tspan></text>\n", file);
}

void svg_begin(FILE *file, double width, double height, const char *title) {
    fprintf(file,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
            "aria-label=\"",
            width, height);
    put_html(file, title);
    fputs("\">\n", file);
}

void svg_mark(FILE *file, const char *run, double x, double y) {
    if (strcmp(run, "ranks") == 0)
        fprintf(file,
                "<rect class=\"dot ranks\" x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\"/>\n",
                x - 6, y - 6);
    else if (strcmp(run, "hybrid") == 0)
        fprintf(file, "<path class=\"dot hybrid\" d=\"M%.1f %.1fl7 7l-7 7l-7 -7z\"/>\n", x, y - 7);
    else
        fprintf(file, "<circle class=\"dot %s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>\n", run, x, y);
}
