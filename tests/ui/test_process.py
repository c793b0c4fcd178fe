"""The server's process: what it is set to exists in the pinned Streamlit."""

import ast
import inspect

from streamlit.runtime import runtime as server

from ui.process import SENDING


def test_the_pinned_streamlit_rests_between_two_sendings_as_long_as_the_setting_says():
    assert isinstance(getattr(server, SENDING), float)
    rests = [
        call.args[0].id
        for call in ast.walk(ast.parse(inspect.getsource(server)))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "sleep"
        and isinstance(call.args[0], ast.Name)
    ]
    assert SENDING in rests
