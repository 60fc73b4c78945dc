// SPDX-License-Identifier: MIT
// Tests of common/report/sweep.h: what is said of recorded figures, and what is drawn of them.

#include "sweep.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static struct sweep sweep;
static char said[8][SAID_CAP];

static void set_axis(struct axis *axis, const char *name, int count, const double *values) {
    *axis = (struct axis){.count = count};
    strcpy(axis->name, name);
    for (int i = 0; i < count; i++) {
        axis->at[i] = values[i];
        snprintf(axis->text[i], sizeof *axis->text, "%g", values[i]);
    }
}

static void begin(int versions, const char *const *names) {
    static const double shares[] = {0, 50, 100};
    memset(&sweep, 0, sizeof sweep);
    strcpy(sweep.lab, "toy");
    strcpy(sweep.unit, "tasks");
    set_axis(&sweep.x, "share", 3, shares);
    sweep.by.count = 1;
    sweep.versions = versions;
    for (int v = 0; v < versions; v++)
        strcpy(sweep.version[v], names[v]);
}

// Three runs about a median, ms, and the memory, MiB.
static void set(int v, int b, int p, double median, double memory) {
    struct spot *const spot = &sweep.at[v][b][p];
    spot->runs = 3;
    for (int i = 0; i < 3; i++)
        spot->figure[i] = median * 1e-3 * (1 + 0.02 * (i - 1));
    spot->memory = memory * 0x1p20;
    sweep.memory = sweep.memory || memory > 0;
}

static void says(int count, const char *const *want) {
    const int got = sweep_say(&sweep, said, 8);
    CU_ASSERT_EQUAL(got, count);
    for (int i = 0; i < got; i++) {
        test_note("%s", said[i]);
        if (i < count)
            CU_ASSERT_STRING_EQUAL(said[i], want[i]);
    }
}

static const char *const two[] = {"omp", "mpi"}, *const three[] = {"omp", "mpi", "loop"};

static void neighbours_with_the_same_fastest_share_a_sentence(void) {
    begin(2, two);
    set(0, 0, 0, 10, 0), set(1, 0, 0, 5, 0);
    set(0, 0, 1, 10, 0), set(1, 0, 1, 6, 0);
    set(0, 0, 2, 2, 0), set(1, 0, 2, 5, 0);
    says(2, (const char *const[]){"share=0 to 50: mpi is the fastest.",
                                  "share=100: omp is the fastest."});
}

static void a_higher_rate_is_faster(void) {
    begin(2, two);
    sweep.show = SWEEP_RATE;
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10, 0), set(1, 0, p, 5, 0);
    says(1, (const char *const[]){"share=0 to 100: omp is the fastest."});
}

static void hardly_apart_is_equally_fast_and_memory_decides(void) {
    begin(3, three);
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10.5, 8), set(1, 0, p, 10, 60), set(2, 0, p, 20, 4);
    says(1,
         (const char *const[]){
             "share=0 to 100: omp and mpi are about equally fast. Of these omp takes the least "
             "memory, 8.00 MiB. With the least, 4.00 MiB, loop takes up to 2.00 times as long."});
}

static void quartiles_that_overlap_are_equally_fast(void) {
    begin(2, two);
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10, 0), set(1, 0, p, 15, 0);
    sweep.at[1][0][1].figure[0] = 5e-3; // its lower quartile is 9.9 ms
    says(3, (const char *const[]){"share=0: omp is the fastest.",
                                  "share=50: omp and mpi are about equally fast.",
                                  "share=100: omp is the fastest."});
}

static void each_version_has_the_workers_that_are_best_for_it(void) {
    static const double workers[] = {1, 4, 16};
    static const double figures[3][3] = {{30, 10, 12}, {40, 20, 30}, {50, 45, 4}};
    begin(2, two);
    set_axis(&sweep.by, "workers", 3, workers);
    for (int p = 0; p < 3; p++)
        for (int b = 0; b < 3; b++)
            set(0, b, p, figures[p][b], 0), set(1, b, p, 60, 0);
    CU_ASSERT_EQUAL(sweep_best_by(&sweep, 0, 0), 1);
    CU_ASSERT_EQUAL(sweep_best_by(&sweep, 0, 2), 2);
    says(1, (const char *const[]){"share=0 to 100: omp (workers=4 to 16) is the fastest."});
}

static void what_was_not_measured_is_not_spoken_of(void) {
    begin(2, two);
    set(0, 0, 0, 10, 0), set(0, 0, 2, 10, 0), set(1, 0, 2, 5, 0);
    strcpy(sweep.at[1][0][2].why, "it is not written yet");
    says(2,
         (const char *const[]){"share=0: omp is the fastest.", "share=100: omp is the fastest."});
    CU_ASSERT_EQUAL(sweep_best(&sweep, 0, 1), -1);
    begin(2, two);
    says(0, NULL);
}

static void a_busy_machine_is_named(void) {
    begin(2, two);
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10, 0), set(1, 0, p, 15, 0);
    sweep.others = 1.5;
    CU_ASSERT_EQUAL(sweep_say(&sweep, said, 8), 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(said[1], "But 1.50 cores were busy with other work"));
}

static void one_version_alone_is_not_called_the_fastest(void) {
    begin(1, two);
    set(0, 0, 0, 10, 0);
    says(0, NULL);
}

// How often something stands in the drawing of a view.
static int drawn(int view, bool memory, const char *what) {
    static struct curves curves;
    char *text = NULL;
    size_t size;
    int count = 0;
    sweep_view(&sweep, view, memory, &curves);
    FILE *const file = open_memstream(&text, &size);
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    curves_chart(file, &curves);
    fclose(file);
    for (const char *at = text; (at = strstr(at, what)); at++)
        count++;
    CU_ASSERT_PTR_NULL(strstr(text, "nan"));
    free(text);
    return count;
}

// Lines of a scale stand at round numbers.
static void scales_have_round_numbers(void) {
    begin(2, two);
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10, 3.1), set(1, 0, p, 43, 100);
    CU_ASSERT_EQUAL(drawn(0, false, ">20.0 ms<") + drawn(0, false, ">50.0 ms<"), 2);
    CU_ASSERT_EQUAL(drawn(0, true, ">4.00 MiB<") + drawn(0, true, ">256 MiB<"),
                    2); // powers of four
    sweep.at[1][0][0].figure[2] = 4;
    CU_ASSERT_EQUAL(drawn(0, false, ">100 ms<") + drawn(0, false, ">10.0 s<"), 2);
}

static void views_are_the_overview_and_one_for_each_value(void) {
    static const double workers[] = {1, 4};
    begin(2, two);
    CU_ASSERT_EQUAL(sweep_views(&sweep), 1);
    set_axis(&sweep.by, "workers", 2, workers);
    CU_ASSERT_EQUAL(sweep_views(&sweep), 3);
    for (int p = 0; p < 3; p++)
        set(0, 0, p, 10, 3), set(0, 1, p, 5, 4), set(1, 1, p, 6, 9);
    CU_ASSERT_EQUAL(drawn(0, false, "<circle"), 6);
    CU_ASSERT_EQUAL(drawn(0, false, "each with the best workers"), 2); // its title and its name
    CU_ASSERT_EQUAL(drawn(1, false, "<circle"), 3);                    // only omp was measured
    CU_ASSERT_EQUAL(drawn(2, false, "workers=4"), 2);
    CU_ASSERT_EQUAL(drawn(0, true, "<circle"), 6);
    CU_ASSERT(drawn(0, true, "MiB") > 2);
    sweep.versions = 1;
    CU_ASSERT_EQUAL(sweep_views(&sweep), 1);
    CU_ASSERT_EQUAL(drawn(0, false, "a line for each value of workers"), 2);
    CU_ASSERT_EQUAL(drawn(0, false, "<circle"), 6);
}

static const struct test tests[] = {TEST(neighbours_with_the_same_fastest_share_a_sentence),
                                    TEST(a_higher_rate_is_faster),
                                    TEST(hardly_apart_is_equally_fast_and_memory_decides),
                                    TEST(quartiles_that_overlap_are_equally_fast),
                                    TEST(each_version_has_the_workers_that_are_best_for_it),
                                    TEST(what_was_not_measured_is_not_spoken_of),
                                    TEST(a_busy_machine_is_named),
                                    TEST(one_version_alone_is_not_called_the_fastest),
                                    TEST(scales_have_round_numbers),
                                    TEST(views_are_the_overview_and_one_for_each_value),
                                    {0}};

int main(void) {
    return run_tests("sweep", tests, MPI_COMM_NULL);
}
