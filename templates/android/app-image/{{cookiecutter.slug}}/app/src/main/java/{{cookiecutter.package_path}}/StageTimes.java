// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import {{ cookiecutter.model_package }}.Timings;

/** How long each stage of one answer took, in milliseconds. */
final class StageTimes {
    /**
     * From the photo's bytes to pixels; 0 for a frame of the camera, which is made of pixels
     * already.
     */
    final double decode;

    final double preprocess;
    final double forward;
    final double postprocess;

    StageTimes(double decode, Timings model) {
        this.decode = decode;
        this.preprocess = model.preprocessMillis();
        this.forward = model.forwardMillis();
        this.postprocess = model.postprocessMillis();
    }

    /** All that is between pixels and labels. */
    double afterDecoding() {
        return preprocess + forward + postprocess;
    }
}
