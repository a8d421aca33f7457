"""Files of people's data: sealed as they are written, opened as they are read."""

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from mcn.kit.privacy import seal, unseal

CONTEXT = "files"


class SealedStorage(FileSystemStorage):
    """A folder in which every file lies encrypted; whoever opens one gets its bytes back in clear.

    Files are held in memory for as long as that takes: it is meant for uploads, whose size is limited.
    """

    def _save(self, name, content):
        content.seek(0)
        return super()._save(name, ContentFile(seal(content.read(), CONTEXT)))

    def _open(self, name, mode="rb"):
        with super()._open(name, mode) as file:
            return ContentFile(unseal(file.read(), CONTEXT), name)


def sealed_storage():
    """The sealed files' storage, beside all other files."""
    return SealedStorage()
