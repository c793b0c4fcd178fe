"""Policies of the sandbox: what an endpoint policy or a bucket policy says for each choice."""

from vpclab.network.policy_document import (
    Condition,
    Effect,
    PolicyDocument,
    PolicyStatement,
    parse_operator,
)
from vpclab.sandbox.choices import BucketPolicy, EndpointPolicy
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.parts import ACCOUNT, BUCKET, OWN_PUBLIC_RANGE, REGION, VPC_ID

_ANYONE = ("*",)


def endpoint_policy(choice: EndpointPolicy, service: str, destination: str) -> PolicyDocument | None:
    """The policy of the endpoint for one service; None is AWS's default, full access.

    A policy of your own replaces the default completely: what no statement allows is refused.
    AWS: "Control access to VPC endpoints using endpoint policies",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
    """
    if choice is EndpointPolicy.FULL:
        return None
    if choice is EndpointPolicy.ONE_RESOURCE:
        return _document(_allow("OnlyThisOne", _own_resources(service, destination)))
    if choice is EndpointPolicy.OTHER_RESOURCE:
        return _document(_allow("OnlyAnotherOne", _other_resources(service)))
    if choice is EndpointPolicy.SOURCE_IP:
        condition = _condition("IpAddress", "aws:SourceIp", OWN_PUBLIC_RANGE)
        return _document(_allow("OnlyFromOurAddresses", ("*",), condition))
    return _document(_deny("NoDeleting", _deletion(service), ("*",)))


def bucket_policy(choice: BucketPolicy, endpoint_ids: tuple[str, ...]) -> PolicyDocument | None:
    """The policy of the bucket; `endpoint_ids` are those that it lets requests come through.

    AWS: "Controlling access from VPC endpoints with bucket policies",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
    """
    resources = (f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*")
    if choice is BucketPolicy.NONE:
        return None
    if choice is BucketPolicy.DENY_ONLY:
        return _document(_deny("NoDeleting", ("s3:DeleteObject",), resources))
    condition = {
        BucketPolicy.SOURCE_VPCE: _condition("StringNotEquals", "aws:SourceVpce", *endpoint_ids),
        BucketPolicy.SOURCE_VPC: _condition("StringNotEquals", "aws:SourceVpc", VPC_ID),
        BucketPolicy.SOURCE_IP: _condition("NotIpAddress", "aws:SourceIp", OWN_PUBLIC_RANGE),
    }[choice]
    return _document(_deny("NotFromElsewhere", ("s3:*",), resources, condition))


def _own_resources(service: str, destination: str) -> tuple[str, ...]:
    """The resources of the destination's own calls. For S3 it is always the bucket that people name.

    An image pull also reads AWS's layer bucket, which such a policy forgets.
    AWS: "Amazon ECR interface VPC endpoints", minimum bucket permissions,
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    if service == "s3":
        return (f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*")
    named = (wanted.resource for wanted in DESTINATIONS[destination].calls if wanted.service == service)
    return tuple(dict.fromkeys(map(in_place, named)))


def _other_resources(service: str) -> tuple[str, ...]:
    if service == "s3":
        return (f"arn:aws:s3:::{BUCKET}2", f"arn:aws:s3:::{BUCKET}2/*")
    return (f"arn:aws:{service.partition('.')[0]}:{REGION}:{ACCOUNT}:another-resource",)


def _deletion(service: str) -> tuple[str, ...]:
    return ("s3:DeleteObject",) if service == "s3" else (f"{service.partition('.')[0]}:Delete*",)


def in_place(text: str) -> str:
    """A destination's text with Region and account filled in."""
    return text.replace("<region>", REGION).replace("<account>", ACCOUNT)


def _document(statement: PolicyStatement) -> PolicyDocument:
    return PolicyDocument(statements=(statement,))


def _allow(sid: str, resources: tuple[str, ...], *conditions: Condition) -> PolicyStatement:
    return PolicyStatement(
        effect=Effect.ALLOW,
        sid=sid,
        principals=_ANYONE,
        actions=("*",),
        resources=resources,
        conditions=conditions,
    )


def _deny(
    sid: str, actions: tuple[str, ...], resources: tuple[str, ...], *conditions: Condition
) -> PolicyStatement:
    return PolicyStatement(
        effect=Effect.DENY,
        sid=sid,
        principals=_ANYONE,
        actions=actions,
        resources=resources,
        conditions=conditions,
    )


def _condition(name: str, key: str, *values: str) -> Condition:
    operator = parse_operator(name)
    assert operator is not None
    return Condition(name=name, operator=operator, key=key, values=values)
