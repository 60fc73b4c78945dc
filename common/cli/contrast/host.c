// SPDX-License-Identifier: MIT
#include "host.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

// The text behind `name` and its mark in a file of "name: value" or "name=value" lines.
static void from_file(const char *path, const char *name, char *text, size_t cap) {
    char line[512];
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name)) != 0)
            continue;
        const char *value = line + strcspn(line, ":=");
        value += strspn(value, ":= \t\"");
        snprintf(text, cap, "%.*s", (int)strcspn(value, "\"\n"), value);
        break;
    }
    if (file)
        fclose(file);
}

void host_read(struct host *host, const struct machine *machine) {
    char system[64] = "Linux", memory[64] = "0";
    struct utsname about;
    uname(&about);
    snprintf(host->cpu, sizeof host->cpu, "%s processor", about.machine);
    from_file("/proc/cpuinfo", "model name", host->cpu, sizeof host->cpu);
    from_file("/etc/os-release", "PRETTY_NAME", system, sizeof system);
    from_file("/proc/meminfo", "MemTotal", memory, sizeof memory);
    snprintf(host->system, sizeof host->system, "%s, Linux %.48s", system, about.release);
    snprintf(host->mpi, sizeof host->mpi, "%s",
             *machine->mpi_version ? machine->mpi_version : "no MPI");
#ifdef __clang__
    snprintf(host->compiler, sizeof host->compiler, "%.100s", __VERSION__);
#else
    snprintf(host->compiler, sizeof host->compiler, "gcc %.100s", __VERSION__);
#endif
    host->cores = machine->whole_cores;
    host->memory = 1024 * strtod(memory, NULL);
}
