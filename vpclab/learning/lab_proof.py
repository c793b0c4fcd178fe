"""Labs prove themselves: the start is broken, the solution mends it, and what is declared is so."""

from collections.abc import Iterator

from vpclab.errors import Problem
from vpclab.learning.content_files import ContentFile
from vpclab.learning.lab_goals import holds
from vpclab.learning.lab_models import ChoiceMove, Lab, Move, NamedMove
from vpclab.learning.lab_reading import move_of
from vpclab.learning.lab_search import single_solutions
from vpclab.learning.labs import (
    attempt,
    changes,
    is_allowed,
    make,
    moves_of,
    replay,
    stars,
    start_of,
    state_of,
)


def proof_problems(file: ContentFile, lab: Lab) -> Iterator[Problem]:
    """What walks show to be otherwise than the plan says; a few walks for each lab."""
    start = start_of(lab)
    state = state_of(lab, start)
    if all(holds(goal, state) for goal in lab.plan.goal):
        yield file.problem(("goal",), "start_meets_goal")
    for name in lab.plan.hints:
        if not holds(lab.plan.hint_facts[name], state):
            yield file.problem(("hint_facts", name), "hint_not_true", name=name)
    yield from _solution_problems(file, lab)


def _solution_problems(file: ContentFile, lab: Lab) -> Iterator[Problem]:
    if not lab.solution:
        return
    reached = replay(lab)
    for number, (before, move) in enumerate(zip(reached, lab.solution, strict=False)):
        if not is_allowed(lab, before, move):
            yield file.problem(("solution", number), "move_not_allowed", move=shown(move))
    tried = attempt(lab, reached[-1])
    for number, met in enumerate(tried.met):
        if not met:
            yield file.problem(("goal", number), "solution_misses_goal", number=number + 1)
    if tried.solved and stars(lab, reached[-1], hints_used=0) < 3:
        yield file.problem(("par",), "par_not_reached", moves=len(lab.solution), month=tried.month.total)


def single_problems(file: ContentFile, lab: Lab) -> Iterator[Problem]:
    """Single moves that solve the lab and are not declared, and the other way round: all moves are tried."""
    found = single_solutions(lab)
    for move in found:
        if move not in lab.single:
            yield file.problem(("single",), "single_not_declared", move=shown(move))
    for number, written in enumerate(lab.plan.single):
        if move_of(written) not in found:
            yield file.problem(("single", number), "single_does_not_solve", move=shown(move_of(written)))


def named_move_problems(file: ContentFile, lab: Lab) -> Iterator[Problem]:
    """Named moves that change nothing, at the start and after any other single move."""
    start = start_of(lab)
    setups = [start, *(make(lab, start, move) for move in moves_of(lab, start))]
    for name in lab.named_moves:
        move = NamedMove(name=name, made=True)
        if not any(changes(lab, setup, make(lab, setup, move)) for setup in setups):
            yield file.problem(("named_moves", name), "named_move_does_nothing", name=name)


def shown(move: Move) -> str:
    """A move as its file writes it."""
    if isinstance(move, ChoiceMove):
        return f"{move.choice}: {move.text}"
    return f"{'make' if move.made else 'take_back'}: {move.name}"
