// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The model is copied out once, whole or not at all, and nothing but that model. */
public final class ModelFileTest {
    @Rule public final TemporaryFolder temporary = new TemporaryFolder();

    private File folder;
    private byte[] model;

    @Before
    public void readModel() throws IOException {
        folder = new File(temporary.getRoot(), "models");
        model = Files.readAllBytes(new File(Goldens.generated(), ModelSpec.MODEL_FILE).toPath());
    }

    private File install(byte[] asset) throws ModelException {
        return ModelFile.install(folder, () -> new ByteArrayInputStream(asset));
    }

    private void assertRefused(ModelException.Reason reason, byte[] asset) {
        ModelException error = assertThrows(ModelException.class, () -> install(asset));
        assertEquals(reason, error.reason());
        assertArrayEquals("something was left behind", new String[] {"lock"}, folder.list());
    }

    @Test
    public void generatedModelIsTheOneOfModelSpec() throws Exception {
        assertArrayEquals(model, Files.readAllBytes(install(model).toPath()));
    }

    @Test
    public void secondTimeTheAssetIsNotOpened() throws Exception {
        File first = install(model);
        File second =
                ModelFile.install(
                        folder,
                        () -> {
                            throw new AssertionError("the asset was opened again");
                        });
        assertEquals(first, second);
    }

    @Test
    public void missingAssetKeepsItsCause() {
        FileNotFoundException missing = new FileNotFoundException(ModelSpec.MODEL_FILE);
        ModelException error =
                assertThrows(
                        ModelException.class,
                        () ->
                                ModelFile.install(
                                        folder,
                                        () -> {
                                            throw missing;
                                        }));
        assertEquals(ModelException.Reason.MISSING, error.reason());
        assertEquals(missing, error.getCause());
    }

    @Test
    public void truncatedAssetIsRefused() {
        assertRefused(ModelException.Reason.TRUNCATED, Arrays.copyOf(model, model.length / 2));
        assertRefused(ModelException.Reason.TRUNCATED, new byte[0]);
    }

    @Test
    public void assetOfAnotherModelIsRefused() {
        byte[] other = model.clone();
        other[other.length / 2] ^= 1;
        assertRefused(ModelException.Reason.FOREIGN, other);
        assertRefused(ModelException.Reason.FOREIGN, Arrays.copyOf(model, model.length + 1));
    }

    @Test
    public void damagedCopyIsMadeAnew() throws Exception {
        File copy = install(model);
        byte[] damaged = model.clone();
        damaged[0] ^= 1;
        Files.write(copy.toPath(), damaged);
        assertArrayEquals(model, Files.readAllBytes(install(model).toPath()));
        Files.write(copy.toPath(), Arrays.copyOf(model, 10));
        assertArrayEquals(model, Files.readAllBytes(install(model).toPath()));
    }

    @Test
    public void whatOtherVersionsLeftIsRemoved() throws Exception {
        assertTrue(folder.mkdirs());
        File old = new File(folder, "0123456789abcdef-" + ModelSpec.MODEL_FILE);
        File half = new File(folder, "copy");
        Files.write(old.toPath(), new byte[] {1});
        Files.write(half.toPath(), new byte[] {2});
        install(model);
        assertFalse(old.exists());
        assertFalse(half.exists());
    }

    @Test
    public void folderThatCannotBeMadeIsSaid() throws Exception {
        Files.write(folder.toPath(), new byte[] {1});
        ModelException error = assertThrows(ModelException.class, () -> install(model));
        assertEquals(ModelException.Reason.STORAGE, error.reason());
    }
}
