// SPDX-License-Identifier: MIT
//
// lessons.c: see lessons.h.

#include "lessons.h"
#include <stddef.h>

#define NOT_A_FOR \
    "This pragma shares out the turns of a for loop, so the very next statement must be a for: " \
    "no brace, no other statement and no while loop may stand between them."
#define LEAVES_LOOP \
    "A loop whose turns are shared out cannot be left early: other threads are in the middle of " \
    "theirs. Let the turns that have nothing to do pass by with an if or `continue`."
#define BY_ADDRESS \
    "The function needs the address of a variable here, to read it or to write its answer into " \
    "it, and was given a value: put & before the variable, as in MPI_Comm_rank(comm, &rank)."
#define OTHER_POINTER \
    "This pointer points to data of another type than is wanted here, so the bytes would be read " \
    "as something they are not. Declare it with the type of the array, and do not cast it away."
#define SHARING \
    "default(none) wants it said of each variable: is {1} shared by all threads (shared), or " \
    "does each have its own (private, firstprivate, or declared inside the loop)?"
#define BARRIER \
    "A barrier, taskwait or the like is a statement of its own that all threads of the team must " \
    "reach: it cannot be the body of an if or a loop, nor stand inside a shared-out loop, " \
    "single, critical or task."
#define ATOMIC \
    "atomic guards one update of one variable: x++, x += ..., or x = x + .... Anything longer " \
    "needs critical, or better a reduction or a variable of each thread's own."
#define NESTED \
    "collapse(n) makes one loop of n loops, so nothing may stand between their for lines: move " \
    "that statement into the inner loop, or leave collapse out."
#define ON_STACK \
    "The array lies on the stack, which holds 8 MiB in all (a thread's often less): at the " \
    "larger sizes of the check the program dies there with a segmentation fault. Take it from " \
    "malloc() and free() it at the end."
#define ARGUMENTS \
    "The number of arguments of {1} is not right: compare the call with its line in {header} or " \
    "in the manual (man 3 {1}). With MPI it is often the tag, comm or &status that is missing."
#define PLACE_OF_SEMICOLON \
    "A semicolon is missing, most often at the end of the statement before this place: look at " \
    "this line and at the one above."
#define NO_END \
    "The file ends inside a block: a { above has no }. Let your editor indent the file; where " \
    "the indentation goes wrong, the brace is missing."
#define OUTSIDE \
    "This stands outside of every function. Most often a } above it is one too many and ended " \
    "the function early."
#define NO_VALUE \
    "{1} has no value yet where it is used, so what it holds is chance. Give it one where it is " \
    "declared; with private(...) each thread's copy begins without a value, too (firstprivate " \
    "copies it)."
#define NO_RETURN \
    "This function promises a value and can end without `return`: the caller then gets whatever " \
    "lies around."
#define ASSIGNS \
    "A single = assigns, it does not compare: the condition is always what was assigned. Use ==."
#define MEMBER \
    "The struct has no member of that name: {header} lists what it has, with shapes and units."
#define ARROW "It is a pointer, so its members are reached with ->, as in h->n, not with a dot."
#define ODD_CHARACTER \
    "There is a character that C does not know, most often copied from a web page or a PDF: " \
    "curved quotes, a long dash, a space that is none. Type it again on the keyboard."
#define NOT_TAKEN \
    "A header of your own is not taken along, only the .c files that the lab names: put what it " \
    "holds into this file, with `static` before functions."
#define NO_LIBRARY \
    "There is no such header on this machine. Is its name spelled right? A lab needs those of C, " \
    "<mpi.h> and <omp.h>; {header} includes what its functions want."
#define CONTRACT \
    "{header} declares {1} with other arguments or another result, and the kit calls it as " \
    "declared there: copy the line from the header."
#define TWICE "{1} is defined twice: remove one of the two, or give it another name."
#define UNUSED \
    "{1} is declared and not used. Was it meant to be each thread's own, or was another variable " \
    "of a similar name used in its place? If it is not needed, remove it."
#define UNUSED_COMM \
    "comm is never used, so no rank talks to another: each would do all of the work, or leave " \
    "its part where nobody collects it."
#define UNUSED_RESULT \
    "{1} tells by its result whether it worked and how much it did, and that is thrown away: " \
    "test it, for a read can end early."
#define IGNORED_RESULT \
    "This function tells by its result whether it worked and how much it did, and that is thrown " \
    "away: test it, for a read can end early."
#define FORMAT \
    "The format and the argument do not agree, so what is printed is nonsense: %d is for int, " \
    "%ld for long, %zu for size_t, %g for double, %s for text."
#define DEFINED_TWICE \
    "{1} is defined in two files, and a program can hold it once. Write `static` before a " \
    "function or variable of your own that only this file uses, or choose another name."
#define TOO_BIG \
    "The compiler itself gave up, over its memory or time. A huge array with initial values or " \
    "an endless #include does that: fill arrays with a loop."
#define REDUCTION \
    "A reduction clause is written reduction(operator:variable), as in reduction(+:sum), with a " \
    "colon between the two."

const struct lesson lessons[] = {
    // MPI
    {"*makes pointer from integer*", "(", BY_ADDRESS},
    {"incompatible integer to pointer conversion passing*", NULL, BY_ADDRESS},
    {"incompatible type for argument*'MPI_*", NULL, BY_ADDRESS},
    {"passing '*' to parameter of incompatible type*", NULL, BY_ADDRESS},
    {"*incompatible pointer type*", NULL, OTHER_POINTER},
    {"too few arguments to function*", NULL, ARGUMENTS},
    {"too many arguments to function*", NULL, ARGUMENTS},
    {"unused parameter 'comm'", NULL, UNUSED_COMM},
    // OpenMP
    {"for statement expected*", NULL, NOT_A_FOR},
    {"statement after '#pragma omp*must be a for loop", NULL, NOT_A_FOR},
    {"break statement used with OpenMP*", NULL, LEAVES_LOOP},
    {"'break' statement cannot be used in OpenMP*", NULL, LEAVES_LOOP},
    {"invalid branch to/from OpenMP*", NULL, LEAVES_LOOP},
    {"invalid exit from OpenMP*", NULL, LEAVES_LOOP},
    {"cannot return from OpenMP region", NULL, LEAVES_LOOP},
    {"'*' not specified in enclosing*", NULL, SHARING},
    {"variable '*' must have explicitly specified data sharing*", NULL, SHARING},
    {"*may only be used in compound statements*", NULL, BARRIER},
    {"*cannot be an immediate substatement*", NULL, BARRIER},
    {"region cannot be closely nested*", NULL, BARRIER},
    {"*region may not be closely nested*", NULL, BARRIER},
    {"invalid form of '#pragma omp atomic'*", NULL, ATOMIC},
    {"the statement for 'atomic' must be*", NULL, ATOMIC},
    {"not enough perfectly nested loops*", NULL, NESTED},
    {"expected * for loops after '#pragma omp*", "collapse", NESTED},
    {"*", "reduction(+;", REDUCTION},
    {"missing ':' after reduction*", NULL, REDUCTION},
    {"expected ':' before*", "reduction", REDUCTION},
    {"expected '+', '?', '-'*", "reduction", REDUCTION},
    {"expected declaration specifiers before '#pragma'*", NULL, OUTSIDE},
    {"unexpected OpenMP directive*", NULL, OUTSIDE},
    // memory
    {"*variable length array*", "(*", ""}, // a pointer to rows of n: nothing lies on the stack
    {"*variable length array*", NULL, ON_STACK},
    {"the frame size of * bytes is larger*", NULL, ON_STACK},
    {"stack frame size*exceeds limit*", NULL, ON_STACK},
    {"internal compiler error*", NULL, TOO_BIG},
    {"*irtual memory exhausted*", NULL, TOO_BIG},
    {"out of memory allocating*", NULL, TOO_BIG},
    {"*#include nested*too deeply*", NULL, TOO_BIG},
    {"#include nested depth*", NULL, TOO_BIG},
    // C
    {"*o such file or directory", "\"", NOT_TAKEN},
    {"'*' file not found", "\"", NOT_TAKEN},
    {"*o such file or directory", "#include", NO_LIBRARY},
    {"'*' file not found", NULL, NO_LIBRARY},
    {"expected ';'*", NULL, PLACE_OF_SEMICOLON},
    {"expected * or ';' before*", NULL, PLACE_OF_SEMICOLON},
    {"expected declaration or statement at end of input", NULL, NO_END},
    {"expected '}'*", NULL, NO_END},
    {"expected identifier or '('*", NULL, OUTSIDE},
    {"extraneous closing brace*", NULL, OUTSIDE},
    {"expected declaration specifiers*", NULL, OUTSIDE},
    {"'*' is a pointer; did you mean to use '->'*", NULL, ARROW},
    {"member reference type '*' is a pointer*", NULL, ARROW},
    {"'*' has no member named '*'*", NULL, MEMBER},
    {"no member named '*' in '*'*", NULL, MEMBER},
    {"conflicting types for '*'*", NULL, CONTRACT},
    {"redefinition of '*'", NULL, TWICE},
    {"stray '*' in program", NULL, ODD_CHARACTER},
    {"unexpected character <U*", NULL, ODD_CHARACTER},
    {"source file is not valid UTF-8", NULL, ODD_CHARACTER},
    {"extended character * is not valid in an identifier", NULL, ODD_CHARACTER},
    {"'*' * used uninitialized*", NULL, NO_VALUE},
    {"variable '*' is uninitialized when used*", NULL, NO_VALUE},
    {"variable '*' may be uninitialized*", NULL, NO_VALUE},
    {"control reaches end of non-void function", NULL, NO_RETURN},
    {"non-void function does not return a value*", NULL, NO_RETURN},
    {"suggest parentheses around assignment used as truth value", NULL, ASSIGNS},
    {"using the result of an assignment as a condition*", NULL, ASSIGNS},
    {"ignoring return value of *'", NULL, UNUSED_RESULT},
    {"ignoring return value of *' declared with*", NULL, UNUSED_RESULT},
    {"ignoring return value of function declared with*", NULL, IGNORED_RESULT},
    {"unused variable '*'", NULL, UNUSED},
    {"variable '*' set but not used", NULL, UNUSED},
    {"format '%*' expects*", NULL, FORMAT},
    {"format specifies type*", NULL, FORMAT},
    // the linker
    {"multiple definition of *", NULL, DEFINED_TWICE},
    {"duplicate symbol: *", NULL, DEFINED_TWICE},
    {NULL, NULL, NULL},
};
