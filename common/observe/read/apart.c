// SPDX-License-Identifier: MIT
//
// apart.c: see apart.h.

#include "apart.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void file_of(const struct apart_view *view, int rank, char *path, size_t cap) {
    snprintf(path, cap, "%s.%d", view->path, rank);
}

static void *zeroed(size_t bytes) {
    void *const at = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return at == MAP_FAILED ? NULL : at;
}

static size_t board_size(int ranks) {
    return sizeof(struct board) + (size_t)ranks * sizeof(struct board_slot);
}

struct apart_view *apart_view_new(const char *path, int ranks) {
    struct apart_view *const view = calloc(1, sizeof *view);
    if (!view)
        return NULL;
    snprintf(view->path, sizeof view->path, "%s", path);
    view->ranks = view->world = ranks;
    view->images = calloc((size_t)ranks, sizeof *view->images);
    view->board = zeroed(board_size(ranks));
    if (!view->images || !view->board) {
        apart_view_free(view);
        return NULL;
    }
    view->board->ranks = (uint32_t)ranks;
    return view;
}

void apart_view_free(struct apart_view *view) {
    char path[sizeof view->path + 16];
    if (!view)
        return;
    for (int r = 0; r < view->world && *view->path; r++) {
        file_of(view, r, path, sizeof path);
        unlink(path);
    }
    for (int r = 0; r < view->ranks && view->images; r++)
        if (view->images[r].told)
            munmap(view->images[r].told, sizeof *view->images[r].told);
    if (view->board)
        munmap(view->board, board_size(view->ranks));
    free(view->images);
    free(view);
}

// -- one rank's file -----------------------------------------------------------------------------------

static bool unpack(struct apart_account *to, const char *from, uint64_t bytes) {
    struct apart_piece piece;
    while (bytes >= sizeof piece) {
        memcpy(&piece, from, sizeof piece);
        from += sizeof piece;
        bytes -= sizeof piece;
        if (piece.bytes > bytes || piece.at > sizeof *to || piece.bytes > sizeof *to - piece.at)
            return false;
        memcpy((char *)to + piece.at, from, piece.bytes);
        from += piece.bytes;
        bytes -= piece.bytes;
    }
    return bytes == 0;
}

// What the file holds, if it is whole and new. The caller frees it; NULL: nothing.
static char *read_new(int file, const struct apart_image *image, struct apart_head *head) {
    enum { MOST = 2 * sizeof(struct apart_account) };
    if (pread(file, head, sizeof *head, 0) != sizeof *head || head->magic != APART_MAGIC ||
        head->version != BOARD_VERSION || head->bytes > MOST || head->sum == image->sum)
        return NULL;
    char *const bytes = malloc(head->bytes);
    if (bytes && pread(file, bytes, head->bytes, sizeof *head) == (ssize_t)head->bytes &&
        apart_sum((const unsigned char *)bytes, head->bytes) == head->sum)
        return bytes;
    free(bytes);
    return NULL;
}

// True: there is news of that rank.
static bool look_at(struct apart_view *view, int rank) {
    struct apart_image *const image = &view->images[rank];
    char path[sizeof view->path + 16];
    struct apart_head head;
    file_of(view, rank, path, sizeof path);
    const int file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    char *const bytes = read_new(file, image, &head);
    close(file);
    struct apart_account *const told = bytes ? zeroed(sizeof *told) : NULL;
    const bool good = told && unpack(told, bytes, head.bytes);
    free(bytes);
    if (!good) {
        if (told)
            munmap(told, sizeof *told);
        return false;
    }
    if (image->told)
        munmap(image->told, sizeof *image->told);
    image->told = told;
    image->sum = head.sum;
    return true;
}

// -- all of them together --------------------------------------------------------------------------------

static struct board_comm *comm_place_for(struct board *board, const struct board_comm *told) {
    for (int i = 0; i < BOARD_COMMS; i++) {
        struct board_comm *const c = &board->comms[i];
        if (c->id == told->id)
            return c;
        if (c->id)
            continue;
        *c = *told;
        // One of whom nothing is heard has freed it, and has been in all its collectives; or has not
        // made it yet, and nobody is accused.
        for (uint32_t m = 0; m < c->size && m < BOARD_RANKS; m++)
            c->begun[m] = UINT32_MAX;
        return c;
    }
    return NULL;
}

// What rank has to say of that communicator.
static void add_comm(struct apart_view *view, int rank, const struct board_comm *told) {
    struct board_comm *const c = comm_place_for(view->board, told);
    if (!c) {
        if (!told->left)
            view->board->slots[rank].lost = 1;
        return;
    }
    for (uint32_t m = 0; m < c->size && m < BOARD_RANKS; m++)
        if (c->members[m] == rank) {
            c->begun[m] = told->begun[m];
            memcpy(c->near[m], told->near[m], sizeof c->near[m]);
        }
    if (told->disordered)
        c->disordered = 1;
}

static void add_comms(struct apart_view *view, bool freed) {
    for (int r = 0; r < view->ranks; r++)
        for (int i = 0; view->images[r].told && i < BOARD_COMMS; i++) {
            const struct board_comm *const told = &view->images[r].told->comms[i];
            if (told->id && (told->left != 0) == freed)
                add_comm(view, r, told);
        }
}

static int window_place_for(struct board *board, const struct board_window *told) {
    for (int i = 0; i < BOARD_WINDOWS; i++) {
        if (board->windows[i].id == told->id)
            return i;
        if (board->windows[i].id)
            continue;
        board->windows[i] = *told;
        return i;
    }
    return -1;
}

// What each rank has open of each window. Each has numbered the windows for itself.
static void add_windows(struct apart_view *view) {
    struct board *const board = view->board;
    for (int i = 0; i < BOARD_WINDOWS; i++)
        board->windows[i].id = 0;
    for (int r = 0; r < view->ranks; r++) {
        struct board_epoch *const epochs = board->slots[r].epochs;
        const struct apart_account *const told = view->images[r].told;
        // Of one that a rank has freed all is over.
        memset(epochs, 0, sizeof board->slots[r].epochs);
        for (int i = 0; i < BOARD_WINDOWS; i++) {
            memset(epochs[i].posted, 0xff, sizeof epochs[i].posted);
            memset(epochs[i].completed, 0xff, sizeof epochs[i].completed);
        }
        for (int i = 0; told && i < BOARD_WINDOWS; i++) {
            const int place = told->windows[i].id ? window_place_for(board, &told->windows[i]) : -1;
            if (place >= 0)
                epochs[place] = told->slot.epochs[i];
        }
    }
}

// How many of the kind of this message its receiver has received.
static uint64_t received(const struct apart_view *view, int from, const struct board_message *m) {
    struct apart_account *const told =
        m->to >= 0 && m->to < view->ranks ? view->images[m->to].told : NULL;
    const struct apart_tally *const t =
        told ? apart_tally(told->apart.taken, from, m->tag, m->comm) : NULL;
    return t ? t->count : 0;
}

static void mark_received(struct apart_view *view, int from) {
    struct board_slot *const slot = &view->board->slots[from];
    const struct apart *const told = &view->images[from].told->apart;
    for (uint64_t i = slot->sent_head; i < slot->sent_tail && i - slot->sent_head < BOARD_SENT;
         i++) {
        struct board_message *const m = &slot->sent[board_place(i)];
        if (m->state == MESSAGE_FLYING && told->nth[i % BOARD_SENT] <= received(view, from, m))
            m->state = MESSAGE_TAKEN;
    }
}

static void put_together(struct apart_view *view) {
    struct board *const board = view->board;
    for (int i = 0; i < BOARD_COMMS; i++)
        board->comms[i].id = 0;
    for (int r = 0; r < view->ranks; r++) {
        const struct apart_account *const told = view->images[r].told;
        if (!told)
            continue;
        board->slots[r] = told->slot;
        board->slots[r].patience = told->apart.patient ? PATIENCE_ENOUGH : PATIENCE_NONE;
        if ((int)told->apart.world > view->world)
            view->world = (int)told->apart.world;
    }
    if (view->world > view->ranks)
        board->foreign = 1;
    add_comms(view, false);
    add_comms(view, true);
    add_windows(view);
    for (int r = 0; r < view->ranks; r++)
        if (view->images[r].told)
            mark_received(view, r);
}

bool apart_view_look(struct apart_view *view, bool last) {
    bool news = false;
    for (int r = 0; r < view->ranks; r++)
        news = look_at(view, r) || news;
    view->seen = view->seen || news;
    if (news || (last && view->seen)) {
        put_together(view);
        apart_compare(view, last);
    }
    return view->seen;
}

int apart_view_silent(const struct apart_view *view, bool ended) {
    for (int r = 0; view->seen && r < view->ranks && r < view->world; r++) {
        const struct apart_account *const told = view->images[r].told;
        if (!told || (ended && told->slot.state == STATE_RUNNING))
            return r;
    }
    return -1;
}
