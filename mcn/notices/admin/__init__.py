"""Notices in the back office: one's own inbox, what was told to whom, and what went out."""

from mcn.notices.admin import endpoint, notice

__all__ = ["endpoint", "notice"]
