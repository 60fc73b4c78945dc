// SPDX-License-Identifier: MIT
// picture.c: pixels, colours, and PNG by libpng where the machine has it.

#include "picture.h"

#include "file.h"
#include "kit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool picture_size(struct picture *picture, int width, int height) {
    if (width < 1 || height < 1)
        return refuse("There is nothing to draw: the picture would be %d x %d pixels.", width,
                      height);
    picture->rgb = calloc((size_t)width * (size_t)height, 3);
    if (!picture->rgb)
        return refuse("No memory for a picture of %d x %d pixels; make the problem smaller.", width,
                      height);
    picture->width = width;
    picture->height = height;
    return true;
}

void picture_set(struct picture *picture, int x, int y, const uint8_t rgb[3]) {
    memcpy(picture->rgb + 3 * ((size_t)y * (size_t)picture->width + (size_t)x), rgb, 3);
}

void picture_ramp(double t, uint8_t rgb[3]) {
    // Corner colours of a ramp whose lightness grows evenly; between them straight lines.
    static const double corner[6][3] = {{28, 16, 68},   {44, 62, 140},  {28, 118, 150},
                                        {52, 168, 120}, {160, 212, 76}, {252, 240, 120}};
    t = t > 0 ? (t < 1 ? t : 1) : 0; // not a number: 0
    int left = t < 1 ? (int)(t * 5) : 4;
    double part = t * 5 - left;
    for (int c = 0; c < 3; c++)
        rgb[c] = (uint8_t)(corner[left][c] * (1 - part) + corner[left + 1][c] * part + 0.5);
}

void picture_free(struct picture *picture) {
    free(picture->rgb);
    *picture = (struct picture){0};
}

#ifdef HAVE_PNG
#include <png.h>

bool picture_write(const struct picture *picture, const char *path) {
    struct part part;
    if (!part_open(&part, path))
        return false;
    png_image image = {.version = PNG_IMAGE_VERSION, .format = PNG_FORMAT_RGB};
    image.width = (png_uint_32)picture->width;
    image.height = (png_uint_32)picture->height;
    errno = 0;
    if (!png_image_write_to_stdio(&image, part.file, 0, picture->rgb, 0, NULL)) {
        part_drop(&part);
        return refuse("Could not write the picture %s: %s.", path,
                      errno ? strerror(errno) : image.message);
    }
    return part_close(&part);
}
#else
bool picture_write(const struct picture *picture, const char *path) {
    (void)picture;
    say("%s is not drawn: the kit was built without libpng. Install libpng-dev and build again.",
        path);
    return true;
}
#endif
