// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.Test;

/** A picture that was cut off is known as one, wherever it was cut. */
public final class PictureFileTest {
    private static File[] pictures() {
        return new File(Goldens.generated(), "goldens")
                .listFiles((folder, name) -> name.endsWith(".jpg") || name.endsWith(".png"));
    }

    @Test
    public void everyGoldenPictureIsWhole() throws IOException {
        assertTrue(pictures().length > 0);
        for (File picture : pictures()) {
            byte[] file = Files.readAllBytes(picture.toPath());
            assertTrue(picture.getName(), PictureFile.isWhole(file));
            // Cameras append what they like.
            byte[] longer = Arrays.copyOf(file, file.length + 100);
            Arrays.fill(longer, file.length, longer.length, (byte) 0xFF);
            assertTrue(picture.getName(), PictureFile.isWhole(longer));
        }
    }

    @Test
    public void cutOffAnywhereItIsNot() throws IOException {
        for (File picture : pictures()) {
            byte[] file = Files.readAllBytes(picture.toPath());
            // The end is two bytes of a JPEG; the last twelve of a PNG can be guessed.
            int end = picture.getName().endsWith(".png") ? 12 : 1;
            for (int length = 9; length <= file.length - end; length += 1 + length / 20) {
                byte[] cut = Arrays.copyOf(file, length);
                assertFalse(picture.getName() + " of " + length, PictureFile.isWhole(cut));
            }
        }
    }

    @Test
    public void otherFormatsAreTheDecodersToJudge() {
        assertEquals(true, PictureFile.isWhole(new byte[0]));
        assertEquals(true, PictureFile.isWhole(new byte[] {'G', 'I', 'F', '8', '9', 'a', 0, 0, 0}));
    }
}
