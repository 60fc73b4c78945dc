// SPDX-License-Identifier: MIT
// Tests of common/observe/omp: what a source says round a line, what TSan's log says, the words.

#include "../../common/observe/omp/words.h"
#include "files.h"
#include "runner.h"

static const char program[] = "int sum, *bins; // sum += 1\n"                     // 1
                              "void f(int n, struct s *s) {\n"                    // 2
                              "    int least = 9, j;\n"                           // 3
                              "#pragma omp parallel private(j)\n"                 // 4
                              "    {\n"                                           // 5
                              "#pragma omp for nowait \\\n"                       // 6
                              "    schedule(static)\n"                            // 7
                              "        for (int i = 0; i < n; i++)\n"             // 8
                              "            if (s->at[i].x < least)\n"             // 9
                              "                least = s->at[i].x;\n"             // 10
                              "#pragma omp critical(name)\n"                      // 11
                              "        sum = sum + 1;\n"                          // 12
                              "#pragma omp barrier\n"                             // 13
                              "        bins[sum % 3] <<= 2, s->count++;\n"        // 14
                              "        char *text = \"sum = 3\"; /* sum = 4 */\n" // 15
                              "        do { j = n; } while (n > 3);\n"            // 16
                              "    }\n"                                           // 17
                              "    sum = n == 2;\n"                               // 18
                              "}\n";

static struct source source;

static bool write_file(const char *name, const char *text) {
    FILE *file = fopen(files_path(name), "w");
    return file && fputs(text, file) >= 0 && fclose(file) == 0;
}

static void read_program(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(write_file("p.c", program));
    CU_ASSERT_FATAL(source_read(&source, files_path("p.c")));
}

static void done(void) {
    source_free(&source);
    files_end();
}

static void a_line_is_in_the_constructs_round_it(void) {
    read_program();
    const struct construct *c = source_around(&source, 10, "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    CU_ASSERT_STRING_EQUAL(c->name, "for");
    CU_ASSERT_PTR_NOT_NULL(strstr(c->clauses, "nowait"));
    CU_ASSERT_PTR_NOT_NULL(strstr(c->clauses, "schedule(static)"));
    CU_ASSERT_EQUAL(c->line, 6);
    CU_ASSERT_EQUAL(c->first, 8);
    CU_ASSERT_EQUAL(c->last, 10);
    c = source_around(&source, 12, "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    CU_ASSERT_STRING_EQUAL(c->name, "critical");
    c = source_around(&source, 14, "");
    CU_ASSERT_PTR_NOT_NULL_FATAL(c);
    CU_ASSERT_STRING_EQUAL(c->name, "parallel");
    CU_ASSERT_EQUAL(c->last, 17);
    CU_ASSERT_PTR_NULL(source_around(&source, 18, ""));
    CU_ASSERT_PTR_NULL(source_around(&source, 12, "for"));
    done();
}

static void assignments_are_told_from_comparisons(void) {
    struct assigned a[ASSIGNED_MOST];
    read_program();
    CU_ASSERT_EQUAL(source_assigned(&source, 1, a), 0);        // a comment
    CU_ASSERT_EQUAL_FATAL(source_assigned(&source, 10, a), 2); // it begins in the loop's head
    CU_ASSERT_STRING_EQUAL(a[0].name, "i");
    CU_ASSERT_STRING_EQUAL(a[1].name, "least");
    CU_ASSERT_TRUE(a[1].least);
    CU_ASSERT_EQUAL_FATAL(source_assigned(&source, 12, a), 1);
    CU_ASSERT_STRING_EQUAL(a[0].name, "sum");
    CU_ASSERT_EQUAL(a[0].how, '+');
    CU_ASSERT_EQUAL_FATAL(source_assigned(&source, 14, a), 2);
    CU_ASSERT_STRING_EQUAL(a[0].name, "bins");
    CU_ASSERT_TRUE(a[0].element);
    CU_ASSERT_EQUAL(a[0].how, '<');
    CU_ASSERT_STRING_EQUAL(a[1].name, "s->count");
    CU_ASSERT_EQUAL_FATAL(source_assigned(&source, 15, a), 1);
    CU_ASSERT_STRING_EQUAL(a[0].name, "text");
    CU_ASSERT_EQUAL_FATAL(source_assigned(&source, 18, a), 1);
    CU_ASSERT_STRING_EQUAL(a[0].name, "sum");
    CU_ASSERT_EQUAL(a[0].how, '=');
    CU_ASSERT_EQUAL(source_assigned(&source, 99, a), 0);
    done();
}

static void a_declared_name_belongs_to_its_thread(void) {
    read_program();
    CU_ASSERT_TRUE(source_declares(&source, 4, 17, "i"));
    CU_ASSERT_TRUE(source_declares(&source, 4, 17, "text"));
    CU_ASSERT_FALSE(source_declares(&source, 4, 17, "least"));
    CU_ASSERT_FALSE(source_declares(&source, 4, 17, "sum"));
    done();
}

static const char tsan_log[] =
    "==================\n"
    "WARNING: ThreadSanitizer: data race (pid=7)\n"
    "  Read of size 4 at 0x7ffd by thread T1 (mutexes: write M1):\n"
    "    #0 memcpy ../libsanitizer/x.inc:827 (libtsan.so.2+0x1)\n"
    "    #1 f._omp_fn.0 /home/me/p.c:9 (a.out+0x24c8)\n"
    "    #2 region /kit/observe/race/team.c:54 (a.out+0x6a)\n"
    "\n"
    "  Previous atomic write of size 4 at 0x7ffd by main thread:\n"
    "    #0 f._omp_fn.0 /home/me/p.c:10:7 (a.out+0x24df) (BuildId: 12ab)\n"
    "\n"
    "  Location is global 'least' of size 4 at 0x7ffd (a.out+0xb180)\n"
    "\n"
    "  Mutex M1 (0x7ffc) created at:\n"
    "    #0 main /home/me/p.c:3 (a.out+0x1)\n"
    "\n"
    "SUMMARY: ThreadSanitizer: data race /home/me/p.c:9 in f._omp_fn.0\n"
    "==================\n"
    "==================\n"
    "WARNING: ThreadSanitizer: unlock of an unlocked mutex (or by a wrong thread) (pid=7)\n"
    "    #0 __tsan_mutex_pre_unlock ../x.cpp:390 (libtsan.so.2+0x7)\n"
    "    #1 omp_unset_lock /kit/observe/race/lock.c:92 (a.out+0x4147)\n"
    "    #2 main /home/me/p.c:18 (a.out+0x3410)\n"
    "\n"
    "SUMMARY: ThreadSanitizer: unlock of an unlocked mutex /kit/observe/race/lock.c:92\n"
    "WARNING: ThreadSanitizer: data race (pid=7)\n" // of which nothing lies in the program
    "  Write of size 4 at 0x7ffd by thread T1:\n"
    "    #0 other /usr/lib/y.c:9 (liby.so+0x24c8)\n"
    "SUMMARY: ThreadSanitizer: data race\n"
    "WARNING: ThreadSanitizer: data race (pid=7)\n" // cut off
    "  Write of size 4 at 0x7ffd by thread T1:\n"
    "    #0 main /home/me/p.c";

static void a_log_is_read(void) {
    struct reports reports = {0};
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(write_file("log", tsan_log));
    const struct reports_of of = {.program = "a.out", .own = "/observe/race/"};
    CU_ASSERT_FALSE(reports_read(&reports, NULL, &of));
    CU_ASSERT_TRUE(reports_read(&reports, fopen(files_path("log"), "r"), &of));
    CU_ASSERT_EQUAL_FATAL(reports.count, 2);
    const struct report *r = &reports.at[0];
    CU_ASSERT_STRING_EQUAL(r->kind, "data race");
    CU_ASSERT_STRING_EQUAL(r->variable, "least");
    CU_ASSERT_EQUAL_FATAL(r->count, 2);
    CU_ASSERT_EQUAL(r->sights[0].line, 9);
    CU_ASSERT_STRING_EQUAL(r->sights[0].file, "/home/me/p.c");
    CU_ASSERT_TRUE(r->sights[0].locked);
    CU_ASSERT_FALSE(r->sights[0].writes);
    CU_ASSERT_EQUAL(r->sights[1].line, 10);
    CU_ASSERT_TRUE(r->sights[1].writes);
    CU_ASSERT_TRUE(r->sights[1].atomic);
    CU_ASSERT_EQUAL_FATAL(reports.at[1].count, 1);
    CU_ASSERT_EQUAL(reports.at[1].sights[0].line, 18);
    reports_free(&reports);
    files_end();
}

static void what_mpi_does_is_told_by_the_lanes_own_frames(void) {
    static const char log[] = "WARNING: ThreadSanitizer: data race (pid=7)\n"
                              "  Write of size 8 at 0x7ffd by thread T1:\n"
                              "    #0 main._omp_fn.0 /home/me/p.c:14 (a.out+0x1)\n"
                              "\n"
                              "  Previous read of size 8 at 0x7ffd by thread T4:\n"
                              "    #0 touch /kit/observe/race/message.c:7 (a.out+0x2)\n"
                              "    #1 race_by_message /kit/observe/race/message.c:9 (a.out+0x2)\n"
                              "    #2 main /home/me/p.c:10 (a.out+0x3)\n"
                              "\n"
                              "SUMMARY: ThreadSanitizer: data race\n";
    struct reports reports = {0};
    struct evidence e = {.kind = "race"};
    read_program();
    CU_ASSERT_FATAL(write_file("log", log));
    const struct reports_of of = {.program = "a.out", .own = "/observe/race/"};
    CU_ASSERT_TRUE(reports_read(&reports, fopen(files_path("log"), "r"), &of));
    CU_ASSERT_EQUAL_FATAL(reports.count, 1);
    CU_ASSERT_EQUAL(reports.at[0].sights[0].by, BY_PROGRAM);
    CU_ASSERT_EQUAL(reports.at[0].sights[1].by, BY_MESSAGE);
    CU_ASSERT_TRUE(race_say(&reports.at[0], &source, &e));
    CU_ASSERT_STRING_EQUAL(e.kind, "misuse");
    CU_ASSERT_EQUAL(e.line, 14);
    CU_ASSERT_EQUAL(e.other, 10);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "while the send of p.c:10 may still read it"));
    reports_free(&reports);
    done();
}

static void what_a_rank_does_to_anothers_window_is_told(void) {
    static const char log[] = "WARNING: ThreadSanitizer: data race (pid=7)\n"
                              "  Write of size 8 at 0x7ffd by thread T4:\n"
                              "    #0 memory_touch /kit/observe/race/message.c:7 (a.out+0x2)\n"
                              "    #1 race_by_rank /kit/observe/race/message.c:9 (a.out+0x2)\n"
                              "    #2 main /home/me/p.c:10 (a.out+0x3)\n"
                              "\n"
                              "  Previous read of size 8 at 0x7ffd by main thread:\n"
                              "    #0 main /home/me/p.c:14 (a.out+0x1)\n"
                              "\n"
                              "  Location is global 'halo' of size 8 at 0x7ffd (a.out+0x4)\n"
                              "\n"
                              "SUMMARY: ThreadSanitizer: data race\n";
    struct reports reports = {0};
    struct evidence e = {.kind = "race"};
    read_program();
    CU_ASSERT_FATAL(write_file("log", log));
    const struct reports_of of = {.program = "a.out", .own = "/observe/race/"};
    CU_ASSERT_TRUE(reports_read(&reports, fopen(files_path("log"), "r"), &of));
    CU_ASSERT_EQUAL_FATAL(reports.count, 1);
    CU_ASSERT_EQUAL(reports.at[0].sights[0].by, BY_RANK);
    CU_ASSERT_TRUE(race_say(&reports.at[0], &source, &e));
    CU_ASSERT_STRING_EQUAL(e.kind, "misuse");
    CU_ASSERT_STRING_EQUAL(e.variable, "halo");
    CU_ASSERT_EQUAL(e.line, 14);
    CU_ASSERT_EQUAL(e.other, 10);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.text, "while the remote access of p.c:10 may still write to"));
    CU_ASSERT_PTR_NOT_NULL(strstr(e.advice, "MPI_Win_fence"));
    reports_free(&reports);
    done();
}

static void race(int first, int second, bool both, const char *mends, const char *name) {
    struct report r = {.kind = "data race", .count = 2};
    struct evidence e = {.kind = "race"};
    r.sights[0] = (struct sight){.file = "/x/p.c", .line = first, .writes = true};
    r.sights[1] = (struct sight){.file = "/x/p.c", .line = second, .writes = both};
    CU_ASSERT_TRUE(race_say(&r, &source, &e));
    test_note("%s %s", e.text, e.advice);
    CU_ASSERT_STRING_EQUAL(e.variable, name);
    CU_ASSERT_EQUAL(e.line, first);
    CU_ASSERT_EQUAL(e.other, second);
    CU_ASSERT_PTR_NOT_NULL(strstr(e.advice, mends));
}

static void a_race_is_said_with_what_mends_it(void) {
    read_program();
    race(10, 9, false, "reduction(min:least)", "least");
    race(14, 14, true, "#pragma omp atomic", "s->count");
    race(12, 14, false, "Put line 14 under the same one", "sum");
    race(10, 14, false, "take nowait away", "least");
    done();
}

static const struct test tests[] = {
    TEST(a_line_is_in_the_constructs_round_it),
    TEST(assignments_are_told_from_comparisons),
    TEST(a_declared_name_belongs_to_its_thread),
    TEST(a_log_is_read),
    TEST(what_mpi_does_is_told_by_the_lanes_own_frames),
    TEST(what_a_rank_does_to_anothers_window_is_told),
    TEST(a_race_is_said_with_what_mends_it),
    {0},
};

int main(void) {
    return run_tests("races", tests, MPI_COMM_NULL);
}
