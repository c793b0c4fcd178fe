"""Who has an address in a VPC."""

from dataclasses import dataclass
from ipaddress import IPv4Address

from vpclab.network.endpoints import InterfaceEndpoint
from vpclab.network.resources import Workload


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """Something with an address in a VPC: an endpoint's interface, or a workload."""

    vpc_id: str
    subnet_id: str
    address: IPv4Address
    endpoint: InterfaceEndpoint | None = None
    workload: Workload | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The security groups that guard this interface; empty means the VPC's default group."""
        if self.endpoint is not None:
            return self.endpoint.groups
        return self.workload.groups if self.workload is not None else ()
