// SPDX-License-Identifier: MIT
// Tests of common/kit/say.c in one process; mpi_say.c has those on ranks.

#include "runner.h"

#include "kit.h"
#include "say.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void nothing_is_refused_at_first(void) {
    words_clear();
    CU_ASSERT_PTR_NULL(refusal());
    CU_ASSERT(!todo_reached());
    CU_ASSERT(!refusal_agree(MPI_COMM_NULL));
    CU_ASSERT(!todo_agree(MPI_COMM_NULL));
}

static void refuse_keeps_the_first_sentence_and_returns_false(void) {
    words_clear();
    CU_ASSERT(!refuse("n=%d is too large; give one below %d.", 7, 5));
    CU_ASSERT(!refuse("Second."));
    CU_ASSERT_STRING_EQUAL(refusal(), "n=7 is too large; give one below 5.");
    CU_ASSERT(refusal_agree(MPI_COMM_NULL));
    words_clear();
    CU_ASSERT_PTR_NULL(refusal());
}

static void a_very_long_refusal_is_cut_and_stays_text(void) {
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    words_clear();
    refuse("%s", text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
    CU_ASSERT(strlen(refusal()) > 500 && strlen(refusal()) < sizeof text);
}

static void *refuse_often(void *name) {
    for (int i = 0; i < 1000; i++)
        refuse("%s says no.", (const char *)name);
    return NULL;
}

static void threads_that_refuse_at_once_leave_one_whole_sentence(void) {
    static char name[4][32] = {"aaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbb",
                               "cccccccccccccccccccc", "dddddddddddddddddddd"};
    words_clear();
    pthread_t thread[4];
    for (int i = 0; i < 4; i++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, refuse_often, name[i]), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    bool one = false;
    for (int i = 0; i < 4; i++) {
        char whole[256];
        snprintf(whole, sizeof whole, "%s says no.", name[i]);
        one = one || strcmp(refusal(), whole) == 0;
    }
    CU_ASSERT(one);
}

static void todo_names_the_function_and_the_file(void) {
    char text[512];
    words_clear();
    todo("heat_omp", "labs/09-heat/omp.c");
    CU_ASSERT(todo_reached());
    CU_ASSERT(todo_agree(MPI_COMM_NULL));
    CU_ASSERT_PTR_NULL(refusal());
    todo_sentence(text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "heat_omp is not written yet"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "labs/09-heat/omp.c"));
}

// What say() writes on stderr while `speaks` holds.
static void said(bool speaks, char *text, size_t cap) {
    int ends[2];
    CU_ASSERT_EQUAL_FATAL(pipe(ends), 0);
    fflush(stderr);
    const int kept = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    set_speaker(speaks);
    say("%d points are left", 3);
    fflush(stderr);
    set_speaker(true);
    dup2(kept, STDERR_FILENO);
    close(kept);
    const ssize_t got = read(ends[0], text, cap - 1);
    text[got > 0 ? got : 0] = '\0';
    close(ends[0]);
}

static void talk_goes_to_stderr_after_the_name_of_the_program(void) {
    char text[256];
    said(true, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "say: 3 points are left\n");
}

static void ranks_that_are_no_speakers_are_silent(void) {
    char text[256];
    said(false, text, sizeof text);
    CU_ASSERT_STRING_EQUAL(text, "");
}

static const struct test tests[] = {TEST(nothing_is_refused_at_first),
                                    TEST(refuse_keeps_the_first_sentence_and_returns_false),
                                    TEST(a_very_long_refusal_is_cut_and_stays_text),
                                    TEST(threads_that_refuse_at_once_leave_one_whole_sentence),
                                    TEST(todo_names_the_function_and_the_file),
                                    TEST(talk_goes_to_stderr_after_the_name_of_the_program),
                                    TEST(ranks_that_are_no_speakers_are_silent),
                                    {0}};

int main(void) {
    return run_tests("say", tests, MPI_COMM_NULL);
}
