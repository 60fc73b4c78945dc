// SPDX-License-Identifier: MIT
//
// die.c: see die.h.

#include "die.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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
