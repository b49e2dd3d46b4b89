// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import {{ cookiecutter.model_package }}.ModelException.Reason;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The model as a file: the runtime reads no assets.
 *
 * <p>The asset is copied out once. The copy's name holds the hash of its content, so that an update
 * of the app never meets the model of the version before; it gets that name only when all of it is
 * on the disk, so that a battery that dies leaves nothing half-written behind that name. The
 * content is looked at again each time the model is loaded: the runtimes trust a file whose
 * structure looks right and crash, or answer nonsense, where the rest is damaged.
 */
final class ModelFile {
    /** Where the model comes from. */
    interface Source {
        InputStream open() throws IOException;
    }

    private static final Object LOCK = new Object();
    private static final int CHUNK_BYTES = 1 << 16;

    private ModelFile() {}

    /**
     * The model's file in {@code folder}, made from {@code source} unless it is there.
     *
     * @param folder for this model alone: whatever else is in it is deleted
     */
    static File install(File folder, Source source) throws ModelException {
        // The lock on the file keeps out other processes of the app, and only those.
        synchronized (LOCK) {
            if (!folder.isDirectory() && !folder.mkdirs() && !folder.isDirectory()) {
                throw storage(folder, null);
            }
            // Closing the file unlocks it.
            try (RandomAccessFile gate = new RandomAccessFile(new File(folder, "lock"), "rw")) {
                gate.getChannel().lock();
                return installLocked(folder, source);
            } catch (IOException error) {
                throw storage(folder, error);
            }
        }
    }

    private static File installLocked(File folder, Source source)
            throws ModelException, IOException {
        String hash = ModelSpec.MODEL_SHA256;
        File model = new File(folder, hash.substring(0, 16) + "-" + ModelSpec.MODEL_FILE);
        deleteOthers(folder, model);
        if (model.length() == ModelSpec.MODEL_BYTES && hash.equals(hashOf(model))) {
            return model;
        }
        File copy = new File(folder, "copy");
        try {
            copyOut(source, copy);
            if (!copy.renameTo(model)) {
                throw storage(model, null);
            }
        } finally {
            // Gone after a success; after a failure it would only fill the disk.
            copy.delete();
        }
        return model;
    }

    /** What earlier versions of the app and interrupted copies left. */
    private static void deleteOthers(File folder, File model) throws IOException {
        File[] files = folder.listFiles();
        if (files == null) {
            throw new IOException(folder + " cannot be listed");
        }
        for (File file : files) {
            boolean stays = file.equals(model) || file.getName().equals("lock");
            if (!stays && !file.delete()) {
                throw new IOException(file + " cannot be deleted");
            }
        }
    }

    private static String hashOf(File file) throws IOException {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = new FileInputStream(file)) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
            }
        }
        return hex(digest.digest());
    }

    private static void copyOut(Source source, File copy) throws ModelException, IOException {
        MessageDigest digest = sha256();
        long total = 0;
        try (InputStream in = open(source);
                FileOutputStream out = new FileOutputStream(copy)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                digest.update(chunk, 0, count);
                out.write(chunk, 0, count);
                total += count;
            }
            out.getFD().sync();
        }
        if (total < ModelSpec.MODEL_BYTES) {
            throw new ModelException(
                    Reason.TRUNCATED,
                    asset() + " has " + total + " bytes, the model "
                            + ModelSpec.MODEL_BYTES + ". Run \"edgegen export\" and build again",
                    null);
        }
        if (!ModelSpec.MODEL_SHA256.equals(hex(digest.digest()))) {
            throw new ModelException(
                    Reason.FOREIGN,
                    asset() + " is not the model that ModelSpec was generated for. Run"
                            + " \"edgegen export\" and build again",
                    null);
        }
    }

    private static InputStream open(Source source) throws ModelException {
        try {
            return source.open();
        } catch (IOException error) {
            throw new ModelException(
                    Reason.MISSING,
                    asset() + " is not in the app. Run \"edgegen export\" and build again",
                    error);
        }
    }

    private static String asset() {
        return "the asset " + ModelSpec.MODEL_FILE;
    }

    private static ModelException storage(File file, @Nullable Throwable cause) {
        return new ModelException(
                Reason.STORAGE,
                "the model cannot be copied to " + file
                        + (cause == null ? "" : ": " + cause.getMessage())
                        + ". Free some space on the device",
                cause);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 * bytes.length);
        for (byte value : bytes) {
            text.append(Character.forDigit((value >> 4) & 15, 16));
            text.append(Character.forDigit(value & 15, 16));
        }
        return text.toString();
    }
}
