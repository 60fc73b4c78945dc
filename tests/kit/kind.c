// SPDX-License-Identifier: MIT
// Tests of which machine doctor takes this one for (common/cli/doctor/kind.c), on made-up roots.

#include "../../common/cli/doctor/kind.h"
#include "files.h"
#include "runner.h"

#include <sys/stat.h>

static const char debian[] = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n";
static const char ubuntu[] = "ID=ubuntu\nID_LIKE=debian\nPRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\n";
static const char fedora[] = "NAME=Fedora\nPRETTY_NAME=\"Fedora Linux 41\"\nID=fedora\n";
static const char rocky[] =
    "PRETTY_NAME='Rocky'\nPRETTY_NAME=\"Rocky Linux 9.4\"\nID_LIKE=\"rhel centos fedora\"\n";
static const char wsl2[] = "5.15.153.1-microsoft-standard-WSL2\n";
static const char plain[] = "6.1.0-18-amd64\n";

struct made_up {
    const char *system, *release, *file, *words; // file: one more, below the root
    const char *variable, *value;                // of the environment
    enum kind kind;
    const char *name, *container; // what must be read
};

static bool make_root(const struct made_up *m) {
    static const char *const rooms[] = {"etc", "proc",    "proc/sys",    "proc/sys/kernel", "usr",
                                        "run", "usr/lib", "run/systemd", ".singularity.d"};
    const size_t count = sizeof rooms / sizeof *rooms;
    bool good = files_begin();
    for (size_t i = 0; i < count - !(m->file && !strcmp(m->file, rooms[count - 1])); i++)
        good = good && mkdir(files_path(rooms[i]), 0700) == 0;
    if (m->system)
        good = good && files_write("etc/os-release", m->system);
    if (m->release)
        good = good && files_write("proc/sys/kernel/osrelease", m->release);
    if (m->file && m->words)
        good = good && files_write(m->file, m->words);
    return good;
}

static void forget(void) {
    static const char *const names[] = {"container", "LMOD_CMD", "MODULESHOME", "MODULES_CMD"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
}

static void each_kind_is_told_from_the_others(void) {
    static const struct made_up rows[] = {
        {debian, plain, 0, 0, 0, 0, KIND_DEBIAN, "Debian GNU/Linux 12 (bookworm)", ""},
        {ubuntu, plain, 0, 0, 0, 0, KIND_DEBIAN, "Ubuntu 24.04.1 LTS", ""},
        {fedora, plain, 0, 0, 0, 0, KIND_LINUX, "Fedora Linux 41", ""},
        {rocky, plain, 0, 0, 0, 0, KIND_LINUX, "Rocky Linux 9.4", ""},
        {NULL, NULL, 0, 0, 0, 0, KIND_LINUX, "Linux", ""},
        {NULL, plain, "usr/lib/os-release", debian, 0, 0, KIND_DEBIAN,
         "Debian GNU/Linux 12 (bookworm)", ""},
        {debian, wsl2, 0, 0, 0, 0, KIND_WSL2, NULL, ""},
        {ubuntu, wsl2, "run/systemd/container", "wsl\n", 0, 0, KIND_WSL2, NULL, ""},
        {debian, "4.4.0-19041-Microsoft\n", 0, 0, 0, 0, KIND_WSL1, NULL, ""},
        {debian, plain, ".dockerenv", "", 0, 0, KIND_CONTAINER, NULL, "docker"},
        {debian, wsl2, ".dockerenv", "", 0, 0, KIND_CONTAINER, NULL, "docker"},
        {fedora, plain, "run/.containerenv", "", 0, 0, KIND_CONTAINER, NULL, "podman"},
        {debian, plain, ".singularity.d", NULL, 0, 0, KIND_CONTAINER, NULL, "apptainer"},
        {debian, plain, 0, 0, "container", "lxc", KIND_CONTAINER, NULL, "lxc"},
        {debian, plain, "run/systemd/container", "systemd-nspawn\n", 0, 0, KIND_CONTAINER, NULL,
         "systemd-nspawn"},
        {debian, "6.10.14-linuxkit\n", ".dockerenv", "", 0, 0, KIND_MAC, NULL, "docker"},
        {debian, "6.10.14-linuxkit\n", 0, 0, 0, 0, KIND_DEBIAN, NULL, ""},
        {rocky, plain, 0, 0, "LMOD_CMD", "/opt/lmod/libexec/lmod", KIND_CLUSTER, NULL, ""},
        {debian, plain, 0, 0, "MODULESHOME", "/usr/share/modules", KIND_CLUSTER, NULL, ""},
        {debian, plain, 0, 0, "MODULESHOME", "", KIND_DEBIAN, NULL, ""},
        {debian, plain, "proc/mounts", "/run/host /w fakeowner rw 0 0\n", "container", "oci",
         KIND_MAC, NULL, "oci"},
        {debian, plain, "proc/mounts", "proc /proc proc rw 0 0\n", "container", "oci",
         KIND_CONTAINER, NULL, "oci"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct made_up *const m = &rows[i];
        struct kind_of_machine machine;
        forget();
        CU_ASSERT_FATAL(make_root(m));
        if (m->variable)
            setenv(m->variable, m->value, 1);
        kind_read(files_dir, &machine);
        files_end();
        const bool right = machine.kind == m->kind && !strcmp(machine.container, m->container) &&
                           (!m->name || !strcmp(machine.system, m->name));
        if (!right)
            test_note("row %zu: kind %d, system '%s', container '%s'", i, machine.kind,
                      machine.system, machine.container);
        CU_ASSERT(right);
    }
    forget();
}

static void each_is_told_what_to_know_there(void) {
    static const struct {
        enum kind kind;
        const char *kit;
        bool has_mpi;
        enum level level;
        const char *text, *mend; // parts; mend "": there is none
    } rows[] = {
        {KIND_WSL1, "/home/a/kit", true, LEVEL_PROBLEM, "by WSL1", "wsl --set-version NAME 2"},
        {KIND_WSL2, "/home/a/kit", true, LEVEL_OK, "by WSL2", ""},
        {KIND_WSL2, "/mnt/c/kit", true, LEVEL_NOTE, "lies in /mnt/c/kit", "cp -r '/mnt/c/kit' ~"},
        {KIND_MAC, "/kit", true, LEVEL_OK, "container (docker) on a Mac", ""},
        {KIND_CONTAINER, "/kit", true, LEVEL_OK, "container (docker)", ""},
        {KIND_CLUSTER, "/kit", true, LEVEL_OK, "with modules", ""},
        {KIND_CLUSTER, "/kit", false, LEVEL_NOTE, "no MPI is loaded", "module load gcc openmpi"},
        {KIND_DEBIAN, "/mnt/c/kit", false, LEVEL_OK, "Some Linux.", ""},
        {KIND_LINUX, "/kit", true, LEVEL_OK, "tested on Debian", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[512] = "", mend[512] = "?";
        const struct kind_of_machine machine = {rows[i].kind, "Some Linux", "docker"};
        const enum level level =
            kind_say(&machine, rows[i].kit, rows[i].has_mpi, text, sizeof text, mend, sizeof mend);
        const bool right = level == rows[i].level && strstr(text, rows[i].text) &&
                           strstr(text, "Some Linux") && strstr(mend, rows[i].mend) &&
                           !*mend == !*rows[i].mend;
        if (!right)
            test_note("row %zu: level %d, '%s', mend '%s'", i, level, text, mend);
        CU_ASSERT(right);
    }
}

static const struct test tests[] = {
    TEST(each_kind_is_told_from_the_others), TEST(each_is_told_what_to_know_there), {0}};

int main(void) {
    return run_tests("kind", tests, MPI_COMM_NULL);
}
