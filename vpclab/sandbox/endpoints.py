"""Endpoints of the sandbox: their ids, their places, and the names that they go by."""

from vpclab.network.endpoints import DnsOptions, GatewayEndpoint, InterfaceEndpoint, NetworkInterface
from vpclab.network.services import SERVICES, private_names
from vpclab.sandbox.choices import Choices, PrivateDns, Table, Zone
from vpclab.sandbox.offers import S3, gateway_services, interface_services, tables_of, zones_of
from vpclab.sandbox.parts import REGION, VPC_ID, app_subnet, endpoint_address, suffixed
from vpclab.sandbox.policies import endpoint_policy

_TABLE_IDS = {
    Table.EDGE: "rtb-edge",
    Table.APP_A: suffixed("rtb-app", Zone.A),
    Table.APP_C: suffixed("rtb-app", Zone.C),
    Table.APP_D: suffixed("rtb-app", Zone.D),
}

_GLOBAL = ("iam", "route53", "s3-global.accesspoint")


def gateway_endpoints(choices: Choices) -> tuple[GatewayEndpoint, ...]:
    """One gateway endpoint for each service of the destination that has the type, in the chosen tables."""
    if not choices.gateway_endpoint:
        return ()
    tables = tuple(_TABLE_IDS[table] for table in tables_of(choices) if table in choices.gateway_tables)
    return tuple(
        GatewayEndpoint(
            vpc_endpoint_id=f"vpce-{service}",
            service_name=service_name(service),
            vpc_id=VPC_ID,
            route_table_ids=tables,
            policy_document=endpoint_policy(choices.endpoint_policy, service, choices.destination),
        )
        for service in gateway_services(choices.destination)
    )


def interface_endpoints(choices: Choices) -> tuple[InterfaceEndpoint, ...]:
    """One interface endpoint for each service of the destination, with an interface in each chosen zone."""
    if not choices.interface_endpoint:
        return ()
    zones = tuple(zone for zone in zones_of(choices) if zone in choices.interface_zones)
    inbound_only = choices.private_dns is PrivateDns.INBOUND
    return tuple(
        InterfaceEndpoint(
            vpc_endpoint_id=interface_endpoint_id(service),
            service_name=service_name(service),
            vpc_id=VPC_ID,
            network_interfaces=tuple(
                NetworkInterface(
                    subnet_id=app_subnet(zone).subnet_id, private_ip_address=endpoint_address(zone, number)
                )
                for zone in zones
            ),
            groups=("sg-endpoint",),
            private_dns_enabled=choices.private_dns is not PrivateDns.OFF
            and bool(SERVICES[service].private_names),
            dns_options=DnsOptions(private_dns_only_for_inbound_resolver_endpoint=inbound_only),
            policy_document=endpoint_policy(choices.endpoint_policy, service, choices.destination),
        )
        for number, service in enumerate(interface_services(choices.destination))
    )


def service_name(service: str) -> str:
    """The full name of an endpoint service; some belong to no Region."""
    region = "" if service in _GLOBAL else f"{REGION}."
    return f"com.amazonaws.{region}{service}"


def interface_endpoint_id(service: str) -> str:
    """An id that tells two endpoints of one service apart: S3 and DynamoDB have both types."""
    return f"vpce-{service.replace('.', '-')}{'-if' if SERVICES[service].gateway else ''}"


def endpoint_ids(service: str) -> tuple[str, ...]:
    """The ids of all endpoints that the sandbox may have for a service, whether it has them or not."""
    found = SERVICES[service]
    gateway = (f"vpce-{service}",) if found.gateway else ()
    return (*gateway, interface_endpoint_id(service)) if found.interface else gateway


def own_name(service: str, host: str) -> str:
    """The endpoint's own name for what is asked of `host`: it works without private DNS, wherever one is.

    For a bucket it keeps the bucket's name and the word `bucket`.
    AWS: "Access an AWS service using an interface VPC endpoint", DNS hostnames,
    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html;
    "AWS PrivateLink for Amazon S3",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html
    """
    endpoint = interface_endpoint_id(service)
    if service == S3:
        return f"{host.partition('.s3.')[0]}.bucket.{endpoint}.s3.{REGION}.vpce.amazonaws.com"
    names = private_names(service_name(service), REGION)
    usual = names[0].removeprefix("*.") if names else f"{service}.{REGION}"
    return f"{endpoint}.{usual.partition(f'.{REGION}')[0]}.{REGION}.vpce.amazonaws.com"
