"""From what an author has put in to a lab: suggestions, what is missing, the search, the finished lab."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from ui import sandbox_state
from ui.choice_board import GROUPS
from ui.goal_words import goal_words
from ui.lab_builder_state import HINTS, Form, GoalKind, GoalRow
from vpclab.errors import Problem
from vpclab.exchange.edit_data import write_edits
from vpclab.learning.lab_exchange import Draft, OwnText, lab_text, read_lab
from vpclab.learning.lab_models import (
    MAIN,
    AbsentGoal,
    ChoiceFact,
    ChoiceMove,
    Condition,
    Goal,
    Lab,
    MonthGoal,
    Par,
    PresentGoal,
    RequestGoal,
    Way,
)
from vpclab.learning.lab_reading import OF_A_REQUEST, write_move
from vpclab.learning.lab_search import Search, search, single_solutions
from vpclab.learning.labs import start_of
from vpclab.learning.texts import DOTS
from vpclab.sandbox.choice_texts import CHOICES, to_texts
from vpclab.sandbox.choices import Choices
from vpclab.sandbox.offers import effective, gateway_services
from vpclab.sandbox.setup import Setup, design_of, walk_of
from vpclab.words import Words, load_words

ALWAYS = ("way_out", "gateway_endpoint", "interface_endpoint")
"""Moves that every suggestion has: of the first five choices those that do not say who asks whom."""

MOST_EDITS = 100
"""Edits by hand that a lab holds."""

WALKS = 1_500
"""Walks that a check may take: several seconds on a busy server."""

_HINT_IDS = ("first", "second", "third")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a search is asked: the same asked again has the same answer, whatever the words are."""

    setup: Setup
    goal: tuple[Goal, ...]
    moves: tuple[str, ...]
    traffic_gb: int


def setup_of_form(form: Form) -> Setup:
    """The network that is handed over, without a request typed by hand and edits that do not fit."""
    found = sandbox_state.decoded(form.build).setup
    _, lost = design_of(found)
    return replace(found, request=None, edits=tuple(edit for edit in found.edits if edit not in lost))


def asked_of(form: Form) -> Asked:
    """What the form asks of a search."""
    setup = setup_of_form(form)
    goal = tuple(map(goal_of, rows_of(form, setup)))
    moves = suggested_moves(setup, goal) if form.moves is None else form.moves
    return Asked(setup=setup, goal=goal, moves=moves, traffic_gb=form.traffic_gb)


# --- goals ---------------------------------------------------------------------------------------------


def rows_of(form: Form, setup: Setup) -> tuple[GoalRow, ...]:
    """The goals that were put in, else one that suits the network."""
    return (_first_row(setup),) if form.rows is None else form.rows


def _first_row(setup: Setup) -> GoalRow:
    """An answer for a request that gets none; for one that is answered, a better way."""
    if not walk_of(setup).reachable:
        return GoalRow(number=0)
    has_gateway = bool(gateway_services(setup.choices.destination))
    way = Way.GATEWAY_ENDPOINT if has_gateway else Way.INTERFACE_ENDPOINT
    return GoalRow(number=0, kind=GoalKind.THROUGH, way=way)


def goal_of(row: GoalRow) -> Goal:
    """The goal that a row puts in."""
    match row.kind:
        case GoalKind.ANSWERED | GoalKind.STOPPED:
            return RequestGoal(request=MAIN, reaches=row.kind is GoalKind.ANSWERED)
        case GoalKind.THROUGH:
            return RequestGoal(request=MAIN, reaches=True, through=row.way)
        case GoalKind.PRIVATE | GoalKind.PUBLIC:
            return RequestGoal(request=MAIN, reaches=True, public_address=row.kind is GoalKind.PUBLIC)
        case GoalKind.PRESENT:
            return PresentGoal(present=row.component)
        case GoalKind.ABSENT:
            return AbsentGoal(absent=row.component)
        case GoalKind.MONTH:
            return MonthGoal(month_below=row.usd)


def sentence_of(row: GoalRow, t: Words) -> str:
    """What learners read of a goal: the author's sentence, else what the goal says by itself."""
    return row.sentence if row.sentence not in ("", DOTS) else goal_words(goal_of(row), t)


# --- moves ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def suggested_moves(setup: Setup, goal: tuple[Goal, ...]) -> tuple[str, ...]:
    """Moves that make a lab: what reaches the goal, else what is unusual here; with some that do not help."""
    every = tuple(name for name in CHOICES if name not in OF_A_REQUEST)
    lab = None
    if goal:
        asked = Asked(setup=setup, goal=goal, moves=every, traffic_gb=0)
        lab = _read(asked, _untitled("en"))
    found = single_solutions(lab) if isinstance(lab, Lab) else ()
    fitting = {move.choice for move in found if isinstance(move, ChoiceMove)}
    if not fitting:
        fitting = {name for names in GROUPS.values() if _is_unusual(setup, names) for name in names}
    return tuple(name for name in every if name in ALWAYS or name in fitting)


def _is_unusual(setup: Setup, names: Sequence[str]) -> bool:
    """Whether any of these choices has an effect and is not as it is by default."""
    here, usual = effective(setup.choices), Choices()
    return any(getattr(here, name) != getattr(usual, name) for name in names)


# --- the lab -------------------------------------------------------------------------------------------


def missing(asked: Asked) -> list[str]:
    """What a search needs and does not have: the ends of the keys `builder.missing`."""
    found = [] if asked.goal else ["goals"]
    found += [] if asked.moves else ["moves"]
    if not asked.traffic_gb and any(isinstance(goal, MonthGoal) for goal in asked.goal):
        found.append("traffic")
    if len(write_edits(asked.setup.edits)) > MOST_EDITS:
        found.append("edits")
    return found


def look_for_solution(asked: Asked) -> Search | tuple[Problem, ...]:
    """Try moves; a network that meets its goals already is found in none."""
    lab = _read(asked, _untitled("en"))
    if isinstance(lab, Lab):
        return search(lab, limit=WALKS)
    if any(problem.code == "start_meets_goal" for problem in lab):
        return Search(moves=(), is_complete=True, walks=1)
    return lab


def finished(form: Form, asked: Asked, found: Search, language: str) -> Lab | tuple[Problem, ...]:
    """The lab with all its words and what was found, read as whoever gets it will read it."""
    lab = _read(asked, {language: _words_of(form, asked, language)})
    if not isinstance(lab, Lab):
        return lab
    hints = [text for name in HINTS if (text := _text(form, name))]
    ids = _HINT_IDS[: len(hints)]
    moves = found.moves or ()
    plan = lab.plan.model_copy(
        update={
            "solution": tuple(map(write_move, moves)),
            "par": Par(moves=len(moves)) if moves else None,
            "hints": ids,
            "hint_facts": {name: _hint_fact(lab, found, place) for place, name in enumerate(ids)},
        }
    )
    words = lab.text(language).model_copy(update={"hints": dict(zip(ids, hints, strict=True))})
    return read_lab(lab_text(replace(lab, plan=plan, texts={language: words})))


def _hint_fact(lab: Lab, found: Search, place: int) -> Condition:
    """Something that is so at the start and that a hint may be about: what a move of the solution changes."""
    start = start_of(lab)
    moves = [move for move in found.moves or () if isinstance(move, ChoiceMove)]
    if not moves:
        return RequestGoal(request=MAIN, reaches=walk_of(start).reachable)
    name = moves[min(place, len(moves) - 1)].choice
    return ChoiceFact(choice={name: to_texts(start.choices)[name]})


def _read(asked: Asked, texts: Mapping[str, OwnText]) -> Lab | tuple[Problem, ...]:
    if "edits" in missing(asked):
        return (Problem(path=("edits",), code="too_many_entries", facts={"expected": MOST_EDITS}),)
    draft = Draft(
        setup=asked.setup,
        goal=asked.goal,
        moves=asked.moves,
        texts=texts,
        traffic_gb=Decimal(asked.traffic_gb) if asked.traffic_gb else None,
    )
    return read_lab(lab_text(draft))


def _untitled(language: str) -> dict[str, OwnText]:
    """Words for a lab that is only searched."""
    return {language: OwnText(title="-", task="-")}


def _words_of(form: Form, asked: Asked, language: str) -> OwnText:
    t = load_words(language)
    return OwnText(
        title=_text(form, "title"),
        story=_text(form, "story"),
        task=_text(form, "task"),
        goals=tuple(sentence_of(row, t) for row in rows_of(form, asked.setup)),
        explain=_text(form, "explain"),
    )


def has_words(form: Form) -> bool:
    """Whether the words that every lab has are there."""
    return bool(_text(form, "title") and _text(form, "task"))


def _text(form: Form, name: str) -> str:
    """What was written; the three dots of a skeleton are no text."""
    text = form.texts.get(name, "").strip()
    return "" if text == DOTS else text
