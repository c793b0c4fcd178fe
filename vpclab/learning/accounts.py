"""What a walk comes to, in the words of a question: one or two sentences for a setup."""

from vpclab.hop_words import tell_hop
from vpclab.learning.counterexample import changed
from vpclab.learning.fates import walked
from vpclab.narrate import Explanation, deciding_hop, explain
from vpclab.network import Walk
from vpclab.network import walk as walk_through
from vpclab.network.vocabulary import Reason
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.given import choice_words, members_of
from vpclab.sandbox.setup import Setup, design_of, request_of
from vpclab.words import Words

_STOPS_ANY = (
    Reason.SG_HAS_NO_RULES,
    Reason.SUBNET_ACL_RESTRICTION,
    Reason.VPC_BLOCK_PUBLIC_ACCESS_ENABLED,
)


def walk_in_words(setup: Setup, t: Words) -> Walk:
    """The walk of a setup, in which an operation has its name in the language."""
    destination = DESTINATIONS[setup.choices.destination]
    if not destination.operation:
        return walked(setup)
    operation = t(f"sandbox.operation.{destination.id}")
    return walk_through(design_of(setup)[0], request_of(setup, operation=operation))


def headline(setup: Setup, t: Words) -> str:
    """The answer in one sentence."""
    return explain(walk_in_words(setup, t), t).headline


def full_account(setup: Setup, t: Words) -> str:
    """The answer in one sentence, and the cause where it has one."""
    told = explain(walk_in_words(setup, t), t)
    return joined(t, told.headline, told.cause)


def outcome_and_reason(setup: Setup, t: Words) -> str:
    """What happens and why: the way of a request that is answered, else how it fails and what stops it."""
    walk = walk_in_words(setup, t)
    told = explain(walk, t)
    if walk.reachable:
        return told.headline
    return joined(t, t(f"generated.outcome.{walk.verdict.lower()}"), _reason(walk, told, t))


def _reason(walk: Walk, told: Explanation, t: Words) -> str | None:
    """The cause, else what the component decided that stopped the request.

    What stops any packet needs no other cause, whatever else there is. Of a Deny the conditions would be told
    too, which is more than a choice can hold.
    """
    if told.cause is None and walk.told.reason is Reason.RESOURCE_POLICY_EXPLICIT_DENY:
        return told.reason
    stopped = deciding_hop(walk.told)
    if told.cause is not None and walk.told.reason not in _STOPS_ANY:
        return told.cause
    return tell_hop(stopped, t) if stopped is not None else told.reason


def symptom_and_repair(setup: Setup, t: Words) -> str:
    """What the client reports, and the smallest repair."""
    told = explain(walk_in_words(setup, t), t)
    repair = t("walk.line.repair", text=told.repair) if told.repair is not None else None
    return joined(t, told.symptom, repair)


def change_words(start: Setup, other: Setup, t: Words) -> list[str]:
    """What differs in the other setup, choice by choice."""
    return [
        choice_words(name, text, t, members_of(other.choices, name)) for name, text in changed(start, other)
    ]


def quoted_changes(start: Setup, other: Setup, t: Words) -> str:
    """What differs in the other setup, as part of a sentence."""
    first, *others = (t("generated.change", change=words) for words in change_words(start, other, t))
    return t("generated.changes", first=first, last=others[0]) if others else first


def joined(t: Words, *sentences: str | None) -> str:
    """Sentences one after the other; None is none."""
    return t("walk.phrase.between_sentences").join(sentence for sentence in sentences if sentence)
