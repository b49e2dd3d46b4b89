"""JPEG: every layout decodes to the bits that Pillow's libjpeg-turbo gives."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from tests.decode.compare import assert_as_pillow
from tests.decode.pictures import jpeg, photo, pillow, segment, with_segments, without_jfif
from tests.decode.programs import Programs

SIZES = ((1, 1), (7, 9), (8, 8), (17, 33), (35, 50))  # height, width

# Factors of the components; the names are those of the usual ones.
SAMPLINGS = {
    "4:4:4": "1x1,1x1,1x1",
    "4:2:2": "2x1,1x1,1x1",
    "4:2:0": "2x2,1x1,1x1",
    "4:4:0": "1x2,1x1,1x1",
    "4:1:1": "4x1,1x1,1x1",
    "4:1:0": "4x2,1x1,1x1",
    "1x4": "1x4,1x1,1x1",
    "unequal chroma": "2x2,2x1,1x2",
    "4:2:2 written as 2x2": "2x2,1x2,1x2",
    "three to one": "3x1,1x1,1x1",
    "fine chroma": "1x1,2x2,1x1",
}
FLAGS = ("-", "progressive", "arithmetic", "progressive,arithmetic", "restart=1", "optimize", "one-scan-each")


def written(
    native: Programs, folder: Path, size: tuple[int, int], space: str, sampling: str, flags: str, quality: int = 85
) -> bytes:
    """A JPEG that libjpeg writes on this machine, whatever machine then reads it."""
    picture = photo(*size)
    samples = {"gray": picture[..., :1], "cmyk": np.dstack([picture, picture[..., :1]])}
    data = samples.get("cmyk" if space == "ycck" else space, picture)
    out = folder / "written.jpg"
    arguments = [str(out), str(size[1]), str(size[0]), str(data.shape[2]), space, str(quality), sampling, flags]
    done = native.run("make_jpeg", *arguments, stdin=np.ascontiguousarray(data).tobytes())
    assert done.returncode == 0, done.stderr
    return out.read_bytes()


@pytest.mark.parametrize("sampling", SAMPLINGS)
def test_every_subsampling(programs: Programs, native: Programs, tmp_path: Path, sampling: str) -> None:
    files = {}
    for size in SIZES:
        for flags in FLAGS:
            files[f"{flags} {size}"] = written(native, tmp_path, size, "ycc", SAMPLINGS[sampling], flags)
    assert_as_pillow(programs, tmp_path / "files", files)


def test_gray(programs: Programs, native: Programs, tmp_path: Path) -> None:
    files = {}
    for size in SIZES:
        for factors in ("1x1", "2x2", "4x1"):
            for flags in ("-", "progressive", "restart=1"):
                files[f"{factors} {flags} {size}"] = written(native, tmp_path, size, "gray", factors, flags)
    assert_as_pillow(programs, tmp_path / "files", files)


def test_how_the_colour_space_is_told(programs: Programs, native: Programs, tmp_path: Path) -> None:
    """JFIF means YCbCr; Adobe's marker says which; without both the component numbers do."""
    files = {}
    for space in ("ycc", "rgb"):
        for flags in ("-", "nojfif", "noadobe", "nojfif,noadobe"):
            for factors in ("1x1,1x1,1x1", "2x2,1x1,1x1"):
                files[f"{space} {flags} {factors}"] = written(native, tmp_path, (19, 21), space, factors, flags)
    ycc = written(native, tmp_path, (19, 21), "ycc", "2x1,1x1,1x1", "nojfif")
    for transform in range(4):
        files[f"Adobe {transform}"] = with_segments(ycc, segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes([transform])))
    assert_as_pillow(programs, tmp_path / "files", files)


def test_files_that_pillow_writes(programs: Programs, tmp_path: Path) -> None:
    files = {}
    for size in ((1, 1), (31, 47), (96, 64)):
        for quality in (1, 30, 75, 97, 100):
            for subsampling in (0, 1, 2):
                for progressive in (False, True):
                    options = {"quality": quality, "subsampling": subsampling, "progressive": progressive}
                    files[f"{size} {options}"] = jpeg(photo(*size), **options)
    files["restarts"] = jpeg(photo(40, 40), restart_marker_blocks=1)
    files["RGB kept"] = jpeg(photo(40, 40), keep_rgb=True)
    assert_as_pillow(programs, tmp_path, files)


def test_real_photos(programs: Programs, tmp_path: Path) -> None:
    """The bundled photos, re-encoded the way a phone does."""
    from edgegen.reference.photos import bundled_photos

    files = {path.name: path.read_bytes() for path in bundled_photos()}
    assert files
    assert_as_pillow(programs, tmp_path, files)


def test_colour_profiles_are_not_applied(programs: Programs, tmp_path: Path) -> None:
    """A picture tagged Display P3 is read as it is stored."""
    plain, tagged = jpeg(photo(20, 20)), jpeg(photo(20, 20), icc_profile=b"a profile" * 20000)
    assert_as_pillow(programs, tmp_path, {"tagged": tagged})
    assert (pillow(tagged) == pillow(plain)).all()


def test_multi_picture_file_gives_its_first_picture(programs: Programs, tmp_path: Path) -> None:
    from PIL import Image

    out = io.BytesIO()
    pictures = [Image.fromarray(photo(20, 24, seed)) for seed in range(3)]
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:])
    with Image.open(io.BytesIO(out.getvalue())) as image:
        assert image.format == "MPO"
    broken = with_segments(jpeg(photo(20, 24)), segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff"))
    assert_as_pillow(programs, tmp_path, {"three pictures": out.getvalue(), "broken index": broken})


def test_what_pillow_forgives(programs: Programs, tmp_path: Path) -> None:
    picture = photo(33, 31)
    good = jpeg(picture)
    files = {
        "rubbish behind the end": good + b"rubbish" * 10,
        "rubbish between segments": good[:2] + b"\xff\xff\xff" + good[3:20] + b"xyz" + good[20:],
        "no JFIF header": without_jfif(good),
        "stuffed bytes between segments": good[:20] + b"\xff\x00" + good[20:],
        "a lone restart marker": good[:20] + b"\xff\xd0" + good[20:],
        "a comment": with_segments(good, segment(0xFE, b"made by hand")),
        "an empty comment": with_segments(good, segment(0xFE, b"")),
        "another picture behind the end": good + jpeg(photo(10, 10)),
    }
    assert_as_pillow(programs, tmp_path, files)


def test_progressive_picture_without_its_later_scans(programs: Programs, tmp_path: Path) -> None:
    """Read, and not to the same bits: what is not there is smoothed, and libjpeg-turbo 3 does it otherwise."""
    progressive = jpeg(photo(33, 31), progressive=True)
    first_scan = progressive.index(b"\xff\xda")
    second_scan = progressive.index(b"\xff\xda", first_scan + 2)
    data = progressive[:second_scan] + b"\xff\xd9"
    path = tmp_path / "first_scan.jpg"
    path.write_bytes(data)
    (ours,) = programs.decode([path])
    assert not isinstance(ours, str)
    assert np.abs(ours.astype(int) - pillow(data)).max() <= 32
