"""The one table of versions: what the exporter was built with, and what the projects it writes must pin.

A project's runtime has to match the exporter that wrote its model: ExecuTorch promises that a `.pte` loads in the
same and the following minor release, no further. So every pin in a template comes from here.
"""

from __future__ import annotations

from typing import Final

EXECUTORCH: Final = "1.5.1"
TORCH: Final = "2.13.0"
TORCHVISION: Final = "0.28.0"
TORCHAO: Final = "0.18.0"
PILLOW: Final = "13"

# ExecuTorch's CMake package uses `FILE_SET` and C++20 module scanning switches that older CMakes reject.
CMAKE_MINIMUM: Final = "3.28"

# What verified the model.
ONNXRUNTIME: Final = "1.32.0"
# The oldest that a board may have: Debian 13's. Its library reads the opset and IR version that the exporter writes.
ONNXRUNTIME_MINIMUM: Final = "1.21"

# What an Android project takes from Maven Central. executorch-android follows the exporter; pytorch_android ended with
# 2.1.0; ONNX Runtime is the newest whose Java twin for desktops has run the models of generated projects.
ONNXRUNTIME_JAVA: Final = "1.29.0"
RUNTIME_LIBRARIES: Final = {
    "executorch": f"org.pytorch:executorch-android:{EXECUTORCH}",
    "torchscript": "org.pytorch:pytorch_android_lite:2.1.0",
    "onnx": f"com.microsoft.onnxruntime:onnxruntime-android:{ONNXRUNTIME_JAVA}",
}
JSPECIFY: Final = "1.0.0"
JUNIT: Final = "4.13.2"

# What an iOS project takes. ExecuTorch's Swift packages are branches that follow the exporter (whether this one is
# published was not seen; 1.4.1's is); LibTorch-Lite, a pod, ended with 2.1.0; ONNX Runtime's package and pod are one.
EXECUTORCH_SWIFTPM: Final = f"swiftpm-{EXECUTORCH}"
ONNXRUNTIME_SWIFTPM: Final = "1.24.2"
LIBTORCH_LITE: Final = "2.1.0"

# What builds an Android project. The wrapper downloads Gradle and compares it with the sum that Gradle publishes.
AGP: Final = "8.13.2"
GRADLE: Final = "8.14.3"
GRADLE_SHA256: Final = "bd71102213493060956ec229d946beee57158dbd89d0e62b91bca0fa2c5f3531"
# The wrapper's own jar, which can start any Gradle, is of this version.
GRADLE_WRAPPER: Final = "8.10.2"
