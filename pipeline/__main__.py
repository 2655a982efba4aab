"""The `communique` command and `python -m pipeline`."""
