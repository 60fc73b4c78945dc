// SPDX-License-Identifier: MIT
//
// die.c: see die.h.

#include "die.h"

#include "process.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fflush(stdout); // what was printed before comes before
    fprintf(stderr, "%s: ", program_invocation_name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(2);
}

void die_without_program(const char *name) {
    char here[PATH_MAX];
    if (process_find(name, NULL, 0))
        return;
    snprintf(here, sizeof here, "./%s", name);
    if (!strchr(name, '/') && process_find(here, NULL, 0))
        die("there is no program '%s' in PATH; the one that is here is %s.", name, here);
    die("there is no program '%s'; give its path (./a.out), or build it first.", name);
}
