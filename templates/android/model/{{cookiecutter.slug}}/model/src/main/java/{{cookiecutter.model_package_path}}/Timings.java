// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** How long the stages of one inference took, in milliseconds of wall-clock time. Immutable. */
public final class Timings {
    private static final double NANOS_A_MILLI = 1e6;

    /** Before the first inference. */
    static final Timings NONE = new Timings(0, 0, 0);

    private final long preprocess;
    private final long forward;
    private final long postprocess;

    Timings(long preprocessNanos, long forwardNanos, long postprocessNanos) {
        this.preprocess = preprocessNanos;
        this.forward = forwardNanos;
        this.postprocess = postprocessNanos;
    }

    /** From pixels to the input tensor. */
    public double preprocessMillis() {
        return preprocess / NANOS_A_MILLI;
    }

    /** The model itself. */
    public double forwardMillis() {
        return forward / NANOS_A_MILLI;
    }

    /** From the output tensor to the answer. */
    public double postprocessMillis() {
        return postprocess / NANOS_A_MILLI;
    }
}
