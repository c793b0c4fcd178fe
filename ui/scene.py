"""A scene: one setup with its network, its request, its walk and its picture, ready for a page to show."""

from dataclasses import dataclass
from functools import lru_cache

from diagrams import Drawing, draw, draw_points
from vpclab.network import Design, Kind, Leg, Request, Walk, walk
from vpclab.network.edits import Edit
from vpclab.sandbox.destinations import DESTINATIONS
from vpclab.sandbox.setup import Setup, design_of, request_of
from vpclab.words import Words, load_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a page shows of one setup; `lost` are edits by hand that no longer fit."""

    setup: Setup
    design: Design
    request: Request
    walk: Walk
    lost: tuple[Edit, ...]

    @property
    def has_return(self) -> bool:
        """Whether an answer came back, at least a part of the way."""
        return self.walk.told.reachable or self.walk.told.leg is Leg.RETURN


def scene_of(setup: Setup, t: Words) -> Scene:
    """Build and walk a setup; an operation has its name in the learner's language."""
    return _scene(setup, t.language)


@lru_cache(maxsize=512)
def _scene(setup: Setup, language: str) -> Scene:
    """Scenes are kept: a step through a walk, an open panel, an undone move show one that was made before."""
    design, lost = design_of(setup)
    request = request_of(setup, operation=operation_words(setup, load_words(language)))
    return Scene(setup=setup, design=design, request=request, walk=walk(design, request), lost=lost)


def operation_words(setup: Setup, t: Words) -> str | None:
    """What people call the operation that the destination stands for; None where it is a single call."""
    destination = DESTINATIONS[setup.choices.destination]
    return t(f"sandbox.operation.{destination.id}") if destination.operation else None


def picture_of(scene: Scene, t: Words, *, leg: Leg = Leg.FORWARD, compact: bool = False) -> Drawing:
    """The scene's picture. Pictures are kept, since most reruns show one that was drawn before."""
    return _drawn(scene.design, scene.request, t.language, leg, compact)


def network_picture(scene: Scene, t: Words) -> Drawing:
    """The scene's network alone, without what becomes of the request."""
    return _network(scene.design, t.language)


def points_picture(scene: Scene, kinds: tuple[Kind, ...], t: Words) -> Drawing:
    """The scene's network alone, with a letter for each of these components."""
    return _points(scene.design, scene.request, kinds, t.language)


@lru_cache(maxsize=64)
def _points(design: Design, request: Request, kinds: tuple[Kind, ...], language: str) -> Drawing:
    return draw_points(design, walk(design, request), load_words(language), kinds)


@lru_cache(maxsize=64)
def _network(design: Design, language: str) -> Drawing:
    return draw(design, None, load_words(language))


@lru_cache(maxsize=256)
def _drawn(design: Design, request: Request, language: str, leg: Leg, compact: bool) -> Drawing:
    return draw(design, walk(design, request), load_words(language), leg=leg, compact=compact)
