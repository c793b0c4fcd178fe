"""Choices to Request: what the learner's caller wants."""

from ipaddress import IPv4Address

from vpclab.network.request import Call, Request
from vpclab.network.services import SERVICES
from vpclab.sandbox.callers import CALLERS
from vpclab.sandbox.choices import AskedName, BucketRegion, Choices
from vpclab.sandbox.destinations import DESTINATIONS, Wanted, public_address
from vpclab.sandbox.endpoints import own_name
from vpclab.sandbox.offers import RDS, S3, effective, interface_services, zones_of
from vpclab.sandbox.parts import (
    ACCOUNT,
    BUCKET_ELSEWHERE,
    DATABASE_ADDRESS,
    OTHER_REGION,
    REGION,
    endpoint_address,
)


def ask(choices: Choices, *, operation: str | None = None) -> Request:
    """The request that the choices describe; `operation` is what people call an operation of several calls.

    Without it the destination's id stands for its name.
    """
    choices = effective(choices)
    destination = DESTINATIONS[choices.destination]
    return Request(
        source=CALLERS[choices.source].id,
        region=OTHER_REGION if _is_abroad(choices) else None,
        operation=(operation or destination.id) if destination.operation else None,
        calls=tuple(_call(choices, wanted) for wanted in destination.calls),
    )


def _call(choices: Choices, wanted: Wanted) -> Call:
    is_abroad = _is_abroad(choices)
    region = OTHER_REGION if is_abroad else REGION
    host, answer = _placed(wanted.host, region), public_address(wanted.service)
    if choices.destination == RDS:
        # The name of a database that is not publicly accessible resolves to its private address, in public
        # DNS too.
        answer = DATABASE_ADDRESS
    elif is_abroad:
        answer = BUCKET_ELSEWHERE
    if choices.asked_name is AskedName.ENDPOINT and SERVICES[wanted.service].interface:
        own = _own_address(choices, wanted.service)
        if own is not None:
            host, answer = own_name(wanted.service, host), own
    return Call(
        service=wanted.service,
        action=wanted.action,
        resource=_placed(wanted.resource, region),
        host=host,
        port=wanted.port,
        public_dns_answer=answer,
    )


def _is_abroad(choices: Choices) -> bool:
    return choices.destination == S3 and choices.bucket_region is BucketRegion.OTHER


def _own_address(choices: Choices, service: str) -> IPv4Address | None:
    """What public DNS answers for the endpoint's own name: the address of its first interface.

    None where the sandbox has no such endpoint.
    """
    offered = interface_services(choices.destination)
    zones = [zone for zone in zones_of(choices) if zone in choices.interface_zones]
    if service not in offered or not zones:
        return None
    return endpoint_address(zones[0], offered.index(service))


def _placed(text: str, region: str) -> str:
    return text.replace("<region>", region).replace("<account>", ACCOUNT)
