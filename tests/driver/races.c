// SPDX-License-Identifier: MIT
//
// races: what `twofold diagnose FILE.c` finds in small programs of OpenMP (or of MPI, too) that are
// wrong, and that it finds nothing in their right twins.
//
//     races DIRECTORY [OPTION..]    (options for diagnose)
//
// The second line of each C file says what must be found:
//
//     // EXPECT race lines=13,15 variable=sum
//     // EXPECT nothing
//
//     // EXPECT deadlock lines=9,14 says="which it has set itself"
//
//     // EXPECT sharing lines=16 variable=count
//
// At least one finding must be of that kind, at two of these lines (or twice at one of them), name
// the variable and say these words; of kind sharing, which is only slow, the program must be
// accused of nothing. Two programs are looked at at once. Where nothing of it is found beside another
// program, it is looked at once more, alone, and that is said; one in which something is found that
// is not there has no second look. ONLY=name in the environment: that file alone.

#include "flat.h"
#include "process.h"
#include <glob.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 2, LINES = 8 };

struct program {
    const char *path;
    char kind[16], variable[64], says[96]; // expected; "nothing"
    int lines[LINES], count;
};

static glob_t files;
static char *const *options; // NULL ends
static size_t next_file;
static size_t again[64], again_count; // files to be looked at once more, alone
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static bool program_read(struct program *p, const char *path) {
    char line[256] = "";
    FILE *file = fopen(path, "re");
    for (int i = 0; file && i < 2; i++)
        if (!fgets(line, sizeof line, file))
            line[0] = 0;
    if (file)
        fclose(file);
    *p = (struct program){.path = path};
    if (sscanf(line, "// EXPECT %15s", p->kind) != 1)
        return false;
    const char *at = strstr(line, "lines=");
    for (at = at ? at + 6 : NULL; at && p->count < LINES; at = *at == ',' ? at + 1 : NULL) {
        char *end;
        p->lines[p->count++] = (int)strtol(at, &end, 10);
        at = end;
    }
    at = strstr(line, "variable=");
    if (at)
        snprintf(p->variable, sizeof p->variable, "%.*s", (int)strcspn(at + 9, " \n"), at + 9);
    at = strstr(line, "says=\"");
    if (at)
        snprintf(p->says, sizeof p->says, "%.*s", (int)strcspn(at + 6, "\"\n"), at + 6);
    return true;
}

static bool among(const struct program *p, double line) {
    for (int i = 0; i < p->count; i++)
        if ((int)line == p->lines[i])
            return true;
    return false;
}

// Is this line of JSON what is expected?
static bool meets(const struct program *p, const char *json) {
    char kind[16] = "", variable[64] = "", said[2048] = "";
    double line = 0, other = 0;
    flat_text(json, "kind", kind, sizeof kind);
    flat_text(json, "variable", variable, sizeof variable);
    flat_text(json, "text", said, sizeof said);
    flat_number(json, "line", &line);
    if (!flat_number(json, "other_line", &other))
        other = line;
    return strcmp(kind, p->kind) == 0 && among(p, line) && among(p, other) &&
           strstr(said, p->says) && (!p->variable[0] || strcmp(variable, p->variable) == 0);
}

// Says what came of it; number: of the file, where it may be looked at once more.
static void look(const struct program *p, const size_t *number) {
    struct command command = {0};
    struct outcome outcome;
    const struct how how = {.seconds = 120, .capture_out = true, .capture_err = true};
    const bool clean = strcmp(p->kind, "nothing") == 0;
    const char *const slash = strrchr(p->path, '/');
    command_add_all(&command, (char *[]){"build/bin/twofold", "diagnose", "--json", NULL});
    command_add_all(&command, options);
    command_add(&command, "%s", p->path);
    process_run(&command, &how, &outcome);
    const bool slow = strcmp(p->kind, "sharing") == 0;
    bool met = clean;
    char *const copy = strdup(outcome.out), *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        met = clean ? met && strstr(line, "\"kind\":\"sharing\"") == NULL : met || meets(p, line);
    free(copy);
    const bool good = met && outcome.status == (clean || slow ? 0 : 1);
    pthread_mutex_lock(&mutex);
    const bool later = !good && !clean && number && again_count < sizeof again / sizeof *again;
    if (later) {
        again[again_count++] = *number;
        printf("# %s is looked at once more, alone\n", p->path);
    } else {
        printf("%s - %s: %s\n", good ? "ok" : "not ok", slash ? slash + 1 : p->path,
               clean ? "nothing is found" : p->kind);
    }
    if (!good)
        printf("# expected: see its second line; it ended with status %d and said:\n#   %.1500s\n"
               "#   %.500s\n",
               outcome.status, outcome.out, outcome.err);
    fflush(stdout);
    pthread_mutex_unlock(&mutex);
    outcome_free(&outcome);
    command_free(&command);
}

static void *work(void *unused) {
    const char *const only = getenv("ONLY");
    for (;;) {
        pthread_mutex_lock(&mutex);
        const size_t i = next_file++;
        pthread_mutex_unlock(&mutex);
        if (i >= files.gl_pathc)
            return unused;
        struct program program;
        if (only && !strstr(files.gl_pathv[i], only))
            continue;
        if (program_read(&program, files.gl_pathv[i]))
            look(&program, &i);
        else
            printf("not ok - %s: its second line says what to expect\n", files.gl_pathv[i]);
    }
}

int main(int argc, char **argv) {
    char pattern[512];
    pthread_t threads[AT_ONCE];
    if (argc < 2) {
        fprintf(stderr, "races DIRECTORY: give the directory of the programs.\n");
        return 2;
    }
    options = argv + 2;
    snprintf(pattern, sizeof pattern, "%s/*.c", argv[1]);
    if (glob(pattern, 0, NULL, &files) != 0) {
        fprintf(stderr, "races: there is no %s.\n", pattern);
        return 2;
    }
    for (int i = 0; i < AT_ONCE; i++)
        if (pthread_create(&threads[i], NULL, work, NULL) != 0)
            return 2;
    for (int i = 0; i < AT_ONCE; i++)
        pthread_join(threads[i], NULL);
    for (size_t i = 0; i < again_count; i++) {
        struct program program;
        if (program_read(&program, files.gl_pathv[again[i]]))
            look(&program, NULL);
    }
    globfree(&files);
    return 0;
}
