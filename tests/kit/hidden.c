// SPDX-License-Identifier: MIT
// Tests of common/cli/check/hidden.c, and of what students see of a check.

#include "../../common/cli/check/hidden.h"
#include "../../common/cli/grade/export.h"
#include "../../common/cli/grade/pages.h"
#include "../../common/cli/grade/variant.h"
#include "files.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static struct rubric rubric;
static const struct lab_about about = {
    .name = "toy",
    .params = 1,
    .versions = 2,
    .param = {{.name = "n"}},
    .version = {{.name = "serial", .given = true}, {.name = "mpi", .run = "ranks"}}};
static char why[1024];

// The rubric of a lab, with one check, and the text as the instructor's file.
static bool added(const char *text) {
    rubric = (struct rubric){.sha = "sha256:0", .count = 1};
    rubric.check[0] = (struct rubric_check){.id = "mpi-equal",
                                            .title = "ranks are right",
                                            .needs = "mpi-build",
                                            .cases = "mpi n=1",
                                            .points = 20,
                                            .visibility = "visible"};
    *why = '\0';
    files_write("h.txt", text);
    return hidden_add(&rubric, files_path("h.txt"), &about, why, sizeof why);
}

static const char whole[] = "# of autumn\n\n"
                            "check  mpi-far   # the first\n"
                            "points 10\n"
                            "title  ranks are right elsewhere, too\n"
                            "needs  mpi-equal\n"
                            "cases  mpi workers=2,3 n=7\n"
                            "cases  mpi n=p+4 workers=5\n"
                            "asks   same-bits\n"
                            "visibility after_due_date\n"
                            "check  mpi-more\n"
                            "points 5\n"
                            "title  more\n"
                            "cases  mpi n=3\n";

static void a_file_adds_checks_behind_those_of_the_rubric(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(added(whole));
    CU_ASSERT_STRING_EQUAL(why, "");
    CU_ASSERT_EQUAL_FATAL(rubric.count, 3);
    const struct rubric_check *const far = &rubric.check[1], *const more = &rubric.check[2];
    CU_ASSERT_STRING_EQUAL(far->id, "mpi-far");
    CU_ASSERT_STRING_EQUAL(far->title, "ranks are right elsewhere, too");
    CU_ASSERT_STRING_EQUAL(far->cases, "mpi workers=2,3 n=7; mpi n=p+4 workers=5");
    CU_ASSERT_STRING_EQUAL(far->visibility, "after_due_date");
    CU_ASSERT(far->own && far->same_bits && far->points == 10);
    CU_ASSERT_STRING_EQUAL(more->needs, "mpi-build");
    CU_ASSERT_STRING_EQUAL(more->visibility, "hidden");
    CU_ASSERT(more->own && !more->same_bits);
    files_end();
}

static void of_a_check_of_the_rubric_only_its_visibility_changes(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(added("check mpi-equal\nvisibility after_published\n"));
    CU_ASSERT_EQUAL(rubric.count, 1);
    CU_ASSERT_STRING_EQUAL(rubric.check[0].visibility, "after_published");
    CU_ASSERT_STRING_EQUAL(rubric.sha, "sha256:0");
    CU_ASSERT_FALSE(added("check mpi-equal\npoints 3\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "only its visibility can be said here"));
    files_end();
}

static void what_is_asked_changes_the_digest_and_nothing_else_does(void) {
    char before[80], text[1024];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(added(whole));
    memcpy(before, rubric.sha, sizeof before);
    CU_ASSERT(strncmp(before, "sha256:", 7) == 0 && strlen(before) == 71);
    snprintf(text, sizeof text, "# another comment\n%s\n", whole);
    memcpy(strstr(text, "after_due_date"), "hidden        ", 14);
    CU_ASSERT(added(text));
    CU_ASSERT_STRING_EQUAL(rubric.sha, before);
    *strstr(text, "n=7") = 'm';
    CU_ASSERT_FALSE(added(text));
    snprintf(text, sizeof text, "%s", whole);
    strstr(text, "n=7")[2] = '8';
    CU_ASSERT(added(text));
    CU_ASSERT_STRING_NOT_EQUAL(rubric.sha, before);
    files_end();
}

static void every_mistake_is_told_with_its_line(void) {
#define BEGIN "check a\npoints 1\ntitle t\n"
    static const struct {
        const char *text, *says;
    } bad[] = {{"", "has no check"},
               {"points 3\n", "line 1 of "},
               {"points 3\n", "is said of no check: a line 'check NAME' comes first"},
               {"check\n", "a line is a key and its value"},
               {"check A b\n", "'A b' is no name of a check"},
               {"check mpi-build\n", "is what every version has by itself"},
               {"check a\nponts 3\n", "there is no key 'ponts' (did you mean points?)"},
               {"check a\nxyzxyz 3\n", "the keys are check, points, title"},
               {"check a\npoints 0\n", "points are a whole number from 1 to 1000, not '0'"},
               {"check a\npoints ten\n", "not 'ten'"},
               {"check a\nasks speed\n", "asks is followed by right or same-bits, not 'speed'"},
               {"check a\nvisibility hiden\n", "(did you mean hidden?)"},
               {"check a\nvisibility qqqqqqqqqq\n", "there are visible, hidden, after_due_date"},
               {"check a\ntitle t\ntitle u\n", "line 3"},
               {"check a\ntitle t\ntitle u\n", "title stands twice"},
               {"check a\npoints 1\ntitle t\n", "a has no cases"},
               {"check a\npoints 1\ncases mpi n=1\n", "a has no title"},
               {"check a\ntitle t\ncases mpi n=1\n", "a has no points"},
               {BEGIN "cases mpi n\n", "the cases of a cannot be read: 'n' is not name=value"},
               {BEGIN "cases omp n=1\n", "toy has no version 'omp'"},
               {BEGIN "cases mpi m=1\n", "toy has no parameter 'm'"},
               {BEGIN "cases serial n=1\n", "a needs 'serial-build', which is no earlier check"},
               {BEGIN "needs b\ncases mpi n=1\n", "a needs 'b', which is no earlier check"},
               {BEGIN "needs a\ncases mpi n=1\n", "a needs 'a', which is no earlier check"},
               {BEGIN "cases mpi n=1\n" BEGIN, "line 5"},
               {BEGIN "cases mpi n=1\n" BEGIN, "the check 'a' stands twice"},
               {BEGIN
                "cases mpi workers=1,2,3,4,5,6,7,8,9,10 "
                "n=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,"
                "30,31\n",
                "has 310 cases, and a check takes 300 at most"}};
#undef BEGIN
    CU_ASSERT_FATAL(files_begin());
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CU_ASSERT_FALSE(added(bad[i].text));
        CU_ASSERT_PTR_NOT_NULL(strstr(why, bad[i].says));
        if (!strstr(why, bad[i].says))
            test_note("%s: %s", bad[i].text, why);
    }
    CU_ASSERT_FALSE(hidden_add(&rubric, files_path("nosuch"), &about, why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "No such file"));
    CU_ASSERT_FALSE(hidden_add(&rubric, files_path("."), &about, why, sizeof why));
    CU_ASSERT_PTR_NOT_NULL(strstr(why, "cannot be read"));
    files_end();
}

static void an_own_check_holds_where_all_is_right(void) {
    struct record records[2] = {{.verdict = "PASS", .same = "SAME"},
                                {.verdict = "PASS", .same = "ROUNDING"}};
    char verdict[16], text[64];
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(added(whole));
    CU_ASSERT_EQUAL(rubric_judge(&rubric, 2, records, 2, "", verdict, text, sizeof text), 1);
    CU_ASSERT_EQUAL(rubric_judge(&rubric, 1, records, 2, "", verdict, text, sizeof text), 0);
    CU_ASSERT_EQUAL(rubric_judge(&rubric, 1, records, 1, "", verdict, text, sizeof text), 1);
    memcpy(records[0].verdict, "WRONG", 6);
    CU_ASSERT_EQUAL(rubric_judge(&rubric, 2, records, 2, "", verdict, text, sizeof text), 0);
    files_end();
}

// -- what students see ----------------------------------------------------------------------------------

static const char line[] =
    "{\"v\":1,\"check\":\"mpi-far\",\"verdict\":\"WRONG\",\"wall_ms\":1,\"evidence\":[{\"line\":4,"
    "\"file\":\"mpi.c\",\"text\":\"at n=4711 it differs\"}],\"hint\":\"with "
    "4711\",\"command\":\"run "
    "n=4711\"}";
static struct student ada = {.key = "ada"};
static struct attempt attempt = {.when = -1, .sha = "sha256:1"};
static struct score score;
static struct book book = {.lab = "toy",
                           .title = "Toy",
                           .rubric = "sha256:2",
                           .starter = "/nowhere",
                           .kit = "1.0",
                           .date = "",
                           .most = 10,
                           .count = 1,
                           .score = &score};

static void one_check(const char *visibility) {
    score = (struct score){
        .student = &ada, .attempt = &attempt, .state = GRADED, .most = 10, .share = 1};
    score.result.count = 1;
    score.result.mark[0] = (struct mark){
        .id = "mpi-far", .title = "ranks elsewhere", .verdict = "WRONG", .most = 10, .line = line};
    snprintf(score.result.mark[0].hidden, sizeof score.result.mark[0].hidden, "%s", visibility);
}

typedef void each(FILE *, const struct book *, const struct score *);
typedef void all(FILE *, const struct book *);

// Does what is written tell the inputs?
static bool tells(each *put, all *put_all) {
    char *text = NULL;
    size_t size;
    FILE *const file = open_memstream(&text, &size);
    if (put)
        put(file, &book, &score);
    else
        put_all(file, &book);
    fclose(file);
    const bool found = strstr(text, "4711");
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "WRONG"));
    free(text);
    return found;
}

// For whoever shows it at once: a page and all exports but that for Gradescope.
static void is_told(bool yes) {
    static each *const puts[] = {page_student, export_prairielearn, export_autolab};
    static all *const put_all[] = {export_junit, export_ctrf};
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++)
        CU_ASSERT_EQUAL(tells(puts[i], NULL), yes);
    for (size_t i = 0; i < sizeof put_all / sizeof *put_all; i++)
        CU_ASSERT_EQUAL(tells(NULL, put_all[i]), yes);
}

static void each_visibility_is_honoured_in_pages_and_exports(void) {
    static const struct {
        const char *visibility;
        bool due_over, published, told, gradescope;
    } cases[] = {{"visible", false, false, true, true},
                 {"", false, false, true, true},
                 {"hidden", true, true, false, false},
                 {"after_due_date", false, true, false, true},
                 {"after_due_date", true, false, true, true},
                 {"after_published", true, false, false, true},
                 {"after_published", false, true, true, true},
                 {"nobody knows this one", true, true, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        one_check(cases[i].visibility);
        book.due_over = cases[i].due_over;
        book.published = cases[i].published;
        is_told(cases[i].told);
        // (Gradescope keeps back by itself what it shows later.)
        CU_ASSERT_EQUAL(tells(export_gradescope, NULL), cases[i].gradescope);
        CU_ASSERT(tells(NULL, page_class));
    }
}

static void it_is_over_when_nobody_can_hand_in_any_more(void) {
    struct policy p = policy_none();
    struct extension later = {"ada", 2000};
    CU_ASSERT_FALSE(policy_is_over(&p, 1000000));
    p.due = 1000;
    CU_ASSERT_FALSE(policy_is_over(&p, 1000));
    CU_ASSERT(policy_is_over(&p, 1001));
    p.grace = 60;
    CU_ASSERT_FALSE(policy_is_over(&p, 1060));
    p.late[0].seconds = 500;
    p.late[0].percent = 50;
    p.steps = 1;
    CU_ASSERT_FALSE(policy_is_over(&p, 1500));
    CU_ASSERT(policy_is_over(&p, 1501));
    p.extensions = 1;
    p.extension = &later;
    CU_ASSERT_FALSE(policy_is_over(&p, 2500));
    CU_ASSERT(policy_is_over(&p, 2501));
}

static void a_students_seed_is_of_salt_lab_and_student_alone(void) {
    const double seed = variant_seed("salt", "heat", "ada");
    // Written down, for it is to be the same for ever: sha256sum of the three words, each with a 0.
    CU_ASSERT_EQUAL(seed, 980647742);
    CU_ASSERT_NOT_EQUAL(variant_seed("other", "heat", "ada"), seed);
    CU_ASSERT_NOT_EQUAL(variant_seed("salt", "race", "ada"), seed);
    CU_ASSERT_NOT_EQUAL(variant_seed("salt", "heat", "bob"), seed);
    CU_ASSERT_NOT_EQUAL(variant_seed("salth", "eat", "ada"), seed);
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_file_adds_checks_behind_those_of_the_rubric),
        TEST(of_a_check_of_the_rubric_only_its_visibility_changes),
        TEST(what_is_asked_changes_the_digest_and_nothing_else_does),
        TEST(every_mistake_is_told_with_its_line),
        TEST(an_own_check_holds_where_all_is_right),
        TEST(each_visibility_is_honoured_in_pages_and_exports),
        TEST(it_is_over_when_nobody_can_hand_in_any_more),
        TEST(a_students_seed_is_of_salt_lab_and_student_alone),
        {0}};
    return run_tests("hidden", tests, MPI_COMM_NULL);
}
