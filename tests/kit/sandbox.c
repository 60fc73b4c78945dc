// SPDX-License-Identifier: MIT
// Tests of common/judge/sandbox.c and common/box: what a box shows, stops and leaves. As root all of
// them run once more as an ordinary user.

#include "sandbox.h"
#include "launch.h"
#include "process.h"
#include "runner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char root[PATH_MAX], tmp[PATH_MAX - 64], dir[PATH_MAX], text[4096];
static struct sandbox box;
static struct outcome o;
static enum sandbox_verdict verdict;

static void write_file(const char *name, const char *content) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(content, file);
    fclose(file);
}

// A new directory with a box around it.
static void open_box(void) {
    static const char *const see[] = {"build/tests/bin", NULL};
    snprintf(dir, sizeof dir, "%s/job-XXXXXX", tmp);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
    bool good = sandbox_open(&box, root, dir, see, text, sizeof text);
    if (!good)
        test_note("%s", text);
    CU_ASSERT_FATAL(good);
}

static void close_box(void) {
    char remove[PATH_MAX + 32];
    sandbox_close(&box);
    snprintf(remove, sizeof remove, "rm -rf '%s'", dir);
    CU_ASSERT_EQUAL(system(remove), 0);
}

// Runs a command in the open box. The outcome is kept until the next.
static void run(const struct command *inside, struct sandbox_limits limits, struct how how) {
    struct command command;
    outcome_free(&o);
    how.capture_out = how.capture_err = true;
    if (how.seconds <= 0)
        how.seconds = 15;
    sandbox_command(&box, &limits, inside, &command);
    CU_ASSERT(process_run(&command, &how, &o));
    verdict = sandbox_verdict(&box, text, sizeof text);
    test_note("status %d, verdict %d '%s', peak %.1f MiB, %.2f s", o.status, (int)verdict, text,
              box.peak_mib, o.wall);
    test_note("stdout: %.300s", o.out);
    test_note("stderr: %.300s", o.err);
    command_free(&command);
}

static void shell(const char *script, struct sandbox_limits limits, struct how how) {
    struct command command = {0};
    command_add(&command, "sh");
    command_add(&command, "-c");
    command_add(&command, "%s", script);
    command_set(&command, "NAP", getenv("NAP"));
    run(&command, limits, how);
    command_free(&command);
}

// The same in a box of its own.
static void alone(const char *script, struct sandbox_limits limits, struct how how) {
    open_box();
    shell(script, limits, how);
    close_box();
}

// Compiles a C program in the box and runs it: ./a.out.
static void program(const char *source, struct sandbox_limits limits, struct how how) {
    open_box();
    write_file("a.c", source);
    shell("gcc -D_GNU_SOURCE -w a.c", (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_EQUAL(o.status, 0);
    shell("exec ./a.out", limits, how);
    close_box();
}

// Is a process of this program's, outside or in a box, still asleep? ([.]: or it finds itself)
static bool somebody_naps(void) {
    char look[256];
    snprintf(look, sizeof look, "grep -qsa 'sleep.7200[.]%d' /proc/[0-9]*/cmdline", (int)getpid());
    return system(look) == 0;
}

// -- what runs -----------------------------------------------------------------------------------

static void a_command_runs_in_its_directory_and_tells_its_status(void) {
    open_box();
    write_file("in", "given\n");
    shell("pwd; cat in; echo made >out; echo talk >&2; exit 3", (struct sandbox_limits){0},
          (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "/w\ngiven\n");
    CU_ASSERT_STRING_EQUAL(o.err, "talk\n");
    CU_ASSERT_EQUAL(o.status, 3);
    CU_ASSERT_EQUAL(verdict, SANDBOX_NOTHING);
    CU_ASSERT_EQUAL(o.left, 0);
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/out", dir);
    CU_ASSERT_EQUAL(access(path, R_OK), 0);
    close_box();
}

static void paths_are_called_as_they_are_inside(void) {
    open_box();
    struct command command = {0};
    command_add(&command, "echo");
    command_add(&command, "%s/out", dir);
    command_add(&command, "-I%s", root);
    command_add(&command, "--file=%s/build/x:%s", root, dir);
    command_add(&command, "%s2/out", dir);
    run(&command, (struct sandbox_limits){0}, (struct how){0});
    char wanted[3 * PATH_MAX];
    snprintf(wanted, sizeof wanted, "/w/out -I/kit --file=/kit/build/x:/w %s2/out\n", dir);
    if (strncmp(dir, root, strlen(root)) != 0)
        CU_ASSERT_STRING_EQUAL(o.out, wanted);
    command_free(&command);
    close_box();
}

static void four_ranks_run_in_a_box(void) {
    struct machine machine;
    struct command command;
    char toy[PATH_MAX + 64];
    snprintf(toy, sizeof toy, "%s/build/tests/bin/toy", root);
    char *argv[] = {toy, "--version", "mpi", "--check", "--seed", "7", NULL};
    machine_read(&machine);
    CU_ASSERT_FATAL(
        launch_command(&(struct launch){.ranks = 4}, &machine, argv, &command, text, sizeof text));
    open_box();
    run(&command, (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_EQUAL(o.status, 0);
    CU_ASSERT_EQUAL(verdict, SANDBOX_NOTHING);
    CU_ASSERT(box.peak_processes > 5);
    CU_ASSERT(box.peak_mib > 10);
    command_free(&command);
    close_box();
}

static void an_mpi_program_is_compiled_in_a_box(void) {
    open_box();
    write_file("a.c", "#include <mpi.h>\n#include <stdio.h>\n"
                      "int main(int n, char **v) {\n"
                      "    int size;\n"
                      "    MPI_Init(&n, &v);\n"
                      "    MPI_Comm_size(MPI_COMM_WORLD, &size);\n"
                      "    printf(\"size %d\\n\", size);\n"
                      "    MPI_Finalize();\n"
                      "}\n");
    shell("mpicc a.c && ./a.out", (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "size 1\n");
    close_box();
}

// -- what is not there ---------------------------------------------------------------------------

static void nothing_outside_can_be_seen(void) {
    char script[5 * PATH_MAX], secret[PATH_MAX + 32];
    snprintf(secret, sizeof secret, "%s/secret", tmp);
    FILE *file = fopen(secret, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs("\"the answer\"\n", file);
    fclose(file);
    chmod(secret, 0644);
    snprintf(script, sizeof script,
             "cat %s; ls %s; ls / /tmp /kit /home /root /var; ls /kit/build/solutions\n"
             "echo 'char s[] =\n#include \"%s\"\n;' >a.c; gcc -c a.c\n"
             "echo '__asm__(\".incbin \\\"%s\\\"\");' >b.c; gcc -c b.c",
             secret, tmp, secret, secret);
    alone(script, (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_PTR_NULL(strstr(o.out, "answer"));
    CU_ASSERT_PTR_NULL(strstr(o.out, "secret"));
    CU_ASSERT_PTR_NULL(strstr(o.out, "home"));
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "kit"));
    CU_ASSERT_PTR_NOT_NULL(strstr(o.err, "No such file"));
    CU_ASSERT(o.status != 0);
    unlink(secret);
}

static void nothing_but_its_directory_can_be_written(void) {
    alone("for d in / /usr /usr/bin /etc /dev /kit /kit/build /kit/build/tests/bin /sys /proc; do\n"
          "    (echo x >$d/file) 2>/dev/null && echo $d\n"
          "done\n"
          "echo x >/usr/bin/env\n"
          "echo x >/w/file && echo x >/tmp/file && echo x >/dev/shm/file && echo end",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "end\n");
}

static void only_loopback_is_there(void) {
    alone("sed 1,2d /proc/net/dev | cut -d: -f1 | tr -d ' '; cat /proc/net/route | sed 1d",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "lo\n");
}

static void the_environment_is_cleared(void) {
    setenv("TWOFOLD_TEST_TOKEN", "7f3a", 1);
    alone("env; for f in /proc/[0-9]*/environ; do tr '\\0' '\\n' <$f; done; cat /proc/*/cmdline",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_PTR_NULL(strstr(o.out, "7f3a"));
    CU_ASSERT_PTR_NULL(strstr(o.out, "TWOFOLD_RUN"));
    CU_ASSERT_PTR_NULL(memmem(o.out, o.out_size, strrchr(dir, '/'), strlen(strrchr(dir, '/'))));
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "PATH="));
    unsetenv("TWOFOLD_TEST_TOKEN");
}

static void others_cannot_be_seen_or_killed(void) {
    alone("ls -d /proc/[0-9]* | wc -l; kill -9 1; kill -9 -1", (struct sandbox_limits){0},
          (struct how){0});
    CU_ASSERT(atoi(o.out) > 1 && atoi(o.out) < 10);
}

static void files_of_the_judge_are_not_inherited(void) {
    int open = dup(STDIN_FILENO); // without O_CLOEXEC
    alone("for f in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$f ] && readlink /proc/$$/fd/$f; done",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "");
    close(open);
}

static void dangerous_system_calls_are_refused(void) {
    program(
        "#include <errno.h>\n#include <sched.h>\n#include <stdio.h>\n#include <sys/mman.h>\n"
        "#include <sys/ptrace.h>\n#include <sys/syscall.h>\n#include <unistd.h>\n"
        "static void try(const char *name, long result) {\n"
        "    printf(\"%s %s\\n\", name, result < 0 && errno == EPERM ? \"refused\" : \"DONE\");\n"
        "}\n"
        "int main(void) {\n"
        "    try(\"unshare\", unshare(CLONE_NEWUSER));\n"
        "    try(\"clone\", syscall(SYS_clone, CLONE_NEWUSER | 17, 0, 0, 0, 0));\n"
        "    try(\"ptrace\", ptrace(PTRACE_ATTACH, 1, 0, 0));\n"
        "    try(\"memfd\", memfd_create(\"x\", 0));\n"
        "    try(\"keyctl\", syscall(SYS_keyctl, 0, 0, 0, 0, 0));\n"
        "    try(\"io_uring\", syscall(425, 1, 0));\n"
        "    try(\"vsock\", syscall(SYS_socket, 40, 1, 0));\n"
        "    printf(\"fork %d\\n\", fork() >= 0);\n"
        "}\n",
        (struct sandbox_limits){0}, (struct how){0});
#if defined(__x86_64__) || defined(__aarch64__)
    CU_ASSERT_PTR_NULL(strstr(o.out, "DONE"));
#endif
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "fork 1"));
}

// -- what is stopped -----------------------------------------------------------------------------

static void a_fork_bomb_is_bounded_and_gone(void) {
    program("#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n"
            "int main(void) {\n"
            "    int refused = 0;\n"
            "    for (int i = 0; i < 4096; i++)\n"
            "        if (fork() < 0 && !refused++)\n"
            "            puts(\"refused\"), fflush(stdout);\n"
            "    execlp(\"sh\", \"sh\", \"-c\", \"exec sleep 7200.$NAP\", NULL);\n"
            "    pause();\n"
            "}\n",
            (struct sandbox_limits){.processes = 64}, (struct how){.seconds = 2});
    CU_ASSERT(o.over_time || verdict == SANDBOX_PROCESSES);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "refused"));
    CU_ASSERT(box.peak_processes > 32);
    CU_ASSERT(box.peak_processes <= 64 + 3);
    CU_ASSERT(o.wall < 8);
    CU_ASSERT_EQUAL(o.left, 0);
    CU_ASSERT_FALSE(somebody_naps());
}

static void a_sleeper_is_stopped_by_the_clock(void) {
    alone("sleep 7200.$NAP", (struct sandbox_limits){0}, (struct how){.seconds = 0.5});
    CU_ASSERT(o.over_time);
    CU_ASSERT_EQUAL(verdict, SANDBOX_NOTHING);
    CU_ASSERT(o.wall < 3);
    CU_ASSERT_EQUAL(o.left, 0);
    CU_ASSERT_FALSE(somebody_naps());
}

static void a_daemon_ends_with_its_box(void) {
    alone("(trap '' TERM HUP; setsid sh -c 'setsid sleep 7200.$NAP & exec sleep 7200.$NAP' &)\n"
          "sleep 0.2; echo end",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "end\n");
    CU_ASSERT(o.wall < 5); // though the daemon holds our pipe
    CU_ASSERT_EQUAL(o.left, 0);
    CU_ASSERT_FALSE(somebody_naps());
}

static void a_box_ends_with_the_program_that_watches_it(void) {
    struct command inside = {0}, command;
    bool naps = false;
    open_box();
    command_add(&inside, "sh");
    command_add(&inside, "-c");
    command_add(&inside, "setsid sleep 7200.$NAP & sleep 7200.$NAP");
    command_set(&inside, "NAP", getenv("NAP"));
    sandbox_command(&box, &(struct sandbox_limits){0}, &inside, &command);
    pid_t pid = fork();
    if (pid == 0) {
        execv(command.argv[0], command.argv);
        _exit(127);
    }
    CU_ASSERT_FATAL(pid > 0);
    for (int i = 0; i < 300 && !naps; i++, usleep(20000))
        naps = somebody_naps();
    CU_ASSERT(naps);
    kill(pid, SIGKILL); // so that it can do nothing more
    CU_ASSERT_EQUAL(waitpid(pid, NULL, 0), pid);
    for (int i = 0; i < 200 && naps; i++, usleep(20000))
        naps = somebody_naps();
    CU_ASSERT_FALSE(naps);
    command_free(&inside);
    command_free(&command);
    close_box();
}

static const char hog[] = "#include <stdlib.h>\n#include <string.h>\n#include <sys/mman.h>\n"
                          "#include <unistd.h>\n"
                          "int main(void) {\n"
                          "    char *shared = mmap(0, SHARED + 1, PROT_READ | PROT_WRITE,\n"
                          "                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);\n"
                          "    fork();\n"
                          "    fork();\n"
                          "    memset(shared, 1, SHARED);\n"
                          "    for (int i = 0; i < OWN >> 20; i++) {\n"
                          "        memset(malloc(1 << 20), 1, 1 << 20);\n"
                          "        usleep(4000);\n"
                          "    }\n"
                          "    usleep(800000);\n"
                          "}\n";

static void eat(const char *shared, const char *own) {
    char source[2048];
    snprintf(source, sizeof source, "#define SHARED (%s)\n#define OWN (%s)\n%s", shared, own, hog);
    program(source, (struct sandbox_limits){.memory_mib = 200}, (struct how){0});
}

static void memory_is_counted_over_all_processes(void) {
    eat("0", "400 << 20"); // four processes, each below the limit for long
    CU_ASSERT_EQUAL(verdict, SANDBOX_MEMORY);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "200 MiB"));
    CU_ASSERT(box.peak_mib > 200 && box.peak_mib < 800);
    CU_ASSERT(o.wall < 6);
    CU_ASSERT_EQUAL(o.left, 0);
}

static void shared_memory_is_counted_once(void) {
    eat("120 << 20", "1 << 20"); // four processes that see the same 120 MiB
    CU_ASSERT_EQUAL(verdict, SANDBOX_NOTHING);
    CU_ASSERT_EQUAL(o.status, 0);
    CU_ASSERT(box.peak_mib > 100 && box.peak_mib < 200);
}

static void output_without_end_is_cut(void) {
    alone("yes | head -c 8000000", (struct sandbox_limits){0}, (struct how){.cap = 1 << 20});
    CU_ASSERT(o.out_cut);
    CU_ASSERT(o.out_size >= 1 << 20 && o.out_size < (1 << 20) + 5000);
    CU_ASSERT_EQUAL(o.status, 0);
}

static void files_have_a_limit(void) {
    alone("head -c 9000000 /dev/zero >big", (struct sandbox_limits){.file_mib = 2},
          (struct how){0});
    CU_ASSERT(o.status != 0);
    CU_ASSERT_EQUAL(verdict, SANDBOX_NOTHING);
    alone("for i in 1 2 3 4 5 6; do head -c 9000000 /dev/zero >$i; done",
          (struct sandbox_limits){.disk_mib = 20}, (struct how){0});
    CU_ASSERT_EQUAL(verdict, SANDBOX_DISK);
}

static void nothing_is_left_that_a_reader_falls_for(void) {
    char path[2 * PATH_MAX];
    struct stat what;
    open_box();
    shell("ln -s /etc/passwd link; ln -s / all; mkfifo pipe; mkdir -p a/b; mkfifo a/b/pipe\n"
          "echo x >a/b/file; chmod 0 a/b/file; chmod 0 a/b; chmod 0 a; echo end",
          (struct sandbox_limits){0}, (struct how){0});
    CU_ASSERT_STRING_EQUAL(o.out, "end\n");
    static const char *const gone[] = {"link", "all", "pipe", "a/b/pipe"};
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, gone[i]);
        CU_ASSERT(lstat(path, &what) != 0 && errno == ENOENT);
    }
    snprintf(path, sizeof path, "%s/a/b/file", dir);
    CU_ASSERT(lstat(path, &what) == 0 && S_ISREG(what.st_mode) && what.st_mode & S_IRUSR);
    CU_ASSERT_EQUAL(access(path, R_OK | W_OK), 0);
    close_box();
}

// -- what is refused -----------------------------------------------------------------------------

static void a_directory_that_holds_the_kit_is_refused(void) {
    CU_ASSERT_FALSE(sandbox_open(&box, root, root, NULL, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "make a new one"));
    CU_ASSERT_FALSE(sandbox_open(&box, root, "/", NULL, text, sizeof text));
    CU_ASSERT_FALSE(sandbox_open(&box, root, "/no/such", NULL, text, sizeof text));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "No such file"));
}

static void what_is_closed_to_others_can_be_shown(void) {
    if (geteuid() != 0) // others' directories are no concern of this user
        return;
    char kept[sizeof tmp], path[2 * PATH_MAX];
    snprintf(kept, sizeof kept, "%s", tmp);
    snprintf(path, sizeof path, "%s/closed-XXXXXX", kept);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(path)); // for root alone
    snprintf(tmp, sizeof tmp, "%.3000s", path);
    open_box();
    write_file("in", "given\n");
    shell("cat in; echo made >out; ls /kit/build/tests/bin; ls /mnt", (struct sandbox_limits){0},
          (struct how){0});
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "given"));
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "toy"));
    snprintf(path, sizeof path, "%s/out", dir);
    CU_ASSERT_EQUAL(access(path, R_OK), 0);
    close_box();
    CU_ASSERT_EQUAL(rmdir(tmp), 0);
    snprintf(tmp, sizeof tmp, "%s", kept);
}

// This program again, with a word that says what for; its output is in the outcome.
static void again(const char *what, const char *path, const char *const *before, double seconds) {
    struct command command = {0};
    char self[PATH_MAX] = "";
    CU_ASSERT(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
    for (; before && *before; before++)
        command_add(&command, "%s", *before);
    command_add(&command, "%s", self);
    command_set(&command, "TWOFOLD_SANDBOX_TEST", what);
    if (path)
        command_set(&command, "PATH", path);
    command_set(&command, "TMPDIR", tmp);
    outcome_free(&o);
    process_run(&command,
                &(struct how){.seconds = seconds, .capture_out = true, .capture_err = true}, &o);
    test_note("%s", o.out);
    test_note("%s", o.err);
    command_free(&command);
}

static void without_bubblewrap_the_package_is_named(void) {
    again("available", "/nowhere", NULL, 15);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "apt-get install bubblewrap"));
    CU_ASSERT_EQUAL(o.status, 1);
}

// For the next test: the list of prefixes is made once a program, so this is one of its own.
static int run_mpirun(void) {
    struct command inside = {0}, command;
    snprintf(dir, sizeof dir, "%s/job-XXXXXX", tmp);
    if (!mkdtemp(dir) || !sandbox_open(&box, root, dir, NULL, text, sizeof text)) {
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    command_add(&inside, "mpirun");
    sandbox_command(&box, &(struct sandbox_limits){0}, &inside, &command);
    process_run(&command, &(struct how){.seconds = 15}, &o);
    command_free(&inside);
    command_free(&command);
    sandbox_close(&box);
    return rmdir(dir) != 0 || o.status != 0;
}

static void an_mpi_outside_usr_is_shown(void) {
    char place[PATH_MAX], path[3 * PATH_MAX];
    snprintf(place, sizeof place, "%.3000s/opt-XXXXXX", tmp);
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(place));
    snprintf(dir, sizeof dir, "%.3000s", place);
    write_file("word", "started\n");
    snprintf(path, sizeof path, "cd '%s' && mkdir -p mpi/bin mpi/share && mv word mpi/share",
             place);
    CU_ASSERT_EQUAL(system(path), 0);
    write_file("mpi/bin/mpirun", "#!/bin/sh\ncat \"${0%/*}/../share/word\"\n");
    snprintf(path, sizeof path, "chmod -R a+rX,a+x '%s'", place);
    CU_ASSERT_EQUAL(system(path), 0);
    snprintf(path, sizeof path, "%s/mpi/bin:%s", place, getenv("PATH"));
    again("mpirun", path, NULL, 30);
    CU_ASSERT_STRING_EQUAL(o.out, "started\n");
    CU_ASSERT_EQUAL(o.status, 0);
    snprintf(path, sizeof path, "rm -rf '%s'", place);
    CU_ASSERT_EQUAL(system(path), 0);
}

static void an_ordinary_user_gets_the_same_box(void) {
    static const char *const setpriv[] = {"setpriv", "--reuid",        "65534", "--regid",
                                          "65534",   "--clear-groups", NULL};
    char kept[sizeof tmp], closed[PATH_MAX];
    snprintf(kept, sizeof kept, "%s", tmp);
    snprintf(closed, sizeof closed, "%s/user-XXXXXX", kept);
    if (geteuid() != 0) // this is one
        return;
    if (system(
            "setpriv --reuid 65534 --regid 65534 --clear-groups test -x \"$PWD/build/bin/box\"") !=
        0) {
        puts("ok - sandbox: the box of an ordinary user # SKIP the kit lies where others than root "
             "cannot read it");
        return;
    }
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(closed));
    CU_ASSERT_EQUAL(chown(closed, 65534, 65534), 0);
    snprintf(tmp, sizeof tmp, "%.3000s", closed);
    again("user", NULL, setpriv, 100);
    CU_ASSERT_EQUAL(o.status, 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(o.out, "ok - sandbox: four_ranks_run_in_a_box"));
    CU_ASSERT_PTR_NULL(strstr(o.out, "not ok"));
    rmdir(closed);
    snprintf(tmp, sizeof tmp, "%s", kept);
}

int main(void) {
    static const struct test tests[] = {
        TEST(a_command_runs_in_its_directory_and_tells_its_status),
        TEST(paths_are_called_as_they_are_inside),
        {"four_ranks_run_in_a_box", four_ranks_run_in_a_box, 40},
        {"an_mpi_program_is_compiled_in_a_box", an_mpi_program_is_compiled_in_a_box, 40},
        TEST(nothing_outside_can_be_seen),
        TEST(nothing_but_its_directory_can_be_written),
        TEST(only_loopback_is_there),
        TEST(the_environment_is_cleared),
        TEST(others_cannot_be_seen_or_killed),
        TEST(files_of_the_judge_are_not_inherited),
        TEST(dangerous_system_calls_are_refused),
        TEST(a_fork_bomb_is_bounded_and_gone),
        TEST(a_sleeper_is_stopped_by_the_clock),
        TEST(a_daemon_ends_with_its_box),
        TEST(a_box_ends_with_the_program_that_watches_it),
        TEST(memory_is_counted_over_all_processes),
        TEST(shared_memory_is_counted_once),
        TEST(output_without_end_is_cut),
        TEST(files_have_a_limit),
        TEST(nothing_is_left_that_a_reader_falls_for),
        TEST(a_directory_that_holds_the_kit_is_refused),
        TEST(what_is_closed_to_others_can_be_shown),
        TEST(without_bubblewrap_the_package_is_named),
        TEST(an_mpi_outside_usr_is_shown),
        {"an_ordinary_user_gets_the_same_box", an_ordinary_user_gets_the_same_box, 110},
        {0}};
    const char *what = getenv("TWOFOLD_SANDBOX_TEST"), *place = getenv("TMPDIR");
    char nap[32];
    snprintf(nap, sizeof nap, "%d", (int)getpid());
    setenv("NAP", nap, 1);
    snprintf(tmp, sizeof tmp, "%.3000s", place && *place ? place : "/tmp");
    if (!getcwd(root, sizeof root))
        return 2;
    const bool works = sandbox_available(root, text, sizeof text);
    if (what && strcmp(what, "available") == 0) {
        printf("%s\n", text);
        return !works;
    }
    if (works && what && strcmp(what, "mpirun") == 0)
        return run_mpirun();
    if (!works) {
        printf("ok - sandbox: programs run in a box # SKIP %s\n", text);
        return 0;
    }
    return run_tests("sandbox", tests, MPI_COMM_NULL);
}
