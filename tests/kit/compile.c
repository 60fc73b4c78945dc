// SPDX-License-Identifier: MIT
// Tests of common/judge/compile.c and link.c, with real compilers: of a submission of two files,
// omp.c and mpi.c, to a kit of one lab that is made here.

#include "compile.h"
#include "files.h"
#include "runner.h"

#include <sys/stat.h>

static struct lab_entry lab = {.number = 1, .name = "toy", .dir = "01-toy"};
static char names[FILES_MAX][32] = {"mpi.c", "omp.c"};
static struct submission s;
static struct problems problems;
static char program[PATH_MAX];
static struct compile_how how;

static bool run_shell(const char *script) {
    char line[2400];
    snprintf(line, sizeof line, "cd '%s' && %s", files_dir, script);
    return system(line) == 0;
}

// A kit: its main() prints what the lab's functions return, and the names of those not written.
static void begin(void) {
    how = (struct compile_how){0};
    CU_ASSERT(files_begin());
    snprintf(lab.home, sizeof lab.home, "%s", files_dir);
    CU_ASSERT(run_shell("mkdir -p labs/01-toy common/kit build/lib build/obj/labs/toy in out"));
    CU_ASSERT(files_write("labs/01-toy/toy.h",
                          "#include <mpi.h>\nint toy_omp(int n);\nint toy_mpi(MPI_Comm comm);\n"));
    CU_ASSERT(files_write("labs/01-toy/lab.c", "#include \"toy.h\"\n"
                                               "int run(int which);\n"
                                               "int run(int which) { return which ? toy_omp(1) : "
                                               "toy_mpi(MPI_COMM_NULL); }\n"));
    CU_ASSERT(files_write("kit.c",
                          "#include <stdio.h>\nint run(int);\n"
                          "void todo(const char *f, const char *g);\n"
                          "void todo(const char *f, const char *g) { printf(\"%s %s \", f, g); }\n"
                          "int main(void) { int a = run(0); printf(\"%d \", a);\n"
                          "a = run(1); printf(\"%d\", a); return 0; }\n"));
    CU_ASSERT(files_write("build/lib/compile.txt", "compile: mpicc -fopenmp -Wall -Wextra -O1 -g\n"
                                                   "link: mpicc -fopenmp\nlibraries:  -lm\n"));
    CU_ASSERT(run_shell("mpicc -c -Ilabs/01-toy labs/01-toy/lab.c -o build/obj/labs/toy/lab.o && "
                        "mpicc -c kit.c -o kit.o && ar rcs build/lib/libkit.a kit.o"));
}

static void end(void) {
    CU_ASSERT(run_shell("rm -rf labs common build in out"));
    files_end();
}

static bool compile(const char *mpi, const char *omp) {
    char in[300], out[300];
    problems = (struct problems){0};
    snprintf(in, sizeof in, "%s/in", files_dir);
    snprintf(out, sizeof out, "%s/out", files_dir);
    unlink(files_path("in/mpi.c"));
    unlink(files_path("in/omp.c"));
    if ((mpi && !files_write("in/mpi.c", mpi)) || (omp && !files_write("in/omp.c", omp)) ||
        !submission_take(in, 2, names, out, &s, &problems))
        return false;
    return compile_submission(files_dir, &lab, &s, out, &how, &problems, program, sizeof program);
}

// Does the program print this?
static bool prints(const char *want) {
    char got[256] = "", line[PATH_MAX + 20];
    snprintf(line, sizeof line, "'%s'", program);
    FILE *pipe = popen(line, "r");
    if (!pipe)
        return false;
    if (!fgets(got, sizeof got, pipe))
        got[0] = 0;
    if (strcmp(got, want) != 0 && !strstr(want, "?"))
        test_note("printed: %s", got);
    pclose(pipe);
    return strcmp(got, want) == 0;
}

static bool told(const char *file, const char *verdict, int line, const char *fragment) {
    for (int i = 0; i < problems.count; i++) {
        const struct problem *const p = &problems.at[i];
        if (strcmp(p->file, file) == 0 && strcmp(p->verdict, verdict) == 0 && p->line == line &&
            strstr(p->text, fragment))
            return true;
    }
    for (int i = 0; i < problems.count; i++)
        test_note("%s:%d [%s] %s => %s", problems.at[i].file, problems.at[i].line,
                  problems.at[i].verdict, problems.at[i].said, problems.at[i].text);
    return false;
}

static const char good_mpi[] =
    "#include \"toy.h\"\nint toy_mpi(MPI_Comm comm) { return comm == MPI_COMM_NULL ? 5 : 6; }\n";
static const char good_omp[] = "#include \"toy.h\"\nint toy_omp(int n) { return 6 + n; }\n";

static void a_good_submission_becomes_a_program_without_a_word(void) {
    begin();
    CU_ASSERT(compile(good_mpi, good_omp));
    CU_ASSERT_EQUAL(problems.count, 0);
    CU_ASSERT(prints("5 7"));
    CU_ASSERT(files_is("out/mpi.ended", "0 0\n") && files_is("out/omp.ended", "0 0\n")); // at once
    end();
}

// The shell that compiles all files at once fails, or loses what it was to leave.
static bool not_together(const struct command *command, const struct how *with,
                         struct outcome *outcome, void *user) {
    bool shell = false;
    for (char **word = command->argv; *word; word++)
        shell = shell || strstr(*word, "wait\n");
    const bool good = process_run(command, with, outcome);
    if (shell) {
        CU_ASSERT(run_shell(user ? user : "true"));
        outcome->status = user ? outcome->status : 1;
    }
    return good;
}

static void what_cannot_be_compiled_at_once_is_compiled_one_by_one(void) {
    static char *const loses[] = {NULL,
                                  "rm out/mpi.ended",
                                  "rm out/omp.said",
                                  "rm out/omp.found",
                                  "echo 127 0 >out/mpi.ended",
                                  "echo 0 1 >out/mpi.ended",
                                  "echo No space left on device >out/mpi.said"};
    begin();
    for (size_t i = 0; i < sizeof loses / sizeof *loses; i++) {
        how = (struct compile_how){.run = not_together, .user = loses[i]};
        CU_ASSERT(compile(good_mpi, "#include \"toy.h\"\nint toy_omp(int n) {\n    int left;\n"
                                    "    return 5 + n;\n}\n"));
        CU_ASSERT(told("omp.c", "", 3, "left is declared and not used"));
        CU_ASSERT_EQUAL(problems.count, 1);
        CU_ASSERT(prints("5 6"));
    }
    end();
}

static void a_file_that_does_not_compile_costs_itself_alone(void) {
    begin();
    CU_ASSERT(
        compile(good_mpi, "#include \"toy.h\"\nint toy_omp(int n) {\n    return 6 + m;\n}\n"));
    CU_ASSERT(told("omp.c", "BUILD", 3, "m is not declared"));
    const struct problem *const p = problems_of(&problems, "omp.c");
    CU_ASSERT(p && p->column > 0);
    if (p)
        CU_ASSERT_STRING_EQUAL(p->source, "return 6 + m;");
    if (p)
        CU_ASSERT_PTR_NOT_NULL(strstr(p->said, "error: "));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    CU_ASSERT(!s.file[0].starter && s.file[1].starter);
    CU_ASSERT(run_shell("out/toy | grep -q '^5 toy_omp omp.c '"));
    end();
}

static void a_missing_file_is_not_written_yet(void) {
    begin();
    CU_ASSERT(compile(NULL, good_omp));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    CU_ASSERT(run_shell("out/toy | grep -q '^toy_mpi mpi.c .* 7$'"));
    CU_ASSERT(compile(NULL, NULL));
    CU_ASSERT(run_shell("out/toy | grep -q '^toy_mpi mpi.c .*toy_omp omp.c '"));
    end();
}

static void a_function_that_was_renamed_or_is_static_is_missed(void) {
    begin();
    CU_ASSERT(compile(good_mpi, "int toy_opm(int n);\nint toy_opm(int n) { return 6 + n; }\n"));
    CU_ASSERT(told("omp.c", "BUILD", 0, "toy_omp(), which the kit calls, is not in it"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    CU_ASSERT(compile("#include <mpi.h>\nstatic int toy_mpi(MPI_Comm c) { return c ? 5 : 5; }\n",
                      good_omp));
    CU_ASSERT(told("mpi.c", "BUILD", 0, "toy_mpi(), which the kit calls, is not in it"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "omp.c"));
    end();
}

static void a_call_of_what_is_nowhere_costs_the_caller(void) {
    begin();
    CU_ASSERT(compile("#include \"toy.h\"\nint helper(void);\nint toy_mpi(MPI_Comm comm) {\n"
                      "    return comm == MPI_COMM_NULL ? helper() : 6;\n}\n",
                      good_omp));
    CU_ASSERT(told("mpi.c", "BUILD", 4, "helper is called and stands nowhere"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "omp.c"));
    CU_ASSERT(run_shell("out/toy | grep -q '^toy_mpi mpi.c .* 7$'"));
    end();
}

static void a_misspelt_mpi_function_is_told_once(void) {
    begin();
    CU_ASSERT(compile("#include \"toy.h\"\nint toy_mpi(MPI_Comm comm) {\n"
                      "    MPI_barrier(comm);\n    return 5;\n}\n",
                      good_omp));
    CU_ASSERT(told("mpi.c", "BUILD", 3, "did you mean MPI_Barrier?"));
    CU_ASSERT_EQUAL(problems.count, 1);
    end();
}

static void one_name_in_two_files_is_told_of_both(void) {
    begin();
    char mpi[400], omp[400];
    snprintf(mpi, sizeof mpi, "%sint helper(void);\nint helper(void) { return 1; }\n", good_mpi);
    snprintf(omp, sizeof omp, "%sint helper(void);\nint helper(void) { return 2; }\n", good_omp);
    CU_ASSERT(compile(mpi, omp));
    CU_ASSERT(problems_of(&problems, "mpi.c") && problems_of(&problems, "omp.c"));
    if (problems_of(&problems, "mpi.c"))
        CU_ASSERT_PTR_NOT_NULL(
            strstr(problems_of(&problems, "mpi.c")->text, "helper is defined in two files"));
    // A name of the kit costs the file that takes it, and no other.
    snprintf(mpi, sizeof mpi, "%svoid todo(void);\nvoid todo(void) { }\n", good_mpi);
    CU_ASSERT(compile(mpi, good_omp));
    CU_ASSERT(problems_of(&problems, "mpi.c") && !problems_of(&problems, "omp.c"));
    end();
}

static void main_and_constructors_are_forbidden(void) {
    begin();
    char mpi[400], omp[400];
    snprintf(mpi, sizeof mpi, "%sint main(void) { return 0; }\n", good_mpi);
    snprintf(omp, sizeof omp,
             "%sint x, puts(const char *);\n__attribute__((constructor)) static void f(void) { x = "
             "puts(\"\"); }\n",
             good_omp);
    CU_ASSERT(compile(mpi, omp));
    CU_ASSERT(told("mpi.c", "FORBIDDEN", 3, "the kit owns main()"));
    CU_ASSERT(told("omp.c", "FORBIDDEN", 0, "before or after main()"));
    end();
}

static void warnings_become_notes_and_cost_nothing(void) {
    begin();
    CU_ASSERT(
        compile("#include \"toy.h\"\nint toy_mpi(MPI_Comm comm) {\n    int size, left;\n"
                "    MPI_Comm_size(MPI_COMM_WORLD, &size);\n    return 5;\n}\n",
                "#include \"toy.h\"\nint toy_omp(int n) {\n    double x[n], y[2000000];\n"
                "    double (*z)[n] = 0;\n    for (int i = 0; i < n; i++)\n"
                "        x[i] = y[i] = n;\n    return (int)x[n - 1] + (int)y[n] + !!z;\n}\n"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "omp.c"));
    CU_ASSERT(told("mpi.c", "", 4, "uses MPI_COMM_WORLD"));
    CU_ASSERT(told("mpi.c", "", 2, "no rank talks to another"));
    CU_ASSERT(told("mpi.c", "", 3, "left is declared and not used"));
    CU_ASSERT(told("omp.c", "", 3, "lies on the stack"));
    end();
}

static void a_header_of_ones_own_is_not_taken(void) {
    begin();
    CU_ASSERT(files_write("in/own.h", "\n") && files_write("in/stdio.h", "#error shadowed\n"));
    CU_ASSERT(
        compile("#include \"own.h\"\n",
                "#include <stdio.h>\n#include \"toy.h\"\nint toy_omp(int n) { return 6 + n; }\n"));
    CU_ASSERT(told("mpi.c", "BUILD", 1, "only the .c files that the lab names"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "omp.c"));
    end();
}

static void what_exhausts_the_compiler_is_stopped_and_said(void) {
    begin();
    CU_ASSERT(compile("#include \"/dev/zero\"\n", "int big[-1u] = {1};\n"));
    CU_ASSERT(problems_of(&problems, "mpi.c") && problems_of(&problems, "omp.c"));
    CU_ASSERT(told("omp.c", "BUILD", 0, "huge array"));
    CU_ASSERT(compile("#include \"mpi.c\"\n", good_omp));
    CU_ASSERT(problems_of(&problems, "mpi.c") && !problems_of(&problems, "omp.c"));
    end();
}

static bool too_slow(const struct command *command, const struct how *with, struct outcome *outcome,
                     void *user) {
    ++*(int *)user;
    CU_ASSERT_PTR_NOT_NULL(command->argv[0]);
    CU_ASSERT_PTR_NOT_NULL(strstr(with->dir, files_dir));
    *outcome = (struct outcome){.started = true, .status = 143, .over_time = true};
    outcome->out = strdup("");
    outcome->err = strdup("");
    return true;
}

static void a_compiler_that_does_not_end_is_the_files_fault(void) {
    begin();
    int calls = 0;
    how = (struct compile_how){.seconds = 2, .run = too_slow, .user = &calls};
    CU_ASSERT(!compile(good_mpi, good_omp)); // nothing links either
    CU_ASSERT(calls >= 2);
    CU_ASSERT(told("mpi.c", "BUILD", 0, "had not ended after 2 s"));
    CU_ASSERT(told("omp.c", "BUILD", 0, "had not ended after 2 s"));
    end();
}

static void a_kit_that_is_not_built_is_our_fault(void) {
    begin();
    CU_ASSERT(unlink(files_path("build/obj/labs/toy/lab.o")) == 0);
    CU_ASSERT(!compile(good_mpi, good_omp));
    CU_ASSERT(told("", "INFRA", 0, "make build"));
    CU_ASSERT(unlink(files_path("build/lib/compile.txt")) == 0);
    CU_ASSERT(!compile(good_mpi, good_omp));
    CU_ASSERT(told("", "INFRA", 0, "compile.txt"));
    CU_ASSERT(files_write("build/lib/compile.txt", "compile: no-such-compiler\nlink: x\n"));
    CU_ASSERT(!compile(good_mpi, good_omp));
    CU_ASSERT(told("", "INFRA", 0, "doctor"));
    end();
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_good_submission_becomes_a_program_without_a_word),
        TEST(what_cannot_be_compiled_at_once_is_compiled_one_by_one),
        TEST(a_file_that_does_not_compile_costs_itself_alone),
        TEST(a_missing_file_is_not_written_yet),
        TEST(a_function_that_was_renamed_or_is_static_is_missed),
        TEST(a_call_of_what_is_nowhere_costs_the_caller),
        TEST(a_misspelt_mpi_function_is_told_once),
        TEST(one_name_in_two_files_is_told_of_both),
        TEST(main_and_constructors_are_forbidden),
        TEST(warnings_become_notes_and_cost_nothing),
        TEST(a_header_of_ones_own_is_not_taken),
        TEST(what_exhausts_the_compiler_is_stopped_and_said),
        TEST(a_compiler_that_does_not_end_is_the_files_fault),
        TEST(a_kit_that_is_not_built_is_our_fault),
        {0},
    };
    return run_tests("compile", tests, MPI_COMM_NULL);
}
