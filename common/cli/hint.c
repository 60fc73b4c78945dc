// SPDX-License-Identifier: MIT
//
// hint.c: `twofold hint`: the next hint for the first check that did not pass. Which that is stands
// in the journal of the last `make check`; the hints are written by teachers, in
// labs/NN-name/hints.txt and, for what can go wrong in any lab, in labs/hints.txt.

#include "answers.h"
#include "die.h"
#include "hint/shown.h"
#include "hints.h"
#include "labs.h"
#include "labword.h"
#include "lastrun.h"
#include "nearest.h"
#include <argp.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256 };

static const struct argp_option list[] = {
    {"again", 'a', NULL, 0, "Show the last hint again, and no further one", 0},
    {"all", 'A', NULL, 0, "Show all hints for this failure at once", 0},
    {0}};

static const char doc[] =
    "Show the next hint for the first check that did not pass.\vEach failure has three hints: a "
    "question, where to look, nearly the code. Each call shows one more. With CHECK, a name such "
    "as mpi-equal or a version such as mpi, the hints are for that one.\n\nWhich check failed is "
    "taken from the last `make check`.";

struct request {
    const char *lab, *check;
    bool again, all;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    switch (key) {
    case 'a':
        r->again = true;
        break;
    case 'A':
        r->all = true;
        break;
    case ARGP_KEY_ARG:
        if (!r->lab)
            r->lab = arg;
        else if (!r->check)
            r->check = arg;
        else
            argp_error(state, "one lab and one check at a time; '%s' is too much.", arg);
        break;
    case ARGP_KEY_END:
        if (r->again && r->all)
            argp_error(state, "--again shows one hint and --all shows all of them: give one.");
        break;
    case ARGP_KEY_NO_ARGS:
        lab_missing(state);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

// -- which failure ----------------------------------------------------------------------------------

// Is this the check that was asked for: by its name, or by its version?
static bool is_meant(const struct run_check *check, const char *word) {
    size_t n = strlen(word);
    return strcmp(check->id, word) == 0 ||
           (strncmp(check->id, word, n) == 0 && check->id[n] == '-');
}

// The check to be helped with; NULL: none of those that were meant failed.
static const struct run_check *choose(const struct lastrun *run, const char *word) {
    const char *names[CHECKS_MAX];
    char all[2048] = "";
    bool any = false;
    if (!word)
        return lastrun_failed(run);
    for (int i = 0; i < run->count; i++) {
        any = any || is_meant(&run->check[i], word);
        if (is_meant(&run->check[i], word) && verdict_is_fault(run->check[i].verdict))
            return &run->check[i];
        names[i] = run->check[i].id;
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s %s", i ? "," : "", names[i]);
    }
    const char *near = nearest(word, names, (size_t)run->count);
    if (!any)
        die("the last check had no '%s'%s%s%s; it had%s.", word, near ? " (did you mean " : "",
            near ? near : "", near ? "?)" : "", all);
    return NULL;
}

// Nothing failed: what is next?
static void congratulate(const struct lab_entry *lab, const struct lastrun *run, const char *word) {
    struct answers answers;
    char path[PATH_CAP], text[PATH_CAP + 256];
    int skipped = 0, unjudged = 0;
    for (int i = 0; i < run->count; i++) {
        skipped += strcmp(run->check[i].verdict, "SKIP") == 0;
        unjudged += strcmp(run->check[i].verdict, "INFRA") == 0;
    }
    if (word && lastrun_failed(run))
        printf("Nothing of '%s' failed in the last check; %s did: `make hint LAB=%s` helps with "
               "it.\n",
               word, lastrun_failed(run)->id, lab->name);
    else if (unjudged > 0)
        printf("Nothing of yours failed, but %d check%s could not be judged, through no fault of "
               "yours. Run `make check LAB=%s` again.\n",
               unjudged, unjudged == 1 ? "" : "s", lab->name);
    else if (skipped > 0)
        printf("Nothing failed, but %d check%s left out. Run `make check LAB=%s` to see them "
               "all.\n",
               skipped, skipped == 1 ? " was" : "s were", lab->name);
    if ((word && lastrun_failed(run)) || unjudged > 0 || skipped > 0)
        return;
    printf("Nothing failed in the last check of %s (%g of %g points): there is nothing to hint "
           "at.\n",
           lab->name, run->points, run->most);
    snprintf(path, sizeof path, "%s/labs/%s/answers.txt", lab->home, lab->dir);
    if (answers_read(path, &answers, text, sizeof text) && answers_open(&answers) > 0)
        printf("Next: question q%d in %s/answers.txt has no answer yet.\n", answers_open(&answers),
               lab->shown);
    else
        printf("Next: `make compare LAB=%s` puts your versions side by side; `make progress` shows "
               "what is left.\n",
               lab->name);
}

// Was a file of the lab saved after the last check?
static void warn_if_stale(const struct lab_entry *lab, time_t when) {
    char pattern[PATH_CAP];
    struct stat file;
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/labs/%s/*.[ch]", lab->home, lab->dir);
    if (glob(pattern, 0, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (stat(found.gl_pathv[i], &file) == 0 && file.st_mtime > when) {
            fprintf(stderr,
                    "twofold hint: %s was saved after the last check, and this is about that one. "
                    "`make check LAB=%s` looks at the new file.\n",
                    strrchr(found.gl_pathv[i], '/') + 1, lab->name);
            break;
        }
    globfree(&found);
}

// -- its hints --------------------------------------------------------------------------------------

// The lab's own hints first, then those for any lab.
static void read_hints(const char *root, const struct lab_entry *lab, struct hints *hints) {
    char path[PATH_CAP], text[PATH_CAP + 512];
    snprintf(path, sizeof path, "%s/labs/%s/hints.txt", lab->home, lab->dir);
    if (access(path, F_OK) == 0 && !hints_read(path, hints, text, sizeof text))
        die("%s", text);
    snprintf(path, sizeof path, "%s/labs/hints.txt", root);
    if (access(path, F_OK) == 0 && !hints_read(path, hints, text, sizeof text))
        die("%s", text);
}

static void print_hint(const struct ladder *ladder, int i) {
    printf("\nHint %d of %d\n\n", i + 1, HINTS);
    for (const char *line = ladder->hint[i]; *line; line = strchr(line, '\n') + 1)
        printf("%s%.*s\n", *line == '\n' ? "" : "    ", (int)strcspn(line, "\n"), line);
}

static void show(const struct request *r, const struct lab_entry *lab, const char *path,
                 const struct run_check *check, const struct ladder *ladder) {
    char name[512], text[PATH_CAP + 512], word[96] = "";
    snprintf(name, sizeof name, "%s [%s %s%s%s]", check->id, ladder->checks, ladder->verdicts,
             *ladder->said ? ": " : "", ladder->said);
    const int before = shown_count(path, name), last = HINTS - 1;
    int now = r->again ? before - 1 : before;
    now = now < 0 ? 0 : now > last ? last : now;
    if (r->check)
        snprintf(word, sizeof word, " ARGS=%.80s", r->check);

    for (int i = r->all ? 0 : now; i <= (r->all ? last : now); i++)
        print_hint(ladder, i);
    putchar('\n');
    if (r->all || now == last)
        printf("%s Then `make check LAB=%s`.\n",
               before > last && !r->all && !r->again
                   ? "You have seen this one: it is the last. Read the three of them in a row with "
                     "ARGS=--all, and the contract (the header file) once more."
                   : "That is the last hint.",
               lab->name);
    else
        printf("Try it, then `make check LAB=%s`. The next hint: `make hint LAB=%s%s`.\n",
               lab->name, lab->name, word);
    const int seen = r->all ? HINTS : now + 1;
    if (seen > before && !shown_note(path, name, seen, text, sizeof text))
        fprintf(stderr, "twofold hint: %s\n", text);
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "LAB [CHECK]", doc, NULL, NULL, NULL};
    static struct labs labs;
    static struct lastrun run;
    struct request request = {0};
    struct hints hints = {0};
    char root[PATH_MAX], path[PATH_CAP], text[PATH_CAP + 1024], said[2048];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);

    const struct lab_entry *const lab =
        labs_choose(request.lab, root, sizeof root, &labs, text, sizeof text);
    if (!lab)
        die("%s", text);
    snprintf(path, sizeof path, "%s/build/check/%s.jsonl", root, lab->name);
    if (!lastrun_read(path, &run, text, sizeof text))
        die("%s", text);
    if (run.count == 0)
        die("%s has not been checked yet, so nothing is known to be wrong: run `make check "
            "LAB=%s` first.",
            lab->name, lab->name);

    warn_if_stale(lab, run.when);
    const struct run_check *check = choose(&run, request.check);
    if (!check) {
        congratulate(lab, &run, request.check);
    } else {
        read_hints(root, lab, &hints);
        printf("%s, check %s: %s\n", lab->name, check->id, check->verdict);
        for (int i = 0; run_check_said(check, i, said, sizeof said); i++) {
            for (char *c = said; *c; c++) // it may hold what a student's program printed
                if ((unsigned char)*c < 0x20 || *c == 0x7F)
                    *c = ' ';
            printf("    %s\n", said);
        }
        const struct ladder *ladder =
            hints_find(&hints, check->id, check->verdict, run_check_words(check));
        if (ladder) {
            snprintf(path, sizeof path, "%s/build/check/%s.hints", root, lab->name);
            show(&request, lab, path, check, ladder);
        } else {
            printf("\nThere is no hint for this yet. Read what `make check LAB=%s` says of it, and "
                   "run the command that it shows.\n",
                   lab->name);
        }
    }
    hints_free(&hints);
    lastrun_free(&run);
    return 0;
}
