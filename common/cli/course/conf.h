// SPDX-License-Identifier: MIT
//
// conf.h: course.conf, the one file that says how a course is run; read by inih.
//
//     [course]
//     name     = Parallel computing
//     timezone = Europe/Berlin
//     exports  = gradescope,junit
//     salt     = autumn-4711          (grade/variant.h)
//
//     [lab heat]
//     due      = 2026-12-11 23:59
//     grace    = 10m
//     late     = 1d 90, 3d 50
//     curve    = steps
//     count    = best
//     extend   = ada 2026-12-15 23:59, bob 2026-12-18 12:00
//     attempts = 3
//     points   = 20
//     versions = omp, mpi
//     show     = after_due_date, solution 2026-12-18 12:00
//
// What the values of a lab mean stands in grade/policy.h, whose file conf_policy() writes.

#ifndef TWOFOLD_COURSE_CONF_H
#define TWOFOLD_COURSE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { CONF_LABS = 64 };

struct conf_lab {
    char name[32];
    char due[32], grace[16], late[256], curve[16], count[16], extend[4096]; // "" not said
    char attempts[16], points[16], versions[128], show[96];
};

struct conf {
    char name[128], timezone[64], exports[128], salt[64];
    int labs;
    struct conf_lab lab[CONF_LABS];
};

// Reads DIR/course.conf. False: why says what is wrong in it, and where.
bool conf_read(struct conf *conf, const char *dir, char *why, size_t cap);

// The lab of this name; NULL: the course does not have it.
const struct conf_lab *conf_lab(const struct conf *conf, const char *name);

// Writes what the file says of the lab as a policy (grade/policy.h). False: it could not be written.
bool conf_policy(const struct conf *conf, const struct conf_lab *lab, FILE *file);

// What `twofold course make` writes: a file with every key, explained; the labs that are named.
void conf_template(FILE *file, const char *const *labs, int count);

#endif
