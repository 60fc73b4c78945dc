// SPDX-License-Identifier: MIT
//
// object.h: the objects an origin serves (common/origin): their sizes, their bytes, how long each
// one takes, and which tries fail. Everything is a pure function of (seed, object), so an origin,
// a lab and a judge agree on it without asking one another.
//
// Random words are those of the splitmix64 generator (Steele, Lea, Flood, 2014), whose n-th word
// can be had without the ones before it.

#ifndef TWOFOLD_OBJECT_H
#define TWOFOLD_OBJECT_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

// What a random number of an object decides.
enum object_stream {
    OBJECT_BYTES,
    OBJECT_SIZE,
    OBJECT_LATENCY,
    OBJECT_ERROR,
    OBJECT_CLOSE,
    OBJECT_LENGTH,
    OBJECT_STALL
};

static inline uint64_t object_mix(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline uint64_t object_state(uint64_t seed, long object, enum object_stream stream) {
    uint64_t state = object_mix(seed + UINT64_C(0x9e3779b97f4a7c15));
    return object_mix(state + ((uint64_t)object << 3) + (uint64_t)stream);
}

// Word `counter` of a stream of an object.
static inline uint64_t object_word(uint64_t state, uint64_t counter) {
    return object_mix(state + (counter + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

// In (0, 1], a multiple of 2^-53.
static inline double object_unit(uint64_t state, uint64_t counter) {
    return (double)((object_word(state, counter) >> 11) + 1) * 0x1p-53;
}

// Bytes of an object: uniform from mean/2 to mean*3/2, and at least 1.
static inline uint64_t object_size(uint64_t seed, long object, uint64_t mean) {
    uint64_t size = mean / 2 + object_word(object_state(seed, object, OBJECT_SIZE), 0) % (mean + 1);
    return size > 0 ? size : 1;
}

// Writes bytes offset .. offset + count - 1 of an object to out. Byte k is byte k % 8, the lowest
// first, of word k / 8, on any machine.
static inline void object_bytes(uint64_t seed, long object, uint64_t offset, unsigned char *out,
                                size_t count) {
    uint64_t state = object_state(seed, object, OBJECT_BYTES);
    for (size_t done = 0; done < count;) {
        uint64_t word = object_word(state, (offset + done) / 8) >> ((offset + done) % 8 * 8);
        size_t left = 8 - (size_t)((offset + done) % 8);
        for (; left > 0 && done < count; left--, word >>= 8)
            out[done++] = (unsigned char)word;
    }
}

// A digest of bytes that may come in pieces: begin with OBJECT_DIGEST, pass the value on. It finds
// accidents, not attacks. FNV-1a, 64 bits (Fowler, Noll, Vo, 1991).
#define OBJECT_DIGEST UINT64_C(0xcbf29ce484222325)

static inline uint64_t object_digest(uint64_t digest, const void *bytes, size_t count) {
    const unsigned char *byte = (const unsigned char *)bytes;
    for (size_t i = 0; i < count; i++)
        digest = (digest ^ byte[i]) * UINT64_C(0x100000001b3);
    return digest;
}

enum object_delay { DELAY_FIXED, DELAY_UNIFORM, DELAY_TAIL };
static const char *const object_delays[] = {"fixed", "uniform", "tail", NULL};

// Seconds from a request for an object to the first byte of its answer; `mean` is the mean over
// many objects, whatever the distribution. uniform: from 0 to twice the mean. tail: Pareto with
// shape 1.5 cut at 100 times its smallest value: most objects take half the mean, one in a
// thousand 36 times the mean.
static inline double object_latency(uint64_t seed, long object, enum object_delay delay,
                                    double mean) {
    double unit = object_unit(object_state(seed, object, OBJECT_LATENCY), 0);
    switch (delay) {
    case DELAY_UNIFORM:
        return 2 * mean * unit;
    case DELAY_TAIL: {
        // The mean of min(X, 100 m), X Pareto with shape 3/2 and smallest value m, is 2.8 m.
        double smallest = mean / 2.8, factor = pow(unit, -1 / 1.5);
        return smallest * (factor < 100 ? factor : 100);
    }
    case DELAY_FIXED:
    default:
        return mean;
    }
}

// Does try number `attempt` (0, 1, ...) at an object fail, where `rate` is the share of tries that
// do? Every fifth try at an object succeeds unless the rate is 1: asking again helps.
enum { OBJECT_STREAK = 4 };

static inline int object_fails(uint64_t seed, long object, uint64_t attempt,
                               enum object_stream stream, double rate) {
    if (rate >= 1)
        return 1;
    if (attempt % (OBJECT_STREAK + 1) == OBJECT_STREAK)
        return 0;
    return object_unit(object_state(seed, object, stream), attempt) <= rate;
}

#endif
