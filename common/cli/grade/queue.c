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
#include <unistd.h>

// Far above what a check may take: each of its runs has limits of its own.
enum { JOB_SECONDS = 3600, WORKERS_MAX = 256 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

struct worker {
    struct queue *queue;
    enum pace_lane lane;
    pthread_t thread;
    const struct job *job; // under way; NULL: none
    double since;
};
static struct worker worker[WORKERS_MAX];

// -- the line that says how far it is -------------------------------------------------------------------

void queue_progress(const struct queue *q) {
    char line[256];
    struct winsize size = {0};
    const double at = process_now();
    struct pace pace = {.lane = q->lane,
                        .jobs = q->jobs,
                        .done = q->done,
                        .waiting = q->waiting,
                        .before = q->before,
                        .seconds = at - q->begin};
    if (!isatty(STDERR_FILENO))
        return;
    for (int i = 0; i < q->workers; i++)
        if (worker[i].job && at - worker[i].since > pace.now_seconds) {
            pace.now_seconds = at - worker[i].since;
            pace.now = worker[i].job->student;
        }
    for (size_t i = 0; i < q->jobs && q->workers; i++) // (elsewhere nobody knows what each took)
        if (q->job[i].seconds > pace.slowest_seconds) {
            pace.slowest_seconds = q->job[i].seconds;
            pace.slowest = q->job[i].student;
        }
    const int width =
        ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    pace_line(&pace, (size_t)width - 1, line, sizeof line);
    fprintf(stderr, "\r\x1b[K%s", line);
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
    if (process_now() - last > 0.5) {
        last = process_now();
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
static bool take(struct queue *q, const struct job *job, enum pace_lane lane, const char *journal,
                 char *why, size_t cap) {
    char waiting[PATH_MAX];
    timed_path(q, job, waiting, sizeof waiting);
    if (lane == PACE_RIGHT) {
        if (!timed_keep(journal, waiting)) {
            cannot_keep(why, cap);
            return false;
        }
        if (timed_waits(q, job)) {
            q->waiting++;
            return true;
        }
        journal = waiting;
    } else if (lane == PACE_SPEED && !timed_join(waiting, journal)) {
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
static void judge(struct queue *q, const struct job *job, enum pace_lane lane) {
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
    if (lane != PACE_WHOLE) {
        command_add(&command, "--lane");
        command_add(&command, lane == PACE_RIGHT ? "correctness" : "timing");
    }
    if (lane == PACE_SPEED) {
        command_add(&command, "--after");
        command_add(&command, "%s", waiting);
    }
    const struct how how = {.seconds = JOB_SECONDS,
                            .capture_out = true,
                            .capture_err = true,
                            .cap = 1 << 16,
                            .dir = q->files_dir,
                            .cpus = q->cpus,
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
        good = take(q, job, lane, journal, why, sizeof why);
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
        me->since = process_now();
        pthread_mutex_unlock(&mutex);
        if (!job)
            return NULL;
        judge(q, job, me->lane);
        const bool done = job_done(q, job);
        pthread_mutex_lock(&mutex);
        me->job = NULL;
        job->seconds = process_now() - me->since;
        if (done && !q->stopped)
            queue_judged(q, job);
        queue_progress(q);
        pthread_mutex_unlock(&mutex);
    }
}

// Judges the job while nothing else runs.
static void judge_alone(struct queue *q, struct job *job, enum pace_lane lane) {
    worker[0].job = job;
    worker[0].since = process_now();
    judge(q, job, lane);
    job->seconds += process_now() - worker[0].since;
    worker[0].job = NULL;
}

static void begin_lane(struct queue *q, enum pace_lane lane) {
    q->lane = lane;
    q->before = q->done + (lane == PACE_RIGHT ? q->waiting : 0);
    q->begin = process_now();
}

// Times those of which an earlier call, or the workers, know what is right. Meanwhile this program
// stays on the one core that the judge never keeps for what is timed (cores.h).
static void time_alone(struct queue *q) {
    struct cpus all, others, first;
    if (!q->waiting || q->stopped)
        return;
    queue_clear_progress();
    fprintf(stderr, "Speed is timed now, one submission at a time: %zu.\n", q->waiting);
    begin_lane(q, PACE_SPEED);
    if (cpus_mine(&all) &&
        cores_split(&all, cpu_core, cores_count(&all, cpu_core) - 1, &others, &first) &&
        cpus_move(&first))
        q->cpus = &all;
    for (size_t i = 0; i < q->jobs && !q->stopped; i++) {
        struct job *const job = &q->job[i];
        if (!timed_waits(q, job))
            continue;
        judge_alone(q, job, PACE_SPEED);
        q->waiting--;
        if (!q->stopped && job_done(q, job))
            queue_judged(q, job);
        queue_progress(q);
    }
    if (q->cpus)
        cpus_move(&all);
    q->cpus = NULL;
}

bool queue_run(struct queue *q) {
    int threads = 0;
    if (q->workers > WORKERS_MAX)
        q->workers = WORKERS_MAX;
    const enum pace_lane lane = q->workers > 1 && timed_asked(q->checks) ? PACE_RIGHT : PACE_WHOLE;
    for (size_t i = 0; i < q->jobs; i++)
        q->waiting += timed_waits(q, &q->job[i]);
    begin_lane(q, lane);
    for (int i = 0; i < q->workers; i++) {
        worker[i] = (struct worker){.queue = q, .lane = lane};
        if (pthread_create(&worker[i].thread, NULL, work, &worker[i]) != 0)
            break;
        threads++;
    }
    for (int i = 0; i < threads; i++)
        pthread_join(worker[i].thread, NULL);
    time_alone(q);
    // What went wrong in company is tried again alone.
    begin_lane(q, PACE_WHOLE);
    for (size_t i = 0; i < q->jobs && !q->stopped; i++) {
        struct job *const job = &q->job[i];
        bool again = false;
        while (!q->stopped && !job_done(q, job)) {
            again = true;
            judge_alone(q, job, PACE_WHOLE);
        }
        q->done += again && !q->stopped;
    }
    queue_clear_progress();
    return !q->stopped;
}
