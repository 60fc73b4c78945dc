// SPDX-License-Identifier: MIT
//
// modules.c: modules.h.

#include "modules.h"

#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct list {
    struct board_module *modules;
    uint32_t count, cap;
};

static bool is_system(const char *path) {
    return strncmp(path, "/lib/", 5) == 0 || strncmp(path, "/usr/lib", 8) == 0 ||
           strncmp(path, "/lib64/", 7) == 0 || strstr(path, "/check.so") ||
           strstr(path, "/team.so") || strstr(path, "libmpi");
}

static int add_module(struct dl_phdr_info *info, size_t size, void *list_of) {
    (void)size;
    struct list *const list = list_of;
    const bool program = list->count == 0; // it is the first that is told
    struct board_module m = {.low = UINT64_MAX, .bias = info->dlpi_addr};
    if (list->count == list->cap || (!program && is_system(info->dlpi_name)))
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *const part = &info->dlpi_phdr[i];
        const uint64_t low = info->dlpi_addr + part->p_vaddr, high = low + part->p_memsz;
        if (part->p_type != PT_LOAD || !(part->p_flags & PF_X))
            continue;
        m.low = low < m.low ? low : m.low;
        m.high = high > m.high ? high : m.high;
    }
    if (program) {
        const ssize_t length = readlink("/proc/self/exe", m.path, sizeof m.path - 1);
        m.path[length > 0 ? length : 0] = '\0';
    } else if (snprintf(m.path, sizeof m.path, "%s", info->dlpi_name) >= (int)sizeof m.path) {
        return 0;
    }
    if (m.high && *m.path)
        list->modules[list->count++] = m;
    return 0;
}

uint32_t modules_list(struct board_module *modules, uint32_t cap) {
    struct list list = {modules, 0, cap};
    dl_iterate_phdr(add_module, &list);
    return list.count;
}
