// SPDX-License-Identifier: MIT
//
// site.c: `twofold doctor --site`: what this cluster has, and what slurm/site.conf should say.

#include "doctor.h"
#include "findings.h"
#include "process.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

// What slurm/site.conf should say; empty: nothing.
struct proposal {
    char partition[64], account[64], modules[128], launcher[16], scratch[256];
};

// What a line of the shell prints on stdout and stderr, cut to cap. False: it failed.
static bool ask(const char *line, char *text, size_t cap) {
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "exec 2>&1; %s", line);
    bool ok = process_run(&command, &(struct how){.seconds = 30, .capture_out = true}, &outcome) &&
              outcome.status == 0;
    snprintf(text, cap, "%s", outcome.out ? outcome.out : "");
    outcome_free(&outcome);
    command_free(&command);
    return ok;
}

// Is one of the words, which are separated by blanks, in the text? Capitals do not count.
static bool mentions(const char *text, const char *words) {
    char list[256];
    snprintf(list, sizeof list, "%s", words);
    for (char *rest = list, *word; (word = strsep(&rest, " "));)
        if (*word && strcasestr(text, word))
            return true;
    return false;
}

static void examine_partitions(char *lines, struct proposal *proposal) {
    char name[64], state[16], limit[32], nodes[16], cpus[16], memory[24], chosen[64] = "";
    int count = 0;
    for (char *line; (line = strsep(&lines, "\n"));) {
        if (sscanf(line, "%63[^|]|%15[^|]|%31[^|]|%15[^|]|%15[^|]|%23s", name, state, limit, nodes,
                   cpus, memory) != 6)
            continue;
        char *star = strchr(name, '*');
        if (star)
            *star = 0;
        count++;
        finding(strcmp(state, "up") == 0 ? LEVEL_OK : LEVEL_NOTE, "partition", "",
                "%s%s: %s nodes of %s CPUs and %s MB, jobs of up to %s, %s.", name,
                star ? " (the default)" : "", nodes, cpus, memory, limit, state);
        if (!*chosen && strcmp(state, "up") == 0 &&
            mentions(name, "debug test short devel express"))
            snprintf(chosen, sizeof chosen, "%s", name);
    }
    if (count == 0)
        finding(LEVEL_PROBLEM, "partition", "Ask the site's help desk for an account.",
                "sinfo shows no partition that you may use.");
    snprintf(proposal->partition, sizeof proposal->partition, "%s", chosen);
}

static void examine_launcher(struct proposal *proposal) {
    char kinds[4096], text[4096];
    bool pmix = ask("srun --mpi=list", kinds, sizeof kinds) && strstr(kinds, "pmix");
    bool knows = ask("ompi_info --parsable | grep -c ':\\(plm\\|ess\\):slurm'", text, sizeof text);
    bool there = process_find("mpirun", NULL, 0);
    snprintf(proposal->launcher, sizeof proposal->launcher, pmix || !there ? "srun" : "mpirun");
    if (pmix)
        finding(LEVEL_OK, "launcher", "",
                "srun starts ranks by PMIx, which Open MPI understands%s.",
                knows ? "; its mpirun knows Slurm, too" : "");
    else if (knows)
        finding(LEVEL_OK, "launcher", "",
                "srun knows no PMIx here, but this Open MPI's mpirun knows Slurm.");
    else
        finding(LEVEL_NOTE, "launcher",
                "Load the site's MPI module first, then ask again; `srun --mpi=list` shows what "
                "there is.",
                "Neither does srun know PMIx nor was an Open MPI found that knows Slurm.");
    if (ask("scontrol show config | grep '^TaskPlugin *='", text, sizeof text) &&
        mentions(text, "task/none"))
        finding(LEVEL_NOTE, "binding", "Nothing to do; `twofold where` in a job's output shows it.",
                "This Slurm does not bind tasks to CPUs (TaskPlugin=task/none).");
}

static void examine_account(struct proposal *proposal) {
    char text[4096], all[512] = "";
    int count = 0;
    if (!ask("sacctmgr -nP show associations user=$(id -un) format=account", text, sizeof text)) {
        finding(LEVEL_OK, "account", "", "This cluster keeps no accounts, so none is to be named.");
        return;
    }
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
        if (!*line || strstr(all, line))
            continue;
        if (count++ == 0)
            snprintf(proposal->account, sizeof proposal->account, "%s", line);
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", *all ? ", " : "", line);
    }
    if (count == 1)
        finding(LEVEL_OK, "account", "", "Yours is %s.", all);
    else if (count > 1)
        finding(LEVEL_NOTE, "account", "Name the one of your course as ACCOUNT in slurm/site.conf.",
                "You have several: %s.", all);
    else
        finding(LEVEL_NOTE, "account", "Ask whoever gives the course.",
                "You have none here; this cluster may refuse your jobs.");
}

static void examine_modules(struct proposal *proposal) {
    static char text[65536];
    char shown[512] = "";
    int count = 0;
    ask("bash -lc 'module -t avail'", text, sizeof text);
    for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
        size_t length = strlen(line);
        // A line that ends in a colon names a directory of modules; (D) marks a default.
        if (length == 0 || line[length - 1] == ':' || strchr(line, ' ') || !mentions(line, "mpi"))
            continue;
        if (count++ < 8)
            snprintf(shown + strlen(shown), sizeof shown - strlen(shown), "%s%s",
                     *shown ? ", " : "", line);
        if (!*proposal->modules && mentions(line, "openmpi")) {
            snprintf(proposal->modules, sizeof proposal->modules, "%.*s", (int)strcspn(line, "("),
                     line);
        }
    }
    if (count == 0) {
        finding(LEVEL_OK, "modules", "", "There is no module of an MPI; none is to be named.");
        return;
    }
    if (process_find("mpicc", NULL, 0)) // the kit is built by what is loaded or installed
        *proposal->modules = 0;
    finding(LEVEL_OK, "modules",
            "Name those with which you build the kit as MODULES in slurm/site.conf.",
            "Of an MPI: %s%s.", shown, count > 8 ? " and more" : "");
}

static void examine_scratch(struct proposal *proposal) {
    char text[256];
    if (ask("for d in \"$SCRATCH\" \"/scratch/$(id -un)\" /local/scratch /scratch; do [ -n \"$d\" "
            "] "
            "&& [ -w \"$d\" ] && printf %s \"$d\" && exit; done; exit 1",
            text, sizeof text)) {
        snprintf(proposal->scratch, sizeof proposal->scratch, "%s", text);
        finding(LEVEL_OK, "scratch", "", "%s can be written.", text);
    } else {
        finding(LEVEL_OK, "scratch", "", "No directory of that name; /tmp of each node will do.");
    }
}

void doctor_site(void) {
    struct proposal p = {0};
    char text[16384];
    const char *mend = "Type this on a login node of your cluster; or start one of your own: make "
                       "cluster, make cluster-shell.";
    if (!process_find("sinfo", NULL, 0)) {
        finding(LEVEL_PROBLEM, "slurm", mend, "There is no Slurm here: sinfo is not in PATH.");
        return;
    }
    if (!ask("sinfo -h -o '%P|%a|%l|%D|%c|%m'", text, sizeof text)) {
        text[strcspn(text, "\n")] = 0;
        finding(LEVEL_PROBLEM, "slurm", mend, "No cluster answers: %s.", text);
        return;
    }
    examine_partitions(text, &p);
    examine_account(&p);
    examine_launcher(&p);
    examine_modules(&p);
    examine_scratch(&p);
    snprintf(text, sizeof text, "PARTITION=%s ACCOUNT=%s MODULES='%s' LAUNCHER=%s SCRATCH=%s",
             p.partition, p.account, p.modules, p.launcher, p.scratch);
    finding(LEVEL_OK, "site.conf", text, "slurm/site.conf may say:");
}
