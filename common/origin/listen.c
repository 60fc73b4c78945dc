// SPDX-License-Identifier: MIT
//
// listen.c: the listening socket of an origin, TCP or AF_UNIX. It is made here and not by the HTTP
// library, so that what went wrong can be said in a sentence.

#include "origin.h"

#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char unix_prefix[] = "unix:";
enum { BACKLOG = 4096 }; // a thousand clients may knock in the same millisecond

static const char *unix_path(const char *listen) {
    size_t length = sizeof unix_prefix - 1;
    return strncmp(listen, unix_prefix, length) == 0 ? listen + length : NULL;
}

// A socket file that nobody answers at is left over from a process that was killed.
static bool left_over(const struct sockaddr_un *address) {
    struct stat what;
    if (lstat(address->sun_path, &what) != 0 || !S_ISSOCK(what.st_mode))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool refused = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 &&
                   errno == ECONNREFUSED;
    if (fd >= 0)
        close(fd);
    return refused;
}

static int listen_unix(const char *path, char *url, size_t cap) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (*path == '\0' || strlen(path) >= sizeof address.sun_path) {
        fprintf(stderr,
                "origin: the path of the socket \"%s\" has %zu characters; give one of 1 to %zu.\n",
                path, strlen(path), sizeof address.sun_path - 1);
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (left_over(&address))
        unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        if (errno == EADDRINUSE)
            fprintf(stderr, "origin: %s is there already; remove it or give another path.\n", path);
        else
            fprintf(stderr, "origin: the socket %s cannot be made: %s; give another path.\n", path,
                    strerror(errno));
    } else if (chmod(path, 0666) != 0 || listen(fd, BACKLOG) != 0) { // a sandbox is another user
        fprintf(stderr, "origin: cannot listen at %s: %s.\n", path, strerror(errno));
        unlink(path);
    } else {
        snprintf(url, cap, "%s%s", unix_prefix, path);
        return fd;
    }
    if (fd >= 0)
        close(fd);
    return -1;
}

// The URL by which clients reach a bound socket. An origin that listens on all addresses is there
// for other machines: they know it by this machine's name.
static bool tcp_url(int fd, char *url, size_t cap) {
    struct sockaddr_storage bound;
    socklen_t length = sizeof bound;
    char host[NI_MAXHOST], port[NI_MAXSERV], name[HOST_NAME_MAX + 1];
    if (getsockname(fd, (struct sockaddr *)&bound, &length) != 0 ||
        getnameinfo((struct sockaddr *)&bound, length, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return false;
    bool all = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
    if (all && gethostname(name, sizeof name) == 0)
        snprintf(url, cap, "http://%s:%s", name, port);
    else
        snprintf(url, cap, strchr(host, ':') ? "http://[%s]:%s" : "http://%s:%s", host, port);
    return true;
}

static int listen_tcp(const char *host, long port, char *url, size_t cap) {
    char number[32];
    snprintf(number, sizeof number, "%ld", port);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *address;
    int failed = getaddrinfo(host, number, &hints, &address);
    if (failed) {
        fprintf(stderr,
                "origin: \"%s\" is no address to listen at (%s); give 127.0.0.1 for this machine "
                "alone, 0.0.0.0 for all, or unix:PATH.\n",
                host, gai_strerror(failed));
        return -1;
    }
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
        bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0 &&
        tcp_url(fd, url, cap)) {
        freeaddrinfo(address);
        return fd;
    }
    if (errno == EADDRINUSE)
        fprintf(stderr,
                "origin: port %ld of %s is taken by another program; give another, or --port 0 "
                "for a free one.\n",
                port, host);
    else
        fprintf(stderr,
                "origin: cannot listen at port %ld of %s: %s; give 127.0.0.1 and --port 0 for a "
                "free port of this machine.\n",
                port, host, strerror(errno));
    freeaddrinfo(address);
    if (fd >= 0)
        close(fd);
    return -1;
}

int listen_open(const struct origin *origin, char *url, size_t cap) {
    const char *path = unix_path(origin->listen);
    return path ? listen_unix(path, url, cap) : listen_tcp(origin->listen, origin->port, url, cap);
}

void listen_clean(const struct origin *origin) {
    const char *path = unix_path(origin->listen);
    if (path)
        unlink(path);
}
