"""Words on the cards and frames: what each is, its name, and one line of fact.

Fifth step of `draw`: Stage to Captions, in the learner's language. Names of AWS services are proper nouns,
the same in every language.
"""

from dataclasses import dataclass
from typing import Protocol

from diagrams.icons import Glyph
from diagrams.parts import Asked, Cast, InterfaceSlot, SubnetPart, VpcPart, ZonePart
from diagrams.places import Frame, Role, Spot
from vpclab.network.endpoints import GatewayEndpoint
from vpclab.network.hops import Walk
from vpclab.network.resources import NatGateway, Workload
from vpclab.network.vocabulary import Kind, ResolvesTo
from vpclab.words import service_words


class Words(Protocol):
    """The sentences of one language, by key."""

    @property
    def language(self) -> str:
        """The language's tag, such as `ja`."""
        ...

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence under `key`, with `facts` in its places."""
        ...

    def has(self, key: str) -> bool:
        """Say whether this language has a sentence under `key`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words on a card and its glyph; `kind` may hold `|` where a line may break."""

    glyph: Glyph
    kind: str
    name: str = ""
    fact: str = ""


_GLYPHS = {
    Role.INSTANCE: Glyph.COMPUTE,
    Role.LAMBDA: Glyph.LAMBDA,
    Role.FARGATE_TASK: Glyph.CONTAINER,
    Role.ONPREM_HOST: Glyph.HOST,
    Role.DB_INSTANCE: Glyph.DATABASE,
    Role.ROUTE_TABLE: Glyph.ROUTE_TABLE,
    Role.NAT_GATEWAY: Glyph.NAT,
    Role.INTERNET_GATEWAY: Glyph.INTERNET_GATEWAY,
    Role.GATEWAY_ENDPOINT: Glyph.GATEWAY_ENDPOINT,
    Role.INTERFACE_ENDPOINT: Glyph.INTERFACE_ENDPOINT,
    Role.PEERING_CONNECTION: Glyph.PEERING,
    Role.TRANSIT_GATEWAY: Glyph.TRANSIT_GATEWAY,
    Role.VIRTUAL_PRIVATE_GATEWAY: Glyph.VPN_GATEWAY,
    Role.DIRECT_CONNECT: Glyph.DIRECT_CONNECT,
    Role.AWS_MANAGED_NETWORK: Glyph.AWS_NETWORK,
    Role.INTERNET: Glyph.INTERNET,
    Role.MORE: Glyph.MORE,
}

# Families of services that lessons use; any other shows the general glyph.
SERVICES: dict[str, Glyph] = {
    "s3": Glyph.STORAGE,
    "s3express": Glyph.STORAGE,
    "elasticfilesystem": Glyph.STORAGE,
    "ecr.api": Glyph.CONTAINER,
    "ecr.dkr": Glyph.CONTAINER,
    "ecs": Glyph.CONTAINER,
    "eks": Glyph.CONTAINER,
    "lambda": Glyph.LAMBDA,
    "ec2": Glyph.COMPUTE,
    "dynamodb": Glyph.DATABASE,
    "cassandra": Glyph.DATABASE,
    "rds": Glyph.DATABASE,
    "rds-data": Glyph.DATABASE,
    "logs": Glyph.MANAGEMENT,
    "monitoring": Glyph.MANAGEMENT,
    "ssm": Glyph.MANAGEMENT,
    "ssmmessages": Glyph.MANAGEMENT,
    "ec2messages": Glyph.MANAGEMENT,
    "cloudtrail": Glyph.MANAGEMENT,
    "cloudformation": Glyph.MANAGEMENT,
    "kms": Glyph.IDENTITY,
    "sts": Glyph.IDENTITY,
    "iam": Glyph.IDENTITY,
    "secretsmanager": Glyph.IDENTITY,
}


class Captions:
    """Captions of one picture, in one language."""

    def __init__(self, walk: Walk | None, t: Words) -> None:
        self.t = t
        self.told = None if walk is None else walk.told

    def of(self, spot: Spot) -> Caption:
        """The words on a card."""
        if spot.role is Role.SERVICE:
            return self._service(spot.thing)
        if spot.role is Role.MORE:
            return self._more(spot)
        glyph, kind = _GLYPHS[spot.role], self.t(f"diagram.role.{spot.role}")
        if spot.ghost:
            return Caption(glyph=glyph, kind=kind, fact=self._absent(spot))
        if spot.role is Role.INTERNET:
            return Caption(glyph=glyph, kind=kind, fact=self._internet())
        if spot.role is Role.AWS_MANAGED_NETWORK:
            return Caption(glyph=glyph, kind=kind)
        if spot.role is Role.ROUTE_TABLE and _name(spot) == _implied_table(spot):
            return Caption(glyph=glyph, kind=kind, name=self.t("diagram.implied_main"), fact=self._fact(spot))
        return Caption(glyph=glyph, kind=kind, name=_name(spot), fact=self._fact(spot))

    def title(self, frame: Frame) -> tuple[str, str, str]:
        """What a frame is, its name, and its range."""
        word = self.t(f"diagram.frame.{frame.kind}")
        thing = frame.thing
        if isinstance(thing, SubnetPart) and thing.subnet is not None:
            return word, thing.subnet.subnet_id, str(thing.subnet.cidr_block)
        if isinstance(thing, SubnetPart):
            return word, self.t("diagram.absent"), ""
        if isinstance(thing, VpcPart):
            hidden = thing.hidden_subnets
            rest = f" ({self.t('diagram.more_subnets', count=hidden)})" if hidden else ""
            return word, f"{thing.vpc.vpc_id}{rest}", str(thing.vpc.cidr_block)
        if isinstance(thing, ZonePart):
            return word, thing.name, ""
        if isinstance(thing, Cast | Asked):
            return word, thing.region, ""
        return word, "", ""

    def _fact(self, spot: Spot) -> str:
        thing = spot.thing
        if isinstance(thing, Workload):
            address = thing.private_ip_address
            return "" if address is None else str(address)
        if isinstance(thing, InterfaceSlot):
            return "" if thing.address is None else str(thing.address)
        if isinstance(thing, NatGateway):
            return str(thing.public_ip) if thing.public_ip else self.t("diagram.private_nat")
        if isinstance(thing, GatewayEndpoint):
            return thing.service_name.rpartition(".")[2]
        return self._route(spot) if spot.role is Role.ROUTE_TABLE else ""

    def _route(self, spot: Spot) -> str:
        """The destination that won, on the table that the walk asked."""
        chosen = self.told.route_chosen if self.told is not None else None
        part = spot.of
        if chosen is None or self.told is None or not isinstance(part, SubnetPart) or not part.workloads:
            return ""
        caller = self.told.path[0].at if self.told.path else ""
        asked = any(workload.id == caller for workload in part.workloads)
        return f"{chosen.destination} →" if asked else ""

    def _absent(self, spot: Spot) -> str:
        """What a ghost says: an endpoint may be missing for this service only."""
        if _in_ghost(spot):
            return ""
        if spot.role in (Role.GATEWAY_ENDPOINT, Role.INTERFACE_ENDPOINT) and self.told is not None:
            return self.t("diagram.absent_for", service=self.told.call.service)
        return self.t("diagram.absent")

    def _internet(self) -> str:
        if self.told is None:  # whether a request passes it is what the walk would tell
            return ""
        passed = any(step.kind is Kind.INTERNET for step in self.told.path)
        return "" if passed else self.t("diagram.not_passed")

    def _service(self, thing: object) -> Caption:
        service = thing.service if isinstance(thing, Asked) else ""
        # A database answers by itself; what stands outside the VPC is the API of its service.
        card = f"diagram.card.{service}"
        name = self.t(card) if self.t.has(card) else service_words(service, self.t)
        glyph = SERVICES.get(service, Glyph.SERVICE)
        told = self.told
        public = (
            told is not None and told.resolves_to is ResolvesTo.PUBLIC and told.destination_ip is not None
        )
        fact = str(told.destination_ip) if told is not None and public else ""
        return Caption(
            glyph=glyph, kind=name, name=self.t("diagram.public_address") if public else "", fact=fact
        )

    def _more(self, spot: Spot) -> Caption:
        if isinstance(spot.thing, tuple):
            names = ", ".join(spot.thing)
            return Caption(
                glyph=Glyph.MORE, kind=self.t("diagram.more_endpoints", count=len(spot.thing)), fact=names
            )
        key = "more_vpcs" if spot.id == "node-more-vpcs" else "more_workloads"
        return Caption(glyph=Glyph.MORE, kind=self.t(f"diagram.{key}", count=spot.thing))


def _implied_table(spot: Spot) -> str:
    """The id that `Design.route_table_of_subnet` gives a main table which the design does not spell out."""
    return f"main-of-{spot.of.subnet.vpc_id}" if isinstance(spot.of, SubnetPart) and spot.of.subnet else ""


def _in_ghost(spot: Spot) -> bool:
    """Whether the card stands in a subnet that is itself absent, which says it already."""
    return isinstance(spot.of, SubnetPart) and spot.of.subnet is None


def _name(spot: Spot) -> str:
    """The resource's own id."""
    thing = spot.thing
    if isinstance(thing, Workload):
        return thing.id
    if isinstance(thing, InterfaceSlot):
        return thing.endpoint.vpc_endpoint_id if thing.endpoint else ""
    for name in _IDS:
        if (found := getattr(thing, name, None)) is not None:
            return str(found)
    return ""


_IDS = (
    "route_table_id",
    "nat_gateway_id",
    "internet_gateway_id",
    "vpc_endpoint_id",
    "vpc_peering_connection_id",
    "transit_gateway_id",
    "virtual_interface_id",
    "vpn_gateway_id",
)
