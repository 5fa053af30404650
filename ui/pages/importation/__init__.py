"""The steps of the import assistant: files, check before writing, report."""
