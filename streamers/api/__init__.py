"""The REST API of streamers."""
