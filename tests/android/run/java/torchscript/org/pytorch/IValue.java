package org.pytorch;

/** A value that goes into or comes out of a module: a tensor, or what a module returns several in. */
public class IValue {
    private final Object value;

    private IValue(Object value) {
        this.value = value;
    }

    public static IValue from(Tensor tensor) {
        return new IValue(tensor);
    }

    public static IValue tupleFrom(IValue... array) {
        return new IValue(array);
    }

    public static IValue listFrom(Tensor... list) {
        return new IValue(list);
    }

    public boolean isTensor() {
        return value instanceof Tensor;
    }

    public boolean isTuple() {
        return value instanceof IValue[];
    }

    public boolean isTensorList() {
        return value instanceof Tensor[];
    }

    public Tensor toTensor() {
        return (Tensor) wanted(isTensor());
    }

    public IValue[] toTuple() {
        return (IValue[]) wanted(isTuple());
    }

    public Tensor[] toTensorList() {
        return (Tensor[]) wanted(isTensorList());
    }

    private Object wanted(boolean right) {
        if (!right) {
            throw new IllegalStateException("Expected another IValue type than " + value.getClass());
        }
        return value;
    }
}
