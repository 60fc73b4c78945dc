// SPDX-License-Identifier: MIT
//
// kind.h: which of the machines that the kit is made for this one is, read from a few files and from
// the environment; and what to know there.

#ifndef TWOFOLD_KIND_H
#define TWOFOLD_KIND_H

#include "findings.h"
#include <stddef.h>

enum kind {
    KIND_WSL1,      // Windows without a Linux kernel: no namespaces
    KIND_WSL2,      // Linux in Windows
    KIND_MAC,       // a container on a Mac
    KIND_CONTAINER, // another container
    KIND_CLUSTER,   // software comes from `module load`
    KIND_DEBIAN,    // Debian, Ubuntu and their relatives
    KIND_LINUX      // another Linux
};

struct kind_of_machine {
    enum kind kind;
    char system[96];    // "Debian GNU/Linux 12 (bookworm)", or "Linux"
    char container[32]; // what made the container: "docker", "podman" ...; "": none was seen
};

// Looks below `root` ("" on the machine itself) and into the environment.
void kind_read(const char *root, struct kind_of_machine *machine);

// A finding's text and mend (findings.h), and its level. kit: the directory of the kit; has_mpi: is
// mpicc in PATH?
enum level kind_say(const struct kind_of_machine *machine, const char *kit, bool has_mpi,
                    char *text, size_t text_cap, char *mend, size_t mend_cap);

#endif
