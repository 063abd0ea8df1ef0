"""The command that rebuilds all plays from the observations."""

from typing import override

from ...dispatch.command import Data, DataCommand, NoParameters
from ...dispatch.request_context import RequestContext
from ...runtime.jobs import DATA_JOBS


class RebuildHistory(DataCommand[NoParameters]):
    """All plays are derived again, and those that changed are counted."""

    description = "Recalculates all plays from the stored sources, while recording continues. Useful after an update that says so. For administrators."
    icon = "mdi:database-refresh"
    repeatable = True

    @override
    async def async_run(self, asked: NoParameters, context: RequestContext) -> Data:
        rebuilt = await context.hass.data[DATA_JOBS].async_rebuild()
        return Data(
            {
                "observations": rebuilt.observations,
                "changed": rebuilt.changed,
                "cancelled": rebuilt.cancelled,
            }
        )
