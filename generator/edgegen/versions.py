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
