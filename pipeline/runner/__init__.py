"""The narrative: what happens to a release, step by step: load → stage → save.

The command line and later doors call these functions and print what they return. The clock, the person and the
engines come in as arguments; only the workspace is read and written here.
"""
