// SPDX-License-Identifier: MIT
//
// words.h: how often does each word stand in a tree of text files?
//
// A word is a longest run of letters and digits: ASCII letters, in which case makes no difference
// ("The" is "the"), ASCII digits, and all bytes from 0x80 on, so that words in UTF-8 stay whole.
// Everything else stands between words; so does the end of a file.
//
// The files are cut into pieces, so that many workers can share one big file. A piece may begin or
// end in the middle of a word, and then a rule must say whose the word is:
//
//                      piece 4            piece 5            piece 6
//      ... the quick br|own fox jumps over t|he lazy dog ...
//
//     a word belongs to the piece it begins in: "brown" to piece 4, "the" to piece 5.

#ifndef WORDS_H
#define WORDS_H

#include "table.h"

#include <mpi.h>

struct file {
    const char *path;
    long size;    // bytes
    long changed; // when it was last written to, ns
};

struct piece {
    long file;   // its file is words.file[file]
    long lo, hi; // its bytes: lo <= at < hi
};

struct words {
    long files, pieces;        // how many there are
    const struct file *file;   // in the order of their names; sizes differ widely
    const struct piece *piece; // file by file; none is longer than the parameter `chunk`
    struct table *table;       // yours to set: every word of every file with its count
    struct setting *setting;   // of lab.c
};

// -- reader.c: exact reading. A reader is one worker's own: its open file and its buffer. ---------

struct reader *reader_create(const struct words *w);
void reader_free(struct reader *reader);

// The first place in piece p where a word of p may begin: p->lo, or behind the word that runs
// across p->lo from an earlier piece; p->hi if that word runs through all of p.
long piece_begin(struct reader *reader, const struct piece *p);

// Where the last word that begins in piece p ends: p->hi, or further on in the file if p->hi cuts
// that word. Between piece_begin and piece_end lie the words of p, whole, and no others.
long piece_end(struct reader *reader, const struct piece *p);

// Bytes lo .. hi-1 of file w->file[file]. They stay until the reader reads again, and may be
// changed. What cannot be read (the file shrank, or is binary) ends the run with a sentence.
char *reader_text(struct reader *reader, long file, long lo, long hi);

// Was something refused that this reader was asked for?
bool reader_failed(const struct reader *reader);

// -- the versions -------------------------------------------------------------------------------------

// Given: one worker, piece by piece. Leaves the counts in w->table.
void words_serial(struct words *w);

// Given, for comparison: threads share the files, not the pieces.
void words_byfile(struct words *w);

// Yours, omp.c: a team of threads shares the pieces. Every thread sees all of *w. At the end
// w->table holds the counts of all pieces.
void words_omp(struct words *w);

// Yours, mpi.c: the ranks of comm share the pieces. Every rank has the same list of files and
// pieces and can read all of them. At the end w->table on rank 0 of comm holds the counts of all
// pieces; w->table of the other ranks is not looked at.
void words_mpi(struct words *w, MPI_Comm comm);

#endif
