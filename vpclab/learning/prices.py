"""Prices: `content/prices.yaml`, the one place where a price stands, and what follows from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from vpclab.errors import ContentError
from vpclab.learning.content_files import read_file
from vpclab.learning.models import Source
from vpclab.learning.texts import Content

PRICES_FILE = Path(__file__).resolve().parent.parent.parent / "content" / "prices.yaml"

PREFIX = "price:"
"""How a fact's value says that it is a price: `price:ap-northeast-1.interface_endpoint_hour`."""


Price = Annotated[Decimal, Field(gt=0, lt=1_000, max_digits=12)]


class RegionPrices(Content):
    """List prices of a Region, in USD: by the hour, or by GB processed."""

    nat_gateway_hour: Price
    nat_gateway_gb: Price
    interface_endpoint_hour: Price
    interface_endpoint_gb: tuple[Price, ...] = Field(min_length=3, max_length=3)
    gwlb_endpoint_hour: Price
    gwlb_endpoint_gb: Price
    public_ipv4_hour: Price


class Prices(Content):
    """The file. `tiers_up_to_gb` are where the first two tiers of `interface_endpoint_gb` end, by month."""

    currency: str
    hours_per_month: int = Field(ge=1, le=744)
    tiers_up_to_gb: tuple[int, ...]
    checked_on: date
    sources: tuple[Source, ...]
    regions: Mapping[str, RegionPrices]


@lru_cache(maxsize=1)
def load_prices(file: Path = PRICES_FILE) -> Prices:
    """The prices alone, for whoever needs nothing else of the content. Raises ContentError."""
    read = read_file(file, file.parent, TypeAdapter(Prices))
    if read.problems:
        raise ContentError(read.problems)
    prices: Prices = read.value
    return prices


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """How a figure is made of a Region's prices and a month's hours, and to how many decimals it is told.

    There may be none: what costs more for each GB never pays off. No decimals means: as it is.
    """

    of: Callable[[RegionPrices, int], Decimal | None]
    decimals: int | None = None


def _break_even(prices: RegionPrices, hours: int) -> Decimal | None:
    """GB a month at which one endpoint in one zone costs as much as what a NAT gateway takes for them.

    The NAT gateway is there anyway: its hours do not count, its charge for each GB does.
    """
    saved = prices.nat_gateway_gb - prices.interface_endpoint_gb[0]
    return prices.interface_endpoint_hour * hours / saved if saved > 0 else None


_FIGURES: Mapping[str, _Figure] = {
    "nat_gateway_hour": _Figure(of=lambda prices, _: prices.nat_gateway_hour),
    "nat_gateway_gb": _Figure(of=lambda prices, _: prices.nat_gateway_gb),
    "interface_endpoint_hour": _Figure(of=lambda prices, _: prices.interface_endpoint_hour),
    "interface_endpoint_gb": _Figure(of=lambda prices, _: prices.interface_endpoint_gb[0]),
    "interface_endpoint_gb_next": _Figure(of=lambda prices, _: prices.interface_endpoint_gb[1]),
    "interface_endpoint_gb_above": _Figure(of=lambda prices, _: prices.interface_endpoint_gb[2]),
    "gwlb_endpoint_hour": _Figure(of=lambda prices, _: prices.gwlb_endpoint_hour),
    "gwlb_endpoint_gb": _Figure(of=lambda prices, _: prices.gwlb_endpoint_gb),
    "public_ipv4_hour": _Figure(of=lambda prices, _: prices.public_ipv4_hour),
    "interface_endpoint_month": _Figure(
        of=lambda prices, hours: prices.interface_endpoint_hour * hours, decimals=2
    ),
    "ten_endpoints_three_zones_month": _Figure(
        of=lambda prices, hours: 10 * 3 * prices.interface_endpoint_hour * hours, decimals=0
    ),
    "break_even_gb": _Figure(of=_break_even, decimals=0),
}


def figure(prices: Prices, name: str) -> str | None:
    """The figure `<region>.<name>` as text; None where there is no such Region or figure."""
    region, _, what = name.partition(".")
    if region not in prices.regions or what not in _FIGURES:
        return None
    found = _FIGURES[what]
    value = found.of(prices.regions[region], prices.hours_per_month)
    if value is None:
        return None
    return f"{value:f}" if found.decimals is None else f"{value:,.{found.decimals}f}"
