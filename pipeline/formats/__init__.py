"""Bytes to model and back, without policy: one file per format."""
