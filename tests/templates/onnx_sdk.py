"""ONNX Runtime as a release archive has it, a folder with include/ and lib/, put together from what can be had here.

The headers are those of Debian's libonnxruntime-dev (in Debian from 13 on), fetched by apt, which checks its signature;
the libraries are those of the wheels, whose hashes pip checks. Kept in the cache.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from edgegen.paths import cache_dir, replace_dir, staging
from edgegen.tools.sdk import TAG
from edgegen.versions import ONNXRUNTIME
from tests.toolchains import missing, need

SUITE = "trixie"
"""The first Debian that has the package."""


def onnxruntime_root(arch: str) -> Path:
    """The folder for "native" or "aarch64"; skips the test, or fails it in CI, where it cannot be had."""
    folder = cache_dir() / "sdk" / f"onnxruntime-{ONNXRUNTIME}-{arch}"
    if not (folder / "lib" / "libonnxruntime.so").exists():
        with staging(folder) as scratch:
            _headers(scratch)
            _library(scratch, arch)
            shutil.rmtree(scratch / "wheels", ignore_errors=True)
            replace_dir(scratch, folder)
    return folder


def _headers(scratch: Path) -> None:
    apt = need("apt-get")
    lists = scratch / "apt"
    (lists / "partial").mkdir(parents=True)
    sources = scratch / "sources.list"
    sources.write_text(f"deb {_mirror()} {SUITE} main\n", encoding="utf-8")
    options = [f"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=/dev/null", f"Dir::State::lists={lists}"]
    options += ["Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=", "APT::Sandbox::User=root"]
    command = [apt, "-q", *[word for option in options for word in ("-o", option)]]
    for words in (["update"], ["download", "libonnxruntime-dev"]):
        done = subprocess.run([*command, *words], cwd=scratch, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            missing(f"libonnxruntime-dev cannot be fetched: {done.stderr.strip().splitlines()[-1:]}")
    (package,) = scratch.glob("libonnxruntime-dev_*.deb")
    subprocess.run(["dpkg-deb", "-x", str(package), str(scratch / "package")], check=True)
    shutil.move(scratch / "package" / "usr" / "include" / "onnxruntime", scratch / "include")
    for rest in (lists, scratch / "package"):
        shutil.rmtree(rest)
    package.unlink()
    sources.unlink()


def _mirror() -> str:
    """The mirror that this machine's apt uses for Debian itself."""
    command = ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME)"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    sites = [line.split()[0] for line in listed if len(line.split()) == 2 and "security" not in line]
    if not sites:
        missing("apt knows no mirror of Debian here")
    return sites[0]


def _library(scratch: Path, arch: str) -> None:
    library = scratch / "lib"
    library.mkdir()
    found = _installed() if arch == "native" else _from_wheel(scratch)
    real = shutil.copy(found, library)
    (library / "libonnxruntime.so.1").symlink_to(Path(real).name)
    (library / "libonnxruntime.so").symlink_to("libonnxruntime.so.1")


def _installed() -> Path:
    spec = importlib.util.find_spec("onnxruntime")
    if spec is None or not spec.submodule_search_locations:
        missing('onnxruntime is not installed: pip install "edgegen[onnx]"')
    return next(Path(spec.submodule_search_locations[0]).glob("capi/libonnxruntime.so.*"))


def _from_wheel(scratch: Path) -> Path:
    wheels = scratch / "wheels"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--platform", TAG, "--dest", str(wheels), f"onnxruntime=={ONNXRUNTIME}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        missing(f"the wheel of onnxruntime for aarch64 cannot be fetched: {done.stderr.strip().splitlines()[-1:]}")
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.startswith("onnxruntime/capi/libonnxruntime.so."))
        return Path(archive.extract(name, wheels))
