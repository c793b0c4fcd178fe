"""From a hop to sentences: what one component decided, and what else was considered.

The sentences stand in `content/words/<language>/walk.yaml`. A component may have several: the key is what
became of the packet (`passed`, or the reason that stopped it), with a variant where the facts ask for other
words, and `return_` in front where the way back does.
"""

from collections.abc import Iterator

from vpclab.network.hops import Candidate, Facts, Hop
from vpclab.network.vocabulary import Kind, Leg
from vpclab.words import Speaker, service_words


def tell_hop(hop: Hop, t: Speaker) -> str:
    """Tell what one component decided, and for a policy the value that each condition met."""
    facts = hop.decision.facts
    spoken = _spoken(hop, facts, t)
    key = next((key for key in _keys(hop, facts) if t.has(key)), None)
    if key is not None:
        sentences = [t(key, **spoken)]
    elif hop.passed:
        sentences = [t("walk.hop.other.passed", place=tell_place(hop, t))]
    else:
        reason = t(f"walk.reason.{hop.reason}")
        sentences = [t("walk.hop.other.blocked", place=tell_place(hop, t), reason=reason)]
    sentences += [_tell_condition(condition, t) for condition in facts.get("keys", ())]
    return t("walk.phrase.between_sentences").join(sentences)


def tell_place(hop: Hop, t: Speaker) -> str:
    """Name the component of a hop as it is called inside a sentence."""
    who = _who(hop.decision.facts, t) if hop.kind is Kind.DNS_RESOLVER else ""
    return t(f"walk.place.{hop.kind}", at=hop.at, who=who)


def _keys(hop: Hop, facts: Facts) -> Iterator[str]:
    """The keys of a hop's sentence, the most special first."""
    family = next((name for name in ("nacl", "route-table") if hop.kind.endswith(name)), str(hop.kind))
    outcome = "passed" if hop.passed else str(hop.reason)
    variant = _variant(hop, facts)
    legs = ("return_", "") if hop.leg is Leg.RETURN else ("",)
    yield from (f"walk.hop.{family}.{leg}{outcome}_{variant}" for leg in legs if variant)
    yield from (f"walk.hop.{family}.{leg}{outcome}" for leg in legs)


def _variant(hop: Hop, facts: Facts) -> str:
    """What in a hop's facts asks for other words than usual; empty where nothing does."""
    kind = hop.kind
    if kind is Kind.DNS_RESOLVER:
        return _dns_variant(facts)
    if kind.endswith("nacl"):
        way = "out" if facts["egress"] else "in"
        return way if hop.passed else f"{way}_final" if facts["rule"] == "*" else f"{way}_deny"
    if kind.endswith("route-table"):
        destination = facts["destination"]
        if not hop.passed or destination is None:
            return "elsewhere" if destination else ""
        return "local" if facts["target"] == "local" else "cidr" if "/" in destination else "prefix_list"
    if kind is Kind.INTERFACE_ENDPOINT:
        return "crossed" if facts["zone_crossed"] else "" if facts["caller_zone"] else "elsewhere"
    if kind in (Kind.ENDPOINT_POLICY, Kind.RESOURCE_POLICY):
        silent = facts["document"] == "given" and facts["statement"] is None
        return "silent" if silent else str(facts["document"])
    missing = {
        Kind.NAT_GATEWAY: ("public_ip", "private"),
        Kind.INTERNET_GATEWAY: ("public_ip", "unknown"),
        Kind.TRANSIT_GATEWAY: ("vpc", "attachment"),
        Kind.ONPREM_HOST: ("target", "internet"),
        Kind.SERVICE: ("source", "unknown"),
    }
    if kind is Kind.SERVICE and facts["workload"]:
        return "workload"
    name, variant = missing.get(kind, ("", ""))
    return variant if name and facts[name] is None else ""


def _dns_variant(facts: Facts) -> str:
    source = facts["source"]
    if facts["answer"] is None and source != "forward":
        return "in_zone" if facts["zone"] else ""
    if source == "public-dns" and facts["asked"] == "public-dns":
        source = "direct"
    parts = {
        "direct": facts["resolves_to"],
        "forward": "public" if facts["forwarded_to"] == "public-dns" else "",
        "hosted-zone": "endpoint" if facts["endpoint"] else "",
        "public-dns": facts["resolves_to"],
    }
    return f"{source}_{parts[source]}" if parts.get(source) else str(source)


def _spoken(hop: Hop, facts: Facts, t: Speaker) -> dict[str, str]:
    """A hop's facts as they are read out."""
    unknown = t("walk.phrase.unknown")
    spoken = {name: unknown if value is None else str(value) for name, value in facts.items()}
    spoken["at"] = hop.at
    if "service" in facts:
        spoken["service"] = service_words(facts["service"], t)
    if hop.kind is Kind.DNS_RESOLVER:
        spoken["who"] = _who(facts, t)
    if "protocol" in facts:
        port = facts.get("port")
        spoken["traffic"] = tell_traffic(facts["protocol"], facts.get("ports", [port, port]), t)
        spoken["protocol"] = facts["protocol"].upper()
    if "groups" in facts:
        groups = t("walk.phrase.between_items").join(facts["groups"])
        spoken["groups"] = groups or t("walk.phrase.default_group")
        group, _, number = (facts["rule"] or "").partition("#")
        rule = t("walk.phrase.rule", group=group, number=number)
        spoken["rule"] = rule if number else t("walk.phrase.default_group_rule")
    return spoken


def _who(facts: Facts, t: Speaker) -> str:
    """Who was asked for a name."""
    who, server, vpc = facts["asked"], facts["server"], facts["vpc"]
    if server == "on-premises-dns":
        who = server
    elif who == "vpc-resolver" and vpc:
        who = "vpc-resolver-of"
    return t(f"walk.who.{who}", server=server, vpc=vpc)


def tell_traffic(protocol: str, ports: list[int] | None, t: Speaker) -> str:
    """Name traffic by its protocol and ports; no ports are all of them."""
    name = protocol.upper()
    if protocol == "-1":
        return t("walk.phrase.any_traffic")
    if protocol not in ("tcp", "udp"):
        return t("walk.phrase.no_ports", protocol=name)
    if ports is None:
        return t("walk.phrase.all_ports", protocol=name)
    first, last = ports
    key = "port" if first == last else "port_range"
    return t(f"walk.phrase.{key}", protocol=name, first=first, last=last)


def _tell_condition(condition: Facts, t: Speaker) -> str:
    met = "met" if condition["met"] else "not_met"
    actual = condition["actual"]
    return t(
        f"walk.condition.{met if actual is not None else f'absent_{met}'}",
        operator=condition["operator"],
        condition_key=condition["key"],
        values=t("walk.phrase.between_items").join(condition["values"]),
        actual=actual,
    )


def tell_candidate(candidate: Candidate, t: Speaker) -> str:
    """Tell one route, rule, entry, statement or answer, and why it lost, or that it decided."""
    what = name_candidate(candidate, t)
    if candidate.lost_because is None:
        return t("walk.candidate.won", what=what)
    return t("walk.candidate.lost", what=what, loss=t(f"walk.loss.{candidate.lost_because}"))


def name_candidate(candidate: Candidate, t: Speaker) -> str:
    """Name one route, rule, entry, statement or answer."""
    facts = candidate.facts
    key, traffic = "other", ""
    if "target" in facts:
        key = "route"
    elif "peer" in facts:
        key = f"entry_{facts['action']}" if "action" in facts else "rule"
        traffic = tell_traffic(facts["protocol"], facts["ports"], t)
    elif "effect" in facts:
        key = f"statement_{facts['effect'].lower()}"
    elif "source" in facts:
        key = facts["source"]
    names = {"of": candidate.of, "label": candidate.label, "traffic": traffic}
    return t(f"walk.candidate.{key}", **names, target=facts.get("target"), peer=facts.get("peer"))
