// SPDX-License-Identifier: MIT
//
// queue.c: see queue.h.

#include "queue.h"

#include "process.h"
#include "timed.h"
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

// Far above what a check may take: each of its runs has limits of its own.
enum { JOB_SECONDS = 3600, WORKERS_MAX = 256 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

// Of a job: all, or what its workers judge side by side, or what is timed alone.
enum part { WHOLE, RIGHT, SPEED };

struct worker {
    struct queue *queue;
    enum part part;
    pthread_t thread;
    const struct job *job; // under way; NULL: none
    double since;
};
static struct worker worker[WORKERS_MAX];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// -- the line that says how far it is -------------------------------------------------------------------

static void duration(double seconds, char text[32]) {
    if (seconds < 90)
        snprintf(text, 32, "%.0f s", seconds);
    else if (seconds < 5400)
        snprintf(text, 32, "%.0f min", seconds / 60);
    else
        snprintf(text, 32, "%.1f h", seconds / 3600);
}

void queue_progress(const struct queue *q) {
    char line[256], left[32] = "", slowest[160] = "";
    struct winsize size = {0};
    const double at = now();
    double longest = 0;
    if (!isatty(STDERR_FILENO))
        return;
    for (int i = 0; i < q->workers; i++)
        if (worker[i].job && at - worker[i].since > longest) {
            longest = at - worker[i].since;
            snprintf(slowest, sizeof slowest, "; longest now: %.60s, %.0f s",
                     worker[i].job->student, longest);
        }
    if (q->done)
        duration((at - q->begin) * (double)(q->jobs - q->done) / (double)q->done, left);
    int n = q->waiting
                ? snprintf(line, sizeof line, "%zu of %zu judged, %zu wait to be timed alone",
                           q->done, q->jobs, q->waiting)
                : snprintf(line, sizeof line, "%zu of %zu judged%s%s%s", q->done, q->jobs,
                           *left ? ", about " : "", left, *left ? " left" : "");
    snprintf(line + n, sizeof line - (size_t)n, "%s", slowest);
    const int width =
        ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    fprintf(stderr, "\r\x1b[K%.*s", width - 1, line);
}

struct piece queue_piece(const struct queue *q, const struct job *job) {
    return (struct piece){job->files, q->rubric, job->variant};
}

double queue_seed(const struct queue *q, const struct job *job) {
    return job->variant > 0 ? job->variant : q->ledger->base_seed;
}

void queue_judged(struct queue *q, const struct job *job) {
    q->done++;
    if (!isatty(STDERR_FILENO))
        fprintf(stderr, "%zu of %zu judged: %s, %.0f s\n", q->done, q->jobs, job->student,
                job->seconds);
}

void queue_clear_progress(void) {
    if (isatty(STDERR_FILENO))
        fputs("\r\x1b[K", stderr);
}

static void tick(double seconds, void *user) {
    (void)seconds;
    static double last;
    pthread_mutex_lock(&mutex);
    if (now() - last > 0.5) {
        last = now();
        queue_progress(user);
    }
    pthread_mutex_unlock(&mutex);
}

// -- one job ----------------------------------------------------------------------------------------

void queue_last_words(const char *said, char *text, size_t cap) {
    static const char name[] = "twofold check: ";
    size_t end = strlen(said);
    while (end && strchr("\r\n", said[end - 1]))
        end--;
    size_t begin = end;
    while (begin && said[begin - 1] != '\n')
        begin--;
    if (!strncmp(said + begin, name, sizeof name - 1))
        begin += sizeof name - 1;
    snprintf(text, cap, "%.*s", (int)(end - begin), said + begin);
}

static void cannot_keep(char *why, size_t cap) {
    snprintf(why, cap, "what was judged cannot be kept: %s.", strerror(errno));
}

// What the judge found is whole: to the journal with it, or into the file where it waits to be timed.
static bool take(struct queue *q, const struct job *job, enum part part, const char *journal,
                 char *why, size_t cap) {
    char waiting[PATH_MAX];
    timed_path(q, job, waiting, sizeof waiting);
    if (part == RIGHT) {
        if (!timed_keep(journal, waiting)) {
            cannot_keep(why, cap);
            return false;
        }
        if (timed_waits(q, job)) {
            q->waiting++;
            return true;
        }
        journal = waiting;
    } else if (part == SPEED && !timed_join(waiting, journal)) {
        cannot_keep(why, cap);
        return false;
    }
    const struct piece piece = queue_piece(q, job);
    if (!ledger_add_run(q->ledger, journal, &piece, q->kit, why, cap))
        return false;
    unlink(waiting);
    return true;
}

// Judges the job, or a part of it, once and adds what came of it.
static void judge(struct queue *q, const struct job *job, enum part part) {
    char journal[PATH_MAX], waiting[PATH_MAX], said[512], why[1024] = "";
    struct command command = {0};
    struct outcome outcome;
    timed_path(q, job, waiting, sizeof waiting);
    snprintf(journal, sizeof journal, "%s/%ld-%zu.jsonl", q->work_dir, (long)getpid(),
             (size_t)(job - q->job));
    unlink(journal);
    command_add(&command, "%s", q->judge);
    command_add(&command, "%s", q->lab);
    command_add(&command, "--from");
    command_add(&command, "%s", job->dir);
    command_add(&command, "--json");
    command_add(&command, "--journal");
    command_add(&command, "%s", journal);
    command_add(&command, "--student");
    command_add(&command, "%s", job->student);
    command_add(&command, "--seed");
    command_add(&command, "%.0f", queue_seed(q, job));
    command_add(&command, q->no_sandbox ? "--no-sandbox" : "--sandbox");
    if (q->hidden) {
        command_add(&command, "--hidden");
        command_add(&command, "%s", q->hidden);
    }
    if (part != WHOLE) {
        command_add(&command, "--lane");
        command_add(&command, part == RIGHT ? "correctness" : "timing");
    }
    if (part == SPEED) {
        command_add(&command, "--after");
        command_add(&command, "%s", waiting);
    }
    const struct how how = {.seconds = JOB_SECONDS,
                            .capture_out = true,
                            .capture_err = true,
                            .cap = 1 << 16,
                            .dir = q->files_dir,
                            .tick = tick,
                            .user = q};
    process_run(&command, &how, &outcome);
    command_free(&command);
    pthread_mutex_lock(&mutex);
    const struct piece piece = queue_piece(q, job);
    bool good = true;
    if (outcome.interrupted || process_interrupted()) {
        q->stopped = true;
    } else if (outcome.status == 0 || outcome.status == 1) {
        good = take(q, job, part, journal, why, sizeof why);
    } else {
        unlink(waiting);
        queue_last_words(*outcome.err ? outcome.err : outcome.text, said, sizeof said);
        good = ledger_add_failure(q->ledger, &piece, said, why, sizeof why);
    }
    if (!good) {
        q->stopped = true;
        snprintf(q->why, sizeof q->why, "%s", why);
    }
    pthread_mutex_unlock(&mutex);
    outcome_free(&outcome);
    unlink(journal);
}

static bool job_done(struct queue *q, const struct job *job) {
    pthread_mutex_lock(&mutex);
    const struct piece piece = queue_piece(q, job);
    const bool done = ledger_done(q->ledger, &piece);
    pthread_mutex_unlock(&mutex);
    return done;
}

static void *work(void *user) {
    struct worker *const me = user;
    struct queue *const q = me->queue;
    for (;;) {
        pthread_mutex_lock(&mutex);
        while (q->next < q->jobs && timed_waits(q, &q->job[q->next]))
            q->next++; // an earlier call has judged what is right
        struct job *const job = q->stopped || q->next == q->jobs ? NULL : &q->job[q->next++];
        me->job = job;
        me->since = now();
        pthread_mutex_unlock(&mutex);
        if (!job)
            return NULL;
        judge(q, job, me->part);
        const bool done = job_done(q, job);
        pthread_mutex_lock(&mutex);
        me->job = NULL;
        job->seconds = now() - me->since;
        if (done && !q->stopped)
            queue_judged(q, job);
        queue_progress(q);
        pthread_mutex_unlock(&mutex);
    }
}

// Judges the job while nothing else runs.
static void judge_alone(struct queue *q, struct job *job, enum part part) {
    worker[0].job = job;
    worker[0].since = now();
    judge(q, job, part);
    job->seconds += now() - worker[0].since;
    worker[0].job = NULL;
}

// Times those of which an earlier call, or the workers, know what is right.
static void time_alone(struct queue *q) {
    if (q->waiting && !q->stopped) {
        queue_clear_progress();
        fprintf(stderr, "Speed is timed now, one submission at a time: %zu.\n", q->waiting);
    }
    for (size_t i = 0; i < q->jobs && !q->stopped; i++) {
        struct job *const job = &q->job[i];
        if (!timed_waits(q, job))
            continue;
        judge_alone(q, job, SPEED);
        q->waiting--;
        if (!q->stopped && job_done(q, job))
            queue_judged(q, job);
        queue_progress(q);
    }
}

bool queue_run(struct queue *q) {
    int threads = 0;
    q->begin = now();
    if (q->workers > WORKERS_MAX)
        q->workers = WORKERS_MAX;
    const enum part part = q->workers > 1 && timed_asked(q->checks) ? RIGHT : WHOLE;
    for (size_t i = 0; i < q->jobs; i++)
        q->waiting += timed_waits(q, &q->job[i]);
    for (int i = 0; i < q->workers; i++) {
        worker[i] = (struct worker){.queue = q, .part = part};
        if (pthread_create(&worker[i].thread, NULL, work, &worker[i]) != 0)
            break;
        threads++;
    }
    for (int i = 0; i < threads; i++)
        pthread_join(worker[i].thread, NULL);
    time_alone(q);
    // What went wrong in company is tried again alone.
    for (size_t i = 0; i < q->jobs && !q->stopped; i++) {
        struct job *const job = &q->job[i];
        bool again = false;
        while (!q->stopped && !job_done(q, job)) {
            again = true;
            judge_alone(q, job, WHOLE);
        }
        q->done += again && !q->stopped;
    }
    queue_clear_progress();
    return !q->stopped;
}
