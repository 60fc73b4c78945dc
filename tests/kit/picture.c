// SPDX-License-Identifier: MIT
// Tests of common/kit/picture.c.

#include "picture.h"
#include "files.h"
#include "kit.h"
#include "runner.h"
#include "say.h"

#include <math.h>

static void a_new_picture_is_black(void) {
    struct picture picture;
    CU_ASSERT_FATAL(picture_size(&picture, 7, 3));
    CU_ASSERT_EQUAL(picture.width, 7);
    CU_ASSERT_EQUAL(picture.height, 3);
    for (int i = 0; i < 7 * 3 * 3; i++)
        CU_ASSERT_EQUAL(picture.rgb[i], 0);
    picture_free(&picture);
    CU_ASSERT_PTR_NULL(picture.rgb);
}

static void pixels_are_counted_from_the_top_left_row_by_row(void) {
    struct picture picture;
    static const uint8_t rgb[3] = {1, 2, 3};
    CU_ASSERT_FATAL(picture_size(&picture, 7, 3));
    picture_set(&picture, 2, 1, rgb);
    picture_set(&picture, 6, 2, rgb);
    for (int i = 0; i < 7 * 3; i++) {
        const bool set = i == 9 || i == 20;
        for (int j = 0; j < 3; j++)
            CU_ASSERT_EQUAL(picture.rgb[3 * i + j], set ? j + 1 : 0);
    }
    picture_free(&picture);
}

static void nothing_to_draw_and_too_much_are_refused(void) {
    struct picture picture;
    static const int sizes[][2] = {{0, 5}, {5, 0}, {-1, 5}, {2147483647, 2147483647}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        words_clear();
        CU_ASSERT(!picture_size(&picture, sizes[i][0], sizes[i][1]));
        CU_ASSERT_PTR_NOT_NULL(refusal());
    }
}

static int lightness(double t) {
    uint8_t rgb[3];
    picture_ramp(t, rgb);
    return 30 * rgb[0] + 59 * rgb[1] + 11 * rgb[2];
}

static void the_ramp_grows_lighter_and_is_bounded(void) {
    for (int i = 0; i < 100; i++)
        CU_ASSERT(lightness((i + 1) / 100.0) >= lightness(i / 100.0));
    CU_ASSERT(lightness(1) - lightness(0) > 100 * 100);
    CU_ASSERT_EQUAL(lightness(-3), lightness(0));
    CU_ASSERT_EQUAL(lightness(7), lightness(1));
    CU_ASSERT_EQUAL(lightness(NAN), lightness(0));
    CU_ASSERT_EQUAL(lightness(INFINITY), lightness(1));
}

static void a_picture_is_written_as_png_or_said_not_to_be_drawn(void) {
    struct picture picture;
    uint8_t bytes[64] = {0};
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(picture_size(&picture, 300, 2));
    words_clear();
    CU_ASSERT(picture_write(&picture, files_path("p.png")));
    CU_ASSERT_PTR_NULL(refusal());
    FILE *file = fopen(files_path("p.png"), "r");
    if (file) { // without libpng there is none, and say() told so
        CU_ASSERT(fread(bytes, 1, sizeof bytes, file) > 32);
        fclose(file);
        CU_ASSERT_EQUAL(memcmp(bytes, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\54\0\0\0\2\10\2", 26),
                        0);
    }
    CU_ASSERT_EQUAL(files_count(), file ? 1 : 0);
    picture_free(&picture);
    files_end();
}

static void a_place_that_cannot_be_written_is_named(void) {
    struct picture picture;
    CU_ASSERT_FATAL(files_begin());
    CU_ASSERT_FATAL(picture_size(&picture, 3, 2));
    words_clear();
    if (!picture_write(&picture, files_path("no/such/p.png"))) {
        CU_ASSERT_PTR_NOT_NULL_FATAL(refusal());
        CU_ASSERT_PTR_NOT_NULL(strstr(refusal(), "no/such/p.png"));
    }
    CU_ASSERT_EQUAL(files_count(), 0);
    picture_free(&picture);
    files_end();
}

static const struct test tests[] = {TEST(a_new_picture_is_black),
                                    TEST(pixels_are_counted_from_the_top_left_row_by_row),
                                    TEST(nothing_to_draw_and_too_much_are_refused),
                                    TEST(the_ramp_grows_lighter_and_is_bounded),
                                    TEST(a_picture_is_written_as_png_or_said_not_to_be_drawn),
                                    TEST(a_place_that_cannot_be_written_is_named),
                                    {0}};

int main(void) {
    return run_tests("picture", tests, MPI_COMM_NULL);
}
