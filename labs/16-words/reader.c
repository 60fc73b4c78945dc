// SPDX-License-Identifier: MIT
// reader.c: exact reading of pieces, and the edges of pieces.

#include "kit.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reader {
    const struct words *w;
    long file; // that is open, -1: none
    int fd;
    char *text;       // what was read last
    size_t room;      // bytes there are for it
    bool failed;      // refused; from then on it reads blanks, so that nothing else goes wrong
    atomic_flag busy; // is at work; nobody waits for it, it only tells when two threads meet
};

// What a reader is that could not be made.
static struct reader no_reader = {.file = -1, .fd = -1, .failed = true};

struct reader *reader_create(const struct words *w) {
    struct reader *reader = malloc(sizeof *reader);
    if (!reader) {
        refuse("No memory for a reader; make the problem smaller.");
        return &no_reader;
    }
    *reader = (struct reader){.w = w, .file = -1, .fd = -1, .busy = ATOMIC_FLAG_INIT};
    return reader;
}

void reader_free(struct reader *reader) {
    if (!reader || reader == &no_reader)
        return;
    if (reader->fd >= 0)
        close(reader->fd);
    free(reader->text);
    free(reader);
}

static bool fail(struct reader *reader) {
    if (reader != &no_reader)
        reader->failed = true;
    return false;
}

bool reader_failed(const struct reader *reader) {
    return reader->failed;
}

// Opens a file of the list, unless it is no longer what it was when the list was made.
static bool open_file(struct reader *reader, long file) {
    if (reader->file == file)
        return true;
    if (reader->fd >= 0)
        close(reader->fd);
    reader->file = -1;
    const struct file *f = &reader->w->file[file];
    struct stat stat;
    reader->fd = open(f->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (reader->fd < 0 || fstat(reader->fd, &stat) != 0) {
        char host[256] = "this machine";
        int error = errno;
        gethostname(host, sizeof host - 1);
        refuse("%s cannot be opened on %s: %s. Ranks on several nodes need a directory that all of "
               "them see.",
               f->path, host, strerror(error));
        return fail(reader);
    }
    if (!S_ISREG(stat.st_mode) || stat.st_size != f->size ||
        (long)stat.st_mtim.tv_sec * 1000000000L + stat.st_mtim.tv_nsec != f->changed) {
        refuse("%s changed while its words were counted (it had %ld bytes, and has %ld now); count "
               "a tree that nobody writes to.",
               f->path, f->size, (long)stat.st_size);
        return fail(reader);
    }
    reader->file = file;
    return true;
}

static void read_open(struct reader *reader, long file, long lo, long n, char *bytes, long *done) {
    const struct file *f = &reader->w->file[file];
    while (*done < n) {
        ssize_t got = pread(reader->fd, bytes + *done, (size_t)(n - *done), lo + *done);
        if (got > 0) {
            *done += got;
            work_done((uint64_t)got);
        } else if (got == 0) {
            refuse(
                "%s shrank while its words were counted: it ends at byte %ld, and had %ld bytes; "
                "count a tree that nobody writes to.",
                f->path, lo + *done, f->size);
            fail(reader);
            return;
        } else if (errno != EINTR) {
            refuse("%s cannot be read at byte %ld: %s.", f->path, lo + *done, strerror(errno));
            fail(reader);
            return;
        }
    }
}

// Reads n bytes from `lo` on, all of them; where it cannot, blanks.
static void read_exactly(struct reader *reader, long file, long lo, long n, char *bytes) {
    long done = 0;
    if (!reader->failed && atomic_flag_test_and_set_explicit(&reader->busy, memory_order_relaxed)) {
        refuse("Two threads read with one reader at the same time: a reader is one worker's own; "
               "where in your code is reader_create called, and by whom?");
        fail(reader);
    }
    if (!reader->failed && open_file(reader, file))
        read_open(reader, file, lo, n, bytes, &done);
    if (reader != &no_reader)
        atomic_flag_clear_explicit(&reader->busy, memory_order_relaxed);
    memset(bytes + done, ' ', (size_t)(n - done));
}

char *reader_text(struct reader *reader, long file, long lo, long hi) {
    if (reader->failed && reader->room <= (size_t)(hi > lo ? hi - lo : 0))
        return NULL;
    if (file < 0 || file >= reader->w->files || lo < 0 || hi < lo ||
        hi > reader->w->file[file].size) {
        refuse("reader_text was asked for bytes %ld .. %ld of file %ld: there are files 0 .. %ld, "
               "and bytes 0 .. size of each.",
               lo, hi, file, reader->w->files - 1);
        fail(reader);
        return NULL;
    }
    size_t n = (size_t)(hi - lo);
    if (n >= reader->room) {
        char *text = realloc(reader->text, n + 1);
        if (!text) {
            refuse("No memory for %zu bytes of %s, a piece with the word at its end; choose a "
                   "smaller chunk.",
                   n, reader->w->file[file].path);
            fail(reader);
            return NULL;
        }
        reader->text = text;
        reader->room = n + 1;
    }
    read_exactly(reader, file, lo, hi - lo, reader->text);
    const char *zero = memchr(reader->text, '\0', n);
    if (zero) {
        refuse("%s is a binary file: byte %ld of it is 0, which stands in no text; keep it out of "
               "the tree.",
               reader->w->file[file].path, lo + (long)(zero - reader->text));
        fail(reader);
    }
    return reader->text;
}

// -- edges ------------------------------------------------------------------------------------------

static bool inside(struct reader *reader, long file, long at) { // is byte `at` part of a word?
    char byte;
    read_exactly(reader, file, at, 1, &byte);
    return word_byte(byte);
}

static long min(long a, long b) {
    return a < b ? a : b;
}

// The first place in at .. end that is not inside a word; end, if there is none.
static long run_end(struct reader *reader, long file, long at, long end) {
    char window[4096];
    for (long n = 64; at < end; n = sizeof window) { // most words end soon
        n = min(n, end - at);
        read_exactly(reader, file, at, n, window);
        for (long i = 0; i < n; i++)
            if (!word_byte(window[i]))
                return at + i;
        at += n;
    }
    return end;
}

// Does a word run through all of begin .. at - 1?
static bool runs_through(struct reader *reader, long file, long begin, long at) {
    char window[4096];
    for (long n = 64; at > begin; n = sizeof window) { // from the back: most words begin near
        n = min(n, at - begin);
        read_exactly(reader, file, at - n, n, window);
        for (long i = 0; i < n; i++)
            if (!word_byte(window[i]))
                return false;
        at -= n;
    }
    return true;
}

long piece_begin(struct reader *reader, const struct piece *p) {
    if (p->lo == 0 || !inside(reader, p->file, p->lo - 1))
        return p->lo;
    return run_end(reader, p->file, p->lo, p->hi);
}

long piece_end(struct reader *reader, const struct piece *p) {
    long size = reader->failed ? p->hi : reader->w->file[p->file].size;
    if (p->hi == size || p->lo == p->hi || !inside(reader, p->file, p->hi - 1))
        return p->hi;
    // The word that p->hi cuts may have begun in an earlier piece. Then it is that one's.
    if (p->lo > 0 && runs_through(reader, p->file, p->lo - 1, p->hi))
        return p->hi;
    return run_end(reader, p->file, p->hi, size);
}
