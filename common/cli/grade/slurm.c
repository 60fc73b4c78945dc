// SPDX-License-Identifier: MIT
//
// slurm.c: see slurm.h.

#include "slurm.h"

#include "process.h"
#include "timed.h"

#include "../reset/copy.h"
#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// Slurm's own bound for an array is 1001 where a site has set none.
enum { MEMBERS_MAX = 1000 };

extern char **environ;

struct round {
    struct queue *queue;
    const struct rubric *rubric;
    bool timing; // the rubric asks for speed
    char script[PATH_MAX + 32];
    char dir[PATH_MAX + 48]; // of this call, below the queue's work_dir
    size_t count;
    struct job **job; // of this round; NULL: it is in the journal
    double at;        // when they were submitted
};

// -- the files ------------------------------------------------------------------------------------------

// The text of DIR/N.what, to be freed; NULL: it is not there, or not whole.
static char *read_file(const struct round *round, size_t n, const char *what) {
    char path[PATH_MAX + 96];
    char *text = NULL;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%zu.%s", round->dir, n, what);
    FILE *const file = fopen(path, "re");
    const bool good = file && getdelim(&text, &size, '\0', file) >= 0;
    const bool empty = file && !good && feof(file);
    if (file)
        fclose(file);
    if (!good && !empty) {
        free(text);
        return NULL;
    }
    if (empty && text)
        *text = '\0';
    return text ? text : calloc(1, 1);
}

static bool write_words(const struct round *round, const char *name, char *const *words,
                        size_t count) {
    char path[PATH_MAX + 96];
    snprintf(path, sizeof path, "%s/%s", round->dir, name);
    FILE *const file = fopen(path, "we");
    for (size_t i = 0; file && i < count; i++)
        fprintf(file, "%s%c", words[i], 0);
    return file && fclose(file) == 0;
}

// The list and the words for the judge, for slurm/grade.sbatch.
static bool write_list(const struct round *round) {
    const struct queue *const q = round->queue;
    char **const words = calloc(3 * round->count + 1, sizeof *words);
    bool good = words;
    for (size_t i = 0; good && i < round->count; i++) {
        words[3 * i + 1] = round->job[i]->student;
        good = asprintf(&words[3 * i], "%s/%s", q->files_dir, round->job[i]->dir) > 0 &&
               asprintf(&words[3 * i + 2], "%.0f", queue_seed(q, round->job[i])) > 0;
    }
    // The hidden checks lie where the instructor alone may see them: the nodes get a copy.
    char hidden[PATH_MAX + 64];
    snprintf(hidden, sizeof hidden, "%s/hidden.txt", round->dir);
    if (q->hidden)
        good = good && copy_file(q->hidden, hidden);
    char *const judge[] = {q->no_sandbox ? "--no-sandbox" : "--sandbox", "--hidden", hidden};
    const size_t words_of_judge = sizeof judge / sizeof *judge - (q->hidden ? 0 : 2);
    good = good && write_words(round, "list", words, 3 * round->count) &&
           write_words(round, "words", judge, words_of_judge);
    for (size_t i = 0; words && i < round->count; i++) {
        free(words[3 * i]);
        free(words[3 * i + 2]);
    }
    free(words);
    return good;
}

static void remove_dir(const char *path) {
    DIR *const dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(path);
}

// -- the arrays -----------------------------------------------------------------------------------------

// Ends the arrays of DIR. (After a Ctrl-C process_run starts nothing any more.)
static void cancel(const struct round *round, const char *dir) {
    char path[PATH_MAX + 320];
    pid_t pid;
    snprintf(path, sizeof path, "%s/jobs", dir);
    if (access(path, R_OK) != 0)
        return;
    char *const words[] = {"bash", (char *)round->script, "--cancel", (char *)dir, NULL};
    if (posix_spawnp(&pid, "bash", NULL, NULL, words, environ) == 0)
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
}

// What a killed call has left: its arrays would go on.
static void end_earlier(const struct round *round) {
    DIR *const work = opendir(round->queue->work_dir);
    for (struct dirent *entry; work && (entry = readdir(work));) {
        char path[PATH_MAX + 300];
        if (strncmp(entry->d_name, "slurm-", 6) != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", round->queue->work_dir, entry->d_name);
        cancel(round, path);
        remove_dir(path);
    }
    if (work)
        closedir(work);
}

// -- what has come --------------------------------------------------------------------------------------

// All verdicts about submission n, to be freed; NULL: they have not come.
static char *verdicts(const struct round *round, size_t n) {
    char *const right = read_file(round, n, "correctness");
    if (!right || !round->timing || !timed_left(round->rubric, right))
        return right;
    char *const timed = read_file(round, n, "timing"), *all = NULL;
    if (timed && asprintf(&all, "%s%s", right, timed) < 0)
        all = NULL;
    free(right);
    free(timed);
    return all;
}

static void stop(struct queue *q, const char *why) {
    q->stopped = true;
    snprintf(q->why, sizeof q->why, "%s", why);
}

// Puts what has come about submission n into the journal. True: something had.
static bool take(struct round *round, size_t n) {
    struct queue *const q = round->queue;
    const struct job *const job = round->job[n - 1];
    char path[PATH_MAX + 96], said[512], why[1024] = "";
    char *const lines = verdicts(round, n);
    char *const refused = lines ? NULL : read_file(round, n, "refused");
    const struct piece piece = queue_piece(q, job);
    bool good = lines || refused;
    if (lines) {
        snprintf(path, sizeof path, "%s/%zu.both", round->dir, n);
        FILE *const file = fopen(path, "we");
        good = file && fputs(lines, file) >= 0;
        good = file && fclose(file) == 0 && good &&
               ledger_add_run(q->ledger, path, &piece, q->kit, why, sizeof why);
    } else if (refused) {
        queue_last_words(refused, said, sizeof said);
        good = ledger_add_failure(q->ledger, &piece, said, why, sizeof why);
    }
    if ((lines || refused) && !good)
        stop(q, *why ? why : strerror(errno));
    free(lines);
    free(refused);
    return good;
}

static void collect(struct round *round) {
    struct queue *const q = round->queue;
    for (size_t n = 1; n <= round->count && !q->stopped; n++) {
        struct job *const job = round->job[n - 1];
        if (!job || !take(round, n))
            continue;
        job->seconds = process_now() - round->at;
        const struct piece piece = queue_piece(q, job);
        if (ledger_done(q->ledger, &piece))
            queue_judged(q, job);
        round->job[n - 1] = NULL;
    }
    queue_progress(q);
}

static void tick(double seconds, void *user) {
    static double last = -1;
    struct round *const round = user;
    if (seconds < last) // of another round
        last = -1;
    if (seconds - last < 1)
        return;
    last = seconds;
    collect(round);
}

// -- a round --------------------------------------------------------------------------------------------

// Submits the submissions of the round and waits for them. Where that cannot be, why was said.
static void run_round(struct round *round) {
    struct queue *const q = round->queue;
    struct command command = {0};
    struct outcome outcome;
    const size_t members = round->count < MEMBERS_MAX ? round->count : MEMBERS_MAX;
    round->at = process_now();
    command_add(&command, "bash");
    command_add(&command, "%s", round->script);
    command_add(&command, "%s", q->lab);
    command_add(&command, "%s", round->dir);
    command_add(&command, "%zu", members);
    if (round->timing)
        command_add(&command, "timing");
    const struct how how = {.tick = tick, .enough = &q->stopped, .user = round};
    process_run(&command, &how, &outcome);
    command_free(&command);
    const bool submitted = outcome.status == 0;
    if (process_interrupted() || outcome.interrupted || !submitted)
        q->stopped = true;
    outcome_free(&outcome);
    if (submitted)
        collect(round);
}

bool slurm_run(struct queue *q, const char *root) {
    struct round round = {.queue = q, .rubric = q->checks, .timing = timed_asked(q->checks)};
    snprintf(round.script, sizeof round.script, "%s/slurm/grade.sh", root);
    q->begin = process_now();
    end_earlier(&round);
    round.job = calloc(q->jobs + 1, sizeof(struct job *));
    for (int times = 0; times < TRIES_MAX && round.job && !q->stopped; times++) {
        round.count = 0;
        for (size_t i = 0; i < q->jobs; i++) {
            const struct piece piece = queue_piece(q, &q->job[i]);
            if (!ledger_done(q->ledger, &piece))
                round.job[round.count++] = &q->job[i];
        }
        if (round.count == 0)
            break;
        snprintf(round.dir, sizeof round.dir, "%s/slurm-XXXXXX", q->work_dir);
        if (!mkdtemp(round.dir) || !write_list(&round)) {
            stop(q, "the list of submissions cannot be written for the nodes.");
            break;
        }
        run_round(&round);
        for (size_t n = 0; n < round.count && !q->stopped; n++) {
            char why[1024];
            if (!round.job[n])
                continue;
            const struct piece piece = queue_piece(q, round.job[n]);
            if (!ledger_add_failure(q->ledger, &piece,
                                    "its job ended before there were verdicts: its node was lost, "
                                    "or its time limit too short (GRADE_TIME in slurm/site.conf)",
                                    why, sizeof why))
                stop(q, why);
        }
        if (q->stopped)
            cancel(&round, round.dir);
        remove_dir(round.dir);
    }
    free(round.job);
    queue_clear_progress();
    return !q->stopped;
}
