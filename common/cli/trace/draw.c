// SPDX-License-Identifier: MIT

#include "views.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char letters[DOINGS] = {' ', '#', '~', '|', 'x'};
static const char *const words[DOINGS] = {"nothing", "computes", "waits in a message call",
                                          "waits for the others (barrier, collective)",
                                          "waits to enter (critical, lock)"};

// "1.25 s", "312 ms", "40 us"
static void say_time(char *text, size_t cap, double seconds) {
    if (seconds >= 1)
        snprintf(text, cap, "%.2f s", seconds);
    else if (seconds >= 1e-3)
        snprintf(text, cap, "%.3g ms", 1e3 * seconds);
    else
        snprintf(text, cap, "%.3g us", 1e6 * seconds);
}

static void draw_lanes(FILE *file, const struct timeline *t, int width) {
    int name = 8;
    for (size_t i = 0; i < t->lanes; i++)
        if ((int)strlen(t->lane[i].name) > name)
            name = (int)strlen(t->lane[i].name);
    const int columns = width - name - 9 > 20 ? width - name - 9 : 20;
    enum doing *const doing = calloc((size_t)columns, sizeof *doing);
    char length[32];
    say_time(length, sizeof length, t->length);
    fprintf(file, "%*s 0%*s  computes\n", name, "", columns - 1, length);
    for (size_t i = 0; doing && i < t->lanes; i++) {
        timeline_columns(t, (int)i, columns, doing);
        fprintf(file, "%-*s ", name, t->lane[i].name);
        for (int c = 0; c < columns; c++)
            putc(letters[doing[c]], file);
        fprintf(file, "  %5.1f %%\n",
                t->length > 0 ? 100 * t->lane[i].spent[DOING_WORK] / t->length : 0);
    }
    fputs("\n", file);
    for (int d = DOING_WORK; d < DOINGS; d++) {
        double spent = 0;
        for (size_t i = 0; i < t->lanes; i++)
            spent += t->lane[i].spent[d];
        if (spent > 0)
            fprintf(file, "  %c %s\n", letters[d], words[d]);
    }
    free(doing);
}

// -- the longest waits ----------------------------------------------------------------------------------

enum { PLACES = 512, SHOWN = 6 };

struct wait {
    int lane;
    const char *name;
    struct place place;
    int peer;       // the same in all of them, else PEER_NONE
    double seconds; // in it and in nothing within it
    int count;
    bool open;
    const struct span *last; // that was counted
};

struct waits {
    int count;
    struct wait at[PLACES];
};

static bool is_same(const struct wait *wait, const struct span *s) {
    return wait->lane == s->lane && wait->place.line == s->place.line &&
           strcmp(wait->name, s->name) == 0 && strcmp(wait->place.file, s->place.file) == 0;
}

static void add_wait(double from, double to, const struct span *s, enum doing doing, void *user) {
    struct waits *const waits = user;
    int w = 0;
    if (!s || doing <= DOING_WORK)
        return;
    while (w < waits->count && !is_same(&waits->at[w], s))
        w++;
    if (w == PLACES)
        return;
    struct wait *const wait = &waits->at[w];
    if (w == waits->count) {
        *wait = (struct wait){.lane = s->lane, .name = s->name, .place = s->place, .peer = s->peer};
        waits->count++;
    }
    if (wait->peer != s->peer)
        wait->peer = PEER_NONE;
    wait->seconds += to - from;
    wait->count += wait->last != s; // one may be told in several stretches
    wait->last = s;
    wait->open |= s->open;
}

static int by_seconds(const void *a, const void *b) {
    const struct wait *const x = a, *const y = b;
    return (x->seconds < y->seconds) - (x->seconds > y->seconds);
}

static void say_waits(FILE *file, const struct timeline *t) {
    struct waits *const waits = calloc(1, sizeof *waits);
    for (size_t i = 0; waits && i < t->lanes; i++)
        timeline_walk(t, (int)i, add_wait, waits);
    const int count = waits ? waits->count : 0;
    if (count) {
        qsort(waits->at, (size_t)count, sizeof *waits->at, by_seconds);
        fputs("\nThe longest waits:\n", file);
    }
    for (int w = 0; w < count && w < SHOWN; w++) {
        char time[32], place[160] = "", peer[32] = "";
        say_time(time, sizeof time, waits->at[w].seconds);
        place_say(place, sizeof place, &waits->at[w].place);
        if (waits->at[w].peer >= 0)
            snprintf(peer, sizeof peer, ", rank %d there", waits->at[w].peer);
        fprintf(file, "  %8s  %s in %s%s%s (%d time%s)%s\n", time, t->lane[waits->at[w].lane].name,
                waits->at[w].name, place, peer, waits->at[w].count,
                waits->at[w].count == 1 ? "" : "s", waits->at[w].open ? "; it is there still" : "");
    }
    free(waits);
}

static void say_messages(FILE *file, const struct timeline *t) {
    double bytes = 0;
    int messages = 0;
    for (size_t i = 0; i < t->lanes; i++) {
        messages += t->lane[i].messages;
        bytes += (double)t->lane[i].bytes;
    }
    if (messages)
        fprintf(file, "\n%d messages were sent, %.4g KiB in all.\n", messages, bytes / 1024);
}

void draw_waits(FILE *file, const struct timeline *t) {
    say_messages(file, t);
    say_waits(file, t);
}

void draw_timeline(FILE *file, const struct timeline *t, int width) {
    draw_lanes(file, t, width);
    draw_waits(file, t);
    if (t->missing)
        fprintf(file,
                "\n%llu events more happened than there was room for: what is missing here may "
                "look like computing. Trace a smaller problem, or give --events.\n",
                (unsigned long long)t->missing);
}
