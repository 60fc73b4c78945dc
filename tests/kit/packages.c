// SPDX-License-Identifier: MIT
// Tests of what is missing for which part of the kit (common/cli/doctor/packages.c), on made-up roots
// whose PATH holds what the test puts there, and of the kit's own table.

#include "../../common/cli/doctor/packages.h"
#include "files.h"
#include "runner.h"

#include <sys/stat.h>

static struct packages packages;
static char line[1024];

// A root with this table; PATH leads to its bin, which holds the programs named, with blanks between.
static bool made(const char *table, const char *programs) {
    char command[700];
    if (!files_begin())
        return false;
    snprintf(
        command, sizeof command,
        "cd '%s' && mkdir -p bin common/cli && for p in %s; do printf '#!/bin/sh\n' >bin/$p && "
        "chmod 755 bin/$p; done",
        files_dir, programs);
    if (system(command) != 0 || !files_write("common/cli/packages.txt", table))
        return false;
    static char path[300];
    snprintf(path, sizeof path, "%s/bin", files_dir);
    setenv("PATH", path, 1);
    const bool read = packages_read(files_dir, &packages);
    return read;
}

static void ended(const char *path) {
    setenv("PATH", path, 1);
    files_end();
}

static const char *install(const char *part, bool must) {
    packages_install_line(&packages, part, must, line, sizeof line);
    return line;
}

static const char table[] =
    "# a comment\n"
    "demo must nosuch-cc  gcc   fgcc  agcc  sgcc  labs         the compiler\n"
    "demo may  nosuch/a.h liba  fliba aliba sliba labs,judge   pictures\n"
    "test may  nosuch-box box   fbox  -     sbox  judge,tests  the box\n"
    "test may  nosuch-two box   fbox  -     sbox  judge        its other half\n"
    "more may  here       herep h     h     h     cluster      what is here\n";

static void each_part_is_told_what_it_lacks(void) {
    char *const path = strdup(getenv("PATH"));
    CU_ASSERT(made(table, "here apt-get"));
    const char *const sudo = geteuid() == 0 ? "" : "sudo ";
    char want[200];
    snprintf(want, sizeof want, "%sapt-get install gcc", sudo);
    CU_ASSERT_STRING_EQUAL(install("labs", true), want);
    snprintf(want, sizeof want, "%sapt-get install liba", sudo);
    CU_ASSERT_STRING_EQUAL(install("labs", false), want);
    snprintf(want, sizeof want, "%sapt-get install liba box", sudo); // a package once
    CU_ASSERT_STRING_EQUAL(install("judge", false), want);
    snprintf(want, sizeof want, "%sapt-get install box", sudo);
    CU_ASSERT_STRING_EQUAL(install("tests", false), want);
    CU_ASSERT_STRING_EQUAL(install("cluster", false), ""); // it is here
    CU_ASSERT_STRING_EQUAL(install("test", false), "");    // a part is a whole word
    CU_ASSERT_STRING_EQUAL(install("judge", true), "");
    CU_ASSERT(package_is_missing(&packages.at[2], "tests", false));
    CU_ASSERT(!package_is_missing(&packages.at[2], "tests", true));
    CU_ASSERT(!package_is_missing(&packages.at[4], "cluster", false));
    ended(path);
    free(path);
}

static void the_line_is_that_of_the_system(void) {
    static const struct {
        const char *program, *want;
    } systems[] = {{"dnf", "dnf install fliba fbox"},
                   {"yum", "yum install fliba fbox"},
                   {"pacman", "pacman -S --needed aliba"}, // which has no box
                   {"zypper", "zypper install sliba sbox"},
                   {"here", "install what Debian calls liba box"}};
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        char *const path = strdup(getenv("PATH"));
        CU_ASSERT(made(table, systems[i].program));
        const char *const said = install("judge", false);
        CU_ASSERT_STRING_EQUAL(said + (strncmp(said, "sudo ", 5) ? 0 : 5), systems[i].want);
        ended(path);
        free(path);
    }
}

static void a_root_without_the_table_is_refused(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(!packages_read(files_dir, &packages));
    files_end();
}

static void every_need_of_the_kit_has_its_parts(void) {
    static const char *const parts[] = {"labs",    "judge", "observer", "classes",
                                        "cluster", "pages", "tests"};
    int wanted[sizeof parts / sizeof *parts] = {0};
    CU_ASSERT_FATAL(packages_read(".", &packages));
    for (int i = 0; i < packages.count; i++) {
        struct package p = packages.at[i];
        p.there = false;
        int of = 0, commas = 0;
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
            if (package_is_missing(&p, parts[part], p.must))
                of++, wanted[part]++;
        for (const char *c = p.parts; *c; c++)
            commas += *c == ',';
        if (of != commas + 1)
            fprintf(stderr, "# %s: %s\n", p.probe, p.parts);
        CU_ASSERT_EQUAL(of, commas + 1);
        CU_ASSERT(!p.must || strcmp(p.parts, "labs") == 0); // as doctor says of a must
    }
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++)
        CU_ASSERT(wanted[part] > 0);
}

static const struct test tests[] = {TEST(each_part_is_told_what_it_lacks),
                                    TEST(the_line_is_that_of_the_system),
                                    TEST(a_root_without_the_table_is_refused),
                                    TEST(every_need_of_the_kit_has_its_parts),
                                    {0}};

int main(void) {
    return run_tests("packages", tests, MPI_COMM_NULL);
}
