"""Which tests one worker of pytest-xdist gets together, so that what they share is made once."""

from xdist.scheduler import LoadFileScheduling

#: Folders whose files share what takes longest to make.
FOLDERS = ("tests/platforms/nbgrader/",)


class FilesAndFolders(LoadFileScheduling):
    """Whole files, as `--dist loadfile` says, and of some folders all files."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((folder for folder in FOLDERS if file.startswith(folder)), file)
