"""What the Azure CLI asked in 170 commands, asked again in the same order.

`azure_cli.jsonl` has one request a line: method, path, query, body (`text` where it is not JSON) and the status that
it must get. `{S}` is the subscription. The polls of operations are left out, as the replay polls by itself, and one
line is added: the lock that a command makes is enforced, so it is taken away again. A line with a `subject` belongs to
a subject of its own; the table below says which of them are not answered here, and why.
"""

import json
import re
from pathlib import Path

RECORDING = [json.loads(line) for line in Path(__file__).with_name("azure_cli.jsonl").read_text("utf-8").splitlines()]
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg1"
# Subject -> why its lines are not answered, and the statuses that say so.
NOT_EMULATED = {
    "log-in": ("the token endpoints are a front of their own, in front of ARM", {400, 404}),
    "activity log": ("no history of requests is kept", {404}),
}


def make_missing_sets(arm):
    """The two scale sets that the commands work on, a Flexible and a Uniform one, where no template made them."""
    subnet = {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v1/subnets/s1"}
    link = {"primary": True, "ipConfigurations": [{"name": "a", "properties": {"subnet": subnet}}]}
    system = {"adminUsername": "azadmin", "adminPassword": "Correct-Horse-7-Battery", "windowsConfiguration": {}}
    for name, properties, network in (
        ("ss1", {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}, {"networkApiVersion": "2020-11-01"}),
        ("ss2", {"orchestrationMode": "Uniform"}, {}),
    ):
        path = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/{name}"
        if arm.get(path).is_success:
            continue
        profile = {
            "osProfile": {**system, "computerNamePrefix": name},
            "storageProfile": {"osDisk": {"createOption": "FromImage"}},
            "networkProfile": {**network, "networkInterfaceConfigurations": [{"name": "n", "properties": link}]},
        }
        properties |= {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": profile}
        sku = {"name": "Standard_D2s_v5", "capacity": 2}
        arm.make(path, {"location": "westeurope", "sku": sku, "properties": properties})


def disk_of(arm):
    """The name of the OS disk of vm1, which has a random part."""
    found = arm.get(f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm1")
    return found.json()["properties"]["storageProfile"]["osDisk"]["name"] if found.is_success else None


def ask(arm, line):
    path = line["path"].replace("{S}", SUBSCRIPTION) + (f"?{line['query']}" if "query" in line else "")
    body = line["text"].encode() if "text" in line else line.get("body")
    if isinstance(body, dict):
        text = json.dumps(body).replace("{S}", SUBSCRIPTION)
        body = json.loads(re.sub(r"vm1_OsDisk_1_[0-9a-f]+", lambda match: disk_of(arm) or match[0], text))
    answer = arm.ask(line["method"], path.replace("{S}", SUBSCRIPTION), body, version="")
    if answer.status_code in {201, 202}:
        arm.wait(answer)
    return answer


def test_answers_what_the_azure_cli_asks(arm):
    wrong, emulated = [], {subject: set() for subject in NOT_EMULATED}
    for number, line in enumerate(RECORDING, 1):
        if line["path"].endswith("/virtualMachineScaleSets"):
            make_missing_sets(arm)
        answer = ask(arm, line)
        subject = line.get("subject")
        if subject:
            emulated[subject].add(answer.status_code)
        elif answer.status_code != line["status"]:
            wrong.append(f"{number}: {line['method']} {line['path']}: {answer.status_code}, not {line['status']}")
            wrong.append(f"    {answer.text[:300]}")
    assert not wrong, "\n" + "\n".join(wrong)
    for subject, (why, statuses) in NOT_EMULATED.items():
        assert emulated[subject] <= statuses, f"{subject}: {emulated[subject]}; no longer true: {why}"


def test_the_recording_holds_no_password_but_the_tests_own():
    text = Path(__file__).with_name("azure_cli.jsonl").read_text("utf-8")
    values = re.findall(r'"adminPassword":\{"value":"([^"]+)"', text)
    assert set(values) == {"Correct-Horse-7-Battery"}
