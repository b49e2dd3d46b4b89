"""scripts/setup/system.py: what it installs, what it leaves alone, and what it says. apt and dpkg are stand-ins."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "setup" / "system.py"

# Writes down how it was called, and answers as its tool would.
STAND_IN = """#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case "$(basename "$0") $1" in
  "apt-cache policy") case " $KNOWN " in *" $2 "*) echo "  Candidate: 1.0" ;; *) echo "  Candidate: (none)" ;; esac ;;
  "dpkg --audit") echo "$AUDIT" ;;
  "dpkg --print-foreign-architectures") echo "$FOREIGN" ;;
  "apt-get install") exit "${INSTALL_FAILS:-0}" ;;
esac
"""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("edgegen_setup_system", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Stand-ins for the tools that change the system; gives the calls so far."""
    for tool in ("apt-get", "apt-cache", "dpkg"):
        path = tmp_path / "bin" / tool
        path.parent.mkdir(exist_ok=True)
        path.write_text(STAND_IN)
        path.chmod(0o755)
    log = tmp_path / "log"
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("LOG", str(log))
    return lambda: log.read_text().splitlines() if log.exists() else []


def need(script: ModuleType, name: str, *packages: str, group: str = "build", present: bool = False) -> object:
    return script.Need(name, "is wanted", lambda: present, packages, group)


def use(
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    *wanted: object,
    distribution: str = "debian",
    **changes: object,
) -> None:
    """Makes the script see this machine and these needs."""
    system = {"has_apt": True, "is_root": True, "machine": "x86_64", "runs_services": False, **changes}
    monkeypatch.setattr(script, "this_system", lambda: script.System(distribution=distribution, **system))
    monkeypatch.setattr(script, "needs", lambda _: list(wanted))


def test_what_is_there_is_not_installed_again(
    script: ModuleType, apt: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    use(script, monkeypatch, need(script, "cmake", "cmake", present=True))
    assert script.main([]) == 0
    assert apt() == ["dpkg --audit"]


def test_check_changes_nothing(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(script, monkeypatch, need(script, "ninja", "ninja-build"), need(script, "g++", "g++", present=True))
    assert script.main(["--check"]) == 1
    assert apt() == []
    assert capsys.readouterr().out.splitlines() == [
        "system: g++: installed",
        "system: ninja: missing (is wanted; package ninja-build)",
    ]
    use(script, monkeypatch, need(script, "g++", "g++", present=True))
    assert script.main(["--check"]) == 0


def test_missing_things_are_installed_in_one_go(
    script: ModuleType, apt: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of alternatives the one that the distribution has is taken."""
    monkeypatch.setenv("KNOWN", "ninja-build libjpeg-turbo8-dev")
    jpeg = need(script, "libjpeg-turbo", "libjpeg62-turbo-dev", "libjpeg-turbo8-dev")
    use(script, monkeypatch, need(script, "ninja", "ninja-build"), jpeg)
    assert script.main([]) == 0
    installs = [call for call in apt() if call.startswith("apt-get")]
    assert len(installs) == 1
    assert installs[0].startswith("apt-get install -y ")
    assert installs[0].endswith(" ninja-build libjpeg-turbo8-dev")


def test_old_package_lists_are_renewed(
    script: ModuleType, apt: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KNOWN", "ninja-build")
    monkeypatch.setenv("INSTALL_FAILS", "100")
    use(script, monkeypatch, need(script, "ninja", "ninja-build"))
    assert script.main([]) == 0
    words = [call.split()[1] for call in apt() if call.startswith("apt-get")]
    assert words == ["install", "update", "install"]


def test_unknown_packages_are_said(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(script, monkeypatch, need(script, "clang", "clang-14", "clang"))
    assert script.main([]) == 0
    assert "clang: apt knows none of clang-14, clang; install it by hand" in capsys.readouterr().out
    assert [call for call in apt() if call.startswith("apt-get")] == ["apt-get update -q"]


def test_interrupted_dpkg_is_finished_first(
    script: ModuleType, apt: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIT", "The following packages are only half configured")
    use(script, monkeypatch, need(script, "cmake", "cmake", present=True))
    assert script.main([]) == 0
    assert apt()[:2] == ["dpkg --audit", "dpkg --configure -a"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"is_root": False}, "Only root can install: sudo "),
        (
            {"has_apt": False, "distribution": "fedora"},
            "fedora has none. Install what these packages hold: ninja-build",
        ),
    ],
    ids=["not root", "no apt"],
)
def test_what_it_cannot_do_is_said(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, object],
    said: str,
) -> None:
    distribution = str(changes.pop("distribution", "debian"))
    use(script, monkeypatch, need(script, "ninja", "ninja-build"), distribution=distribution, **changes)
    assert script.main([]) == 0
    assert said in capsys.readouterr().out
    assert apt() == []


@pytest.mark.parametrize("distribution", ["debian", "ubuntu"])
def test_arm64_packages_beside_amd64(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    distribution: str,
) -> None:
    """Debian's dpkg is told of the architecture; Ubuntu's apt would break by it, so there it is only said."""
    monkeypatch.setenv("KNOWN", "libpng-dev:arm64 g++-aarch64-linux-gnu")
    wanted = [
        need(script, "aarch64 libpng", "libpng-dev:arm64", group="aarch64"),
        need(script, "aarch64 g++", "g++-aarch64-linux-gnu", group="aarch64"),
    ]
    use(script, monkeypatch, *wanted, distribution=distribution)
    assert script.main([]) == 0
    install = apt()[-1]
    if distribution == "debian":
        assert "dpkg --add-architecture arm64" in apt()
        assert install.endswith(" libpng-dev:arm64 g++-aarch64-linux-gnu")
    else:
        assert "dpkg --add-architecture arm64" not in apt()
        assert install.endswith(" g++-aarch64-linux-gnu")
        assert "libpng" not in install
        assert "ports.ubuntu.com" in capsys.readouterr().out


def test_no_server_is_started_unasked(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KNOWN", "openssh-server")
    use(script, monkeypatch, need(script, "sshd", "openssh-server", group="test"), runs_services=True)
    assert script.main([]) == 0
    assert not [call for call in apt() if call.startswith("apt-get")]
    assert "its package starts a server" in capsys.readouterr().out


def test_demo_needs_no_fuzzer(
    script: ModuleType,
    apt: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    use(script, monkeypatch, need(script, "clang", "clang", group="test"), need(script, "cmake", "cmake", present=True))
    assert script.main(["--for", "demo", "--check"]) == 0
    assert "clang" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("version", "complete", "enough"),
    [
        ("17.0.15", True, True),
        ("21", True, True),
        ("11.0.2", True, False),
        ("1.8.0_392", True, False),
        ("17", False, False),
    ],
)
def test_a_jdk_must_be_new_enough_and_whole(
    script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, complete: bool, enough: bool
) -> None:
    """A JRE with a compiler beside it has no jmods/, which R8 reads."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert script.has_jdk() is False
    javac = tmp_path / "jdk" / "bin" / "javac"
    javac.parent.mkdir(parents=True)
    javac.write_text("#!/bin/sh\n")
    javac.chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "javac").symlink_to(javac)
    assert script.has_jdk() is False
    (tmp_path / "jdk" / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    if complete:
        (tmp_path / "jdk" / "jmods").mkdir()
    assert script.has_jdk() is enough


def test_demo_needs_what_builds_an_apk(script: ModuleType) -> None:
    groups = {need.name: need.group for need in script.needs(script.System("debian", True, True, "x86_64", False))}
    assert {groups[name] for name in ("JDK", "mvn", "aapt2", "zipalign", "apksigner")} == {"android"}


def test_this_machine_is_checked_fast() -> None:
    started = time.monotonic()
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert "system: " in done.stdout
    assert time.monotonic() - started < 2
