// SPDX-License-Identifier: MIT
//
// libc.c: functions of the C library that keep something between two calls and lock nothing. A call
// counts as a write to a hidden variable of the function, so that calls of two threads that nothing
// orders are a race.

#include "race.h"
#include "tsan.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void touch(char *hidden, void *caller) {
    __tsan_func_entry(caller);
    __tsan_write1(hidden);
    __tsan_func_exit();
}

#define KEEPS(type, name, parameters, arguments) \
    type name parameters { \
        static char race_hidden; \
        REAL(name); \
        touch(&race_hidden, __builtin_return_address(0)); \
        return real arguments; \
    }

// (parameters by the names that the headers of glibc give them)
KEEPS(char *, strtok, (char *restrict __s, const char *restrict __delim), (__s, __delim))
KEEPS(double, drand48, (void), ())
KEEPS(long, lrand48, (void), ())
KEEPS(long, mrand48, (void), ())
KEEPS(struct tm *, localtime, (const time_t *__timer), (__timer))
KEEPS(struct tm *, gmtime, (const time_t *__timer), (__timer))
KEEPS(char *, ctime, (const time_t *__timer), (__timer))
KEEPS(char *, asctime, (const struct tm *__tp), (__tp))
