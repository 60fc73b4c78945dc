// SPDX-License-Identifier: MIT
// Tests of common/judge/launch.c: the whole command for machines that are not here, word by word,
// and the filter of what mpirun says. tests/kit/command.c has the rules one by one.

#include "launch.h"
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const counters[] = {"LD_PRELOAD=/k/count.so", NULL};

// What the machine says and has, what is asked of it, and the line that a person would copy.
static const struct {
    const char *says;
    int cores, whole_cores, sockets, nodes, slots;
    bool root, masked, no_single_copy;
    struct launch launch;
    const char *line;
} rows[] = {
    {"mpirun (Open MPI) 4.1.4\n",
     2,
     2,
     1,
     1,
     2,
     false,
     false,
     false,
     {.ranks = 2},
     "mpirun --bind-to none --mca pml ob1 --mca btl self,vader -n 2 build/labs/heat --version mpi"},
    {"mpirun (Open MPI) 4.1.4\n",
     2,
     2,
     1,
     1,
     2,
     true,
     false,
     false,
     {.ranks = 4, .alone = true},
     "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to "
     "none --mca mpi_yield_when_idle 1 --mca pml ob1 --mca btl self,vader -n 4 build/labs/heat "
     "--version mpi"},
    {"mpirun (Open MPI) 4.1.4\n",
     8,
     8,
     1,
     1,
     8,
     false,
     false,
     false,
     {.ranks = 2, .threads = 4, .alone = true},
     "mpirun --map-by slot:PE=4 --bind-to core --mca pml ob1 --mca btl self,vader -x "
     "OMP_PROC_BIND=spread -x "
     "OMP_PLACES=cores -n 2 build/labs/heat --version mpi"},
    {"mpirun (Open MPI) 4.1.2\n",
     16,
     16,
     2,
     1,
     16,
     false,
     false,
     false,
     {.ranks = 16, .alone = true},
     "mpirun --map-by socket --bind-to core --mca pml ob1 --mca btl self,vader -n 16 "
     "build/labs/heat --version "
     "mpi"},
    {"mpirun (Open MPI) 5.0.7\n",
     16,
     16,
     2,
     1,
     16,
     false,
     false,
     false,
     {.ranks = 16, .alone = true},
     "mpirun --map-by package --bind-to core --mca pml ob1 --mca btl self,sm -x "
     "UCX_HANDLE_ERRORS=none -n 16 "
     "build/labs/heat --version mpi"},
    // Hardware threads are cores to run on, but not to be bound to.
    {"mpirun (Open MPI) 4.1.4\n",
     8,
     4,
     1,
     1,
     4,
     false,
     false,
     false,
     {.ranks = 8, .alone = true},
     "mpirun --oversubscribe --bind-to none --mca pml ob1 --mca btl self,vader -n 8 "
     "build/labs/heat --version "
     "mpi"},
    // A container that gives two of many cores and forbids process_vm_readv.
    {"mpirun (Open MPI) 4.1.4\n",
     2,
     2,
     1,
     1,
     2,
     false,
     true,
     true,
     {.ranks = 2, .alone = true},
     "mpirun --bind-to none --mca pml ob1 --mca btl self,vader --mca "
     "btl_vader_single_copy_mechanism none -n 2 "
     "build/labs/heat --version mpi"},
    {"mpirun (Open MPI) 5.0.7\n",
     2,
     2,
     1,
     1,
     2,
     false,
     true,
     true,
     {.ranks = 2, .program_env = counters},
     "mpirun --bind-to none --mca pml ob1 --mca btl self,sm --mca smsc '^cma' -x "
     "UCX_HANDLE_ERRORS=none -x "
     "LD_PRELOAD=/k/count.so -n 2 build/labs/heat --version mpi"},
    // An allocation of four nodes: the network is left to mpirun.
    {"mpirun (Open MPI) 4.1.4\n",
     64,
     64,
     2,
     4,
     64,
     false,
     false,
     false,
     {.ranks = 64},
     "mpirun --bind-to none -n 64 build/labs/heat --version mpi"},
    {"HYDRA build details:\n    Version:                                 4.0.2\n",
     4,
     4,
     1,
     1,
     4,
     true,
     false,
     false,
     {.ranks = 2, .threads = 2, .alone = true, .program_env = counters},
     "mpirun -bind-to core:2 -genv OMP_PROC_BIND spread -genv OMP_PLACES cores -genv LD_PRELOAD "
     "/k/count.so -n 2 build/labs/heat --version mpi"},
    {"HYDRA build details:\n    Version:                                 4.0.2\n",
     4,
     4,
     1,
     1,
     4,
     false,
     false,
     false,
     {.ranks = 8},
     "mpirun -bind-to none -n 8 build/labs/heat --version mpi"},
    {"some other launcher\n",
     4,
     4,
     1,
     1,
     4,
     false,
     false,
     false,
     {.ranks = 3},
     "mpirun -n 3 build/labs/heat --version mpi"},
    {"",
     4,
     4,
     1,
     1,
     4,
     false,
     false,
     false,
     {.threads = 4, .alone = true, .program_env = counters},
     "OMP_PROC_BIND=spread OMP_PLACES=cores LD_PRELOAD=/k/count.so build/labs/heat --version mpi"},
    {"",
     4,
     4,
     1,
     1,
     4,
     false,
     false,
     false,
     {.threads = 5, .alone = true},
     "build/labs/heat --version mpi"},
};

static void every_machine_gets_its_command(void) {
    char *const argv[] = {(char[]){"build/labs/heat"}, (char[]){"--version"}, (char[]){"mpi"},
                          NULL};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct machine machine = {.cores = rows[i].cores,
                                  .whole_cores = rows[i].whole_cores,
                                  .sockets = rows[i].sockets,
                                  .nodes = rows[i].nodes,
                                  .slots = rows[i].slots,
                                  .root = rows[i].root,
                                  .masked = rows[i].masked,
                                  .no_single_copy = rows[i].no_single_copy};
        struct command command;
        char why[512];
        if (*rows[i].says)
            machine.launcher =
                machine_launcher(rows[i].says, machine.mpi_version, sizeof machine.mpi_version);
        CU_ASSERT_FATAL(launch_command(&rows[i].launch, &machine, argv, &command, why, sizeof why));
        char *line = command_text(&command);
        CU_ASSERT_STRING_EQUAL(line, rows[i].line);
        if (strcmp(line, rows[i].line) != 0)
            printf("# row %zu: %s\n", i, line);
        free(line);
        command_free(&command);
    }
}

// Of a machine of 8 cores four are kept for a run of 2 ranks with 2 threads, each of which gets its own.
static void a_rank_starts_on_the_cores_that_are_kept_for_it(void) {
    static const struct {
        const char *says, *line;
    } launchers[] = {
        {"mpirun (Open MPI) 4.1.4\n",
         "mpirun --bind-to none --mca pml ob1 --mca btl self,vader -x OMP_PROC_BIND=spread -x "
         "OMP_PLACES=cores -n 2 sh -c 'eval its=\\${$((OMPI_COMM_WORLD_RANK + 1))}; shift 2; exec "
         "taskset -c $its \"$@\"' sh 4-5 6,8 heat"},
        {"mpirun (Open MPI) 5.0.7\n",
         "mpirun --bind-to none --mca pml ob1 --mca btl self,sm -x UCX_HANDLE_ERRORS=none -x "
         "OMP_PROC_BIND=spread -x OMP_PLACES=cores -n 2 sh -c 'eval "
         "its=\\${$((OMPI_COMM_WORLD_RANK + 1))}; shift 2; exec taskset -c $its \"$@\"' sh 4-5 6,8 "
         "heat"},
        {"HYDRA build details:\n    Version:                                 4.0.2\n",
         "mpirun -bind-to none -genv OMP_PROC_BIND spread -genv OMP_PLACES cores -n 2 sh -c 'eval "
         "its=\\${$((PMI_RANK + 1))}; shift 2; exec taskset -c $its \"$@\"' sh 4-5 6,8 heat"},
    };
    char *const argv[] = {(char[]){"heat"}, NULL};
    struct cpus cores = {{0}};
    for (int cpu = 4; cpu <= 8; cpu++)
        if (cpu != 7)
            cpus_add(&cores, cpu);
    const struct launch launch = {.ranks = 2, .threads = 2, .alone = true, .cores = &cores};
    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
        struct machine machine = {
            .cores = 9, .whole_cores = 9, .sockets = 1, .nodes = 1, .slots = 9, .masked = true};
        struct command command;
        char why[512];
        machine.launcher =
            machine_launcher(launchers[i].says, machine.mpi_version, sizeof machine.mpi_version);
        CU_ASSERT_FATAL(launch_command(&launch, &machine, argv, &command, why, sizeof why));
        char *const line = command_text(&command);
        CU_ASSERT_STRING_EQUAL(line, launchers[i].line);
        if (strcmp(line, launchers[i].line) != 0)
            test_note("%s", line);
        free(line);
        command_free(&command);
    }
}

// Fewer cores than workers: nobody is tied to any.
static void too_few_cores_are_for_nobody(void) {
    char *const argv[] = {(char[]){"heat"}, NULL};
    const struct machine machine = {.launcher = LAUNCHER_OPEN_MPI_4,
                                    .cores = 9,
                                    .whole_cores = 9,
                                    .sockets = 1,
                                    .nodes = 1,
                                    .slots = 9,
                                    .masked = true};
    struct cpus cores = {{0}};
    struct command command;
    char why[512];
    cpus_add(&cores, 3);
    const struct launch launch = {.ranks = 2, .alone = true, .cores = &cores};
    CU_ASSERT_FATAL(launch_command(&launch, &machine, argv, &command, why, sizeof why));
    char *const line = command_text(&command);
    CU_ASSERT_PTR_NULL(strstr(line, "taskset"));
    CU_ASSERT_PTR_NOT_NULL(strstr(line, "-n 2 heat"));
    free(line);
    command_free(&command);
}

static void only_runs_with_a_core_for_each_worker_fit(void) {
    const struct machine machine = {.cores = 8, .whole_cores = 4};
    CU_ASSERT(launch_fits(&(struct launch){.ranks = 4, .threads = 2}, &machine));
    CU_ASSERT(!launch_fits(&(struct launch){.ranks = 3, .threads = 3}, &machine));
    CU_ASSERT(launch_fits(&(struct launch){.threads = 8}, &machine));
    CU_ASSERT(!launch_fits(&(struct launch){.ranks = 9}, &machine));
    CU_ASSERT_EQUAL(launch_workers(&(struct launch){0}), 1);
}

// -- the filter ----------------------------------------------------------------------------------

// What is left of lines (NULL ends) that came on stderr; the caller frees it.
static char *filtered(const char *const *lines) {
    struct launch_filter filter = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CU_ASSERT_FATAL(file != NULL);
    for (; *lines; lines++)
        launch_filter_line(&filter, *lines, file);
    launch_filter_end(&filter, file);
    fclose(file);
    return text;
}

#define DASHES "--------------------------------------------------------------------------"

static void the_box_about_an_exit_status_is_taken_out(void) {
    const char *const lines[] = {
        "heat: n=-4 is out of range.",
        DASHES,
        "Primary job  terminated normally, but 1 process returned",
        "a non-zero exit code. Per user-direction, the job has been aborted.",
        DASHES,
        DASHES,
        "mpirun detected that one or more processes exited with non-zero "
        "status, thus causing",
        "the job to be terminated. The first process to do so was:",
        "",
        "  Process name: [[7052,1],0]",
        "  Exit code:    3",
        DASHES,
        "after",
        NULL};
    char *text = filtered(lines);
    CU_ASSERT_STRING_EQUAL(text, "heat: n=-4 is out of range.\nafter\n");
    free(text);
}

static void any_other_box_passes_whole(void) {
    const char *const lines[] = {
        DASHES, "There are not enough slots available in the system", DASHES, "--", "-----", NULL};
    char *text = filtered(lines);
    CU_ASSERT_STRING_EQUAL(text,
                           DASHES "\nThere are not enough slots available in the system\n" DASHES
                                  "\n--\n-----\n");
    free(text);
}

static void a_box_that_is_never_closed_passes_at_the_end(void) {
    const char *const lines[] = {DASHES, "a non-zero exit code", NULL};
    char *text = filtered(lines);
    CU_ASSERT_STRING_EQUAL(text, DASHES "\na non-zero exit code\n");
    free(text);
}

static void a_box_without_end_is_not_kept_for_ever(void) {
    struct launch_filter filter = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    CU_ASSERT_FATAL(file != NULL);
    launch_filter_line(&filter, DASHES, file);
    for (int i = 0; i < 1000; i++)
        launch_filter_line(&filter, "a line of a program that drew dashes itself", file);
    launch_filter_end(&filter, file);
    fclose(file);
    CU_ASSERT_EQUAL(size, strlen(DASHES) + 1 + 1000 * 44);
    free(text);
}

static const struct test tests[] = {TEST(every_machine_gets_its_command),
                                    TEST(a_rank_starts_on_the_cores_that_are_kept_for_it),
                                    TEST(too_few_cores_are_for_nobody),
                                    TEST(only_runs_with_a_core_for_each_worker_fit),
                                    TEST(the_box_about_an_exit_status_is_taken_out),
                                    TEST(any_other_box_passes_whole),
                                    TEST(a_box_that_is_never_closed_passes_at_the_end),
                                    TEST(a_box_without_end_is_not_kept_for_ever),
                                    {0}};

int main(void) {
    return run_tests("launch", tests, MPI_COMM_NULL);
}
