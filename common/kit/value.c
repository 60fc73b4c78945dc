// SPDX-License-Identifier: MIT
// value.c: reads the values of parameters; every refusal names the value and what is wanted.

#include "kit.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool value_long(const char *name, const char *text, long lo, long hi, long *out) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    bool number = *text && *end == '\0' && !strchr(" \t\n\v\f\r", *text);
    if (!number)
        return refuse("%s=%s is not a whole number; give one from %ld to %ld.", name, text, lo, hi);
    if (errno == ERANGE || value < lo || value > hi)
        return refuse("%s=%s is out of range; give a whole number from %ld to %ld.", name, text, lo,
                      hi);
    *out = value;
    return true;
}

bool value_double(const char *name, const char *text, double lo, double hi, double *out) {
    char *end;
    double value = strtod(text, &end);
    bool number = *text && *end == '\0' && !strchr(" \t\n\v\f\r", *text) && !isnan(value);
    if (!number)
        return refuse("%s=%s is not a number; give one from %g to %g.", name, text, lo, hi);
    if (value < lo || value > hi)
        return refuse("%s=%s is out of range; give a number from %g to %g.", name, text, lo, hi);
    *out = value;
    return true;
}

bool value_choice(const char *name, const char *text, const char *const *choices, int *out) {
    char list[512] = "";
    for (int i = 0; choices[i]; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *out = i;
            return true;
        }
        size_t used = strlen(list);
        if (used + strlen(choices[i]) + 3 < sizeof list) {
            strcat(list, used ? ", " : "");
            strcat(list, choices[i]);
        }
    }
    return refuse("%s=%s is not known; choose one of: %s.", name, text, list);
}
