// SPDX-License-Identifier: MIT
//
// symbols.c: see symbols.h.

#include "symbols.h"
#include "process.h"
#include "source.h"
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// -- the names -------------------------------------------------------------------------------------

struct rule {
    const char *pattern;  // of a symbol's name, as fnmatch() reads it
    const char *sentence; // %s: the file, then the symbol
};

// What an object must not define.
static const struct rule not_defined[] = {
    {"main",
     "%s defines %s(), but the kit owns main(): it makes the input, calls your function and "
     "compares the results. Remove it; to try things out, write a program of your own "
     "elsewhere."},
    {"MPI_*", "%s defines %s, a name that belongs to MPI: a function of yours would be called in "
              "its place everywhere. Give it another name."},
    {"PMPI_*", "%s defines %s, a name that belongs to MPI: a function of yours would be called in "
               "its place everywhere. Give it another name."},
    {"omp_*", "%s defines %s, a name that belongs to OpenMP: a function of yours would be called "
              "in its place everywhere. Give it another name."},
    {"GOMP_*", "%s defines %s, a name that belongs to OpenMP: a function of yours would be called "
               "in its place everywhere. Give it another name."},
    {"__kmpc_*",
     "%s defines %s, a name that belongs to OpenMP: a function of yours would be called "
     "in its place everywhere. Give it another name."},
    {"clock_*", "%s defines %s, one of the system's clocks, which would then tell your time to "
                "everyone. Give it another name."},
    {"gettimeofday", "%s defines %s, one of the system's clocks, which would then tell your time "
                     "to everyone. Give it another name."},
    {"time", "%s defines %s, one of the system's clocks, which would then tell your time to "
             "everyone. Give it another name."},
    {"clock", "%s defines %s, one of the system's clocks, which would then tell your time to "
              "everyone. Give it another name."},
};

// What an object must not ask for.
static const struct rule not_wanted[] = {
    {"PMPI_*", "%s calls %s, the layer below MPI that is there for tools, and which no counter "
               "sees. Call the function without the P."},
    {"dlopen", "%s calls %s, which loads further code; a lab needs none. Remove the call."},
    {"dlsym", "%s calls %s, which looks for functions by name; a lab needs none. Remove the call."},
    {"dlvsym",
     "%s calls %s, which looks for functions by name; a lab needs none. Remove the call."},
    {"prctl",
     "%s calls %s, which changes how the system names and treats a process; a lab needs none. "
     "Remove the call."},
    {"pthread_setname_np",
     "%s calls %s, which gives a thread another name; a lab needs none. Remove the call."},
    {"syscall", "%s calls %s, which bypasses the C library; a lab needs none. Remove the call."},
};

static const char *refused(const struct rule *rules, size_t count, const char *symbol) {
    for (size_t i = 0; i < count; i++)
        if (fnmatch(rules[i].pattern, symbol, 0) == 0)
            return rules[i].sentence;
    return NULL;
}

// -- the object ------------------------------------------------------------------------------------

// The sections before the symbols. An object of gcc needs no plugin, and nm would load LLVM's to look at
// it: ten times as slow.
const char symbols_script[] = "readelf -SW \"$1\" && nm -P --plugin=/nonexistent \"$1\"";

// What readelf and nm say about the object, which the caller frees; NULL: nothing.
static char *ask(const char *object, const char *name, starter *run, void *user,
                 struct problems *problems) {
    const struct how how = {.seconds = 20, .capture_out = true, .capture_err = true};
    struct command command = {0};
    struct outcome outcome;
    command_add_all(&command,
                    (char *[]){"sh", "-c", (char *)symbols_script, "sh", (char *)object, NULL});
    command_set(&command, "LC_ALL", "C");
    process_run_by(run, user, &command, &how, &outcome);
    char *text = NULL;
    if (outcome.started && outcome.status == 0 && !outcome.out_cut)
        text = strdup(outcome.out);
    else if (outcome.out_cut || outcome.over_time || outcome.verdict || outcome.signal)
        problems_add(problems, name, 0, "BUILD",
                     "%s defines more names than any file of a lab needs, too many to look at. "
                     "Assembler, or a macro that makes names, does that. Remove it.",
                     name);
    else
        problems_add(problems, name, 0, "INFRA",
                     "What %s defines cannot be told (%s): install binutils, then run it again.",
                     name, outcome.text);
    outcome_free(&outcome);
    command_free(&command);
    return text;
}

// A line of nm -P: NAME TYPE ...
static bool look_at(const char *symbol, char type, const char *name, const char *source,
                    struct problems *problems) {
    const char *sentence = NULL;
    char line[160];
    if (type == 'U' || type == 'w')
        sentence = refused(not_wanted, sizeof not_wanted / sizeof *not_wanted, symbol);
    else if ((type >= 'A' && type <= 'Z') || type == 'i' || type == 'u')
        sentence = refused(not_defined, sizeof not_defined / sizeof *not_defined, symbol);
    if (sentence) {
        const int number = source_find(source, symbol, false, line, sizeof line);
        char text[512];
        snprintf(text, sizeof text, sentence, name, symbol);
        struct problem *p = problems_add(problems, name, number, "FORBIDDEN", "%s", text);
        snprintf(p->source, sizeof p->source, "%s", line);
        return false;
    }
    return true;
}

// MPI_COMM_WORLD is a variable in Open MPI; in MPICH a number, so there the source must tell.
static void look_for_world(const char *symbols, const char *name, const char *source,
                           struct problems *problems) {
    char line[160];
    if (strstr(symbols, "ompi_") && !strstr(symbols, "ompi_mpi_comm_world"))
        return;
    const int number = source_find(source, "MPI_COMM_WORLD", false, line, sizeof line);
    if (number == 0)
        return;
    struct problem *p =
        problems_add(problems, name, number, "",
                     "%s uses MPI_COMM_WORLD where its argument comm is meant: the kit also calls "
                     "your function with some of the ranks only, and then a call on "
                     "MPI_COMM_WORLD waits for ranks that never come. Use comm.",
                     name);
    snprintf(p->source, sizeof p->source, "%s", line);
}

static bool has_constructor(const char *sections) {
    return strstr(sections, " .init_array") || strstr(sections, " .ctors") ||
           strstr(sections, " .preinit_array") || strstr(sections, " .fini_array") ||
           strstr(sections, " .dtors") || strstr(sections, " .init ") ||
           strstr(sections, " .fini ");
}

// A name in an object may hold anything, a line of the sections too: so nobody asks where the ones end
// and the others begin, and each line is looked at in both ways.
bool symbols_judge(char *found, const char *name, const char *source, struct problems *problems) {
    const bool constructor = has_constructor(found);
    bool ok = true;
    look_for_world(found, name, source, problems);
    for (char *line; ok && (line = strsep(&found, "\n"));) {
        char symbol[256], type;
        if (sscanf(line, "%255s %c", symbol, &type) == 2)
            ok = look_at(symbol, type, name, source, problems);
    }
    if (ok && constructor) {
        problems_add(problems, name, 0, "FORBIDDEN",
                     "%s has code that runs before or after main() (a constructor or destructor), "
                     "when nothing is to be computed. Remove it.",
                     name);
        ok = false;
    }
    return ok;
}

bool symbols_look(const char *object, const char *name, const char *source, starter *run,
                  void *user, struct problems *problems) {
    char *const found = ask(object, name, run, user, problems);
    const bool ok = found && symbols_judge(found, name, source, problems);
    free(found);
    return ok;
}
