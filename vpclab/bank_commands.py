"""The commands for the question bank: `python -m vpclab bank export FORMAT` and `bank import FILE`.

Exit status: 0 when all is well, 1 when something that was read has a problem, 2 when nothing could be done.
"""

import sys
from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from vpclab.errors import ContentError, Problem
from vpclab.exchange.plain_data import MAX_BYTES
from vpclab.exchange.problem_text import printable
from vpclab.words import Words, languages, load_words

COMMAND = "bank"
FORMATS = ("gift", "qti", "csv", "anki")
BOTH = "both"
STDIN = "-"


def add_parsers(commands: "_SubParsersAction[Any]", t: Words) -> None:
    """Add the commands to those of the command line."""
    bank = commands.add_parser(COMMAND, help=t("bank.help.bank"), description=t("bank.help.bank"))
    actions = bank.add_subparsers(dest="action", required=True, metavar="export | import")
    out = actions.add_parser("export", help=t("bank.help.export"), description=t("bank.help.export"))
    out.add_argument("format", choices=FORMATS, help=t("bank.help.format"))
    into = actions.add_parser("import", help=t("bank.help.import"), description=t("bank.help.import"))
    into.add_argument("file", metavar="FILE", help=t("bank.help.file"))
    into.add_argument("--chapter", required=True, metavar="ID", help=t("bank.help.chapter"))
    for command, choices in ((out, (*languages(), BOTH)), (into, languages())):
        command.add_argument("--language", required=True, choices=choices, help=t("bank.help.language"))
        command.add_argument("--output", metavar="FILE", help=t("bank.help.output"))
        command.add_argument("--lang", choices=languages(), help=t("command_line.help_lang"))


def run(options: Namespace, t: Words) -> int:
    """Run one of the commands; returns the exit status."""
    from vpclab.course_commands import content_lines  # it adds this file's commands
    from vpclab.learning.library import load_library  # late: the other commands need no course

    try:
        load_library()
    except ContentError as error:
        _complain(*content_lines(error, t))
        return 2
    return _export(options, t) if options.action == "export" else _import(options, t)


# --- out ---------------------------------------------------------------------------------------------


def _export(options: Namespace, t: Words) -> int:
    if options.language == BOTH and options.format != "csv":
        _complain(t("bank.only_csv"))
        return 2
    if options.format == "qti" and options.output is None:
        _complain(t("bank.no_terminal"))
        return 2
    content, count = _content(options.format, options.language)
    if options.output is None:
        print(content.decode("utf-8"), end="")
        return 0
    failed = _write(options.output, content, t)
    if failed:
        _complain(failed)
        return 2
    print(t("bank.wrote", file=printable(options.output), count=count))
    return 0


def _content(form: str, language: str) -> tuple[bytes, int]:
    """The file in one format, and how many questions it has."""
    from vpclab.bank.anki import write_anki
    from vpclab.bank.csv_bank import write_csv
    from vpclab.bank.gift import write_gift
    from vpclab.bank.items import chapter_titles, items_of
    from vpclab.bank.qti import write_qti
    from vpclab.learning.library import load_library

    library = load_library()
    spoken = [load_words(name) for name in (languages() if language == BOTH else (language,))]
    items = [item for t in spoken for item in items_of(library, t)]
    if form == "csv":
        return write_csv(items).encode(), len(items)
    t, titles = spoken[0], chapter_titles(library, language)
    if form == "qti":
        return write_qti(items, titles, t), len(items)
    write = write_gift if form == "gift" else write_anki
    return write(items, titles, t).encode(), len(items)


def _write(name: str, content: bytes, t: Words) -> str:
    """Write a file; returns what went wrong, empty when nothing did."""
    try:
        Path(name).write_bytes(content)
    except IsADirectoryError:
        return t("bank.exists_as_folder", file=printable(name))
    except (OSError, ValueError) as error:
        return t("bank.not_written", file=printable(name), detail=getattr(error, "strerror", None) or error)
    return ""


# --- in ----------------------------------------------------------------------------------------------


def _import(options: Namespace, t: Words) -> int:
    from vpclab.bank.csv_reader import read_csv
    from vpclab.bank.drafts import yaml_of
    from vpclab.bank.gift_reader import read_gift
    from vpclab.learning.library import load_library

    chapters = load_library().chapters
    if options.chapter not in chapters:
        known = ", ".join(chapters)
        _complain(t("bank.no_chapter", chapter=printable(options.chapter), known=known))
        return 2
    name = "stdin" if options.file == STDIN else printable(options.file)
    try:
        data = _read(options.file)
    except FileNotFoundError:
        _complain(t("command_line.file_not_found", file=name))
        return 2
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        _complain(t("command_line.file_not_readable", file=name, detail=detail))
        return 2
    read = read_csv if options.file.lower().endswith(".csv") else read_gift
    brought = read(data, options.chapter, load_words(options.language))
    _complain(*(told(problem, name, t) for problem in brought.report))
    text = yaml_of(brought.items, brought.chapter, brought.language)
    if options.output is None:
        print(text, end="")
    elif failed := _write(options.output, text.encode(), t):
        _complain(failed)
        return 2
    counts = {"questions": len(brought.items), "open": len(brought.waiting), "problems": len(brought.report)}
    _complain(t("bank.imported", **counts), *([t("bank.fill_in")] if brought.waiting else []))
    return 2 if not brought.items else 1 if brought.report else 0


def _read(file: str) -> bytes:
    """The start of a file: no more than one byte over what is read."""
    if file == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""
    with Path(file).open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def told(problem: Problem, name: str, t: Words) -> str:
    """One line that says where and what: `quiz.gift:12: …`."""
    return printable(f"{name}:{problem.line}: {t(f'bank.problem.{problem.code}', **problem.facts)}")


def _complain(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
