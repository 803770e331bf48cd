"""Every deployment, by the kind of what it carries out, with its entry point: a path of modules, never of files."""

from models.words import PhaseKind

DEPLOYED = "etappi"
"""The name of each flow's deployment; with a work pool, the pool's."""

POOL_TYPE = "etappi-warm"
"""The type of the workers that serve a work pool of Etappi's."""
AT_ONCE = 4  # runs that one worker carries out at a time

HANDOVER = "handover"
PAPERS = "papers"
DELIVERIES = "deliveries"

DEPLOYMENTS: dict[str, str] = {
    PhaseKind.FUTURE_IMAGE: "flows.future_image.future_image",
    PhaseKind.PRODUCTION_NEED: "flows.production_need.production_need",
    PhaseKind.PRODUCTION_METHOD: "flows.production_method.production_method",
    PhaseKind.GOVERNANCE_MODEL: "flows.governance_model.governance_model",
    PhaseKind.OPERATIONAL_MODEL: "flows.operational_model.operational_model",
    PhaseKind.GENERAL: "flows.general.general",
    PAPERS: "flows.printing.printing",
    HANDOVER: "flows.package_handover.package_handover",
    DELIVERIES: "flows.deliveries.deliveries",
}
