// SPDX-License-Identifier: MIT
// Tests of common/kit/memory.c on ranks: a node's memory is shared by its ranks.

#include "kit.h"
#include "memory.h"
#include "runner.h"
#include "say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int rank, size;

static void begin(void) {
    MPI_Comm_rank(test_comm, &rank);
    MPI_Comm_size(test_comm, &size);
    words_clear();
}

static void a_small_problem_fits_on_all_ranks(void) {
    begin();
    CU_ASSERT(memory_fits(1e6, test_comm));
    CU_ASSERT_PTR_NULL(refusal());
}

static void what_one_rank_cannot_have_is_refused_on_all(void) {
    begin();
    CU_ASSERT(!memory_fits(rank == size - 1 ? 1e16 : 0, test_comm));
    CU_ASSERT_PTR_NOT_NULL(refusal());
    CU_ASSERT(refusal_agree(test_comm));
    CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "make it smaller"));
}

static double free_kb(void) {
    FILE *file = fopen("/proc/meminfo", "r");
    char line[256];
    double kb = 0;
    while (file && fgets(line, sizeof line, file))
        if (!strncmp(line, "MemAvailable:", 13))
            kb = strtod(line + 13, NULL);
    if (file)
        fclose(file);
    return kb;
}

// Each rank asks for what one process could have; all of them together cannot.
static void the_ranks_of_a_node_are_summed(void) {
    begin();
    double each = 0.7 * 1024 * free_kb();
    MPI_Bcast(&each, 1, MPI_DOUBLE, 0, test_comm);
    const bool fits = memory_fits(each, test_comm);
    int same = fits, all;
    MPI_Allreduce(&same, &all, 1, MPI_INT, MPI_SUM, test_comm);
    CU_ASSERT(all == 0 || all == size);
    if (size > 1)
        CU_ASSERT(!fits); // a single rank may or may not: a cgroup may leave less
}

static const struct test tests[] = {TEST(a_small_problem_fits_on_all_ranks),
                                    TEST(what_one_rank_cannot_have_is_refused_on_all),
                                    TEST(the_ranks_of_a_node_are_summed),
                                    {0}};

int main(int argc, char **argv) {
    return run_mpi_tests(argc, argv, "memory", tests);
}
