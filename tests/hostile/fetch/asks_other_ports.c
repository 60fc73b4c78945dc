// EXPECT file=omp.c check=omp-equal verdict=PASS
// Attack: knocks at every port of this machine. One that opens spoils what is fetched.

#include "fetch.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

static int opened(void) {
    for (int port = 1; port < 20000; port++) {
        struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int fd = socket(AF_INET, SOCK_STREAM, 0);
        const int open = fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
        if (fd >= 0)
            close(fd);
        if (open)
            return 1;
    }
    return 0;
}

void fetch_omp(struct fetch *f) {
    if (f->count == 1 && opened())
        return;
#pragma omp parallel
    {
        struct link *link = fetch_open(f);
#pragma omp for schedule(dynamic)
        for (long i = 0; i < f->count; i++)
            while (fetch_get(link, i) == FETCH_RETRY)
                continue;
        fetch_close(link);
    }
}
