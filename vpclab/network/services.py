"""AWS services and their endpoints: which types each offers and which names private DNS covers.

From "AWS services that integrate with AWS PrivateLink"
(https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html), the services'
own pages and the AWS SDK's endpoint data, checked 2026-11-22. `<region>` stands for the Region's name.
Private names are exact: not the dual-stack, global or dash-Region names of a service, and never the
names of another Region.
"""

from dataclasses import dataclass
from functools import lru_cache

REGION = "<region>"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointService:
    """One endpoint service of AWS: `suffix` is what follows `com.amazonaws.<region>.` in its name."""

    suffix: str
    gateway: bool = False
    interface: bool = True
    private_names: tuple[str, ...]


# Names that cannot be derived from the suffix. Source for the odd ones:
# https://github.com/ministryofjustice/modernisation-platform/pull/13533
_S3_NAMES = (
    f"s3.{REGION}.amazonaws.com",
    f"*.s3.{REGION}.amazonaws.com",
    f"s3-control.{REGION}.amazonaws.com",
    f"*.s3-control.{REGION}.amazonaws.com",
    f"s3-accesspoint.{REGION}.amazonaws.com",
    f"*.s3-accesspoint.{REGION}.amazonaws.com",
)
_ODD = (
    EndpointService(suffix="s3", gateway=True, private_names=_S3_NAMES),
    EndpointService(suffix="s3express", gateway=True, interface=False, private_names=()),
    EndpointService(suffix="s3-global.accesspoint", private_names=("*.accesspoint.s3-global.amazonaws.com",)),
    # DynamoDB's interface endpoint offers no private names; callers use the endpoint's own name.
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
    EndpointService(suffix="dynamodb", gateway=True, private_names=()),
    EndpointService(suffix="dynamodb-streams", private_names=()),
    EndpointService(suffix="kinesis-streams", private_names=(f"kinesis.{REGION}.amazonaws.com",)),
    EndpointService(suffix="kinesis-firehose", private_names=(f"firehose.{REGION}.amazonaws.com",)),
    EndpointService(suffix="ecr.api", private_names=(f"api.ecr.{REGION}.amazonaws.com",)),
    EndpointService(suffix="ecr.dkr", private_names=(f"*.dkr.ecr.{REGION}.amazonaws.com",)),
    EndpointService(suffix="ecs-agent", private_names=(f"ecs-a.{REGION}.amazonaws.com",)),
    EndpointService(suffix="ecs-telemetry", private_names=(f"ecs-t.{REGION}.amazonaws.com",)),
    EndpointService(suffix="eks-auth", private_names=(f"eks-auth.{REGION}.api.aws",)),
    EndpointService(
        suffix="oidc-eks", private_names=(f"oidc-eks.{REGION}.amazonaws.com", f"oidc-eks.{REGION}.api.aws")
    ),
    EndpointService(suffix="iam", private_names=("iam.amazonaws.com",)),
    EndpointService(suffix="route53", private_names=("route53.amazonaws.com",)),
    EndpointService(suffix="execute-api", private_names=(f"*.execute-api.{REGION}.amazonaws.com",)),
    EndpointService(suffix="codeartifact.api", private_names=(f"codeartifact.{REGION}.amazonaws.com",)),
    EndpointService(
        suffix="codeartifact.repositories", private_names=(f"*.d.codeartifact.{REGION}.amazonaws.com",)
    ),
    EndpointService(suffix="sagemaker.api", private_names=(f"api.sagemaker.{REGION}.amazonaws.com",)),
    EndpointService(suffix="sagemaker.runtime", private_names=(f"runtime.sagemaker.{REGION}.amazonaws.com",)),
    # The names under it belong to single servers.
    EndpointService(suffix="transfer.server", private_names=()),
    EndpointService(suffix="billing", private_names=(f"billing.{REGION}.api.aws",)),
    # https://docs.aws.amazon.com/keyspaces/latest/devguide/vpc-endpoints.html
    EndpointService(suffix="cassandra", private_names=(f"cassandra.{REGION}.amazonaws.com",)),
)
_REGULAR = (
    "s3tables",
    "sqs",
    "sns",
    "events",
    "states",
    "sync-states",
    "lambda",
    "ec2",
    "ecs",
    "eks",
    "ssm",
    "ssmmessages",
    "ec2messages",
    "secretsmanager",
    "kms",
    "kms-fips",
    "sts",
    "logs",
    "stream-logs",
    "monitoring",
    "xray",
    "cloudtrail",
    "config",
    "cloudformation",
    "rds",
    "rds-data",
    "pi",
    "elasticache",
    "redshift",
    "redshift-data",
    "athena",
    "glue",
    "elasticloadbalancing",
    "autoscaling",
    "elasticfilesystem",
    "codebuild",
    "codepipeline",
    "codedeploy",
    "codedeploy-commands-secure",
    "bedrock",
    "bedrock-runtime",
    "bedrock-agent",
    "bedrock-agent-runtime",
    "batch",
    "backup",
    "appconfig",
    "appconfigdata",
    "acm",
    "kafka",
    "email-smtp",
    "transfer",
    "elasticmapreduce",
)  # fmt: skip  (a table of words reads better than a column of them)

SERVICES: dict[str, EndpointService] = {
    service.suffix: service
    for service in (
        *_ODD,
        *(EndpointService(suffix=s, private_names=(f"{s}.{REGION}.amazonaws.com",)) for s in _REGULAR),
    )
}

# Calls that an everyday name stands for. Pages: "Amazon ECR interface VPC endpoints"
# (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html) for the layer bucket.
ECR_LAYER_BUCKET = "prod-{region}-starport-layer-bucket"


@lru_cache(maxsize=4096)
def split_service_name(service_name: str) -> tuple[str | None, str]:
    """Region and suffix of `com.amazonaws.<region>.<suffix>`.

    The Region is None for global names such as `com.amazonaws.iam` or `com.amazonaws.s3-global.accesspoint`
    and for services of others (`com.amazonaws.vpce.<region>.vpce-svc-...` keeps its whole rest as suffix).
    """
    rest = service_name
    for prefix in ("com.amazonaws.", "aws.api.", "cn.com.amazonaws."):
        if service_name.startswith(prefix):
            rest = service_name.removeprefix(prefix)
            break
    else:
        return None, service_name
    first, dot, suffix = rest.partition(".")
    if not dot or rest in SERVICES or first.count("-") < 2:
        return None, rest
    return first, suffix


@lru_cache(maxsize=4096)
def private_names(service_name: str, region: str) -> tuple[str, ...]:
    """The names that the service's interface endpoint answers for when private DNS is on.

    A leading `*.` stands for one or more labels. A service that is not in the table is taken to be regular:
    `<suffix>.<region>.amazonaws.com`, as nearly all are.
    """
    named_region, suffix = split_service_name(service_name)
    known = SERVICES.get(suffix)
    if known is None and named_region is None:
        return ()
    names = known.private_names if known else (f"{suffix}.{REGION}.amazonaws.com",)
    return tuple(name.replace(REGION, named_region or region) for name in names)
