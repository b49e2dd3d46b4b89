// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What the model gave. The tensors are the caller's: the next run does not touch them. */
public final class Outputs {
    private final List<Tensor> tensors;

    Outputs(Tensor[] tensors) {
        this.tensors = Collections.unmodifiableList(Arrays.asList(tensors));
    }

    /** All of them, in the model's own order. */
    public List<Tensor> tensors() {
        return tensors;
    }

    /**
     * One of them.
     *
     * @throws IllegalArgumentException when the model has no output of that name
     */
    public Tensor tensor(String name) {
        for (Tensor tensor : tensors) {
            if (tensor.name().equals(name)) {
                return tensor;
            }
        }
        throw new IllegalArgumentException("the model has no output " + name);
    }
}
