// SPDX-License-Identifier: MIT
//
// ledger.c: see ledger.h.

#include "ledger.h"

#include "escape.h"
#include "flat.h"
#include "grow.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// -- reading ----------------------------------------------------------------------------------------

static void close_run(struct ledger *l, const char *line, bool failed) {
    struct closing c = {.failed = failed};
    flat_text(line, "files", c.files, sizeof c.files);
    flat_text(line, "rubric", c.rubric, sizeof c.rubric);
    flat_text(line, "kit", c.kit, sizeof c.kit);
    flat_text(line, "text", c.text, sizeof c.text);
    flat_number(line, "run", &c.run);
    flat_number(line, "variant", &c.variant);
    l->closing = grow(l->closing, l->closings, sizeof c);
    l->closing[l->closings++] = c;
    // The run's own lines stand right before this one.
    for (size_t i = l->entries; !failed && i-- > 0 && !*l->entry[i].files;)
        if (l->entry[i].run == c.run) {
            memcpy(l->entry[i].files, c.files, sizeof c.files);
            memcpy(l->entry[i].rubric, c.rubric, sizeof c.rubric);
            l->entry[i].variant = c.variant;
        }
}

static void take_line(struct ledger *l, const char *line) {
    char kind[16] = "";
    if (!flat_text(line, "kind", kind, sizeof kind)) {
        struct entry e = {0};
        if (!flat_text(line, "verdict", kind, sizeof kind) || !flat_number(line, "run", &e.run))
            return; // none of ours
        e.line = strdup(line);
        l->entry = grow(l->entry, l->entries, sizeof e);
        l->entry[l->entries++] = e;
    } else if (!strcmp(kind, "graded") || !strcmp(kind, "failed")) {
        close_run(l, line, *kind == 'f');
    } else if (!strcmp(kind, "session")) {
        bool again = false;
        if (l->base_seed < 0)
            flat_number(line, "base_seed", &l->base_seed);
        if (flat_bool(line, "again", &again) && again)
            l->again_from = l->closings, l->again_entry = l->entries;
    } else if (!strcmp(kind, "score")) {
        struct score_line s = {.share = -1, .tries = -1};
        double when = 0;
        flat_text(line, "student", s.student, sizeof s.student);
        flat_text(line, "reason", s.reason, sizeof s.reason);
        flat_text(line, "files", s.files, sizeof s.files);
        flat_text(line, "rubric", s.rubric, sizeof s.rubric);
        flat_text(line, "kit", s.kit, sizeof s.kit);
        flat_number(line, "points", &s.points);
        flat_number(line, "variant", &s.variant);
        flat_number(line, "max_points", &s.most);
        flat_number(line, "share", &s.share);
        flat_number(line, "tries", &s.tries);
        flat_bool(line, "graded", &s.graded);
        flat_number(line, "time", &when);
        s.time = (int64_t)when;
        l->score = grow(l->score, l->scores, sizeof s);
        l->score[l->scores++] = s;
    }
}

// Takes the whole lines of text; a torn last one is left out.
static void take_lines(struct ledger *l, char *text) {
    for (char *end; (end = strchr(text, '\n')); text = end + 1) {
        *end = '\0';
        take_line(l, text);
    }
}

static char *read_whole(int fd, size_t *size) {
    struct stat file;
    if (fstat(fd, &file) != 0)
        return NULL;
    char *const text = malloc((size_t)file.st_size + 1);
    ssize_t got = 1;
    *size = 0;
    while (text && *size < (size_t)file.st_size &&
           (got = pread(fd, text + *size, (size_t)file.st_size - *size, (off_t)*size)) > 0)
        *size += (size_t)got;
    if (text)
        text[*size] = '\0';
    return text;
}

static bool cannot(const char *path, int error, char *why, size_t cap) {
    snprintf(why, cap, "the journal %s cannot be written: %s.", path, strerror(error));
    return false;
}

bool ledger_open(struct ledger *ledger, const char *path, char *why, size_t cap) {
    size_t size = 0;
    *ledger = (struct ledger){.fd = -1, .base_seed = -1};
    snprintf(ledger->path, sizeof ledger->path, "%s", path);
    ledger->fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    char *const text = ledger->fd < 0 ? NULL : read_whole(ledger->fd, &size);
    if (!text)
        return cannot(path, errno, why, cap);
    // Behind a torn line a new one must begin.
    if (size && text[size - 1] != '\n' && write(ledger->fd, "\n", 1) != 1) {
        free(text);
        return cannot(path, errno, why, cap);
    }
    take_lines(ledger, text);
    free(text);
    return true;
}

void ledger_close(struct ledger *ledger) {
    if (ledger->fd >= 0)
        close(ledger->fd);
    for (size_t i = 0; i < ledger->entries; i++)
        free(ledger->entry[i].line);
    free(ledger->entry);
    free(ledger->closing);
    free(ledger->score);
    *ledger = (struct ledger){.fd = -1};
}

// -- writing ----------------------------------------------------------------------------------------

// Adds the text, which is whole lines, in one write.
static bool add(struct ledger *ledger, char *text, size_t size, char *why, size_t cap) {
    errno = ENOSPC;
    const bool good = text && write(ledger->fd, text, size) == (ssize_t)size;
    if (good)
        fdatasync(ledger->fd);
    else
        cannot(ledger->path, errno, why, cap);
    if (good)
        take_lines(ledger, text);
    free(text);
    return good;
}

static void member(FILE *file, const char *name, const char *text) {
    fprintf(file, ",\"%s\":", name);
    put_json(file, text);
}

static void put_piece(FILE *out, const struct piece *piece) {
    member(out, "files", piece->files);
    member(out, "rubric", piece->rubric);
    if (piece->variant > 0)
        fprintf(out, ",\"variant\":%.0f", piece->variant);
}

bool ledger_add_run(struct ledger *ledger, const char *journal, const struct piece *piece,
                    const char *kit, char *why, size_t cap) {
    size_t size = 0, all = 0;
    double run = -1;
    const int fd = open(journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char *const lines = fd < 0 ? NULL : read_whole(fd, &size), *text = NULL;
    if (fd >= 0)
        close(fd);
    const char *const end = lines ? strchr(lines, '\n') : NULL;
    if (!end || size == 0 || lines[size - 1] != '\n' || !flat_number(lines, "run", &run)) {
        snprintf(why, cap, "the judge left no verdicts in %s.", journal);
        free(lines);
        return false;
    }
    FILE *const out = open_memstream(&text, &all);
    if (out) {
        fwrite(lines, 1, size, out);
        fputs("{\"v\":1,\"kind\":\"graded\"", out);
        put_piece(out, piece);
        member(out, "kit", kit);
        fprintf(out, ",\"run\":%.0f,\"time\":%" PRId64 "}\n", run, (int64_t)time(NULL));
        fclose(out);
    }
    free(lines);
    return add(ledger, text, all, why, cap);
}

bool ledger_add_failure(struct ledger *ledger, const struct piece *piece, const char *said,
                        char *why, size_t cap) {
    char *text = NULL;
    size_t size = 0;
    FILE *const out = open_memstream(&text, &size);
    if (out) {
        fputs("{\"v\":1,\"kind\":\"failed\"", out);
        put_piece(out, piece);
        member(out, "text", said);
        fprintf(out, ",\"time\":%" PRId64 "}\n", (int64_t)time(NULL));
        fclose(out);
    }
    return add(ledger, text, size, why, cap);
}

bool ledger_add_session(struct ledger *ledger, const char *lab, double base_seed, bool again,
                        char *why, size_t cap) {
    char *text = NULL;
    size_t size = 0;
    FILE *const out = open_memstream(&text, &size);
    if (out) {
        fputs("{\"v\":1,\"kind\":\"session\"", out);
        member(out, "lab", lab);
        fprintf(out, ",\"base_seed\":%.0f,\"again\":%s,\"time\":%" PRId64 "}\n", base_seed,
                again ? "true" : "false", (int64_t)time(NULL));
        fclose(out);
    }
    return add(ledger, text, size, why, cap);
}

bool ledger_add_score(struct ledger *ledger, const struct score_line *s, char *why, size_t cap) {
    char *text = NULL;
    size_t size = 0;
    FILE *const out = open_memstream(&text, &size);
    if (out) {
        fputs("{\"v\":1,\"kind\":\"score\"", out);
        member(out, "student", s->student);
        put_piece(out, &(struct piece){s->files, s->rubric, s->variant});
        member(out, "kit", s->kit);
        member(out, "reason", s->reason);
        fprintf(
            out,
            ",\"points\":%.10g,\"max_points\":%.10g,\"share\":%.10g,\"tries\":%.0f,\"graded\":%s,"
            "\"time\":%" PRId64 "}\n",
            s->points, s->most, s->share, s->tries, s->graded ? "true" : "false",
            (int64_t)time(NULL));
        fclose(out);
    }
    return add(ledger, text, size, why, cap);
}
