// SPDX-License-Identifier: MIT-0
// A file in memory, read only; the kernel loads and drops its pages as they are needed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace {{ cookiecutter.namespace }} {

class MappedFile {
public:
    /// Throws std::system_error when the file cannot be opened, is empty or no file at all.
    explicit MappedFile(const std::string& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const std::uint8_t* data() const { return static_cast<const std::uint8_t*>(data_); }
    std::size_t size() const { return size_; }

private:
    void* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace {{ cookiecutter.namespace }}
