"""Every call of the table through Microsoft's own clients, unmodified, over the served address."""

import httpx

# Azure has no DELETE of these.
WITHOUT_DELETE = {"Microsoft.Maintenance/applyUpdates"}


def test_answers_as_the_client_expects(call, outcomes):
    assert outcomes[call.name] is None, f"{call.method}: {outcomes[call.name]}"


def test_there_are_as_many_calls_as_promised(all_calls):
    names = [call.name for call in all_calls]
    assert len(names) == len(set(names))
    assert len(names) >= 250


def test_every_emulated_type_is_made_twice_and_deleted_twice(all_kinds, served):
    answer = httpx.get(f"{served.url}/emulator/types", verify=_trusting(served))
    assert {kind["type"] for kind in all_kinds} == set(answer.json()["value"]) - WITHOUT_DELETE


def _trusting(served):
    import ssl

    return ssl.create_default_context(cafile=str(served.authority))
