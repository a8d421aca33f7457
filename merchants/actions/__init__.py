"""The verbs of merchants: the only place that changes them."""
