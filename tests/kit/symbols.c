// SPDX-License-Identifier: MIT
// Tests of common/judge/symbols.c: what an object may not define, and what it may not ask for.

#include "symbols.h"
#include "files.h"
#include "process.h"
#include "runner.h"

static struct problems problems;

// Compiles the source with mpicc and looks at the object.
static bool look(const char *source) {
    struct command command = {0};
    struct outcome outcome;
    char object[600], path[600];
    problems = (struct problems){0};
    files_write("mpi.c", source);
    for (const char *const *word =
             (const char *const[]){"mpicc", "-O2", "-w", "-c", "mpi.c", "-o", "mpi.o", NULL};
         *word; word++)
        command_add(&command, "%s", *word);
    process_run(
        &command,
        &(struct how){.seconds = 15, .capture_out = true, .capture_err = true, .dir = files_dir},
        &outcome);
    if (outcome.status != 0)
        test_note("%.300s", outcome.err);
    CU_ASSERT_EQUAL(outcome.status, 0);
    outcome_free(&outcome);
    command_free(&command);
    snprintf(object, sizeof object, "%s/mpi.o", files_dir);
    snprintf(path, sizeof path, "%s/mpi.c", files_dir);
    return symbols_look(object, "mpi.c", path, NULL, NULL, &problems);
}

static bool forbids(const char *source, int line, const char *sentence) {
    const bool refused = !look(source) && problems.count == 1;
    const struct problem *const p = &problems.at[0];
    const bool good = refused && strcmp(p->verdict, "FORBIDDEN") == 0 && p->line == line &&
                      strstr(p->text, sentence) && strcmp(p->file, "mpi.c") == 0;
    if (!good)
        test_note("%d problems, line %d: %s", problems.count, p->line, p->text);
    return good;
}

static void an_answer_that_keeps_to_its_names_passes(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(look("#include <mpi.h>\n#include <math.h>\nstatic int main_row;\n"
                   "static double time(double x) { return sin(x); }\n"
                   "double heat_mpi(double x, MPI_Comm c) { MPI_Barrier(c);\n"
                   "return time(x) + main_row + MPI_Wtime(); }\n"));
    CU_ASSERT_EQUAL(problems.count, 0);
    files_end();
}

static void main_is_refused_with_its_line(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(forbids("int x;\n// main\nint main(void) { return 0; }\n", 3, "the kit owns main()"));
    CU_ASSERT_STRING_EQUAL(problems.at[0].source, "int main(void) { return 0; }");
    files_end();
}

static void functions_of_mpi_openmp_and_the_clocks_are_refused(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(forbids("double MPI_Wtime(void) { return 0; }\n", 1, "belongs to MPI"));
    CU_ASSERT(forbids("int PMPI_Send(void) { return 0; }\n", 1, "belongs to MPI"));
    CU_ASSERT(forbids("double omp_get_wtime(void) { return 0; }\n", 1, "belongs to OpenMP"));
    CU_ASSERT(forbids("void GOMP_barrier(void) { }\n", 1, "belongs to OpenMP"));
    CU_ASSERT(forbids("int clock_gettime(int a, void *b) { return 0; }\n", 1, "clocks"));
    CU_ASSERT(forbids("int gettimeofday(void *a, void *b) { return 0; }\n", 1, "clocks"));
    files_end();
}

static void a_name_hidden_in_assembly_is_found(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(
        forbids("__asm__(\".globl MPI_Barrier\\nMPI_Barrier: ret\\n\");\n", 1, "belongs to MPI"));
    CU_ASSERT(forbids("int weak(void) __asm__(\"MPI_Barrier\");\n"
                      "__attribute__((weak)) int weak(void) { return 0; }\n",
                      1, "belongs to MPI"));
    files_end();
}

static void calls_below_mpi_and_of_the_loader_are_refused(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(forbids("#include <mpi.h>\nvoid f(MPI_Comm c) {\n PMPI_Barrier(c);\n}\n", 3,
                      "the layer below MPI"));
    CU_ASSERT(
        forbids("void *dlsym(void *, const char *);\nvoid *f(void) { return dlsym(0, \"x\"); }", 1,
                "looks for functions by name"));
    files_end();
}

static void constructors_are_refused(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(forbids("int x, puts(const char *);\n__attribute__((constructor)) static void "
                      "f(void) { x = puts(\"\"); }\n",
                      0, "before or after main()"));
    CU_ASSERT(forbids("int x, puts(const char *);\n__attribute__((destructor)) static void f(void) "
                      "{ x = puts(\"\"); }\n",
                      0, "before or after main()"));
    CU_ASSERT(
        forbids("int x, puts(const char *); static void f(void) { x = puts(\"\"); }\n"
                "__attribute__((section(\".preinit_array\"), used)) static void (*p)(void) = f;",
                0, "before or after main()"));
    files_end();
}

static void comm_world_is_a_note_with_its_line(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(look("#include <mpi.h>\n// not MPI_COMM_WORLD\nvoid f(void) {\n"
                   "    MPI_Barrier(MPI_COMM_WORLD); // MPI_COMM_WORLD\n}\n"));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "");
    CU_ASSERT_EQUAL(problems.at[0].line, 4);
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "Use comm."));
    files_end();
}

static void an_object_of_too_many_names_is_the_students(void) {
    static const char source[] =
        "__asm__(\".macro name\\n"
        "a_name_that_is_as_long_as_those_that_programs_make_which_write_programs_\\\\@:\\n"
        ".endm\\n.rept 60000\\nname\\n.endr\");\n";
    CU_ASSERT(files_begin());
    CU_ASSERT(!look(source));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "BUILD");
    files_end();
}

static void an_object_that_is_none_is_our_fault(void) {
    CU_ASSERT(files_begin());
    CU_ASSERT(files_write("mpi.o", "no object\n"));
    problems = (struct problems){0};
    CU_ASSERT(!symbols_look(files_path("mpi.o"), "mpi.c", "/nowhere", NULL, NULL, &problems));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "INFRA");
    files_end();
}

int main(void) {
    static const struct test tests[] = {
        TEST(an_answer_that_keeps_to_its_names_passes),
        TEST(main_is_refused_with_its_line),
        TEST(an_object_of_too_many_names_is_the_students),
        TEST(functions_of_mpi_openmp_and_the_clocks_are_refused),
        TEST(a_name_hidden_in_assembly_is_found),
        TEST(calls_below_mpi_and_of_the_loader_are_refused),
        TEST(constructors_are_refused),
        TEST(comm_world_is_a_note_with_its_line),
        TEST(an_object_that_is_none_is_our_fault),
        {0},
    };
    return run_tests("symbols", tests, MPI_COMM_NULL);
}
