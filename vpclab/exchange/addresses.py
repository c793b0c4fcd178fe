"""Readers of addresses, ranges of addresses and host names."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network
from typing import Any

from vpclab.exchange.reading import INVALID, Notebook, shown, text

# RFC 1035, section 2.3.4 "Size limits"; the dot of the root at the end does not count.
MAX_NAME = 253
MAX_LABEL = 63

_ADDRESS = re.compile(r"(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
_CIDR = re.compile(_ADDRESS.pattern + r"/([0-9]|[12][0-9]|3[0-2])")
_IPV6 = re.compile(r"[0-9a-fA-F.]*:[0-9a-fA-F:.]*(?:/[0-9]+)?")


@lru_cache(maxsize=16384)
def parse_address(given: str) -> IPv4Address | None:
    """An IPv4 address as people write it, else None."""
    match = _ADDRESS.fullmatch(given)
    # Taken apart here: `ipaddress` needs three times as long for text, and a file may hold 100,000.
    try:
        return match and IPv4Address(bytes(map(int, match.groups())))
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def parse_cidr(given: str) -> IPv4Network | None:
    """An IPv4 range with the length of its prefix and no host bits, else None."""
    match = _CIDR.fullmatch(given)
    if match is None:
        return None
    *octets, length = map(int, match.groups())
    try:
        return IPv4Network((bytes(octets), length))
    except ValueError:
        return None


def is_ipv6(given: str) -> bool:
    """Whether this was meant as an IPv6 address or range."""
    return _IPV6.fullmatch(given) is not None and given.count(":") > 1


def address(notebook: Notebook, value: Any) -> Any:
    """An IPv4 address."""
    given = text(notebook, value)
    if given is INVALID:
        return INVALID
    if is_ipv6(given):
        return notebook.tell("ipv4_only", value=shown(given))
    return parse_address(given) or notebook.tell("not_an_address", value=shown(given))


def cidr(notebook: Notebook, value: Any) -> Any:
    """An IPv4 range, written from its first address."""
    given = text(notebook, value)
    if given is INVALID:
        return INVALID
    return parse_cidr(given) or _not_a_cidr(notebook, given)


def _not_a_cidr(notebook: Notebook, given: str) -> Any:
    if is_ipv6(given):
        return notebook.tell("ipv4_only", value=shown(given))
    if parse_address(given):
        return notebook.tell("cidr_without_length", value=given)
    if _CIDR.fullmatch(given):
        try:
            meant = IPv4Network(given, strict=False)
        except ValueError:
            return notebook.tell("not_a_cidr", value=given)
        return notebook.tell("cidr_with_host_bits", value=given, meant=str(meant))
    return notebook.tell("not_a_cidr", value=shown(given))


def host_name(notebook: Notebook, value: Any) -> Any:
    """A DNS name, as far as its lengths go."""
    given = text(notebook, value)
    if given is INVALID:
        return INVALID
    name = given.removesuffix(".")
    if len(name) > MAX_NAME:
        return notebook.tell("host_name_too_long", limit=MAX_NAME)
    if any(len(label) > MAX_LABEL for label in name.split(".")):
        return notebook.tell("label_too_long", limit=MAX_LABEL)
    return given
