"""Files that are not exports, or that want harm: made in memory, imported by the real command in a child."""
