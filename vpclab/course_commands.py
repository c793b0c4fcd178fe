"""The commands for the course: `python -m vpclab content check | new`, `faq QUERY` and `lab check LAB`.

Exit status: 0 when all is well, 2 when content has problems or a skeleton could not be written.
"""

import json
import sys
from argparse import Namespace, _SubParsersAction
from datetime import UTC, date, datetime
from typing import Any

from vpclab.errors import ContentError
from vpclab.exchange.problem_text import bracketed, printable
from vpclab.words import Words, languages

COMMANDS = ("faq", "content", "lab")

OLD_AFTER_MONTHS = 12
"""A fact that was checked longer ago than this is listed as a warning."""


def add_parsers(commands: "_SubParsersAction[Any]", t: Words) -> None:
    """Add the commands to those of the command line."""
    faq = commands.add_parser(
        "faq", help=t("command_line.help_faq"), description=t("command_line.help_faq"), allow_abbrev=False
    )
    faq.add_argument("query", metavar="QUERY", help=t("command_line.help_query"))
    faq.add_argument("--top", type=int, default=5, metavar="N", help=t("command_line.help_top"))
    faq.add_argument("--json", action="store_true", help=t("command_line.help_faq_json"))
    content = commands.add_parser(
        "content", help=t("command_line.help_content"), description=t("command_line.help_content")
    )
    actions = content.add_subparsers(dest="action", required=True, metavar="check | new")
    check = actions.add_parser("check", help=t("command_line.help_content_check"))
    new = actions.add_parser("new", help=t("command_line.help_content_new"))
    new.add_argument("kind", choices=("chapter", "faq", "question", "lab"))
    new.add_argument("id", metavar="ID")
    lab = commands.add_parser("lab", help=t("command_line.help_lab"), description=t("command_line.help_lab"))
    lab_check = lab.add_subparsers(dest="action", required=True, metavar="check").add_parser(
        "check", help=t("command_line.help_lab")
    )
    lab_check.add_argument("lab", metavar="FILE_OR_ID", help=t("command_line.help_lab_target"))
    for command in (faq, check, new, lab_check):
        command.add_argument("--lang", choices=languages(), help=t("command_line.help_lang"))


def run(options: Namespace, t: Words) -> int:
    """Run one of the commands; returns the exit status."""
    if options.command == "faq":
        return _faq(options, t)
    if options.command == "lab":
        return _lab(options.lab, t)
    return _check(t) if options.action == "check" else _new(options, t)


def _check(t: Words) -> int:
    # Imported late, here and below: the other commands need no course.
    from vpclab.learning.lab_files import deep_problems, drafts
    from vpclab.learning.library import CONTENT, load_library

    try:
        library = load_library()
    except ContentError as error:
        return _broken(error, t)
    problems = [problem for lab in library.labs.values() for problem in deep_problems(CONTENT, lab)]
    problems += drafts(CONTENT, library.labs)
    if problems:
        return _broken(ContentError(tuple(problems)), t)
    today = datetime.now(UTC).date()
    for fact in library.facts.values():
        if months_between(fact.checked_on, today) >= OLD_AFTER_MONTHS:
            print(t("content.warning_old", id=fact.id, date=fact.checked_on, months=OLD_AFTER_MONTHS))
    counts = {
        "chapters": len(library.chapters),
        "questions": sum(len(chapter.all_questions()) for chapter in library.chapters.values()),
        "facts": len(library.facts),
        "terms": len(library.terms),
        "entries": len(library.entries),
        "labs": len(library.labs),
    }
    print(t("content.fine", **counts))
    return 0


def _lab(target: str, t: Words) -> int:
    from vpclab.learning import lab_report

    name = lab_report.id_in_course(target)
    report = lab_report.course_lab(name) if name is not None else lab_report.lab_file(target)
    lines = content_lines(ContentError(report.problems), t, report.folder)
    if lines:
        lines.append(t("content.count", count=len(lines)))
    print(*lines, *lab_report.told(report, t), sep="\n")
    return 0 if report.is_sound else 2


def _broken(error: ContentError, t: Words) -> int:
    print(*content_lines(error, t), t("content.count", count=len(error.problems)), sep="\n")
    return 2


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (later.day < earlier.day)


def content_lines(error: ContentError, t: Words, folder: str = "content/") -> list[str]:
    """One line for each problem, in the order of the files: `content/faq/cost.yaml:12: [3].answer: ...`."""
    lines: list[str] = []
    for problem in sorted(error.problems, key=lambda problem: (str(problem.path[:1]), problem.line or 0)):
        file, *place = problem.path or ("",)
        where = f"{folder}{file}" if problem.line is None else f"{folder}{file}:{problem.line}"
        key = f"content.problem.{problem.code}"
        if not t.has(key):
            key = f"problems.{problem.code}"
        told = t(key, **problem.facts) if t.has(key) else problem.code
        parts = [where, bracketed(tuple(place)), told]
        lines.append(printable(": ".join(part for part in parts if part)))
    return lines


def _new(options: Namespace, t: Words) -> int:
    from vpclab.learning import skeletons
    from vpclab.learning.library import CONTENT
    from vpclab.learning.texts import ID, LONGEST_ID

    chapter, slash, name = options.id.rpartition("/")
    if not ID.fullmatch(name) or len(name) > LONGEST_ID or (slash and options.kind != "question"):
        print(t("content.new_bad_id", id=printable(options.id)))
        return 2
    if options.kind == "question":
        if not ID.fullmatch(chapter) or not (CONTENT / "chapters" / chapter).is_dir():
            print(t("content.new_question_id", chapter=printable(chapter)))
            return 2
        made = skeletons.question(chapter, name)
    else:
        made = {"chapter": skeletons.chapter, "faq": skeletons.entry, "lab": skeletons.lab}[options.kind](
            name
        )
    taken = skeletons.write(made, CONTENT)
    if taken is not None:
        print(t("content.new_exists", path=f"content/{taken}"))
        return 2
    print(t("content.new_made", files=", ".join(f"content/{skeleton.path}" for skeleton in made)))
    return 0


def _faq(options: Namespace, t: Words) -> int:
    from vpclab.learning.library import load_library
    from vpclab.learning.search import index_of
    from vpclab.learning.telling import as_words

    if not options.query.strip():
        print(t("command_line.no_query"), file=sys.stderr)
        return 2
    try:
        library = load_library()
    except ContentError as error:
        return _broken(error, t)
    hits = index_of(library).search(options.query)[: max(options.top, 1)]
    found = [
        {
            "id": hit.entry.id,
            "score": round(hit.score, 4),
            "question": hit.entry.title(t.language),
            "answer": as_words(library, hit.entry.answer(t.language), t),
        }
        for hit in hits
    ]
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    if hits[0].is_near_only:
        topics = ", ".join(t(f"faq.topic.{topic}") for topic in library.topics)
        print(t("command_line.no_hit", topics=topics), file=sys.stderr)
    for one in found:
        print(printable(f"{one['question']}  ({one['id']})"))
        print(printable(f"  {one['answer']}"))
    return 0
