"""How much work a case asks for: every call of an operation goes through the whole design once more."""

from typing import Any

from vpclab.exchange.reading import MAX_WORK, Notebook


def charge(notebook: Notebook, design: Any, request: Any) -> None:
    """Take the work of a case from what its file may cost; too much is a problem of the request."""
    calls = request.get("calls") if isinstance(request, dict) else None
    number = len(calls) if isinstance(calls, list) else 1
    notebook.budget.work -= max(number, 1) * _values(design, _lengths(design))
    if notebook.budget.work < 0:
        notebook.tell("too_much_to_walk", "request", limit=MAX_WORK)


def _lengths(design: Any) -> dict[str, int]:
    """The lengths of the prefix lists: each rule and route that names one goes through all of it."""
    lists = design.get("prefix_lists") if isinstance(design, dict) else None
    return {
        str(item.get("PrefixListId")): len(item["Cidrs"])
        for item in (lists if isinstance(lists, list) else ())
        if isinstance(item, dict) and isinstance(item.get("Cidrs"), list)
    }


def _values(value: Any, lengths: dict[str, int]) -> int:
    if isinstance(value, list):
        return 1 + sum(_values(item, lengths) for item in value)
    if not isinstance(value, dict):
        return 1
    named = (value.get("PrefixListId"), value.get("Destination"))
    more = sum(lengths.get(name, 0) for name in named if isinstance(name, str))
    return 1 + more + sum(_values(item, lengths) for item in value.values())
