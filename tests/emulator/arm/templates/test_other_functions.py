"""Numbers, comparison, logic, objects, JSON, dates and address ranges, with the documentation's examples."""

import pytest

from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.outputs import OutputsFailed


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[add(5, 3)]", 8),
        ("[sub(7, 3)]", 4),
        ("[mul(5, 3)]", 15),
        ("[div(8, 3)]", 2),
        ("[div(-8, 3)]", -2),
        ("[mod(7, 3)]", 1),
        ("[mod(-7, 3)]", -1),
        ("[int('4')]", 4),
        ("[int(4)]", 4),
        ("[float('3.0')]", 3.0),
        ("[equals(1, 1)]", True),
        ("[equals('a', 'A')]", False),
        ("[equals(1, '1')]", False),
        ("[equals(true(), 1)]", False),
        ("[equals(createArray(1, 2), createArray(1, 2))]", True),
        ("[equals(createObject('a', 1), createObject('a', 1))]", True),
        ("[greater(1, 2)]", False),
        ("[greater('A', 'a')]", True),
        ("[greaterOrEquals(1, 2)]", False),
        ("[greaterOrEquals('A', 'a')]", True),
        ("[less(1, 2)]", True),
        ("[less('A', 'a')]", False),
        ("[less('a', 'B')]", True),
        ("[lessOrEquals(1, 2)]", True),
        ("[lessOrEquals('A', 'a')]", False),
        ("[coalesce(null(), null(), 'third')]", "third"),
        ("[coalesce(null())]", None),
        ("[not(true())]", False),
        ("[bool('true')]", True),
        ("[bool(0)]", False),
        ("[and(true(), true(), false())]", False),
        ("[or(false(), true())]", True),
        ("[if(equals('a', 'b'), 'yes', 'no')]", "no"),
        ("[if(true(), 'yes', fail('the other branch is evaluated'))]", "yes"),
        ("[or(true(), bool(fail('it goes on')))]", True),
        ("[and(false(), bool(fail('it goes on')))]", False),
        (
            "[createObject('intProp', 1, 'objectProp', createObject('key1', 'value1'))]",
            {"intProp": 1, "objectProp": {"key1": "value1"}},
        ),
        (
            "[items(createObject('item002', 2, 'item001', 1))]",
            [{"key": "item001", "value": 1}, {"key": "item002", "value": 2}],
        ),
        ("[objectKeys(createObject('a', 1, 'b', 2))]", ["a", "b"]),
        (
            '[shallowMerge(createArray(json(\'{"a":{"x":1}}\'), json(\'{"a":{"y":2}}\')))]',
            {"a": {"y": 2}},
        ),
        ("[tryGet(createObject('a', createObject('b', 3)), 'A', 'b')]", 3),
        ("[tryGet(createObject('a', 1), 'c')]", None),
        ("[tryGet(createObject('a', 1), 'c', 'd')]", None),
        ("[tryGet(createArray('x'), 0)]", "x"),
        ("[tryGet(createArray('x'), 1)]", None),
        ('[json(\'{"a": "b"}\')]', {"a": "b"}),
        ("[json('[1,2,3]')]", [1, 2, 3]),
        ("[json('null')]", None),
        ("[json('{\n// a comment\na: 1, ''b'': [2,]}')]", {"a": 1, "b": [2]}),
        ("[json('\"test\"')]", "test"),
        ("[empty(null())]", True),
        (
            "[parseCidr('10.144.0.0/20')]",
            {
                "network": "10.144.0.0",
                "netmask": "255.255.240.0",
                "broadcast": "10.144.15.255",
                "firstUsable": "10.144.0.1",
                "lastUsable": "10.144.15.254",
                "cidr": 20,
            },
        ),
        (
            "[parseCidr('fdad:3236:5555::/48')]",
            {
                "network": "fdad:3236:5555::",
                "netmask": "ffff:ffff:ffff::",
                "firstUsable": "fdad:3236:5555::",
                "lastUsable": "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff",
                "cidr": 48,
            },
        ),
        ("[cidrSubnet('10.144.0.0/20', 24, 4)]", "10.144.4.0/24"),
        ("[cidrSubnet('fdad:3236:5555::/48', 52, 3)]", "fdad:3236:5555:3000::/52"),
        ("[cidrHost('10.144.3.0/24', 0)]", "10.144.3.1"),
        ("[cidrHost('10.144.3.0/24', 253)]", "10.144.3.254"),
        ("[cidrHost('fdad:3236:5555:3000::/52', 4)]", "fdad:3236:5555:3000::5"),
        ("[dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y')]", "4/7/2023 2:53:14 PM"),
        ("[dateTimeAdd('2020-04-07 14:53:14Z', '-P9D')]", "3/29/2020 2:53:14 PM"),
        ("[dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')]", "4/7/2020 3:53:14 PM"),
        ("[dateTimeAdd('2024-02-29T00:00:00Z', 'P1Y', 'yyyy-MM-dd')]", "2025-02-28"),
        ("[dateTimeAdd('2024-12-31T23:59:59Z', 'PT1S', 'u')]", "2025-01-01 00:00:00Z"),
        ("[dateTimeFromEpoch(1683040573)]", "2023-05-02T15:16:13Z"),
        ("[dateTimeToEpoch('2023-05-02T15:16:13Z')]", 1683040573),
        ("[pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 2, 1)]", ["2", "3"]),
    ],
)
def test_evaluates_a_function(evaluated, expression, expected):
    found = evaluated(expression)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("", "20260305T175318Z"),
        ("d", "03/05/2026"),
        ("M d", "3 5"),
        ("u", "2026-03-05 17:53:18Z"),
        ("o", "2026-03-05T17:53:18.0000000Z"),
        ("R", "Thu, 05 Mar 2026 17:53:18 GMT"),
        ("yyyy-MM-ddTHH:mm:ssZ", "2026-03-05T17:53:18Z"),
        ("ddd dddd MMM MMMM yy", "Thu Thursday Mar March 26"),
        ("h:mm tt", "5:53 PM"),
        ("HHmmss.fff", "175318.000"),
        ("'at' \\d", "at d"),
    ],
)
def test_writes_the_time_in_dotnets_formats(outputs, template, shape, expected):
    call = f"utcNow('{shape}')".replace("'at'", "''at''") if shape else "utcNow()"
    parameters = {"now": {"type": "string", "defaultValue": f"[{call}]"}}
    assert outputs(template(parameters=parameters, outputs=_shown("now"))) == {"now": expected}


def _shown(name):
    return {name: {"type": "string", "value": f"[parameters('{name}')]"}}


def test_a_new_guid_is_another_one_each_time(outputs, template):
    whole = template(parameters={"id": {"type": "string", "defaultValue": "[newGuid()]"}}, outputs=_shown("id"))
    assert outputs(whole) != outputs(whole)


@pytest.mark.parametrize("call", ["utcNow()", "newGuid()"])
def test_what_changes_from_call_to_call_is_for_the_defaults_of_parameters_alone(evaluated, call):
    with pytest.raises(InvalidTemplate, match=r"is not expected at this location"):
        evaluated("[variables('a')]", variables={"a": f"[{call}]"})


@pytest.mark.parametrize(
    "expression",
    [
        "[add(1, '2')]",
        "[div(1, 0)]",
        "[mod(1, 0)]",
        "[int('four')]",
        "[mul(9223372036854775807, 2)]",
        "[not('x')]",
        "[if('true', 1, 2)]",
        "[greater(1, 'a')]",
        "[bool('maybe')]",
        "[createObject('a')]",
        "[createObject(1, 2)]",
        "[json('{')]",
        "[cidrSubnet('10.0.0.0/24', 20, 0)]",
        "[cidrSubnet('10.0.0.0/24', 26, 4)]",
        "[cidrHost('10.0.0.0/24', 254)]",
        "[parseCidr('10.0.0.0')]",
        "[parseCidr('10.0.0.0/40')]",
        "[dateTimeAdd('yesterday', 'P1D')]",
        "[dateTimeAdd('2020-01-01T00:00:00Z', '1 day')]",
        "[dateTimeAdd('2020-01-01T00:00:00Z', 'P9999Y')]",
        "[fail('on purpose')]",
    ],
)
def test_refuses_what_a_function_does_not_take(evaluated, expression):
    with pytest.raises(OutputsFailed):
        evaluated(expression)
