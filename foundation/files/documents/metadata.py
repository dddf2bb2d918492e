"""JPEG and JPEG 2000 pictures inside other files, without what they say beside their pixels."""

import struct

from foundation.files.documents.refused import Refused

#: JPEG: application segments and comments go, but for Adobe's, which says how colours are stored.
_ADOBE, _START_OF_SCAN, _COMMENT = 0xEE, 0xDA, 0xFE
#: JPEG 2000: boxes that hold words.
_WORDS = (b"xml ", b"uuid", b"uinf")


def without_metadata(data: bytes) -> bytes:
    """`data` with its pixels as they are. Raises `Refused` where it is neither."""
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[4:8] == b"jP  ":
        return _boxes(data)
    if data.startswith(b"\xff\x4f\xff\x51"):
        return data  # a bare code stream
    raise Refused("not-copied")


def _jpeg(data: bytes) -> bytes:
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Refused("not-copied")
        marker = data[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == _START_OF_SCAN:
            end = data.rfind(b"\xff\xd9")
            return bytes(kept + data[at : end + 2]) if end > at else bytes(kept + data[at:])
        length = struct.unpack(">H", data[at + 2 : at + 4])[0]
        says_something = (0xE0 <= marker <= 0xEF and marker != _ADOBE) or marker == _COMMENT
        if not says_something:
            kept += data[at : at + 2 + length]
        at += 2 + length
    raise Refused("not-copied")


def _boxes(data: bytes) -> bytes:
    kept, at = bytearray(), 0
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if length == 1:
            length = struct.unpack(">Q", data[at + 8 : at + 16])[0]
        length = length or len(data) - at
        if length < 8:
            raise Refused("not-copied")
        if name not in _WORDS:
            kept += data[at : at + length]
        at += length
    return bytes(kept)
