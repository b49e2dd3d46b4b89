// SPDX-License-Identifier: MIT-0
#include "{{ cookiecutter.slug }}/classifier.h"

#include "decode/decode.h"
#include "generated/labels.h"
#include "generated/model_spec.h"
#include "generated/pipeline.h"

namespace {{ cookiecutter.namespace }} {

Classifier::Classifier(const std::string& model_path) : model_(model_path), inputs_{zeros(model_inputs().front())} {}

std::vector<Prediction> Classifier::classify(const edgegen::ImageView& photo, int top) {
    milliseconds_ = {};
    Stopwatch watch;
    {{ cookiecutter.fill_function }}(photo, inputs_.front());
    milliseconds_.preprocess = watch.lap();
    const std::vector<Tensor> outputs = model_.run(inputs_);
    milliseconds_.forward = watch.lap();
    const ScoreOutput& scores = score_outputs().front();
    std::vector<Prediction> predictions =
        top_predictions(outputs[scores.output], scores.activation, scores.labels, top);
    milliseconds_.postprocess = watch.lap();
    return predictions;
}

std::vector<Prediction> Classifier::classify_file(const std::string& path, int top) {
    Stopwatch watch;
    const edgegen::Image photo = edgegen::read_image(path);
    const double decode = watch.lap();
    std::vector<Prediction> predictions = classify(photo.view(), top);
    milliseconds_.decode = decode;
    return predictions;
}

}  // namespace {{ cookiecutter.namespace }}
