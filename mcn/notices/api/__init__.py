"""Notices for programs: one's own inbox, the endpoints, the log of deliveries."""
