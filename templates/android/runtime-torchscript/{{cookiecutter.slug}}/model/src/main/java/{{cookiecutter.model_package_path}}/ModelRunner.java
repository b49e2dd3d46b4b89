// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import {{ cookiecutter.model_package }}.ModelException.Reason;
import java.io.File;
import java.nio.ByteBuffer;
import org.pytorch.IValue;
import org.pytorch.LiteModuleLoader;
import org.pytorch.Module;

/** The model, run by the lite interpreter of PyTorch Mobile. Not thread-safe. */
final class ModelRunner {
    private final Module module;

    private ModelRunner(Module module) {
        this.module = module;
    }

    static ModelRunner load(File model) throws ModelException {
        try {
            return new ModelRunner(LiteModuleLoader.load(model.getPath()));
        } catch (LinkageError error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "the app holds no PyTorch for this device's processor. Look at abiFilters",
                    error);
        } catch (RuntimeException error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "PyTorch cannot load the model: " + error.getMessage(),
                    error);
        }
    }

    /** Inputs and outputs are in the model's own order. */
    Tensor[] run(Tensor[] inputs) throws ModelException {
        IValue[] values = new IValue[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = IValue.from(toRuntime(inputs[i]));
        }
        org.pytorch.Tensor[] results;
        try {
            results = flat(module.forward(values));
        } catch (RuntimeException error) {
            throw new ModelException(
                    Reason.FAILED, "the inference failed: " + error.getMessage(), error);
        }
        Tensor[] outputs = new Tensor[ModelSpec.OUTPUTS.size()];
        if (results.length != outputs.length) {
            throw new ModelException(
                    Reason.FAILED, "the model gives " + results.length + " outputs", null);
        }
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = fromRuntime(ModelSpec.OUTPUTS.get(i), results[i]);
        }
        return outputs;
    }

    /** One tensor, a tuple or a list of them: forward() may return each. */
    private static org.pytorch.Tensor[] flat(IValue result) {
        if (result.isTensor()) {
            return new org.pytorch.Tensor[] {result.toTensor()};
        }
        if (result.isTensorList()) {
            return result.toTensorList();
        }
        IValue[] items = result.toTuple();
        org.pytorch.Tensor[] tensors = new org.pytorch.Tensor[items.length];
        for (int i = 0; i < items.length; i++) {
            tensors[i] = items[i].toTensor();
        }
        return tensors;
    }

    /** The same memory, seen by the runtime. */
    private static org.pytorch.Tensor toRuntime(Tensor tensor) {
        ByteBuffer buffer = tensor.buffer();
        long[] shape = tensor.shape();
        switch (tensor.dtype()) {
            case FLOAT32:
                return org.pytorch.Tensor.fromBlob(buffer.asFloatBuffer(), shape);
            case FLOAT64:
                return org.pytorch.Tensor.fromBlob(buffer.asDoubleBuffer(), shape);
            case INT64:
                return org.pytorch.Tensor.fromBlob(buffer.asLongBuffer(), shape);
            case INT32:
                return org.pytorch.Tensor.fromBlob(buffer.asIntBuffer(), shape);
            case INT8:
                return org.pytorch.Tensor.fromBlob(buffer, shape);
            case UINT8:
                return org.pytorch.Tensor.fromBlobUnsigned(buffer, shape);
            default:
                throw new IllegalArgumentException("PyTorch takes no " + tensor + " from Java");
        }
    }

    /** A copy: the runtime's own memory is freed with its tensor. */
    private static Tensor fromRuntime(TensorInfo info, org.pytorch.Tensor result) {
        Tensor tensor = Tensor.output(info.name(), info.dtype(), result.shape());
        ByteBuffer buffer = tensor.buffer();
        switch (info.dtype()) {
            case FLOAT32:
                buffer.asFloatBuffer().put(result.getDataAsFloatArray());
                break;
            case FLOAT64:
                buffer.asDoubleBuffer().put(result.getDataAsDoubleArray());
                break;
            case INT64:
                buffer.asLongBuffer().put(result.getDataAsLongArray());
                break;
            case INT32:
                buffer.asIntBuffer().put(result.getDataAsIntArray());
                break;
            case INT8:
                tensor.bytes().put(result.getDataAsByteArray());
                break;
            case UINT8:
                tensor.bytes().put(result.getDataAsUnsignedByteArray());
                break;
            default:
                throw new IllegalArgumentException("PyTorch gives Java no " + tensor);
        }
        return tensor;
    }

    void close() {
        module.destroy();
    }
}
