// SPDX-License-Identifier: MIT
//
// solution.c: see solution.h.

#include "solution.h"

#include "escape.h"
#include "pages.h"
#include "process.h"
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 300, LINE_CAP = 400 };

static int is_source(const struct dirent *entry) {
    const size_t n = strlen(entry->d_name);
    return n > 2 && !strcmp(entry->d_name + n - 2, ".c");
}

static void put_file(FILE *file, const char *path) {
    char line[LINE_CAP];
    FILE *const from = fopen(path, "re");
    while (from && fgets(line, sizeof line, from))
        put_html(file, line);
    if (from)
        fclose(from);
}

// All lines of both, as diff marks them. False: there is no diff here, or the files are the same.
static bool put_both(FILE *file, const char *theirs, const char *solution, bool *same) {
    struct command command = {0};
    struct outcome o;
    const char *const words[] = {"diff", "-a", "-U", "1000000", theirs, solution};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        command_add(&command, "%s", words[i]);
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &o);
    *same = o.started && o.status == 0;
    const bool differ = o.started && o.status == 1;
    const char *text = o.out;
    for (int heading = 0; differ && heading < 3; heading++) { // which files, and which lines
        const char *const end = strchr(text, '\n');
        text = end ? end + 1 : text;
    }
    if (differ)
        put_html(file, text);
    outcome_free(&o);
    command_free(&command);
    return differ;
}

static void one_file(FILE *file, const struct book *book, const struct score *s, const char *name) {
    char solution[PATH_CAP], theirs[PATH_CAP] = "";
    bool same = false;
    snprintf(solution, sizeof solution, "%s/%s", book->solution, name);
    if (s->attempt)
        snprintf(theirs, sizeof theirs, "%s/%s/%s", book->files, s->attempt->dir, name);
    const bool handed_in = *theirs && access(theirs, R_OK) == 0;
    fputs("<details><summary>", file);
    put_html(file, name);
    fputs("</summary>\n<pre tabindex=\"0\">", file);
    if (!handed_in || !put_both(file, theirs, solution, &same))
        put_file(file, solution);
    fputs("</pre></details>\n", file);
    if (same) {
        char sentence[NAME_MAX + 64];
        snprintf(sentence, sizeof sentence, "Your %s is the solution, letter for letter.", name);
        page_element(file, "p", "soft", sentence);
    }
}

// A paragraph of the text is one of the page. A line that begins with "# " is a comment.
static void put_explanation(FILE *file, const char *path) {
    char line[LINE_CAP];
    bool inside = false;
    FILE *const from = fopen(path, "re");
    while (from && fgets(line, sizeof line, from)) {
        const bool comment = *line == '#' && (line[1] == ' ' || line[1] == '\n');
        const bool text = !comment && *line != '\n';
        if (text != inside)
            fputs(text ? "<p>" : "</p>\n", file);
        if (text)
            put_html(file, line);
        inside = text;
    }
    if (inside)
        fputs("</p>\n", file);
    if (from)
        fclose(from);
}

void page_solution(FILE *file, const struct book *book, const struct score *score) {
    struct dirent **list;
    if (!book->solution)
        return;
    const int count = scandir(book->solution, &list, is_source, alphasort);
    fputs("\n<h2>The solution</h2>\n", file);
    page_element(file, "p", "",
                 "Of a file that you handed in all lines of both: those with - are yours, those "
                 "with + the solution's. Yours may well be the better one.");
    fputs("\n", file);
    for (int i = 0; i < count; i++) {
        one_file(file, book, score, list[i]->d_name);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    put_explanation(file, book->explanation);
}
