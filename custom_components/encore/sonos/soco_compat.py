"""All imports from SoCo; without SoCo, everything but Sonos works."""

from typing import Final

try:
    from soco import SoCo
    from soco.events_asyncio import Subscription, SubscriptionsMapAio
    from soco.exceptions import (
        NotSupportedException,
        SoCoException,
        SoCoSlaveException,
        SoCoUPnPException,
    )
    from soco.plugins.sharelink import ShareLinkPlugin, SpotifyShare, SpotifyUSShare
    from soco.services import Service
except ImportError:
    SOCO_IS_THERE = False

    class _Nothing(Exception):
        """Takes the place of a class of SoCo's in what is defined, and never comes to be used."""

    SoCo = Subscription = SubscriptionsMapAio = Service = _Nothing
    ShareLinkPlugin = SpotifyShare = SpotifyUSShare = _Nothing
    NotSupportedException = SoCoException = _Nothing
    SoCoSlaveException = SoCoUPnPException = _Nothing
else:
    SOCO_IS_THERE = True

__all__: Final = [
    "SOCO_IS_THERE",
    "NotSupportedException",
    "Service",
    "ShareLinkPlugin",
    "SoCo",
    "SoCoException",
    "SoCoSlaveException",
    "SoCoUPnPException",
    "SpotifyShare",
    "SpotifyUSShare",
    "Subscription",
    "SubscriptionsMapAio",
]
