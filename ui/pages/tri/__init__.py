"""The quick sort: one line per dossier, one key per label."""

from ui.pages.tri.page import TriPage

__all__ = ["TriPage"]
