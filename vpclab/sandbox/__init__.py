"""The sandbox: a learner's choices become a Design and a Request.

`build(choices)` and `ask(choices)` make them; a `Setup` is choices with whatever was edited by hand on top.
"""

from vpclab.sandbox.ask import ask
from vpclab.sandbox.build import build
from vpclab.sandbox.choices import Choices, EndpointGroup, Source, WayOut
from vpclab.sandbox.offers import effective, why_not

__all__ = ["Choices", "EndpointGroup", "Source", "WayOut", "ask", "build", "effective", "why_not"]
