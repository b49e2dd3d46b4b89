"""What inference refuses."""

from __future__ import annotations

from edgegen.errors import TransformError

BY_HAND = (
    "Write the steps by hand, with --set inputs.image=… or in edgegen.toml, and keep transforms: "
    "edgegen compares them with your own object bit for bit"
)


class UnsupportedTransform(TransformError):  # noqa: N818 - read as what it is: an unsupported transform
    """A transform that edgegen cannot reproduce on the device; it is named, never dropped."""
