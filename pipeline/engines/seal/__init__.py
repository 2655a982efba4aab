"""Electronic seals: put on PDFs with the office's key, and checked offline by anyone."""

from pipeline.engines.seal.check import read_seals
from pipeline.engines.seal.sealer import Sealer

__all__ = ["Sealer", "read_seals"]
