// EXPECT file=omp.c check=omp-equal verdict=CRASH says="left before it had a result"
// Attack: puts a link to the system's files in place of the directory that results are taken from.

#include "heat.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void heat_omp(struct heat *h) {
    (void)h;
    if (rename("results", "elsewhere") != 0 || symlink("/etc", "results") != 0)
        perror("results");
    if (mkdir("alone.res", 0777) != 0 || symlink("/etc/shadow", "last") != 0)
        perror("alone.res");
    _exit(0);
}
