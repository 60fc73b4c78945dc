// SPDX-License-Identifier: MIT
//
// progress.c: `twofold progress`: one screen: how far each lab is, and what is next. All of it is
// read from the journals of `make check` (build/check/NAME.jsonl) and from answers.txt; nothing is
// built or run.

#include "answers.h"
#include "flat.h"
#include "labs.h"
#include "lastrun.h"
#include <argp.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_CAP = PATH_MAX + 256, BAR = 20 };

static const struct argp_option list[] = {
    {"json", 'j', NULL, 0, "One JSON object a lab, a line each, on stdout", 0}, {0}};

static const char doc[] =
    "Show how far each lab is, and what is next.\vThe points are those of the "
    "last `make check` of a lab; best is the best check so far.";

struct standing {
    const struct lab_entry *lab;
    struct lastrun run;
    struct answers answers;
    bool has_answers; // answers.txt can be read
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    bool *json = state->input;
    if (key == 'j')
        *json = true;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "it shows all labs; '%s' is too much.", arg);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static bool is_checked(const struct standing *s) {
    return s->run.count > 0;
}

static bool has_all_points(const struct standing *s) {
    return is_checked(s) && s->run.points >= s->run.most;
}

static bool has_all_answers(const struct standing *s) {
    return !s->has_answers || answers_open(&s->answers) == 0;
}

// -- the table --------------------------------------------------------------------------------------

// How many of the BAR marks: none only for no points, all only for all of them.
static int marks(const struct standing *s) {
    double part = s->run.most > 0 ? s->run.points / s->run.most : 0;
    int n = (int)floor(part * BAR);
    n = n < 0 ? 0 : n > BAR ? BAR : n;
    return n == 0 && part > 0 ? 1 : n;
}

static const char *ago(time_t when, char *text, size_t cap) {
    static const struct {
        double seconds;
        const char *one, *many;
    } units[] = {{86400, "day", "days"}, {3600, "hour", "hours"}, {60, "minute", "minutes"}};
    double past = difftime(time(NULL), when);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (past >= units[i].seconds) {
            int n = (int)(past / units[i].seconds);
            snprintf(text, cap, "%d %s ago", n, n == 1 ? units[i].one : units[i].many);
            return text;
        }
    snprintf(text, cap, "just now");
    return text;
}

static void print_row(const struct standing *s) {
    char points[32] = "not checked yet", best[16] = "", when[32] = "", answers[32] = "-";
    if (is_checked(s)) {
        snprintf(points, sizeof points, "%g of %g", s->run.points, s->run.most);
        snprintf(best, sizeof best, "%g", s->run.best);
        ago(s->run.when, when, sizeof when);
    }
    if (s->has_answers)
        snprintf(answers, sizeof answers, "%d of %d", s->answers.given, s->answers.count);
    printf("%02d %-14s [", s->lab->number, s->lab->name);
    for (int i = 0; i < BAR; i++)
        putchar(i < marks(s) ? '#' : '.');
    printf("] %-15s %5s  %-15s %s\n", points, best, when, answers);
}

// -- what is next -----------------------------------------------------------------------------------

// The lab that is at hand: of those that were checked and are not done the latest one, else the
// first that was not checked, else the first that lacks an answer. NULL: all is done.
static const struct standing *at_hand(const struct standing *all, int count) {
    const struct standing *latest = NULL;
    for (int i = 0; i < count; i++)
        if (is_checked(&all[i]) && !has_all_points(&all[i]) &&
            (!latest || all[i].run.when > latest->run.when))
            latest = &all[i];
    for (int i = 0; i < count && !latest; i++)
        if (!is_checked(&all[i]))
            latest = &all[i];
    for (int i = 0; i < count && !latest; i++)
        if (!has_all_answers(&all[i]))
            latest = &all[i];
    return latest;
}

static void print_next(const struct standing *s) {
    if (!s) {
        puts("All is done. `make contrast` puts all labs into one table.");
        return;
    }
    const char *name = s->lab->name, *shown = s->lab->shown;
    const struct run_check *failed = lastrun_failed(&s->run);
    if (!is_checked(s)) {
        printf("Next: %s. Read %s/README.md; write your predictions into answers.txt there, "
               "then the code.\n`make check LAB=%s` says how far you are.\n",
               name, shown, name);
    } else if (!has_all_points(s) && failed) {
        printf("Next: %s, check %s (%s). `make hint LAB=%s` helps, `make check LAB=%s` looks "
               "again.\n",
               name, failed->id, failed->verdict, name, name);
    } else if (!has_all_points(s)) {
        printf("Next: %s. Some checks were left out: `make check LAB=%s` looks at them all.\n",
               name, name);
    } else {
        printf("Next: all checks of %s pass; question q%d in %s/answers.txt has no answer "
               "yet.\n",
               name, answers_open(&s->answers), shown);
    }
}

// -- as JSON ----------------------------------------------------------------------------------------

static void print_json(const struct standing *s) {
    const struct run_check *failed = lastrun_failed(&s->run);
    fputs("{\"v\":1,\"kind\":\"progress\",\"lab\":", stdout);
    flat_print(stdout, s->lab->name);
    printf(
        ",\"checked\":%s,\"points\":%g,\"max_points\":%g,\"best\":%g,\"when\":%lld,\"answers\":%d,"
        "\"questions\":%d,\"failed\":",
        is_checked(s) ? "true" : "false", s->run.points, s->run.most, s->run.best,
        (long long)s->run.when, s->answers.given, s->answers.count);
    if (failed)
        flat_print(stdout, failed->id);
    else
        fputs("null", stdout);
    puts("}");
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, NULL, doc, NULL, NULL, NULL};
    static struct labs labs;
    bool json = false;
    char root[PATH_MAX], path[PATH_CAP], text[PATH_CAP + 512];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &json);
    if (!labs_root(root, sizeof root)) {
        fputs("twofold progress: the kit's directory cannot be found; is /proc mounted?\n", stderr);
        return 2;
    }
    if (!labs_list(root, &labs, text, sizeof text)) {
        fprintf(stderr, "twofold progress: %s\n", text);
        return 2;
    }
    struct standing *all = calloc((size_t)labs.count, sizeof *all);
    if (!all) {
        fputs("twofold progress: there is no memory left.\n", stderr);
        return 2;
    }
    int status = 0;
    for (int i = 0; i < labs.count; i++) {
        struct standing *s = &all[i];
        s->lab = &labs.at[i];
        snprintf(path, sizeof path, "%s/build/check/%s.jsonl", root, s->lab->name);
        if (!lastrun_read(path, &s->run, text, sizeof text)) {
            fprintf(stderr, "twofold progress: %s\n", text);
            status = 2;
        }
        snprintf(path, sizeof path, "%s/labs/%s/answers.txt", s->lab->home, s->lab->dir);
        s->has_answers = answers_read(path, &s->answers, text, sizeof text);
    }
    if (!json)
        printf("%-18s%-38s %5s  %-15s %s\n", "lab", "points of the last check", "best", "when",
               "answers");
    for (int i = 0; i < labs.count; i++) {
        if (json)
            print_json(&all[i]);
        else
            print_row(&all[i]);
    }
    if (!json) {
        putchar('\n');
        print_next(at_hand(all, labs.count));
    }
    for (int i = 0; i < labs.count; i++)
        lastrun_free(&all[i].run);
    free(all);
    return status;
}
