// SPDX-License-Identifier: MIT
//
// tsan.h: the part of ThreadSanitizer's interface for libraries that is used here. As in its own
// header <sanitizer/tsan_interface.h>, which not every package of a compiler brings, and, from
// "func_entry" on, as the code that a compiler makes calls it.

#ifndef TWOFOLD_TSAN_H
#define TWOFOLD_TSAN_H

void __tsan_acquire(void *token);
void __tsan_release(void *token);

enum { // of mutexes
    TSAN_LINKER_INIT = 1 << 0,
    TSAN_REENTRANT = 1 << 1,
    TSAN_TRY = 1 << 4,
    TSAN_TRY_FAILED = 1 << 5,
    TSAN_NOT_STATIC = 1 << 8,
};
void __tsan_mutex_create(void *mutex, unsigned flags);
void __tsan_mutex_destroy(void *mutex, unsigned flags);
void __tsan_mutex_pre_lock(void *mutex, unsigned flags);
void __tsan_mutex_post_lock(void *mutex, unsigned flags, int recursion);
int __tsan_mutex_pre_unlock(void *mutex, unsigned flags);
void __tsan_mutex_post_unlock(void *mutex, unsigned flags);

enum { TSAN_NO_SYNC = 1 }; // a switch of fibers that orders nothing
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);

void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);
void __tsan_write1(void *address);
void __tsan_read_range(void *address, unsigned long size);
void __tsan_write_range(void *address, unsigned long size);
void AnnotateIgnoreReadsBegin(const char *file, int line);
void AnnotateIgnoreReadsEnd(const char *file, int line);
void AnnotateIgnoreWritesBegin(const char *file, int line);
void AnnotateIgnoreWritesEnd(const char *file, int line);

#endif
