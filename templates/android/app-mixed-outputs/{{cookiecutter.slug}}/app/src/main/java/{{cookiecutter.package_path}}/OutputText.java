// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.package }};

import android.content.res.Resources;
import {{ cookiecutter.model_package }}.Tensor;
import java.util.Arrays;
import java.util.List;

/** One output of the model, ready for the screen. Immutable. */
interface OutputText {
    /** The outputs that are scores of classes. */
    List<String> SCORES = Arrays.asList({{ cookiecutter.ranked_outputs }});

    /** Looks at every number, so not on the main thread. */
    static OutputText of(Tensor tensor) {
        boolean scores = SCORES.contains(tensor.name());
        return scores ? new RankingText(tensor) : new ValuesText(tensor);
    }

    /** The output itself. */
    Tensor tensor();

    /** What the screen says of it. On the main thread. */
    String words(Resources resources);
}
