"""Merchants for programs."""
