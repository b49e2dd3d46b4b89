// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.Tensor;

/** One output of the model, ready for the screen. Immutable. */
interface OutputText {
    /** Looks at every number, so not on the main thread. */
    static OutputText of(Tensor tensor) {
        return new RankingText(tensor);
    }

    /** The output itself. */
    Tensor tensor();

    /** What the screen says of it. On the main thread. */
    String words(Resources resources);
}
