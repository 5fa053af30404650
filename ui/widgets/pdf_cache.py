"""Pictures of pages that a view keeps, within so many bytes."""

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QImage

CACHE_MAX = 64 * 2**20
"""Bytes of pictures that a view keeps."""


class ImageCache:
    """Pictures of pages by (document, page, width), the least lately seen forgotten beyond so many bytes."""

    def __init__(self, maximum: int = CACHE_MAX) -> None:
        self._images: OrderedDict[tuple[int, int, int], QImage] = OrderedDict()
        self._maximum = maximum
        self.octets = 0

    def get(self, cle: tuple[int, int, int]) -> QImage | None:
        """Return a picture, which is then the last one to be forgotten."""
        image = self._images.get(cle)
        if image is not None:
            self._images.move_to_end(cle)
        return image

    def put(self, cle: tuple[int, int, int], image: QImage) -> None:
        """Keep a picture."""
        ancienne = self._images.pop(cle, None)
        self.octets += image.sizeInBytes() - (ancienne.sizeInBytes() if ancienne else 0)
        self._images[cle] = image
        while self.octets > self._maximum and len(self._images) > 1:
            self.octets -= self._images.popitem(last=False)[1].sizeInBytes()

    def nearest(self, document: int, page: int) -> QImage | None:
        """Return any picture of a page, of this document or else of the one before it: better than a blank."""
        for voulu in (document, document - 1):
            for (doc, rang, _), image in reversed(self._images.items()):
                if (doc, rang) == (voulu, page):
                    return image
        return None

    def keep_only(self, documents: Iterable[int]) -> None:
        """Forget the pictures of other documents."""
        gardes = set(documents)
        for cle in [c for c in self._images if c[0] not in gardes]:
            self.octets -= self._images.pop(cle).sizeInBytes()
