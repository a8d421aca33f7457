"""The back office's pages about after-sales."""
