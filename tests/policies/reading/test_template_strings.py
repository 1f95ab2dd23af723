"""ARM's functions of strings, numbers, dates and address ranges, by the values that Azure's documentation gives."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import Unknown
from tests.policies.reading.expressions import value_of

STRINGS = {
    "[format('{0}, {1:D3} {{x}} {2,4}|', 'a', 7, 'b')]": "a, 007 {x}    b|",
    "[format('{0}', null())]": "",
    "[format('{0:N0} {1:n2} {2:N1}', 1234567, -4321, 7)]": "1,234,567 -4,321.00 7.0",
    "[format('{0:000}-{1:D3}-{2:D2}-{0:X4}', 26, 'a', -4)]": "026-a--04-001A",
    "[padLeft('7', 3, '0')]": "007",
    "[padLeft(12, 4)]": "  12",
    "[toUpper('aé')]": "AÉ",
    "[toUpper('aßé')]": "AßÉ",
    "[trim('  a ')]": "a",
    "[replace('aXbX', 'X', '-')]": "a-b-",
    "[split('a,b;c', createArray(',', ';'))]": ["a", "b", "c"],
    "[join(createArray('a', 1), '-')]": "a-1",
    "[substring('azure', 1, 2)]": "zu",
    "[substring('azure', 3)]": "re",
    "[startsWith('Azure', 'AZ')]": True,
    "[endsWith('Azure', 'RE')]": True,
    "[indexOf('abcABC', 'C')]": 2,
    "[lastIndexOf('abcabc', 'B')]": 4,
    "[indexOf(createArray('a', 'b'), 'b')]": 1,
    "[indexOf(createArray(1, true()), true())]": 1,
    "[indexOf('aİb', 'B')]": 2,
    "[base64ToString(base64('one, two'))]": "one, two",
    "[base64ToJson(base64('{\"a\": 1}')).a]": 1,
    "[dataUriToString(dataUri('hello'))]": "hello",
    "[uri('http://contoso.org/firstpath', 'myscript.sh')]": "http://contoso.org/myscript.sh",
    "[uriComponent('a b/c')]": "a%20b%2Fc",
    "[uriComponentToString('a%20b')]": "a b",
    "[string(true())]": "True",
    "[int('-42')]": -42,
    "[int(4)]": 4,
    "[bool('TRUE')]": True,
    "[bool(0)]": False,
    "[json('[1, null]')]": [1, None],
    "[json('{''one'': ''a\"b'', ''two'': [''c'']}')]": {"one": 'a"b', "two": ["c"]},
    "[json('\"it''s\"')]": "it's",
    "[concat('a', 1, true())]": "a1True",
    "[sys.toLower('A')]": "a",
    "[resourceId('Microsoft.Compute/virtualMachines/extensions', 'v', 'e')]": (
        "/providers/Microsoft.Compute/virtualMachines/v/extensions/e"
    ),
    "[extensionResourceId('/x', 'Microsoft.Maintenance/configurationAssignments', 'a')]": (
        "/x/providers/Microsoft.Maintenance/configurationAssignments/a"
    ),
}
NUMBERS = {
    "[add(5, -3)]": 2,
    "[sub(1, 3)]": -2,
    "[mul(4, 5)]": 20,
    "[div(-7, 2)]": -3,
    "[mod(-7, 2)]": -1,
    "[min(3, 1, 2)]": 1,
    "[max(createArray(3, 1, 2))]": 3,
    "[range(5, 3)]": [5, 6, 7],
    "[less(1, 2)]": True,
    "[lessOrEquals(2, 2)]": True,
    "[greater('b', 'a')]": True,
    "[less('A', 'a')]": False,
    "[greaterOrEquals('A', 'a')]": True,
    "[less('a', 'B')]": True,
    "[less('vm10', 'vm2')]": True,
    "[less('a', 'aa')]": True,
    "[less('a-b', 'a-c')]": True,
    "[greaterOrEquals(1, 2)]": False,
}
DATES_AND_NETWORKS = {
    "[dateTimeAdd('2020-01-31T10:00:00Z', 'P1M', 'yyyy-MM-dd HH:mm')]": "2020-03-01 10:00",
    "[dateTimeAdd('2022-09-01T00:00:00Z', 'P10Y', 'yyyy-MM-dd')]": "2032-08-29",
    "[dateTimeAdd('2020-04-07 14:53:14Z', '-P9D', 'u')]": "2020-03-29 14:53:14Z",
    "[dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H', 's')]": "2020-04-07T15:53:14",
    "[dateTimeAdd('2019-12-31', 'P1Y2M1DT1M', 'dd.MM.yyyy')]": "01.03.2021",
    "[dateTimeFromEpoch(1683040573)]": "2023-05-02T15:16:13Z",
    "[dateTimeToEpoch('2023-05-02T15:16:13Z')]": 1683040573,
    "[parseCidr('10.144.0.0/20').lastUsable]": "10.144.15.254",
    "[parseCidr('10.144.0.0/20').firstUsable]": "10.144.0.1",
    "[parseCidr('10.144.0.0/20').netmask]": "255.255.240.0",
    "[cidrSubnet('10.144.0.0/20', 24, 3)]": "10.144.3.0/24",
    "[cidrHost('10.144.3.0/24', 0)]": "10.144.3.1",
    "[cidrHost('fdad:3236:5555:3000::/52', 4)]": "fdad:3236:5555:3000::5",
    "[parseCidr('fdad:3236:5555::/48')]": {
        "network": "fdad:3236:5555::",
        "netmask": "ffff:ffff:ffff::",
        "firstUsable": "fdad:3236:5555::",
        "lastUsable": "fdad:3236:5555:ffff:ffff:ffff:ffff:ffff",
        "cidr": 48,
    },
}


@pytest.mark.parametrize(("expression", "value"), [*STRINGS.items(), *NUMBERS.items(), *DATES_AND_NETWORKS.items()])
def test_gives_what_azure_gives(expression: str, value: Any) -> None:
    found = value_of(expression)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "expression",
    [
        "[substring('a', 0, 5)]",
        "[int('4.5')]",
        "[int('1_000')]",
        "[json('{')]",
        "[format('{0:C2}', 4)]",
        "[format('{0:N}', 4)]",
        "[format('{3}', 4)]",
        "[div(1, 0)]",
        "[add(9223372036854775807, 'x')]",
        "[add(9223372036854775807, 1)]",
        "[int('9223372036854775808')]",
        "[less('a-1', 'a1')]",
        "[less('é', 'z')]",
        "[less(0, true())]",
        "[format('{0:x2}', -1)]",
        "[dateTimeAdd('2020-04-07', 'P', 'u')]",
        "[dateTimeAdd('2020-04-07', 'P1W', 'u')]",
        "[cidrHost('10.0.0.0/30', 2)]",
        "[range(0, 10001)]",
        "[less(1, 'a')]",
        "[base64ToString('%')]",
        "[dateTimeAdd('2020-04-07', 'P1D')]",
        "[dateTimeAdd('2020-04-07', 'one day', 'u')]",
        "[dateTimeAdd('9999-12-31', 'P1D', 'u')]",
        "[dateTimeFromEpoch(99999999999999)]",
        "[cidrSubnet('10.0.0.0/24', 8, 0)]",
        "[cidrHost('10.0.0.0/30', 9)]",
        "[parseCidr('ten')]",
        "[parseCidr(true())]",
        "[padLeft('a', 900000)]",
        "[concat('a' 'b')]",
        "[concat(null())]",
        "[indexFromEnd(createArray(1), 3)]",
        "[guid('a')]",
        "[uniqueString('a')]",
        "[newGuid()]",
        "[utcNow('u')]",
        "[listKeys('x', '2024-01-01').keys[0]]",
        "[pickZones('Microsoft.Compute', 'virtualMachines', 'westeurope')]",
    ],
)
def test_a_value_that_is_refused_or_only_azures_is_unknown(expression: str) -> None:
    assert isinstance(value_of(expression), Unknown)
