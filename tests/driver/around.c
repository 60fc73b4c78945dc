// SPDX-License-Identifier: MIT
//
// around.c: see around.h.

#include "around.h"
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char others[] = "{\"v\":1,\"student\":\"another\",\"points\":7}\n";

bool around_make(const char *dir) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/tmp", dir);
    if (mkdir(path, 0755) != 0)
        return false;
    snprintf(path, sizeof path, "%s/others.jsonl", dir);
    FILE *const file = fopen(path, "we");
    const bool written = file && fputs(others, file) >= 0;
    return file && fclose(file) == 0 && written;
}

// Does it hold what was written there?
static bool holds(const char *path, const char *text) {
    char found[128] = "";
    FILE *const file = fopen(path, "re");
    const size_t size = file ? fread(found, 1, sizeof found - 1, file) : 0;
    if (file)
        fclose(file);
    return size == strlen(text) && memcmp(found, text, size) == 0;
}

static bool is_empty(const char *dir) {
    struct dirent **list;
    const int count = scandir(dir, &list, NULL, NULL);
    for (int i = 0; i < count; i++)
        free(list[i]);
    if (count >= 0)
        free(list);
    return count == 2;
}

const char *around_look(const char *dir) {
    char path[PATH_MAX + 32];
    snprintf(path, sizeof path, "%s/others.jsonl", dir);
    if (!holds(path, others))
        return "# the journal of another student was changed\n";
    snprintf(path, sizeof path, "%s/tmp", dir);
    return is_empty(path) ? "" : "# the judge left files in its TMPDIR\n";
}

bool around_is_clear(const char *lab) {
    // a place each: what is looked for, and how a shell finds it
    static const struct {
        const char *what, *search;
    } places[] = {{"processes", "grep -lsa '^sleep.7400[.]5' /proc/[0-9]*/cmdline"},
                  {"files",
                   "ls -d /tmp/twofold-mark* /var/tmp/twofold-mark* /dev/shm/*twofold-mark* "
                   "/dev/mqueue/twofold-mark* /twofold-mark* ./twofold-mark* */twofold-mark* "
                   "build/*/twofold-mark* ~/twofold-mark* 2>/dev/null"},
                  {"segments", "awk '$1 == 1954115430 {print FILENAME}' /proc/sysvipc/*"},
                  {"mounts", "grep -s twofold-mutant /proc/self/mountinfo"}};
    bool good = true;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char line[512] = "";
        FILE *const found = popen(places[i].search, "re");
        const bool there = found && fgets(line, sizeof line, found);
        if (found)
            pclose(found);
        if (!found || there)
            printf("# %s that are left: %s\n", places[i].what, found ? line : "not looked for");
        good = good && found && !there;
    }
    printf("%sok - %s: no process, file, segment or mount is left of them\n", good ? "" : "not ",
           lab);
    return good;
}
