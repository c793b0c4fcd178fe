"""Who has a say once the network has delivered: endpoint policy, the service, the resource policy.

Each must permit; identity policies are not modelled, the caller's own permissions always suffice.
AWS: "Control access to VPC endpoints using endpoint policies",
https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html; "Policy evaluation logic",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from vpclab.network.endpoints import InterfaceEndpoint
from vpclab.network.hops import plain
from vpclab.network.policy import Evaluation, Outcome, PolicyDecision, PolicyQuestion, evaluate
from vpclab.network.policy_document import PolicyDocument
from vpclab.network.request_context import UNKNOWN_ADDRESS, condition_keys, is_known_key, principal_of
from vpclab.network.resources import Api, ApiEndpointType, Bucket
from vpclab.network.trace import Stop, Trace
from vpclab.network.vocabulary import Kind, Note, Reason, Stage

EXECUTE_API = "execute-api"


def authorize(trace: Trace) -> Stop | None:
    """Ask everybody who has a say, in AWS's order."""
    if stop := pass_endpoint_policy(trace):
        return stop
    if stop := reach_service(trace):
        return stop
    bucket = bucket_of(trace)
    if bucket is not None:
        return pass_bucket_policy(trace, bucket)
    api = api_of(trace)
    return pass_api_policy(trace, api) if api is not None else None


def question_of(trace: Trace, document: PolicyDocument) -> PolicyQuestion:
    """What a document is asked in this request; keys that we do not know are noted by name."""
    context = condition_keys(trace)
    for statement in document.statements:
        for condition in statement.conditions:
            if not is_known_key(condition.key):
                trace.note(f"{Note.CONDITION_KEY_NOT_KNOWN} {condition.key}")
            elif context.get(condition.key.lower()) == UNKNOWN_ADDRESS:
                trace.note(Note.PUBLIC_SOURCE_ADDRESS_NOT_KNOWN)
    return PolicyQuestion(
        principal=principal_of(trace),
        action=trace.call.action,
        resource=trace.call.resource,
        context=context,
    )


def pass_endpoint_policy(trace: Trace) -> Stop | None:
    """The endpoint's policy, if an endpoint was used.

    Left out, it means full access; a document of your own replaces that completely, so what no statement
    allows is refused.
    """
    endpoint = trace.endpoint
    if endpoint is None:
        return None
    document = endpoint.policy_document
    reason = None
    if document is None:
        question = PolicyQuestion(
            principal=principal_of(trace), action=trace.call.action, resource=trace.call.resource, context={}
        )
        said = Evaluation(outcome=Outcome.ALLOW, statement=None)
    else:
        question = question_of(trace, document)
        said = evaluate(document, question)
        if said.outcome is Outcome.EXPLICIT_DENY:
            reason = Reason.ENDPOINT_POLICY_EXPLICIT_DENY
        elif said.outcome is Outcome.IMPLICIT_DENY:
            reason = Reason.ENDPOINT_POLICY_IMPLICIT_DENY
    decision = PolicyDecision(
        owner=endpoint.vpc_endpoint_id,
        document=document,
        question=question,
        outcome=said.outcome,
        statement=said.statement,
        number=said.number,
        without_document="full-access",
    )
    trace.decide(Kind.ENDPOINT_POLICY, endpoint.vpc_endpoint_id, decision, reason)
    return Stop(Kind.ENDPOINT_POLICY, reason, Stage.POLICY) if reason else None


def reach_service(trace: Trace) -> Stop | None:
    """The service takes what arrives, with one exception: an `execute-api` endpoint serves private APIs only.

    AWS: "Why do I get an HTTP 403 error when I connect to my API Gateway APIs from a VPC?",
    https://repost.aws/knowledge-center/api-gateway-vpc-connections
    """
    api_id = api_id_of(trace)
    api = trace.design.api.get(api_id) if api_id else None
    is_private = api is not None and api.endpoint_type is ApiEndpointType.PRIVATE
    through_endpoint = isinstance(trace.endpoint, InterfaceEndpoint)
    refused = api_id is not None and through_endpoint and not is_private
    if is_private and not through_endpoint:
        trace.note(Note.PRIVATE_API_WITHOUT_ENDPOINT_NOT_MODELLED)
    reason = Reason.SERVICE_REJECTS_PUBLIC_API_THROUGH_ENDPOINT if refused else None
    decision = plain(
        service=trace.call.service,
        action=trace.call.action,
        resource=trace.call.resource,
        source=trace.public_source_ip if trace.uses_public_ip else trace.source_ip,
        refused=refused,
        api=api_id,
        workload=trace.arrived.workload.id if trace.arrived and trace.arrived.workload else None,
    )
    trace.decide(Kind.SERVICE, trace.call.service, decision, reason)
    return Stop(Kind.SERVICE, reason, Stage.SERVICE) if reason else None


def bucket_of(trace: Trace) -> Bucket | None:
    """The bucket that the resource names, where the design lists it; others let us in."""
    parts = trace.call.resource.split(":", 5)
    if len(parts) < 6 or parts[2] != "s3" or parts[4]:
        return None
    return trace.design.bucket.get(parts[5].partition("/")[0])


def api_id_of(trace: Trace) -> str | None:
    """The API that a call to API Gateway names, by its ARN or else by its host name."""
    parts = trace.call.resource.split(":", 5)
    if len(parts) == 6 and parts[2] == EXECUTE_API and parts[5].partition("/")[0] not in ("", "*"):
        return parts[5].partition("/")[0]
    first, _, rest = trace.call.host.partition(".")
    # The endpoint's own name (`vpce-...execute-api...`) says nothing about the API: that stands in a header.
    return first if rest.startswith(f"{EXECUTE_API}.") and not first.startswith("vpce-") else None


def api_of(trace: Trace) -> Api | None:
    """The API of the design that the call's host names, if there is one."""
    api_id = api_id_of(trace)
    return trace.design.api.get(api_id) if api_id else None


def pass_bucket_policy(trace: Trace, bucket: Bucket) -> Stop | None:
    """A bucket policy.

    In the caller's own account only a Deny matters; for another account's bucket an Allow is needed.
    """
    owner = bucket.account or trace.design.account
    question = PolicyQuestion(principal=principal_of(trace), action="", resource="", context={})
    return _pass_resource_policy(trace, bucket.name, bucket.policy, allow_needed=owner != question.account)


def pass_api_policy(trace: Trace, api: Api) -> Stop | None:
    """An API's policy: a private API needs an Allow in any case, and without a policy refuses everybody.

    AWS: "Private REST APIs in API Gateway",
    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
    """
    return _pass_resource_policy(
        trace, api.api_id, api.policy, allow_needed=api.endpoint_type is ApiEndpointType.PRIVATE
    )


def _pass_resource_policy(
    trace: Trace, owner: str, document: PolicyDocument | None, *, allow_needed: bool
) -> Stop | None:
    if document is None and not allow_needed:
        return None
    if document is None:
        question = PolicyQuestion(
            principal=principal_of(trace), action=trace.call.action, resource=trace.call.resource, context={}
        )
        said = Evaluation(outcome=Outcome.IMPLICIT_DENY, statement=None)
    else:
        question = question_of(trace, document)
        said = evaluate(document, question)
    reason = None
    if said.outcome is Outcome.EXPLICIT_DENY:
        reason = Reason.RESOURCE_POLICY_EXPLICIT_DENY
    elif said.outcome is Outcome.IMPLICIT_DENY and allow_needed:
        reason = Reason.RESOURCE_POLICY_IMPLICIT_DENY
    decision = PolicyDecision(
        owner=owner,
        document=document,
        question=question,
        outcome=said.outcome,
        statement=said.statement,
        number=said.number,
        without_document="none",
    )
    trace.decide(Kind.RESOURCE_POLICY, owner, decision, reason)
    return Stop(Kind.RESOURCE_POLICY, reason, Stage.POLICY) if reason else None
