import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.designs import allow, condition, deny, policy
from vpclab.network.policy import (
    Outcome,
    PolicyDecision,
    PolicyQuestion,
    evaluate,
    statement_loss,
)
from vpclab.network.policy_document import Effect, PolicyDocument, PolicyStatement

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/app"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/app/i-0123"
OBJECT = "arn:aws:s3:::photos/cat.jpg"
QUESTION = PolicyQuestion(
    principal=ROLE, action="s3:GetObject", resource=OBJECT, context={"aws:sourcevpce": "vpce-s3"}
)
THROUGH_US = condition("StringEquals", "aws:SourceVpce", "vpce-s3")
THROUGH_OTHERS = condition("StringEquals", "aws:SourceVpce", "vpce-other")


def outcome(*statements: PolicyStatement, question: PolicyQuestion = QUESTION) -> Outcome:
    return evaluate(policy(*statements), question).outcome


# --- evaluation --------------------------------------------------------------------------------------


def test_a_matching_allow_permits():
    assert outcome(allow("s3:GetObject", OBJECT)) is Outcome.ALLOW


def test_nothing_that_matches_is_an_implicit_deny():
    assert outcome(allow("s3:PutObject")) is Outcome.IMPLICIT_DENY


def test_a_document_of_denies_allows_nothing():
    assert outcome(deny("s3:DeleteObject")) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize("order", [(allow(), deny()), (deny(), allow())], ids=["deny last", "deny first"])
def test_a_matching_deny_wins_in_any_order(order: tuple[PolicyStatement, ...]):
    assert outcome(*order) is Outcome.EXPLICIT_DENY


def test_a_deny_whose_condition_is_not_met_denies_nothing():
    assert outcome(allow(), deny(when=(THROUGH_OTHERS,))) is Outcome.ALLOW


def test_the_first_matching_allow_is_named():
    said = evaluate(policy(allow("ec2:*"), allow("s3:*"), allow()), QUESTION)

    assert (said.number, said.statement) == (2, allow("s3:*"))


def test_an_empty_document_denies():
    assert outcome() is Outcome.IMPLICIT_DENY


# --- which statements match --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "loss"),
    [
        (allow(principals=("arn:aws:iam::111122223333:role/other",)), "OTHER_PRINCIPAL"),
        (allow("s3:PutObject"), "OTHER_ACTION"),
        (allow("s3:*", "arn:aws:s3:::others/*"), "OTHER_RESOURCE"),
        (allow(when=(THROUGH_OTHERS,)), "CONDITION_NOT_MET"),
        (allow(when=(THROUGH_US, THROUGH_OTHERS)), "CONDITION_NOT_MET"),
        (allow(when=(THROUGH_US,)), None),
    ],
)
def test_a_statement_matches_with_all_its_elements(statement: PolicyStatement, loss: str | None):
    assert statement_loss(statement, QUESTION) == loss


@pytest.mark.parametrize(
    "written",
    ["*", ROLE, ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root"],
)
@pytest.mark.parametrize("principal", [ROLE, SESSION])
def test_a_principal_is_named_in_several_ways(written: str, principal: str):
    question = dataclasses.replace(QUESTION, principal=principal)

    assert outcome(allow(principals=(written,)), question=question) is Outcome.ALLOW


@pytest.mark.parametrize(
    "written",
    [
        "444455556666",
        "arn:aws:iam::444455556666:root",
        f"arn:aws:iam::{ACCOUNT}:role/ap",
        f"arn:aws:iam::{ACCOUNT}:user/app",
        "Service:lambda.amazonaws.com",
    ],
)
def test_other_principals_do_not_match(written: str):
    assert outcome(allow(principals=(written,))) is Outcome.IMPLICIT_DENY


def test_a_statement_without_principal_speaks_of_everybody():
    assert outcome(allow(principals=None)) is Outcome.ALLOW


@pytest.mark.parametrize(("written", "denied"), [(ROLE, False), (f"{ROLE}-two", True)])
def test_not_principal_speaks_of_everybody_else(written: str, denied: bool):
    statement = dataclasses.replace(deny(), principals=None, not_principals=(written,))

    assert (outcome(allow(), statement) is Outcome.EXPLICIT_DENY) is denied


@pytest.mark.parametrize(
    "action", ["*", "s3:*", "s3:Get*", "s3:GetObject", "S3:GETOBJECT", "s3:?etObject", "ec2:* s3:GetObject"]
)
def test_actions_take_wildcards_and_ignore_case(action: str):
    assert outcome(allow(action)) is Outcome.ALLOW


@pytest.mark.parametrize("action", ["s3:Get", "s3:GetObject?", "s3:GetObjectAcl", "ec2:*"])
def test_other_actions_do_not_match(action: str):
    assert outcome(allow(action)) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    ("written", "expected"), [("ec2:*", Outcome.ALLOW), ("s3:Get*", Outcome.IMPLICIT_DENY)]
)
def test_not_action_means_every_other_action(written: str, expected: Outcome):
    statement = dataclasses.replace(allow(), actions=None, not_actions=(written,))

    assert outcome(statement) is expected


@pytest.mark.parametrize("resource", ["*", OBJECT, "arn:aws:s3:::photos/*", "arn:aws:s3:::*/c?t.jpg"])
def test_resources_take_wildcards(resource: str):
    assert outcome(allow(resource=resource)) is Outcome.ALLOW


@pytest.mark.parametrize(
    "resource", ["arn:aws:s3:::photos", "arn:aws:s3:::Photos/*", "arn:aws:s3:::photos/c[a]t.jpg"]
)
def test_resources_are_exact_otherwise(resource: str):
    assert outcome(allow(resource=resource)) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    ("written", "expected"),
    [("arn:aws:s3:::logs/*", Outcome.ALLOW), ("arn:aws:s3:::photos/*", Outcome.IMPLICIT_DENY)],
)
def test_not_resource_means_every_other_resource(written: str, expected: Outcome):
    statement = dataclasses.replace(allow(), resources=None, not_resources=(written,))

    assert outcome(statement) is expected


@pytest.mark.parametrize("missing", ["actions", "resources"])
def test_a_statement_without_action_or_resource_matches_nothing(missing: str):
    statement = dataclasses.replace(allow(), **{missing: None})

    assert outcome(statement) is Outcome.IMPLICIT_DENY


def test_a_resource_may_hold_a_variable():
    statement = allow(resource="arn:aws:s3:::photos/${aws:SourceVpce}/*")
    question = dataclasses.replace(QUESTION, resource="arn:aws:s3:::photos/vpce-s3/cat.jpg")

    assert outcome(statement, question=question) is Outcome.ALLOW


def test_a_resource_whose_variable_has_no_value_matches_nothing():
    assert outcome(allow(resource="arn:aws:s3:::photos/${aws:username}*")) is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("execute-api:/*", Outcome.ALLOW),
        ("execute-api:/prod/GET/*", Outcome.ALLOW),
        ("execute-api:/test/*", Outcome.IMPLICIT_DENY),
    ],
)
def test_an_api_may_leave_out_the_part_before_the_stage(written: str, expected: Outcome):
    arn = f"arn:aws:execute-api:ap-northeast-1:{ACCOUNT}:a1b2c3/prod/GET/orders"
    question = dataclasses.replace(QUESTION, resource=arn)

    assert outcome(allow(resource=written), question=question) is expected


def test_the_short_form_of_apis_means_nothing_elsewhere():
    assert outcome(allow(resource="execute-api:/*")) is Outcome.IMPLICIT_DENY


def test_a_principal_without_an_account_has_none():
    assert dataclasses.replace(QUESTION, principal="anonymous").account == ""


# --- what is told ------------------------------------------------------------------------------------


def decision(document: PolicyDocument | None, *, without: str = "none") -> PolicyDecision:
    said = evaluate(document or policy(), QUESTION)
    return PolicyDecision(
        owner="photos",
        document=document,
        question=QUESTION,
        outcome=said.outcome,
        statement=said.statement,
        number=said.number,
        without_document=without,
    )


def test_every_statement_tells_why_it_lost():
    told = decision(
        policy(
            allow("ec2:*", sid="Machines"),
            allow(when=(THROUGH_OTHERS,)),
            allow(sid="Everything"),
            allow("s3:*"),
        )
    ).candidates()

    assert [(one.label, one.lost_because) for one in told] == [
        ("Machines", "OTHER_ACTION"),
        ("2", "CONDITION_NOT_MET"),
        ("Everything", None),
        ("4", "NOT_ASKED"),
    ]


def test_a_deny_leaves_every_allow_unasked():
    told = decision(policy(allow(), deny(sid="Never"))).candidates()

    assert [(one.label, one.lost_because) for one in told] == [("1", "NOT_ASKED"), ("Never", None)]


def test_the_facts_tell_each_key_with_the_value_that_it_met():
    facts = decision(policy(allow(), deny(sid="OnlyUs", when=(THROUGH_US,)))).facts

    assert (facts["document"], facts["effect"], facts["statement"]) == ("given", "Deny", "OnlyUs")
    assert facts["keys"] == [
        {
            "operator": "StringEquals",
            "key": "aws:SourceVpce",
            "values": ["vpce-s3"],
            "actual": "vpce-s3",
            "met": True,
        }
    ]


def test_where_nothing_matched_the_facts_tell_the_keys_that_were_near():
    facts = decision(policy(allow(when=(condition("IpAddress", "aws:SourceIp", "203.0.113.0/24"),)))).facts

    assert (facts["effect"], facts["statement"]) == (None, None)
    assert [(key["key"], key["actual"], key["met"]) for key in facts["keys"]] == [
        ("aws:SourceIp", None, False)
    ]


def test_without_a_document_the_facts_say_what_that_means():
    told = decision(None, without="full-access")

    assert (told.facts["document"], told.facts["keys"], told.candidates()) == ("full-access", [], ())


# --- properties --------------------------------------------------------------------------------------

STATEMENTS = st.builds(
    PolicyStatement,
    effect=st.sampled_from(Effect),
    principals=st.sampled_from([None, ("*",), (ROLE,), ("444455556666",)]),
    actions=st.sampled_from([("*",), ("s3:*",), ("s3:GetObject",), ("ec2:*",)]),
    resources=st.sampled_from([("*",), (OBJECT,), ("arn:aws:s3:::others/*",)]),
    conditions=st.sampled_from([(), (THROUGH_US,), (THROUGH_OTHERS,)]),
)


@given(st.lists(STATEMENTS, max_size=6))
def test_an_explicit_deny_outranks_any_allow(statements: list[PolicyStatement]):
    matching = [one for one in statements if statement_loss(one, QUESTION) is None]

    said = outcome(*statements)

    if any(one.effect is Effect.DENY for one in matching):
        assert said is Outcome.EXPLICIT_DENY
    elif matching:
        assert said is Outcome.ALLOW
    else:
        assert said is Outcome.IMPLICIT_DENY


@given(st.lists(STATEMENTS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(statements: list[PolicyStatement], random: object):
    shuffled = list(statements)
    random.shuffle(shuffled)

    assert outcome(*shuffled) is outcome(*statements)


@given(st.lists(STATEMENTS, max_size=6))
def test_exactly_one_statement_decides_unless_none_matches(statements: list[PolicyStatement]):
    apart = tuple(dataclasses.replace(one) for one in statements)
    told = decision(PolicyDocument(statements=apart))

    decided = told.outcome is not Outcome.IMPLICIT_DENY
    assert sum(candidate.won for candidate in told.candidates()) == int(decided)
