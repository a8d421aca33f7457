"""The merchants' own pages."""
