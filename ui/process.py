"""How the server's process is set, so that one learner's choice is answered soon and stops nobody else.

None of it changes what anybody sees; `make bench` measures what it does.
"""

import gc
import sys
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Final

from streamlit.runtime import app_session
from streamlit.runtime import runtime as server

RUN_SECONDS: Final = 0.02
"""How long a run may hold the interpreter before another thread may ask for it: most runs are over by then.

Python's 5 ms let the server's own thread cut nearly every run in two, and a choice took twice the time.
"""

SENDING: Final = "MESSAGE_FLUSH_INTERVAL_SECS"
"""Streamlit's name for how long its server rests after each sending; it offers no setting for it."""

SENDING_SECONDS: Final = 0.001
"""Streamlit rests 5 ms. A choice's run tells its first word at once and its last 3 to 4 ms later: just too
late for the first sending, so that a choice took 10 ms of which 4 were waiting."""


THEME: Final = "_populate_theme_msg"
"""Streamlit's name for the function that writes one section of the theme into a message."""


@lru_cache(maxsize=1)
def settle() -> None:
    """At the end of a first run, set garbage collection, switching of threads, sending, and the theme.

    Modules, words and the engine's tables live as long as the process; walking them in each collection
    stops every learner at once, so all that is loaded by then is exempt. The answer is cached, so that later
    runs do nothing; should two first runs meet here, the second one does the same again.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(RUN_SECONDS)
    if hasattr(server, SENDING):  # another version of Streamlit may name it otherwise, and is slower then
        setattr(server, SENDING, SENDING_SECONDS)
    write = getattr(app_session, THEME, None)
    if write is not None and not hasattr(write, "__wrapped__"):
        setattr(app_session, THEME, kept_theme(write))


def kept_theme(write: Callable[..., None]) -> Callable[..., None]:
    """Write each section of the theme as it was the first time: it does not change while the server runs.

    Streamlit reads some three hundred settings for it before every run, a tenth of the time of an answer.
    """
    kept: dict[str, Any] = {}

    @wraps(write)
    def write_kept(message: Any, section: str = "theme") -> None:
        if section not in kept:
            made = type(message)()
            write(made, section)
            kept[section] = made
        if kept[section].ByteSize():  # a section without settings leaves no trace
            message.MergeFrom(kept[section])

    return write_kept
