// SPDX-License-Identifier: MIT
//
// crash.c: see crash.h.

#include "crash.h"

#include "flat.h"
#include "process.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool crash_take(const char *path, char *line, size_t cap) {
    struct stat about;
    const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const bool plain = fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    const ssize_t size = plain ? read(fd, line, cap - 1) : 0;
    if (fd >= 0)
        close(fd);
    line[size > 0 ? size : 0] = '\0';
    char *const end = strchr(line, '\n');
    if (!end || strlen(line) < (size_t)size) // torn, or with bytes that are no text
        *line = '\0';
    else
        *end = '\0';
    return *line;
}

bool crash_read(const char *line, struct crash *crash) {
    char kind[16];
    double rank = 0, number = 0;
    *crash = (struct crash){0};
    if (!flat_text(line, "kind", kind, sizeof kind) || strcmp(kind, "crash") != 0 ||
        !flat_number(line, "rank", &rank) || !flat_number(line, "signal", &number) ||
        !flat_text(line, "call", crash->call, sizeof crash->call) ||
        !flat_text(line, "text", crash->text, sizeof crash->text) ||
        !flat_text(line, "at", crash->at, sizeof crash->at) || rank < 0 || rank > 1e6 ||
        number < 0 || number > 64 || strspn(crash->at, "0123456789abcdefx ") != strlen(crash->at))
        return false;
    crash->rank = (int)rank;
    crash->signal = (int)number;
    return true;
}

// "/dir/mpi.c:42 (discriminator 3)"
static void read_place(char *text, struct place *place) {
    char *const colon = strrchr(text, ':');
    if (!colon || *text == '?' || atoi(colon + 1) <= 0)
        return;
    *colon = '\0';
    snprintf(place->file, sizeof place->file, "%s", text);
    place->line = atoi(colon + 1);
}

int crash_places(const char *program, const struct crash *crash, starter *run, void *user,
                 struct place *places, int max) {
    const struct how how = {.seconds = 20, .capture_out = true, .capture_err = true};
    struct command command = {0};
    struct outcome o;
    char copy[sizeof crash->at], *rest = copy;
    int count = 0;
    memcpy(copy, crash->at, sizeof copy);
    if (!*copy || !process_find("addr2line", NULL, 0))
        return 0;
    command_add_all(&command, (char *[]){"addr2line", "-f", "-i", "-e", (char *)program, NULL});
    for (char *word; (word = strsep(&rest, " "));)
        if (*word)
            command_add(&command, "%s", word);
    command_set(&command, "LC_ALL", "C");
    process_run_by(run, user, &command, &how, &o);
    rest = o.started && o.status == 0 ? o.out : NULL;
    for (char *name, *place; count < max && (name = strsep(&rest, "\n")) && *name;) {
        if (!(place = strsep(&rest, "\n")))
            break;
        places[count] = (struct place){0};
        // (heat_omp._omp_fn.0 is a piece that the compiler cut out of heat_omp)
        if (*name != '?')
            snprintf(places[count].function, sizeof places->function, "%.*s",
                     (int)strcspn(name, "."), name);
        read_place(place, &places[count]);
        count += places[count].line > 0;
    }
    outcome_free(&o);
    command_free(&command);
    return count;
}
