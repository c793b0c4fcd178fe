"""How a design is put together: what parts and items go by."""

from dataclasses import is_dataclass, replace

from tests.designs import net
from vpclab.network.resources import CidrRoute
from vpclab.network.sections import (
    ITEM_KEYS,
    choices_of,
    hints_of,
    id_field,
    is_list,
    item_hint,
    item_key,
    list_sections,
    part_sections,
    record_types,
)

ANYWHERE = CidrRoute(destination=net("0.0.0.0/0"), target="nat-lab")


def test_every_part_of_a_list_goes_by_its_first_field():
    for section in list_sections():
        for record in record_types(section):
            name = id_field(record)
            assert name in ("id", "name", "ip") or name.endswith("_id"), (section, name)
            assert not is_list(hints_of(record)[name])


def test_items_go_by_a_key_except_for_rules_of_security_groups():
    records = {
        kind
        for section in part_sections()
        for record in record_types(section)
        for hint in hints_of(record).values()
        if is_list(hint)
        for kind in choices_of(item_hint(hint))
        if is_dataclass(kind)
    }

    assert {kind.__name__ for kind in records} - ITEM_KEYS.keys() == {"SecurityGroupRule"}
    assert item_key(ANYWHERE) == item_key(replace(ANYWHERE, target="igw-lab"))
    assert item_key("subnet-a") != item_key("subnet-b")
