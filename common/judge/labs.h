// SPDX-License-Identifier: MIT
//
// labs.h: the labs of this kit, found by listing labs/ (nothing here knows a lab's name), and what
// a lab says of itself (build/labs/NAME --describe).
//
// A course may keep labs of its own, outside the kit: where the environment names its directory
// (TWOFOLD_COURSE, which `make ... COURSE=dir` sets), the labs in it stand beside those of the kit.
// It has the rooms that the kit has, called as there: labs/NN-name, and so on.

#ifndef TWOFOLD_LABS_H
#define TWOFOLD_LABS_H

#include <stdbool.h>
#include <stddef.h>

enum { LABS_MAX = 99, PARAMS_MAX = 32, VERSIONS_MAX = 24, HOME_CAP = 1024 };

struct lab_entry {
    int number;    // 9, of labs/09-heat
    char name[32]; // "heat"
    char dir[64];  // "09-heat"
    // The tree that keeps it, with the rooms labs/, solutions/ and tests/labs: its files are
    // HOME/labs/DIR/..., and so on. What is built of it lies in the kit, whatever its home.
    char home[HOME_CAP];
    char shown[HOME_CAP + 80]; // HOME/labs/DIR as a person reads it: "labs/09-heat" in the kit
};

struct labs {
    int count;
    struct lab_entry at[LABS_MAX]; // by number
};

// The directory of the kit: two levels above that of the running program (build/bin). False: it
// cannot be told, or is longer than cap.
bool labs_root(char *path, size_t cap);

// Lists ROOT/labs, and the labs of the course, if the environment names one. False: there is none,
// or the course has a lab that is called as one of the kit; text says so.
bool labs_list(const char *root, struct labs *labs, char *text, size_t cap);

// Which lab is meant by "heat", "09-heat", "9" or "labs/09-heat/", or the path of its directory, as
// it is shown: its index. -1: none; text is a
// sentence with the nearest name and the list.
int labs_find(const struct labs *labs, const char *word, char *text, size_t cap);

// All three at once: the kit's directory (root, of cap bytes), its labs, and the one that is meant.
// NULL: text says why.
const struct lab_entry *labs_choose(const char *word, char *root, size_t root_cap,
                                    struct labs *labs, char *text, size_t cap);

struct lab_param {
    char name[32], value[128], what[160];
};

struct lab_version {
    char name[32], run[16]; // run: serial, threads, ranks, hybrid, processes
    bool given;             // shown for comparison, not the student's to write
};

struct lab_about {
    char name[32], title[128], bound[16], unit[32]; // bound: compute, memory, waiting, mixed
    double bytes_per_unit;
    bool services; // a case may want a program beside it: see services.h
    int params, versions;
    struct lab_param param[PARAMS_MAX];
    struct lab_version version[VERSIONS_MAX];
};

// Asks PROGRAM --describe. False: it is not built, or does not answer; text says so.
bool lab_describe(const char *program, struct lab_about *about, char *text, size_t cap);
// The same from what the program printed. False: that is no description.
bool lab_parse(const char *lines, struct lab_about *about);
// The index of a version or parameter, -1: none of this name.
int lab_version_index(const struct lab_about *about, const char *name);
int lab_param_index(const struct lab_about *about, const char *name);
// Is there a version, or a parameter, of this name? False: text says so in a sentence, with the name
// that may be meant and all there are. word: "n" or "n=100".
bool lab_check_version(const struct lab_about *about, const char *word, char *text, size_t cap);
bool lab_check_param(const struct lab_about *about, const char *word, char *text, size_t cap);

// Is a version that runs so (see lab_version) started by mpirun?
bool lab_run_needs_mpi(const char *run);

#endif
