"""Reporting: what people made of drafts, and how much work that was."""
