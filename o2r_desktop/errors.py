"""Failures the user can act on: each text is one French sentence (what, on which file or dossier, what to do)."""


class O2rError(Exception):
    """Base of every failure that is told to the user as it is written."""


class UsageError(O2rError):
    """The command was called with words it does not know."""


class ExportError(O2rError):
    """An export of the platform cannot be taken."""


class ExportUnreadableError(ExportError):
    """The file is missing, truncated, protected or damaged."""


class ExportFormatError(ExportError):
    """The file can be read but is not an export of dossiers that we know."""


class ExportTooLargeError(ExportError):
    """The file would cost more memory or time than an export ever does (a bomb, most of the time)."""


class DossierError(O2rError):
    """A dossier, a critere or an answer is not acceptable as asked."""


class StoreError(O2rError):
    """The campagne folder cannot be read or written."""


class StoreLockedError(StoreError):
    """Somebody else has the campagne open."""


class StoreTooRecentError(StoreError):
    """The campagne was written by a newer version of the program."""


class NotAStoreError(StoreError):
    """The folder holds no campagne, or its database is not ours."""


class StoreCorruptError(StoreError):
    """The database is damaged."""


class StoreUnavailableError(StoreError):
    """Disk full, folder read-only, stick pulled out."""


class GrilleError(O2rError):
    """A grille is refused; the text gives the line and the column."""


class NoteError(O2rError):
    """A note cannot be made."""


class NoteTargetError(NoteError):
    """The file of the note cannot be written (open in a reader, folder read-only)."""


class TableauError(O2rError):
    """A table cannot be written (unknown format, open in a spreadsheet program, folder read-only)."""


class CancelledError(O2rError):
    """The user asked to stop; silent."""
