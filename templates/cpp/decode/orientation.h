// SPDX-License-Identifier: MIT-0
// How the camera was held, as the file says it: EXIF tag 0x0112, else XMP's tiff:Orientation. Private to decode/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "decode/bytes.h"

namespace edgegen::decode {

/// What a picture file carries that may tell its orientation, in the order in which Pillow's Image.getexif looks.
struct OrientationSources {
    std::optional<std::vector<std::uint8_t>> exif;  ///< JPEG's APP1 blocks joined, PNG's eXIf; "Exif\0\0" leads
    std::optional<std::string> raw_profile;         ///< PNG text "Raw profile type exif": three lines, then hex digits
    std::string xmp_text;                           ///< PNG text "XML:com.adobe.xmp" that is valid UTF-8
    std::string xmp;                                ///< XMP as bytes: JPEG's APP1, or PNG's iTXt whatever its encoding
};

/// What one EXIF block says.
struct ExifOrientation {
    bool readable = true;  ///< false: no TIFF header, where Pillow raises
    bool has_tag = false;  ///< then XMP is not looked at, whatever the value
    int value = 1;         ///< 1 when the value is no number from 1 to 8
};

/// `block` as Pillow's Exif.load takes it: a TIFF file, after at most two "Exif\0\0". Never reads outside `block`.
ExifOrientation exif_orientation(Bytes block);

/// The digit after the first `tiff:Orientation="` or `tiff:Orientation>` that is followed by one.
std::optional<int> xmp_orientation(const std::string& xmp);

/// The orientation, 1 to 8. With `forgive_bad_exif` an EXIF block that is no TIFF counts as one without the tag and XMP
/// is not asked either (what Pillow does with most JPEGs); otherwise it is a DecodeError, as in Pillow.
int find_orientation(const OrientationSources& sources, bool forgive_bad_exif);

}  // namespace edgegen::decode
