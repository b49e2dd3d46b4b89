"""Disk space: what runs out first on small machines, and is best known before."""

from __future__ import annotations

import shutil
from typing import ClassVar

from edgegen.paths import cache_dir
from edgegen.tools.base import Tool, ToolStatus

NEEDED_GB = 1.0
"""An export of a large model with its cache, the SDK for boards (60 MB) and two build folders."""


class DiskSpace(Tool):
    """Free space where edgegen keeps its cache."""

    name: ClassVar[str] = "disk space"
    purpose: ClassVar[str] = f"holds the cache and the builds; {NEEDED_GB:g} GB is enough for most models"
    remedy: ClassVar[str] = "Free some space, or set EDGEGEN_CACHE to a folder on another disk"

    def verify(self) -> ToolStatus:
        """See Tool."""
        folder = cache_dir()
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free / 1e9
        return self.status(ok=free >= NEEDED_GB, version=f"{free:.1f} GB free in {folder}")
