"""Texts of authors: what they mark is found, and numbers that belong into facts are told."""

import pytest

from vpclab.learning.markup import fact_marks, links, plain, terms, typed_numbers, values


def test_terms_facts_values_and_links_are_found_outside_code():
    text = "| [[route\\|a way]] | [[nat-gateway|the NAT]] |"
    assert list(terms(text)) == ["route", "nat-gateway"]
    text = (
        "[[route]] and [[nat-gateway|the NAT]].[^one] {q-mtu.bytes} [here](chapter:cost/zones) "
        "`[[code]] [^two]`"
    )

    assert list(terms(text)) == ["route", "nat-gateway"]
    assert list(fact_marks(text)) == ["one"]
    assert list(values(text)) == [("q-mtu", "bytes")]
    assert list(links(text)) == [("chapter", "cost/zones")]


@pytest.mark.parametrize(
    "text",
    [
        "It costs 0.014 USD an hour.",
        "1 時間 0.014 USD です。",
        "Idle for 6 minutes.",
        "6 分で切れます。",
        "Up to 100 Gbps.",
        "10 GB までです。",
        "There are 50 endpoints.",
        "In 2015 it began.",
        "8,500 バイトです。",
    ],
)
def test_figures_belong_into_facts(text):
    assert typed_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "S3 への 2 つの道です。",
        "Amazon EC2 and Route 53 use IPv4 and TLS 1.2.",
        "Port 443 answers with 403.",
        "10.0.0.0/16 は VPC の範囲で、0.0.0.0/0 はデフォルトルートです。",
        "{q-mtu.bytes} バイトです。",
        "`MTU 8500` is code.",
        "See [the page](https://docs.aws.amazon.com/2024/a).",
        "1. First\n2. Second",
        "料金は 1 GB あたりで決まります。",
        "It takes two of 3 zones.",
        "SSM Agent and the /28 block.",
    ],
)
def test_counts_and_numbers_that_are_names_are_free(text):
    assert typed_numbers(text) == ()


def test_plain_text_has_words_only():
    assert plain("**Take** the [[nat-gateway|NAT]].[^one] `code` [more](faq:a)") == "Take the NAT. code more"


def test_plain_text_keeps_what_stands_in_code():
    assert plain('Write `"Principal": "*"` **now**.') == 'Write "Principal": "*" now.'
