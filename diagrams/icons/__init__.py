"""Glyphs of our own drawing for cards: white lines on a tile whose shape and colour tell the family.

They stand in place of the AWS Architecture Icons, which may not be changed or recoloured. See LICENSE here.
Every glyph is SVG path data on a 24 x 24 grid, stroked and not filled.
"""

from enum import StrEnum


class Family(StrEnum):
    """Families of cards; each has a colour and a tile shape of its own."""

    COMPUTE = "compute"
    NETWORK = "network"
    ENDPOINT = "endpoint"
    STORAGE = "storage"
    DATABASE = "database"
    MANAGEMENT = "management"
    IDENTITY = "identity"
    SERVICE = "service"
    OUTSIDE = "outside"


class Glyph(StrEnum):
    """Names of the glyphs."""

    COMPUTE = "compute"
    LAMBDA = "lambda"
    CONTAINER = "container"
    HOST = "host"
    ROUTE_TABLE = "route-table"
    NAT = "nat"
    INTERNET_GATEWAY = "internet-gateway"
    GATEWAY_ENDPOINT = "gateway-endpoint"
    INTERFACE_ENDPOINT = "interface-endpoint"
    PEERING = "peering"
    TRANSIT_GATEWAY = "transit-gateway"
    VPN_GATEWAY = "vpn-gateway"
    DIRECT_CONNECT = "direct-connect"
    AWS_NETWORK = "aws-network"
    INTERNET = "internet"
    STORAGE = "storage"
    DATABASE = "database"
    MANAGEMENT = "management"
    IDENTITY = "identity"
    SERVICE = "service"
    MORE = "more"


FAMILIES = {
    Glyph.COMPUTE: Family.COMPUTE,
    Glyph.LAMBDA: Family.COMPUTE,
    Glyph.CONTAINER: Family.COMPUTE,
    Glyph.HOST: Family.OUTSIDE,
    Glyph.ROUTE_TABLE: Family.NETWORK,
    Glyph.NAT: Family.NETWORK,
    Glyph.INTERNET_GATEWAY: Family.NETWORK,
    Glyph.GATEWAY_ENDPOINT: Family.ENDPOINT,
    Glyph.INTERFACE_ENDPOINT: Family.ENDPOINT,
    Glyph.PEERING: Family.NETWORK,
    Glyph.TRANSIT_GATEWAY: Family.NETWORK,
    Glyph.VPN_GATEWAY: Family.NETWORK,
    Glyph.DIRECT_CONNECT: Family.NETWORK,
    Glyph.AWS_NETWORK: Family.NETWORK,
    Glyph.INTERNET: Family.OUTSIDE,
    Glyph.STORAGE: Family.STORAGE,
    Glyph.DATABASE: Family.DATABASE,
    Glyph.MANAGEMENT: Family.MANAGEMENT,
    Glyph.IDENTITY: Family.IDENTITY,
    Glyph.SERVICE: Family.SERVICE,
    Glyph.MORE: Family.OUTSIDE,
}

PATHS = {
    Glyph.COMPUTE: "M7 7h10v10H7zM10 7V4M14 7V4M10 20v-3M14 20v-3M7 10H4M7 14H4M20 10h-3M20 14h-3",
    Glyph.LAMBDA: "M7 5h3l7 14h2M11.5 9.5L6 19",
    Glyph.CONTAINER: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    Glyph.HOST: "M5 4h14v7H5zM5 13h14v7H5zM8 7.5h.1M8 16.5h.1M12 7.5h4M12 16.5h4",
    Glyph.ROUTE_TABLE: "M12 20V9M12 9L6 5M12 9l6-4M6 9V5h4M18 9V5h-4",
    Glyph.NAT: "M4 8h11M12 5l3 3-3 3M20 16H9M12 13l-3 3 3 3M19 5v6M5 13v6",
    Glyph.INTERNET_GATEWAY: "M6 20v-9a6 6 0 0 1 12 0v9M4 20h16M9 14h6M12.5 11.5L15 14l-2.5 2.5",
    Glyph.GATEWAY_ENDPOINT: "M4 5v14M20 5v14M8 12h8M13 8.5l3.5 3.5-3.5 3.5",
    Glyph.INTERFACE_ENDPOINT: "M5 6h14v9H5zM8 15v4M12 15v4M16 15v4M9 10.5h6",
    Glyph.PEERING: "M9.5 16a5 5 0 1 1 0-8M14.5 8a5 5 0 1 1 0 8M9 12h6",
    Glyph.TRANSIT_GATEWAY: "M9 9h6v6H9zM12 9V4M12 20v-5M9 12H4M20 12h-5",
    Glyph.VPN_GATEWAY: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3M12 15v2",
    Glyph.DIRECT_CONNECT: "M4 12h4M16 12h4M8 8.5h3v7H8zM13 8.5h3v7h-3z",
    Glyph.AWS_NETWORK: "M7 17a4 4 0 0 1 .5-8 5 5 0 0 1 9.5 1.5A3.5 3.5 0 0 1 17 17z",
    Glyph.INTERNET: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16",
    Glyph.STORAGE: "M5 7l2 12h10l2-12M5 7a7 2.5 0 0 0 14 0a7 2.5 0 0 0-14 0",
    Glyph.DATABASE: "M6 7v10a6 2.5 0 0 0 12 0V7M6 7a6 2.5 0 0 0 12 0a6 2.5 0 0 0-12 0M6 12a6 2.5 0 0 0 12 0",
    Glyph.MANAGEMENT: "M4 19h16M6 15l4-5 4 3 5-8",
    Glyph.IDENTITY: "M4 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 12h8M17 12v4M20 12v3",
    Glyph.SERVICE: "M12 4l7 4v8l-7 4-7-4V8zM12 10v4M10 12h4",
    Glyph.MORE: "M6 12h.1M12 12h.1M18 12h.1",
}

# Tiles on a 28 x 28 grid, filled with the family's colour.
TILES = {
    Family.COMPUTE: "M4 0h20a4 4 0 0 1 4 4v20a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z",
    Family.NETWORK: "M0 14a14 14 0 1 0 28 0a14 14 0 1 0-28 0z",
    Family.ENDPOINT: "M7 1h14l7 13-7 13H7L0 14z",
    Family.STORAGE: "M0 2h28l-4 25H4z",
    Family.DATABASE: "M1 5c0-6 26-6 26 0v18c0 6-26 6-26 0z",
    Family.MANAGEMENT: "M8 0h12l8 8v12l-8 8H8l-8-8V8z",
    Family.IDENTITY: "M14 0l13 4v9c0 8-6 13-13 15C7 26 1 21 1 13V4z",
    Family.SERVICE: "M14 0l12.5 7v14L14 28 1.5 21V7z",
    Family.OUTSIDE: "M0 0h28v28H0z",
}
