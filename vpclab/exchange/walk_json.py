"""A Walk as the JSON object that `python -m vpclab walk --json` prints.

The keys and their order are fixed by `docs/design-file.md`, section 5.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vpclab.network.hops import Hop, RouteChosen, Walk

# What a case may expect of its walk.
RESULT_KEYS = (
    *("reachable", "verdict", "symptom", "resolves_to", "destination_ip", "path", "blocked_at", "reason"),
    *("stage", "leg", "root_cause", "contributing", "uses_public_ip", "route_chosen", "detail", "calls"),
    *("failing_call", "hops", "call_hops", "notes"),
)


def to_json(case_id: str, walk: "Walk") -> dict[str, Any]:
    """The result of a case: every key is there, whatever happened."""
    told = walk.told
    is_operation = walk.request.is_operation
    return {
        "id": case_id,
        "reachable": walk.reachable,
        "verdict": str(walk.verdict),
        "symptom": str(told.symptom),
        "resolves_to": _word(told.resolves_to),
        "destination_ip": _word(told.destination_ip),
        "path": list(told.path_words),
        "blocked_at": _word(told.blocked_at),
        "reason": _word(told.reason),
        "stage": _word(told.stage),
        "leg": _word(told.leg),
        "root_cause": _word(told.root_cause),
        "contributing": [str(code) for code in told.contributing],
        "uses_public_ip": told.uses_public_ip,
        "route_chosen": _route(told.route_chosen),
        "detail": [str(remark) for remark in told.detail],
        "calls": [{"service": call.call.service, "reachable": call.reachable} for call in walk.calls]
        if is_operation
        else None,
        "failing_call": walk.failing_call,
        "hops": _hops(told.hops),
        "call_hops": [_hops(call.hops) for call in walk.calls] if is_operation else None,
        "notes": [str(note) for note in walk.notes],
    }


def _word(value: object) -> str | None:
    return None if value is None else str(value)


def _route(route: "RouteChosen | None") -> dict[str, str] | None:
    if route is None:
        return None
    return {"RouteTableId": route.route_table_id, "Destination": route.destination, "Target": route.target}


def _hops(hops: "tuple[Hop, ...]") -> list[dict[str, Any]]:
    return [
        {
            "leg": str(hop.leg),
            "at": hop.at,
            "kind": str(hop.kind),
            "passed": hop.passed,
            "reason": _word(hop.reason),
            "facts": hop.facts,
        }
        for hop in hops
    ]
