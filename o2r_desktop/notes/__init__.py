"""The note of a dossier: its words (pure), then an accessible and archivable PDF (PDF/UA-1, PDF/A-3a)."""
