"""Comparing: heat map, side by side, other weights, instructors."""
