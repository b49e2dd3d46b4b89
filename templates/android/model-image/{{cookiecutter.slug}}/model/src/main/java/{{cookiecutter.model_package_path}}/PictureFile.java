// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/**
 * Whether a JPEG or PNG file has its end.
 *
 * <p>Of a file that was cut off, in a download for one, the platform decodes what is there and
 * paints the rest gray, without a word. Pillow refuses it, and so does {@link Photos}. (Pillow does
 * not where only a PNG's empty last chunk is missing.)
 */
final class PictureFile {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int PNG_SIGNATURE_BYTES = 8;
    private static final int IEND = 0x49454E44;

    private PictureFile() {}

    /** False for a JPEG or PNG without its end; other formats are the decoder's to judge. */
    static boolean isWhole(byte[] file) {
        if (file.length > 2 && at(file, 0) == 0xFF && at(file, 1) == START_OF_IMAGE) {
            return isWholeJpeg(file);
        }
        boolean isPng = file.length > PNG_SIGNATURE_BYTES && int32(file, 0) == 0x89504E47;
        return !isPng || isWholePng(file);
    }

    /** Goes from marker to marker; what a camera appends after the end is not looked at. */
    private static boolean isWholeJpeg(byte[] file) {
        int at = 2;
        while (at + 3 < file.length) {
            int marker = at(file, at + 1);
            if (at(file, at) != 0xFF || marker == 0xFF) {
                at++;
            } else if (marker == END_OF_IMAGE) {
                return true;
            } else if (isAlone(marker)) {
                at += 2;
            } else {
                at += 2 + (at(file, at + 2) << 8 | at(file, at + 3));
                if (marker == START_OF_SCAN) {
                    at = endOfScan(file, at);
                }
            }
        }
        return at + 1 < file.length && at(file, at) == 0xFF && at(file, at + 1) == END_OF_IMAGE;
    }

    /** Where the first marker after the data of a scan is; in the data, FF is followed by 00. */
    private static int endOfScan(byte[] file, int start) {
        int at = start;
        while (at + 1 < file.length && (at(file, at) != 0xFF || isAlone(at(file, at + 1)))) {
            at++;
        }
        return at;
    }

    /** Whether a marker has no length after it: a stuffed zero, a restart or another FF. */
    private static boolean isAlone(int marker) {
        return marker <= 1 || (marker >= 0xD0 && marker < START_OF_IMAGE) || marker == 0xFF;
    }

    private static boolean isWholePng(byte[] file) {
        long at = PNG_SIGNATURE_BYTES;
        while (at + 8 <= file.length) {
            if (int32(file, (int) at + 4) == IEND) {
                return true;
            }
            // The length, the type, the data and its checksum.
            at += 12 + (int32(file, (int) at) & 0xFFFFFFFFL);
        }
        return false;
    }

    private static int int32(byte[] file, int at) {
        return at(file, at) << 24 | at(file, at + 1) << 16 | at(file, at + 2) << 8
                | at(file, at + 3);
    }

    private static int at(byte[] file, int index) {
        return file[index] & 0xFF;
    }
}
