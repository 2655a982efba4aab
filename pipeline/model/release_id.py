"""What a release may be called."""

import re

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?\Z")
"""Ids are folder names, file names and parts of addresses: ASCII, lower case, no blanks, at most 80 characters."""
