"""AWS's pages behind the decisions."""

from pathlib import Path

import pytest

from vpclab.errors import ContentError
from vpclab.exchange.design_file import Case, read_cases
from vpclab.network import Kind, Reason, walk
from vpclab.rules import load_rules, rule_of
from vpclab.words import languages, load_words

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"


def test_every_component_has_a_page():
    assert set(load_rules().by_kind) == set(Kind)


def test_every_page_is_used_and_has_words_in_every_language():
    rules = load_rules()
    used = {*rules.by_kind.values(), *rules.by_reason.values()}

    assert set(rules.pages) == used
    for language in languages():
        t = load_words(language)
        assert {key.removeprefix("rules.") for key in t.texts if key.startswith("rules.")} == {
            page.id for page in rules.pages
        }


@pytest.mark.parametrize("name", ["walks.yaml", "mended-walks.yaml"])
def test_every_decision_of_every_worked_case_has_its_page(name: str):
    file = FIXTURES / name
    for case in read_cases(file.read_bytes(), name).cases:
        assert isinstance(case, Case)
        for walked in walk(case.design, case.request).calls:
            for hop in walked.hops:
                assert rule_of(hop).url.startswith("https://docs.aws.amazon.com/")


def test_a_reason_of_its_own_leads_to_the_page_about_it():
    assert load_rules().by_reason[Reason.VPC_BLOCK_PUBLIC_ACCESS_ENABLED].id == "block-public-access"


def test_a_japanese_reader_gets_the_japanese_page_where_there_is_one():
    pages = {page.id: page for page in load_rules().pages}

    assert "/ja_jp/vpc/" in pages["nat-gateways"].address("ja")
    assert "/ja_jp/" not in pages["nat-gateways"].address("en")
    assert "/ja_jp/" not in pages["internet-gateways"].address("ja")


def test_everything_wrong_with_the_pages_is_told_at_once(tmp_path: Path):
    file = tmp_path / "rules.yaml"
    file.write_text(
        "- {id: one, url: 'http://example.com', checked_on: yesterday, translated: true, decides: [teapot]}\n"
        "- {id: two, url: 'https://docs.aws.amazon.com/x', checked_on: '2026-11-22', translated: true,"
        " decides: [lambda]}\n"
        "- {id: two, url: 'https://docs.aws.amazon.com/y', checked_on: '2026-11-22', translated: true,"
        " decides: [lambda], colour: red}\n"
        "- {id: two, url: 'https://docs.aws.amazon.com/y', checked_on: '2026-11-22', translated: true,"
        " decides: [lambda]}\n",
        encoding="utf-8",
    )

    with pytest.raises(ContentError) as raised:
        load_rules(file)

    codes = [problem.code for problem in raised.value.problems if problem.code != "not_explained"]
    assert codes == [
        "not_a_page_of_aws",
        "not_a_date",
        "unknown_word",
        "unknown_key",
        "duplicate_id",
        "explained_already",
    ]
    assert sum(problem.code == "not_explained" for problem in raised.value.problems) == len(Kind) - 1
