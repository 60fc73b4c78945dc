// SPDX-License-Identifier: MIT
// Tests of common/kit/say.c on ranks: many complaints become one.

#include "kit.h"
#include "runner.h"
#include "say.h"

#include <string.h>

static int rank, size;

static void begin(void) {
    MPI_Comm_rank(test_comm, &rank);
    MPI_Comm_size(test_comm, &size);
    words_clear();
}

static void nothing_refused_is_agreed_by_all(void) {
    begin();
    CU_ASSERT(!refusal_agree(test_comm));
    CU_ASSERT(!todo_agree(test_comm));
    CU_ASSERT_PTR_NULL(refusal());
}

static void every_rank_alone_can_refuse_for_all(void) {
    for (int who = 0; who < 4; who++) {
        begin();
        const int refuses = who % size;
        char words[64];
        snprintf(words, sizeof words, "Rank %d has no room.", refuses);
        if (rank == refuses)
            refuse("%s", words);
        CU_ASSERT_FATAL(refusal_agree(test_comm));
        CU_ASSERT_STRING_EQUAL(refusal(), words);
    }
}

static void of_many_refusals_the_lowest_ranks_is_kept_on_all(void) {
    begin();
    refuse("Rank %d says no.", rank);
    CU_ASSERT_FATAL(refusal_agree(test_comm));
    CU_ASSERT_STRING_EQUAL(refusal(), "Rank 0 says no.");
    begin();
    if (rank > 0)
        refuse("Rank %d says no.", rank);
    CU_ASSERT_EQUAL(refusal_agree(test_comm), size > 1);
    if (size > 1)
        CU_ASSERT_STRING_EQUAL(refusal(), "Rank 1 says no.");
}

static void a_todo_on_one_rank_is_known_to_all(void) {
    begin();
    char text[512];
    if (rank == size - 1)
        todo("heat_mpi", "labs/09-heat/mpi.c");
    CU_ASSERT_FATAL(todo_agree(test_comm));
    CU_ASSERT(todo_reached());
    todo_sentence(text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "heat_mpi is not written yet"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "labs/09-heat/mpi.c"));
}

static void groups_of_ranks_agree_apart_from_each_other(void) {
    begin();
    MPI_Comm half;
    MPI_Comm_split(test_comm, rank % 2, rank, &half);
    if (rank == 1)
        refuse("Odd ranks refuse.");
    CU_ASSERT_EQUAL(refusal_agree(half), rank % 2 == 1);
    MPI_Comm_free(&half);
}

static const struct test tests[] = {TEST(nothing_refused_is_agreed_by_all),
                                    TEST(every_rank_alone_can_refuse_for_all),
                                    TEST(of_many_refusals_the_lowest_ranks_is_kept_on_all),
                                    TEST(a_todo_on_one_rank_is_known_to_all),
                                    TEST(groups_of_ranks_agree_apart_from_each_other),
                                    {0}};

int main(int argc, char **argv) {
    return run_mpi_tests(argc, argv, "say", tests);
}
