"""The codes by which people name rows, as C000042: a letter and a number, one after the other."""


def last_number(model):
    """The number of the newest row, or 0; it is locked, so that two who come at once get two numbers."""
    last = model.objects.select_for_update().order_by("-id").values_list("code", flat=True).first()
    return int(last[1:]) if last else 0


def next_code(model, letter, digits):
    """The code of the row that is written next in this transaction."""
    return f"{letter}{last_number(model) + 1:0{digits}d}"
