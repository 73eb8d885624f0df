"""How much of a file is read before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What one file may cost; each bound is inclusive.

    `max_bytes` bounds the file as uploaded and what it unpacks to. `max_ratio` bounds unpacked
    over packed bytes once more than `free_bytes` were unpacked, since a small honest file may
    shrink a great deal. `max_columnar_rows` bounds a Parquet file, which is read part by part;
    `max_rows` and `max_cells` bound the others, whose rows are held in memory together.
    """

    max_bytes: int = 512 * 2**20
    max_rows: int = 5_000_000
    max_cells: int = 100_000_000
    max_columns: int = 1_000
    max_ratio: int = 100
    free_bytes: int = 8 * 2**20
    max_members: int = 1_000
    max_columnar_rows: int = 100_000_000

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is at least 1")

    def unpacked(self, packed: int) -> int:
        """Return how many bytes a file of `packed` bytes may unpack to."""
        return min(self.max_bytes, max(self.free_bytes, packed * self.max_ratio))
