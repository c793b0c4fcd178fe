"""The stage: one idea a screen, large enough for a room, moved by keys."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

import streamlit as st

from ui import sandbox_state, session, shell, stage_place, stage_state
from ui.choice_board import option_words
from ui.comparison import traits_table
from ui.decision import name_of
from ui.panels import headline_html
from ui.scene import Scene, picture_of, scene_of
from ui.share import link_of, show_qr
from ui.stage_keys import stage_keys
from ui.stage_offers import given
from ui.stage_place import Key, Place
from ui.walk_player import walk_player
from vpclab.hop_words import tell_hop
from vpclab.narrate import headline
from vpclab.network import Leg, Verdict
from vpclab.sandbox.setup import Setup
from vpclab.talks import Offer, Slide
from vpclab.words import Words, languages, load_words

STYLE = f"<style>{(Path(__file__).resolve().parent / 'stage.css').read_text(encoding='utf-8')}</style>"

ANSWERS = (Verdict.DELIVERED, Verdict.DENIED, Verdict.DROPPED, Verdict.UNRESOLVED)
"""What the room can guess, by digit."""

HEIGHT_PER_POINT = 0.2385
"""Hundredths of the screen's height for a point of a picture: 11 points are 28 pixels on 1080."""

_KEYS_TOLD = (
    "next",
    "slide",
    "reveal",
    "digits",
    "predict",
    "black",
    "notes",
    "timer",
    "qr",
    "subtitles",
    "keys",
)


def show(place: Place, own: tuple[Offer, ...], t: Words) -> None:
    """One screen of a presentation, with everything that was asked for; `own` as in `own_offers`."""
    slide, setup = stage_place.slide_of(place), stage_place.setup_of(place, own)
    scene, other = None if setup is None else scene_of(setup, t), stage_place.compared_with(place)
    talk = stage_place.talk_of(place)
    st.html(STYLE)

    def press(key: str) -> None:
        here = stage_state.place()
        if here is not None:
            stage_state.keep(replace(stage_place.press(here, key, own), is_nearest=False))

    stage_keys(
        t,
        key=session.widget("stage-keys"),
        hidden=place.hidden,
        minutes=talk.minutes if talk is not None else 0,
        on_press=press,
    )
    with st.container(key="stage-screen"):
        if place.is_nearest:
            st.warning(t("stage.nearest"), icon=":material/link_off:")
        both = _spoken(place, t)
        st.html(_head(slide, scene, both, compares=other is not None))
        if scene is not None and place.hidden:
            st.html(_question(place, slide, scene, both))
        elif scene is not None and other is not None:
            table = traits_table(scene, scene_of(other, t), t, brief=True)
            st.html(f'<div class="stage-table">{table}</div>')
        elif scene is not None:
            with st.container(key="stage-row"):
                _picture(place, scene, t)
                st.html(_outcome(place, scene, own, both))
            if both[1:]:
                st.html(_subtitles(place, scene, both[1:]))
        _foot(place, t)
        _asked_for(place, slide, setup, t)


def _spoken(place: Place, t: Words) -> tuple[Words, ...]:
    """The languages on the screen: the visitor's, and with subtitles every other below it."""
    others = (load_words(code) for code in languages() if code != t.language)
    return (t, *others) if Key.SUBTITLES in place.shown else (t,)


def _lines(tag: str, name: str, texts: Mapping[str, str]) -> str:
    """The same in one language or in several, the first one large."""
    lines = []
    for number, (code, text) in enumerate(texts.items()):
        kind, looks = (tag, name) if number == 0 else ("p", f"{name} under")
        lines.append(f'<{kind} class="{looks}" lang="{code}">{escape(text)}</{kind}>')
    return "".join(lines)


def _head(slide: Slide | None, scene: Scene | None, both: tuple[Words, ...], *, compares: bool) -> str:
    """The heading and the line to the room; a network by itself is headed by who asks what."""
    if slide is not None:
        return _lines("h1", "heading", {t.language: slide.heading(t.language) for t in both}) + _lines(
            "p", "say", {t.language: slide.say(t.language) for t in both}
        )
    if scene is None:
        return ""
    if compares:
        return _lines("h1", "heading", {w.language: w("sandbox.compare.title") for w in both})
    chosen = scene.setup.choices
    texts = {}
    for w in both:
        asker = option_words("source", chosen.source, w)
        texts[w.language] = f"{asker} → {option_words('destination', chosen.destination, w)}"
    return _lines("h1", "heading", texts)


def _question(place: Place, slide: Slide | None, scene: Scene, both: tuple[Words, ...]) -> str:
    """What the room has to judge by, the question, and the answers to choose from: nothing of the outcome."""
    t = both[0]
    asks = slide.ask if slide is not None else None
    question = {w.language: asks(w.language) if asks is not None else w("stage.ask") for w in both}
    facts = "".join(f"<li>{escape(line)}</li>" for line in given(scene.setup, t))
    answers = "".join(
        f'<li class="{"guess" if number == place.guess else ""}"><b>{number}</b> '
        + "<br>".join(escape(w(f"stage.answer.{number}")) for w in both)
        + (" ◀" if number == place.guess else "")
        + "</li>"
        for number in range(1, len(ANSWERS) + 1)
    )
    return (
        f'<div class="stage-question"><ul class="given">{facts}</ul><div>{_lines("h2", "ask", question)}'
        f'<ol class="answers">{answers}</ol><p class="small">{escape(t("stage.reveal"))}</p></div></div>'
    )


def _picture(place: Place, scene: Scene, t: Words) -> None:
    """The walk, as large as the screen's height allows; smaller ones grow to the same size of type."""
    hops = scene.walk.hops
    wanted = hops[place.step].leg if 0 <= place.step < len(hops) else place.leg
    leg = wanted if scene.has_return else Leg.FORWARD
    drawing = picture_of(scene, t, leg=leg, compact=True)
    wide = f"{drawing.width * HEIGHT_PER_POINT:.1f}vh"
    st.html(f"<style>.st-key-stage-picture{{width:{wide};max-width:96vw}}</style>")
    with st.container(key="stage-picture"):
        walk_player(
            drawing,
            t,
            key=session.widget("stage-player"),
            step=place.step,
            controls=False,
            room=True,
        )


def _outcome(place: Place, scene: Scene, own: tuple[Offer, ...], both: tuple[Words, ...]) -> str:
    """The open decision, else the answer; whether the room was right; and what it can try.

    A presenter who steps on has left the guess behind. Offers of a talk stay then, unless subtitles take
    their room; those for a network of one's own come back when no decision is open.
    """
    t = both[0]
    hop = _hop_words(place, scene, t)
    told = f'<p class="hop">{escape(hop)}</p>' if hop else headline_html(scene.walk, t)
    steps_on = place.step not in (-1, stage_place.step_of(place))
    guess = "" if steps_on else _verdict_on_guess(place, scene, t)
    makes_room = steps_on and (bool(both[1:]) or stage_place.slide_of(place) is None)
    more = guess + ("" if makes_room else _chips(place, own, t))
    return f'<div class="vpclab stage-outcome">{told}{more}</div>'


def _subtitles(place: Place, scene: Scene, others: tuple[Words, ...]) -> str:
    """What the outcome says, in the other languages: a line across the screen, as under a film."""
    told = {
        w.language: _hop_words(place, scene, w) or headline(scene_of(scene.setup, w).walk, w) for w in others
    }
    lines = "".join(f'<p lang="{language}">{escape(text)}</p>' for language, text in told.items())
    return f'<div class="stage-subtitles">{lines}</div>'


def _hop_words(place: Place, scene: Scene, t: Words) -> str:
    """The open decision in a sentence; nothing where none is open."""
    hops = scene.walk.hops
    if not 0 <= place.step < len(hops):
        return ""
    hop = hops[place.step]
    name = t("stage.hop", number=place.step + 1, count=len(hops), name=name_of(hop, t))
    return t("panels.line", name=name, text=tell_hop(hop, t))


def _verdict_on_guess(place: Place, scene: Scene, t: Words) -> str:
    if not place.guess:
        return ""
    right = ANSWERS[place.guess - 1] is scene.walk.verdict
    said = escape(t("stage.guessed", answer=t(f"stage.answer.{place.guess}")))
    mark = f"{'✓' if right else '✕'} {escape(t('stage.right' if right else 'stage.wrong'))}"
    return f'<p class="guessed">{said} <b>{mark}</b></p>'


def _chips(place: Place, own: tuple[Offer, ...], t: Words) -> str:
    chips = ""
    for number, offer in enumerate(stage_place.offers_of(place, own)):
        looks, mark = ("on", " ✓") if number in place.offers else ("", "")
        chips += f'<li class="{looks}"><b>{number + 1}</b> {escape(offer.label(t.language))}{mark}</li>'
    return f'<ol class="chips">{chips}</ol>' if chips else ""


def _foot(place: Place, t: Words) -> None:
    """The keys, the place in the talk, and the way out, which keeps the session and so the sandbox."""
    talk = stage_place.talk_of(place)
    told = [t("stage.keys.short")]
    if talk is not None:
        told.append(t("stage.slide", number=place.slide + 1, count=len(talk.slides)))
    with st.container(
        key="stage-foot",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        for text in told:
            st.html(f"<span>{escape(text)}</span>", width="content")
        st.page_link(
            shell.PAGES_FOLDER / "stage.py",
            label=t("stage.leave"),
            query_params={session.LANGUAGE_PARAMETER: t.language},
            width="content",
        )


def _asked_for(place: Place, slide: Slide | None, setup: Setup | None, t: Words) -> None:
    """Notes, keys and QR code, each only when it was asked for."""
    if Key.NOTES in place.shown:
        note = slide.note(t.language) if slide is not None else t("stage.no_notes")
        st.html(_aside("stage-notes", t("stage.notes"), f"<p>{escape(note)}</p>"))
    if Key.KEYS in place.shown:
        rows = "".join(f"<li>{escape(t(f'stage.keys.{name}'))}</li>" for name in _KEYS_TOLD)
        st.html(_aside("stage-keys", t("stage.keys.title"), f"<ul>{rows}</ul>"))
    if Key.QR in place.shown and setup is not None:
        other = stage_place.compared_with(place)
        networks = {"s": sandbox_state.address_text(setup)}
        if other is not None:
            networks["b"] = sandbox_state.address_text(other)
        link = link_of({session.LANGUAGE_PARAMETER: t.language, **networks}, "sandbox")
        with st.container(key="stage-qr"):
            show_qr(link, t("stage.qr"), t, width=420)


def _aside(looks: str, title: str, inner: str) -> str:
    named = escape(title, quote=True)
    return f'<aside class="{looks}" aria-label="{named}"><b>{named}</b>{inner}</aside>'
