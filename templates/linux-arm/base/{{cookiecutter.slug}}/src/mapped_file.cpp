// SPDX-License-Identifier: MIT-0
#include "mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace {{ cookiecutter.namespace }} {
namespace {

[[noreturn]] void fail(int error, int descriptor = -1) {
    if (descriptor >= 0) ::close(descriptor);
    throw std::system_error(error, std::generic_category());
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) fail(errno);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) fail(errno, descriptor);
    if (S_ISDIR(status.st_mode)) fail(EISDIR, descriptor);
    if (status.st_size <= 0) fail(ENODATA, descriptor);
    size_ = static_cast<std::size_t>(status.st_size);
    data_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (data_ == MAP_FAILED) fail(errno, descriptor);
    ::close(descriptor);
}

MappedFile::~MappedFile() {
    ::munmap(data_, size_);
}

}  // namespace {{ cookiecutter.namespace }}
