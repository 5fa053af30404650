"""A stack of pages as small as the one in view: the others, out of sight, do not widen the window."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Stack(QStackedWidget):
    """Qt's own asks for the room of its widest page."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the least room of the page in view."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else QSize(0, 0)

    def sizeHint(self) -> QSize:  # noqa: N802 Qt
        """Return the room that the page in view would like."""
        page = self.currentWidget()
        return page.sizeHint() if page is not None else QSize(0, 0)
