"""The command line: `python -m vpclab walk FILE` and `check FILE`; the files `*_commands.py` have the others.

Exit status: 0 when every case was read (a blocked walk is a result), 1 when a case could not be, 2 when
there is nothing to walk at all. `check` knows 0 and 2.
"""

import gc
import json
import math
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TextIO

from vpclab import bank_commands, course_commands, item_commands
from vpclab.errors import ContentError
from vpclab.exchange.design_file import BrokenCase, Case, DesignFile, read_cases, relative
from vpclab.exchange.plain_data import MAX_BYTES
from vpclab.exchange.problem_text import dotted, line_of, printable, sentence
from vpclab.words import Words, languages, load_words

STDIN = "-"
LISTED = 20
LONGEST_DETAIL = 200


class _Parser(ArgumentParser):
    """A parser whose complaints cannot steer the terminal: they quote what was typed."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


class Refused(Exception):
    """Nothing can be done with what was asked; carries the lines that say why."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    has_output = _open_streams()
    _speak_utf8()
    try:
        t = load_words(_language(given, os.environ))
    except ContentError as error:  # there are no words left to say it in
        _complain(*str(error).splitlines())
        return 2
    try:
        if not has_output:
            raise Refused(t("command_line.output_closed"))
        return _run(given, t)
    except Refused as refusal:
        _complain(*refusal.lines)
    except KeyboardInterrupt:
        _complain(t("command_line.interrupted"))
    return 2


def _run(given: Sequence[str], t: Words) -> int:
    try:
        try:
            options = _parser(t).parse_args(given)
            if options.command == bank_commands.COMMAND:
                return bank_commands.run(options, t)
            if options.command == item_commands.COMMAND:
                return item_commands.run(options, t)
            if options.command in course_commands.COMMANDS:
                return course_commands.run(options, t)
            return _walk(options, t) if options.command == "walk" else _check(options, t)
        finally:
            sys.stdout.flush()
    except OSError as error:  # of standard output: gone, or full
        _silence(sys.stdout)
        raise Refused(t("command_line.output_failed", detail=error.strerror)) from None


def _walk(options: Namespace, t: Words) -> int:
    name, file = _read(options.file, t)
    if file.problems:
        raise Refused(*(line_of(problem, name, t) for problem in file.problems))
    cases = _asked_for(file, name, options.case, t)
    status = 0
    # One by one: the hops of many cases need not be held at once.
    for number, case in enumerate(cases):
        text, is_sound = _outcome(case, name, t, as_json=options.json)
        if options.json:
            print("[" if number == 0 else ",")
        print(text, end="" if options.json else "\n\n")
        status = status if is_sound else 1
    if options.json:
        print("\n]")
    return status


def _asked_for(file: DesignFile, name: str, case_id: str | None, t: Words) -> tuple[Case | BrokenCase, ...]:
    """All cases of the file, or the one with this id."""
    if case_id is None:
        return file.cases
    found = tuple(case for case in file.cases if case.id == case_id)[:1]
    if not found:
        ids = [case.id for case in file.cases if case.id is not None]
        known = ", ".join([*ids[:LISTED], "…"] if len(ids) > LISTED else ids)
        raise Refused(t("command_line.unknown_case", file=name, case=case_id, known=known))
    return found


def _check(options: Namespace, t: Words) -> int:
    name, file = _read(options.file, t)
    problems = [*file.problems]
    for case in file.cases:
        problems += [*case.remarks, *(case.problems if isinstance(case, BrokenCase) else ())]
    # What has no line is about the file as a whole, mostly why its reading ended.
    for problem in sorted(problems, key=lambda problem: problem.line or math.inf):
        print(line_of(problem, name, t))
    if problems:
        return 2
    print(t("command_line.check_fine", file=name, count=len(file.cases)))
    return 0


def _read(file: str, t: Words) -> tuple[str, DesignFile]:
    """The file's name for people, and what it holds. Reads no more than a design file may have."""
    name = "stdin" if file == STDIN else printable(file)
    try:
        if file == STDIN:
            if sys.stdin is None:
                raise Refused(t("command_line.input_closed"))
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refused(t("command_line.file_not_found", file=name)) from None
    except IsADirectoryError:
        raise Refused(t("command_line.file_is_directory", file=name)) from None
    except PermissionError:
        raise Refused(t("command_line.file_not_allowed", file=name)) from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        raise Refused(t("command_line.file_not_readable", file=name, detail=detail)) from None
    # Reading makes no garbage in circles; looking for some would take a quarter of the time.
    gc.disable()
    cases = read_cases(data, name)
    gc.enable()
    return name, cases


def _outcome(case: Case | BrokenCase, file: str, t: Words, *, as_json: bool) -> tuple[str, bool]:
    """What to print for a case, and whether it could be walked."""
    if isinstance(case, BrokenCase):
        return (_broken_json if as_json else _broken_text)(case, file, t), False
    try:
        return (_walk_json if as_json else _walk_text)(case, t), True
    except Exception as error:  # a mistake of ours must not take the other cases with it
        problem = t("command_line.engine_failed", detail=f"{type(error).__name__}: {error}"[:LONGEST_DETAIL])
        if as_json:
            return _json({"id": case.id, "error": [{"path": "", "problem": problem}]}), False
        return _paragraph(case.id, [problem]), False


def _walk_json(case: Case, _: Words) -> str:
    # Imported late: `check`, and files without a sound case, need no engine.
    from vpclab.exchange.walk_json import to_json
    from vpclab.network.walk import walk

    return _json(to_json(case.id, walk(case.design, case.request)))


def _walk_text(case: Case, t: Words) -> str:
    from vpclab.narrate import narrate  # imported late, as above
    from vpclab.network.walk import walk

    title = case.id if case.title is None else f"{case.id}: {case.title}"
    return _paragraph(title, narrate(walk(case.design, case.request), t, case.design))


def _broken_json(case: BrokenCase, _: str, t: Words) -> str:
    problems = [(relative(problem, case), sentence(problem, t)) for problem in case.problems]
    return _json(
        {"id": case.id, "error": [{"path": dotted(path), "problem": text} for path, text in problems]}
    )


def _broken_text(case: BrokenCase, file: str, t: Words) -> str:
    title = case.id or t("command_line.case_without_id", number=int(case.path[-1]) + 1 if case.path else 1)
    lines = [line_of(problem, file, t) for problem in case.problems]
    return _paragraph(title, [t("command_line.unreadable_case"), *lines])


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _paragraph(title: str, lines: Sequence[str]) -> str:
    """A case for people. Ids and titles are a stranger's: nothing in them may steer the terminal."""
    return "\n".join(map(printable, (f"== {title}", *lines)))


def _parser(t: Words) -> ArgumentParser:
    parser = _Parser(prog="python -m vpclab", description=t("command_line.about"), allow_abbrev=False)
    others = (*course_commands.COMMANDS, bank_commands.COMMAND, item_commands.COMMAND)
    names = " | ".join(("walk", "check", *others))
    commands = parser.add_subparsers(dest="command", required=True, metavar=names)
    for name in ("walk", "check"):
        summary = t(f"command_line.help_{name}")
        command = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        command.add_argument("file", metavar="FILE", help=t("command_line.help_file"))
        command.add_argument("--lang", choices=languages(), help=t("command_line.help_lang"))
        if name == "walk":
            command.add_argument("--case", metavar="ID", help=t("command_line.help_case"))
            command.add_argument("--json", action="store_true", help=t("command_line.help_json"))
    course_commands.add_parsers(commands, t)
    bank_commands.add_parsers(commands, t)
    item_commands.add_parsers(commands, t)
    return parser


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language asked for, else the environment's. Found before parsing: the help is translated too."""
    for number, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or "".join(arguments[number + 1 : number + 2])
            if asked in languages():
                return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "ja" if environment[name].lower().startswith("ja") else "en"
    return "en"


def _open_streams() -> bool:
    """Open what was closed from outside, and tell whether there is a standard output.

    Python's name for a closed stream is None, and what is printed to no stream goes to standard output.
    """
    has_output = sys.stdout is not None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lasts as long as the process
            setattr(sys, name, nowhere)
    return has_output


def _silence(stream: TextIO) -> None:
    """Let a stream that fails go nowhere: the interpreter would flush, and fail, once more on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _speak_utf8() -> None:
    """Print UTF-8 whatever the environment says, and never fail at a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(*lines: str) -> None:
    try:
        for line in lines:
            print(printable(line), file=sys.stderr, flush=True)
    except OSError:  # nobody listens: the exit status has to say it
        _silence(sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
