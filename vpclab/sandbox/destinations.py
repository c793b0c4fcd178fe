"""Every destination that a learner can choose: what it calls, and what public DNS answers for it."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network

from vpclab.network.services import ECR_LAYER_BUCKET, SERVICES
from vpclab.sandbox.destination_table import ROWS


class Family(StrEnum):
    """Groups of a long list, in the order of offer."""

    STORAGE = "storage"
    DATABASE = "database"
    COMPUTE = "compute"
    CONTAINERS = "containers"
    MESSAGING = "messaging"
    MANAGEMENT = "management"
    SECURITY = "security"
    NETWORK = "network"
    ANALYTICS = "analytics"
    DEVELOPER = "developer"
    AI = "ai"
    OPERATION = "operation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One call before it has a Region and an account: texts hold `<region>` and `<account>`."""

    service: str
    action: str
    resource: str
    host: str
    port: int = 443


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What is asked; an operation is walked call by call. Its id is permanent."""

    id: str
    family: Family
    calls: tuple[Wanted, ...]
    operation: bool = False


def _wanted(service: str, action: str, resource: str, host: str, port: int = 443) -> Wanted:
    if resource != "*" and not resource.startswith("arn:"):
        resource = f"arn:aws:{action.partition(':')[0]}:<region>:<account>:{resource}"
    if not host.endswith((".amazonaws.com", ".api.aws")):
        host = f"{host}.<region>.amazonaws.com"
    return Wanted(service=service, action=action, resource=resource, host=host, port=port)


_BUCKET = ECR_LAYER_BUCKET.format(region="<region>")
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
_IMAGE_PULL = (
    _wanted("ecr.api", "ecr:GetAuthorizationToken", "*", "api.ecr"),
    _wanted("ecr.dkr", "ecr:BatchGetImage", "repository/web", "<account>.dkr.ecr"),
    _wanted("s3", "s3:GetObject", f"arn:aws:s3:::{_BUCKET}/layer", f"{_BUCKET}.s3"),
)
_OPERATIONS = {
    "ecr": _IMAGE_PULL,
    # The agent's required calls. Left out: ec2messages, which only older agents use, and S3 and KMS, which a
    # session needs only when its log or its encryption is set up so.
    # https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
    "session-manager": (
        _wanted(
            "ssm",
            "ssm:UpdateInstanceInformation",
            "arn:aws:ec2:<region>:<account>:instance/i-0123456789abcdef0",
            "ssm",
        ),
        _wanted("ssmmessages", "ssmmessages:CreateControlChannel", "*", "ssmmessages"),
        _wanted("ssmmessages", "ssmmessages:CreateDataChannel", "*", "ssmmessages"),
    ),
    # A task that has a secret and the awslogs log driver. Fargate needs no ECS endpoint.
    "fargate-task-start": (
        _wanted("secretsmanager", "secretsmanager:GetSecretValue", "secret:app/db-AbCdEf", "secretsmanager"),
        *_IMAGE_PULL,
        _wanted("logs", "logs:CreateLogStream", "log-group:/app/web", "logs"),
    ),
}

DESTINATIONS: dict[str, Destination] = {
    **{
        key: Destination(id=key, family=Family(family), calls=(_wanted(*call),))
        for family, rows in ROWS.items()
        for key, call in rows.items()
    },
    **{
        key: Destination(id=key, family=Family.OPERATION, calls=calls, operation=True)
        for key, calls in _OPERATIONS.items()
    },
}

# Illustrative, like every address here: the ranges of a prefix list of its own.
S3EXPRESS_CIDRS = (IPv4Network("3.5.184.0/24"),)

_KNOWN = {
    "s3": "52.219.1.20",
    "s3express": "3.5.184.20",
    "dynamodb": "52.94.8.30",
    "ssm": "54.249.1.70",
    "ecr.api": "54.249.1.51",
    "ecr.dkr": "54.249.1.52",
}
_FIRST = IPv4Address("54.249.2.10")
_ADDRESSES = {suffix: _FIRST + number for number, suffix in enumerate(SERVICES)} | {
    suffix: IPv4Address(address) for suffix, address in _KNOWN.items()
}


def public_address(service: str) -> IPv4Address:
    """What public DNS answers for an endpoint service's usual host name.

    Illustrative: fixed addresses, one per service, not those that AWS uses; S3, S3 Express One Zone and
    DynamoDB lie in their prefix lists. A service that is not in SERVICES is a KeyError. The `rds` destination
    does not ask the RDS API: its DB instance answers with a private address of the VPC.
    """
    return _ADDRESSES[service]
