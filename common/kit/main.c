// SPDX-License-Identifier: MIT
//
// main.c: main() of every lab program. It decides whether MPI is needed, runs the cases that were
// asked for, and prints what came of them.

#include "kit.h"
#include "lastwords.h"
#include "options.h"
#include "picture.h"
#include "print.h"
#include "result.h"
#include "run.h"
#include "say.h"
#include "verify.h"
#include "world.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// One case: on its ranks if it has any, else on rank 0. The others come back at once.
static void one(const struct run_case *c, struct run_how how, struct record *record) {
    struct run_case fitted = *c;
    *record = (struct record){.of = fitted};
    words_clear();
    service_case(fitted.id);
    bool ready =
        !needs_ranks(c->version) || world.mpi || (world_start_alone() && last_words_of_mpi());
    if (!ready || !case_fits(&fitted, world.ranks)) {
        record->status = REFUSED;
        snprintf(record->text, sizeof record->text, "%s", refusal());
        return;
    }
    if (!needs_ranks(fitted.version)) {
        if (world.rank == 0)
            run_case(&fitted, MPI_COMM_NULL, how, record);
        return;
    }
    MPI_Comm comm;
    MPI_Comm_split(world.comm, world.rank < fitted.workers ? 0 : MPI_UNDEFINED, world.rank, &comm);
    if (comm != MPI_COMM_NULL) {
        run_case(&fitted, comm, how, record);
        MPI_Comm_free(&comm);
    }
}

static int worse(int a, int b) { // 2 refused, 3 not written, 1 wrong, 0
    static const int order[] = {0, 1, 3, 2};
    return order[a] > order[b] ? a : b;
}

// Turns a record into a refusal because something after the run went wrong.
static void fail(struct record *record) {
    record->status = REFUSED;
    snprintf(record->text, sizeof record->text, "%s", refusal());
}

static void draw(const struct record *record, const char *path) {
    struct picture picture = {0};
    if (!lab.picture) {
        refuse("%s draws no picture.", lab.name);
        return;
    }
    void *problem = lab.create(record->of.values, record->of.seed, MPI_COMM_NULL);
    if (!problem)
        return;
    lab.picture(problem, record->bytes, record->size, &picture);
    if (picture.rgb)
        picture_write(&picture, path);
    picture_free(&picture);
    lab.destroy(problem);
}

// Rank 0: writes what was asked for beside the record, prints it, frees it.
static int finish(struct record *record, const struct options *o, const char *result_path) {
    words_clear();
    if (record->status == RAN && result_path && !result_write(record, o->nonce, result_path))
        fail(record);
    if (record->status == RAN && o->picture) {
        draw(record, o->picture);
        if (refusal())
            fail(record);
    }
    if (o->json)
        print_record_json(record);
    else // not both: Open MPI 5 may mix what a rank writes to stdout and stderr at one moment
        print_record(record);
    record_free(record);
    words_clear();
    return record_exit(record);
}

static int run_repeated(const struct options *o, struct run_how how) {
    int status = 0;
    for (int i = 0; i < o->repeat; i++) {
        struct record record;
        one(&o->c, how, &record);
        if (world.rank == 0)
            status = worse(status, finish(&record, o, o->result));
    }
    return status;
}

// The whole file of cases as one text on every rank; rank 0 reads it.
static char *read_cases(const char *path) {
    char *text = NULL;
    size_t size = 0;
    const bool reader = world.rank == 0;
    if (reader) {
        FILE *file = fopen(path, "re");
        if (!file || getdelim(&text, &size, '\0', file) < 0) {
            if (!file || ferror(file))
                refuse("Cannot read the cases in %s: %s.", path, strerror(errno));
            free(text);
            text = strdup("");
        }
        if (file)
            fclose(file);
    }
    if (world.mpi) {
        unsigned long length = text ? strlen(text) + 1 : 0;
        MPI_Bcast(&length, 1, MPI_UNSIGNED_LONG, 0, world.comm);
        if (!reader)
            text = malloc(length);
        MPI_Bcast(text, (int)length, MPI_CHAR, 0, world.comm);
    }
    return text;
}

static int run_line(char *line, int number, const struct options *o, struct run_how how) {
    struct run_case c = o->c;
    struct record record = {.of = c};
    char path[PATH_MAX];
    const char *dir = o->verify ? o->verify : o->results;
    if (line[strspn(line, " \t")] == '#' || line[strspn(line, " \t")] == '\0')
        return 0;
    words_clear();
    bool read = case_line(&c, line);
    if (o->services) { // one that cannot be read is refused when it is to run
        if (read && world.rank == 0)
            print_service_json(&c);
        return 0;
    }
    snprintf(path, sizeof path, "%s/%llu.res", dir ? dir : "", (unsigned long long)c.id);
    if (!read) {
        record.of.id = c.id;
        record.status = REFUSED;
        snprintf(record.text, sizeof record.text, "Line %d of %s: %s", number, o->cases, refusal());
    } else if (!o->verify)
        one(&c, how, &record);
    else if (world.rank == 0)
        verify(&c, path, o->nonce, NULL, &record);
    return world.rank == 0 ? finish(&record, o, o->results ? path : NULL) : 0;
}

static int run_cases(const struct options *o, struct run_how how) {
    char *text = read_cases(o->cases);
    if (refusal_agree(world.comm)) {
        free(text);
        return 2;
    }
    int status = 0, number = 0;
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        status = worse(status, run_line(line, ++number, o, how));
    }
    free(text);
    return status;
}

static int verify_one(const struct options *o) {
    struct record record;
    verify(&o->c, o->verify, o->nonce, o->against, &record);
    if (o->json)
        print_record_json(&record);
    else if (record.checked)
        printf("%s: %s%s%s\n", o->verify, record.same == WRONG ? "WRONG" : "right",
               record.text[0] ? ": " : "", record.text);
    if (!record.checked)
        refuse("%s", record.text);
    return record_exit(&record);
}

static int work(const struct options *o) {
    if (o->help)
        return 0;
    if (o->describe) {
        if (world.rank == 0)
            print_lab_json();
        return 0;
    }
    if (o->services && !o->cases) {
        if (world.rank == 0)
            print_service_json(&o->c);
        return 0;
    }
    if (o->verify && !o->cases)
        return world.rank == 0 ? verify_one(o) : 0;
    if (!o->cases && world.ranks > 1 && !needs_ranks(o->c.version)) {
        refuse("mpirun started %d copies of the %s version, which is one process; start it without "
               "mpirun, or choose a version that runs as ranks.",
               world.ranks, o->c.version->name);
        return 2;
    }
    if (o->verify && o->results) {
        refuse("--verify reads result files and --results writes them; say one of the two.");
        return 2;
    }
    if (o->results && access(o->results, W_OK) != 0) {
        refuse("Cannot write results into %s: %s.", o->results, strerror(errno));
        return 2;
    }
    if (o->last_words)
        last_words_begin(o->last_words);
    if (refusal_agree(world.comm))
        return 2;
    struct run_how how = {
        .check = o->check, .memory = o->memory, .keep = o->result || o->results || o->picture};
    return o->cases ? run_cases(o, how) : run_repeated(o, how);
}

int main(int argc, char **argv) {
    struct options options;
    int status = 2;
    bool ready = world_start_launched();
    if (ready && options_read(argc, argv, world.rank != 0, &options)) {
        words_clear();
        status = work(&options);
    }
    if (status == 2 && refusal() && world.rank == 0)
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, refusal());
    serial_forget();
    if (world.mpi) {
        // The exit status of the job is rank 0's; the others wait until its words are out.
        MPI_Bcast(&status, 1, MPI_INT, 0, world.comm);
        world_end();
    }
    return status;
}
