# SPDX-License-Identifier: MIT-0
# Finds ExecuTorch {{ cookiecutter.executorch_version }}: its C++ SDK lies in the Python wheel of the same name.
#
#   EXECUTORCH_ROOT   the folder "executorch" of the wheel for the target's architecture. Left empty, a native build
#                     asks Python where it is installed.
#
# Gives RUNTIME_LIBRARIES, the targets to link, and RUNTIME_FILES, the libraries that the program needs beside it.
set(EXECUTORCH_VERSION {{ cookiecutter.executorch_version }})
set(EXECUTORCH_ROOT "$ENV{EXECUTORCH_ROOT}" CACHE PATH "The folder \"executorch\" of the wheel for the target's architecture")

if(NOT EXECUTORCH_ROOT AND NOT CMAKE_CROSSCOMPILING)
  find_package(Python3 COMPONENTS Interpreter)
  if(Python3_Interpreter_FOUND)
    # find_spec does not import the package, which would take seconds.
    execute_process(
      COMMAND ${Python3_EXECUTABLE} -c
        "import importlib.util as u; s = u.find_spec('executorch'); print(list(s.submodule_search_locations)[0] if s else '')"
      OUTPUT_VARIABLE executorch_found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(executorch_found)
      set(EXECUTORCH_ROOT "${executorch_found}" CACHE PATH "" FORCE)
    endif()
  endif()
endif()

if(NOT EXISTS "${EXECUTORCH_ROOT}/lib/cmake/executorch/executorch-config.cmake")
  if(CMAKE_CROSSCOMPILING)
    message(FATAL_ERROR "ExecuTorch ${EXECUTORCH_VERSION} for ${CMAKE_SYSTEM_PROCESSOR} was not found in \"${EXECUTORCH_ROOT}\". "
      "Build with \"edgegen build --arch aarch64\", which fetches it, or fetch it by hand:\n"
      "  pip download --platform manylinux_2_28_aarch64 --only-binary=:all: --no-deps executorch==${EXECUTORCH_VERSION}\n"
      "  python3 -m zipfile -e executorch-${EXECUTORCH_VERSION}-*_aarch64.whl sdk\n"
      "  cmake --preset aarch64 -D EXECUTORCH_ROOT=sdk/executorch")
  endif()
  message(FATAL_ERROR "ExecuTorch ${EXECUTORCH_VERSION} was not found in \"${EXECUTORCH_ROOT}\". "
    "Install it in the Python that CMake finds (pip install --no-deps executorch==${EXECUTORCH_VERSION}) "
    "or give its folder with -D EXECUTORCH_ROOT=…/site-packages/executorch")
endif()

get_filename_component(executorch_root "${EXECUTORCH_ROOT}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
# A toolchain file makes find_package look below the sysroot only; the wheel is elsewhere.
find_package(executorch ${EXECUTORCH_VERSION} EXACT REQUIRED CONFIG
  PATHS "${executorch_root}/lib/cmake/executorch" NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)

# Operators that XNNPACK does not take run on the CPU kernels. A library that only registers itself has no symbol that
# the program refers to; these targets make the linker keep it.
set(RUNTIME_LIBRARIES executorch::runtime executorch::threadpool executorch::backend_xnnpack
  executorch::kernels_optimized executorch::kernels_quantized)
foreach(library IN LISTS RUNTIME_LIBRARIES)
  get_target_property(location ${library} IMPORTED_LOCATION)
  list(APPEND RUNTIME_FILES "${location}")
  # The targets write this machine's path of the SDK into every program, the installed one included. CMake itself does
  # that for the build folder and leaves it out when installing.
  get_target_property(options ${library} INTERFACE_LINK_OPTIONS)
  list(FILTER options EXCLUDE REGEX "-rpath")
  set_target_properties(${library} PROPERTIES INTERFACE_LINK_OPTIONS "${options}")
endforeach()
