"""Everybody's inbox, whichever side they work on."""
