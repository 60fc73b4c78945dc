// SPDX-License-Identifier: MIT
//
// timeline.c: timeline.h.

#include "timeline.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 1024 };

struct mapped {
    const struct trace_file *file;
    size_t size;
    uint32_t count;
    int rank;                        // of its process
    const struct trace_event **sent; // its messages by their numbers, sents of them
    size_t sents;
};

struct reading {
    struct timeline *timeline;
    struct mapped at[FILES];
    int count;
    uint64_t from, to; // ns of rank 0's clock
};

// -- files ------------------------------------------------------------------------------------------

static int by_number(const void *a, const void *b) {
    const struct trace_event *const *const x = a, *const *const y = b;
    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

static bool map(struct reading *reading, int dir, const char *name) {
    const int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat stat;
    if (fd < 0)
        return false;
    const size_t size = fstat(fd, &stat) == 0 ? (size_t)stat.st_size : 0;
    const struct trace_file *const file =
        size > sizeof *file ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (file == MAP_FAILED)
        return false;
    const bool good = file->magic == TRACE_MAGIC && file->version == TRACE_VERSION &&
                      (size - sizeof *file) / sizeof *file->events >= file->cap &&
                      file->module_count <= BOARD_MODULES;
    if (!good) {
        munmap((void *)file, size);
        return false;
    }
    const uint32_t asked = file->count;
    reading->timeline->missing += asked > file->cap ? asked - file->cap : 0;
    const uint32_t count = asked < file->cap ? asked : file->cap;
    struct mapped *const m = &reading->at[reading->count++];
    *m = (struct mapped){file, size, count, file->rank, NULL, 0};
    m->sent = calloc(count + 1, sizeof(void *));
    for (uint32_t e = 0; m->sent && e < count; e++)
        if (file->events[e].kind == TRACE_SENT)
            m->sent[m->sents++] = &file->events[e];
    if (m->sent)
        qsort(m->sent, m->sents, sizeof(void *), by_number);
    return true;
}

static void unmap(struct mapped *m) {
    free(m->sent);
    munmap((void *)m->file, m->size);
}

static int by_rank(const void *a, const void *b) {
    const struct mapped *const x = a, *const y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank)
                              : (x->file->pid > y->file->pid) - (x->file->pid < y->file->pid);
}

static void map_all(struct reading *reading, const char *path) {
    DIR *const dir = opendir(path);
    for (struct dirent *entry; dir && (entry = readdir(dir)) && reading->count < FILES;)
        if (entry->d_name[0] != '.')
            map(reading, dirfd(dir), entry->d_name);
    if (dir)
        closedir(dir);
    // The threads' file of a process does not know its rank; its other file does.
    for (int i = 0; i < reading->count; i++)
        for (int j = 0; reading->at[i].rank < 0 && j < reading->count; j++)
            if (reading->at[j].file->pid == reading->at[i].file->pid &&
                strcmp(reading->at[j].file->node, reading->at[i].file->node) == 0 &&
                reading->at[j].file->rank >= 0)
                reading->at[i].rank = reading->at[j].file->rank;
    qsort(reading->at, (size_t)reading->count, sizeof *reading->at, by_rank);
}

// The clock of a process, in that of rank 0.
static uint64_t common(const struct mapped *m, uint64_t ns) {
    return ns - (uint64_t)m->file->ahead;
}

// The stretch of time that is shown: the kernel's, or all of it.
static void find_window(struct reading *reading) {
    uint64_t from[2] = {UINT64_MAX, UINT64_MAX}, to[2] = {0, 0};
    for (int i = 0; i < reading->count; i++)
        for (uint32_t e = 0; e < reading->at[i].count; e++) {
            const struct trace_event *const event = &reading->at[i].file->events[e];
            const bool kernel = event->kind == TRACE_KERNEL;
            const uint64_t begin = common(&reading->at[i], event->begin);
            const uint64_t end = common(&reading->at[i], event->end ? event->end : event->begin);
            if (event->kind == TRACE_NONE)
                continue;
            from[kernel] = begin < from[kernel] ? begin : from[kernel];
            to[kernel] = end > to[kernel] ? end : to[kernel];
        }
    const bool kernel = to[1] > 0;
    // A kernel that had not ended: until the last that was seen of anybody.
    if (kernel && to[1] <= from[1])
        to[1] = to[0];
    reading->timeline->kernel = kernel;
    reading->from = from[kernel];
    reading->to = to[kernel];
    reading->timeline->length = (double)(reading->to - reading->from) * 1e-9;
}

// -- lanes ------------------------------------------------------------------------------------------

// -1: there is none.
static int lane_find(const struct timeline *t, int rank, int thread) {
    for (size_t i = 0; i < t->lanes; i++)
        if (t->lane[i].rank == rank && t->lane[i].thread == thread)
            return (int)i;
    return -1;
}

static void lane_add(struct timeline *t, int rank, int thread) {
    if (lane_find(t, rank, thread) >= 0)
        return;
    struct lane_of *const more = realloc(t->lane, (t->lanes + 1) * sizeof *more);
    if (!more)
        return;
    t->lane = more;
    t->lane[t->lanes++] = (struct lane_of){.rank = rank, .thread = thread};
}

static int lane_order(const void *a, const void *b) {
    const struct lane_of *const x = a, *const y = b;
    return x->rank != y->rank ? (x->rank > y->rank) - (x->rank < y->rank)
                              : (x->thread > y->thread) - (x->thread < y->thread);
}

static void make_lanes(struct reading *reading) {
    struct timeline *const t = reading->timeline;
    int threads = 0;
    for (int i = 0; i < reading->count; i++) {
        lane_add(t, reading->at[i].rank, 0);
        for (uint32_t e = 0; e < reading->at[i].count; e++)
            lane_add(t, reading->at[i].rank, (int)reading->at[i].file->events[e].thread);
    }
    if (t->lanes)
        qsort(t->lane, t->lanes, sizeof *t->lane, lane_order);
    for (int i = 0; i < reading->count; i++) {
        const long kb = (long)reading->at[i].file->peak_kb;
        const int lane = lane_find(t, reading->at[i].rank, 0);
        if (lane >= 0 && kb > t->lane[lane].peak_kb)
            t->lane[lane].peak_kb = kb;
    }
    for (size_t i = 0; i < t->lanes; i++)
        threads = t->lane[i].thread > threads ? t->lane[i].thread : threads;
    for (size_t i = 0; i < t->lanes; i++) {
        struct lane_of *const lane = &t->lane[i];
        if (lane->rank < 0)
            snprintf(lane->name, sizeof lane->name, "thread %d", lane->thread);
        else if (threads)
            snprintf(lane->name, sizeof lane->name, "rank %d thread %d", lane->rank, lane->thread);
        else
            snprintf(lane->name, sizeof lane->name, "rank %d", lane->rank);
    }
}

// -- spans and arrows -------------------------------------------------------------------------------

static enum doing doing_in_call(uint32_t call) {
    switch (board_call_wait(call)) {
    case ALL:
    case ROOT:
    case TOROOT:
    case NEAR:
    case END:
    case START:
    case EXPOSED:
        return DOING_TOGETHER;
    case LOCK:
        return DOING_LOCK;
    default:
        return DOING_MESSAGE;
    }
}

static const struct {
    const char *name;
    enum doing doing;
} kinds[TRACE_KINDS] = {[TRACE_KERNEL] = {"kernel", DOING_WORK},
                        [TRACE_TEAM] = {"end of region", DOING_TOGETHER},
                        [TRACE_WORK] = {"work", DOING_WORK},
                        [TRACE_TASK] = {"task", DOING_WORK},
                        [TRACE_BARRIER] = {"barrier", DOING_TOGETHER},
                        [TRACE_CRITICAL] = {"critical", DOING_LOCK},
                        [TRACE_LOCK] = {"lock", DOING_LOCK},
                        [TRACE_ORDERED] = {"ordered", DOING_LOCK},
                        [TRACE_TASKWAIT] = {"taskwait", DOING_TOGETHER}};

// Is there room for one more of `size` in an array that grows by doubling? (0, 1, 2, 4 ...: it is
// full.) NULL: there is no memory.
static void *with_room(void *array, size_t count, size_t size) {
    return count & (count - 1) ? array : realloc(array, (count ? 2 * count : 1) * size);
}

static double seconds(const struct reading *reading, uint64_t ns) {
    return ((double)ns - (double)reading->from) * 1e-9;
}

static void add_span(const struct reading *reading, const struct mapped *m,
                     const struct trace_event *event, int thread) {
    struct timeline *const t = reading->timeline;
    const uint64_t begin = common(m, event->begin);
    const uint64_t end = event->end ? common(m, event->end) : reading->to;
    const bool call = event->kind == TRACE_CALL;
    const int lane = lane_find(t, m->rank, thread);
    if (end < reading->from || begin > reading->to || lane < 0)
        return;
    struct span *const all = with_room(t->span, t->spans, sizeof *t->span);
    if (!all)
        return;
    t->span = all;
    struct span *const span = &all[t->spans++];
    *span = (struct span){.lane = lane,
                          .kind = event->kind,
                          .doing = call ? doing_in_call(event->what) : kinds[event->kind].doing,
                          .name = call ? board_call_name(event->what) : kinds[event->kind].name,
                          .begin = seconds(reading, begin < reading->from ? reading->from : begin),
                          .end = seconds(reading, end > reading->to ? reading->to : end),
                          .open = !event->end,
                          .peer = event->peer,
                          .tag = event->tag,
                          .bytes = event->bytes,
                          .place = place_in(m->file->modules, m->file->module_count, event->pc)};
}

// The event of rank `from` that sent this message; NULL: there was no room for it.
static const struct trace_event *sender_of(const struct reading *reading, int from, int64_t number,
                                           const struct mapped **where) {
    for (int i = 0; i < reading->count; i++) {
        *where = &reading->at[i];
        if ((*where)->file->rank != from || !(*where)->sent)
            continue;
        const struct trace_event like = {.number = number}, *const key = &like;
        const struct trace_event **const found =
            bsearch(&key, (*where)->sent, (*where)->sents, sizeof(void *), by_number);
        return found ? *found : NULL;
    }
    return NULL;
}

static void add_arrow(const struct reading *reading, const struct mapped *m,
                      const struct trace_event *event) {
    struct timeline *const t = reading->timeline;
    const struct mapped *where;
    const struct trace_event *const sent = sender_of(reading, event->peer, event->number, &where);
    const uint64_t taken = common(m, event->begin);
    const int from = lane_find(t, event->peer, 0), to = lane_find(t, m->rank, 0);
    if (!sent || taken < reading->from || taken > reading->to || from < 0 || to < 0)
        return;
    struct arrow *const all = with_room(t->arrow, t->arrows, sizeof *t->arrow);
    if (!all)
        return;
    t->arrow = all;
    all[t->arrows++] = (struct arrow){.from = from,
                                      .to = to,
                                      .sent = seconds(reading, common(where, sent->begin)),
                                      .taken = seconds(reading, taken),
                                      .bytes = sent->bytes,
                                      .tag = sent->tag};
}

static void count_message(const struct reading *reading, const struct mapped *m,
                          const struct trace_event *event) {
    const uint64_t at = common(m, event->begin);
    struct timeline *const t = reading->timeline;
    const int lane = lane_find(t, m->rank, 0);
    if (lane < 0 || at < reading->from || at > reading->to)
        return;
    t->lane[lane].messages++;
    t->lane[lane].bytes += event->bytes;
}

// The outer one of two that begin together comes first.
static int by_begin(const void *a, const void *b) {
    const struct span *const x = a, *const y = b;
    if (x->lane != y->lane)
        return x->lane - y->lane;
    if (x->begin < y->begin || x->begin > y->begin)
        return x->begin < y->begin ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static void read_event(const struct reading *reading, const struct mapped *m,
                       const struct trace_event *event) {
    switch (event->kind) {
    case TRACE_NONE:
        break;
    case TRACE_TAKEN:
        add_arrow(reading, m, event);
        break;
    case TRACE_SENT:
        count_message(reading, m, event);
        break;
    case TRACE_TEAM: // all its threads are in it until the last of them has ended
        for (int thread = 0; thread < (event->number > 1 ? event->number : 1); thread++)
            add_span(reading, m, event, thread);
        break;
    default:
        if (event->kind < TRACE_KINDS)
            add_span(reading, m, event, (int)event->thread);
    }
}

static void read_events(struct reading *reading) {
    struct timeline *const t = reading->timeline;
    for (int i = 0; i < reading->count; i++)
        for (uint32_t e = 0; e < reading->at[i].count; e++)
            read_event(reading, &reading->at[i], &reading->at[i].file->events[e]);
    if (t->spans)
        qsort(t->span, t->spans, sizeof *t->span, by_begin);
}

// -- all of it ------------------------------------------------------------------------------------------

bool timeline_read(struct timeline *timeline, const char *dir, char *why, size_t cap) {
    struct reading *const reading = calloc(1, sizeof *reading);
    uint64_t events = 0;
    memset(timeline, 0, sizeof *timeline);
    if (!reading) {
        snprintf(why, cap, "no memory is left to read the trace.");
        return false;
    }
    reading->timeline = timeline;
    map_all(reading, dir);
    for (int i = 0; i < reading->count; i++)
        events += reading->at[i].count;
    if (events) {
        find_window(reading);
        make_lanes(reading);
        read_events(reading);
        timeline_add_spent(timeline);
    } else {
        snprintf(why, cap,
                 "nothing was traced: the program called no MPI and began no parallel region that "
                 "could be seen, or there was no room for the trace in %s.",
                 dir);
    }
    for (int i = 0; i < reading->count; i++)
        unmap(&reading->at[i]);
    free(reading);
    return events > 0;
}

void timeline_free(struct timeline *timeline) {
    free(timeline->lane);
    free(timeline->span);
    free(timeline->arrow);
    memset(timeline, 0, sizeof *timeline);
}
