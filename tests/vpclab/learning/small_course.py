"""A whole course of one chapter, one entry and one term, to break in one place at a time."""

from pathlib import Path

FILES = {
    "course.yaml": """\
parts:
  - id: only
    title: {ja: 全部, en: All}
    chapters: [one]
""",
    "prices.yaml": """\
currency: USD
hours_per_month: 730
tiers_up_to_gb: [1048576, 5242880]
checked_on: 2026-11-22
sources:
  - {title: Feed, url: "https://example.com/feed"}
regions:
  ap-northeast-1:
    nat_gateway_hour: 0.062
    nat_gateway_gb: 0.062
    interface_endpoint_hour: 0.014
    interface_endpoint_gb: [0.01, 0.006, 0.004]
    gwlb_endpoint_hour: 0.014
    gwlb_endpoint_gb: 0.0035
    public_ipv4_hour: 0.005
""",
    "facts/limits.yaml": """\
- id: idle
  holds:
    en: Idle connections end after {seconds} seconds.
    ja: 使われない接続は {seconds} 秒で切れます。
  values: {seconds: "350"}
  confidence: verified
  sources:
    - {title: A page, url: "https://docs.aws.amazon.com/a"}
  checked_on: 2026-11-22
  corrects:
    says: 切れない
    instead: {en: It ends., ja: 切れます。}
- id: price
  holds: {en: "It costs {hour} USD an hour.", ja: "1 時間 {hour} USD です。"}
  values: {hour: "price:ap-northeast-1.interface_endpoint_hour"}
  confidence: secondary
  sources:
    - {title: A page, url: "https://example.com/b"}
  checked_on: 2026-11-22
""",
    "glossary.yaml": """\
- id: route
  name: {en: route, ja: ルート}
  reading: るーと
  means: {en: A line of a route table., ja: ルートテーブルの 1 行です。}
  also: {en: [path], ja: [経路]}
  see: []
  chapter: one/first
""",
    "search/synonyms.yaml": """\
groups:
  - [料金, 値段, cost, price]
""",
    "source-map.yaml": """\
- heading: Top
  says: 切れない
  taught: one/first
  verdict: idle
""",
    "faq/limits.yaml": """\
- id: limits-idle
  asks:
    en: [When does an idle connection end?]
    ja: [使わない接続はいつ切れますか]
  answer: {en: "After {idle.seconds} seconds.", ja: "{idle.seconds} 秒後です。"}
  why: {en: "See the [[route]].[^idle]", ja: "[[route]]を見ます。[^idle]"}
  check:
    - say: {en: Look., ja: 見ます。}
      run: aws ec2 describe-vpc-endpoints
  network:
    start: s3-over-nat
    shows: success
  facts: [idle]
  chapter: one/first
""",
    "chapters/one/chapter.yaml": """\
minutes: 5
opening: guess
sections:
  - id: first
    facts: [idle]
    stage: more
stages:
  - id: guess
    start: s3-over-nat
    choices: {way_out: none}
    shows: NO_ROUTE_TO_DESTINATION
    guess: outcome
    unlock: [way_out]
  - id: more
    start: s3-over-nat
    shows: success
    unlock: [gateway_endpoint]
misconceptions:
  - id: wrong
    facts: [idle]
""",
    "chapters/one/questions.yaml": """\
- id: when
  section: first
  facts: [idle]
  kind: one
  choices: [never, soon, later]
  answer: later
- id: what
  section: first
  facts: [idle]
  kind: predict
  choices: [delivered, dropped, denied]
  guess: outcome
  stage:
    start: s3-over-nat
    choices: {way_out: none}
    shows: NO_ROUTE_TO_DESTINATION
""",
    "chapters/one/practice.yaml": """\
- id: true-so
  section: first
  facts: [idle]
  misconception: wrong
  kind: true-or-false
  holds: true
  choices: [never, soon, later]
  answer: soon
- id: pieces
  section: first
  facts: [idle]
  kind: match
  choices: [never, soon, later]
  targets: [one, two, three]
  pairs: {never: one, soon: two, later: three}
- id: hops
  section: first
  facts: [idle]
  kind: order
  choices: [dns-resolver, subnet-route-table, nat-gateway]
  stage:
    start: s3-over-nat
    shows: success
- id: stopped
  section: first
  facts: [idle]
  kind: point
  guess: stop
  choices: [dns-resolver, subnet-route-table, source-security-group]
  stage:
    start: s3-over-nat
    choices: {way_out: none}
    shows: NO_ROUTE_TO_DESTINATION
- id: much
  section: first
  facts: [idle]
  kind: number
  unit: usd
  choices: [right, half, none]
  figures:
    right: [["price:ap-northeast-1.nat_gateway_hour", 730], [5]]
    half: [["fact:idle.seconds", 2]]
    none: [[0]]
  answer: right
  tolerance: 0.01
- id: several
  section: first
  facts: [idle]
  kind: several
  choices: [never, soon, later]
  answer: [never, soon]
""",
}

WORDS = """\
title: One
about: About one.
objectives: [Do it.]
out_of_scope: [The rest.]
sections:
  first:
    title: First
    easy: |
      Take the [[route]].[^idle]
    deep: |
      It takes {idle.seconds} units.[^idle]
stages:
  guess: {title: Guess, ask: What?, explain: So.}
  more: {title: More, task: Try.}
misconceptions:
  wrong: {said: A, true: B, so: C}
questions:
  when:
    ask: When?
    choices: {never: Never, soon: Soon, later: Later}
    why: {never: No., soon: No., later: Yes.}
  what:
    ask: What?
    why: {delivered: No., dropped: Yes., denied: No.}
  true-so:
    ask: It is so.
    choices: {never: Never, soon: Soon, later: Later}
    why: {never: No., soon: Yes., later: No.}
  pieces:
    ask: What belongs together?
    choices: {never: Never, soon: Soon, later: Later}
    targets: {one: One, two: Two, three: Three}
    why: {never: Yes., soon: Yes., later: Yes.}
  hops:
    ask: In which order?
    why: {dns-resolver: First., subnet-route-table: Then., nat-gateway: Last.}
  stopped:
    ask: What stops it?
    why: {dns-resolver: No., subnet-route-table: Yes., source-security-group: No.}
  much:
    ask: How much?
    why: {right: Yes., half: No., none: No.}
  several:
    ask: Which?
    choices: {never: Never, soon: Soon, later: Later}
    why: {never: Yes., soon: Yes., later: No.}
"""


def write(root: Path) -> Path:
    """Write the course into a folder."""
    for name, text in {
        **FILES,
        "chapters/one/en.yaml": WORDS,
        "chapters/one/ja.yaml": WORDS.replace("Take the", "進むのは").replace("One", "一"),
    }.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def change(root: Path, name: str, old: str, new: str) -> int:
    """Replace a text in a file, which has to be there; returns the line on which it stood."""
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{name} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
