"""Columns of lists that show a choice as a badge."""

from unfold.decorators import display


def badge(field, description, colours):
    """A column that tells a choice in words, each value in its colour, and sorts by it."""

    @display(description=description, ordering=field, label=colours)
    def shown(self, row):
        return getattr(row, field), getattr(row, f"get_{field}_display")()

    return shown
