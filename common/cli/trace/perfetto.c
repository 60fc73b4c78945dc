// SPDX-License-Identifier: MIT
//
// perfetto.c: Chrome's trace event format ("Trace Event Format", Google, 2016): one JSON object
// with an array of events; times in us. ui.perfetto.dev and chrome://tracing open it.

#include "flat.h"
#include "views.h"

#include <stdio.h>

// Colours that these viewers know by name.
static const char *const colours[DOINGS] = {"generic_work", "thread_state_running",
                                            "thread_state_iowait", "thread_state_uninterruptible",
                                            "terrible"};

static int pid_of(const struct lane_of *lane) {
    return lane->rank < 0 ? 0 : lane->rank;
}

static void name_lanes(FILE *file, const struct timeline *t) {
    for (size_t i = 0; i < t->lanes; i++) {
        const struct lane_of *const lane = &t->lane[i];
        if (i == 0 || pid_of(lane) != pid_of(&t->lane[i - 1])) {
            if (lane->rank < 0)
                fprintf(file,
                        ",\n{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":0,\"args\":{\"name\":"
                        "\"threads\"}}");
            else
                fprintf(file,
                        ",\n{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":%d,\"args\":{\"name\":"
                        "\"rank %d\"}}",
                        pid_of(lane), lane->rank);
        }
        fprintf(
            file,
            ",\n{\"name\":\"thread_name\",\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"args\":{\"name\":"
            "\"thread %d\"}}",
            pid_of(lane), lane->thread, lane->thread);
    }
}

static void write_spans(FILE *file, const struct timeline *t) {
    for (size_t i = 0; i < t->spans; i++) {
        const struct span *const s = &t->span[i];
        const struct lane_of *const lane = &t->lane[s->lane];
        fprintf(file, ",\n{\"name\":");
        flat_print(file, s->name);
        fprintf(file,
                ",\"cat\":\"%s\",\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f,"
                "\"cname\":\"%s\",\"args\":{",
                s->doing == DOING_WORK ? "work" : "wait", pid_of(lane), lane->thread,
                1e6 * s->begin, 1e6 * (s->end - s->begin), colours[s->doing]);
        fprintf(file, "\"ended\":%s", s->open ? "false" : "true");
        if (s->place.line) {
            char place[160] = "";
            snprintf(place, sizeof place, "%s:%d", s->place.file, s->place.line);
            fprintf(file, ",\"at\":");
            flat_print(file, place);
        }
        if (s->peer >= 0)
            fprintf(file, ",\"peer\":%d,\"tag\":%d", s->peer, s->tag);
        if (s->bytes)
            fprintf(file, ",\"bytes\":%llu", (unsigned long long)s->bytes);
        fputs("}}", file);
    }
}

static void write_arrows(FILE *file, const struct timeline *t) {
    for (size_t i = 0; i < t->arrows; i++) {
        const struct arrow *const a = &t->arrow[i];
        const struct lane_of *const from = &t->lane[a->from], *const to = &t->lane[a->to];
        fprintf(file,
                ",\n{\"name\":\"message\",\"cat\":\"message\",\"ph\":\"s\",\"id\":%zu,\"pid\":%d,"
                "\"tid\":%d,\"ts\":%.3f,\"args\":{\"bytes\":%llu,\"tag\":%d}}",
                i + 1, pid_of(from), from->thread, 1e6 * a->sent, (unsigned long long)a->bytes,
                a->tag);
        fprintf(file,
                ",\n{\"name\":\"message\",\"cat\":\"message\",\"ph\":\"f\",\"bp\":\"e\",\"id\":%zu,"
                "\"pid\":%d,\"tid\":%d,\"ts\":%.3f}",
                i + 1, pid_of(to), to->thread, 1e6 * a->taken);
    }
}

bool write_trace_events(const char *path, const struct timeline *t) {
    FILE *const file = fopen(path, "we");
    if (!file)
        return false;
    fputs("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[\n"
          "{\"name\":\"clock_sync\",\"ph\":\"M\",\"pid\":0,\"args\":{}}",
          file);
    name_lanes(file, t);
    write_spans(file, t);
    write_arrows(file, t);
    fputs("\n]}\n", file);
    const bool good = !ferror(file);
    return fclose(file) == 0 && good;
}
