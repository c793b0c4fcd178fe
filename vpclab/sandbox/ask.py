"""Choices to Request: what the learner's caller wants."""

from vpclab.network.request import Call, Request
from vpclab.network.services import ECR_LAYER_BUCKET
from vpclab.sandbox.choices import Choices, Destination
from vpclab.sandbox.parts import ACCOUNT, CALLERS, DATABASE_ADDRESS, DATABASE_PORT, PUBLIC_ANSWERS, REGION


def ask(choices: Choices, *, operation: str = "ecr-pull") -> Request:
    """The request that the choices describe; `operation` is what people call an image pull."""
    source = CALLERS[choices.source].id
    if choices.destination is Destination.ECR:
        return Request(source=source, operation=operation, calls=_ecr_pull())
    return Request(source=source, calls=(_CALLS[choices.destination],))


def _call(service: str, action: str, resource: str, host: str) -> Call:
    return Call(
        service=service,
        action=action,
        resource=resource,
        host=f"{host}.{REGION}.amazonaws.com",
        public_dns_answer=PUBLIC_ANSWERS[service],
    )


_CALLS = {
    Destination.S3: _call(
        "s3", "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/report.csv", "amzn-s3-demo-bucket.s3"
    ),
    Destination.DYNAMODB: _call(
        "dynamodb", "dynamodb:GetItem", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders", "dynamodb"
    ),
    Destination.SSM: _call(
        "ssm", "ssm:GetParameter", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/app/config", "ssm"
    ),
    # The name of a database that is not publicly accessible resolves to its private address, in public DNS
    # too.
    Destination.RDS: Call(
        service="rds",
        action="SQL",
        resource=f"arn:aws:rds:{REGION}:{ACCOUNT}:db:orders",
        host=f"orders.c9akciq32.{REGION}.rds.amazonaws.com",
        port=DATABASE_PORT,
        public_dns_answer=DATABASE_ADDRESS,
    ),
}


def _ecr_pull() -> tuple[Call, ...]:
    """An image pull: a token and the manifest from ECR, the layers from a bucket of AWS in S3.

    AWS: "Amazon ECR interface VPC endpoints",
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    bucket = ECR_LAYER_BUCKET.format(region=REGION)
    repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/web"
    return (
        _call("ecr.api", "ecr:GetAuthorizationToken", "*", "api.ecr"),
        _call("ecr.dkr", "ecr:BatchGetImage", repository, f"{ACCOUNT}.dkr.ecr"),
        _call("s3", "s3:GetObject", f"arn:aws:s3:::{bucket}/layer", f"{bucket}.s3"),
    )
