// SPDX-License-Identifier: MIT-0
#include "{{ cookiecutter.slug }}/model.h"

#include <system_error>

#include "crc32.h"
#include "generated/model_spec.h"
#include "mapped_file.h"
#include "runtime.h"

namespace {{ cookiecutter.namespace }} {
namespace {

// The runtime trusts a file whose structure looks right and computes, or crashes, with damaged contents. So nothing but
// the file that these constants were generated with comes as far as that.
void check_file(const std::string& path, const MappedFile& file) {
    const char* const remedy =
        ". Give the {{ cookiecutter.model_file }} that this program was built with, or build the program again";
    if (file.size() != kModelBytes) {
        throw ModelError(path + ": the file has " + std::to_string(file.size()) + " bytes, the model " +
                         std::to_string(kModelBytes) + remedy);
    }
    if (crc32(file.data(), file.size()) != kModelCrc32) {
        throw ModelError(path + ": the content is not the model's (its checksum differs)" + remedy);
    }
}

std::unique_ptr<MappedFile> map_model(const std::string& path) {
    try {
        auto file = std::make_unique<MappedFile>(path);
        check_file(path, *file);
        return file;
    } catch (const std::system_error& error) {
        throw ModelError(path + ": " + error.code().message() +
                         ". Give the {{ cookiecutter.model_file }} that this program was built with");
    }
}

}  // namespace

class Model::Impl {
public:
    explicit Impl(const std::string& path) : file_(map_model(path)), runtime_(path, file_->data(), file_->size()) {}

    std::vector<Tensor> run(const std::vector<Tensor>& inputs) { return runtime_.run(inputs); }

private:
    std::unique_ptr<MappedFile> file_;  // read by runtime_ as long as it lives
    Runtime runtime_;
};

Model::Model(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}

Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

std::vector<Tensor> Model::run(const std::vector<Tensor>& inputs) {
    const std::vector<TensorInfo>& infos = model_inputs();
    if (inputs.size() != infos.size()) {
        throw ModelError("the model has " + std::to_string(infos.size()) + " inputs, " + std::to_string(inputs.size()) +
                         " were given");
    }
    for (std::size_t i = 0; i < infos.size(); ++i) {
        if (inputs[i].dtype != infos[i].dtype || inputs[i].shape != infos[i].shape) {
            throw ModelError("input " + infos[i].name + " is " + describe(infos[i].dtype, infos[i].shape) + ", not " +
                             describe(inputs[i].dtype, inputs[i].shape));
        }
    }
    return impl_->run(inputs);
}

void Model::set_threads(int threads) { Runtime::set_threads(threads); }

}  // namespace {{ cookiecutter.namespace }}
