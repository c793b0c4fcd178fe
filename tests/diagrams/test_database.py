"""A database inside the VPC in the picture."""

from diagrams import draw
from vpclab.network import walk
from vpclab.sandbox import Choices, Source, ask, build
from vpclab.words import load_words


def test_sql_ends_at_the_database_and_not_at_the_api_of_rds():
    choices = Choices(source=Source.LAMBDA_VPC, destination="rds", interface_endpoint=True)
    design = build(choices)

    drawing = draw(design, walk(design, ask(choices)), load_words("en"))

    card = drawing.svg.partition(f'id="{drawing.path_ids[-1][0]}"')[2].partition("</g>")[0]
    assert "db-orders" in card
    assert drawing.path_ids[-1][0] != "node-service"
