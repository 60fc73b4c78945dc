// SPDX-License-Identifier: MIT
//
// script.c: reads the lines of a batch script; see script.h.

#include "script.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool script_read(struct script *script, const char *path, char *text, size_t cap) {
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    *script = (struct script){.path = path};
    if (!file) {
        snprintf(text, cap, "%s cannot be read: %s.", path, strerror(errno));
        return false;
    }
    errno = 0;
    while ((length = getline(&line, &size, file)) >= 0) {
        if (memchr(line, 0, (size_t)length)) {
            snprintf(text, cap, "%s is no script: line %d holds a zero byte.", path,
                     script->lines + 1);
            free(line);
            fclose(file);
            return false;
        }
        line[strcspn(line, "\n")] = 0;
        char **grown = realloc(script->line, (size_t)(script->lines + 1) * sizeof *grown);
        if (!grown)
            break;
        script->line = grown;
        script->line[script->lines++] = strdup(line);
    }
    bool failed = ferror(file);
    free(line);
    fclose(file);
    if (failed || script->lines == 0) {
        snprintf(text, cap, failed ? "%s cannot be read: %s." : "%s is empty.", path,
                 strerror(errno ? errno : EIO));
        return false;
    }
    read_commands(script);
    read_directives(script);
    return true;
}
