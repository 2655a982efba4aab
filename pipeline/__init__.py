"""Communiqué: a press release in German and French on the same day.

The package turns one source text into reviewed, approved and published editions in several languages.
Folders are layers and import only downwards; `tests/test_architecture.py` holds the list.
"""

__version__ = "0.1.0"
