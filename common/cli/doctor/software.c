// SPDX-License-Identifier: MIT
//
// software.c: packages, compiler, MPI, sandbox: each is really tried.

#include "doctor.h"
#include "findings.h"
#include "kind.h"
#include "labs.h"
#include "launch.h"
#include "packages.h"
#include "process.h"
#include "program.h"
#include "sandbox.h"
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool run(struct outcome *outcome, const struct command *command) {
    static const struct how how = {.seconds = 60, .capture_out = true, .capture_err = true};
    return process_run(command, &how, outcome) && outcome->status == 0;
}

// Runs a line of the shell.
static bool shell(struct outcome *outcome, const char *line) {
    struct command command = {0};
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", line);
    bool ok = run(outcome, &command);
    command_free(&command);
    return ok;
}

// All that was said on one line, without the lines of dashes that mpirun draws, for a finding.
static void squeeze(const char *said, char *text, size_t cap) {
    size_t used = 0;
    for (; *said && used + 2 < cap; said++) {
        bool blank = (unsigned char)*said <= ' ';
        if (strncmp(said, "----", 4) == 0)
            said += strspn(said, "-") - 1;
        else if (!blank)
            text[used++] = *said;
        else if (used && text[used - 1] != ' ')
            text[used++] = ' ';
    }
    while (used && text[used - 1] == ' ')
        used--;
    text[used] = 0;
}

void doctor_kind(const char *root) {
    struct kind_of_machine machine;
    char text[PATH_MAX + 512], mend[PATH_MAX + 256];
    kind_read("", &machine);
    const enum level level = kind_say(&machine, root, process_find("mpicc", NULL, 0), text,
                                      sizeof text, mend, sizeof mend);
    finding(level, "machine", mend, "%s", text);
}

// -- packages, compiler --------------------------------------------------------------------------

// The parts of the kit, and what is said where something is missing for one.
static const struct {
    const char *name;
    bool must;
    const char *what;
} parts[] = {
    {"labs", true, "No lab runs without these, which are not here"},
    {"labs", false, "Some labs, or pictures of them, want these, which are not here"},
    {"judge", false, "The judge (make check) wants these, which are not here"},
    {"observer", false,
     "The observer (make diagnose, trace, debug) wants these, which are not here"},
    {"classes", false, "A class (make grade, autograder) wants these, which are not here"},
    {"cluster", false,
     "The cluster in a box (make cluster, submit) wants these, which are not here"},
    {"pages", false,
     "Every browser shows the pages; to see them as the tests do, these are not here"},
    {"tests", false, "The tests of the kit (make test) want these, which are not here"},
};

// False: nothing is missing.
static bool tell_missing(const struct packages *packages, size_t part) {
    char line[1024], list[2048] = "";
    for (int i = 0; i < packages->count; i++) {
        const struct package *p = &packages->at[i];
        if (package_is_missing(p, parts[part].name, parts[part].must))
            snprintf(list + strlen(list), sizeof list - strlen(list), "%s%s (%s)",
                     *list ? ", " : "", p->probe, p->why);
    }
    if (!*list)
        return false;
    packages_install_line(packages, parts[part].name, parts[part].must, line, sizeof line);
    finding(parts[part].must ? LEVEL_PROBLEM : LEVEL_NOTE, parts[part].name,
            *line ? line : "This system has no package of it.", "%s: %s.", parts[part].what, list);
    return true;
}

void doctor_packages(const char *root) {
    static struct packages packages;
    char whole[256] = "";
    if (!packages_read(root, &packages)) {
        finding(LEVEL_NOTE, "packages", "Get the kit again; it is not complete.",
                "%s/common/cli/packages.txt cannot be read.", root);
        return;
    }
    char teaches[PATH_MAX + 32]; // what is not handed out to students
    snprintf(teaches, sizeof teaches, "%s/common/cli/teach.mk", root);
    const bool students = access(teaches, F_OK) != 0;
    bool missing = false; // for the part that we are at
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (students && (!strcmp(parts[i].name, "classes") || !strcmp(parts[i].name, "tests")))
            continue;
        missing = tell_missing(&packages, i) || missing;
        if (i + 1 < sizeof parts / sizeof *parts && !strcmp(parts[i].name, parts[i + 1].name))
            continue;
        if (!missing)
            snprintf(whole + strlen(whole), sizeof whole - strlen(whole), "%s%s",
                     *whole ? ", " : "", parts[i].name);
        missing = false;
    }
    if (*whole)
        finding(LEVEL_OK, "packages", "", "All that these parts want is installed: %s.", whole);
}

// The date in _OPENMP tells the version of the specification (openmp.org).
static const char *openmp_version(long date) {
    static const struct {
        long date;
        const char *version;
    } known[] = {{202111, "5.2"}, {202011, "5.1"}, {201811, "5.0"}, {201511, "4.5"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (date >= known[i].date)
            return known[i].version;
    return "before 4.5";
}

// The compiler's name on one line; then, from a program that it built, _OPENMP and whether all is
// well.
static const char try_compiler[] =
    "mpicc --version 2>&1 | head -n 1\n"
    "dir=$(mktemp -d) && trap 'rm -rf \"$dir\"' EXIT && cat > \"$dir/try.c\" <<'END' &&\n"
    "#include <mpi.h>\n"
    "#include <omp.h>\n"
    "#include <stdio.h>\n"
    "int main(void) {\n"
    "    printf(\"%d %d\\n\", _OPENMP, omp_get_max_threads() > 0 && MPI_VERSION > 2);\n"
    "    return 0;\n"
    "}\n"
    "END\n"
    "mpicc -fopenmp \"$dir/try.c\" -o \"$dir/try\" && \"$dir/try\"\n";

void doctor_compiler(void) {
    struct outcome outcome;
    char text[256];
    if (!process_find("mpicc", NULL, 0))
        return; // told with the packages
    bool ok = shell(&outcome, try_compiler);
    long date = 0;
    int good = 0;
    const char *second = strchr(outcome.out, '\n');
    if (ok && second && sscanf(second, "%ld %d", &date, &good) == 2 && good) {
        finding(LEVEL_OK, "compiler", "",
                "%.*s; a program with OpenMP (%s) and MPI was built and ran.",
                (int)(second - outcome.out), outcome.out, openmp_version(date));
    } else {
        squeeze(*outcome.err ? outcome.err : outcome.text, text, sizeof text);
        finding(LEVEL_PROBLEM, "compiler", "common/cli/setup.sh demo",
                "mpicc could not build and run a small program with OpenMP and MPI: %s", text);
    }
    outcome_free(&outcome);
}

// -- MPI -----------------------------------------------------------------------------------------

// Starts two ranks of argv. seconds: of the launch.
static bool start_two(const struct machine *machine, char *const argv[], struct outcome *outcome) {
    struct launch launch = {.ranks = 2, .threads = 1};
    struct command command;
    *outcome = (struct outcome){0};
    if (!launch_command(&launch, machine, argv, &command, outcome->text, sizeof outcome->text))
        return false;
    bool ok = run(outcome, &command);
    command_free(&command);
    return ok;
}

// A program of a lab that is built; the student's or the solution's.
static bool any_program(const char *root, char *program, size_t cap) {
    static struct labs labs;
    char text[4096];
    if (!labs_list(root, &labs, text, sizeof text))
        return false;
    for (int i = 0; i < 2 * labs.count; i++)
        if (program_find(root, &labs.at[i / 2], i % 2, program, cap, text, sizeof text))
            return true;
    return false;
}

static void tell_failure(const char *what, const struct outcome *outcome) {
    char text[700];
    const char *said = outcome->err && *outcome->err ? outcome->err : outcome->out;
    squeeze(said ? said : "", text, sizeof text);
    finding(LEVEL_PROBLEM, "mpirun",
            "What mpirun says above names the cause; `twofold doctor` "
            "checks the usual ones: /dev/shm, TMPDIR, limits.",
            "Two ranks of %s could not be started (%s): %s", what, outcome->text, text);
}

// Every process of a lab program that was started by another MPI than its own takes itself for the
// only one, so that two descriptions are printed instead of one.
static int descriptions(const char *out) {
    int count = 0;
    for (const char *at = out; (at = strstr(at, "\"kind\":\"lab\"")); at++)
        count++;
    return count;
}

void doctor_mpi(const char *root, const struct machine *machine) {
    struct outcome outcome;
    char program[PATH_MAX + 64];
    if (machine->launcher == LAUNCHER_NONE)
        return; // told with the packages
    if (machine->launcher == LAUNCHER_OTHER)
        finding(LEVEL_NOTE, "mpirun", "Open MPI and MPICH are the ones that it knows.",
                "mpirun says of itself '%s', which this kit does not know; it is started without "
                "any option.",
                machine->mpi_version);
    char *const plain[] = {(char[]){"true"}, NULL};
    if (!start_two(machine, plain, &outcome)) {
        tell_failure("true", &outcome);
        outcome_free(&outcome);
        return;
    }
    double plain_seconds = outcome.wall;
    outcome_free(&outcome);
    if (!any_program(root, program, sizeof program)) {
        finding(LEVEL_OK, "mpirun", "Build the labs, and MPI itself is tried: make build",
                "%s starts two processes in %.2f s%s.", machine->mpi_version, plain_seconds,
                machine->root ? " (as root, which it is told to accept)" : "");
        return;
    }
    char *const lab[] = {program, (char[]){"--describe"}, NULL};
    if (!start_two(machine, lab, &outcome))
        tell_failure(program, &outcome);
    else if (descriptions(outcome.out) != 1)
        finding(LEVEL_PROBLEM, "mpirun",
                "Put the MPI whose mpicc built the labs first in PATH, or `make clean build`.",
                "The mpirun in PATH (%s) is of another MPI than the mpicc that built %s: each rank "
                "takes itself for the only one.",
                machine->mpi_version, program);
    else
        finding(LEVEL_OK, "mpirun", "",
                "%s starts two processes in %.2f s, two MPI ranks in %.2f s%s.",
                machine->mpi_version, plain_seconds, outcome.wall,
                machine->root ? " (as root, which it is told to accept)" : "");
    outcome_free(&outcome);
}

// -- sandbox -------------------------------------------------------------------------------------

void doctor_sandbox(const char *root) {
    char why[1024];
    if (sandbox_available(root, why, sizeof why))
        finding(LEVEL_OK, "sandbox", "",
                "A box was made and holds: no network, no file but its own, few processes.");
    else
        finding(
            LEVEL_NOTE, "sandbox",
            "Until then `twofold check` runs your own code as you, under limits alone; judge no "
            "stranger's code here.",
            "There is none: %s", why);
}
