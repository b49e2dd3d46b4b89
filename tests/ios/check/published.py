"""What Apple publishes in its headers: classes, selectors, functions and constants, from the `objc2` crates.

    headers = need()           for a test: skips it where the crates cannot be had
    headers.selectors["MLModel"]["predictionFromFeatures:error:_"]    whether it is deprecated; `_` is the NSError

The crates are made by a program from the headers of Xcode's SDKs. `cargo vendor` fetches them into edgegen's cache; the
archive of each has to have the SHA-256 that stands here.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from edgegen.paths import cache_dir, remove_tree
from tests.toolchains import missing

VERSION: Final = "0.3.2"
CRATES: Final = {
    "objc2-av-foundation": "478ae33fcac9df0a18db8302387c666b8ef08a3e2d62b510ca4fc278a384b6c0",
    "objc2-core-foundation": "2a180dd8642fa45cdb7dd721cd4c11b1cadd4929ce112ebd8b9f5803cc79d536",
    "objc2-core-graphics": "e022c9d066895efa1345f8e33e584b9f958da2fd4cd116792e15e07e4720a807",
    "objc2-core-media": "05ec576860167a15dd9fce7fbee7512beb4e31f532159d3482d1f9c6caedf31d",
    "objc2-core-ml": "201b055e6acfa0f9f15568255d3f03ce2b54bc86d1814442dc69138e36813e18",
    "objc2-core-video": "d425caf1df73233f29fd8a5c3e5edbc30d2d4307870f802d18f00d83dc5141a6",
    "objc2-image-io": "32b0446e98cf4a784cc7a0177715ff317eeaa8463841c616cfc78aa4f953c4ea",
    "objc2-photos": "d6ea9a706f18e32cf8a0723e99855af4f135282891e07259301bae9135ae3872",
    "objc2-photos-ui": "fdddde9dfb986546746e3115021a85c4a83e1c5e9037b3c865a688fe9bf94ebb",
    "objc2-quartz-core": "96c1358452b371bf9f104e21ec536d37a650eb10f7ee379fff67d2e08d537f1f",
    "objc2-ui-kit": "d87d638e33c06f577498cbcc50491496a3ed4246998a7fbba7ccb98b1e7eab22",
    "objc2-uniform-type-identifiers": "7902ac02859fc1f7045f8b598c63f1ae0cc7efeaa06a9bc9f3d9a3c955974fa4",
}

_IMPL: Final = re.compile(r"^ {0,8}(?:impl(?:<[^>]*>)?|pub unsafe trait|pub trait|pub enum|pub struct|pub union) (\w+)")
_METHOD: Final = re.compile(r"#\[unsafe\(method\(([^)]+)\)\)\]")
_SUPER: Final = re.compile(r"#\[unsafe\(super\((\w+)")
_STRUCT: Final = re.compile(r"^ *pub struct (\w+)")
_SEND: Final = re.compile(r"unsafe impl Sync for (\w+)")
_FUNCTION: Final = re.compile(r"\bfn (\w+)\b")
_STATIC: Final = re.compile(r"\bpub (?:static|type|const) (\w+)(?::| =)")
_FIELD: Final = re.compile(r"^    pub (\w+):")
_ALIAS: Final = re.compile(r'#\[doc\(alias = "(\w+)"\)\]')
_CONSTANT: Final = re.compile(r"^ +(?:pub )?(?:const )?(\w+)(?:: Self)? ?= ?(?:Self\()?(.*?)\)?[,;]$")


@dataclass
class Headers:
    """`selectors` of each class and protocol, with whether each is deprecated; `constants` of each enumeration."""

    selectors: dict[str, dict[str, bool]] = field(default_factory=dict)
    superclass: dict[str, str] = field(default_factory=dict)
    sendable: set[str] = field(default_factory=set)
    on_main_thread: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    constants: dict[str, dict[str, int | None]] = field(default_factory=dict)

    def inherited(self, name: str) -> dict[str, bool]:
        """The selectors of a class, of those above it and of what is added to every object."""
        found: dict[str, bool] = {}
        while name:
            found = self.selectors.get(name, {}) | found
            name = self.superclass.get(name, "")
        for category in self.selectors:
            if category.startswith("NSObject"):
                found |= self.selectors[category]
        return found


def need() -> Headers:
    """The headers; the test is skipped, or fails where every tool is required, where they cannot be had."""
    try:
        return headers()
    except CratesUnavailableError as error:
        missing(str(error))


class CratesUnavailableError(Exception):
    """No `cargo`, or no network and nothing in the cache."""


@functools.cache
def headers() -> Headers:
    """Everything that the crates say. Raises CratesUnavailableError."""
    found = Headers()
    for crate in CRATES:
        for file in sorted((_vendored() / f"{crate}-{VERSION}" / "src").rglob("*.rs")):
            _read(file.read_text(encoding="utf-8"), found)
    return found


@functools.cache
def _vendored() -> Path:
    key = hashlib.sha256(repr((VERSION, sorted(CRATES.items()))).encode()).hexdigest()[:12]
    folder = cache_dir() / "objc2" / key
    if folder.is_dir():
        return folder
    cargo = shutil.which("cargo")
    if cargo is None:
        raise CratesUnavailableError("cargo is not on this machine, nor are the crates in the cache")
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{key}.", dir=folder.parent))
    try:
        _vendor(cargo, scratch)
        try:
            (scratch / "vendor").rename(folder)
        except OSError:  # Another process was faster.
            if not folder.is_dir():
                raise
    finally:
        remove_tree(scratch)
    return folder


def _vendor(cargo: str, scratch: Path) -> None:
    """Fetches the crates into scratch/vendor and compares their sums. Raises CratesUnavailableError."""
    (scratch / "src").mkdir()
    (scratch / "src" / "lib.rs").touch()
    wanted = "\n".join(f'{name} = {{ version = "={VERSION}", default-features = false }}' for name in CRATES)
    manifest = f'[package]\nname = "names"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n{wanted}\n'
    (scratch / "Cargo.toml").write_text(manifest, encoding="utf-8")
    command = [cargo, "vendor", "--quiet", "--versioned-dirs", "vendor"]
    try:
        done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False, timeout=300)
    except subprocess.TimeoutExpired as error:
        raise CratesUnavailableError("cargo fetched no crates in 300 s") from error
    if done.returncode != 0:
        raise CratesUnavailableError(f"cargo fetches no crates: {done.stderr.strip()[-300:]}")
    for name, expected in CRATES.items():
        listed = json.loads((scratch / "vendor" / f"{name}-{VERSION}" / ".cargo-checksum.json").read_text("utf-8"))
        if listed["package"] != expected:
            raise CratesUnavailableError(f"{name} {VERSION} has the SHA-256 {listed['package']}, expected {expected}")


def _read(text: str, found: Headers) -> None:
    """Adds what one file of a crate says."""
    inside = superclass = alias = ""
    main_thread = deprecated = False
    for line in text.splitlines():
        if match := _IMPL.match(line):
            inside = match[1]
        if match := _SUPER.search(line):
            superclass = match[1]
        main_thread |= "thread_kind = MainThreadOnly" in line
        deprecated |= "#[deprecated" in line
        if match := _METHOD.search(line):
            found.selectors.setdefault(inside, {})[match[1]] = deprecated
        if line.endswith(";") or line.endswith("{"):
            deprecated = False
        if match := _STRUCT.match(line):
            found.names.add(match[1])
            if superclass:
                found.superclass[match[1]] = superclass
            if main_thread:
                found.on_main_thread.add(match[1])
            superclass, main_thread = "", False
        if match := _SEND.search(line):
            found.sendable.add(match[1])
        if match := _ALIAS.search(line):
            alias = match[1]
            found.names.add(alias)
        if (match := _CONSTANT.search(line)) and match[1] != "feature":
            found.constants.setdefault(inside, {})[alias or match[1]] = _number(match[2])
            alias = ""
        if match := _FIELD.match(line):
            found.names.add(f"{inside}.{match[1]}")
        found.names.update(_FUNCTION.findall(line), _STATIC.findall(line))


def _number(text: str) -> int | None:
    """An integer in Rust's notation, shifts and sums of bits included; None where it is anything else."""
    value = 0
    for part in text.replace("_", "").split("|"):
        numbers = part.split("<<")
        try:
            base, *shifts = [int(number.strip(), 0) for number in numbers]
        except ValueError:
            return None
        value |= base << sum(shifts)
    return value
