"""k-means in one dimension: the table of 2^bits values that a tensor's values are nearest to, the same each time.

Lloyd's iteration from three starts that draw nothing at random, of which the best end is taken: values placed where the
cube root of their density puts them, which is where they would be for infinitely many (Panter and Dite, 1951), evenly
among the values, and evenly over their range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BINS: Final = 2048
_MAX_ROUNDS: Final = 300


def palette(
    values: npt.NDArray[np.floating[Any]], bits: int
) -> tuple[npt.NDArray[np.floating[Any]], npt.NDArray[np.uint8]]:
    """(table, indices): the table is ascending, of 2^bits values of `values`' dtype; the indices are flat, uint8.

    Where `values` has fewer different values than the table has places, they are all in it, exactly, and its last is
    repeated.
    """
    import numpy as np

    places = 1 << bits
    different, counts = np.unique(values, return_counts=True)
    if len(different) <= places:
        table = np.concatenate([different, np.repeat(different[-1:], places - len(different))])
    else:
        table = _clustered(different.astype(np.float64), counts, places).astype(values.dtype)
    # Nearest after rounding to the stored dtype: the boundary belongs to the lower value.
    middles = (table[1:].astype(np.float64) + table[:-1].astype(np.float64)) / 2
    return table, np.searchsorted(middles, values.reshape(-1).astype(np.float64)).astype(np.uint8)


def _clustered(values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp], places: int) -> npt.NDArray[np.float64]:
    """The centres, ascending, of `values` (ascending, each once, `counts` times each)."""
    import numpy as np

    weight = np.concatenate([[0.0], np.cumsum(counts, dtype=np.float64)])
    total = np.concatenate([[0.0], np.cumsum(values * counts)])
    ends = [_lloyd(values, weight, total, start) for start in _starts(values, counts, places)]
    # The sum of squares without the part that is the same for all: minus what the centres explain.
    explained = [float((np.square(sums) / np.maximum(inside, 1.0)).sum()) for _, sums, inside in ends]
    return ends[int(np.argmax(explained))][0]


def _lloyd(
    values: npt.NDArray[np.float64],
    weight: npt.NDArray[np.float64],
    total: npt.NDArray[np.float64],
    centres: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(centres, sums, counts) where nothing moves any more; `weight` and `total` are sums over the values before."""
    import numpy as np

    for _ in range(_MAX_ROUNDS):
        edges = np.searchsorted(values, (centres[1:] + centres[:-1]) / 2, side="right")
        first, last = np.concatenate([[0], edges]), np.concatenate([edges, [len(values)]])
        inside, sums = weight[last] - weight[first], total[last] - total[first]
        # A place that nothing is nearest to stays where it is.
        moved = np.divide(sums, inside, out=centres.copy(), where=inside > 0)
        if np.array_equal(moved, centres):
            break
        centres = moved
    return centres, sums, inside


def _starts(
    values: npt.NDArray[np.float64], counts: npt.NDArray[np.intp], places: int
) -> list[npt.NDArray[np.float64]]:
    import numpy as np

    density, edges = np.histogram(values, bins=_BINS, weights=counts)
    steps = (np.arange(places) + 0.5) / places
    starts = []
    for share in (np.cbrt(density), density, np.ones_like(edges[1:])):
        below = np.concatenate([[0.0], np.cumsum(share)])
        starts.append(np.interp(steps * below[-1], below, edges))
    return starts
