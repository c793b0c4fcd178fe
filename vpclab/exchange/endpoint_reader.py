"""VPC endpoints: `VpcEndpointType` decides which of two records one is."""

from typing import Any

from vpclab.exchange.reading import (
    INVALID,
    Notebook,
    is_absent,
    mapping,
    missing,
    one_of,
    shown,
    unknown_key,
)
from vpclab.exchange.records import fill, keys_of
from vpclab.network.endpoints import GatewayEndpoint, InterfaceEndpoint

_ENDPOINTS = {"Gateway": GatewayEndpoint, "Interface": InterfaceEndpoint}


def vpc_endpoint(notebook: Notebook, value: Any) -> Any:
    """An endpoint by its `VpcEndpointType`."""
    if not isinstance(value, dict):
        return notebook.tell("expected_mapping", value=shown(value))
    every_key = {name: key for kind in _ENDPOINTS.values() for name, key in keys_of(kind).items()}
    kind: Any = INVALID
    if not missing(notebook, value, "VpcEndpointType"):
        kind = notebook.at("VpcEndpointType", one_of(*_ENDPOINTS), value["VpcEndpointType"])
    if kind is INVALID:
        # Which keys may stand here cannot be said, but what is in them can be checked.
        mapping(notebook, value, [*every_key, "VpcEndpointType"])
        fill(notebook, value, every_key)
        return INVALID
    keys = keys_of(_ENDPOINTS[kind])
    for key, item in value.items():
        if key in keys or key == "VpcEndpointType":
            continue
        if key not in every_key:
            unknown_key(notebook, key, [*keys, "VpcEndpointType"])
        elif not _says_nothing(item):
            notebook.tell("key_of_other_endpoint_type", key, name=key, type=kind)
    values = fill(notebook, value, keys)
    return INVALID if values is None else _ENDPOINTS[kind](**values)


def _says_nothing(item: Any) -> bool:
    """Whether `aws ec2 describe-vpc-endpoints` prints this for the other type of endpoint as well."""
    return is_absent(item) or item is False or item == {}
