"""A whole lab in one file, to try and to break in one place at a time."""

from vpclab.learning.lab_exchange import read_lab
from vpclab.learning.lab_models import Lab

TEXT = """\
level: 2
start: s3-over-nat
choices: {zones: "2"}
traffic_gb: 100
requests:
  abroad: {bucket_region: other}
goal:
  - {request: main, reaches: true, through: gateway-endpoint}
  - {absent: nat-gateway}
  - {request: abroad, reaches: false, stopped_by: PREFIX_LIST_IS_REGIONAL}
moves: [gateway_endpoint, gateway_tables, way_out, endpoint_policy]
only: {way_out: [none, nat], gateway_tables: [app-a, app-c]}
named_moves:
  close:
    - {add: route_tables, id: rtb-app, key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 1}
  close-more:
    - {add: route_tables, id: rtb-app, key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 1}
    - {add: route_tables, id: rtb-app, key: Routes, item: {Destination: 10.8.0.0/16, Target: nat-lab}, at: 1}
solution: [{gateway_endpoint: "yes"}, {way_out: none}]
single: []
hints: [way]
hint_facts:
  way: {request: main, through: nat-gateway}
par: {moves: 2, month: 0}
texts:
  en:
    title: Without NAT
    task: Reach S3 without it.
    hints: {way: It passes the NAT gateway.}
    requests: {abroad: A bucket elsewhere.}
    named_moves: {close: One route., close-more: Two routes.}
"""


CLOSE = """\
    - {add: route_tables, id: rtb-app, key: Routes, item: {Destination: 10.9.0.0/16, Target: nat-lab}, at: 1}
"""

SOLUTION = 'solution: [{gateway_endpoint: "yes"}, {way_out: none}]\n'


def text(*changes: tuple[str, str]) -> str:
    """The file, with each first text replaced by the second."""
    changed = TEXT
    for old, new in changes:
        assert old in changed, old
        changed = changed.replace(old, new, 1)
    return changed


def lab(*changes: tuple[str, str]) -> Lab:
    """The lab of the changed file, which has to be sound."""
    read = read_lab(text(*changes))
    assert isinstance(read, Lab), read
    return read
