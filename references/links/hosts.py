"""Whom we may ask: hosts on the public internet, by the very address that was judged."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = {80, 443, 8080, 8443}
IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NoAddress(ValueError):
    """This is no address of the web."""


class Private(ValueError):
    """The host is not on the public internet."""


def parts_of(address: str) -> tuple[SplitResult, str, int]:
    """The parts of a web address, its host as it is asked for in the DNS, and its port. Raises `NoAddress`."""
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
        host = (parts.hostname or "").rstrip(".")
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, KeyError, UnicodeError):
        raise NoAddress(address) from None
    if not host:
        raise NoAddress(address)
    return parts, host, port


def checked_ip(host: str, port: int) -> str:
    """The IP address to connect to. The name is looked up once, here: whoever answers later for it is not asked again.

    Raises `Private` when any address of the host is not public, or the port is not one of the web; `OSError` when the
    name is unknown.
    """
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    loopback = settings.LINK_CHECKS_LOOPBACK
    for text in found:
        ip = ipaddress.ip_address(text.partition("%")[0])
        if loopback and ip.is_loopback:
            continue
        if not is_public(ip) or port not in ALLOWED_PORTS:
            raise Private(host)
    return found[0]


def is_public(ip: IP) -> bool:
    """Whether an address belongs to the public internet; an IPv4 address inside an IPv6 one is judged as itself."""
    inner = _inside(ip)
    if inner is not None:
        return is_public(inner)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _inside(ip: IP) -> ipaddress.IPv4Address | None:
    if not isinstance(ip, ipaddress.IPv6Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
