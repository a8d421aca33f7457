"""The demo's streamers, told on top of its merchants, products and cards."""
