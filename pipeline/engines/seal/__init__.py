"""Electronic seals: put on PDFs and made for other files with the office's key, and checked offline by anyone."""

from pipeline.engines.seal.check import read_seals
from pipeline.engines.seal.detached import read_detached_seal
from pipeline.engines.seal.sealer import Sealer

__all__ = ["Sealer", "read_detached_seal", "read_seals"]
