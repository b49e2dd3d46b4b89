"""edgegen: the answer a model gives in Python is the answer the app gives on the device.

The package imports nothing heavy: torch and its companions are loaded inside the functions that need them.
"""

from edgegen.version import __version__

__all__ = ["__version__"]
