// SPDX-License-Identifier: MIT
//
// observe: what `twofold diagnose` finds in small programs that are wrong, and that it finds
// nothing in their right twins.
//
//     observe DIRECTORY [apart]
//
// apart: of ranks that are observed as if they shared no memory. What is not found then is marked so.
//
// Each C file of DIRECTORY is compiled twice, as it is and with -DRIGHT, where what is wrong is
// mended. Its first lines say what must be found in the wrong one, a finding a line, and nothing
// else may be:
//
//     // FINDS n=2 kind=deadlock line=12 says="waits in MPI_Recv"
//
// n: ranks (2 where none is said); threads: of OpenMP, on each rank (none where none is said); apart=no: it
// takes memory that the ranks share to find it. Two programs run at once. Where something is not found
// beside another program, the program is looked at once more, alone, and that is said: what a race of
// ranks shows is chance. A right one that is accused has no second look. NAME in the environment's ONLY:
// that file alone.

#include "flat.h"
#include "process.h"
#include <glob.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 400, FINDS = 4, AT_ONCE = 2 };

struct expected {
    char kind[16], says[160];
    int line;
    bool met;
};

struct program {
    char path[256], name[64];
    int ranks, threads, count;
    bool blind; // nothing can be found in it
    struct expected finds[FINDS];
    char wrong[2048], right[2048]; // what is to be complained about; "": nothing
};

static struct program programs[FILES];
static int program_count, next_program;
static bool apart;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

// -- what is expected --------------------------------------------------------------------------------

static void word_of(const char *line, const char *name, char *word, size_t cap) {
    const char *at = strstr(line, name);
    *word = '\0';
    if (!at)
        return;
    at += strlen(name);
    const bool quoted = *at == '"';
    at += quoted;
    snprintf(word, cap, "%.*s", (int)strcspn(at, quoted ? "\"\n" : " \n"), at);
}

static bool program_read(struct program *p, const char *path) {
    char line[512], word[32];
    FILE *const file = fopen(path, "re");
    const char *const slash = strrchr(path, '/');
    snprintf(p->path, sizeof p->path, "%s", path);
    snprintf(p->name, sizeof p->name, "%.*s", (int)strcspn(slash + 1, "."), slash + 1);
    p->ranks = 2;
    while (file && fgets(line, sizeof line, file) && strncmp(line, "// FINDS ", 9) == 0 &&
           p->count < FINDS) {
        struct expected *const e = &p->finds[p->count++];
        word_of(line, " n=", word, sizeof word);
        if (*word)
            p->ranks = (int)strtol(word, NULL, 10);
        word_of(line, " threads=", word, sizeof word);
        if (*word)
            p->threads = (int)strtol(word, NULL, 10);
        word_of(line, " line=", word, sizeof word);
        e->line = (int)strtol(word, NULL, 10);
        word_of(line, " kind=", e->kind, sizeof e->kind);
        word_of(line, " says=", e->says, sizeof e->says);
        if (!*e->kind || !*e->says)
            p->count = FINDS + 1;
        word_of(line, " apart=", word, sizeof word);
        if (apart && strcmp(word, "no") == 0) {
            p->blind = true;
            p->count--;
        }
    }
    if (file)
        fclose(file);
    p->blind = p->blind && p->count == 0;
    return (p->blind || p->count > 0) && p->count <= FINDS;
}

// -- one run --------------------------------------------------------------------------------------------

static void complain(char *text, size_t cap, const char *what, const char *more) {
    const size_t used = strlen(text);
    snprintf(text + used, cap - used, "#   %s%s\n", what, more);
}

// Compiles and diagnoses; the findings, a line each. The caller frees it. NULL: text says why.
static char *diagnose(const struct program *p, bool right, char *text, size_t cap) {
    const char *const mpicc = getenv("MPICC");
    struct command command = {0};
    struct outcome outcome;
    char program[512];
    const struct how how = {.seconds = 60, .capture_out = true, .capture_err = true};
    snprintf(program, sizeof program, "build/tests/observe/%s%s", p->name, right ? ".right" : "");
    command_add(&command, "%s", mpicc ? mpicc : "mpicc");
    for (const char *const *word =
             (const char *const[]){"-std=c11", "-g", "-O1", "-Wall", "-Wextra",
                                   // mpi.h of MPICH makes gcc find one in MPI_STATUSES_IGNORE
                                   "-Wno-stringop-overflow", NULL};
         *word; word++)
        command_add(&command, "%s", *word);
    if (right)
        command_add(&command, "-DRIGHT");
    if (p->threads)
        command_add(&command, "-fopenmp");
    command_add(&command, "%s", p->path);
    command_add(&command, "-o");
    command_add(&command, "%s", program);
    process_run(&command, &how, &outcome);
    command_free(&command);
    const bool compiled = outcome.started && outcome.status == 0 && !strstr(outcome.err, "warning");
    if (!compiled)
        complain(text, cap, "it is not compiled without a warning: ", outcome.err);
    outcome_free(&outcome);
    if (!compiled)
        return NULL;
    command = (struct command){0};
    command_add(&command, "build/bin/twofold-diagnose");
    command_add(&command, "-n");
    command_add(&command, "%d", p->ranks);
    if (p->threads) {
        command_add(&command, "-t");
        command_add(&command, "%d", p->threads);
    }
    if (apart)
        command_add(&command, "--apart");
    command_add(&command, "--json");
    command_add(&command, "--seconds");
    command_add(&command, "30");
    command_add(&command, "%s", program);
    process_run(&command, &how, &outcome);
    command_free(&command);
    char *found = NULL;
    if (outcome.started && outcome.status <= 1)
        found = strdup(outcome.out);
    else
        complain(text, cap, "diagnose: ", outcome.text);
    if (!found)
        complain(text, cap, "it said: ", outcome.err);
    outcome_free(&outcome);
    return found;
}

static bool is_met(const struct expected *e, const char *kind, int line, const char *said) {
    return strcmp(e->kind, kind) == 0 && e->line == line && strcasestr(said, e->says);
}

static void judge_wrong(struct program *p) {
    char *const found = diagnose(p, false, p->wrong, sizeof p->wrong), *rest = found;
    char kind[16], said[2048], text[512];
    for (char *line; found && (line = strsep(&rest, "\n"));) {
        double number = 0;
        bool met = false;
        if (!flat_text(line, "kind", kind, sizeof kind) ||
            !flat_text(line, "text", said, sizeof said))
            continue;
        flat_number(line, "line", &number);
        for (int i = 0; i < p->count && !met; i++) {
            met = is_met(&p->finds[i], kind, (int)number, said);
            p->finds[i].met = p->finds[i].met || met;
        }
        snprintf(text, sizeof text, "%s at line %d: %.440s", kind, (int)number, said);
        if (!met)
            complain(p->wrong, sizeof p->wrong, "found besides: ", text);
    }
    for (int i = 0; found && i < p->count; i++) {
        snprintf(text, sizeof text, "%s at line %d: %s", p->finds[i].kind, p->finds[i].line,
                 p->finds[i].says);
        if (!p->finds[i].met)
            complain(p->wrong, sizeof p->wrong, "missed: ", text);
    }
    free(found);
}

static void judge_right(struct program *p) {
    char *const found = diagnose(p, true, p->right, sizeof p->right);
    if (found && *found)
        complain(p->right, sizeof p->right, "accused: ", found);
    free(found);
}

static void *work(void *unused) {
    (void)unused;
    for (;;) {
        pthread_mutex_lock(&mutex);
        const int i = next_program++;
        pthread_mutex_unlock(&mutex);
        if (i >= program_count)
            return NULL;
        if (!programs[i].blind)
            judge_wrong(&programs[i]);
        judge_right(&programs[i]);
    }
}

// -- all ------------------------------------------------------------------------------------------------

static void judge_again(void) {
    for (int i = 0; i < program_count && !process_interrupted(); i++) {
        struct program *const p = &programs[i];
        if (!*p->wrong)
            continue;
        printf("# %s is looked at once more, alone:\n%s", p->name, p->wrong);
        *p->wrong = '\0';
        for (int k = 0; k < p->count; k++)
            p->finds[k].met = false;
        judge_wrong(p);
    }
}

static int report(void) {
    int status = 0;
    for (int i = 0; i < program_count; i++) {
        const struct program *const p = &programs[i];
        if (!p->blind)
            printf("%sok - %s: what is wrong in it is found\n%s", *p->wrong ? "not " : "", p->name,
                   p->wrong);
        printf("%sok - %s: nothing is found in its right twin\n%s", *p->right ? "not " : "",
               p->name, p->right);
        status |= *p->wrong || *p->right;
    }
    return status;
}

int main(int argc, char **argv) {
    char pattern[256];
    const char *const only = getenv("ONLY");
    glob_t files;
    apart = argc > 2 && strcmp(argv[2], "apart") == 0;
    snprintf(pattern, sizeof pattern, "%s/*.c", argc > 1 ? argv[1] : "tests/observe/mpi");
    if (glob(pattern, 0, NULL, &files) != 0) {
        printf("not ok - observe: there are programs in %s\n", pattern);
        return 1;
    }
    for (size_t i = 0; i < files.gl_pathc && program_count < FILES; i++) {
        struct program *const p = &programs[program_count];
        *p = (struct program){0};
        if (!program_read(p, files.gl_pathv[i])) {
            printf("not ok - observe: %s says what is to be found\n", files.gl_pathv[i]);
            return 1;
        }
        program_count += !only || !*only || strcmp(only, p->name) == 0;
    }
    globfree(&files);
    process_catch_signals();
    pthread_t threads[AT_ONCE];
    for (int i = 0; i < AT_ONCE; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < AT_ONCE; i++)
        pthread_join(threads[i], NULL);
    judge_again();
    process_die_if_interrupted();
    return report();
}
