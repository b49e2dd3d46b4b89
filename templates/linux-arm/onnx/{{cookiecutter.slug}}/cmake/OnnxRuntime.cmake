# SPDX-License-Identifier: MIT-0
# Finds ONNX Runtime's C++ library, {{ cookiecutter.onnxruntime_minimum }} or newer.
#
#   ONNXRUNTIME_ROOT   a folder with include/ and lib/, as its release archives have them, for the target's
#                      architecture. Left empty, the system's package is taken.
#
# Gives RUNTIME_LIBRARIES to link, and RUNTIME_FILES, the libraries that the program needs beside it.
set(ONNXRUNTIME_ROOT "$ENV{ONNXRUNTIME_ROOT}" CACHE PATH "The folder of an ONNX Runtime release; empty: the system's package")

if(ONNXRUNTIME_ROOT)
  get_filename_component(onnxruntime_root "${ONNXRUNTIME_ROOT}" ABSOLUTE BASE_DIR "${CMAKE_SOURCE_DIR}")
  # A toolchain file makes these look below the sysroot only; the release is elsewhere.
  set(onnxruntime_where PATHS "${onnxruntime_root}/include" "${onnxruntime_root}/lib" NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
endif()
find_path(ONNXRUNTIME_INCLUDE_DIR onnxruntime_cxx_api.h PATH_SUFFIXES onnxruntime ${onnxruntime_where})
find_library(ONNXRUNTIME_LIBRARY onnxruntime ${onnxruntime_where})

if(NOT ONNXRUNTIME_INCLUDE_DIR OR NOT ONNXRUNTIME_LIBRARY)
  message(FATAL_ERROR "ONNX Runtime for ${CMAKE_SYSTEM_PROCESSOR} was not found in \"${ONNXRUNTIME_ROOT}\". "
    "Install it (Debian 13 and later: apt install libonnxruntime-dev), or unpack a release archive of its project "
    "for this architecture and give its folder with -D ONNXRUNTIME_ROOT=… or in the environment")
endif()

add_library(onnxruntime_for_{{ cookiecutter.slug }} INTERFACE)
target_include_directories(onnxruntime_for_{{ cookiecutter.slug }} SYSTEM INTERFACE "${ONNXRUNTIME_INCLUDE_DIR}")
target_link_libraries(onnxruntime_for_{{ cookiecutter.slug }} INTERFACE "${ONNXRUNTIME_LIBRARY}")
set(RUNTIME_LIBRARIES onnxruntime_for_{{ cookiecutter.slug }})
# The system's library comes with the system's package; that of a release goes along with the program.
if(ONNXRUNTIME_ROOT)
  file(GLOB RUNTIME_FILES "${onnxruntime_root}/lib/libonnxruntime.so*")
endif()

# ONNX Runtime reads in /proc/cpuinfo what the CPU can do. Many a qemu shows it that of the machine outside, which ends
# in a crash; so it gets to see the CPU that is emulated.
list(FIND CMAKE_CROSSCOMPILING_EMULATOR -L index)
if(CMAKE_CROSSCOMPILING AND index GREATER -1)
  math(EXPR index "${index} + 1")
  list(GET CMAKE_CROSSCOMPILING_EMULATOR ${index} target_root)
  set(cpuinfo "")
  foreach(processor RANGE 3)
    string(APPEND cpuinfo "processor\t: ${processor}\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm crc32 cpuid\n"
      "CPU implementer\t: 0x41\nCPU architecture: 8\nCPU variant\t: 0x0\nCPU part\t: 0xd08\nCPU revision\t: 3\n\n")
  endforeach()
  file(WRITE "${CMAKE_BINARY_DIR}/qemu/proc/cpuinfo" "${cpuinfo}")
  file(CREATE_LINK "${target_root}/lib" "${CMAKE_BINARY_DIR}/qemu/lib" SYMBOLIC)
  list(REMOVE_AT CMAKE_CROSSCOMPILING_EMULATOR ${index})
  list(INSERT CMAKE_CROSSCOMPILING_EMULATOR ${index} "${CMAKE_BINARY_DIR}/qemu")
endif()
