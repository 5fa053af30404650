"""Pages of the window: one thing to do each."""
