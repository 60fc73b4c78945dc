// SPDX-License-Identifier: MIT
//
// A program beside the lab, for the tests of service.c: says "ready PID" and lives until its stdin
// ends. Its argument makes it misbehave: deaf stays when its stdin ends; mute says nothing; gone
// ends at once; long says a line longer than any service should.

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "gone"))
        return 3;
    if (!strcmp(mode, "long"))
        for (int i = 0; i < 5000; i++)
            putchar('x');
    if (!strcmp(mode, "mute"))
        for (;;)
            pause();
    printf("ready %d\n", (int)getpid());
    fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        if (write(STDOUT_FILENO, &byte, 1) != 1)
            break;
    while (!strcmp(mode, "deaf"))
        pause();
    return 0;
}
