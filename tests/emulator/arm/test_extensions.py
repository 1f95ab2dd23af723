"""Extensions and run commands of a machine."""

import pytest


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


class TestExtensions:
    @pytest.fixture
    def extension(self, arm, vm, good_vm):
        arm.make(vm, good_vm)
        return f"{vm}/extensions/script"

    @pytest.fixture
    def body(self):
        return {
            "location": "westeurope",
            "properties": {
                "publisher": "Microsoft.Compute",
                "type": "CustomScriptExtension",
                "typeHandlerVersion": "1.10",
                "protectedSettings": {"commandToExecute": "echo Hidden-Word-99"},
            },
        }

    def test_installs_and_shows_it_on_the_machine(self, arm, vm, extension, body, tmp_path):
        made = arm.make(extension, body)
        assert made["properties"]["provisioningState"] == "Succeeded"
        assert "protectedSettings" not in made["properties"]
        assert [one["name"] for one in arm.get(vm).json()["resources"]] == ["script"]
        assert b"Hidden-Word-99" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())

    def test_refuses_it_on_a_machine_that_is_off(self, arm, vm, extension, body):
        arm.act(f"{vm}/deallocate")
        answer = arm.put(extension, body)
        assert code(answer) == (409, "OperationNotAllowed")
        assert "Cannot modify extensions in the VM when the VM is not running." in answer.text

    def test_refuses_it_where_extensions_are_not_allowed(self, arm, vm, extension, body):
        arm.wait(arm.patch(vm, {"properties": {"osProfile": {"allowExtensionOperations": False}}}))
        answer = arm.put(extension, body)
        assert "cannot be performed when extension operations are disallowed" in answer.text

    @pytest.mark.usefixtures("group")
    def test_refuses_it_on_no_machine(self, arm, vm, body):
        assert code(arm.put(f"{vm}/extensions/script", body)) == (404, "ParentResourceNotFound")

    def test_goes_with_its_machine(self, arm, vm, extension, body):
        arm.make(extension, body)
        arm.remove(vm)
        assert not [one for one in arm.stored() if "extensions" in one]


def test_reports_a_run_command_that_runs_nothing(arm, vm, good_vm, tmp_path):
    arm.make(vm, good_vm)
    path = f"{vm}/runCommands/report"
    secret = [{"name": "token", "value": "Hidden-Word-98"}]
    body = {"source": {"script": "Get-HotFix"}, "protectedParameters": secret}
    arm.make(path, {"location": "westeurope", "properties": body})
    view = arm.get(path, expand="instanceView").json()["properties"]["instanceView"]
    assert (view["executionState"], view["exitCode"]) == ("Succeeded", 0)
    assert arm.act(f"{vm}/runCommand", {"commandId": "RunPowerShellScript", "script": ["'Hidden-Word-97'"]})["value"]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Hidden-Word-98" not in stored
    assert b"Hidden-Word-97" not in stored
