"""The folders of a press office. The only room that knows paths: load, atomic save, lock, audit log."""

from pipeline.workspace.audit import AuditLog, Entry
from pipeline.workspace.workspace import Workspace

__all__ = ["AuditLog", "Entry", "Workspace"]
