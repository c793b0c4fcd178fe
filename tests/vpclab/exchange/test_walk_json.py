"""A walk as JSON: the keys of the documentation, all of them, in their order."""

import json

from tests import designs
from vpclab.exchange.walk_json import RESULT_KEYS, to_json
from vpclab.network.walk import walk


def test_every_key_is_there_in_the_documented_order():
    result = to_json("one", walk(designs.s3_gateway(), designs.get_object()))

    assert list(result) == ["id", *RESULT_KEYS]
    assert (result["id"], result["reachable"], result["calls"], result["call_hops"]) == (
        "one",
        True,
        None,
        None,
    )


def test_an_operation_tells_each_call_and_all_their_hops():
    first, second = designs.get_object().calls[0], designs.get_object().calls[0]
    request = designs.send(designs.get_object().source, first, second, operation="twice")

    result = to_json("two", walk(designs.s3_gateway(), request))

    assert result["calls"] == [{"service": "s3", "reachable": True}] * 2
    assert len(result["call_hops"]) == 2
    assert result["hops"] == result["call_hops"][1]


def test_a_result_is_made_of_json_values_only():
    result = to_json("one", walk(designs.s3_nat(), designs.get_object()))

    assert json.loads(json.dumps(result)) == result
    assert list(result["hops"][0]) == ["leg", "at", "kind", "passed", "reason", "facts"]
