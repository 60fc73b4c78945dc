// SPDX-License-Identifier: MIT
//
// journal.c: see journal.h.

#include "journal.h"

#include "flat.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 64 << 10 };

void judged_say(struct judged *judged, const char *file, int line, const char *format, ...) {
    if (judged->evidences == EVIDENCE_MAX)
        return;
    struct told *const e = &judged->evidence[judged->evidences++];
    va_list args;
    snprintf(e->file, sizeof e->file, "%s", file);
    e->line = line;
    va_start(args, format);
    vsnprintf(e->text, sizeof e->text, format, args);
    va_end(args);
}

// Makes the directories above PATH that are missing.
static void make_parents(const char *path) {
    char copy[512];
    snprintf(copy, sizeof copy, "%s", path);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0777);
        *slash = '/';
    }
}

bool journal_open(struct journal *journal, const char *path, char *why, size_t cap) {
    struct stat file;
    *journal = (struct journal){.fd = -1};
    if (strlen(path) >= sizeof journal->path) {
        snprintf(why, cap, "The path of the journal is longer than %zu bytes; give a shorter one.",
                 sizeof journal->path - 1);
        return false;
    }
    snprintf(journal->path, sizeof journal->path, "%s", path);
    if (stat(path, &file) == 0 && !S_ISREG(file.st_mode)) {
        snprintf(why, cap,
                 "%s is not a plain file, so no journal can be kept in it; name another "
                 "with --journal FILE.",
                 path);
        return false;
    }
    make_parents(path);
    journal->fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (journal->fd < 0) {
        snprintf(why, cap,
                 "The journal %s cannot be written: %s; name another with --journal "
                 "FILE.",
                 path, strerror(errno));
        return false;
    }
    // Behind a torn line a new one must begin.
    char last = '\n';
    const off_t end = lseek(journal->fd, 0, SEEK_END);
    if (end > 0 && pread(journal->fd, &last, 1, end - 1) == 1 && last != '\n' &&
        write(journal->fd, "\n", 1) != 1)
        snprintf(why, cap, "%s", strerror(errno));
    journal->run = fresh_base_seed();
    gethostname(journal->host, sizeof journal->host - 1);
    return true;
}

// What a student's program printed may hold any byte; a journal holds UTF-8 alone.
static void print_text(FILE *file, const char *name, const char *text) {
    char clean[4096];
    size_t n = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c && n < sizeof clean - 5;) {
        const int more = *c < 0x80         ? 0
                         : (*c >> 5) == 6  ? 1
                         : (*c >> 4) == 14 ? 2
                         : (*c >> 3) == 30 ? 3
                                           : -1;
        bool good = more >= 0;
        for (int i = 1; good && i <= more; i++)
            good = (c[i] & 0xC0) == 0x80;
        for (int i = 0; good && i <= more; i++)
            clean[n++] = (char)*c++;
        if (!good) {
            clean[n++] = '?';
            c++;
        }
    }
    clean[n] = '\0';
    fprintf(file, "%s\"%s\":", *name == 'v' && !name[1] ? "" : ",", name);
    flat_print(file, clean);
}

static void print_case(FILE *file, const struct judged *j) {
    if (!j->has_case) {
        fputs(",\"case\":null", file);
        return;
    }
    fputs(",\"case\":{\"v\":1", file);
    print_text(file, "version", j->at.version);
    fprintf(file, ",\"workers\":%d,\"threads\":%d,\"seed\":%" PRIu64 ",\"params\":{", j->at.workers,
            j->at.threads, j->at.seed);
    char params[sizeof j->at.params], *rest = params;
    memcpy(params, j->at.params, sizeof params);
    const char *comma = "";
    for (char *word; (word = strsep(&rest, " "));) {
        char *const equals = strchr(word, '=');
        if (!equals)
            continue;
        *equals = '\0';
        fprintf(file, "%s\"%s\":", comma, word);
        flat_print(file, equals + 1);
        comma = ",";
    }
    fputs("}}", file);
}

void journal_print(FILE *file, const struct journal *journal, const struct judged *j) {
    fputs("{\"v\":1", file);
    print_text(file, "kit", journal->kit);
    print_text(file, "rubric", journal->rubric);
    print_text(file, "submission", journal->submission);
    print_text(file, "student", journal->student);
    print_text(file, "lab", j->lab);
    print_text(file, "check", j->check);
    print_text(file, "title", j->title);
    fprintf(file, ",\"run\":%" PRIu64 ",\"time\":%" PRId64 ",\"base_seed\":%" PRIu64, journal->run,
            j->time, j->base_seed);
    print_case(file, j);
    print_text(file, "verdict", j->verdict);
    fprintf(file,
            ",\"points\":%d,\"max_points\":%d,\"cases\":%d,\"wall_ms\":%.6g,\"cpu_ms\":%.6g,"
            "\"peak_kb\":%.0f",
            j->points, j->max_points, j->cases, j->wall_ms, j->cpu_ms, j->peak_kb);
    print_text(file, "peak_kind", j->peak_kind);
    fprintf(file, ",\"attempt\":%d,\"evidence\":[", j->attempt);
    for (int i = 0; i < j->evidences; i++) {
        fprintf(file, "%s{\"line\":%d", i ? "," : "", j->evidence[i].line);
        print_text(file, "file", j->evidence[i].file);
        print_text(file, "text", j->evidence[i].text);
        fputc('}', file);
    }
    fputc(']', file);
    print_text(file, "hint", j->hint);
    print_text(file, "command", j->command);
    print_text(file, "visibility", *j->visibility ? j->visibility : "visible");
    if (j->timed)
        print_text(file, "timed_on", j->cores);
    fprintf(file, ",\"env\":{\"cores\":\"%d\"", journal->cores);
    print_text(file, "host", journal->host);
    print_text(file, "mpi", journal->mpi);
    fputs("}}\n", file);
}

bool journal_add(const struct journal *journal, const struct judged *judged, char *why,
                 size_t cap) {
    char *line = NULL;
    size_t size = 0;
    FILE *const text = open_memstream(&line, &size);
    if (text) {
        journal_print(text, journal, judged);
        fclose(text);
    }
    // One write, or none: a disk that is full half way leaves a torn line, which readers drop.
    errno = text ? EMSGSIZE : ENOMEM;
    const bool good =
        text && size <= LINE_MAX_BYTES && write(journal->fd, line, size) == (ssize_t)size;
    if (!good)
        snprintf(why, cap, "The journal %s cannot be written: %s.", journal->path,
                 strerror(errno ? errno : ENOSPC));
    free(line);
    if (good)
        fdatasync(journal->fd);
    return good;
}

void journal_close(struct journal *journal) {
    if (journal->fd >= 0)
        close(journal->fd);
    journal->fd = -1;
}
