"""The labs of the course: `content/labs/`, in the order of `order.yaml`, each with its words.

`docs/labs.md` tells the format.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from vpclab.cost.month import PriceList
from vpclab.errors import Problem
from vpclab.learning import lab_proof, lab_references
from vpclab.learning.content_files import ContentFile, read_file
from vpclab.learning.lab_models import Lab, LabFile, LabText
from vpclab.learning.lab_reading import lab_of
from vpclab.learning.references import Known, repeated
from vpclab.learning.texts import Id
from vpclab.words import languages

FOLDER = "labs"
ORDER = f"{FOLDER}/order.yaml"

_IDS = TypeAdapter(tuple[Id, ...])
_PLAN = TypeAdapter(LabFile)
_TEXT = TypeAdapter(LabText)


@dataclass(slots=True, kw_only=True)
class LabReader:
    """Reads labs of a folder of content; what is wrong with them gathers in `problems`."""

    root: Path
    known: Known
    prices: PriceList
    problems: list[Problem] = field(default_factory=list)

    def labs(self) -> dict[str, Lab]:
        """All labs in their order. A folder of content without labs has none."""
        if not (self.root / FOLDER).is_dir():
            return {}
        order = self.file(ORDER, _IDS)
        names: tuple[str, ...] = order.value or ()
        self.tell(repeated(order, (), names))
        read = {name: self.lab(name) for name in dict.fromkeys(names)}
        labs = {name: lab for name, lab in read.items() if lab is not None}
        self.tell(_level_problems(order, labs, names))
        return labs

    def lab(self, name: str) -> Lab | None:
        """One lab by its id; None where its plan cannot be tried. Words that are missing are told."""
        plan = self.file(f"{FOLDER}/{name}/lab.yaml", _PLAN)
        words = {language: self.file(f"{FOLDER}/{name}/{language}.yaml", _TEXT) for language in languages()}
        files = {language: file for language, file in words.items() if file.value is not None}
        if plan.value is None:
            return None
        self.tell(lab_references.plan_problems(plan, plan.value, self.known))
        for file in files.values():
            self.tell(lab_references.shape_problems(file, file.value, plan.value))
        texts = {language: file.value for language, file in files.items()}
        lab, problems = lab_of(plan, name, plan.value, texts, self.prices)
        self.problems += problems
        if lab is not None:
            self.tell(lab_proof.proof_problems(plan, lab))
            self.texts(lab, files)
        return lab

    def texts(self, lab: Lab, files: Mapping[str, ContentFile]) -> None:
        """What the words of a lab say, held against its figures and against each other."""
        figures = lab_references.figures_of(lab)
        for file in files.values():
            self.tell(lab_references.text_problems_of(file, file.value, figures, self.known))
        if files:
            self.tell(lab_references.language_problems(files, lab.texts))

    def file(self, name: str, model: TypeAdapter[Any]) -> ContentFile:
        file = read_file(self.root / name, self.root, model)
        self.problems += file.problems
        return file

    def tell(self, problems: Iterator[Problem]) -> None:
        self.problems += problems


def deep_problems(root: Path, lab: Lab) -> tuple[Problem, ...]:
    """What only trying every move of a lab shows; too slow for whoever just wants to read the labs."""
    plan = read_file(root / FOLDER / lab.id / "lab.yaml", root, _PLAN)
    return (*lab_proof.single_problems(plan, lab), *lab_proof.named_move_problems(plan, lab))


def drafts(root: Path, labs: Collection[str]) -> tuple[Problem, ...]:
    """The folders of labs that the order does not list: nobody is offered them, so they stop nothing."""
    folders = sorted(folder.name for folder in (root / FOLDER).glob("*/") if folder.name not in labs)
    return tuple(Problem(path=(ORDER,), code="lab_not_listed", facts={"name": name}) for name in folders)


def _level_problems(order: ContentFile, labs: Mapping[str, Lab], names: tuple[str, ...]) -> Iterator[Problem]:
    highest = 0
    for number, name in enumerate(names):
        level = labs[name].plan.level if name in labs else highest
        if level < highest:
            yield order.problem((number,), "level_falls", name=name, level=level, before=highest)
        highest = max(highest, level)
