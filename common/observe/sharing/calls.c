// SPDX-License-Identifier: MIT
//
// calls.c: the functions that gcc calls for -fsanitize=thread and -fsanitize-coverage=trace-pc, and
// those of ThreadSanitizer that ../race calls. See sharing.h.

#include "../race/tsan.h"
#include "sharing.h"
#include <stddef.h>

#define CALLER __builtin_return_address(0)

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void) {
    sharing_event();
}

// -- accesses -----------------------------------------------------------------------------------------

#define READ(name) \
    void name(void *address); \
    void name(void *address) { \
        (void)address; \
        sharing_event(); \
    }
#define WRITE(name, size) \
    void name(void *address); \
    void name(void *address) { \
        sharing_write(address, size, CALLER); \
    }
#define ACCESS(size) \
    READ(__tsan_read##size) \
    WRITE(__tsan_write##size, size) \
    READ(__tsan_unaligned_read##size) \
    WRITE(__tsan_unaligned_write##size, size) \
    READ(__tsan_volatile_read##size) \
    WRITE(__tsan_volatile_write##size, size) \
    READ(__tsan_unaligned_volatile_read##size) \
    WRITE(__tsan_unaligned_volatile_write##size, size)

ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __tsan_read_range(void *address, unsigned long size) {
    (void)address, (void)size;
    sharing_event();
}

void __tsan_write_range(void *address, unsigned long size) {
    sharing_write(address, size, CALLER);
}

void __tsan_vptr_update(void **address, void *value);
void __tsan_vptr_update(void **address, void *value) {
    (void)value;
    sharing_write(address, sizeof *address, CALLER);
}

void __tsan_vptr_read(void **address);
void __tsan_vptr_read(void **address) {
    (void)address;
    sharing_event();
}

// -- atomics: done here, in the strictest order -------------------------------------------------------

#define FETCH(bits, type, name, builtin) \
    type __tsan_atomic##bits##_fetch_##name(volatile type *at, type value, int order); \
    type __tsan_atomic##bits##_fetch_##name(volatile type *at, type value, int order) { \
        (void)order; \
        sharing_write((void *)at, sizeof *at, CALLER); \
        return builtin(at, value, __ATOMIC_SEQ_CST); \
    }

#define EXCHANGE_IF(bits, type, how) \
    int __tsan_atomic##bits##_compare_exchange_##how(volatile type *at, type *want, type value, \
                                                     int order, int otherwise); \
    int __tsan_atomic##bits##_compare_exchange_##how(volatile type *at, type *want, type value, \
                                                     int order, int otherwise) { \
        (void)order, (void)otherwise; \
        sharing_write((void *)at, sizeof *at, CALLER); \
        return __atomic_compare_exchange_n(at, want, value, 0, __ATOMIC_SEQ_CST, \
                                           __ATOMIC_SEQ_CST); \
    }

#define ATOMIC(bits, type) \
    type __tsan_atomic##bits##_load(const volatile type *at, int order); \
    type __tsan_atomic##bits##_load(const volatile type *at, int order) { \
        (void)order; \
        sharing_event(); \
        return __atomic_load_n(at, __ATOMIC_SEQ_CST); \
    } \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order); \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order) { \
        (void)order; \
        sharing_write((void *)at, sizeof *at, CALLER); \
        __atomic_store_n(at, value, __ATOMIC_SEQ_CST); \
    } \
    type __tsan_atomic##bits##_exchange(volatile type *at, type value, int order); \
    type __tsan_atomic##bits##_exchange(volatile type *at, type value, int order) { \
        (void)order; \
        sharing_write((void *)at, sizeof *at, CALLER); \
        return __atomic_exchange_n(at, value, __ATOMIC_SEQ_CST); \
    } \
    FETCH(bits, type, add, __atomic_fetch_add) \
    FETCH(bits, type, sub, __atomic_fetch_sub) \
    FETCH(bits, type, and, __atomic_fetch_and) \
    FETCH(bits, type, or, __atomic_fetch_or) \
    FETCH(bits, type, xor, __atomic_fetch_xor) \
    FETCH(bits, type, nand, __atomic_fetch_nand) \
    EXCHANGE_IF(bits, type, strong) \
    EXCHANGE_IF(bits, type, weak) \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type want, type value, \
                                                    int order, int otherwise); \
    type __tsan_atomic##bits##_compare_exchange_val(volatile type *at, type want, type value, \
                                                    int order, int otherwise) { \
        (void)order, (void)otherwise; \
        sharing_write((void *)at, sizeof *at, CALLER); \
        __atomic_compare_exchange_n(at, &want, value, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
        return want; \
    }

ATOMIC(8, unsigned char)
ATOMIC(16, unsigned short)
ATOMIC(32, unsigned)
ATOMIC(64, unsigned long)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order) {
    (void)order;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order) {
    (void)order;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

// -- what says which accesses are in order: not asked here --------------------------------------------

void __tsan_init(void);
void __tsan_init(void) {}
void __tsan_func_entry(void *caller) {
    (void)caller;
}
void __tsan_func_exit(void) {}
void __tsan_acquire(void *token) {
    (void)token;
}
void __tsan_release(void *token) {
    (void)token;
}
void __tsan_mutex_create(void *mutex, unsigned flags) {
    (void)mutex, (void)flags;
}
void __tsan_mutex_destroy(void *mutex, unsigned flags) {
    (void)mutex, (void)flags;
}
void __tsan_mutex_pre_lock(void *mutex, unsigned flags) {
    (void)mutex, (void)flags;
}
void __tsan_mutex_post_lock(void *mutex, unsigned flags, int recursion) {
    (void)mutex, (void)flags, (void)recursion;
}
int __tsan_mutex_pre_unlock(void *mutex, unsigned flags) {
    (void)mutex, (void)flags;
    return 0;
}
void __tsan_mutex_post_unlock(void *mutex, unsigned flags) {
    (void)mutex, (void)flags;
}
void *__tsan_get_current_fiber(void) {
    return NULL;
}
void *__tsan_create_fiber(unsigned flags) {
    (void)flags;
    return NULL;
}
void __tsan_destroy_fiber(void *fiber) {
    (void)fiber;
}
void __tsan_switch_to_fiber(void *fiber, unsigned flags) {
    (void)fiber, (void)flags;
}
void AnnotateIgnoreReadsBegin(const char *file, int line) {
    (void)file, (void)line;
}
void AnnotateIgnoreReadsEnd(const char *file, int line) {
    (void)file, (void)line;
}
void AnnotateIgnoreWritesBegin(const char *file, int line) {
    (void)file, (void)line;
}
void AnnotateIgnoreWritesEnd(const char *file, int line) {
    (void)file, (void)line;
}
