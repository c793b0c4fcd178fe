"""Choices: what a learner can choose, what AWS offers for it, and choices as text."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TypeVar

from vpclab.network.services import SERVICES

E = TypeVar("E", bound=StrEnum)


class Source(StrEnum):
    """Who asks."""

    EC2_PRIVATE = "ec2-private"
    EC2_PUBLIC = "ec2-public"
    LAMBDA_VPC = "lambda-vpc"
    LAMBDA = "lambda"
    ECS_TASK = "ecs-task"


class Destination(StrEnum):
    """What is asked; `ecr` is a whole image pull, `rds` an SQL connection to a database in the VPC."""

    S3 = "s3"
    DYNAMODB = "dynamodb"
    SSM = "ssm"
    ECR = "ecr"
    RDS = "rds"


class WayOut(StrEnum):
    """What the VPC has towards the internet: nothing, an internet gateway, or a NAT gateway behind one."""

    NONE = "none"
    INTERNET_GATEWAY = "igw"
    NAT = "nat"


class EndpointGroup(StrEnum):
    """Whom the security group of the interface endpoint admits."""

    VPC = "vpc"
    CALLER = "caller"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a learner has chosen. Every combination is a design that can be built, however little it does."""

    source: Source = Source.EC2_PRIVATE
    destination: Destination = Destination.S3
    way_out: WayOut = WayOut.NAT
    gateway_endpoint: bool = False
    interface_endpoint: bool = False
    private_dns: bool = True
    endpoint_group: EndpointGroup = EndpointGroup.VPC


# Endpoint services behind each destination, in the order in which they are called.
_SERVICES: dict[Destination, tuple[str, ...]] = {
    Destination.S3: ("s3",),
    Destination.DYNAMODB: ("dynamodb",),
    Destination.SSM: ("ssm",),
    Destination.ECR: ("ecr.api", "ecr.dkr", "s3"),
    # The endpoint named `rds` is for the RDS API. SQL does not use it.
    Destination.RDS: ("rds",),
}


def gateway_service(destination: Destination) -> str | None:
    """The service that a gateway endpoint would serve; None where AWS offers none for the destination."""
    return next((name for name in _SERVICES[destination] if SERVICES[name].gateway), None)


def interface_services(destination: Destination) -> tuple[str, ...]:
    """The services that interface endpoints would serve; an image pull leaves S3 to the gateway endpoint."""
    if destination is Destination.ECR:
        return ("ecr.api", "ecr.dkr")
    return _SERVICES[destination]


def offers_private_dns(destination: Destination) -> bool:
    """Whether the destination's interface endpoint has private names at all; DynamoDB's has none."""
    return any(SERVICES[name].private_names for name in interface_services(destination))


def effective(choices: Choices) -> Choices:
    """The choices without those that AWS does not offer for this destination."""
    return replace(
        choices,
        gateway_endpoint=choices.gateway_endpoint and gateway_service(choices.destination) is not None,
        private_dns=choices.private_dns and offers_private_dns(choices.destination),
    )


def to_texts(choices: Choices) -> dict[str, str]:
    """Choices as plain text by name, for an address or a file."""
    values = ((part.name, getattr(choices, part.name)) for part in fields(Choices))
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value) for name, value in values
    }


def from_texts(texts: Mapping[str, str]) -> Choices:
    """Choices from plain text; what cannot be read keeps its default, so that an old link still opens."""
    default = Choices()
    return Choices(
        source=_one_of(Source, texts.get("source"), default.source),
        destination=_one_of(Destination, texts.get("destination"), default.destination),
        way_out=_one_of(WayOut, texts.get("way_out"), default.way_out),
        gateway_endpoint=_yes_or_no(texts.get("gateway_endpoint"), default.gateway_endpoint),
        interface_endpoint=_yes_or_no(texts.get("interface_endpoint"), default.interface_endpoint),
        private_dns=_yes_or_no(texts.get("private_dns"), default.private_dns),
        endpoint_group=_one_of(EndpointGroup, texts.get("endpoint_group"), default.endpoint_group),
    )


def _one_of(kind: type[E], text: str | None, default: E) -> E:
    return next((member for member in kind if member == text), default)


def _yes_or_no(text: str | None, default: bool) -> bool:
    return {"yes": True, "no": False}.get(text or "", default)
