"""How long work says where it is, and learns that it was cancelled."""

from typing import Protocol


class Reporter(Protocol):
    """Told of each unit of work; raises CancelledError from step() when the user asked to stop."""

    def step(self, done: int, total: int, label: str) -> None:
        """Say that *done* units of *total* are over; *label* is French text for the user."""


class SilentReporter:
    """Reports to nobody and never cancels."""

    def step(self, done: int, total: int, label: str) -> None:
        """Do nothing."""
