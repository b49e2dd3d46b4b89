// SPDX-License-Identifier: MIT-0
// {{ cookiecutter.name | comment_text }}: what is in the picture?
//
//     {{ cookiecutter.namespace }}::Classifier classifier("{{ cookiecutter.model_file }}");
//     for (const {{ cookiecutter.namespace }}::Prediction& p : classifier.classify_file("photo.jpg"))
//         std::printf("%s %.1f %%\n", p.label.c_str(), 100 * p.probability);
#pragma once

#include <string>
#include <vector>

#include "kernels/image.h"
#include "{{ cookiecutter.slug }}/model.h"
#include "{{ cookiecutter.slug }}/scores.h"
#include "{{ cookiecutter.slug }}/timing.h"

namespace {{ cookiecutter.namespace }} {

/// A loaded model and everything around it. Not safe for use from several threads at once; make one for each thread.
class Classifier {
public:
    /// Loads the model; takes as long as reading the file. Throws ModelError.
    explicit Classifier(const std::string& model_path);

    /// The `top` most probable classes of an upright RGB picture of any size, the best first. Throws ModelError when
    /// the runtime fails, std::invalid_argument for a picture that cannot be brought to the model's size.
    std::vector<Prediction> classify(const edgegen::ImageView& photo, int top = 5);

    /// The same for a JPEG or PNG file, turned upright by its EXIF orientation. Throws edgegen::DecodeError, too.
    std::vector<Prediction> classify_file(const std::string& path, int top = 5);

    /// How long the stages of the last picture took.
    const Milliseconds& milliseconds() const { return milliseconds_; }

private:
    Model model_;
    std::vector<Tensor> inputs_;
    Milliseconds milliseconds_;
};

}  // namespace {{ cookiecutter.namespace }}
