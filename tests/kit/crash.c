// SPDX-License-Identifier: MIT
// Tests of common/judge/crash.c and source.c, with common/kit/lastwords.c at the other end: the line
// of source where a program died.

#include "crash.h"
#include "files.h"
#include "process.h"
#include "runner.h"
#include "source.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char toy[] = "build/tests/bin/toy", toy_source[] = "tests/kit/toy/lab.c";
static char line[CRASH_CAP], path[PATH_MAX + 16];

// The first words that a run of this version left; NULL: none.
static const char *words_of(const char *version) {
    struct command command = {0};
    struct outcome o;
    command_add_all(&command,
                    (char *[]){(char *)toy, "--version", (char *)version, "--last-words", path,
                               "--workers", strcmp(version, "beyond") ? "2" : "1", NULL});
    process_run(&command, &(struct how){.seconds = 20, .capture_out = true, .capture_err = true},
                &o);
    test_note("%s: %s; %.200s", version, o.text, o.err);
    const bool died = o.signal == SIGSEGV;
    outcome_free(&o);
    command_free(&command);
    return crash_take(path, line, sizeof line) && died ? line : NULL;
}

static void begin(void) {
    CU_ASSERT_FATAL(files_begin());
    snprintf(path, sizeof path, "%s/last", files_dir);
}

static void a_crash_has_a_line_of_source(void) {
    static struct place places[PLACES_MAX];
    struct crash crash;
    char text[160];
    begin();
    CU_ASSERT_FATAL(words_of("stray") != NULL);
    CU_ASSERT_FATAL(crash_read(line, &crash));
    CU_ASSERT_EQUAL(crash.signal, SIGSEGV);
    CU_ASSERT_EQUAL(crash.rank, 0);
    const int count = crash_places(toy, &crash, NULL, NULL, places, PLACES_MAX);
    if (!process_find("addr2line", NULL, 0)) {
        CU_ASSERT_EQUAL(count, 0);
    } else {
        const int want = source_find(toy_source, "nowhere", false, text, sizeof text) + 3;
        CU_ASSERT_FATAL(count > 0);
        test_note("%s:%d in %s, and not line %d", places[0].file, places[0].line,
                  places[0].function, want);
        CU_ASSERT_PTR_NOT_NULL(strstr(places[0].file, "toy/lab.c"));
        CU_ASSERT_EQUAL(places[0].line, want);
        CU_ASSERT_STRING_EQUAL(places[0].function, "stray");
    }
    files_end();
}

// The call is the last thing that its function does: it must be on the stack all the same.
static void a_call_of_mpi_that_failed_has_its_line(void) {
    static struct place places[PLACES_MAX];
    struct crash crash;
    char text[160];
    begin();
    words_of("beyond"); // by one rank, without mpirun
    CU_ASSERT_FATAL(crash_read(line, &crash));
    CU_ASSERT_EQUAL(crash.signal, 0);
    CU_ASSERT_STRING_EQUAL(crash.call, "MPI_Send");
    CU_ASSERT_PTR_NOT_NULL(strstr(crash.text, "RANK"));
    const int count = crash_places(toy, &crash, NULL, NULL, places, PLACES_MAX);
    const int want = source_find(toy_source, "MPI_Send", true, text, sizeof text);
    bool found = false;
    for (int i = 0; i < count; i++)
        found = found || (!strcmp(places[i].function, "beyond") && places[i].line == want &&
                          strstr(places[i].file, "toy/lab.c"));
    CU_ASSERT(found || !process_find("addr2line", NULL, 0));
    files_end();
}

static void who_ends_in_order_leaves_no_words(void) {
    begin();
    CU_ASSERT_PTR_NULL(words_of("omp"));
    CU_ASSERT_PTR_NULL(words_of("crash")); // the signal's handler was taken away
    files_end();
}

static bool takes(const char *text, size_t size) {
    FILE *const file = fopen(path, "we");
    const bool written = file && fwrite(text, 1, size, file) == size;
    if (file)
        fclose(file);
    CU_ASSERT(written);
    return crash_take(path, line, sizeof line);
}

static void a_file_of_a_stranger_is_read_with_care(void) {
    static char large[1 << 16];
    begin();
    memset(large, 'x', sizeof large);
    CU_ASSERT(takes("one\ntwo\n", 8));
    CU_ASSERT_STRING_EQUAL(line, "one");
    CU_ASSERT(!takes("torn", 4));
    CU_ASSERT(!takes("", 0));
    CU_ASSERT(!takes("a\0b\n", 4));
    CU_ASSERT(!takes(large, sizeof large));
    unlink(path);
    CU_ASSERT(!crash_take(path, line, sizeof line));
    CU_ASSERT_EQUAL(symlink("/etc/passwd", path), 0);
    CU_ASSERT(!crash_take(path, line, sizeof line));
    unlink(path);
    CU_ASSERT_EQUAL(mkfifo(path, 0600), 0);
    CU_ASSERT(!crash_take(path, line, sizeof line)); // and does not wait
    files_end();
}

static void only_last_words_are_read_as_such(void) {
    struct crash crash;
    CU_ASSERT(
        crash_read("{\"v\":1,\"kind\":\"crash\",\"rank\":2,\"signal\":0,\"call\":\"MPI_Recv\","
                   "\"text\":\"MPI_ERR_TAG: ..\",\"at\":\"0x1a 0x2b\"}",
                   &crash));
    CU_ASSERT_STRING_EQUAL(crash.call, "MPI_Recv");
    CU_ASSERT(!crash_read("{\"v\":1,\"kind\":\"race\",\"rank\":2,\"signal\":0,\"call\":\"\","
                          "\"text\":\"\",\"at\":\"0x1a\"}",
                          &crash));
    CU_ASSERT(!crash_read("{\"v\":1,\"kind\":\"crash\",\"rank\":2,\"signal\":11,\"call\":\"\","
                          "\"text\":\"\",\"at\":\"-e /bin/true\"}",
                          &crash)); // no option for addr2line
    CU_ASSERT(!crash_read("{\"v\":1,\"kind\":\"crash\",\"rank\":-1,\"signal\":11,\"call\":\"\","
                          "\"text\":\"\",\"at\":\"0x1\"}",
                          &crash));
    CU_ASSERT(!crash_read("", &crash));
}

static void a_name_is_found_where_it_is_called(void) {
    static const char text[] = "int helper(int);\n// helper(1)\nint f(void) {\n    my_helper(2);\n"
                               "    return helper (3); // so\n}\n";
    char found[64];
    begin();
    takes(text, sizeof text - 1);
    CU_ASSERT_EQUAL(source_find(path, "helper", false, found, sizeof found), 1);
    CU_ASSERT_EQUAL(source_find(path, "helper", true, found, sizeof found), 5);
    CU_ASSERT_STRING_EQUAL(found, "return helper (3); // so");
    CU_ASSERT_EQUAL(source_find(path, "help", true, found, sizeof found), 0);
    CU_ASSERT_STRING_EQUAL(found, "");
    CU_ASSERT_EQUAL(source_find("/nosuch", "helper", true, found, sizeof found), 0);
    source_line(path, 4, found, sizeof found);
    CU_ASSERT_STRING_EQUAL(found, "my_helper(2);");
    source_line(path, 40, found, sizeof found);
    CU_ASSERT_STRING_EQUAL(found, "");
    files_end();
}

static const struct test tests[] = {TEST(a_crash_has_a_line_of_source),
                                    TEST(a_call_of_mpi_that_failed_has_its_line),
                                    TEST(who_ends_in_order_leaves_no_words),
                                    TEST(a_file_of_a_stranger_is_read_with_care),
                                    TEST(only_last_words_are_read_as_such),
                                    TEST(a_name_is_found_where_it_is_called),
                                    {0}};

int main(void) {
    return run_tests("crash", tests, MPI_COMM_NULL);
}
