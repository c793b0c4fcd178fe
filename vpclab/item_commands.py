"""The command for trainers: `python -m vpclab items` tells how the questions of the course fare.

Exit status: 0 when all is well, 2 when nothing could be done.
"""

import os
import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vpclab.errors import ContentError, StoreError
from vpclab.exchange.problem_text import printable
from vpclab.words import Words, languages, load_words

COMMAND = "items"
STDOUT = "-"
_FOLDER = Path(__file__).resolve().parent.parent
_FILE_URL = "sqlite:///"


def add_parsers(commands: "_SubParsersAction[Any]", t: Words) -> None:
    """Add the command to those of the command line."""
    items = commands.add_parser(COMMAND, help=t("items.help.items"), description=t("items.help.items"))
    items.add_argument("--csv", metavar="FILE", help=t("items.help.csv"))
    items.add_argument("--language", choices=languages(), help=t("items.help.language"))
    items.add_argument("--lang", choices=languages(), help=t("command_line.help_lang"))


def run(options: Namespace, t: Words) -> int:
    """Run the command; returns the exit status."""
    # Imported late: the other commands need neither course nor store.
    from vpclab.course_commands import content_lines
    from vpclab.item_words import listing, told_items, write_item_csv
    from vpclab.learning.item_statistics import course_questions, item_statistics, shown
    from vpclab.learning.library import load_library
    from vpclab.store.database import database_url
    from vpclab.store.progress import ProgressStore

    url = database_url(os.environ, _FOLDER)
    missing = _missing_file(url)
    if missing is not None:
        return _refused(t("items.no_database", file=printable(missing)))
    store = ProgressStore(url)
    try:
        library = load_library()
        items = item_statistics(store.item_answers(), course_questions(library))
    except ContentError as error:
        return _refused(*content_lines(error, t))
    except StoreError as error:
        return _refused(t("items.not_read", detail=error.problems[0].facts.get("detail", "")))
    finally:
        store.close()
    spoken = load_words(options.language or t.language)
    told = told_items(shown(items), library, spoken)
    hidden = len(items) - len(told)
    if options.csv is None:
        print(*map(printable, listing(told, hidden, spoken)), sep="\n")
        return 0
    counts = {"count": len(told), "hidden": hidden}
    return _write(options.csv, write_item_csv(told, spoken), counts, t)


def _missing_file(url: str) -> str | None:
    """The file of a SQLite database that is not there: reading it would make an empty one."""
    name = url.removeprefix(_FILE_URL)
    return name if url.startswith(_FILE_URL) and "?" not in name and not Path(name).exists() else None


def _write(file: str, text: str, counts: Mapping[str, int], t: Words) -> int:
    if file == STDOUT:
        print(text, end="")
        return 0
    name = printable(file)
    try:
        Path(file).write_bytes(text.encode())
    except IsADirectoryError:
        return _refused(t("bank.exists_as_folder", file=name))
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or error
        return _refused(t("bank.not_written", file=name, detail=detail))
    print(t("items.wrote", file=name, **counts))
    return 0


def _refused(*lines: str) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return 2
