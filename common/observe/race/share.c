// SPDX-License-Identifier: MIT
//
// share.c: loops whose iterations, and sections, are dealt out while they run. Dealing orders
// nothing; it is only seen to that every thread gets a share.

#include "race.h"

typedef unsigned long long ull; // as libgomp's own names call it

#define NEXT(name, number) \
    bool name(number *from, number *to) { \
        REAL(name); \
        const bool got = real(from, to); \
        pace_share(task_now(), got); \
        return got; \
    }

#define START(name) \
    bool name(long first, long last, long step, long chunk, long *from, long *to) { \
        REAL(name); \
        const bool got = real(first, last, step, chunk, from, to); \
        pace_share(task_now(), got); \
        return got; \
    }

#define START_ULL(name) \
    bool name(bool up, ull first, ull last, ull step, ull chunk, ull *from, ull *to) { \
        REAL(name); \
        const bool got = real(up, first, last, step, chunk, from, to); \
        pace_share(task_now(), got); \
        return got; \
    }

START(GOMP_loop_dynamic_start)
START(GOMP_loop_guided_start)
START(GOMP_loop_nonmonotonic_dynamic_start)
START(GOMP_loop_nonmonotonic_guided_start)
START(GOMP_loop_ordered_dynamic_start)
START(GOMP_loop_ordered_guided_start)
START_ULL(GOMP_loop_ull_dynamic_start)
START_ULL(GOMP_loop_ull_guided_start)
START_ULL(GOMP_loop_ull_nonmonotonic_dynamic_start)
START_ULL(GOMP_loop_ull_nonmonotonic_guided_start)
NEXT(GOMP_loop_ordered_dynamic_next, long)
NEXT(GOMP_loop_ordered_guided_next, long)
NEXT(GOMP_loop_dynamic_next, long)
NEXT(GOMP_loop_guided_next, long)
NEXT(GOMP_loop_runtime_next, long)
NEXT(GOMP_loop_nonmonotonic_dynamic_next, long)
NEXT(GOMP_loop_nonmonotonic_guided_next, long)
NEXT(GOMP_loop_nonmonotonic_runtime_next, long)
NEXT(GOMP_loop_maybe_nonmonotonic_runtime_next, long)
NEXT(GOMP_loop_ull_dynamic_next, ull)
NEXT(GOMP_loop_ull_guided_next, ull)
NEXT(GOMP_loop_ull_runtime_next, ull)
NEXT(GOMP_loop_ull_nonmonotonic_dynamic_next, ull)
NEXT(GOMP_loop_ull_nonmonotonic_guided_next, ull)
NEXT(GOMP_loop_ull_nonmonotonic_runtime_next, ull)
NEXT(GOMP_loop_ull_maybe_nonmonotonic_runtime_next, ull)

unsigned GOMP_sections_start(unsigned count) {
    REAL(GOMP_sections_start);
    const unsigned got = real(count);
    pace_share(task_now(), got != 0);
    return got;
}

unsigned GOMP_sections_next(void) {
    REAL(GOMP_sections_next);
    const unsigned got = real();
    pace_share(task_now(), got != 0);
    return got;
}
