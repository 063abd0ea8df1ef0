"""Who may ask and command what."""

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.encore.policy import Caller, Maturity, async_caller
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized


async def test_maturity_follows_from_who_calls(
    hass: HomeAssistant, hass_admin_user: MockUser, hass_read_only_user: MockUser
) -> None:
    """Administrators are autonomous, users and the house supervised, who is gone a student."""
    callers = {
        hass_admin_user.id: Maturity.AUTONOMOUS,
        hass_read_only_user.id: Maturity.SUPERVISED,
        None: Maturity.SUPERVISED,
        "gone": Maturity.STUDENT,
    }
    for user_id, maturity in callers.items():
        caller = await async_caller(hass, Context(user_id=user_id))
        assert caller.maturity is maturity
    hass_admin_user.is_active = False
    caller = await async_caller(hass, Context(user_id=hass_admin_user.id))
    assert caller.maturity is Maturity.STUDENT


@pytest.mark.parametrize("maturity", list(Maturity))
def test_each_may_what_the_ones_before_may(maturity: Maturity) -> None:
    """Maturity is an order."""
    caller = Caller(Context(), maturity)
    for required in Maturity:
        if required <= maturity:
            caller.require(required)
        else:
            with pytest.raises(Unauthorized):
                caller.require(required)
