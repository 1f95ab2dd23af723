import * as hotpatch from "@pulumi/azure-hotpatch";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const resourceGroupName = config.require("resourceGroup");

const network = new hotpatch.HotpatchNetwork("network", { resourceGroupName });

const web = new hotpatch.HotpatchVirtualMachine("web", {
    resourceGroupName,
    image: "2022-core",
    subnetId: network.subnetId,
    adminPassword: config.requireSecret("adminPassword"),
    osDiskSizeGb: 256,
    dataDisks: [{ sizeGb: 64 }],
});

export const machine = web.virtualMachineId;
export const patchingMode = web.patchingMode;
export const outboundAddress = network.outboundIpAddress;
