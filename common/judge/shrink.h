// SPDX-License-Identifier: MIT
//
// shrink.h: from a case that fails to the smallest one that fails, which is what a student wants to
// look at.
//
// Theory of operation. One thing is made smaller at a time: first the number of workers, then each
// parameter that is a whole number, in the order in which the case names them. For each, all
// smaller values worth a try are tried at once, smallest first; the first that fails is taken. So a
// case costs one launch for each thing, and not one for each try.

#ifndef TWOFOLD_SHRINK_H
#define TWOFOLD_SHRINK_H

#include "expand.h"

// Which of the candidates, smallest first, fails? Its index; count where none does. It may leave out
// candidates that are none. What else it learns (the record of that case) it keeps by itself, in user.
typedef size_t shrink_try(struct case_specs *candidates, void *user);

// Makes *spec smaller. `enough` may end it early: it is asked before each round; NULL: never.
void shrink(struct case_spec *spec, shrink_try *first_failing, bool (*enough)(void *user),
            void *user);

// The candidates of one round: 0 is the workers, 1 the first parameter ... False: there is no such
// round. A round without a smaller value has no candidates.
bool shrink_round(const struct case_spec *spec, int round, struct case_specs *candidates);

#endif
