"""Checks: what may be wrong with a translation, told exactly enough to be put right at once."""
