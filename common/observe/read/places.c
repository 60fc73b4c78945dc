// SPDX-License-Identifier: MIT
//
// places.c: from an address in a rank to a line of a file. Needs the program compiled with -g.

#include "reader.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What a compiler was told as a path; the last part of it is what a person looks for.
static void place_set(struct place *place, const char *path, int line) {
    const char *const slash = strrchr(path, '/');
    snprintf(place->file, sizeof place->file, "%s", slash ? slash + 1 : path);
    place->line = line;
}

#ifdef HAVE_DWFL
#include <elfutils/libdwfl.h>

// The modules that were asked for, open until the end: reading their tables takes most of the time.
static struct {
    char path[sizeof((struct board_module *)0)->path];
    Dwfl *dwfl;
    Dwfl_Module *module;
} opened[16];
static int opened_count;

static Dwfl_Module *module_open(const char *path) {
    static const Dwfl_Callbacks callbacks = {.find_debuginfo = dwfl_standard_find_debuginfo,
                                             .section_address = dwfl_offline_section_address};
    for (int i = 0; i < opened_count; i++)
        if (strcmp(opened[i].path, path) == 0)
            return opened[i].module;
    if (opened_count == 16)
        return NULL;
    snprintf(opened[opened_count].path, sizeof opened->path, "%s", path);
    Dwfl *const dwfl = dwfl_begin(&callbacks);
    Dwfl_Module *const module = dwfl ? dwfl_report_offline(dwfl, "", path, -1) : NULL;
    if (dwfl)
        dwfl_report_end(dwfl, NULL, NULL);
    opened[opened_count].dwfl = dwfl;
    opened[opened_count].module = module;
    return opened[opened_count++].module;
}

static bool look_up(const char *path, uint64_t address, struct place *place) {
    Dwarf_Addr bias = 0;
    int line = 0;
    Dwfl_Module *const module = module_open(path);
    if (!module || !dwfl_module_getdwarf(module, &bias))
        return false;
    Dwfl_Line *const at = dwfl_module_getsrc(module, address + bias);
    const char *const file = at ? dwfl_lineinfo(at, NULL, &line, NULL, NULL, NULL) : NULL;
    if (file && line > 0)
        place_set(place, file, line);
    return file && line > 0;
}

void place_name(const struct board_module *modules, uint32_t count, uint64_t address, char *name,
                size_t cap) {
    for (uint32_t i = 0; i < count && i < BOARD_MODULES && address; i++) {
        Dwarf_Addr bias = 0;
        GElf_Off offset = 0;
        GElf_Sym symbol;
        Dwfl_Module *const module = module_open(modules[i].path);
        if (address < modules[i].bias || !module || !dwfl_module_getdwarf(module, &bias))
            continue;
        const char *const found = dwfl_module_addrinfo(module, address - modules[i].bias + bias,
                                                       &offset, &symbol, NULL, NULL, NULL);
        if (!found || offset >= symbol.st_size)
            continue;
        snprintf(name, cap, "%s", found);
        return;
    }
}

#else
#include "process.h"

void place_name(const struct board_module *modules, uint32_t count, uint64_t address, char *name,
                size_t cap) {
    (void)modules, (void)count, (void)address, (void)name, (void)cap;
}

static bool look_up(const char *path, uint64_t address, struct place *place) {
    struct command command = {0};
    struct outcome outcome;
    command_add(&command, "addr2line");
    command_add(&command, "-e");
    command_add(&command, "%s", path);
    command_add(&command, "0x%llx", (unsigned long long)address);
    const struct how how = {.seconds = 20, .capture_out = true, .capture_err = true};
    bool found = false;
    if (process_run(&command, &how, &outcome) && outcome.status == 0) {
        char *const colon = strrchr(outcome.out, ':');
        const int line = colon ? (int)strtol(colon + 1, NULL, 10) : 0;
        found = line > 0 && *outcome.out != '?';
        if (found) {
            *colon = '\0';
            place_set(place, outcome.out, line);
        }
    }
    outcome_free(&outcome);
    command_free(&command);
    return found;
}
#endif

// What was looked up: a finding is said of many ranks at the same few places.
static struct {
    char path[sizeof((struct board_module *)0)->path];
    uint64_t address;
    struct place place;
} known[256];
static int known_count;

struct place place_find(const struct board_slot *slot, uint64_t pc) {
    return place_in(slot->modules, slot->module_count, pc);
}

struct place place_in(const struct board_module *modules, uint32_t count, uint64_t pc) {
    struct place place = {{0}, 0};
    const struct board_module *module = NULL;
    for (uint32_t i = 0; i < count && i < BOARD_MODULES; i++)
        if (pc > modules[i].low && pc <= modules[i].high)
            module = &modules[i];
    if (!module)
        return place;
    // The call is the instruction before the one that it returns to.
    const uint64_t address = pc - 1 - module->bias;
    for (int i = 0; i < known_count; i++)
        if (known[i].address == address && strcmp(known[i].path, module->path) == 0)
            return known[i].place;
    look_up(module->path, address, &place);
    if (known_count < 256) {
        memcpy(known[known_count].path, module->path, sizeof module->path);
        known[known_count].address = address;
        known[known_count++].place = place;
    }
    return place;
}

void place_say(char *text, size_t cap, const struct place *place) {
    if (place->line)
        add(text, cap, " at %s:%d", place->file, place->line);
}
