"""The outside world, one adapter each: machine translation, PDF."""
