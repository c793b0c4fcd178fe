"""One scene on a page: the answer, the picture that can be stepped through, the decision that is open."""

from collections.abc import Callable
from dataclasses import replace

from ui import panels, sandbox_state
from ui.sandbox_state import Side
from ui.scene import Scene, picture_of
from ui.walk_player import LEAST, Move, walk_player
from vpclab.network import Leg
from vpclab.words import Words


def show_scene(scene: Scene, t: Words, *, side: Side = Side.A) -> None:
    """The answer first, then the picture, then what the open hop decided."""
    view = sandbox_state.view()
    leg = view.leg if scene.has_return else Leg.FORWARD
    is_open = view.side is side and 0 <= view.step < len(scene.walk.hops)
    step = view.step if is_open else -1
    panels.verdict(scene, t, brief=view.compare)
    walk_player(
        picture_of(scene, t, leg=leg),
        t,
        key=f"sandbox-stage-{side}",
        step=step,
        leg=leg,
        has_return=scene.has_return,
        on_move=_follow(side),
        # Side by side, seeing the whole of both says more than reading their small print.
        least=0.5 if view.compare else LEAST,
    )
    if is_open:
        panels.decision(scene, step, t)


def _follow(side: Side) -> Callable[[Move], None]:
    """What a move in a picture changes: the open hop and the side it belongs to, or the leg."""

    def follow(move: Move) -> None:
        view = sandbox_state.view()
        if move.step is not None:
            view = replace(view, side=side if view.compare else Side.A, step=move.step)
        if move.leg is not None:
            view = replace(view, leg=move.leg)
        sandbox_state.keep_view(view)

    return follow
