"""Mail handed to the office's mail server (RFC 5321), so that it is known of each message whether it went out."""

from pipeline.engines.smtp.connection import Server, connect
from pipeline.engines.smtp.line import Line

__all__ = ["Line", "Server", "connect"]
