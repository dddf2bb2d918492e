"""A line that halts, as on a phone in the country: a page comes in two parts, the second some time after the first.

What reads a page that a click leads to, and does not wait for the whole of it, fails here each time, and not once in fifty.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.servers.basehttp import ServerHandler


@contextmanager
def halting(pause: float) -> Iterator[None]:
    """The server of the tests waits `pause` seconds before the body of each page it sends."""
    send = ServerHandler.write

    def write(self: ServerHandler, data: bytes) -> None:
        start = data.find(b"<body")
        if start > 0:
            send(self, data[:start])
            time.sleep(pause)
            data = data[start:]
        send(self, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ServerHandler, "write", write)
        yield
