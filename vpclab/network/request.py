"""Requests: which workload asks which service to do what.

An operation such as an image pull is several calls in a row, each with its own name and action.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address

HTTPS = 443


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to one service.

    `service` is the short name for people; `host` the name asked of DNS, with `public_dns_answer` being
    what public DNS says to it (None: no such name). `region` None means the Region of the request.
    """

    service: str
    action: str
    resource: str
    host: str
    protocol: str = "tcp"
    port: int = HTTPS
    public_dns_answer: IPv4Address | None = None
    principal: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `source` wants: one call, or an `operation` made of several.

    `region` None means the design's own.
    """

    source: str
    calls: tuple[Call, ...]
    region: str | None = None
    operation: str | None = None

    @property
    def is_operation(self) -> bool:
        return self.operation is not None
