"""How the child says no: a code and its numbers, which the parent puts into words in the user's language."""


class FileError(Exception):
    """The whole file is refused for one reason."""

    def __init__(self, code, **params):
        super().__init__(code)
        self.code = code
        self.params = params
