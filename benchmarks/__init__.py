"""Figures of docs/performance.md: every one a ratio, both sides measured in the same run on the same machine."""
