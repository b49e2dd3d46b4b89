"""The projects of tests/templates, for running them elsewhere."""

from tests.templates.conftest import hostile, root, small

__all__ = ["hostile", "root", "small"]
