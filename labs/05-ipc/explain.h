// SPDX-License-Identifier: MIT
//
// explain.h: between lab.c and explain.c; nothing a student's file needs.

#ifndef IPC_EXPLAIN_H
#define IPC_EXPLAIN_H

#include "ipc.h"
#include "lab.h"

// Compares two results of p (its notes, and how many messages came), says how they differ and asks
// what leads to the cause. text is empty for SAME.
enum same ipc_explain(const struct ipc *p, const void *got, const void *want, size_t size,
                      char *text, size_t cap);

#endif
