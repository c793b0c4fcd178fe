"""Bytes to plain data: what each kind of scalar means, and what is wrong with each kind of bad file."""

import pytest

from vpclab.errors import Problem
from vpclab.exchange import plain_data
from vpclab.exchange.plain_data import MAX_BYTES, MAX_DEPTH, PlainData, in_order, read_plain


def codes(plain: PlainData) -> list[str]:
    return [problem.code for problem in plain.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("10:30", "10:30"),
        ("2012-10-17", "2012-10-17"),
        ("443", 443),
        ("-1", -1),
        ("0o17", 15),
        ("0x1f", 31),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("10.20.0.0", "10.20.0.0"),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("=", "="),
        ("'-1'", "-1"),
        ('"443"', "443"),
    ],
)
def test_a_scalar_means_what_yaml_1_2_says(written: str, meant: object):
    assert read_plain(f"key: {written}\n".encode(), "a.yaml").value == {"key": meant}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"# only a comment\n", "empty_file"),
        (b"a: \xff\n", "not_utf8"),
        ("a: 1".encode("utf-16"), "not_utf8_but_utf16"),
        (b"a: \x00\n", "control_character"),
        (b"a: \x1b[31m\n", "control_character"),
        (b"a: [1\n", "not_yaml"),
        (b"a: 1\n---\nb: 2\n", "several_documents"),
        (b"a" * (MAX_BYTES + 1), "file_too_large"),
        (b"[" * 10_000, "nested_too_deep"),
        (b"- " * 10_000, "nested_too_deep"),
        (b'{"a":' * 10_000, "nested_too_deep"),
        (b"[" + b"0," * 450_000 + b"0]", "too_many_values"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, code: str):
    plain = read_plain(content, "a.yaml")

    assert not plain.readable
    assert codes(plain) == [code]


@pytest.mark.parametrize(
    ("content", "code", "path"),
    [
        ("a: {b: 1, b: 2}", "duplicate_key", ("a", "b")),
        ('{"a": {"b": 1, "b": 2}}', "duplicate_key_in_json", ("a", "b")),
        ("a: {[x]: y}", "key_not_text", ("a",)),
        ("a: {{x: y}: z}", "key_not_text", ("a",)),
        ("a: &x [1]\n*x : y", "key_not_text", ()),
        ("a: {<<: 1}", "merge_key", ("a",)),
        ("a: !!str 1", "yaml_tag", ("a",)),
        ("a: *nowhere", "alias_unknown", ("a",)),
        ("a: &x [*x]", "alias_of_itself", ("a", 0)),
        ("a: 9999999999999999999", "number_too_long", ("a",)),
        ('{"a": 9999999999999999999}', "number_too_long", ("a",)),
        ("a: .nan", "number_not_finite", ("a",)),
        ('{"a": NaN}', "number_not_finite", ("a",)),
        ('{"a": 1e999}', "number_not_finite", ("a",)),
        ('{"a": "\\ud800"}', "control_character_in_text", ("a",)),
        ('a: "\\e[31m"', "control_character_in_text", ("a",)),
    ],
)
def test_reading_goes_on_after_what_plain_data_cannot_hold(
    content: str, code: str, path: tuple[str | int, ...]
):
    plain = read_plain(content.encode(), "a.yaml")

    assert plain.readable
    assert [(problem.code, problem.path) for problem in plain.problems] == [(code, path)]


def test_an_alias_stands_for_its_anchor():
    assert read_plain(b"a: &x [1, 2]\nb: *x\n", "a.yaml").value == {"a": [1, 2], "b": [1, 2]}


def test_a_merge_key_in_quotes_is_an_ordinary_key():
    assert read_plain(b"'<<': 1\n", "a.yaml").value == {"<<": 1}


def test_aliases_that_multiply_are_counted_as_written_out():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    plain = read_plain("\n".join(lines).encode(), "a.yaml")

    assert codes(plain) == ["too_many_values"]


def test_aliases_cannot_nest_deeper_than_anything_else():
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, MAX_DEPTH + 1)]

    assert codes(read_plain("\n".join(lines).encode(), "a.yaml")) == ["nested_too_deep"]


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert read_plain(b"\xef\xbb\xbfa: 1\n", "a.yaml").value == {"a": 1}


def test_a_file_named_json_is_not_read_as_yaml():
    assert codes(read_plain(b"a: 1\n", "net.json")) == ["not_json"]


def test_flow_yaml_that_only_looks_like_json_is_yaml():
    assert read_plain(b"{a: 1}\n", "stdin").value == {"a": 1}


def test_json_is_recognised_without_its_ending():
    assert read_plain(b'{"a": "x"}', "stdin").value == {"a": "x"}


@pytest.mark.parametrize(
    "content",
    [
        "a:\n- 1\n- b: 2\n  c: 3\n",
        '{"a":\n[1,\n{"b": 2,\n"c": 3}]}',
    ],
)
def test_lines_are_those_of_the_value_or_of_what_should_hold_it(content: str):
    plain = read_plain(content.encode(), "a.yaml")

    lines = plain.locator.lines([("a", 0), ("a", 1, "c"), ("a", 1, "missing")])

    assert lines["a", 1, "c"] == 4
    assert lines["a", 1, "missing"] == 3


def test_problems_stand_in_the_order_of_the_file():
    plain = read_plain(b"a: {x: 1, y: 2}\nb: 3\n", "a.yaml")
    paths = [("b",), ("a", "y"), ("a", "missing"), ("a", "x")]

    ordered = in_order([Problem(path=path, code="missing_key") for path in paths], plain)

    assert [problem.path for problem in ordered] == [("a", "missing"), ("a", "x"), ("a", "y"), ("b",)]
    assert [problem.line for problem in ordered] == [1, 1, 1, 2]


def test_a_file_with_endless_problems_is_given_up():
    plain = read_plain(b"a: 1\n" * 5_000, "a.yaml")

    assert not plain.readable
    assert len(plain.problems) == plain_data.MAX_PROBLEMS + 1
    assert plain.problems[-1].code == "too_many_problems"


def test_pyyaml_without_libyaml_reads_the_same(monkeypatch: pytest.MonkeyPatch):
    import yaml

    from vpclab.exchange import yaml_data

    content = b"a: &x [1, {b: 'no', b: no}]\nc: *x\n"
    fast = read_plain(content, "a.yaml")
    monkeypatch.setattr(yaml_data, "_Parser", yaml.SafeLoader)
    slow = read_plain(content, "a.yaml")

    assert (slow.value, slow.problems) == (fast.value, fast.problems)
