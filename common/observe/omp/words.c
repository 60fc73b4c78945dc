// SPDX-License-Identifier: MIT
//
// words.c: see words.h.

#include "words.h"
#include <stdio.h>
#include <string.h>

static const char *base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// The place that the evidence is about.
static void put_place(struct evidence *evidence, const struct sight *sight) {
    snprintf(evidence->file, sizeof evidence->file, "%.255s", base(sight->file));
    evidence->line = sight->line;
}

// -- a race -----------------------------------------------------------------------------------------

static bool assigns(const struct source *source, int line, const char *name,
                    struct assigned *found) {
    struct assigned list[ASSIGNED_MOST];
    const int count = source_assigned(source, line, list);
    for (int i = 0; i < count; i++)
        if (!name || strcmp(list[i].name, name) == 0) {
            *found = list[i];
            return true;
        }
    return false;
}

// Is `name`, as the linker knows it, what `written` begins or ends with? (A static one of a
// function is "count" or "count.0".)
static bool same_name(const char *written, const char *name) {
    const size_t n = strcspn(name, ".");
    return strncmp(written, name, n) == 0 &&
           (!written[n] || written[n] == '.' || written[n] == '-');
}

// Finds the variable: the linker's name for it, else what the writing line assigns to and the
// other speaks of, else what both speak of.
static void find_name(struct race *race, const char *global) {
    struct assigned list[ASSIGNED_MOST];
    const struct source *const source = race->source;
    const int a = race->line[0], b = race->line[1];
    // (what a line has of another rank's memory is not what it names)
    if (!source || race->by[0] == BY_RANK || race->by[1] == BY_RANK) {
        snprintf(race->name, sizeof race->name, "%.*s", (int)strcspn(global, "."), global);
        return;
    }
    const int count = source_assigned(source, a, list);
    const struct construct *const region = source_around(source, a, "parallel");
    int best = -1, best_score = -9;
    for (int i = 0; i < count; i++) {
        struct assigned other;
        int score = source_names(source, b, list[i].name);
        if (race->writes[1] && assigns(source, b, list[i].name, &other))
            score += 2;
        if (list[i].how != '=')
            score++; // an update reads, too
        if (list[i].element)
            score--; // mostly each iteration has its own
        if (*global)
            score = same_name(list[i].name, global) ? 9 : -9;
        else if (region && source_declares(source, region->first, region->last, list[i].name))
            score -= 5; // each thread has its own
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    if (best >= 0 && best_score > -4 && !race->inner[0][0]) {
        race->assigned = list[best];
        snprintf(race->name, sizeof race->name, "%s", list[best].name);
    } else if (*global) {
        snprintf(race->name, sizeof race->name, "%.*s", (int)strcspn(global, "."), global);
    } else if (a != b && !race->inner[0][0] && !race->inner[1][0]) {
        source_common(source, a, b, race->name, sizeof race->name);
        if (region && source_declares(source, region->first, region->last, race->name))
            race->name[0] = 0;
    }
}

static void order(struct race *race, const struct report *report) {
    // The write first; of two writes the one in the earlier line.
    const struct sight *const s = report->sights;
    int first = 0;
    if (s[0].writes != s[1].writes)
        first = s[1].writes;
    else
        first = s[1].line < s[0].line;
    for (int i = 0; i < 2; i++) {
        const struct sight *const sight = &s[i ? 1 - first : first];
        snprintf(race->file[i], sizeof race->file[i], "%.255s", base(sight->file));
        race->line[i] = sight->line;
        race->writes[i] = sight->writes;
        race->atomic[i] = sight->atomic;
        race->locked[i] = sight->locked;
        race->by[i] = sight->by;
        memcpy(race->locks[i], sight->locks, sizeof race->locks[i]);
        memcpy(race->inner[i], sight->inner, sizeof race->inner[i]);
    }
}

// -- what MPI has not ended -------------------------------------------------------------------------

// By enum sight_by: what it is called where it reads and where it writes, why it has not ended, and
// what ends it.
static const struct {
    const char *name[2], *why, *advice;
} pending[] = {
    [BY_MESSAGE] = {{"send", "receive"},
                    "nothing waits for its request first",
                    "Complete the request first (MPI_Wait, MPI_Waitall)."},
    [BY_ROUND] = {{"collective", "collective"},
                  "nothing waits for its request first",
                  "Complete the request first (MPI_Wait, MPI_Waitall)."},
    [BY_ACCESS] = {{"one-sided call", "one-sided call"},
                   "nothing has ended it yet",
                   "End it first: by MPI_Win_fence, MPI_Win_complete, MPI_Win_flush or "
                   "MPI_Win_unlock, whichever belongs to it, or by MPI_Wait if it has a request."},
    [BY_RANK] = {{"remote access", "remote access"},
                 "only the next MPI_Win_fence ends it, or MPI_Win_wait",
                 "Let MPI_Win_fence come between the two (or use the memory before MPI_Win_post or "
                 "after MPI_Win_wait), or let them reach different cells."},
};

static bool is_pending(enum sight_by by) {
    return by > BY_CALL;
}

static const char *name_of(const struct race *race, int i) {
    return pending[race->by[i]].name[race->writes[i]];
}

// Something that has not ended and an access to its buffer, or two such things.
static bool say_pending(const struct race *race, struct evidence *evidence) {
    const int mpi = is_pending(race->by[0]) ? 0 : 1, other = 1 - mpi;
    const char *const quote = race->name[0] ? "`" : "";
    const char *const what = race->name[0] ? race->name : "memory";
    evidence->kind = "misuse";
    snprintf(evidence->file, sizeof evidence->file, "%s", race->file[other]);
    evidence->line = race->line[other];
    evidence->other = strcmp(race->file[0], race->file[1]) == 0 ? race->line[mpi] : 0;
    snprintf(evidence->variable, sizeof evidence->variable, "%s", race->name);
    if (is_pending(race->by[other]))
        snprintf(evidence->text, sizeof evidence->text,
                 "The %s of %s:%d and the %s of %s:%d use the same part of %s%s%s, at least one of "
                 "them writes to it, and nothing ends the one before the other begins.",
                 name_of(race, 0), race->file[0], race->line[0], name_of(race, 1), race->file[1],
                 race->line[1], quote, what, quote);
    else
        snprintf(evidence->text, sizeof evidence->text,
                 "A thread %s %s%s%s in line %d of %s while the %s of %s:%d may still %s it: %s.",
                 race->writes[other] ? "writes" : "reads", quote, what, quote, race->line[other],
                 race->file[other], name_of(race, mpi), race->file[mpi], race->line[mpi],
                 race->writes[mpi] ? "write to" : "read", pending[race->by[mpi]].why);
    snprintf(evidence->advice, sizeof evidence->advice, "%s%s", pending[race->by[mpi]].advice,
             race->by[mpi] == BY_RANK ? ""
                                      : " Where another thread than the one that does so uses the "
                                        "buffer, it needs a barrier after that, too.");
    return true;
}

// -- two threads ------------------------------------------------------------------------------------

static bool say_race(const struct report *report, const struct source *source,
                     struct evidence *evidence) {
    struct race race = {0};
    if (report->count < 2) // one place lies in a library: what is known of the other is said alone
        return false;
    order(&race, report);
    const bool one_file = strcmp(race.file[0], race.file[1]) == 0;
    race.source = one_file ? source : NULL;
    find_name(&race, report->variable);
    if (is_pending(race.by[0]) || is_pending(race.by[1]))
        return say_pending(&race, evidence);
    for (int i = 0; i < 2 && race.source; i++)
        race.around[i] = source_around(race.source, race.line[i], "");
    const char *const what = race.name[0] ? race.name : "the same memory";
    const char *const quote = race.name[0] ? "`" : "";
    const bool part = race.name[0] && race.name[0] != '*' && race.assigned.element;
    char inside[2][160] = {"", ""};
    for (int i = 0; i < 2; i++)
        if (race.inner[i][0])
            snprintf(inside[i], sizeof inside[i], "%.100s, which is called in ", race.inner[i]);
    snprintf(evidence->file, sizeof evidence->file, "%s", race.file[0]);
    evidence->line = race.line[0];
    snprintf(evidence->variable, sizeof evidence->variable, "%s", race.name);
    evidence->other = one_file ? race.line[1] : 0;
    char there[300];
    if (!one_file)
        snprintf(there, sizeof there, "%s:%d", race.file[1], race.line[1]);
    else if (race.line[0] == race.line[1])
        snprintf(there, sizeof there, "the same line");
    else
        snprintf(there, sizeof there, "line %d", race.line[1]);
    snprintf(
        evidence->text, sizeof evidence->text,
        "One thread writes %s%s%s%s in %sline %d of %s while another %s it in %s%s, and nothing "
        "says which comes first: the result depends on who is faster.",
        part ? "an element of " : "", quote, what, quote, inside[0], race.line[0], race.file[0],
        race.writes[1] ? "writes" : "reads", inside[1], there);
    if (race.by[0] == BY_CALL || race.by[1] == BY_CALL)
        snprintf(evidence->advice, sizeof evidence->advice,
                 "The other threads must wait until the call of MPI is through with it: put "
                 "#pragma omp barrier between the two (omp master has none at its end), or the "
                 "call outside the parallel region.");
    else
        race_mend(&race, evidence->advice, sizeof evidence->advice);
    return true;
}

// A function of the C library that keeps something between two calls (../race/libc.c).
static bool say_library(const struct report *report, const struct source *source,
                        struct evidence *evidence) {
    static const struct {
        const char *name, *better;
    } list[] = {{"strtok", "strtok_r"}, {"drand48", "erand48"},       {"lrand48", "nrand48"},
                {"mrand48", "jrand48"}, {"localtime", "localtime_r"}, {"gmtime", "gmtime_r"},
                {"ctime", "ctime_r"},   {"asctime", "asctime_r"}};
    const struct sight *const sight = &report->sights[0];
    const char *name = "a function of the C library", *better = "a function that takes its state";
    for (size_t i = 0; source && i < sizeof list / sizeof *list; i++)
        if (source_names(source, sight->line, list[i].name)) {
            name = list[i].name;
            better = list[i].better;
            break;
        }
    put_place(evidence, sight);
    evidence->other = report->count > 1 ? report->sights[1].line : sight->line;
    snprintf(evidence->variable, sizeof evidence->variable, "%s", name);
    snprintf(evidence->text, sizeof evidence->text,
             "Several threads call %s (lines %d and %d of %s): it keeps where it is between two "
             "calls, for the whole program, so the threads disturb each other.",
             name, sight->line, evidence->other, evidence->file);
    snprintf(evidence->advice, sizeof evidence->advice, "Call %s with a state of the thread's own.",
             better);
    return true;
}

// -- locks ------------------------------------------------------------------------------------------

// The two sights of each edge of a cycle: the lock that is taken, and the one that is held.
static bool say_order(const struct report *report, struct evidence *evidence) {
    size_t used = 0;
    if (report->count < 2)
        return false;
    put_place(evidence, &report->sights[0]);
    used += (size_t)snprintf(evidence->text, sizeof evidence->text,
                             "Locks (or critical sections) are taken in one order here and in "
                             "another there:");
    for (int i = 0; i + 1 < report->count && used < sizeof evidence->text; i += 2)
        used += (size_t)snprintf(evidence->text + used, sizeof evidence->text - used,
                                 "%s one is taken in line %d while the one of line %d is held",
                                 i ? ";" : "", report->sights[i].line, report->sights[i + 1].line);
    if (used < sizeof evidence->text)
        snprintf(evidence->text + used, sizeof evidence->text - used,
                 ". It went well this time. When two threads each hold the one that the other "
                 "wants, both wait for ever.");
    evidence->other = report->sights[report->count > 2 ? 2 : 1].line;
    snprintf(evidence->advice, sizeof evidence->advice,
             "Take them in the same order everywhere (always the lower index first, say), or let "
             "go of the first before taking the second, or use one lock for both.");
    return true;
}

static bool say_lock(const struct report *report, struct evidence *evidence) {
    static const struct {
        const char *kind, *text, *advice;
    } list[] = {
        {"unlock of an unlocked mutex",
         "A lock is let go of (omp_unset_lock) by a thread that does not hold it.",
         "Set the lock before it is unset, in the same thread and on every way through the code; "
         "only the thread that has set a lock may unset it."},
        {"double lock of a mutex",
         "A thread sets a lock that it holds already: it waits for itself, for ever.",
         "Unset the lock before it is set again, or use omp_nest_lock_t, which its holder may set "
         "more than once."},
        {"destroy of a locked mutex", "A lock is destroyed while a thread still holds it.",
         "Unset the lock first, and destroy it only after a barrier, when no thread needs it."},
        {"use of an invalid mutex", "A lock is used that was destroyed, or was never made.",
         "Call omp_init_lock once before the threads start, and omp_destroy_lock after they end."},
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!strstr(report->kind, list[i].kind))
            continue;
        put_place(evidence, &report->sights[0]);
        snprintf(evidence->text, sizeof evidence->text, "%s", list[i].text);
        snprintf(evidence->advice, sizeof evidence->advice, "%s", list[i].advice);
        return true;
    }
    return false;
}

static bool say_freed(const struct report *report, struct evidence *evidence) {
    put_place(evidence, &report->sights[0]);
    evidence->other = report->count > 1 ? report->sights[1].line : 0;
    snprintf(evidence->text, sizeof evidence->text, "Line %d uses memory that %s had freed%s.",
             evidence->line, report->count > 1 ? "another place" : "the program",
             evidence->other ? ", or frees while others use it" : "");
    snprintf(evidence->advice, sizeof evidence->advice,
             "Free memory only after all threads are through with it: behind a barrier or the end "
             "of the parallel region.");
    return true;
}

bool race_say(const struct report *report, const struct source *source, struct evidence *evidence) {
    const char *const kind = report->kind;
    if (strstr(kind, "data race")) {
        evidence->kind = "race";
        return strncmp(report->variable, "race_hidden", 11) == 0
                   ? say_library(report, source, evidence)
                   : say_race(report, source, evidence);
    }
    if (strstr(kind, "use-after-free")) {
        evidence->kind = "race";
        return say_freed(report, evidence);
    }
    if (strstr(kind, "lock-order-inversion")) {
        evidence->kind = "deadlock";
        return say_order(report, evidence);
    }
    evidence->kind = "misuse";
    return say_lock(report, evidence);
}
