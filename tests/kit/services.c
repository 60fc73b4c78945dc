// SPDX-License-Identifier: MIT
// Tests of common/judge/services.c: programs beside the cases, with shell scripts in their place.

#include "services.h"
#include "records.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[64], verifier[96], cases[96], dir[96], text[1024], told[4096];
static struct services services;

static void script(const char *path, const char *lines) {
    FILE *const file = fopen(path, "we");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "#!/bin/sh\n%s\n", lines);
    fclose(file);
    CU_ASSERT_EQUAL(chmod(path, 0755), 0);
}

// Wants `helper` beside cases 3 and 4, with words of each its own; more: what else a line says.
static void want(const char *words, const char *more) {
    FILE *const file = fopen(cases, "we");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    for (int id = 3; id < 5; id++)
        fprintf(file,
                "{\"v\":1,\"kind\":\"service\",\"id\":%d,\"name\":\"helper\",\"words\":\"%s\"%s}\n",
                id,
                *words    ? words
                : id == 3 ? "--n 30"
                          : "--n 40",
                more);
    fclose(file);
}

// A kit whose verifier wants `helper` beside cases 3 and 4.
static void begin(const char *helper) {
    char path[128];
    snprintf(root, sizeof root, "/tmp/twofold-services-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(root));
    snprintf(path, sizeof path, "%s/build", root);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/build/bin", root);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/build/bin/helper", root);
    script(path, helper);
    snprintf(verifier, sizeof verifier, "%s/verifier", root);
    script(verifier, "[ \"$1 $2\" = '--services --cases' ] && cat \"$3\"");
    snprintf(dir, sizeof dir, "%s/s", root);
    snprintf(cases, sizeof cases, "%s/cases", root);
    want("", "");
    *told = '\0';
}

static void end(void) {
    char command[96];
    CU_ASSERT_NOT_EQUAL(access(dir, F_OK), 0); // nothing is left of it
    snprintf(command, sizeof command, "rm -rf '%s'", root);
    CU_ASSERT_EQUAL(system(command), 0);
}

static bool start(void) {
    const bool good = services_start(&services, root, verifier, cases, dir, text, sizeof text);
    if (!good)
        test_note("%s", text);
    return good;
}

static void keep(size_t id, const char *line, void *user) {
    (void)user;
    snprintf(told + strlen(told), sizeof told - strlen(told), "%zu %s\n", id, line);
}

static void first_line_of(int id, char *line, size_t cap) {
    char path[128];
    snprintf(path, sizeof path, "%s/%d.ready", dir, id);
    FILE *const file = fopen(path, "re");
    *line = '\0';
    CU_ASSERT(file && fgets(line, (int)cap, file));
    if (file)
        fclose(file);
}

static void each_case_gets_a_service_of_its_own(void) {
    char line[256], wanted[256];
    begin("echo ready $*; cat >/dev/null; echo between; echo '{\"v\":1,\"requests\":'$2'}'");
    CU_ASSERT_FATAL(start());
    CU_ASSERT_EQUAL(services.count, 2);
    for (int id = 3; id < 5; id++) {
        first_line_of(id, line, sizeof line);
        snprintf(wanted, sizeof wanted, "ready --n %d --listen unix:%s/%d.socket\n", 10 * id, dir,
                 id);
        CU_ASSERT_STRING_EQUAL(line, wanted);
    }
    services_stop(&services, keep, NULL);
    CU_ASSERT_STRING_EQUAL(told, "3 {\"v\":1,\"requests\":30}\n4 {\"v\":1,\"requests\":40}\n");
    end();
}

static void cases_with_the_same_words_share_one_if_they_may(void) {
    char first[256], second[256];
    begin("echo ready $$; cat >/dev/null; echo '{\"v\":1,\"requests\":2}'");
    want("--n 5", ",\"shared\":true");
    CU_ASSERT_FATAL(start());
    first_line_of(3, first, sizeof first);
    first_line_of(4, second, sizeof second);
    CU_ASSERT_STRING_EQUAL(first, second);
    services_stop(&services, keep, NULL);
    CU_ASSERT_STRING_EQUAL(told, ""); // nobody knows whose requests these were
    want("--n 5", ",\"shared\":false");
    CU_ASSERT_FATAL(start());
    first_line_of(3, first, sizeof first);
    first_line_of(4, second, sizeof second);
    CU_ASSERT_STRING_NOT_EQUAL(first, second);
    services_stop(&services, keep, NULL);
    end();
}

static void with_other_words_there_is_nothing_to_share(void) {
    begin("echo ready; cat >/dev/null; echo '{\"v\":1,\"requests\":'$2'}'");
    want("", ",\"shared\":true");
    CU_ASSERT_FATAL(start());
    services_stop(&services, keep, NULL);
    CU_ASSERT_STRING_EQUAL(told, "3 {\"v\":1,\"requests\":30}\n4 {\"v\":1,\"requests\":40}\n");
    end();
}

static void a_case_that_can_do_without_runs_without_one_that_is_not_built(void) {
    char path[128];
    begin("exit 3");
    snprintf(path, sizeof path, "%s/build/bin/helper", root);
    unlink(path);
    want("", ",\"optional\":true");
    CU_ASSERT(start());
    snprintf(path, sizeof path, "%s/3.ready", dir);
    CU_ASSERT_NOT_EQUAL(access(path, F_OK), 0); // so the lab sees that there is none
    services_stop(&services, keep, NULL);
    CU_ASSERT_STRING_EQUAL(told, "");
    end();
}

static void no_case_wants_one(void) {
    begin("echo ready");
    CU_ASSERT_EQUAL(truncate(cases, 0), 0);
    CU_ASSERT(start());
    CU_ASSERT_EQUAL(services.count, 0);
    CU_ASSERT_STRING_EQUAL(services.dir, "");
    services_stop(&services, keep, NULL);
    end();
}

static void one_that_does_not_start_is_named(void) {
    begin("exit 3");
    CU_ASSERT_FALSE(start());
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "helper, which case 3 needs beside it, did not start"));
    end();
}

static void one_that_is_not_built_is_named(void) {
    char path[128];
    begin("exit 3");
    snprintf(path, sizeof path, "%s/build/bin/helper", root);
    unlink(path);
    CU_ASSERT_FALSE(start());
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "build/bin/helper"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "cannot be started"));
    end();
}

static void a_verifier_that_does_not_answer_is_named(void) {
    begin("echo ready");
    script(verifier, "exit 2");
    CU_ASSERT_FALSE(start());
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "does not say what its cases need"));
    end();
}

static void one_that_is_deaf_is_killed(void) {
    begin("echo ready; trap '' TERM; exec sleep 3600");
    CU_ASSERT_FATAL(start());
    services_stop(&services, keep, NULL);
    CU_ASSERT_STRING_EQUAL(told, "");
    end();
}

static void what_it_counted_is_asked_by_name(void) {
    const struct record seen = {.witness = "{\"v\":1,\"requests\":24,\"peak\":8}"}, none = {0};
    CU_ASSERT_EQUAL(record_witness(&seen, "peak"), 8);
    CU_ASSERT_EQUAL(record_witness(&seen, "nosuch"), -1);
    CU_ASSERT_EQUAL(record_witness(&none, "peak"), -1);
}

static const struct test tests[] = {
    TEST(each_case_gets_a_service_of_its_own),
    TEST(cases_with_the_same_words_share_one_if_they_may),
    TEST(with_other_words_there_is_nothing_to_share),
    TEST(a_case_that_can_do_without_runs_without_one_that_is_not_built),
    TEST(no_case_wants_one),
    TEST(one_that_does_not_start_is_named),
    TEST(one_that_is_not_built_is_named),
    TEST(a_verifier_that_does_not_answer_is_named),
    TEST(one_that_is_deaf_is_killed),
    TEST(what_it_counted_is_asked_by_name),
    {0}};

int main(void) {
    return run_tests("services", tests, MPI_COMM_NULL);
}
