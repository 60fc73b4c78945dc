// SPDX-License-Identifier: MIT
// Tests of common/kit/run.c, with the toy lab, on communicators of every size.

#include "kit.h"
#include "run.h"
#include "runner.h"
#include "say.h"

#include <string.h>

static int rank, size;
static struct record record;

static struct run_case make(const char *version, int workers, const char *n) {
    struct run_case c = case_default();
    CU_ASSERT(case_version(&c, version));
    c.workers = workers;
    c.values[0] = n;
    return c;
}

static void begin(void) {
    MPI_Comm_rank(test_comm, &rank);
    MPI_Comm_size(test_comm, &size);
    words_clear();
}

// Runs the case on the first c->workers ranks; true where this rank took part.
static bool run_on_first(const struct run_case *c, struct run_how how) {
    MPI_Comm comm;
    const bool member = rank < c->workers;
    MPI_Comm_split(test_comm, member ? 0 : MPI_UNDEFINED, rank, &comm);
    if (member) {
        run_case(c, comm, how, &record);
        MPI_Comm_free(&comm);
    }
    return member;
}

static void ranks_give_the_serial_answer_on_every_subset(void) {
    static const char *const sizes[] = {"0", "1", "2", "3", "4", "5", "97"};
    begin();
    for (int workers = 1; workers <= size; workers++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            const struct run_case c = make("mpi", workers, sizes[i]);
            if (!run_on_first(&c, (struct run_how){.check = true}) || rank != 0)
                continue;
            CU_ASSERT_EQUAL(record.status, RAN);
            CU_ASSERT(record.checked);
            CU_ASSERT_EQUAL(record.same, SAME);
            CU_ASSERT_STRING_EQUAL(record.text, "");
            CU_ASSERT_EQUAL(record.returned, (uint64_t)workers);
            record_free(&record);
        }
}

static void a_wrong_answer_is_found_and_told(void) {
    begin();
    const struct run_case c = make("wrong", 2, "7");
    run_case(&c, MPI_COMM_NULL, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.status, RAN);
    CU_ASSERT_EQUAL(record.same, WRONG);
    CU_ASSERT_STRING_EQUAL(record.text, "number 6 is 37 and should be 36");
    record_free(&record);
}

static void rounding_is_told_from_wrong(void) {
    begin();
    const struct run_case c = make("rounded", 2, "7");
    run_case(&c, MPI_COMM_NULL, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.same, ROUNDING);
    CU_ASSERT_NOT_EQUAL(strlen(record.text), 0);
    record_free(&record);
}

static void a_refusal_of_one_rank_ends_the_case_on_all(void) {
    begin();
    struct run_case c = make("mpi", size, "7");
    c.values[1] = "last";
    char words[128];
    snprintf(words, sizeof words, "Rank %d of %d refuses, as it was told to.", size - 1, size);
    run_case(&c, test_comm, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.status, REFUSED);
    CU_ASSERT_STRING_EQUAL(record.text, words);
    record_free(&record);
}

static void a_todo_on_one_rank_ends_the_case_as_unwritten(void) {
    begin();
    const struct run_case c = make("half", size, "7");
    run_case(&c, test_comm, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.status, UNWRITTEN);
    CU_ASSERT_PTR_NOT_NULL(strstr(record.text, "half is not written yet"));
    record_free(&record);
}

static void a_case_after_a_refused_one_starts_afresh(void) {
    begin();
    struct run_case bad = make("mpi", size, "minus");
    run_case(&bad, test_comm, (struct run_how){0}, &record);
    CU_ASSERT_EQUAL(record.status, REFUSED);
    record_free(&record);
    const struct run_case good = make("mpi", size, "9");
    run_case(&good, test_comm, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.status, RAN);
    if (rank == 0)
        CU_ASSERT_EQUAL(record.same, SAME);
    record_free(&record);
}

static void more_memory_than_there_is_is_refused_before_it_is_taken(void) {
    begin();
    const struct run_case c = make("mpi", size, "1000000000000");
    run_case(&c, test_comm, (struct run_how){0}, &record);
    CU_ASSERT_EQUAL(record.status, REFUSED);
    CU_ASSERT_PTR_NOT_NULL(strstr(record.text, "GiB"));
    record_free(&record);
}

static void bytes_of_another_length_are_wrong(void) {
    begin();
    const struct run_case c = make("omp", 2, "4");
    enum same same = SAME;
    char text[256];
    static const double square[5] = {0, 1, 4, 9, 16};
    CU_ASSERT(compare_with_serial(&c, square, 4 * sizeof(double), &same, text, sizeof text));
    CU_ASSERT_EQUAL(same, SAME);
    CU_ASSERT(compare_with_serial(&c, square, 5 * sizeof(double), &same, text, sizeof text));
    CU_ASSERT_EQUAL(same, WRONG);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "40 bytes"));
    serial_forget();
}

static void hybrid_runs_its_threads_in_every_rank(void) {
    begin();
    struct run_case c = make("hybrid", size, "31");
    c.threads = 2;
    run_case(&c, test_comm, (struct run_how){.check = true}, &record);
    CU_ASSERT_EQUAL(record.status, RAN);
    if (rank == 0) {
        CU_ASSERT_EQUAL(record.same, SAME);
        CU_ASSERT_EQUAL(record.of.threads, 2);
    }
    record_free(&record);
}

static void the_watched_peak_covers_all_ranks(void) {
    begin();
    const struct run_case c = make("mpi", size, "1000");
    run_case(&c, test_comm, (struct run_how){.memory = true}, &record);
    CU_ASSERT_EQUAL(record.status, RAN);
    if (rank == 0 && record.watched)
        CU_ASSERT(record.peak_kb > 1000 * size);
    record_free(&record);
}

static const struct test tests[] = {TEST(ranks_give_the_serial_answer_on_every_subset),
                                    TEST(a_wrong_answer_is_found_and_told),
                                    TEST(rounding_is_told_from_wrong),
                                    TEST(a_refusal_of_one_rank_ends_the_case_on_all),
                                    TEST(a_todo_on_one_rank_ends_the_case_as_unwritten),
                                    TEST(a_case_after_a_refused_one_starts_afresh),
                                    TEST(more_memory_than_there_is_is_refused_before_it_is_taken),
                                    TEST(bytes_of_another_length_are_wrong),
                                    TEST(hybrid_runs_its_threads_in_every_rank),
                                    TEST(the_watched_peak_covers_all_ranks),
                                    {0}};

int main(int argc, char **argv) {
    const int status = run_mpi_tests(argc, argv, "run", tests);
    serial_forget();
    return status;
}
