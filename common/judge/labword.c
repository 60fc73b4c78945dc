// SPDX-License-Identifier: MIT
//
// labword.c: see labword.h.

#include "labword.h"

void lab_missing(const struct argp_state *state) {
    argp_error(state, "which lab? `twofold list` shows them.");
}

error_t lab_word(int key, char *arg, struct argp_state *state, const char **lab,
                 const char *second) {
    if (key == ARGP_KEY_NO_ARGS)
        lab_missing(state);
    else if (key != ARGP_KEY_ARG)
        return ARGP_ERR_UNKNOWN;
    else if (*lab)
        argp_error(state, second, arg);
    else
        *lab = arg;
    return 0;
}
