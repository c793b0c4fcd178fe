"""New chapters, FAQ entries, questions and labs to fill in: the right form, three dots for texts."""

from dataclasses import dataclass
from pathlib import Path

from vpclab.learning import texts
from vpclab.words import languages

DOTS = f'"{texts.DOTS}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """Text for a file. `appends` says that it belongs to the end of a file that is there already.

    `mark` is what such a file has if it has the record already, `under` the key that its end has to be under.
    """

    path: str
    text: str
    appends: bool = False
    mark: str = ""
    under: str = ""


def _texts() -> str:
    return "{" + ", ".join(f"{language}: {DOTS}" for language in languages()) + "}"


def _lists() -> str:
    return "{" + ", ".join(f"{language}: [{DOTS}]" for language in languages()) + "}"


def chapter(name: str) -> tuple[Skeleton, ...]:
    """The files of a chapter with one section, one stage, one misconception and one question."""
    folder = f"chapters/{name}"
    plan = """\
# docs/course.md tells the format. Add the chapter to content/course.yaml.
minutes: 10
prerequisites: []
opening: first
sections:
  - id: one
    facts: [endpoint-definition]
stages:
  - id: first
    start: s3-over-nat
    choices: {way_out: none}
    shows: NO_ROUTE_TO_DESTINATION
    guess: outcome
    unlock: [way_out, gateway_endpoint]
misconceptions:
  - id: one
    facts: [endpoint-definition]
"""
    words = f"""\
title: {DOTS}
about: {DOTS}
objectives:
  - {DOTS}
out_of_scope:
  - {DOTS}
sections:
  one:
    title: {DOTS}
    easy: |
      ...
    deep: |
      ...
stages:
  first:
    title: {DOTS}
    ask: {DOTS}
    explain: {DOTS}
misconceptions:
  one:
    said: {DOTS}
    true: {DOTS}
    so: {DOTS}
questions:
{_question_text("first-question")}"""
    return (
        Skeleton(path=f"{folder}/chapter.yaml", text=plan),
        Skeleton(path=f"{folder}/questions.yaml", text=_question("first-question")),
        *(Skeleton(path=f"{folder}/{language}.yaml", text=words) for language in languages()),
    )


def question(chapter_name: str, name: str) -> tuple[Skeleton, ...]:
    """A question at the end of a chapter's files."""
    folder = f"chapters/{chapter_name}"
    return (
        Skeleton(path=f"{folder}/questions.yaml", text=_question(name), appends=True, mark=f"- id: {name}"),
        *(
            Skeleton(
                path=f"{folder}/{language}.yaml",
                text=_question_text(name),
                appends=True,
                mark=f"  {name}:",
                under="questions",
            )
            for language in languages()
        ),
    )


def entry(name: str) -> tuple[Skeleton, ...]:
    """A FAQ entry in a topic of its own; its place is in the file of the topic that it belongs to."""
    text = f"""\
- id: {name}
  asks: {_lists()}
  answer: {_texts()}
  why: {_texts()}
  check:
    - say: {_texts()}
  facts: [endpoint-definition]
  chapter: what-an-endpoint-is
"""
    return (Skeleton(path="faq/basics.yaml", text=text, appends=True, mark=f"- id: {name}"),)


def lab(name: str) -> tuple[Skeleton, ...]:
    """A lab that can be solved in one move; nobody is offered it before it is listed in the order."""
    folder = f"labs/{name}"
    plan = """\
# docs/labs.md tells the format. `python -m vpclab lab check ID` says how the lab can be solved.
# When it is finished, add it to content/labs/order.yaml.
level: 1
chapter: what-an-endpoint-is
facts: [endpoint-definition]
start: s3-over-nat
choices: {way_out: none}
goal:
  - {request: main, reaches: true}
moves: [way_out, gateway_endpoint]
solution: [{gateway_endpoint: "yes"}]
single: [{way_out: nat}, {way_out: nat-per-zone}, {gateway_endpoint: "yes"}]
hints: [first, second, third]
hint_facts:
  first: {request: main, stopped_by: NO_ROUTE_TO_DESTINATION}
  second: {absent: nat-gateway}
  third: {choice: {gateway_endpoint: "no"}}
par: {moves: 1}
"""
    words = f"""\
title: {DOTS}
story: {DOTS}
task: {DOTS}
goals:
  - {DOTS}
hints:
  first: {DOTS}
  second: {DOTS}
  third: {DOTS}
explain: |
  ...
"""
    return (
        Skeleton(path=f"{folder}/lab.yaml", text=plan),
        *(Skeleton(path=f"{folder}/{language}.yaml", text=words) for language in languages()),
    )


def _question(name: str) -> str:
    return f"""\
- id: {name}
  section: one
  facts: [endpoint-definition]
  kind: one
  choices: [first, second, third]
  answer: first
"""


def _question_text(name: str) -> str:
    choices = "\n".join(f"      {choice}: {DOTS}" for choice in ("first", "second", "third"))
    return f"""\
  {name}:
    ask: {DOTS}
    choices:
{choices}
    why:
{choices}
"""


def write(skeletons: tuple[Skeleton, ...], root: Path) -> str | None:
    """Write all files, or none: returns the path of the first that cannot take its text.

    That is one that is there already, has the record already, or ends under another key.
    """
    wanted: dict[Path, str] = {}
    for skeleton in skeletons:
        file = root / skeleton.path
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        lines = before.splitlines()
        if (before and not skeleton.appends) or skeleton.mark in lines:
            return skeleton.path
        if skeleton.under and _last_key(lines) != skeleton.under:
            return skeleton.path
        wanted[file] = before + ("" if before.endswith("\n") or not before else "\n") + skeleton.text
    for file, text in wanted.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return None


def _last_key(lines: list[str]) -> str:
    """The key at the top level of a mapping under which its last lines stand."""
    keys = [line.partition(":")[0] for line in lines if line[:1].isalpha()]
    return keys[-1] if keys else ""
