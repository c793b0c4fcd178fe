"""Causes in permissions: rules of security groups and conditions of resource policies; one rule each."""

from dataclasses import replace

from vpclab.network.arrival import FORGETS_GROUPS, ingress_decision
from vpclab.network.filters import GroupDecision
from vpclab.network.policy import PolicyDecision, statement_loss
from vpclab.network.policy_document import Effect, PolicyStatement
from vpclab.network.serving_endpoints import asks
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Loss


def security_group_lacks_prefix_list(trace: Trace, stop: Stop) -> bool:
    """The caller's group stopped an address of a prefix list, and none of its rules names that list.

    A rule for the VPC's range does not cover the service behind a gateway endpoint.
    AWS: "Gateway endpoints for Amazon S3",
    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html
    """
    if stop.blocked_at is not Kind.SOURCE_SECURITY_GROUP:
        return False
    groups = [trace.design.security_group[group_id] for group_id in trace.caller.groups]
    named = {rule.prefix_list_id for group in groups for rule in group.egress}
    lists = [
        prefix_list.prefix_list_id
        for prefix_list in trace.design.prefix_lists
        if any(trace.destination in network for network in prefix_list.cidrs)
    ]
    return bool(lists) and named.isdisjoint(lists)


def _endpoint_groups(trace: Trace, stop: Stop) -> GroupDecision | None:
    """The decision of the endpoint's groups, if it was they that stopped the request."""
    if stop.blocked_at is not Kind.ENDPOINT_SECURITY_GROUP or trace.arrived is None:
        return None
    return ingress_decision(trace, trace.arrived)


def sg_references_not_preserved(trace: Trace, stop: Stop) -> bool:
    """The endpoint's rule names the caller's group, but a gateway on the way does not hand groups on."""
    decision = _endpoint_groups(trace, stop)
    return (
        decision is not None
        and bool(trace.crossed & FORGETS_GROUPS)
        and any(decision.loss(rule) is Loss.GROUP_NOT_SEEN_ON_THIS_WAY for _, _, rule in decision.rules())
    )


def service_uses_other_port(trace: Trace, stop: Stop) -> bool:
    """The endpoint's group would admit this caller on another port.

    AWS: "Using Amazon Keyspaces with interface VPC endpoints",
    https://docs.aws.amazon.com/keyspaces/latest/devguide/vpc-endpoints.html
    """
    decision = _endpoint_groups(trace, stop)
    return decision is not None and any(
        decision.loss(rule) is Loss.OTHER_PORT and decision.peer_loss(rule) is None
        for _, _, rule in decision.rules()
    )


SOURCE_IP = frozenset({"aws:sourceip"})


def source_ip_not_available(trace: Trace, stop: Stop) -> bool:
    """A resource policy decided on `aws:SourceIp`, which a request through an endpoint does not carry.

    AWS: "How do I restrict access to AWS resources by Region, source IP or VPC?",
    https://repost.aws/knowledge-center/iam-restrict-access-policy
    """
    if stop.blocked_at is not Kind.RESOURCE_POLICY or trace.endpoint is None:
        return False
    decision = trace.hops[-1].decision
    assert isinstance(decision, PolicyDecision)
    if decision.statement is not None:
        return asks(decision.statement, SOURCE_IP)
    if decision.document is None:
        return False
    return any(
        statement.effect is Effect.ALLOW
        and asks(statement, SOURCE_IP)
        and statement_loss(statement, decision.question) is Loss.CONDITION_NOT_MET
        and statement_loss(_without_source_ip(statement), decision.question) is None
        for statement in decision.document.statements
    )


def _without_source_ip(statement: PolicyStatement) -> PolicyStatement:
    return replace(
        statement, conditions=tuple(c for c in statement.conditions if c.key.lower() not in SOURCE_IP)
    )
