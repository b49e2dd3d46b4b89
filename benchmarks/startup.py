"""How long the command line takes to start, against Python importing click.

    python -m benchmarks.startup [--json]

Rows: `edgegen --help`, and `edgegen export --if-changed` on a project that is up to date. The peer,
`python -c "import click"`, is run alternately with each, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 31
PEER = [sys.executable, "-c", "import click"]
_SCRIPT = Path(sys.executable).with_name("edgegen")
EDGEGEN = [str(_SCRIPT)] if _SCRIPT.is_file() else [sys.executable, "-m", "edgegen"]


def milliseconds(command: list[str]) -> float:
    """Wall time of one run of `command`."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1e3


def compare(command: list[str]) -> dict[str, float]:
    """Medians over alternating runs of `command` and the peer."""
    pairs = [(milliseconds(command), milliseconds(PEER)) for _ in range(ROUNDS)]
    ours, peer = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {"milliseconds": round(ours, 1), "peer_milliseconds": round(peer, 1), "ratio": round(ours / peer, 2)}


def main() -> None:
    """Makes a project, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        new = [*EDGEGEN, "new", "hello", "--platform", "linux-arm", "--output", folder, "--no-input", "--quiet"]
        subprocess.run(new, check=True, stdout=subprocess.DEVNULL)
        export = [*EDGEGEN, "export", "--if-changed", "--project", str(Path(folder) / "hello")]
        rows = {"edgegen --help": compare([*EDGEGEN, "--help"]), "edgegen export --if-changed": compare(export)}
    if arguments.json:
        print(json.dumps({"rows": [{"command": name, **row} for name, row in rows.items()]}, indent=2))
        return
    print(f"{'':30} {'ms':>8} {'click ms':>9} {'ratio':>6}   on {os.cpu_count()} cores")
    for name, row in rows.items():
        print(f"{name:30} {row['milliseconds']:8.1f} {row['peer_milliseconds']:9.1f} {row['ratio']:6.2f}")


if __name__ == "__main__":
    main()
