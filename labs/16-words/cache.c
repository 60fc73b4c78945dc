// SPDX-License-Identifier: MIT
// cache.c: warm by reading, cold by posix_fadvise, measured by cachestat or mincore.

#include "cache.h"

#include "kit.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STRETCH = 1 << 20 };

// The ranks that share this node's page cache.
struct node {
    MPI_Comm comm;
    int rank, size;
};

static struct node node_of(MPI_Comm comm) {
    struct node node = {MPI_COMM_NULL, 0, 1};
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_split_type(comm, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &node.comm);
        MPI_Comm_rank(node.comm, &node.rank);
        MPI_Comm_size(node.comm, &node.size);
    }
    return node;
}

// Reads this rank's share of all files: every node.size-th stretch.
static bool warm(const struct words *w, struct node node) {
    struct reader *reader = reader_create(w);
    long number = 0;
    bool good = true;
    for (long file = 0; file < w->files && good; file++)
        for (long lo = 0, size = w->file[file].size; lo < size && good; lo += STRETCH)
            if (number++ % node.size == node.rank)
                good = reader_text(reader, file, lo, size - lo < STRETCH ? size : lo + STRETCH) &&
                       !reader_failed(reader);
    reader_free(reader);
    return good;
}

static void cool(const struct words *w) {
    for (long file = 0; file < w->files; file++) {
        int fd = open(w->file[file].path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        if (fd < 0)
            continue; // who counts will say why
        fsync(fd);    // a page that is not on the disk yet cannot be forgotten
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
    }
}

// -- how much is there ------------------------------------------------------------------------------

// Bytes of fd in the page cache by cachestat (Linux 6.5), -1: the system does not tell.
static double ask_cachestat(int fd, long size) {
#ifdef SYS_cachestat
    long number = SYS_cachestat;
#else
    long number = 451; // on every architecture that came to Linux by then, but alpha
#endif
    uint64_t range[2] = {0, (uint64_t)size}, counts[5] = {0};
    if (syscall(number, fd, range, counts, 0) != 0)
        return -1;
    double there = (double)counts[0] * (double)sysconf(_SC_PAGESIZE);
    return there < (double)size ? there : (double)size;
}

// The same by mincore, which tells the truth only about files that one owns or may write to.
static double ask_mincore(int fd, long size, const struct stat *stat) {
    enum { PAGES = 1 << 16 };
    static unsigned char there[PAGES]; // called by one thread
    long page = sysconf(_SC_PAGESIZE), span = PAGES * page;
    double bytes = 0;
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    if (stat->st_uid != geteuid() && eaccess(self, W_OK) != 0)
        return -1;
    for (long lo = 0; lo < size; lo += span) {
        size_t n = (size_t)(size - lo < span ? size - lo : span);
        void *map = mmap(NULL, n, PROT_READ, MAP_SHARED, fd, lo);
        if (map == MAP_FAILED)
            return -1;
        bool told = mincore(map, n, there) == 0;
        munmap(map, n);
        for (long i = 0; told && i * page < (long)n; i++)
            if (there[i] & 1)
                bytes += (double)((long)n - i * page < page ? (long)n - i * page : page);
        if (!told)
            return -1;
    }
    return bytes;
}

static void measure(const struct words *w, struct cached *state) {
    for (long file = 0; file < w->files && state->known; file++) {
        long size = w->file[file].size;
        struct stat stat;
        state->total += (double)size;
        int fd = open(w->file[file].path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        double bytes = size == 0 ? 0 : -1;
        if (fd >= 0 && size > 0 && fstat(fd, &stat) == 0) {
            bytes = ask_cachestat(fd, size);
            if (bytes < 0)
                bytes = ask_mincore(fd, size, &stat);
        }
        if (fd >= 0)
            close(fd);
        state->known = bytes >= 0;
        state->there += bytes;
    }
}

bool cache_prepare(const struct words *w, enum cache wanted, MPI_Comm comm, struct cached *state) {
    struct node node = node_of(comm);
    *state = (struct cached){.known = true};
    bool good = wanted != CACHE_WARM || warm(w, node);
    if (wanted == CACHE_COLD && node.rank == 0)
        cool(w);
    good = all_agree(good, comm); // and all ranks are done
    if (good && node.rank == 0)
        measure(w, state);
    if (comm != MPI_COMM_NULL) {
        double mine[] = {state->there, state->total, !state->known}, all[3] = {0};
        MPI_Reduce(mine, all, 3, MPI_DOUBLE, MPI_SUM, 0, comm);
        *state = (struct cached){all[0], all[1], all[2] == 0};
        MPI_Comm_free(&node.comm);
    }
    return good;
}
