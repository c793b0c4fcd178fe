"""What is particular to YAML: directives, keys as written, and lines as an editor counts them."""

import pytest

from vpclab.exchange import yaml_data
from vpclab.exchange.design_file import read_cases
from vpclab.exchange.plain_data import MAX_BYTES, MAX_PROBLEMS, read_plain


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("%TAG !a! x\n--- {}\n", 1),
        ("%YAML 1.2\n---\na: 1\n", 1),
        ("# comment\n \n%TAG !a! x\n--- {}\n", 3),
        ("# comment\u2028%TAG !a! x\n--- {}\n", 1),
        ("a: 1\n...\n# comment\n%TAG !a! x\n--- {}\n", 4),
        ("a: 1\n%TAG !a! x\n--- {}\n", 2),
        ("---\n%TAG !a! x\n--- {}\n", 2),
    ],
)
def test_directives_are_refused_with_their_line(content: str, line: int):
    plain = read_plain(content.encode(), "a.yaml")

    assert [(problem.code, problem.line) for problem in plain.problems] == [("yaml_directive", line)]


@pytest.mark.parametrize("before", ["", "a: 1\n...\n"])
def test_the_parser_never_sees_directives(before: str, monkeypatch: pytest.MonkeyPatch):
    parser = yaml_data._Parser
    seen: list[type] = []

    class Watched(parser):
        def get_event(self) -> object:
            event = super().get_event()
            seen.append(type(event))
            return event

    monkeypatch.setattr(yaml_data, "_Parser", Watched)
    directives = "".join(f"%TAG !{number:x}! x\n" for number in range(100))

    read_plain(f"{before}{directives}--- {{}}\n".encode(), "a.yaml")

    assert seen.count(yaml_data.events.DocumentStartEvent) == (1 if before else 0)


def test_a_percent_sign_in_a_text_is_no_directive():
    assert read_plain(b"a: |\n  %TAG\nb: '%'\n", "a.yaml").value == {"a": "%TAG\n", "b": "%"}


@pytest.mark.parametrize("key", ["Null", "true", "1", "1.5", "2012-10-17", "~", "99999999999999999999"])
def test_a_key_is_text_as_it_is_written(key: str):
    plain = read_plain(f"a: {{{key}: x}}".encode(), "a.yaml")

    assert (plain.value, plain.problems) == ({"a": {key: "x"}}, ())


def test_a_key_may_be_an_alias_of_a_scalar():
    plain = read_plain(b"a: &k Null\n*k : 1\nb: {*k : 2}\n", "a.yaml")

    assert (plain.value, plain.problems) == ({"a": None, "Null": 1, "b": {"Null": 2}}, ())


def test_keys_that_nobody_knows_are_told_as_written():
    file = read_cases(b"true: 1\n", "a.yaml")

    assert [(problem.code, problem.path) for problem in file.problems] == [("unknown_key", ("true",))]


def test_the_null_operator_needs_no_quotes():
    policy = (
        "{Statement: {Effect: Deny, Action: '*', Resource: '*', Condition: {Null: {'aws:SourceVpce': true}}}}"
    )
    bucket = f"{{Name: b, Region: r, Policy: {policy}}}"
    design = f"{{region: r, workloads: [{{Id: w, Kind: lambda}}], buckets: [{bucket}]}}"
    request = "{from: w, service: s3, action: a, resource: '*', host: b.s3.r.amazonaws.com}"

    (case,) = read_cases(f"design: {design}\nrequest: {request}\n".encode(), "a.yaml").cases

    assert getattr(case, "problems", ()) == ()


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_where_an_editor_ends_them(separator: str, end: str):
    content = end.join([f"# a{separator}# b", f'a: "x{separator}y"', "b: {c: 1, c: 2}", "d: 1", ""])
    plain = read_plain(content.encode(), "a.yaml")

    assert [problem.line for problem in plain.problems] == [3]
    assert plain.locator.lines([("d",)]) == {("d",): 4}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_json_end_there_too(end: str):
    plain = read_plain(end.join(['{"a": "\u2028",', '"b": 1,', '"b": 2}']).encode(), "a.json")
    broken = read_plain(end.join(["{", '"a": 1,', "x}"]).encode(), "a.json")

    assert plain.locator.lines([("b",)]) == {("b",): 3}
    assert [(problem.line, problem.facts["column"]) for problem in broken.problems] == [(3, 1)]


def test_a_byte_that_is_no_text_is_counted_with_the_byte_order_mark():
    (problem,) = read_plain(b"\xef\xbb\xbfa: 1\r\nb: \xff", "a.yaml").problems

    assert (problem.line, problem.facts["byte"]) == (2, 13)


def test_a_thousand_equal_keys_do_not_search_a_large_mapping_each(monkeypatch: pytest.MonkeyPatch):
    built: list[int] = []

    class Counted(dict[str, int]):
        def __init__(self, *given: object, **more: object) -> None:
            built.append(1)
            super().__init__(*given, **more)

    monkeypatch.setattr(yaml_data, "dict", Counted, raising=False)
    content = "a: 1\n" + "b: 1\n" * (MAX_PROBLEMS - 1)
    plain = read_plain(content.encode(), "a.yaml")

    assert len(content) < MAX_BYTES
    assert {problem.facts["first_line"] for problem in plain.problems} == {2}
    assert built == [1]
