// SPDX-License-Identifier: MIT-0

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;
import org.codehaus.mojo.animal_sniffer.logging.PrintWriterLogger;

/**
 * Prints what class files refer to and an Android version's public API does not have, one to a line.
 *
 * <p>Arguments: the signature file of that version, the packages that are no part of it ({@code org.example.*}, separated
 * by commas), the folders of the sources (separated as a class path), then the folders of class files.
 */
public final class ApiLevel {
    private ApiLevel() {}

    /** See the class. Ends with 0 whatever was found. */
    public static void main(String[] arguments) throws Exception {
        Set<String> ignored = new HashSet<>(Arrays.asList(arguments[1].split(",")));
        Logger log = new PrintWriterLogger(System.out);
        try (InputStream signatures = Files.newInputStream(Path.of(arguments[0]))) {
            SignatureChecker checker = new SignatureChecker(signatures, ignored, log);
            List<File> sources = new ArrayList<>();
            for (String folder : arguments[2].split(File.pathSeparator)) {
                sources.add(new File(folder));
            }
            checker.setSourcePath(sources);
            for (int i = 3; i < arguments.length; i++) {
                checker.process(Path.of(arguments[i]));
            }
        }
    }
}
