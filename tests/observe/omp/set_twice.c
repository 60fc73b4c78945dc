// SPDX-License-Identifier: MIT
// EXPECT deadlock lines=13,22 says="which it has set itself"
//
// A function sets the lock that its caller has set.

#include <omp.h>
#include <stdio.h>

static omp_lock_t lock;
static int deposits, total;

static void deposit(int amount) {
    omp_set_lock(&lock);
    deposits++;
    total += amount;
    omp_unset_lock(&lock);
}

static void transfer(int amount) {
#pragma omp parallel num_threads(2)
    for (int i = 0; i < 3; i++) {
        omp_set_lock(&lock);
        if (total > -100)
            deposit(amount);
        omp_unset_lock(&lock);
    }
}

int main(void) {
    omp_init_lock(&lock);
    transfer(1);
    omp_destroy_lock(&lock);
    printf("%d deposits, %d\n", deposits, total);
    return 0;
}
