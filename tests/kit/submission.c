// SPDX-License-Identifier: MIT
// Tests of common/judge/submission.c, clean.c and sha256.c: what is taken of a student's directory.

#include "submission.h"
#include "files.h"
#include "runner.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

static char into[300]; // the private directory
static struct submission s;
static struct problems problems;
static char names[FILES_MAX][32] = {"mpi.c"};

static void begin(void) {
    CU_ASSERT(files_begin());
    snprintf(into, sizeof into, "%s-clean", files_dir);
    CU_ASSERT(mkdir(into, 0700) == 0);
    problems = (struct problems){0};
}

static bool take(void) {
    problems = (struct problems){0};
    return submission_take(files_dir, 1, names, into, &s, &problems);
}

static void end(void) {
    char copy[400];
    snprintf(copy, sizeof copy, "%s/mpi.c", into);
    unlink(copy);
    CU_ASSERT(rmdir(into) == 0); // nothing else was put there
    files_end();
}

static bool write_bytes(const char *name, const char *bytes, size_t size) {
    FILE *file = fopen(files_path(name), "w");
    return file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0;
}

// Is the clean copy exactly this?
static bool clean_is(const char *text) {
    char got[4096];
    FILE *file = fopen(s.file[0].path, "r");
    if (!file)
        return false;
    const size_t size = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    got[size] = 0;
    return strlen(text) == size && strcmp(got, text) == 0 && s.file[0].size == size;
}

// Takes a file that must be refused: with this verdict, in a sentence that holds this.
static bool refuses(const char *verdict, const char *sentence) {
    if (!take() || !s.file[0].starter || problems.count != 1)
        return false;
    if (!strstr(problems.at[0].text, sentence))
        test_note("said: %s", problems.at[0].text);
    return strcmp(problems.at[0].verdict, verdict) == 0 && strstr(problems.at[0].text, sentence) &&
           strcmp(problems.at[0].file, "mpi.c") == 0 && access(s.file[0].path, F_OK) != 0;
}

// -- the digest ------------------------------------------------------------------------------------

static bool digest_is(const char *text, size_t times, size_t piece, const char *want) {
    struct sha256 sha;
    char got[65];
    sha256_begin(&sha);
    for (size_t i = 0; i < times; i++)
        for (size_t at = 0, size = strlen(text); at < size; at += piece)
            sha256_add(&sha, text + at, size - at < piece ? size - at : piece);
    sha256_end(&sha, got);
    return strcmp(got, want) == 0;
}

static void digests_are_those_of_the_standard(void) {
    // FIPS 180-4, examples of SHA-256: one block, two blocks, a million letters, and no message.
    CU_ASSERT(digest_is("abc", 1, 64,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CU_ASSERT(digest_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, 64,
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    CU_ASSERT(digest_is("aaaaaaaaaa", 100000, 64,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
    CU_ASSERT(
        digest_is("", 1, 64, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

static void a_digest_does_not_depend_on_the_pieces(void) {
    CU_ASSERT(digest_is("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, 7,
                        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
}

// -- what is taken -----------------------------------------------------------------------------------

static void a_plain_file_is_taken_as_it_is(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n\tint y; // é\n"));
    CU_ASSERT(take());
    CU_ASSERT(!s.file[0].starter);
    CU_ASSERT(clean_is("int x;\n\tint y; // é\n"));
    CU_ASSERT_EQUAL(problems.count, 0);
    CU_ASSERT_EQUAL(strlen(s.sha), 7 + 64);
    end();
}

static void only_the_named_file_is_taken(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n") && files_write("Makefile", "all:\n") &&
              files_write("stdio.h", "\n") && files_write("mpi.o", "\n"));
    CU_ASSERT(take());
    CU_ASSERT_EQUAL(s.count, 1);
    end(); // asserts that the private directory holds mpi.c alone
}

static void a_missing_file_is_said_and_costs_no_build(void) {
    begin();
    CU_ASSERT(refuses("", "mpi.c is not in "));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    end();
}

static void an_empty_file_is_refused(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", ""));
    CU_ASSERT(refuses("BUILD", "mpi.c is empty"));
    CU_ASSERT(files_write("mpi.c", " \n\t\n"));
    CU_ASSERT(refuses("BUILD", "mpi.c is empty"));
    CU_ASSERT(write_bytes("mpi.c", "\xef\xbb\xbf", 3));
    CU_ASSERT(take() && s.file[0].starter && problems_of(&problems, "mpi.c"));
    end();
}

static void what_is_no_plain_file_is_refused(void) {
    begin();
    const char *const path = files_path("mpi.c");
    CU_ASSERT(mkdir(path, 0700) == 0);
    CU_ASSERT(refuses("BUILD", "mpi.c is a directory"));
    CU_ASSERT(rmdir(path) == 0);
    CU_ASSERT(mkfifo(path, 0600) == 0); // nobody writes: an open() that waits would hang here
    CU_ASSERT(refuses("BUILD", "mpi.c is a named pipe"));
    unlink(path);
    CU_ASSERT(symlink("/etc/passwd", path) == 0);
    CU_ASSERT(refuses("BUILD", "mpi.c is a symbolic link"));
    unlink(path);
    CU_ASSERT(symlink("nowhere", path) == 0);
    CU_ASSERT(refuses("BUILD", "mpi.c is a symbolic link"));
    unlink(path);
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    snprintf(name.sun_path, sizeof name.sun_path, "%.100s", path);
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (strlen(path) < sizeof name.sun_path &&
        bind(listener, (struct sockaddr *)&name, sizeof name) == 0)
        CU_ASSERT(refuses("BUILD", "mpi.c is a socket"));
    close(listener);
    unlink(path);
    end();
}

static void a_device_is_refused(void) {
    char dev[FILES_MAX][32] = {"zero"};
    begin();
    CU_ASSERT(submission_take("/dev", 1, dev, into, &s, &problems));
    CU_ASSERT(s.file[0].starter && problems.count == 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "zero is a device"));
    end();
}

static void a_file_of_ten_megabytes_is_refused(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n") && truncate(files_path("mpi.c"), 10 << 20) == 0);
    CU_ASSERT(refuses("BUILD", "larger than 1 MiB (10.0 MiB)"));
    end();
}

static void a_file_of_just_the_cap_is_taken(void) {
    begin();
    char *const bytes = malloc(FILE_CAP + 1);
    memset(bytes, 'x', FILE_CAP + 1);
    CU_ASSERT(write_bytes("mpi.c", bytes, FILE_CAP));
    CU_ASSERT(take() && !s.file[0].starter && s.file[0].size == FILE_CAP);
    CU_ASSERT(write_bytes("mpi.c", bytes, FILE_CAP + 1));
    unlink(s.file[0].path);
    CU_ASSERT(refuses("BUILD", "larger than 1 MiB"));
    free(bytes);
    end();
}

static void an_unreadable_file_is_said(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n") && chmod(files_path("mpi.c"), 0) == 0);
    if (geteuid() == 0) { // who reads everything: give that up for a moment
        CU_ASSERT(chmod(files_dir, 0755) == 0 && chmod(into, 0777) == 0);
        CU_ASSERT(seteuid(65534) == 0);
        CU_ASSERT(refuses("BUILD", "chmod u+r mpi.c"));
        CU_ASSERT(seteuid(0) == 0);
    } else {
        CU_ASSERT(refuses("BUILD", "chmod u+r mpi.c"));
    }
    end();
}

static void a_directory_that_is_not_there_stops_it_all(void) {
    begin();
    CU_ASSERT(!submission_take("/nowhere/at/all", 1, names, into, &s, &problems));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "INFRA");
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "/nowhere/at/all"));
    end();
}

static void a_copy_that_cannot_be_written_is_our_fault(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n"));
    CU_ASSERT(!submission_take(files_dir, 1, names, "/nowhere", &s, &problems));
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "INFRA");
    end();
}

// -- cleaning ----------------------------------------------------------------------------------------

static void line_ends_of_windows_are_mended_and_said(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\r\n#define A \\\r\n 1\r\nint y;\r"));
    CU_ASSERT(take());
    CU_ASSERT(clean_is("int x;\n#define A \\\n 1\nint y;\n"));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_STRING_EQUAL(problems.at[0].verdict, "");
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "4 line ends of another system"));
    end();
}

static void a_byte_order_mark_is_left_out_and_said(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "\xef\xbb\xbfint x;\n"));
    CU_ASSERT(take());
    CU_ASSERT(clean_is("int x;\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "byte order mark"));
    end();
}

static void the_same_answer_saved_under_windows_is_the_same_submission(void) {
    char first[sizeof s.sha];
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\nint y;\n") && take());
    memcpy(first, s.sha, sizeof first);
    CU_ASSERT(files_write("mpi.c", "\xef\xbb\xbfint x;\r\nint y;\r\n") && take());
    CU_ASSERT_STRING_EQUAL(s.sha, first);
    CU_ASSERT(files_write("mpi.c", "int x;\nint z;\n") && take());
    CU_ASSERT_STRING_NOT_EQUAL(s.sha, first);
    end();
}

static void a_missing_file_is_another_submission_than_an_empty_one(void) {
    char first[sizeof s.sha];
    begin();
    CU_ASSERT(take());
    memcpy(first, s.sha, sizeof first);
    CU_ASSERT(files_write("mpi.c", "int x;\n") && take());
    CU_ASSERT_STRING_NOT_EQUAL(s.sha, first);
    end();
}

static void latin_1_is_taken_and_the_line_is_said(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "int x;\n// caf\xe9\n"));
    CU_ASSERT(take());
    CU_ASSERT(!s.file[0].starter && clean_is("int x;\n// caf\xe9\n"));
    CU_ASSERT_EQUAL(problems.count, 1);
    CU_ASSERT_EQUAL(problems.at[0].line, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "byte 0xE9 in line 2"));
    end();
}

static void a_character_cut_at_the_end_is_no_utf_8(void) {
    begin();
    CU_ASSERT(files_write("mpi.c", "// \xe2\x82"));
    CU_ASSERT(take() && problems.count == 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(problems.at[0].text, "byte 0xE2 in line 1"));
    end();
}

static void nul_bytes_are_refused_with_their_line(void) {
    begin();
    CU_ASSERT(write_bytes("mpi.c", "int x;\nint\0y;\n", 14));
    CU_ASSERT(refuses("BUILD", "NUL byte in line 2"));
    end();
}

static void utf_16_is_refused_by_its_name(void) {
    begin();
    CU_ASSERT(write_bytes("mpi.c", "\xff\xfei\0n\0t\0", 8));
    CU_ASSERT(refuses("BUILD", "UTF-16"));
    end();
}

// -- which files -------------------------------------------------------------------------------------

static void the_names_are_those_of_the_solution(void) {
    struct lab_entry lab = {.number = 9, .name = "heat", .dir = "x"};
    const struct lab_about about = {.versions = 4,
                                    .version = {{"serial", "serial", true},
                                                {"omp", "threads", false},
                                                {"async", "threads", true},
                                                {"mpi", "ranks", false}}};
    char got[FILES_MAX][32], path[600];
    begin();
    snprintf(lab.home, sizeof lab.home, "%s", files_dir);
    // Without a solution: a file for each version that the student writes.
    CU_ASSERT_EQUAL(submission_names(&lab, &about, got), 2);
    CU_ASSERT_STRING_EQUAL(got[0], "mpi.c");
    CU_ASSERT_STRING_EQUAL(got[1], "omp.c");
    CU_ASSERT(mkdir(files_path("solutions"), 0700) == 0);
    CU_ASSERT(mkdir(files_path("solutions/x"), 0700) == 0);
    CU_ASSERT(files_write("solutions/x/omp.c", "\n") && files_write("solutions/x/help.c", "\n") &&
              files_write("solutions/x/notes.txt", "\n") && files_write("solutions/x/.c", "\n"));
    CU_ASSERT_EQUAL(submission_names(&lab, &about, got), 2);
    CU_ASSERT_STRING_EQUAL(got[0], "help.c");
    CU_ASSERT_STRING_EQUAL(got[1], "omp.c");
    snprintf(path, sizeof path, "rm -r '%s'/solutions", files_dir);
    CU_ASSERT_EQUAL(system(path), 0);
    end();
}

static void a_full_list_of_problems_keeps_room_for_a_verdict(void) {
    problems = (struct problems){0};
    for (int i = 0; i < PROBLEMS_MAX; i++)
        problems_add(&problems, "omp.c", i, "", "note %d", i);
    CU_ASSERT(!problems.more);
    problems_add(&problems, "omp.c", 1, "", "one more");
    CU_ASSERT(problems.more);
    CU_ASSERT_PTR_NULL(problems_of(&problems, "mpi.c"));
    problems_add(&problems, "mpi.c", 1, "BUILD", "broken");
    CU_ASSERT_EQUAL(problems.count, PROBLEMS_MAX);
    CU_ASSERT_PTR_NOT_NULL(problems_of(&problems, "mpi.c"));
    CU_ASSERT_PTR_NULL(problems_of(&problems, "omp.c"));
}

int main(void) {
    static const struct test tests[] = {
        TEST(digests_are_those_of_the_standard),
        TEST(a_digest_does_not_depend_on_the_pieces),
        TEST(a_plain_file_is_taken_as_it_is),
        TEST(only_the_named_file_is_taken),
        TEST(a_missing_file_is_said_and_costs_no_build),
        TEST(an_empty_file_is_refused),
        TEST(what_is_no_plain_file_is_refused),
        TEST(a_device_is_refused),
        TEST(a_file_of_ten_megabytes_is_refused),
        TEST(a_file_of_just_the_cap_is_taken),
        TEST(an_unreadable_file_is_said),
        TEST(a_directory_that_is_not_there_stops_it_all),
        TEST(a_copy_that_cannot_be_written_is_our_fault),
        TEST(line_ends_of_windows_are_mended_and_said),
        TEST(a_byte_order_mark_is_left_out_and_said),
        TEST(the_same_answer_saved_under_windows_is_the_same_submission),
        TEST(a_missing_file_is_another_submission_than_an_empty_one),
        TEST(latin_1_is_taken_and_the_line_is_said),
        TEST(a_character_cut_at_the_end_is_no_utf_8),
        TEST(nul_bytes_are_refused_with_their_line),
        TEST(utf_16_is_refused_by_its_name),
        TEST(the_names_are_those_of_the_solution),
        TEST(a_full_list_of_problems_keeps_room_for_a_verdict),
        {0},
    };
    return run_tests("submission", tests, MPI_COMM_NULL);
}
