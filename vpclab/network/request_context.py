"""The condition keys of a request: which have a value, and which are absent on this way.

AWS: "AWS global condition context keys",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from vpclab.network.principals import role_arn
from vpclab.network.trace import Trace

HTTP = 80

# A source address that exists but that the design does not tell: no network covers it.
UNKNOWN_ADDRESS = "unknown"

KNOWN_KEYS = frozenset(
    key.lower()
    for key in (
        "aws:PrincipalArn",
        "aws:PrincipalAccount",
        "aws:PrincipalType",
        "aws:PrincipalOrgID",
        "aws:ResourceAccount",
        "aws:ResourceOrgID",
        "aws:RequestedRegion",
        "aws:SecureTransport",
        "aws:ViaAWSService",
        "aws:SourceVpce",
        "aws:SourceVpc",
        "aws:VpcSourceIp",
        "aws:VpceAccount",
        "aws:VpceOrgID",
        "aws:SourceIp",
    )
)


def is_known_key(key: str) -> bool:
    """Whether the engine knows a condition key; keys ignore case, and unknown ones count as absent."""
    return key.lower() in KNOWN_KEYS


def principal_of(trace: Trace) -> str:
    """Who calls: the call's principal, else a role of the design's account."""
    return trace.call.principal or f"arn:aws:iam::{trace.design.account}:role/app"


def condition_keys(trace: Trace) -> dict[str, str]:
    """The keys that have a value in this request, in lower case.

    Through an endpoint `aws:SourceVpce`, `aws:SourceVpc` and `aws:VpcSourceIp` are there and `aws:SourceIp`
    is not; without one it is the reverse.
    AWS: "Controlling access from VPC endpoints with bucket policies",
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
    """
    design = trace.design
    principal = principal_of(trace)
    account = _account_of(principal) or design.account
    keys = {
        "aws:principalarn": role_arn(principal),
        "aws:principalaccount": account,
        "aws:principaltype": _type_of(principal),
        "aws:requestedregion": trace.region,
        "aws:securetransport": "false" if trace.call.port == HTTP else "true",
        "aws:viaawsservice": "false",
    }
    if design.organization:
        keys["aws:principalorgid"] = design.organization
    owner = _owner_of_resource(trace)
    if owner is not None:
        keys["aws:resourceaccount"] = owner
        if design.organization and owner == design.account:
            keys["aws:resourceorgid"] = design.organization
    endpoint = trace.endpoint
    if endpoint is not None:
        keys["aws:sourcevpce"] = endpoint.vpc_endpoint_id
        keys["aws:sourcevpc"] = endpoint.vpc_id
        keys["aws:vpcsourceip"] = str(trace.source_ip)
        keys["aws:vpceaccount"] = design.account
        if design.organization:
            keys["aws:vpceorgid"] = design.organization
    elif trace.public_source_ip is not None:
        keys["aws:sourceip"] = str(trace.public_source_ip)
    else:
        # The Lambda service's network or a site's own line: there is an address, we do not know which.
        keys["aws:sourceip"] = UNKNOWN_ADDRESS
    return keys


def _account_of(arn: str) -> str:
    parts = arn.split(":", 5)
    return parts[4] if len(parts) == 6 else ""


def _type_of(principal: str) -> str:
    """`aws:PrincipalType`: sessions and roles are `AssumedRole`."""
    resource = principal.split(":", 5)[-1]
    if resource == "root":
        return "Account"
    return "User" if resource.startswith("user/") else "AssumedRole"


def _owner_of_resource(trace: Trace) -> str | None:
    """The account that owns the resource.

    For a bucket it is the one listed (else unknown), for others the one in their ARN, else our own.
    """
    parts = trace.call.resource.split(":", 5)
    if len(parts) == 6 and parts[2] == "s3" and not parts[4]:
        bucket = trace.design.bucket.get(parts[5].partition("/")[0])
        return None if bucket is None else bucket.account or trace.design.account
    if len(parts) == 6 and parts[4].isdigit():
        return parts[4]
    return trace.design.account
