"""Identities, storage accounts, policies, roles, Arc machines and Azure Local."""

import uuid

import pytest


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_gives_an_identity_its_principal_once(arm, provider):
    path = provider("Microsoft.ManagedIdentity/userAssignedIdentities/ops")
    first = arm.make(path, {"location": "westeurope"})["properties"]
    second = arm.make(path, {"location": "westeurope", "tags": {"a": "1"}})["properties"]
    assert first == second
    assert set(first) == {"principalId", "clientId", "tenantId"}


class TestStorage:
    @pytest.fixture
    def account(self, provider):
        return provider("Microsoft.Storage/storageAccounts/fleetlogs")

    @pytest.fixture
    def body(self):
        return {"location": "westeurope", "sku": {"name": "Standard_LRS"}, "kind": "StorageV2"}

    def test_gives_end_points_and_keys(self, arm, account, body):
        answer = arm.put(account, body)
        assert answer.status_code == 202
        arm.wait(answer)
        made = arm.get(account).json()["properties"]
        assert made["primaryEndpoints"]["blob"] == "https://fleetlogs.blob.core.windows.net/"
        keys = arm.post(f"{account}/listKeys").json()["keys"]
        assert [one["keyName"] for one in keys] == ["key1", "key2"]
        assert len({one["value"] for one in keys}) == 2
        assert keys == arm.post(f"{account}/listkeys").json()["keys"]

    def test_has_services_that_keep_containers(self, arm, account, body):
        arm.make(account, body)
        container = f"{account}/blobServices/default/containers/scripts"
        arm.make(container, {"properties": {"publicAccess": "None"}})
        assert arm.get(container).json()["type"] == "Microsoft.Storage/storageAccounts/blobServices/containers"
        arm.remove(account)
        assert arm.get(container).status_code == 404

    def test_stores_no_key(self, arm, account, body, tmp_path):
        arm.make(account, body)
        value = arm.post(f"{account}/listKeys").json()["keys"][0]["value"]
        assert value.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())

    def test_refuses_a_name_with_capitals(self, arm, provider, body):
        answer = arm.put(provider("Microsoft.Storage/storageAccounts/Fleet"), body)
        assert code(answer) == (400, "AccountNameInvalid")

    def test_refuses_a_name_that_is_taken_in_another_group(self, arm, account, body):
        arm.make(account, body)
        arm.put(f"{arm.subscription}/resourceGroups/other", {"location": "westeurope"})
        other = account.replace("/resourceGroups/fleet/", "/resourceGroups/other/")
        assert code(arm.put(other, body)) == (409, "StorageAccountAlreadyTaken")


class TestPolicies:
    @pytest.fixture
    def definition(self, arm):
        path = f"{arm.subscription}/providers/Microsoft.Authorization/policyDefinitions/images"
        arm.make(path, {"properties": {"policyRule": {"if": {}, "then": {"effect": "deny"}}, "mode": "All"}})
        return path

    @pytest.mark.parametrize("scope", ["group", "subscription", "management group"])
    def test_assigns_a_definition_at_any_scope(self, arm, group, definition, scope):
        scopes = {
            "group": group,
            "subscription": arm.subscription,
            "management group": "/providers/Microsoft.Management/managementGroups/mg",
        }
        path = f"{scopes[scope]}/providers/Microsoft.Authorization/policyAssignments/images"
        made = arm.make(path, {"properties": {"policyDefinitionId": definition}})
        assert made["id"] == path
        assert made["properties"]["scope"] == scopes[scope]
        assert made["properties"]["enforcementMode"] == "Default"
        arm.remove(path)
        assert arm.get(path).status_code == 404

    def test_takes_a_built_in_definition_as_it_is_named(self, arm, group):
        path = f"{group}/providers/Microsoft.Authorization/policyAssignments/hotpatch"
        built_in = "/providers/Microsoft.Authorization/policyDefinitions/6d02d2f7-e38b-4bdc-96f3-adc0a8726abc"
        assert arm.put(path, {"properties": {"policyDefinitionId": built_in}}).status_code == 201

    def test_refuses_a_definition_that_is_not_there(self, arm, group, definition):
        path = f"{group}/providers/Microsoft.Authorization/policyAssignments/images"
        answer = arm.put(path, {"properties": {"policyDefinitionId": definition + "x"}})
        assert code(answer) == (404, "PolicyDefinitionNotFound")

    def test_refuses_a_definition_without_a_rule(self, arm):
        path = f"{arm.subscription}/providers/Microsoft.Authorization/policyDefinitions/empty"
        assert code(arm.put(path, {"properties": {}})) == (400, "InvalidPolicyDefinition")

    def test_keeps_a_set_of_definitions(self, arm, definition):
        path = f"{arm.subscription}/providers/Microsoft.Authorization/policySetDefinitions/fleet"
        made = arm.make(path, {"properties": {"policyDefinitions": [{"policyDefinitionId": definition}]}})
        assert made["properties"]["policyType"] == "Custom"


class TestRoles:
    @pytest.fixture
    def body(self, arm):
        role = f"{arm.subscription}/providers/Microsoft.Authorization/roleDefinitions/{uuid.uuid4()}"
        return {"properties": {"roleDefinitionId": role, "principalId": str(uuid.uuid4())}}

    def path(self, scope):
        return f"{scope}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"

    def test_assigns_a_role_to_a_principal(self, arm, nic, body):
        made = arm.make(self.path(nic), body)
        assert made["properties"]["scope"] == nic

    def test_refuses_the_same_role_again(self, arm, group, body):
        arm.make(self.path(group), body)
        assert code(arm.put(self.path(group), body)) == (409, "RoleAssignmentExists")

    def test_refuses_to_give_a_role_to_somebody_else(self, arm, group, body):
        path = self.path(group)
        arm.make(path, body)
        body["properties"]["principalId"] = str(uuid.uuid4())
        assert code(arm.put(path, body)) == (400, "RoleAssignmentUpdateNotPermitted")

    def test_demands_a_guid_for_a_name(self, arm, group, body):
        path = f"{group}/providers/Microsoft.Authorization/roleAssignments/mine"
        assert code(arm.put(path, body)) == (400, "InvalidRoleAssignmentId")


LOCATION = {"type": "CustomLocation", "name": "/subscriptions/x/customLocations/site"}


class TestAzureLocal:
    @pytest.fixture
    def machine(self, arm, provider):
        path = provider("Microsoft.HybridCompute/machines/local-1")
        arm.make(path, {"location": "westeurope", "kind": "HCI", "identity": {"type": "SystemAssigned"}})
        return path

    @pytest.fixture
    def interface(self, arm, provider):
        network = provider("Microsoft.AzureStackHCI/logicalNetworks/lan")
        arm.make(network, {"location": "westeurope", "extendedLocation": LOCATION, "properties": {}})
        path = provider("Microsoft.AzureStackHCI/networkInterfaces/local-1-nic")
        configuration = {"name": "internal", "properties": {"subnet": {"id": network}}}
        properties = {"ipConfigurations": [configuration]}
        arm.make(path, {"location": "westeurope", "extendedLocation": LOCATION, "properties": properties})
        return path

    @pytest.fixture
    def image(self, arm, provider):
        path = provider("Microsoft.AzureStackHCI/marketplaceGalleryImages/core")
        properties = {
            "osType": "Windows",
            "hyperVGeneration": "V2",
            "identifier": {
                "publisher": "microsoftwindowsserver",
                "offer": "windowsserver",
                "sku": "2022-datacenter-azure-edition-core",
            },
            "version": {"name": "20348.2966.241205"},
        }
        arm.make(path, {"location": "westeurope", "extendedLocation": LOCATION, "properties": properties})
        return path

    @pytest.fixture
    def body(self, interface, image):
        return {
            "extendedLocation": LOCATION,
            "properties": {
                "hardwareProfile": {"vmSize": "Custom", "processors": 2, "memoryMB": 8192},
                "osProfile": {
                    "computerName": "local-1",
                    "adminUsername": "fleet",
                    "adminPassword": "Kept-From-Disk-45",
                },
                "storageProfile": {"imageReference": {"id": image}},
                "networkProfile": {"networkInterfaces": [{"id": interface}]},
                "securityProfile": {
                    "securityType": "TrustedLaunch",
                    "enableTPM": True,
                    "uefiSettings": {"secureBootEnabled": True},
                },
            },
        }

    def instance(self, machine):
        return f"{machine}/providers/Microsoft.AzureStackHCI/virtualMachineInstances/default"

    def test_makes_an_instance_of_a_machine(self, arm, machine, body, tmp_path):
        made = arm.make(self.instance(machine), body)
        assert made["id"] == self.instance(machine)
        assert made["properties"]["provisioningState"] == "Succeeded"
        assert b"Kept-From-Disk-45" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("part", "name", "value"),
        [
            ("osProfile", "computerName", "local-2"),
            ("osProfile", "adminUsername", "operator"),
            ("storageProfile", "imageReference", {"id": "/subscriptions/x/other"}),
        ],
    )
    def test_keeps_what_an_instance_was_made_with(self, arm, machine, body, part, name, value):
        arm.make(self.instance(machine), body)
        body["properties"][part][name] = value
        assert code(arm.put(self.instance(machine), body)) == (409, "PropertyChangeNotAllowed")

    def test_keeps_an_instance_in_its_location(self, arm, machine, body):
        arm.make(self.instance(machine), body)
        body["extendedLocation"] = {**LOCATION, "name": "/subscriptions/x/customLocations/elsewhere"}
        assert code(arm.put(self.instance(machine), body)) == (409, "PropertyChangeNotAllowed")

    def test_keeps_the_hardware_address_of_an_interface(self, arm, interface):
        body = arm.get(interface).json()
        address = body["properties"].pop("macAddress")
        assert arm.make(interface, body)["properties"]["macAddress"] == address
        body["properties"]["macAddress"] = "02:EC:01:00:00:01"
        answer = arm.put(interface, body)
        assert code(answer) == (400, "InternalError")
        assert answer.json()["error"]["message"] == (
            "Blocked NetworkInterface Update : MAC Address cannot be changed after resource creation"
        )

    def test_refuses_trusted_launch_without_secure_boot(self, arm, machine, body):
        body["properties"]["securityProfile"]["uefiSettings"]["secureBootEnabled"] = False
        answer = arm.put(self.instance(machine), body)
        assert answer.json()["error"]["target"] == "securityProfile.securityType"

    def test_refuses_an_instance_of_another_name(self, arm, machine, body):
        answer = arm.put(self.instance(machine).replace("/default", "/other"), body)
        assert code(answer) == (400, "InvalidName")

    def test_refuses_an_instance_of_no_machine(self, arm, machine, body):
        answer = arm.put(self.instance(machine.replace("local-1", "local-2")), body)
        assert code(answer) == (404, "ResourceNotFound")

    def test_refuses_an_instance_of_an_arc_machine(self, arm, provider, body):
        machine = provider("Microsoft.HybridCompute/machines/arc-1")
        arm.make(machine, {"location": "westeurope"})
        assert code(arm.put(self.instance(machine), body)) == (400, "InvalidKind")

    def test_demands_a_custom_location(self, arm, machine, body):
        del body["extendedLocation"]
        assert code(arm.put(self.instance(machine), body)) == (400, "InvalidRequestContent")

    def test_reports_a_run_command_of_a_machine(self, arm, machine, tmp_path):
        secret = [{"name": "token", "value": "Kept-From-Disk-46"}]
        properties = {"source": {"script": "Get-HotFix"}, "protectedParameters": secret}
        command = f"{machine}/runCommands/report"
        made = arm.make(command, {"location": "westeurope", "properties": properties})
        assert made["properties"]["instanceView"]["executionState"] == "Succeeded"
        assert b"Kept-From-Disk-46" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
        answer = arm.put(command, {"location": "westeurope", "properties": {}})
        assert code(answer) == (400, "InvalidParameter")

    def test_keeps_an_interface_that_an_instance_uses(self, arm, machine, interface, body):
        arm.make(self.instance(machine), body)
        assert code(arm.delete(interface)) == (400, "ResourceInUse")
        arm.remove(machine)
        arm.remove(interface)


def test_keeps_images_in_a_gallery(arm, provider):
    gallery = provider("Microsoft.Compute/galleries/golden")
    arm.make(gallery, {"location": "westeurope"})
    identifier = {"publisher": "us", "offer": "windows", "sku": "core"}
    properties = {"osType": "Windows", "osState": "Generalized", "identifier": identifier}
    image = f"{gallery}/images/core"
    arm.make(image, {"location": "westeurope", "properties": properties})
    arm.make(f"{image}/versions/1.0.0", {"location": "westeurope", "properties": {}})
    assert [one["name"] for one in arm.get(f"{image}/versions").json()["value"]] == ["1.0.0"]
    answer = arm.put(f"{gallery}/images/other", {"location": "westeurope", "properties": {}})
    assert code(answer) == (400, "InvalidParameter")


def test_refuses_a_disk_that_shrinks(arm, provider):
    disk = provider("Microsoft.Compute/disks/data")
    body = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}
    arm.make(disk, body)
    answer = arm.patch(disk, {"properties": {"diskSizeGB": 4}})
    assert code(answer) == (400, "InvalidParameter")
