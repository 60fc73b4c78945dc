// SPDX-License-Identifier: MIT
//
// workers.c: workers.h.

#include "workers.h"
#include "flat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGIONS = 256, SHOWN = 6 };

// The most that one of them computed, over what each would have in equal parts. 1: equal.
static double times_its_share(double most, double all, int workers) {
    return all > 0 ? most * workers / all : 1;
}

// -- for a person -------------------------------------------------------------------------------------

static void say_lanes(const struct timeline *t) {
    printf("\nWho worked (seconds%s):\n", t->kernel ? " of the kernel" : "");
    printf("  %-20s %10s %10s %10s %10s %9s %9s %12s %9s\n", "", "computes", "messages", "barriers",
           "critical", "entries", "sent", "bytes", "MiB");
    for (size_t i = 0; i < t->lanes; i++) {
        const struct lane_of *const lane = &t->lane[i];
        printf("  %-20s %10.4f %10.4f %10.4f %10.4f %9d", lane->name, lane->spent[DOING_WORK],
               lane->spent[DOING_MESSAGE], lane->spent[DOING_TOGETHER], lane->spent[DOING_LOCK],
               lane->entries);
        if (lane->rank >= 0 && lane->thread == 0)
            printf(" %9d %12llu", lane->messages, (unsigned long long)lane->bytes);
        else if (lane->peak_kb > 0)
            printf(" %9s %12s", "", "");
        if (lane->peak_kb > 0)
            printf(" %9.1f", (double)lane->peak_kb / 1024);
        putchar('\n');
    }
    puts("  messages: waits in a call for one; barriers: waits for the others there, in a "
         "collective,\n  or at the end of a region; critical: waits to enter it, or for a lock; "
         "entries: how often\n  it did so; MiB: memory of the process at its peak, with all its "
         "threads and what records\n  this.");
}

static void say_balance(const struct timeline *t) {
    double all = 0;
    size_t busiest = 0;
    for (size_t i = 0; i < t->lanes; i++) {
        all += t->lane[i].spent[DOING_WORK];
        if (t->lane[i].spent[DOING_WORK] > t->lane[busiest].spent[DOING_WORK])
            busiest = i;
    }
    if (t->lanes > 1)
        printf("  The busiest is %s: it computes %.2f times what it would in equal parts.\n",
               t->lane[busiest].name,
               times_its_share(t->lane[busiest].spent[DOING_WORK], all, (int)t->lanes));
}

static void say_regions(const struct timeline *t, const struct region_share *region, int count) {
    if (count)
        puts("\nThe parallel regions with the most work:");
    for (int r = 0; r < count && r < SHOWN; r++) {
        char place[300] = "";
        place_say(place, sizeof place, &region[r].place);
        printf("  the one%s: %.4f s of work for %d; the busiest, %s, has %.2f times its share\n",
               place, region[r].seconds, region[r].lanes, t->lane[region[r].busiest].name,
               times_its_share(region[r].most, region[r].seconds, region[r].lanes));
    }
}

// Of all processes that told theirs. The same page that two of them share is counted in both.
static void say_memory(const struct timeline *t, long peak_kb) {
    long all = 0, most = 0;
    int told = 0;
    const char *largest = "";
    for (size_t i = 0; i < t->lanes; i++) {
        const long kb = t->lane[i].peak_kb;
        all += kb;
        told += kb > 0;
        if (kb > most) {
            most = kb;
            largest = t->lane[i].name;
        }
    }
    if (told > 1)
        printf(
            "\nThe %d processes together needed %.1f MiB of memory at most, the largest of them, "
            "%s, %.1f MiB.\n",
            told, (double)all / 1024, largest, (double)most / 1024);
    else if (told == 0 && peak_kb > 0)
        printf("\nThe largest process of the run needed %.1f MiB of memory at its peak.\n",
               (double)peak_kb / 1024);
}

static void say_rest(const struct timeline *t, long peak_kb) {
    const int depth = timeline_depth(t);
    if (depth)
        printf("\nThe longest chain of messages, each sent after the one before had come: %d.\n",
               depth);
    say_memory(t, peak_kb);
    if (t->missing)
        printf("\n%llu events more happened than there was room for: what is missing here looks "
               "like computing. Take a smaller problem.\n",
               (unsigned long long)t->missing);
    putchar('\n');
}

// -- for a machine ------------------------------------------------------------------------------------

static void print_worker(const struct lane_of *lane) {
    fputs("{\"v\":1,\"kind\":\"worker\",", stdout);
    if (lane->rank >= 0)
        printf("\"rank\":%d,", lane->rank);
    printf("\"thread\":%d,\"work_s\":%.6f,\"message_s\":%.6f,\"barrier_s\":%.6f,"
           "\"critical_s\":%.6f,\"entries\":%d",
           lane->thread, lane->spent[DOING_WORK], lane->spent[DOING_MESSAGE],
           lane->spent[DOING_TOGETHER], lane->spent[DOING_LOCK], lane->entries);
    if (lane->rank >= 0 && lane->thread == 0)
        printf(",\"messages\":%d,\"bytes\":%llu", lane->messages, (unsigned long long)lane->bytes);
    if (lane->peak_kb > 0)
        printf(",\"peak_kb\":%ld", lane->peak_kb);
    puts("}");
}

static void print_region(const struct timeline *t, const struct region_share *region) {
    const struct lane_of *const busiest = &t->lane[region->busiest];
    fputs("{\"v\":1,\"kind\":\"region\",\"file\":", stdout);
    flat_print(stdout, region->place.file);
    printf(",\"line\":%d,\"workers\":%d,\"work_s\":%.6f,\"most_s\":%.6f,", region->place.line,
           region->lanes, region->seconds, region->most);
    if (busiest->rank >= 0)
        printf("\"rank\":%d,", busiest->rank);
    printf("\"thread\":%d}\n", busiest->thread);
}

static void print_all(const struct timeline *t, const struct region_share *region, int count,
                      long peak_kb) {
    for (size_t i = 0; i < t->lanes; i++)
        print_worker(&t->lane[i]);
    for (int r = 0; r < count; r++)
        print_region(t, &region[r]);
    if (t->lanes && t->lane[0].rank >= 0)
        printf("{\"v\":1,\"kind\":\"messages\",\"depth\":%d,\"missing\":%llu}\n", timeline_depth(t),
               (unsigned long long)t->missing);
    if (peak_kb > 0)
        printf("{\"v\":1,\"kind\":\"memory\",\"peak_kb\":%ld}\n", peak_kb);
}

void workers_say(const char *dir, long peak_kb, bool json) {
    struct region_share *const region = calloc(REGIONS, sizeof *region);
    struct timeline timeline;
    char why[8192];
    if (!timeline_read(&timeline, dir, why, sizeof why)) {
        fprintf(stderr, "twofold diagnose: who worked cannot be said: %s\n", why);
    } else {
        const int count = region ? timeline_regions(&timeline, region, REGIONS) : 0;
        if (json) {
            print_all(&timeline, region, count, peak_kb);
        } else {
            say_lanes(&timeline);
            say_balance(&timeline);
            say_regions(&timeline, region, count);
            say_rest(&timeline, peak_kb);
        }
    }
    timeline_free(&timeline);
    free(region);
}
