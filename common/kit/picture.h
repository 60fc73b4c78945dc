// SPDX-License-Identifier: MIT
//
// picture.h: an RGB picture that a lab draws and the kit writes as PNG (with libpng; without it
// the run says that it draws none).

#ifndef TWOFOLD_PICTURE_H
#define TWOFOLD_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

struct picture {
    int width, height; // pixels
    uint8_t *rgb;      // 3 bytes a pixel, row by row from the top
};

// Gives the picture its size; all pixels black. No memory: refuse()s, false.
bool picture_size(struct picture *picture, int width, int height);
// Sets the pixel in column x of row y, counted from the top left.
void picture_set(struct picture *picture, int x, int y, const uint8_t rgb[3]);
// A colour for t in [0, 1]: dark blue, over green, to yellow; even steps of t look even.
void picture_ramp(double t, uint8_t rgb[3]);
// Writes PATH whole or not at all. False and a refuse() when it cannot.
bool picture_write(const struct picture *picture, const char *path);
void picture_free(struct picture *picture);

#endif
