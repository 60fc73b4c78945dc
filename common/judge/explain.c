// SPDX-License-Identifier: MIT
//
// explain.c: the coach's answers (coach.h). Those that depend on names that were meant are made
// here; the rest are lessons (lessons.h).

#include "coach.h"
#include "lessons.h"
#include "names.h"
#include "nearest.h"
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

// -- words of the message ---------------------------------------------------------------------------

// The number-th name between quotes, without what a function's name has behind it; "": none.
static void quoted(const char *message, int number, char *name, size_t cap) {
    const char *at = message;
    name[0] = 0;
    for (; number > 0 && (at = strpbrk(at, "'`")); number--) {
        const size_t length = strcspn(++at, "'");
        snprintf(name, cap, "%.*s", (int)length, at);
        at += length + (at[length] != 0);
    }
    if (number > 0)
        name[0] = 0;
}

static bool is_letter(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The next word from *at, which moves behind it. False: there is none.
static bool next_word(const char **at, char *word, size_t cap) {
    while (**at && !is_letter(**at))
        ++*at;
    size_t length = 0;
    while (is_letter((*at)[length]))
        length++;
    snprintf(word, cap, "%.*s", (int)length, *at);
    *at += length;
    return length > 0;
}

static bool is_one_of(const char *word, const struct name_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(word, list->at[i]) == 0)
            return true;
    return false;
}

static const char *nearest_of(const char *word, const struct name_list *list) {
    for (size_t i = 0; i < list->count; i++)
        if (strcasecmp(word, list->at[i]) == 0)
            return list->at[i];
    return nearest(word, list->at, list->count);
}

// -- OpenMP -----------------------------------------------------------------------------------------

static bool pragma_ignored(const char *pragma, char *text, size_t cap) {
    const char *at = strstr(pragma, "#pragma");
    char word[64];
    if (!at)
        at = strstr(pragma, "# pragma");
    if (!at)
        return false;
    at += strcspn(at, "p") + strlen("pragma");
    if (!next_word(&at, word, sizeof word))
        return false;
    if (strcmp(word, "omp") != 0) {
        static const char *const omp[] = {"omp"};
        if (!nearest(word, omp, 1) && strcmp(word, "openmp") != 0 && strcmp(word, "OMP") != 0)
            return false;
        snprintf(text, cap,
                 "The pragma is ignored, so no thread is started: it begins with '#pragma %s', and "
                 "OpenMP's begin with '#pragma omp', in small letters.",
                 word);
        return true;
    }
    const char *const behind = at;
    while (next_word(&at, word, sizeof word) && is_one_of(word, &omp_directives) && *at != '(')
        ;
    const char *const near = *word ? nearest_of(word, &omp_directives) : NULL;
    const char *first = behind;
    char directive[64];
    if (!next_word(&first, directive, sizeof directive)) {
        snprintf(text, cap,
                 "The pragma names no directive: '#pragma omp parallel for' shares out "
                 "a loop, '#pragma omp parallel' starts a team of threads.");
        return true;
    }
    if (is_one_of(directive, &omp_directives) &&
        (!*word || is_one_of(word, &omp_directives) || is_one_of(word, &omp_clauses))) {
        snprintf(text, cap,
                 "OpenMP is switched off, so the pragma is ignored and everything runs on one "
                 "thread: the option -fopenmp is missing. `make` gives it; leave it in when you "
                 "change MPICC or KIT, and give it to a compiler that you start by hand.");
        return true;
    }
    snprintf(text, cap, "As it stands no thread is started: OpenMP has no directive '%s'%s%s%s",
             word, near ? "; did you mean '" : ". Look its name up.", near ? near : "",
             near ? "'?" : "");
    return true;
}

static bool clause_unknown(const char *said, const char *source, char *text, size_t cap) {
    char word[64] = "";
    quoted(said, 2, word, sizeof word); // gcc: expected '#pragma omp' clause before 'shedule'
    const char *at = strstr(source, "omp ");
    if (!at || (*word && !is_letter(*word)))
        return false;
    at += 4;
    int depth = 0;
    // clang does not name it: it is the first word outside of parentheses that is none.
    for (const char *from = at; !*word && next_word(&at, word, sizeof word); from = at) {
        for (; from < at; from++)
            depth += (*from == '(') - (*from == ')');
        if (depth > 0 || is_one_of(word, &omp_directives) || is_one_of(word, &omp_clauses))
            word[0] = 0;
    }
    if (!*word)
        return false;
    const char *const near = nearest_of(word, &omp_clauses);
    snprintf(text, cap, "OpenMP has no clause '%s' that may stand here%s%s%s", word,
             near ? "; did you mean '" : ": see which ones this directive takes.", near ? near : "",
             near ? "'?" : "");
    return true;
}

// -- names that are not declared ----------------------------------------------------------------------

static bool removed_name(const char *name, char *text, size_t cap) {
    const char *const now = mpi_successor(name);
    if (now)
        snprintf(text, cap,
                 "%s was removed from MPI years ago; %s took its place (`man 3 %s` gives its "
                 "arguments).",
                 name, now, now);
    return now;
}

static void unknown_function(const char *name, const char *lab_header, char *text, size_t cap) {
    const bool mpi = strncasecmp(name, "MPI_", 4) == 0;
    const char *const header = header_of(name);
    const char *const near = mpi                            ? nearest_of(name, &mpi_names)
                             : strncmp(name, "omp", 3) == 0 ? nearest_of(name, &omp_names)
                                                            : NULL;
    if (removed_name(name, text, cap))
        return;
    if (near && strcmp(near, name) != 0)
        snprintf(text, cap,
                 "There is no %s; did you mean %s? Capital and small letters make a difference.",
                 name, near);
    else if (header)
        snprintf(text, cap, "%s is not declared here: write #include <%s> at the top of the file.",
                 name, header);
    else if (mpi)
        snprintf(text, cap,
                 "MPI has no %s, as far as its header on this machine goes: look its name up in "
                 "the manual.",
                 name);
    else
        snprintf(text, cap,
                 "%s is not declared here. If it is a function of the lab, %s spells its name; if "
                 "it is your own, it must stand above its first use.",
                 name, lab_header);
}

static void unknown_name(const char *name, const char *source, char *text, size_t cap) {
    const bool mpi = strncasecmp(name, "MPI_", 4) == 0;
    const char *const near = mpi ? nearest_of(name, &mpi_names) : NULL;
    if (removed_name(name, text, cap))
        return;
    if (near && strcmp(near, name) != 0)
        snprintf(text, cap,
                 "There is no %s; did you mean %s? Capital and small letters make a difference.",
                 name, near);
    else if (strstr(source, "#pragma"))
        snprintf(text, cap,
                 "The pragma names %s, which is not declared above it: a variable that is declared "
                 "inside the loop is each thread's own already and needs no clause, any other must "
                 "be declared before the pragma.",
                 name);
    else
        snprintf(text, cap,
                 "%s is not declared where it is used: is it spelled as where it was declared, and "
                 "was that inside of a block or loop that has ended?",
                 name);
}

static void undefined_reference(const char *message, const char *lab_header, char *text,
                                size_t cap) {
    char name[128];
    quoted(message, 1, name, sizeof name);
    if (!*name) // lld: "undefined symbol: name"
        snprintf(name, sizeof name, "%.100s", message + strlen("undefined symbol: "));
    const char *const near = strncasecmp(name, "MPI_", 4) == 0 ? nearest_of(name, &mpi_names)
                             : strncmp(name, "omp_", 4) == 0   ? nearest_of(name, &omp_names)
                                                               : NULL;
    if (removed_name(name, text, cap))
        return;
    if (near && strcmp(near, name) != 0)
        snprintf(text, cap,
                 "There is no %s; did you mean %s? Capital and small letters make a difference.",
                 name, near);
    else
        snprintf(text, cap,
                 "%s is called and stands nowhere: neither in this file nor in what the lab gives "
                 "(%s). Is its name spelled the same in both places, and is it written at all?",
                 name, lab_header);
}

// -- all --------------------------------------------------------------------------------------------

static void fill_in(const char *sentence, const struct complaint *complaint, const char *lab_header,
                    char *text, size_t cap) {
    char name[128];
    size_t length = 0;
    while (*sentence && length + 1 < cap) {
        const bool header = strncmp(sentence, "{header}", 8) == 0;
        const bool number = sentence[0] == '{' && sentence[1] >= '1' && sentence[1] <= '2';
        if (!header && !number) {
            text[length++] = *sentence++;
            continue;
        }
        if (number)
            quoted(complaint->message, sentence[1] - '0', name, sizeof name);
        // (the linker lld quotes nothing)
        if (number && !*name && strstr(complaint->message, "symbol: "))
            snprintf(name, sizeof name, "%.100s", strstr(complaint->message, "symbol: ") + 8);
        const int put = snprintf(text + length, cap - length, "%s",
                                 header  ? lab_header
                                 : *name ? name
                                         : "it");
        length = length + (size_t)put < cap ? length + (size_t)put : cap - 1;
        sentence += header ? 8 : 3;
    }
    text[length] = 0;
}

bool coach_explain(const struct complaint *complaint, const char *source, const char *lab_header,
                   char *text, size_t cap) {
    const char *const said = complaint->message;
    char name[128];
    text[0] = 0;
    quoted(said, 1, name, sizeof name);
    if (strstr(complaint->option, "unknown-pragmas") ||
        strstr(complaint->option, "source-uses-openmp") ||
        strcmp(said, "expected an OpenMP directive") == 0)
        return pragma_ignored(source, text, cap) || pragma_ignored(said, text, cap);
    if ((strstr(said, "clause before") ||
         strstr(said, "extra tokens at the end of '#pragma omp")) &&
        clause_unknown(said, source, text, cap))
        return true;
    if (strstr(said, "was removed in MPI")) {
        const char *at = strstr(said, "MPI_");
        return at && next_word(&at, name, sizeof name) && removed_name(name, text, cap);
    }
    if (strncmp(said, "implicit declaration of function", 32) == 0 ||
        strncmp(said, "call to undeclared", 18) == 0 ||
        strncmp(said, "implicitly declaring library function", 37) == 0) {
        unknown_function(name, lab_header, text, cap);
        return true;
    }
    if (fnmatch("'*' undeclared*", said, 0) == 0 ||
        fnmatch("unknown type name '*'*", said, 0) == 0 ||
        fnmatch("use of undeclared identifier '*'*", said, 0) == 0) {
        unknown_name(name, source, text, cap);
        return true;
    }
    if (strncmp(said, "undefined reference to", 22) == 0 ||
        strncmp(said, "undefined symbol: ", 18) == 0) {
        undefined_reference(said, lab_header, text, cap);
        return true;
    }
    for (const struct lesson *lesson = lessons; lesson->pattern; lesson++)
        if (fnmatch(lesson->pattern, said, 0) == 0 &&
            (!lesson->source || strstr(source, lesson->source))) {
            fill_in(lesson->sentence, complaint, lab_header, text, cap);
            return text[0] != 0;
        }
    return false;
}
