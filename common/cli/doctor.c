// SPDX-License-Identifier: MIT
//
// doctor.c: `twofold doctor`: what this machine offers, what is missing, and what mends it.

#include "doctor/doctor.h"
#include "doctor/findings.h"
#include "labs.h"
#include "process.h"
#include <argp.h>
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef HAVE_HWLOC
#include <hwloc.h>
#endif

static const struct argp_option list[] = {
    {"json", 'j', NULL, 0, "One JSON object a finding, a line each, on stdout", 0},
    {"site", 's', NULL, 0, "On a cluster's login node: what slurm/site.conf should say", 0},
    {0}};

struct request {
    bool json, site;
};

static const char doc[] =
    "Say what this machine offers, what is missing, and what mends it.\vIt really compiles a small "
    "program, starts two ranks, and writes and drops a small file. Levels: ok; note, where the "
    "labs "
    "run and something else does not or times wander; problem, where they do not run. Exit status: "
    "0, or 1 if there is a problem.";

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct request *request = state->input;
    if (key == 'j')
        request->json = true;
    else if (key == 's')
        request->site = true;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "it takes no argument such as '%s'.", arg);
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

// -- topology -------------------------------------------------------------------------------------

static const char *plural(int n) {
    return n == 1 ? "" : "s";
}

#ifdef HAVE_HWLOC

static void read_topology(char *text, size_t cap) {
    hwloc_topology_t topology;
    if (hwloc_topology_init(&topology) != 0)
        return;
    if (hwloc_topology_load(topology) == 0) {
        static const struct {
            hwloc_obj_type_t type;
            const char *name;
        } caches[] = {
            {HWLOC_OBJ_L1CACHE, "L1d"}, {HWLOC_OBJ_L2CACHE, "L2"}, {HWLOC_OBJ_L3CACHE, "L3"}};
        int sockets = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PACKAGE);
        int numa = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_NUMANODE);
        size_t used = (size_t)snprintf(text, cap, "; %d socket%s, %d NUMA node%s", sockets,
                                       plural(sockets), numa, plural(numa));
        for (size_t i = 0; i < 3 && used < cap; i++) {
            hwloc_obj_t cache = hwloc_get_obj_by_type(topology, caches[i].type, 0);
            if (cache)
                used +=
                    (size_t)snprintf(text + used, cap - used, ", %s %llu KiB x %d", caches[i].name,
                                     (unsigned long long)cache->attr->cache.size / 1024,
                                     hwloc_get_nbobjs_by_type(topology, caches[i].type));
        }
    }
    hwloc_topology_destroy(topology);
}

#else

static bool read_word(char word[64], const char *format, int number, const char *name) {
    char path[256];
    snprintf(path, sizeof path, format, number, name);
    FILE *file = fopen(path, "re");
    bool ok = file && fscanf(file, "%63s", word) == 1;
    if (file)
        fclose(file);
    return ok;
}

static void read_topology(char *text, size_t cap) {
    char level[64], type[64], size[64];
    static const char cache[] = "/sys/devices/system/cpu/cpu0/cache/index%d/%s";
    size_t used = 0;
    for (int i = 0; i < 8 && used < cap && read_word(level, cache, i, "level"); i++)
        if (read_word(type, cache, i, "type") && read_word(size, cache, i, "size") &&
            strcmp(type, "Instruction") != 0)
            used += (size_t)snprintf(text + used, cap - used, "%s L%s %s", used ? "," : "; caches",
                                     level, size);
    if (used < cap)
        snprintf(text + used, cap - used, " (hwloc would tell more)");
}

#endif

static void examine_cores(const struct machine *m) {
    char topology[512] = "";
    long present = sysconf(_SC_NPROCESSORS_ONLN);
    read_topology(topology, sizeof topology);
    if (m->slurm)
        finding(LEVEL_OK, "cores", "", "A Slurm allocation: %d core%s on %d node%s%s.", m->cores,
                plural(m->cores), m->nodes, plural(m->nodes), topology);
    else if (m->cores < present)
        finding(LEVEL_NOTE, "cores", "",
                "%d of %ld may be used (taskset, or a container's limit), so runs are bound to "
                "none%s.",
                m->cores, present, topology);
    else
        finding(LEVEL_OK, "cores", "", "%d usable of %ld%s%s.", m->cores, present,
                m->whole_cores < m->cores ? ", two threads to a core" : "", topology);
    if (m->cores == 1)
        finding(LEVEL_NOTE, "cores", "Use a machine with two cores or more to see it.",
                "With one core nothing that computes gets faster by more workers.");
}

int main(int argc, char **argv) {
    static const struct argp argp = {list, parse, NULL, doc, NULL, NULL, NULL};
    struct request request = {0};
    char root[PATH_MAX];
    argp_err_exit_status = 2;
    argp_parse(&argp, argc, argv, 0, NULL, &request);
    if (!labs_root(root, sizeof root)) {
        fputs("twofold doctor: the kit's directory cannot be found; is /proc mounted?\n", stderr);
        return 2;
    }
    findings_json(request.json);
    process_catch_signals();
    if (request.site) {
        doctor_site();
        process_die_if_interrupted();
        return findings_count(LEVEL_PROBLEM) ? 1 : 0;
    }

    struct machine machine;
    machine_read(&machine);
    doctor_kind(root);
    examine_cores(&machine);
    doctor_memory();
    doctor_calm(&machine);
    doctor_page_cache(root);
    doctor_limits(&machine);
    doctor_shared_memory(&machine);
    doctor_temporary();
    process_die_if_interrupted();
    doctor_packages(root);
    doctor_compiler();
    process_die_if_interrupted();
    doctor_mpi(root, &machine);
    doctor_sandbox(root);
    process_die_if_interrupted();

    int problems = findings_count(LEVEL_PROBLEM), notes = findings_count(LEVEL_NOTE);
    if (!request.json && problems)
        printf("\n%d problem%s: the labs do not all run yet; below each stands what mends it.\n",
               problems, plural(problems));
    else if (!request.json)
        printf("\nThe labs run here%s.\n", notes ? "; the notes say what could be better" : "");
    return problems ? 1 : 0;
}
