// SPDX-License-Identifier: MIT
//
// packages.c: see packages.h.

#include "packages.h"
#include "process.h"
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool compiles(const char *compiler, const char *flag, const char *header) {
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "printf '#include <%%s>\\n' \"$3\" | \"$1\" $2 -E -x c -");
    const char *const words[] = {"sh", compiler, flag, header};
    for (int i = 0; i < 4; i++)
        command_add(&command, "%s", words[i]);
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &outcome);
    bool yes = outcome.started && outcome.status == 0;
    outcome_free(&outcome);
    command_free(&command);
    return yes;
}

static bool has_header(const char *header) {
    static const char *const dirs[] = {"/usr/include", "/usr/local/include",
                                       "/usr/include/*-linux-gnu*"};
    for (int i = 0; i < 3; i++) {
        char pattern[256];
        glob_t found;
        snprintf(pattern, sizeof pattern, "%s/%s", dirs[i], header);
        if (glob(pattern, 0, NULL, &found) == 0) {
            globfree(&found);
            return true;
        }
    }
    return process_find("cc", NULL, 0) && compiles("cc", "", header);
}

bool packages_probe(const char *probe) {
    size_t length = strlen(probe);
    if (strncmp(probe, "clang:", 6) == 0)
        return process_find("clang", NULL, 0) && compiles("clang", "-fopenmp", probe + 6);
    if (length > 2 && strcmp(probe + length - 2, ".h") == 0)
        return has_header(probe);
    // Daemons lie where not every user's PATH leads.
    char daemon[64];
    snprintf(daemon, sizeof daemon, "/usr/sbin/%s", probe);
    return process_find(probe, NULL, 0) || process_find(daemon, NULL, 0);
}

bool packages_read(const char *root, struct packages *packages) {
    char path[PATH_MAX + 64], line[512], need[8];
    snprintf(path, sizeof path, "%s/common/cli/packages.txt", root);
    FILE *file = fopen(path, "re");
    packages->count = 0;
    while (file && fgets(line, sizeof line, file) && packages->count < PACKAGES_MAX) {
        struct package *p = &packages->at[packages->count];
        *p = (struct package){0};
        if (*line == '#' ||
            sscanf(line, "%7s %7s %31s %47s %47s %47s %47s %31s %79[^\n]", p->use, need, p->probe,
                   p->debian, p->fedora, p->arch, p->suse, p->parts, p->why) != 9)
            continue;
        p->must = strcmp(need, "must") == 0;
        p->there = packages_probe(p->probe);
        packages->count++;
    }
    if (file)
        fclose(file);
    return packages->count > 0;
}

// Is the word among those of the list?
static bool has_word(const char *list, const char *word) {
    size_t length = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += length)
        if (at > list && at[-1] == ' ' && (at[length] == ' ' || at[length] == 0))
            return true;
    return false;
}

bool package_is_missing(const struct package *package, const char *part, bool must) {
    const size_t length = strlen(part);
    for (const char *at = package->parts; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, part, length) == 0 && (at[length] == ',' || !at[length]))
            return !package->there && package->must == must;
    }
    return false;
}

void packages_install_line(const struct packages *packages, const char *part, bool must, char *text,
                           size_t cap) {
    static const struct {
        const char *program, *line;
        size_t column; // of struct package
    } systems[] = {
        {"apt-get", "apt-get install", offsetof(struct package, debian)},
        {"dnf", "dnf install", offsetof(struct package, fedora)},
        {"yum", "yum install", offsetof(struct package, fedora)},
        {"pacman", "pacman -S --needed", offsetof(struct package, arch)},
        {"zypper", "zypper install", offsetof(struct package, suse)},
        {NULL, "install what Debian calls", offsetof(struct package, debian)},
    };
    size_t s = 0;
    while (systems[s].program && !process_find(systems[s].program, NULL, 0))
        s++;
    bool sudo = systems[s].program && geteuid() != 0;
    int used = snprintf(text, cap, "%s%s", sudo ? "sudo " : "", systems[s].line);
    bool any = false;
    for (int i = 0; i < packages->count; i++) {
        const struct package *p = &packages->at[i];
        const char *name = (const char *)p + systems[s].column;
        if (!package_is_missing(p, part, must) || has_word(text, name) || strcmp(name, "-") == 0 ||
            (size_t)used >= cap)
            continue;
        used += snprintf(text + used, cap - (size_t)used, " %s", name);
        any = true;
    }
    if (!any && cap)
        *text = 0;
}
