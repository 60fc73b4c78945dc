// SPDX-License-Identifier: MIT
//
// trial.c: does a box work here, and does it hold? See sandbox.h.
//
// A box is believed only after it was tried from inside: a shell in it attempts what no box may
// allow and prints a word for each attempt that succeeded.

#include "trial.h"
#include "process.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char script[] =
    "for d in / /usr /etc /dev /kit /sys; do\n"
    "    (: >$d/twofold-trial) 2>/dev/null && echo writes\n"
    "done\n"
    "[ $$ -gt 20 ] && echo processes\n"
    "sed 1,2d /proc/net/dev | grep -qv '^ *lo:' && echo network\n"
    "[ -e \"$1\" ] && echo files\n"
    "[ -n \"$TWOFOLD_RUN\" ] && echo environment\n"
    "(i=0; while [ $i -lt 20 ]; do sleep 9 & i=$((i + 1)); done; echo forks) 2>/dev/null\n"
    "echo end\n";

// What each word means.
static const struct {
    const char *word, *meaning;
} words[] = {
    {"writes", "the system's files can be written in it"},
    {"processes", "other processes can be seen in it"},
    {"network", "it has a network"},
    {"files", "a file that it is not shown can be seen in it"},
    {"environment", "our environment can be seen in it"},
    {"forks", "the number of its processes is not limited"},
};

// Parses "bubblewrap 0.8.0"; kept for all.
static void read_version(bool *size_is_known) {
    struct command command = {0};
    struct outcome outcome;
    int major = 0, minor = 0;
    command_add(&command, "bwrap");
    command_add(&command, "--version");
    if (process_run(&command, &(struct how){.seconds = 10, .capture_out = true}, &outcome) &&
        sscanf(outcome.out, "bubblewrap %d.%d", &major, &minor) == 2)
        *size_is_known = major > 0 || minor >= 7;
    outcome_free(&outcome);
    command_free(&command);
}

static bool size_is_known;
static void read_version_once(void) {
    read_version(&size_is_known);
}

bool trial_size_is_known(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_version_once);
    return size_is_known;
}

static long read_setting(const char *path) {
    long value = -1;
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%ld", &value) != 1)
        value = -1;
    if (file)
        fclose(file);
    return value;
}

// No box could be made. Why, and what mends it.
static void say_why(const char *said, char *why, size_t cap) {
    char line[160];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(said, "\n"), said);
    if (read_setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1)
        snprintf(why, cap,
                 "a box cannot be made (%s): AppArmor lets no program make user namespaces, as on "
                 "Ubuntu 24.04; as root: sysctl kernel.apparmor_restrict_unprivileged_userns=0.",
                 line);
    else if (read_setting("/proc/sys/kernel/unprivileged_userns_clone") == 0)
        snprintf(why, cap,
                 "a box cannot be made (%s): user namespaces are switched off; as root: "
                 "sysctl kernel.unprivileged_userns_clone=1.",
                 line);
    else if (read_setting("/proc/sys/user/max_user_namespaces") == 0)
        snprintf(why, cap,
                 "a box cannot be made (%s): user namespaces are forbidden, as on many clusters "
                 "(user.max_user_namespaces is 0); ask the administrator, or judge on a machine of "
                 "your own.",
                 line);
    else
        snprintf(why, cap,
                 "a box cannot be made (%s): where this is a container, start it with "
                 "--security-opt seccomp=unconfined --security-opt systempaths=unconfined.",
                 line);
}

static bool judge(const struct outcome *outcome, enum sandbox_verdict verdict, const char *text,
                  char *why, size_t cap) {
    if (verdict == SANDBOX_BROKEN) {
        say_why(outcome->err && *outcome->err ? outcome->err : text, why, cap);
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(outcome->out, words[i].word)) {
            snprintf(why, cap,
                     "a box can be made but does not hold: %s; judge strangers' programs on "
                     "another machine.",
                     words[i].meaning);
            return false;
        }
    if (strcmp(outcome->out, "end\n") != 0) {
        snprintf(why, cap, "a box was made, but its trial did not end (%s%s%.100s); %s.",
                 outcome->text, *outcome->err ? ": " : "", outcome->err,
                 "judge strangers' programs on another machine");
        return false;
    }
    return true;
}

static bool try(const char *root, char *why, size_t cap) {
    const char *tmp = getenv("TMPDIR");
    char dir[4096], program[8192], text[256];
    if (!process_find("bwrap", NULL, 0)) {
        snprintf(why, cap,
                 "bwrap is not in PATH, and it makes the box: apt-get install bubblewrap "
                 "(Fedora: dnf install bubblewrap; on a cluster: ask for it).");
        return false;
    }
    snprintf(program, sizeof program, "%s/build/bin/box", root);
    if (access(program, X_OK) != 0) {
        snprintf(why, cap, "%.400s is not there yet: run `make build`.", program);
        return false;
    }
    snprintf(dir, sizeof dir, "%.3000s/twofold-trial-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(dir)) {
        snprintf(why, cap, "%.400s cannot be made: %s; set TMPDIR to a directory with room.", dir,
                 strerror(errno));
        return false;
    }
    struct sandbox box;
    bool good = sandbox_open_untried(&box, root, dir, NULL, why, cap);
    if (good) {
        struct command inside = {0}, command;
        struct outcome outcome;
        const char *const start[] = {"sh", "-c", script, "sh", box.report};
        for (size_t i = 0; i < sizeof start / sizeof *start; i++)
            command_add(&inside, "%s", start[i]);
        command_set(&inside, "LC_ALL", "C");
        sandbox_command(&box, &(struct sandbox_limits){.processes = 14}, &inside, &command);
        process_run(&command,
                    &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                    &outcome);
        enum sandbox_verdict verdict = sandbox_verdict(&box, text, sizeof text);
        good = judge(&outcome, verdict, text, why, cap);
        outcome_free(&outcome);
        command_free(&command);
        command_free(&inside);
        sandbox_close(&box);
    }
    rmdir(dir);
    return good;
}

bool sandbox_available(const char *root, char *why, size_t cap) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool tried, works;
    static char kept[1024];
    pthread_mutex_lock(&lock);
    if (!tried)
        works = try(root, kept, sizeof kept);
    tried = true;
    snprintf(why, cap, "%s", works ? "" : kept);
    pthread_mutex_unlock(&lock);
    return works;
}
