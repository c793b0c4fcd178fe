"""Policies: explicit deny, allow, implicit deny.

AWS: "Policy evaluation logic",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from dataclasses import dataclass
from enum import StrEnum

from vpclab.network.conditions import Context, expand, is_like, is_met
from vpclab.network.hops import Candidate, Facts
from vpclab.network.policy_document import Condition, Effect, PolicyDocument, PolicyStatement
from vpclab.network.principals import role_arn
from vpclab.network.vocabulary import Loss


class Outcome(StrEnum):
    """What a document, or a resource without one, says to a request."""

    EXPLICIT_DENY = "explicit-deny"
    ALLOW = "allow"
    IMPLICIT_DENY = "implicit-deny"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyQuestion:
    """What a policy is asked: who does what to which resource, with the condition keys of the request."""

    principal: str
    action: str
    resource: str
    context: Context

    @property
    def account(self) -> str:
        parts = self.principal.split(":")
        return parts[4] if len(parts) > 4 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What a document says: the outcome, and the statement that decided (None: nothing matched)."""

    outcome: Outcome
    statement: PolicyStatement | None
    number: int | None = None


def evaluate(document: PolicyDocument, question: PolicyQuestion) -> Evaluation:
    """Ask all statements: a matching Deny ends it, a matching Allow permits, else it is an implicit deny."""
    allowed: Evaluation | None = None
    for number, statement in enumerate(document.statements, start=1):
        if statement_loss(statement, question) is not None:
            continue
        if statement.effect is Effect.DENY:
            return Evaluation(outcome=Outcome.EXPLICIT_DENY, statement=statement, number=number)
        allowed = allowed or Evaluation(outcome=Outcome.ALLOW, statement=statement, number=number)
    return allowed or Evaluation(outcome=Outcome.IMPLICIT_DENY, statement=None)


def statement_loss(statement: PolicyStatement, question: PolicyQuestion) -> Loss | None:
    """Why a statement does not match a request; None where it does. All its elements must."""
    if not matches_principal(statement, question):
        return Loss.OTHER_PRINCIPAL
    if not matches_action(statement, question):
        return Loss.OTHER_ACTION
    if not matches_resource(statement, question):
        return Loss.OTHER_RESOURCE
    if not all(is_met(condition, question.context) for condition in statement.conditions):
        return Loss.CONDITION_NOT_MET
    return None


def matches_principal(statement: PolicyStatement, question: PolicyQuestion) -> bool:
    """Principal or NotPrincipal; a statement with neither speaks of everybody.

    AWS: "AWS JSON policy elements: Principal",
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    if statement.principals is not None:
        return any(_is_principal(question, written) for written in statement.principals)
    if statement.not_principals is not None:
        return not any(_is_principal(question, written) for written in statement.not_principals)
    return True


def _is_principal(question: PolicyQuestion, written: str) -> bool:
    if written in ("*", question.principal):
        return True
    # An account, by number or as its root, means every principal of that account.
    if written == question.account or (
        written.startswith("arn:") and written.endswith(f"::{question.account}:root")
    ):
        return True
    # A role speaks for its sessions.
    return role_arn(question.principal) == written


def matches_action(statement: PolicyStatement, question: PolicyQuestion) -> bool:
    """Action or NotAction, with wildcards; upper and lower case are the same."""
    if statement.actions is not None:
        return any(is_like(question.action, written, ignore_case=True) for written in statement.actions)
    if statement.not_actions is not None:
        return not any(
            is_like(question.action, written, ignore_case=True) for written in statement.not_actions
        )
    return False


def matches_resource(statement: PolicyStatement, question: PolicyQuestion) -> bool:
    """Resource or NotResource, with wildcards and variables."""
    if statement.resources is not None:
        return any(_is_resource(question, written) for written in statement.resources)
    if statement.not_resources is not None:
        return not any(_is_resource(question, written) for written in statement.not_resources)
    return False


def _is_resource(question: PolicyQuestion, written: str) -> bool:
    pattern = expand(written, question.context)
    if pattern is None:
        return False
    if pattern.startswith("execute-api:/"):
        # In an API's own policy the part before the stage may be left out:
        # "API Gateway resource policy examples",
        # https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
        parts = question.resource.split(":", 5)
        if len(parts) == 6 and parts[2] == "execute-api":
            return is_like(parts[5].partition("/")[2], pattern.removeprefix("execute-api:/"))
    return is_like(question.resource, pattern)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDecision:
    """What a policy said, with every statement and, for each of its conditions, the value it met.

    `owner` is the endpoint, bucket or API; `document` None means that there is none: full access for an
    endpoint, nothing said for a resource. `outcome` is what followed, which is not always what the document
    says: in the caller's own account a resource policy needs no Allow.
    """

    owner: str
    document: PolicyDocument | None
    question: PolicyQuestion
    outcome: Outcome
    statement: PolicyStatement | None
    number: int | None
    without_document: str

    @property
    def facts(self) -> Facts:
        keys = self.statement.conditions if self.statement else ()
        if self.statement is None and self.document is not None:
            # Nothing matched: the conditions that kept an Allow from matching are what to look at.
            near = (
                s
                for s in self.document.statements
                if statement_loss(s, self.question) is Loss.CONDITION_NOT_MET
            )
            keys = tuple(condition for statement in near for condition in statement.conditions)
        return {
            "owner": self.owner,
            "document": self.without_document if self.document is None else "given",
            "effect": None if self.statement is None else str(self.statement.effect),
            "statement": None if self.statement is None else self.statement.sid or str(self.number),
            "action": self.question.action,
            "resource": self.question.resource,
            "keys": [self._key(condition) for condition in keys],
        }

    def _key(self, condition: Condition) -> Facts:
        return {
            "operator": condition.name,
            "key": condition.key,
            "values": list(condition.values),
            "actual": self.question.context.get(condition.key.lower()),
            "met": is_met(condition, self.question.context),
        }

    def candidates(self) -> tuple[Candidate, ...]:
        if self.document is None:
            return ()
        return tuple(
            Candidate(
                of=self.owner,
                label=statement.sid or str(number),
                facts={"effect": str(statement.effect), "keys": [self._key(c) for c in statement.conditions]},
                lost_because=self._loss(statement),
            )
            for number, statement in enumerate(self.document.statements, start=1)
        )

    def _loss(self, statement: PolicyStatement) -> Loss | None:
        loss = statement_loss(statement, self.question)
        return loss or (None if statement is self.statement else Loss.NOT_ASKED)
