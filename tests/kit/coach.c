// SPDX-License-Identifier: MIT
// Tests of common/judge/coach.c, explain.c, lessons.c and names.c: a compiler's words, as they are
// printed by gcc and clang of several years, and what is made of them.

#include "coach.h"
#include "files.h"
#include "process.h"
#include "runner.h"

enum { MANY = 32 };

static struct complaint list[MANY];

// Reads one line of a compiler or linker; what the coach says about it must hold the fragment, or
// be nothing where the fragment is "".
static bool coached(const char *line, const char *source, const char *fragment) {
    char text[768];
    const int count = coach_read(line, list, MANY);
    if (count != 1) {
        test_note("%d complaints in: %s", count, line);
        return false;
    }
    const bool said = coach_explain(&list[0], source, "heat.h", text, sizeof text);
    const bool good =
        *fragment ? said && strstr(text, fragment) && strlen(text) > 20 : !said && !*text;
    if (!good)
        test_note("%s: \"%s\"", line, text);
    // A sentence has no hole in it, and ends.
    return good && !strstr(text, "{1") && !strstr(text, "{h") &&
           (!*text || strchr(".?", text[strlen(text) - 1]));
}

struct row {
    const char *line, *source, *fragment;
};

static void check_rows(const struct row *row) {
    for (; row->line; row++)
        CU_ASSERT(coached(row->line, row->source, row->fragment));
}

// -- reading -----------------------------------------------------------------------------------------

static void a_complaint_has_place_severity_message_and_option(void) {
    CU_ASSERT_EQUAL(coach_read("mpi.c: In function 'f':\n"
                               "mpi.c:7:25: warning: unused variable \xe2\x80\x98x\xe2\x80\x99 "
                               "[-Wunused-variable]\n"
                               "    7 |     int x; // error: no\n"
                               "      |         ^\n"
                               "heat.h:3:1: note: declared here\n"
                               "mpi.c:9: error: expected ';' before '}' token\n",
                               list, MANY),
                    2);
    CU_ASSERT_STRING_EQUAL(list[0].file, "mpi.c");
    CU_ASSERT(list[0].line == 7 && list[0].column == 25);
    CU_ASSERT_EQUAL(list[0].severity, SEVERITY_WARNING);
    CU_ASSERT_STRING_EQUAL(list[0].message, "unused variable 'x'");
    CU_ASSERT_STRING_EQUAL(list[0].option, "-Wunused-variable");
    CU_ASSERT(list[1].line == 9 && list[1].column == 0 && list[1].severity == SEVERITY_ERROR);
    CU_ASSERT_STRING_EQUAL(list[1].option, "");
}

static void the_same_complaint_twice_counts_once(void) {
    CU_ASSERT_EQUAL(
        coach_read("a.c:1:2: error: x\na.c:1:2: error: x\na.c:2:2: error: x\n", list, MANY), 2);
}

static void a_macro_of_a_header_is_told_where_it_is_used(void) {
    CU_ASSERT_EQUAL(
        coach_read("/usr/include/mpi.h:327:59: error: static assertion failed: \"MPI_Address was "
                   "removed in MPI-3.0.  Use MPI_Get_address instead.\"\n"
                   "/usr/include/mpi.h:2861:27: note: in expansion of macro 'REMOVED'\n"
                   "mpi.c:10:5: note: in expansion of macro 'MPI_Address'\n",
                   list, MANY),
        1);
    CU_ASSERT_STRING_EQUAL(list[0].file, "mpi.c");
    CU_ASSERT(list[0].line == 10 && list[0].column == 5);
}

static void a_linker_names_file_and_line(void) {
    // GNU ld with and without debug information, gold, lld.
    CU_ASSERT_EQUAL(coach_read("/usr/bin/ld: mpi.o: in function `heat_mpi':\n"
                               "/d/mpi.c:4: undefined reference to `helper'\n"
                               "collect2: error: ld returned 1 exit status\n",
                               list, MANY),
                    1);
    CU_ASSERT_STRING_EQUAL(list[0].file, "/d/mpi.c");
    CU_ASSERT_EQUAL(list[0].line, 4);
    CU_ASSERT_EQUAL(coach_read("mpi.c:(.text+0x5): undefined reference to `helper'\n", list, MANY),
                    1);
    CU_ASSERT_STRING_EQUAL(list[0].file, "mpi.c");
    CU_ASSERT_EQUAL(list[0].line, 0);
    CU_ASSERT_EQUAL(coach_read("/usr/bin/ld.gold: error: l2.o: multiple definition of 'helper'\n"
                               "/usr/bin/ld.gold: l1.o: previous definition here\n",
                               list, MANY),
                    1);
    CU_ASSERT_EQUAL(coach_read("ld.lld: error: undefined symbol: helper\n"
                               ">>> referenced by mpi.c:4 (/d/mpi.c:4)\n",
                               list, MANY),
                    1);
    CU_ASSERT_STRING_EQUAL(list[0].file, "mpi.c");
    CU_ASSERT_EQUAL(list[0].line, 4);
}

static void a_message_of_many_thousand_letters_is_cut(void) {
    char *const line = malloc(100000);
    snprintf(line, 100000, "a.c:1:2: error: %099000d [-Wx]\n", 0);
    CU_ASSERT_EQUAL(coach_read(line, list, MANY), 1);
    CU_ASSERT_EQUAL(strlen(list[0].message), sizeof list[0].message - 1);
    memset(line, ':', 99999);
    line[99999] = 0;
    CU_ASSERT_EQUAL(coach_read(line, list, MANY), 0);
    memset(line, 'x', 90000);
    strcpy(line + 90000, ":3:4: error: far\n");
    CU_ASSERT_EQUAL(coach_read(line, list, MANY), 1);
    free(line);
}

// -- what is said --------------------------------------------------------------------------------------

static void openmp_mistakes_are_explained(void) {
    static const struct row rows[] = {
        {"a.c:1: warning: ignoring '#pragma omp paralel' [-Wunknown-pragmas]",
         "#pragma omp paralel for", "no directive 'paralel'; did you mean 'parallel'?"},
        {"a.c:1:13: error: expected an OpenMP directive", "#pragma omp paralel for",
         "did you mean 'parallel'?"},
        {"a.c:1: warning: ignoring '#pragma omp parallel' [-Wunknown-pragmas]",
         "#pragma omp parallel for", "-fopenmp is missing"},
        {"a.c:1:9: warning: unknown pragma ignored [-Wunknown-pragmas]",
         "#pragma omp parallel for reduction(+:sum)", "-fopenmp is missing"},
        {"a.c:1: warning: ignoring '#pragma opm parallel' [-Wunknown-pragmas]",
         "#pragma opm parallel for", "begins with '#pragma opm'"},
        {"a.c:1: warning: ignoring '#pragma OMP parallel' [-Wunknown-pragmas]",
         "#pragma OMP parallel for", "in small letters"},
        {"a.c:1: warning: ignoring '#pragma vendor thing' [-Wunknown-pragmas]",
         "#pragma vendor thing", ""},
        {"a.c:1:26: error: expected '#pragma omp' clause before 'shedule'",
         "#pragma omp parallel for shedule(dynamic)", "did you mean 'schedule'?"},
        {"a.c:1:26: error: expected an OpenMP clause before 'shedule'",
         "#pragma omp parallel for shedule(dynamic)", "did you mean 'schedule'?"},
        {"a.c:1:26: warning: extra tokens at the end of '#pragma omp parallel for' are ignored "
         "[-Wextra-tokens]",
         "#pragma omp parallel for private(x) shedule(dynamic)", "did you mean 'schedule'?"},
        {"a.c:1:4: error: for statement expected before 'while'", "", "must be a for"},
        {"a.c:1:4: error: statement after '#pragma omp for' must be a for loop", "",
         "must be a for"},
        {"a.c:1:4: error: break statement used with OpenMP for loop", "", "cannot be left early"},
        {"a.c:1:4: error: cannot return from OpenMP region", "", "cannot be left early"},
        {"a.c:1:4: error: 'n' not specified in enclosing 'parallel'", "", "is n shared"},
        {"a.c:1:4: error: variable 'n' must have explicitly specified data sharing attributes", "",
         "is n shared"},
        {"a.c:1:4: error: '#pragma omp barrier' may only be used in compound statements", "",
         "all threads of the team"},
        {"a.c:1:4: error: invalid form of '#pragma omp atomic' before ';' token", "",
         "one update of one variable"},
        {"a.c:1:4: error: not enough perfectly nested loops before 'x'", "", "collapse(n)"},
        {"a.c:1:4: error: expected ':' before ';' token", "#pragma omp parallel for reduction(+;x)",
         "reduction(+:sum)"},
        {"a.c:1:4: error: 't' undeclared (first use in this function)",
         "#pragma omp parallel private(t)", "before the pragma"},
        {NULL, NULL, NULL}};
    check_rows(rows);
}

static void mpi_mistakes_are_explained(void) {
    static const struct row rows[] = {
        {"a.c:1:2: warning: implicit declaration of function 'MPI_Comm_Rank' "
         "[-Wimplicit-function-declaration]",
         "MPI_Comm_Rank(comm, &rank);", "did you mean MPI_Comm_rank?"},
        {"a.c:1:2: error: implicit declaration of function 'MPI_WaitAll'; did you mean "
         "'MPI_Waitall'? [-Wimplicit-function-declaration]",
         "", "did you mean MPI_Waitall?"},
        {"a.c:1:2: error: call to undeclared function 'MPI_Allreduse'; ISO C99 and later do not "
         "support implicit function declarations [-Wimplicit-function-declaration]",
         "", "did you mean MPI_Allreduce?"},
        {"a.c:1:2: warning: implicit declaration of function 'MPI_Address' is invalid in C99 "
         "[-Wimplicit-function-declaration]",
         "", "MPI_Get_address took its place"},
        {"a.c:1:2: error: static assertion failed: \"MPI_Type_struct was removed in MPI-3.0.  Use "
         "MPI_Type_create_struct instead.\"",
         "", "MPI_Type_create_struct took its place"},
        {"a.c:1:2: error: 'MPI_Int' undeclared (first use in this function)", "",
         "did you mean MPI_INT?"},
        {"a.c:1:2: error: use of undeclared identifier 'MPI_DUOBLE'", "",
         "did you mean MPI_DOUBLE?"},
        {"a.c:1:2: warning: passing argument 2 of 'MPI_Comm_rank' makes pointer from integer "
         "without a cast [-Wint-conversion]",
         "MPI_Comm_rank(comm, rank);", "put & before"},
        {"a.c:1:2: error: passing argument 2 of 'MPI_Comm_rank' makes pointer from integer "
         "without a cast [-Wint-conversion]",
         "MPI_Comm_rank(comm, rank);", "put & before"},
        {"a.c:1:2: error: incompatible integer to pointer conversion passing 'int' to parameter "
         "of type 'int *'; take the address with & [-Wint-conversion]",
         "MPI_Comm_rank(comm, rank);", "put & before"},
        {"a.c:1:2: error: incompatible type for argument 7 of 'MPI_Recv'", "", "put & before"},
        {"a.c:1:2: error: too few arguments to function 'MPI_Send'", "", "arguments of MPI_Send"},
        {"a.c:1:2: error: too few arguments to function call, expected 6, have 5", "",
         "number of arguments of it"},
        {"a.c:1:2: warning: unused parameter 'comm' [-Wunused-parameter]", "",
         "no rank talks to another"},
        {"/usr/bin/ld: /d/mpi.c:4: undefined reference to `MPI_Comm_Rank'", "",
         "did you mean MPI_Comm_rank?"},
        {NULL, NULL, NULL}};
    check_rows(rows);
}

static void mistakes_of_c_are_explained(void) {
    static const struct row rows[] = {
        {"a.c:1:2: warning: implicit declaration of function 'cos' "
         "[-Wimplicit-function-declaration]",
         "", "#include <math.h>"},
        {"a.c:1:2: warning: implicitly declaring library function 'memset' with type 'void *(void "
         "*, int, unsigned long)' [-Wimplicit-function-declaration]",
         "", "#include <string.h>"},
        {"a.c:1:2: error: implicit declaration of function 'omp_get_thread_num' "
         "[-Wimplicit-function-declaration]",
         "", "#include <omp.h>"},
        {"a.c:1:2: warning: implicit declaration of function 'foo' "
         "[-Wimplicit-function-declaration]",
         "", "heat.h spells its name"},
        {"a.c:1:2: error: 'sise' undeclared (first use in this function); did you mean 'size'?", "",
         "sise is not declared"},
        {"a.c:1:10: fatal error: own.h: No such file or directory", "#include \"own.h\"",
         "only the .c files"},
        {"a.c:1:10: fatal error: 'own.h' file not found", "#include \"own.h\"",
         "only the .c files"},
        {"a.c:1:10: fatal error: own.h: No such file or directory", "#include <own.h>",
         "no such header"},
        {"a.c:1:2: error: initialization of 'int *' from incompatible pointer type 'double *' "
         "[-Wincompatible-pointer-types]",
         "int *p = h->grid;", "another type"},
        {"a.c:1:2: warning: incompatible pointer types initializing 'int *' with an expression of "
         "type 'double *' [-Wincompatible-pointer-types]",
         "int *p = h->grid;", "another type"},
        {"a.c:1:2: error: expected ';' before 'foo'", "", "semicolon is missing"},
        {"a.c:1:2: error: expected ';' after expression", "", "semicolon is missing"},
        {"a.c:1:2: error: expected ',' or ';' before 'int'", "", "semicolon is missing"},
        {"a.c:9:1: error: expected declaration or statement at end of input", "", "has no }"},
        {"a.c:9:1: error: expected '}'", "", "has no }"},
        {"a.c:9:1: error: expected identifier or '(' before '}' token", "", "one too many"},
        {"a.c:9:1: error: extraneous closing brace ('}')", "", "one too many"},
        {"a.c:1:2: error: 'struct heat' has no member named 'm'", "", "heat.h lists"},
        {"a.c:1:2: error: 'h' is a pointer; did you mean to use '->'?", "", "->"},
        {"a.c:1:2: error: conflicting types for 'heat_mpi'; have 'int(void)'", "",
         "heat.h declares heat_mpi"},
        {"a.c:1:2: error: redefinition of 'f'", "", "f is defined twice"},
        {"a.c:1:2: error: stray '\\342' in program", "", "copied from a web page"},
        {"a.c:1:2: error: unexpected character <U+201C>", "", "copied from a web page"},
        {"a.c:1:2: warning: 'sum' is used uninitialized [-Wuninitialized]", "",
         "sum has no value yet"},
        {"a.c:1:2: warning: 'a' may be used uninitialized [-Wmaybe-uninitialized]", "",
         "a has no value yet"},
        {"a.c:1:2: warning: variable 'sum' is uninitialized when used here [-Wuninitialized]", "",
         "sum has no value yet"},
        {"a.c:1:2: warning: control reaches end of non-void function [-Wreturn-type]", "",
         "without `return`"},
        {"a.c:1:2: warning: suggest parentheses around assignment used as truth value "
         "[-Wparentheses]",
         "", "Use =="},
        {"a.c:1:2: warning: format '%d' expects argument of type 'int', but argument 2 has type "
         "'double' [-Wformat=]",
         "", "%g for double"},
        {"a.c:1:2: warning: ignoring return value of 'fread' declared with attribute "
         "'warn_unused_result' [-Wunused-result]",
         "", "fread tells by its result"},
        {"a.c:1:2: warning: ignoring return value of function declared with 'warn_unused_result' "
         "attribute [-Wunused-result]",
         "", "thrown away"},
        {"a.c:1:2: warning: unused variable 'tmp' [-Wunused-variable]", "",
         "tmp is declared and not used"},
        {"a.c:1:2: warning: something new that nobody knows [-Wnew]", "", ""},
        {NULL, NULL, NULL}};
    check_rows(rows);
}

static void arrays_on_the_stack_are_explained(void) {
    static const struct row rows[] = {
        {"a.c:1:2: warning: ISO C90 forbids variable length array 'x' [-Wvla]", "double x[n];",
         "malloc()"},
        {"a.c:1:2: warning: variable length array used [-Wvla]", "double x[n];", "malloc()"},
        // A pointer to rows of n is no array on the stack.
        {"a.c:1:2: warning: variable length array used [-Wvla]", "double(*x)[n] = malloc(9);", ""},
        {"a.c:1:2: warning: the frame size of 96000000 bytes is larger than 1000000 bytes "
         "[-Wframe-larger-than=]",
         "}", "malloc()"},
        {"a.c:1:2: warning: stack frame size (96000024) exceeds limit (1000000) in 'f' "
         "[-Wframe-larger-than]",
         "}", "malloc()"},
        {NULL, NULL, NULL}};
    check_rows(rows);
}

static void a_linker_is_explained(void) {
    static const struct row rows[] = {
        {"/usr/bin/ld: /d/mpi.c:4: undefined reference to `helper'", "", "helper is called"},
        {"/usr/bin/ld: /d/mpi.c:4: multiple definition of `helper'; omp.o: first defined here", "",
         "helper is defined in two files"},
        {"ld.lld: error: duplicate symbol: helper\n>>> defined at l1.c:2 (/d/l1.c:2)", "",
         "helper is defined in two files"},
        {"ld.lld: error: undefined symbol: helper", "", "helper is called"},
        {NULL, NULL, NULL}};
    check_rows(rows);
}

// -- real compilers ------------------------------------------------------------------------------------

// Compiles a line within a function with the compiler of this machine; the first complaint must be
// explained with the fragment.
static bool compiler_says(const char *cc, const char *options, const char *body,
                          const char *fragment) {
    struct command command = {0};
    struct outcome outcome;
    char text[768] = "", source[600];
    snprintf(
        source, sizeof source,
        "#include <stdio.h>\nvoid f(int n, double *x);\nvoid f(int n, double *x) {\n%s\n(void)n; "
        "(void)x; }\n",
        body);
    files_write("a.c", source);
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s -std=c11 -Wall -Wextra -Wvla %s -c a.c -o a.o", cc, options);
    command_set(&command, "LC_ALL", "C");
    process_run(
        &command,
        &(struct how){.seconds = 15, .capture_out = true, .capture_err = true, .dir = files_dir},
        &outcome);
    const int count = coach_read(outcome.err, list, MANY);
    const bool good = count > 0 && list[0].line == 4 &&
                      coach_explain(&list[0], body, "heat.h", text, sizeof text) &&
                      strstr(text, fragment);
    if (!good)
        test_note("%s: \"%s\" for: %.300s", cc, text, outcome.err);
    outcome_free(&outcome);
    command_free(&command);
    return good;
}

static void the_compilers_of_this_machine_are_understood(void) {
    static const struct {
        const char *options, *body, *fragment;
    } rows[] = {
        {"-fopenmp", "#pragma omp paralel for", "did you mean 'parallel'?"},
        {"-fno-openmp", "#pragma omp parallel", "-fopenmp is missing"},
        {"-fopenmp", "for (int i = 0; i < m; i++) x[i] = 0;", "m is not declared"},
        {"", "double y[n]; y[0] = 0; x[0] = y[0];", "malloc()"},
        {"", "x[0] = 0 return;", "semicolon"},
        {"", "x[0] = sqrt(x[1]);", "math.h"},
        {"", "printf(\"%d\\n\", x[0]);", "%g for double"},
    };
    CU_ASSERT(files_begin());
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT(compiler_says("gcc", rows[i].options, rows[i].body, rows[i].fragment));
        // clang says nothing about pragmas that it does not look at, unless it is asked.
        if (process_find("clang", NULL, 0))
            CU_ASSERT(compiler_says("clang -Wsource-uses-openmp", rows[i].options, rows[i].body,
                                    rows[i].fragment));
    }
    files_end();
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_complaint_has_place_severity_message_and_option),
        TEST(the_same_complaint_twice_counts_once),
        TEST(a_macro_of_a_header_is_told_where_it_is_used),
        TEST(a_linker_names_file_and_line),
        TEST(a_message_of_many_thousand_letters_is_cut),
        TEST(openmp_mistakes_are_explained),
        TEST(mpi_mistakes_are_explained),
        TEST(mistakes_of_c_are_explained),
        TEST(arrays_on_the_stack_are_explained),
        TEST(a_linker_is_explained),
        TEST(the_compilers_of_this_machine_are_understood),
        {0},
    };
    return run_tests("coach", tests, MPI_COMM_NULL);
}
