// SPDX-License-Identifier: MIT
//
// kind.c: see kind.h.
//
// What tells a machine: WSL's kernels have "Microsoft" in their release, those of WSL2 in small
// letters ("5.15.90.1-microsoft-standard-WSL2"). Docker and Podman leave a file in the root, others
// set `container`. Docker on a Mac runs a kernel called linuxkit, or mounts what lies on the Mac as
// a file system that no other machine has.

#include "kind.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static FILE *open_below(const char *root, const char *name) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s%s", root, name);
    return fopen(path, "re");
}

static bool is_there(const char *root, const char *name) {
    char path[PATH_MAX + 64];
    snprintf(path, sizeof path, "%s%s", root, name);
    return access(path, F_OK) == 0;
}

// The first line without its end; "" where there is none.
static void first_line(const char *root, const char *name, char *line, size_t cap) {
    FILE *const file = open_below(root, name);
    *line = 0;
    if (file && !fgets(line, (int)cap, file))
        *line = 0;
    if (file)
        fclose(file);
    line[strcspn(line, "\n")] = 0;
}

// The value of KEY=value or KEY="value" in a line of os-release. False: another line.
static bool value_of(const char *line, const char *key, char *value, size_t cap) {
    const size_t length = strlen(key);
    if (strncmp(line, key, length) != 0 || line[length] != '=')
        return false;
    line += length + 1;
    line += *line == '"';
    snprintf(value, cap, "%.*s", (int)strcspn(line, "\"\n"), line);
    return true;
}

// The system's name, and whether it is a relative of Debian.
static bool read_system(const char *root, char *system, size_t cap) {
    char line[512], id[64] = "", like[128] = "";
    FILE *file = open_below(root, "/etc/os-release");
    if (!file)
        file = open_below(root, "/usr/lib/os-release");
    snprintf(system, cap, "Linux");
    while (file && fgets(line, sizeof line, file))
        if (!value_of(line, "PRETTY_NAME", system, cap) && !value_of(line, "ID", id, sizeof id))
            value_of(line, "ID_LIKE", like, sizeof like);
    if (file)
        fclose(file);
    return strcmp(id, "debian") == 0 || strstr(like, "debian");
}

static void read_container(const char *root, char *container, size_t cap) {
    const char *const said = getenv("container");
    first_line(root, "/run/systemd/container", container, cap);
    if (is_there(root, "/.dockerenv"))
        snprintf(container, cap, "docker");
    else if (is_there(root, "/run/.containerenv"))
        snprintf(container, cap, "podman");
    else if (is_there(root, "/.singularity.d"))
        snprintf(container, cap, "apptainer");
    else if (!*container && said)
        snprintf(container, cap, "%s", said);
}

// Is a file system of a Mac mounted here?
static bool mounts_a_mac(const char *root) {
    char line[1024], type[64];
    bool yes = false;
    FILE *const file = open_below(root, "/proc/mounts");
    while (file && !yes && fgets(line, sizeof line, file))
        yes = sscanf(line, "%*s %*s %63s", type) == 1 &&
              (strcmp(type, "fakeowner") == 0 || strcmp(type, "fuse.osxfs") == 0);
    if (file)
        fclose(file);
    return yes;
}

static bool has_modules(void) {
    static const char *const names[] = {"LMOD_CMD", "MODULESHOME", "MODULES_CMD"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *const value = getenv(names[i]);
        if (value && *value)
            return true;
    }
    return false;
}

void kind_read(const char *root, struct kind_of_machine *machine) {
    char release[128];
    const bool debian = read_system(root, machine->system, sizeof machine->system);
    first_line(root, "/proc/sys/kernel/osrelease", release, sizeof release);
    read_container(root, machine->container, sizeof machine->container);
    // WSL sets `container` for programs that systemd starts; that is no container of the user's.
    const bool contained = *machine->container && strcmp(machine->container, "wsl") != 0;
    if (!contained)
        *machine->container = 0;
    if (contained)
        machine->kind =
            strstr(release, "linuxkit") || mounts_a_mac(root) ? KIND_MAC : KIND_CONTAINER;
    else if (strstr(release, "microsoft"))
        machine->kind = KIND_WSL2;
    else if (strstr(release, "Microsoft"))
        machine->kind = KIND_WSL1;
    else if (has_modules())
        machine->kind = KIND_CLUSTER;
    else
        machine->kind = debian ? KIND_DEBIAN : KIND_LINUX;
}

enum level kind_say(const struct kind_of_machine *machine, const char *kit, bool has_mpi,
                    char *text, size_t text_cap, char *mend, size_t mend_cap) {
    const char *const system = machine->system;
    *mend = 0;
    switch (machine->kind) {
    case KIND_WSL1:
        snprintf(text, text_cap,
                 "%s in Windows, by WSL1: it has no namespaces for the sandbox, and its shared "
                 "memory is slow.",
                 system);
        snprintf(
            mend, mend_cap,
            "In PowerShell: wsl -l -v shows its name, wsl --set-version NAME 2 makes it WSL2.");
        return LEVEL_PROBLEM;
    case KIND_WSL2:
        if (strncmp(kit, "/mnt/", 5) != 0) {
            snprintf(text, text_cap, "%s in Windows, by WSL2.", system);
            return LEVEL_OK;
        }
        snprintf(text, text_cap,
                 "%s in Windows, by WSL2, and the kit lies in %s, among the files of Windows: each "
                 "access takes many times longer there.",
                 system, kit);
        snprintf(mend, mend_cap, "Copy the kit into the Linux home: cp -r '%s' ~", kit);
        return LEVEL_NOTE;
    case KIND_MAC:
        snprintf(text, text_cap,
                 "%s in a container (%s) on a Mac: it has the cores and the memory that the "
                 "settings of its virtual machine give it.",
                 system, machine->container);
        return LEVEL_OK;
    case KIND_CONTAINER:
        snprintf(text, text_cap,
                 "%s in a container (%s): what is installed here goes when the container goes.",
                 system, machine->container);
        return LEVEL_OK;
    case KIND_CLUSTER:
        snprintf(text, text_cap, "%s with modules, as clusters have them%s.", system,
                 has_mpi ? "" : "; no MPI is loaded, so mpicc is not in PATH");
        if (!has_mpi)
            snprintf(
                mend, mend_cap,
                "module avail lists what there is; then, for example: module load gcc openmpi");
        return has_mpi ? LEVEL_OK : LEVEL_NOTE;
    case KIND_DEBIAN:
        snprintf(text, text_cap, "%s.", system);
        return LEVEL_OK;
    case KIND_LINUX:
        break;
    }
    snprintf(text, text_cap,
             "%s. The kit is tested on Debian and Ubuntu; the labs should run here.", system);
    return LEVEL_OK;
}
