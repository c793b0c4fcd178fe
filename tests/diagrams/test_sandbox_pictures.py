"""Every network of the sandbox in the picture."""

import re
from itertools import product

from diagrams import draw
from vpclab.network import walk
from vpclab.sandbox import Choices, Source, WayOut, ask, build
from vpclab.words import load_words

# One destination for each way in which a service can be offered; the others draw alike.
DESTINATIONS = ("s3", "dynamodb", "ssm", "ecr", "rds", "s3-express")
NETWORKS = [
    Choices(source=s, destination=d, way_out=w, gateway_endpoint=on, interface_endpoint=on, zones=z)
    for s, d, w, on, z in product(Source, DESTINATIONS, WayOut, (False, True), (1, 3))
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
