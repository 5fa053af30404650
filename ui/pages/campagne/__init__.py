"""Campagne: what its rules compare with, its grille, its imports, its backups."""

from ui.pages.campagne.page import CampagnePage

__all__ = ["CampagnePage"]
