"""FAQ search: people find an entry however they write, in either language, and never an empty page."""

import pytest

from tests.vpclab.learning import small_course
from vpclab.learning.library import load_library
from vpclab.learning.search import index_of
from vpclab.learning.search_text import fold, japanese_tokens, latin_tokens, stem, without_ids

ENTRY = """
- id: {id}
  asks:
    en: [{en}]
    ja: [{ja}]
  answer: {{en: "{answer_en}", ja: "{answer_ja}"}}
  why: {{en: Because., ja: そうだからです。}}
  errors: [{errors}]
  facts: [idle]
  chapter: one/first
"""
ENTRIES = (
    {
        "id": "cost-nat",
        "en": "Is a NAT gateway cheaper than an endpoint?",
        "ja": "NAT ゲートウェイとエンドポイントはどちらが安いですか",
        "answer_en": "It depends on the volume.",
        "answer_ja": "データ量によります。",
        "errors": "",
    },
    {
        "id": "dns-private",
        "en": "How do I turn on private DNS?",
        "ja": "プライベート DNS を有効にするにはどうしますか",
        "answer_en": "Set the option.",
        "answer_ja": "オプションを設定します。",
        "errors": "",
    },
    {
        "id": "filters-server",
        "en": "Which port does my server need?",
        "ja": "サーバーにはどのポートが必要ですか",
        "answer_en": "Open it in the security group of the interface endpoint.",
        "answer_ja": "インターフェイスエンドポイントのセキュリティグループで開けます。",
        "errors": "",
    },
    {
        "id": "policies-error",
        "en": "Why does a policy refuse my call?",
        "ja": "ポリシーで拒否されるのはなぜですか",
        "answer_en": "Look at the endpoint policy.",
        "answer_ja": "エンドポイントポリシーを見ます。",
        "errors": "because no VPC endpoint policy allows",
    },
)


LOGGED = (
    "2026-11-01T10:00:00Z ERROR botocore: User: arn:aws:sts::111122223333:assumed-role/x is not authorized "
    "to perform: s3:GetObject because no VPC endpoint policy allows the s3:GetObject action"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    root = small_course.write(tmp_path_factory.mktemp("course"))
    for entry in ENTRIES:
        (root / "faq" / f"{entry['id']}.yaml").write_text(ENTRY.format(**entry), encoding="utf-8")
    (root / "search" / "synonyms.yaml").write_text(
        "groups:\n  - [料金, 値段, 安い, cost, price, cheap, cheaper]\n  - [ポート, port]\n", encoding="utf-8"
    )
    return index_of(load_library(root))


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("nat gateway cheaper", "cost-nat"),
        ("NAT の値段", "cost-nat"),
        ("ＮＡＴゲートウェイ 料金", "cost-nat"),
        ("cheap NAT", "cost-nat"),
        ("プライベートDNS 有効化", "dns-private"),
        ("ﾌﾟﾗｲﾍﾞｰﾄ dns", "dns-private"),
        ("privte dns", "dns-private"),
        ("プライベト DNS", "dns-private"),
        ("ぷらいべーと dns", "dns-private"),
        ("サーバ ポート", "filters-server"),
        ("port for servers", "filters-server"),
        ("インターフェースエンドポイントのセキュリティグループ", "filters-server"),
        ("security group", "filters-server"),
        ("policies refuse", "policies-error"),
        (LOGGED, "policies-error"),
    ],
)
def test_people_find_an_entry_however_they_write(query, entry, index):
    assert index.search(query)[0].entry.id == entry


@pytest.mark.parametrize(
    "query", ["", " ", "zzzzqqqq", "???", "\x00", "の", "a" * 100_000, "(" * 500, "%s%s"]
)
def test_nothing_that_is_typed_gives_an_empty_page_or_fails(query, index):
    hits = index.search(query)

    assert len(hits) == len(ENTRIES) + 1
    assert all(hit.score == hit.score for hit in hits)


def test_what_fits_nothing_is_told_as_the_nearest_only(index):
    assert index.search("zzzzqqqq")[0].is_near_only
    assert not index.search("nat gateway cheaper")[0].is_near_only


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("インターフェース", "インターフェイス"),
        ("サーバー", "サーバ"),
        ("ﾙｰﾄﾃｰﾌﾞﾙ", "ルートテーブル"),
        ("ＶＰＣ", "vpc"),
        ("えんどぽいんと", "エンドポイント"),
        ("ユーザー", "ユーザ"),
    ],
)
def test_ways_of_writing_the_same_are_one(one, other):
    assert fold(one) == fold(other)


def test_short_words_keep_their_long_vowel():
    assert fold("キー") == "キー"


def test_ids_and_times_of_a_pasted_line_do_not_count():
    line = "2026-11-01T10:00:00Z vpce-0123456789abcdef0 111122223333 refused"

    assert without_ids(fold(line)).split() == ["refused"]


def test_tokens_are_stems_and_pairs_without_grammar():
    assert stem("policies") == stem("policy")
    assert latin_tokens("which aws:sourcevpce do the endpoints need") == [
        "aw",
        "sourcevpc",
        "aws:sourcevpc",
        "endpoint",
    ]
    assert japanese_tokens("NAT の料金は高いですか") == ["料金", "高イ", "料", "金", "高"]
