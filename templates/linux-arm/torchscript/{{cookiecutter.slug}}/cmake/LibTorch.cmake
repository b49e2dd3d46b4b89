# SPDX-License-Identifier: MIT-0
# Finds LibTorch {{ cookiecutter.torch_version }}: its headers and libraries lie in the Python wheel of torch.
#
#   TORCH_ROOT   the folder "torch" of the wheel for this machine. Left empty, Python is asked where it is installed.
#
# Gives RUNTIME_LIBRARIES to link. The libraries are too large to go along with the program, which finds them where they
# are now. torch's own CMake package is not used: that of a CUDA wheel asks for CUDA's compiler.
set(TORCH_ROOT "$ENV{TORCH_ROOT}" CACHE PATH "The folder \"torch\" of the wheel")

if(CMAKE_CROSSCOMPILING)
  message(FATAL_ERROR "A TorchScript program is built on the board itself: cmake --preset native")
endif()
if(NOT TORCH_ROOT)
  find_package(Python3 COMPONENTS Interpreter)
  if(Python3_Interpreter_FOUND)
    # find_spec does not import the package, which would take seconds.
    execute_process(
      COMMAND ${Python3_EXECUTABLE} -c
        "import importlib.util as u; s = u.find_spec('torch'); print(list(s.submodule_search_locations)[0] if s else '')"
      OUTPUT_VARIABLE torch_found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(torch_found)
      set(TORCH_ROOT "${torch_found}" CACHE PATH "" FORCE)
    endif()
  endif()
endif()

set(torch_version "")
if(EXISTS "${TORCH_ROOT}/version.py")
  file(STRINGS "${TORCH_ROOT}/version.py" torch_version REGEX "^__version__")
  string(REGEX REPLACE "^[^'\"]*['\"]([0-9.]+).*$" "\\1" torch_version "${torch_version}")
endif()
if(NOT torch_version VERSION_EQUAL "{{ cookiecutter.torch_version }}")
  message(FATAL_ERROR "torch {{ cookiecutter.torch_version }} was not found in \"${TORCH_ROOT}\" (found: \"${torch_version}\"). "
    "Install it in the Python that CMake finds (pip install torch=={{ cookiecutter.torch_version }}) "
    "or give its folder with -D TORCH_ROOT=…/site-packages/torch")
endif()

add_library(torch_for_{{ cookiecutter.slug }} INTERFACE)
target_include_directories(torch_for_{{ cookiecutter.slug }} SYSTEM INTERFACE "${TORCH_ROOT}/include")
target_link_libraries(torch_for_{{ cookiecutter.slug }} INTERFACE
  "${TORCH_ROOT}/lib/libtorch_cpu${CMAKE_SHARED_LIBRARY_SUFFIX}" "${TORCH_ROOT}/lib/libc10${CMAKE_SHARED_LIBRARY_SUFFIX}")
# torch's headers are C++20; only this file includes them.
set_source_files_properties(src/runtime.cpp PROPERTIES COMPILE_OPTIONS -std=c++20)
set(RUNTIME_LIBRARIES torch_for_{{ cookiecutter.slug }})
set(RUNTIME_RPATH "${TORCH_ROOT}/lib")
