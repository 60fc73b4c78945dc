// SPDX-License-Identifier: MIT
//
// sandbox.c: see sandbox.h. Whether a box holds here is tried in trial.c.

#include "sandbox.h"
#include "cgroup.h"
#include "prefix.h"
#include "process.h"
#include "trial.h"
#include "user.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static bool is_below(const char *path, const char *dir) {
    size_t length = strlen(dir);
    return strncmp(path, dir, length) == 0 && (path[length] == '/' || !path[length]);
}

// -- open ----------------------------------------------------------------------------------------

// What a path is called inside.
static void show(struct sandbox *box, const char *path, bool kit) {
    command_add(&box->shown, "--see");
    if (kit && is_below(path, box->root))
        command_add(&box->shown, "%s=/kit%s", path, path + strlen(box->root));
    else
        command_add(&box->shown, "%s=%s", path, path);
}

// Can it be shown? Notes whether it is closed to the box's user.
static bool check_path(struct sandbox *box, const char *path, char *why, size_t cap) {
    char closed[PATH_MAX];
    const bool is_closed = box->uid && !user_reaches(path, closed, sizeof closed);
    box->closed = box->closed || is_closed;
    if (strchr(path, '='))
        snprintf(why, cap,
                 "%s cannot be shown in a box, for there is a '=' in its name; give it "
                 "another.",
                 path);
    else if (access(path, F_OK) != 0)
        snprintf(why, cap, "%s cannot be shown in a box: %s.", path, strerror(errno));
    else if (is_closed && !user_may_mount())
        snprintf(why, cap,
                 "root's box runs as another user, who cannot enter %s on the way to %s: "
                 "`chmod o+x %s`, or work elsewhere.",
                 closed, path, closed);
    else
        return true;
    return false;
}

static bool find_places(struct sandbox *box, const char *root, const char *dir, char *why,
                        size_t cap) {
    *box = (struct sandbox){.uid_lock = -1};
    if (!realpath(root, box->root) || !realpath(dir, box->dir)) {
        snprintf(why, cap, "%s cannot be used for a box: %s.", *box->root ? dir : root,
                 strerror(errno));
        return false;
    }
    if (is_below(box->root, box->dir) || !strchr(box->dir + 1, '/')) {
        snprintf(why, cap,
                 "%s cannot be a box's directory, for there is more in it than a job; "
                 "make a new one.",
                 box->dir);
        return false;
    }
    return true;
}

static bool make_report(struct sandbox *box, char *why, size_t cap) {
    const char *tmp = getenv("TMPDIR");
    snprintf(box->report, sizeof box->report, "%.3000s/twofold-box-XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    const int fd = mkstemp(box->report);
    if (fd >= 0)
        close(fd);
    else
        snprintf(why, cap, "%s cannot be made: %s; set TMPDIR to a directory with room.",
                 box->report, strerror(errno));
    if (fd < 0)
        *box->report = 0;
    return fd >= 0;
}

bool sandbox_open_bare(struct sandbox *box, const char *root, const char *dir, char *why,
                       size_t cap) {
    const bool good = find_places(box, root, dir, why, cap) && make_report(box, why, cap);
    box->bare = true;
    if (geteuid() != 0 || !cgroup_for_processes(box->group, sizeof box->group))
        *box->group = 0;
    return good;
}

bool sandbox_open_untried(struct sandbox *box, const char *root, const char *dir,
                          const char *const *see, char *why, size_t cap) {
    char path[2 * PATH_MAX];
    if (!find_places(box, root, dir, why, cap))
        return false;
    if (geteuid() == 0 && user_is_there() && (box->uid_lock = user_take(&box->uid)) < 0) {
        snprintf(why, cap, "500 boxes are open already; wait until some have ended.");
        return false;
    }
    bool good = check_path(box, box->dir, why, cap);
    for (; good && see && *see; see++) {
        snprintf(path, sizeof path, "%s%s%s", **see == '/' ? "" : box->root,
                 **see == '/' ? "" : "/", *see);
        good = check_path(box, path, why, cap);
        if (good)
            show(box, path, true);
    }
    for (const char *const *place = prefix_list(); good && *place; place++) {
        good = check_path(box, *place, why, cap);
        show(box, *place, false);
    }
    good = good && make_report(box, why, cap);
    if (!good)
        sandbox_close(box);
    return good;
}

bool sandbox_open(struct sandbox *box, const char *root, const char *dir, const char *const *see,
                  char *why, size_t cap) {
    return sandbox_available(root, why, cap) && sandbox_open_untried(box, root, dir, see, why, cap);
}

void sandbox_close(struct sandbox *box) {
    if (box->uid_lock >= 0)
        close(box->uid_lock);
    box->uid_lock = -1;
    if (*box->report)
        unlink(box->report);
    *box->report = 0;
    command_free(&box->shown);
}

// -- command -------------------------------------------------------------------------------------

// The word with each path in it as it is called inside. The caller frees it.
static char *translate(const struct sandbox *box, const char *word) {
    const char *const from[] = {box->dir, box->root}, *const to[] = {"/w", "/kit"};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    while (file && *word) {
        size_t length = 0;
        for (int i = 0; i < 2 && !length && !box->bare; i++)
            if (is_below(word, from[i]) || strncmp(word, from[i], strlen(from[i])) == 0) {
                char next = word[strlen(from[i])]; // not /tmp/job1 in /tmp/job12
                if (next && strchr("/:,; '\"", next) == NULL)
                    continue;
                length = strlen(from[i]);
                fputs(to[i], file);
            }
        if (!length)
            fputc(*word, file);
        word += length ? length : 1;
    }
    if (!file || fclose(file) != 0) {
        fputs("twofold: no memory left for the words of a command; close other programs.\n",
              stderr);
        exit(2);
    }
    return text;
}

// May it be seen inside? What a compiler, an MPI and a locale need; never a token or a name.
static bool is_allowed(const char *pair) {
    static const char *const names[] = {
        "PATH=",         "LANG=",    "LC_ALL=",      "TZ=",        "LD_LIBRARY_PATH=",
        "LIBRARY_PATH=", "CPATH=",   "OPAL_PREFIX=", "OMPI_MCA_",  "PRTE_MCA_",
        "PMIX_MCA_",     "OMPI_CC=", "MPICH_CC=",    "I_MPI_ROOT="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(pair, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

static void set(struct command *out, const struct sandbox *box, const char *pair) {
    char *text = translate(box, pair);
    command_add(out, "--set");
    command_add(out, "%s", text);
    free(text);
}

static void limit(struct command *out, const char *name, int value, int otherwise) {
    command_add(out, "--%s", name);
    command_add(out, "%d", value > 0 ? value : otherwise);
}

void sandbox_command(const struct sandbox *box, const struct sandbox_limits *limits,
                     const struct command *inside, struct command *out) {
    *out = (struct command){0};
    command_add(out, "%s/build/bin/box", box->root);
    command_add(out, "--report");
    command_add(out, "%s", box->report);
    command_add(out, "--dir");
    command_add(out, "%s", box->dir);
    if (box->uid)
        limit(out, "uid", box->uid, 0);
    if (box->bare)
        limit(out, "bare", 1, 0);
    if (*box->group) {
        command_add(out, "--group");
        command_add(out, "%s", box->group);
    }
    if (box->closed)
        limit(out, "stage", 1, 0);
    limit(out, "processes", limits->processes, 160);
    limit(out, "cpu", limits->cpu_seconds, 120);
    limit(out, "memory", limits->memory_mib, 2048);
    limit(out, "address", limits->address_mib, 0);
    limit(out, "file", limits->file_mib, 256);
    limit(out, "disk", limits->disk_mib, 512);
    limit(out, "scratch", trial_size_is_known() ? limits->scratch_mib : 0,
          trial_size_is_known() ? 256 : 0);
    if (box->shown.argv)
        command_add_all(out, box->shown.argv);
    for (char **pair = environ; *pair && !box->bare; pair++)
        if (is_allowed(*pair))
            set(out, box, *pair);
    if (!box->bare) {
        set(out, box, "HOME=/tmp");
        set(out, box, "TMPDIR=/tmp");
        // What hwloc could say of graphics cards and PCI costs each rank some twenty libraries, and a
        // sixth of a launch for reading what the PCI devices say of themselves.
        set(out, box, "HWLOC_PLUGINS_PATH=/nonexistent");
        set(out, box, "HWLOC_COMPONENTS=-linux:pci,-linux:io");
    }
    for (char **pair = inside->env; pair && *pair; pair++)
        set(out, box, *pair);
    command_add(out, "--");
    for (char **word = inside->argv; word && *word; word++) {
        // What a compiler is to write down stays as it is called outside.
        const bool kept = strncmp(*word, "-fmacro-prefix-map=", 19) == 0;
        char *text = kept ? strdup(*word) : translate(box, *word);
        command_add(out, "%s", text ? text : "");
        free(text);
    }
}

// -- verdict -------------------------------------------------------------------------------------

enum sandbox_verdict sandbox_verdict(struct sandbox *box, char *text, size_t cap) {
    static const char *const names[] = {"nothing", "memory", "processes", "disk", "broken"};
    char name[32] = "", line[512] = "";
    enum sandbox_verdict verdict = SANDBOX_BROKEN;
    FILE *file = fopen(box->report, "re");
    int growing = 0;
    bool told = file && fscanf(file, "%31s %lf %d %d\n", name, &box->peak_mib, &box->peak_processes,
                               &growing) == 4;
    box->growing = growing;
    if (told && fgets(line, sizeof line, file))
        line[strcspn(line, "\n")] = 0;
    if (file)
        fclose(file);
    for (int i = 0; i < 5; i++)
        if (told && strcmp(name, names[i]) == 0)
            verdict = (enum sandbox_verdict)i;
    snprintf(text, cap, "%s", told ? line : "the program that watches the box was itself ended");
    if (truncate(box->report, 0) != 0) // what is in it tells of one command
        *box->report = 0;
    return verdict;
}
