"""Takes notes on source lines out of a TorchScript archive: file names of the machine that exported it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

_NOTES: Final = ".debug_pkl"
# What the writer itself puts into every archive.
_WRITERS_OWN: Final = frozenset({"version", "byteorder", ".data/serialization_id"})


def drop_source_notes(path: Path) -> None:
    """Writes the archive at `path` anew without them. Its other records, and their alignment, are kept."""
    import torch

    reader: Any = torch._C.PyTorchFileReader(str(path))
    # Beside the file and of the same name: the archive's records stand in a folder called after it.
    folder = path.with_name(f"{path.name}.new")
    folder.mkdir()
    smaller = folder / path.name
    writer: Any = torch._C.PyTorchFileWriter(str(smaller))
    for name in reader.get_all_records():
        if name.endswith(_NOTES) or name in _WRITERS_OWN:
            continue
        data = reader.get_record(name)
        writer.write_record(name, data, len(data))
    writer.set_min_version(int(reader.get_record("version")))
    writer.write_end_of_file()
    smaller.replace(path)
    folder.rmdir()
