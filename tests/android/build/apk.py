"""A compiled project made an APK: D8 or R8, packed, aligned, signed and verified as Gradle does it."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edgegen.paths import cache_dir
from tests.android import jars
from tests.android.build.programs import find, java, run
from tests.android.build.project import MIN_SDK, MODEL_SUFFIXES, Compiled

STORED: Final = (*(f".{suffix}" for suffix in MODEL_SUFFIXES), "resources.arsc")
PASSWORD: Final = "android"  # As in every debug.keystore.


@dataclass(frozen=True)
class Apk:
    """A signed APK. `dex` is the folder of its classes.dex files."""

    path: Path
    dex: Path

    def entries(self) -> dict[str, zipfile.ZipInfo]:
        """Its files by name."""
        with zipfile.ZipFile(self.path) as archive:
            return {info.filename: info for info in archive.infolist()}

    def overhead_bytes(self) -> int:
        """Its size without what the project does not choose the size of: the model and the runtime's libraries."""
        entries = self.entries().values()
        left_out = sum(e.compress_size for e in entries if e.filename.endswith((*STORED[:-1], ".so")))
        return self.path.stat().st_size - left_out


def build_apk(compiled: Compiled, out: Path, *, dex: Path | None = None) -> Apk:
    """The debug APK; with `dex`, the one with that folder's code (R8's). Raises BuildError."""
    out.mkdir(parents=True, exist_ok=True)
    dex = dex or dexed(compiled, out / "dex")
    packed, aligned, signed = (out / f"{compiled.app_id}-{name}.apk" for name in ("packed", "aligned", "debug"))
    _pack(compiled.resources, dex, packed)
    run(find("zipalign"), "-p", "-f", "4", packed, aligned)
    run(find("zipalign"), "-c", "-p", "4", aligned)
    store = _debug_keystore()
    keys = ("--ks", store, "--ks-pass", f"pass:{PASSWORD}", "--min-sdk-version", MIN_SDK)
    run(find("apksigner"), "sign", *keys, "--out", signed, aligned)
    run(find("apksigner"), "verify", "--min-sdk-version", MIN_SDK, signed)
    return Apk(signed, dex)


def dexed(compiled: Compiled, into: Path) -> Path:
    """The classes of the app, of `:model` and of the runtime as Android's own code, by D8."""
    into.mkdir(parents=True, exist_ok=True)
    names = into.with_name(f"{into.name}.programs")
    names.write_text("".join(f"{path}\n" for path in program_files(compiled)), encoding="utf-8")
    libraries = ("--lib", jars.library_jar(), "--classpath", *jars.classpath("jspecify"))
    options = ("--debug", "--min-api", MIN_SDK, *libraries, "--output", into, f"@{names}")
    java(jars.classpath("d8"), "com.android.tools.r8.D8", *options)
    return into


def program_files(compiled: Compiled) -> list[Path]:
    """The class files and jars that are packed into the app: its own, `:model`'s and the runtime's."""
    found = []
    for path in [*compiled.classes, *compiled.runtime_jars]:
        found += [path] if path.is_file() else sorted(path.rglob("*.class"))
    return found


def _pack(resources: Path, dex: Path, into: Path) -> None:
    """Resources and assets as aapt2 packed them, with the code; what Android maps into memory stays uncompressed."""
    with zipfile.ZipFile(resources) as source, zipfile.ZipFile(into, "w") as target:
        for info in source.infolist():
            stored = info.filename.endswith(STORED) or info.compress_type == zipfile.ZIP_STORED
            copy = zipfile.ZipInfo(info.filename)
            copy.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(copy, source.read(info))
        for path in sorted(dex.glob("*.dex")):
            target.write(path, path.name, zipfile.ZIP_DEFLATED)


def _debug_keystore() -> Path:
    """A keystore as Android Studio makes one for debug builds; made once."""
    key = hashlib.sha256(PASSWORD.encode()).hexdigest()[:8]
    store = cache_dir() / "android" / f"debug-{key}.keystore"
    if not store.is_file():
        store.parent.mkdir(parents=True, exist_ok=True)
        scratch = store.with_suffix(".tmp")
        scratch.unlink(missing_ok=True)
        words = ["-genkeypair", "-keystore", scratch, "-alias", "androiddebugkey", "-dname", "CN=Android Debug,C=US"]
        words += ["-storepass", PASSWORD, "-keypass", PASSWORD, "-keyalg", "RSA", "-keysize", 2048, "-validity", 10000]
        run(find("keytool"), *words)
        scratch.replace(store)
    return store
