// SPDX-License-Identifier: MIT
// Tests of common/judge/labs.c and nearest.h.

#include "labs.h"
#include "files.h"
#include "nearest.h"
#include "runner.h"

#include <sys/stat.h>

static const struct labs two = {.count = 2,
                                .at = {{.number = 8, .name = "mandelbrot", .dir = "08-mandelbrot"},
                                       {.number = 9, .name = "heat", .dir = "09-heat"}}};
static char text[2048];

static void a_lab_is_found_however_it_is_written(void) {
    static const char *const ways[] = {"heat",         "09-heat",       "9",       "09",
                                       "labs/09-heat", "labs/09-heat/", "09-heat/"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        CU_ASSERT_EQUAL(labs_find(&two, ways[i], text, sizeof text), 1);
    CU_ASSERT_EQUAL(labs_find(&two, "8", text, sizeof text), 0);
}

static void an_unknown_lab_is_answered_with_the_nearest_and_the_list(void) {
    static const char *const bad[] = {"", "hat", "10", "heat2x", "/", "labs/", "09-", "..", "-9"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT_EQUAL(labs_find(&two, bad[i], text, sizeof text), -1);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, "mandelbrot, heat"));
    }
    labs_find(&two, "hat", text, sizeof text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "did you mean heat?"));
}

static void a_word_as_long_as_one_likes_does_no_harm(void) {
    char word[2000];
    memset(word, '9', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    CU_ASSERT_EQUAL(labs_find(&two, word, text, sizeof text), -1);
}

static void mistyped_names_are_guessed_and_others_not(void) {
    static const char *const names[] = {"run", "contrast", "list", "doctor"};
    static const struct {
        const char *word, *guess;
    } words[] = {{"rnu", "run"},
                 {"contrats", "contrast"},
                 {"docter", "doctor"},
                 {"lst", "list"},
                 {"con", "contrast"},
                 {"zzz", NULL},
                 {"", NULL},
                 {"x", NULL},
                 {"contrastcontrast", "contrast"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *guess = nearest(words[i].word, names, 4);
        if (!words[i].guess)
            CU_ASSERT_PTR_NULL(guess);
        if (words[i].guess)
            CU_ASSERT(guess && !strcmp(guess, words[i].guess));
    }
}

static void a_description_is_read_line_by_line(void) {
    struct lab_about about;
    CU_ASSERT_FATAL(lab_parse("{\"v\":1,\"kind\":\"lab\",\"name\":\"toy\",\"title\":\"T\","
                              "\"bound\":\"memory\",\"unit\":\"cells\",\"bytes_per_unit\":24}\n"
                              "noise\n"
                              "{\"v\":1,\"kind\":\"param\",\"name\":\"n\",\"value\":\"5\","
                              "\"what\":\"side\"}\n"
                              "{\"v\":1,\"kind\":\"version\",\"name\":\"omp\",\"run\":\"threads\","
                              "\"given\":false}\n"
                              "{\"v\":1,\"kind\":\"version\",\"name\":\"async\",\"run\":\"serial\","
                              "\"given\":true}\n",
                              &about));
    CU_ASSERT_STRING_EQUAL(about.name, "toy");
    CU_ASSERT_EQUAL(about.bytes_per_unit, 24);
    CU_ASSERT_EQUAL(about.params, 1);
    CU_ASSERT_EQUAL(about.versions, 2);
    CU_ASSERT(!about.version[0].given && about.version[1].given);
    CU_ASSERT_EQUAL(lab_version_index(&about, "async"), 1);
    CU_ASSERT_EQUAL(lab_version_index(&about, "mpi"), -1);
    CU_ASSERT_EQUAL(lab_param_index(&about, "n"), 0);
    CU_ASSERT_EQUAL(lab_param_index(&about, "m"), -1);
    CU_ASSERT(!lab_parse("", &about));
    CU_ASSERT(!lab_parse("hello\n", &about));
}

static void a_program_describes_itself(void) {
    struct lab_about about;
    CU_ASSERT_FATAL(lab_describe("build/tests/bin/toy", &about, text, sizeof text));
    CU_ASSERT_STRING_EQUAL(about.name, "toy");
    CU_ASSERT_EQUAL(about.params, 2);
    CU_ASSERT_EQUAL(lab_version_index(&about, "serial"), 0);
    CU_ASSERT(lab_run_needs_mpi(about.version[lab_version_index(&about, "hybrid")].run));
    CU_ASSERT(!lab_run_needs_mpi(about.version[lab_version_index(&about, "omp")].run));
}

static void a_program_that_does_not_describe_itself_is_named(void) {
    struct lab_about about;
    CU_ASSERT(!lab_describe("build/no/such/lab", &about, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "build/no/such/lab"));
    CU_ASSERT(!lab_describe("/bin/true", &about, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "/bin/true"));
}

static void labs_are_listed_by_number(void) {
    struct labs labs;
    static const char *const dirs[] = {"labs", "labs/12-scan", "labs/09-heat", "labs/notes"};
    CU_ASSERT_FATAL(files_begin());
    for (size_t i = 0; i < sizeof dirs / sizeof *dirs; i++)
        CU_ASSERT_EQUAL(mkdir(files_path(dirs[i]), 0777), 0);
    CU_ASSERT(files_write("labs/12-scan/lab.c", "") && files_write("labs/09-heat/lab.c", ""));
    CU_ASSERT_FATAL(labs_list(files_dir, &labs, text, sizeof text));
    CU_ASSERT_EQUAL_FATAL(labs.count, 2);
    CU_ASSERT_STRING_EQUAL(labs.at[0].name, "heat");
    CU_ASSERT_STRING_EQUAL(labs.at[1].dir, "12-scan");
    CU_ASSERT_EQUAL(labs.at[1].number, 12);
    unlink(files_path("labs/12-scan/lab.c"));
    unlink(files_path("labs/09-heat/lab.c"));
    for (size_t i = sizeof dirs / sizeof *dirs; i-- > 0;)
        rmdir(files_path(dirs[i]));
    CU_ASSERT(!labs_list(files_dir, &labs, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, files_dir));
    files_end();
}

static bool lists(const char *course) {
    static struct labs labs;
    char path[600], command[700];
    snprintf(command, sizeof command,
             "cd '%s' && mkdir -p kit/labs/09-heat kit/labs/12-scan && "
             "touch kit/labs/09-heat/lab.c kit/labs/12-scan/lab.c",
             files_dir);
    CU_ASSERT_FATAL(system(command) == 0);
    snprintf(path, sizeof path, "%s/%s", files_dir, course);
    setenv("TWOFOLD_COURSE", *course ? path : "", 1);
    snprintf(path, sizeof path, "%s/kit", files_dir);
    const bool listed = labs_list(path, &labs, text, sizeof text);
    unsetenv("TWOFOLD_COURSE");
    if (!listed)
        return false;
    snprintf(text, sizeof text, "%d", labs.count);
    for (int i = 0; i < labs.count; i++) {
        const struct lab_entry *const lab = &labs.at[i];
        snprintf(text + strlen(text), sizeof text - strlen(text), " %s %s", lab->name, lab->shown);
        snprintf(path, sizeof path, "%s/labs/%s/lab.c", lab->home, lab->dir);
        CU_ASSERT(access(path, R_OK) == 0);
        CU_ASSERT_EQUAL(labs_find(&labs, lab->shown, path, sizeof path), i);
    }
    return true;
}

static void labs_of_a_course_stand_beside_those_of_the_kit(void) {
    char command[600];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(lists(""));
    CU_ASSERT_STRING_EQUAL(text, "2 heat labs/09-heat scan labs/12-scan");
    snprintf(command, sizeof command,
             "cd '%s' && mkdir -p c/labs/10-sum c/labs/12-max e && "
             "touch c/labs/10-sum/lab.c c/labs/12-max/lab.c",
             files_dir);
    CU_ASSERT_FATAL(system(command) == 0);
    CU_ASSERT(lists("e")); // a course without labs of its own
    CU_ASSERT(lists("c"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "4 heat labs/09-heat sum /"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "/c/labs/10-sum max /"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "/c/labs/12-max scan labs/12-scan"));
    CU_ASSERT(!lists("nosuch"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "there is no course in"));
    snprintf(command, sizeof command, "cd '%s' && mv c/labs/10-sum c/labs/10-heat", files_dir);
    CU_ASSERT_FATAL(system(command) == 0);
    CU_ASSERT(!lists("c"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "c/labs/10-heat: give the course's lab another name"));
    files_end();
}

static const struct test tests[] = {TEST(a_lab_is_found_however_it_is_written),
                                    TEST(an_unknown_lab_is_answered_with_the_nearest_and_the_list),
                                    TEST(a_word_as_long_as_one_likes_does_no_harm),
                                    TEST(mistyped_names_are_guessed_and_others_not),
                                    TEST(a_description_is_read_line_by_line),
                                    TEST(a_program_describes_itself),
                                    TEST(a_program_that_does_not_describe_itself_is_named),
                                    TEST(labs_are_listed_by_number),
                                    TEST(labs_of_a_course_stand_beside_those_of_the_kit),
                                    {0}};

int main(void) {
    return run_tests("labs", tests, MPI_COMM_NULL);
}
