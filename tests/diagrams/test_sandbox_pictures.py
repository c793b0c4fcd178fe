"""Every network of the sandbox in the picture."""

import re
from dataclasses import replace
from itertools import product

from diagrams import draw
from vpclab.network import walk
from vpclab.sandbox import Choices, Destination, Source, WayOut, ask, build
from vpclab.words import load_words

NETWORKS = [
    replace(Choices(), source=s, destination=d, way_out=w, gateway_endpoint=g, interface_endpoint=i)
    for s, d, w, g, i in product(Source, Destination, WayOut, (False, True), (False, True))
]
CARD = re.compile(r'<g id="(node-[\w-]+)"[^>]*>.*?<rect class="card"([^>]*)>', re.DOTALL)


def test_no_two_cards_cover_each_other_in_any_network_of_the_sandbox():
    t = load_words("en")
    for choices in NETWORKS:
        design = build(choices)

        svg = draw(design, walk(design, ask(choices)), t).svg

        boxes = [attributes for _, attributes in CARD.findall(svg)]
        places = [tuple(re.findall(r'\b(?:x|y)="([-\d.]+)"', box)) for box in boxes]
        assert len(places) > 2, choices
        assert len(places) == len(set(places)), choices
