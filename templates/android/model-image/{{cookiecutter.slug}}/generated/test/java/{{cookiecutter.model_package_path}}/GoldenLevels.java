// SPDX-License-Identifier: MIT-0
// Generated from edgegen.toml; "edgegen export" rewrites this file.
package {{ cookiecutter.model_package }};

import java.util.LinkedHashMap;
import java.util.Map;

/** A checksum of each table of levels: the golden pictures need not have a pixel of each level. */
final class GoldenLevels {
    private GoldenLevels() {}

    /** The tables, by the name of their input. */
    static Map<String, Object[]> tables() {
        Map<String, Object[]> tables = new LinkedHashMap<>();
{{ cookiecutter.golden_tables }}
        return tables;
    }

    /** The CRC-32 of the bit patterns, each in four bytes, little endian, as Python computed it. */
    static Map<String, Long> checksums() {
        Map<String, Long> checksums = new LinkedHashMap<>();
{{ cookiecutter.golden_checksums }}
        return checksums;
    }
}
