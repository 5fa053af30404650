"""The selection committee: ranking, envelope, coverage, decisions, what its papers say. No file, no SQL."""
