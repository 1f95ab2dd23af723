"""The served emulator cuts a connection on purpose: no answer comes, and the work was done or it was not."""

import ssl

import httpx
import pytest

GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/cut"
VERSION = {"api-version": "2024-03-01"}
DISK = f"{GROUP}/providers/Microsoft.Compute/disks"
EMPTY = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}


@pytest.mark.parametrize(("late", "then"), [(False, 404), (True, 200)])
def test_no_answer_comes_before_the_work_or_after_it(served, late, then):
    trust = ssl.create_default_context(cafile=str(served.authority))
    with httpx.Client(base_url=served.url, verify=trust, params=VERSION) as client:
        client.put(GROUP, json={"location": "westeurope"}).raise_for_status()
        disk, fault = f"{DISK}/late-{late}", {"fault": "connection-cut", "name": f"late-{late}", "late": late}
        client.put("/emulator/faults", json={"faults": [fault]}).raise_for_status()
        with pytest.raises(httpx.TransportError):
            client.put(disk, json=EMPTY)
        client.put("/emulator/faults", json={"faults": []}).raise_for_status()
        assert client.get(disk).status_code == then
