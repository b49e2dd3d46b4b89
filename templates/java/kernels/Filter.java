// SPDX-License-Identifier: MIT-0
package edgegen.kernels;

/** How a resize weighs the pixels that it merges, by Pillow's names. All but NEAREST antialias. */
public enum Filter {
    NEAREST,
    BOX,
    BILINEAR,
    HAMMING,
    BICUBIC,
    LANCZOS
}
