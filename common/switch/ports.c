// SPDX-License-Identifier: MIT
//
// ports.c: see switch.h, and packet(7).

#include "switch.h"
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static_assert(sizeof(struct virtio_net_hdr) == HEAD, "the head before each frame");

static bool set(int fd, int level, int option, int value) {
    return setsockopt(fd, level, option, &value, sizeof value) == 0;
}

bool port_open(struct port *port, const char *name, char *text, size_t cap) {
    *port = (struct port){.fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)};
    struct sockaddr_ll here = {.sll_family = AF_PACKET,
                               .sll_protocol = htons(ETH_P_ALL),
                               .sll_ifindex = (int)if_nametoindex(name)};
    if (port->fd < 0) {
        snprintf(text, cap, "no packet socket: %s; it wants root of its network namespace.",
                 strerror(errno));
        return false;
    }
    if (here.sll_ifindex == 0) {
        snprintf(text, cap, "there is no network interface '%s' here.", name);
        return false;
    }
    if (!set(port->fd, SOL_PACKET, PACKET_VNET_HDR, 1) ||
        !set(port->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1) ||
        bind(port->fd, (struct sockaddr *)&here, sizeof here) != 0) {
        snprintf(text, cap, "%s cannot be switched: %s.", name, strerror(errno));
        return false;
    }
    // Better with, works without: no queue on the way out, and room for a burst.
    enum { ROOM = 8 << 20 };
    set(port->fd, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
    if (!set(port->fd, SOL_SOCKET, SO_RCVBUFFORCE, ROOM))
        set(port->fd, SOL_SOCKET, SO_RCVBUF, ROOM);
    set(port->fd, SOL_SOCKET, SO_SNDBUF, ROOM);
    return true;
}

size_t port_read(struct port *port, unsigned char *bytes, size_t cap) {
    ssize_t got = recv(port->fd, bytes, cap, MSG_DONTWAIT);
    if (got < HEAD + (ssize_t)sizeof(struct ether_header))
        return 0;
    memcpy(port->address, bytes + HEAD + ADDRESS, ADDRESS); // a frame begins: to, from
    port->known = true;
    return (size_t)got;
}

void port_write(struct port *port, const unsigned char *bytes, size_t length) {
    // A node that is down, or a queue that is full, loses frames; TCP sends them again.
    if (send(port->fd, bytes, length, 0) < 0 && errno != ENOBUFS && errno != ENETDOWN &&
        errno != ENXIO && errno != EAGAIN)
        fprintf(stderr, "switch: a frame of %zu bytes was lost: %s.\n", length, strerror(errno));
}

int port_of(const struct port *ports, int count, const unsigned char *frame) {
    const unsigned char *to = frame + HEAD;
    if (to[0] & 1) // a group of receivers
        return -1;
    for (int i = 0; i < count; i++)
        if (ports[i].known && memcmp(ports[i].address, to, ADDRESS) == 0)
            return i;
    return -1;
}
