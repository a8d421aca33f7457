"""The demo's buyers, told on top of its shows."""
