"""Drafting: empty segments filled from the memory, then by engines, in the target language's typography."""

from pipeline.stages.draft.draft import Drafted, Guidance, Problem, draft, request_for
from pipeline.stages.draft.recall import Memory, from_memory

__all__ = ["Drafted", "Guidance", "Memory", "Problem", "draft", "from_memory", "request_for"]
