"""The one place that opens a stranger's spreadsheet: a process of its own, under limits, without Django."""
