"""Exports and archives made at random: whatever they hold, a reading or one French sentence."""
