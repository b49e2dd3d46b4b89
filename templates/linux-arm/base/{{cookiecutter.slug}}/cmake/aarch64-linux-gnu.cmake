# SPDX-License-Identifier: MIT-0
# Builds for 64-bit ARM Linux with the compiler aarch64-linux-gnu-g++ (Debian, Ubuntu: g++-aarch64-linux-gnu).
#
#   AARCH64_SYSROOT   a copy of the board's own file system, where libraries are looked for. Left empty: the compiler's
#                     own, and the libraries of Debian's and Ubuntu's arm64 packages.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

set(AARCH64_SYSROOT "" CACHE PATH "A copy of the board's file system; empty: the compiler's own")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES AARCH64_SYSROOT)
if(AARCH64_SYSROOT)
  set(CMAKE_SYSROOT "${AARCH64_SYSROOT}")
  set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
  set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
  set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
endif()

# On another machine the tests run under qemu. The emulated CPU is a Cortex-A72 (Raspberry Pi 4): with everything that
# qemu can emulate, SVE above all, the runtime picks kernels that are ten times slower to emulate.
find_program(QEMU_AARCH64 NAMES qemu-aarch64-static qemu-aarch64)
if(QEMU_AARCH64 AND NOT CMAKE_HOST_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libstdc++.so.6
    OUTPUT_VARIABLE libstdcxx OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  get_filename_component(target_libraries "${libstdcxx}" REALPATH)
  get_filename_component(target_libraries "${target_libraries}" DIRECTORY)
  get_filename_component(target_root "${target_libraries}" DIRECTORY)
  # The C library must come from where its loader comes from, also where Debian's libc6:arm64 is installed beside it.
  set(CMAKE_CROSSCOMPILING_EMULATOR
    "${QEMU_AARCH64};-cpu;cortex-a72;-L;${target_root};-E;LD_LIBRARY_PATH=${target_libraries}")
endif()
