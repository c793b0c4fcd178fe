"""How the server's process is set, so that one learner's choice is answered soon and stops nobody else.

None of it changes what anybody sees; `make bench` measures what it does.
"""

import gc
import sys
from functools import lru_cache
from typing import Final

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


@lru_cache(maxsize=1)
def settle() -> None:
    """At the end of a first run, set garbage collection, switching of threads, and sending.

    Modules, words and the engine's tables live as long as the process; walking them in each collection
    stops every learner at once, so all that is loaded by then is exempt. The answer is cached, so that later
    runs do nothing; should two first runs meet here, the second one does the same again.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(RUN_SECONDS)
    if hasattr(server, SENDING):  # another version of Streamlit may name it otherwise, and is slower then
        setattr(server, SENDING, SENDING_SECONDS)
