// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

/** What an input or an output of the model is called and looks like. Immutable. */
public final class TensorInfo {
    private final String name;
    private final DType dtype;
    private final long[] shape;
    private final boolean[] dynamic;

    TensorInfo(String name, DType dtype, long... shape) {
        this(name, dtype, shape, new boolean[shape.length]);
    }

    private TensorInfo(String name, DType dtype, long[] shape, boolean[] dynamic) {
        this.name = name;
        this.dtype = dtype;
        this.shape = shape;
        this.dynamic = dynamic;
    }

    /** The same with an axis, counted from 0, that may have any size. */
    TensorInfo withDynamicAxis(int axis) {
        boolean[] more = dynamic.clone();
        more[axis] = true;
        return new TensorInfo(name, dtype, shape, more);
    }

    /** The name it had in Python. */
    public String name() {
        return name;
    }

    /** What its numbers are. */
    public DType dtype() {
        return dtype;
    }

    /** The sizes of its axes, in a new array; those of dynamic axes as the model was made with. */
    public long[] shape() {
        return shape.clone();
    }

    /** Whether a tensor of that dtype and shape can stand here. */
    boolean fits(DType otherDtype, long[] otherShape) {
        if (otherDtype != dtype || otherShape.length != shape.length) {
            return false;
        }
        for (int axis = 0; axis < shape.length; axis++) {
            if (otherShape[axis] != shape[axis] && !(dynamic[axis] && otherShape[axis] > 0)) {
                return false;
            }
        }
        return true;
    }

    /** As {@code "1x3x224x224 float32"}; a question mark for an axis of any size. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : "x");
            if (dynamic[axis]) {
                text.append('?');
            } else {
                text.append(shape[axis]);
            }
        }
        return (shape.length == 0 ? "scalar" : text) + " " + dtype;
    }
}
