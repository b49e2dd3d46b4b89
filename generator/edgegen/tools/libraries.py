"""The libraries that decode pictures, as a compiler finds them."""

from __future__ import annotations

import re
from typing import ClassVar

from edgegen.tools.base import Tool, ToolStatus
from edgegen.tools.compilers import Compiler, CrossCompiler


class _Library(Tool):
    header: ClassVar[str]
    macro: ClassVar[str]
    file: ClassVar[str]
    package: ClassVar[str]

    def __init__(self, compiler: Compiler) -> None:
        self.compiler = compiler

    def verify(self) -> ToolStatus:
        """Preprocesses a file that includes the header, and asks for the file that is linked."""
        text = self.compiler.preprocess(f"#include <cstdio>\n{self.header}\nedgegen_version {self.macro}\n")
        match = re.search(r"edgegen_version\s+\"?(\d+(?:\s*\.\s*\d+)+)", text or "")
        version = None if match is None else re.sub(r"\s", "", match.group(1))
        linked = self.compiler.file(f"lib{self.file}.so") or self.compiler.file(f"lib{self.file}.a")
        cross = isinstance(self.compiler, CrossCompiler)
        return ToolStatus(
            name=f"aarch64 {self.name}" if cross else self.name,
            ok=version is not None and linked is not None,
            required=not cross,
            version=version,
            purpose=self.purpose,
            remedy=f"Debian: apt install {self.package}{':arm64' if cross else ''}"
            + (", after dpkg --add-architecture arm64 and apt update" if cross else ""),
        )


class JpegTurbo(_Library):
    """Another libjpeg decodes as well, but not to the same bits."""

    name: ClassVar[str] = "libjpeg-turbo"
    purpose: ClassVar[str] = "decodes JPEG to the same pixels as Python"
    header: ClassVar[str] = "#include <jpeglib.h>"
    macro: ClassVar[str] = "LIBJPEG_TURBO_VERSION"
    file: ClassVar[str] = "jpeg"
    package: ClassVar[str] = "libjpeg62-turbo-dev"
    remedy: ClassVar[str] = "Debian: apt install libjpeg62-turbo-dev"


class Png(_Library):
    """libpng, which brings zlib with it."""

    name: ClassVar[str] = "libpng"
    purpose: ClassVar[str] = "decodes PNG"
    header: ClassVar[str] = "#include <png.h>"
    macro: ClassVar[str] = "PNG_LIBPNG_VER_STRING"
    file: ClassVar[str] = "png"
    package: ClassVar[str] = "libpng-dev"
    remedy: ClassVar[str] = "Debian: apt install libpng-dev"
