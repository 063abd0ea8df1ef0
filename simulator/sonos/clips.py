"""Audio clips: a speaker's WebSocket, over which announcements are played without touching what is on."""

from datetime import UTC, datetime, timedelta
from functools import cache
import json
from pathlib import Path
import ssl
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
import uuid

from aiohttp import WSMsgType, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .speaker import Clip, Speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from .household import Household

CLIPS_PORT: Final = 1443
PROTOCOL: Final = "v1.api.smartspeaker.audio"

type Answer = tuple[dict[str, Any], dict[str, Any]]


class ClipSocket:
    """Answers commands of Sonos' Control API as far as announcements need them."""

    def __init__(
        self, household: Household[Speaker], meant: Callable[[web.Request], Speaker]
    ) -> None:
        """Serve a household; `meant` tells whose socket a request opens."""
        self._household = household
        self._meant = meant
        self._open: set[web.WebSocketResponse] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Talk until the caller leaves; 401 without an API key."""
        speaker = self._meant(request)
        if "X-Sonos-Api-Key" not in request.headers:
            raise web.HTTPUnauthorized
        socket = web.WebSocketResponse(protocols=(PROTOCOL,))
        await socket.prepare(request)
        self._open.add(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    command, options = json.loads(message.data)
                    await socket.send_json(self.answer(speaker, command, options))
        finally:
            self._open.discard(socket)
        return socket

    async def close(self) -> None:
        """Hang up on everybody."""
        for socket in list(self._open):
            await socket.close()

    def answer(
        self, speaker: Speaker, command: dict[str, Any], options: dict[str, Any]
    ) -> Answer:
        """Do a command and return its answer, a head and a body; one that is none is refused as real ones do."""
        head = {
            "namespace": command.get("namespace", ""),
            "response": command.get("command", ""),
            "householdId": self._household.id,
            "success": True,
        }
        match command.get("command"):
            case "loadAudioClip":
                clip = Clip(
                    uuid.uuid4().hex, options["streamUrl"], options.get("volume")
                )
                speaker.clips.append(clip)
                return head, {"id": clip.id, "status": "ACTIVE", "clipType": "CUSTOM"}
            case "cancelAudioClip":
                for clip in speaker.clips:
                    if clip.id == options.get("id"):
                        clip.is_cancelled = True
                        return head, {}
            case "getGroups":
                return head, self._groups()
        refused = {"success": False, "type": "globalError"}
        return head | refused, {"errorCode": "ERROR_UNSUPPORTED_COMMAND"}

    def _groups(self) -> dict[str, Any]:
        return {
            "groups": [
                {
                    "id": group.id,
                    "coordinatorId": group.coordinator,
                    "playerIds": group.members,
                }
                for group in self._household.groups
            ],
            "players": [
                {
                    "id": speaker.uid,
                    "name": speaker.name,
                    "capabilities": ["PLAYBACK", "AUDIO_CLIP"],
                    "websocketUrl": f"wss://{speaker.address}:{CLIPS_PORT}/websocket/api",
                }
                for speaker in self._household.rooms
            ],
        }


@cache
def own_certificate() -> ssl.SSLContext:
    """Return a context with a certificate that nobody has signed but itself, as speakers have."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "simulated Sonos")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "speaker.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        context.load_cert_chain(file)
    return context
