// SPDX-License-Identifier: MIT
// Tests of what the comforts read: hints.txt (common/judge/hints.c), the last run of a journal
// (lastrun.c), answers.txt (answers.c); and of the labs' own hints.

#include "hints.h"
#include "answers.h"
#include "files.h"
#include "lastrun.h"
#include "runner.h"

#include <glob.h>

static char text[1024];

static const char *write_file(const char *name, const char *words) {
    CU_ASSERT_FATAL(files_write(name, words));
    return files_path(name);
}

// -- hints.txt --------------------------------------------------------------------------------------

static bool reads(const char *words, struct hints *hints) {
    *hints = (struct hints){0};
    *text = 0;
    CU_ASSERT_FATAL(files_begin());
    bool good = hints_read(write_file("hints.txt", words), hints, text, sizeof text);
    files_end();
    return good;
}

static void a_ladder_has_three_paragraphs(void) {
    struct hints hints;
    CU_ASSERT_FATAL(reads("# a comment\n\n[mpi-* HANG]\n\nWho?\n--\nLook\n\nthere.\n\n--\n"
                          "    #pragma omp for\n#pragma omp for\n\n",
                          &hints));
    CU_ASSERT_EQUAL_FATAL(hints.count, 1);
    CU_ASSERT_STRING_EQUAL(hints.at->hint[0], "Who?\n");
    CU_ASSERT_STRING_EQUAL(hints.at->hint[1], "Look\n\nthere.\n");
    CU_ASSERT_STRING_EQUAL(hints.at->hint[2], "    #pragma omp for\n#pragma omp for\n");
    CU_ASSERT_EQUAL(hints.at->line, 3);
    hints_free(&hints);
}

static void lines_may_end_as_on_other_systems(void) {
    struct hints hints;
    CU_ASSERT_FATAL(reads("[* TODO]\r\na\r\n--\r\nb\r\n--\r\nc", &hints));
    CU_ASSERT_STRING_EQUAL(hints.at->hint[0], "a\n");
    CU_ASSERT_STRING_EQUAL(hints.at->hint[2], "c\n");
    hints_free(&hints);
}

static void the_first_ladder_that_fits_is_taken(void) {
    struct hints hints;
    CU_ASSERT_FATAL(reads("[mpi-long HANG]\n1\n--\n1\n--\n1\n"
                          "[mpi-* HANG|DEADLOCK]\n2\n--\n2\n--\n2\n"
                          "[omp-*|mpi-* WRONG: not a number|lost]\n3\n--\n3\n--\n3\n"
                          "[* *]\n4\n--\n4\n--\n4\n",
                          &hints));
    static const struct {
        const char *check, *verdict, *said, *hint;
    } rows[] = {
        {"mpi-long", "HANG", NULL, "1\n"},
        {"mpi-long", "DEADLOCK", NULL, "2\n"},
        {"mpi-equal", "HANG", "x", "2\n"},
        {"mpi-equal", "WRONG", "row 3 is Not A Number", "3\n"},
        {"omp-equal", "WRONG", "all lost", "3\n"},
        {"omp-equal", "WRONG", "row 3", "4\n"},
        {"omp-equal", "WRONG", NULL, "4\n"},
        {"omp-equal", "HANGS", NULL, "4\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ladder *ladder =
            hints_find(&hints, rows[i].check, rows[i].verdict, rows[i].said);
        CU_ASSERT(ladder && !strcmp(ladder->hint[0], rows[i].hint));
    }
    hints.count--;
    CU_ASSERT_PTR_NULL(hints_find(&hints, "omp-equal", "WRONG", "row 3"));
    hints.count++;
    hints_free(&hints);
}

static void what_is_not_well_formed_is_refused_with_its_line(void) {
    static const struct {
        const char *file, *line, *says;
    } rows[] = {
        {"words\n", "line 1:", "before the first [CHECK VERDICT]"},
        {"# c\n--\n", "line 2:", "stands between two hints"},
        {"[mpi-* HANG\na\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[mpi-*]\na\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[]\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[a b c]\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[ HANG]\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[a HANG: ]\n", "line 1:", "is no [CHECK VERDICT]"},
        {"[a B]\n1\n--\n\n--\n3\n", "line 5:", "empty"},
        {"[a B]\n1\n--\n2\n--\n3\n--\n4\n", "line 7:", "a further one"},
        {"[a B]\n1\n--\n2\n[c D]\n", "line 5:", "[a B] that began in line 1"},
        {"[a B]\n1\n--\n2\n--\n", "line 5:", "2 of its 3 hints"},
        {"[a B]\n", "line 1:", "0 of its 3 hints"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hints hints;
        CU_ASSERT(!reads(rows[i].file, &hints));
        CU_ASSERT_PTR_NOT_NULL(strstr(text, rows[i].line));
        if (!strstr(text, rows[i].says))
            test_note("row %zu says: %s", i, text);
        CU_ASSERT_PTR_NOT_NULL(strstr(text, rows[i].says));
        CU_ASSERT_EQUAL(hints.count, 0);
        hints_free(&hints);
    }
}

static void a_bad_file_leaves_what_was_read_before(void) {
    struct hints hints = {0};
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(hints_read(write_file("a", "[a B]\n1\n--\n2\n--\n3\n"), &hints, text, sizeof text));
    CU_ASSERT(
        !hints_read(write_file("b", "[c D]\n1\n--\n2\n--\n3\n[e F]\n"), &hints, text, sizeof text));
    CU_ASSERT(!hints_read(files_path("none"), &hints, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "No such file"));
    CU_ASSERT_EQUAL(hints.count, 1);
    CU_ASSERT_PTR_NOT_NULL(hints_find(&hints, "a", "B", NULL));
    CU_ASSERT_PTR_NULL(hints_find(&hints, "c", "D", NULL));
    hints_free(&hints);
    files_end();
}

static void a_line_of_any_length_or_with_a_zero_is_refused(void) {
    struct hints hints = {0};
    char line[400];
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = 0;
    CU_ASSERT(!reads(line, &hints));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "more than"));
    CU_ASSERT_FATAL(files_begin());
    const char *path = files_path("zero");
    FILE *file = fopen(path, "w");
    CU_ASSERT_FATAL(file != NULL);
    fwrite("[a\0b C]\n", 1, 8, file);
    fclose(file);
    CU_ASSERT(!hints_read(path, &hints, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "byte 0"));
    files_end();
}

// -- the labs' own ----------------------------------------------------------------------------------

enum { CHECK_NAMES = 64 };

// The names of a rubric's checks, and VERSION-build of each version, from its source.
static int checks_of(const char *lab, char names[CHECK_NAMES][64]) {
    char path[256], *line = NULL, name[64], build[64];
    size_t room = 0;
    int count = 0;
    snprintf(path, sizeof path, "tests/labs/%s.c", lab);
    FILE *file = fopen(path, "r");
    while (file && getline(&line, &room, file) >= 0) {
        if (sscanf(line, " {\"%47[a-z0-9-]\",", name) != 1 || count + 2 > CHECK_NAMES)
            continue;
        snprintf(names[count++], sizeof names[0], "%s", name);
        snprintf(build, sizeof build, "%.40s-build", strtok(name, "-"));
        if (count < 2 || strncmp(names[count - 2], build, strlen(name)) != 0)
            snprintf(names[count++], sizeof names[0], "%s", build);
    }
    free(line);
    if (file)
        fclose(file);
    return count;
}

static const char *const verdicts[] = {
    "BUILD", "TODO", "FORBIDDEN", "OUTPUT",   "CRASH", "TIME",   "HANG",   "WRONG",
    "FLAKY", "RACE", "LEAK",      "DEADLOCK", "SLOW",  "SERIAL", "MEMORY", "MISUSE"};
enum { VERDICTS = sizeof verdicts / sizeof *verdicts };

// Can this ladder ever be shown for one of the checks?
static bool is_reached(const struct hints *hints, const struct ladder *ladder,
                       char names[CHECK_NAMES][64], int count) {
    for (int i = 0; i < count; i++)
        for (int v = 0; v < VERDICTS; v++)
            if (hints_find(hints, names[i], verdicts[v], ladder->said) == ladder)
                return true;
    return false;
}

static void each_lab(void (*look)(const char *lab, const struct hints *own, struct hints *all,
                                  char names[CHECK_NAMES][64], int count)) {
    glob_t found;
    CU_ASSERT_EQUAL_FATAL(glob("labs/[0-9]*/lab.c", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct hints own = {0}, all = {0};
        static char names[CHECK_NAMES][64];
        char path[256], lab[64];
        CU_ASSERT_EQUAL_FATAL(sscanf(found.gl_pathv[i], "labs/%*[0-9]-%63[^/]", lab), 1);
        snprintf(path, sizeof path, "%.*shints.txt", (int)strlen(found.gl_pathv[i]) - 5,
                 found.gl_pathv[i]);
        bool good = hints_read(path, &own, text, sizeof text) &&
                    hints_read(path, &all, text, sizeof text) &&
                    hints_read("labs/hints.txt", &all, text, sizeof text);
        if (!good)
            test_note("%s", text);
        CU_ASSERT(good);
        int count = checks_of(lab, names);
        CU_ASSERT(count > 2);
        look(lab, &own, &all, names, count);
        hints_free(&own);
        hints_free(&all);
    }
    globfree(&found);
}

static void has_all(const char *lab, const struct hints *own, struct hints *all,
                    char names[CHECK_NAMES][64], int count) {
    static const char *const likely[] = {"TODO", "WRONG", "CRASH"}; // said in the lab's own words
    for (int i = 0; i < count; i++) {
        for (int v = 0; v < VERDICTS; v++) {
            bool there = hints_find(all, names[i], verdicts[v], NULL) != NULL;
            if (!there)
                test_note("%s: no hint for %s %s", lab, names[i], verdicts[v]);
            CU_ASSERT(there);
        }
        for (size_t v = 0; v < sizeof likely / sizeof *likely; v++) {
            bool there = hints_find(own, names[i], likely[v], NULL) != NULL;
            if (!there)
                test_note("%s: no hint of its own for %s %s", lab, names[i], likely[v]);
            CU_ASSERT(there);
        }
    }
}

static void every_failure_of_a_lab_has_its_hints(void) {
    each_lab(has_all);
}

static int reached[500]; // ladders of labs/hints.txt, counted from the end

static void has_no_dead(const char *lab, const struct hints *own, struct hints *all,
                        char names[CHECK_NAMES][64], int count) {
    for (int i = 0; i < all->count; i++) {
        bool live = is_reached(all, &all->at[i], names, count);
        if (i >= own->count)
            reached[all->count - i] += live;
        else if (!live)
            test_note("labs/*-%s/hints.txt, line %d: never shown", lab, all->at[i].line);
        CU_ASSERT(i >= own->count || live);
    }
}

static void no_ladder_is_hidden_by_an_earlier_one(void) {
    struct hints any = {0};
    memset(reached, 0, sizeof reached);
    each_lab(has_no_dead);
    CU_ASSERT_FATAL(hints_read("labs/hints.txt", &any, text, sizeof text));
    for (int i = 1; i <= any.count; i++) {
        // Those of every lab may be hidden by each lab's own, but not by one another.
        static char names[CHECK_NAMES][64] = {"omp-equal", "mpi-equal", "omp-build"};
        bool live = reached[i] > 0 || is_reached(&any, &any.at[any.count - i], names, 3);
        if (!live)
            test_note("labs/hints.txt, line %d: never shown", any.at[any.count - i].line);
        CU_ASSERT(live);
    }
    hints_free(&any);
}

// What a ladder waits for must be something that the lab can say.
static void says_so(const char *lab, const struct hints *own, struct hints *all,
                    char names[CHECK_NAMES][64], int count) {
    (void)all, (void)names, (void)count;
    char pattern[128], one[256];
    static char source[1 << 18], plain[1 << 18];
    glob_t found;
    snprintf(pattern, sizeof pattern, "labs/[0-9]*-%s/*.[ch]", lab);
    CU_ASSERT_EQUAL_FATAL(glob(pattern, 0, NULL, &found), 0);
    size_t used = 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        FILE *file = fopen(found.gl_pathv[i], "r");
        used += file ? fread(source + used, 1, sizeof source - used - 1, file) : 0;
        if (file)
            fclose(file);
    }
    source[used] = 0;
    globfree(&found);
    // Sentences are written as "several " "pieces": join them.
    char *to = plain;
    for (const char *at = source; *at; at++) {
        size_t gap = *at == '"' ? strspn(at + 1, " \n") : 0;
        if (*at == '"' && at[1 + gap] == '"' && gap > 0)
            at += gap + 1;
        else
            *to++ = *at;
    }
    *to = 0;
    for (int i = 0; i < own->count; i++)
        for (const char *at = own->at[i].said; *at;) {
            size_t n = strcspn(at, "|");
            memcpy(one, at, n);
            one[n] = 0;
            at += n + (at[n] == '|');
            bool there = strcasestr(plain, one) != NULL;
            if (!there)
                test_note("labs/*-%s/hints.txt, line %d: nothing in the lab says \"%s\"", lab,
                          own->at[i].line, one);
            CU_ASSERT(there);
        }
}

static void what_a_ladder_waits_for_is_said_by_the_lab(void) {
    each_lab(says_so);
}

// -- the last run -----------------------------------------------------------------------------------

#define LINE(run, sub, check, verdict, points, most) \
    "{\"v\":1,\"rubric\":\"r\",\"submission\":\"" sub "\",\"run\":" #run ",\"time\":" #run \
    "000,\"check\":\"" check "\",\"verdict\":\"" verdict "\",\"points\":" #points \
    ",\"max_points\":" #most ",\"evidence\":[],\"hint\":\"\"}\n"

static struct lastrun run;

static bool journal(const char *lines) {
    CU_ASSERT_FATAL(files_begin());
    *text = 0;
    bool good = lastrun_read(write_file("j.jsonl", lines), &run, text, sizeof text);
    files_end();
    return good;
}

static void the_last_run_counts_and_the_best_is_kept(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "one", "PASS", 5, 5) LINE(1, "a", "two", "PASS", 10, 10)
                                LINE(2, "b", "one", "PASS", 5, 5)
                                    LINE(2, "b", "two", "WRONG", 0, 10)));
    CU_ASSERT_EQUAL_FATAL(run.count, 2);
    CU_ASSERT_STRING_EQUAL(run.check[1].id, "two");
    CU_ASSERT_STRING_EQUAL(run.check[1].verdict, "WRONG");
    CU_ASSERT(run.points == 5 && run.most == 15 && run.best == 15);
    CU_ASSERT_EQUAL(run.runs, 2);
    CU_ASSERT_EQUAL(run.when, 2000);
    CU_ASSERT_PTR_EQUAL(lastrun_failed(&run), &run.check[1]);
    lastrun_free(&run);
}

static void a_run_of_one_check_changes_that_one_alone(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "one", "WRONG", 0, 5) LINE(1, "a", "two", "PASS", 10, 10)
                                LINE(2, "a", "two", "HANG", 0, 10)));
    CU_ASSERT_EQUAL_FATAL(run.count, 2);
    CU_ASSERT_STRING_EQUAL(run.check[0].id, "one");
    CU_ASSERT_STRING_EQUAL(run.check[1].verdict, "HANG");
    CU_ASSERT(run.points == 0 && run.most == 15 && run.best == 10);
    lastrun_free(&run);
}

static void of_another_submission_only_its_own_checks_are_known(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "one", "PASS", 5, 5) LINE(1, "a", "two", "PASS", 10, 10)
                                LINE(2, "b", "two", "PASS", 10, 10)));
    CU_ASSERT_EQUAL(run.count, 1);
    CU_ASSERT(run.points == 10 && run.most == 15 && run.best == 15);
    lastrun_free(&run);
}

static void checks_stand_in_the_order_of_the_rubric(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "two", "TODO", 0, 10) LINE(2, "a", "one", "TODO", 0, 5)
                                LINE(2, "a", "two", "TODO", 0, 10)));
    CU_ASSERT_EQUAL_FATAL(run.count, 2);
    CU_ASSERT_STRING_EQUAL(run.check[0].id, "one");
    CU_ASSERT_STRING_EQUAL(run.check[1].id, "two");
    lastrun_free(&run);
}

static void a_judges_own_fault_does_not_hide_a_verdict(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "one", "PASS", 5, 5) LINE(2, "a", "one", "INFRA", 0, 5)
                                LINE(2, "a", "two", "INFRA", 0, 10)));
    CU_ASSERT_EQUAL_FATAL(run.count, 2);
    CU_ASSERT_STRING_EQUAL(run.check[0].verdict, "PASS");
    CU_ASSERT_EQUAL(run.points, 5);
    CU_ASSERT_PTR_NULL(lastrun_failed(&run)); // nothing of the student's
    lastrun_free(&run);
}

static void lines_of_two_judges_may_be_mixed(void) {
    CU_ASSERT_FATAL(journal(LINE(1, "a", "one", "PASS", 5, 5) LINE(2, "b", "one", "WRONG", 0, 5)
                                LINE(1, "a", "two", "PASS", 10, 10)
                                    LINE(2, "b", "two", "PASS", 10, 10)));
    CU_ASSERT_EQUAL_FATAL(run.count, 2);
    CU_ASSERT_STRING_EQUAL(run.check[0].verdict, "WRONG");
    CU_ASSERT(run.points == 10 && run.most == 15 && run.best == 15 && run.runs == 2);
    lastrun_free(&run);
}

static void another_rubric_begins_anew(void) {
    CU_ASSERT_FATAL(journal("{\"rubric\":\"old\",\"submission\":\"a\",\"run\":1,\"check\":\"x\","
                            "\"verdict\":\"PASS\",\"points\":99,\"max_points\":99}\n" LINE(
                                2, "a", "one", "WRONG", 0, 5)));
    CU_ASSERT_EQUAL(run.count, 1);
    CU_ASSERT(run.points == 0 && run.most == 5 && run.best == 0);
    lastrun_free(&run);
}

static void words_of_a_title_are_not_what_was_said(void) {
    static struct run_check check;
    check.line = "{\"title\":\"lost\",\"evidence\":[{\"text\":\"found\"}],\"hint\":\"go\"}";
    CU_ASSERT_PTR_NULL(strstr(run_check_words(&check), "lost"));
    CU_ASSERT_PTR_NOT_NULL(strstr(run_check_words(&check), "found"));
    CU_ASSERT_PTR_NOT_NULL(strstr(run_check_words(&check), "go"));
}

static void a_torn_line_and_other_lines_are_passed_over(void) {
    CU_ASSERT_FATAL(journal("\nno line of ours\n{\"v\":1}\n" LINE(
        1, "a", "one", "WRONG", 0,
        5) "{\"v\":1,\"submission\":\"a\",\"run\":2,\"check\":\"one\",\"verdict\":"
           "\"PASS\",\"points\":5,\"max_points\":5}"));
    CU_ASSERT_EQUAL_FATAL(run.count, 1);
    CU_ASSERT_STRING_EQUAL(run.check[0].verdict, "WRONG");
    lastrun_free(&run);
}

static void no_journal_is_no_run_and_a_directory_is_none(void) {
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(lastrun_read(files_path("none"), &run, text, sizeof text));
    CU_ASSERT_EQUAL(run.count, 0);
    CU_ASSERT(!lastrun_read(files_dir, &run, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "cannot be read"));
    files_end();
}

static void all_that_was_said_is_found(void) {
    static struct run_check check;
    check.line = "{\"evidence\":[{\"file\":\"a\",\"text\":\"row {3\"},{\"text\":\"\"},"
                 "{\"text\":\"a \\\"b}\"}],\"hint\":\"go\"}";
    CU_ASSERT(run_check_said(&check, 0, text, sizeof text) && !strcmp(text, "row {3"));
    CU_ASSERT(run_check_said(&check, 1, text, sizeof text) && !strcmp(text, "a \"b}"));
    CU_ASSERT(run_check_said(&check, 2, text, sizeof text) && !strcmp(text, "go"));
    CU_ASSERT(!run_check_said(&check, 3, text, sizeof text));
    check.line = "{\"evidence\":[],\"hint\":\"go\"}";
    CU_ASSERT(run_check_said(&check, 0, text, sizeof text) && !strcmp(text, "go"));
    CU_ASSERT(!run_check_said(&check, 1, text, sizeof text));
    check.line = "{\"evidence\":[],\"hint\":\"\"}";
    CU_ASSERT(!run_check_said(&check, 0, text, sizeof text));
    check.line = "{\"evidence\":[{\"text\":\"x";
    CU_ASSERT(!run_check_said(&check, 0, text, sizeof text));
}

static void more_checks_than_there_is_room_for_do_no_harm(void) {
    static char lines[200 * 200];
    size_t used = 0;
    for (int i = 0; i < 200; i++)
        used += (size_t)snprintf(lines + used, sizeof lines - used,
                                 "{\"run\":1,\"check\":\"c%d\",\"verdict\":\"PASS\",\"points\":1,"
                                 "\"max_points\":1}\n",
                                 i);
    CU_ASSERT_FATAL(journal(lines));
    CU_ASSERT_EQUAL(run.count, CHECKS_MAX);
    lastrun_free(&run);
}

// -- answers.txt ------------------------------------------------------------------------------------

static void an_answer_is_what_stands_behind_its_number(void) {
    struct answers answers;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(
        answers_read(write_file("answers.txt", "# q9: no question\nq1: twice\nq2:\nwords\n"
                                               " Q3 : half \r\nq4: \t\r\nquestion: no\nq0: x\n"
                                               "q2x: y\nq10: z"),
                     &answers, text, sizeof text));
    CU_ASSERT_EQUAL(answers.count, 5);
    CU_ASSERT_EQUAL(answers.given, 3);
    CU_ASSERT_EQUAL(answers_open(&answers), 2);
    CU_ASSERT(!answers_read(files_path("none"), &answers, text, sizeof text));
    files_end();
}

static void a_question_that_is_answered_twice_counts_once(void) {
    struct answers answers;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT(answers_read(write_file("a", "q1: a\nq1:\nq1: b\n"), &answers, text, sizeof text));
    CU_ASSERT(answers.count == 1 && answers.given == 1 && answers_open(&answers) == 0);
    files_end();
}

static void words_that_were_said_beat_a_plain_ladder(void) {
    struct hints both = {0};
    CU_ASSERT_FATAL(hints_read("labs/09-heat/hints.txt", &both, text, sizeof text));
    CU_ASSERT_FATAL(hints_read("labs/hints.txt", &both, text, sizeof text));
    const struct ladder *ladder =
        hints_find(&both, "mpi-equal", "CRASH", "MPI_Sendrecv failed on rank 0: MPI_ERR_RANK: x");
    CU_ASSERT_PTR_NOT_NULL_FATAL(ladder);
    CU_ASSERT_STRING_EQUAL(ladder->said, "MPI_ERR_RANK");
    ladder = hints_find(&both, "mpi-equal", "CRASH", "it touched memory that is not its own");
    CU_ASSERT_PTR_NOT_NULL_FATAL(ladder);
    CU_ASSERT_STRING_EQUAL(ladder->checks, "mpi-*"); // the lab's own, before the one for all labs
    CU_ASSERT_STRING_EQUAL(ladder->said, "");
    hints_free(&both);
}

static const struct test tests[] = {TEST(words_that_were_said_beat_a_plain_ladder),
                                    TEST(a_ladder_has_three_paragraphs),
                                    TEST(lines_may_end_as_on_other_systems),
                                    TEST(the_first_ladder_that_fits_is_taken),
                                    TEST(what_is_not_well_formed_is_refused_with_its_line),
                                    TEST(a_bad_file_leaves_what_was_read_before),
                                    TEST(a_line_of_any_length_or_with_a_zero_is_refused),
                                    TEST(every_failure_of_a_lab_has_its_hints),
                                    TEST(no_ladder_is_hidden_by_an_earlier_one),
                                    TEST(what_a_ladder_waits_for_is_said_by_the_lab),
                                    TEST(the_last_run_counts_and_the_best_is_kept),
                                    TEST(a_run_of_one_check_changes_that_one_alone),
                                    TEST(of_another_submission_only_its_own_checks_are_known),
                                    TEST(checks_stand_in_the_order_of_the_rubric),
                                    TEST(a_judges_own_fault_does_not_hide_a_verdict),
                                    TEST(lines_of_two_judges_may_be_mixed),
                                    TEST(another_rubric_begins_anew),
                                    TEST(words_of_a_title_are_not_what_was_said),
                                    TEST(a_torn_line_and_other_lines_are_passed_over),
                                    TEST(no_journal_is_no_run_and_a_directory_is_none),
                                    TEST(all_that_was_said_is_found),
                                    TEST(more_checks_than_there_is_room_for_do_no_harm),
                                    TEST(an_answer_is_what_stands_behind_its_number),
                                    TEST(a_question_that_is_answered_twice_counts_once),
                                    {0}};

int main(void) {
    return run_tests("hints", tests, MPI_COMM_NULL);
}
