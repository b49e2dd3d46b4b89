// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

/** How long each stage of one run took, in milliseconds. */
final class StageTimes {
    /** From the files to the input tensors. */
    final double read;

    /** The model itself. */
    final double forward;

    StageTimes(long readNanos, long forwardNanos) {
        read = readNanos / 1e6;
        forward = forwardNanos / 1e6;
    }
}
