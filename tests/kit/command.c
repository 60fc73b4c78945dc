// SPDX-License-Identifier: MIT
// Tests of common/judge/command.c and launch.c: what is started, and what a person can copy.

#include "command.h"
#include "launch.h"
#include "runner.h"

#include <stdlib.h>
#include <string.h>

static char text[4096];

static const char *text_of(const struct command *command) {
    char *copy = command_text(command);
    snprintf(text, sizeof text, "%s", copy);
    free(copy);
    return text;
}

static void words_are_quoted_where_a_shell_needs_it(void) {
    struct command command = {0};
    command_set(&command, "A", "x y");
    command_set(&command, "B", "");
    command_set(&command, "A", "z");
    command_add(&command, "prog=ram");
    command_add(&command, "n=%d", 5);
    command_add(&command, "it's");
    command_add(&command, "%s", "");
    command_add(&command, "$HOME");
    CU_ASSERT_STRING_EQUAL(text_of(&command), "A=z B= 'prog=ram' n=5 'it'\\''s' '' '$HOME'");
    command_free(&command);
    CU_ASSERT_PTR_NULL(command.argv);
}

static void a_shell_makes_the_same_words_of_the_text(void) {
    static char *const words[] = {"printf", "%s|",  "a b", "'",  "\"", "\\", "$(id)", "`id`", "*",
                                  "~",      "a\nb", "#",   "&&", ";",  "!x", "{a,b}", NULL};
    struct command command = {0};
    command_add_all(&command, words);
    FILE *shell = popen(text_of(&command), "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(shell);
    char got[256];
    const size_t size = fread(got, 1, sizeof got - 1, shell);
    got[size] = '\0';
    pclose(shell);
    CU_ASSERT_STRING_EQUAL(got, "a b|'|\"|\\|$(id)|`id`|*|~|a\nb|#|&&|;|!x|{a,b}|");
    command_free(&command);
}

// -- launch -----------------------------------------------------------------------------------------

static const struct machine eight = {.launcher = LAUNCHER_OPEN_MPI_4,
                                     .cores = 8,
                                     .whole_cores = 8,
                                     .sockets = 1,
                                     .nodes = 1,
                                     .slots = 8};

static const char *launched(struct machine machine, int ranks, int threads, bool alone) {
    static char *const program[] = {"build/labs/heat", "n=5", NULL};
    const struct launch launch = {.ranks = ranks, .threads = threads, .alone = alone};
    struct command command;
    char why[1024] = "";
    if (!launch_command(&launch, &machine, program, &command, why, sizeof why)) {
        snprintf(text, sizeof text, "refused: %s", why);
        return text;
    }
    text_of(&command);
    command_free(&command);
    return text;
}

static bool has(const char *part) {
    return strstr(text, part) != NULL;
}

static void a_run_without_ranks_needs_no_launcher(void) {
    struct machine none = eight;
    none.launcher = LAUNCHER_NONE;
    CU_ASSERT_STRING_EQUAL(launched(none, 0, 1, false), "build/labs/heat n=5");
}

static void missing_mpirun_is_refused_with_what_to_install(void) {
    struct machine none = eight;
    none.launcher = LAUNCHER_NONE;
    launched(none, 4, 1, false);
    CU_ASSERT(has("refused: ") && has("mpirun") && has("install"));
}

static void more_ranks_than_slots_and_cores_share_them_and_yield(void) {
    launched(eight, 9, 1, true);
    CU_ASSERT(has("--oversubscribe") && has("--bind-to none") && has("mpi_yield_when_idle 1"));
    launched(eight, 8, 1, true);
    CU_ASSERT(!has("--oversubscribe") && !has("yield") && has("--bind-to core"));
}

static void runs_side_by_side_are_never_bound(void) {
    launched(eight, 2, 1, false);
    CU_ASSERT(has("--bind-to none") && !has("--bind-to core"));
    launched(eight, 0, 4, false);
    CU_ASSERT(!has("OMP_PROC_BIND"));
}

static void a_bound_rank_gets_a_core_for_each_of_its_threads(void) {
    launched(eight, 2, 4, true);
    CU_ASSERT(has("slot:PE=4") && has("--bind-to core"));
}

static void root_is_said_to_open_mpi_and_only_there(void) {
    struct machine root = eight;
    root.root = true;
    launched(root, 2, 1, false);
    CU_ASSERT(has("OMPI_ALLOW_RUN_AS_ROOT=1") && has("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1"));
    launched(eight, 2, 1, false);
    CU_ASSERT(!has("ROOT"));
    root.launcher = LAUNCHER_HYDRA;
    launched(root, 2, 1, false);
    CU_ASSERT(!has("ROOT"));
}

static void each_launcher_gets_its_own_names(void) {
    launched(eight, 2, 1, false);
    CU_ASSERT(has("btl self,vader"));
    struct machine five = eight;
    five.launcher = LAUNCHER_OPEN_MPI_5;
    launched(five, 2, 1, false);
    CU_ASSERT(has("btl self,sm") && !has("vader"));
    five.launcher = LAUNCHER_HYDRA;
    launched(five, 2, 1, false);
    CU_ASSERT(has("-bind-to none") && !has("mca"));
}

static void launchers_are_told_apart_by_what_they_say(void) {
    static const struct {
        const char *says, *version;
        enum launcher launcher;
    } known[] = {
        {"mpirun (Open MPI) 4.1.4\n\nReport bugs to\n", "Open MPI 4.1.4", LAUNCHER_OPEN_MPI_4},
        {"mpirun (Open MPI) 5.0.7\n", "Open MPI 5.0.7", LAUNCHER_OPEN_MPI_5},
        {"HYDRA build details:\n    Version:                                 4.0.2\n",
         "MPICH 4.0.2", LAUNCHER_HYDRA},
        {"something else\n", "something else", LAUNCHER_OTHER}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char version[96];
        CU_ASSERT_EQUAL(machine_launcher(known[i].says, version, sizeof version),
                        known[i].launcher);
        CU_ASSERT_STRING_EQUAL(version, known[i].version);
    }
}

static void slurm_lists_are_summed(void) {
    CU_ASSERT_EQUAL(machine_slurm_sum("4(x2),2"), 10);
    CU_ASSERT_EQUAL(machine_slurm_sum("7"), 7);
    CU_ASSERT_EQUAL(machine_slurm_sum(""), 0);
    CU_ASSERT_EQUAL(machine_slurm_sum("4(x"), 0);
    CU_ASSERT_EQUAL(machine_slurm_sum("four"), 0);
    CU_ASSERT_EQUAL(machine_slurm_sum("-1"), 0);
    CU_ASSERT_EQUAL(machine_slurm_sum("999999999(x99999)"), 0);
}

static void this_machine_is_read(void) {
    struct machine machine;
    machine_read(&machine);
    CU_ASSERT(machine.cores >= 1 && machine.whole_cores >= 1);
    CU_ASSERT(machine.whole_cores <= machine.cores);
    CU_ASSERT(machine.nodes >= 1 && machine.slots >= 1);
    CU_ASSERT_NOT_EQUAL(machine.launcher, LAUNCHER_NONE); // the tests themselves need one
}

static const struct test tests[] = {TEST(words_are_quoted_where_a_shell_needs_it),
                                    TEST(a_shell_makes_the_same_words_of_the_text),
                                    TEST(a_run_without_ranks_needs_no_launcher),
                                    TEST(missing_mpirun_is_refused_with_what_to_install),
                                    TEST(more_ranks_than_slots_and_cores_share_them_and_yield),
                                    TEST(runs_side_by_side_are_never_bound),
                                    TEST(a_bound_rank_gets_a_core_for_each_of_its_threads),
                                    TEST(root_is_said_to_open_mpi_and_only_there),
                                    TEST(each_launcher_gets_its_own_names),
                                    TEST(launchers_are_told_apart_by_what_they_say),
                                    TEST(slurm_lists_are_summed),
                                    TEST(this_machine_is_read),
                                    {0}};

int main(void) {
    return run_tests("command", tests, MPI_COMM_NULL);
}
