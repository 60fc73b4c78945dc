// SPDX-License-Identifier: MIT
//
// switch.h: an Ethernet switch in user space, with a latency and a rate.
//
// Theory of operation. `switch MICROSECONDS MEGABITS PORT...` carries frames between the ports of
// the cluster in a box (slurm/cluster) where the kernel has no queue that delays (netem). A port is
// the name of the switch's end of a node's cable; it belongs to no bridge while we run. Frames are
// read from packet sockets, kept until they are due, and written to the port of their receiver,
// which is learned from what it sent; who is not known yet is sent to all.
//
// The model: every node has one cable in each direction, of the given rate. A frame of n bytes
// occupies the sender's cable for n/rate, travels for the latency, and occupies the receiver's
// cable for n/rate, so that two who send to one share what it can take.
//
// The kernel hands over frames as large as 64 KiB, which a network card would cut ("segmentation
// offload"); the header before each frame (struct virtio_net_hdr) says so and is passed along, so
// that no interface has to be set differently.

#ifndef TWOFOLD_SWITCH_H
#define TWOFOLD_SWITCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PORTS_MAX = 128,
    HEAD = 10,                // bytes of struct virtio_net_hdr before each frame
    FRAME_MAX = HEAD + 70000, // bytes, head included
    ADDRESS = 6               // bytes of an Ethernet address
};

// -- frames.c: frames on their way, the next one first --------------------------------------------

struct frame {
    int64_t due;     // ns of CLOCK_MONOTONIC
    uint64_t number; // of two that are due at once, the first that came goes first
    int port;        // to which it goes
    size_t length;   // bytes, head included
    unsigned char *bytes;
};

// Takes a copy of the bytes. No memory for it: the frame is lost, as on a real network; false.
bool frames_add(int64_t due, int port, const unsigned char *bytes, size_t length);
// When the next is due; none: INT64_MAX.
int64_t frames_next(void);
// Takes out the next; there must be one. The caller frees its bytes.
struct frame frames_take(void);

// -- ports.c: sockets, and who sits where ---------------------------------------------------------

struct port {
    int fd;
    bool known;                       // its node has sent something
    unsigned char address[ADDRESS];   // of that node
    int64_t sends_until, takes_until; // ns at which each direction of its cable is free
};

// Opens a socket on the interface. False: it cannot; `text` says why.
bool port_open(struct port *port, const char *name, char *text, size_t cap);
// Reads a frame with its head; 0: none is waiting.
size_t port_read(struct port *port, unsigned char *bytes, size_t cap);
void port_write(struct port *port, const unsigned char *bytes, size_t length);
// The port of a frame's receiver; -1: all but the one that it came from.
int port_of(const struct port *ports, int count, const unsigned char *frame);

#endif
