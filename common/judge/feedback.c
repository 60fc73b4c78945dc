// SPDX-License-Identifier: MIT
//
// feedback.c: see feedback.h.

#include "feedback.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { INDENT = 14 };

struct feedback feedback_begin(FILE *out) {
    struct feedback f = {.out = out, .width = 100};
    const char *const none = getenv("NO_COLOR"), *const term = getenv("TERM");
    struct winsize size;
    if (out && isatty(fileno(out))) {
        f.colour = !(none && *none) && !(term && !strcmp(term, "dumb"));
        if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col >= 60 && size.ws_col < 120)
            f.width = size.ws_col;
    }
    return f;
}

// -- words ------------------------------------------------------------------------------------------

const char *feedback_meaning(const char *verdict) {
    static const struct {
        const char *verdict, *text;
    } meanings[] = {{"PASS", "right"},
                    {"WRONG", "the result is not that of the serial version"},
                    {"BUILD", "it does not compile or link"},
                    {"FORBIDDEN", "the file defines or uses what it may not"},
                    {"CRASH", "the program died before it had a result"},
                    {"TODO", "this is still the starter"},
                    {"HANG", "the program did not end in time"},
                    {"DEADLOCK", "ranks wait for each other for ever"},
                    {"MISUSE", "right here, but MPI is used in a way that it does not allow"},
                    {"LEAK", "right, but something that was made is never freed"},
                    {"OUTPUT", "the program prints without end"},
                    {"SERIAL", "right, but the workers do not work at the same time"},
                    {"SLOW", "right, but not as fast as it must be"},
                    {"MEMORY", "it uses more memory than it may"},
                    {"FLAKY", "sometimes right and sometimes not"},
                    {"SKIP", "not run, since it needs a check that did not pass"},
                    {"UNGRADED", "this machine cannot show it"},
                    {"INFRA", "the judge could not run it; that is not your fault"}};
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (!strcmp(meanings[i].verdict, verdict))
            return meanings[i].text;
    return "";
}

const char *feedback_signal(int number) {
    switch (number) {
    case SIGSEGV:
        return "it touched memory that is not its own (segmentation fault): an index beyond the "
               "end of an array, or a pointer that points nowhere";
    case SIGBUS:
        return "it touched memory that cannot be there (bus error), or /dev/shm is full";
    case SIGFPE:
        return "it divided a whole number by zero, as when a size or a number of workers is 0 or 1";
    case SIGABRT:
        return "it was aborted: a library found its memory damaged (something was freed twice, or "
               "written beyond its end), or an assert() did not hold";
    case SIGILL:
        return "it ran something that is no instruction";
    case SIGKILL:
        return "it was killed, most often because it used more memory than there is";
    case SIGXCPU:
        return "it used more CPU time than it may";
    case SIGXFSZ:
        return "it wrote a larger file than it may";
    default:
        return NULL;
    }
}

static bool same_but_for_numbers(const char *a, const char *b) {
    static const char digits[] = "0123456789.-+e";
    while (*a && *b) {
        a += strspn(a, digits);
        b += strspn(b, digits);
        if (*a != *b)
            return false;
        a += *a != '\0';
        b += *b != '\0';
    }
    return !*a && !*b;
}

bool feedback_says_more(const char *first, const char *least) {
    return strlen(first) > strlen(least) && !same_but_for_numbers(first, least);
}

void feedback_case(const struct case_spec *spec, const char *run, char *text, size_t cap) {
    const char *const s = spec->workers == 1 ? "" : "s";
    char workers[64] = "";
    if (!strcmp(run, "threads"))
        snprintf(workers, sizeof workers, "%d thread%s, ", spec->workers, s);
    else if (!strcmp(run, "hybrid"))
        snprintf(workers, sizeof workers, "%d rank%s of %d thread%s, ", spec->workers, s,
                 spec->threads, spec->threads == 1 ? "" : "s");
    else if (!strcmp(run, "ranks"))
        snprintf(workers, sizeof workers, "%d rank%s, ", spec->workers, s);
    else if (strcmp(run, "serial") != 0)
        snprintf(workers, sizeof workers, "%d process%s, ", spec->workers, *s ? "es" : "");
    snprintf(text, cap, "%s, %s%s%sseed %" PRIu64, spec->version, workers, spec->params,
             *spec->params ? ", " : "", spec->seed);
}

// -- lines ------------------------------------------------------------------------------------------

static const char *colour_of(const char *verdict) {
    if (!strcmp(verdict, "PASS"))
        return "32";
    if (!strcmp(verdict, "SKIP") || !strcmp(verdict, "TODO") || !strcmp(verdict, "UNGRADED") ||
        !strcmp(verdict, "INFRA"))
        return "33";
    return "31";
}

// One character that is safe on a terminal: what a program printed may steer it.
static char safe(char c) {
    return (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c;
}

static bool is_first_byte(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

// Prints text in lines of the width, each behind the indent; a newline in it begins a new line.
static void print_wrapped(const struct feedback *f, const char *text) {
    const int room = f->width - INDENT;
    while (*text) {
        const char *end = text, *blank = NULL;
        for (int n = 0; *end && *end != '\n' && n <= room; end++) {
            if (*end == ' ' && n > 0)
                blank = end;
            n += is_first_byte(*end);
            if (n > room && blank) // a longer word than the line stays whole
                break;
            if (n > room)
                n = room;
        }
        if (*end && *end != '\n' && blank)
            end = blank;
        fprintf(f->out, "%*s", INDENT, "");
        for (; text < end; text++)
            fputc(safe(*text), f->out);
        fputc('\n', f->out);
        if (*text == '\n')
            text++;
        else
            text += strspn(text, " ");
    }
}

void feedback_verdict(struct feedback *f, const struct judged *j) {
    const bool ungraded = !strcmp(j->verdict, "UNGRADED") || !strcmp(j->verdict, "INFRA");
    f->points += j->points;
    *(ungraded ? &f->ungraded_points : &f->max_points) += j->max_points;
    f->ungraded += ungraded;
    f->failed += !ungraded && strcmp(j->verdict, "PASS") != 0 && strcmp(j->verdict, "SKIP") != 0;
    f->skipped += !strcmp(j->verdict, "SKIP");
    if (!f->out)
        return;
    const char *const shown = !strcmp(j->verdict, "PASS")   ? "ok"
                              : !strcmp(j->verdict, "SKIP") ? "skip"
                                                            : j->verdict;
    char points[24];
    snprintf(points, sizeof points, "%d/%d", j->points, j->max_points);
    if (f->colour)
        fprintf(f->out, "\033[%sm", colour_of(j->verdict));
    fprintf(f->out, "%-6s", shown);
    if (f->colour)
        fputs("\033[0m", f->out);
    fprintf(f->out, " %5s  %s\n", j->max_points ? points : "", j->title);
    fflush(f->out);
}

void feedback_details(const struct feedback *f, const struct judged *j) {
    if (!f->out || !strcmp(j->verdict, "PASS") || !strcmp(j->verdict, "SKIP"))
        return;
    for (int i = 0; i < j->evidences; i++) {
        const struct told *const e = &j->evidence[i];
        char text[sizeof e->text + 128];
        if (*e->file && e->line)
            snprintf(text, sizeof text, "%s:%d: %s", e->file, e->line, e->text);
        else if (*e->file)
            snprintf(text, sizeof text, "%s: %s", e->file, e->text);
        else
            snprintf(text, sizeof text, "%s", e->text);
        print_wrapped(f, text);
    }
    if (*j->hint)
        print_wrapped(f, j->hint);
    if (*j->command) { // never broken: it is copied
        fprintf(f->out, "%*sRun it alone:\n%*s", INDENT, "", INDENT + 2, "");
        for (const char *c = j->command; *c; c++)
            fputc(safe(*c), f->out);
        fputc('\n', f->out);
    }
    fflush(f->out);
}

void feedback_figures(const struct feedback *f, const struct judged *j) {
    for (int i = 0; f->out && !strcmp(j->verdict, "PASS") && i < j->evidences; i++)
        print_wrapped(f, j->evidence[i].text);
}

void feedback_end(const struct feedback *f, const char *lab, uint64_t base_seed, const char *only) {
    if (!f->out)
        return;
    char ungraded[80] = "";
    if (f->ungraded_points)
        snprintf(ungraded, sizeof ungraded, " (%d point%s could not be graded here)",
                 f->ungraded_points, f->ungraded_points == 1 ? "" : "s");
    if (f->failed)
        fprintf(f->out, "\nThe same cases again: make check LAB=%s SEED=%" PRIu64 "\n", lab,
                base_seed);
    if (f->max_points || f->ungraded_points) // a build alone has none
        fprintf(f->out, "Score: %d/%d%s%s%s%s\n", f->points, f->max_points, ungraded,
                only ? " (only " : "", only ? only : "", only ? " and what it needs)" : "");
    fflush(f->out);
}
