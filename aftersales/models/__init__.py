"""The tables of after-sales."""
