"""Pure values: what a release is, what its translation is, and what is printed. No I/O, no clock, no policy."""
