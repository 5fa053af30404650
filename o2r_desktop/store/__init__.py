"""The campagne on disk: one folder, one SQLite database. The only room that speaks SQL."""
