"""Whether a Design that was made by edits is one that a file could hold: ids exist, once, and the like."""

from vpclab.errors import Problem
from vpclab.exchange.design_writer import write_design
from vpclab.exchange.plain_data import ProblemList, Unreadable
from vpclab.exchange.reading import Budget, Notebook
from vpclab.exchange.records import fill, keys_of, pascal
from vpclab.exchange.references import note_all_ids
from vpclab.network.design import Design
from vpclab.network.diff import diff
from vpclab.network.edits import ChangePart, RemoveItem


def dangling(design: Design) -> tuple[Problem, ...]:
    """What keeps a design from being walked: the problems that its design file would have, none if it can be.

    A route may lead to a target that is gone; every other id must exist in its section. Paths are those of
    the file.
    """
    written = write_design(design)
    problems = ProblemList()
    notebook = Notebook((), problems, Budget())
    try:
        note_all_ids(notebook, written)
        values = fill(notebook, written, keys_of(Design, str))
    except Unreadable as error:
        return (*problems, error.problem)
    if problems or values is None:
        return tuple(problems)
    return _emptied(design, Design(**values))


def _emptied(design: Design, read_back: Design) -> tuple[Problem, ...]:
    """Lists that a file cannot say are empty: left out, they have a default, as DNS servers of a VPC do."""
    return tuple(
        Problem(
            path=(edit.section, edit.part_id, pascal(edit.field)),
            code="list_left_empty",
            facts={"name": pascal(edit.field)},
        )
        for edit in diff(read_back, design)
        if isinstance(edit, RemoveItem | ChangePart)
    )
