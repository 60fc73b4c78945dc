// SPDX-License-Identifier: MIT
//
// stage.h: directories that the box's user could not get to, brought to where he can.

#ifndef TWOFOLD_STAGE_H
#define TWOFOLD_STAGE_H

#include "box.h"
#include <stdbool.h>

// Shows what is in box->see and box->dir a second time below a directory that everybody can enter,
// in mounts that only this process and its children see, and changes box->see and box->from to that
// (root's own home, for one, is closed to all others). Only root can. False: errno says why not.
bool stage_make(struct box *box);

#endif
