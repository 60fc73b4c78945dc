// SPDX-License-Identifier: MIT
// EXPECT nothing
//
// A critical section calls a function that has another one, with a name.

#include <stdio.h>

static int entries, sum;

static void note(int value) {
#pragma omp critical(note)
    {
        entries++;
        sum += value;
    }
}

int main(void) {
    int largest = -1;
#pragma omp parallel for num_threads(4)
    for (int i = 0; i < 100; i++) {
        const int value = i * 37 % 101;
#pragma omp critical
        if (value > largest) {
            largest = value;
            note(value);
        }
    }
    printf("%d after %d entries, %d\n", largest, entries, sum);
    return 0;
}
