"""What the scenes of traps have in common: who asks, what is asked, and which endpoints there are."""

from collections.abc import Mapping

from vpclab.sandbox.choices import Table, Zone

INSIDE = ("ec2-private", "lambda-vpc", "ecs-task")
SITE = ("onprem-vpn", "onprem-dx")
OTHER_VPC = ("peered-vpc", "spoke-vpc")
SERVICES = ("sqs", "kms", "ssm", "secrets-manager", "sns", "cloudwatch-logs", "sts")
"""Services that have the interface type of endpoint alone."""

TABLES, ZONES = "+".join(Table), "+".join(Zone)
OTHER_TABLES = "app-c+app-d"
"""Neither the caller's route table nor that of the NAT gateway, which could lead on to the endpoint."""

YES, NO = ("yes",), ("no",)
ANY_WAY = ("none", "nat", "nat-per-zone")

INTERFACE: Mapping[str, tuple[str, ...]] = {
    "source": INSIDE,
    "destination": SERVICES,
    "interface_endpoint": YES,
    "private_dns": ("on",),
}
GATEWAY: Mapping[str, tuple[str, ...]] = {
    "source": INSIDE,
    "destination": ("s3", "dynamodb"),
    "gateway_endpoint": YES,
    "interface_endpoint": NO,
}
BUCKET = {**GATEWAY, "destination": ("s3",)}
IMAGES = {
    "source": ("ec2-private", "ecs-task"),
    "destination": ("ecr",),
    "interface_endpoint": YES,
    "private_dns": ("on",),
    "way_out": ("none",),
}
FROM_OTHER_VPC = {
    "source": OTHER_VPC,
    "destination": SERVICES,
    "interface_endpoint": YES,
    "endpoint_group": ("private",),
}


def without(scene: Mapping[str, tuple[str, ...]], name: str) -> Mapping[str, tuple[str, ...]]:
    """A scene in which one choice is left to the trap itself."""
    return {other: values for other, values in scene.items() if other != name}
