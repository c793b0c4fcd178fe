"""Questions of every type as neutral records, and strategies for hostile ones."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from vpclab.bank.records import Item, ItemChoice, Target, credited, figure_words, neat
from vpclab.learning.questions import Guess, Network, QuestionKind
from vpclab.words import load_words

EN, JA = load_words("en"), load_words("ja")
CHAPTER = "cost"

NETWORK = Network(start="s3-over-nat", choices={"way_out": "none"}, shows="NO_ROUTE_TO_DESTINATION")


def choice(name, *, right=False, target="", figure=None):
    return ItemChoice(
        id=name,
        text=f"Choice {name}",
        why=f"Because of {name}.",
        is_right=right,
        target=target,
        figure=figure,
    )


def item(kind, choices, others=None):
    facts = {
        "id": f"{CHAPTER}/a-question",
        "language": "en",
        "prompt": "What is it?",
        "section": "what-is-charged",
        "facts": ("gw-free", "nat-price"),
        "misconception": "endpoints-are-free",
    }
    return Item(**facts | (others or {}), kind=kind, choices=credited(kind, choices))


ONE = item(QuestionKind.ONE, [choice("first"), choice("second", right=True), choice("third")])
SEVERAL = item(
    QuestionKind.SEVERAL,
    [
        choice("first", right=True),
        choice("second"),
        choice("third", right=True),
        choice("fourth", right=True),
    ],
)
TRUTH = item(
    QuestionKind.TRUTH, [choice("first"), choice("second"), choice("third", right=True)], {"holds": False}
)
ORDER = item(QuestionKind.ORDER, [choice(name, right=True) for name in ("zeta", "alpha", "mid")])
MATCH = item(
    QuestionKind.MATCH,
    [choice("first", right=True, target="t-two"), choice("second", right=True, target="t-one")],
    {
        "targets": (
            Target(id="t-one", text="Target one"),
            Target(id="t-two", text="Target two"),
            Target(id="t-none", text="Nobody's"),
        )
    },
)
MATCH = replace(
    MATCH,
    choices=credited(QuestionKind.MATCH, [*MATCH.choices, choice("third", right=True, target="t-two")]),
)


def figure(name, amount, *, right=False):
    made = choice(name, right=right, figure=Decimal(amount))
    return replace(made, text=figure_words(Decimal(amount), "usd", EN))


NUMBER = item(
    QuestionKind.NUMBER,
    [figure("first", "62.05"), figure("second", "43.8", right=True), figure("third", "0.5")],
    {"unit": "usd", "tolerance": Decimal("0.02")},
)
PREDICT = item(
    QuestionKind.PREDICT,
    [choice("delivered"), choice("denied"), choice("dropped", right=True), choice("unresolved")],
    {
        "network": NETWORK,
        "guess": Guess.OUTCOME,
        "picture": ("Way out: none", "Gateway endpoint: no"),
        "verdict": "The request never arrives.",
    },
)
POINT = replace(
    PREDICT, kind=QuestionKind.POINT, guess=None, choices=credited(QuestionKind.POINT, PREDICT.choices)
)
WALKED = replace(PREDICT, kind=QuestionKind.ORDER, guess=None, choices=ORDER.choices)

READ_BACK = (ONE, SEVERAL, TRUTH, ORDER, MATCH, NUMBER)
ALL = (*READ_BACK, PREDICT, POINT, WALKED)

# --- hostile ones ------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *"{}~=#:\\%[]\"',;|@+-<>&/$*`\t \n",
        *(
            "####",
            "::",
            "->",
            "//",
            "\\n",
            "\\\\",
            "[html]",
            "[plain]",
            "%50%",
            "%-100%",
            "=cmd|' /C calc'!A0",
        ),
        *(
            "\n\n",
            "\r\n",
            "True. ",
            "False. ",
            "{T}",
            "$CATEGORY:",
            "// [id:x/y]",
            "&lt;",
            "<b>",
            "１＋１",
            "＝",
        ),
        *(
            "日本語",
            "שלום",
            "مرحبا",
            "\u202e",
            "\u200f",
            "😀",
            "\u2028",
            "\u0085",
            "\ufeff",
            "\u00a0",
            "\u3000",
        ),
        *("a", "b", "S3", "0", "1", "..."),
    ]
)


def texts(forbidden):
    """Texts out of pieces that some format takes for something else, without what is lost in a format."""
    made = st.lists(_PIECES, min_size=1, max_size=8).map("".join).map(neat)
    return made.filter(lambda text: text not in ("", "...") and not any(mark in text for mark in forbidden))


@st.composite
def hostile(draw, kind, forbidden=()):
    """One of the samples with hostile words; choices differ from one another."""
    sample = next(one for one in READ_BACK if one.kind is kind)
    some = texts(forbidden)
    count = len(sample.choices) + len(sample.targets)
    words = draw(st.lists(some, min_size=count, max_size=count, unique=True))
    choices = [
        replace(
            one,
            text=one.text if kind is QuestionKind.NUMBER else words.pop(),
            why=draw(some),
        )
        for one in sample.choices
    ]
    targets = tuple(replace(one, text=words.pop()) for one in sample.targets)
    return replace(sample, prompt=draw(some), choices=tuple(choices), targets=targets)
