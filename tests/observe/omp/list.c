// SPDX-License-Identifier: MIT
// EXPECT race lines=20,21 variable=head
//
// Nodes are put before the head of a shared list.

#include <stdio.h>

struct node {
    int value;
    struct node *next;
};

int main(void) {
    static struct node nodes[200];
    struct node *head = NULL;
    int length = 0;
#pragma omp parallel for
    for (int i = 0; i < 200; i++) {
        nodes[i].value = i;
        nodes[i].next = head;
        head = &nodes[i];
    }
    for (const struct node *n = head; n; n = n->next)
        length++;
    printf("%d\n", length > 0);
    return 0;
}
