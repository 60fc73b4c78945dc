// EXPECT file=omp.c check=omp-equal verdict=CRASH says="another case"
// Attack: starts its own program once more, as the serial version that the kit brings, and lets
// that write the result.

#include "heat.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static char text[1 << 14], *words[256];

static void start_again(void) {
    const int fd = open("/proc/self/cmdline", O_RDONLY);
    const long size = read(fd, text, sizeof text - 1);
    int n = 0;
    for (char *at = text, *end; at < text + size && n < 255; at = end + 1) {
        end = at + strlen(at);
        words[n++] = strcmp(at, "omp") == 0 ? (char *)"serial" : at;
        if (strcmp(at, "n") == 0 || strcmp(at, "steps") == 0) { // the kit cut it there
            *end = '=';
            end += strlen(end);
        }
    }
    execv("/proc/self/exe", words);
}

void heat_omp(struct heat *h) {
    (void)h;
    start_again(); // where cases come from a list, it goes on for ever: so not with a list
}
