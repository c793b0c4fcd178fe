"""The sandbox: a learner's choices become a Design and a Request."""

from vpclab.sandbox.ask import ask
from vpclab.sandbox.build import build
from vpclab.sandbox.choices import (
    Choices,
    Destination,
    EndpointGroup,
    Source,
    WayOut,
    effective,
    from_texts,
    gateway_service,
    interface_services,
    offers_private_dns,
    to_texts,
)

__all__ = [
    "Choices",
    "Destination",
    "EndpointGroup",
    "Source",
    "WayOut",
    "ask",
    "build",
    "effective",
    "from_texts",
    "gateway_service",
    "interface_services",
    "offers_private_dns",
    "to_texts",
]
