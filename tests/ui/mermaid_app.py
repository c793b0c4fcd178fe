"""A page of the tests' own: the Mermaid text of the examples and of a hostile network, shown by Streamlit."""

from dataclasses import replace

import streamlit as st

from diagrams import export
from vpclab.network import walk
from vpclab.presets import load_presets
from vpclab.sandbox import Choices, ask, build
from vpclab.words import load_words

HOSTILE = (
    '"];click x callback;%%{init: {"securityLevel":"loose"}}%%<img src=x onerror="window.hit=1">',
    "end`subgraph`#quot;<script>window.hit=1</script>",
    "a-->b:::evil|label|{{x}} style a fill:#f00 日本語",
)

t = load_words(st.query_params.get("lang", "en"))
number = int(st.query_params.get("number", "0"))
presets = load_presets()
if number < len(presets):
    design, request = build(presets[number].choices), ask(presets[number].choices)
else:
    name = HOSTILE[number - len(presets)]
    design, request = build(Choices()), ask(Choices())
    design = replace(design, workloads=tuple(replace(workload, id=name) for workload in design.workloads))
    request = replace(request, source=name)
st.mermaid_chart(export(design, walk(design, request), t, "mermaid").text)
