// SPDX-License-Identifier: MIT
//
// list.c: `twofold list`: the labs of this kit, their versions and parameters.

#include "flat.h"
#include "labs.h"
#include "labword.h"
#include "program.h"
#include <argp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct argp_option list[] = {
    {"json", 'j', NULL, 0, "One JSON object a lab, a line each, on stdout", 0}, {0}};

static const char doc[] = "Show the labs, their versions and their parameters with the defaults.\v"
                          "With LAB (a name or a number): that lab, with what its parameters mean.";

struct request {
    const char *lab;
    bool json;
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *r = state->input;
    if (key == 'j')
        r->json = true;
    else if (key == ARGP_KEY_ARG)
        return lab_word(key, arg, state, &r->lab, "one lab at a time; '%s' is a second one.");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

// -- as JSON --------------------------------------------------------------------------------------

static void member(const char *name, const char *text) {
    printf("\"%s\":", name);
    flat_print(stdout, text);
}

static void print_json(const struct lab_entry *lab, const struct lab_about *about, bool built) {
    printf("{\"v\":1,\"number\":%d,", lab->number);
    member("name", lab->name);
    printf(",\"built\":%s,", built ? "true" : "false");
    member("title", about->title);
    putchar(',');
    member("bound", about->bound);
    putchar(',');
    member("unit", about->unit);
    printf(",\"versions\":[");
    for (int i = 0; i < about->versions; i++) {
        printf("%s{", i ? "," : "");
        member("name", about->version[i].name);
        putchar(',');
        member("run", about->version[i].run);
        printf(",\"given\":%s}", about->version[i].given ? "true" : "false");
    }
    printf("],\"params\":[");
    for (int i = 0; i < about->params; i++) {
        printf("%s{", i ? "," : "");
        member("name", about->param[i].name);
        putchar(',');
        member("value", about->param[i].value);
        putchar(',');
        member("what", about->param[i].what);
        putchar('}');
    }
    puts("]}");
}

// -- as a table -----------------------------------------------------------------------------------

static void print_row(const struct lab_entry *lab, const struct lab_about *about, const char *why) {
    printf("%3d  %-12s  %-8s  %s\n", lab->number, lab->name, about->bound,
           *why ? why : about->title);
    if (*why)
        return;
    printf("%30s", "versions ");
    for (int i = 0; i < about->versions; i++)
        printf(" %s", about->version[i].name);
    printf("\n%30s", "parameters ");
    for (int i = 0; i < about->params; i++)
        printf(" %s=%s", about->param[i].name, about->param[i].value);
    putchar('\n');
}

static void print_whole(const struct lab_entry *lab, const struct lab_about *about) {
    printf("%d %s: %s\nbound by %s, counts %s; %s\n\nversions\n", lab->number, lab->name,
           about->title, about->bound, about->unit, lab->shown);
    for (int i = 0; i < about->versions; i++) {
        const struct lab_version *v = &about->version[i];
        printf("  %-14s %s%s\n", v->name, v->run, v->given ? " (given)" : "");
    }
    puts("\nparameters");
    for (int i = 0; i < about->params; i++) {
        char pair[168];
        snprintf(pair, sizeof pair, "%s=%s", about->param[i].name, about->param[i].value);
        printf("  %-24s %s\n", pair, about->param[i].what);
    }
    printf("\nrun it: twofold run %s %s\n", lab->name, about->version[0].name);
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, "[LAB]", doc, NULL, NULL, NULL};
    static struct labs labs;
    struct request request = {0};
    char root[PATH_MAX], text[4096];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    if (!labs_root(root, sizeof root) || !labs_list(root, &labs, text, sizeof text)) {
        fprintf(stderr, "twofold list: %s\n",
                *root ? text : "the kit's directory cannot be found; is /proc mounted?");
        return 2;
    }
    int only = request.lab ? labs_find(&labs, request.lab, text, sizeof text) : 0;
    if (only < 0) {
        fprintf(stderr, "twofold list: %s\n", text);
        return 2;
    }
    if (!request.json && !request.lab)
        printf("%3s  %-12s  %-8s  %s\n", "No", "Lab", "Bound", "What it computes");
    for (int i = request.lab ? only : 0; i < (request.lab ? only + 1 : labs.count); i++) {
        static struct lab_about about, none;
        char program[PATH_MAX + 64];
        bool built =
            program_find(root, &labs.at[i], false, program, sizeof program, text, sizeof text) &&
            lab_describe(program, &about, text, sizeof text);
        if (!built)
            about = none;
        if (request.json) {
            print_json(&labs.at[i], &about, built);
        } else if (request.lab && built) {
            print_whole(&labs.at[i], &about);
        } else if (request.lab) {
            fprintf(stderr, "twofold list: %s\n", text);
            return 2;
        } else {
            print_row(&labs.at[i], &about, built ? "" : text);
        }
    }
    if (fflush(stdout) != 0) {
        perror("twofold list: the list could not be written");
        return 2;
    }
    return 0;
}
