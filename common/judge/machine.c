// SPDX-License-Identifier: MIT
//
// machine.c: see machine.h.

#include "machine.h"
#include "cgroup.h"
#include "cores.h"
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum launcher machine_launcher(const char *text, char *version, size_t cap) {
    char number[32] = "";
    const char *at;
    int major = 0;
    if ((at = strstr(text, "(Open MPI) ")) && sscanf(at + 11, "%31[0-9.a-z]", number) == 1) {
        snprintf(version, cap, "Open MPI %s", number);
        return sscanf(number, "%d", &major) == 1 && major >= 5 ? LAUNCHER_OPEN_MPI_5
                                                               : LAUNCHER_OPEN_MPI_4;
    }
    if (strstr(text, "HYDRA") && (at = strstr(text, "Version:"))) {
        if (sscanf(at + 8, " %31[0-9.a-z]", number) == 1)
            snprintf(version, cap, "MPICH %s", number);
        return LAUNCHER_HYDRA;
    }
    if (strstr(text, "Intel(R) MPI")) {
        at = strstr(text, "Version ");
        if (at)
            sscanf(at + 8, "%31[0-9.a-z]", number);
        snprintf(version, cap, "Intel MPI %s", number);
        return LAUNCHER_HYDRA;
    }
    snprintf(version, cap, "%.*s", (int)strcspn(text, "\n"), text);
    return LAUNCHER_OTHER;
}

int machine_slurm_sum(const char *list) {
    int sum = 0;
    while (*list) {
        char *end;
        long n = strtol(list, &end, 10), times = 1;
        if (end == list || n < 0 || n > 1000000)
            return 0;
        if (end[0] == '(' && end[1] == 'x') {
            times = strtol(end + 2, &end, 10);
            if (*end != ')' || times < 1 || times > 100000)
                return 0;
            end++;
        }
        if (n * times > 1000000 - sum)
            return 0;
        sum += (int)(n * times);
        if (*end && *end != ',')
            return 0;
        list = *end ? end + 1 : end;
    }
    return sum;
}

// -- cores ---------------------------------------------------------------------------------------

static bool read_number(const char *path, long *number) {
    FILE *file = fopen(path, "re");
    bool ok = file && fscanf(file, "%ld", number) == 1;
    if (file)
        fclose(file);
    return ok;
}

// Counts the CPUs this process may run on, their cores and their sockets.
static void read_cores(struct machine *m) {
    static unsigned char socket_seen[CPUS_MOST];
    struct cpus mine, seen = {{0}};
    char path[128];
    const bool told = cpus_mine(&mine);
    for (int cpu = 0; told && cpu < CPUS_MOST; cpu++) {
        if (!cpus_has(&mine, cpu))
            continue;
        long socket = 0;
        const int core = cpu_core(cpu);
        m->cores++;
        m->whole_cores += !cpus_has(&seen, core);
        cpus_add(&seen, core);
        snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%d/topology/physical_package_id",
                 cpu);
        read_number(path, &socket);
        if (socket < 0 || socket >= CPUS_MOST)
            socket = 0;
        if (!socket_seen[socket]++)
            m->sockets++;
    }
    if (m->cores < 1)
        m->cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    if (m->whole_cores < 1)
        m->whole_cores = m->cores;
    if (m->sockets < 1)
        m->sockets = 1;
    m->masked = m->cores < sysconf(_SC_NPROCESSORS_ONLN);
    double limit = cgroup_cores();
    if (limit > 0 && limit < m->cores) {
        m->cores = (int)limit + (limit > (int)limit);
        m->masked = true;
        if (m->whole_cores > m->cores)
            m->whole_cores = m->cores;
    }
}

// -- all of it -----------------------------------------------------------------------------------

static int from_environment(const char *name) {
    const char *text = getenv(name);
    return text ? machine_slurm_sum(text) : 0;
}

static void read_slurm(struct machine *m) {
    int here = from_environment("SLURM_CPUS_ON_NODE");
    int all = from_environment("SLURM_JOB_CPUS_PER_NODE");
    int tasks = from_environment("SLURM_TASKS_PER_NODE");
    m->slurm = true;
    m->nodes = from_environment("SLURM_JOB_NUM_NODES");
    if (m->nodes < 1)
        m->nodes = 1;
    // More CPUs than there are: nodes that only play at being machines. Nothing is bound there.
    m->masked = here < 1 || here > m->cores;
    if (all > 0 && here > 0) {
        int threads_a_core = m->cores / m->whole_cores;
        m->cores = here > m->cores ? m->cores * m->nodes : all;
        m->whole_cores = m->cores / threads_a_core;
    }
    m->slots = tasks > 0 ? tasks : all > 0 ? all : m->whole_cores;
}

static bool single_copy_works(void) {
    char from = 1, to = 0;
    struct iovec local = {&to, 1}, remote = {&from, 1};
    return process_vm_readv(getpid(), &local, 1, &remote, 1, 0) == 1;
}

void machine_read(struct machine *m) {
    *m = (struct machine){.nodes = 1, .root = geteuid() == 0};
    m->no_single_copy = !single_copy_works();
    read_cores(m);
    m->slots = m->whole_cores;
    if (getenv("SLURM_JOB_ID"))
        read_slurm(m);
    if (!process_find("mpirun", NULL, 0))
        return;
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "mpirun");
    command_add(&command, "--version");
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &outcome);
    m->launcher = machine_launcher(*outcome.out ? outcome.out : outcome.err, m->mpi_version,
                                   sizeof m->mpi_version);
    outcome_free(&outcome);
    command_free(&command);
}
