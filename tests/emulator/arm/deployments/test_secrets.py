"""No secret of a deployment is kept: not in the store, the deployment, its operations, its template or the log."""

import json
import logging

import pytest

SECRET = "Un1que-Sec-ret-Pa55"  # noqa: S105 - it guards nothing


def everything(deployments, tmp_path, name="first"):
    """All that could hold a secret: the answers, and the files of the store."""
    answers = [deployments.get(name).text, deployments.ask("exportTemplate", name=name).text]
    answers.append(json.dumps(deployments.operations(name)))
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert files
    return "".join(answers) + files.decode("utf-8", "replace")


@pytest.fixture
def nothing_of_it(deployments, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)

    def check(name="first"):
        assert SECRET not in everything(deployments, tmp_path, name)
        assert SECRET not in caplog.text

    return check


def test_a_machines_password_is_kept_nowhere(deployments, good_machine, nothing_of_it):
    found = deployments.run(good_machine, parameters={"adminPassword": SECRET})
    assert found["provisioningState"] == "Succeeded"
    assert found["parameters"] == {"adminPassword": {"type": "SecureString"}}
    nothing_of_it()


def test_a_refused_machines_password_is_kept_nowhere(deployments, good_machine, nothing_of_it):
    good_machine["resources"][0]["properties"]["osProfile"]["adminUsername"] = "administrator"
    assert deployments.run(good_machine, parameters={"adminPassword": SECRET})["provisioningState"] == "Failed"
    nothing_of_it()


def test_a_default_of_a_secure_parameter_is_not_kept(deployments, good_machine, nothing_of_it):
    good_machine["parameters"]["adminPassword"]["defaultValue"] = SECRET
    assert deployments.run(good_machine)["provisioningState"] == "Succeeded"
    exported = deployments.ask("exportTemplate").json()["template"]
    assert "defaultValue" not in exported["parameters"]["adminPassword"]
    nothing_of_it()


def test_a_password_that_the_template_has_as_it_is_is_not_kept(deployments, good_machine, nothing_of_it):
    profile = good_machine["resources"][0]["properties"]["osProfile"]
    profile["adminPassword"] = "[variables('adminPassword')]"
    good_machine["variables"]["adminPassword"] = SECRET
    good_machine["parameters"] = {}
    assert deployments.run(good_machine)["provisioningState"] == "Succeeded"
    profile["adminPassword"] = f"[concat('{SECRET}', '')]"
    assert deployments.run(good_machine, "second")["provisioningState"] == "Succeeded"
    exported = deployments.ask("exportTemplate", name="first").json()["template"]
    kept = exported["resources"][0]["properties"]["osProfile"]["adminPassword"]
    assert kept == "[variables('adminPassword')]"
    nothing_of_it("first")
    nothing_of_it("second")


def test_a_secret_that_is_a_number_is_not_kept_either(deployments, template):
    deployments.run(template(variables={"pinPassword": 12345678, "inOrder": {"password": None, "usePassword": True}}))
    exported = deployments.ask("exportTemplate").json()["template"]["variables"]
    assert exported == {"pinPassword": "*******", "inOrder": {"password": None, "usePassword": True}}


@pytest.mark.parametrize(
    "value",
    [
        "[parameters('s')]",
        "[concat('a', parameters('s'))]",
        "[variables('v')]",
        "[base64ToString(base64(parameters('s')))]",
    ],
)
def test_an_output_does_not_give_a_secret_away(deployments, template, nothing_of_it, value):
    whole = template(
        parameters={"s": {"type": "securestring"}},
        variables={"v": "[toLower(toUpper(parameters('s')))]"},
        outputs={"open": {"type": "string", "value": value}, "closed": {"type": "securestring", "value": value}},
    )
    found = deployments.run(whole, parameters={"s": SECRET})["outputs"]
    assert found["closed"] == {"type": "SecureString"}
    assert SECRET.lower() not in json.dumps(found).lower()
    nothing_of_it()


def test_a_nested_deployment_passes_a_secret_on_and_keeps_none(deployments, template, nothing_of_it):
    child = template(
        parameters={"open": {"type": "string"}, "closed": {"type": "securestring"}},
        outputs={
            "right": {"type": "bool", "value": "[equals(parameters('open'), parameters('closed'))]"},
            "back": {"type": "securestring", "value": "[parameters('closed')]"},
        },
    )
    given = {"open": {"value": "[parameters('s')]"}, "closed": {"value": "[parameters('s')]"}}
    nested = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2022-09-01",
        "name": "child",
        "properties": {
            "mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": child,
            "parameters": given,
        },
    }
    whole = template(
        nested,
        parameters={"s": {"type": "securestring"}},
        outputs={"came": {"type": "bool", "value": "[equals(parameters('s'), reference('child').outputs.back.value)]"}},
    )
    answer = deployments.put(whole, parameters={"s": SECRET})
    assert deployments.follow(answer) == {"status": "Succeeded"}
    assert deployments.get("child").json()["properties"]["parameters"]["open"] == {"type": "String", "value": "*******"}
    nothing_of_it("first")
    nothing_of_it("child")


@pytest.mark.parametrize(
    "value", ["[fail(parameters('s'))]", "[int(parameters('s'))]", "[parameters(parameters('s'))]"]
)
def test_an_error_does_not_repeat_a_secret(deployments, template, disk, nothing_of_it, value):
    whole = template(disk(size=value), parameters={"s": {"type": "securestring"}})
    found = deployments.run(whole, parameters={"s": SECRET})
    assert found["provisioningState"] == "Failed"
    nothing_of_it()
    at_once = template(variables={"v": value}, parameters={"s": {"type": "securestring"}})
    answer = deployments.put(at_once, "second", parameters={"s": SECRET})
    assert answer.status_code == 400
    assert SECRET not in answer.text


def test_what_if_shows_no_secret(deployments, good_machine, tmp_path):
    found = deployments.what_if(good_machine, parameters={"adminPassword": SECRET})
    assert found["status"] == "Succeeded"
    assert SECRET not in json.dumps(found)
    assert SECRET not in b"".join(path.read_bytes() for path in tmp_path.iterdir()).decode("utf-8", "replace")


def test_what_a_secure_object_holds_is_kept_nowhere(deployments, template, disk, nothing_of_it):
    whole = template(
        disk(size="[parameters('s').size]"),
        parameters={"s": {"type": "secureObject"}},
        outputs={"x": {"type": "string", "value": "[parameters('s').key]"}},
    )
    found = deployments.run(whole, parameters={"s": {"size": 32, "key": SECRET}})
    assert found["provisioningState"] == "Succeeded"
    assert found["outputs"] == {"x": {"type": "String"}}
    nothing_of_it()


def test_what_if_of_what_needs_a_secret_to_be_computed_tells_its_change_alone(deployments, template, disk):
    whole = template(disk(size="[int(parameters('s'))]"), parameters={"s": {"type": "securestring"}})
    [change] = deployments.what_if(whole, parameters={"s": "1234"})["properties"]["changes"]
    assert change["changeType"] == "Create"
    assert "1234" not in json.dumps(change["after"])
