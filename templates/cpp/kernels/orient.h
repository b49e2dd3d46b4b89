// SPDX-License-Identifier: MIT-0
// EXIF orientation: how the camera was held, undone.
#pragma once

#include "kernels/image.h"

namespace edgegen {

/// Turns and mirrors a picture as Pillow's ImageOps.exif_transpose does. `exif_orientation` is tag 0x0112:
///
///     1 as it is        2 mirrored left-right   3 turned by 180°   4 mirrored top-bottom
///     5 transposed      6 turned by 90°         7 transverse       8 turned by 270°       (clockwise, to be upright)
///
/// Any other number is taken as 1, as Pillow takes it. 5 to 8 exchange width and height.
Image orient(ImageView image, int exif_orientation);

}  // namespace edgegen
