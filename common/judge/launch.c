// SPDX-License-Identifier: MIT
//
// launch.c: see launch.h. Everything that any launcher wants to be told stands here.

#include "launch.h"

#include "process.h"
#include <stdio.h>
#include <string.h>

int launch_workers(const struct launch *launch) {
    int ranks = launch->ranks > 0 ? launch->ranks : 1;
    return ranks * (launch->threads > 1 ? launch->threads : 1);
}

bool launch_fits(const struct launch *launch, const struct machine *machine) {
    return launch_workers(launch) <= machine->cores;
}

// May workers be tied to cores? A core each, and nobody else who was given the same ones.
static bool is_bound(const struct launch *launch, const struct machine *machine) {
    return launch->alone && !machine->masked && launch_workers(launch) <= machine->whole_cores;
}

// Is there a core for each worker among those that are kept for this run?
static bool has_cores(const struct launch *launch) {
    struct cpus its;
    return launch->cores && cpus_some(launch->cores, 0, launch_workers(launch), &its);
}

// A variable for the program itself, the way this launcher passes it on.
static void pass(struct command *out, const struct machine *machine, const char *pair) {
    if (machine->launcher == LAUNCHER_HYDRA) {
        size_t name = strcspn(pair, "=");
        command_add(out, "-genv");
        command_add(out, "%.*s", (int)name, pair);
        command_add(out, "%s", pair + name + (pair[name] == '='));
    } else {
        command_add(out, "-x");
        command_add(out, "%s", pair);
    }
}

static void set(struct command *out, const char *name, const char *value) {
    command_add(out, "--mca");
    command_add(out, "%s", name);
    command_add(out, "%s", value);
}

// -- Open MPI ------------------------------------------------------------------------------------

static void open_mpi(const struct launch *launch, const struct machine *machine,
                     struct command *out) {
    bool new = machine->launcher == LAUNCHER_OPEN_MPI_5;
    if (machine->root) {
        command_set(out, "OMPI_ALLOW_RUN_AS_ROOT", "1");
        command_set(out, "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }
    if (launch->ranks > machine->slots)
        command_add(out, "--oversubscribe");
    if (!is_bound(launch, machine)) {
        command_add(out, "--bind-to");
        command_add(out, "none");
    } else {
        // Ranks go round the sockets, as threads do (OMP_PROC_BIND=spread): both models get the
        // same share of the machine's memory channels.
        if (launch->threads > 1) {
            command_add(out, "--map-by");
            command_add(out, "slot:PE=%d", launch->threads);
        } else if (machine->sockets > 1) {
            command_add(out, "--map-by");
            command_add(out, new ? "package" : "socket");
        }
        command_add(out, "--bind-to");
        command_add(out, "core");
    }
    if (launch_workers(launch) > machine->cores || launch->sleepy)
        set(out, "mpi_yield_when_idle", "1");
    if (machine->nodes == 1) { // the ways to other nodes need not be loaded: a third of a launch
        set(out, "pml", "ob1");
        set(out, "btl", new ? "self,sm" : "self,vader");
    }
    if (machine->no_single_copy && new)
        set(out, "smsc", "^cma");
    if (machine->no_single_copy && !new)
        set(out, "btl_vader_single_copy_mechanism", "none");
}

// -- MPICH and its relatives ---------------------------------------------------------------------

static void hydra(const struct launch *launch, const struct machine *machine, struct command *out) {
    command_add(out, "-bind-to");
    if (!is_bound(launch, machine))
        command_add(out, "none");
    else if (launch->threads > 1)
        command_add(out, "core:%d", launch->threads);
    else
        command_add(out, "core");
    if (is_bound(launch, machine) && launch->threads <= 1 && machine->sockets > 1) {
        command_add(out, "-map-by");
        command_add(out, "socket");
    }
}

// -- any -----------------------------------------------------------------------------------------

// Are threads tied to cores? "cores" are those on which the process may run.
static bool has_bound_threads(const struct launch *launch, const struct machine *machine) {
    return launch->threads > 1 && (is_bound(launch, machine) || has_cores(launch));
}

// What is set for ranks.
static void pass_all(const struct launch *launch, const struct machine *machine,
                     struct command *out) {
    const char *const *env = launch->program_env;
    // Else UCX takes a crash's signal first and reports it in its own way, at length.
    if (machine->launcher == LAUNCHER_OPEN_MPI_5)
        pass(out, machine, "UCX_HANDLE_ERRORS=none");
    if (has_bound_threads(launch, machine)) {
        pass(out, machine, "OMP_PROC_BIND=spread");
        pass(out, machine, "OMP_PLACES=cores");
    }
    // libgomp sees the threads of its own rank alone, so it spins at barriers as if it had the
    // cores to itself; told so, it sleeps.
    if (launch->sleepy || (launch->threads > 1 && launch_workers(launch) > machine->cores))
        pass(out, machine, "OMP_WAIT_POLICY=passive");
    for (; env && *env; env++)
        pass(out, machine, *env);
}

// Each rank on its own ones of the cores that are kept: a shell takes the list of its rank from those of
// all. (Several programs in one mpirun, each with its list, would do; of them mpirun of Open MPI 5.0.7,
// Debian 13, dies.)
static void ranks_on_cores(const struct launch *launch, const struct machine *machine,
                           char *const argv[], struct command *out) {
    const char *const rank_is =
        machine->launcher == LAUNCHER_HYDRA ? "PMI_RANK" : "OMPI_COMM_WORLD_RANK";
    const int each = launch->threads > 1 ? launch->threads : 1;
    command_add(out, "-n");
    command_add(out, "%d", launch->ranks);
    command_add(out, "sh");
    command_add(out, "-c");
    command_add(out, "eval its=\\${$((%s + 1))}; shift %d; exec taskset -c $its \"$@\"", rank_is,
                launch->ranks);
    command_add(out, "sh");
    for (int rank = 0; rank < launch->ranks; rank++) {
        struct cpus its;
        char text[512];
        cpus_some(launch->cores, rank * each, each, &its);
        cpus_text(&its, text, sizeof text);
        command_add(out, "%s", text);
    }
    command_add_all(out, argv);
}

static void without_ranks(const struct launch *launch, const struct machine *machine,
                          char *const argv[], struct command *out) {
    if (launch->sleepy)
        command_set(out, "OMP_WAIT_POLICY", "passive");
    if (has_bound_threads(launch, machine)) {
        command_set(out, "OMP_PROC_BIND", "spread");
        command_set(out, "OMP_PLACES", "cores");
    }
    for (const char *const *env = launch->program_env; env && *env; env++) {
        char name[128];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(*env, "="), *env);
        command_set(out, name, strchr(*env, '=') ? strchr(*env, '=') + 1 : "");
    }
    command_add_all(out, argv);
}

bool launch_command(const struct launch *launch, const struct machine *machine, char *const argv[],
                    struct command *out, char *text, size_t cap) {
    const char *const *env = launch->program_env;
    const bool known = machine->launcher != LAUNCHER_OTHER;
    *out = (struct command){0};
    if (launch->ranks < 1) {
        without_ranks(launch, machine, argv, out);
        return true;
    }
    if (machine->launcher == LAUNCHER_NONE) {
        snprintf(text, cap,
                 "mpirun was not found in PATH, and ranks are started by it: install an MPI "
                 "(Debian, Ubuntu: apt-get install openmpi-bin libopenmpi-dev; on a cluster: "
                 "module load openmpi).");
        return false;
    }
    if (!known && env && *env) {
        snprintf(text, cap,
                 "the mpirun in PATH is neither Open MPI nor MPICH ('%s'), so it cannot be told to "
                 "set %s for the ranks.",
                 machine->mpi_version, *env);
        return false;
    }
    command_add(out, "mpirun");
    if (machine->launcher == LAUNCHER_OPEN_MPI_4 || machine->launcher == LAUNCHER_OPEN_MPI_5)
        open_mpi(launch, machine, out);
    if (machine->launcher == LAUNCHER_HYDRA)
        hydra(launch, machine, out);
    if (known)
        pass_all(launch, machine, out);
    if (known && has_cores(launch) && process_find("taskset", NULL, 0)) {
        ranks_on_cores(launch, machine, argv, out);
    } else {
        command_add(out, "-n");
        command_add(out, "%d", launch->ranks);
        command_add_all(out, argv);
    }
    return true;
}

void launch_with_sanitizer(struct command *command) {
    command_set(command, "PMIX_MCA_gds", "hash");
    command_set(command, "UCX_MEM_EVENTS", "n");
}

// -- what mpirun says ----------------------------------------------------------------------------

void launch_filter_end(struct launch_filter *filter, FILE *file) {
    fputs(filter->box, file);
    *filter = (struct launch_filter){0};
}

void launch_filter_line(struct launch_filter *filter, const char *line, FILE *file) {
    bool dashes = strlen(line) >= 60 && strspn(line, "-") == strlen(line);
    size_t used = strlen(filter->box);
    if (!filter->open && !dashes) {
        fprintf(file, "%s\n", line);
        return;
    }
    if (used + strlen(line) + 2 > sizeof filter->box) { // no box of mpirun's is that long
        launch_filter_end(filter, file);
        fprintf(file, "%s\n", line);
        return;
    }
    snprintf(filter->box + used, sizeof filter->box - used, "%s\n", line);
    if (filter->open && dashes) {
        if (strstr(filter->box, "non-zero exit code") ||
            strstr(filter->box, "exited with non-zero status"))
            *filter->box = 0;
        launch_filter_end(filter, file);
        return;
    }
    filter->open = true;
}
