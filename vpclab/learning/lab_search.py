"""Looking for solutions of a lab by trying moves: the shortest way, and every single move that is enough."""

from collections.abc import Hashable
from dataclasses import dataclass

from vpclab.learning.lab_models import MOST_MOVES, Lab, Move
from vpclab.learning.labs import attempt, candidates, changes, make, moves_of, requests_of, start_of
from vpclab.sandbox.offers import effective
from vpclab.sandbox.setup import Setup

LIMIT = 5_000
"""Walks that a search may take: a few seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a search found: the moves of a shortest solution, or None.

    `is_complete` False means that the limit ended it: there may be a solution that was not tried.
    """

    moves: tuple[Move, ...] | None
    is_complete: bool
    walks: int


def solve(lab: Lab, most: int = MOST_MOVES, limit: int = LIMIT) -> tuple[Move, ...] | None:
    """A shortest solution in at most `most` moves; None where `search` found none."""
    return search(lab, most, limit).moves


def search(lab: Lab, most: int = MOST_MOVES, limit: int = LIMIT) -> Search:
    """Try all moves, then all second moves, and so on; networks that were seen are not tried again."""
    start = start_of(lab)
    if attempt(lab, start).solved:
        return Search(moves=(), is_complete=True, walks=1)
    each = 1 + len(lab.plan.requests)
    walks, seen = each, {_key(lab, start)}
    reached: list[tuple[Setup, tuple[Move, ...]]] = [(start, ())]
    for _ in range(most):
        before, reached = reached, []
        for setup, moves in before:
            for move in candidates(lab, setup):
                after = make(lab, setup, move)
                key = _key(lab, after)
                if key in seen or not changes(lab, setup, after):
                    continue
                if walks + each > limit:
                    return Search(moves=None, is_complete=False, walks=walks)
                seen.add(key)
                walks += each
                if attempt(lab, after).solved:
                    return Search(moves=(*moves, move), is_complete=True, walks=walks)
                reached.append((after, (*moves, move)))
    return Search(moves=None, is_complete=True, walks=walks)


def _key(lab: Lab, setup: Setup) -> Hashable:
    """What makes the networks and requests of a setup: choices without effect are left out."""
    return (setup.edits, *(effective(one.choices) for one in requests_of(lab, setup).values()))


def single_solutions(lab: Lab) -> tuple[Move, ...]:
    """Every allowed move that solves the lab alone, in the order of the lab."""
    start = start_of(lab)
    return tuple(move for move in moves_of(lab, start) if attempt(lab, make(lab, start, move)).solved)
