"""Addresses: which are private, and what an interface in a subnet is called by."""

from ipaddress import IPv4Address, IPv4Network

# RFC 1918, RFC 6598 and link-local. `ipaddress.is_private` also counts the documentation ranges of
# RFC 5737, which stand for public addresses in design files.
_PRIVATE = tuple(
    (int(network.network_address), int(network.netmask))
    for network in map(
        IPv4Network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"),
    )
)

# "Amazon DNS server": base of the VPC range plus two, or this link-local address.
# https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
LINK_LOCAL_RESOLVER = IPv4Address("169.254.169.253")


def is_private(address: IPv4Address) -> bool:
    """Whether an address is of a range that the internet does not route."""
    number = int(address)
    return any(number & mask == base for base, mask in _PRIVATE)


def first_host(cidr: IPv4Network) -> IPv4Address:
    """The first address of a subnet that AWS does not reserve: base plus four, as far as it reaches."""
    return cidr.network_address + min(4, cidr.num_addresses - 1)
