"""Small parts that several pages share: they know the theme, and nothing of dossiers."""
