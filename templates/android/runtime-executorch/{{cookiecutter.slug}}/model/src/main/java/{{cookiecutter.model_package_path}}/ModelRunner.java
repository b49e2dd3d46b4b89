// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import {{ cookiecutter.model_package }}.ModelException.Reason;
import java.io.File;
import java.nio.ByteBuffer;
import org.pytorch.executorch.EValue;
import org.pytorch.executorch.Module;

/** The model, run by ExecuTorch with its XNNPACK backend. Not thread-safe. */
final class ModelRunner {
    private final Module module;

    private ModelRunner(Module module) {
        this.module = module;
    }

    static ModelRunner load(File model) throws ModelException {
        try {
            // Mapped: the system loads and drops its pages as they are needed.
            return new ModelRunner(Module.load(model.getPath(), Module.LOAD_MODE_MMAP));
        } catch (LinkageError error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "the app holds no ExecuTorch for this device's processor. Look at abiFilters",
                    error);
        } catch (RuntimeException error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "ExecuTorch cannot load the model: " + error.getMessage(),
                    error);
        }
    }

    /** Inputs and outputs are in the model's own order. */
    Tensor[] run(Tensor[] inputs) throws ModelException {
        EValue[] values = new EValue[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = EValue.from(toRuntime(inputs[i]));
        }
        EValue[] results;
        try {
            results = module.forward(values);
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
            outputs[i] = fromRuntime(ModelSpec.OUTPUTS.get(i), results[i].toTensor());
        }
        return outputs;
    }

    /** The same memory, seen by the runtime. */
    private static org.pytorch.executorch.Tensor toRuntime(Tensor tensor) {
        ByteBuffer buffer = tensor.buffer();
        long[] shape = tensor.shape();
        switch (tensor.dtype()) {
            case FLOAT32:
                return org.pytorch.executorch.Tensor.fromBlob(buffer.asFloatBuffer(), shape);
            case FLOAT16:
                return org.pytorch.executorch.Tensor.fromBlob(buffer.asShortBuffer(), shape);
            case FLOAT64:
                return org.pytorch.executorch.Tensor.fromBlob(buffer.asDoubleBuffer(), shape);
            case INT64:
                return org.pytorch.executorch.Tensor.fromBlob(buffer.asLongBuffer(), shape);
            case INT32:
                return org.pytorch.executorch.Tensor.fromBlob(buffer.asIntBuffer(), shape);
            case INT8:
                return org.pytorch.executorch.Tensor.fromBlob(buffer, shape);
            case UINT8:
                return org.pytorch.executorch.Tensor.fromBlobUnsigned(buffer, shape);
            default:
                throw new IllegalArgumentException("ExecuTorch takes no " + tensor + " from Java");
        }
    }

    /** A copy: the runtime's own memory is used again by the next run. */
    private static Tensor fromRuntime(TensorInfo info, org.pytorch.executorch.Tensor result) {
        Tensor tensor = Tensor.output(info.name(), info.dtype(), result.shape());
        ByteBuffer buffer = tensor.buffer();
        switch (info.dtype()) {
            case FLOAT32:
                buffer.asFloatBuffer().put(result.getDataAsFloatArray());
                break;
            case FLOAT16:
                buffer.asShortBuffer().put(result.getDataAsShortArray());
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
                throw new IllegalArgumentException("ExecuTorch gives Java no " + tensor);
        }
        return tensor;
    }

    void close() {
        module.destroy();
    }
}
