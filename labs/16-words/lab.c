// SPDX-License-Identifier: MIT
// lab.c: words, as the kit sees it (common/kit/lab.h).

#include "lab.h"

#include "answer.h"
#include "cache.h"
#include "corpus.h"
#include "explain.h"
#include "kit.h"
#include "tree.h"
#include "words.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct param params[] = {
    {"dir", "", "directory whose files are counted; empty: a corpus made for it, once"},
    {"kb", "131072", "size of the made corpus, KiB"},
    {"files", "64", "files of the made corpus, of unequal size"},
    {"top", "20", "how many of the most frequent words are compared one by one"},
    {"cache", "warm", "page cache before the run: warm (all read once), cold, asis"},
    {"chunk", "262144", "longest piece of a file that is handed out, bytes"},
    {0}};
enum { DIR, KB, FILES, TOP, CACHE, CHUNK };

struct setting {
    MPI_Comm comm;
    int rank, ranks; // ranks: 0 without MPI
    long top, chunk;
    enum cache cache;
    struct corpus corpus;
    struct tree tree;
    struct piece *piece;
    struct cached cached; // before the run
};

// -- create, destroy ----------------------------------------------------------------------------------

static bool read_values(struct setting *s, const char *const *values, long *kb, long *files) {
    static const char *const states[] = {"warm", "cold", "asis", NULL};
    int state;
    bool good = value_long("kb", values[KB], 0, 1000000000, kb) &&
                value_long("files", values[FILES], 1, 100000, files) &&
                value_long("top", values[TOP], 0, 10000, &s->top) &&
                value_choice("cache", values[CACHE], states, &state) &&
                value_long("chunk", values[CHUNK], 1, 1000000000000, &s->chunk);
    s->cache = good ? (enum cache)state : CACHE_ASIS;
    return good;
}

// The made corpus: rank 0 finds or makes it, then the others look where it is.
static bool open_corpus(struct setting *s, uint64_t seed, long kb, long files) {
    bool good = s->rank != 0 || corpus_open(&s->corpus, seed, kb, files);
    if (!all_agree(good, s->comm))
        return false;
    if (s->comm != MPI_COMM_NULL)
        MPI_Bcast(s->corpus.path, PATH_MAX, MPI_CHAR, 0, s->comm);
    good = s->rank == 0 || corpus_open_there(&s->corpus, seed, kb, files);
    return all_agree(good, s->comm);
}

static bool whole(const struct setting *s, long kb, long files) {
    return (s->tree.files == files && s->tree.bytes == (double)kb * 1024) ||
           refuse("The corpus %s is not whole (%ld files, %.0f bytes); remove it, and the next run "
                  "makes it again.",
                  s->corpus.path, s->tree.files, s->tree.bytes);
}

static bool list_files(struct setting *s, const char *const *values, uint64_t seed, long kb,
                       long files) {
    const char *dir = values[DIR];
    if (!*dir) {
        if (!open_corpus(s, seed, kb, files))
            return false;
        dir = s->corpus.path;
    }
    bool good = s->rank != 0 || (tree_walk(&s->tree, dir) && (*values[DIR] || whole(s, kb, files)));
    return all_agree(good, s->comm) && tree_share(&s->tree, s->comm);
}

static long pieces_of(const struct file *file, long chunk) {
    return file->size / chunk + (file->size % chunk != 0);
}

static bool cut_into_pieces(struct words *w, struct setting *s) {
    double pieces = 0, buffer = 0;
    for (long i = 0; i < s->tree.files; i++) {
        long size = s->tree.file[i].size, piece = size < s->chunk ? size : s->chunk;
        pieces += (double)pieces_of(&s->tree.file[i], s->chunk);
        buffer = (double)piece > buffer ? (double)piece : buffer;
    }
    // Every worker has a buffer for a piece and a table. How large a table gets is not known before
    // the words are read; texts in a language need less than this, and others are told later.
    double workers = s->ranks ? 1 : omp_get_max_threads();
    double table = s->tree.bytes / 8 < 0x1p28 ? s->tree.bytes / 8 : 0x1p28;
    double need = pieces * sizeof *s->piece + workers * (buffer + table + 0x1p20);
    if (!memory_fits(need, s->comm))
        return false;
    s->piece = malloc((size_t)pieces * sizeof *s->piece + 1);
    if (!all_agree(s->piece || refuse("No memory for a list of %.0f pieces; choose a larger chunk.",
                                      pieces),
                   s->comm))
        return false;
    for (long i = 0; i < s->tree.files; i++)
        for (long lo = 0, size = s->tree.file[i].size; lo < size; lo += s->chunk) {
            long hi = size - lo < s->chunk ? size : lo + s->chunk;
            s->piece[w->pieces++] = (struct piece){.file = i, .lo = lo, .hi = hi};
        }
    w->files = s->tree.files;
    w->file = s->tree.file;
    w->piece = s->piece;
    return true;
}

static void destroy(void *problem) {
    struct words *w = problem;
    table_free(w->table);
    tree_free(&w->setting->tree);
    corpus_close(&w->setting->corpus);
    free(w->setting->piece);
    free(w->setting);
    free(w);
}

static void *create(const char *const *values, uint64_t seed, MPI_Comm comm) {
    struct words *w = calloc(1, sizeof *w);
    struct setting *s = calloc(1, sizeof *s);
    if (!all_agree((w && s) || refuse("No memory to begin with; free some and try again."), comm)) {
        free(w);
        free(s);
        return NULL;
    }
    w->setting = s;
    s->comm = comm;
    s->corpus.lock = -1;
    if (comm != MPI_COMM_NULL) {
        MPI_Comm_rank(comm, &s->rank);
        MPI_Comm_size(comm, &s->ranks);
    }
    long kb, files;
    if (read_values(s, values, &kb, &files) && list_files(s, values, seed, kb, files) &&
        cut_into_pieces(w, s) && cache_prepare(w, s->cache, comm, &s->cached))
        return w;
    destroy(w);
    return NULL;
}

// -- result, explain, notes ---------------------------------------------------------------------------

static size_t result(const void *problem, void *buf, size_t cap) {
    const struct words *w = problem;
    size_t size = answer_size(w->setting->top);
    if (w->setting->rank != 0 || cap < size)
        return size;
    struct answer *answer = answer_create(w->table, w->setting->top);
    if (answer)
        answer_write(answer, buf);
    else
        refuse("No memory for the %ld most frequent words; choose a smaller top.", w->setting->top);
    free(answer);
    return size;
}

static enum same explain(const void *problem, const struct version *version, int workers,
                         const void *got, const void *want, size_t size, char *text, size_t cap) {
    snprintf(text, cap, "%s", "");
    if (memcmp(got, want, size) == 0)
        return SAME;
    struct answer *a = answer_read(got, size), *b = answer_read(want, size);
    if (a && b)
        explain_answer(problem, workers, version->run == RUN_RANKS ? "rank" : "thread", a, b, text,
                       cap);
    else
        snprintf(text, cap,
                 "The result is not a list of words and counts; was it written by this "
                 "lab's program, and is it whole?");
    free(a);
    free(b);
    return WRONG;
}

static double work(const void *problem) {
    return ((const struct words *)problem)->setting->tree.bytes;
}

// The state of the page cache as it was, then what was found.
static void notes(const void *problem, char *text, size_t cap) {
    const struct words *w = problem;
    const struct setting *s = w->setting;
    static const char *const asked[] = {"asked for warm", "asked for cold", "cache left as it was"};
    if (s->rank != 0)
        return;
    struct answer *answer = answer_create(w->table, 3);
    size_t used;
    if (s->cached.known)
        used = (size_t)snprintf(
            text, cap, "%s: %.0f %% of %.1f MiB in the page cache before the run", asked[s->cache],
            s->cached.total > 0 ? 100 * s->cached.there / s->cached.total : 0,
            s->cached.total / 0x1p20);
    else
        used = (size_t)snprintf(text, cap,
                                "%s: what the page cache holds of files of another owner "
                                "cannot be measured here",
                                asked[s->cache]);
    if (answer && used < cap)
        used += (size_t)snprintf(text + used, cap - used, "; %llu words, %llu different",
                                 (unsigned long long)answer->sum.words,
                                 (unsigned long long)answer->different);
    for (int i = 0; answer && i < 3 && answer->line[i].count && used < cap; i++) {
        char word[HEAD + 4];
        line_word(&answer->line[i], word);
        used += (size_t)snprintf(text + used, cap - used, "%s %s %llu", i ? "," : "; most:", word,
                                 (unsigned long long)answer->line[i].count);
    }
    free(answer);
}

// -- what is expected ---------------------------------------------------------------------------------

enum { MOST_KB = 16 << 10 }; // beyond that a disk is not slower than making the text again

static bool count_text(void *user, char *text, long size) {
    struct table *const table = user;
    table_count(table, text, size);
    return !table->failed;
}

// The made corpus is known without the disk (text.h), and nothing is cut into pieces here.
static size_t expected(const char *const *values, uint64_t seed, void *buf, size_t cap) {
    struct setting s = {0};
    long kb, files;
    if (*values[DIR] || !read_values(&s, values, &kb, &files) || kb > MOST_KB)
        return NOT_EXPECTED;
    const size_t size = answer_size(s.top);
    if (!buf || cap < size)
        return size;
    struct table *const table = table_create();
    const bool good = corpus_each(seed, kb, files, count_text, table);
    struct answer *const answer = good ? answer_create(table, s.top) : NULL;
    if (answer)
        answer_write(answer, buf);
    free(answer);
    table_free(table);
    return answer ? size : NOT_EXPECTED;
}

// -- versions -----------------------------------------------------------------------------------------

static void serial(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    words_serial(problem);
}

static void omp(void *problem, MPI_Comm comm, int workers) {
    (void)comm, (void)workers;
    words_omp(problem);
}

// Here every thread holds a whole file, which create did not reckon with.
static void byfile(void *problem, MPI_Comm comm, int workers) {
    const struct words *w = problem;
    long largest = 0;
    for (long i = 0; i < w->files; i++)
        largest = w->file[i].size > largest ? w->file[i].size : largest;
    if (memory_fits((double)largest * workers, comm))
        words_byfile(problem);
}

static void mpi(void *problem, MPI_Comm comm, int workers) {
    (void)workers;
    words_mpi(problem, comm);
}

static const struct version versions[] = {{"serial", RUN_SERIAL, serial, true},
                                          {"omp", RUN_THREADS, omp, false},
                                          {"mpi", RUN_RANKS, mpi, false},
                                          {"byfile", RUN_THREADS, byfile, true},
                                          {0}};

const struct lab lab = {
    .name = "words",
    .title = "The most frequent words of a tree of text files",
    .bound = BOUND_MIXED,
    .params = params,
    .create = create,
    .result = result,
    .explain = explain,
    .work = work,
    .unit = "bytes",
    .destroy = destroy,
    .versions = versions,
    .notes = notes,
    .expected = expected,
};
