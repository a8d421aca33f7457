"""The streamers' own pages, and those of the people whom they bring by links."""
