"""Visit one page as a browser does, over the websocket, and say what came back.

    python scripts/visit.py http://localhost:8501 /sandbox ja

Runs with what requirements.txt installs. Exits with 1 when the script run failed or showed an exception.
"""

import argparse
import sys
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


def visit(address: str, path: str, locale: str, seconds: float = 30) -> list[ForwardMsg]:
    """Run the page at `path` in a new session and return every message up to the end of the run.

    Raises TimeoutError when nothing arrives for `seconds`.
    """
    server = urlsplit(address)
    back = BackMsg()
    back.rerun_script.query_string = ""
    back.rerun_script.page_name = path.strip("/")
    back.rerun_script.context_info.locale = locale
    messages: list[ForwardMsg] = []
    stream = f"ws://{server.netloc}/_stcore/stream"
    with connect(stream, origin=address, subprotocols=["streamlit"]) as socket:
        socket.send(back.SerializeToString())
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(socket.recv(timeout=seconds, decode=False))
            messages.append(message)
    return messages


def failures(messages: list[ForwardMsg]) -> list[str]:
    """Return one line for each sign that the run went wrong; empty when it went well."""
    lines = []
    if messages[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        lines.append(ForwardMsg.ScriptFinishedStatus.Name(messages[-1].script_finished))
    for message in messages:
        kind = message.WhichOneof("type")
        if kind == "page_not_found":
            lines.append("page not found")
        elif kind == "delta" and is_failure(message.delta.new_element):
            lines.append(str(message.delta.new_element).strip())
    return lines


def is_failure(element: Element) -> bool:
    """Say whether an element is Streamlit's exception box or our own error sentence.

    A verdict is an alert too; it carries the sign of what became of the request.
    """
    kind = element.WhichOneof("type")
    return kind == "exception" or (kind == "alert" and not element.alert.icon)


def shown(messages: list[ForwardMsg]) -> list[str]:
    """Return the kinds of the elements that the run put on the page, in order."""
    return [
        message.delta.new_element.WhichOneof("type")
        for message in messages
        if message.WhichOneof("type") == "delta" and message.delta.HasField("new_element")
    ]


def main() -> int:
    """Visit once and print the outcome."""
    parser = argparse.ArgumentParser(description="Visit one page over the websocket.")
    parser.add_argument("address")
    parser.add_argument("path")
    parser.add_argument("locale")
    arguments = parser.parse_args()
    messages = visit(arguments.address, arguments.path, arguments.locale)
    wrong = failures(messages)
    print(f"{arguments.path} ({arguments.locale}): {', '.join(shown(messages))}")
    for line in wrong:
        print(f"  FAILED: {line}", file=sys.stderr)
    if not shown(messages):
        print("  FAILED: the run showed nothing", file=sys.stderr)
    return 1 if wrong or not shown(messages) else 0


if __name__ == "__main__":
    sys.exit(main())
