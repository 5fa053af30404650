"""Qt models: they hold rows and roles, and know no widget."""
