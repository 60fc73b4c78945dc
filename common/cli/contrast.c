// SPDX-License-Identifier: MIT
//
// contrast.c: `twofold contrast`: every lab's versions side by side, measured on this machine.
//
// Theory of operation. The command is a request (contrast/request.h) for some labs. Each is a study
// (contrast/study.h): its rows are planned, looked at once without a clock, then timed in rounds.
// The labs share the budget; what one leaves, the next ones have. A table is shown when its lab is
// done; overview, claims and files come at the end (common/report).
//
//     contrast/request.h    what is asked for
//     contrast/study.h      one lab being measured
//     contrast/look.h       the first look at its rows: right? how much memory, which messages?
//     contrast/nodes.h      the same on two nodes, where a cluster is up
//     contrast/runner.h     one run of a row
//     contrast/counters.h   what the ranks of a run said to MPI
//     contrast/progress.h   the line on the terminal
//     contrast/host.h       the machine in words
//
// A Ctrl-C ends what runs (process.h); what was measured so far is shown.

#include "claims.h"
#include "contrast/counters.h"
#include "contrast/host.h"
#include "contrast/nodes.h"
#include "contrast/progress.h"
#include "contrast/request.h"
#include "contrast/study.h"
#include "die.h"
#include "labs.h"
#include "lines.h"
#include "page.h"
#include "process.h"
#include "program.h"
#include "screen.h"
#include "whole.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// -- which labs ----------------------------------------------------------------------------------

// The labs that are meant, and what they say of themselves.
struct chosen {
    const struct lab_entry *entry;
    char program[PATH_MAX + 64];
    struct lab_about about;
};

static int choose(const struct request *request, const struct labs *labs, const char *root,
                  struct chosen *chosen) {
    char text[TEXT_CAP];
    int count = 0;
    for (int i = 0; i < (request->lab_count ? request->lab_count : labs->count); i++) {
        const int at =
            request->lab_count ? labs_find(labs, request->labs[i], text, sizeof text) : i;
        if (at < 0)
            die("%s", text);
        bool twice = false;
        for (int j = 0; j < count; j++)
            twice = twice || chosen[j].entry == &labs->at[at];
        if (twice)
            continue;
        struct chosen *c = &chosen[count];
        c->entry = &labs->at[at];
        const bool good = program_find(root, c->entry, !request->own, c->program, sizeof c->program,
                                       text, sizeof text) &&
                          lab_describe(c->program, &c->about, text, sizeof text);
        if (!good && request->lab_count)
            die("%s", text);
        if (!good) { // of all labs one may miss its library
            fprintf(stderr, "twofold contrast: %s\n", text);
            continue;
        }
        if (program_is_stale(root, c->entry, !request->own, text, sizeof text))
            fprintf(stderr, "twofold contrast: %s\n", text);
        count++;
    }
    return count;
}

// Every name=value must be a parameter of every lab that is measured.
static void check_params(const struct request *request, const struct chosen *chosen, int count) {
    for (int p = 0; p < request->param_count; p++)
        for (int c = 0; c < count; c++) {
            char text[2048];
            if (!lab_check_param(&chosen[c].about, request->params[p], text, sizeof text))
                die("%s%s", text, count > 1 ? " Name the lab whose parameter it is." : "");
        }
}

// -- the report ----------------------------------------------------------------------------------

static void say_command(struct report *report, char **argv) {
    struct command command = {0};
    command_add(&command, "build/bin/twofold");
    command_add(&command, "contrast");
    command_add_all(&command, argv + 1);
    char *text = command_text(&command);
    snprintf(report->command, sizeof report->command, "%s", text);
    free(text);
    command_free(&command);
}

static bool is_bad(enum state state) {
    return state == ROW_WRONG || state == ROW_FAILED;
}

static bool any_bad(const struct report *report) {
    for (int p = 0; p < report->part_count; p++)
        for (int i = 0; i < report->parts[p].row_count; i++)
            if (is_bad(report->parts[p].rows[i].state) ||
                is_bad(report->parts[p].rows[i].nodes_state))
                return true;
    return false;
}

// Measures all that was chosen; shows each lab as it is done.
static void measure(struct report *report, const struct request *request,
                    const struct machine *machine, const char *root, const struct chosen *chosen,
                    int count) {
    static struct counters counters;
    static struct study study;
    struct progress progress;
    char tools[PATH_MAX + 16];
    snprintf(tools, sizeof tools, "%s/build/bin", root);
    const int nodes = nodes_up(tools);
    const double until = process_now() + request_budget(request, count);
    counters_begin(&counters, root);
    progress_begin(&progress, count, request->repeat ? 0 : until);
    for (int i = 0; i < count && !process_interrupted(); i++) {
        struct part *part = &report->parts[report->part_count++];
        study = (struct study){.runner = {.machine = machine,
                                          .counters = &counters,
                                          .progress = &progress,
                                          .params = request->params},
                               .part = part,
                               .nodes = nodes,
                               .repeat = request->repeat};
        memcpy(study.runner.tools, tools, sizeof tools);
        snprintf(study.runner.program, sizeof study.runner.program, "%s", chosen[i].program);
        // What one lab leaves of its share, the next ones have.
        if (!study_lab(&study, &chosen[i].about,
                       process_now() + (until - process_now()) / (count - i))) {
            counters_end(&counters);
            die("%s", part->rows[0].text);
        }
        if (!request->json)
            screen_part(stdout, part);
        fflush(stdout);
    }
    counters_end(&counters);
    report->interrupted = process_interrupted() != 0;
}

int main(int argc, char **argv) {
    static struct request request;
    static struct labs labs;
    static struct claim claims[CLAIMS];
    char root[PATH_MAX], text[TEXT_CAP];
    struct report report = {.claims = claims};
    request_read(&request, argc, argv);
    if (!labs_root(root, sizeof root))
        die("the kit's directory cannot be found; is /proc mounted?");
    if (!labs_list(root, &labs, text, sizeof text))
        die("%s", text);
    struct chosen *chosen = calloc((size_t)labs.count + 1, sizeof *chosen);
    report.parts = calloc((size_t)labs.count + 1, sizeof *report.parts);
    if (!chosen || !report.parts)
        die("there is no memory left.");
    const int count = choose(&request, &labs, root, chosen);
    if (count == 0)
        die("there is no lab to measure; run `make build`.");
    check_params(&request, chosen, count);
    if (request.html && !whole_try(request.html, text, sizeof text))
        die("%s", text);
    if (request.svg && !whole_try(request.svg, text, sizeof text))
        die("%s", text);

    struct machine machine;
    machine_read(&machine);
    host_read(&report.host, &machine);
    report.solutions = !request.own;
    say_command(&report, argv);
    const time_t today = time(NULL);
    strftime(report.date, sizeof report.date, "%Y-%m-%d %H:%M", localtime(&today));
    process_catch_signals();
    measure(&report, &request, &machine, root, chosen, count);
    if (!report.interrupted) {
        claims_judge(report.parts, report.part_count, claims);
        // Of a few labs, a claim that they do not speak to is no news.
        for (int i = 0; i < CLAIMS; i++)
            if (request.lab_count == 0 || claims[i].asked)
                claims[report.claim_count++] = claims[i];
    }

    if (request.json)
        lines_write(stdout, &report);
    else
        screen_end(stdout, &report);
    int status = any_bad(&report) ? 1 : 0;
    if (report.interrupted) {
        fprintf(stderr, "twofold contrast: interrupted; this is what was measured before%s.\n",
                request.html || request.svg ? ", and no file was written" : "");
    } else if ((request.html && !page_write(&report, request.html, text, sizeof text)) ||
               (request.svg && !page_write_svg(&report, request.svg, text, sizeof text))) {
        fprintf(stderr, "twofold contrast: %s\n", text);
        status = 2;
    } else if (request.html) {
        fprintf(stderr, "The report is in %s.\n", request.html);
    }
    if (fflush(stdout) || ferror(stdout)) {
        fputs("twofold contrast: stdout could not be written to the end.\n", stderr);
        status = 2;
    }
    free(chosen);
    free(report.parts);
    process_die_if_interrupted();
    return status;
}
