"""What is to be said of one lab to whoever writes it: its problems, and how it can be solved."""

from dataclasses import dataclass
from pathlib import Path

from vpclab.errors import Problem
from vpclab.exchange.problem_text import printable
from vpclab.learning.lab_exchange import MAX_CHARACTERS, read_lab
from vpclab.learning.lab_files import FOLDER, deep_problems
from vpclab.learning.lab_models import MOST_MOVES, Lab, Move
from vpclab.learning.lab_proof import shown
from vpclab.learning.lab_search import Search, search, single_solutions
from vpclab.learning.library import CONTENT, lab_reader
from vpclab.learning.texts import ID
from vpclab.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A lab with its problems, as far as it could be read; `search` and `singles` need one that can be tried.

    `folder` stands before the names of files.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    search: Search | None = None
    singles: tuple[Move, ...] = ()
    folder: str = "content/"

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong, and a way to solve it is known."""
        return not self.problems and self.search is not None and self.search.moves is not None


def course_lab(name: str, root: Path = CONTENT) -> Report:
    """The report on a lab of the course, listed or not, whatever is wrong with the rest of it."""
    reader = lab_reader(root)
    if reader is None:
        problem = Problem(path=("prices.yaml",), code="lab_without_prices")
        return Report(name=name, problems=(problem,))
    lab = reader.lab(name)
    if lab is None:
        return Report(name=name, problems=tuple(reader.problems))
    return _tried(lab, name, (*reader.problems, *deep_problems(root, lab)))


def lab_file(target: str) -> Report:
    """The report on a lab in one file, which need not belong to the course."""
    file = Path(target)
    try:
        with file.open("rb") as opened:
            text = opened.read(4 * MAX_CHARACTERS + 1).decode()
    except UnicodeDecodeError as error:
        problem = Problem(path=(target,), code="not_utf8", facts={"byte": error.start})
        return Report(name=target, problems=(problem,), folder="")
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        problem = Problem(path=(target,), code="file_not_readable", facts={"detail": detail})
        return Report(name=target, problems=(problem,), folder="")
    lab = read_lab(text, target)
    if not isinstance(lab, Lab):
        return Report(name=target, problems=lab, folder="")
    return _tried(lab, target, (), folder="")


def _tried(lab: Lab, name: str, problems: tuple[Problem, ...], folder: str = "content/") -> Report:
    return Report(
        name=name,
        problems=problems,
        search=search(lab),
        singles=single_solutions(lab),
        folder=folder,
    )


def id_in_course(target: str, root: Path = CONTENT) -> str | None:
    """The id of a lab of the course that an id, its folder or one of its files stands for."""
    labs = (root / FOLDER).resolve()
    if ID.fullmatch(target) and (labs / target).is_dir():
        return target
    try:
        file = Path(target).resolve()
    except (OSError, ValueError):  # no path at all; whoever reads it tells
        return None
    inside = file.relative_to(labs).parts if file.is_relative_to(labs) else ()
    return inside[0] if inside and (labs / inside[0]).is_dir() else None


def told(report: Report, t: Words) -> list[str]:
    """How a lab can be solved, in sentences; nothing of one that could not be tried."""
    found, name = report.search, printable(report.name)
    if found is None:
        return []
    if found.moves is None:
        key = "cannot_be_solved" if found.is_complete else "not_known"
        return [t(f"content.lab_{key}", name=name, most=MOST_MOVES, walks=found.walks)]
    if not found.moves:
        return [t("content.lab_solved_at_once", name=name)]
    lines = [t("content.lab_can_be_solved", name=name, count=len(found.moves), moves=_list(found.moves))]
    if report.singles:
        lines.append(t("content.lab_singles", name=name, moves=_list(report.singles)))
    else:
        lines.append(t("content.lab_no_single", name=name))
    return lines


def _list(moves: tuple[Move, ...]) -> str:
    return printable(", ".join(f"{{{shown(move)}}}" for move in moves))
