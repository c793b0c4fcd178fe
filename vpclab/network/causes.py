"""What to repair first: the cause behind a symptom, one rule each, first that fits first.

The symptom is where it hurts (a time-out at a route table), the cause is what to repair (private DNS is off).
"""

from collections.abc import Callable

from vpclab.network import dns_causes, permission_causes, route_causes
from vpclab.network.serving_endpoints import has_no_way, is_public
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Cause


def hidden_dependency(service: str) -> str:
    """The code for a service that an operation needs without saying so, e.g. `HIDDEN_DEPENDENCY_ECR_DKR`."""
    return f"{Cause.HIDDEN_DEPENDENCY}_{service.upper().replace('.', '_').replace('-', '_')}"


def find_causes(trace: Trace, stop: Stop, *, later_call: bool) -> tuple[str, ...]:
    """All causes that fit a stopped request, in the order in which to look at them.

    `later_call` tells that the request is an operation and earlier calls had worked.
    """
    found = tuple(str(cause) for cause, fits in _RULES if fits(trace, stop))
    if later_call and is_hidden_dependency(trace, stop):
        return (hidden_dependency(trace.call.service), *found)
    return found


def is_hidden_dependency(trace: Trace, stop: Stop) -> bool:
    """A later call of an operation fails for want of a way to its service: no endpoint, no route.

    Where an endpoint for the service stands ready and only the name does not lead to it, the name is the
    cause.
    """
    return (
        is_public(trace)
        and has_no_way(trace, stop)
        and not any(fits(trace, stop) for cause, fits in _RULES if cause in NAMES)
    )


NAMES = frozenset(
    {
        Cause.CUSTOM_DNS_NOT_FORWARDING,
        Cause.PRIVATE_DNS_OFF,
        Cause.PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES,
        Cause.HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS,
        Cause.PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC,
        Cause.HOSTED_ZONE_NOT_ASSOCIATED,
    }
)

_RULES: tuple[tuple[Cause, Callable[[Trace, Stop], bool]], ...] = (
    (Cause.CUSTOM_DNS_NOT_FORWARDING, dns_causes.custom_dns_not_forwarding),
    (Cause.PRIVATE_DNS_OFF, dns_causes.private_dns_off),
    (Cause.PRIVATE_DNS_REQUIRES_VPC_DNS_ATTRIBUTES, dns_causes.private_dns_requires_vpc_dns_attributes),
    (Cause.HOSTNAME_NOT_COVERED_BY_PRIVATE_DNS, dns_causes.hostname_not_covered),
    (Cause.PRIVATE_DNS_ONLY_IN_ENDPOINT_VPC, dns_causes.private_dns_only_in_endpoint_vpc),
    (Cause.HOSTED_ZONE_NOT_ASSOCIATED, dns_causes.hosted_zone_not_associated),
    (Cause.PRIVATE_ZONE_HAS_NO_RECORD, dns_causes.private_zone_has_no_record),
    (Cause.PREFIX_LIST_IS_REGIONAL, route_causes.prefix_list_is_regional),
    (Cause.GATEWAY_ENDPOINT_NOT_TRANSITIVE, route_causes.gateway_endpoint_not_transitive),
    (Cause.LAMBDA_HAS_NO_PUBLIC_IP, route_causes.lambda_has_no_public_ip),
    (Cause.SECURITY_GROUP_LACKS_PREFIX_LIST, permission_causes.security_group_lacks_prefix_list),
    (Cause.SG_REFERENCES_NOT_PRESERVED, permission_causes.sg_references_not_preserved),
    (Cause.SERVICE_USES_OTHER_PORT, permission_causes.service_uses_other_port),
    (Cause.SOURCE_IP_NOT_AVAILABLE_THROUGH_ENDPOINT, permission_causes.source_ip_not_available),
)
