"""The command line: the only room that prints, or turns an error into an exit code."""
