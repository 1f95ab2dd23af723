"""How much data an Application Insights component takes in a day: a setting of its own, at a path without a name."""

from collections.abc import Mapping

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action
from azure_hotpatch.emulator.arm.protocol.bodies import Json, merged

_KEPT = "billingFeatures"
# "Component Current Billing Features: Get" (2015-05-01); `Cap` is in GB a day, `ResetTime` the hour of UTC.
_AT_FIRST: Json = {
    "CurrentBillingFeatures": ["Basic"],
    "DataVolumeCap": {
        "Cap": 100.0,
        "WarningThreshold": 90,
        "ResetTime": 0,
        "MaxHistoryCap": 1000.0,
        "StopSendNotificationWhenHitThreshold": False,
        "StopSendNotificationWhenHitCap": False,
    },
}


def _set_or_show(act: Act) -> Json:
    """A PUT has what changes, a GET no body."""
    found: Json = merged(act.resource.hidden.get(_KEPT, _AT_FIRST), act.body)
    if act.body:
        act.resource.hidden[_KEPT] = found
        act.tx.hide(act.resource)
    return found


ACTIONS: Mapping[str, Mapping[str, Action]] = {
    "Microsoft.Insights/components": {"currentbillingfeatures": Action(_set_or_show, methods=("GET", "PUT"))}
}
