"""How much more of one submission may be held in memory, or unpacked to be passed over."""

from autograder.submissions.rules import (
    MAX_FILE,
    MAX_PACKED,
    MAX_TOTAL,
    MAX_UNPACKED,
    ArchiveError,
    is_archive,
    is_source,
    megabytes,
)


class Room:
    """What is left for all archives of one submission together."""

    def __init__(self) -> None:
        self._held = {"source": MAX_TOTAL, "archive": MAX_PACKED, "other": MAX_FILE}
        self._unpacked = MAX_UNPACKED

    def hold(self, path: str, size: int) -> bool:
        """Take room for a file that is held in memory; False if there is none."""
        kind = "archive" if is_archive(path) else "source" if is_source(path) else "other"
        if size > self._held[kind]:
            return False
        self._held[kind] -= size
        return True

    def unpack(self, size: int) -> None:
        """Take room for bytes that are unpacked, whether they are kept or passed over.

        Raises:
            ArchiveError: there is none.
        """
        self._unpacked -= size
        if self._unpacked < 0:
            raise ArchiveError(
                f"it unpacks to more than {megabytes(MAX_UNPACKED)}; leave out what isn't yours"
            )
