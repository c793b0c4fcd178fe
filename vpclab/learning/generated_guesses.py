"""Generated questions whose choices are the product's: an outcome, a way, or the component that stops it."""

from collections.abc import Iterator
from random import Random

from vpclab.hop_words import tell_hop
from vpclab.learning import accounts
from vpclab.learning.counterexample import MOST_CHANGES, changed, nearest
from vpclab.learning.fates import outcome_of, walked
from vpclab.learning.generated_choices import FEWEST, MOST, Choice, in_words, would_be
from vpclab.learning.networks import GUESSES
from vpclab.learning.questions import Guess
from vpclab.learning.traps import Scene
from vpclab.network.vocabulary import Kind, Leg
from vpclab.sandbox.choices import Source
from vpclab.sandbox.offers import ON_PREMISES, OTHER_VPC, gateway_services, interface_services
from vpclab.sandbox.setup import Setup
from vpclab.sandbox.shown import INSIDE, NO_ARRIVAL
from vpclab.words import Words

_MOST_WALKS = 14
"""Generating happens while somebody waits, so that a counterexample is looked for only nearby."""

_CARRIERS = (Kind.SERVICE, Kind.INSTANCE, Kind.LAMBDA, Kind.FARGATE_TASK, Kind.INTERNET)


def outcomes(scene: Scene, random: Random) -> list[Choice]:  # noqa: ARG001 - what every builder takes
    """What becomes of the request: all that can."""
    return [_predicted(scene, Guess.OUTCOME, name) for name in GUESSES[Guess.OUTCOME]]


def ways(scene: Scene, random: Random) -> list[Choice]:
    """By which way: the right one, the one without the trap, and others that another network would take."""
    right, turned = (outcome_of(setup, Guess.WAY) for setup in (scene.setup, scene.turned))
    others = [name for name in _thinkable_ways(scene.setup) if name not in (right, turned)]
    random.shuffle(others)
    found = [right] + [turned] * (turned != right)
    near = [name for name in others if _other(scene, Guess.WAY, name) is not None]
    found += near[: MOST - len(found)]
    # Of a request that needs none of the ways, people believe each, though no network near this one has it.
    wanted = MOST if right == INSIDE else FEWEST
    found += [name for name in others if name not in near][: max(0, wanted - len(found))]
    return [_predicted(scene, Guess.WAY, name) for name in GUESSES[Guess.WAY] if name in found]


def _thinkable_ways(setup: Setup) -> Iterator[str]:
    """The ways that some network near this one could take; to look for the others would be in vain."""
    choices = setup.choices
    yield NO_ARRIVAL
    yield str(Kind.NAT_GATEWAY)
    if gateway_services(choices.destination):
        yield str(Kind.GATEWAY_ENDPOINT)
    if interface_services(choices.destination):
        yield str(Kind.INTERFACE_ENDPOINT)
    if choices.source in (Source.EC2_PUBLIC, Source.EC2_PUBLIC_NO_IP):
        yield str(Kind.INTERNET_GATEWAY)


def _other(scene: Scene, guess: Guess, wanted: str) -> Setup | None:
    """Another network with this outcome: the one without the trap, else one near this one or near that."""
    if outcome_of(scene.turned, guess) == wanted:
        return scene.turned
    found = nearest(scene.setup, guess, wanted, most=_MOST_WALKS)
    found = found or nearest(scene.turned, guess, wanted, most=_MOST_WALKS)
    return found if found is not None and len(changed(scene.setup, found)) <= MOST_CHANGES else None


def _predicted(scene: Scene, guess: Guess, name: str) -> Choice:
    if name == outcome_of(scene.setup, guess):
        told = in_words(lambda t: t("generated.why.right", text=accounts.full_account(scene.setup, t)))
        return Choice(id=name, is_right=True, why=told)
    other = _other(scene, guess, name)
    return Choice(id=name, is_right=False, why=in_words(lambda t: would_be(scene, other, t)))


def stops(scene: Scene, random: Random) -> list[Choice]:
    """The component that stops it, and others of the picture: on the way, and at the endpoints."""
    told = walked(scene.setup).told
    right = told.blocked_at
    decided = [hop.kind for hop in told.hops]
    there = dict.fromkeys(kind for kind in (*decided, *_at_endpoints(scene.setup)) if kind not in _CARRIERS)
    wrong = [kind for kind in there if kind is not right]
    random.shuffle(wrong)
    chosen = {right, *wrong[: MOST - 1]}
    return [_stop(scene, kind, kind is right) for kind in Kind if kind in chosen]


def _at_endpoints(setup: Setup) -> Iterator[Kind]:
    choices = setup.choices
    if choices.interface_endpoint:
        yield Kind.ENDPOINT_SECURITY_GROUP
    if choices.gateway_endpoint:
        yield Kind.GATEWAY_ENDPOINT
    if choices.interface_endpoint or choices.gateway_endpoint:
        yield Kind.ENDPOINT_POLICY
    if choices.way_out.startswith("nat") and choices.source not in (*OTHER_VPC, *ON_PREMISES):
        yield Kind.NAT_GATEWAY
    if choices.way_out != "none":
        yield Kind.INTERNET_GATEWAY


def _stop(scene: Scene, kind: Kind, is_right: bool) -> Choice:
    def why(t: Words) -> str:
        walk = accounts.walk_in_words(scene.setup, t)
        hops = [hop for hop in walk.told.hops if hop.kind is kind]
        if is_right:
            return t("generated.why.right", text=accounts.full_account(scene.setup, t))
        if not hops:
            return t("generated.why.not_reached")
        if kind is Kind.DNS_RESOLVER:  # the last of several that pass the question on has the answer
            return t("generated.why.answered", text=tell_hop(hops[-1], t))
        key = "passed_back" if hops[-1].leg is Leg.RETURN else "passed"
        return t(f"generated.why.{key}", text=tell_hop(hops[0], t))

    return Choice(id=str(kind), is_right=is_right, why=in_words(why))
