"""Ingest: a foreign file's content becomes a release. Nothing vanishes or changes without being reported."""

from pipeline.stages.ingest.ingest import Given, House, ingest

__all__ = ["Given", "House", "ingest"]
