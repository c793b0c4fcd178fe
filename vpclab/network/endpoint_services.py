"""Whether an endpoint is for a service: by its service name, or by the names that the service goes by."""

from vpclab.network.design import Design
from vpclab.network.endpoints import InterfaceEndpoint, VpcEndpoint
from vpclab.network.names import canonical


def is_for_service(
    design: Design, endpoint: VpcEndpoint, service: str, host: str | None, region: str | None
) -> bool:
    """Whether an endpoint is for a service as people call it, in one Region (None: in whatever Region)."""
    named_region, suffix = design.endpoint_suffix[endpoint.vpc_endpoint_id]
    if region is not None and named_region not in (None, region):
        return False
    if suffix == service:
        return True
    if not isinstance(endpoint, InterfaceEndpoint):
        return False
    return _is_called_like(design, endpoint, service, canonical(host or ""), named_region)


def _is_called_like(
    design: Design, endpoint: InterfaceEndpoint, service: str, host: str, region: str | None
) -> bool:
    """Whether the service or host is called like the endpoint's private names, in whatever Region or domain.

    A service's short name need not be the end of its endpoint's: `kinesis-firehose` is called `firehose`.
    """
    for name in design.private_names(endpoint):
        base = name.removeprefix("*.").partition(f".{region}.")[0]
        if base == service or host.startswith(f"{base}."):
            return True
        if name.startswith("*.") and f".{base}." in host:
            return True
    return False
