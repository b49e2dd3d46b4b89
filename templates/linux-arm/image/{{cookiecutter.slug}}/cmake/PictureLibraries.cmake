# SPDX-License-Identifier: MIT-0
# Which libjpeg, libpng and zlib decode/ is linked with: the static ones where they are installed, so that the program
# runs on a board that has none, or others. Choose differently with -D JPEG_LIBRARY=..., PNG_LIBRARY, ZLIB_LIBRARY.
find_library(JPEG_LIBRARY NAMES libjpeg.a jpeg)
find_library(PNG_LIBRARY NAMES libpng16.a libpng.a png16 png)
find_library(ZLIB_LIBRARY NAMES libz.a z)
mark_as_advanced(JPEG_LIBRARY PNG_LIBRARY ZLIB_LIBRARY)
