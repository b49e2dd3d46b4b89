// SPDX-License-Identifier: MIT-0
package {{ cookiecutter.model_package }};

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import android.system.Os;
import {{ cookiecutter.model_package }}.ModelException.Reason;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The model, run by ONNX Runtime on the CPU. Not thread-safe. */
final class ModelRunner {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private ModelRunner(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    static ModelRunner load(File model) throws ModelException {
        try {
            sendNothing();
            // One for the whole process, which ONNX Runtime keeps and nobody closes.
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            return new ModelRunner(environment, environment.createSession(model.getPath()));
        } catch (LinkageError error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "the app holds no ONNX Runtime for this device's processor. Look at abiFilters",
                    error);
        } catch (OrtException | RuntimeException error) {
            throw new ModelException(
                    Reason.UNUSABLE,
                    "ONNX Runtime cannot load the model: " + error.getMessage(),
                    error);
        }
    }

    /** ONNX Runtime 1.29 and later report to their makers, unless told beforehand not to. */
    private static void sendNothing() {
        try {
            Os.setenv("ORT_DISABLE_TELEMETRY", "1", true);
        } catch (Exception | LinkageError notAndroid) {
            // A test on a plain JVM, which has neither the call nor its exception, nor a user.
        }
    }

    /** Inputs and outputs are in the model's own order. */
    Tensor[] run(Tensor[] inputs) throws ModelException {
        Map<String, OnnxTensor> values = new HashMap<>();
        try {
            for (Tensor input : inputs) {
                // The same memory, seen by the runtime.
                values.put(
                        input.name(),
                        OnnxTensor.createTensor(
                                environment, input.buffer(), input.shape(), typeOf(input)));
            }
            try (OrtSession.Result results = session.run(values)) {
                Tensor[] outputs = new Tensor[ModelSpec.OUTPUTS.size()];
                for (int i = 0; i < outputs.length; i++) {
                    outputs[i] = copied(ModelSpec.OUTPUTS.get(i), results);
                }
                return outputs;
            }
        } catch (OrtException | RuntimeException error) {
            throw new ModelException(
                    Reason.FAILED, "the inference failed: " + error.getMessage(), error);
        } finally {
            OnnxValue.close(values);
        }
    }

    private static Tensor copied(TensorInfo info, OrtSession.Result results)
            throws ModelException {
        Optional<OnnxValue> result = results.get(info.name());
        if (!result.isPresent() || !(result.get() instanceof OnnxTensor)) {
            throw new ModelException(
                    Reason.FAILED, "the model gives no tensor " + info.name(), null);
        }
        OnnxTensor value = (OnnxTensor) result.get();
        Tensor tensor = Tensor.output(info.name(), info.dtype(), value.getInfo().getShape());
        tensor.bytes().put(value.getByteBuffer());
        return tensor;
    }

    private static OnnxJavaType typeOf(Tensor tensor) {
        switch (tensor.dtype()) {
            case FLOAT32:
                return OnnxJavaType.FLOAT;
            case FLOAT16:
                return OnnxJavaType.FLOAT16;
            case FLOAT64:
                return OnnxJavaType.DOUBLE;
            case INT64:
                return OnnxJavaType.INT64;
            case INT32:
                return OnnxJavaType.INT32;
            case INT16:
                return OnnxJavaType.INT16;
            case INT8:
                return OnnxJavaType.INT8;
            case UINT8:
                return OnnxJavaType.UINT8;
            default:
                return OnnxJavaType.BOOL;
        }
    }

    void close() {
        try {
            session.close();
        } catch (OrtException error) {
            // It was closed already, which Model excludes.
            throw new IllegalStateException(error);
        }
    }
}
