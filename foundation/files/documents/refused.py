"""Why a document is not taken."""


class Refused(Exception):
    """`code`: type, damaged, password, macros, active, too-long, not-copied. The words for people are in `judging`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
